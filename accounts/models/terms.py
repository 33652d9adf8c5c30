"""The Terms of Use that stand on every platform (4.T), version by version, their clauses (4.TOU), and the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pgtrigger
from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models.drafts import VersionDraft
from members.facts import Fact
from members.models import Member
from members.powers import Power

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from accounts.models.terms_texts import TermsText


class TermsQuerySet(models.QuerySet["Terms"]):
    """Questions to the versions of the terms."""

    def in_force(self) -> Terms | None:
        """The version in force now; None before the first is published."""
        return self.filter(effective_from__lte=timezone.now()).order_by("-version").first()

    def shown(self) -> TermsQuerySet:
        """Those that are or were in force, the newest first: what the public may read."""
        return self.filter(effective_from__lte=timezone.now()).order_by("-version")


class Terms(Fact):
    """One version of the Terms of Use, as it stood. Versions follow each other in number and in time."""

    version = models.IntegerField(unique=True)
    effective_from = models.DateTimeField()
    preamble = models.TextField()
    written_at = models.DateTimeField(db_default=TransactionNow())  # the transaction that also wrote its clauses

    objects = TermsQuerySet.as_manager()
    clauses: RelatedManager[Clause]
    texts: RelatedManager[TermsText]

    class Meta(Fact.Meta):
        verbose_name_plural = "terms"
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="terms_follow_each_other",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (
                        SELECT FROM accounts_terms
                        WHERE version >= NEW.version OR effective_from > NEW.effective_from
                    ) THEN
                        RAISE EXCEPTION 'a version of the terms is in force after the one before it'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"Terms of Use, version {self.version}"


class Clause(Fact):
    """One lettered clause. `grounds`: it names a kind of content that is not allowed, so a hide may rest on it."""

    terms = models.ForeignKey(Terms, models.PROTECT, related_name="clauses")
    letter = models.CharField(max_length=1)
    text = models.TextField()
    grounds = models.BooleanField()

    class Meta(Fact.Meta):
        ordering = ["terms", "letter"]
        constraints = [
            models.UniqueConstraint(fields=["terms", "letter"], name="one_clause_a_letter"),
        ]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="clause_comes_with_its_terms",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM accounts_terms
                        WHERE id = NEW.terms_id AND written_at = transaction_timestamp()
                    ) THEN
                        RAISE EXCEPTION 'a version of the terms is never altered: no clause is added to it'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"({self.letter}) of version {self.terms.version}"


class TermsDraft(VersionDraft):
    """A new version in the making, drawn up from the one in force. One at a time.

    `clauses`: [{"text", "grounds"}] in their order; letters are given by it.
    """

    based_on = models.ForeignKey(Terms, models.PROTECT, related_name="drafts")
    preamble = models.TextField()
    clauses = models.JSONField()
    terms = models.OneToOneField(Terms, models.PROTECT, null=True, blank=True, related_name="draft")

    class Meta(VersionDraft.Meta):
        verbose_name = "draft of the terms"
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="draft"), name="one_draft_at_a_time"),
            models.CheckConstraint(
                condition=Q(state="published", terms__isnull=False) | ~Q(state="published") & Q(terms__isnull=True),
                name="draft_published_names_its_terms",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="draft_ends_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'draft'"),
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk} of the Terms of Use"

    @property
    def said(self) -> dict[str, Any]:
        """What would be published, as JSON has it."""
        return {"preamble": self.preamble, "clauses": self.clauses}


def may_write(member: Member) -> bool:
    """The Unit Commander or designee: the Terms of Use stand in S.O.P. 4, whose system is his to update (4.0)."""
    return member.may(Power.UPDATE_GRADING)
