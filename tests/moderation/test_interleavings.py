"""Acts, faults, deaths and edits in whatever order: what was decided is what is true (the plays of plays.py)."""

import pytest

from tests.moderation.plays import World, play


@pytest.mark.sop("4.R", "4.L1", "4.L2", "4.L3", "4.L6", "4.L7", "4.L8")
def test_in_whatever_order_it_happens_what_was_decided_is_what_is_true(
    make_comment, officer, other_officer, commanding_officer, app_connection, settings, no_hints
):
    settings.UNDO_SECONDS = 2
    app_connection.autocommit = True
    world = World([officer, other_officer, commanding_officer], make_comment, app_connection)
    play(world, 40, derandomize=True)
