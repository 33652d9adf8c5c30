"""`manage.py verify_trail`: walk every seal and name what does not agree (S.O.P.: the trail shows who did it)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from members.sealing import ledgers
from members.verification import Verification


class Command(BaseCommand):
    """Exit status 0 when all agrees, 1 when something does not."""

    help = "Verify the seals of the trail, the log and the retained records."

    def add_arguments(self, parser: CommandParser) -> None:
        """One ledger, or all."""
        names = [ledger.name for ledger in ledgers()]
        parser.add_argument("ledger", nargs="?", choices=names, help="one ledger only")

    def handle(self, *args: Any, ledger: str | None, **options: Any) -> None:
        """A line for each finding, as it is found; the counts of each ledger at its end."""
        found = 0
        for one in ledgers():
            if ledger in {None, one.name}:
                verification = Verification(one)
                for finding in verification:
                    found += 1
                    self.stdout.write(f"{one.name}: {finding}")
                self.stdout.write(
                    f"{one.name}: {verification.rows} rows under {verification.seals} seals,"
                    f" {verification.waiting} not sealed yet.{verification.of_the_stamps}"
                )
        if found:
            raise CommandError(f"{found} findings: something was tampered with.", returncode=1)
        self.stdout.write("All agrees.")
