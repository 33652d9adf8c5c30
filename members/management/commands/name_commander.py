"""`manage.py name_commander USERNAME`: a unit that has no Commander gets one."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from members.console import name_commander
from members.models.trail import one_act
from members.states import Invalid


class Command(BaseCommand):
    """For the day on which the command was handed over to nobody, and nobody in the unit could name one."""

    help = "Make a member who serves the Section Commander of a unit that has none."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whom."""
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        """Say who it is now; exit 1 with the reason where it cannot be."""
        try:
            with one_act():
                member = name_commander(username)
        except Invalid as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{member.name} is the Section Commander.")
