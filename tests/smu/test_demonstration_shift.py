"""What the demonstration's members have done before a visitor comes: by the product's verbs, once, every act of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Account
from accounts.orders import carry_out
from moderation import polling
from moderation.models import (
    Appeal,
    AuditItem,
    Case,
    Clearance,
    CommentOrder,
    Grade,
    Measure,
    Proposal,
    Referral,
    ReplyDraft,
    Review,
    SavedFilter,
    Threat,
)
from smu.demonstration import read, shift
from tests.moderation.acts import turn_back
from tests.smu.test_demonstrate import demonstration, load

__all__ = ["demonstration"]


class Workers:
    """What `work` waits on: between two rounds the workers carry out what is due."""

    def __init__(self, stops_after: int = 10) -> None:
        self.rounds = stops_after

    def is_set(self) -> bool:
        return self.rounds < 0

    def wait(self, seconds: float) -> bool:
        self.rounds -= 1
        for orders in (CommentOrder, Measure):
            turn_back(orders.objects.exclude(state="sending"), seconds)
            for order in orders.objects.due():
                carry_out(order)
        return self.is_set()


@pytest.mark.django_db(transaction=True)
def test_every_act_is_done_once_and_each_desk_has_something_to_decide(demonstration: Path, sandbox: str) -> None:
    load()
    for account in Account.objects.open():
        polling.poll(account.pk)
    workers: Any = Workers()
    shift.work(workers)
    assert not workers.is_set()
    assert json.loads((demonstration / "shift.json").read_text()) == list(range(len(read("shift"))))
    undecided = Threat.objects.exclude(state=Threat.State.DECIDED)
    assert (undecided.count(), Threat.objects.count()) == (1, 2)
    for waiting in (
        Review.objects.filter(state=Review.State.WAITING),
        Appeal.objects.open(),
        Clearance.objects.filter(state=Clearance.State.ASKED),
        ReplyDraft.objects.filter(state=ReplyDraft.State.ASKED),
        Referral.objects.unfinished(),
        Proposal.objects.filter(state=Proposal.State.PROPOSED),
        AuditItem.objects.open(),
        SavedFilter.objects.all(),
    ):
        assert waiting.exists(), waiting.model
    assert Measure.objects.filter(verb=Measure.Verb.BAN).exists()
    assert Case.objects.filter(state=Case.State.WAITING).count() > 350
    grades = Grade.objects.count()
    shift.work(workers)
    assert Grade.objects.count() == grades
