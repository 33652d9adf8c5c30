"""What a member decides about a comment with one click, and whether person, moment and form allow it (S.O.P. 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.models import Clause, Terms
from accounts.platforms.capabilities import Act, capability
from members import authority
from members.models import Member
from members.powers import Power
from members.states import Invalid, Refused, WrongState
from moderation import protected, sources, threats
from moderation.marking import as_it_stands
from moderation.models.clearances import OFF_TOPIC
from moderation.models.grades import ANSWERED_FREELY, HIDEABLE, Grade, Level, demand_of
from moderation.models.queue import QueueEntry, Taken
from moderation.moment import Moment
from moderation.sources import NOTHING, Rests

if TYPE_CHECKING:
    from moderation.models.cases import Case

LONGEST_KEY = 80
OVERTURNED = "overturn-"  # how the keys begin of grades that a review or an appeal gave
NOT_CLEARED = (
    "This waits to be cleared: until that is decided, or it is graded anew, it stays outstanding (S.O.P. 4, level 7)."
)
NOTICES_ALONE = "Who wrote a level 7 is sent the notices of the ladder, and nothing else (S.O.P. 4, level 7)."


class Edited(WrongState):
    """The comment has another version than the one that was on the screen (ruling 23)."""

    def sentence(self) -> str:
        """What happened, in words."""
        return "The comment was edited or deleted after you opened it. Look again, then decide."


class AnswerUnderWay(WrongState):
    """An answer to this comment is about to be sent, or perhaps was: a second one would stand beside it."""

    def sentence(self) -> str:
        """What happened, in words."""
        return "An answer to this comment is on its way already. Wait for its outcome, or take it back first."


@dataclass(frozen=True)
class Decision:
    """What a member decided about a comment, as one click says it.

    `key` is the form's own, so that a double click is one decision. `version` is the comment's version that was on
    the screen, `grade_seen` the grade that stood there (None: ungraded). `reply` is the answer, at level 7 the notice.
    """

    level: int
    key: str
    version: int = 1
    grade_seen: int | None = None
    reply: str = ""
    clause: Clause | None = None
    words: str = ""
    whole: bool = False  # of a level 7: the whole text is relied on
    reason: str = ""
    subject: str = ""  # what our post is about, where the clause is the one on the topic
    untold: str | None = None  # why nobody is told of a level 7; None: the approved notice is sent
    sure: bool = False  # that there is a ground beside what police must bear
    ground: str = ""  # and which
    rests: Rests = NOTHING  # what the answer rests on, and where it goes

    @property
    def answer(self) -> str:
        """The answer to send. A level 8 has none: what stood in the form does not hold it up (ruling 2)."""
        return "" if self.level == Level.THREATENING else self.reply.strip()

    @property
    def left_out(self) -> str:
        """Why nobody is told of a level 7; empty where the poster is told."""
        return "" if self.answer or self.level != Level.OFFENSIVE else (self.untold or "").strip()

    @property
    def why(self) -> str:
        """The reason that is kept with the grade."""
        return "\n".join(part for part in (self.reason.strip(), self.ground.strip()) if part)


def done_before(case: Case, decision: Decision, by: Member, moment: Moment) -> Grade | None:
    """The grade that this very click gave already. Raises Invalid or WrongState when its key served something else."""
    if not 0 < len(decision.key) <= LONGEST_KEY:
        raise Invalid("The form has no key of its own: load the page again.", "key")
    grade = Grade.objects.filter(key=decision.key).first() if moment.given else None
    if grade is not None and (grade.comment_id != case.pk or grade.by_id != by.pk):
        raise Invalid("The form was used for something else already: load the page again.", "key")
    if grade is not None and grade.level != decision.level:
        raise WrongState(case, "grade")
    return grade


def check(case: Case, decision: Decision, by: Member, moment: Moment) -> Clause | None:
    """Judge the person, the moment and the form; returns the clause that a hide rests on.

    `case` is locked. Level 8 waits for nobody (ruling 2): whoever holds the comment, whatever was edited or graded
    since the page was opened, it is refused only where a level 8 stands. Raises Refused, WrongState, Taken, Invalid.
    """
    if decision.level not in Level.values:
        raise Invalid("A grade is one of the eight levels, 1 to 8.", "level")
    _check_person(case, decision, by)
    if decision.level == Level.THREATENING:
        if case.level == Level.THREATENING:
            threats.check_clause(case, decision.clause, decision.grade_seen, decision.reason, by=by)
    else:
        _check_moment(case, decision, by, moment)
    return _check_form(case, decision)


def _check_person(case: Case, decision: Decision, by: Member) -> None:
    account = case.comment.account
    if not by.may(Power.GRADE_COMMENTS):
        raise authority.refused(Power.GRADE_COMMENTS)
    if not case.may_grade(by, decision.level):
        raise account.refused("hides a level 7")
    if case.level in HIDEABLE and decision.level not in HIDEABLE and not case.may_undo(by):
        raise account.refused("shows a hidden comment again")
    if decision.answer and not case.may_reply(by):
        raise account.refused("replies")
    if decision.level == Level.OFFENSIVE and _was_overturned(case, by):
        raise Refused("Your level 7 of these words was overturned: another member grades them, if they are one.")


def _was_overturned(case: Case, by: Member) -> bool:
    """Whether a level 7 that `by` gave to these very words was overturned, by a review or an appeal."""
    his = case.comment.grades.filter(by=by, level=Level.OFFENSIVE, version=case.version)
    return his.filter(superseded_by__key__startswith=OVERTURNED).exists()


def _check_moment(case: Case, decision: Decision, by: Member, moment: Moment) -> None:
    """What was looked at is what is decided (ruling 23), and by whoever holds the comment."""
    seen = case.grade_id if case.level is not None else None
    if seen != decision.grade_seen:
        raise WrongState(case, "grade")
    if case.version != decision.version:
        raise Edited(case, "grade")
    entry = QueueEntry.objects.select_related("held_by").filter(pk=case.pk).first() if moment.taken else None
    holder = entry.holder if entry else None
    if entry is not None and holder is not None and holder != by:
        raise Taken(holder, entry.lease_until)


def _check_form(case: Case, decision: Decision) -> Clause | None:
    if decision.level != Level.OFFENSIVE:  # what a notice may be is asked where it is written
        check_answer(case, decision.level, decision.answer, decision.rests)
    if decision.level == Level.THREATENING:
        return _clause_for_threat(decision)
    stands = case.level is not None and case.grade is not None and case.grade.version == case.version
    if stands and not decision.reason.strip():
        raise Invalid("A new grade supersedes one that stands: say why.", "reason")
    if decision.level not in HIDEABLE:
        return None
    if decision.clause is None:
        raise Invalid("Name the clause of the Terms of Use that the comment breaks.", "clause")
    if not decision.clause.grounds:
        letter = decision.clause.letter
        raise Invalid(f"Clause ({letter}) names no content that is not allowed: choose (a) to (f).", "clause")
    if decision.clause.terms != Terms.objects.in_force():
        raise Invalid("The Terms of Use have a new version: choose the clause again.", "clause")
    if decision.clause.letter == OFF_TOPIC and not decision.subject.strip():
        raise Invalid("Write down what our post is about: off the topic is judged by it.", "subject")
    _check_words(case, decision)
    _check_ground_and_contact(case, decision)
    return decision.clause


def _check_words(case: Case, decision: Decision) -> None:
    """What a level 7 relies on is named: the poster is told of it, and whoever reviews it reads it."""
    text = case.text_of(decision.version)
    if decision.words and not as_it_stands(text, decision.words):
        raise Invalid("The words relied on do not stand in the comment.", "words")
    if text.strip() and not decision.words and not decision.whole:
        raise Invalid(
            "Mark the words relied on, or say that it is the whole text: the poster is told of them.", "words"
        )


def _check_ground_and_contact(case: Case, decision: Decision) -> None:
    """Of a level 7: a ground beside what police must bear (LR-3), and the poster told, or the reason why not (4.S)."""
    relied_on = decision.words or case.text_of(decision.version)
    if protected.alone(relied_on) and not (decision.sure and decision.ground.strip()):
        raise Invalid(f"{protected.SAYS} Grade it 6, or say what else is the ground.", "sure")
    if decision.untold is not None and not decision.answer and not decision.untold.strip():
        raise Invalid("The poster is told of a level 7: send the notice, or say why nobody is told.", "untold")


def check_answer(case: Case, level: int, text: str, rests: Rests = NOTHING) -> None:
    """Whether the level is answered at all, the text fits the platform, and names its source where one is asked for.

    Raises Invalid; empty is no answer.
    """
    if not text:
        return
    demand = demand_of(level)
    if level == Level.OFFENSIVE:
        raise Invalid(NOTICES_ALONE, "reply")
    if level not in ANSWERED_FREELY or demand.reply == "forbidden":
        raise Invalid(f"{demand.says} (S.O.P. 4, level {level})", "reply")
    sources.check(case, level, demand, text, rests)
    limit = capability(case.comment.account.platform, Act.REPLY, case.comment.account.tier).limit
    if limit is not None and len(text) > limit:
        platform = case.comment.account.get_platform_display()
        raise Invalid(f"{platform} takes {limit} characters; this has {len(text)}.", "reply")


def _clause_for_threat(decision: Decision) -> Clause:
    """Clause (a), unless another that serves was named: nothing stands before the hide (ruling 2)."""
    terms = Terms.objects.in_force()
    if decision.clause is not None and decision.clause.grounds and decision.clause.terms == terms:
        return decision.clause
    clause = terms.clauses.filter(letter="a", grounds=True).first() if terms else None
    if clause is None:
        raise Invalid("No Terms of Use are in force: the Unit Commander publishes them (4.T).", "clause")
    return clause
