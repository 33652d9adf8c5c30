"""The project app: its commands and templates."""

from django.apps import AppConfig


class SmuConfig(AppConfig):
    """The project itself."""

    name = "smu"
    verbose_name = "Social Media Unit"
