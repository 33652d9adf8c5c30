"""Near copies graded in one sitting, each with its own grade and answer; and taken back together (S.O.P. 4).

Level 6 is never given in bulk: each is read. Level 8 never: each has its own alert. Level 7 only to letter by letter
the same text, each with its own record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from accounts.models import Clause
from members.authority import require
from members.models import Member
from members.powers import Power
from members.states import Invalid
from moderation.decisions import LONGEST_KEY, Decision
from moderation.models import Comment, GroupAct, Grouped, Level, QueueEntry
from moderation.near_copies import are_identical
from moderation.offering import prepared
from moderation.refusals import REFUSALS, sentence_of
from moderation.sources import Rests

MOST = 100  # comments of one act: each is an act of its own, and somebody waits for the page
LEVELS = (Level.POSITIVE, Level.NEUTRAL, Level.QUESTION, Level.CONCERNED, Level.MISGUIDED, Level.OFFENSIVE)


@dataclass
class Sitting:
    """What came of one act: the grades given, and what was left out, with the reason."""

    act: GroupAct
    left_out: dict[int, str] = field(default_factory=dict)


def grade_all(
    seen: Mapping[Comment, int],
    level: int,
    *,
    by: Member,
    key: str,
    reply: str = "",
    clause: Clause | None = None,
    source: str = "",
) -> Sitting:
    """Grade each comment of `seen`, with the version that was on the screen; `reply` empty: the approved texts.

    `source` is what a reply of levels 3 and 5 rests on.

    What was edited, graded or taken meanwhile is left out and said. The same `key` again changes nothing. Raises
    Refused, Invalid.
    """
    require(by, Power.GRADE_COMMENTS)
    _check(seen, level, key, clause)
    if "\x00" in key + reply + source:
        raise Invalid("The text holds characters that no platform takes.", "reply")
    act, made = _act(level, by, key)
    sitting, rests = Sitting(act), Rests(source=source.strip())
    if not made:
        return sitting
    for number, (comment, version) in enumerate(seen.items()):
        answer = reply.strip() or _wording(comment, level, number)
        own = f"{key}:{comment.pk}"
        decision = Decision(level, own, version=version, reply=answer, clause=clause, whole=True, rests=rests)
        try:
            with transaction.atomic():
                QueueEntry.claim(comment.pk, by=by)
                grade = comment.case.grade_as(decision, by=by)
                Grouped.objects.create(act=act, grade=grade)
        except QueueEntry.DoesNotExist:
            sitting.left_out[comment.pk] = "It waits no more."
        except REFUSALS as refusal:
            sitting.left_out[comment.pk] = sentence_of(refusal)
    return sitting


def undo_all(act: GroupAct, *, by: Member) -> Sitting:
    """Take back every grade of the act that still stands. Raises Refused to readers."""
    require(by, Power.GRADE_COMMENTS)
    sitting = Sitting(act)
    for one in act.members.select_related("grade__comment__case", "grade__comment__account").order_by("pk"):
        case = one.grade.comment.case
        if case.grade_id != one.grade_id:
            sitting.left_out[case.pk] = "It was graded anew, or taken back already."
            continue
        try:
            case.undo(by=by, reason="The whole sitting was taken back.")
        except REFUSALS as refusal:
            sitting.left_out[case.pk] = sentence_of(refusal)
    return sitting


def _check(seen: Mapping[Comment, int], level: int, key: str, clause: Clause | None) -> None:
    if level == Level.NEGATIVE:
        raise Invalid("Level 6 is given one by one: no reply, no hide, no bulk (S.O.P. 4).", "level")
    if level not in LEVELS:
        raise Invalid("Level 8 is given one by one: each has its own alert.", "level")
    if not seen:
        raise Invalid("Choose at least one comment.", "comment")
    if len(seen) > MOST:
        raise Invalid(f"At most {MOST} comments in one sitting; these are {len(seen)}.", "comment")
    if not 0 < len(key) <= LONGEST_KEY - 20:
        raise Invalid("The form has no key of its own: load the page again.", "key")
    if level == Level.OFFENSIVE and not are_identical(seen):
        raise Invalid("Hiding is never done at once on texts that differ: grade these one by one.", "level")
    if level == Level.OFFENSIVE and clause is None:
        raise Invalid("Name the clause of the Terms of Use that they break.", "clause")


def _act(level: int, by: Member, key: str) -> tuple[GroupAct, bool]:
    """The act of this form, and whether it is made now. Raises Invalid when the key served somebody else."""
    try:
        with transaction.atomic():
            return GroupAct.objects.create(level=level, by=by, key=key), True
    except IntegrityError as error:
        found = GroupAct.objects.filter(key=key, by=by, level=level).first()
        if found is None:
            raise Invalid("The form was used for something else already: load the page again.", "key") from error
        return found, False


def _wording(comment: Comment, level: int, number: int) -> str:
    """An approved text that can go out as it is, each comment the next one; none at level 7: the notice is its own."""
    if level in {Level.NEUTRAL, Level.OFFENSIVE}:
        return ""
    ready = prepared(level, comment, wording=number)
    return "" if ready is None or ready.opener else ready.text
