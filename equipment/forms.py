"""What is typed about items, their state, kits, kinds and receipts. A form reads; the verbs judge."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from equipment.capabilities import CAPABILITIES
from equipment.inventory import Disposal
from equipment.models import Item, Kind
from equipment.receipts import MOST_ITEMS, TYPES
from equipment.writing import MOST_MONTHS
from members.days import Day
from members.drawn_forms import Styled, words

_PICTURES = "image/jpeg,image/png,image/webp"
_LINE = re.compile(r"(?P<tag>.+?)(?:[\s;,]+\$?(?P<amount>\d[\d,]*(?:\.\d+)?))?$")


class ItemForm(Styled, forms.Form):
    """A thing, as the Supervisor writes it down."""

    name = forms.CharField(label="What the unit calls it", max_length=120)
    kind = forms.ModelChoiceField(label="Kind", queryset=Kind.objects.all(), required=False, empty_label="–")
    new_kind = forms.CharField(label="or a new kind", max_length=80, required=False)
    maker = forms.CharField(label="Maker", max_length=80, required=False)
    model = forms.CharField(label="Model", max_length=80, required=False)
    serial = forms.CharField(label="Serial number", max_length=80, required=False)
    tag = forms.CharField(
        label="Asset tag", max_length=40, required=False, help_text="Left empty: the next free one is made."
    )
    capabilities = forms.MultipleChoiceField(
        label="What it can do",
        choices=list(CAPABILITIES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="S.O.P. 3.2. Nothing ticked: what its kind can do.",
    )
    photo = forms.FileField(label="Photo", required=False, help_text="JPEG, PNG or WebP, at most 8 MB.")
    acquired_on = Day(label="Acquired on", required=False)
    value = forms.DecimalField(
        label="What it cost, in dollars", max_digits=12, decimal_places=2, min_value=0, required=False
    )
    supplier = forms.CharField(label="Supplier", max_length=120, required=False)
    warranty_until = Day(label="Warranty until", required=False)
    life_months = forms.IntegerField(
        label="Expected to serve, in months",
        min_value=1,
        max_value=MOST_MONTHS,
        required=False,
        help_text="Left empty: as its kind.",
    )
    instructions_link = forms.URLField(
        label="Link to the maker’s instructions", max_length=500, required=False, assume_scheme="https"
    )
    instructions = forms.FileField(label="or the instructions as a file", required=False)
    office_place = forms.CharField(
        label="Its place in the office", max_length=120, required=False, help_text="Shelf, cabinet or locker."
    )
    belongs_to = forms.CharField(
        label="It is an accessory of", max_length=40, required=False, help_text="The tag of what it belongs to."
    )
    remark = forms.CharField(label="Remark", max_length=4000, required=False, widget=words(3))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo"].widget.attrs["accept"] = _PICTURES

    def clean_belongs_to(self) -> Item | None:
        """The thing of that tag."""
        tag = " ".join(self.cleaned_data["belongs_to"].split())
        if not tag:
            return None
        found = Item.objects.filter(tag__iexact=tag).first()
        if found is None:
            raise forms.ValidationError(f"No item has the tag {tag}.")
        return found

    def clean(self) -> dict[str, Any]:
        """A kind is chosen, or named."""
        given = super().clean() or self.cleaned_data
        if not given.get("kind") and not given.get("new_kind") and "kind" not in self.errors:
            self.add_error("kind", "Choose what kind of thing it is, or name a new one.")
        return given

    def said(self) -> dict[str, Any]:
        """What was typed, without what is no field of an item, and without the files."""
        apart = {"new_kind", "photo", "instructions", "reason", "on"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class ChangeForm(ItemForm):
    """What is changed in it, and why."""

    reason = forms.CharField(
        label="Why",
        max_length=2000,
        required=False,
        widget=words(2),
        help_text="Needed where something that stood there is replaced.",
    )
    on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @staticmethod
    def first(item: Item, on: int) -> dict[str, Any]:
        """What stands in `item` now."""
        plain = [name for name in ItemForm.base_fields if hasattr(Item, name) and name not in {"belongs_to", "photo"}]
        said = {name: getattr(item, name) for name in plain if name not in {"instructions", "kind"}}
        return said | {"kind": item.kind_id, "belongs_to": item.belongs_to.tag if item.belongs_to else "", "on": on}


class MarkForm(Styled, forms.Form):
    """Another state of a thing."""

    state = forms.ChoiceField(label="It is now", widget=forms.RadioSelect)
    reason = forms.CharField(label="Why", max_length=2000, widget=words(2))
    report_number = forms.CharField(
        label="Number of the report", max_length=60, required=False, help_text="Where it was stolen."
    )
    how = forms.ChoiceField(
        label="How it went", choices=[("", "–"), *Disposal.How.choices], required=False, help_text="Once disposed of."
    )
    gone_on = Day(label="When it went", required=False)
    to = forms.CharField(label="To whom it went", max_length=200, required=False)

    def __init__(self, states: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(Item.State.choices)
        self.fields["state"].choices = [(state, labels[state]) for state in states]  # type: ignore[attr-defined]
        if Item.State.STOLEN not in states:
            del self.fields["report_number"]
        if Item.State.DISPOSED not in states:
            for name in ("how", "gone_on", "to"):
                del self.fields[name]

    def disposal(self) -> Disposal | None:
        """How it went, where that was said."""
        given = self.cleaned_data
        if not given.get("how") or not given.get("gone_on"):
            return None
        return Disposal(given["how"], given["gone_on"], given["to"])


class KindForm(Styled, forms.Form):
    """What new things of a sort begin with."""

    name = forms.CharField(label="Name", max_length=80)
    capabilities = forms.MultipleChoiceField(
        label="What such a thing can do",
        choices=list(CAPABILITIES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    life_months = forms.IntegerField(
        label="Expected to serve, in months", min_value=1, max_value=MOST_MONTHS, required=False
    )


class KitForm(Styled, forms.Form):
    """A kit's name, and by their tags what goes into it."""

    name = forms.CharField(label="Name", max_length=120)
    tags = forms.CharField(
        label="What is in it", required=False, max_length=4000, widget=words(4), help_text="A tag on each line."
    )

    def clean_tags(self) -> list[Item]:
        """The things of those tags."""
        return items_of([line.strip() for line in self.cleaned_data["tags"].splitlines() if line.strip()])


def items_of(tags: list[str]) -> list[Item]:
    """The item of each tag, in that order. Raises ValidationError, which names the tag that nothing has."""
    found = []
    for tag in dict.fromkeys(tags):
        item = Item.objects.filter(tag__iexact=tag).first()
        if item is None:
            raise forms.ValidationError(f"No item has the tag {tag[:60]}.")
        found.append(item)
    return found


class ReceiptForm(Styled, forms.Form):
    """A receipt, with the items it is for."""

    supplier = forms.CharField(label="Supplier", max_length=120)
    number = forms.CharField(label="Its number", max_length=60, required=False)
    on = Day(label="Its day")
    total = forms.DecimalField(label="Its total, in dollars", max_digits=12, decimal_places=2, min_value=0)
    attached = forms.FileField(
        label="The receipt",
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(TYPES)}),
        help_text="PDF, or a picture of it.",
    )
    items = forms.CharField(
        label="What it is for",
        required=False,
        max_length=60_000,
        widget=words(5),
        help_text="On each line a tag and, where the receipt says it, what that cost: SMU-00012 1,299.00",
    )

    def clean_items(self) -> dict[Item, Decimal | None]:
        """Item → what it cost there."""
        return lines_of(self.cleaned_data["items"])


class ReceiptLinesForm(Styled, forms.Form):
    """What else a receipt is for."""

    items = forms.CharField(label="What else it is for", max_length=60_000, widget=words(3))
    clean_items = ReceiptForm.clean_items


def lines_of(text: str) -> dict[Item, Decimal | None]:
    """Each line's item and amount. Raises ValidationError, which names the line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_ITEMS:
        raise forms.ValidationError(f"A receipt is for at most {MOST_ITEMS} things.")
    found: dict[Item, Decimal | None] = {}
    for line in lines:
        item, amount = _line(line)
        if item in found:
            raise forms.ValidationError(f"{item.tag} stands there twice.")
        found[item] = amount
    return found


def _line(line: str) -> tuple[Item, Decimal | None]:
    whole = Item.objects.filter(tag__iexact=line).first()
    if whole is not None:  # a tag may end in digits behind a blank
        return whole, None
    match = _LINE.match(line)
    tag, amount = (match["tag"], match["amount"]) if match else (line, None)
    item = Item.objects.filter(tag__iexact=tag).first()
    if item is None:
        raise forms.ValidationError(f"No item has the tag {tag[:60]}.")
    try:
        return item, Decimal(amount.replace(",", "")).quantize(Decimal("0.01")) if amount else None
    except InvalidOperation as error:
        raise forms.ValidationError(f"{line[:60]}: that is no amount.") from error


class WhyForm(Styled, forms.Form):
    """Why something is taken back."""

    why = forms.CharField(label="What was wrong with it", max_length=2000, widget=words(2))
