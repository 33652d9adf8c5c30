"""What the agency has posted and what the public has answered, put on the sandbox: from there the polls fetch it."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
from django.conf import settings

from smu.demonstration import read
from smu.demonstration.presence import accounts_on_the_sandbox, kept
from smu.environment import data_dir

X_EPOCH = 1_288_834_974_657  # milliseconds: an id of X holds the time since then, above 22 bits of its own
OWN_BITS = 22


def sandbox() -> httpx.Client:
    """A connection to the sandbox's control."""
    return httpx.Client(base_url=f"{settings.SANDBOX_URL}/_sandbox", timeout=30)


def seed() -> tuple[int, int]:
    """Put accounts, posts and comments on the sandbox; what is there already is left as it is. How many of each."""
    with sandbox() as control:
        register(control)
        for (platform, remote_id), told in accounts_on_the_sandbox().items():
            control.put(f"/accounts/{platform}/{remote_id}", json=told).raise_for_status()
        answer = control.put("/seed", json=corpus())
        answer.raise_for_status()
        counts = answer.json()
    return counts["posts"], counts["comments"]


def register(control: httpx.Client) -> None:
    """Tell the sandbox what this product is registered as at each platform, and what its webhooks are signed with."""
    for platform, app in settings.PLATFORM_APPS.items():
        if not app["client_id"]:
            continue
        more = {"app_token": settings.X_APP_TOKEN} if platform == "x" else {}
        control.put(f"/apps/{platform}", json={**app, **more}).raise_for_status()
        secret = settings.X_CONSUMER_SECRET if platform == "x" else app["client_secret"]
        if secret:
            control.put(f"/webhooks/{platform}", json={"secret": secret}).raise_for_status()


def corpus() -> dict[str, list[dict[str, Any]]]:
    """All posts, and all comments with parents before their replies, at the times that their ages say."""
    loaded_at = kept()["loaded_at"]
    accounts = {one["platform"]: one["remote_id"] for one in read("accounts")}
    posts, comments = read("posts"), read("comments")
    moved = {one["id"]: _at_its_time(one, loaded_at) for one in [*posts, *comments] if one["platform"] == "x"}

    def on_the_sandbox(one: dict[str, Any], *names: str) -> dict[str, Any]:
        created_at = datetime.fromtimestamp(loaded_at / 1000 - one["age"] * 60, UTC)
        told = {name: moved.get(one[name], one[name]) if name != "author" else one[name] for name in names}
        return {
            "platform": one["platform"],
            "account": accounts[one["platform"]],
            "created_at": created_at.isoformat(),
            **told,
        }

    comments.sort(key=lambda one: -one["age"])
    return {
        "posts": [on_the_sandbox(one, "id", "text") for one in posts],
        "comments": [on_the_sandbox(one, "id", "text", "post", "parent", "author", "kind") for one in comments],
    }


def _at_its_time(one: dict[str, Any], loaded_at: int) -> str:
    """An id of X says when it was made: this one's, made anew for the time that its age says."""
    made_at = loaded_at - one["age"] * 60_000 - X_EPOCH
    return str(made_at << OWN_BITS | int(one["id"]) & (1 << OWN_BITS) - 1)


def id_on_the_sandbox(known_as: str) -> str:
    """The id under which a comment of comments.json stands on the sandbox."""
    return _ids()[known_as]


@functools.cache
def _ids() -> dict[str, str]:
    loaded_at = kept()["loaded_at"]
    return {
        one["id"]: _at_its_time(one, loaded_at) if one["platform"] == "x" else one["id"] for one in read("comments")
    }


def trickle() -> Iterator[dict[str, Any]]:
    """The comments still to come, one after the other and from the start again; a restart goes on where it was."""
    accounts = {one["platform"]: one["remote_id"] for one in read("accounts")}
    posts: dict[str, list[str]] = {}
    for post in corpus()["posts"]:
        posts.setdefault(post["platform"], []).append(post["id"])
    coming, place = read("trickle"), data_dir() / "trickle.next"
    begin = int(place.read_text()) if place.is_file() else 0
    for number in itertools.count(begin):
        one = coming[number % len(coming)]
        index = one["post_index"]
        yield {
            "platform": one["platform"],
            "account": accounts[one["platform"]],
            "post": None if index is None else posts[one["platform"]][index],
            "kind": one["kind"],
            "author": one["author"],
            "text": one["text"],
        }
        place.write_text(str(number + 1))
