"""People of the unit (Tab E)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from members.powers import Position, Power, holds


class MemberManager(BaseUserManager["Member"]):
    """Makes members; asked by Django's sign-in for one by user name."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> Member:
        """A member with a hashed password (none: he cannot sign in with one)."""
        member = self.model(username=username, **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member


class Member(AbstractBaseUser):
    """A person of the unit, sworn or civilian, in one position, reporting to another (E.1).

    Every power follows the position (`members.powers`); roles on accounts stand in `accounts`.
    """

    username = models.CharField(max_length=150, unique=True)
    number = models.CharField("badge or employee number", max_length=20, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    position = models.CharField(max_length=30, choices=Position)
    sworn = models.BooleanField(default=True)
    reports_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="subordinates")
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    single_keys = models.BooleanField("single-letter keys", default=True)  # WCAG 2.1.4: can be switched off
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[MemberManager] = MemberManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["number", "name", "position"]

    grants = ("SELECT", "INSERT", "UPDATE")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(position__in=Position.values), name="member_has_a_position"),
            models.CheckConstraint(
                condition=models.Q(reports_to__isnull=True) | ~models.Q(reports_to=models.F("id")),
                name="member_does_not_report_to_himself",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def may(self, power: Power) -> bool:
        """Whether this member holds `power` now."""
        return holds(self, power)

    @property
    def initials(self) -> str:
        """Two letters for the round badge: of the first and the last word of the name, rank left out."""
        words = [word for word in self.name.replace(".", ". ").split() if not word.endswith(".")]
        return (words[0][0] + words[-1][0]).upper() if len(words) > 1 else self.name[:2].upper()
