"""What a new unit lacks before it grades: the Comment Grading System."""

from __future__ import annotations

from django.urls import reverse

from members.models import Agency
from members.readiness import Step
from moderation.models import GradingSystem


def steps(ours: Agency) -> list[Step]:
    """The grading system in force (4.0)."""
    return [
        Step(
            "grading",
            "The Comment Grading System in force",
            GradingSystem.objects.in_force() is not None,
            "Without it nothing can be graded: each grade keeps the version that it was given under.",
            reverse("adopt"),
            "Read and adopt it",
            sop="S.O.P. 4",
        )
    ]
