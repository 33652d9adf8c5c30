"""Members, workers and polls on the same few comments at the same moment, each on a connection of its own.

The interleavings of moderation/plays.py happen one step at a time; here the database's locks are put to the test.
"""

import hashlib
import random
import threading
import time
import uuid

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.orders import carry_out
from accounts.platforms.contract import RemoteComment, Sight
from members.states import Invalid, Refused, WrongState
from moderation.changes import Look, follow
from moderation.models import CommentOrder, QueueEntry
from moderation.models.queue import Taken
from tests.faults.ground import Tally
from tests.moderation.acts import SOURCE, case_of, decision, order_with
from tests.moderation.at_rest import check, come_to_rest
from tests.moderation.plays import World, play
from tests.pretended import Pretended

REFUSALS = (Refused, WrongState, Invalid, Taken, QueueEntry.DoesNotExist)
FAULTS = ["", "", "", "lost", "applied", "unreachable", "refused", "not_possible"]


def member_acts(dice, comments, by):
    """Whatever a member may do next, by the page as it is or was a moment ago."""
    comment = dice.choice(comments)
    case = case_of(comment)
    key = uuid.uuid4().hex
    match dice.randrange(8):
        case 0 | 1 | 2 | 3:
            filled = decision(comment, dice.choice([1, 2, 3, 6, 7, 8]), key=key, reason="Looked at again.")
            time.sleep(dice.random() / 100)
            case.grade_as(filled, by=by)
        case 4:
            case.undo(by=by)
        case 5:
            case.reply(f"Answer {key}.", by=by, key=key, rests=SOURCE)
        case 6:
            case.address(by=by, reason="By telephone.")
        case 7:
            QueueEntry.claim(comment.pk, by=by)


def a_person_looks_after_orders(dice, comments, by):
    order = CommentOrder.objects.filter(comment__in=comments, state__in=["by_hand", "failed", "waiting"]).order_by("?")[
        :1
    ]
    for one in order:
        getattr(one, dice.choice(["retry", "withdraw"]))(by=by)


def a_worker_works(dice, comments, by):
    for order in CommentOrder.objects.filter(comment__in=comments, state__in=CommentOrder.UNENDED).order_by("?")[:2]:
        CommentOrder.objects.filter(pk=order.pk).exclude(state="sending").update(not_before=timezone.now())
        carry_out(order_with(order.pk))


def a_poll_reads(dice, comments, by, platform):
    comment = dice.choice(comments)
    sight = Sight.HIDDEN if comment.remote_id in platform.hidden else Sight.VISIBLE
    text = f"Edited {uuid.uuid4().hex}." if dice.random() < 0.2 else case_of(comment).text
    look = Look(
        RemoteComment(comment.remote_id, text, sight=sight), hashlib.sha256(text.encode()).digest(), timezone.now()
    )
    with transaction.atomic():
        follow(comment.pk, look, lambda _: {})


def storm(comments, members, platform, seconds, seed):
    """Everybody at once; gives how much was done and what nobody expected."""
    until, done, unexpected = time.monotonic() + seconds, [], []

    def keep_on(act, by, seed):
        dice = random.Random(seed)
        try:
            while time.monotonic() < until and not unexpected:
                if dice.random() < 0.1:
                    platform.faults = [dice.choice(FAULTS)]
                try:
                    act(dice, comments, by)
                    done.append(act.__name__)
                except REFUSALS:
                    pass
        except Exception as error:  # noqa: BLE001  (it is what the test looks at)
            unexpected.append(error)
        finally:
            connection.close()

    def reads(dice, comments, by):
        a_poll_reads(dice, comments, by, platform)

    roles = [(member_acts, by) for by in members] + [(a_worker_works, None)] * 3
    roles += [(a_person_looks_after_orders, members[0]), (reads, None)]
    threads = [threading.Thread(target=keep_on, args=(*role, seed + number)) for number, role in enumerate(roles)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done, unexpected


@pytest.fixture
def sky(transactional_db, make_comment, officer, other_officer, supervisor, settings, no_hints):
    """Three comments, three members, a platform."""
    settings.UNDO_SECONDS = 0
    with Pretended().in_place() as platform:
        comments = [make_comment(platform=name) for name in ("facebook", "instagram", "youtube")]
        yield comments, [officer, other_officer, supervisor], platform


def weather(sky, seconds, seed):
    comments, members, platform = sky
    done, unexpected = storm(comments, members, platform, seconds, seed)
    assert not unexpected, unexpected
    platform.faults = []
    come_to_rest(comments)
    for comment in comments:
        check(comment, platform)
    return done


@pytest.mark.sop("4.R", "4.L7", "4.L8")
def test_a_short_storm_leaves_everything_true(sky):
    assert weather(sky, 5, seed=8)


@pytest.mark.long
def test_a_long_storm_leaves_everything_true(sky, tell):
    done = weather(sky, 60, seed=time.time_ns())
    tell(Tally("storm: members, workers and polls at once on three comments", acts=len(done)))


@pytest.mark.long
def test_many_more_plays_end_true(
    make_comment, officer, other_officer, commanding_officer, app_connection, settings, no_hints, tell
):
    settings.UNDO_SECONDS = 2
    app_connection.autocommit = True
    play(World([officer, other_officer, commanding_officer], make_comment, app_connection), 100, derandomize=False)
    tell(Tally("plays: a hundred interleavings not played before", acts=100))
