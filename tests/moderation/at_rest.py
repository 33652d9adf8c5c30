"""What must be true of a comment once nothing is on its way any more, whatever happened to it before."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import Account, PlatformLimit
from accounts.orders import carry_out
from members.models import TrailEntry
from moderation.models import Case, Comment, CommentOrder, QueueEntry
from moderation.models.grades import HIDEABLE
from tests.moderation.acts import case_of, order_with, time_passes
from tests.pretended import Pretended


def come_to_rest(comments: Iterable[Comment]) -> None:
    """Platforms and accounts are well again, and everything that is due is carried out."""
    comments = list(comments)
    for _ in range(30):
        for account in Account.objects.filter(state=Account.State.NEEDS_RECONNECTING):
            account.become(Account.State.ACTIVE, verb="connect", by=None)
        PlatformLimit.objects.update(blocked_until=None)
        for comment in comments:
            time_passes(comment, 601)
        unended = CommentOrder.objects.filter(comment__in=comments, state__in=CommentOrder.UNENDED)
        if not unended.exists():
            return
        for order in unended:
            carry_out(order_with(order.pk))
    raise AssertionError(f"never at rest: {list(unended.values())}")


def check(comment: Comment, platform: Pretended) -> None:
    """The platform's truth is what was decided, or a person sees why not; rows, trail and queue agree."""
    case = case_of(comment)
    orders = list(comment.orders.order_by("pk"))
    check_sight(case, orders, platform)
    check_grades(case)
    check_threats(case)
    check_answers(comment, orders, platform)
    check_state(case)
    check_trail(case, orders)


def check_threats(case: Case) -> None:
    """Each level 8 is one threat, under its newest clause; none is closed without a decision (ruling 2)."""
    given = case.comment.grades.filter(level=8).exclude(superseded_by__level=8)
    threats = list(case.comment.threats.all())
    assert sorted(threat.grade_id for threat in threats) == sorted(given.values_list("pk", flat=True))
    assert all((threat.state == "decided") == threat.decisions.exists() for threat in threats)


def check_sight(case: Case, orders: list[CommentOrder], platform: Pretended) -> None:
    remote_id = case.comment.remote_id
    if remote_id in platform.gone:
        return
    said = [(order.verb, order.state, order.level, order.outcome) for order in orders]
    for_a_person = {order.verb for order in orders if order.state in ("failed", "by_hand")}
    hidden, demanded = remote_id in platform.hidden, case.level in HIDEABLE
    assert "hide" not in for_a_person or demanded, said
    assert "unhide" not in for_a_person or not demanded, said
    closed = case.grade is not None and case.comment.notes.filter(closes=case.grade).exists()
    if not demanded and "unhide" not in for_a_person:
        assert not hidden, said
    if not for_a_person and not (closed and demanded):
        assert hidden == demanded, said
        assert hidden == case.hidden, said


def check_grades(case: Case) -> None:
    """One current grade, and a record for each that was to hide."""
    current = case.comment.grades.filter(superseded_by__isnull=True)
    assert list(current) == ([case.grade] if case.grade else [])
    assert case.level == (case.grade.level if case.grade else None)
    assert case.comment.records.count() == case.comment.grades.filter(level__in=HIDEABLE).count()


def check_answers(comment: Comment, orders: list[CommentOrder], platform: Pretended) -> None:
    """Every answer stands at most once, none stands that was not ordered, what is done stands there."""
    standing = [answer for answer in platform.answers if answer.under == comment.remote_id]
    for order in orders:
        if order.verb == "reply":
            same = [answer.remote_id for answer in standing if answer.text == order.text]
            assert len(same) <= 1, "an answer stands twice"
            assert order.state != "done" or same == [order.remote_id]
    assert {answer.text for answer in standing} <= {order.text for order in orders}


def check_state(case: Case) -> None:
    assert (case.state == case.State.WAITING) == QueueEntry.objects.filter(pk=case.pk).exists(), case.state
    before = case.state
    case.settle()
    assert case.state == before, "what is owed was not settled"


def check_trail(case: Case, orders: list[CommentOrder]) -> None:
    """An entry an act, the last of them leading to the state that is."""
    entries = list(TrailEntry.objects.about(case).order_by("id"))
    verbs = [entry.verb for entry in entries]
    grades = case.comment.grades
    assert verbs.count("grade") == grades.filter(level__isnull=False).count()
    assert verbs.count("undo") == grades.filter(level__isnull=True).count()
    assert verbs.count("reply") == sum(order.verb == "reply" for order in orders)
    assert verbs.count("retain") == case.comment.records.count()
    moves = [entry.after for entry in entries if entry.after]
    assert not moves or moves[-1] == case.state
    for order in orders:
        last = TrailEntry.objects.about(order).order_by("id").last()
        assert order.state == (last.after if last else "waiting")
