"""The S.O.P.'s Terms of Use and Comment Grading System are read, then put in force for this agency, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Clause, Terms
from members.models import Agency, Member, TrailEntry
from members.powers import Power
from members.states import Invalid, Refused
from moderation import adopting
from moderation.models import GradingSystem

pytestmark = [pytest.mark.django_db, pytest.mark.sop("4.0", "4.T")]
Browser = Callable[[Member], Client]


@pytest.fixture
def harbour(db: None) -> Agency:
    return Agency.objects.create(
        name="Harbour City Police Department",
        short_name="Harbour Police",
        zone="America/New_York",
        languages=["en"],
        emergency_number="911",
        non_emergency_number="213-555-0100",
    )


def test_the_commander_reads_them_and_puts_them_in_force(
    browser_of: Browser, commander: Member, harbour: Agency
) -> None:
    window = browser_of(commander)
    shown = window.get(reverse("adopt")).content.decode()
    assert "The Harbour City Police Department&#x27;s social media platforms are limited public forums" in shown
    assert "dial 213-555-0100" in shown
    assert "Harbour Police is arresting peaceful protesters" in shown
    assert "Bayside" not in shown
    assert "$" not in shown.split("<main")[1]
    assert window.post(reverse("adopt"))["Location"] == reverse("home")
    terms, system = Terms.objects.in_force(), GradingSystem.objects.in_force()
    assert terms is not None
    assert system is not None
    assert [clause.letter for clause in terms.clauses.all()] == list("abcdefghi")
    assert system.levels.count() == 8
    assert abs(terms.effective_from - timezone.now()) < timedelta(minutes=1), "nothing is in force backwards"
    told = TrailEntry.objects.filter(verb="publish").order_by("id").values_list("subject_type", "by")
    assert list(told) == [("accounts.terms", commander.pk), ("moderation.gradingsystem", commander.pk)]


def test_twice_is_once(browser_of: Browser, commander: Member, harbour: Agency) -> None:
    window = browser_of(commander)
    for _ in range(2):
        assert window.post(reverse("adopt")).status_code == 302
    assert (Terms.objects.count(), Clause.objects.count(), GradingSystem.objects.count()) == (1, 9, 1)
    assert "Both are in force" in window.get(reverse("adopt")).content.decode()


def test_a_number_that_the_terms_name_comes_first(browser_of: Browser, commander: Member, harbour: Agency) -> None:
    Agency.objects.update(non_emergency_number="")
    window = browser_of(commander)
    answer = window.get(reverse("adopt"))
    assert answer.status_code == 200
    assert "write it on the agency&#x27;s page first" in answer.content.decode()
    assert window.post(reverse("adopt")).status_code == 422
    with pytest.raises(Invalid):
        adopting.adopt(by=commander)
    assert not Terms.objects.exists()
    assert not GradingSystem.objects.exists()


def test_the_commanding_officer_or_a_designee_may_and_a_supervisor_may_not(
    browser_of: Browser,
    commander: Member,
    commanding_officer: Member,
    supervisor: Member,
    harbour: Agency,
    hand_over: Callable[..., Any],
) -> None:
    assert browser_of(commanding_officer).get(reverse("adopt")).status_code == 200
    answer = browser_of(supervisor).get(reverse("adopt"))
    assert answer.status_code == 403
    assert "Grace Nakamura" in answer.content.decode()
    with pytest.raises(Refused):
        adopting.adopt(by=supervisor)
    hand_over(commander, supervisor, Power.UPDATE_GRADING)
    assert browser_of(supervisor).post(reverse("adopt")).status_code == 302
    assert Terms.objects.in_force() is not None
