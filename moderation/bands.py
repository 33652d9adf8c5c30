"""The bands of triage: what a comment may be, beside its level, so that nobody has to look for it (4.N, 2.E, 4.L8)."""

from __future__ import annotations

from django.db.models import TextChoices


class Band(TextChoices):
    """What a comment may be. A band orders and names; it never acts."""

    NONE = "", "nothing in particular"
    THREAT = "threat", "may be a threat"
    EMERGENCY = "emergency", "may report an emergency"  # also who speaks of ending his life, and who is threatened
    OFFENSIVE = "offensive", "may break the terms"
    MEDIA = "media", "may be a request of the media"
    TIP = "tip", "may know something about a case"


# They are shown before a member has graded, whatever the setting says: a life may hang on them.
URGENT = (Band.THREAT, Band.EMERGENCY)
