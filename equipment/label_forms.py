"""What is asked about labels: of which things, on which paper, from which place of the first sheet."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import Count

from equipment import labels
from equipment.labels import MOST, PAPERS, Label, Paper
from equipment.models import Import, Item, Kind, Kit
from members.drawn_forms import Styled, words
from members.models import Member

ALL, OF_KIND, OF_PLACE, OF_LIST, NAMED, KITS = "all", "kind", "place", "list", "tags", "kits"


class LabelsForm(Styled, forms.Form):
    """Which labels, and where they go."""

    which = forms.ChoiceField(
        label="Labels of",
        choices=[
            (ALL, "everything the unit owns"),
            (OF_KIND, "one kind"),
            (OF_PLACE, "what belongs in one place of the office"),
            (OF_LIST, "an imported list"),
            (NAMED, "the tags named below"),
            (KITS, "all kits"),
        ],
    )
    kind = forms.ModelChoiceField(Kind.objects.all(), label="Kind", required=False, empty_label="–")
    place = forms.CharField(label="Place in the office", max_length=120, required=False)
    batch = forms.ModelChoiceField(Import.objects.none(), label="Imported list", required=False, empty_label="–")
    tags = forms.CharField(
        label="Tags",
        max_length=4000,
        required=False,
        widget=words(3),
        help_text="Parted by spaces, commas or lines; a range as SMU-0101..SMU-0130.",
    )
    paper = forms.ChoiceField(label="Paper", choices=[(name, paper.word) for name, paper in PAPERS.items()])
    begin_at = forms.IntegerField(
        label="First free label",
        min_value=1,
        initial=1,
        help_text="Of a sheet begun before: counted along the lines, from the top left.",
    )

    def __init__(self, member: Member, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = Import.objects.visible_to(member).exclude(done_at=None).select_related("file").order_by("-pk")
        self.fields["batch"].queryset = lists  # type: ignore[attr-defined]
        self.member = member

    @property
    def sheet(self) -> Paper:
        """The chosen paper."""
        return PAPERS[self.cleaned_data["paper"]]

    def clean(self) -> dict[str, Any]:
        """What was chosen names its things, and the first label is one of the sheet."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        needed = {OF_KIND: "kind", OF_PLACE: "place", OF_LIST: "batch", NAMED: "tags"}.get(given.get("which", ""))
        if needed and not given.get(needed) and needed not in self.errors:
            self.add_error(needed, "Say which.")
        paper = PAPERS.get(given.get("paper", ""))
        if paper and (given.get("begin_at") or 1) > paper.places:
            self.add_error("begin_at", f"A sheet of this paper has {paper.places} labels.")
        return given

    def labels(self) -> list[Label]:
        """The labels, in the order of their tags; none where an error stands at its field instead."""
        if self.cleaned_data["which"] == KITS:
            kits = Kit.objects.filter(ended_at=None).annotate(count=Count("items"))
            found = [labels.of_kit(kit, kit.count) for kit in kits]
            if not found:
                self.add_error("which", "There is no kit.")
            return found
        items = list(self._items()[: MOST + 1])
        if len(items) > MOST:
            self.add_error(None, f"These are more than {MOST:,} labels. Print them in parts, by kind or by place.")
            return []
        if not items:
            self.add_error("which", "There is nothing of this.")
        return [labels.of_item(item) for item in items]

    def _items(self) -> Any:
        given, items = self.cleaned_data, Item.objects.visible_to(self.member).owned().order_by("tag", "pk")
        match given["which"]:
            case "kind":
                return items.filter(kind=given["kind"])
            case "place":
                return items.filter(office_place__iexact=given["place"])
            case "list":
                return items.filter(imported__batch=given["batch"])
            case "tags":
                return items.filter(pk__in=self._named(items))
        return items

    def _named(self, items: Any) -> list[int]:
        """The items of the tags that were typed; a tag that nothing has is said."""
        by_tag = {tag.upper(): pk for pk, tag in items.values_list("pk", "tag")}
        lines = [line.strip() for line in self.cleaned_data["tags"].upper().splitlines() if line.strip()]
        apart = [[line] if line in by_tag else re.split(r"[\s,;]+", line) for line in lines]  # a tag may hold a blank
        wanted = [word for words in apart for word in words if word]
        found: list[int] = []
        unknown: list[str] = []
        for word in wanted:
            first, dots, last = word.partition("..")
            if dots:
                between = [pk for tag, pk in by_tag.items() if len(first) == len(tag) and first <= tag <= last]
                found += between
                unknown += [] if between else [word]
            elif word in by_tag:
                found.append(by_tag[word])
            else:
                unknown.append(word)
        if unknown:
            self.add_error("tags", f"Nothing has the tag {', '.join(unknown[:5])}.")
        return found
