"""Deliveries and polls in whatever order and number: in the end what is stored is what stands there (B5, 5)."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Account
from moderation import webhooks
from moderation.intake import take_in
from moderation.models import Comment, WebhookWork
from tests.moderation.deliveries import change, page_body, send, stored
from tests.moderation.pages import a_page
from tests.moderation.truth import Truth

pytestmark = [pytest.mark.django_db, pytest.mark.sop("1.1", "C.11")]

NAMES = ("555_1", "555_2", "555_3")
ACTS = st.tuples(st.sampled_from(NAMES), st.sampled_from(["edit", "hide", "unhide", "remove", "add"]))
STEPS = st.one_of(
    ACTS.map(lambda act: ("act", act)),
    st.integers(0, 30).map(lambda number: ("deliver", number)),
    st.just(("poll", None)),
)


@dataclass
class Platform:
    """The truth, what it has told so far, and what of that was delivered already."""

    account: Account
    truth: Truth
    told: list[dict[str, Any]] = field(default_factory=list)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    ever: dict[str, str] = field(default_factory=dict)  # each comment that was ever there, and its last text
    number: int = 0

    def act(self, name: str, verb: str) -> None:
        """Somebody does something, if it can be done, and the platform tells of it."""
        here = self.truth.comments.get(name)
        self.number += 1
        if verb == "add" and name not in self.ever:
            self.truth.comments[name] = (f"text {self.number}", False)
        elif verb == "edit" and here:
            self.truth.comments[name] = (f"text {self.number}", here[1])
        elif verb in ("hide", "unhide") and here and here[1] != (verb == "hide"):
            self.truth.comments[name] = (here[0], verb == "hide")
        elif verb == "remove" and here:
            del self.truth.comments[name]
        else:
            return
        text = self.truth.comments.get(name, ("", False))[0]
        self.ever[name] = text or self.ever[name]
        body = page_body(change({"edit": "edited"}.get(verb, verb), name, text), at=time.time())
        self.told.append(body)
        self.waiting.append(body)

    def deliver(self, body: dict[str, Any]) -> None:
        """One delivery, and a worker."""
        assert send("facebook", body).status_code == 200
        webhooks.process_due()

    def poll(self) -> None:
        """What stands there now, as a reading shows it; absence is concluded from direct looks (ruling 7)."""
        take_in(self.account, a_page(*(self.truth.shown(name) for name in sorted(self.truth.comments))))

    def check(self) -> None:
        """What is stored is what stands there; what stood there once is kept, and gone."""
        found = stored(self.account)
        assert found.keys() == self.ever.keys()
        for name, (text, sight, state) in found.items():
            if name in self.truth.comments:
                said, hidden = self.truth.comments[name]
                assert (text, sight == "hidden", state) == (said, hidden, "waiting"), name
            else:
                assert (sight, state) == ("gone", "gone"), name


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("moderation.live.delivered", lambda: None)


def test_in_whatever_order_deliveries_and_polls_come_the_end_is_the_truth(facebook: Account) -> None:
    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(STEPS, min_size=3, max_size=25), st.randoms(use_true_random=False))
    def play(steps: list[tuple[str, Any]], chance: random.Random) -> None:
        savepoint = transaction.savepoint()
        with Truth().in_place() as truth:
            platform = Platform(facebook, truth)
            for step, said in steps:
                if step == "act":
                    platform.act(*said)
                elif step == "poll":
                    platform.poll()
                elif platform.told:
                    body = platform.told[said % len(platform.told)]  # perhaps for the second time
                    platform.waiting = [one for one in platform.waiting if one is not body]
                    platform.deliver(body)
            late = platform.waiting + chance.sample(platform.told, len(platform.told) // 2)
            chance.shuffle(late)
            for body in late:
                platform.deliver(body)
            platform.check()
        transaction.savepoint_rollback(savepoint)

    play()


def test_hundreds_of_events_out_of_order_end_in_the_truth(facebook: Account) -> None:
    chance = random.Random(5)
    with Truth().in_place() as truth:
        platform = Platform(facebook, truth)
        names = [f"555_{number}" for number in range(80)]
        while len(platform.told) < 400:
            platform.act(chance.choice(names), chance.choice(["add", "edit", "hide", "unhide", "edit", "remove"]))
        bodies = platform.told + platform.told[::10]
        chance.shuffle(bodies)
        for body in bodies:
            send("facebook", body)
        webhooks.process_due()
        platform.check()
    assert not WebhookWork.objects.exclude(state="done").exists()


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_end_in_the_truth(facebook: Account) -> None:
    chance = random.Random(11)
    with Truth().in_place() as truth:
        platform = Platform(facebook, truth)
        while len(platform.told) < 120:
            platform.act(chance.choice([*NAMES, "555_4", "555_5"]), chance.choice(["add", "edit", "hide", "unhide"]))
        for name in NAMES:
            platform.act(name, "remove")
        chance.shuffle(platform.told)
        for body in platform.told:
            send("facebook", body)
        together = [threading.Thread(target=_work) for _ in range(6)]
        for one in together:
            one.start()
        for one in together:
            one.join()
        platform.check()
    assert not WebhookWork.objects.exclude(state="done").exists()
    assert Comment.objects.count() == 5


def _work() -> None:
    try:
        webhooks.process_due()
    finally:
        connection.close()


def test_a_delivery_that_was_told_hours_ago_is_late_news(facebook: Account) -> None:
    with Truth().in_place() as truth:
        truth.comments["555_1"] = ("As it stands.", False)
        take_in(facebook, a_page(truth.shown("555_1")))
        hours_ago = (timezone.now().timestamp()) - 5 * 3600
        send("facebook", page_body(change("edited", text="As it stood."), at=hours_ago))
        webhooks.process_due()
    assert stored(facebook)["555_1"][0] == "As it stands."
