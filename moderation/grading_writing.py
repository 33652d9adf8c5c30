"""A later version of the Comment Grading System (4.0): drawn up from the newest, compared with it, published.

Whose it is: the Unit Commander's or a designee's (S.O.P. 4). What was published is never altered; a version follows it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts import drafting
from accounts.drafting import Change
from accounts.terms_writing import compared
from members.days import spoken
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.states import Invalid, WrongState, record
from moderation.models.grades import HIDEABLE, GradingLevel, GradingSystem, Level
from moderation.models.grading_drafts import GradingDraft

TEXTS = {
    "name": "Name",
    "description": "Description",
    "example": "Example",
    "response": "Response",
    "says": "In a line, for the officer",
}
DEMANDED = {
    "reply": "Reply",
    "hide": "Hidden",
    "contact": "The poster is contacted",
    "source": "An answer names its source",
    "referral": "May be referred to a section",
    "supervisor": "A supervisor decides what follows",
    "second_look": "Free words get a second look",
}
# What no version changes: it stands in the database too.
FIXED: dict[int, dict[str, Any]] = {
    **{level: {"hide": level in HIDEABLE} for level in Level.values},
    Level.NEGATIVE: {
        "reply": "forbidden",
        "hide": False,
        "contact": False,
        "source": False,
        "referral": False,
        "supervisor": False,
        "second_look": False,
    },
    Level.THREATENING: {
        "reply": "forbidden",
        "hide": True,
        "contact": False,
        "supervisor": True,
        "second_look": False,
    },
}
LONGEST = 1000
Row = dict[str, Any]  # a level of a draft


def row_of(level: GradingLevel) -> Row:
    """A level as a draft holds it."""
    return {"level": level.level} | {name: getattr(level, name) for name in (*TEXTS, *DEMANDED)}


def begin(*, by: Member) -> GradingDraft:
    """Draw up the next version from the newest there is; the draft that is open, when there is one.

    Raises Refused; Invalid before the first version is adopted.
    """
    drafting.require(by)
    newest = GradingSystem.objects.order_by("-version").first()
    if newest is None:
        raise Invalid("Adopt version 1 first: a later one is drawn up from it.")
    return drafting.draw_up(GradingDraft, by=by, based_on=newest, levels=rows_of(newest))


def write(draft: GradingDraft, *, by: Member, revision: int, levels: list[Row], reason: str) -> None:
    """Keep what was written, if nobody else has written since `revision`. Raises Refused, Invalid, WrongState."""
    drafting.keep(draft, by=by, revision=revision, reason=reason, levels=_judged(levels))


def _judged(levels: list[Row]) -> list[Row]:
    """The eight rows, trimmed, with what is fixed as it is. Raises Invalid."""
    if [row["level"] for row in levels] != Level.values:
        raise Invalid("The system has eight levels, 1 to 8.")
    kept = []
    for row in levels:
        level = row["level"]
        texts = {name: str(row[name]).strip().replace("\r\n", "\n") for name in TEXTS}
        for name, text in texts.items():
            if not text:
                raise Invalid(f"Level {level}: write “{TEXTS[name].lower()}”.", f"{name}_{level}")
            if len(text) > LONGEST:
                raise Invalid(f"Level {level}: {LONGEST:,} characters at most.", f"{name}_{level}")
        if row["reply"] not in GradingLevel.Reply.values:
            raise Invalid(f"Level {level}: a reply is required, optional or forbidden.", f"reply_{level}")
        kept.append({"level": level, **texts, **{name: row[name] for name in DEMANDED}, **FIXED[level]})
    return kept


def publish(draft: GradingDraft, *, by: Member, revision: int, effective_from: datetime | None = None) -> GradingSystem:
    """Make the draft the next version, in force at once or from `effective_from`.

    What was graded keeps the version it was graded under. Raises Refused; Invalid for a draft that says nothing new,
    gives no reason, or begins before the version before it; WrongState when it was written to since `revision`.
    """
    drafting.require(by)
    if not draft.can_become(GradingDraft.State.PUBLISHED):
        raise WrongState(draft, "publish")
    newest = GradingSystem.objects.order_by("-version")[0]
    new = bool(changes(draft.levels, rows_of(newest)))
    begins = drafting.judge(
        draft, newest, based_on=draft.based_on_id, effective_from=effective_from, says_something_new=new
    )
    with transaction.atomic():
        system = GradingSystem.objects.create(version=newest.version + 1, effective_from=begins)
        GradingLevel.objects.bulk_create(GradingLevel(system=system, **row) for row in draft.levels)
        record("publish", system, by=by, decision=draft)
        draft.become(
            GradingDraft.State.PUBLISHED, verb="publish", by=by, expecting={"revision": revision}, system=system
        )
        sentence = f"{system} is in force from {spoken(begins)}: {by.name} decided it."
        tell(Member.objects.serving(), Kind.REVIEWS, sentence, f"/grading/{system.version}/", but=by)
    return system


def rows_of(system: GradingSystem) -> list[Row]:
    """A version's levels as a draft holds them."""
    return [row_of(one) for one in system.levels.order_by("level")]


def demand_words(name: str, value: Any) -> str:
    """What a demand says, in words."""
    return str(value) if name == "reply" else "yes" if value else "no"


def changes(rows: list[Row], before: list[Row]) -> list[Change]:
    """Where `rows` differ from those before. Empty when they say the same."""
    found = []
    for now, was in zip(rows, before, strict=True):
        place = f"Level {now['level']}"
        for name, word in TEXTS.items():
            if now[name] != was[name]:
                found.append(Change(f"{place}: {word.lower()}", compared(was[name], now[name])))
        for name, word in DEMANDED.items():
            if now[name] != was[name]:
                parts = [("gone", demand_words(name, was[name])), ("new", demand_words(name, now[name]))]
                found.append(Change(f"{place}: {word.lower()}", parts))
    return found
