"""Proof of single entries: the seal over each, and what can be recomputed of it before one's eyes (ruling 20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from members.models import Seal, Unsealed
from members.sealing import START, Head, Ledger, digest_of_seal, digests_of, read_days, read_head
from members.timestamps import NoStamp, can_check, missing, stamped_from
from members.timestamps import check as check_stamp
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
    unstamped: str = ""  # why a day's head of it has no time stamp, where it should


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
    unstamped = [day for day in missing(now) if day.ledger == ledger.name]
    return Standing(
        last.number if last else 0,
        last.at if last else None,
        head,
        agrees,
        waiting.order_by()[:1000].count(),
        late,
        f"{unstamped[0].day}: {unstamped[0].why_not or 'it was not asked for'}" if unstamped else "",
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
        *_noted_outside(ledger, seal),
    ]


def _noted_outside(ledger: Ledger, seal: Seal) -> list[Check]:
    """From `seal` the chain leads to one that a file outside names, and to one that an authority has stamped."""
    head = read_head(ledger.name)
    noted = {**read_days(ledger.name), **({head.number: head.digest} if head else {})}
    target = min((number for number in noted if number >= seal.number), default=None)
    if target is None:
        return [Check("No head outside the database reaches this seal yet.", None)]
    if target - seal.number > FARTHEST:
        says = f"Seal {target} is noted outside, too far to walk here: `manage.py verify_trail` does."
        return [Check(says, None), *_stamped(ledger, seal)]
    previous, number = bytes(seal.previous), seal.number - 1
    for one in Seal.objects.filter(ledger=ledger.name, number__range=(seal.number, target)).order_by("number"):
        right = digest_of_seal(one.ledger, one.number, one.rows, bytes(one.digests), previous)
        if one.number != number + 1 or bytes(one.previous) != previous or bytes(one.digest) != right:
            return [Check(f"The chain from seal {seal.number} is broken at seal {number + 1}.", holds=False)]
        previous, number = right, one.number
    holds = number == target and previous == noted[target]
    says = f"From it the chain leads to seal {target}, noted outside the database."
    return [Check(says, holds, noted[target].hex()), *_stamped(ledger, seal)]


def _stamped(ledger: Ledger, seal: Seal) -> list[Check]:
    """The nearest day's head behind `seal` that bears a time stamp; nothing where none is asked for."""
    day = next(stamped_from(ledger.name, seal.number), None)
    if day is None:
        return [Check("No time stamp reaches this seal yet.", None)] if settings.TIMESTAMP_URL else []
    if not can_check():
        return [Check(f"The head of {day.day} bears a time stamp, which cannot be checked here.", None)]
    try:
        found = check_stamp(day)
    except NoStamp as error:
        return [Check(f"The head of {day.day} bears a time stamp. {error}", holds=False)]
    assert found is not None  # noqa: S101  (its file is there)
    at = timezone.localtime(found.at).strftime("%-d %b %Y, %H:%M:%S")
    return [Check(f"The head of {day.day}, seal {day.number}, was there at {at}: stamped by {found.authority}.")]
