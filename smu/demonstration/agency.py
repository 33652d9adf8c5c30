"""The demonstration's agency. Its row says that it is one: no real unit starts on this database."""

from __future__ import annotations

from django.core.management.base import CommandError
from django.db import transaction

from members.models import Agency
from members.states import record
from smu.demonstration import FOLDER


def bayside() -> Agency:
    """The fictional agency, not stored."""
    return Agency(
        name="Bayside Police Department",
        short_name="Bayside Police",
        mark=(FOLDER / "mark.png").read_bytes(),
        zone="America/New_York",
        languages=["en", "es", "ht"],
        emergency_number="911",
        non_emergency_number="305-555-0111",
        return_address="Bayside Police Department, 400 Harbor Street, front desk",
        demonstration=True,
    )


def load_agency() -> None:
    """Store it, or find it stored. Raises CommandError where a real agency stands."""
    with transaction.atomic():
        standing = Agency.objects.filter(pk=1).first()
        if standing is None:
            ours = bayside()
            ours.save(force_insert=True)
            record("set_up", ours, by=None)
        elif not standing.demonstration:
            raise CommandError(
                "This database holds a real unit. Give the demonstration a DATA and a database of its own."
            )
