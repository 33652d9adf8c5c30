"""Forms of the register of filters: what is on it, what goes in, and what is said with each act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms

from accounts.models import Account, PlatformFilter
from accounts.models.filters import FilterQuerySet, find, may_keep, propose
from members.forms import Asked
from members.models import Member

ON_NOW = ""
SHOWN: dict[str, Callable[[FilterQuerySet], FilterQuerySet]] = {
    ON_NOW: lambda rows: rows.exclude(state__in=["declined", "ended"]),
    "unapproved": lambda rows: rows.unapproved(),
    "overdue": lambda rows: rows.overdue(),
    "over": lambda rows: rows.filter(state__in=["declined", "ended"]),
    "all": lambda rows: rows,
}


class FilterSearch(Asked):
    """Which of them are shown; rubbish in the address shows those that stand."""

    which = forms.ChoiceField(
        label="Which",
        required=False,
        choices=[
            (ON_NOW, "Standing"),
            ("unapproved", "Approved by nobody"),
            ("overdue", "Review due"),
            ("over", "Declined or ended"),
            ("all", "All"),
        ],
    )
    account = forms.ModelChoiceField(
        Account.objects.none(), label="Account", required=False, empty_label="Every account"
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        self._field("account").queryset = Account.objects.visible_to(member)

    def _field(self, name: str) -> forms.ModelChoiceField[Account]:
        return cast("forms.ModelChoiceField[Account]", self.fields[name])

    def filters(self) -> FilterQuerySet:
        """What was asked for, of what the member may see."""
        said = self.cleaned_data if self.is_valid() else {}
        rows = PlatformFilter.objects.visible_to(self.member).select_related("account", "approved_by", "seen_by", "by")
        if said.get("account"):
            rows = rows.filter(account=said["account"])
        return SHOWN[said.get("which") or ON_NOW](rows)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class EnterForm(Asked):
    """A filter that is proposed, or that was found on the platform."""

    PROPOSED, FOUND = "propose", "find"

    how = forms.ChoiceField(
        label="It",
        choices=[(PROPOSED, "is proposed: nothing is set yet"), (FOUND, "stands on the platform, approved by nobody")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is proposed or was found."},
    )
    account = forms.ModelChoiceField(Account.objects.none(), label="Account")
    kind = forms.ChoiceField(label="Kind", choices=PlatformFilter.Kind.choices)
    what = forms.CharField(
        label="What it keeps back",
        required=False,
        max_length=20_000,
        widget=_area(6),
        help_text="Every word of a list, one a line; of a setting, what exactly it does. Left empty only for what was"
        " found and nobody can say: that is never approved.",
    )
    strength = forms.CharField(
        label="Strength", required=False, max_length=120, help_text="As the platform calls it: medium, strong, on."
    )
    why = forms.CharField(
        label="What it is for",
        required=False,
        max_length=2000,
        widget=_area(2),
        help_text="And which clause of the Terms of Use it serves.",
    )
    replaces = forms.ModelChoiceField(
        PlatformFilter.objects.none(),
        label="Replaces",
        required=False,
        empty_label="Nothing",
        help_text="A changed list is a new one: the former ends when this one is set.",
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        open_ones = Account.objects.visible_to(member).open()
        kept = [one.pk for one in open_ones if may_keep(member, one)]
        self._choose("account", Account.objects.filter(pk__in=kept))
        self._choose(
            "replaces", PlatformFilter.objects.filter(account__in=kept, state="in_force").select_related("account")
        )

    def _choose(self, name: str, rows: Any) -> None:
        cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows

    def carry_out(self) -> PlatformFilter:
        """Put it on the register. Raises Refused, Invalid."""
        given = dict(self.cleaned_data)
        enter = propose if given.pop("how") == self.PROPOSED else find
        return enter(given.pop("account"), by=self.member, **given)


class SayForm(Asked):
    """What is said with an act: the reason, or what was seen."""

    note = forms.CharField(label="Note", required=False, max_length=2000, widget=_area(3))
