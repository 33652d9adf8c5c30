"""One handle, however it is spelt: what two people type for the same account has the same key.

Handles come from address bars, letterheads and memory: with @ or without, as a whole address, in capitals, in full
width, with invisible characters that came along when they were copied.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from accounts.platforms.contract import Platform
from members.states import Invalid

LONGEST = 300  # characters typed; an address is longer than its handle

# Which characters and how many a handle may have: from memory, of the platforms' own sign-up pages.
SHAPES = {
    Platform.FACEBOOK: (re.compile(r"[a-z0-9]{5,50}"), "5 to 50 letters and digits, with or without periods"),
    Platform.INSTAGRAM: (re.compile(r"[a-z0-9._]{1,30}"), "up to 30 letters, digits, periods and underscores"),
    Platform.X: (re.compile(r"[a-z0-9_]{1,15}"), "up to 15 letters, digits and underscores"),
    Platform.YOUTUBE: (re.compile(r"[\w.·-]{3,30}"), "3 to 30 letters, digits, periods, hyphens and underscores"),
    Platform.PERISCOPE: (re.compile(r"[a-z0-9_]{1,15}"), "up to 15 letters, digits and underscores"),
}
HOSTS = {
    "facebook.com": Platform.FACEBOOK,
    "fb.com": Platform.FACEBOOK,
    "fb.me": Platform.FACEBOOK,
    "m.me": Platform.FACEBOOK,
    "instagram.com": Platform.INSTAGRAM,
    "instagr.am": Platform.INSTAGRAM,
    "x.com": Platform.X,
    "twitter.com": Platform.X,
    "youtube.com": Platform.YOUTUBE,
    "periscope.tv": Platform.PERISCOPE,
    "pscp.tv": Platform.PERISCOPE,
}
BEFORE_A_NAME = {"c", "user", "people", "pages", "pg", "channel"}  # parts of an address that are not the handle
IGNORED_IN_HANDLES = {Platform.FACEBOOK: "."}  # from memory: Facebook takes bay.side and bayside for one name
CHANNEL = re.compile(r"UC[\w-]{22}", re.ASCII)  # YouTube's id of a channel, where capitals count
NUMBERED = re.compile(rf"id:(\d+|{CHANNEL.pattern})", re.ASCII)
# Drawn as nothing, yet no format character: fillers and joiners that Unicode says to ignore (from memory).
UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


@dataclass(frozen=True)
class Handle:
    """A handle as it is shown, and the key by which it is found again however it is spelt."""

    shown: str
    key: str


def key_of(platform: str, typed: str) -> str:
    """The key of `typed` on `platform`; empty when nothing of it is left. Judges nothing: see `read`."""
    found = _name_in(platform, typed)
    if found.startswith("id:"):
        return found
    folded = unicodedata.normalize("NFKC", found.casefold()).casefold()
    return "".join(one for one in folded if one not in IGNORED_IN_HANDLES.get(platform, ""))  # type: ignore[call-overload]


def read(platform: str, typed: str) -> Handle:
    """The handle that somebody typed, or whose address he gave. Raises Invalid (field "handle") in a sentence."""
    label = Platform(platform).label
    if len(typed) > LONGEST:
        raise Invalid("That is too long for a handle or its address.", "handle")
    elsewhere = _host_of(_seen(typed))
    if elsewhere and elsewhere != platform:
        raise Invalid(f"This is an address on {elsewhere.label}, and the account is to be on {label}.", "handle")
    key = key_of(platform, typed)
    if not key:
        raise Invalid("Give the account's handle, or the address of its page.", "handle")
    shape, words = SHAPES[Platform(platform)]
    if not NUMBERED.fullmatch(key) and not shape.fullmatch(key):
        raise Invalid(f"A handle on {label} has {words}. Give the handle alone, or the address of its page.", "handle")
    return Handle(_name_in(platform, typed), key)


def _seen(typed: str) -> str:
    """What a reader sees of it: one width, nothing invisible, no space around it."""
    plain = unicodedata.normalize("NFKC", "".join(one for one in typed if one not in UNSEEN))
    return "".join(one for one in plain if unicodedata.category(one)[0] != "C" and not _varies(one)).strip()


def _varies(one: str) -> bool:
    return "\ufe00" <= one <= "\ufe0f" or "\U000e0100" <= one <= "\U000e01ef"


def _name_in(platform: str, typed: str) -> str:
    plain = _seen(typed)
    if _host_of(plain) is not None:
        plain = _name_of_address(plain)
    plain = plain.split("?")[0].split("#")[0].strip("/ ").lstrip("@＠ ")
    return f"id:{plain}" if platform == Platform.YOUTUBE and CHANNEL.fullmatch(plain) else plain


def _host_of(plain: str) -> Platform | None:
    """The platform whose address it is, with `https://` or without."""
    try:
        host = urlsplit(plain if "//" in plain else f"//{plain}").hostname or ""
    except ValueError:  # "[" and the like
        return None
    if "/" not in plain and not re.match(r"(www|m)\.", host):
        return None  # "x.com" alone is no page, and a handle may look like a host: bayside.fb.com
    return next((platform for name, platform in HOSTS.items() if host == name or host.endswith(f".{name}")), None)


def _name_of_address(plain: str) -> str:
    parts = urlsplit(plain if "//" in plain else f"//{plain}")
    if numbers := parse_qs(parts.query).get("id"):  # facebook.com/profile.php?id=…
        return f"id:{numbers[0]}"
    steps = [unquote(one) for one in parts.path.split("/") if one]
    named = [one for one in steps if one.casefold() not in BEFORE_A_NAME]
    if len(named) > 1 and named != steps and named[-1].isdecimal():  # facebook.com/people/Name/1000…
        return f"id:{named[-1]}"
    return named[0] if named else ""
