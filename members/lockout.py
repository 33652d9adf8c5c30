"""Five wrong tries for a user name, wherever they come from, close its door for ten minutes; a person has ways out.

Passwords and codes are one count, kept by axes in the database (ruling 25). Tries for one name are taken one at a time:
of thousands at once, too, five are looked at. Who is locked out lifts it by a link to his own mailbox, or has it lifted
by a Supervisor or above.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from allauth.core import context
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from members import mail
from members.authority import require
from members.models import Member, OneTime
from members.models.joining import digest_of_token, new_token
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, WrongState, record
from members.waiting import Line, Waits

LASTS = timedelta(minutes=15)  # of a link that lifts a lockout
AGAIN = timedelta(minutes=1)  # no further mail sooner
LOCKED = "Too many wrong tries. Wait ten minutes, then try again; until then the right one is refused too."
BUSY = "Another try for this name is under way at this moment. Try again."


def counted_as(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The name that a try counts for (settings.AXES_USERNAME_CALLABLE): the member's, however it was spelled.

    Of a name that is nobody's a digest alone is kept: somebody may have typed his password there.
    """
    typed = str((credentials or {}).get("username") or request.POST.get("login") or "").strip()
    member = member_named(typed)
    if member is not None:
        return member.username
    return "?" + hashlib.sha256(typed.upper().lower().encode()).hexdigest()[:32]


def member_named(typed: str) -> Member | None:
    """The member who signs in by what was typed, found as the sign-in finds him."""
    if not typed or "\x00" in typed:
        return None
    found: Member | None = Member.objects.filter(username__iexact=typed).first()
    return found


def judge(request: HttpRequest, credentials: dict[str, Any], by: Callable[[], Member | None]) -> Member | None:
    """Whom `by` finds these credentials to be; None, and the page of the lockout, while their name is locked out.

    What is refused so is no try: no password is looked at, and nothing is counted. Raises ValidationError for a second
    try at the same moment.
    """
    name = counted_as(request, credentials)
    if _refused(request, name):
        return None
    with one_try(name):
        return None if _refused(request, name) else by()


def _refused(request: HttpRequest, name: str) -> bool:
    if name not in _locked([name]):
        return False
    request.axes_locked_out = True  # type: ignore[attr-defined]  # the page becomes that of the lockout (axes.middleware)
    return True


@contextmanager
def one_try(name: str) -> Iterator[None]:
    """Within, a try for `name` is judged and counted; of two at once the second is refused, and waits for nobody.

    The lock is the database connection's own, not a transaction's: what is counted within must stand whatever follows.
    Raises ValidationError.
    """
    key = ["members.lockout", name]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s), hashtext(%s))", key)
        if not cursor.fetchone()[0]:
            raise ValidationError(BUSY, "busy")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s), hashtext(%s))", key)


@contextmanager
def one_code(member: Member) -> Iterator[None]:
    """Within, a code of `member` is judged. Raises ValidationError while he is locked out: none is looked at then."""
    with one_try(member.username):
        if _refused(context.request, member.username):
            raise ValidationError(LOCKED, "locked")
        yield


def count_wrong_code(request: HttpRequest, member: Member) -> None:
    """A wrong code counts as a wrong password does."""
    AxesProxyHandler.user_login_failed(Member, credentials={"username": member.username}, request=request)


def locked_until(member: Member) -> datetime | None:
    """Until when `member` is locked out; None when he is not."""
    return _locked([member.username]).get(member.username)


def locked_members() -> list[tuple[Member, datetime]]:
    """Everybody who is locked out, with until when."""
    until = _locked()
    return [(member, until[member.username]) for member in Member.objects.filter(username__in=until).order_by("name")]


def _locked(names: list[str] | None = None) -> dict[str, datetime]:
    lasts = timedelta(minutes=settings.LOCKOUT_MINUTES)
    tries = AccessAttempt.objects.filter(attempt_time__gt=timezone.now() - lasts)
    if names is not None:
        tries = tries.filter(username__in=names)
    counted = tries.values("username").order_by().annotate(count=Sum("failures_since_start"), last=Max("attempt_time"))
    return {one["username"]: one["last"] + lasts for one in counted if one["count"] >= settings.AXES_FAILURE_LIMIT}


def closed(member: Member) -> None:
    """The fifth wrong try: on the trail, and told to the member, who may not have tried."""
    minutes = settings.LOCKOUT_MINUTES
    with transaction.atomic():
        record("lock_out", member, by=None)
        tell(
            [member],
            Kind.SECURITY,
            f"After {settings.AXES_FAILURE_LIMIT} wrong tries your sign-in is closed for {minutes} minutes. "
            "If that was not you, tell your superior.",
            reverse("security"),
        )


def lift(member: Member, *, by: Member) -> None:
    """Lift a lockout, as a Supervisor or above. Raises Refused for anybody else, WrongState where there is none."""
    require(by, Power.LIFT_LOCKOUTS)
    _lift(member, by=by, how="by a superior")


def _lift(member: Member, *, by: Member | None, how: str) -> None:
    with transaction.atomic():
        if locked_until(member) is None:
            raise WrongState(member, "unlock")
        AccessAttempt.objects.filter(username=member.username).delete()
        record("unlock", member, by=by, after=how)
        sentence = "Your sign-in is open again: the lockout was lifted"
        tell([member], Kind.SECURITY, f"{sentence} {f'by {by.name}' if by else 'by the link in your mailbox'}.", but=by)


def send_way_in(typed: str) -> None:
    """Send a link that lifts the lockout to the mailbox of the member of this name, if he is one and is locked out.

    The answer does not wait for the mail: how long it takes would tell which names are known.
    """
    member = member_named(typed.strip())
    if member is None or not member.serves() or not member.email or locked_until(member) is None:
        return
    now = timezone.now()
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        links = OneTime.objects.filter(member=member, kind=OneTime.Kind.UNLOCK)
        if links.open().filter(at__gt=now - AGAIN).exists():
            return
        links.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=now)
        token, digest = new_token()
        links.create(
            member=member, kind=OneTime.Kind.UNLOCK, digest=digest, sent_to=member.email, expires_at=now + LASTS
        )
        record("ask_for_way_in", member, by=None)
        said = {"name": member.name, "link": mail.address_of(reverse("unlock", args=[token]))}
        mail.send_beside(member.email, "A way in", "unlock", said)


def way_in(token: str) -> OneTime | None:
    """The open link of `token`; None when it was used, withdrawn, is over, or never was."""
    link = OneTime.objects.open().filter(kind=OneTime.Kind.UNLOCK, digest=digest_of_token(token))
    return link.select_related("member").first()


def take_way_in(token: str) -> Member:
    """Use the link of `token`: the lockout is lifted, where it still stands; whose it was. Raises Invalid once used."""
    link = way_in(token)
    used = link and OneTime.objects.open().filter(pk=link.pk).update(used_at=timezone.now())
    if link is None or not used or not link.member.serves():
        raise Invalid(
            "This link opens nothing any more: it was used, or is older than 15 minutes. Ask for another one."
        )
    if locked_until(link.member) is not None:
        _lift(link.member, by=None, how="by e-mail")
    return link.member


def locked_out(member: Member) -> Line:
    """Who is locked out now, for those who may open it."""
    found = locked_members()
    names = ", ".join(one.name for one, _ in found[:3])
    says = f"{names}. Call back on a number you know before you open it." if found else ""
    return Line("Members locked out", len(found), reverse("locked_members"), tone="warn", icon="lock", says=says)


LINES = (Waits(locked_out, power=Power.LIFT_LOCKOUTS),)
