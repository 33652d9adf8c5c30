"""Versions of the grading system, quickly."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

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
