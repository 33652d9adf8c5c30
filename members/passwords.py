"""What a password must be: long, and none that is tried first. No rules of composition, no change by the calendar.

As NIST SP 800-63B-4 has it (performance.md, B3). Django asks these validators wherever a password is set; each refusal
says why, and what to take instead.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError

from members.models import Member
from members.models.agency import Agency, agency

SHORTEST = 15
LONGEST = 256
STRONG_ENOUGH = 3  # of zxcvbn's five grades, 0 to 4: a hundred million guesses and more
LOOKED_AT = 72  # characters that zxcvbn is given: its time grows with the square
OWN = 6  # characters that must be left without what is known of the member, and without what is tried first
TRIED_FIRST = 2000  # so many of the passwords that people use most
INSTEAD = "Take four or five words that have nothing to do with each other, or let a password manager make one."

_WHY = {
    "dictionary": "It is built on a word or password that is tried first.",
    "user_inputs": "It is built on your name, your number or the agency's name.",
    "repeat": "It repeats itself.",
    "sequence": "It follows the order of the alphabet or of the digits.",
    "spatial": "It follows keys that lie side by side.",
    "date": "It is built on a date.",
    "regex": "It is built on a date.",
}

# zxcvbn keeps the words it was given with a password in a dictionary that all threads share.
_one_at_a_time = Lock()


class Length:
    """At least 15 characters, whichever they are, at most 256."""

    def validate(self, password: str, user: Member | None = None) -> None:
        """Raises ValidationError with the count."""
        if len(password) < SHORTEST:
            raise ValidationError(f"{_characters(password)}: it needs at least {SHORTEST}. {INSTEAD}", "too_short")
        if len(password) > LONGEST:
            raise ValidationError(f"{_characters(password)}: at most {LONGEST} are kept.", "too_long")

    def get_help_text(self) -> str:
        """For the form."""
        return f"At least {SHORTEST} characters of any kind, spaces too. {INSTEAD}"


class Guessable:
    """Not guessed soon: no password known from breaches, no play on the keyboard, nothing about the member."""

    def validate(self, password: str, user: Member | None = None, ours: Agency | None = None) -> None:
        """Raises ValidationError with the reason. `ours`: an agency that is not stored yet."""
        known = known_of(user, ours)
        left = _without(password, known)
        if left != password.lower() and len(_letters(left)) < OWN:
            raise ValidationError(f"{_WHY['user_inputs']} {INSTEAD}", "guessable")
        from zxcvbn import zxcvbn  # its lists of words take twelve megabytes: only where a password is set

        with _one_at_a_time:
            found = zxcvbn(password[:LOOKED_AT], user_inputs=known)
        parts = found["sequence"]
        # The score alone takes Password1234567! for good: it multiplies what is tried first by what is tried first.
        own = "".join(part["token"] for part in parts if not _is_tried_first(part))
        if found["score"] < STRONG_ENOUGH or len(_letters(own)) < OWN:
            raise ValidationError(f"This password would be guessed soon. {_why(parts)} {INSTEAD}", "guessable")

    def get_help_text(self) -> str:
        """For the form."""
        return "Nothing that is known of you, and no password that others use."


class Breached:
    """Not in the file of breached passwords' digests, where the unit has one (settings.BREACHED_PASSWORDS)."""

    def validate(self, password: str, user: Member | None = None) -> None:
        """Raises ValidationError. Fails, rather than passing everything, when the file cannot be read."""
        if not settings.BREACHED_PASSWORDS:
            return
        digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
        with Path(settings.BREACHED_PASSWORDS).open("rb") as file:
            found = holds(file, digest.encode())
        if found:
            raise ValidationError(
                f"This password has been stolen somewhere and stands on the lists that are tried first. {INSTEAD}",
                "breached",
            )

    def get_help_text(self) -> str:
        """For the form."""
        return "No password that has been stolen somewhere."


def holds(file: BinaryIO, digest: bytes) -> bool:
    """Whether a line of `file` begins with `digest`: lines `SHA1:count` in their order, as the list is published.

    Halves the file, some 35 times for all of it; it is never read whole.
    """
    low, high = 0, file.seek(0, os.SEEK_END)  # a line that begins in between may be the one
    while low < high:
        middle = (low + high) // 2
        file.seek(middle)
        if middle:
            file.seek(middle - 1)
            file.readline()  # to the beginning of the next line
        begin = file.tell()
        line = file.readline() if begin < high else b""
        found = line[: len(digest)].upper()
        if line and found == digest:
            return True
        if line and found < digest:
            low = begin + len(line)
        else:
            high = middle
    return False


def known_of(member: Member | None, ours: Agency | None = None) -> list[str]:
    """What others know of `member`, in small letters: his names, number and addresses, and the agency's names."""
    ours = ours or agency()
    texts = [ours.name, ours.short_name, "social media unit", "police department"]
    if member is not None:
        texts += [member.name, member.username, member.number, member.email.partition("@")[0], member.phone]
    words = {word for text in texts for word in [text.lower(), *re.split(r"\W+", text.lower())]}
    return sorted((word for word in words if len(word) >= 3), key=len, reverse=True)


def _without(password: str, known: list[str]) -> str:
    """What is left of `password`, in small letters, without what is known."""
    left = password.lower()
    for word in known:
        left = left.replace(word, " ")
    return left


def _letters(text: str) -> str:
    """`text` without spaces and what parts words."""
    return re.sub(r"[\s\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]+", "", text)


def _is_tried_first(part: dict[str, Any]) -> bool:
    """Whether a part of a password, as zxcvbn saw it, is a play or a password that many use."""
    if part["pattern"] == "dictionary":
        return bool(part["dictionary_name"] == "passwords" and part["rank"] <= TRIED_FIRST)
    return part["pattern"] in _WHY


def _characters(password: str) -> str:
    return f"This password has {len(password)} character{'' if len(password) == 1 else 's'}"


def _why(parts: list[dict[str, Any]]) -> str:
    """The reason in words, by the part of the password that is the longest of those that were recognised."""
    recognised = [part for part in parts if part["pattern"] in _WHY]
    if not recognised:
        return ""
    weakest = max(recognised, key=lambda part: len(part["token"]))
    return _WHY["user_inputs" if weakest.get("dictionary_name") == "user_inputs" else weakest["pattern"]]
