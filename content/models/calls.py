"""Calls for content (F.VA): whom the unit asks on a schedule, what for, and what came of each letter."""

from __future__ import annotations

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from members.facts import Narrow
from members.models import Member
from members.powers import Power


class ContactQuerySet(models.QuerySet["Contact"]):
    """Questions about contacts."""

    def visible_to(self, member: Member) -> ContactQuerySet:
        """Every member of the unit sees whom it asks."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def active(self) -> ContactQuerySet:
        """Those that are written to."""
        return self.filter(active=True)


class Contact(Narrow):
    """Somebody of the department outside the unit who is asked for content. Never deleted: set inactive."""

    class Kind(models.TextChoices):
        """As F.VA names them."""

        MAJOR = "major", "section major"
        NET = "net", "NET commander"
        UNIT = "unit", "unit commander"
        NRO = "nro", "Neighborhood Resource Officer"
        OTHER = "other", "another contact"

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    part = models.CharField(max_length=120)  # of the department: a section, district or unit
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)
    active = models.BooleanField(default=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=Q(active=True), name="one_contact_an_address"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(part="") & ~Q(email=""), name="contact_can_be_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.part}"

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("call_contact", args=[self.pk])

    @staticmethod
    def may_keep(member: Member) -> bool:
        """Whoever develops content keeps open communication with the department (F.VA)."""
        return member.may(Power.DEVELOP_CONTENT)


class CallQuerySet(models.QuerySet["Call"]):
    """Questions about calls."""

    def visible_to(self, member: Member) -> CallQuerySet:
        """Every member of the unit sees what it asks for."""
        return self if member.may(Power.READ_UNIT) else self.none()


class Call(Narrow):
    """What the named contacts are asked for, and how often. It ends by having no next day."""

    class Every(models.TextChoices):
        """How often it goes out."""

        ONCE = "once", "once"
        WEEK = "week", "every week"
        FORTNIGHT = "fortnight", "every two weeks"
        MONTH = "month", "every month"

    LONGEST = 4000

    title = models.CharField(max_length=120)
    asks = models.TextField()
    every = models.CharField(max_length=10, choices=Every)
    first_on = models.DateField()
    next_on = models.DateField(null=True)  # none: it goes out no more
    days = models.PositiveSmallIntegerField(default=5, validators=[MinValueValidator(1), MaxValueValidator(60)])
    contacts = models.ManyToManyField(Contact, related_name="calls")
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["next_on"], condition=Q(next_on__isnull=False), name="call_due")]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(asks=""), name="call_says_what_it_asks_for"),
            models.CheckConstraint(condition=Q(days__range=(1, 60)), name="call_is_answered_within_days"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("call", args=[self.pk])

    @staticmethod
    def may_keep(member: Member) -> bool:
        """As whom it asks."""
        return Contact.may_keep(member)


class LetterQuerySet(models.QuerySet["Letter"]):
    """Questions about letters."""

    def unanswered(self) -> LetterQuerySet:
        """Those that wait for an answer, the oldest first."""
        return self.filter(answered_at__isnull=True, given_up_at__isnull=True).order_by("due_on", "pk")


class Letter(Narrow):
    """One call to one contact on one day: whether it reached him, and what he answered.

    `code` opens the page on which he answers without an account; nobody else is told it.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="letters")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="letters")
    on = models.DateField()
    due_on = models.DateField()
    code = models.CharField(max_length=12, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    mail_at = models.DateTimeField(null=True)  # when it is (next) to be sent; none: nothing is left to be sent
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    why_not = models.CharField(max_length=200, blank=True)  # of the last try that failed; never an address
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    nothing = models.BooleanField(default=False)  # the answer is: nothing this time
    given_up_at = models.DateTimeField(null=True)  # by a member, who reached him otherwise or not at all
    given_up_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["mail_at"], condition=Q(mail_at__isnull=False), name="letter_to_be_sent"),
            models.Index(
                fields=["due_on"],
                condition=Q(answered_at__isnull=True, given_up_at__isnull=True),
                name="letter_unanswered",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["call", "contact", "on"], name="one_letter_a_contact_and_day"),
            models.CheckConstraint(
                condition=Q(nothing=False) | Q(answered_at__isnull=False), name="nothing_is_an_answer"
            ),
            models.CheckConstraint(
                condition=Q(given_up_at__isnull=True, given_up_by__isnull=True)
                | Q(given_up_at__isnull=False, given_up_by__isnull=False),
                name="letter_is_given_up_by_a_member",
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="letter_stands", fields=["call", "contact", "on", "code"])]

    def __str__(self) -> str:
        return f"letter {self.pk} of call {self.call_id}"
