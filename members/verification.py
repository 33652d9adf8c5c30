"""Verification: walk a ledger's seals and say what does not agree, each thing by name (ruling 20).

Reads in one snapshot, a batch at a time: the ledger may be larger than memory, and sealed meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, models, transaction

from members.models import Seal, Unsealed
from members.models.seals import SPAN
from members.sealing import ABSENT, START, Head, Ledger, digest_of_seal, digests_of, read_days, read_head
from members.timestamps import NoStamp, can_check, days
from members.timestamps import check as check_stamp

SIZE = 32  # bytes of a digest
AT_ONCE = 5000  # rows, or seals, that are compared with one query


_OVER = f"""
SELECT wanted.row, seal.number FROM unnest(%s::bigint[]) AS wanted (row)
JOIN members_seal seal ON seal.ledger = %s AND {SPAN % {"expressions": "seal.rows"}} @> wanted.row
    AND seal.rows @> ARRAY[wanted.row]
"""  # noqa: S608


@dataclass(frozen=True)
class Finding:
    """Something that does not agree. `row` or `seal` names it."""

    kind: str  # altered, missing, slipped_in, sealed_twice, broken_seal, cut, no_head
    sentence: str
    row: int | None = None
    seal: int | None = None

    def __str__(self) -> str:
        return self.sentence


@dataclass
class Verification:
    """A walk over one ledger: iterate it for the findings; the counts are whole when it has ended."""

    ledger: Ledger
    first: int = 1  # the seal that it begins with; what the one before it says is believed
    seals: int = 0
    rows: int = 0
    waiting: int = 0  # not sealed yet
    stamps: int = 0  # that hold
    stamps_unchecked: int = 0
    _expected: dict[int, bytes] = field(default_factory=dict)  # what the files outside say of single seals

    def __iter__(self) -> Iterator[Finding]:
        """Every finding, in the order of the seals; then what belongs to no seal; then what the head misses."""
        # The head is read before the snapshot is taken: so it cannot be ahead of it.
        head = read_head(self.ledger.name)
        self._expected = {**read_days(self.ledger.name), **({head.number: head.digest} if head else {})}
        with _snapshot():
            last = 0
            for finding, number in self._walk():
                last = max(last, number)
                if finding:
                    yield finding
            yield from self._outside_any_seal()
            yield from self._tail(head, last)
            yield from self._stamps()
            self.waiting = Unsealed.objects.filter(ledger=self.ledger.name).count()

    @property
    def of_the_stamps(self) -> str:
        """What is to be said of the time stamps; empty where there are none."""
        if self.stamps_unchecked:
            return f" {self.stamps_unchecked} time stamps not checked: TIMESTAMP_CERTIFICATES names no certificates."
        return f" {self.stamps} time stamps hold." if self.stamps else ""

    def _walk(self) -> Iterator[tuple[Finding | None, int]]:
        previous, number = START, 0
        every = Seal.objects.filter(ledger=self.ledger.name)
        before = every.filter(number=self.first - 1).only("number", "digest").first()
        if before is not None:
            previous, number = bytes(before.digest), before.number
        for seals in _several(every.filter(number__gte=self.first).order_by("number")):
            standing = digests_of(self.ledger, [row for seal in seals for row in seal.rows])
            for seal in seals:
                for finding in (*_missing_seals(number + 1, seal.number), *self.check(seal, previous, standing)):
                    yield finding, seal.number
                self.seals += 1
                self.rows += len(seal.rows)
                previous, number = bytes(seal.digest), seal.number
                yield None, seal.number

    def check(self, seal: Seal, previous: bytes, standing: dict[int, bytes]) -> Iterator[Finding]:
        """What does not agree about a seal that should follow `previous`, and its rows, whose digests now stand so."""
        digests, digest = bytes(seal.digests), bytes(seal.digest)
        right = digest_of_seal(seal.ledger, seal.number, seal.rows, digests, bytes(seal.previous))
        whole = len(digests) == SIZE * len(seal.rows)
        if digest != right or not whole:
            yield Finding("broken_seal", f"Seal {seal.number} was altered.", seal=seal.number)
        elif bytes(seal.previous) != previous:
            yield Finding("broken_seal", f"Seal {seal.number} does not follow the one before it.", seal=seal.number)
        if self._expected.get(seal.number, digest) != digest:
            sentence = f"Seal {seal.number} is not the one that was noted outside the database."
            yield Finding("broken_seal", sentence, seal=seal.number)
        if whole and b"".join([standing.get(row, b"") for row in seal.rows]) == digests:
            return  # all is as it was sealed: the common case, at a tenth of the cost
        for place, row in enumerate(seal.rows):
            yield from self._compare(row, digests[place * SIZE : (place + 1) * SIZE], standing.get(row))

    def _compare(self, row: int, sealed: bytes, standing: bytes | None) -> Iterator[Finding]:
        what = self._name(row)
        if standing is None:
            sentence = f"{what} is missing."
            if sealed == ABSENT:
                sentence = f"{what} was gone before it was sealed."
            yield Finding("missing", sentence, row=row)
        elif standing != sealed:
            yield Finding("altered", f"{what} was altered after it was sealed.", row=row)

    def _outside_any_seal(self) -> Iterator[Finding]:
        """Rows under no seal, or two, and notes without their row. The database sorts this out, on its own disk.

        By sets, not joins: of a table of notes that fills and empties all the time the planner's figures are often old,
        and a loop over it for each row took minutes (tried).
        """
        table = connection.ops.quote_name(self.ledger.model._meta.db_table)
        pairs = f"""
            WITH sealed AS (
                SELECT unnest(rows) AS id FROM members_seal WHERE ledger = %(ledger)s
            ), noted AS (
                SELECT row AS id FROM members_unsealed WHERE ledger = %(ledger)s
            )
            SELECT 'slipped_in', id FROM (
                SELECT id FROM {table} EXCEPT (SELECT id FROM sealed UNION ALL SELECT id FROM noted)
            ) slipped
            UNION ALL
            SELECT 'missing', id FROM (SELECT id FROM noted EXCEPT SELECT id FROM {table}) gone
            UNION ALL
            SELECT 'sealed_twice', id FROM sealed GROUP BY id HAVING count(*) > 1
        """  # noqa: S608  (the table's name is the model's)
        says = {
            "slipped_in": "stands under no seal: it was slipped in",
            "missing": "is gone, before it was sealed",
            "sealed_twice": "stands under two seals",
        }
        with connection.cursor() as cursor:
            cursor.execute(pairs, {"ledger": self.ledger.name})
            while found := cursor.fetchmany(1000):
                for kind, row in found:
                    yield Finding(kind, f"{self._name(row)} {says[kind]}.", row=row)

    def _tail(self, head: Head | None, last: int) -> Iterator[Finding]:
        if head is None and last:
            yield Finding("no_head", "No head is kept outside the database: nothing shows whether the tail was cut.")
        elif head is not None and head.number > last:
            sentence = f"The tail was cut: the head outside names seal {head.number}, the database ends with {last}."
            yield Finding("cut", sentence, seal=head.number)

    def _stamps(self) -> Iterator[Finding]:
        """Time stamps that do not hold; where none can be checked here, that is counted."""
        for day in days(self.ledger.name):
            if not day.stamp.exists():
                continue
            if not can_check():
                self.stamps_unchecked += 1
                continue
            try:
                check_stamp(day)
                self.stamps += 1
            except NoStamp as error:
                yield Finding("bad_stamp", f"The time stamp of {day.day}: {error}", seal=day.number)

    def _name(self, row: int) -> str:
        return f"{str(self.ledger.model._meta.verbose_name).capitalize()} {row}"


@contextmanager
def _snapshot() -> Iterator[None]:
    """Within, every query sees the same moment. Inside another transaction that one's view has to do."""
    nested = connection.in_atomic_block
    with transaction.atomic():
        if not nested:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _several(seals: models.QuerySet[Seal]) -> Iterator[list[Seal]]:
    """The seals in their order, so many together that one query fetches what they cover."""
    together: list[Seal] = []
    rows = 0
    for seal in seals.defer("at").iterator(chunk_size=200):
        together.append(seal)
        rows += len(seal.rows)
        if rows >= AT_ONCE or len(together) >= AT_ONCE:
            yield together
            together, rows = [], 0
    if together:
        yield together


def _missing_seals(first: int, end: int) -> Iterator[Finding]:
    if end - first > 1:
        yield Finding("broken_seal", f"Seals {first} to {end - 1} are missing.", seal=first)
    elif end > first:
        yield Finding("broken_seal", f"Seal {first} is missing.", seal=first)


def seals_over(ledger: str, rows: Iterable[int]) -> dict[int, Seal]:
    """The seal over each of `rows` that has one; the first, where somebody forged a second."""
    with connection.cursor() as cursor:
        cursor.execute(_OVER, [list(rows), ledger])
        numbers: dict[int, int] = {}
        for row, number in cursor.fetchall():
            numbers[row] = min(number, numbers.get(row, number))
    found = {one.number: one for one in Seal.objects.filter(ledger=ledger, number__in=set(numbers.values()))}
    return {row: found[number] for row, number in numbers.items()}


def seal_over(ledger: str, row: int) -> Seal | None:
    """The seal that covers `row`; None when it waits for one."""
    return seals_over(ledger, [row]).get(row)
