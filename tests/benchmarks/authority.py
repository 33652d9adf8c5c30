"""`authority.page`: what the power checks of a list of 50 with buttons add to its page, in queries and milliseconds.

The page is the queue by HTTP, whole, for an officer with roles on four accounts and a power handed to him; and for each
of fifty comments that were answered every button is asked for that a list could draw: the verbs of its case and of its
order, each about the person and the moment. A clock runs while a question about the person is answered, its queries
included: that is the figure. Beside it stands the page with the answers given at once, in rounds that alternate; on a
machine with other work on it two pages differ by more than the checks take, so that their difference is told only.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from tests.benchmarks.machine import Machine, begin_memory, peak_memory
from tests.benchmarks.report import Figure

if TYPE_CHECKING:
    from members.models import Member

ROWS, ROUNDS = 50, 60
QUERIES, MILLISECONDS = 3, 2.0  # the targets
VERBS = ("grade", "reply", "undo", "address", "note")


def page(machine: Machine, rows: int) -> Iterator[Figure]:
    """Measure the page with its checks and without."""
    from django.db import connection

    connection.close()
    machine.fresh("ours")
    ask, buttons = _made()
    begin_memory()
    ask()
    with_checks, without, inside = [], [], []
    for number in range(ROUNDS):
        for checks in (True, False) if number % 2 else (False, True):
            if checks:
                with _clock() as clock:
                    with_checks.append(_timed(ask))
                inside.append(clock[0])
            else:
                without.append(_without_checks(lambda: _timed(ask)))
    queries = _queries(ask) - _without_checks(lambda: _queries(ask))
    added = statistics.median(inside)
    connection.close()
    yield Figure(
        name="authority.page",
        rows=ROWS,
        value=added,
        unit="ms spent in the checks of a page, median",
        limit=statistics.median(without),
        naive=None,
        ratio_to_limit=statistics.median(with_checks) / statistics.median(without),
        ratio_to_naive=None,
        target=f"<= {QUERIES} queries and <= {MILLISECONDS:g} ms",
        holds=queries <= QUERIES and added <= MILLISECONDS,
        peak_memory_mb=peak_memory(),
        more={
            "queries_added": queries,
            "worst_ms": max(inside),
            "questions_asked": buttons,
            "page_with_checks_ms": statistics.median(with_checks),
            "page_without_ms": statistics.median(without),
        },
    )


def _made() -> tuple[Callable[[], None], int]:
    """What is asked again and again, and how many questions about the person that is."""
    from django.test import Client
    from django.utils import timezone

    from members.models import Designation, Member
    from members.powers import Power
    from tests.cast import BACKEND, give_second_factor

    commander = Member.objects.create_user(username="c", number="1", name="Commander", position="commander")
    officer = Member.objects.create_user(username="o", number="2", name="Officer", position="officer")
    now = timezone.now()
    Designation.objects.create(
        power=Power.APPROVE_CONTENT, designee=officer, by=commander, since=now, until=now + timedelta(1), reason="-"
    )
    cases, orders = _answered(officer)
    client = Client(headers={"host": "localhost"})
    give_second_factor(officer)
    client.force_login(officer, backend=BACKEND)

    def ask() -> None:
        answer = client.get("/comments/", secure=True)
        assert answer.status_code == 200, answer.headers
        reader: Member = Member.objects.get(pk=officer.pk)  # anew, as each request reads him
        for case, order in zip(cases, orders, strict=True):
            for verb in VERBS:
                getattr(case, f"may_{verb}")(reader)
            order.verbs_for(reader)

    return ask, ROWS * (len(VERBS) + len(type(orders[0]).VERBS))


def _answered(officer: Member) -> tuple[list[Any], list[Any]]:
    """Fifty comments on four accounts, graded, each with a reply that waits; and as many in the queue."""
    from accounts.models import Role
    from moderation.intake import take_in
    from moderation.models import Case, Comment, CommentOrder
    from smu.demonstration.documents import load_grading_system, load_terms
    from tests.benchmarks.corpus import Corpus
    from tests.moderation.acts import grade
    from tests.standing import standing_account

    load_terms()
    load_grading_system()
    for n, platform in enumerate(("facebook", "instagram", "x", "youtube")):
        account = standing_account(platform, f"900{n}", name="Bayside Police")
        Role.objects.create(account=account, member=officer, kind=Role.Kind.EDITOR)
        for read in Corpus(ROWS // 2).read():
            take_in(account, read)
    for comment in list(Comment.objects.order_by("pk")[::2])[:ROWS]:
        grade(comment, 3, officer, reply="It is open until five.")
    orders = list(CommentOrder.objects.select_related("comment__account", "account", "grade").order_by("comment_id"))
    cases = Case.objects.filter(grade__isnull=False).select_related("comment__account", "grade").order_by("pk")
    return list(cases), orders


@contextmanager
def _clock() -> Iterator[list[float]]:
    """Within, the milliseconds that questions about the person take are summed up, each counted once."""
    from accounts.models import Account
    from members.models import Member

    spent, depth = [0.0], [0]

    def timed(question: Callable[..., bool]) -> Callable[..., bool]:
        def answer(*asked: Any) -> bool:
            depth[0] += 1
            started = time.perf_counter()
            try:
                return question(*asked)
            finally:
                depth[0] -= 1
                if depth[0] == 0:
                    spent[0] += (time.perf_counter() - started) * 1000

        return answer

    with patch.object(Member, "may", timed(Member.may)), patch.object(Account, "may_act", timed(Account.may_act)):
        yield spent


def _without_checks(carry_out: Callable[[], Any]) -> Any:
    """Carry it out where every question about the person is answered at once."""
    from accounts.models import Account
    from members.models import Member

    with patch.object(Member, "may", lambda self, power: True), patch.object(Account, "may_act", lambda self, by: True):
        return carry_out()


def _timed(ask: Callable[[], None]) -> float:
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000


def _queries(ask: Callable[[], None]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)
