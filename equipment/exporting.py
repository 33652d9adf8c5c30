"""The inventory as a file: the columns that the import reads, and what the product knows beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, Subquery

from equipment.capabilities import CAPABILITIES
from equipment.models import Custody
from equipment.models.items import ItemQuerySet

HEAD = [
    "asset tag",
    "name",
    "kind",
    "maker",
    "model",
    "serial number",
    "what it can do",
    "state",
    "value",
    "acquired on",
    "supplier",
    "warranty until",
    "warranty void since",
    "life in months",
    "instructions",
    "place in the office",
    "kit",
    "accessory of",
    "remark",
    "report number",
    "who has it",
    "due back",
]
_FIELDS = ("tag", "name", "kind__name", "maker", "model", "serial", "capabilities", "state", "value", "acquired_on")
_MORE = ("supplier", "warranty_until", "warranty_void_on", "life_months", "instructions_link", "office_place")
_REST = ("kit__name", "belongs_to__tag", "remark", "report_number", "holder", "due_back")
_CHUNK = 2000


def rows(items: ItemQuerySet, most: int) -> Iterator[list[Any]]:
    """The newest `most` of `items`, each as a row under HEAD."""
    state_of = dict(items.model.State.choices)
    standing = Custody.objects.filter(item=OuterRef("pk"), ended_at__isnull=True)
    found = items.annotate(
        holder=Subquery(standing.values("holder__name")[:1]), due_back=Subquery(standing.values("due_back")[:1])
    ).values_list(*_FIELDS, *_MORE, *_REST)
    for one in found.order_by("-pk")[:most].iterator(chunk_size=_CHUNK):
        row = list(one)
        row[6] = ", ".join(CAPABILITIES[key] for key in row[6])
        row[7] = state_of[row[7]]
        yield row
