"""`become`: person and moment are two questions, and of two people at once one wins (architecture.md, idea 2)."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import Account
from members.models import TrailEntry
from members.models.trail import one_act
from members.states import WrongState, record

State = Account.State


def trail(account: Account) -> list[tuple[str, str, str, str | None]]:
    entries = TrailEntry.objects.about(account).select_related("by").order_by("id")
    return [(entry.verb, entry.before, entry.after, entry.by and entry.by.name) for entry in entries]


def test_a_move_of_the_table_is_made_and_leaves_its_entry(facebook: Account, specialist: Any) -> None:
    facebook.become(State.NEEDS_RECONNECTING, verb="lose_token", by=specialist)
    assert Account.objects.get(pk=facebook.pk).state == facebook.state == State.NEEDS_RECONNECTING
    assert trail(facebook) == [("lose_token", "active", "needs_reconnecting", "Lovelie Moreau")]


def test_a_move_that_is_not_in_the_table_is_refused_and_leaves_nothing(facebook: Account) -> None:
    facebook.become(State.NEEDS_RECONNECTING, verb="lose_token", by=None)
    with pytest.raises(WrongState):
        facebook.become(State.NEEDS_RECONNECTING, verb="lose_token", by=None)
    assert facebook.state == State.NEEDS_RECONNECTING
    assert len(trail(facebook)) == 1


def test_who_acts_on_a_state_that_has_passed_learns_who_was_first(facebook: Account, supervisor: Any) -> None:
    stale = Account.objects.get(pk=facebook.pk)
    facebook.become(State.NEEDS_RECONNECTING, verb="lose_token", by=supervisor)
    with pytest.raises(WrongState) as refused:
        stale.become(State.NEEDS_RECONNECTING, verb="lose_token", by=None)
    assert str(refused.value) == "Amara Cole acted first (lose token). Look again, then decide."
    assert stale.state == State.ACTIVE, "the row in hand is as it was read"
    assert len(trail(facebook)) == 1


def test_what_was_looked_at_is_what_is_decided(facebook: Account) -> None:
    with pytest.raises(WrongState):
        facebook.become(State.NEEDS_RECONNECTING, verb="lose_token", by=None, expecting={"handle": "somebody-else"})
    facebook.become(
        State.NEEDS_RECONNECTING, verb="lose_token", by=None, expecting={"handle": "baysidepd"}, name="Closed"
    )
    assert Account.objects.get(pk=facebook.pk).name == facebook.name == "Closed"


def test_a_move_and_its_entry_stand_or_fall_together(facebook: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("members.states.record", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        facebook.become(State.NEEDS_RECONNECTING, verb="lose_token", by=None)
    assert Account.objects.get(pk=facebook.pk).state == State.ACTIVE


def test_of_two_at_once_one_wins_and_the_other_is_refused(
    transactional_db: None, facebook: Account, officer: Any, other_officer: Any
) -> None:
    together = threading.Barrier(2)

    def lose(member: Any) -> str:
        mine = Account.objects.get(pk=facebook.pk)
        together.wait()
        try:
            mine.become(State.NEEDS_RECONNECTING, verb="lose_token", by=member)
        except WrongState:
            return "refused"
        finally:
            connection.close()
        return "won"

    with ThreadPoolExecutor(2) as pair:
        outcomes = list(pair.map(lose, [officer, other_officer]))
    assert sorted(outcomes) == ["refused", "won"]
    assert len(trail(facebook)) == 1


def test_everything_one_click_does_bears_one_id(facebook: Account, x: Account) -> None:
    with one_act() as act:
        record("note", facebook, by=None)
        record("note", x, by=None)
    record("note", x, by=None)
    acts = list(TrailEntry.objects.filter(verb="note").order_by("id").values_list("act", flat=True))
    assert acts[0] == acts[1] == act
    assert acts[2] != act


def test_an_entry_names_its_decision_by_id_and_digest_and_holds_no_text(make_comment: Any, officer: Any) -> None:
    from moderation.models import RetainedRecord
    from moderation.models.cases import Decision

    comment = make_comment("A text that stays out of the trail", author="Marisol Peña")
    comment.case.grade_as(Decision(level=8, key="k", reason="a reason that stays out"), by=officer)
    retained = RetainedRecord.objects.get(comment=comment)
    entry = TrailEntry.objects.get(verb="retain")
    assert entry.decision_id == str(retained.pk)
    assert entry.decision_digest == bytes(retained.digest).hex()
    held = str(list(TrailEntry.objects.values()))
    assert "stays out" not in held
    assert "Marisol" not in held
