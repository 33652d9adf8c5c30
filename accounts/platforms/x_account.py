"""What X says of the account itself, and how it is asked to tell of what happens (facts.md 3.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from accounts.platforms.api_client import done
from accounts.platforms.contract import Counts, Gone, NotPossible, PlatformError, Subscription, TokenExpired, TokenFacts
from accounts.platforms.fields import inside, loose_id, loose_text, number
from accounts.platforms.http import Answer, Ask, Bearer
from accounts.platforms.webhooks import SPEECH
from accounts.platforms.x_publishing import XPublishing

EVENTS = tuple(sorted(SPEECH["x"]))  # the kinds of events that X is asked to tell of
SUBSCRIPTIONS_A_PAGE = "1000"
MOST_PAGES = 5
LONGEST_URL = 200
TAG = "social-media-unit"


class XAccount(XPublishing):
    """Webhooks belong to the application, whose own token `X_APP_TOKEN` is; subscriptions to the account."""

    def counts(self) -> Counts:
        """In either spelling."""
        told = self.me("public_metrics").get("public_metrics")
        posts = number(inside(told, "post_count"))
        return Counts(
            number(inside(told, "followers_count")), number(inside(told, "tweet_count")) if posts is None else posts
        )

    def presented(self) -> str:
        """The profile's text with its addresses written out, and the address beside it."""
        me = self.me("description,entities,url")
        said, lines = loose_text(me.get("description")), []
        for where in ("description", "url"):
            urls = inside(me, "entities", where, "urls")
            for each in urls if isinstance(urls, list) else []:
                short, long = loose_text(inside(each, "url")), loose_text(inside(each, "expanded_url"))
                if short and long and short in said:
                    said = said.replace(short, long)
                elif long:
                    lines.append(long)
        if not lines and loose_text(me.get("url")):
            lines.append(loose_text(me.get("url")))
        return "\n".join(filter(None, (said, *lines)))

    def token_facts(self) -> TokenFacts:
        """X describes no token: that it answers is what is known, and its end by our own account of it."""
        try:
            name = loose_id(self.me().get("id"))
        except TokenExpired:
            return TokenFacts(valid=False)
        return TokenFacts(valid=True, expires_at=self.credentials.expires_at, remote_id=name)

    # --- being told of what happens --------------------------------------------------------------------------------

    def subscribe(self, callback_url: str) -> Subscription:
        """Register the callback where it is not, have it challenged, and subscribe what is missing; may be repeated.

        X challenges the callback before it answers. Raises NotPossible without the application's token.
        """
        if len(callback_url) > LONGEST_URL:
            raise PlatformError(f"X takes addresses of at most {LONGEST_URL} characters.", code="long", permanent=True)
        webhook = next((one for one in self._webhooks() if one.get("url") == callback_url), None)
        if webhook is None:
            made = self._as_app("webhook", "POST", "2/webhooks", content={"url": callback_url})
            webhook = dict(done(made, "data"))
        elif webhook.get("valid") is not True:
            told = self._as_app("webhook", "PUT", f"2/webhooks/{loose_id(webhook.get('id'))}")
            webhook |= {"valid": inside(told.json(), "data", "valid")}
        name = loose_id(webhook.get("id"))
        there = {event: (at, number_) for event, at, number_ in self._subscriptions()}
        for event in EVENTS:
            at, number_ = there.get(event, ("", ""))
            if not number_:
                self._subscribe(event, name)
            elif at != name:  # it was told to an address of before
                path = f"2/activity/subscriptions/{number_}"
                self._as_app("subscribe", "PUT", path, content={"tag": TAG, "webhook_id": name})
        return _standing(name, set(EVENTS), valid=webhook.get("valid") is True)

    def _subscribe(self, event: str, webhook: str) -> None:
        filter_ = {"user_id": self.credentials.remote_id}
        content = {"event_type": event, "filter": filter_, "tag": TAG, "webhook_id": webhook}
        self.ask("subscribe", "POST", "2/activity/subscriptions", content=content)

    def subscription(self) -> Subscription:
        """What is subscribed for this account, and whether X finds the callback good."""
        webhooks = {loose_id(one.get("id")): one for one in self._webhooks()}
        told = [(event, at) for event, at, _ in self._subscriptions() if at in webhooks]
        if not told:
            return Subscription(active=False, says="X tells us nothing of this account: it is not subscribed.")
        name = next((at for _, at in told if webhooks[at].get("valid") is True), told[0][1])
        return _standing(name, {event for event, at in told if at == name}, valid=webhooks[name].get("valid") is True)

    def unsubscribe(self) -> None:
        """X tells us no more of this account. What is gone already is no failure."""
        for _, _, name in list(self._subscriptions()):
            try:
                self._as_app("unsubscribe", "DELETE", f"2/activity/subscriptions/{name}")
            except Gone:
                continue

    def replay(self, since: datetime, until: datetime) -> str:
        """Ask X to tell once more what it told between two times (what a webhook missed). Gives the job's number."""
        name = self.subscription().remote_id
        if not name:
            raise NotPossible("X tells us nothing of this account: it is not subscribed.", code="not-subscribed")
        content = {"webhook_id": name, "from_date": _minute(since), "to_date": _minute(until)}
        return str(done(self._as_app("replay", "POST", "2/webhooks/replay", content=content), "data", "job_id"))

    def _webhooks(self) -> list[dict[str, Any]]:
        params = {"webhook_config.fields": "created_at,id,url,valid"}
        listed = self._as_app("list_webhooks", "GET", "2/webhooks", params=params).object().get("data")
        return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []

    def _subscriptions(self) -> Iterator[tuple[str, str, str]]:
        """Event, webhook and number of each subscription of this account."""
        cursor = ""
        for _ in range(MOST_PAGES):
            params = {"max_results": SUBSCRIPTIONS_A_PAGE} | self.turn(cursor)
            body = self._as_app("list_subscriptions", "GET", "2/activity/subscriptions", params=params).object()
            listed = body.get("data")
            for one in listed if isinstance(listed, list) else []:
                if loose_id(inside(one, "filter", "user_id")) == self.credentials.remote_id:
                    names = (loose_id(inside(one, key)) for key in ("webhook_id", "subscription_id"))
                    yield (loose_text(inside(one, "event_type")), *names)  # type: ignore[misc]
            cursor = self.cursor(body)
            if not cursor:
                return

    def _as_app(self, name: str, method: str, path: str, **content: Any) -> Answer:
        """A call of the application, not of the account: that its token is refused says nothing of the account's."""
        if not settings.X_APP_TOKEN:
            raise NotPossible("The application's own token for X is not set (X_APP_TOKEN).", code="no-app-token")
        ask = Ask(name, method, f"{settings.X_BASE}/{path}", auth=Bearer(settings.X_APP_TOKEN), **content)
        try:
            return self.send(ask)
        except TokenExpired:
            said = "X does not accept the application's own token (X_APP_TOKEN)."
            raise PlatformError(said, code="app-token", permanent=True) from None


def _standing(name: str, there: set[str], *, valid: bool) -> Subscription:
    lacking = sorted(set(EVENTS) - there)
    says = "" if valid else "X's challenge to our address failed: it tells us nothing until that passes."
    if valid and lacking:
        says = f"X does not tell us of {', '.join(lacking)}."
    return Subscription(active=valid and not lacking, fields=tuple(sorted(there)), remote_id=name, says=says)


def _minute(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y%m%d%H%M")
