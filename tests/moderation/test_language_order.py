"""A comment is offered first to members who read its language (ruling 17)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from moderation.models import QueueEntry

pytestmark = [pytest.mark.django_db, pytest.mark.sop("C.11")]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def just_now():
    return timezone.now() - timedelta(seconds=5)


def test_spanish_waits_for_those_who_read_it(make_comment, officer, other_officer, just_now):
    spanish = make_comment("¿Cuándo abren?", language="es", posted_at=just_now)
    english = make_comment("When do you open?", posted_at=timezone.now())
    assert QueueEntry.claim_next(by=other_officer).comment == english
    assert QueueEntry.claim_next(by=officer).comment == spanish


def test_after_a_while_it_is_offered_to_all(make_comment, officer, other_officer, just_now, settings):
    spanish = make_comment("¿Cuándo abren?", language="es", posted_at=just_now)
    assert QueueEntry.claim_next(by=other_officer) is None
    settings.LANGUAGE_MINUTES = 0
    assert QueueEntry.claim_next(by=other_officer).comment == spanish


def test_what_may_be_a_threat_or_an_emergency_goes_to_everybody_at_once(make_comment, officer, other_officer, just_now):
    urgent = make_comment("Voy a matar", language="es", urgency=0, posted_at=just_now)
    assert QueueEntry.claim_next(by=other_officer).comment == urgent


def test_a_language_that_nobody_reads_waits_for_nobody(make_comment, officer, other_officer, just_now):
    ukrainian = make_comment("Дякую", language="uk", posted_at=just_now)
    assert QueueEntry.claim_next(by=other_officer).comment == ukrainian


def test_the_agencys_first_language_is_everybodys(make_comment, make_member, just_now):
    silent = make_member(languages=[])
    english = make_comment("When do you open?", posted_at=just_now)
    make_member(languages=["en"])
    assert QueueEntry.claim_next(by=silent).comment == english


def test_who_asks_for_a_language_is_offered_it(browser_of, make_comment, officer, other_officer, just_now):
    spanish = make_comment("¿Cuándo abren?", language="es", posted_at=just_now)
    answer = browser_of(other_officer).post(reverse("claim_next"), {"back": "language=es"}, headers=HTMX)
    assert answer.context["desk"].comment == spanish


def test_the_desk_says_who_reads_it(browser_of, make_comment, officer, other_officer, just_now):
    spanish = make_comment("¿Cuándo abren?", language="es", posted_at=just_now)
    address = reverse("claim", args=[spanish.pk])
    shown = browser_of(other_officer).post(address, headers=HTMX).content.decode()
    assert "You have not said that you read Spanish. Daniel Diaz does." in shown
    browser_of(other_officer).post(reverse("release", args=[spanish.pk]))
    assert "You have not said" not in browser_of(officer).post(address, headers=HTMX).content.decode()


def test_an_empty_desk_says_what_waits_for_its_readers(browser_of, make_comment, officer, other_officer, just_now):
    make_comment("¿Cuándo abren?", language="es", posted_at=just_now)
    shown = browser_of(other_officer).post(reverse("claim_next"), headers=HTMX).content.decode()
    assert "1 comment waits for members who read its language" in shown
