"""`manage.py verify_records`: the retained records, their seals and their documents (4.R)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from members.days import midnight
from moderation.models import RetainedRecord
from moderation.record_page import RecordPage
from moderation.verification import RecordsVerification

EVERY = 5.0  # seconds between two lines of progress


class Command(BaseCommand):
    """Exit status 0 when all agrees, 1 when something does not."""

    help = "Verify every retained record: its seal, the chain up to the head outside, and the digest of its document."

    def add_arguments(self, parser: CommandParser) -> None:
        """All, those of late, or one."""
        parser.add_argument("--since", type=date.fromisoformat, metavar="DAY", help="only what was made from it on")
        parser.add_argument("--record", type=int, metavar="NUMBER", help="one record, step by step")

    def handle(self, *args: Any, since: date | None, record: int | None, **options: Any) -> None:
        """A line for each finding, naming the record; the counts at the end; on stderr how far it has come."""
        if record is not None:
            self._one(record)
            return
        verification = RecordsVerification(since=midnight(since) if since else None)
        found = 0
        with self._progress(verification):
            for finding in verification:
                found += 1
                self.stdout.write(str(finding))
        records = verification.records
        self.stdout.write(
            f"{records.rows} records under {records.seals} seals, {records.waiting} not sealed yet."
            f"{records.of_the_stamps}"
        )
        if found:
            raise CommandError(f"{found} findings: something was tampered with.", returncode=1)
        self.stdout.write("All agrees.")

    def _one(self, number: int) -> None:
        record = RetainedRecord.objects.filter(pk=number).first()
        if record is None:
            raise CommandError(f"There is no record {number}.", returncode=1)
        checks = RecordPage(record).verify()
        for check in checks:
            word = {True: "holds", False: "DOES NOT HOLD", None: "not known yet"}[check.holds]
            self.stdout.write(f"{word}: {check.says}")
        if any(check.holds is False for check in checks):
            raise CommandError(f"Record {number} was tampered with.", returncode=1)

    @contextmanager
    def _progress(self, verification: RecordsVerification) -> Iterator[None]:
        """Within, a line now and then: whoever waits for minutes wants to know for how many more."""
        ended = threading.Event()

        def tell() -> None:
            while not ended.wait(EVERY):
                self.stderr.write(
                    f"{verification.records.rows:,} records and {verification.additions.rows:,} additions held against"
                    f" their seals, {verification.documents:,} of {verification.to_hash:,} documents hashed."
                )

        teller = threading.Thread(target=tell, daemon=True)
        teller.start()
        try:
            yield
        finally:
            ended.set()
            teller.join()
