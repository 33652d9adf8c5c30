"""The list of sections, kept by a Supervisor or above."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from members.authority import require
from members.models import Member
from members.powers import Power
from members.states import Invalid, record
from moderation.models import Section


def keep(section: Section, *, by: Member) -> Section:
    """Add `section`, or change it. Raises Refused, Invalid (there is one of this name)."""
    require(by, Power.ASSIGN_TASKS)
    new = section.pk is None
    before = "" if new else _word(Section.objects.get(pk=section.pk))
    section.changed_at = timezone.now()
    with transaction.atomic():
        try:
            with transaction.atomic():
                section.save()
        except IntegrityError as error:
            raise Invalid("There is a section of this name already.", "name") from error
        record("add" if new else "change", section, by=by, before=before, after=_word(section))
    return section


def _word(section: Section) -> str:
    return "active" if section.active else "inactive"
