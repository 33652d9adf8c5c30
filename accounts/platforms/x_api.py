"""What every part of X's client speaks by: how to sign, what to ask for, what a refusal means (facts.md 3).

Both spellings of its wire format are asked for and read: X is renaming `tweet` to `post` (facts.md 0.3).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
from django.conf import settings

from accounts.platforms.api_client import Turn
from accounts.platforms.capabilities import Act, capability
from accounts.platforms.contract import (
    Gone,
    Limit,
    NotPossible,
    Page,
    Platform,
    PlatformError,
    RateLimited,
    Sent,
    TokenExpired,
)
from accounts.platforms.fields import inside, loose_text, moment, number
from accounts.platforms.http import Answer, Ask, Bearer, pause_of, until
from accounts.platforms.oauth import RefreshingClient
from accounts.platforms.reader import Around
from accounts.platforms.x_reader import COMMENT, LOOKUP, MESSAGE, POST, XReader

A_PAGE = "100"
_EPOCH = 1_288_834_974_657  # milliseconds; the ids of X hold the time since then
# What to ask for, by the name of the parameter and of the expansions in either spelling.
_FIELDS = {
    "tweet": {
        "tweet.fields": "created_at,conversation_id,author_id,in_reply_to_user_id,referenced_tweets,attachments,"
        "edit_history_tweet_ids,public_metrics,note_tweet",
        "expansions": "author_id,attachments.media_keys",
    },
    "post": {
        "post.fields": "created_at,conversation_id,attachments,public_metrics,note_post,text",
        "expansions": "author_id,attachments.media_keys,referenced_posts,edit_history_post_ids",
    },
}
USER_FIELDS = "name,username,profile_image_url"
_ALSO = {"user.fields": USER_FIELDS, "media.fields": "type,url,preview_image_url,alt_text"}


class XApi(RefreshingClient):
    """Asks X for one account."""

    platform = Platform.X
    reader = XReader
    items = "data"

    def around(self, call: str) -> Around:
        """What a list of that name holds."""
        kinds = {
            "list_comments": COMMENT,
            "list_mentions": COMMENT,
            "get_comment": LOOKUP,
            "list_posts": POST,
            "list_messages": MESSAGE,
            "get_message": MESSAGE,
        }
        return Around(kind=kinds.get(call, ""))

    def request(self, name: str, method: str, path: str, content: dict[str, Any], auth: Bearer) -> Ask:
        """Content goes as JSON, but for a file."""
        return Ask(name, method, f"{settings.X_BASE}/{path}", auth=auth, **content)

    def refresh_request(self) -> Ask:
        """A confidential client shows its secret in the header, a public one names itself in the form."""
        held = self.credentials
        form = {"grant_type": "refresh_token", "refresh_token": held.refresh_token}
        return token_request("token", form, held.client_id, held.client_secret)

    def note_limits(self, answer: Answer) -> None:
        """The window of the call that was made."""
        remaining = number(answer.headers.get("x-rate-limit-remaining"))
        if remaining is not None:
            self.on_limit(Limit(answer.ask.name, remaining=remaining, resets_at=_reset(answer)))

    def refuse(self, answer: Answer, body: dict[str, Any]) -> None:
        """By status and problem type (facts.md 3.4)."""
        kind = loose_text(body.get("type")).rpartition("/")[2]
        said = loose_text(body.get("detail")).lower()
        code = kind if kind not in ("", "about:blank") else str(answer.status)
        if answer.status == 401:
            raise TokenExpired("X does not accept the token any more.", code=code)
        if kind == "usage-capped" or answer.status == 402:
            raise PlatformError("What is paid for at X is used up.", code=code, permanent=True)
        if answer.status == 429:
            raise RateLimited(
                "X asks for a pause.", until=_reset(answer) or pause_of(answer, 900), call=answer.ask.name
            )
        if answer.status == 404 or (answer.status == 403 and "deleted or not visible" in said):
            raise Gone("It is not there any more, or not shown to us.", code=code)
        if answer.status == 403:
            raise NotPossible(_forbidden(f"{kind} {said}"), code=code)

    def list_posts(self, name: str, path: str, params: dict[str, str], *, kind: str = COMMENT) -> Iterator[Turn]:
        """The pages of a list of posts, of ours or of anybody."""
        return self.pages(name, path, asked_fields() | {"max_results": A_PAGE} | params, Around(kind=kind))

    def take_list(self, answer: Answer, around: Around) -> tuple[Page, dict[str, Any]]:
        """`data` is absent where nothing was found; then `meta` says so."""
        page, value = self.take(answer, around)
        if "data" not in value and number(inside(value, "meta", "result_count")) == 0:
            return page, value
        return super().take_list(answer, around)

    def turn(self, cursor: str) -> dict[str, str]:
        """Every list takes the same parameter."""
        return {"pagination_token": cursor} if cursor else {}

    def cursor(self, value: dict[str, Any]) -> str:
        """Absent on the last page."""
        return loose_text(inside(value, "meta", "next_token"))

    def user(self, path: str, fields: str) -> dict[str, Any]:
        """One user. Raises Gone where X shows none."""
        answer = self.ask("get_author", "GET", path, params={"user.fields": fields})
        found = inside(answer.object(), "data")
        if not isinstance(found, dict):
            raise Gone("The account is not there any more.", code="absent")
        return found

    def me(self, fields: str = "username") -> dict[str, Any]:
        """Whose token this is."""
        return self.user("2/users/me", fields)

    def _by_hand(self, act: Act) -> NotPossible:
        return NotPossible(capability(self.platform, act, self.credentials.tier).says, code="no-api")


def asked_fields() -> dict[str, str]:
    """What of a post is asked for, in the spelling that is set."""
    return _FIELDS["tweet" if settings.X_SPELLING == "tweet" else "post"] | _ALSO


def token_request(name: str, form: dict[str, str], client_id: str, client_secret: str, path: str = "token") -> Ask:
    """A request to X's token server: with the client's secret in the header, or its id in the form."""
    auth = httpx.BasicAuth(client_id, client_secret) if client_secret else None
    named = form if auth else form | {"client_id": client_id}
    return Ask(name, "POST", f"{settings.X_BASE}/2/oauth2/{path}", form=named, auth=auth)


def _reset(answer: Answer) -> datetime | None:
    when = moment(number(answer.headers.get("x-rate-limit-reset")))
    return until((when - datetime.now(UTC)).total_seconds()) if when else None


# Words in X's refusals and what they mean; the words are from memory, but for the first.
_REFUSALS = (
    (("mentioned", "engaged"), "X lets us reply only to those who mentioned us."),
    (("duplicate",), "X refuses the same text a second time."),
    (("permission to dm", "direct message", "dm one or more"), "X delivers no message from us to this account."),
    (("too long", "character limit"), "The text is longer than X takes."),
    (("client-forbidden",), "X does not permit this on the tier that the department has."),
)


def _forbidden(said: str) -> str:
    for words, means in _REFUSALS:
        if any(word in said for word in words):
            return means
    return "X does not permit this."


# --- ids and the time in them ----------------------------------------------------------------------------------------


def spelled(seconds: float) -> str:
    """A moment as X wants it."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def id_at(seconds: float) -> int:
    """The lowest id that a post of that time could have."""
    return max(0, int(seconds * 1000) - _EPOCH) << 22


def span(seconds: float) -> int:
    """How far ids move in that time."""
    return int(seconds * 1000) << 22


def is_id(name: str) -> bool:
    """Whether this is an id as X gives them, so that it can be compared."""
    return name.isascii() and name.isdecimal() and len(name) < 20


def time_of(name: str) -> float:
    """When what has this id was made; 0 for what is no id."""
    return ((int(name) >> 22) + _EPOCH) / 1000 if is_id(name) else 0.0


def sent(name: str) -> Sent:
    """What X made of a write of ours, and when."""
    return Sent(name, datetime.fromtimestamp(time_of(name), UTC) if is_id(name) else None)
