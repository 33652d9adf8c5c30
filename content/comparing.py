"""Two manuscripts side by side: which parts differ, in words that a member reads (2.0)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Account
from content.manuscript import Answer, Manuscript, Picture, Place, Source, Version, parts_of
from content.models import Asset, Campaign, Purpose
from content.words.differences import Piece, words_changed
from members.days import spoken

LABELS = {
    "title": "Name",
    "purpose": "Purpose",
    "text": "The one text",
    "places": "Other sites",
    "stays": "Answers to the language check",
    "active_scene": "Active scene",
    "scene_asked_again": "Active scene, asked again",
    "starts_at": "Goes out from",
    "ends_at": "Goes out until",
    "source": "Source of the re-post",
    "attire": "Attire",
    "campaign": "Campaign",
    "prepared": "Prepared message",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One part that differs: its name, what it is called, how it stood and stands, and the difference in words."""

    name: str
    label: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        """Word by word."""
        return words_changed(self.before, self.after)


def changes(before: Manuscript, after: Manuscript, only: Collection[str] | None = None) -> list[Change]:
    """Where the two differ, in the order of the page; `only` these parts, where given."""
    old, new = parts_of(before), parts_of(after)
    names = [name for name in dict.fromkeys([*new, *old]) if old.get(name) != new.get(name)]
    called = _Called([before, after])
    return [
        Change(name, called.label(name), called.said(old.get(name), name), called.said(new.get(name), name))
        for name in names
        if only is None or name in only
    ]


class _Called:
    """What the parts are called, with the names of accounts and pictures read once."""

    def __init__(self, manuscripts: list[Manuscript]) -> None:
        self._accounts = Account.objects.in_bulk([one.account for whole in manuscripts for one in whole.versions])
        self._assets = Asset.objects.in_bulk([one.asset for whole in manuscripts for one in whole.pictures])

    def label(self, name: str) -> str:
        """The part's name on a page."""
        kind, _, which = name.partition(" ")
        if kind == "version":
            return str(self._accounts.get(int(which), f"account {which}"))
        if kind == "picture":
            return f"Picture: {self._assets.get(int(which), which)}"
        return f"Criterion {which}" if kind == "criterion" else LABELS[name]

    def said(self, part: Any, name: str = "") -> str:
        """A part as text; what is not there is empty."""
        if part in (None, "", ()):
            return ""
        if name == "campaign":
            return str(Campaign.objects.filter(pk=part).first() or "")
        if name == "purpose":
            return str(Purpose(part).label) if part in Purpose.values else str(part)
        match part:
            case bool():
                return "yes" if part else "no"
            case datetime():
                return spoken(part)
            case tuple() | dict():
                return self._several(part)
            case Version() | Picture() | Answer() | Source():
                return self._whole(part)
        return str(part)

    def _several(self, part: tuple[Place, ...] | dict[str, str]) -> str:
        return "\n".join(part.values() if isinstance(part, dict) else map(self._place, part))

    def _whole(self, part: Version | Picture | Answer | Source) -> str:
        match part:
            case Version():
                return self._version(part)
            case Picture():
                return self._picture(part)
            case Answer():
                return " ".join(["attested" if part.attested else "not attested", part.note]).strip()
        return " ".join(filter(None, [part.address, part.credit]))

    def _version(self, one: Version) -> str:
        shown = None if one.pictures is None else ", ".join(str(self._assets.get(pk, pk)) for pk in one.pictures)
        lines = [one.title, "(the one text)" if one.text is None else one.text, one.link]
        return "\n".join(filter(None, [*lines, "" if shown is None else f"shows: {shown or 'no pictures'}"]))

    @staticmethod
    def _picture(one: Picture) -> str:
        boxes = [f"blurred: {_percent(box)}" for box in one.blurs]
        boxes += [f"{platform} shows: {_percent(box)}" for platform, box in one.crops.items()]
        return "\n".join(filter(None, [one.alt, *boxes, one.captions])) or "chosen"

    @staticmethod
    def _place(one: Place) -> str:
        return " ".join(filter(None, [one.site, one.address, "(the one text)" if one.text is None else one.text]))


def _percent(box: tuple[float, ...]) -> str:
    return " ".join(f"{part * 100:g} %" for part in box)
