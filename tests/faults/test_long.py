"""The long runs of `make faults`: each step a hundred times, the platforms' bad days, dead workers, a dead broker."""

import random
import time

import pytest
from django.utils import timezone

from moderation.models import Comment, CommentOrder
from tests.faults.ground import Tally, kill_rounds, steps_of
from tests.faults.processes import Processes, latencies, wait_for

pytestmark = pytest.mark.long

ROUNDS = 100


@pytest.fixture
def processes(ground, tmp_path):
    with Processes(tmp_path).running() as processes:
        yield processes


@pytest.fixture
def hinted(processes, monkeypatch):
    """The processes, with every order hinted to their broker as it is given."""
    monkeypatch.setattr("accounts.hints.hint", processes.hint)
    return processes


def acts(ground, verb, comments):
    for comment in comments:
        ground.act(comment, verb, key=f"{verb}-{comment.pk}")
        yield comment


@pytest.mark.parametrize("verb", ["hide", "reply"])
def test_killed_at_every_step(ground, processes, tell, verb):
    killed, before = [], ground.hides_so_far()
    for step in steps_of(verb):
        killed.append(kill_rounds(ground, verb, step, ROUNDS))
    wait_for(Comment.objects.all())
    for tally, deaths in killed:
        orders = CommentOrder.objects.filter(comment__in=deaths)
        tally.recoveries = [
            max(0.0, ((order.done_at or timezone.now()) - deaths[order.comment_id]).total_seconds()) for order in orders
        ]
        comments = list(Comment.objects.filter(pk__in=deaths).select_related("account"))
        ground.judge(tally, comments, verb)
        tell(tally)
    whole = Tally(f"all of these: {verb} told once", injected=sum(tally.injected for tally, *_ in killed))
    everything = list(Comment.objects.select_related("account"))
    ground.judge(whole, everything, verb, before)
    tell(whole)


FAULTS = {
    "applied_then_timeout": {"seconds": 0.2},
    "cut": {},
    "500": {},
    "garbage": {},
    "truncated": {},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_platform_that_answers_badly(ground, hinted, tell, fault):
    """Each write meets the fault once, and every third question afterwards a 500."""
    tally = Tally(f"platform: {fault}")
    comments = ground.comments(ROUNDS)
    for verb, half in (("hide", comments[::2]), ("reply", comments[1::2])):
        for comment in half:
            ground.stage.fault(comment.account, fault, call=verb, times=1, **FAULTS[fault])
            tally.injected += 1
        list(acts(ground, verb, half))
    wait_for(comments)
    tally.recoveries = latencies(comments)
    for verb, half in (("hide", comments[::2]), ("reply", comments[1::2])):
        ground.judge(tally, half, verb)
    tell(tally)


def test_a_platform_of_which_three_calls_in_ten_fail(ground, hinted, tell):
    tally = Tally("platform: 500 on 30 % of all calls")
    dice = random.Random(30)
    comments = ground.comments(ROUNDS)
    for comment in acts(ground, "hide", comments):
        if dice.random() < 0.3:
            ground.stage.fault(comment.account, "500", call="*", times=1)
            tally.injected += 1
    wait_for(comments)
    tally.recoveries = latencies(comments)
    ground.judge(tally, comments, "hide")
    tell(tally)


def test_a_platform_that_asks_for_pauses(ground, hinted, tell):
    tally = Tally("platform: 429 with a reset of one second, on X")
    comments = ground.comments(20, platforms=("x",))
    for comment in acts(ground, "hide", comments):
        ground.stage.fault(comment.account, "429", call="hide", times=1, reset=1)
        tally.injected += 1
    wait_for(comments)
    ground.stage.heal()
    tally.recoveries = latencies(comments)
    ground.judge(tally, comments, "hide")
    tell(tally)


def test_level_8_with_everything_up(ground, hinted, tell):
    tally = Tally("level 8, broker and worker up: seconds from click to hidden")
    comments = ground.comments(ROUNDS)
    before = ground.hides_so_far()
    for _ in acts(ground, "hide", comments):
        time.sleep(0.02)
    wait_for(comments)
    tally.recoveries = latencies(comments)
    ground.judge(tally, comments, "hide", before)
    tell(tally)


@pytest.mark.parametrize("verb", ["hide", "reply"])
def test_a_worker_killed_again_and_again_under_load(ground, hinted, tell, verb):
    tally = Tally(f"worker killed (SIGKILL to its group) every 20 acts: {verb}")
    comments = ground.comments(ROUNDS)
    for number, _ in enumerate(acts(ground, verb, comments)):
        if number % 20 == 10:
            hinted.kill(hinted.worker)
            tally.injected += 1
            hinted.worker.spawn()
    tally.more["seconds_to_the_last_outcome_after_the_last_kill"] = round(wait_for(comments), 1)
    tally.recoveries = latencies(comments)
    ground.judge(tally, comments, verb)
    tell(tally)


@pytest.mark.parametrize("verb", ["hide", "reply"])
def test_a_broker_that_forgets(ground, hinted, tell, verb):
    tally = Tally(f"Redis killed (no persistence) and started anew, and FLUSHALL: {verb}")
    comments = ground.comments(ROUNDS)
    for number, _ in enumerate(acts(ground, verb, comments)):
        if number % 25 == 5:
            hinted.kill(hinted.broker)
            tally.injected += 1
        elif number % 25 == 12:
            hinted.start(hinted.broker)
        elif number % 25 == 20:
            hinted.forget()
            tally.injected += 1
    hinted.forget()
    tally.more["seconds_to_the_last_outcome"] = round(wait_for(comments), 1)
    tally.recoveries = latencies(comments)
    ground.judge(tally, comments, verb)
    tell(tally)


def test_level_8_with_the_broker_down(ground, hinted, tell):
    tally = Tally("level 8 with the broker down: seconds from click to hidden", injected=1)
    hinted.kill(hinted.broker)
    comments = ground.comments(40)
    for _ in acts(ground, "hide", comments):
        time.sleep(0.1)
    wait_for(comments)
    tally.recoveries = latencies(comments)
    ground.judge(tally, comments, "hide")
    tell(tally)
