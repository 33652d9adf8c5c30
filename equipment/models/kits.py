"""Kinds of things, and kits: things that go out together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from equipment.capabilities import CAPABILITIES
from equipment.codes import new_code
from members.facts import Narrow
from members.models import Member

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from equipment.models.items import Item


class Kind(Narrow):
    """What one calls things of a sort: camera, drone, light. New ones begin with its capabilities and its life."""

    name = models.CharField(max_length=80)
    capabilities = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    life_months = models.IntegerField(null=True, blank=True)  # how long such a thing is expected to serve

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="one_kind_a_name"),
            models.CheckConstraint(
                condition=Q(capabilities__contained_by=list(CAPABILITIES)), name="kind_does_what_is_known"
            ),
            models.CheckConstraint(
                condition=Q(life_months__isnull=True) | Q(life_months__range=(1, 600)), name="kind_lives_for_a_while"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Kit(Narrow):
    """Things that go out together: a camera, its lens, its battery. It has a label of its own."""

    name = models.CharField(max_length=120)
    code = models.CharField(max_length=22, unique=True, default=new_code)  # of its label's link
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)  # since when its things go by themselves again

    items: RelatedManager[Item]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), condition=Q(ended_at__isnull=True), name="one_kit_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("kit", args=[self.pk])
