"""`manage.py verify_records`: the retained records, their seals and their documents (4.R)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from moderation.verification import verify_records


class Command(BaseCommand):
    """Exit status 0 when all agrees, 1 when something does not."""

    help = "Verify every retained record: its seal, and the digest of its document."

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each finding, naming the record; the counts at the end."""
        verification, findings = verify_records()
        found = 0
        for finding in findings:
            found += 1
            self.stdout.write(str(finding))
        self.stdout.write(
            f"{verification.rows} records under {verification.seals} seals, {verification.waiting} not sealed yet."
        )
        if found:
            raise CommandError(f"{found} findings: something was tampered with.", returncode=1)
        self.stdout.write("All agrees.")
