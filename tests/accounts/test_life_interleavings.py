"""Whatever order acts come in, and two at once: no account without its request, none ended without its conditions.

And a main administrator who serves, always.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import roles, terminating
from accounts.establishing import Found, establish
from accounts.models import Account, AccountRequest, PollState, RequestDecision, Role, Termination
from accounts.models.requests import Case, request_account
from accounts.terminating import Prepared
from members.models import Member
from members.states import Invalid, Refused, WrongState
from tests.standing import approved_request, standing_account

pytestmark = [pytest.mark.sop("1.1", "1.2", "1.4"), pytest.mark.django_db(transaction=True)]
EXPECTED = (Invalid, Refused, WrongState)
SAID = Prepared("goals", "Nobody is there.", "Instagram.", 30, "a1" * 32)
_numbers = itertools.count(1)


class Life:
    """One request and whatever became of it; each step is tried by whoever the test draws."""

    def __init__(self, people: list[Member]) -> None:
        self.people, self.number = people, next(_numbers)
        case = Case("x", f"bayside{self.number}", "Bayside", "News.", "Open.", {"B": "So."}, {people[1].pk: "editor"})
        self.request = request_account(case, by=people[1])

    @property
    def account(self) -> Account:
        return Account.objects.get(request=self.request)

    @property
    def termination(self) -> Termination:
        found = Termination.objects.filter(account__request=self.request).first()
        if found is None:
            raise Termination.DoesNotExist
        return found

    def now(self) -> AccountRequest:
        return AccountRequest.objects.get(pk=self.request.pk)

    def approve(self, by: Member) -> None:
        self.now().approve("So.", by=by)

    def decline(self, by: Member) -> None:
        self.now().decline("So.", by=by)

    def withdraw(self, by: Member) -> None:
        self.now().withdraw(by=by)

    def connect(self, by: Member) -> None:
        found = Found(f"77{self.number}", "Bayside", f"bayside{self.number}")
        PollState.objects.create(account=establish(self.now(), found, by=by), last_whole_at=timezone.now())

    def suspend(self, by: Member) -> None:
        self.account.suspend("So.", by=by)

    def resume(self, by: Member) -> None:
        self.account.resume("So.", by=by)

    def name(self, by: Member) -> None:
        roles.name(self.account, self.people[2], "administrator", by=by, reason="So.")

    def end(self, by: Member) -> None:
        roles.end(self.account.roles.order_by("?")[0], by=by, reason="So.")

    def prepare(self, by: Member) -> None:
        terminating.prepare(self.account, SAID, by=by)

    def notify(self, by: Member) -> None:
        at = timezone.now() - timedelta(days=31)
        terminating.give_notice(
            self.termination, link="https://bayside.example/x", published_at=at, wording="Go.", by=by
        )

    def stay(self, by: Member) -> None:
        terminating.withdraw(self.termination, by=by)

    def terminate(self, by: Member) -> None:
        terminating.approve(self.termination, reasons="So.", by=by)

    def force(self, by: Member) -> None:
        """Somebody writes past every verb."""
        with transaction.atomic():
            Account.objects.filter(request=self.request).update(state="closed")
            AccountRequest.objects.filter(pk=self.request.pk).update(state="approved")


STEPS = [name for name in vars(Life) if not name.startswith("_") and name not in {"account", "termination", "now"}]


def check() -> None:
    """What must never be false."""
    for account in Account.objects.select_related("request"):
        assert account.request.state in {"approved", "connected"}
        assert RequestDecision.objects.filter(request=account.request, verdict="approved").exists()
        mains = Role.objects.filter(account=account, kind="main_administrator", until=None, member__is_active=True)
        if account.state != Account.State.CLOSED:
            assert mains.count() == 1
            continue
        ended = Termination.objects.get(account=account, state="approved")
        assert ended.approval.reasons
        ends = ended.notice_ends()
        assert ends is not None
        assert ends <= timezone.now()
        assert ended.alternative
        assert ended.archive_digest or ended.archive_gone


@pytest.fixture
def people(cast: list[Member], monkeypatch: pytest.MonkeyPatch) -> list[Member]:
    """The Commander, an officer, another, and the Specialist. Nothing is given back to a platform."""
    monkeypatch.setattr(terminating, "_give_back", lambda *args: None)
    return [cast[0], cast[3], cast[4], cast[5]]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from([0, 0, 0, 1, 3])), max_size=24))
def test_no_order_of_acts_leads_past_a_rule(people: list[Member], steps: list[tuple[str, int]]) -> None:
    life = Life(people)
    for step, who in steps:
        try:
            getattr(life, step)(people[who])
        except (*EXPECTED, DatabaseError, Account.DoesNotExist, Termination.DoesNotExist):
            pass
        check()


def test_the_whole_road_is_open(people: list[Member]) -> None:
    life = Life(people)
    for step in ("approve", "connect", "suspend", "resume", "prepare", "notify", "terminate"):
        getattr(life, step)(people[0])
    assert life.account.state == "closed"
    check()


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Each act in a thread and connection of its own, at once; what each gave or raised."""

    def run(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Exception as error:  # noqa: BLE001 (the test looks at it)
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [one.result() for one in [threads.submit(run, act) for act in acts]]


def refused(results: list[Any]) -> list[Any]:
    return [one for one in results if isinstance(one, Exception)]


def test_of_two_who_ask_for_one_handle_at_once_one_gets_it(people: list[Member]) -> None:
    for round_ in range(5):
        case = Case("x", f"bay_{round_}", "Bayside", "News.", "Open.", {"B": "So."}, {people[1].pk: "editor"})
        spelt = Case("x", f"@BAY_{round_}", "Bayside", "News.", "Open.", {"B": "So."}, {people[1].pk: "editor"})
        results = together(lambda: request_account(case, by=people[1]), lambda: request_account(spelt, by=people[2]))  # noqa: B023
        (lost,) = refused(results)
        assert isinstance(lost, Invalid)
    assert AccountRequest.objects.count() == 5


def test_a_request_is_decided_once_by_two_at_once(people: list[Member], hand_over: Callable[..., Any]) -> None:
    designee = people[2]
    hand_over(people[0], designee, "approve_accounts")
    for _ in range(5):
        life = Life(people)
        results = together(
            lambda: life.now().approve("Yes.", by=Member.objects.get(pk=people[0].pk)),  # noqa: B023
            lambda: life.now().decline("No.", by=Member.objects.get(pk=designee.pk)),  # noqa: B023
        )
        (lost,) = refused(results)
        assert isinstance(lost, WrongState)
        assert RequestDecision.objects.filter(request=life.request).count() == 1


def test_one_approved_request_becomes_one_account(people: list[Member]) -> None:
    for number in range(5):
        request = approved_request("x", f"bay_{number}", name="Bayside")
        found = [Found(f"8{number}{one}", "Bayside", f"bay_{number}") for one in range(2)]
        acts = [lambda one=one: establish(request, one, by=people[0]) for one in found]  # noqa: B023
        acts.append(lambda: AccountRequest.objects.get(pk=request.pk).withdraw(by=people[0]))  # noqa: B023
        assert len(refused(together(*acts))) == 2
        assert Account.objects.filter(request=request).count() <= 1
        check()


def test_two_who_name_the_same_member_at_once_leave_one_role(people: list[Member]) -> None:
    account = standing_account("x", "9900", handle="bay")
    acts = [
        lambda kind=kind: roles.name(account, people[1], kind, by=people[0], reason="So.")
        for kind in ("editor", "administrator", "editor")
    ]
    results = together(*acts)
    assert all(isinstance(one, WrongState) for one in refused(results))
    assert Role.objects.filter(account=account, member=people[1], until=None).count() == 1


def test_a_termination_is_approved_once_by_two_at_once(people: list[Member]) -> None:
    life = Life(people)
    for step in ("approve", "connect", "prepare", "notify"):
        getattr(life, step)(people[0])
    termination = life.termination
    acts = [lambda: terminating.approve(Termination.objects.get(pk=termination.pk), reasons="So.", by=people[0])] * 2
    (lost,) = refused(together(*acts))
    assert isinstance(lost, WrongState)
    check()
