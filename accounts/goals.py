"""The goals of Tab C, by their letters: what an account must help the department to reach (S.O.P. 1)."""

from __future__ import annotations

from django.db.models import TextChoices


class Goal(TextChoices):
    """Tab C, II, in the words of the S.O.P., shortened."""

    A = "A", "Coordinate all social media efforts of the department"
    B = "B", "Disseminate accurate and complete information in a timely manner"
    C = "C", "Stimulate public interest in the community outreach programs"
    D = "D", "Promote teamwork between the police and community stakeholders"
    E = "E", "Review newsworthy items for release"
    F = "F", "Monitor and use social media in disasters, crises and emergencies"
    G = "G", "Monitor and respond to comments and questions posted by the public"
    H = "H", "Educate members of the department on policies and best practices"
