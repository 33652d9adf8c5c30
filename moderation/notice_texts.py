"""The words of a notice: the approved text in the poster's language, its marks filled in, its reference (4.S, LR-6).

A reference is reckoned, not drawn: so the panel shows the text as it will be sent before anything is kept. Without the
unit's key nobody can guess one.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from django.conf import settings

from accounts.models import Clause
from accounts.platforms.capabilities import Act, capability
from members.models.agency import agency
from moderation.models.comments import Comment
from moderation.models.notices import Notice
from moderation.models.texts import Purpose, Wording
from moderation.replies import first_name

LETTERS = "ACDEFHJKMNPQRTUVWXY34679"  # none is read or heard for another
LENGTH = 10
WORDS_SHOWN = 120  # of the poster's own, in a private message

_PURPOSES = {
    Notice.Kind.FIRST: Purpose.NOTICE_FIRST,
    Notice.Kind.SECOND: Purpose.NOTICE_SECOND,
    Notice.Kind.WARNING: Purpose.WARNING,
    Notice.Kind.APOLOGY: Purpose.APOLOGY,
    Notice.Kind.BAN_LIFTED: Purpose.BAN_LIFTED,
}


@dataclass(frozen=True)
class Written:
    """A notice's words, before it is kept."""

    text: str
    language: str
    number: int = 1  # which wording this is, from 1
    of: int = 1


def reference_of(comment: Comment, kind: str, after: int | None) -> str:
    """The reference of the notice of this kind that follows the grade `after` (None: no grade stood before)."""
    said = f"notice:{kind}:{comment.pk}:{after or 0}".encode()
    number = int.from_bytes(hmac.digest(settings.SECRET_KEY.encode(), said, "sha256"))
    letters = []
    for _ in range(LENGTH):
        number, left = divmod(number, len(LETTERS))
        letters.append(LETTERS[left])
    return "".join(letters)


def address_of(reference: str) -> str:
    """The public page where the poster appeals."""
    return f"{settings.UNIT_URL}/appeal/{reference}/"


def approved(
    comment: Comment,
    kind: str,
    way: str,
    *,
    reference: str,
    clause: Clause | None = None,
    words: str = "",
    wording: int = 0,
    marks: bool = False,
) -> Written | None:
    """An approved text that fits the platform, filled in; in the poster's language or else in English.

    A public one never repeats the words that were hidden. None where no text is approved. `wording` chooses; `marks`:
    {clause} and {words} are left standing, for who chooses them in the same form.
    """
    purpose = _PURPOSES[Notice.Kind(kind)]
    named, limit = bool(first_name(comment.author_name)), limit_of(comment, way)
    for language in dict.fromkeys([comment.language, "en"]):
        found = Wording.objects.approved().filter(purpose=purpose, language=language).order_by("pk")
        suited = [one for one in found if way == Notice.Way.PRIVATE or "{words}" not in one.text]
        filled = [filled_in(one.text, comment, reference=reference, clause=clause, words=words) for one in suited]
        fitting = [
            (one.text, text)
            for one, text in zip(suited, filled, strict=True)
            if (named or not one.named) and (limit is None or len(text) <= limit)
        ]
        if fitting:
            best = _best(fitting, named=named)
            number = wording % len(best)
            text = best[number][1]
            if marks:
                text = filled_in(best[number][0], comment, reference=reference, marks=True)
            return Written(text, language, number + 1, len(best))
    return None


def _best(fitting: list[tuple[str, str]], *, named: bool) -> list[tuple[str, str]]:
    """Those that say the most: the poster's words, then his name."""
    with_words = [pair for pair in fitting if "{words}" in pair[0]] or fitting
    return [pair for pair in with_words if "{first_name}" in pair[0]] or with_words if named else with_words


def filled_in(
    text: str,
    comment: Comment,
    *,
    reference: str,
    clause: Clause | None = None,
    words: str = "",
    marks: bool = False,
) -> str:
    """`text` with its marks in braces filled in; also in what an officer typed. `marks` as in `approved`."""
    shown = words or comment.case.text
    if len(shown) > WORDS_SHOWN:
        shown = shown[: WORDS_SHOWN - 1].rstrip() + "…"
    ours = agency()
    values = {
        "{first_name}": first_name(comment.author_name),
        "{emergency}": ours.emergency_number,
        "{non_emergency}": ours.non_emergency_number,
        "{reference}": reference,
        "{address}": address_of(reference),
    }
    if not marks:
        values |= {"{clause}": f"({clause.letter})" if clause else "", "{words}": shown}
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text.strip()


def limit_of(comment: Comment, way: str) -> int | None:
    """The characters that the platform takes this way."""
    act = Act.MESSAGE if way == Notice.Way.PRIVATE and comment.kind != "message" else Act.REPLY
    return capability(comment.account.platform, act, comment.account.tier).limit
