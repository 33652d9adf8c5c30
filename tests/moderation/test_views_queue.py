"""The grading queue as a browser gets it, without JavaScript and with htmx."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone

from members.models import LogEntry
from moderation.models import QueueEntry

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
QUEUE = "/comments/"


@pytest.fixture
def browser(browser_of, officer):
    return browser_of(officer)


def rows(answer):
    return [entry.comment_id for entry in answer.context["stream"].rows]


@pytest.mark.parametrize("name", ["queue", "queue_csv", "live", "pulse"])
def test_a_stranger_is_sent_to_sign_in(stranger, name):
    answer = stranger.get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(resolve_url(settings.LOGIN_URL))


@pytest.mark.sop("C.11")
def test_the_stream_is_ordered_by_urgency_then_age(browser, make_comment):
    late = make_comment("later", posted_at=timezone.now() - timedelta(minutes=1))
    early = make_comment("earlier", posted_at=timezone.now() - timedelta(hours=2))
    threat = make_comment("threat", urgency=0, posted_at=timezone.now())
    assert rows(browser.get(QUEUE)) == [threat.pk, early.pk, late.pk]


def test_the_filters_live_in_the_address_and_stay_in_the_page(browser, make_comment, facebook, x):
    make_comment(platform="facebook", language="en")
    wanted = make_comment(platform="x", language="es", suspected=4, because="asks for help")
    query = f"account={x.pk}&language=es&level_suspected=4"
    answer = browser.get(f"{QUEUE}?{query}")
    assert rows(answer) == [wanted.pk]
    assert answer.context["filters"].query == query
    assert query.replace("&", "&amp;") in answer.content.decode()


def test_words_are_found_by_their_beginning_and_without_accents(browser, make_comment):
    found = make_comment("La reunión del martes")
    make_comment("Nothing of it")
    assert rows(browser.get(QUEUE, {"words": "REUNIÓ"})) == [found.pk]
    assert rows(browser.get(QUEUE, {"words": "& | ! :* '"})) != []  # no words at all: nothing is filtered


@pytest.mark.parametrize(
    "query",
    ["account=abc", "account=99999999999999999999", "level_suspected=99", "after=x,y,z", "after=3,2026,", "open=0"],
)
def test_an_address_that_makes_no_sense_shows_the_queue_all_the_same(browser, comment, query):
    assert rows(browser.get(f"{QUEUE}?{query}")) == [comment.pk]


def test_the_stream_goes_on_by_key_after_fifty(browser, make_comment):
    at = timezone.now()
    made = [make_comment(str(number), posted_at=at).pk for number in range(53)]
    first = browser.get(QUEUE)
    assert rows(first) == made[:50]
    assert rows(browser.get(QUEUE, {"after": first.context["stream"].next})) == made[50:]


def test_an_empty_queue_says_why_and_what_comes(browser, accounts):
    assert "Everything is graded" in browser.get(QUEUE).content.decode()
    assert "No waiting comment passes the filter" in browser.get(QUEUE, {"language": "ht"}).content.decode()


def test_looking_claims_nothing(browser, comment):
    browser.get(QUEUE, {"open": comment.pk})
    assert QueueEntry.objects.get(pk=comment.pk).held_by is None


def test_opening_claims_and_without_javascript_leads_back_with_the_filters(browser, comment, officer):
    answer = browser.post(reverse("claim", args=[comment.pk]), {"back": "language=en"})
    assert (answer.status_code, answer["Location"]) == (302, f"{QUEUE}?language=en&open={comment.pk}")
    assert QueueEntry.objects.get(pk=comment.pk).holder == officer
    shown = browser.get(answer["Location"])
    assert shown.context["desk"].mine
    assert shown.context["desk"].seconds_left > 200


def test_opening_another_gives_the_one_before_back(browser, make_comment, officer):
    first, second = make_comment("one"), make_comment("two")
    browser.post(reverse("claim", args=[first.pk]))
    browser.post(reverse("claim", args=[second.pk]), {"left": first.pk}, headers=HTMX)
    assert QueueEntry.objects.get(pk=first.pk).holder is None
    assert QueueEntry.objects.get(pk=second.pk).holder == officer


def test_what_a_colleague_holds_opens_with_his_name_and_409(browser, browser_of, other_officer, comment):
    browser_of(other_officer).post(reverse("claim", args=[comment.pk]))
    answer = browser.post(reverse("claim", args=[comment.pk]), headers=HTMX)
    assert answer.status_code == 409
    assert "Chidi Okafor is working on this comment." in answer.content.decode()
    assert QueueEntry.objects.get(pk=comment.pk).holder == other_officer
    assert "Chidi Okafor" in browser.get(QUEUE).content.decode()


def test_the_next_is_the_most_urgent_and_skipped_ones_come_last(browser, make_comment):
    ordinary, threat = make_comment("ordinary"), make_comment("threat", urgency=0)
    answer = browser.post(reverse("claim_next"), headers=HTMX)
    assert answer.context["desk"].comment == threat
    answer = browser.post(reverse("release", args=[threat.pk]), {"skip": "1"}, headers=HTMX)
    assert answer.context["desk"].comment == ordinary
    assert QueueEntry.objects.get(pk=threat.pk).holder is None
    answer = browser.post(reverse("release", args=[ordinary.pk]), {"skip": "1"}, headers=HTMX)
    assert answer.context["desk"].comment == threat
    assert list(LogEntry.objects.order_by("id").values_list("verb", flat=True)) == [
        *("claim", "skip", "claim", "skip", "claim")
    ]


def test_giving_back_leaves_an_empty_desk(browser, comment):
    browser.post(reverse("claim", args=[comment.pk]))
    answer = browser.post(reverse("release", args=[comment.pk]), headers=HTMX)
    assert answer.context["desk"] is None
    assert QueueEntry.objects.get(pk=comment.pk).holder is None


def test_the_pulse_tells_numbers_only(browser, make_comment):
    first = make_comment("one")
    make_comment("a secret word", language="es")
    answer = browser.get(reverse("pulse"), {"newest": first.pk})
    assert answer.json() == {"waiting": 2, "here": 2, "arrived": 1}
    assert browser.get(reverse("pulse"), {"language": "es", "newest": first.pk}).json()["here"] == 1


def test_a_row_shows_how_the_comment_stands_now(browser, browser_of, other_officer, comment):
    row = reverse("row", args=[comment.pk])
    assert "is-held" not in browser.get(row).content.decode()
    browser_of(other_officer).post(reverse("claim", args=[comment.pk]))
    assert "Chidi Okafor" in browser.get(row).content.decode()
    QueueEntry.objects.all().delete()
    assert "is-done" in browser.get(row).content.decode()


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_spreadsheet_takes_a_comment_for_a_formula(browser, make_comment, text):
    make_comment(text)
    answer = browser.get(reverse("queue_csv"))
    lines = b"".join(answer.streaming_content).decode()
    assert answer["Content-Disposition"] == 'attachment; filename="comments-waiting.csv"'
    assert f"'{text}" in lines


@pytest.mark.parametrize("name", ["claim", "release", "grade", "reply", "undo", "address", "note"])
def test_a_verb_is_posted_never_fetched(browser, comment, name):
    assert browser.get(reverse(name, args=[comment.pk])).status_code == 405


@pytest.mark.parametrize("name", ["comment", "row", "panel", "last"])
def test_a_comment_that_is_not_there_is_not_found(browser, name, comment):
    assert browser.get(reverse(name, args=[comment.pk + 1]), {"level": 1}).status_code == 404


def test_a_member_who_has_left_sees_nothing(browser_of, transferred, comment):
    assert browser_of(transferred).get(QUEUE).status_code == 302
