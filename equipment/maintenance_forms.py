"""What is typed about maintenance and service. A form reads; the verbs judge."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet
from django.utils import timezone

from equipment.folding import wanted
from equipment.maintenance import TYPES, Begun, Finished
from equipment.models import Item, Modification, Service, Work
from equipment.recurring import Rhythm
from members.days import Day, spoken_day
from members.drawn_forms import Files, SeveralFiles, Styled, words
from members.kept_files import said
from members.models import Member

_PLAIN = re.compile(r"-?\$?\s?(\d+|\d{1,3}(,\d{3})+)(\.\d{1,2})?")
SERVICEABLE, ATTENTION = Item.State.SERVICEABLE, Item.State.ATTENTION
AFTER = ((SERVICEABLE, SERVICEABLE.label), (ATTENTION, ATTENTION.label))
SOUGHT = 500  # things that a word may find; what is done to them is then sought


class Dollars(forms.DecimalField):
    """An amount as people write it: 1299, $1,299.00; what could be two amounts is refused."""

    default_error_messages = {"invalid": "Give dollars and cents, as 1299.00 or $1,299.00."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_digits=10, decimal_places=2, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs
        )

    def clean(self, value: Any) -> Any:
        """The number, or None."""
        text = str(value or "").strip()
        if text and not _PLAIN.fullmatch(text):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().clean(re.sub(r"[$,\s]", "", text))


class _OfItem(Styled, forms.Form):
    """A form about one thing: what may be chosen is of that thing, and a day is today unless another is given."""

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"found_on", "done_on"} & set(self.fields):
            self.fields[name].initial = timezone.localdate
        cast("Any", self.fields["hand"]).queryset = Member.objects.serving().order_by("name")
        if "service" in self.fields:
            cast("Any", self.fields["service"]).queryset = item.services.filter(ended_at=None).order_by("what")
        if "modification" in self.fields:
            field = cast("Any", self.fields["modification"])
            field.queryset = item.modifications.filter(state=Modification.State.APPROVED).order_by("-pk")
            field.label_from_instance = lambda one: f"{one.pk}: {one.what[:80]}"


class WorkForm(_OfItem):
    """What was found, and who works on it."""

    found = forms.CharField(label="What was found", max_length=4000, strip=True, widget=words(3))
    found_on = Day(label="Found on")
    service = forms.ModelChoiceField(
        label="Recurring service", queryset=Service.objects.none(), required=False, empty_label="none: something else"
    )
    out_on = Day(
        label="Out of service from",
        required=False,
        help_text="Left empty, it stays in service. Until the day it is back, nobody can take it.",
    )
    shop = forms.CharField(label="Shop", max_length=120, strip=True, required=False)
    hand = forms.ModelChoiceField(
        label="Or the member who works on it", queryset=Member.objects.none(), required=False, empty_label="–"
    )
    ticket = forms.CharField(label="Number at the shop", max_length=60, strip=True, required=False)
    expected_on = Day(label="Expected back on", required=False, help_text="You are reminded when it is not back then.")
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def begun(self) -> Begun:
        """As the verb takes it."""
        names = ("found", "found_on", "service", "out_on", "shop", "hand", "ticket", "expected_on", "key")
        return Begun(**{name: self.cleaned_data[name] for name in names if name in self.cleaned_data})


class ChangeForm(WorkForm):
    """The same, of an entry that is open."""

    def __init__(self, *args: Any, work: Work, **kwargs: Any) -> None:
        names = ("found", "found_on", "service", "out_on", "shop", "hand", "ticket", "expected_on")
        super().__init__(*args, item=work.item, initial={name: getattr(work, name) for name in names}, **kwargs)
        del self.fields["key"]


class FinishForm(_OfItem):
    """What was done, by whom, at what cost, and in what state the thing is now."""

    done = forms.CharField(label="What was done", max_length=4000, strip=True, widget=words(3))
    done_on = Day(label="Done on")
    back_on = Day(label="Back in service on", required=False, help_text="Left empty: the day it was done.")
    shop = forms.CharField(label="Shop", max_length=120, strip=True, required=False)
    hand = forms.ModelChoiceField(
        label="Or the member who did it", queryset=Member.objects.none(), required=False, empty_label="–"
    )
    parts = forms.CharField(label="Parts", max_length=4000, strip=True, required=False)
    cost = Dollars(label="Cost in dollars", required=False, min_value=Decimal(0))
    cost_for = forms.CharField(label="What for", max_length=500, strip=True, required=False)
    under_warranty = forms.BooleanField(label="Under warranty", required=False)
    outside = forms.BooleanField(label="Outside the maker’s instructions", required=False)
    modification = forms.ModelChoiceField(
        label="The decision that allows it",
        queryset=Modification.objects.none(),
        required=False,
        empty_label="–",
        help_text="Only what another member approved is done (S.O.P. 3.6).",
    )
    after = forms.ChoiceField(label="Now it is", choices=AFTER, initial=SERVICEABLE)

    def finished(self) -> Finished:
        """As the verb takes it."""
        return Finished(
            **{name: self.cleaned_data[name] for name in Finished.__dataclass_fields__ if name in self.fields}
        )


class NoteForm(FinishForm, WorkForm):
    """What is over already: found and done in one."""

    field_order = ("found", "found_on", "service", "out_on", "done", "done_on", "back_on", "shop", "hand")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("after", "expected_on", "ticket"):
            del self.fields[name]
        self.fields["out_on"].help_text = "Left empty, it stayed in service."


class DropForm(Styled, forms.Form):
    """Why an entry was a mistake."""

    reason = forms.CharField(label="Why it was a mistake", max_length=2000, strip=True)
    after = forms.ChoiceField(
        label="The thing is", choices=AFTER, initial=SERVICEABLE, help_text="Where the entry took it out of service."
    )


class EntryForm(Styled, forms.Form):
    """A cost or a word that is added."""

    text = forms.CharField(label="What for", max_length=500, strip=True)
    amount = Dollars(label="Dollars", required=False, help_text="Below nothing where something was given back: -20.00.")
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class FilesForm(Styled, forms.Form):
    """Files of an entry."""

    attached = Files(
        label="Report, bill or photo",
        widget=SeveralFiles(attrs={"accept": ",".join(TYPES)}),
        help_text=f"{said(TYPES)}; up to 8, 45 MB in all.",
    )


class ServiceForm(Styled, forms.Form):
    """What comes again."""

    what = forms.CharField(label="What is done", max_length=200, strip=True)
    every_months = forms.IntegerField(label="Every so many months", required=False, min_value=1, max_value=240)
    every_uses = forms.IntegerField(label="Or check-outs", required=False, min_value=1, max_value=100_000)
    every_hours = forms.DecimalField(
        label="Or hours of use",
        required=False,
        min_value=Decimal("0.1"),
        max_digits=7,
        decimal_places=1,
        help_text="As its counter or its log book says. Of several, whichever is first.",
    )
    last_on = Day(label="Last done on", help_text="Today, where it counts from now.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_on"].initial = timezone.localdate

    def rhythm(self) -> Rhythm:
        """As the verb takes it."""
        given = self.cleaned_data
        return Rhythm(given["every_months"], given["every_uses"], given["every_hours"])


class ReadingForm(Styled, forms.Form):
    """What the counter says."""

    hours = forms.DecimalField(label="Hours", min_value=Decimal(0), max_digits=7, decimal_places=1)
    remark = forms.CharField(label="Why it is less than before", max_length=200, strip=True, required=False)


class LogSearch(Styled, forms.Form):
    """Which entries of the log; everything may stay empty."""

    WHICH = (
        ("", "All"),
        ("open", "Open"),
        ("out", "Out of service now"),
        ("late", "Not back when expected"),
        ("warranty", "Under warranty"),
        ("outside", "Outside the instructions"),
        ("dropped", "Entered by mistake"),
    )

    q = forms.CharField(label="Tag, serial number or word", required=False, max_length=100)
    which = forms.ChoiceField(label="Which", required=False, choices=WHICH)
    since = Day(label="Found from", required=False)
    until = Day(label="Found to", required=False)

    def works(self, member: Member) -> QuerySet[Work]:
        """Those asked for, of what `member` sees; none where the question makes no sense."""
        found = Work.objects.all().visible_to(member)
        if not self.is_valid():
            return found.none()
        given = self.cleaned_data
        if given["q"]:
            found = found.filter(item__in=sought(given["q"]))
        if given["since"]:
            found = found.filter(found_on__gte=given["since"])
        if given["until"]:
            found = found.filter(found_on__lte=given["until"])
        return found.filter(_which(given["which"])) if given["which"] else found.standing()

    def said(self) -> str:
        """By what they were chosen, in words; nothing where it is all."""
        if not self.is_valid():
            return ""
        given = self.cleaned_data
        words = [dict(self.WHICH)[given["which"]].lower()] if given["which"] else []
        words += [f"of “{given['q']}”"] if given["q"] else []
        words += [f"found from {spoken_day(given['since'])}"] if given["since"] else []
        words += [f"found to {spoken_day(given['until'])}"] if given["until"] else []
        return ", ".join(words)


def sought(text: str) -> list[int]:
    """The numbers of the things that are meant by a tag, a serial number or words."""
    asked = wanted(text)
    if not asked:
        return []
    rows = Item.objects.filter(words=SearchQuery(asked, search_type="raw", config="simple"))
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:SOUGHT])


def _which(word: str) -> Q:
    is_open = Q(state=Work.State.OPEN)
    return {
        "open": is_open,
        "out": is_open & Q(out_on__isnull=False),
        "late": is_open & Q(expected_on__lt=timezone.localdate()),
        "warranty": Q(state=Work.State.DONE, under_warranty=True),
        "outside": Q(state=Work.State.DONE, outside=True),
        "dropped": Q(state=Work.State.DROPPED),
    }[word]
