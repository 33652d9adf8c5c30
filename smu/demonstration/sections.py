"""The sections of the demonstration's department."""

from __future__ import annotations

from members.models import Member
from members.powers import Position
from moderation import sections
from moderation.models import Section
from smu.demonstration import read


def load_sections() -> int:
    """In a Supervisor's name; none where some stand already."""
    supervisor = Member.objects.serving().filter(position=Position.SUPERVISOR).order_by("pk").first()
    if supervisor is None or Section.objects.exists():
        return 0
    return len([sections.keep(Section(**one), by=supervisor) for one in read("sections")])
