"""Who holds what opens an account when a password is lost: recovery e-mail, second-factor devices. Never a password."""

from __future__ import annotations

import re
from datetime import date

import pgtrigger
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models.account import Account
from members.authority import only
from members.facts import Narrow
from members.models import Member
from members.powers import Power
from members.states import Invalid, Refused, WrongState, record

NO_SECRETS = "This looks like a password, a code or a key. Write who holds it and where, never what it says."
# A word for a secret with something after it; a key's own address; backup codes, which come in groups; a string that
# mixes letters, digits and signs as no sentence does.
_SECRETS = (
    re.compile(
        r"(?i)\b(pass(word|wd|code|phrase)?|pwd|pin|secret|token|contraseña|clave|modpas)\s*(is|es|se|[:=])\s*\S"
    ),
    re.compile(r"(?i)otpauth://"),
    re.compile(r"\b(?=[A-Z2-7]*[2-7])[A-Z2-7]{16,}\b"),
    re.compile(r"(?<![\w+(-])\d{4}[ -]?\d{4}(?![\w-])"),
    re.compile(r"(?<!\S)(?!https?://)(?=\S*[a-z])(?=\S*[A-Z])(?=\S*\d)(?=\S*[^\w\s.,;:@/()-])\S{8,}(?!\S)"),
)


def refuse_secrets(text: str, field: str) -> str:
    """`text` without the space around it. Raises Invalid when it looks as if it held a secret."""
    text = text.strip()
    if any(pattern.search(text) for pattern in _SECRETS):
        raise Invalid(NO_SECRETS, field)
    return text


class HoldQuerySet(models.QuerySet["RecoveryHold"]):
    """Questions about who holds what."""

    def visible_to(self, member: Member) -> HoldQuerySet:
        """To whoever manages the accounts, reads the trail or removes privileges; each sees what he holds himself."""
        return self if may_read(member) else self.filter(member=member)

    def standing(self) -> HoldQuerySet:
        """What is held now."""
        return self.filter(until__isnull=True)


def may_read(member: Member) -> bool:
    """Whether he reads who holds what: it says where an account could be taken (F.I)."""
    return any(member.may(power) for power in (Power.ADMINISTER_ACCOUNTS, Power.MANAGE_ACCOUNTS, Power.READ_TRAIL))


def may_keep(member: Member) -> bool:
    """Whether he writes the log: the Commander or designee, and who manages the accounts day to day."""
    return member.may(Power.ADMINISTER_ACCOUNTS) or member.may(Power.MANAGE_ACCOUNTS)


class RecoveryHold(Narrow):
    """Somebody holds one way back into an account, from a day on; ended, never deleted."""

    class Kind(models.TextChoices):
        """What is held."""

        RECOVERY_EMAIL = "recovery_email", "recovery e-mail"
        SECOND_FACTOR = "second_factor", "second-factor device"
        BACKUP_CODES = "backup_codes", "backup codes"
        PHONE_NUMBER = "phone_number", "phone number"
        SHARED_DEVICE = "shared_device", "shared device"

    account = models.ForeignKey(Account, models.PROTECT, related_name="holds")
    kind = models.CharField("what is held", max_length=20, choices=Kind)
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="recovery_holds")
    holder = models.TextField(blank=True)  # who is no member: "the safe of the section", "Information Technology"
    since = models.DateField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    until = models.DateField(null=True, blank=True)
    end_note = models.TextField(blank=True)  # to whom it passed
    ended_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["account", "kind", "-since", "-id"]
        verbose_name = "entry"
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, holder="") | (Q(member__isnull=True) & ~Q(holder="")),
                name="hold_is_a_members_or_anothers",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="hold_ends_after_it_began"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="hold_stands_as_noted", exclude=["until", "end_note", "ended_by"]),
            pgtrigger.Protect(
                name="hold_ends_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.until IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.account}"

    @property
    def who(self) -> str:
        """Who holds it, in words."""
        return self.member.name if self.member else self.holder

    def end(self, *, by: Member, until: date, note: str = "") -> None:
        """It is held by him no more. Raises Refused, Invalid (a day before it began), WrongState."""
        if not may_keep(by):
            raise Refused(only(Power.MANAGE_ACCOUNTS))
        if until < self.since:
            raise Invalid("That day lies before the one on which it began.", "until")
        note = refuse_secrets(note, "end_note")
        with transaction.atomic():
            standing = RecoveryHold.objects.filter(pk=self.pk, until__isnull=True)
            if not standing.update(until=until, end_note=note, ended_by=by):
                raise WrongState(self, "end_hold")
            record("end_hold", self, by=by, after="ended")
        self.until, self.end_note, self.ended_by = until, note, by


def note_hold(
    account: Account,
    kind: str,
    *,
    by: Member,
    since: date,
    member: Member | None = None,
    holder: str = "",
    note: str = "",
) -> RecoveryHold:
    """Write who holds a way back into the account. Raises Refused, Invalid (also on whatever looks like a secret)."""
    if not may_keep(by):
        raise Refused(only(Power.MANAGE_ACCOUNTS))
    holder, note = refuse_secrets(holder, "holder"), refuse_secrets(note, "note")
    if kind not in RecoveryHold.Kind.values:
        raise Invalid("Choose what is held.", "kind")
    if (member is None) == (not holder):
        raise Invalid("Choose the member who holds it, or say who else does: one of the two.", "holder")
    if member is not None and not member.serves():
        raise Invalid(f"{member.name} has left the unit.", "member")
    if since > timezone.localdate():
        raise Invalid("That day is to come.", "since")
    with transaction.atomic():
        hold = RecoveryHold.objects.create(
            account=account, kind=kind, member=member, holder=holder, since=since, note=note, by=by
        )
        record("note_hold", hold, by=by, after="held")
    return hold
