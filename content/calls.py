"""Calls for content (F.VA): kept, sent to their contacts when they are due, reminded of once, answered or given up."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from content.models import Call, Contact, Letter
from content.models.calls import LetterQuerySet
from content.models.ideas import new_reference
from members import mail
from members.authority import require
from members.days import spoken_day
from members.models import Member
from members.models.agency import agency_zone
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, WrongState, record

TRIES = 5
AGAIN = timedelta(minutes=5)  # also the lease of who is writing: two workers never write the same mail
AT_ONCE = 20
ANOTHER_HAS_IT = "Another contact has this address already."
NO_SERVER = "the unit has no mail server yet"


def keep_contact(contact: Contact, *, by: Member) -> Contact:
    """Save a contact, new or changed. Raises Refused, Invalid (another has that address)."""
    require(by, Power.DEVELOP_CONTENT)
    contact.changed_at = timezone.now()
    new = contact.pk is None
    try:
        with transaction.atomic():
            contact.save()
            record("add" if new else "change", contact, by=by)
    except IntegrityError as error:
        raise Invalid(ANOTHER_HAS_IT, "email") from error
    return contact


def keep_call(call: Call, contacts: Iterable[Contact], *, by: Member) -> Call:
    """Save a call, new or changed, with whom it goes to. Raises Refused, Invalid (nobody to ask, a day gone by)."""
    require(by, Power.DEVELOP_CONTENT)
    named = list(contacts)
    if not named:
        raise Invalid("Choose who is asked.", "contacts")
    new = call.pk is None
    if new:
        if call.first_on < today():
            raise Invalid("The first day is over already.", "first_on")
        call.next_on, call.made_by = call.first_on, by
    with transaction.atomic():
        call.save()
        call.contacts.set(named)
        record("begin" if new else "change", call, by=by)
    return call


def end_call(call: Call, *, by: Member) -> None:
    """It goes out no more; what was sent stays open. Raises Refused, WrongState when it ended already."""
    require(by, Power.DEVELOP_CONTENT)
    with transaction.atomic():
        if not Call.objects.filter(pk=call.pk, next_on__isnull=False).update(next_on=None):
            raise WrongState(call, "end")
        record("end", call, by=by)


def today() -> date:
    """The day in the agency's zone, for tasks too, which no request puts into it."""
    return timezone.localtime(timezone=agency_zone()).date()


def following(call: Call, day: date) -> date | None:
    """When it goes out next after `day`; None when it went out once for all. In a short month on its last day."""
    if call.every == Call.Every.ONCE:
        return None
    if call.every != Call.Every.MONTH:
        return day + timedelta(days=7 if call.every == Call.Every.WEEK else 14)
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(call.first_on.day, calendar.monthrange(year, month)[1]))


def write_due() -> int:
    """Write the letters of every call whose day has come, and have the unanswered reminded of; gives how many."""
    written = 0
    for key in Call.objects.filter(next_on__lte=today()).values_list("pk", flat=True):
        with transaction.atomic():
            call = Call.objects.select_for_update(skip_locked=True).filter(pk=key, next_on__lte=today()).first()
            written += _write(call) if call else 0
    now = timezone.now()
    late = Letter.objects.unanswered().filter(due_on__lte=today(), reminded_at=None, sent_at__isnull=False)
    return written + late.update(reminded_at=now, mail_at=now, mail_attempts=0)


def _write(call: Call) -> int:
    """One letter a contact, in whatever was missed the last day alone: nobody is asked twice for the same week."""
    now, day = timezone.now(), today()
    letters = [
        Letter(call=call, contact=one, on=day, due_on=day + timedelta(call.days), code=new_reference(), mail_at=now)
        for one in call.contacts.active()
    ]
    made = Letter.objects.bulk_create(letters, ignore_conflicts=True)
    going_on = call.next_on
    while going_on is not None and going_on <= day:
        going_on = following(call, going_on)
    Call.objects.filter(pk=call.pk).update(next_on=going_on)
    record("send", call, by=None)
    return len(made)


@dataclass(frozen=True)
class _Mail:
    """What is written, read before the mail server is asked: no transaction is open then."""

    key: int
    attempt: int
    to: str
    subject: str
    context: dict[str, object]


def send_due() -> int:
    """Send what is due, each in turn; gives how many went out."""
    return sum(_send(letter) for letter in _claim())


def _claim() -> list[_Mail]:
    now = timezone.now()
    with transaction.atomic():
        due = Letter.objects.select_for_update(of=("self",), skip_locked=True).filter(mail_at__lte=now)
        found = list(due.select_related("call__made_by", "contact").order_by("mail_at")[:AT_ONCE])
        for letter in found:
            letter.mail_at, letter.mail_attempts = now + AGAIN, letter.mail_attempts + 1
            letter.save(update_fields=["mail_at", "mail_attempts"])
    return [_mail(letter) for letter in found]


def _mail(letter: Letter) -> _Mail:
    call = letter.call
    context = {
        "asks": call.asks,
        "due": spoken_day(letter.due_on),
        "reminder": letter.reminded_at is not None,
        "link": mail.address_of(reverse("answer_call", args=[letter.code])),
        "made_by": call.made_by.name,
    }
    return _Mail(letter.pk, letter.mail_attempts, letter.contact.email, call.title, context)


def _send(letter: _Mail) -> bool:
    try:
        mail.post(letter.to, letter.subject, "call", letter.context)
    except mail.Undelivered as error:
        if error.lasting or letter.attempt >= TRIES:
            _not_sent(letter, str(error))
        return False
    if settings.EMAIL_BACKEND == mail.IN_A_FOLDER:
        _not_sent(letter, NO_SERVER)
        return False
    this = Letter.objects.filter(pk=letter.key, mail_attempts=letter.attempt)
    this.update(mail_at=None, sent_at=timezone.now(), why_not="")
    return True


def _not_sent(letter: _Mail, why: str) -> None:
    """Note it; whoever made the call hears of it."""
    with transaction.atomic():
        this = Letter.objects.filter(pk=letter.key, mail_attempts=letter.attempt)
        if this.update(mail_at=None, why_not=why[:200]):
            call = this.get().call
            sentence = f"A call for content did not reach everybody: {why}."
            tell([call.made_by], Kind.CONTENT, sentence, call.get_absolute_url())


def letter_of(code: str) -> Letter | None:
    """The letter whose page `code` opens; None for any other code."""
    kept = "".join(letter for letter in code.upper() if letter.isascii() and letter.isalnum())[:12]
    return Letter.objects.select_related("call", "contact").filter(code=kept).first() if kept else None


def say_nothing(letter: Letter) -> None:
    """The contact answers that there is nothing this time; an answer given before stands."""
    with transaction.atomic():
        open_ = Letter.objects.filter(pk=letter.pk, answered_at=None)
        if open_.update(answered_at=timezone.now(), nothing=True, mail_at=None):
            record("answer", letter.call, by=None)


def give_up(letter: Letter, *, by: Member) -> None:
    """It is not waited for any more: he was reached otherwise, or not at all. Raises Refused, WrongState."""
    require(by, Power.DEVELOP_CONTENT)
    with transaction.atomic():
        still = Letter.objects.filter(pk=letter.pk, answered_at=None, given_up_at=None)
        if not still.update(given_up_at=timezone.now(), given_up_by=by, mail_at=None):
            raise WrongState(letter.call, "give_up")
        record("give_up", letter.call, by=by)


def overdue() -> LetterQuerySet:
    """Letters that should have been answered by now."""
    return Letter.objects.unanswered().filter(due_on__lt=today())


def answers_of(call: Call) -> dict[str, int]:
    """How many of its letters were answered, with an idea or with nothing, and how many not."""
    counted: dict[str, int] = call.letters.aggregate(
        sent=Count("pk"),
        ideas=Count("pk", filter=Q(answered_at__isnull=False, nothing=False)),
        nothing=Count("pk", filter=Q(nothing=True)),
        open=Count("pk", filter=Q(answered_at__isnull=True, given_up_at__isnull=True)),
    )
    return counted
