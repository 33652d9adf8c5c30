"""Content on its road, by the product's own verbs, for tests that need it further on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pgtrigger
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Account
from content import deciding, items, submitting
from content.manuscript import CRITERIA, Answer, Manuscript, Picture, Version
from content.models import Asset, Depicted, Item, PublicationOrder, Purpose
from members.models import Member

CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:01.000\nNo speech.\n"


def manuscript(*accounts: Account, text: str = "Coffee with a Cop.", **more: Any) -> Manuscript:
    """One that nothing is wrong with, due now."""
    now = timezone.now()
    return replace(
        Manuscript(
            title="Coffee",
            purpose=Purpose.OUTREACH,
            text=text,
            versions=tuple(Version(account.pk) for account in accounts),
            criteria={letter: Answer(attested=True) for letter in CRITERIA},
            active_scene=False,
            starts_at=now,
            ends_at=now + timedelta(days=1),
        ),
        **more,
    )


def showing(*assets: Asset, alt: str = "A cup of coffee.") -> tuple[Picture, ...]:
    """These, each with what it shows, a film with captions; where nobody noted who is to be seen, nobody is."""
    for asset in assets:
        if not asset.people().exists():
            Depicted.objects.create(asset=asset, kind=Depicted.Kind.NOBODY, by=asset.by)
    return tuple(
        Picture(asset.pk, alt=alt, captions=CAPTIONS if asset.kind == Asset.Kind.VIDEO else "") for asset in assets
    )


def begun(*accounts: Account, by: Member, **more: Any) -> Item:
    """A draft."""
    return items.begin(manuscript(*accounts, **more), by=by)


def submitted(*accounts: Account, by: Member, reviewer: Member, **more: Any) -> Item:
    """One that waits for approval, its files rendered."""
    item = begun(*accounts, by=by, **more)
    items.hand_in(item, by=by, on=1)
    items.confirm_accuracy(Item.objects.get(pk=item.pk), by=reviewer, on=1)
    submitting.render(item.pk)
    return Item.objects.select_related("submission", "revision").get(pk=item.pk)


def approve(item: Item, *, by: Member) -> list[PublicationOrder]:
    """Approve it as it stands; its orders."""
    assert item.submission is not None
    deciding.decide(item, "approve", by=by, seen_as=item.submission.seen_as, confirmed=CRITERIA)
    return orders_of(item)


def orders_of(item: Item) -> list[PublicationOrder]:
    """The orders of what was handed in last."""
    found = PublicationOrder.objects.filter(publication__submission__item=item).select_related(
        *PublicationOrder.RELATED
    )
    return list(found.order_by("pk"))


def ordered(account: Account, *, by: Member, commander: Member, **more: Any) -> PublicationOrder:
    """One approved post on one account, to be carried out."""
    return approve(submitted(account, by=by, reviewer=commander, **more), by=commander)[-1]


def several(orders: Sequence[PublicationOrder]) -> list[str]:
    """Their states."""
    return [order.state for order in orders]


def move_window(item: Item, by: timedelta) -> None:
    """As if so much time had passed since it was handed in: only the tables' owner could, the triggers away."""
    with transaction.atomic(), pgtrigger.ignore("content.Submission:is_a_fact"), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE smu_owner")
        cursor.execute(
            "UPDATE content_submission SET starts_at = starts_at - %s, ends_at = ends_at - %s WHERE item_id = %s",
            [by, by, item.pk],
        )
        cursor.execute("RESET ROLE")
