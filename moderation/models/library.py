"""The facts library (4.L3, 4.L5): questions with their answers, sources and dates, version by version, each reviewed.

A `LibraryFact` is the thing known; what is said of it stands in versions, one after the other in each language.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.urls import reverse
from django.utils import timezone

from content.words.folding import fold
from members.facts import Fact
from members.languages import NAMES
from members.models import Member
from members.powers import Power
from moderation.models.comments import Comment
from moderation.models.grades import Grade

SOON = timedelta(days=14)  # before a fact runs out its section hears of it
CONFIGS = {"en": "english", "es": "spanish", "fr": "french", "pt": "portuguese", "de": "german", "it": "italian"}


def config_of(language: str) -> str:
    """How words of a language are brought to their stems; as they stand where the database knows none."""
    return CONFIGS.get(language, "simple")


class LibraryFact(Fact):
    """Something that the public asks, and the section that knows it."""

    topic = models.CharField(max_length=80)
    section = models.CharField(max_length=120)  # who owns it, and is asked when it runs out
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(topic="") & ~Q(section=""), name="library_fact_has_topic_and_section")
        ]

    def __str__(self) -> str:
        return f"fact {self.pk}"

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("library_fact", args=[self.pk])


class FactVersionQuerySet(models.QuerySet["FactVersion"]):
    """Questions about what is known."""

    def current(self) -> FactVersionQuerySet:
        """Of each fact and language the newest version that was reviewed and stands; it may have run out."""
        newer = FactVersion.objects.filter(
            fact=OuterRef("fact"), language=OuterRef("language"), pk__gt=OuterRef("pk"), review__isnull=False
        )
        return self.filter(~Exists(newer), review__isnull=False, withdrawal__isnull=True)

    def offered(self) -> FactVersionQuerySet:
        """Those of them that have not run out."""
        return self.current().filter(Q(valid_until__isnull=True) | Q(valid_until__gte=timezone.localdate()))

    def proposed(self) -> FactVersionQuerySet:
        """Those that wait for a review."""
        return self.filter(review__isnull=True, withdrawal__isnull=True)

    def expiring(self) -> FactVersionQuerySet:
        """Those that run out within a fortnight, or have."""
        return self.current().filter(valid_until__lte=timezone.localdate() + SOON)


class FactVersion(Fact):
    """What is said of a fact in one language: question, answer, source, and until when it holds."""

    LIMIT: ClassVar[int] = 2000

    fact = models.ForeignKey(LibraryFact, models.PROTECT, related_name="versions")
    language = models.CharField(max_length=10)
    question = models.TextField()
    answer = models.TextField()
    source = models.TextField()  # a link, or a document's name
    keywords = models.TextField(blank=True)  # other words that the public uses for it
    valid_until = models.DateField(null=True)  # the last day; none: until somebody says otherwise
    digest = models.BinaryField()
    vector = SearchVectorField()
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = FactVersionQuerySet.as_manager()
    review: FactReview
    withdrawal: FactWithdrawal

    class Meta(Fact.Meta):
        indexes = [
            GinIndex(fields=["vector"], name="library_words"),
            models.Index(fields=["fact", "language", "-id"], name="library_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=list(NAMES)) & ~Q(question="") & ~Q(answer="") & ~Q(source=""),
                name="fact_has_question_answer_and_source",
            )
        ]

    def __str__(self) -> str:
        return f"version {self.pk} of fact {self.fact_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The digest and the words to be found by follow the texts."""
        said = "\n".join([self.question, self.answer, self.source, str(self.valid_until or "")])
        self.digest = hashlib.sha256(said.encode()).digest()
        config = config_of(self.language)
        asked, told = fold(f"{self.question} {self.keywords}"), fold(f"{self.answer} {self.source}")
        self.vector = SearchVector(Value(asked), config=config, weight="A") + SearchVector(
            Value(told), config=config, weight="C"
        )
        super().save(*args, **kwargs)

    @property
    def reviewed(self) -> FactReview | None:
        """Who stands by it; None while nobody has."""
        return getattr(self, "review", None)

    @property
    def withdrawn(self) -> FactWithdrawal | None:
        """Its withdrawal; None while it stands."""
        return getattr(self, "withdrawal", None)

    @property
    def expired(self) -> bool:
        """Whether its last day is over."""
        return self.valid_until is not None and self.valid_until < timezone.localdate()

    @property
    def expires_soon(self) -> bool:
        """Whether it runs out within a fortnight."""
        return self.valid_until is not None and self.valid_until <= timezone.localdate() + SOON

    @property
    def language_name(self) -> str:
        """In words."""
        return NAMES.get(self.language, self.language)

    @property
    def piece(self) -> str:
        """The answer with its source, as it goes into a reply."""
        return f"{self.answer} ({self.source})"

    def may_review(self, member: Member) -> bool:
        """Who reviews for accuracy, or a Supervisor or above; never his own text (Tabs E, F V.C)."""
        return member.may(Power.REVIEW_ACCURACY) and member.pk != self.by_id

    def may_withdraw(self, member: Member) -> bool:
        """Who reviews; before the review also who wrote it."""
        own = member.pk == self.by_id and self.reviewed is None
        return own or member.may(Power.REVIEW_ACCURACY)


class FactReview(Fact):
    """Another member has looked at the source and stands by the version; the answer holds from then on."""

    version = models.OneToOneField(FactVersion, models.PROTECT, related_name="review")
    digest = models.BinaryField()  # of what was read
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="fact_is_reviewed_by_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM moderation_factversion
                        WHERE id = NEW.version_id AND digest = NEW.digest AND by_id IS DISTINCT FROM NEW.by_id
                    ) THEN
                        RAISE EXCEPTION 'a fact is reviewed by its digest, by another than who wrote it'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.version}"


class FactWithdrawal(Fact):
    """It does not hold any more, or was not accepted."""

    version = models.OneToOneField(FactVersion, models.PROTECT, related_name="withdrawal")
    why = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="fact_is_withdrawn_for_a_reason")]

    def __str__(self) -> str:
        return f"withdrawal of {self.version}"


class AnswerSource(Fact):
    """What an answer rests on: a version of a fact, or a source that its writer named (4.L3, 4.L5).

    `key` is the answer's own, as its order, draft and measure carry it.
    """

    key = models.CharField(max_length=80, unique=True)
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="answer_sources")
    grade = models.ForeignKey(Grade, models.PROTECT, related_name="+")
    version = models.ForeignKey(FactVersion, models.PROTECT, null=True, related_name="answers")
    source = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=~Q(source=""), name="answer_source_is_named")]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="answer_rests_on_what_was_reviewed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.version_id IS NOT NULL"),
                func="""
                    IF NOT EXISTS (SELECT FROM moderation_factreview WHERE version_id = NEW.version_id) THEN
                        RAISE EXCEPTION 'an answer rests on a fact that was reviewed'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="answer_source_is_of_its_comments_grade",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM moderation_grade WHERE id = NEW.grade_id AND comment_id = NEW.comment_id
                    ) THEN
                        RAISE EXCEPTION 'the source of an answer is of a grade of its comment'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"source {self.pk}"
