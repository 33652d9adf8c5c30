"""Who has what (3.7)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import Error, transaction
from django.utils import timezone

from equipment import custody as verbs
from equipment.custody import WithSomebody
from equipment.models import Custody, Handover, Item, Kind
from members.models import Member
from members.states import Invalid, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.sop("3.7")]


@pytest.fixture
def camera(supervisor: Member) -> Item:
    kind = Kind.objects.create(name="Camera")
    return Item.objects.create(tag="CAM-1", name="Field camera", kind=kind, added_by=supervisor)


def take(items: list[Item], by: Member, to: Member | None = None, **more: Any) -> list[Handover]:
    said = {"place": "field", "due_back": timezone.now() + timedelta(hours=8), "purpose": "Parade", "key": uuid4()}
    return verbs.check_out(items, by=by, to=to or by, **(said | more))


def test_goes_out_and_comes_back(camera: Item, officer: Member) -> None:
    [out] = take([camera], officer)
    held = verbs.open_custody(camera)
    assert held is not None
    assert held.holder == officer
    assert held.begun == out
    assert held.accepted_at
    [back] = verbs.check_in([camera], by=officer, condition="good", key=uuid4())
    assert verbs.open_custody(camera) is None
    held.refresh_from_db()
    assert held.ended == back
