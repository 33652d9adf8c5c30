"""Accounts of ours on the sandbox and in the unit, with posts and what the public says under them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from tests.benchmarks.polled import OFF_THE_RECORD, Polled

PLATFORMS = ("facebook", "instagram", "x", "youtube")
POSTS = 20
COMMENTS_A_POST = 2  # when it begins
_numbers = count(1)


@dataclass(eq=False)
class Town:
    """One of our accounts, its posts from the newest on, and a few threads under them."""

    platform: str
    remote_id: str
    handle: str
    page_id: str = ""
    pk: int = 0
    posts: list[str] = field(default_factory=list)
    threads: list[tuple[str, str]] = field(default_factory=list)  # post, comment


def settle(unit: Polled, accounts: int, now: datetime) -> list[Town]:
    """The accounts with their posts and first comments, on the sandbox and in the unit."""
    each = accounts // len(PLATFORMS)
    towns = [town_of(platform, number) for number in range(1, each + 1) for platform in PLATFORMS]
    for town in towns:
        secrets = {"access_token": f"{OFF_THE_RECORD} {town.remote_id}", "refresh_token": "unused"}
        told = {"handle": town.handle, "name": town.handle, "page_id": town.page_id, "tier": "enterprise"}
        if town.platform in ("x", "youtube"):  # each with an application of its own, hence with quotas of its own
            secrets |= {"client_id": f"app of {town.remote_id}", "client_secret": OFF_THE_RECORD}
        unit.told("PUT", f"/accounts/{town.platform}/{town.remote_id}", told | secrets)
        _connect(town, secrets)
    by_id = {(town.platform, town.remote_id): town for town in towns}
    for town in towns:
        ages = [timedelta(days=day, hours=3) for day in range(POSTS)]
        posts = [_post(town, now - age) for age in ages]
        unit.told("PUT", "/seed", {"posts": posts})
    for platform in PLATFORMS:
        listed = unit.told("GET", f"/truth/{platform}")[platform]["posts"]
        for name, post in sorted(listed.items(), key=lambda one: str(one[1]["created_at"]), reverse=True):
            by_id[platform, post["account"]].posts.append(name)
    for town in towns:
        unit.told("PUT", "/seed", {"comments": _first_comments(town, now)})
    return towns


def town_of(platform: str, number: int) -> Town:
    """The so-manieth account of a platform; an Instagram account is linked to the Page of the same number."""
    remote_id = {
        "facebook": f"19280000{number:06}",
        "instagram": f"178414000{number:08}",
        "x": f"22449{number:06}",
        "youtube": f"UC_town{number:017}",
    }[platform]
    page = f"19280000{number:06}" if platform == "instagram" else ""
    return Town(platform, remote_id, f"{platform}pd{number}", page)


def _connect(town: Town, secrets: dict[str, str]) -> None:
    from accounts.models import Credential, PollState
    from tests.standing import standing_account

    tier = "enterprise" if town.platform == "x" else ""
    account = standing_account(
        town.platform, town.remote_id, handle=town.handle, page_id=town.page_id, tier=tier, name=town.handle
    )
    Credential.objects.create(account=account, **secrets)
    PollState.objects.create(account=account)
    town.pk = account.pk


def _post(town: Town, at: datetime) -> dict[str, Any]:
    text = f"Coffee with a Cop, number {next(_numbers)}"
    return {"platform": town.platform, "account": town.remote_id, "text": text, "created_at": at.isoformat()}


def comment_of(town: Town, post: str, text: str, **more: Any) -> dict[str, Any]:
    """The order by which somebody says this on the sandbox; on X he names us, else we could not answer him."""
    number = next(_numbers)
    author = {"id": str(40_000_000 + number % 5000), "name": f"Poster {number % 5000}", "handle": f"p{number % 5000}"}
    if town.platform == "x":
        text = f"@{town.handle} {text}"
    order = {"platform": town.platform, "account": town.remote_id, "post": post, "author": author}
    return order | {"text": text} | more


def _first_comments(town: Town, now: datetime) -> list[dict[str, Any]]:
    """Two under each post, a little after it."""
    made = []
    for day, post in enumerate(town.posts):
        for nth in range(COMMENTS_A_POST):
            at = now - timedelta(days=day, hours=2, minutes=nth)
            made.append(comment_of(town, post, "When does the station open?", created_at=at.isoformat()))
    return made
