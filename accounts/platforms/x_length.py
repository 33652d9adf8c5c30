"""How long X counts a text to be: Latin letters one, most others two, an emoji two, an address 23 (facts.md 3.1).

The weights are those of X's own counting rules, version 3, from memory; which addresses without a scheme X takes for
links follows from a list of endings that is shorter than X's. X counts again and refuses what is too long all the same.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 280
AN_ADDRESS = 23
_ONE = ((0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))  # these count one, all others two
_ENDINGS = "com|org|net|gov|edu|mil|int|info|biz|us|uk|ca|mx|ht|eu|io|co|tv|me|ly|gl"
_ADDRESS = re.compile(
    rf"https?://[^\s<>\"]+|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:{_ENDINGS})(?![\w.-]*\w)(?:/[^\s<>\"]*)?", re.IGNORECASE
)
_BASE = (
    "[\U0001f1e6-\U0001f1ff]{2}"  # a flag
    "|[0-9#*]\ufe0f?\u20e3"  # a key
    "|(?:[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff]"
    "[\ufe0f\U0001f3fb-\U0001f3ff]*[\U000e0020-\U000e007f]*)"
)
_EMOJI = re.compile(rf"(?:{_BASE})(?:\u200d(?:{_BASE}))*")


def weighted(text: str) -> int:
    """How many of its 280 characters X counts this text as."""
    plain = unicodedata.normalize("NFC", text)
    rest, addresses = _ADDRESS.subn("", plain)
    rest, emoji = _EMOJI.subn("", rest)
    return AN_ADDRESS * addresses + 2 * emoji + sum(_weight(ord(character)) for character in rest)


def _weight(point: int) -> int:
    return 1 if any(first <= point <= last for first, last in _ONE) else 2
