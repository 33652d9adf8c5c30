"""How YouTube is spoken to: requests, their cost in units, what its refusals mean (facts.md 4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from accounts.platforms.api_client import MOST_PAGES, Turn
from accounts.platforms.contract import (
    Gone,
    Limit,
    NotPossible,
    Platform,
    RateLimited,
    TokenExpired,
    Uncertain,
)
from accounts.platforms.fields import inside, loose_text
from accounts.platforms.http import Answer, Ask, Bearer, Transient, pause_of
from accounts.platforms.oauth import RefreshingClient
from accounts.platforms.reader import Around
from accounts.platforms.youtube_reader import COMMENT, POST, YouTubeReader, sight_of

A_PAGE = "100"
UNITS_A_DAY, READ_UNITS, WRITE_UNITS = 10_000, 1, 50
UPLOADS_A_DAY = 100  # a bucket of their own: an upload costs none of the units
UPLOAD, PART = "publish_video", "publish_part"  # the parts of a begun upload cost nothing (from memory)
_QUOTA = {"quotaExceeded", "dailyLimitExceeded", "uploadLimitExceeded"}
_RATE = {"rateLimitExceeded", "userRateLimitExceeded"}
_GONE = {"commentNotFound", "commentThreadNotFound", "parentCommentNotFound", "videoNotFound", "channelNotFound"}
_BY_HAND = {"operationNotSupported", "banWithoutReject", "commentsDisabled"}
_PACIFIC = ZoneInfo("America/Los_Angeles")


class YouTubeApi(RefreshingClient):
    """Each request costs units of the project's day, whether it succeeds or not."""

    platform = Platform.YOUTUBE
    reader = YouTubeReader
    items = "items"

    def around(self, call: str) -> Around:
        """What a list of that name holds."""
        kinds = {"list_comments": COMMENT, "list_replies": COMMENT, "get_comment": COMMENT, "list_posts": POST}
        return Around(kind=kinds.get(call, ""))

    def request(self, name: str, method: str, path: str, content: dict[str, Any], auth: Bearer) -> Ask:
        """Content goes as JSON, the parts of an upload as they are. `url` stands where it is not under the API's."""
        return Ask(name, method, **{"url": f"{settings.YOUTUBE_BASE}/{path}", "auth": auth, **content})

    def refresh_request(self) -> Ask:
        """The refresh token stays good."""
        held = self.credentials
        form = {
            "grant_type": "refresh_token",
            "refresh_token": held.refresh_token,
            "client_id": held.client_id,
            "client_secret": held.client_secret,
        }
        return Ask("token", "POST", settings.GOOGLE_TOKEN_URL, form=form)

    def send(self, ask: Ask) -> Answer:
        """A write whose answer is lost may have been counted too."""
        try:
            return super().send(ask)
        except Uncertain as error:
            if error.code == "no-answer":
                self._spend(ask)
            raise

    def judge(self, answer: Answer) -> None:
        """“Resume incomplete” is how YouTube says that a part of an upload came."""
        if answer.ask.name != PART or answer.status != 308:
            super().judge(answer)

    def note_limits(self, answer: Answer) -> None:
        """YouTube says nothing of the quota: what each request costs is told, whether it succeeded or not."""
        self._spend(answer.ask)

    def _spend(self, ask: Ask) -> None:
        resets_at = midnight_pacific()
        if ask.name == UPLOAD:
            self.on_limit(Limit(UPLOAD, spent=1, quota=UPLOADS_A_DAY, resets_at=resets_at))
        elif ask.name != PART:
            cost = WRITE_UNITS if ask.is_write else READ_UNITS
            self.on_limit(Limit("units", spent=cost, quota=UNITS_A_DAY, resets_at=resets_at))

    def refuse(self, answer: Answer, body: dict[str, Any]) -> None:
        """By the reason of the first error (facts.md 4.4)."""
        reason = loose_text(inside(body, "error", "errors", 0, "reason"))
        code, write = reason or str(answer.status), answer.ask.is_write
        if answer.status == 401:
            raise TokenExpired("YouTube does not accept the token any more.", code=code)
        if reason in _QUOTA:
            call = UPLOAD if answer.ask.name == UPLOAD else "*"  # uploads have a bucket of their own
            raise RateLimited("The day's quota of YouTube is used up.", until=midnight_pacific(), code=code, call=call)
        if reason in _RATE or answer.status == 429:
            raise RateLimited("YouTube asks for a pause.", until=pause_of(answer), code=code)
        if reason in _GONE or answer.status == 404:
            raise Gone("It is not there any more.", code=code)
        if reason in _BY_HAND or answer.status == 403:
            raise NotPossible("YouTube does not permit this.", code=code)
        if reason == "processingFailure":
            raise (Uncertain if write else Transient)("YouTube could not process the request.", code=code)
        if reason == "invalidPageToken":
            raise Transient("A page's token was not valid any more.", code=code)

    def turn(self, cursor: str) -> dict[str, str]:
        """Tokens are short-lived and never kept."""
        return {"pageToken": cursor} if cursor else {}

    def cursor(self, value: dict[str, Any]) -> str:
        """Absent on the last page."""
        return loose_text(value.get("nextPageToken"))

    def threads(self, status: str, *, video: str = "", most: int = MOST_PAGES) -> Iterator[Turn]:
        """Threads of a status, of the whole channel or of one video, the newest first."""
        params = {
            "part": "snippet,replies",
            "order": "time",
            "maxResults": A_PAGE,
            "textFormat": "plainText",
            "moderationStatus": status,
        }
        params |= {"videoId": video} if video else {"allThreadsRelatedToChannelId": self.credentials.remote_id}
        around = Around(kind=COMMENT, post=video, sight=sight_of(status))
        return self.pages("list_comments", "commentThreads", params, around, most=most)

    def replies_of(self, thread: str, video: str) -> Iterator[Turn]:
        """The published replies of a thread."""
        params = {"part": "snippet", "parentId": thread, "maxResults": A_PAGE, "textFormat": "plainText"}
        return self.pages("listreplies_of", "comments", params, Around(kind=COMMENT, post=video, parent=thread))


def midnight_pacific() -> datetime:
    """When the day's quota is given anew."""
    here = datetime.now(_PACIFIC)
    return (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
