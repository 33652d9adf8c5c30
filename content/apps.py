"""The content app: S.O.P. 2, what the department publishes."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """S.O.P. 2."""

    name = "content"
    verbose_name = "Content"
