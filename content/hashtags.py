"""Hashtags (2.F): found in a text, looked up in the register, asked for and decided.

Only what the register holds as approved, for the day on which it goes out, is used; tags are one whatever their case.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from urllib.parse import quote

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.platforms.contract import Platform
from content.models.register import Campaign, Hashtag, HashtagLook
from content.registering import Period, decide, tell_who_decides
from members.authority import require
from members.days import spoken_day
from members.models import Member
from members.powers import Power
from members.states import Invalid, record

LONGEST = 100
LONG_WORD = 11  # letters: what is longer is seldom one word
_ADDRESSES = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
# As any of the four links them: the sign, then letters, digits and underscores with a letter among them; a row too.
_ROWS = re.compile(r"(?<![\w&])(?:[#＃]+\w+)+")
_SIGNS = re.compile(r"[#＃]+")
_ONE_TAG = re.compile(r"\w*[^\W\d_]\w*")
# Where a tag is looked at before it is approved.
SEARCHES = {
    Platform.FACEBOOK: "https://www.facebook.com/hashtag/{}",
    Platform.INSTAGRAM: "https://www.instagram.com/explore/tags/{}/",
    Platform.X: "https://x.com/hashtag/{}?f=live",
    Platform.YOUTUBE: "https://www.youtube.com/hashtag/{}",
}


def key_of(tag: str) -> str:
    """What two spellings of one tag share."""
    return unicodedata.normalize("NFC", tag).casefold()


def in_text(text: str) -> list[str]:
    """The hashtags of `text` as written, without the sign, each once; what stands in an address is none."""
    bare = _ADDRESSES.sub(" ", unicodedata.normalize("NFC", text))
    found: dict[str, str] = {}
    for tag in (tag for row in _ROWS.findall(bare) for tag in _SIGNS.split(row)):
        if _ONE_TAG.fullmatch(tag):
            found.setdefault(key_of(tag), tag)
    return list(found.values())


def problems(text: str, *, on: date) -> list[str]:
    """What the register has against the hashtags of `text` on the day it goes out: a sentence for each tag (2.F)."""
    tags = in_text(text)
    rows = Hashtag.objects.filter(key__in=[key_of(tag) for tag in tags]).select_related("decision").order_by("-pk")
    known: dict[str, list[Hashtag]] = {}
    for row in rows:
        known.setdefault(row.key, []).append(row)
    said = (_against(tag, known.get(key_of(tag), []), on) for tag in tags)
    return [sentence for sentence in said if sentence]


def _against(tag: str, rows: list[Hashtag], on: date) -> str:
    if any(row.in_force(on) for row in rows):
        return ""
    states = Hashtag.State
    by_state = {row.state: row for row in reversed(rows)}
    if states.ASKED in by_state:
        return f"#{tag} is asked for, and not decided yet."
    if states.APPROVED in by_state:
        row = by_state[states.APPROVED]
        until = f" to {spoken_day(row.until)}" if row.until else ""
        return f"#{tag} is approved from {spoken_day(row.since)}{until}, not on {spoken_day(on)}: ask for it."
    if rows and rows[0].state == states.DECLINED:
        return f"#{tag} was declined: {rows[0].decision.reason}"
    if states.ENDED in by_state:
        return f"#{tag} was ended: it is used no more."
    return f"#{tag} is not in the register of hashtags: ask for it."


def spellings(text: str) -> list[str]:
    """What could be spelled better: a tag of several words is read aloud as words by its capitals alone (LR-19)."""
    tags = in_text(text)
    rows = Hashtag.objects.filter(key__in=[key_of(tag) for tag in tags], state=Hashtag.State.APPROVED).order_by("pk")
    ours = {row.key: row.tag for row in rows}
    said = []
    for tag in tags:
        asked = ours.get(key_of(tag), tag)
        if tag != asked and not asked[1:].islower():
            said.append(f"Write #{asked} and not #{tag}: its capitals let it be read aloud.")
        elif runs_together(tag):
            said.append(
                f"#{tag}: if it is several words, begin each with a capital, so that it is read aloud as words."
            )
    return said


def runs_together(tag: str) -> bool:
    """Whether `tag` may be several words without a capital between them, which are read aloud as one (LR-19)."""
    return len(tag) >= LONG_WORD and tag[1:].islower() and "_" not in tag


def wanting(text: str, *, on: date) -> list[str]:
    """The tags of `text` that could be asked for now: neither in force on that day nor asked for already."""
    tags = in_text(text)
    rows = Hashtag.objects.filter(key__in=[key_of(tag) for tag in tags])
    served = {row.key for row in rows if row.in_force(on) or row.state == Hashtag.State.ASKED}
    return [tag for tag in tags if key_of(tag) not in served]


def ask(
    tag: str, *, by: Member, period: Period | None = None, campaign: Campaign | None = None, why: str = ""
) -> Hashtag:
    """Ask for `tag`; who decides is told. Asked for already: that row. Without a period: from today, or the campaign's.

    Raises Refused for who develops no content, Invalid for what is no hashtag.
    """
    require(by, Power.DEVELOP_CONTENT)
    tag = unicodedata.normalize("NFC", tag.strip()).removeprefix("#").removeprefix("＃")
    if not _ONE_TAG.fullmatch(tag) or len(tag) > LONGEST:
        raise Invalid(f"A hashtag is one word of letters and digits, {LONGEST} at most, and not digits alone.", "tag")
    if period is None:
        period = Period(campaign.since, campaign.until) if campaign else Period(timezone.localdate())
    period.check()
    waiting = Hashtag.objects.filter(key=key_of(tag), state=Hashtag.State.ASKED)
    if (found := waiting.first()) is not None:
        return found
    given = {"campaign": campaign, "why": why.strip(), "since": period.since, "until": period.until, "asked_by": by}
    try:
        with transaction.atomic():
            made = Hashtag.objects.create(tag=tag, key=key_of(tag), **given)
            record("ask", made, by=by, after=made.state)
            tell_who_decides(made, f"{by.name} asks for the hashtag #{tag}: decide.")
    except IntegrityError:  # asked for by another at this moment
        return waiting.get()
    return made


def look(hashtag: Hashtag, *, by: Member, seen: str, fits: bool = True) -> HashtagLook:
    """Note how others use it. Raises Refused, Invalid without a word of what was seen."""
    require(by, Power.DEVELOP_CONTENT)
    if not seen.strip():
        raise Invalid("Say where you looked, and what the tag stands for there.", "seen")
    with transaction.atomic():
        made = HashtagLook.objects.create(hashtag=hashtag, seen=seen.strip(), fits=fits, by=by)
        record("look", hashtag, by=by)
    return made


def approve(hashtag: Hashtag, *, by: Member, reason: str = "") -> None:
    """Let it be used for its period. Raises Refused, Invalid while nobody has looked how others use it, WrongState."""
    if not hashtag.may_approve(by):
        raise hashtag.refusal(by)
    if not hashtag.looks.exists():
        raise Invalid("Look first how others use this tag, and note what you saw.", "seen")
    if hashtag.campaign is not None and hashtag.campaign.state != Campaign.State.APPROVED:
        raise Invalid("Decide its campaign first.", "reason")
    decide(hashtag, approves=True, by=by, reason=reason)


def searches(tag: str) -> list[tuple[str, str]]:
    """Where to see how others use it: the platform's name, and the address of its own search."""
    return [(str(platform.label), address.format(quote(tag))) for platform, address in SEARCHES.items()]
