"""Names of juveniles and victims that never go out: kept by the unit, found in what it writes (2.C, 2.D)."""

from __future__ import annotations

import re
import unicodedata

from django.db import transaction
from django.utils import timezone

from content.language_check import NAME, Finding
from content.models import ListedName
from members.authority import require
from members.models import Member
from members.powers import Power
from members.states import Invalid, WrongState, record

SAYS = "is on the unit's list of juveniles and victims: take it out"
_WORD = re.compile(r"\w+")
_LEAST = 3  # letters of a name: shorter ones stand in every text


def add(name: str, kind: str, *, by: Member) -> ListedName:
    """Put a name on the list. Raises Refused, Invalid (no name, too short or long, there already)."""
    require(by, Power.DEVELOP_CONTENT)
    name = " ".join(name.split())
    if kind not in ListedName.Kind.values:
        raise Invalid("Say whose name it is.", "kind")
    if len(name) > ListedName.LONGEST:
        raise Invalid(f"A name has at most {ListedName.LONGEST} characters.", "name")
    if sum(map(str.isalpha, name)) < _LEAST:
        raise Invalid(f"Write the name: at least {_LEAST} letters.", "name")
    if any(_key(one.name) == _key(name) for one in ListedName.objects.standing()):
        raise Invalid("This name is on the list already.", "name")
    with transaction.atomic():
        made = ListedName.objects.create(name=name, kind=kind, added_by=by)
        record("add", made, by=by)
    return made


def take_off(listed: ListedName, *, by: Member) -> None:
    """Take a name off the list; it is gone for good. Raises Refused, WrongState (somebody did so already)."""
    require(by, Power.DEVELOP_CONTENT)
    with transaction.atomic():
        standing = ListedName.objects.standing().filter(pk=listed.pk)
        if not standing.update(name="", removed_by=by, removed_at=timezone.now()):
            raise WrongState(listed, "take_off")
        record("take_off", listed, by=by)


def patterns() -> list[re.Pattern[str]]:
    """What the names of the list are found by, in a folded text; each name is decrypted once."""
    return [_pattern(one.name) for one in ListedName.objects.standing()]


def names_in(text: str, listed: list[re.Pattern[str]]) -> list[Finding]:
    """Where names of the list stand in `text`: whatever their case and accents, turned round, run together in a tag."""
    folded, places = _folded(text)
    found = []
    for pattern in listed:
        for match in pattern.finditer(folded):
            start, end = places[match.start()], places[match.end() - 1] + 1
            found.append(Finding(NAME, start, end, text[start:end], SAYS))
    return found


def _pattern(name: str) -> re.Pattern[str]:
    """The name's words in their order, or the last before the others, with anything but letters between them."""
    words = [re.escape(word) for word in _WORD.findall(_folded(name)[0])]
    orders = [words] if len(words) < 2 else [words, [words[-1], *words[:-1]]]
    between = r"[\W_]*"
    return re.compile("|".join(rf"(?<![^\W_]){between.join(order)}(?:s)?(?![^\W_])" for order in orders))


def _key(name: str) -> str:
    return " ".join(_WORD.findall(_folded(name)[0]))


def _folded(text: str) -> tuple[str, list[int]]:
    """`text` in small letters without accents, and of each of its characters the place where it stood."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFKD", letter).casefold():
            if not unicodedata.combining(part):
                letters.append(part)
                places.append(place)
    return "".join(letters), places
