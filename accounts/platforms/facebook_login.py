"""How a Page, or the Instagram account linked to one, is connected: Meta's sign-in (facts.md 1.6).

The person's own token is only used to fetch those of the Pages, and kept nowhere: a Page's token, fetched with a
long-lived one, has no end of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from accounts.platforms.contract import Credentials, Platform, PlatformError, TokenExpired, Uncertain
from accounts.platforms.facebook import Facebook
from accounts.platforms.fields import inside, loose_id, loose_text, number
from accounts.platforms.http import Answer, Ask, Bearer, send
from accounts.platforms.login import Choice, Grant, Login
from accounts.platforms.meta import refuse

_A_PAGE, _MOST_PAGES = "50", 20  # of the list of Pages
_FIELDS = "id,name,access_token,tasks,instagram_business_account{id,username,name},picture"
_TASKS = frozenset({"CREATE_CONTENT", "MODERATE", "MESSAGING"})
_CODE_REFUSED = {"100", "101"}  # a code that is spent, wrong or too old; an app that is not known


class MetaLogin(Login):
    """The sign-in that Facebook and Instagram share. It has no PKCE; the app's secret stands in for it."""

    pkce = False

    def address(self, *, state: str, challenge: str, redirect_uri: str) -> str:
        """`rerequest` asks again for what was refused before."""
        query = {
            "client_id": self.app.client_id,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": ",".join(self.asked),
            "state": state,
            "auth_type": "rerequest",
        }
        return f"{settings.META_DIALOG_URL}?{urlencode(query)}"

    def exchange(self, code: str, *, verifier: str, redirect_uri: str) -> Grant:
        """For a short-lived token, and that at once for one of 60 days: only such a one opens lasting Page tokens."""
        short, _ = self._token({"redirect_uri": redirect_uri, "code": code})
        token, seconds = self._token({"grant_type": "fb_exchange_token", "fb_exchange_token": short})
        return Grant(
            access_token=token,
            expires_at=datetime.now(UTC) + timedelta(seconds=min(seconds, 10**9)) if seconds else None,
            scopes=self._scopes(token),
        )

    def _token(self, asked: dict[str, str]) -> tuple[str, int | None]:
        """Sent as a form, so that no address holds the code or the secret."""
        form = {"client_id": self.app.client_id, "client_secret": self.app.client_secret, **asked}
        told = _certainly(Ask("token", "POST", f"{settings.META_GRAPH_BASE}/oauth/access_token", form=form)).object()
        token = loose_text(told.get("access_token"))
        if not token:
            raise PlatformError("Meta's answer to the sign-in could not be understood.", code="unreadable")
        return token, number(told.get("expires_in"))

    def _scopes(self, token: str) -> frozenset[str]:
        """What the person granted, which may be less than was asked."""
        url = f"{settings.META_GRAPH_BASE}/me/permissions"
        told = send(Ask("list_permissions", "GET", url, auth=Bearer(token)), refuse).object()
        listed = told.get("data")
        return frozenset(
            loose_text(inside(one, "permission"))
            for one in (listed if isinstance(listed, list) else ())
            if inside(one, "status") == "granted"
        ) - {""}

    def choices(self, grant: Grant) -> list[Choice]:
        """Of every Page that the person named at Meta; what he may not do there all the same is said in `lacks`."""
        found = (self.choice(page) for page in self._pages(grant.access_token))
        return [choice for choice in found if choice is not None and choice.remote_id]

    def choice(self, page: dict[str, Any]) -> Choice | None:
        """What one Page of the list lets us connect; None where that is nothing of this platform."""
        raise NotImplementedError

    def _pages(self, token: str) -> Iterator[dict[str, Any]]:
        after = ""
        for _ in range(_MOST_PAGES):
            params = {"fields": _FIELDS, "limit": _A_PAGE} | ({"after": after} if after else {})
            url = f"{settings.META_GRAPH_BASE}/me/accounts"
            told = send(Ask("list_accounts", "GET", url, params=params, auth=Bearer(token)), refuse).object()
            listed = told.get("data")
            if not isinstance(listed, list):
                raise PlatformError("Meta's list of Pages could not be understood.", code="unreadable")
            yield from (page for page in listed if isinstance(page, dict))
            before, after = after, loose_text(inside(told, "paging", "cursors", "after"))
            if not inside(told, "paging", "next") or not after or after == before:
                return

    def revoke(self, credentials: Credentials) -> None:
        """Takes the Page's subscription away: nothing is told to us any more.

        A Page's token cannot be given back by itself. To revoke what the person granted would end every other account
        that he connected; he removes the application at facebook.com, Settings, Business integrations.
        """
        page = credentials.page_id or credentials.remote_id
        try:
            Facebook(credentials).ask("unsubscribe", "DELETE", f"{page}/subscribed_apps")
        except TokenExpired:
            return  # it is of no use to anybody already


class FacebookLogin(MetaLogin):
    """For a Page."""

    platform = Platform.FACEBOOK
    asked = (
        "pages_show_list",
        "pages_read_engagement",
        "pages_read_user_content",
        "pages_manage_engagement",
        "pages_manage_posts",
        "pages_manage_metadata",
        "pages_messaging",
        "business_management",
    )
    # Without messages, posts of ours or the Page's webhook the rest of the work still goes on.
    needed = frozenset(
        {"pages_show_list", "pages_read_engagement", "pages_read_user_content", "pages_manage_engagement"}
    )

    def choice(self, page: dict[str, Any]) -> Choice | None:
        """The Page itself."""
        return Choice(
            remote_id=loose_id(page.get("id")),
            name=loose_text(page.get("name")),
            access_token=loose_text(page.get("access_token")),
            lacks=_lacks(page),
        )


class InstagramLogin(MetaLogin):
    """For an Instagram account that is linked to a Page (facts.md 2)."""

    platform = Platform.INSTAGRAM
    asked = (
        "instagram_basic",
        "instagram_manage_comments",
        "instagram_manage_messages",
        "instagram_content_publish",
        "instagram_manage_contents",
        "pages_show_list",
        "pages_read_engagement",
        "pages_manage_metadata",
        "pages_messaging",
        "business_management",
    )
    needed = frozenset({"instagram_basic", "instagram_manage_comments", "pages_show_list", "pages_read_engagement"})

    def choice(self, page: dict[str, Any]) -> Choice | None:
        """The account that is linked to the Page, if there is one."""
        linked = page.get("instagram_business_account")
        if not isinstance(linked, dict):
            return None
        handle = loose_text(linked.get("username"))
        return Choice(
            remote_id=loose_id(linked.get("id")),
            name=loose_text(linked.get("name")) or handle,
            handle=handle,
            page_id=loose_id(page.get("id")),
            access_token=loose_text(page.get("access_token")),
            lacks=_lacks(page),
        )


def _lacks(page: dict[str, Any]) -> str:
    """Why a Page cannot be connected by this person."""
    listed = page.get("tasks")
    missing = sorted(_TASKS - {loose_text(task) for task in (listed if isinstance(listed, list) else ())})
    if missing:
        said = ", ".join(task.lower().replace("_", " ") for task in missing)
        return f"Whoever signed in lacks tasks on the Page “{loose_text(page.get('name'))}”: {said}."
    if not loose_text(page.get("access_token")):
        return "Meta gave no token for this Page."
    return ""


def _certainly(ask: Ask) -> Answer:
    """The answer of Meta's sign-in. Raises TokenExpired for a code that is refused; a lost answer spends the code."""
    try:
        return send(ask, refuse)
    except Uncertain as error:
        raise PlatformError("Meta did not answer the sign-in. Sign in again.", code=error.code) from None
    except TokenExpired:
        raise
    except PlatformError as error:
        if error.code.partition("/")[0] in _CODE_REFUSED:
            said = "Meta did not accept the sign-in: its code is spent, too old or not for us. Sign in again."
            raise TokenExpired(said, code=error.code) from None
        raise
