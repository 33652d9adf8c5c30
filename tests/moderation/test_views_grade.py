"""Grading through the forms: what they do, and what they answer when they do not."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from moderation.models import Case, Grade, QueueEntry
from moderation.replies import first_name
from tests.cast import BACKEND
from tests.moderation.acts import clause, grade, order_of, orders

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def browser(browser_of, officer):
    return browser_of(officer)


def form(comment, level, **fields):
    case = Case.objects.get(pk=comment.pk)
    seen = case.grade_id if case.level is not None else ""
    return {"key": str(uuid.uuid4()), "version": case.version, "grade_seen": seen, "level": level, **fields}


def post(browser, comment, level, *, headers=None, **fields):
    return browser.post(reverse("grade", args=[comment.pk]), form(comment, level, **fields), headers=headers or {})


def level_of(comment):
    return Case.objects.get(pk=comment.pk).level


@pytest.mark.sop("4.L1")
def test_a_thank_you_is_graded_and_ordered_and_the_next_comes(browser, make_comment):
    first, second = make_comment("Thank you!"), make_comment("And you?")
    answer = post(browser, first, 1, headers=HTMX, reply="Thank you, Marisol!")
    assert answer.status_code == 200
    assert (level_of(first), orders(first)) == (1, [("reply", "waiting")])
    assert answer.context["desk"].comment == second
    assert answer.context["last"]["comment"] == first
    assert answer["HX-Push-Url"] == f"/comments/?open={second.pk}&last={first.pk}"


def test_without_javascript_the_same_form_leads_to_the_next(browser, make_comment):
    first, second = make_comment("one"), make_comment("two")
    answer = post(browser, first, 2, back="language=en")
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/comments/?language=en&open={second.pk}&last={first.pk}",
    )
    assert browser.get(answer["Location"]).context["last"]["comment"] == first


@pytest.mark.sop("4.L6")
def test_a_level_6_is_recorded_without_reply_or_hiding(browser, comment):
    answer = post(browser, comment, 6, headers=HTMX)
    assert (answer.status_code, level_of(comment), orders(comment)) == (200, 6, [])
    assert "no reply, no hiding" in answer.content.decode()


@pytest.mark.sop("4.L6")
def test_a_reply_to_a_level_6_is_refused_with_the_sentence_and_kept(browser, comment):
    answer = post(browser, comment, 6, headers=HTMX, reply="But we do care.")
    assert (answer.status_code, level_of(comment)) == (422, None)
    assert "left standing" in answer.content.decode()


@pytest.mark.sop("4.L7", "4.R", "4.TOU")
def test_a_level_7_names_its_clause_and_is_retained_then_hidden(browser, make_comment):
    comment = make_comment("you filthy thing")
    answer = post(browser, comment, 7, headers=HTMX, clause=clause("b").pk, words="filthy")
    assert answer.status_code == 200
    order = order_of(comment, "hide")
    assert (order.clause.letter, order.record.comment, order.grade.words) == ("b", comment, "filthy")


@pytest.mark.sop("4.L8")
def test_after_a_level_8_the_desk_stays_says_so_and_one_key_goes_on(browser, comment, make_comment, officer):
    other = make_comment("When do you open?")
    shown = post(browser, comment, 8, headers=HTMX).content.decode()
    assert "Nothing more is asked of you here" in shown
    assert 'data-key="j">Go on with the next' in shown
    QueueEntry.claim_next(by=officer)
    assert "Go on with the next" not in browser.get(reverse("comment", args=[comment.pk])).content.decode()
    assert "Go on with the next" not in browser.get(reverse("queue"), {"open": other.pk}).content.decode()


@pytest.mark.sop("4.L7")
def test_a_level_7_without_words_says_so_at_the_field(browser, make_comment):
    comment = make_comment("you filthy thing")
    answer = post(browser, comment, 7, headers=HTMX, clause=clause("b").pk)
    assert (answer.status_code, level_of(comment)) == (422, None)
    assert "Mark the words relied on" in answer.content.decode()
    answer = post(browser, comment, 7, headers=HTMX, clause=clause("b").pk, whole="1")
    assert (answer.status_code, level_of(comment)) == (200, 7)


@pytest.mark.sop("4.L7", "4.TOU")
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_level_7_without_a_clause_says_so_and_keeps_what_was_typed(browser, comment, headers):
    answer = post(browser, comment, 7, headers=headers, words="Thank you", reply="Your comment breaks our terms.")
    shown = answer.content.decode()
    assert (answer.status_code, level_of(comment)) == (422, None)
    assert "Name the clause of the Terms of Use that the comment breaks." in shown
    assert "Your comment breaks our terms." in shown
    assert 'value="Thank you"' in shown


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"level": 9}, "A grade is one of the eight levels, 1 to 8."),
        ({"level": "eight"}, "A grade is one of the eight levels, 1 to 8."),
        ({"key": ""}, "The page was not complete."),
        ({"version": ""}, "The page was not complete."),
        ({"level": 7, "clause": 999_999}, "Name one of the clauses (a) to (f)"),
        ({"level": 1, "reply": "a\x00b"}, "The reply cannot be sent as it stands"),
    ],
)
def test_a_form_that_makes_no_sense_is_422_and_changes_nothing(browser, comment, fields, sentence):
    answer = browser.post(reverse("grade", args=[comment.pk]), form(comment, 1) | fields, headers=HTMX)
    assert (answer.status_code, level_of(comment)) == (422, None)
    assert sentence in answer.content.decode()


@pytest.mark.sop("4.L7")
@pytest.mark.parametrize("headers", [HTMX, {}], ids=["fragment", "page"])
@pytest.mark.parametrize("level", [0, 9, "abc", "", 6])
def test_what_was_typed_is_kept_though_no_field_is_left_for_it(browser, comment, level, headers):
    answer = post(browser, comment, level, headers=headers, reply="Half an hour of typing <b>")
    assert answer.status_code == 422
    assert "Half an hour of typing &lt;b&gt;" in answer.text
    assert level_of(comment) is None


def test_a_reply_to_a_comment_graded_6_is_refused_and_kept(browser, comment, officer):
    grade(comment, 6, by=officer)
    sent = {"key": str(uuid.uuid4()), "reply": "Half an hour of typing"}
    answer = browser.post(reverse("reply", args=[comment.pk]), sent)
    assert answer.status_code == 422
    assert "Half an hour of typing" in answer.text


@pytest.mark.sop("4.L8")
@pytest.mark.parametrize(
    "fields",
    [
        {"clause": 999_999},
        {"reply": "x" * 10_001},
        {"reply": "nul \x00"},
        {"words": "x" * 5_001},
        {"reason": "x" * 2_001},
        {"grade_seen": "abc"},
    ],
)
def test_nothing_in_the_form_holds_up_a_level_8(browser, comment, fields):
    answer = post(browser, comment, 8, headers=HTMX, **fields)
    assert answer.status_code == 200
    assert level_of(comment) == 8
    assert order_of(comment, "hide").record is not None


def test_a_clause_that_is_no_ground_hides_nothing(browser, comment):
    answer = post(browser, comment, 7, headers=HTMX, clause=clause("h").pk)
    assert (answer.status_code, level_of(comment)) == (422, None)


@pytest.mark.sop("4.L8")
def test_a_level_8_acts_at_once_and_the_same_comment_stays_with_undo(browser, make_comment):
    threat, other = make_comment("I will be waiting.", urgency=0), make_comment("hello")
    answer = post(browser, threat, 8, headers=HTMX)
    shown = answer.content.decode()
    assert (answer.status_code, orders(threat)) == (200, [("hide", "waiting")])
    assert answer.context["desk"].comment == threat
    assert reverse("undo", args=[threat.pk]) in shown
    assert level_of(other) is None


@pytest.mark.sop("4.L8")
def test_a_level_8_waits_for_no_colleague_who_holds_the_comment(browser, browser_of, other_officer, comment):
    browser_of(other_officer).post(reverse("claim", args=[comment.pk]))
    assert post(browser, comment, 8, headers=HTMX).status_code == 200
    assert level_of(comment) == 8


def test_of_two_officers_the_second_gets_the_sentence_and_keeps_his_text(browser, browser_of, other_officer, comment):
    mine = form(comment, 3, reply="The office opens at nine.")
    assert post(browser_of(other_officer), comment, 2).status_code == 302
    answer = browser.post(reverse("grade", args=[comment.pk]), mine, headers=HTMX)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Chidi Okafor acted first" in shown
    assert "The office opens at nine." in shown
    assert level_of(comment) == 2


def test_what_a_colleague_holds_is_not_graded_and_the_text_is_kept(browser, browser_of, other_officer, comment):
    browser_of(other_officer).post(reverse("claim", args=[comment.pk]))
    answer = post(browser, comment, 3, headers=HTMX, reply="At nine.")
    assert (answer.status_code, level_of(comment)) == (409, None)
    assert "At nine." in answer.content.decode()


def test_the_same_form_twice_is_one_grade(browser, comment):
    twice = form(comment, 2)
    browser.post(reverse("grade", args=[comment.pk]), twice)
    assert browser.post(reverse("grade", args=[comment.pk]), twice).status_code == 302
    assert Grade.objects.filter(comment=comment).count() == 1


def test_without_a_role_on_the_account_a_level_7_is_403(browser_of, commanding_officer, comment):
    answer = post(browser_of(commanding_officer), comment, 7, headers=HTMX, clause=clause("a").pk)
    assert (answer.status_code, level_of(comment)) == (403, None)
    assert "Only an administrator or editor" in answer.content.decode()


@pytest.mark.sop("4.L8")
def test_without_a_role_on_the_account_a_level_8_is_hidden_all_the_same(browser_of, commanding_officer, comment):
    assert post(browser_of(commanding_officer), comment, 8, headers=HTMX).status_code == 200
    assert level_of(comment) == 8


def test_an_ended_role_is_none(browser, officer, comment):
    Role.objects.filter(member=officer).update(until="2026-01-01T00:00Z")
    assert post(browser, comment, 7, headers=HTMX, clause=clause("a").pk).status_code == 403


def test_undo_opens_the_comment_again_and_claims_it(browser, officer, comment):
    post(browser, comment, 1, headers=HTMX, reply="Thanks!")
    answer = browser.post(reverse("undo", args=[comment.pk]), headers=HTMX)
    assert answer.context["desk"].comment == comment
    assert (level_of(comment), orders(comment)) == (None, [("reply", "withdrawn")])
    assert QueueEntry.objects.get(pk=comment.pk).holder == officer


def test_a_colleagues_grade_is_not_undone_without_a_role(browser_of, commanding_officer, officer, comment):
    grade(comment, 6, officer)
    answer = browser_of(commanding_officer).post(reverse("undo", args=[comment.pk]), headers=HTMX)
    assert (answer.status_code, level_of(comment)) == (403, 6)


def test_a_form_from_elsewhere_is_refused(comment, officer):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer, backend=BACKEND)
    assert strict.post(reverse("grade", args=[comment.pk]), form(comment, 8)).status_code == 403
    assert level_of(comment) is None


# --- what a level demands, shown before ---


def panel(browser, comment, level, **query):
    return browser.get(reverse("panel", args=[comment.pk]), {"level": level, **query}, headers=HTMX)


@pytest.mark.sop("4.L1")
def test_the_thank_you_carries_the_first_name_in_the_comments_language(browser, make_comment, prepared_texts):
    shown = panel(browser, make_comment("¡Gracias!", language="es"), 1).context["panel"]
    assert "Marisol" in shown.reply
    assert shown.prepared.of > 3
    assert re.search("[Gg]racias|agradec|alegró|amable", shown.reply)


@pytest.mark.sop("4.L1")
def test_another_wording_is_another(browser, comment, prepared_texts):
    texts = {panel(browser, comment, 1, wording=number).context["panel"].reply for number in range(7)}
    assert len(texts) == 7


def test_without_prepared_replies_the_officer_writes(browser, comment):
    assert panel(browser, comment, 1).context["panel"].reply == ""


@pytest.mark.sop("4.L7")
def test_what_the_platform_cannot_do_is_said_before(browser, make_comment):
    shown = panel(browser, make_comment(platform="instagram"), 7).content.decode()
    assert "On Instagram a hidden comment cannot be replied to, so the notice goes first." in shown


@pytest.mark.sop("4.L7", "4.TOU", "4.R")
def test_the_panel_of_level_7_shows_the_six_clauses_in_full_and_what_is_retained(browser, comment):
    shown = panel(browser, comment, 7)
    assert [clause.letter for clause in shown.context["panel"].clauses] == list("abcdef")
    assert clause("b").text in shown.content.decode()
    assert "the bytes as received" in shown.content.decode()


def test_a_level_that_is_none_has_no_panel(browser, comment):
    assert panel(browser, comment, 9).status_code == 404
    assert panel(browser, comment, "x").status_code == 404


@pytest.mark.sop("4.L7")
def test_the_approved_notice_stands_in_the_panel_of_a_level_7(browser, comment, prepared_texts):
    first = panel(browser, comment, 7).context["panel"]
    assert "Terms of Use" in first.reply
    assert f"/appeal/{first.contact.reference}/" in first.reply
    answer = post(browser, comment, 7, headers=HTMX, clause=clause("b").pk, whole="1", reply=first.reply, untold="")
    assert answer.status_code == 200
    assert comment.notices.get().reference == first.contact.reference


@pytest.mark.sop("4.L7", "4.S")
def test_a_level_7_without_its_notice_asks_why_and_keeps_what_was_chosen(browser, comment, prepared_texts):
    answer = post(browser, comment, 7, headers=HTMX, clause=clause("b").pk, whole="1", reply="", untold="")
    assert (answer.status_code, level_of(comment)) == (422, None)
    assert "say why nobody is told" in answer.content.decode()
    answer = post(browser, comment, 7, headers=HTMX, clause=clause("b").pk, whole="1", reply="", untold="A bot.")
    assert (answer.status_code, comment.notices.get().because) == (200, "A bot.")


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Marisol Peña", "Marisol"),
        ("Jean-Baptiste L.", "Jean-Baptiste"),
        ("Coach Ellis", ""),
        ("El Gallo Pinto", ""),
        ("dolphin_fan_305", ""),
        ("burn it all", ""),
        ("BAYSIDE NEWS", ""),
        ("", ""),
    ],
)
def test_nobody_is_thanked_as_a_handle_or_a_shop(name, first):
    assert first_name(name) == first
