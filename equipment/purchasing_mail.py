"""A purchase order goes to the Budget Unit by e-mail, with its PDF (3.3); what does not go out, somebody is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from equipment.models import OrderSending, Proposal
from equipment.purchasing import locked
from members import mail
from members.kept_files import place_of
from members.models.notifications import Kind as Told
from members.notifying import tell

TRIES = 5
AGAIN = timedelta(minutes=5)  # also the lease of who is sending: two workers never send the same mail
AT_ONCE = 10
NO_SERVER = "the unit has no mail server yet: hand the order over"


@dataclass(frozen=True)
class _Letter:
    """What is sent, read before the mail server is asked: no transaction is open then."""

    key: int
    attempt: int
    to: str
    subject: str
    context: dict[str, str]
    attached: tuple[str, str]  # the file's name, and its digest


def send_due() -> int:
    """Send what is due, each in turn; gives how many went out."""
    return sum(_send(letter) for letter in _claim())


def _claim() -> list[_Letter]:
    now = timezone.now()
    with transaction.atomic():
        due = OrderSending.objects.select_for_update(of=("self",), skip_locked=True).filter(mail_at__lte=now)
        found = list(due.select_related("order__file", "order__version", "by").order_by("mail_at")[:AT_ONCE])
        for one in found:
            one.mail_at, one.mail_attempts = now + AGAIN, one.mail_attempts + 1
            one.save(update_fields=["mail_at", "mail_attempts"])
    return [_letter(one) for one in found]


def _letter(one: OrderSending) -> _Letter:
    order = one.order
    context = {
        "number": order.number,
        "what": order.version.title,
        "supplier": order.supplier,
        "total": f"${order.total:,.2f}",
        "by": one.by.name,
        "by_email": one.by.email,
    }
    subject = f"Purchase order {order.number}"
    return _Letter(one.pk, one.mail_attempts, one.to, subject, context, (order.file.name, order.file.digest))


def _send(letter: _Letter) -> bool:
    name, digest = letter.attached
    try:
        paper = place_of(digest).read_bytes()
    except OSError:
        _not_sent(letter, "the order's PDF is not in its place")
        return False
    try:
        attached = [(name, paper, "application/pdf")]
        mail.post(letter.to, letter.subject, "purchase_order", letter.context, attached=attached)
    except mail.Undelivered as error:
        if error.lasting or letter.attempt >= TRIES:
            _not_sent(letter, str(error))
        return False
    if settings.EMAIL_BACKEND == mail.IN_A_FOLDER:
        _not_sent(letter, NO_SERVER)
        return False
    _sent(letter)
    return True


def _sent(letter: _Letter) -> None:
    with transaction.atomic():
        one = OrderSending.objects.select_related("order__version", "by").get(pk=letter.key)
        found = locked(one.order.version.proposal_id)
        this = OrderSending.objects.filter(pk=letter.key, mail_attempts=letter.attempt)
        if this.update(mail_at=None, sent_at=timezone.now(), why_not="") and found.state == Proposal.State.DRAWN:
            found.become(Proposal.State.SENT, verb="send", by=one.by, decision=one.order)


def _not_sent(letter: _Letter, why: str) -> None:
    """Note it; who sent it hears of it, and it stands at the Supervisor's home until it went another way."""
    with transaction.atomic():
        this = OrderSending.objects.filter(pk=letter.key, mail_attempts=letter.attempt, mail_at__isnull=False)
        if this.update(mail_at=None, why_not=why[:200]):
            one = OrderSending.objects.select_related("order__version__proposal", "by").get(pk=letter.key)
            sentence = f"Purchase order {one.order.number} did not reach the Budget Unit: {why}."
            tell([one.by], Told.EQUIPMENT, sentence, one.order.version.proposal.get_absolute_url())
