"""Near copies among what waits: so that two hundred thank-yous are one sitting (S.O.P. 4; surge mode).

Computed when the page is asked for, on the first of what waits; the intake pays nothing for it. Texts are near when
most of their runs of four letters are the same. What says no is never near what does not, nor a question a statement.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from zlib import crc32

from content.words.plain import plain
from members.models import Member
from moderation.models import Comment, QueueEntry

LOOKED = 2000  # waiting comments that are compared, in the order of the queue
SMALLEST = 3  # comments that make a group
SAME = 0.65  # of their runs two near texts share at least
RUN, SKETCH, RIVALS = 4, 6, 20  # letters of a run; smallest hashes that find a rival; rivals looked at
SHORT = 12  # letters; below, only the same words are near
_WORDS = re.compile(r"\w+")
_NEGATIONS = """
no not never dont doesnt didnt wont cant aint without nothing nobody nunca nada sin tampoco pa
"""
_TURNS = frozenset(_NEGATIONS.split())


@dataclass(frozen=True)
class Said:
    """A text as it is compared. Two with the same are the same to the eye: letters, accents and signs aside."""

    language: str
    words: str
    turned: frozenset[str]  # the words in it that turn a sentence round
    asks: bool

    @classmethod
    def of(cls, text: str, language: str) -> Said:
        """What stays of `text`; of one without words, its signs."""
        found = _WORDS.findall(plain(text)[0])
        words = " ".join(found) or "".join(text.split())
        return cls(language, words, _TURNS & frozenset(found), "?" in text or "¿" in text)

    @cached_property
    def runs(self) -> frozenset[int]:
        """Its runs of letters, each as a number."""
        return frozenset(crc32(self.words[at : at + RUN].encode()) for at in range(max(1, len(self.words) - RUN + 1)))

    def is_near(self, other: Said) -> bool:
        """Whether the two say the same in nearly the same words."""
        if (self.language, self.turned, self.asks) != (other.language, other.turned, other.asks):
            return False
        if min(len(self.words), len(other.words)) < SHORT:
            return self.words == other.words
        return len(self.runs & other.runs) >= SAME * len(self.runs | other.runs)


@dataclass
class Group:
    """Waiting comments that say the same, in the order of the queue."""

    said: Said
    entries: list[QueueEntry] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What names it in an address, as long as its first text waits."""
        return hashlib.sha256(f"{self.said.language} {self.said.words}".encode()).hexdigest()[:16]

    @property
    def identical(self) -> bool:
        """Whether all have the very same text: only then are they hidden in one sitting."""
        return are_identical(entry.comment for entry in self.entries)


def are_identical(comments: Iterable[Comment]) -> bool:
    """Whether all say letter by letter the same, as they stand now, and show the same."""
    return len({(comment.case.text, repr(comment.attachments)) for comment in comments}) <= 1


def groups(member: Member) -> list[Group]:
    """The groups of what `member` could take now, the largest first.

    What may be a threat or an emergency, and what was edited, is read one by one and stands in none.
    """
    free = QueueEntry.objects.visible_to(member).free_for(member).exclude(urgency=0).filter(comment__case__version=1)
    found = free.in_order().select_related("comment__account", "comment__case")[:LOOKED]
    by_words: dict[Said, list[QueueEntry]] = defaultdict(list)
    for entry in found:
        by_words[Said.of(entry.comment.text, entry.language)].append(entry)
    made: list[Group] = []
    where: dict[tuple[str, int], list[Group]] = defaultdict(list)
    for said, entries in sorted(by_words.items(), key=lambda pair: -len(pair[1])):
        marks = [(said.language, run) for run in sorted(said.runs)[:SKETCH]]
        rivals = [group for mark in marks for group in where[mark]][:RIVALS]
        group = next((rival for rival in rivals if rival.said.is_near(said)), None)
        if group is None:
            group = Group(said)
            made.append(group)
            for mark in marks:
                where[mark].append(group)
        group.entries += entries
    return sorted((one for one in made if len(one.entries) >= SMALLEST), key=lambda one: -len(one.entries))


def group_of(member: Member, key: str) -> Group | None:
    """The group that an address names; None when it waits no more."""
    return next((group for group in groups(member) if group.key == key), None)
