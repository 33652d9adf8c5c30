"""Equipment by the product's own verbs, for tests of all its parts."""

from __future__ import annotations

import itertools
from typing import Any

from equipment import inventory
from equipment.models import Item, Kind
from members.models import Member

_numbers = itertools.count(1)


def kind(name: str = "Camera", *capabilities: str, **fields: Any) -> Kind:
    """The kind of that name."""
    return Kind.objects.get_or_create(name=name, defaults={"capabilities": list(capabilities), **fields})[0]


def item(name: str = "Camera", *, by: Member, **fields: Any) -> Item:
    """A thing of the unit; its kind bears its name unless one is given."""
    if "kind" not in fields:
        fields["kind"] = kind(name[:80])
    fields.setdefault("serial", f"SN-{next(_numbers):06}")
    return inventory.add_item(by=by, name=name, **fields)
