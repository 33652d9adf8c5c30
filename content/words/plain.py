"""A text as triage reads it: small letters, and what hides words undone; with its words."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import filterfalse

from content.words.folding import LONGEST, fold
from content.words.lexicon import RULES
from content.words.phrases import INSULTS, PROFANITY
from content.words.vocabulary import VOCABULARY

# Letters that look like ours, and marks that are not seen at all, both used to get past rules.
_LOOKALIKES = str.maketrans("аеорсухіјѕԁԛѡαοικνρτυ’ʼ`", "aeopcyxijsdqwaoiknptu'''") | dict.fromkeys(
    [*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0x00AD]
)
# A figure stands for one letter or another: k1ll, ki11.
_MASKS = (str.maketrans("013457@$!|", "oieastasii"), str.maketrans("013457@$!|", "oleastasll"))
_LEAST = 3  # letters of a word that may stand behind a mask: a lone 1 is no I
# A run of signs without a letter is walked once, not once from each of its signs: somebody may send a thousand.
_WORD = re.compile(r"(?:(?<![@$!|])[@$!|]++)?+[a-z0-9]++(?:[@$!|]++[a-z0-9]++)*")
_SPACED = re.compile(r"\b(?:[a-z][ .\-_]){2,}[a-z]\b")
_BETWEEN = re.compile(r"[ .\-_]")
_TRIPLED = re.compile(r"([a-z])\1{2,}")
_TRIPLES = tuple(letter * 3 for letter in "abcdefghijklmnopqrstuvwxyz")
_SINGLES = 3  # single letters that a spaced word has at least
_STARRED = (
    (re.compile(r"\bf[*#@$%!.\-]{1,3}c?k?(?=ing|ed|er|in|s?(?![\w*#]))"), "fuck"),
    (re.compile(r"\bs[*#@$%!]{1,2}t(?=t?y?|s?\b)|\bsh[*#@$%!]t"), "shit"),
    (re.compile(r"\bb[*#@$%!]{1,2}t?ch"), "bitch"),
    (re.compile(r"\bn[*#@$%!i1]{1,2}[*#gq]{1,3}[*#e3a]{1,2}[*#r]?(?=s?\b|\W)"), "nigger"),
    (re.compile(r"\bc[*#@$%!]nt"), "cunt"),
    (re.compile(r"\bf[*#@$%!]g(?:g[*#@o0]t)?"), "faggot"),
)
_TELLING = frozenset().union(PROFANITY, INSULTS, VOCABULARY, *(rule.words for rule in RULES))


def plain(text: str) -> tuple[str, frozenset[str]]:
    """`text` in small letters without accents, apostrophes, look-alike letters, masks, stretched words; its words."""
    return _plain(text[:LONGEST])


@lru_cache(maxsize=8)  # a comment is judged and its language told, one right after the other
def _plain(text: str) -> tuple[str, frozenset[str]]:
    said = text if text.isascii() else fold(text.translate(_LOOKALIKES))
    said = said.lower().replace("'", "")
    if "*" in said or "#" in said:
        for pattern, word in _STARRED:
            said = pattern.sub(word, said)
    if any(map(said.__contains__, _TRIPLES)):
        said = _TRIPLED.sub(r"\1", said)
    listed = _WORD.findall(said)
    if [*map(len, listed)].count(1) >= _SINGLES:
        said = _SPACED.sub(_joined, said)
        listed = _WORD.findall(said)
    words = set(listed)
    for word in [*filterfalse(str.isalpha, words)]:
        if len(word) < _LEAST or not any(map(str.isalpha, word)):
            continue
        for masks in _MASKS:
            bare = word.translate(masks)
            if bare in _TELLING:  # a word behind digits and signs, where that makes one that tells: `k1ll`, not `2pm`
                said = said.replace(word, bare)
                words.add(bare)
                break
    return said, frozenset(words)


def _joined(found: re.Match[str]) -> str:
    """`f u c k` as one word, where that makes one that tells something."""
    word = _BETWEEN.sub("", found[0])
    return word if word in _TELLING else found[0]
