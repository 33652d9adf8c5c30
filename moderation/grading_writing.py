"""A later version of the Comment Grading System (4.0): drawn up from the newest, compared with it, published.

Whose it is: the Unit Commander's or a designee's (S.O.P. 4). What was published is never altered; a version follows it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.terms_writing import Part, compared
from members import authority
from members.days import spoken
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, WrongState, record
from moderation.models.grades import HIDEABLE, GradingLevel, GradingSystem, Level
from moderation.models.grading_drafts import GradingDraft, may_write

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


def _require(member: Member) -> None:
    if not may_write(member):
        raise authority.refused(Power.UPDATE_GRADING)


def begin(*, by: Member) -> GradingDraft:
    """Draw up the next version from the newest there is; the draft that is open, when there is one.

    Raises Refused; Invalid before the first version is adopted.
    """
    _require(by)
    newest = GradingSystem.objects.order_by("-version").first()
    if newest is None:
        raise Invalid("Adopt version 1 first: a later one is drawn up from it.")
    standing = GradingDraft.objects.filter(state=GradingDraft.State.DRAFT).first()
    if standing is not None:
        return standing
    try:
        with transaction.atomic():
            draft = GradingDraft.objects.create(
                based_on=newest, levels=[row_of(one) for one in newest.levels.order_by("level")], by=by
            )
            record("draw_up", draft, by=by, after=draft.state)
    except IntegrityError:  # two at once: the other's is the one
        return GradingDraft.objects.get(state=GradingDraft.State.DRAFT)
    return draft


def write(draft: GradingDraft, *, by: Member, revision: int, levels: list[Row], reason: str) -> None:
    """Keep what was written, if nobody else has written since `revision`. Raises Refused, Invalid, WrongState."""
    _require(by)
    draft.become(
        GradingDraft.State.DRAFT,
        verb="write",
        by=by,
        expecting={"revision": revision},
        revision=revision + 1,
        levels=_judged(levels),
        reason=reason.strip(),
    )


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


def drop(draft: GradingDraft, *, by: Member) -> None:
    """Let the draft go; the version in force stays. Raises Refused, WrongState."""
    _require(by)
    draft.become(GradingDraft.State.DROPPED, verb="drop", by=by)


def publish(draft: GradingDraft, *, by: Member, revision: int, effective_from: datetime | None = None) -> GradingSystem:
    """Make the draft the next version, in force at once or from `effective_from`.

    What was graded keeps the version it was graded under. Raises Refused; Invalid for a draft that says nothing new,
    gives no reason, or begins before the version before it; WrongState when it was written to since `revision`.
    """
    _require(by)
    if not draft.can_become(GradingDraft.State.PUBLISHED):
        raise WrongState(draft, "publish")
    now = timezone.now()
    begins = effective_from or now
    newest = GradingSystem.objects.order_by("-version")[0]
    _judge(draft, newest, begins, now)
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


def _judge(draft: GradingDraft, newest: GradingSystem, begins: datetime, now: datetime) -> None:
    if begins < now:
        raise Invalid("It cannot be in force before it is published: name a day to come, or none.", "effective_from")
    if begins <= newest.effective_from:
        raise Invalid(
            f"Version {newest.version} is in force from {spoken(newest.effective_from)}: name a later day.",
            "effective_from",
        )
    if draft.based_on_id != newest.pk:
        raise Invalid("Another version was published since this was drawn up: drop it and draw it up anew.")
    if not draft.reason.strip():
        raise Invalid("Write why the system changes, and keep it, before you publish.", "reason")
    if not changes(draft.levels, rows_of(newest)):
        raise Invalid("It says what the version before it says: nothing is to be published.")


def rows_of(system: GradingSystem) -> list[Row]:
    """A version's levels as a draft holds them."""
    return [row_of(one) for one in system.levels.order_by("level")]


def demand_words(name: str, value: Any) -> str:
    """What a demand says, in words."""
    return str(value) if name == "reply" else "yes" if value else "no"


def changes(rows: list[Row], before: list[Row]) -> list[tuple[str, list[Part]]]:
    """Where `rows` differ from those before: the place, and the words. Empty when they say the same."""
    found = []
    for now, was in zip(rows, before, strict=True):
        place = f"Level {now['level']}"
        for name, word in TEXTS.items():
            if now[name] != was[name]:
                found.append((f"{place}: {word.lower()}", compared(was[name], now[name])))
        for name, word in DEMANDED.items():
            if now[name] != was[name]:
                parts = [("gone", demand_words(name, was[name])), ("new", demand_words(name, now[name]))]
                found.append((f"{place}: {word.lower()}", parts))
    return found
