"""What the demonstration's members write: an item to be approved, one to be read for accuracy, names not to be said."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Account
from accounts.platforms.contract import Platform
from content import items, listing, remarking, submitting
from content.manuscript import CRITERIA, Answer, Manuscript, Picture, Version
from content.models import Asset, Item, ListedName
from members.models import Member
from members.models.agency import agency_zone
from smu.demonstration import read

AUTHOR, READER = "ddiaz", "lmoreau"  # user names of members.json


def load_writing() -> None:
    """By the product's own verbs; what stands already is left alone."""
    author, reader = (Member.objects.filter(username=name).first() for name in (AUTHOR, READER))
    if author is None or reader is None or ListedName.objects.exists():
        return
    given = read("writing")
    for one in given["names"]:
        listing.add(one["name"], one["kind"], by=reader)
    for one in given["items"]:
        _item(one, author=author, reader=reader)


def _item(one: dict[str, Any], *, author: Member, reader: Member) -> None:
    made = items.begin(_manuscript(one), by=author)
    for text in one["remarks"]:
        remarking.remark(made, text, by=reader)
    items.hand_in(made, by=author, on=1)
    if one["accurate"]:
        items.confirm_accuracy(Item.objects.get(pk=made.pk), by=reader, on=1)
        submitting.render(made.pk)


def _manuscript(one: dict[str, Any]) -> Manuscript:
    """Everything answered, due in the afternoon of that day."""
    accounts = Account.objects.open().filter(platform__in=[Platform.FACEBOOK, Platform.X]).order_by("platform", "pk")
    asset = Asset.objects.filter(name=one["picture"]).first()
    day = timezone.localdate() + timedelta(days=one["in_days"])
    starts_at = datetime.combine(day, time(16), tzinfo=agency_zone())
    return Manuscript(
        title=one["title"],
        purpose=one["purpose"],
        text=one["text"],
        versions=tuple(Version(account.pk) for account in accounts),
        pictures=(Picture(asset.pk, alt=one["alt"]),) if asset else (),
        criteria={letter: Answer(attested=True) for letter in CRITERIA if letter != "E"},
        active_scene=False,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=6),
    )
