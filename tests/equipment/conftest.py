"""Things of the unit, and what the tests of equipment share with others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from equipment.models import Item, Kit
from members.models import Member
from tests.equipment import acts


@pytest.fixture
def make_item(supervisor: Member) -> Callable[..., Item]:
    """`make_item("Tripod", tag="T-1")`."""

    def make(name: str = "Camera", **fields: Any) -> Item:
        return acts.item(name, by=fields.pop("by", supervisor), **fields)

    return make


@pytest.fixture
def camera(make_item: Callable[..., Item]) -> Item:
    """A camera that takes pictures and films, serviceable, in the office."""
    able = acts.kind("Camera", "capture:image", "capture:video")
    return make_item("Camera", kind=able, maker="Canon", model="EOS R6")


@pytest.fixture
def lens(make_item: Callable[..., Item]) -> Item:
    return make_item("Lens", maker="Canon", model="RF 24-70")


@pytest.fixture
def battery(make_item: Callable[..., Item]) -> Item:
    return make_item("Battery", maker="Canon", model="LP-E6NH")


@pytest.fixture
def kit(supervisor: Member, camera: Item, lens: Item, battery: Item) -> Kit:
    """A camera with its lens and its battery."""
    from equipment.kits import make_kit

    return make_kit("Camera kit 1", by=supervisor, items=[camera, lens, battery])
