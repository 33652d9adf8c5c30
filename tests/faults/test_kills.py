"""A worker, or the process that a member clicked in, killed at each step of a hide and of a reply (ruling 26)."""

import pytest

from moderation.models import CommentOrder
from tests.faults.ground import finish, kill_rounds, steps_of

ROUNDS = 10


@pytest.mark.sop("4.R", "4.L7", "4.L8")
@pytest.mark.parametrize("verb", ["hide", "reply"])
def test_whoever_is_killed_at_any_step_loses_nothing_and_doubles_nothing(ground, verb):
    for step in steps_of(verb):
        before = ground.hides_so_far()
        tally, deaths = kill_rounds(ground, verb, step, ROUNDS)
        comments = [order.comment for order in CommentOrder.objects.filter(comment__in=deaths)]
        finish(comments)
        ground.judge(tally, comments, verb, before)
        assert (tally.injected, tally.acts, tally.holds) == (ROUNDS, ROUNDS, True), tally.line()
