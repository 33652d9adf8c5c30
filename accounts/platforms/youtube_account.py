"""YouTube: the channel itself — its uploads, its numbers, what it says of itself, its token (facts.md 4.1, 4.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from accounts.platforms.api_client import Turn
from accounts.platforms.contract import Counts, Gone, PlatformError, TokenExpired, TokenFacts
from accounts.platforms.fields import inside, loose_text, number
from accounts.platforms.http import Answer, Ask, judge_status, send
from accounts.platforms.reader import Around
from accounts.platforms.youtube_api import YouTubeApi
from accounts.platforms.youtube_reader import POST

# From memory, Google's OAuth documentation: stands beside the endpoint for tokens, takes a POST.
TOKENINFO = "tokeninfo"


class YouTubeAccount(YouTubeApi):
    """What is asked of the channel that signs in."""

    def uploads(self) -> str:
        """The id of the list of our uploads; empty where YouTube names none."""
        channel = self._mine("get_author", "contentDetails")
        return loose_text(inside(channel, "contentDetails", "relatedPlaylists", "uploads"))

    def uploaded(self, uploads: str, *, most: int) -> Iterator[Turn]:
        """Pages of that list, newest first; none before the first video, when YouTube knows no such list yet."""
        params = {"part": "snippet,contentDetails", "playlistId": uploads, "maxResults": "50"}
        try:
            yield from self.pages("list_posts", "playlistItems", params, Around(kind=POST), most=most)
        except Gone as error:
            if error.code != "playlistNotFound":
                raise

    def counts(self) -> Counts:
        """Subscribers as YouTube rounds them, None where the channel hides them; public videos."""
        told = inside(self._mine("counts", "statistics"), "statistics")
        hidden = inside(told, "hiddenSubscriberCount") is True
        followers = None if hidden else number(inside(told, "subscriberCount"))
        return Counts(followers, number(inside(told, "videoCount")))

    def presented(self) -> str:
        """The channel's description."""
        return loose_text(inside(self._mine("presented", "snippet"), "snippet", "description"))

    def token_facts(self) -> TokenFacts:
        """Whether the channel answers, and the scopes.

        An access token ends within the hour and is renewed; of the end of the sign-in itself Google tells nothing.
        While the consent screen is in “Testing” that is after 7 days (facts.md 4.4).
        """
        try:
            remote_id = loose_text(inside(self._mine("token_facts", "id"), "id"))
        except TokenExpired:
            return TokenFacts(valid=False)
        except Gone:
            remote_id = ""
        return TokenFacts(valid=True, scopes=self._scopes(), remote_id=remote_id)

    def _scopes(self) -> frozenset[str]:
        """In the body of a POST: an address with a token in it would stand in logs along the way."""
        url = settings.GOOGLE_TOKEN_URL.rpartition("/")[0] + "/" + TOKENINFO
        ask = Ask(TOKENINFO, "POST", url, form={"access_token": self.credentials.access_token})
        try:
            told: Answer = send(ask, judge_status)
        except PlatformError:
            return frozenset()
        return frozenset(loose_text(told.object().get("scope")).split())

    def _mine(self, name: str, part: str) -> dict[str, Any]:
        """The channel that the token speaks for. Raises Gone where the sign-in has none (any more)."""
        answer = self.ask(name, "GET", "channels", params={"part": part, "mine": "true"})
        channel = inside(answer.json(), "items", 0)
        if not isinstance(channel, dict):
            raise Gone("The sign-in has no channel.", code="absent")
        return channel
