"""Sessions are rows with the member's name on them: what is ended is gone at once, whoever holds the cookie.

The store below is settings.SESSION_ENGINE. It refuses a session that was idle too long or has reached its end, and
says which (`ended`); writing to a session never makes it last longer.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends import db
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.utils import timezone

from members import live
from members.devices import address_of, words_of
from members.models import Member, Session

SIGNED_IN, ADDRESS, WORDS = "signed_in_at", "address", "device"


class SessionStore(db.SessionStore):
    """Sessions in the table `members.Session`. `ended` says why the session of the cookie is none any more."""

    ended = ""  # `idle`, `limit`, or `gone`: ended by somebody, or never there
    last_act_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Ours, which knows whose it is."""
        return Session

    def load(self) -> dict[str, Any]:
        """The data; empty, with `ended` set, where nobody is signed in any more."""
        row = self._row()
        self.ended = "gone" if row is None else row.ended_by
        if row is None or self.ended:
            self._session_key = None
            return {}
        self.last_act_at = row.last_act_at
        return self.decode(row.session_data)

    async def aload(self) -> dict[str, Any]:
        """The same."""
        return await sync_to_async(self.load)()

    def _row(self) -> Session | None:
        try:
            return Session.objects.filter(session_key=self.session_key).first()
        except (SuspiciousOperation, ValueError):  # a cookie that no database takes
            return None

    def get_expiry_age(self, **kwargs: Any) -> int:
        """Seconds left: Django's, and never beyond the end that was set at sign-in."""
        age: int = super().get_expiry_age(**kwargs)
        begun = self.get(SIGNED_IN)
        return age if begun is None else max(0, min(age, int(begun + settings.SESSION_MAX_SECONDS - time.time())))

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """When that is."""
        return timezone.now() + timedelta(seconds=self.get_expiry_age(**kwargs))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of `data`, with the columns that say whose it is."""
        row = cast(Session, super().create_model_instance(data))
        begun = data.get(SIGNED_IN)
        row.member_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.signed_in_at = datetime.fromtimestamp(begun, UTC) if begun is not None else None
        row.address = data.get(ADDRESS)
        row.words = data.get(WORDS, "")
        return row

    async def acreate_model_instance(self, data: dict[str, Any]) -> Session:
        """The same."""
        return await sync_to_async(self.create_model_instance)(data)


def note_sign_ins() -> None:
    """Let each sign-in say in its session when it was and where from; called once, when the app is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="members.sessions")


def _signed_in(request: HttpRequest, user: Member, **kwargs: Any) -> None:
    request.session[SIGNED_IN] = time.time()
    request.session[ADDRESS] = address_of(request)
    request.session[WORDS] = words_of(request.META.get("HTTP_USER_AGENT", ""))


def end_all(member: Member, *, but: str | None = None) -> int:
    """End every session of `member`, except the one with the key `but`; how many ended.

    For the acts that shut somebody out (transfer 1.3, a new password, a lost factor): call it in the act's transaction.
    Open pages hear it with the commit, with Redis down at their next request. Writes no trail entry: the act does.
    """
    sessions = member.sessions.exclude(session_key=but) if but else member.sessions.all()
    count, _ = sessions.delete()
    if count and not but:
        live.close(member.pk)  # with `but`, the streams of those ended find out by themselves (members.stream)
    return count
