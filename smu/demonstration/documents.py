"""The documents that the unit works by: the Terms of Use (4.T) and the Comment Grading System (4.0), version 1."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import Clause, Terms
from members.states import record
from moderation.models.grades import GradingLevel, GradingSystem
from smu.demonstration import read


def load_terms() -> Terms:
    """Publish the terms, or find them published."""
    given = read("terms")
    terms, made = Terms.objects.get_or_create(
        version=given["version"],
        defaults={"effective_from": _day(given["effective_from"]), "preamble": given["preamble"]},
    )
    if made:
        record("publish", terms, by=None)
        Clause.objects.bulk_create([Clause(terms=terms, **clause) for clause in given["clauses"]])
    return terms


def load_grading_system() -> GradingSystem:
    """Publish the grading system, or find it published."""
    given: dict[str, Any] = read("grading")
    system, made = GradingSystem.objects.get_or_create(
        version=given["version"], defaults={"effective_from": _day(given["effective_from"])}
    )
    if made:
        record("publish", system, by=None)
        GradingLevel.objects.bulk_create([GradingLevel(system=system, **level) for level in given["levels"]])
    return system


def _day(iso: str) -> datetime:
    return datetime.fromisoformat(iso).replace(tzinfo=timezone.get_default_timezone())
