"""Prepared texts (ruling 1): a wording as written, its approval by hash, its reading by one who knows the language.

Nothing here is ever altered: a better wording is another one, and one that is no longer sent is withdrawn.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.facts import Fact
from members.languages import NAMES
from members.models import Member
from members.powers import Power


class Purpose(models.TextChoices):
    """What a prepared text is for."""

    THANKS = "thanks", "thanks"
    NEUTRAL = "neutral", "a word to a neutral comment"
    ANSWER = "answer", "the beginning of an answer"
    ACKNOWLEDGE = "acknowledge", "public acknowledgement of a concern"
    CONTACT = "contact", "private message about a concern"
    CORRECT = "correct", "the beginning of a correction"
    NOTICE_FIRST = "notice_first", "notice of a first breach"
    NOTICE_SECOND = "notice_second", "notice of a second breach and the ban"
    WARNING = "warning", "warning after a threat"
    APOLOGY = "apology", "apology for what was hidden in error"
    BAN_LIFTED = "ban_lifted", "word that a ban is lifted"
    EMERGENCY = "emergency", "answer to an emergency"
    MEDIA = "media", "answer to a media request"


# The purpose at which a level's answer begins (4.L1–4.L5); the notices of 7 follow the ladder.
OF_LEVEL = {
    1: Purpose.THANKS,
    2: Purpose.NEUTRAL,
    3: Purpose.ANSWER,
    4: Purpose.ACKNOWLEDGE,
    5: Purpose.CORRECT,
}
OPENERS = frozenset({Purpose.ANSWER, Purpose.CORRECT})  # an officer finishes them with the facts
NOTICES = frozenset({Purpose.NOTICE_FIRST, Purpose.NOTICE_SECOND, Purpose.WARNING})

_EVERYWHERE = frozenset({"first_name", "emergency", "non_emergency"})
_OF_A_BREACH = frozenset({"clause", "reference", "address"})


def allowed_fields(purpose: str) -> frozenset[str]:
    """The fields that a text for `purpose` may hold."""
    if purpose in NOTICES:
        return _EVERYWHERE | _OF_A_BREACH | {"words", "until"}
    if purpose in {Purpose.APOLOGY, Purpose.BAN_LIFTED}:
        return _EVERYWHERE | {"reference", "address"}
    return _EVERYWHERE


def required_fields(purpose: str) -> frozenset[str]:
    """Those that it must hold: a notice names the clause, its reference and the way to appeal (4.S)."""
    return _OF_A_BREACH if purpose in NOTICES else frozenset()


class WordingQuerySet(models.QuerySet["Wording"]):
    """Questions about wordings."""

    def approved(self) -> WordingQuerySet:
        """Those that may be sent now, with their approval and review."""
        return self.filter(approval__isnull=False, withdrawal__isnull=True).select_related("approval", "review")

    def drafts(self) -> WordingQuerySet:
        """Those that wait for an approval."""
        return self.filter(approval__isnull=True, withdrawal__isnull=True)


class Wording(Fact):
    """One text as it was written, with its fields in braces. It is sent from its approval until it is withdrawn."""

    purpose = models.CharField(max_length=20, choices=Purpose)
    language = models.CharField(max_length=10)
    text = models.TextField()
    digest = models.BinaryField()  # SHA-256 of the text
    written_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # null: came with the product
    written_at = models.DateTimeField(default=timezone.now)

    objects = WordingQuerySet.as_manager()
    approval: WordingApproval
    review: WordingReview
    withdrawal: WordingWithdrawal

    class Meta(Fact.Meta):
        ordering = ["purpose", "language", "id"]
        indexes = [models.Index(fields=["purpose", "language"], name="wording_place")]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "language", "digest"], name="a_wording_is_written_once"),
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values, language__in=list(NAMES)) & ~Q(text=""),
                name="wording_has_a_purpose_and_a_text",
            ),
            models.CheckConstraint(
                condition=~Q(purpose__in=sorted(NOTICES))
                | Q(text__contains="{clause}") & Q(text__contains="{reference}") & Q(text__contains="{address}"),
                name="notice_names_clause_reference_and_address",
            ),
        ]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="digest_is_of_its_text",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.digest IS DISTINCT FROM sha256(convert_to(NEW.text, 'UTF8')) THEN
                        RAISE EXCEPTION 'a wording lies under the digest of its text'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"wording {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The digest follows the text."""
        self.digest = digest_of(self.text)
        super().save(*args, **kwargs)

    @property
    def approved_by(self) -> Member | None:
        """Who approved it; None while nobody has."""
        found = getattr(self, "approval", None)
        return found.by if found else None

    @property
    def approved_at(self) -> datetime | None:
        """When."""
        found = getattr(self, "approval", None)
        return found.at if found else None

    @property
    def reviewed_by_name(self) -> str:
        """A reader of its language who stands by it; empty while nobody has read it (ruling 17)."""
        found = getattr(self, "review", None)
        return found.name if found else ""

    @property
    def withdrawn(self) -> WordingWithdrawal | None:
        """Its withdrawal; None while it stands."""
        return getattr(self, "withdrawal", None)

    @property
    def named(self) -> bool:
        """Whether it addresses the poster by the first name."""
        return "{first_name}" in self.text

    @property
    def language_name(self) -> str:
        """In words."""
        return NAMES.get(self.language, self.language)

    def may_approve(self, member: Member) -> bool:
        """The Commander or a designee, never who wrote it: what he wrote himself a designee or acting one approves."""
        return member.may(Power.APPROVE_CONTENT) and member.pk != self.written_by_id

    def may_review(self, member: Member) -> bool:
        """A reader of its language other than who wrote it; who approves may also note somebody's name."""
        if member.pk == self.written_by_id:
            return False
        return member.may(Power.GRADE_COMMENTS) and (
            self.language in member.languages or member.may(Power.APPROVE_CONTENT)
        )

    def may_withdraw(self, member: Member) -> bool:
        """Who approves; before the approval also who wrote it."""
        own = member.pk == self.written_by_id and self.approved_by is None
        return own or member.may(Power.APPROVE_CONTENT)


def digest_of(text: str) -> bytes:
    """By what a text is approved."""
    return hashlib.sha256(text.encode()).digest()


_BY_ANOTHER = """
    IF NOT EXISTS (
        SELECT FROM moderation_wording
        WHERE id = NEW.wording_id AND written_by_id IS DISTINCT FROM NEW.by_id {more}
    ) THEN
        RAISE EXCEPTION '{says}' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class WordingApproval(Fact):
    """The Commander's or a designee's yes to exactly this text."""

    wording = models.OneToOneField(Wording, models.PROTECT, related_name="approval")
    digest = models.BinaryField()  # of what was read
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="approves_what_another_wrote",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_BY_ANOTHER.replace("{more}", "AND digest = NEW.digest").replace(
                    "{says}", "a wording is approved by its digest, by another than who wrote it"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"approval of {self.wording}"


class WordingReview(Fact):
    """A reader of its language has read it against what it is for, and stands by it (ruling 17)."""

    wording = models.OneToOneField(Wording, models.PROTECT, related_name="review")
    name = models.TextField()  # and office: it need not be a member
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")  # who noted it
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="wording_review_has_a_name")]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="reviews_what_another_wrote",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_BY_ANOTHER.replace("{more}", "").replace(
                    "{says}", "a wording is reviewed by another than who wrote it"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.wording}"


class WordingWithdrawal(Fact):
    """It is not sent any more, or never will be."""

    wording = models.OneToOneField(Wording, models.PROTECT, related_name="withdrawal")
    why = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="wording_is_withdrawn_for_a_reason")]

    def __str__(self) -> str:
        return f"withdrawal of {self.wording}"
