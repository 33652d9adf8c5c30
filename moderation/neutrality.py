"""Drawing the neutrality audit, grading again blind, and what comes of it: Cohen's kappa and rates of hiding (LR-2)."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import sqrt

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from members.authority import refused
from members.days import midnight
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, Refused, record
from moderation.models import Case, Level
from moderation.models.grades import HIDEABLE, Grade
from moderation.models.neutrality import Audit, AuditItem, PostTopic

SAMPLE = 100
_Z = 1.96  # of a 95 % interval

Group = tuple[object, ...]  # account, language, topic, graded, hidden

# --- drawing ---------------------------------------------------------------------------------------------------------


def draw(month: date, *, by: Member | None = None, size: int = SAMPLE) -> Audit | None:
    """Draw the sample of a month's standing grades, once; None where none was given. Tells who grades again.

    `by` None: by the calendar. Raises Refused, Invalid (a month to come, drawn already).
    """
    if by is not None and not may_read(by):
        raise refused(Power.READ_TRAIL)
    first = month.replace(day=1)
    if first > timezone.localdate():
        raise Invalid("That month is to come.", "month")
    grades = _standing(first)
    if not grades:
        return None
    seed = secrets.token_hex(16)
    chosen = sorted(grades, key=lambda one: hashlib.sha256(f"{seed}:{one.pk}".encode()).digest())[:size]
    try:
        with transaction.atomic():
            audit: Audit = Audit.objects.create(
                month=first, seed=seed, population=len(grades), size=len(chosen), drawn_by=by
            )
            AuditItem.objects.bulk_create(_item(audit, number, one) for number, one in enumerate(chosen, 1))
            record("draw", audit, by=by, after="drawn")
            able = [one for one in Member.objects.serving() if one.may(Power.GRADE_COMMENTS)]
            sentence = f"{audit.size} comments of {first:%B %Y} wait to be graded again, blind: the neutrality audit."
            tell(able, Kind.REVIEWS, sentence, "/neutrality/again/", but=by)
    except IntegrityError as error:
        raise Invalid("That month has been drawn already.", "month") from error
    return audit


def draw_due() -> Audit | None:
    """Draw last month's, once it is over and has not been drawn. Idempotent; a task of every day."""
    last = (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=1)
    return None if Audit.objects.filter(month=last).exists() else draw(last)


def _standing(first: date) -> list[Grade]:
    """The grades of a month that stand, of what the public wrote."""
    grades = Grade.objects.filter(level__isnull=False, at__gte=midnight(first), at__lt=_end(first))
    current = Case.objects.filter(grade__isnull=False).exclude(state=Case.State.OURS).values("grade")
    return list(grades.filter(pk__in=current).only("pk", "comment_id", "level", "by_id").order_by("pk"))


def _end(first: date) -> datetime:
    return midnight((first + timedelta(days=32)).replace(day=1))


def _item(audit: Audit, number: int, grade: Grade) -> AuditItem:
    return AuditItem(
        audit=audit,
        number=number,
        grade=grade,
        comment_id=grade.comment_id,
        level=grade.level or 0,  # none is drawn that was taken back
        graded_by_id=grade.by_id,
    )


# --- grading again ---------------------------------------------------------------------------------------------------


def may_read(member: Member) -> bool:
    """Who reads the results: a Supervisor or above, the auditor and the legal adviser. The others stay blind."""
    return member.may(Power.READ_TRAIL) or member.may(Power.FLAG_CLAUSES)


def next_for(member: Member) -> AuditItem | None:
    """The next sampled comment that `member` may grade again, of the newest audit first."""
    rows = AuditItem.objects.for_(member).select_related("audit", "comment__account", "comment__post", "grade")
    return rows.order_by("-audit__month", "number").first()


def grade_again(item: AuditItem, level: int, *, by: Member) -> None:
    """Keep the second member's level. Raises Refused (his own, or he had part in it), Invalid (no level, done)."""
    if level not in Level.values:
        raise Invalid("A grade is one of the eight levels, 1 to 8.", "level")
    if not AuditItem.objects.for_(by).filter(pk=item.pk).exists():
        if AuditItem.objects.filter(pk=item.pk, again__isnull=False).exists():
            raise Invalid("Somebody graded it again meanwhile.", "level")
        raise Refused("Another member grades this again: not who graded, cleared or reviewed it.")
    with transaction.atomic():
        done = AuditItem.objects.filter(pk=item.pk, again__isnull=True).update(again=level, by=by, at=timezone.now())
        if not done:
            raise Invalid("Somebody graded it again meanwhile.", "level")
        record("grade_again", item, by=by, after="graded again")


# --- what comes of it ------------------------------------------------------------------------------------------------


def kappa(pairs: Sequence[tuple[object, object]]) -> float | None:
    """Cohen's kappa of two raters: 1 is full agreement, 0 what chance alone gives. None where it is not defined."""
    if not pairs:
        return None
    count = len(pairs)
    agreed = sum(first == second for first, second in pairs) / count
    one, other = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    by_chance = sum(one[word] * other[word] for word in one) / count**2
    return None if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)


@dataclass(frozen=True)
class Agreement:
    """What the sampled comments that were graded again say."""

    done: int
    agreed: int
    agreed_on_hiding: int
    levels: float | None  # kappa over the eight levels
    hiding: float | None  # kappa over hiding and leaving
    table: list[tuple[int, list[int]]]  # rows: the level that stands; columns: the level given again


def agreement(items: Iterable[AuditItem]) -> Agreement:
    """The figures over those that were graded again."""
    done = [one for one in items if one.again is not None]
    crossed = Counter((one.level, one.again) for one in done)
    return Agreement(
        len(done),
        sum(one.agrees for one in done),
        sum(one.agrees_on_hiding for one in done),
        kappa([(one.level, one.again) for one in done]),
        kappa([(one.level in HIDEABLE, one.again in HIDEABLE) for one in done]),
        [(level, [crossed[level, again] for again in Level.values]) for level in Level.values],
    )


@dataclass(frozen=True)
class Rate:
    """How much of what was graded was hidden, of one account, language or topic; with its 95 % interval (Wilson)."""

    word: str
    graded: int
    hidden: int
    overall: float

    @property
    def share(self) -> float:
        """The percentage hidden."""
        return 100 * self.hidden / self.graded

    @property
    def between(self) -> tuple[float, float]:
        """The interval, in percent."""
        count, share = self.graded, self.hidden / self.graded
        middle = (share + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
        reach = _Z * sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2)) / (1 + _Z**2 / count)
        return 100 * max(0.0, middle - reach), 100 * min(1.0, middle + reach)

    @property
    def stands_out(self) -> bool:
        """Whether it differs from the whole by more than chance explains."""
        low, high = self.between
        return not low <= self.overall <= high


_RATES = """
SELECT account.id, comment.language, topic.topic, count(*), count(*) FILTER (WHERE given.level IN (7, 8))
FROM moderation_grade given
JOIN moderation_case standing ON standing.grade_id = given.id
JOIN moderation_comment comment ON comment.id = given.comment_id
JOIN accounts_account account ON account.id = comment.account_id
LEFT JOIN LATERAL (
    SELECT named.topic FROM moderation_posttopic named
    WHERE named.post_id = comment.post_id ORDER BY named.id DESC LIMIT 1
) topic ON true
WHERE given.level IS NOT NULL AND given.at >= %s AND given.at < %s AND standing.state <> 'ours'
GROUP BY 1, 2, 3
"""


def rates(month: date, named: dict[int, str], language: Callable[[str], str]) -> dict[str, list[Rate]]:
    """The rates of hiding of a month by account (`named` by id), by language and by the topic of our post."""
    with connection.cursor() as cursor:
        cursor.execute(_RATES, [midnight(month), _end(month)])
        rows = cursor.fetchall()
    graded, hidden = sum(row[3] for row in rows), sum(row[4] for row in rows)
    overall = 100 * hidden / graded if graded else 0.0
    topics = dict(PostTopic.Topic.choices)
    words: dict[str, Callable[[Group], str]] = {
        "By account": lambda row: named.get(int(str(row[0])), "another account"),
        "By language": lambda row: language(str(row[1])) if row[1] else "language not known",
        "By topic of our post": lambda row: topics.get(str(row[2]), "topic not named"),
    }
    return {title: _rates_by(rows, word, overall) for title, word in words.items()}


def _rates_by(
    rows: Sequence[tuple[object, ...]], word: Callable[[tuple[object, ...]], str], overall: float
) -> list[Rate]:
    graded: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
    for row in rows:
        graded[word(row)] += int(str(row[3]))
        hidden[word(row)] += int(str(row[4]))
    return [Rate(name, count, hidden[name], overall) for name, count in graded.most_common()]


def name_topic(post_id: int, topic: str, *, by: Member) -> PostTopic:
    """Say what a post of ours is about. Raises Refused, Invalid."""
    if not by.may(Power.GRADE_COMMENTS):
        raise refused(Power.GRADE_COMMENTS)
    if topic not in PostTopic.Topic.values:
        raise Invalid("Choose one of the topics.", "topic")
    with transaction.atomic():
        made: PostTopic = PostTopic.objects.create(post_id=post_id, topic=topic, by=by)
        record("name_topic", made, by=by, after=topic)
    return made
