"""`python -m tests.benchmarks [NAME…]`: one JSON object a line; ends with 1 when a figure does not hold.

`ONLY` (names parted by commas) and `BENCH_ROWS` (100,000 unless set; of the trail ten times as many) may stand in the
environment; `BENCH_SECONDS` and `BENCH_ACCOUNTS` say how long and how much is polled.
"""

from __future__ import annotations

import os
import sys

from tests.benchmarks.machine import machine

NAMES = (
    "ingest.new",
    "ingest.repoll",
    "queue.claim",
    "http.grade",
    "trail.seal",
    "authority.page",
    "list.comments",
    "search.records",
    "verify.records",
    "storage.comment",
    "webhook.accept",
    "poll.fleet",
    "poll.faults",
    "threat.hide",
    "triage.quality",
    "triage.speed",
    "watermark.jpeg",
    "watermark.video",
    "upload.video",
    "publish.burst",
    "equipment.lists",
    "equipment.import",
    "equipment.race",
)


def main() -> int:
    """Run what is asked for; both figures of the intake come out of one run."""
    asked = set(sys.argv[1:] or filter(None, os.environ.get("ONLY", "").split(","))) or set(NAMES)
    if unknown := asked - set(NAMES):
        sys.stderr.write(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(NAMES)}.\n")
        return 2
    rows = int(os.environ.get("BENCH_ROWS", "100000"))
    holds = True
    with machine() as made:
        import django

        django.setup()
        from tests.benchmarks.authority import page
        from tests.benchmarks.claim import claim
        from tests.benchmarks.equipment_import import imported
        from tests.benchmarks.equipment_lists import equipment_lists
        from tests.benchmarks.equipment_race import race
        from tests.benchmarks.fleet import fleet
        from tests.benchmarks.http_grade import grade
        from tests.benchmarks.ingest import ingest
        from tests.benchmarks.lists import lists
        from tests.benchmarks.poll_faults import faults
        from tests.benchmarks.publish import burst
        from tests.benchmarks.storage import storage
        from tests.benchmarks.threat import hide
        from tests.benchmarks.trail import seal
        from tests.benchmarks.triage import triage
        from tests.benchmarks.upload import upload
        from tests.benchmarks.verify import verify
        from tests.benchmarks.watermark import watermark
        from tests.benchmarks.webhook import accept

        benchmarks = (
            (ingest, {"ingest.new", "ingest.repoll"}, rows),
            (claim, {"queue.claim"}, rows),
            (grade, {"http.grade"}, rows),
            (seal, {"trail.seal"}, 10 * rows),
            (page, {"authority.page"}, rows),
            (lists, {"list.comments", "search.records"}, rows),
            (verify, {"verify.records"}, rows),
            (storage, {"storage.comment"}, rows),
            (accept, {"webhook.accept"}, rows),
            (fleet, {"poll.fleet"}, rows),
            (faults, {"poll.faults"}, rows),
            (hide, {"threat.hide"}, rows),
            (triage, {"triage.quality", "triage.speed"}, rows),
            (watermark, {"watermark.jpeg", "watermark.video"}, rows),
            (upload, {"upload.video"}, rows),
            (burst, {"publish.burst"}, rows),
            (equipment_lists, {"equipment.lists"}, rows),
            (imported, {"equipment.import"}, rows),
            (race, {"equipment.race"}, rows),
        )
        for benchmark, names, size in benchmarks:
            if names & asked:
                for figure in benchmark(made, size):
                    if figure.name in asked:
                        figure.tell()
                        holds = holds and figure.holds
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
