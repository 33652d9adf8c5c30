"""The moderation app: S.O.P. 4, the Comment Grading System."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """S.O.P. 4, the Comment Grading System."""

    name = "moderation"
    verbose_name = "Comments"
