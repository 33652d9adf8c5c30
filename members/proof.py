"""Proof of single entries: the seal over each, and what can be recomputed of it before one's eyes (ruling 20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from members.models import Seal, Unsealed
from members.sealing import START, Head, Ledger, digest_of_seal, digests_of, read_days, read_head
from members.verification import SIZE, seals_over

FARTHEST = 5000  # seals walked on a page; the whole chain is walked by `manage.py verify_trail`
LATE = 60.0  # seconds that an entry waits before somebody should look after the sealer


@dataclass(frozen=True)
class Check:
    """One thing that proves an entry, and whether it holds; None: it cannot be said yet."""

    says: str
    holds: bool | None = True
    found: str = ""


@dataclass(frozen=True)
class Standing:
    """How far a ledger is sealed, and whether the head outside the database agrees."""

    number: int
    at: datetime | None
    head: Head | None
    agrees: bool
    waiting: int
    late: bool


def standing_of(ledger: Ledger, now: datetime) -> Standing:
    """The ledger's newest seal, what waits, and what the head outside says of it."""
    last = Seal.objects.filter(ledger=ledger.name).order_by("-number").only("number", "at", "digest").first()
    head = read_head(ledger.name)
    agrees = head is None and last is None
    if head is not None:
        named = Seal.objects.filter(ledger=ledger.name, number=head.number).only("digest").first()
        agrees = named is not None and bytes(named.digest) == head.digest
    waiting = Unsealed.objects.filter(ledger=ledger.name)
    oldest = waiting.order_by("id").values_list("row", flat=True).first()
    since = ledger.model._base_manager.filter(pk=oldest).values_list("at", flat=True).first() if oldest else None
    late = since is not None and (now - since).total_seconds() > LATE + ledger.every
    return Standing(
        last.number if last else 0, last.at if last else None, head, agrees, waiting.order_by()[:1000].count(), late
    )


def checks_of(ledger: Ledger, row: int) -> list[Check]:
    """Recompute everything that proves the entry of number `row`: its digest, its seal, and the chain from it on."""
    seal = seals_over(ledger.name, [row]).get(row)
    if seal is None:
        if Unsealed.objects.filter(ledger=ledger.name, row=row).exists():
            return [Check(f"It is not sealed yet: the sealer comes by every {ledger.every:g} s.", None)]
        return [Check("It stands under no seal and waits for none: it was slipped in.", holds=False)]
    digests = bytes(seal.digests)
    sealed = digests[seal.rows.index(row) * SIZE :][:SIZE]
    found = digests_of(ledger, [row]).get(row, b"")
    right = digest_of_seal(seal.ledger, seal.number, seal.rows, digests, bytes(seal.previous))
    before = Seal.objects.filter(ledger=ledger.name, number=seal.number - 1).only("digest").first()
    follows = bytes(seal.previous) == (bytes(before.digest) if before else START)
    return [
        Check(f"The entry is as seal {seal.number} covers it.", found == sealed, found.hex()),
        Check(f"Seal {seal.number} is whole.", right == bytes(seal.digest), right.hex()),
        Check(f"Seal {seal.number} follows the one before it.", follows),
        _noted_outside(ledger, seal),
    ]


def _noted_outside(ledger: Ledger, seal: Seal) -> Check:
    """From `seal` the chain leads to one that a file outside the database names: so it was not made up later."""
    head = read_head(ledger.name)
    noted = {**read_days(ledger.name), **({head.number: head.digest} if head else {})}
    target = min((number for number in noted if number >= seal.number), default=None)
    if target is None:
        return Check("No head outside the database reaches this seal yet.", None)
    if target - seal.number > FARTHEST:
        return Check(f"Seal {target} is noted outside, too far to walk here: `manage.py verify_trail` does.", None)
    previous, number = bytes(seal.previous), seal.number - 1
    for one in Seal.objects.filter(ledger=ledger.name, number__range=(seal.number, target)).order_by("number"):
        right = digest_of_seal(one.ledger, one.number, one.rows, bytes(one.digests), previous)
        if one.number != number + 1 or bytes(one.previous) != previous or bytes(one.digest) != right:
            return Check(f"The chain from seal {seal.number} is broken at seal {number + 1}.", holds=False)
        previous, number = right, one.number
    holds = number == target and previous == noted[target]
    return Check(f"From it the chain leads to seal {target}, noted outside the database.", holds, noted[target].hex())
