"""That something was read, where reading is itself of note (F.I): a row of the quieter log."""

from __future__ import annotations

from django.db import models

from members.models import LogEntry, Member


def note_reading(subject: models.Model, *, by: Member) -> None:
    """Note that `by` opened `subject`."""
    LogEntry.objects.create(by=by, verb="read", subject_type=subject._meta.label_lower, subject_id=str(subject.pk))
