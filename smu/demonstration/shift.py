"""The shift before the visitor came: what the demonstration's members have done with the comments that came in.

It runs beside the unit, in `manage.py trickle`, so that no start waits for it.
"""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import structlog
from django.core.exceptions import ObjectDoesNotExist

from members.models.trail import one_act
from moderation.refusals import REFUSALS
from smu.demonstration import read
from smu.demonstration.acts import VERBS, Act
from smu.environment import data_dir

log = structlog.get_logger()

PATIENCE = 120.0  # seconds for the polls to bring the comments, and for workers to hide what an act rests on
PAUSE = 2.0
NOT_YET: tuple[type[Exception], ...] = (*REFUSALS, ObjectDoesNotExist)

Told = dict[int, dict[str, Any]]


def work(stopped: threading.Event) -> None:
    """Do the acts of shift.json that were not done yet, each once; those about one comment in their order.

    What is refused is tried again, and left out when PATIENCE is over: a visitor may have acted first.
    """
    done = _done()
    left: Told = {number: told for number, told in enumerate(read("shift")) if number not in done}
    until = time.monotonic() + PATIENCE
    while left and not stopped.is_set():
        _round(left, done, stopped)
        if time.monotonic() > until:
            log.info("acts_of_the_demonstration_left_out", verbs=[told["do"] for told in left.values()])
            _note(done | left.keys())
            return
        if left:
            stopped.wait(PAUSE)


def _round(left: Told, done: set[int], stopped: threading.Event) -> None:
    """Try each act once; behind one that cannot be done yet, those about the same comment wait."""
    behind: set[str] = set()
    for number, told in list(left.items()):
        comment = told.get("comment", "")
        if stopped.is_set() or (comment and comment in behind) or (told.get("at_the_end") and len(left) > 1):
            continue
        if _do(Act(number, told)):
            del left[number]
            done.add(number)
            _note(done)
        else:
            behind.add(comment)


def _do(act: Act) -> bool:
    try:
        with one_act():
            VERBS[act.told["do"]](act)
    except NOT_YET:
        return False
    return True


def _done() -> set[int]:
    place = data_dir() / "shift.json"
    return set(json.loads(place.read_text())) if place.is_file() else set()


def _note(done: set[int]) -> None:
    (data_dir() / "shift.json").write_text(json.dumps(sorted(done)))
