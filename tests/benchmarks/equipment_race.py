"""`equipment.race`: 32 members check out the same thing at once, by the product's verb, each on his own connection.

One has it, and each of the others is told who: fifty times over, with another thing each time.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.benchmarks.machine import Machine
from tests.benchmarks.report import Figure

PEOPLE, RACES = 32, 50


def race(machine: Machine, rows: int) -> Iterator[Figure]:
    """The figure; the rows asked for do not matter."""
    from django.db import connection

    connection.close()
    machine.fresh("ours")
    people, things = _fill()
    connection.close()
    slowest, wrong = [], 0
    with ThreadPoolExecutor(PEOPLE) as all_at_once:
        for thing in things:
            gate = threading.Barrier(PEOPLE)
            told = list(all_at_once.map(lambda one, thing=thing, gate=gate: _take(thing, one, gate), people))
            has = [who for who, _, sentence in told if not sentence]
            others = [sentence for _, _, sentence in told if sentence]
            wrong += len(has) != 1 or not all(sentence.startswith(f"{has[0]} has ") for sentence in others)
            slowest.append(max(seconds for _, seconds, _ in told))
        list(all_at_once.map(lambda _: connection.close(), people))
    value = sorted(slowest)[len(slowest) // 2] * 1000
    yield Figure(
        name="equipment.race",
        rows=RACES,
        value=value,
        unit=f"ms until the last of {PEOPLE} is told, p50",
        limit=None,
        naive=None,
        ratio_to_limit=None,
        ratio_to_naive=None,
        target=f"of {PEOPLE} at once one has it, {PEOPLE - 1} are told who, {RACES} times",
        holds=wrong == 0,
        peak_memory_mb=None,
        more={"people": PEOPLE, "races": RACES, "races_gone_wrong": wrong, "slowest_ms": max(slowest) * 1000},
    )


def _fill() -> tuple[list[Any], list[Any]]:
    from equipment import inventory
    from members.models import Member

    keeper = Member.objects.create_user(username="keeper", number="900", name="Keeper", position="supervisor")
    people = [
        Member.objects.create_user(username=f"officer{n}", number=str(n), name=f"Officer {n}", position="officer")
        for n in range(PEOPLE)
    ]
    kind = inventory.add_kind("Camera", by=keeper)
    return people, [inventory.add_item(by=keeper, kind=kind, name=f"Camera {n}") for n in range(RACES)]


def _take(thing: Any, member: Any, gate: threading.Barrier) -> tuple[str, float, str]:
    """Who, how long it took, and what he was told; nothing where he has it."""
    from django.utils import timezone

    from equipment import custody

    due = timezone.now() + timedelta(hours=8)
    gate.wait()
    began = time.perf_counter()
    try:
        custody.check_out([thing], by=member, to=member, place="field", due_back=due, purpose="Parade", key=uuid4())
    except custody.WithSomebody as told:
        return member.name, time.perf_counter() - began, told.sentence()
    return member.name, time.perf_counter() - began, ""
