"""What is being written, whole: the text, a version for each account, pictures, answers to the criteria, the window.

A manuscript is a value: a revision keeps one as canonical JSON, and what two members changed at once is merged part by
part. It knows no database: accounts and pictures are named by their ids.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import rfc8785

Box = tuple[float, float, float, float]  # left, top, width, height, as parts of the whole picture
CRITERIA = "ABCDEFG"  # 2.A to 2.G


@dataclass(frozen=True, slots=True)
class Version:
    """What one account is to say. `text` None: the one text of all. `pictures` None: all of them, in their order."""

    account: int
    text: str | None = None
    title: str = ""  # a video's, where the platform has one
    link: str = ""  # shown with a preview, where the platform does that
    pictures: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody else's site, where we post by hand (2.A)."""

    site: str
    address: str = ""
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo, graphic or video of the library as this item shows it."""

    asset: int
    alt: str = ""
    blurs: tuple[Box, ...] = ()
    crops: Mapping[str, Box] = field(default_factory=dict)  # platform → the part that it shows
    captions: str = ""  # of a video: WebVTT


@dataclass(frozen=True, slots=True)
class Answer:
    """What the author attests of one criterion, and what he says of it."""

    attested: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a re-post comes from (C.10)."""

    address: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The whole of it. `active_scene` None: the question of 2.E is not answered yet."""

    title: str = ""  # as the unit calls it; nobody outside sees it
    purpose: str = ""
    text: str = ""
    versions: tuple[Version, ...] = ()
    places: tuple[Place, ...] = ()
    pictures: tuple[Picture, ...] = ()
    criteria: Mapping[str, Answer] = field(default_factory=dict)
    stays: Mapping[str, str] = field(default_factory=dict)  # what the language check found → why it stays
    active_scene: bool | None = None
    scene_asked_again: bool = False  # words suggested a scene, and the author says no all the same
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    source: Source = field(default_factory=Source)
    attire: str = ""  # of a member who is filmed (D.2)
    campaign: int | None = None
    prepared: int | None = None  # the prepared message that it is made of

    def text_for(self, version: Version | Place) -> str:
        """The words of one account or place."""
        return self.text if version.text is None else version.text

    def pictures_for(self, version: Version) -> tuple[Picture, ...]:
        """What one account shows."""
        if version.pictures is None:
            return self.pictures
        by_asset = {picture.asset: picture for picture in self.pictures}
        return tuple(by_asset[asset] for asset in version.pictures if asset in by_asset)

    def texts(self) -> list[str]:
        """Every text that goes out anywhere, each once."""
        goes: list[Version | Place] = [*self.versions, *self.places]
        said = [self.text_for(one) for one in goes] or [self.text]
        return list(dict.fromkeys([*said, *(one.title for one in self.versions if one.title)]))

    def document(self) -> bytes:
        """Canonical JSON (RFC 8785): what a revision keeps."""
        whole = asdict(self)
        for name in ("starts_at", "ends_at"):
            moment = getattr(self, name)
            whole[name] = moment.astimezone(UTC).isoformat() if moment else None
        return rfc8785.dumps(whole)

    def digest(self) -> bytes:
        """SHA-256 of the document."""
        return hashlib.sha256(self.document()).digest()


def read(document: Mapping[str, Any]) -> Manuscript:
    """A manuscript out of its document, as JSON gives it back."""

    def moment(name: str) -> datetime | None:
        return datetime.fromisoformat(document[name]) if document.get(name) else None

    known = {name: document[name] for name in document if name in Manuscript.__slots__}
    return Manuscript(
        **{
            **known,
            "versions": tuple(_version(one) for one in document.get("versions", ())),
            "places": tuple(Place(**one) for one in document.get("places", ())),
            "pictures": tuple(_picture(one) for one in document.get("pictures", ())),
            "criteria": {letter: Answer(**one) for letter, one in document.get("criteria", {}).items()},
            "source": Source(**document.get("source", {})),
            "starts_at": moment("starts_at"),
            "ends_at": moment("ends_at"),
        }
    )


def _version(one: Mapping[str, Any]) -> Version:
    pictures = one.get("pictures")
    return Version(**{**one, "pictures": None if pictures is None else tuple(pictures)})


def _picture(one: Mapping[str, Any]) -> Picture:
    blurs = tuple(_box(box) for box in one.get("blurs", ()))
    return Picture(**{**one, "blurs": blurs, "crops": {name: _box(box) for name, box in one.get("crops", {}).items()}})


def _box(given: Any) -> Box:
    left, top, width, height = (float(part) for part in given)
    return left, top, width, height


# --- two members at once ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of two manuscripts that grew out of one. `conflicts`: the parts that both changed, differently."""

    manuscript: Manuscript
    conflicts: tuple[str, ...]


def merge(base: Manuscript, theirs: Manuscript, mine: Manuscript) -> Merged:
    """Take of each part the change that one of the two made. Where both changed it, mine stands and is a conflict.

    A part is a field; of versions, pictures and answers the whole of one account, one picture, one letter.
    """
    parts = (parts_of(base), parts_of(theirs), parts_of(mine))
    names = list(dict.fromkeys([*parts[2], *parts[1]]))
    taken: dict[str, Any] = {}
    conflicts = []
    for name in names:
        was, other, own = (one.get(name) for one in parts)
        taken[name] = other if own == was else own
        if own != was and other not in (was, own):
            conflicts.append(name)
    return Merged(_joined(mine, taken), tuple(conflicts))


def taking(mine: Manuscript, theirs: Manuscript, names: Collection[str]) -> Manuscript:
    """`mine`, but for the parts of those names, which are taken of `theirs`."""
    other = parts_of(theirs)
    return _joined(mine, parts_of(mine) | {name: other.get(name) for name in names})


def parts_of(whole: Manuscript) -> dict[str, Any]:
    """Its parts by name, as `Overtaken` names them; what is not there has no name here."""
    plain = {
        name: getattr(whole, name) for name in Manuscript.__slots__ if name not in {"versions", "pictures", "criteria"}
    }
    return {
        **plain,
        **{f"version {one.account}": one for one in whole.versions},
        **{f"picture {one.asset}": one for one in whole.pictures},
        **{f"criterion {letter}": answer for letter, answer in whole.criteria.items()},
    }


def _joined(order: Manuscript, taken: Mapping[str, Any]) -> Manuscript:
    def of(word: str) -> dict[str, Any]:
        return {
            name.removeprefix(f"{word} "): one
            for name, one in taken.items()
            if name.startswith(f"{word} ") and one is not None
        }

    plain = {name: one for name, one in taken.items() if name in Manuscript.__slots__}
    return replace(
        order,
        **plain,
        versions=tuple(of("version").values()),
        pictures=tuple(of("picture").values()),
        criteria=of("criterion"),
    )
