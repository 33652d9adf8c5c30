"""What the unit's equipment can do together: the fifteen capabilities of 3.2, and which of them nothing serves now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, F, Func, Q
from django.urls import reverse

from equipment.capabilities import ACTS, CAPABILITIES, MATTERS
from equipment.models import Item
from members.models import Member
from members.powers import Power
from members.waiting import Line, Waits


@dataclass(frozen=True)
class Able:
    """One capability: how many things have it, and how many of them serve now."""

    key: str
    word: str
    serviceable: int
    owned: int

    @property
    def matter(self) -> str:
        """Of what it can do that: images, video or audio."""
        return MATTERS[self.key.partition(":")[2]]


def figures() -> dict[str, Able]:
    """Each capability with its figures, in the order of 3.2."""
    each = Func(F("capabilities"), function="unnest")
    rows = (
        Item.objects.owned()
        .annotate(one=each)
        .values("one")
        .annotate(owned=Count("pk"), serviceable=Count("pk", filter=Q(state=Item.State.SERVICEABLE)))
        .values_list("one", "serviceable", "owned")
    )
    found = {key: (serviceable, owned) for key, serviceable, owned in rows}
    return {key: Able(key, word, *found.get(key, (0, 0))) for key, word in CAPABILITIES.items()}


def matrix() -> Iterator[tuple[str, list[Able]]]:
    """A row for each act: its word, and the figures for images, video and audio."""
    found = figures()
    for act, word in ACTS.items():
        yield word, [found[f"{act}:{matter}"] for matter in MATTERS]


def lacking(member: Member) -> Line | None:
    """Capabilities that nothing serviceable has; nothing is said before the inventory begins (3.2)."""
    if not Item.objects.all().visible_to(member).exists():
        return None
    missing = [one for one in figures().values() if not one.serviceable]
    says = f"Nothing serviceable can {_either([one.word for one in missing])}." if missing else ""
    address = reverse("capability_matrix")
    return Line("Equipment that the S.O.P. asks for", len(missing), address, tone="bad", icon="camera-off", says=says)


def _either(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


LINES = (Waits(lacking, power=Power.KEEP_EQUIPMENT),)
