"""What was done to a thing, for that thing's own page: `{% load trail %}{% trail_of record %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.db.models import Model

from members.models import Member, TrailEntry
from members.powers import Power
from members.trail_search import shown, word_for

register = template.Library()

NEWEST = 30  # entries; the whole is a click away
FEW = 10


@register.inclusion_tag("members/_trail_of.html")
def trail_of(subject: Model) -> dict[str, Any]:
    """The newest entries about `subject`: who may see a thing may see who did what to it, not each entry's proof."""
    label = subject._meta.label_lower
    word = word_for(label)
    types = settings.SUBJECTS[word][1] if word in settings.SUBJECTS else (label,)
    about = TrailEntry.objects.filter(subject_type__in=types, subject_id=str(subject.pk))
    newest = list(about.select_related("by").order_by("-id")[:NEWEST])
    return {
        "shown": shown(newest),
        "word": word,
        "number": subject.pk,
        "more": len(newest) == NEWEST,
        "unlinked": True,
    }


@register.simple_tag
def trail_by(member: Member, reader: Member) -> dict[str, Any] | None:
    """The newest that `member` did; None where `reader` reads neither the whole unit's trail nor his own here."""
    if reader.pk != member.pk and not reader.may(Power.READ_TRAIL):
        return None
    newest = TrailEntry.objects.all().visible_to(reader).by(member).select_related("by").order_by("-at", "-pk")
    return {"shown": shown(list(newest[:FEW]))}
