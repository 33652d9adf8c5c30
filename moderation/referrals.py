"""Referrals from their opening to their outcome (4.L3, 4.L4, 4.N, 2.E, E.3).

Every verb locks the comment's case first and the referral after it, as whoever decides about the comment does; so of
one comment one thing happens after the other. Each writes its line of the log and its trail entry in one transaction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.authority import require
from members.days import spoken
from members.models import Member
from members.models.notifications import Kind as Told
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, Refused, WrongState, record
from moderation import giving_back, live
from moderation.following import end
from moderation.models import Comment, Referral, ReferralEntry, Section

Kind, State, Outcome, Done = Referral.Kind, Referral.State, Referral.Outcome, ReferralEntry.Kind

# By when an answer is due, unless it is said otherwise.
DUE: dict[str, timedelta] = {
    Kind.CONCERN: timedelta(days=3),
    Kind.QUESTION: timedelta(hours=4),
    Kind.MEDIA: timedelta(hours=24),
    Kind.LEAD: timedelta(days=7),
    Kind.EMERGENCY: timedelta(minutes=15),
}
LATEST = timedelta(days=366)
NUMBER = re.compile(r"[\w][\w ./-]{0,39}")  # a case or incident number, and no more of the case than that


@dataclass(frozen=True)
class Ask:
    """To whom a comment is referred, and what for. `owner` None: who refers it; `due_at` None: as its kind has it."""

    kind: str
    section: Section | None = None
    member: Member | None = None
    owner: Member | None = None
    due_at: datetime | None = None
    asks: str = ""
    case_number: str = ""


# --- opening ---


def open_referral(comment: Comment, ask: Ask, *, by: Member, key: str) -> Referral:
    """Refer `comment`. The same `key` a second time changes nothing and returns the first.

    Raises Refused to who reads only, Invalid (nobody asked, a time gone by, such a referral is open already).
    """
    require(by, Power.GRADE_COMMENTS)
    if comment.ours:
        raise Invalid("This is our own: what the public writes is referred.")
    with transaction.atomic():
        comment.case.lock()
        first = Referral.objects.filter(key=key).first()
        if first is not None:
            if first.comment_id != comment.pk or first.opened_by_id != by.pk:
                raise Invalid("The form was used for something else already: load the page again.", "key")
            return first
        if ask.kind == Kind.QUESTION and comment.case.grade is None:
            raise Invalid("Grade the comment first: a question is handed over with its grade.", "kind")
        made = _insert(comment, _checked(ask, by), by=by, key=key)
        record("refer", made, by=by, after=made.state)
        _note(made, Done.OPENED, by, made.asks, section=made.section, member=made.member, due_at=made.due_at)
        _tell_whom_it_concerns(made, by)
        comment.case.settle(by=by)
    live.changed(comment.pk)
    return made


def _checked(ask: Ask, by: Member) -> Ask:
    if ask.kind not in Kind.values:
        raise Invalid("Choose what the referral is for.", "kind")
    if ask.section is not None and ask.member is not None:
        raise Invalid("Choose a section or a member, not both.", "to")
    if ask.section is None and ask.member is None and ask.kind not in {Kind.LEAD, Kind.EMERGENCY}:
        raise Invalid("Choose the section or the member who is asked.", "to")
    if ask.section is not None and not ask.section.active:
        raise Invalid(f"{ask.section.name} is not referred to any more: choose another section.", "to")
    if ask.kind == Kind.QUESTION and ask.member is not None and ask.member.pk == by.pk:
        raise Invalid("A question is handed to somebody else: answer this one yourself.", "to")
    due_at = checked_due(ask.due_at) if ask.due_at else timezone.now() + DUE[ask.kind]
    member = _of_the_unit(ask.member, "to") if ask.member else None
    owner = _of_the_unit(ask.owner or by, "owner")
    asks = checked_text(ask.asks, "asks", needed=False)
    return Ask(ask.kind, ask.section, member, owner, due_at, asks, checked_number(ask.case_number, "case_number"))


def _insert(comment: Comment, ask: Ask, *, by: Member, key: str) -> Referral:
    mail_at = timezone.now() + timedelta(seconds=settings.UNDO_SECONDS) if ask.section and ask.section.email else None
    try:
        with transaction.atomic():
            made: Referral = Referral.objects.create(
                key=key,
                comment=comment,
                kind=ask.kind,
                section=ask.section,
                member=ask.member,
                owner=ask.owner,
                due_at=ask.due_at or timezone.now() + DUE[ask.kind],
                asks=ask.asks,
                case_number=ask.case_number,
                opened_by=by,
                mail_at=mail_at,
            )
    except IntegrityError as error:
        word = Kind(ask.kind).label
        raise Invalid(f"A referral of this comment as a {word} is open already: hand that one on.", "kind") from error
    return made


def _tell_whom_it_concerns(referral: Referral, by: Member) -> None:
    """Who is asked, and who follows it."""
    what = f"a {referral.get_kind_display()} on {referral.comment.account.get_platform_display()}"
    until = spoken(referral.due_at)
    path = referral.get_absolute_url()
    if referral.member is not None:
        tell([referral.member], Told.REFERRALS, f"{by.name} asks you about {what}, by {until}.", path, but=by)
    if referral.owner is not None and referral.owner_id != referral.member_id:
        tell([referral.owner], Told.REFERRALS, f"You follow {what}: {referral.reference}, due {until}.", path, but=by)


# --- what is written about it ---


def log(referral: Referral, text: str, *, by: Member) -> ReferralEntry:
    """Write down what was done. Raises Refused, Invalid (empty), WrongState (it is over)."""
    _require(referral.may_log(by), referral)
    text = checked_text(text, "text")
    with _alone(referral):
        entry = _note(referral, Done.NOTE, by, text)
        _stays(referral, "log", by, entry)
    return entry


def called_dispatch(referral: Referral, who: str, *, at: datetime | None, number: str, by: Member) -> ReferralEntry:
    """Write down that dispatch was called: who answered, when, the number of the incident (4.N)."""
    _require(referral.may_log(by), referral)
    who, number = checked_text(who, "who"), checked_number(number, "number")
    at = at or timezone.now()
    if at > timezone.now() + timedelta(minutes=1):
        raise Invalid("That is still to come: say when the call was made.", "at")
    with _alone(referral):
        entry = _note(referral, Done.DISPATCH, by, who, happened_at=at, number=number)
        _stays(referral, "call_dispatch", by, entry)
    return entry


def answer(referral: Referral, text: str, *, by: Member) -> ReferralEntry:
    """Keep the answer that came, or give it; of a question it brings the comment back to who handed it over (4.L3).

    Raises Refused (neither asked, nor its owner, nor a Supervisor), Invalid (empty), WrongState (it is over).
    """
    _require(referral.may_answer(by), referral)
    text = checked_text(text, "text")
    with _alone(referral):
        entry = _note(referral, Done.ANSWER, by, text)
        referral.become(State.ANSWERED, verb="answer", by=by, decision=entry, last_at=entry.at)
        back = giving_back.answered(referral) if referral.kind == Kind.QUESTION else None
        sentence = (
            f"{referral.reference} was answered: {referral.get_kind_display()}, opened {spoken(referral.opened_at)}."
        )
        told = [one for one in (referral.owner, back) if one is not None]
        tell(told, Told.REFERRALS, sentence, referral.get_absolute_url(), but=by)
    live.changed(referral.comment_id)
    return entry


# --- where it goes, by when ---


def hand_on(
    referral: Referral,
    *,
    by: Member,
    why: str,
    section: Section | None = None,
    member: Member | None = None,
    owner: Member | None = None,
) -> None:
    """Ask somebody else, or let another member follow it. Raises Refused, Invalid, WrongState."""
    _require(referral.may_hand_on(by), referral)
    why = checked_text(why, "why")
    if section is None and member is None and owner is None:
        raise Invalid("Choose who is asked, or who follows it from now on.", "to")
    with _alone(referral):
        changes: dict[str, Any] = {}
        if section is not None or member is not None:
            asked = _checked(Ask(referral.kind, section, member, referral.owner), by)
            changes = {"section": asked.section, "member": asked.member, "mail_at": None, "mail_attempts": 0}
            if asked.section is not None and asked.section.email:
                changes["mail_at"] = timezone.now() + timedelta(seconds=settings.UNDO_SECONDS)
        if owner is not None:
            changes["owner"] = _of_the_unit(owner, "owner")
        entry = _note(referral, Done.HANDED_ON, by, why, section=section, member=member, owner=owner)
        referral.become(
            State.OPEN, verb="hand_on", by=by, decision=entry, last_at=entry.at, came_back_at=None, **changes
        )
        _tell_whom_it_concerns(referral, by)


def move_due(referral: Referral, due_at: datetime, *, by: Member, why: str) -> None:
    """Give it more time, or less, and say why. Raises Refused, Invalid, WrongState."""
    _require(referral.may_move_due(by), referral)
    due_at, why = checked_due(due_at), checked_text(why, "why")
    with _alone(referral):
        entry = _note(referral, Done.DUE_MOVED, by, why, due_at=due_at)
        _stays(referral, "move_due", by, entry, due_at=due_at, came_back_at=None)
        told = [one for one in (referral.owner, referral.member) if one is not None]
        sentence = f"{referral.reference} is due {spoken(due_at)} now."
        tell(told, Told.REFERRALS, sentence, referral.get_absolute_url(), but=by)


# --- its end ---


def resolve(referral: Referral, outcome: str, text: str, *, by: Member) -> None:
    """Say what came of it; only then is a concern closed (4.L4). Raises Refused, Invalid (no outcome), WrongState."""
    _require(referral.may_resolve(by), referral)
    if outcome not in Outcome.values:
        raise Invalid("Choose what came of it.", "outcome_kind")
    text = checked_text(text, "outcome")
    with _alone(referral):
        end(referral, outcome, text, by=by)
        told = [one for one in (referral.owner, referral.opened_by) if one is not None]
        sentence = f"{referral.reference} is {referral.get_state_display()}: {referral.get_outcome_kind_display()}."
        tell(told, Told.REFERRALS, sentence, referral.get_absolute_url(), but=by)
        referral.comment.case.settle(by=by)
    live.changed(referral.comment_id)


def reopen(referral: Referral, *, by: Member, why: str) -> None:
    """Take it up again: it was not at its end. Its case is outstanding again. Raises Refused, Invalid, WrongState."""
    _require(referral.may_reopen(by), referral)
    why = checked_text(why, "why")
    with _alone(referral):
        if referral.is_unfinished:
            raise WrongState(referral, "reopen")
        entry = _note(referral, Done.REOPENED, by, why)
        due_at = max(referral.due_at, entry.at + DUE[referral.kind])
        changes: dict[str, Any] = {
            "due_at": due_at,
            "outcome_kind": "",
            "outcome": "",
            "ended_by": None,
            "ended_at": None,
        }
        try:
            with transaction.atomic():
                referral.become(State.OPEN, verb="reopen", by=by, decision=entry, last_at=entry.at, **changes)
        except IntegrityError as error:
            raise Invalid("Another referral of this comment for the same is open: go on with that one.") from error
        told = [referral.owner] if referral.owner is not None else []
        tell(told, Told.REFERRALS, f"{referral.reference} is open again.", referral.get_absolute_url(), but=by)
        referral.comment.case.settle(by=by)
    live.changed(referral.comment_id)


# --- inside ---


@contextmanager
def _alone(referral: Referral) -> Iterator[None]:
    """The referral read anew and held, after its comment's case, until the transaction ends."""
    with transaction.atomic():
        referral.comment.case.lock()
        comment = referral.comment
        referral.refresh_from_db(from_queryset=Referral.objects.select_for_update())
        referral.comment = comment  # a fact: it has not changed
        yield


def _require(allowed: bool, referral: Referral) -> None:
    if not allowed:
        owner = referral.owner.name if referral.owner is not None else "whoever is on watch"
        raise Refused(f"{referral.reference} is followed by {owner}; a Supervisor or above may act on it too.")


def _stays(referral: Referral, verb: str, by: Member, entry: ReferralEntry, **changes: Any) -> None:
    """Keep its state, noting when something was last done. Raises WrongState when it is over."""
    if not referral.is_unfinished:
        raise WrongState(referral, verb)
    referral.become(referral.state, verb=verb, by=by, decision=entry, last_at=entry.at, **changes)


def _note(referral: Referral, kind: str, by: Member | None, text: str = "", **more: Any) -> ReferralEntry:
    entry: ReferralEntry = ReferralEntry.objects.create(referral=referral, kind=kind, text=text, by=by, **more)
    return entry


def _of_the_unit(member: Member, field: str) -> Member:
    """The member's row, held: a transfer waits for this, or this finds him gone. Raises Invalid."""
    row: Member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if not row.serves() or not row.may(Power.GRADE_COMMENTS):
        raise Invalid(f"{row.name} does not serve in the unit: choose another member.", field)
    return row


def checked_text(text: str, field: str, *, needed: bool = True) -> str:
    """The text without space around it. Raises Invalid."""
    text = text.replace("\x00", "").strip()
    if needed and not text:
        raise Invalid("Write it down: it is kept with the referral.", field)
    if len(text) > Referral.LONGEST:
        raise Invalid(f"This takes {Referral.LONGEST} characters; there are {len(text)}.", field)
    return text


def checked_number(number: str, field: str) -> str:
    """A case or incident number: the number alone. Raises Invalid."""
    number = number.strip()
    if number and not NUMBER.fullmatch(number):
        raise Invalid("The number alone: 40 letters, digits and dashes at most, and nothing of the case itself.", field)
    return number


def checked_due(due_at: datetime) -> datetime:
    """A time that is to come, within a year. Raises Invalid."""
    now = timezone.now()
    if not now < due_at < now + LATEST:
        raise Invalid("An answer is due at a time to come, within a year.", "due_at")
    return due_at
