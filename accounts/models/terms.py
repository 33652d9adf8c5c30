"""The Terms of Use that stand on every platform (4.T), version by version, and their clauses (4.TOU)."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from members.facts import Fact


class TermsQuerySet(models.QuerySet["Terms"]):
    """Questions to the versions of the terms."""

    def in_force(self) -> Terms | None:
        """The version in force now; None before the first is published."""
        return self.filter(effective_from__lte=timezone.now()).order_by("-version").first()


class Terms(Fact):
    """One version of the Terms of Use, as it stood."""

    version = models.IntegerField(unique=True)
    effective_from = models.DateTimeField()
    preamble = models.TextField()

    objects = TermsQuerySet.as_manager()

    class Meta(Fact.Meta):
        verbose_name_plural = "terms"

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

    def __str__(self) -> str:
        return f"({self.letter}) of version {self.terms.version}"
