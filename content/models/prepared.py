"""Templates for content, and messages prepared for emergencies (C.5): version by version, the latter each reviewed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from content.models.items import Purpose
from members.authority import holds
from members.deciding import decided_by_who_may
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class TemplateQuerySet(models.QuerySet["Template"]):
    """Questions about templates."""

    def visible_to(self, member: Member) -> TemplateQuerySet:
        """Every member of the unit reads them."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def in_use(self) -> TemplateQuerySet:
        """Those that were not retired."""
        return self.filter(retired_at__isnull=True)


class Template(Narrow):
    """What a draft may begin with. One for emergencies goes to the approver at once, once its words were reviewed."""

    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=20, choices=Purpose)
    made_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)

    objects = TemplateQuerySet.as_manager()
    texts: RelatedManager[TemplateText]

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & Q(purpose__in=Purpose.values), name="template_has_a_purpose")
        ]
        triggers = [pgtrigger.ReadOnly(name="template_stays_for_its_purpose", fields=["purpose", "made_by", "made_at"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("template", args=[self.pk])

    @property
    def for_emergencies(self) -> bool:
        """Whether it is a prepared message."""
        return self.purpose == Purpose.EMERGENCY

    @property
    def newest(self) -> TemplateText | None:
        """The text written last."""
        return self.texts.order_by("-pk").first()

    @property
    def in_force(self) -> TemplateText | None:
        """The text that a draft begins with: of a prepared message the last that was reviewed."""
        texts = self.texts.filter(review__isnull=False) if self.for_emergencies else self.texts.all()
        return texts.order_by("-pk").first()


class TemplateText(Fact):
    """What a template said from some day on. Fields in braces are filled in when it is used: {place}."""

    LONGEST = 5000

    template = models.ForeignKey(Template, models.PROTECT, related_name="texts")
    text = models.TextField()
    digest = models.BinaryField()  # SHA-256 of the text
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # none: came with the product
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="template_text_is_not_empty")]

    def __str__(self) -> str:
        return f"text {self.pk} of template {self.template_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The digest follows the text."""
        self.digest = hashlib.sha256(self.text.encode()).digest()
        super().save(*args, **kwargs)

    @property
    def reviewed(self) -> TemplateReview | None:
        """Who read it for accuracy; None while nobody has."""
        return getattr(self, "review", None)

    def may_review(self, member: Member) -> bool:
        """Who reviews content for accuracy; nobody his own text (F.VC)."""
        return holds(member, Power.REVIEW_ACCURACY) and member.pk != self.by_id


class TemplateReview(Fact):
    """That a member read a prepared message for accuracy, before it is needed (F.VC)."""

    text = models.OneToOneField(TemplateText, models.PROTECT, related_name="review")
    digest = models.BinaryField()  # of what was read
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="prepared_text_is_read_by_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                IF NOT EXISTS (
                    SELECT FROM content_templatetext
                    WHERE id = NEW.text_id AND digest = NEW.digest AND by_id IS DISTINCT FROM NEW.by_id
                ) THEN
                    RAISE EXCEPTION 'pgtrigger: a prepared text is read by another than who wrote it';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="prepared_text_is_read_by_who_may",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"{decided_by_who_may(Power.REVIEW_ACCURACY)} RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return f"review of text {self.text_id}"
