"""What words stand for where triage looks for threats: one sign a word, so that one pattern serves three languages.

Everything is written as `plain` leaves a text. A turn of several words goes
before its words. Words that have no sign are fillers.

The signs: I who speaks · m such a one as the object · Y who is spoken to, y what is his · T a third · N anybody · K kin
P police · L a place · W a weapon · B a part of the body · V to kill · v to hurt · f to burn or blow up · D dead, killed
G will, wants, should · C if, next time · X not · Q says, said · O knows, follows · A where somebody can be found
M comes, brings, waits · o alone, off duty · R a turn that threatens by itself · z a turn that is no threat
F laughing, a story, a match · H hopes · E has, holds · r pays, regrets
"""

from __future__ import annotations

from content.words.vocabulary.english import ENGLISH
from content.words.vocabulary.haitian import HAITIAN
from content.words.vocabulary.reading import Turns, words_of
from content.words.vocabulary.spanish import SPANISH

__all__ = ["ENGLISH", "FOREIGN", "HAITIAN", "HAITIAN_WORDS", "SPANISH", "SPANISH_WORDS", "VOCABULARY", "Turns"]


def _own(turns: Turns, common: str) -> frozenset[str]:
    """The words by which a language is known: those of its turns that English has not, and its commonest."""
    return (words_of(turns) - words_of(ENGLISH)).union(common.split())


SPANISH_WORDS = _own(SPANISH, "el los las del una por con para su es esta muy que como cuando donde y al un les hay mi")
HAITIAN_WORDS = _own(HAITIAN, "mwen ou nan ki pou pa gen sa li nou ak tout kote ap n w te yon pap lakay vivan")
FOREIGN = SPANISH_WORDS | HAITIAN_WORDS
VOCABULARY = words_of(ENGLISH) | words_of(SPANISH) | words_of(HAITIAN)
