"""`manage.py forget_second_factor USERNAME`: for a member whose lost second factor nobody in the unit can reset."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from members.console import forget_second_factor
from members.models.trail import one_act
from members.states import Invalid


class Command(BaseCommand):
    """Make sure of the person first: the password alone opens the set-up of a new factor until he has done it."""

    help = "Take away a member's second factors; the password alone then leads to the set-up of a new one."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        """Say what is to be done next; exit 1 with the reason where it cannot be."""
        try:
            with one_act():
                member = forget_second_factor(username)
        except Invalid as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{member.name} signs in with the password, now, and sets up a new second factor.")
