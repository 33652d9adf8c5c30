"""The S.O.P.'s Comment Grading System (4.0), version 1: drawn up for an agency, and put in force."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.adopting import adopt_terms, drawn_up
from members import authority
from members.models import Agency, Member
from members.models.agency import agency
from members.powers import Power
from members.states import record
from moderation.models.grades import GradingLevel, GradingSystem

TEXT = Path(__file__).with_name("grading.json")


def grading_for(ours: Agency) -> dict[str, Any]:
    """Version and levels as they would stand."""
    system: dict[str, Any] = drawn_up(TEXT, ours)
    return system


def adopt_grading_system(ours: Agency, *, by: Member | None, effective_from: datetime) -> GradingSystem:
    """Put version 1 in force from `effective_from`; the version that stands already, when there is one."""
    given = grading_for(ours)
    with transaction.atomic():
        system, made = GradingSystem.objects.get_or_create(
            version=given["version"], defaults={"effective_from": effective_from}
        )
        if made:
            GradingLevel.objects.bulk_create([GradingLevel(system=system, **level) for level in given["levels"]])
            record("publish", system, by=by)
    return system


def adopt(*, by: Member) -> None:
    """Put both in force from now on; what stands already stays as it is (4.0, 4.T).

    Raises Refused, and Invalid while the agency lacks a number that the terms name.
    """
    authority.require(by, Power.UPDATE_GRADING)
    ours, now = agency(), timezone.now()
    with transaction.atomic():
        adopt_terms(ours, by=by, effective_from=now)
        adopt_grading_system(ours, by=by, effective_from=now)
