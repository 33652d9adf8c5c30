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
    comment: Comment, kind: str, way: str, *, reference: str, clause: Clause | None, words: str = "", wording: int = 0
) -> Written | None:
    """An approved text that fits the platform, filled in; in the poster's language or else in English.

    A public one never repeats the words that were hidden. None where no text is approved. `wording` chooses.
    """
    found = _wordings(_PURPOSES[Notice.Kind(kind)], comment.language) or _wordings(_PURPOSES[Notice.Kind(kind)], "en")
    suited = [one for one in found if way == Notice.Way.PRIVATE or "{words}" not in one.text]
    private = [one for one in suited if "{words}" in one.text]
    limit = limit_of(comment, way)
    filled = [
        (one, filled_in(one.text, comment, reference=reference, clause=clause, words=words))
        for one in private or suited
        if "{first_name}" not in one.text or first_name(comment.author_name)
    ]
    fitting = [(one, text) for one, text in filled if limit is None or len(text) <= limit]
    if not fitting:
        return None
    number = wording % len(fitting)
    chosen, text = fitting[number]
    return Written(text, chosen.language, number + 1, len(fitting))


def _wordings(purpose: str, language: str) -> list[Wording]:
    return list(Wording.objects.approved().filter(purpose=purpose, language=language).order_by("pk"))


def filled_in(text: str, comment: Comment, *, reference: str, clause: Clause | None, words: str = "") -> str:
    """`text` with its marks in braces filled in; also in what an officer typed."""
    shown = words or comment.text
    if len(shown) > WORDS_SHOWN:
        shown = shown[: WORDS_SHOWN - 1].rstrip() + "…"
    marks = {
        "{first_name}": first_name(comment.author_name),
        "{clause}": f"({clause.letter})" if clause else "",
        "{words}": shown,
        "{reference}": reference,
        "{address}": address_of(reference),
    }
    for mark, value in marks.items():
        text = text.replace(mark, value)
    return text.strip()


def limit_of(comment: Comment, way: str) -> int | None:
    """The characters that the platform takes this way."""
    act = Act.MESSAGE if way == Notice.Way.PRIVATE and comment.kind != "message" else Act.REPLY
    return capability(comment.account.platform, act, comment.account.tier).limit
