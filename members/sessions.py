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
from django.db import models, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from members import live, plainly
from members.authority import require
from members.devices import address_of, words_of
from members.models import Member, Session
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Refused, WrongState, record

SIGNED_IN, ADDRESS, WORDS = "signed_in_at", "address", "device"
# Each request begins with it: to have the statement put together anew costs more than the answer.
_SESSION = "SELECT {columns} FROM members_session WHERE session_key = %s"


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
            return plainly.one(Session, _SESSION, [self.session_key])
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
    Session.objects.filter(expire_date__lt=timezone.now() - timedelta(days=1)).delete()
    request.session[SIGNED_IN] = time.time()
    request.session[ADDRESS] = address_of(request)
    request.session[WORDS] = words_of(request.META.get("HTTP_USER_AGENT", ""))


def open_sessions(member: Member) -> models.QuerySet[Session]:
    """Those in which `member` is signed in now, the one in which he last acted first."""
    return Session.open().filter(member=member).order_by("-last_act_at")


def end(session: Session, *, by: Member) -> None:
    """End one session of its member's own. Raises Refused for anybody else's, WrongState when it is over already."""
    member = _member_of(session)
    if by.pk != member.pk:
        raise Refused("A session is ended by the member whose it is, or all of them by the Commander or a designee.")
    with transaction.atomic():
        if not Session.objects.filter(pk=session.pk).delete()[0]:
            raise WrongState(member, "end_session")
        record("end_session", member, by=by)


def end_others(member: Member, *, key: str) -> int:
    """End every session of `member` but the one with the key `key`, at his own wish; how many ended."""
    with transaction.atomic():
        count = end_all(member, but=key)
        if count:
            record("end_sessions", member, by=member, after="the others")
    return count


def end_all_of(member: Member, *, by: Member) -> int:
    """Sign `member` out everywhere; how many sessions ended. He is told.

    Raises Refused unless `by` manages members (the Commander or a designee).
    """
    require(by, Power.MANAGE_MEMBERS)
    with transaction.atomic():
        count = end_all(member)
        if count:
            record("end_sessions", member, by=by, after="all")
            tell([member], Kind.SECURITY, f"{by.name} signed you out everywhere.", reverse("sessions"), but=by)
    return count


def _member_of(session: Session) -> Member:
    if session.member is None:
        raise Refused("Nobody is signed in there.")
    return session.member


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
