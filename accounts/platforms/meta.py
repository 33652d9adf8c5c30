"""What Facebook and Instagram share: one host, Page tokens, usage headers, errors (facts.md 1.4 to 1.6, 2.4)."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings

from accounts.platforms.api_client import DAY, ApiClient, done
from accounts.platforms.contract import (
    Gone,
    Limit,
    NotPossible,
    PlatformError,
    RateLimited,
    Subscription,
    TokenExpired,
    TokenFacts,
    Uncertain,
)
from accounts.platforms.fields import flag, inside, loose_id, loose_text, moment, number
from accounts.platforms.http import LONGEST_UPLOAD, Answer, Ask, Bearer, Transient, judge_status, until

_TOKEN_DEAD = {102, 104, 190}
_BUSY = {1, 2}
_LIMITS = {4, 17, 32, 341, 613, *range(80000, 80015)}
_OF_ONE_CALL = 613  # the only limit of a kind of call, not of the whole account
_FORBIDDEN = {3, 10, 283, *range(200, 300)}
# What only a person can see to, and why.
_BY_HAND = {
    368: "Meta refuses this as unwanted: an officer should look before anything more is written.",
    551: "The person takes no messages at the moment.",
    10900: "A private message was sent because of this before, which Meta allows once.",
    10903: "Meta takes no private message here: it is older than seven days, or by a Page.",
    10904: "The Page has its messages turned off.",
}
_TOO_LATE = (10, 2018278)  # from memory: an answer after the 24 hours
_PHOTO_TOO_LARGE = 1366046
_REGAIN = timedelta(minutes=5)  # where the platform does not say how long


class MetaClient(ApiClient):
    """Signs with the Page token and, where the app has a secret, with proof of it."""

    items = "data"

    def ask(self, name: str, method: str, path: str, **content: Any) -> Answer:
        """Sign with the token and, where the app has a secret, with proof of it. A file may take its time."""
        params = dict(content.get("params") or {})
        if self.credentials.app_secret:
            params["appsecret_proof"] = self._proof()
        return self.send(
            Ask(
                name,
                method,
                f"{settings.META_GRAPH_BASE}/{path}",
                params=params,
                form=content.get("form"),
                files=content.get("files"),
                patience=LONGEST_UPLOAD if content.get("files") else 0,
                auth=Bearer(self.credentials.access_token),
            )
        )

    def _proof(self) -> str:
        key, token = self.credentials.app_secret.encode(), self.credentials.access_token.encode()
        return hmac.new(key, token, hashlib.sha256).hexdigest()

    # --- the application and its token -----------------------------------------------------------------------------

    def token_facts(self) -> TokenFacts:
        """Asked in the application's name where its secret is known here, else in the token's own.

        Data is shown for 90 days after a person last signed in, even where the token itself has no end: the earlier
        of the two is told.
        """
        token = self.credentials.access_token
        ask = Ask(
            "debug_token",
            "GET",
            f"{settings.META_GRAPH_BASE}/debug_token",
            params={"input_token": token},
            auth=Bearer(self._app_token() or token),
        )
        try:
            data = inside(self.send(ask).object(), "data")
        except TokenExpired:
            return TokenFacts(valid=False)
        if not isinstance(data, dict) or flag(data.get("is_valid")) is None:
            raise PlatformError("Meta's answer about the token could not be understood.", code="unreadable")
        ends = [number(data.get(name)) for name in ("expires_at", "data_access_expires_at")]
        scopes = data.get("scopes")
        return TokenFacts(
            valid=data["is_valid"],
            expires_at=min((when for end in ends if end and (when := moment(end))), default=None),
            scopes=frozenset(map(loose_text, scopes if isinstance(scopes, list) else ())) - {""},
            remote_id=loose_id(data.get("profile_id")) or loose_id(data.get("user_id")),
        )

    def _app_token(self) -> str:
        """What the application signs with in its own name; empty where its id or secret is not known."""
        secret = self.credentials.app_secret or self.credentials.client_secret
        return f"{self.credentials.client_id}|{secret}" if self.credentials.client_id and secret else ""

    def register_callback(self, object_: str, fields: str, callback_url: str) -> None:
        """Tell Meta where our application is told of `object_`; what stood there before is replaced.

        Meta asks the address for the agreed word before it answers. Nothing is done where that word, or the
        application's id or secret, is not set here: then it was set up at Meta by hand.
        """
        token, word = self._app_token(), settings.META_VERIFY_TOKEN
        if not (token and word and callback_url):
            return
        url = f"{settings.META_GRAPH_BASE}/{self.credentials.client_id}/subscriptions"
        form = {"object": object_, "callback_url": callback_url, "verify_token": word, "fields": fields}
        require_success(self.send(Ask("register_callback", "POST", url, form=form, auth=Bearer(token))))

    def subscribe_page(self, page: str, fields: tuple[str, ...]) -> Subscription:
        """Have our application told of a Page's fields, besides those it is told of already.

        One Page serves Facebook and Instagram, and Meta replaces the whole list.
        """
        told = self.page_subscription(page, fields).fields
        form = {"subscribed_fields": ",".join(dict.fromkeys((*told, *fields)))}
        require_success(self.ask("subscribe", "POST", f"{page}/subscribed_apps", form=form))
        return self.page_subscription(page, fields)

    def page_subscription(self, page: str, fields: tuple[str, ...]) -> Subscription:
        """Of which of a Page's fields our application is told; active where that is all of `fields`."""
        listed = inside(self.ask("subscription", "GET", f"{page}/subscribed_apps").json(), "data")
        for one in listed if isinstance(listed, list) else ():
            named = loose_id(inside(one, "id"))
            if named == self.credentials.client_id or not self.credentials.client_id:
                held = inside(one, "subscribed_fields")
                told = tuple(filter(None, map(loose_text, held if isinstance(held, list) else ())))
                missing = [field for field in fields if field not in told]
                said = f"The Page does not tell our application of: {', '.join(missing)}." if missing else ""
                return Subscription(not missing, told, named, said)
        return Subscription(active=False, says="The Page does not tell our application of anything.")

    # --- what answers say of limits and refusals -------------------------------------------------------------------

    def note_limits(self, answer: Answer) -> None:
        """Both usage headers speak in percent; the fullest of their counts is what matters."""
        for usage in _usages(answer):
            counts = [number(usage.get(key)) or 0 for key in ("call_count", "total_cputime", "total_time")]
            self.on_limit(Limit("*", used=max(counts), resets_at=_regained(usage)))

    def refuse(self, answer: Answer, body: dict[str, Any]) -> None:
        """By the code of the error (facts.md 1.4)."""
        refuse_by_code(answer, body)


def require_success(answer: Answer, whose: str = "Meta") -> None:
    """Raise unless the answer to a write says that it was done. Raises Uncertain where it says nothing."""
    if done(answer, "success") is not True:
        raise PlatformError(f"{whose} says that it did not do it.", code="no-success")


def refuse(answer: Answer) -> None:
    """Raise what a refusal of Meta's means where no account asks: at the sign-in, or for the application itself."""
    if not 200 <= answer.status < 300:
        refuse_by_code(answer, answer.object())
        judge_status(answer)


def refuse_by_code(answer: Answer, body: dict[str, Any]) -> None:
    """Raise what the code of an error means; return where there is none."""
    error = body.get("error")
    code = number(inside(error, "code"))
    if code is None:
        return
    subcode = number(inside(error, "error_subcode"))
    spoken = f"{code}/{subcode}" if subcode else str(code)
    if code in _TOKEN_DEAD:
        raise TokenExpired("Meta does not accept the token any more.", code=spoken)
    if code in _LIMITS or answer.status == 429:
        waits = [when for usage in _usages(answer) if (when := _regained(usage))]
        when = max(waits, default=datetime.now(UTC) + _REGAIN)
        call = answer.ask.name if code == _OF_ONE_CALL else "*"
        raise RateLimited("Meta asks for a pause.", until=min(when, until(DAY)), code=spoken, call=call)
    if _is_gone(code, subcode, error):
        raise Gone("It is not there any more, or not shown to us.", code=spoken)
    if code == 506:
        raise Uncertain("Meta says that this was sent before.", code=spoken)
    if subcode == _PHOTO_TOO_LARGE:
        raise PlatformError("Meta takes photos of 4 MB at most.", code=spoken, permanent=True)
    if code in _BUSY or answer.status >= 500 or flag(inside(error, "is_transient")):
        raise (Uncertain if answer.ask.is_write else Transient)("Meta is busy or in trouble.", code=spoken)
    _refuse_for_good(code, subcode, spoken)


def _refuse_for_good(code: int, subcode: int | None, spoken: str) -> None:
    if (code, subcode) == _TOO_LATE:
        said = "The person wrote more than 24 hours ago: Meta takes no message until that person writes again."
        raise NotPossible(said, code=spoken)
    if code in _BY_HAND:
        raise NotPossible(_BY_HAND[code], code=spoken)
    if code in _FORBIDDEN:
        raise NotPossible("Meta does not permit our application to do this.", code=spoken)
    raise PlatformError(f"Meta refused the request ({spoken}).", code=spoken, permanent=True)


def _is_gone(code: int, subcode: int | None, error: Any) -> bool:
    """100 with subcode 33; old versions of the API send no subcode and only say it."""
    said = inside(error, "message")
    return (
        code == 100 and (subcode == 33 or (isinstance(said, str) and "does not exist, cannot" in said))
    ) or code == 803


def _usages(answer: Answer) -> list[dict[str, Any]]:
    found: list[Any] = []
    for name in ("x-business-use-case-usage", "x-app-usage"):
        try:
            said = json.loads(answer.headers.get(name, "{}"))
        except ValueError:
            continue
        listed = said.values() if name != "x-app-usage" and isinstance(said, dict) else [[said]]
        found += [usage for usages in listed if isinstance(usages, list) for usage in usages]
    return [usage for usage in found if isinstance(usage, dict) and usage]


def _regained(usage: dict[str, Any]) -> datetime | None:
    minutes = number(usage.get("estimated_time_to_regain_access"))
    return datetime.now(UTC) + timedelta(minutes=min(minutes, 1440)) if minutes else None
