"""People of the unit (Tab E)."""

from __future__ import annotations

from datetime import datetime, time
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from members import authority, plainly
from members.facts import Fact
from members.powers import OUTSIDE, UNIT, Position, Power
from members.states import Stateful

if TYPE_CHECKING:
    from members.models.designations import Designation


_UNIT_NOW = """
SELECT {columns} FROM members_member
WHERE is_active AND position = ANY(%s) AND (serves_until IS NULL OR serves_until > %s) ORDER BY name
"""


class MemberQuerySet(models.QuerySet["Member"]):
    """Questions about members."""

    def serving(self, at: datetime | None = None) -> MemberQuerySet:
        """Those of the unit now, and those outside the chain of command whose period is not over."""
        return self.filter(Q(serves_until__isnull=True) | Q(serves_until__gt=at or timezone.now()), is_active=True)

    def of_the_unit(self) -> MemberQuerySet:
        """Those in the chain of command (Tab E): not the auditor, the legal adviser or the records custodian."""
        return self.filter(position__in=UNIT)

    def unit_now(self) -> list[Member]:
        """Those of them who serve now, by name: many pages ask."""
        return plainly.many(Member, _UNIT_NOW, [list(UNIT), timezone.now()])

    def names(self) -> dict[int, str]:
        """Of everybody who ever was a member, in their order: for menus and lists that name them."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, name FROM members_member ORDER BY name")
            return dict(cursor.fetchall())

    def visible_to(self, member: Member) -> MemberQuerySet:
        """Everybody to everybody who serves: colleagues are no secret inside (F.I)."""
        return self if member.may(Power.READ_UNIT) else self.none()


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):  # type: ignore[misc]
    """Makes members; asked by Django's sign-in for one by user name."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> Member:
        """A member with a hashed password (none: he cannot sign in with it), serving unless `is_active` is False."""
        if not fields.get("is_active", True):
            fields.setdefault("state", Member.State.LEFT)
        member: Member = self.model(username=username, **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member


class Member(AbstractBaseUser, Stateful):
    """A person of the unit, sworn or civilian, in one position, reporting to another (E.1).

    Every power follows the position, what was handed over, and the moment (`members.authority`); roles on accounts
    stand in `accounts`. Whoever is named here stays named: rows of acts point at him for ever.
    """

    class State(models.TextChoices):
        """From the invitation to the transfer; who comes back is invited anew."""

        INVITED = "invited", "invited"
        SERVING = "serving", "serving"
        LEFT = "left", "transferred"

    MOVES = {
        State.INVITED: {State.SERVING, State.LEFT},
        State.SERVING: {State.LEFT},
        State.LEFT: {State.INVITED},
    }

    username = models.CharField("user name", max_length=150, unique=True)
    number = models.CharField("badge or employee number", max_length=20, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField("telephone", max_length=40, blank=True)
    position = models.CharField(max_length=30, choices=Position)
    sworn = models.BooleanField(default=True)
    reports_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="subordinates")
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    state = models.CharField(max_length=30, choices=State, default=State.SERVING, editable=False)
    is_active = models.BooleanField(default=True, editable=False)  # serving, as Django's sign-in asks it
    serves_until = models.DateTimeField(null=True, blank=True)  # of those outside the chain of command
    single_keys = models.BooleanField("single-letter keys", default=True)  # WCAG 2.1.4: can be switched off
    quiet_from = models.TimeField(null=True, blank=True)  # in the agency's zone; threats do not ask (ruling 2)
    quiet_until = models.TimeField(null=True, blank=True)
    digest_at = models.TimeField("time of the daily digest", default=time(7))  # in the agency's zone
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[MemberManager] = MemberManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["number", "name", "position"]

    grants = ("SELECT", "INSERT", "UPDATE")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(position__in=Position.values), name="member_has_a_position"),
            models.CheckConstraint(
                condition=Q(reports_to__isnull=True) | ~Q(reports_to=F("id")),
                name="member_does_not_report_to_himself",
            ),
            models.CheckConstraint(
                condition=Q(is_active=True, state="serving") | (Q(is_active=False) & ~Q(state="serving")),
                name="member_is_active_while_serving",
            ),
            models.CheckConstraint(
                condition=Q(position__in=OUTSIDE, serves_until__isnull=False)
                | (~Q(position__in=OUTSIDE) & Q(serves_until__isnull=True)),
                name="member_outside_the_chain_has_a_period",
            ),
            models.CheckConstraint(
                condition=Q(position=Position.COMMANDER, reports_to__isnull=True) | ~Q(position=Position.COMMANDER),
                name="commander_reports_to_nobody_here",
            ),
            models.UniqueConstraint(
                fields=["position"], condition=Q(position=Position.COMMANDER, is_active=True), name="one_commander"
            ),
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="one_member_an_email"),
            models.UniqueConstraint(Lower("username"), name="one_member_a_user_name"),
        ]
        triggers = [
            # Under a lock: of two changes at once, each harmless alone, the second would close the circle unseen.
            pgtrigger.Trigger(
                name="chain_has_no_circle",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("reports_to_id"),
                condition=pgtrigger.Condition("NEW.reports_to_id IS NOT NULL"),
                declare=[("found", "boolean")],
                func="""
                    PERFORM pg_advisory_xact_lock(hashtext('members.chain'));
                    WITH RECURSIVE above AS (
                        SELECT id, reports_to_id FROM members_member WHERE id = NEW.reports_to_id
                        UNION
                        SELECT m.id, m.reports_to_id FROM members_member m JOIN above a ON m.id = a.reports_to_id
                    )
                    SELECT EXISTS (SELECT FROM above WHERE id = NEW.id) INTO found;
                    IF found THEN
                        RAISE EXCEPTION 'pgtrigger: the chain of command would close into a circle';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def serves(self, at: datetime | None = None) -> bool:
        """Whether he is of the unit at `at` (now, if not said): neither invited only, nor left, nor past his period."""
        return self.is_active and (self.serves_until is None or self.serves_until > (at or timezone.now()))

    def may(self, power: Power) -> bool:
        """Whether this member holds `power` now."""
        return authority.holds(self, power)

    @cached_property
    def handed(self) -> list[Designation]:
        """What was handed to him and has neither run out nor been ended, as it stood when this was first asked."""
        from members.models.designations import Designation

        return list(Designation.objects.filter(designee=self).not_over())

    @property
    def outside(self) -> bool:
        """Whether he stands outside the chain of command: he reads, and writes only what a row names."""
        return self.position in OUTSIDE

    @property
    def is_acting_commander(self) -> bool:
        """Whether he is the Commander for the time of an appointment."""
        return any(handed.acting and handed.in_force() for handed in self.handed)

    @property
    def initials(self) -> str:
        """Two letters for the round badge: of the first and the last word of the name, rank left out."""
        words = [word for word in self.name.replace(".", ". ").split() if not word.endswith(".")]
        return (words[0][0] + words[-1][0]).upper() if len(words) > 1 else self.name[:2].upper()


class Posting(Fact):
    """In which position a member stood from a moment on, and to whom he reported (E.1): the history behind Member."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="postings")
    position = models.CharField(max_length=30, choices=Position)
    sworn = models.BooleanField()
    reports_to = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    serves_until = models.DateTimeField(null=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # null: the console
    reason = models.TextField(blank=True)

    class Meta(Fact.Meta):
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.member}: {self.position}"


class Transfer(Fact):
    """A member left the unit (1.3): to where, why, by whose order."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="transfers")
    to = models.TextField("where to", blank=True)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta(Fact.Meta):
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"transfer of {self.member}"
