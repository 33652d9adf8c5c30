"""The editor's page, row by row: every field with what stands in it and what is not right there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from accounts.models import Account
from accounts.platforms.contract import Platform
from content import checked_texts, criteria, hashtags, listing, previewing, scene_words
from content.criteria import Criterion
from content.editing import Typed
from content.manuscript import Box, Picture, Place, Version
from content.media_library import Narrowed
from content.models import Asset, Campaign, Purpose
from content.previewing import File, Preview
from content.problems import Problem
from members.models.agency import agency_zone

RECENT = 24  # pictures of the library that are offered


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One account: chosen or not, its own words, and how it will look."""

    account: Account
    chosen: bool
    version: Version
    preview: Preview
    limits: tuple[tuple[str, int], ...]  # characters by the form of the post, for the page to count by
    problems: list[Problem]

    @property
    def own(self) -> bool:
        """Whether it has words of its own."""
        return self.version.text is not None

    def shows(self) -> list[int]:
        """The pictures that are ticked; those of all where it says nothing."""
        return list(self.version.pictures or ())


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of a picture that a platform shows, as it is typed, and the shapes, width to height, that it takes."""

    field: str
    platform: str
    word: str
    typed: str
    least: float = 0.0
    most: float = 0.0  # 0: any


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One picture or video: chosen or not, what it shows, what is blurred."""

    asset: Asset
    chosen: bool
    picture: Picture
    file: File
    number: int
    crops: tuple[Cut, ...]
    problems: list[Problem]

    @property
    def key(self) -> str:
        """Its number, for the ids of its fields."""
        return str(self.asset.pk)

    @property
    def blurs(self) -> str:
        """Its rectangles, one a line."""
        return "\n".join(_typed(box) for box in self.picture.blurs)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Somebody else's site."""

    number: int
    place: Place
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One of A to G with its answer and what is not right with it."""

    criterion: Criterion
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class MomentRow:
    """A time as the field takes it; `twice`: the clock shows it twice that night, and `second` is meant."""

    value: str
    twice: bool
    second: bool


class Sheet:
    """All that the page's template draws."""

    def __init__(self, typed: Typed, problems: Iterable[Problem], *, accounts: list[Account], q: str = "") -> None:
        self.typed = typed
        self.written = typed.manuscript
        self.problems = list(problems)
        self._accounts = accounts
        self.q = q  # what older pictures are looked for by
        self.purposes = Purpose.choices
        self.names = listing.patterns()

    def at(self, *fields: str) -> list[Problem]:
        """What is not right at these fields."""
        return [problem for problem in self.problems if problem.field in fields]

    @cached_property
    def elsewhere(self) -> list[Problem]:
        """What is not right as a whole: nothing of the page bears it."""
        return self.at("", "versions", "revision")

    @cached_property
    def by_field(self) -> dict[str, list[Problem]]:
        """What is not right at the plain fields, by their name."""
        plain = ("title", "purpose", "text", "starts_at", "ends_at", "wanted_by", "source", "campaign", "attire")
        return {name: self.at(name) for name in plain}

    @cached_property
    def assets(self) -> dict[int, Asset]:
        """What it shows already."""
        return Asset.objects.in_bulk([picture.asset for picture in self.written.pictures])

    @cached_property
    def worn(self) -> list[str]:
        """What the pages of its pictures say of the attire of those who are filmed (D.2)."""
        people = [one for asset in self.assets.values() for one in asset.people() if one.attire]
        return [f"{one.name}, in {one.attire}" for one in people]

    @cached_property
    def versions(self) -> list[VersionRow]:
        """Every account that could carry it."""
        chosen = {version.account: version for version in self.written.versions}
        return [self._version(account, chosen.get(account.pk)) for account in self._accounts]

    def _version(self, account: Account, version: Version | None) -> VersionRow:
        shown = version or Version(account.pk)
        preview = previewing.preview(self.written, shown, account, self.assets, self.names)
        limits = previewing.limits_of(account)
        return VersionRow(account, version is not None, shown, preview, limits, self.at(f"version-{account.pk}"))

    @cached_property
    def pictures(self) -> list[PictureRow]:
        """What it shows, in its order, then of the library the newest, or the newest of those that fit."""
        rows = [
            self._picture(self.assets[picture.asset], picture, number)
            for number, picture in enumerate(self.written.pictures, start=1)
            if picture.asset in self.assets
        ]
        fitting = Narrowed(self.q).of(Asset.objects.exclude(pk__in=list(self.assets)))
        return [*rows, *(self._picture(asset, None, 0) for asset in fitting.order_by("-pk")[:RECENT])]

    def _picture(self, asset: Asset, picture: Picture | None, number: int) -> PictureRow:
        shown = picture or Picture(asset.pk)
        platforms = dict.fromkeys(row.account.platform for row in self.versions if row.chosen)
        crops = tuple(_cut(shown, platform) for platform in {**platforms, **dict.fromkeys(shown.crops)})
        file = previewing.still(asset, shown)
        return PictureRow(asset, picture is not None, shown, file, number, crops, self.at(f"picture-{asset.pk}"))

    @cached_property
    def chosen_pictures(self) -> list[PictureRow]:
        """Those that it shows."""
        return [row for row in self.pictures if row.chosen]

    @cached_property
    def places(self) -> list[PlaceRow]:
        """Its sites, and an empty row."""
        rows = [*self.written.places, Place("")]
        return [PlaceRow(number, place, self.at(f"place-{number}")) for number, place in enumerate(rows)]

    @cached_property
    def criteria(self) -> list[CriterionRow]:
        """A to G."""
        found = criteria.criteria_of(self.written)
        return [CriterionRow(one, self.at(f"criterion-{one.letter}")) for one in found]

    @cached_property
    def found(self) -> list[checked_texts.Found]:
        """What the language check found and a reason lets stay, each words once."""
        found = {one.finding.key: one for one in checked_texts.found_in(self.written) if not one.finding.hard}
        return list(found.values())

    @cached_property
    def scene_words(self) -> list[str]:
        """What suggests an active scene, while the answer is no."""
        return scene_words.suggested(self.written.texts()) if self.written.active_scene is False else []

    @cached_property
    def campaigns(self) -> list[Campaign]:
        """Those that are approved and not over, and the one that is chosen."""
        today = criteria.day_of(self.written)
        return list(Campaign.objects.in_force(today) | Campaign.objects.filter(pk__in=[self.written.campaign or 0]))

    @cached_property
    def wanted_tags(self) -> list[str]:
        """Hashtags that have to be asked for first."""
        return hashtags.wanting("\n".join(self.written.texts()), on=criteria.day_of(self.written))

    @cached_property
    def moments(self) -> dict[str, MomentRow]:
        """Its times, as the clock on the wall of the agency shows them."""
        twice = previewing.twice(self.written)
        given = {
            "starts_at": self.written.starts_at,
            "ends_at": self.written.ends_at,
            "wanted_by": self.typed.wanted_by,
        }
        return {name: _moment(moment, twice.get(name, False)) for name, moment in given.items()}


def _moment(moment: datetime | None, twice: bool) -> MomentRow:
    if moment is None:
        return MomentRow("", twice=False, second=False)
    local = datetime.fromtimestamp(moment.timestamp(), agency_zone())  # its fold is told, in whichever zone it came
    return MomentRow(f"{local:%Y-%m-%dT%H:%M}", twice, twice and local.fold == 1)


def _cut(picture: Picture, platform: str) -> Cut:
    from content.media.rules import SHAPES  # it brings the codecs

    typed = _typed(picture.crops[platform]) if platform in picture.crops else ""
    name = Platform(platform)
    return Cut(f"crop-{picture.asset}-{platform}", platform, str(name.label), typed, *SHAPES.get(name, ()))


def _typed(box: Box) -> str:
    return " ".join(f"{part * 100:g}" for part in box)
