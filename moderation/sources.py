"""What an answer rests on (4.L3, 4.L5): a fact of the library, or a source that its writer names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.platforms.capabilities import Act, Way, capability
from members.models import Member
from members.states import Invalid
from moderation.fitting import Fitting, fitting
from moderation.models.grades import Demand, Grade, Level
from moderation.models.library import AnswerSource, FactVersion
from moderation.texts import is_only_begun

if TYPE_CHECKING:
    from moderation.models.cases import Case

LONGEST = 500
BOARDS = {"reply": "as a reply", "board": "on the board, under the post", "both": "both"}


@dataclass(frozen=True)
class Rests:
    """What an answer rests on, and where it goes: a reply, a comment of ours under the post, or both (4.L5)."""

    version: FactVersion | None = None
    source: str = ""
    board: str = "reply"

    @property
    def words(self) -> str:
        """The source in words."""
        return self.source.strip() or (self.version.source if self.version is not None else "")

    @property
    def replies(self) -> bool:
        """Whether a reply is sent."""
        return self.board != "board"

    @property
    def posts(self) -> bool:
        """Whether it stands under the post."""
        return self.board in {"board", "both"}


NOTHING = Rests()


def rests_on(given: Mapping[str, Any]) -> Rests:
    """As a form says it. A fact that does not exist is none."""
    number = given.get("fact")
    version = FactVersion.objects.filter(pk=number).first() if number else None
    return Rests(version, str(given.get("source") or "").strip(), str(given.get("board") or "reply"))


def check(case: Case, level: int, demand: Demand, text: str, rests: Rests) -> None:
    """Whether an answer says what it rests on where its level asks for that. Raises Invalid; empty is no answer."""
    if rests.posts and (level != Level.MISGUIDED or not on_the_board(case)):
        raise Invalid("Here the facts are answered by a reply.", "board")
    if not text or not demand.source:
        return
    if rests.version is not None and not FactVersion.objects.offered().filter(pk=rests.version.pk).exists():
        raise Invalid("This fact does not hold any more: have it reviewed, or name another source.", "source")
    if len(rests.words) > LONGEST:
        raise Invalid(f"The source is too long: {LONGEST} characters at most.", "source")
    if not rests.words:
        raise Invalid("Name the source of what you answer: a fact of the library, a link, a document.", "source")
    comment = case.comment
    if is_only_begun(text, level=level, language=comment.language, name=comment.author_name):
        raise Invalid("This only begins an answer: finish it with the facts.", "reply")


def keep(case: Case, grade: Grade, rests: Rests, *, by: Member, key: str) -> AnswerSource | None:
    """Note what the answer with `key` rests on, once; None where it names nothing. Needs the case locked."""
    if not rests.words:
        return None
    made: AnswerSource = AnswerSource.objects.get_or_create(
        key=key,
        defaults={
            "comment": case.comment,
            "grade": grade,
            "version": rests.version,
            "source": rests.words[:LONGEST],
            "by": by,
        },
    )[0]
    return made


def on_the_board(case: Case) -> bool:
    """Whether a comment of ours may stand under the post that the comment stands under."""
    account = case.comment.account
    return case.comment.post_id is not None and capability(account.platform, Act.COMMENT, account.tier).way != Way.NEVER


@dataclass(frozen=True)
class Offered:
    """What the panel of a level that names its source shows: the facts that fit, the one chosen, the field."""

    facts: Fitting
    chosen: FactVersion | None
    source: str
    boards: dict[str, str]
    board: str
    put_in: FactVersion | None  # the one whose answer was asked for just now


def offered(case: Case, level: int, demand: Demand, typed: Mapping[str, Any]) -> Offered | None:
    """For the panel of `level`; None where no source is asked for."""
    boards = BOARDS if level == Level.MISGUIDED and on_the_board(case) else {}
    if not demand.source and not boards:
        return None
    number = str(typed.get("fact") or "")
    known = number.isdecimal() and len(number) < 19
    chosen = FactVersion.objects.offered().filter(pk=int(number)).first() if known else None
    source = chosen.source if chosen and typed.get("put") else str(typed.get("source") or "")
    board = str(typed.get("board") or "reply")
    facts = fitting(case.comment) if demand.source else Fitting()
    put_in = chosen if typed.get("put") else None
    return Offered(facts, chosen, source, boards, board if board in BOARDS else "reply", put_in)


def with_fact(text: str, chosen: FactVersion | None) -> str:
    """The reply with the answer and source of the fact that was chosen, unless it holds them already."""
    if chosen is None or chosen.answer in text:
        return text
    return f"{text.rstrip()} {chosen.piece}".strip()
