"""Searching the list of members: by name, position, standing, language; sorted, and paged by key (idea 7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Lower
from django.utils import timezone

from members.languages import NAMES
from members.models import Member, OneTime
from members.paging import SIZE, Page
from members.powers import OUTSIDE, Position

SERVING, INVITED, OVER, LEFT = "serving", "invited", "over", "left"
STANDINGS = [
    ("", "Serving or invited"),
    (SERVING, "Serving"),
    (INVITED, "Invited"),
    (OVER, "Period is over"),
    (LEFT, "Left"),
    ("all", "Everybody"),
]
SORTS = {"": "position", "name": "name", "number": "number", "newest": "newest"}
RANKS = Case(*[When(position=position, then=Value(rank)) for rank, position in enumerate(Position.values)])


class MemberSearch(forms.Form):
    """What is asked of the list; everything may stay empty, and rubbish in the address is said, not obeyed."""

    q = forms.CharField(label="Name or number", required=False, max_length=200)
    position = forms.ChoiceField(label="Position", required=False, choices=[("", "Any"), *Position.choices], initial="")
    state = forms.ChoiceField(label="Standing", required=False, choices=STANDINGS)
    language = forms.ChoiceField(label="Language", required=False, choices=[("", "Any"), *NAMES.items()])
    sort = forms.ChoiceField(
        label="Sorted by",
        required=False,
        choices=[("", "Chain of command"), ("name", "Name"), ("number", "Number"), ("newest", "Newest first")],
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        for field in self.fields.values():
            kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            field.widget.attrs["class"] = kind
        self.fields["q"].widget.attrs["type"] = "search"

    def members(self) -> QuerySet[Member]:
        """Those asked for that the member may see, in the order asked for; none when the question makes no sense."""
        found = Member.objects.visible_to(self.member).select_related("reports_to")
        if not self.is_valid():
            return cast("QuerySet[Member]", found.none())
        asked = self.cleaned_data
        if words := asked["q"]:
            found = found.filter(Q(name__icontains=words) | Q(number__icontains=words) | Q(username__icontains=words))
        if asked["position"]:
            found = found.filter(position=asked["position"])
        if asked["language"]:
            found = found.filter(languages__contains=[asked["language"]])
        found = found.filter(_standing(asked["state"])).annotate(
            never_joined=_NEVER_JOINED, key=_KEYS[SORTS[asked["sort"]]]
        )
        down = "-" if asked["sort"] == "newest" else ""
        return cast("QuerySet[Member]", found.order_by(f"{down}key", f"{down}pk"))

    def page(self, after: Any) -> Page[Member]:
        """One page of them, behind the member whose number is `after` (rubbish is ignored)."""
        found = self.members()
        start = int(after) if str(after or "").isdecimal() and len(str(after)) < 19 else None
        if start is not None and self.is_valid():
            last = found.model._base_manager.filter(pk=start).annotate(key=_KEYS[SORTS[self.cleaned_data["sort"]]])
            beyond = "lt" if self.cleaned_data["sort"] == "newest" else "gt"
            for key in last.values_list("key", flat=True):
                found = found.filter(Q(**{f"key__{beyond}": key}) | Q(**{"key": key, f"pk__{beyond}": start}))
        rows = list(found[: SIZE + 1])
        return Page(rows[:SIZE], start, rows[SIZE - 1].pk if len(rows) > SIZE else None)


def _standing(state: str) -> Q:
    over = Q(position__in=OUTSIDE, serves_until__lte=timezone.now()) & ~Q(state=Member.State.LEFT)
    return {
        "": ~Q(state=Member.State.LEFT) & ~over,
        SERVING: Q(state=Member.State.SERVING) & ~over,
        INVITED: Q(state=Member.State.INVITED) & ~over,
        OVER: over,
        LEFT: Q(state=Member.State.LEFT),
        "all": Q(),
    }[state]


_KEYS: dict[str, Any] = {
    "position": RANKS,
    "name": Lower("name"),
    "number": Lower("number"),
    "newest": Value(0),  # the primary key alone orders them
}
_INVITATIONS = OneTime.objects.filter(kind=OneTime.Kind.INVITATION, member=OuterRef("pk"))
_NEVER_JOINED = Exists(_INVITATIONS) & ~Exists(_INVITATIONS.filter(used_at__isnull=False))


@dataclass(frozen=True)
class Standing:
    """How somebody stands to the unit, in a word and its colour."""

    word: str
    tone: str = ""


def standing_of(member: Member, *, never_joined: bool) -> Standing:
    """In the unit, invited, past his period, transferred, or never come."""
    if member.state == Member.State.LEFT:
        return Standing("never joined" if never_joined else "left the unit")
    if member.serves_until is not None and member.serves_until <= timezone.now():
        return Standing("period is over", "warn")
    if member.state == Member.State.INVITED:
        return Standing("invited", "warn")
    return Standing("serving", "good")
