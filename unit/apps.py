"""The unit app: the unit's duties and each member's home page."""

from django.apps import AppConfig


class UnitConfig(AppConfig):
    """The unit's duties and each member's home page."""

    name = "unit"
    verbose_name = "Unit"
