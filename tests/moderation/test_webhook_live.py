"""From the sandbox to the queue without a poll: the real sender, callback, and workers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from django.conf import settings as unit_settings

from accounts import subscribing
from accounts.models import Account, Credential, WebhookSubscription
from moderation import webhooks
from moderation.models import Case, Comment, WebhookDelivery, WebhookWork
from tests.live import LiveUnit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sop("1.1", "C.11")]

FIELDS = {
    "facebook": ["feed", "mention", "messages"],
    "instagram": ["comments", "mentions", "messages"],
    "x": ["post.create", "post.mention.create", "post.reply.create", "post.delete", "dm.received"],
}
INES = {"id": "77001", "name": "Ines", "handle": "ines"}


class Stage:
    """The sandbox's control, with the three accounts subscribed to this unit's callbacks."""

    def __init__(self, control: httpx.Client, accounts: dict[str, Account]) -> None:
        self.control, self.accounts = control, accounts
        self.posts = {platform: self.add("/posts", platform, text="Coffee with a Cop") for platform in FIELDS}

    def add(self, path: str, platform: str, **told: Any) -> str:
        order = {"platform": platform, "account": self.accounts[platform].remote_id, **told}
        answer = self.control.post(path, json=order)
        answer.raise_for_status()
        return str(answer.json()["id"])

    def comment(self, platform: str, text: str, **told: Any) -> str:
        return self.add("/comments", platform, text=text, post=self.posts[platform], author=INES, **told)

    def misbehave(self, platform: str, way: str, times: int = 1, seconds: float = 0.5) -> None:
        order = {"platform": platform, "way": way, "times": times, "seconds": seconds}
        self.control.post("/misbehaviours", json=order).raise_for_status()


@pytest.fixture
def stage(live_unit: LiveUnit, accounts: dict[str, Account]) -> Iterator[Stage]:
    with httpx.Client(base_url=f"{live_unit.sandbox}/_sandbox", timeout=10) as control:
        app = unit_settings.PLATFORM_APPS["facebook"]
        for platform, fields in FIELDS.items():
            account = accounts[platform]
            told = {"handle": account.handle, "name": account.name, "page_id": account.page_id, "tier": account.tier}
            path = f"/accounts/{platform}/{account.remote_id}"
            control.put(path, json=told | {"access_token": "a-token-of-the-tests"}).raise_for_status()
            secret = unit_settings.X_CONSUMER_SECRET if platform == "x" else app["client_secret"]
            order = {"secret": secret, "url": f"{live_unit.web}/webhooks/{platform}/", "fields": fields}
            control.put(f"/webhooks/{platform}", json=order | {"account": account.remote_id}).raise_for_status()
        yield Stage(control, accounts)


def wait_for(true: Callable[[], Any], seconds: float = 15.0) -> Any:
    """What `true` gives once it gives something, taking in what came by itself meanwhile; fails after `seconds`."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        webhooks.process_due()
        if found := true():
            return found
        time.sleep(0.05)
    pytest.fail(f"It did not happen. Works: {list(WebhookWork.objects.values_list('state', 'trouble'))}")


def here(name: str) -> Comment | None:
    return Comment.objects.filter(remote_id=name).select_related("case").first()


@pytest.mark.parametrize("platform", FIELDS)
def test_a_comment_arrives_within_seconds_without_a_poll(stage: Stage, platform: str) -> None:
    name = stage.comment(platform, "When do you open?")
    comment = wait_for(lambda: here(name))
    assert (comment.text, comment.author_name.lower(), comment.case.state) == ("When do you open?", "ines", "waiting")
    assert comment.posted_at is not None


def test_edited_hidden_and_deleted_on_facebook_is_seen_without_a_poll(stage: Stage) -> None:
    name = stage.comment("facebook", "First.")
    wait_for(lambda: here(name))
    stage.control.patch(f"/comments/facebook/{name}", json={"text": "Second."}).raise_for_status()
    wait_for(lambda: Case.objects.get(comment__remote_id=name).version == 2)
    stage.control.delete(f"/comments/facebook/{name}").raise_for_status()
    wait_for(lambda: Case.objects.get(comment__remote_id=name).state == "gone")


def test_duplicates_disorder_delay_and_several_entries_end_well(stage: Stage) -> None:
    for way in ("duplicate", "disorder", "together", "delayed"):
        stage.misbehave("facebook", way)
    names = [stage.comment("facebook", f"Comment {number}") for number in range(6)]
    wait_for(lambda: all(here(name) for name in names))
    assert Comment.objects.filter(remote_id__in=names).count() == 6


def test_forged_ones_stay_outside_and_lost_ones_are_left_to_polling(stage: Stage) -> None:
    stage.misbehave("x", "forged")
    stage.misbehave("x", "lost")
    for text in ("forged", "lost", "true"):
        last = stage.comment("x", text)
    wait_for(lambda: here(last))
    assert Comment.objects.filter(account__platform="x").count() == 1
    states = {one["state"]: one["status"] for one in stage.control.get("/deliveries").json() if one["platform"] == "x"}
    assert states["given_up"] == 403
    assert "lost" in states


@pytest.mark.parametrize("platform", FIELDS)
def test_an_account_subscribes_by_itself(
    live_unit: LiveUnit, stage: Stage, accounts: dict[str, Account], settings: Any, platform: str
) -> None:
    settings.UNIT_URL = live_unit.web
    app = unit_settings.PLATFORM_APPS[platform]
    token = {"app_token": unit_settings.X_APP_TOKEN} if platform == "x" else {}
    stage.control.put(f"/apps/{platform}", json={**app, **token}).raise_for_status()
    credential = Credential.objects.get(account=accounts[platform])
    credential.client_id, credential.client_secret = app["client_id"], app["client_secret"]
    credential.save()
    assert accounts[platform].pk in subscribing.due()
    assert accounts[platform].pk not in subscribing.due()  # claimed
    subscribing.check(accounts[platform].pk)
    row = WebhookSubscription.objects.get(account=accounts[platform])
    assert (row.active, row.failures, row.callback) == (True, 0, f"{live_unit.web}/webhooks/{platform}/"), row.says
    name = stage.comment(platform, "Do you hear us?")
    wait_for(lambda: here(name))
    assert WebhookSubscription.objects.get(pk=row.pk).events >= 1


def test_a_worker_takes_it_in_by_the_hint(live_worker: LiveUnit, stage: Stage) -> None:
    name = stage.comment("facebook", "Anybody there?")
    until = time.monotonic() + 15
    while not here(name):
        assert time.monotonic() < until, list(WebhookDelivery.objects.values_list("pk"))
        time.sleep(0.05)
