"""A worker killed at each step of a message, of a notice, of a post of ours: said once, and never lost (ruling 26)."""

import itertools
import time

import pytest

from accounts.kinds import read_order
from accounts.orders import carry_out
from accounts.platforms.contract import Author
from accounts.reconciling import Reconciler
from content.manuscript import Version
from moderation import measures
from tests.content.acts import ordered as approved
from tests.content.acts import showing
from tests.content.pictures import in_library, photo, saved, video
from tests.faults.ground import CARRYING, Tally, dies_at
from tests.moderation.acts import grade, turn_back, work

SPOKEN = ("facebook", "instagram", "x")  # YouTube has no private messages
PUBLISHED = ("facebook", "x", "instagram", "youtube")
authors = itertools.count(4_400_001)


@pytest.fixture
def message(ground):
    """Orders a private message to somebody new; gives the order, what kind of thing it makes, its text."""

    def ordered(number):
        account = ground.accounts[SPOKEN[number % len(SPOKEN)]]
        author = str(next(authors))
        known = {"id": author, "name": f"Poster {author}"}
        post = f"{account.remote_id}_post"
        remote = ground.stage.comment(account, "@baysidepd When do you open?", post, author=known)
        comment = ground.make_comment(account=account, remote_id=remote, author=Author(author, known["name"]))
        grade(comment, 3, ground.officer)
        text = f"Call us at 311 ({author})."
        return measures.message(comment, text, by=ground.officer, key=f"message-{author}"), "comments", text

    return ordered


@pytest.fixture
def notice(ground, prepared_texts):
    """Hides a level 7 of somebody new and orders the notice of it; gives the same."""

    def ordered(number):
        account = ground.accounts[("facebook", "x")[number % 2]]  # elsewhere it goes as a reply, before the hide
        author = str(next(authors))
        known = {"id": author, "name": f"Poster {author}"}
        post = f"{account.remote_id}_post"
        remote = ground.stage.comment(account, "@baysidepd Vile words.", post, author=known)
        comment = ground.make_comment(account=account, remote_id=remote, author=Author(author, known["name"]))
        grade(comment, 7, ground.officer)
        work(comment)
        measure = comment.measures.get()
        return measure, "comments", measure.text

    return ordered


@pytest.fixture
def publish(ground, commander, live_server, settings, tmp_path):
    """Orders a post: a text alone where that is taken, a photo for Instagram, a video for YouTube; gives the same."""
    settings.UNIT_URL = live_server.url  # Instagram fetches the photo
    shown = {
        "instagram": in_library(saved(photo()), "coffee.jpg", ground.officer),
        "youtube": in_library(video(tmp_path / "coffee.mp4"), "coffee.mp4", ground.officer),
    }

    def ordered(number):
        account = ground.accounts[PUBLISHED[number % len(PUBLISHED)]]
        text = f"Coffee with a Cop, number {next(authors)}."
        more = {"versions": (Version(account.pk, title="Coffee"),), "text": text}
        if account.platform in shown:
            more["pictures"] = showing(shown[account.platform])
        return approved(account, by=ground.officer, commander=commander, **more), "posts", text

    return ordered


def anew(order):
    return read_order(order._meta.label, order.pk)


def finish(orders, seconds=60.0):
    """Let a reconciler in this process end them, the clock turned on for it."""
    watch = Reconciler(hint=lambda order: carry_out(anew(order)) or True)
    kind = type(orders[0])
    unended = kind.objects.filter(pk__in=[one.pk for one in orders], state__in=["waiting", "sending", "uncertain"])
    until = time.monotonic() + seconds
    while unended.exists() and time.monotonic() < until:
        turn_back(unended, kind.lease.total_seconds())
        watch.hinted.clear()
        watch.look()
    watch.close()


def killed(ground, ordered, name, step, rounds):
    """Kill so many workers at one step, finish, and hold the platforms' truth against what was ordered."""
    tally = Tally(f"kill {name} at {step}")
    made = []
    for number in range(rounds):
        order, kind, text = ordered(number)
        tally.injected += dies_at(step, lambda: carry_out(anew(order)))  # noqa: B023
        made.append((order, kind, text))
    finish([order for order, *_ in made])
    truth = ground.stage.control.get("/truth").json()
    for order, kind, text in made:
        stands = [one for one in truth[order.account.platform][kind].values() if one["text"] == text]
        tally.lost_acts += not stands or anew(order).state != "done"
        tally.doubled_effects += max(0, len(stands) - 1)
    tally.acts = len(made)
    return tally


@pytest.mark.sop("1.FB", "1.IG", "1.X", "4.S")
@pytest.mark.parametrize("name", ["message", "notice", "publish"])
def test_a_worker_killed_at_any_step_says_it_once(ground, request, name):
    rounds = {"publish": 2 * len(PUBLISHED)}.get(name, 6)
    for step in CARRYING:
        tally = killed(ground, request.getfixturevalue(name), name, step, rounds)
        assert (tally.injected, tally.acts, tally.holds) == (rounds, rounds, True), tally.line()


@pytest.mark.long
@pytest.mark.parametrize("name", ["message", "notice", "publish"])
def test_a_hundred_workers_killed_at_each_step_say_it_once(ground, request, tell, name):
    for step in CARRYING:
        tell(killed(ground, request.getfixturevalue(name), name, step, 100))
