"""The public's appeals (LR-6): found by a reference, received, decided by a Supervisor or above who took no part.

A notice that stood in public has told its reference to everybody. So that opens the form and nothing else: who sends by
it is given a code of his own, by which he alone reads what came of it; and nobody's text stands in another's way.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from members import mail
from members.authority import holders
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, WrongState, record
from moderation import live, overturning
from moderation.appeal_words import words_in
from moderation.models import Appeal, AppealText, Comment, Grade, Level, Notice
from moderation.models.appeals import ban_resting_on, new_reference
from moderation.models.grades import HIDEABLE
from moderation.models.reviews import LEAVES_STANDING

AGAINST = [Notice.Kind.FIRST, Notice.Kind.SECOND, Notice.Kind.WARNING]  # the notices that tell of what can be undone
MOST_TEXTS = 100  # of one appeal by the public page: a member takes down more than that
MOST_DECIDED = 3  # appeals against one grade by a reference that everybody can read; after that by hand
LONGEST_ANSWER = 4000


@dataclass(frozen=True)
class Hide:
    """What a reference leads to: the comment that was hidden, by which grade, and what became of an appeal so far."""

    reference: str
    comment: Comment
    grade: Grade
    language: str
    appeal: Appeal | None
    in_public: bool = False  # the notice stood where everybody reads it
    by_code: bool = False  # found by the code of who wrote a text

    @property
    def tells(self) -> bool:
        """Whether the page may say what became of an appeal: to whoever has what only its sender was given."""
        return self.by_code or not self.in_public

    @property
    def stands(self) -> bool:
        """Whether there is something to put back: the comment is hidden by its grade, or a block rests on it."""
        hidden = self.comment.case.level in HIDEABLE
        return hidden or ban_resting_on(self.comment) is not None

    @property
    def may_be_appealed(self) -> bool:
        """Whether a text is taken: while nothing is decided, or what was sent was no appeal.

        By a reference that stood in public also after a decision, for it may have been a stranger's: some times.
        """
        if not self.tells:
            return self.stands and Appeal.objects.decided_on(self.grade).count() < MOST_DECIDED
        return self.stands and (self.appeal is None or self.appeal.state not in Appeal.DECIDED)


def plain(reference: str) -> str:
    """A reference as it is kept, however somebody copied it from a notice: with spaces, dashes, in small letters."""
    return "".join(letter for letter in reference.upper() if letter.isascii() and letter.isalnum())[:40]


def find(reference: str) -> Hide | None:
    """What `reference` leads to; None for one that nobody was given."""
    reference = plain(reference)
    if not reference:
        return None
    notice = Notice.objects.filter(reference=reference, kind__in=AGAINST).select_related("grade__clause__terms").first()
    if notice is not None:
        found = hide_of(notice.comment, notice.grade, reference, notice.language)
        return replace(found, in_public=notice.is_public)
    written = AppealText.objects.filter(code=reference).select_related("appeal__grade__clause__terms").first()
    if written is not None:
        mine = written.appeal
        of_mine = Hide(reference, mine.comment, mine.grade, mine.language, mine, by_code=True)
        return replace(of_mine, in_public=came_in_public(mine))
    appeal = Appeal.objects.filter(reference=reference).select_related("grade__clause__terms").order_by("pk").last()
    if appeal is None:
        return None
    return hide_of(appeal.comment, appeal.grade, reference, appeal.language)


def hide_of(comment: Comment, grade: Grade, reference: str, language: str) -> Hide:
    """The hide of `comment` by `grade`. Of several appeals the open one counts, else the one about this grade."""
    mine = Appeal.objects.filter(comment=comment)
    appeal = mine.open().first() or mine.filter(grade=grade).order_by("pk").last()
    return Hide(reference, comment, grade, language, appeal)


def came_in_public(appeal: Appeal) -> bool:
    """Whether everybody could read the reference of `appeal`: who wrote by it may not be the poster."""
    notices = Notice.objects.filter(reference=appeal.reference).select_related("comment")
    return any(notice.is_public for notice in notices)


def of_comment(comment: Comment) -> Hide | None:
    """The hide that stands, for an appeal that comes by hand; None where nothing is hidden."""
    case = comment.case
    notice = Notice.objects.filter(comment=comment, kind__in=AGAINST).order_by("pk").last()
    grade = notice.grade if notice is not None else case.grade if case.level in HIDEABLE else None
    if grade is None:
        return None
    return hide_of(comment, grade, notice.reference if notice else "", comment.language)


@dataclass(frozen=True)
class Said:
    """What somebody wrote, as the form gave it; `code` is his own, by which he reads the answer."""

    text: str
    name: str = ""
    email: str = ""
    code: str = field(default_factory=new_reference)


def receive(
    found: Hide, said: Said, *, language: str = "en", way: str = Appeal.Way.ONLINE, by: Member | None = None
) -> Appeal:
    """Take an appeal, or add to the open one. Raises Invalid: nothing written, or nothing that could be put back.

    `by` is the member who takes down what came on paper, by telephone or in person; None for the public page.
    """
    if not said.text.strip():
        raise Invalid("Write why it should be put back.", "text")
    with transaction.atomic():
        found.comment.case.lock()
        now = hide_of(found.comment, found.grade, found.reference, found.language)
        found = replace(found, appeal=now.appeal)
        if not found.may_be_appealed:
            raise Invalid("Nothing is hidden by this decision any more, or an appeal was decided already.", "text")
        appeal = found.appeal
        if appeal is None or not appeal.is_open:
            appeal = Appeal.objects.create(
                reference=found.reference or new_reference(),
                comment=found.comment,
                grade=found.grade,
                language=language,
                way=way,
                received_by=by,
            )
            record("receive", appeal, by=by, after=appeal.state)
            _tell_who_decides(appeal)
        elif by is None and appeal.texts.count() >= MOST_TEXTS:
            raise Invalid("This appeal holds as much as it can: wait for the decision.", "text")
        else:
            record("add", appeal, by=by)
        written = {"text": said.text.strip(), "name": said.name.strip(), "email": said.email.strip()}
        AppealText.objects.create(appeal=appeal, by=by, code=said.code, **written)
    live.changed(appeal.comment_id)
    return appeal


def _tell_who_decides(appeal: Appeal) -> None:
    able = [one.member for one in holders(Power.DECIDE_APPEALS) if not appeal.part_of(one.member)]
    sentence = "Somebody appeals against a hidden comment: decide, for you took no part."
    tell(able, Kind.REVIEWS, sentence, appeal.get_absolute_url())


def uphold(appeal: Appeal, *, by: Member, answer: str) -> None:
    """It stays as it is. Raises Refused, Invalid (no answer), WrongState."""
    _end(appeal, Appeal.State.UPHELD, "uphold", by=by, answer=answer)


def dismiss(appeal: Appeal, *, by: Member, answer: str) -> None:
    """It is no appeal: advertising, say, or not by the poster. Another may follow. Raises as `uphold` does."""
    _end(appeal, Appeal.State.INADMISSIBLE, "dismiss", by=by, answer=answer)


def withdraw(appeal: Appeal, *, by: Member, answer: str) -> None:
    """Who sent it takes it back; `answer` says how that was learned. Raises as `uphold` does."""
    _end(appeal, Appeal.State.WITHDRAWN, "withdraw", by=by, answer=answer)


def overturn(appeal: Appeal, *, level: int | None, ends_ban: bool, by: Member, answer: str) -> Grade | None:
    """Put the comment back as `level`, with all that follows; or, without one, only propose that the block ends.

    Raises as `uphold` does, Invalid too where neither is asked for or there is nothing to put back.
    """
    with transaction.atomic():
        case = appeal.comment.case
        case.lock()
        _check(appeal, level, ends_ban=ends_ban)
        banned = ban_resting_on(appeal.comment) is not None
        _end(
            appeal,
            Appeal.State.OVERTURNED,
            "overturn",
            by=by,
            answer=answer,
            level=level,
            ends_ban=banned if level is not None else ends_ban,
        )
        if level is None:
            overturning.propose_end_of_bans(appeal.comment, by=by, why=answer)
            return None
        grade = overturning.overturn(case, level, by=by, why=answer, rests_on=appeal)
        told = f"On appeal, a level {appeal.grade.level} of yours was overturned: read why."
        tell([appeal.grade.by], Kind.REVIEWS, told, appeal.get_absolute_url())
    return grade


def _check(appeal: Appeal, level: int | None, *, ends_ban: bool) -> None:
    if level is None:
        if not ends_ban:
            raise Invalid("Say what the comment is instead, or that the block ends.", "level")
        if ban_resting_on(appeal.comment) is None:
            raise Invalid("No block rests on this comment.", "level")
    elif level not in LEAVES_STANDING:
        raise Invalid("Say what the comment is instead: one of the levels 1 to 6.", "level")
    elif appeal.comment.case.level not in HIDEABLE:
        raise WrongState(appeal.comment.case, "overturn")


def _end(appeal: Appeal, state: str, verb: str, *, by: Member, answer: str, **more: Any) -> None:
    """Judge person and form, move the appeal, and let who sent it know."""
    if not appeal.may_decide(by):
        raise appeal.refusal(by)
    answer = answer.strip()
    if not answer:
        raise Invalid("Write the answer: whoever appealed reads it.", "answer")
    if len(answer) > LONGEST_ANSWER:
        raise Invalid(f"The answer is too long: {LONGEST_ANSWER:,} characters at most.", "answer")
    with transaction.atomic():
        appeal.comment.case.lock()
        appeal.become(state, verb=verb, by=by, answer=answer, decided_by=by, decided_at=timezone.now(), **more)
        _write_to_who_asked(appeal)
    live.changed(appeal.comment_id)


def _write_to_who_asked(appeal: Appeal) -> None:
    """The answer by e-mail too, to each address that was given, after the commit."""
    words = words_in(appeal.language)
    said = {"words": words, "says": words[f"is_{appeal.state}"], "answer": appeal.answer}
    own = came_in_public(appeal)
    codes = {one.email: one.code if own and one.code else appeal.reference for one in appeal.texts.exclude(email="")}
    for address, code in sorted(codes.items()):
        more = {**said, "link": mail.address_of(reverse("appeal_of", args=[code]))}
        mail.send_beside(address, f"{words['mail_subject']} {code}", "appeal_answer", more)


def who_may(appeal: Appeal) -> list[str]:
    """Who could decide it now, for the page that says so."""
    return [str(one) for one in holders(Power.DECIDE_APPEALS) if not appeal.part_of(one.member)]


def level_words() -> list[tuple[int, str]]:
    """The levels that a comment may be instead, with their names."""
    return [(int(level), Level(level).label) for level in LEAVES_STANDING]
