"""What the editor's form says, as a manuscript. A form reads; `problems` judges what it read.

Every field is optional here: a draft may lack anything but its name and purpose. What cannot be read at all (a time
that does not exist) is a problem at its field, and stays typed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from accounts.models import Account
from content import scene_words
from content.forms import number_of
from content.manuscript import CRITERIA, Answer, Box, Manuscript, Picture, Place, Source, Version
from content.problems import Problem
from content.windows import moment_of
from members.days import FIRST, LAST
from members.models.agency import agency_zone
from members.states import Invalid

MOST_PLACES = 10
MOST_PICTURES = 40
LONGEST_LINE = 2000
MOMENTS = ("starts_at", "ends_at", "wanted_by")


@dataclass
class Typed:
    """What came with a form: the manuscript, what could not be read, and what beside the manuscript was typed."""

    manuscript: Manuscript
    wanted_by: datetime | None = None
    urgent: bool = False
    problems: list[Problem] = field(default_factory=list)


def read(post: QueryDict, base: Manuscript, *, accounts: Collection[Account], assets: Collection[int]) -> Typed:
    """`base` as the form has it now. Only `accounts` and `assets` can be chosen: what else is named is passed over."""
    typed = Typed(base, urgent="urgent" in post)
    moments = {name: _moment(post, name, typed.problems) for name in MOMENTS}
    typed.wanted_by = moments["wanted_by"]
    pictures = _pictures(post, base, assets, typed.problems)
    written = replace(
        base,
        title=_line(post, "title"),
        purpose=_line(post, "purpose"),
        text=_text(post, "text"),
        versions=tuple(_version(post, account, pictures) for account in accounts if _chosen(post, account)),
        places=_places(post, typed.problems),
        pictures=pictures,
        criteria={letter: answer for letter in CRITERIA if (answer := _answer(post, letter)) != Answer()},
        stays={key: why for key in post.getlist("finding") if (why := _line(post, f"stays-{key}"))},
        active_scene={"yes": True, "no": False}.get(post.get("active_scene", "")),
        starts_at=moments["starts_at"],
        ends_at=moments["ends_at"],
        source=Source(_line(post, "source_address"), _line(post, "source_credit")),
        attire=_line(post, "attire"),
        campaign=number_of(post.get("campaign", "")),
    )
    typed.manuscript = replace(written, scene_asked_again=_asked_again(post, written))
    return typed


def _asked_again(post: QueryDict, written: Manuscript) -> bool:
    """Whether the second question of 2.E was answered with no, of the very words that it was asked about."""
    asked_about = set(post.getlist("scene_word"))
    return (
        "scene_asked_again" in post
        and written.active_scene is False
        and set(scene_words.suggested(written.texts())) <= asked_about
    )


# --- one field --------------------------------------------------------------------------------------------------------


def _text(post: QueryDict, name: str) -> str:
    return post.get(name, "").replace("\r\n", "\n").replace("\x00", "").strip()


def _line(post: QueryDict, name: str) -> str:
    return " ".join(_text(post, name).split())[:LONGEST_LINE]


def _moment(post: QueryDict, name: str, problems: list[Problem]) -> datetime | None:
    given = post.get(name, "").strip()
    if not given:
        return None
    try:
        local = parse_datetime(given)
    except ValueError:
        local = None
    if local is None or local.tzinfo is not None or not FIRST <= local.date() <= LAST:
        problems.append(Problem(name, "Write it as a day and a time: 2026-12-03 14:00."))
        return None
    try:
        return moment_of(local, agency_zone(), int(post.get(f"{name}_fold") == "1"), field=name)
    except Invalid as error:
        problems.append(Problem(name, str(error)))
        return None


def _answer(post: QueryDict, letter: str) -> Answer:
    return Answer(f"attest-{letter}" in post, _line(post, f"note-{letter}"))


# --- versions, places, pictures ---------------------------------------------------------------------------------------


def _chosen(post: QueryDict, account: Account) -> bool:
    return str(account.pk) in post.getlist("account")


def _version(post: QueryDict, account: Account, pictures: tuple[Picture, ...]) -> Version:
    pk = account.pk
    return Version(
        pk,
        text=_text(post, f"text-{pk}") if f"own-{pk}" in post else None,
        title=_line(post, f"title-{pk}"),
        link=_line(post, f"link-{pk}"),
        pictures=_shown(post, pk, pictures),
    )


def _shown(post: QueryDict, account: int, pictures: tuple[Picture, ...]) -> tuple[int, ...] | None:
    """Those that this account shows: of the pictures that it was asked about the ticked ones, and all that are new."""
    asked = {number_of(one) for one in post.getlist(f"offered-{account}")}
    ticked = {number_of(one) for one in post.getlist(f"shows-{account}")}
    shown = tuple(one.asset for one in pictures if one.asset not in asked or one.asset in ticked)
    return None if len(shown) == len(pictures) else shown


def _places(post: QueryDict, problems: list[Problem]) -> tuple[Place, ...]:
    rows = zip(post.getlist("place_site"), post.getlist("place_address"), post.getlist("place_text"), strict=False)
    found = [
        Place(" ".join(site.split()), " ".join(address.split()), _plain(text) or None)
        for site, address, text in rows
        if site.strip() or address.strip() or text.strip()
    ][:MOST_PLACES]
    for number, one in enumerate(found):
        if len(one.site) > 200:
            problems.append(Problem(f"place-{number}", "The name of a site has at most 200 characters."))
    return tuple(found)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "").strip()


def _pictures(
    post: QueryDict, base: Manuscript, assets: Collection[int], problems: list[Problem]
) -> tuple[Picture, ...]:
    before = {picture.asset: picture for picture in base.pictures}
    chosen = [pk for pk in map(number_of, post.getlist("picture")) if pk is not None and (pk in assets or pk in before)]
    read = [_picture(post, before.get(pk, Picture(pk)), problems) for pk in dict.fromkeys(chosen)]
    return tuple(sorted(read, key=lambda one: number_of(post.get(f"place-of-{one.asset}", "")) or 99))[:MOST_PICTURES]


def _picture(post: QueryDict, before: Picture, problems: list[Problem]) -> Picture:
    pk = before.asset
    if f"alt-{pk}" not in post:
        return before
    crops = {}
    for platform in post.getlist(f"crop-of-{pk}"):
        if boxes := _boxes(post.get(f"crop-{pk}-{platform}", ""), pk, problems):
            crops[platform] = boxes[0]
    return Picture(
        pk,
        alt=_line(post, f"alt-{pk}"),
        blurs=_boxes(post.get(f"blurs-{pk}", ""), pk, problems),
        crops=crops,
        captions=_text(post, f"captions-{pk}"),
    )


def _boxes(given: str, asset: int, problems: list[Problem]) -> tuple[Box, ...]:
    """Rectangles, one a line: left, top, width and height in hundredths of the picture."""
    found = []
    for line in given.splitlines():
        parts = line.replace("%", " ").replace(",", " ").replace(";", " ").split()
        if not parts:
            continue
        try:
            left, top, width, height = (round(float(part) / 100, 5) for part in parts)
        except ValueError:
            problems.append(Problem(f"picture-{asset}", "Write four numbers a line: left, top, width, height."))
            continue
        inside = 0 <= left < 1 and 0 <= top < 1 and width > 0 and height > 0
        if not inside or left + width > 1.00001 or top + height > 1.00001:
            problems.append(Problem(f"picture-{asset}", "That rectangle does not lie in the picture (0 to 100)."))
            continue
        found.append((left, top, width, height))
    return tuple(found)
