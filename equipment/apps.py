"""The equipment app: S.O.P. 3, what the unit owns, who has it, in what state."""

from django.apps import AppConfig


class EquipmentConfig(AppConfig):
    """S.O.P. 3."""

    name = "equipment"
    verbose_name = "Equipment"
