"""The Terms of Use in other languages (ruling 17): each text is a fact, a better one follows it; so is each review."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from accounts.models.terms import Terms
from members.facts import Fact
from members.models import Member


class TermsTextQuerySet(models.QuerySet["TermsText"]):
    """Questions about translations."""

    def newest(self, terms: Terms) -> list[TermsText]:
        """Of each language the newest text of `terms`, with its review."""
        rows = self.filter(terms=terms).select_related("review", "terms")
        return list(rows.order_by("language", "-id").distinct("language"))


class TermsText(Fact):
    """One version of the terms in one language. `clauses`: {letter: text}. The English text is what binds."""

    terms = models.ForeignKey(Terms, models.PROTECT, related_name="texts")
    language = models.CharField(max_length=10)
    preamble = models.TextField()
    clauses = models.JSONField()
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # null: came with the product
    at = models.DateTimeField(default=timezone.now)

    objects = TermsTextQuerySet.as_manager()
    review: TermsReview

    class Meta(Fact.Meta):
        indexes = [models.Index(fields=["terms", "language", "-id"], name="terms_text_newest")]

    def __str__(self) -> str:
        return f"{self.terms} in {self.language}"

    @property
    def reviewed(self) -> TermsReview | None:
        """Who has reviewed it; None while nobody has."""
        return getattr(self, "review", None)


class TermsReview(Fact):
    """Somebody who knows the language has read a translation against the English text, and stands by it."""

    text = models.OneToOneField(TermsText, models.PROTECT, related_name="review")
    reviewed_by = models.TextField()  # name and office: it need not be a member
    reviewed_on = models.DateField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")  # who noted it
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"review of {self.text}"
