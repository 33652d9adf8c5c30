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

from moderation.vocabulary.english import ENGLISH
from moderation.vocabulary.haitian import HAITIAN
from moderation.vocabulary.reading import Turns, words_of
from moderation.vocabulary.spanish import SPANISH

__all__ = ["ENGLISH", "HAITIAN", "SPANISH", "VOCABULARY", "Turns", "words_of"]

VOCABULARY = words_of(ENGLISH) | words_of(SPANISH) | words_of(HAITIAN)
