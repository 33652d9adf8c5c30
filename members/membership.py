"""How somebody becomes a member: invitation, joining, and being taken back. What he is then: `members.positions`.

Each verb judges the person (the Commander or a designee, never for himself; of those outside the chain of command the
Commander alone), then the moment, under the lock of the chain (`members.chain.alone`), and leaves a posting, a trail
entry and word to whom it concerns in its own transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from members import authority, chain
from members.identity import Identity
from members.models import Member, OneTime
from members.models.joining import digest_of_token, new_token
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import OUTSIDE, Position, Power
from members.states import Invalid, Refused, WrongState, record

GOOD_FOR = timedelta(days=7)  # an invitation
LONGEST_REASON = 2000


def require_over(by: Member, member: Member | None, positions: Iterable[str]) -> None:
    """Raises Refused unless `by` may act on the membership of `member`, who stands or is to stand in `positions`.

    Never one's own. A designee touches neither the Commander, an acting one included, nor names one: he would hand
    himself what was not his. What somebody was before he left binds nobody.
    """
    here = member is not None and member.state != Member.State.LEFT
    asked = set(positions) | ({member.position} if member is not None and here else set())
    asked = asked or {Position.OFFICER}
    for power in sorted({Power.NAME_OUTSIDERS if position in OUTSIDE else Power.MANAGE_MEMBERS for position in asked}):
        authority.require(by, power)
    if member is not None and member.pk == by.pk:
        others = [one for one in authority.holders(Power.MANAGE_MEMBERS) if one.member.pk != by.pk]
        raise Refused(f"Nobody changes his own membership. {authority.who_now(others)}", able=others)
    touches = Position.COMMANDER in asked or (member is not None and authority.is_commander(member))
    if touches and not authority.is_commander(by):
        able = authority.holders(Power.DESIGNATE)
        raise Refused(
            f"A designee neither names a Commander nor changes a Commander's membership. {authority.who_now(able)}",
            able=able,
        )


def may_act_on(by: Member, member: Member, *positions: str) -> bool:
    """The same as an answer, for the buttons."""
    try:
        require_over(by, member, positions)
    except Refused:
        return False
    return True


def invite(
    *,
    by: Member,
    username: str,
    number: str,
    name: str,
    email: str,
    position: str,
    sworn: bool,
    reports_to: Member | None,
    languages: Sequence[str] = (),
    phone: str = "",
    serves_until: datetime | None = None,
    reason: str = "",
) -> tuple[Member, str]:
    """Add somebody to the unit, invited: he serves once he has opened the link with the token and set a password.

    The caller sends the link, after the commit. Raises Refused; Invalid for what stands in the way, with the field.
    """
    said = Identity(username, number, name, email, phone, languages).trimmed()
    with chain.in_words(), transaction.atomic():
        chain.alone()
        require_over(read_anew(by), None, {position})
        for field, sentence in said.objections().items():
            raise Invalid(sentence, field)
        superior = read_anew(reports_to) if reports_to else None
        chain.check(position, superior, to_come=True)
        check_period(position, serves_until)
        member = Member(
            username=said.username,
            number=said.number,
            name=said.name,
            email=said.email,
            phone=said.phone,
            languages=list(said.languages),
            position=position,
            sworn=sworn,
            reports_to=superior,
            serves_until=serves_until,
            state=Member.State.INVITED,
            is_active=False,
            password=make_password(None),
        )
        member.save(force_insert=True)
        posting = chain.open_history(member, by=by, reason=checked_reason(reason))
        record("invite", member, by=by, after=Member.State.INVITED, decision=posting)
        token = _open_link(member, by=by)
        tell_those(member, f"{name} is invited as {member.get_position_display()}.", Kind.MEMBERS, by=by)
    return member, token


def take_back(
    member: Member,
    *,
    by: Member,
    position: str,
    sworn: bool,
    reports_to: Member | None,
    serves_until: datetime | None = None,
    reason: str = "",
) -> str:
    """Invite somebody anew who had left: the same row, so that his history goes on. Gives the token of the link.

    What he knew opens nothing: he sets a new password and a new second factor. Raises Refused, WrongState, Invalid.
    """
    with chain.in_words(), transaction.atomic():
        chain.alone()
        member.refresh_from_db()
        require_over(read_anew(by), member, {position})
        if member.state != Member.State.LEFT:
            raise WrongState(member, "take_back")
        superior = read_anew(reports_to) if reports_to else None
        chain.check(position, superior, of=member, to_come=True)
        check_period(position, serves_until)
        for field, sentence in identity_of(member).objections(member).items():
            raise Invalid(f"{sentence} Put it right among his details first.", field)
        member.position, member.sworn, member.serves_until = position, sworn, serves_until
        member.reports_to = superior
        posting = chain.post(member, by=by, reason=checked_reason(reason))
        member.become(
            Member.State.INVITED,
            verb="take_back",
            by=by,
            decision=posting,
            position=position,
            sworn=sworn,
            reports_to=superior,
            serves_until=serves_until,
            password=make_password(None),
        )
        Authenticator.objects.filter(user=member).delete()
        token = _open_link(member, by=by)
        tell_those(member, f"{member.name} is invited back as {member.get_position_display()}.", Kind.MEMBERS, by=by)
    return token


def send_again(member: Member, *, by: Member) -> str:
    """A new link for somebody invited; the one before is good no longer. Raises Refused, WrongState."""
    require_over(by, member, ())
    with transaction.atomic():
        invited = Member.objects.select_for_update().get(pk=member.pk)
        if invited.state != Member.State.INVITED:
            raise WrongState(invited, "send_again")
        token = _open_link(invited, by=by)
        record("send_again", invited, by=by)
    return token


def withdraw(member: Member, *, by: Member, reason: str) -> None:
    """Take an invitation back: the link is good no longer. Who was to report to him gets the next above.

    Raises Refused, WrongState (he has joined, or is gone already).
    """
    with transaction.atomic():
        chain.alone()
        member.refresh_from_db()
        require_over(read_anew(by), member, ())
        if member.state != Member.State.INVITED:
            raise WrongState(member, "withdraw")
        posting = chain.post(member, by=by, reason=checked_reason(reason))
        member.become(Member.State.LEFT, verb="withdraw", by=by, decision=posting, is_active=False)
        close_links(member)
        chain.settle_under(member, member.reports_to, by=by, reason=f"The invitation of {member.name} was withdrawn.")
        tell_those(member, f"The invitation of {member.name} was withdrawn.", Kind.MEMBERS, by=by)


class NotOpen(Invalid):
    """A link that opens nothing any more, or never did: the sentence says whom to ask."""


def invitation_of(token: str) -> OneTime:
    """The open invitation behind a token. Changes nothing; raises NotOpen."""
    links = OneTime.objects.filter(kind=OneTime.Kind.INVITATION).select_related("member", "by")
    link = links.filter(digest=digest_of_token(token)).first()
    if link is None:
        raise NotOpen(
            "This link is not known: it may have been cut off on its way. Open it from the e-mail once more, or ask"
            " whoever invited you for a new one."
        )
    if link.used_at is not None:
        raise NotOpen("This invitation has been used: you are a member. Sign in with your user name and password.")
    whom = link.by.name if link.by is not None and link.by.serves() else "the Section Commander"
    if link.withdrawn_at is not None:
        raise NotOpen(f"This invitation was withdrawn or replaced by a newer one. Ask {whom} for a new one.")
    if link.expires_at <= timezone.now():
        raise NotOpen(f"This invitation was good for {GOOD_FOR.days} days, which are over. Ask {whom} for a new one.")
    if chain.over(link.member):
        raise NotOpen(f"The period you were to serve for is over. Ask {whom} to name you anew.")
    return link


def accept(token: str, password: str) -> Member:
    """Join: the invited member serves from now on and signs in with `password`. The link is used up.

    Raises NotOpen; Invalid for a password that is too weak, or where the unit has a Commander by now.
    """
    with chain.in_words(), transaction.atomic():
        chain.alone()
        link = OneTime.objects.select_for_update().get(pk=invitation_of(token).pk)
        if link.used_at is not None or link.withdrawn_at is not None:
            raise NotOpen("This invitation has been used or replaced since you opened it.")
        member = link.member
        try:
            validate_password(password, member)
        except ValidationError as error:
            raise Invalid(" ".join(error.messages), "password") from error
        if member.position == Position.COMMANDER:
            chain.check(member.position, None, of=member)
        link.used_at = timezone.now()
        link.save(update_fields=["used_at"])
        member.become(Member.State.SERVING, verb="join", by=member, is_active=True, password=make_password(password))
        chain.stand_in_for_the_superior(member)
        chain.take_under(member)
        told = [one for one in (member.reports_to, link.by) if one is not None and one.serves()]
        tell(told, Kind.MEMBERS, f"{member.name} has joined as {member.get_position_display()}.", page_of(member))
    return member


def identity_of(member: Member, **other: object) -> Identity:
    """What `member` is known by, with what is said otherwise."""
    known = {name: getattr(member, name) for name in ("username", "number", "name", "email", "phone", "languages")}
    return Identity(**(known | other)).trimmed()


def read_anew(member: Member) -> Member:
    """As he stands now, under the lock: what the page showed may be over."""
    found: Member = Member.objects.get(pk=member.pk)
    return found


def checked_reason(reason: str) -> str:
    """The reason as it is stored. Raises Invalid when it is too long."""
    if len(reason) > LONGEST_REASON:
        raise Invalid(f"The reason is too long: {LONGEST_REASON} characters at most.", "reason")
    return reason.strip()


def check_period(position: str, until: datetime | None) -> None:
    """Raises Invalid unless a position outside the chain has a period that is to come, and one inside has none."""
    if position in OUTSIDE:
        if until is None or until <= timezone.now():
            raise Invalid("Say until when he serves: a moment that is still to come.", "serves_until")
    elif until is not None:
        raise Invalid("A member of the unit serves for no period: leave it empty.", "serves_until")


def _open_link(member: Member, *, by: Member) -> str:
    """A fresh invitation; the one before is withdrawn."""
    close_links(member)
    token, digest = new_token()
    OneTime.objects.create(
        kind=OneTime.Kind.INVITATION,
        member=member,
        digest=digest,
        sent_to=member.email,
        by=by,
        expires_at=timezone.now() + GOOD_FOR,
    )
    return token


def close_links(member: Member) -> None:
    """Let no link that he was sent open anything any more."""
    links = OneTime.objects.filter(member=member, used_at=None, withdrawn_at=None)
    links.update(withdrawn_at=timezone.now())


def page_of(member: Member) -> str:
    """The address of his page."""
    return f"/members/{member.pk}/"


def tell_those(member: Member, sentence: str, kind: Kind, *, by: Member, former: Member | None = None) -> None:
    """Tell him, whom he reports to and whom he did, as far as they serve, and not him who does it."""
    told = [one for one in (member, member.reports_to, former) if one is not None and one.serves()]
    tell(told, kind, sentence, page_of(member), but=by)
