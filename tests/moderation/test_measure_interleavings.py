"""Orders, proposals, grades, suspensions, faults and deaths in whatever order (the plays of measure_plays.py)."""

import pytest

from accounts.models import Role
from tests.moderation.measure_plays import World, play


@pytest.fixture
def world(
    make_comment,
    make_member,
    officer,
    commander,
    supervisor,
    other_officer,
    legal_adviser,
    facebook,
    hand_over,
    app_connection,
    settings,
    no_hints,
):
    settings.UNDO_SECONDS = 2
    app_connection.autocommit = True
    hand_over(commander, other_officer, "administer_accounts")

    def somebody_who_leaves():
        member = make_member()
        Role.objects.create(account=facebook, member=member, kind=Role.Kind.EDITOR)
        return member

    members = [officer, commander, supervisor, other_officer, legal_adviser]
    return World(members, somebody_who_leaves, make_comment, app_connection)


@pytest.mark.sop("1.FB", "4.L6", "4.L8", "4.R")
def test_in_whatever_order_it_happens_nobody_is_written_to_twice_and_two_want_what_goes(world):
    play(world, 20, derandomize=True)
