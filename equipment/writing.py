"""What an item says: read, judged field by field, and shown in its history as a person reads it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from equipment.capabilities import CAPABILITIES
from equipment.models import Item
from members.states import Invalid

FIELDS = {
    "tag": "asset tag",
    "kind": "kind",
    "name": "name",
    "maker": "maker",
    "model": "model",
    "serial": "serial number",
    "capabilities": "what it can do",
    "value": "value",
    "acquired_on": "acquired on",
    "supplier": "supplier",
    "warranty_until": "warranty until",
    "life_months": "life in months",
    "instructions_link": "link to the instructions",
    "instructions": "instructions",
    "photo": "photo",
    "office_place": "place in the office",
    "remark": "remark",
    "belongs_to": "accessory of",
}
MOST_MONTHS = 600


def write(item: Item, fields: dict[str, Any]) -> None:
    """Set what is given, trimmed; raises Invalid at the field that cannot be so, TypeError for a field of other verbs.

    Whether tag and serial are free is asked by `of_its_own`.
    """
    for name, value in fields.items():
        if name not in FIELDS:
            raise TypeError(f"{name} is not written so")
        if isinstance(value, str):
            value = value.strip() if name == "remark" else " ".join(value.split())
        setattr(item, name, value)
    item.capabilities = known(item.capabilities)
    if not item.name:
        raise Invalid("Say what the unit calls it.", "name")
    try:
        item.clean_fields(exclude=[field.name for field in Item._meta.fields if field.name not in FIELDS])
    except ValidationError as error:
        field, said = next(iter(error.message_dict.items()))
        raise Invalid(str(said[0]), field) from error
    _judge(item)


def known(capabilities: Iterable[str]) -> list[str]:
    """Each once, in the order of 3.2; what is none is left out."""
    given = set(capabilities)
    return [one for one in CAPABILITIES if one in given]


def _judge(item: Item) -> None:
    if item.value is not None and item.value < 0:
        raise Invalid("A value is nothing or more.", "value")
    if item.acquired_on is not None and item.acquired_on > timezone.localdate():
        raise Invalid("It cannot have been acquired after today.", "acquired_on")
    if item.warranty_until and item.acquired_on and item.warranty_until < item.acquired_on:
        raise Invalid("The warranty cannot end before it was acquired.", "warranty_until")
    if item.life_months is not None and not 1 <= item.life_months <= MOST_MONTHS:
        raise Invalid(f"A life is 1 to {MOST_MONTHS} months.", "life_months")
    if item.instructions_link and not item.instructions_link.startswith(("http://", "https://")):
        raise Invalid("Give a link that begins with https://.", "instructions_link")
    if item.belongs_to is not None:
        _judge_accessory(item, item.belongs_to)


def _judge_accessory(item: Item, main: Item) -> None:
    if main.pk == item.pk:
        raise Invalid("It is no accessory of itself.", "belongs_to")
    if main.belongs_to_id is not None:
        raise Invalid(f"{main} is an accessory itself: choose what it belongs to.", "belongs_to")
    if Item.objects.filter(belongs_to=item.pk, belongs_to__isnull=False).exists():
        raise Invalid("It has accessories of its own, and is none itself.", "belongs_to")


def of_its_own(item: Item) -> None:
    """Raises Invalid where another item has this tag, or this serial number of this maker: the sentence names it."""
    others = Item.objects.exclude(pk=item.pk)
    taken = others.filter(tag__iexact=item.tag).first()
    if taken is not None:
        raise Invalid(f"{item.tag} is the tag of {taken.name} already.", "tag")
    if not item.serial:
        return
    taken = others.filter(serial__iexact=item.serial, maker__iexact=item.maker).first()
    if taken is not None:
        of_maker = f" of {item.maker}" if item.maker else ""
        raise Invalid(f"The serial number {item.serial}{of_maker} is that of {taken} already.", "serial")


def as_read(name: str, value: Any) -> str:
    """What stands in a field, in words."""
    if value is None or value == "" or value == []:
        return ""
    if name == "capabilities":
        return ", ".join(CAPABILITIES[one] for one in value)
    if isinstance(value, Decimal):
        return f"${value:,.2f}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def all_of(item: Item) -> dict[str, str]:
    """Whatever it says, by field, in words; what is empty is left out."""
    said = {name: as_read(name, getattr(item, name)) for name in FIELDS}
    return {name: words for name, words in said.items() if words}
