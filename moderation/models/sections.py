"""The sections of the department to which the unit refers what is not its own to answer (4.L4, 2.E, E.3)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from members.facts import Narrow
from members.models import Member
from members.powers import Power


class SectionQuerySet(models.QuerySet["Section"]):
    """Questions about sections."""

    def visible_to(self, member: Member) -> SectionQuerySet:
        """Whoever reads comments reads to whom they are referred."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def active(self) -> SectionQuerySet:
        """Those that something can be referred to."""
        return self.filter(active=True)

    def of_kind(self, kind: str) -> Section | None:
        """The first active one of a kind: the Public Information Office, say."""
        return self.active().filter(kind=kind).order_by("pk").first()


class Section(Narrow):
    """One section: what it is responsible for, and how the public and how we reach it. Never deleted: set inactive."""

    class Kind(models.TextChoices):
        """What the unit needs to know apart."""

        SECTION = "section", "section of the department"
        PIO = "pio", "Public Information Office"
        INVESTIGATIONS = "investigations", "investigations and Crime Stoppers"
        DISPATCH = "dispatch", "dispatch"

    name = models.CharField(max_length=120)
    charge = models.TextField()  # what it is responsible for
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.SECTION)
    public_email = models.EmailField(blank=True)
    public_phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)  # where we write to
    phone = models.CharField(max_length=40, blank=True)
    active = models.BooleanField(default=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="one_section_a_name"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(charge=""), name="section_says_what_it_is_for"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("section", args=[self.pk])

    @staticmethod
    def may_keep(member: Member) -> bool:
        """A Supervisor or above, who also assigns what the sections are asked (Tab F V.B)."""
        return member.may(Power.ASSIGN_TASKS)
