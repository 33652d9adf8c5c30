"""Single-letter keys as each member has them (WCAG 2.1.4): as they come, or moved to others of his own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from members.models import Member
from moderation.models import OwnDesk


@dataclass(frozen=True)
class Key:
    """One key as it comes, and what it does."""

    key: str
    does: str


KEYS = (
    *(Key(str(level), f"level {level}: what the grade demands") for level in range(1, 8)),
    Key("8", "level 8, threatening: retained and hidden at once"),
    Key("j", "next comment"),
    Key("k", "previous comment"),
    Key("r", "write the reply"),
    Key("w", "another wording"),
    Key("q", "the first fact that fits, into the reply"),
    Key("o", "the second fact"),
    Key("i", "the third fact"),
    *(Key(letter, f"at level 7, clause ({letter})") for letter in "abcdef"),
    Key("m", "at level 7, name the words relied on"),
    Key("t", "at level 7, rely on the whole text"),
    Key("u", "undo the last grade"),
    Key("s", "skip: give it back and go on"),
    Key("S", "skip with a reason"),
    Key("n", "note for colleagues"),
    Key("g", "answer what seems to be an emergency; in a review, show the grader"),
    Key("p", "answer what seems to come from the media"),
    Key("x", "say that it is a false alarm"),
    Key("l", "a life may be in danger: raise an emergency"),
    Key("h", "hand over or refer"),
    Key("z", "zen: only the comment"),
    Key("/", "search and filter what waits"),
    Key(".", "show what is new"),
    Key("?", "list the keys"),
)
DEFAULTS = tuple(one.key for one in KEYS)


def moved(member: Member) -> dict[str, str]:
    """What `member` has moved: the key as it comes → his own."""
    return moved_of(OwnDesk.objects.filter(pk=member.pk).values_list("keys", flat=True).first() or {})


def moved_of(kept: Mapping[str, str]) -> dict[str, str]:
    """The same of what is kept on his desk: a key that is none any more is left out."""
    return {key: own for key, own in kept.items() if key in DEFAULTS}


def faults(wanted: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with a whole set of keys, by the key as it comes: empty when each does one thing."""
    found: dict[str, str] = {}
    taken: dict[str, Key] = {}
    for one in KEYS:
        own = wanted.get(one.key, one.key)
        if len(own) != 1 or not own.isprintable() or own.isspace():
            found[one.key] = "One letter, digit or sign."
        elif own in taken:
            found[one.key] = f"“{own}” does something else already: {taken[own].does}."
        else:
            taken[own] = one
    return found


def move(member: Member, wanted: Mapping[str, str]) -> dict[str, str]:
    """Keep the keys of `member` as `wanted`, unless two acts would share one; what is wrong, by the key as it comes."""
    if wrong := faults(wanted):
        return wrong
    kept = {key: own for key, own in wanted.items() if key in DEFAULTS and own != key}
    OwnDesk.objects.update_or_create(member=member, defaults={"keys": kept})
    return {}
