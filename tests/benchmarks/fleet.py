"""`poll.fleet`: two hundred accounts are read by two workers, each within its interval, with hardly a call too many.

Fifty accounts a platform, each with twenty posts of the last twenty days, on the real sandbox over HTTP; beat and two
Celery workers as in `make run`. A fifth of the accounts is lively: comments keep coming there, one a second over all of
them, most under the three newest posts, some as replies. Of the others a tenth had something new a moment ago, a fifth
within the hour, three tenths within the day: so each is read at its own pace (`pace.rest`), as days after connecting.

**On time.** Beat looks every two seconds for what is due. An account is late that is read more than `GRACE` seconds
after the moment that `pace.rest` gave.

**The oracle** reads at the moments at which we read, and at each knows what is new since the reading before. It asks
what nobody can do without:

* the platform's lists, by which alone a reading can see that nothing is new (facts.md 1.2, 2.2, 3.2, 4.2). Facebook:
  the list of posts with the counts of comments. Instagram: the list of media with the same. X: our posts, mentions, and
  the search in as many queries of 512 characters as its conversations fill. YouTube: the threads in three passes. What
  has a slower pace of its own (tags, private messages, what stands beside a Page's posts) is asked at the moments at
  which we ask, one question each;
* one call for each post (Facebook, Instagram) in which something is new: on X, and of new threads on YouTube, the lists
  bring it along. Nothing here fills a second page. A reply to an old thread on YouTube, for which an oracle would ask
  at once, is not credited: we look for those every quarter of an hour.

The oracle never reads again what did not change, so that what we spend on finding edits and deletions (ruling 7), on
lists that overlap and on tries that failed counts against us. `calls_of_one_question` is what a stricter oracle asks,
which needs a single call to see that nothing is new: no platform but Facebook and Instagram answers that in one.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.benchmarks.machine import Machine
from tests.benchmarks.polled import Polled, Read, at_work, load, polled, seconds
from tests.benchmarks.report import Figure
from tests.benchmarks.towns import PLATFORMS, Town, comment_of, settle

ACCOUNTS = int(os.environ.get("BENCH_ACCOUNTS", "200"))
A_SECOND = 1.0  # comments that come, over all lively accounts
LIVELY = 5  # one account in so many
GRACE = 5.0  # seconds: a look of beat, and the way through the broker to a worker that may be busy
TARGET = 1.2
SETTLING = 20.0  # seconds of the usual, before anything is counted
# Calls of the sandbox's log that are readings of ours.
SLOW = ("get_account", "list_conversations", "list_messages", "list_tags")  # with a pace of their own
READS = {"list_posts", "list_comments", "list_replies", "list_mentions", "get_post", "get_comment", *SLOW}


@dataclass
class Said:
    """What somebody of the public wrote while we measured."""

    at: float
    town: Town
    post: str
    thread: str  # the comment that it answers; empty: the post
    remote_id: str


def fleet(machine: Machine, rows: int) -> Iterator[Figure]:
    """Whatever `rows` says: BENCH_SECONDS (240) and BENCH_ACCOUNTS (200) say how much."""
    from django.db import connection

    connection.close()
    with polled(machine) as unit:
        towns = settle(unit, ACCOUNTS, datetime.now(UTC))
        unit.watch()
        with at_work(unit):
            warm = _warm_up(unit, towns)
            feeding = _Feeding(unit, towns)
            feeding.start()
            time.sleep(SETTLING)
            unit.look_at_calls()
            began = time.time()
            while time.time() - began < seconds(240):
                time.sleep(min(10, seconds(240)))
                unit.look_at_calls()
            ended = time.time()
            feeding.stop()
        yield _figure(unit, towns, feeding.said, began, ended, warm)
    connection.close()


# --- until it is as on any day ---------------------------------------------------------------------------------------


def _warm_up(unit: Polled, towns: list[Town]) -> float:
    """Wait until each account was read once, then set each its pace, as some days later. Gives how long that took."""
    from django.db import connection

    from accounts.models import PollState

    begun = time.monotonic()
    while PollState.objects.filter(last_ok_at__isnull=True).exists():
        if time.monotonic() - begun > 600:
            raise TimeoutError("The accounts were not all read once within ten minutes.")
        time.sleep(0.5)
    took = time.monotonic() - begun
    ages = (0, 30, 30, 300, 300, 300, 3000, 3000, 3000, 3000)  # minutes since something new came, of quiet ones
    quiet = [town for number, town in enumerate(towns) if not _is_lively(number)]
    with connection.cursor() as cursor:
        for number, town in enumerate(quiet):
            # What nothing came to beside the posts for days is asked for more rarely (facebook_beside.QUIET).
            cursor.execute(
                "UPDATE accounts_pollstate SET last_new_at = now() - make_interval(mins => %s), "
                "next_at = now() + make_interval(secs => %s), memory = CASE WHEN memory ? 'beside' "
                "THEN jsonb_set(memory, '{beside,came}', to_jsonb(%s::float)) ELSE memory END "
                "WHERE account_id = %s AND lease_until IS NULL",
                [ages[number % len(ages)], number * 37 % 120, time.time() - 3 * 86_400, town.pk],
            )
    truth = {platform: unit.told("GET", f"/truth/{platform}")[platform]["comments"] for platform in PLATFORMS}
    by_id = {(town.platform, town.remote_id): town for town in towns}
    for platform, comments in truth.items():
        for name, one in comments.items():
            by_id[platform, one["account"]].threads.append((one["post"], name))
    return took


def _is_lively(number: int) -> bool:
    return number // len(PLATFORMS) % LIVELY == 0


class _Feeding(threading.Thread):
    """The public: comments under the posts of lively accounts, at times of chance."""

    def __init__(self, unit: Polled, towns: list[Town]) -> None:
        super().__init__(daemon=True)
        self.unit = unit
        self.lively = [town for number, town in enumerate(towns) if _is_lively(number)]
        self.said: list[Said] = []
        self.dice = random.Random(4)
        self.ending = threading.Event()

    def run(self) -> None:
        """One after the other, until told to stop."""
        while not self.ending.wait(self.dice.expovariate(A_SECOND * len(self.lively) / (ACCOUNTS / LIVELY))):
            town = self.dice.choice(self.lively)
            if self.dice.random() < 0.15:
                post, thread = self.dice.choice(town.threads)
            else:
                newest = self.dice.random() < 0.9
                post, thread = self.dice.choice(town.posts[:3] if newest else town.posts[3:14]), ""
            order = comment_of(town, post, "¿Cuándo abre la estación?", **({"parent": thread} if thread else {}))
            at = time.time()
            name = self.unit.told("POST", "/comments", order)["id"]
            self.said.append(Said(at, town, post, thread, name))

    def stop(self) -> None:
        """No more comments."""
        self.ending.set()
        self.join()


# --- what came of it -------------------------------------------------------------------------------------------------


def _figure(unit: Polled, towns: list[Town], said: list[Said], began: float, ended: float, warm: float) -> Figure:
    everything, waiting = unit.reads(ended)
    reads = [read for read in everything if read.began.timestamp() >= began]
    calls = [call for call in unit.calls if began <= call["at"] < ended]
    ours = Counter(f"{call['platform']} {call['call']}" for call in calls if call["call"] in READS)
    changed = [one for one in _changed(everything, said) if one[2] >= began]
    asked, one_question = _oracle(towns, reads, changed, ours)
    lateness = sorted(max(0.0, read.late) for read in reads)
    late = sum(one > GRACE for one in lateness)
    unread = sum(one > GRACE for one in waiting)
    missing, doubled = _missing(unit, said, everything)
    made, least = sum(ours.values()), sum(asked.values())
    ratio = made / least
    platforms = {
        name: round(sum(n for call, n in ours.items() if call.startswith(name)) / max(1, asked[name]), 3)
        for name in PLATFORMS
    }
    return Figure(
        name="poll.fleet",
        rows=len(towns),
        value=ratio,
        unit="calls, of those of an oracle that reads at the same moments",
        limit=1.0,
        naive=None,
        ratio_to_limit=ratio,
        ratio_to_naive=None,
        target=f"at most {TARGET} times the oracle's calls, every account within its interval, nothing missing",
        holds=ratio <= TARGET and late == 0 and unread == 0 and missing == 0 and doubled == 0,
        peak_memory_mb=0.0,
        more={
            "seconds": round(ended - began),
            "readings": len(reads),
            "calls": made,
            "calls_of_the_oracle": least,
            "calls_of_one_question": one_question,
            "ratio_to_one_question": made / one_question,
            "ratio_by_platform": platforms,
            "calls_by_name": dict(sorted(ours.items())),
            "other_calls": dict(
                Counter(f"{call['platform']} {call['call']}" for call in calls if call["call"] not in READS)
            ),
            "late": late,
            "lateness_p50_s": _part(lateness, 0.5),
            "lateness_p95_s": _part(lateness, 0.95),
            "lateness_max_s": _part(lateness, 1.0),
            "never_read_though_due": unread,
            "intervals_s": _intervals(reads),
            "comments_that_came": len(said),
            "comments_missing": missing,
            "comments_doubled": doubled,
            "first_readings_took_s": round(warm, 1),
            "load": load(),
        },
    )


def _part(ordered: list[float], part: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0


def _intervals(reads: list[Read]) -> dict[str, int]:
    """How many readings came after about so many seconds of rest."""
    return dict(sorted(Counter(str(round(read.interval)) for read in reads).items(), key=lambda one: int(one[0])))


def _oracle(
    towns: list[Town], reads: list[Read], changed: list[tuple[Town, str, float]], ours: Counter[str]
) -> tuple[Counter[str], int]:
    """The oracle's calls, by platform; and those of one that needs a single call to see that nothing is new."""
    by_key = {town.pk: town for town in towns}
    asked: Counter[str] = Counter()
    for read in reads:
        town = by_key[read.account]
        asked[town.platform] += _questions(town)
    beyond = [town.platform for town, *_ in changed if town.platform in ("facebook", "instagram")]
    asked.update(beyond)
    one_question = len(reads) + len(beyond)
    for name, number in ours.items():
        platform, _, call = name.partition(" ")
        if call in SLOW:
            asked[platform] += number
    return asked, one_question


def _questions(town: Town) -> int:
    """How many lists must be asked for to see that nothing is new."""
    if town.platform == "x":
        from accounts.platforms.api_client import YOUNG
        from accounts.platforms.x_api import time_of
        from accounts.platforms.x_polling import queries

        young = {name: time_of(name) for name in town.posts if time_of(name) > time.time() - YOUNG}
        return 2 + len(queries(town.handle, young))
    return 3 if town.platform == "youtube" else 1


def _changed(reads: list[Read], said: list[Said]) -> set[tuple[Town, str, float]]:
    """What the readings had to find, each once: account, post, and at which reading."""
    moments: dict[int, list[float]] = {}
    for read in reads:
        moments.setdefault(read.account, []).append(read.began.timestamp())
    found = set()
    for one in said:
        after = next((at for at in sorted(moments.get(one.town.pk, ())) if at >= one.at), None)
        if after is not None:
            found.add((one.town, one.post, after))
    return found


def _missing(unit: Polled, said: list[Said], reads: list[Read]) -> tuple[int, int]:
    """What was said before an account was last read and is not here, and what is here twice.

    A reply on YouTube does not bring its thread up: it is looked for every quarter of an hour.
    """
    from moderation.models import Comment

    last = {read.account: read.began.timestamp() for read in sorted(reads, key=lambda read: read.began)}
    due = [
        one for one in said if one.at < last.get(one.town.pk, 0) and not (one.town.platform == "youtube" and one.thread)
    ]
    here = Counter(Comment.objects.values_list("account_id", "remote_id"))
    return sum((one.town.pk, one.remote_id) not in here for one in due), sum(n > 1 for n in here.values())
