"""A section is written to when something is referred to it: the least that finds the comment, and our reference.

The mail holds no text of the public and no name of a poster: a mailbox is no place that forgets (ruling 14). A public
comment is linked where it stands; what was written in private is passed on by the referral's owner, who is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.platforms.contract import Kind as Written
from members import mail
from members.days import spoken
from members.models.notifications import Kind as Told
from members.notifying import tell
from moderation import live
from moderation.models import Referral, ReferralEntry

TRIES = 5
AGAIN = timedelta(minutes=5)  # also the lease of who is writing: two workers never write the same mail
AT_ONCE = 20
NO_SERVER = "the unit has no mail server yet: call the section"


@dataclass(frozen=True)
class _Letter:
    """What is written, read before the mail server is asked: no transaction is open then."""

    key: int
    attempt: int
    to: str
    subject: str
    context: dict[str, str]


def send_due() -> int:
    """Write what is due, each in turn; gives how many went out."""
    return sum(_send(letter) for letter in _claim())


def _claim() -> list[_Letter]:
    now = timezone.now()
    with transaction.atomic():
        due = Referral.objects.select_for_update(of=("self",), skip_locked=True).filter(mail_at__lte=now)
        found = list(due.with_all().order_by("mail_at")[:AT_ONCE])
        for referral in found:
            referral.mail_at, referral.mail_attempts = now + AGAIN, referral.mail_attempts + 1
            referral.save(update_fields=["mail_at", "mail_attempts"])
    return [_letter(referral) for referral in found]


def _letter(referral: Referral) -> _Letter:
    comment, section, owner = referral.comment, referral.section, referral.owner
    private = comment.kind == Written.MESSAGE or not comment.permalink.startswith("https://")
    context = {
        "reference": referral.reference,
        "kind": referral.get_kind_display(),
        "account": f"{comment.account} on {comment.account.get_platform_display()}",
        "link": "" if private else comment.permalink,
        "asks": referral.asks,
        "due": spoken(referral.due_at),
        "owner": owner.name if owner else "",
        "owner_email": owner.email if owner else "",
        "charge": section.charge if section else "",
    }
    to = section.email if section and referral.is_unfinished else ""
    return _Letter(referral.pk, referral.mail_attempts, to, f"{referral.reference}: a comment referred to you", context)


def _send(letter: _Letter) -> bool:
    try:
        mail.post(letter.to, letter.subject, "referral", letter.context)
    except mail.Undelivered as error:
        if error.lasting or letter.attempt >= TRIES:
            _keep(letter, ReferralEntry.Kind.NOT_SENT, str(error))
        return False
    if settings.EMAIL_BACKEND == mail.IN_A_FOLDER:
        _keep(letter, ReferralEntry.Kind.NOT_SENT, NO_SERVER)
        return False
    _keep(letter, ReferralEntry.Kind.SENT, "")
    return True


def _keep(letter: _Letter, kind: str, why: str) -> None:
    """Note what became of it; whoever follows it hears what did not go out."""
    with transaction.atomic():
        referral = Referral.objects.select_for_update(of=("self",)).with_all().get(pk=letter.key)
        Referral.objects.filter(pk=referral.pk, mail_attempts=letter.attempt).update(mail_at=None)
        ReferralEntry.objects.create(referral=referral, kind=kind, text=why, section=referral.section)
        if why and referral.owner is not None:
            sentence = f"{referral.reference} could not be written to its section: {why}."
            tell([referral.owner], Told.REFERRALS, sentence, referral.get_absolute_url())
    live.changed(referral.comment_id)
