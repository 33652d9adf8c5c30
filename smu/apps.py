"""The project app: its commands and templates."""

from django.apps import AppConfig


class SmuConfig(AppConfig):
    """The project itself."""

    name = "smu"
    verbose_name = "Social Media Unit"

    def ready(self) -> None:
        """Make our Celery application the current one: without it the web's hints would look for another broker."""
        from smu import celery  # noqa: F401
