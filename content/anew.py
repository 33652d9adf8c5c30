"""What of an item did not go out in its time begins anew, as another item: what is out stays as it is (ruling 11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from content import items
from content.manuscript import Manuscript
from content.models import Item, Placement, PublicationOrder
from members.authority import require
from members.models import Member
from members.powers import Power
from members.states import WrongState


def is_missing(item: Item, orders: Iterable[PublicationOrder], places: Iterable[Placement]) -> bool:
    """Whether it is out, and not everywhere: an order or a site of it was withdrawn."""
    withdrawn = [one.state == one.State.WITHDRAWN for one in orders]
    withdrawn += [one.state == one.State.WITHDRAWN for one in places]
    return item.state == Item.State.PUBLISHED and any(withdrawn)


def missing_of(item: Item) -> Manuscript | None:
    """What was approved, for those accounts and sites alone on which it does not stand; None: nothing is missing.

    Its time, the attestations and the answer on the active scene are left out: they were given for another day.
    """
    if item.submission is None:
        return None
    orders = PublicationOrder.objects.filter(publication__submission=item.submission).select_related("account")
    places = item.submission.placements.all()
    if not is_missing(item, orders, places):
        return None
    accounts = {one.account_id for one in orders if one.state == one.State.WITHDRAWN}
    sites = {(one.site, one.address, one.text) for one in places if one.state == one.State.WITHDRAWN}
    was = item.submission.revision.manuscript
    return replace(
        was,
        versions=tuple(one for one in was.versions if one.account in accounts),
        places=tuple(one for one in was.places if (one.site, one.address, was.text_for(one)) in sites),
        criteria={},
        active_scene=None,
        scene_asked_again=False,
        starts_at=None,
        ends_at=None,
    )


def begin(item: Item, *, by: Member) -> Item:
    """Begin a draft of what is missing of `item`. Raises Refused (develops no content), WrongState (nothing is)."""
    require(by, Power.DEVELOP_CONTENT)
    left = missing_of(item)
    if left is None:
        raise WrongState(item, "begin_anew")
    return items.begin(left, by=by, idea=item.idea)
