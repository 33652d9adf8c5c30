"""Versions of the grading system, and what members answer by, quickly."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from members.models import Member
from moderation import grading_writing, library_writing, texts_writing
from moderation.models.grades import GradingLevel, GradingSystem


def next_version(
    after: GradingSystem, changes: dict[int, dict[str, Any]] | None = None, *, effective_from: datetime | None = None
) -> GradingSystem:
    """The version after `after`, its rows as they were but for `changes` by level."""
    system = GradingSystem.objects.create(
        version=after.version + 1, effective_from=effective_from or max(timezone.now(), after.effective_from)
    )
    for row in after.levels.all():
        row.pk, row._state.adding, row.system = None, True, system
        for name, value in (changes or {}).get(row.level, {}).items():
            setattr(row, name, value)
        row.save(force_insert=True)
    assert GradingLevel.objects.filter(system=system).count() == 8
    return system


def one_of_each(*, by: Member) -> dict[str, int]:
    """A draft of the next version, a wording and a fact that wait for another's yes: the arguments of their pages."""
    draft = grading_writing.begin(by=Member.objects.get(position="commander"))
    wording = texts_writing.write("thanks", "es", "Gracias, {first_name}. Un saludo.", by=by)
    version = library_writing.propose(
        None,
        by=by,
        topic="hours",
        section="Front desk",
        language="en",
        question="When is the lobby open?",
        answer="Weekdays, 8 to 5.",
        source="https://bayside.example/lobby",
    )
    return {
        "grading_draft_id": draft.pk,
        "wording_id": wording.pk,
        "fact_id": version.fact_id,
        "version_id": version.pk,
    }
