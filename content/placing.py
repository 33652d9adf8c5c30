"""What is posted for the department on somebody else's site, by hand (2.A)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from content.items import locked
from content.models import Placement
from content.models.orders import settle
from members.models import Member
from members.states import Invalid

LONGEST_PROOF = 2000


def confirm(placement: Placement, *, by: Member, proof: str) -> None:
    """It stands there; `proof` says where it can be seen. Raises Refused, Invalid (no proof), WrongState."""
    placement.require(by, proof)
    proof = proof.strip()
    if len(proof) > LONGEST_PROOF:
        raise Invalid(f"At most {LONGEST_PROOF:,} characters.", "proof")
    with transaction.atomic():
        item = locked(placement.item_id)
        placement.become(placement.State.DONE, verb="confirm", by=by, proof=proof, done_by=by, done_at=timezone.now())
        settle(item.pk)


def take_back(placement: Placement, *, by: Member) -> None:
    """It was not posted, and will not be. Raises Refused, WrongState."""
    placement.require(by, "not posted")
    with transaction.atomic():
        item = locked(placement.item_id)
        placement.become(placement.State.WITHDRAWN, verb="withdraw", by=by)
        settle(item.pk)
