"""The agency: its name, mark, zone, languages and numbers, as the first Commander sets them up."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import Q
from django.utils import timezone

from members import plainly
from members.facts import Narrow


class Agency(Narrow):
    """The one agency that this unit speaks for. Before the set-up there is no row: `agency()` gives the defaults."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    mark = models.BinaryField(null=True, blank=True)  # PNG, re-encoded by us
    zone = models.CharField(max_length=60)
    languages = ArrayField(models.CharField(max_length=10), default=list)
    emergency_number = models.CharField(max_length=30, default="911")  # 4.N
    non_emergency_number = models.CharField(max_length=30, blank=True)
    return_address = models.CharField(max_length=200, blank=True)  # where a stranger brings what he found (S.O.P. 3)
    demonstration = models.BooleanField(default=False)  # its members are fictional: production refuses to start on it
    # What the Commander knowingly leaves open on the check-list of a new unit (members.readiness).
    left_open = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    set_up_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)

    has_mark: bool = False

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_agency")]

    def __str__(self) -> str:
        return self.name


class SetupKey(Narrow):
    """The key printed at the console that opens the first page, once (only its digest is stored).

    That it was used is written once; until then it may be cut short, by a newer one, and never prolonged.
    """

    digest = models.BinaryField(unique=True)
    at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        triggers = [
            pgtrigger.ReadOnly(name="key_stands_as_printed", exclude=["expires_at", "used_at"]),
            pgtrigger.Protect(
                name="key_opens_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.used_at IS NOT NULL OR NEW.expires_at > OLD.expires_at"),
            ),
        ]

    def __str__(self) -> str:
        return f"set-up key {self.pk}"


def agency() -> Agency:
    """The agency as it stands, read anew; before the set-up, unsaved, as the environment names it.

    `has_mark` says whether there is a mark; the mark itself is fetched where it is asked for.
    """
    columns, statement = _ours()
    with plainly.prepared(ServerBindingCursor), connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    if row is None:
        return unnamed()
    found: Agency = Agency.from_db(connection.alias, columns, row[:-1])
    found.has_mark = row[-1]
    return found


@cache
def _ours() -> tuple[list[str], str]:
    """All but the mark. Each request begins with this row: to have its statement put together anew costs more."""
    columns = [column.attname for column in Agency._meta.concrete_fields if column.name != "mark"]
    asked = ", ".join(columns)
    return columns, f"SELECT {asked}, mark IS NOT NULL FROM members_agency WHERE id = 1"  # noqa: S608


def unnamed() -> Agency:
    """What stands in for the agency before the set-up, without a look at the database."""
    return Agency(
        name=settings.AGENCY_NAME, short_name=settings.AGENCY_SHORT_NAME, zone=settings.TIME_ZONE, languages=["en"]
    )


def agency_zone() -> ZoneInfo:
    """The agency's zone: for tasks, which no request puts into it."""
    return ZoneInfo(agency().zone)
