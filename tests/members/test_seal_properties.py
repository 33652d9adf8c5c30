"""Whatever order acts, seals and a tampering hand come in: what was done to a sealed row is named, and nothing else."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.models import Seal, TrailEntry
from members.sealing import HeadDiffers
from tests.members.conftest import Trail

HONEST = st.one_of(st.tuples(st.just("enter"), st.integers(1, 4)), st.tuples(st.just("seal"), st.just(0)))
WRONG = st.tuples(
    st.sampled_from(["alter", "delete", "slip_in", "cut", "alter_seal", "delete_seal"]), st.integers(0, 99)
)


class Story:
    """What happened, and what the walk must therefore find."""

    def __init__(self, trail: Trail) -> None:
        self.trail = trail
        self.rows: set[tuple[str, int]] = set()
        self.seals: set[int] = set()
        self.slipped = 0

    def enter(self, count: int) -> None:
        self.trail.enter(count)

    def seal(self, _: int) -> None:
        try:
            self.trail.seal()
        except HeadDiffers:
            assert self.seals, "the sealer refuses only where a seal was tampered with"

    def alter(self, which: int) -> None:
        if row := self._sealed_row(which):
            self.trail.tamper("UPDATE members_trailentry SET verb = verb || 'x' WHERE id = %s", row)
            self.rows.add(("altered", row))

    def delete(self, which: int) -> None:
        if row := self._sealed_row(which):
            self.trail.tamper("DELETE FROM members_trailentry WHERE id = %s", row)
            self.rows.discard(("altered", row))
            self.rows.discard(("slipped_in", row))
            self.rows.add(("missing", row))

    def slip_in(self, _: int) -> None:
        self.slipped += 1
        row = -self.slipped
        self.trail.tamper(
            "INSERT INTO members_trailentry (id, at, verb, subject_type, subject_id, act, before, after, decision_type,"
            " decision_id, decision_digest) VALUES (%s, now(), 'x', '', '', gen_random_uuid(), '', '', '', '', '')",
            row,
        )
        self.rows.add(("slipped_in", row))

    def cut(self, _: int) -> None:
        last = Seal.objects.filter(ledger="trail").order_by("-number").first()
        if last:
            self.trail.tamper("DELETE FROM members_trailentry WHERE id = ANY(%s)", last.rows)
            self.trail.tamper("DELETE FROM members_seal WHERE id = %s", last.pk)
            self.rows = {(kind, row) for kind, row in self.rows if row not in last.rows}
            self.seals.add(last.number)

    def alter_seal(self, which: int) -> None:
        if number := self._seal(which):
            self.trail.tamper("UPDATE members_seal SET at = at, digest = sha256(digest) WHERE number = %s", number)
            self.seals.add(number)

    def delete_seal(self, which: int) -> None:
        if number := self._seal(which):
            self.trail.tamper("DELETE FROM members_seal WHERE number = %s", number)
            self.seals.add(number)

    def _sealed_row(self, which: int) -> int:
        """One of the rows that stand and are sealed; 0 when there are none."""
        sealed = {row for seal in Seal.objects.filter(ledger="trail") for row in seal.rows}
        standing = sorted(TrailEntry.objects.filter(pk__in=sealed).values_list("pk", flat=True))
        return standing[which % len(standing)] if standing else 0

    def _seal(self, which: int) -> int:
        numbers = sorted(Seal.objects.filter(ledger="trail").values_list("number", flat=True))
        return numbers[which % len(numbers)] if numbers else 0


def tell(trail: Trail, events: list[tuple[str, int]]) -> Story:
    story = Story(trail)
    for name, argument in events:
        getattr(story, name)(argument)
    return story


def test_an_honest_trail_never_raises_an_alarm(trail: Trail, heads: Path) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(HONEST, max_size=12))
    def of(events: list[tuple[str, int]]) -> None:
        trail.begin_anew(heads)
        tell(trail, events)
        assert trail.findings() == []

    of()


def test_every_tampering_is_named(trail: Trail, heads: Path) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.one_of(HONEST, HONEST, WRONG), max_size=16))
    def of(events: list[tuple[str, int]]) -> None:
        trail.begin_anew(heads)
        story = tell(trail, events)
        findings = trail.findings()
        rows = {(finding.kind, finding.row) for finding in findings if finding.row is not None}
        if story.seals:
            # Rows of a seal that is gone are found again under no seal; what stands under a seal is still named.
            assert any(finding.seal is not None for finding in findings)
            still_sealed = {row for seal in Seal.objects.filter(ledger="trail") for row in seal.rows}
            assert {(kind, row) for kind, row in story.rows if row in still_sealed} <= rows
        else:
            assert rows == story.rows
            assert len(findings) == len(rows)

    of()
