"""`publish.burst`: 500 posts due in the same minute over 40 accounts, while one call in ten fails.

Ten accounts a platform on the real sandbox over HTTP, with the unit's own workers, beat, reconciler and web server, as
in `make run`. Everything is written, rendered and approved before, by the product's verbs:
texts on Facebook, a photo on X and Instagram, a short video on YouTube. Meanwhile the accounts are polled.

What stands on the platforms decides (`/_sandbox/truth`): each post stands there once, with the very files that were
approved; and nearly as many calls must have failed as were to fail. How late it was is what the order says: from the
minute for which it was approved to the recorded answer.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.benchmarks.machine import Machine
from tests.benchmarks.poll_faults import FAULTS as ALL_FAULTS
from tests.benchmarks.poll_faults import officers_of_all
from tests.benchmarks.polled import OFF_THE_RECORD, Polled, at_work, load, polled
from tests.benchmarks.report import Figure
from tests.benchmarks.towns import PLATFORMS, Town, settle
from tests.benchmarks.web import server

ACCOUNTS = 40
POSTS = int(os.environ.get("BENCH_POSTS", "500"))
SHARE = 0.1
LEAST_SHARE = 0.08  # of the calls: with fewer failures the figure would say nothing
LIMIT = 60.0  # seconds
AHEAD = timedelta(seconds=float(os.environ.get("BENCH_AHEAD", "120")))  # to write and approve it all
LONGEST = 240.0
TICK = 0.05
# Without a platform's own wish to wait: Meta's is told in whole minutes, so that it alone is as long as the limit.
FAULTS = tuple(one for one in ALL_FAULTS if one[1] != "429")
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:01.000\nNo words.\n"


def burst(machine: Machine, rows: int) -> Iterator[Figure]:
    """Whatever `rows` says: BENCH_POSTS says how many."""
    from django.conf import settings
    from django.db import connection

    import smu.celery  # noqa: F401  (orders are hinted to the workers from here)

    connection.close()
    os.environ["MEDIA_ROOT"] = settings.MEDIA_ROOT = str(machine.places.data / "media")
    with polled(machine) as unit, server(machine) as port:
        unit.environment["UNIT_URL"] = f"http://localhost:{port}"
        towns = settle(unit, ACCOUNTS, datetime.now(UTC))
        _without_limits(unit, towns)
        due = _approved(towns)
        with at_work(unit, urgent=True):
            time.sleep(max(0.0, (due - datetime.now(UTC)).total_seconds() - 1))
            unit.look_at_calls()
            injected = _until_all_is_out(unit)
        yield _figure(unit, towns, due, injected)
    connection.close()


def _without_limits(unit: Polled, towns: list[Town]) -> None:
    """What a platform takes of an account in a day is a wall of its own, and none of this figure's."""
    for town in towns:
        told = {"handle": town.handle, "name": town.handle, "page_id": town.page_id, "tier": "enterprise"}
        secrets = {"access_token": f"{OFF_THE_RECORD} {town.remote_id}", "refresh_token": "unused"}
        if town.platform in ("x", "youtube"):
            secrets |= {"client_id": f"app of {town.remote_id}", "client_secret": OFF_THE_RECORD}
        unit.told("PUT", f"/accounts/{town.platform}/{town.remote_id}", told | secrets | {"rate_limit": {"*": 10**7}})


def _members() -> tuple[Any, Any, Any]:
    from members.models import Member
    from members.powers import Position

    author = officers_of_all()[0]
    fields = {"number": "specialist", "name": "Specialist", "position": Position.SPECIALIST, "sworn": True}
    reviewer = Member.objects.create_user("specialist", email="specialist@bayside.example", **fields)
    return author, reviewer, Member.objects.get(position=Position.COMMANDER)  # who approved the accounts


def _pictures(author: Any) -> tuple[Any, Any]:
    """A photo and a video of the library, rendered once for each platform: the items take what is there."""
    from content.manuscript import Picture
    from content.media import rendering
    from tests.content.pictures import in_library, photo, saved, video

    with tempfile.TemporaryDirectory() as place:
        film = in_library(video(Path(place) / "film.mp4"), "film.mp4", author)
    shot = in_library(saved(photo(1280, 960)), "park.jpg", author)
    for asset, platforms in ((shot, ("x", "instagram")), (film, ("youtube",))):
        for platform in platforms:
            rendering.render(asset, Picture(asset.pk, alt="The park."), platform)
    return shot, film


def _approved(towns: list[Town]) -> datetime:
    """Items over all accounts until there are enough posts, each due at the same moment; gives that."""
    from accounts.models import Account
    from content.manuscript import Picture, Version
    from content.models import PublicationOrder
    from tests.content.acts import approve, manuscript, submitted

    author, reviewer, commander = _members()
    shot, film = _pictures(author)
    accounts = list(Account.objects.filter(pk__in=[town.pk for town in towns]).order_by("pk"))
    shows: dict[str, tuple[int, ...]] = {"x": (shot.pk,), "instagram": (shot.pk,), "youtube": (film.pk,)}
    due = (datetime.now(UTC) + AHEAD).replace(microsecond=0)
    left, number = POSTS, 0
    while left > 0:
        number += 1
        chosen = accounts[:left]
        left -= len(chosen)
        versions = tuple(
            Version(one.pk, title=f"Coffee {number}", pictures=shows.get(one.platform, ())) for one in chosen
        )
        plain = manuscript()
        item = submitted(
            by=author,
            reviewer=reviewer,
            text=f"Coffee with a Cop, the {number}th of today.",
            versions=versions,
            pictures=(Picture(shot.pk, alt="The park."), Picture(film.pk, alt="The park, moving.", captions=CAPTIONS)),
            criteria=plain.criteria,
            starts_at=due,
            ends_at=due + timedelta(hours=1),
        )
        approve(item, by=commander)
    made = PublicationOrder.objects.count()
    if made != POSTS or datetime.now(UTC) > due:
        raise RuntimeError(f"{made} posts were approved, {(datetime.now(UTC) - due).total_seconds():.0f} s too late.")
    return due


def _until_all_is_out(unit: Polled) -> Counter[str]:
    """Spoil one call in ten until nothing waits any more; how many of each fault."""
    from content.models import PublicationOrder

    dice, calls, injected = random.Random(300), Counter[str](), Counter[tuple[str, str]]()
    left = PublicationOrder.objects.filter(state__in=["waiting", "sending", "uncertain"])
    until = time.monotonic() + LONGEST
    while left.exists() and time.monotonic() < until:
        for call in unit.look_at_calls():
            calls[call["platform"]] += 1
        for platform in PLATFORMS:
            so_far = sum(times for (where, _), times in injected.items() if where == platform)
            while calls[platform] * SHARE - so_far > dice.random():
                _, fault, more = dice.choices(FAULTS, [weight for weight, *_ in FAULTS])[0]
                unit.told("POST", "/faults", {"platform": platform, "call": "*", "fault": fault, "times": 1, **more})
                injected[platform, fault] += 1
                so_far += 1
        time.sleep(TICK)
    unit.told("DELETE", "/faults")
    told = Counter[str]()
    for (_, fault), times in injected.items():
        told[fault] += times
    told["calls"] = sum(calls.values())
    return told


def _figure(unit: Polled, towns: list[Town], due: datetime, injected: Counter[str]) -> Figure:
    from content.models import PublicationOrder

    orders = list(
        PublicationOrder.objects.select_related("account", "publication").prefetch_related("publication__files")
    )
    there = _on_the_platforms(unit)
    doubled = missing = altered = 0
    for order in orders:
        stands = there[order.account.platform, order.account.remote_id, order.text]
        approved = [file.digest for file in order.publication.files.all()]
        doubled += max(0, len(stands) - 1)
        missing += not stands
        altered += any(files != approved for files in stands)
    last = sorted(orders, key=lambda one: -_late(one, due))
    late = [_late(one, due) for one in reversed(last)]
    attempts = Counter(one.attempts for one in orders)
    faults = sum(injected.values()) - injected["calls"]
    enough = faults >= LEAST_SHARE * injected["calls"]
    return Figure(
        name="publish.burst",
        rows=len(orders),
        value=late[-1],
        unit="s after the minute it was approved for, the last",
        limit=LIMIT,
        naive=None,
        ratio_to_limit=late[-1] / LIMIT,
        ratio_to_naive=None,
        target=f"each once, none later than {LIMIT:.0f} s, with two workers and {SHARE:.0%} of calls failing",
        holds=late[-1] <= LIMIT and not doubled and not missing and not altered and enough,
        peak_memory_mb=0.0,
        more={
            "accounts": len(towns),
            "p50_s": late[len(late) // 2],
            "p95_s": late[int(len(late) * 0.95)],
            "last": [(one.account.platform, one.attempts, round(_late(one, due), 1)) for one in last[:5]],
            "doubled": doubled,
            "missing": missing,
            "altered": altered,
            "states": dict(Counter(str(one.state) for one in orders)),
            "not_out": [(one.account.platform, one.outcome_code, one.outcome) for one in orders if one.state != "done"],
            "attempts": {str(times): count for times, count in sorted(attempts.items())},
            "calls": injected["calls"],
            "share_of_faults": round(faults / max(1, injected["calls"]), 3),
            "load": load(),
        },
    )


def _late(order: Any, due: datetime) -> float:
    return (order.done_at - due).total_seconds() if order.done_at else LONGEST


def _on_the_platforms(unit: Polled) -> dict[tuple[str, str, str], list[list[str]]]:
    """By platform, account and text: the digests of the files of each post that stands there."""
    found = defaultdict[tuple[str, str, str], list[list[str]]](list)
    for platform in PLATFORMS:
        for post in unit.told("GET", f"/truth/{platform}")[platform]["posts"].values():
            if not post.get("deleted"):
                files = [one["sha256"] for one in post["attachments"] if one.get("sha256")]
                found[platform, post["account"], str(post["text"])].append(files)
    return found
