"""Two at once: of two changes of the membership, each right by itself, the second sees the first (E.1)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from members import chain, membership, positions
from members.models import Member
from members.powers import Position
from members.states import Invalid

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sop("E.1")]


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each of `works` gave or raised, all begun together, each with a connection of its own."""
    ready, answers = threading.Barrier(len(works)), [None] * len(works)

    def run(number: int) -> None:
        try:
            connection.ensure_connection()
            ready.wait(20)
            answers[number] = works[number]()
        except Exception as error:  # noqa: BLE001  (it is what the test looks at)
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def newcomer(superior: Member, digit: int, **other: Any) -> dict[str, Any]:
    return {
        "username": f"new{digit}",
        "number": f"900{digit}",
        "name": f"New {digit}",
        "email": f"new{digit}@bayside.example",
        "position": Position.OFFICER,
        "sworn": True,
        "reports_to": superior,
    } | other


@pytest.mark.parametrize("same", ["username", "number", "email"])
def test_of_two_who_add_the_same_one_is_told(commander, supervisor, same):
    value = {"username": "nwest", "number": "77", "email": "n@bayside.example"}[same]
    answers = at_once(
        *(
            lambda number=number: membership.invite(
                by=commander, **newcomer(supervisor, number, **{same: value.upper() if number else value})
            )
            for number in range(2)
        )
    )
    refused = [one for one in answers if isinstance(one, Invalid)]
    assert [one.field for one in refused] == [same], answers
    assert Member.objects.filter(state="invited").count() == 1


def test_two_changes_that_together_would_close_a_circle_are_one_change(
    commander, commanding_officer, supervisor, make_member
):
    other = make_member(Position.SUPERVISOR, name="Oto", reports_to=commanding_officer)

    def under(member: Member, superior: Member) -> Callable[[], None]:
        return lambda: positions.change_position(
            member, by=commander, position=Position.OFFICER, sworn=True, reports_to=superior, reason="Smaller unit."
        )

    answers = at_once(under(supervisor, other), under(other, supervisor))
    refused = [one for one in answers if one is not None]
    assert len(refused) == 1
    assert isinstance(refused[0], Invalid)
    assert "circle" in str(refused[0])


def test_of_two_who_join_with_one_link_one_does(commander, supervisor):
    _, token = membership.invite(by=commander, **newcomer(supervisor, 1))
    answers = at_once(
        *(lambda word=word: membership.accept(token, f"seven herons {word} the causeway") for word in "ab")
    )
    assert sorted(type(one).__name__ for one in answers) == ["Member", "NotOpen"]


def test_a_line_drawn_past_the_lock_is_refused_by_the_database_in_words(commander, commanding_officer, make_member):
    one, other = (make_member(Position.SUPERVISOR, reports_to=commanding_officer) for _ in range(2))

    def draw(member: Member, superior: Member) -> Callable[[], int]:
        def drawn() -> int:
            with chain.in_words():
                return Member.objects.filter(pk=member.pk).update(reports_to=superior)

        return drawn

    answers = at_once(draw(one, other), draw(other, one))
    assert sorted(type(answer).__name__ for answer in answers) == ["Invalid", "int"]
