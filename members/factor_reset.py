"""The reset of a lost second factor: by the Commander or a designee, never one's own, and by two ways.

Whoever resets says how he made sure whom he speaks to; the link goes to the member's e-mail; there the member proves
his password. What he had stays good until the link is used.
"""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from members import authority, factors
from members.models import Member, OneTime, TrailEntry
from members.models.joining import digest_of_token, new_token
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.sessions import end_all
from members.states import Invalid, Refused, record

GOOD_FOR = timedelta(hours=1)
OTHER_HANDS = timedelta(days=7)
LONGEST = 2000


class Checked(models.TextChoices):
    """The second channel: how one made sure whom one speaks to."""

    IN_PERSON = "in person", "In person: he stood before me"
    TELEPHONE = "telephone", "By telephone: I called the number on file"


class Gone(Exception):
    """The link opens nothing (any more); the sentence says why and what to do."""


def require_over(by: Member, member: Member) -> None:
    """Raises Refused unless `by` may reset the second factor of `member`: Commander or designee, never one's own."""
    authority.require(by, Power.MANAGE_MEMBERS)
    if by.pk == member.pk:
        others = [str(one) for one in authority.holders(Power.MANAGE_MEMBERS) if one.member.pk != by.pk]
        raise Refused(f"Nobody resets his own second factor. Now: {', '.join(others) or 'nobody else'}.")


def start(member: Member, *, by: Member, reason: str, checked_by: str) -> str:
    """Open a reset: gives the token of the link. The caller sends it to the member's e-mail, after the commit.

    A link that was open before is void. Tells the member, and those who could have done it. Raises Refused; Invalid
    with the field where something stands in the way.
    """
    require_over(by, member)
    _check_other_hands(member, by)
    _check(member, reason, checked_by)
    token, digest = new_token()
    now = timezone.now()
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        _unused(member).update(withdrawn_at=now)
        link = OneTime.objects.create(
            kind=OneTime.Kind.FACTOR_RESET,
            member=member,
            digest=digest,
            sent_to=member.email,
            by=by,
            reason=f"{Checked(checked_by).label}. {reason.strip()}",
            expires_at=now + GOOD_FOR,
        )
        record("start_factor_reset", member, by=by, decision=link)
        _tell(member, f"{by.name} began a reset of the second factor of {member.name}: a link, good for one hour.", by)
    return token


def withdraw(member: Member, *, by: Member) -> None:
    """Make the open link void. Raises Refused; Invalid when none is open."""
    if by.pk != member.pk:
        require_over(by, member)
    with transaction.atomic():
        if not _unused(member).filter(expires_at__gt=timezone.now()).update(withdrawn_at=timezone.now()):
            raise Invalid(f"No reset of the second factor of {member.name} is open.")
        record("withdraw_factor_reset", member, by=by)
        _tell(member, f"{by.name} withdrew the reset of the second factor of {member.name}.", by)


def open_for(member: Member) -> OneTime | None:
    """The reset that is open, if one is."""
    return _unused(member).filter(expires_at__gt=timezone.now()).select_related("by").first()


def find(token: str) -> OneTime:
    """The open link of `token`. Raises Gone."""
    links = OneTime.objects.filter(kind=OneTime.Kind.FACTOR_RESET).select_related("member", "by")
    link = links.filter(digest=digest_of_token(token)).first()
    if link is None:
        raise Gone("This link is not one of ours: take it whole from the e-mail.")
    if link.used_at:
        raise Gone("This link has been used: it is good once. Sign in with what you set up then.")
    if link.withdrawn_at:
        raise Gone("This link is void: it was withdrawn, or a newer one was sent. Look for the newest e-mail.")
    if link.expires_at <= timezone.now():
        raise Gone("This link has run out: it is good for one hour. Ask for a new one.")
    if not link.member.serves():
        raise Gone("This link opens nothing: you have left the unit.")
    return link


def use(token: str, secret: str) -> list[str]:
    """Put an authenticator app with `secret` in place of everything the member had; gives his new recovery codes.

    The caller has made sure of his password and of a code of `secret`. Ends every session of his; tells him and those
    who manage members. Raises Gone, also for the second of two at once.
    """
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=find(token).member_id)
        link = find(token)  # again, now that nobody else can use it
        Authenticator.objects.filter(user=member).delete()
        TOTP.activate(member, secret)
        codes = RecoveryCodes.activate(member)
        codes.mark_as_viewed()
        OneTime.objects.filter(pk=link.pk).update(used_at=timezone.now())
        end_all(member)
        record("reset_second_factor", member, by=member, decision=link)
        _tell(member, f"{member.name} set up a new second factor by the link that {_giver(link)} gave him.", None)
    return list(codes.get_unused_codes())


def _giver(link: OneTime) -> str:
    return link.by.name if link.by else "the unit"


def _unused(member: Member) -> models.QuerySet[OneTime]:
    return OneTime.objects.filter(
        kind=OneTime.Kind.FACTOR_RESET, member=member, used_at__isnull=True, withdrawn_at__isnull=True
    )


def _check_other_hands(member: Member, by: Member) -> None:
    """Raises Refused to a designee who has lately changed where the link would go: with it he would come in himself."""
    if authority.is_commander(by):
        return
    since = timezone.now() - OTHER_HANDS
    if TrailEntry.objects.about(member).filter(verb="change_email", by=by, at__gt=since).exists():
        raise Refused(
            f"You changed the e-mail address of {member.name} in the last {OTHER_HANDS.days} days, and the link goes"
            " there: somebody else who manages members begins this reset."
        )


def _check(member: Member, reason: str, checked_by: str) -> None:
    """Raises Invalid for what stands in the way."""
    if not member.serves():
        raise Invalid(f"{member.name} does not serve in the unit: there is no sign-in to reset.")
    if not member.email:
        raise Invalid(f"{member.name} has no e-mail address, and the link goes there: enter one first.")
    if not factors.has_one(member):
        raise Invalid(f"{member.name} has no second factor yet: he sets one up when he next signs in.")
    if checked_by not in Checked.values:
        raise Invalid("Say how you made sure whom you speak to.", "checked_by")
    if not reason.strip():
        raise Invalid("Say why: what was lost, and how.", "reason")
    if len(reason) > LONGEST:
        raise Invalid(f"{LONGEST} characters are enough.", "reason")


def _tell(member: Member, sentence: str, but: Member | None) -> None:
    who = [member, *(holder.member for holder in authority.holders(Power.MANAGE_MEMBERS))]
    path = reverse("security")
    tell(who, Kind.SECURITY, sentence, path, but=but)
