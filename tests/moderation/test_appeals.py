"""Appeals by the public: a form by reference, a decision by one who took no part, an answer (LR-6)."""

import time

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Notification
from members.states import Invalid, Refused, WrongState
from moderation import appeals, overturning, reviews, threats
from moderation.appeal_words import LANGUAGES, words_in
from moderation.models import Appeal, AppealText, Notice, Review
from moderation.threats import Choice
from moderation.views.public_appeals import mark_of
from moderation.waiting_reviews import appeals as line
from tests.moderation.acts import case_of, grade, trail, work

pytestmark = [pytest.mark.django_db, pytest.mark.sop("4.L7", "4.TOU")]
RULES = DatabaseError
SOME_MINUTES_AGO = 600
HOSTILE = [
    "<script>window.bad = 1</script><img src=x onerror='bad()'>",
    "\u202eednuora denrut \u2066 and never closed",
    "W" * 5000,
    "{{ 7|add:7 }} {% load trail %} ' OR 1=1; --",
]


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(db):
    cache.clear()


@pytest.fixture
def comment(make_comment):
    return make_comment("You are a lying crook.")


@pytest.fixture
def notice(comment, officer, prepared_texts, platform):
    """The notice of a comment that is hidden."""
    grade(comment, 7, officer, words="lying crook")
    work(comment)
    return Notice.objects.get(comment=comment)


@pytest.fixture
def appeal(notice):
    found = appeals.find(notice.reference)
    return appeals.receive(found, appeals.Said("It was about politicians, not a person."))


def address(reference, language="en"):
    return f"{reverse('appeal_of', args=[reference])}?language={language}"


def form(reference, text="It was about politicians.", *, ago=SOME_MINUTES_AGO, **fields):
    return {"text": text, "mark": mark_of(reference, at=time.time() - ago), **fields}


def send(reference, text="It was about politicians.", **fields):
    return Client().post(address(reference), form(reference, text, **fields))


# --- the public page -------------------------------------------------------------------------------------------------


def test_the_notice_holds_the_reference_that_the_form_asks_for(notice):
    answer = Client().get(
        reverse("begin_appeal"), {"reference": f" {notice.reference[:5].lower()}-{notice.reference[5:]} "}
    )
    assert answer.status_code == 302
    assert answer["Location"] == address(notice.reference)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_the_day_the_platform_and_the_clause_in_three_languages(notice, language):
    page = Client().get(address(notice.reference, language)).content.decode()
    assert f'<html lang="{language}">' in page
    assert words_in(language)["public_records"][:60] in page
    assert "668.6076" in page
    assert "Facebook" in page
    assert str(timezone.localdate(notice.grade.at)) in page
    assert "lying crook" not in page, "the reference may have stood in public: the words are not repeated"
    assert notice.comment.author_name not in page
    if language == "en":
        assert notice.grade.clause.text[:50] in page


def test_every_language_has_every_word_of_the_page():
    english = words_in("en").keys()
    assert {code: words_in(code).keys() ^ english for code in LANGUAGES} == {code: set() for code in LANGUAGES}


def test_it_needs_no_cookie_and_no_script_and_lies_in_no_cache(notice):
    answer = Client().get(address(notice.reference))
    assert not answer.cookies
    assert b"<script" not in answer.content
    assert "no-store" in answer["Cache-Control"]


def test_a_wrong_reference_reveals_nothing_and_many_are_refused(notice, settings):
    browser = Client()
    for number in range(30):
        answer = browser.get(address(f"WRONG{number}"))
        assert answer.status_code == 404
        assert words_in("en")["unknown"] in answer.content.decode()
    assert browser.get(address("WRONG99")).status_code == 429
    assert browser.get(address(notice.reference)).status_code == 429, "nor is a right one told from a wrong one then"


def test_the_reference_of_an_apology_leads_nowhere(notice, other_officer):
    reviews.overturn(Review.objects.get(comment=notice.comment), 5, by=other_officer, why="Mistaken.")
    sorry = Notice.objects.get(kind="apology")
    assert sorry.reference != notice.reference
    assert Client().get(address(sorry.reference)).status_code == 404


def test_what_is_sent_is_kept_and_its_page_says_so(notice, officer):
    answer = send(notice.reference, "It was about politicians.", name="Marisol", email="marisol@example.org")
    assert answer.status_code == 302
    found = Appeal.objects.get()
    assert (found.reference, found.state, found.grade, found.way) == (
        notice.reference,
        "received",
        notice.grade,
        "online",
    )
    said = found.texts.get()
    assert (said.text, said.name, said.email, said.by) == (
        "It was about politicians.",
        "Marisol",
        "marisol@example.org",
        None,
    )
    page = Client().get(answer["Location"]).content.decode()
    assert words_in("en")["is_received"] in page
    assert "It was about politicians." not in page, "whoever else has the reference does not read it"


def test_a_second_text_is_added_to_the_open_appeal(notice):
    send(notice.reference, "First.")
    send(notice.reference, "And second.")
    assert [one.text for one in Appeal.objects.get().texts.all()] == ["First.", "And second."]
    assert trail(Appeal.objects.get()) == ["receive", "add"]


def test_an_open_appeal_holds_so_many_texts_and_no_more(appeal, notice):
    for number in range(appeals.MOST_TEXTS - 1):
        AppealText.objects.create(appeal=appeal, text=str(number))
    with pytest.raises(Invalid, match="as much as it can"):
        appeals.receive(appeals.find(notice.reference), appeals.Said("One more."))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": ""}, "missing"),
        ({"text": " \n "}, "missing"),
        ({"text": "x" * 5001}, "too_long"),
        ({"text": "a\x00b"}, "too_long"),
        ({"name": "a\x00b"}, "name_wrong"),
        ({"name": "x" * 201}, "name_wrong"),
        ({"email": "not an address"}, "email_wrong"),
        ({"website": "http://spam.example"}, "not_empty"),
        ({"ago": 0}, "too_quick"),
        ({"ago": -50}, "too_quick"),
        ({"mark": "forged"}, "too_old"),
        ({"mark": ""}, "too_old"),
    ],
)
def test_what_makes_no_sense_comes_back_with_what_was_typed(notice, fields, said):
    answer = send(notice.reference, fields.pop("text", "It was about politicians & others."), **fields)
    assert answer.status_code == 422
    assert words_in("en")[said] in answer.content.decode()
    assert not Appeal.objects.exists()
    if said in {"email_wrong", "not_empty", "too_quick", "too_old"}:
        assert "It was about politicians &amp; others." in answer.content.decode()


def test_the_mark_of_another_reference_is_none(notice):
    assert send(notice.reference, mark=mark_of("ANOTHER", at=0)).status_code == 422


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words(notice, text, supervisor, browser_of):
    assert send(notice.reference, text, name=text[:200]).status_code == 302
    found = Appeal.objects.get()
    assert found.texts.get().text == text
    page = browser_of(supervisor).get(found.get_absolute_url()).content.decode()
    assert "<script>window.bad" not in page
    assert "onerror='bad" not in page


def test_ten_megabytes_are_refused_and_nothing_is_kept(notice):
    assert send(notice.reference, "x" * 10_000_000).status_code in {400, 413}
    assert not Appeal.objects.exists()


def test_whoever_sends_without_end_is_asked_to_wait(notice):
    answers = [send(notice.reference, f"Text {number}").status_code for number in range(11)]
    assert answers == [302] * 10 + [422]


@pytest.mark.parametrize("reference", ["%00", "..%2F..", "'%20OR%201=1", "%F0%9F%9A%93", "x" * 3000])
def test_a_strange_address_is_nobodys_notice(db, commander, reference):
    assert Client().get(f"/appeal/{reference}/").status_code in {404, 400}


def test_what_is_shown_again_is_nothing_to_appeal_against(notice, comment, officer):
    case_of(comment).undo(by=officer)
    page = Client().get(address(notice.reference)).content.decode()
    assert words_in("en")["stands_no_more"] in page
    assert "<textarea" not in page
    assert send(notice.reference).status_code == 422


# --- who decides -----------------------------------------------------------------------------------------------------


def test_those_who_took_no_part_are_told_and_find_it_at_home(appeal, supervisor, commander, officer):
    told = Notification.objects.filter(kind="reviews", path=appeal.get_absolute_url())
    assert {supervisor, commander} <= {one.member for one in told}
    assert officer not in {one.member for one in told}
    assert line(supervisor).count == 1


def test_nobody_decides_who_graded_it(make_comment, supervisor, commander, prepared_texts):
    comment = make_comment("A crook.")
    given = grade(comment, 7, supervisor)
    appeal = appeals.receive(appeals.find(Notice.objects.get(comment=comment).reference), appeals.Said("Not so."))
    assert not Notification.objects.filter(member=supervisor, path=appeal.get_absolute_url()).exists()
    assert line(supervisor).count == 0
    with pytest.raises(Refused, match="You graded this comment"):
        appeals.uphold(appeal, by=supervisor, answer="It stands.")
    with pytest.raises(RULES, match="took no part"), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(
            state="upheld", decided_by=supervisor, decided_at=timezone.now(), answer="It stands."
        )
    assert given.by == supervisor
    appeals.uphold(appeal, by=commander, answer="It stands.")


def test_nobody_decides_who_reviewed_it(appeal, comment, supervisor):
    reviews.uphold(Review.objects.get(comment=comment), by=supervisor, why="An insult.")
    with pytest.raises(Refused, match="You reviewed this grade"):
        appeals.uphold(appeal, by=supervisor, answer="It stands.")
    with pytest.raises(RULES, match="took no part"), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(
            state="upheld", decided_by=supervisor, decided_at=timezone.now(), answer="It stands."
        )


@pytest.mark.parametrize("who", ["other_officer", "specialist", "auditor", "legal_adviser", "custodian", "transferred"])
def test_only_a_supervisor_or_above_decides(appeal, who, request):
    with pytest.raises(Refused, match="Only the Supervisor or one above"):
        appeals.uphold(appeal, by=request.getfixturevalue(who), answer="It stands.")


@pytest.mark.parametrize("answer", ["", "   ", "x" * 4001])
def test_it_is_decided_with_an_answer(appeal, supervisor, answer):
    with pytest.raises(Invalid):
        appeals.uphold(appeal, by=supervisor, answer=answer)


def test_upheld_it_stays_hidden_and_the_page_says_why(appeal, comment, supervisor):
    appeals.uphold(appeal, by=supervisor, answer="Clause (b) covers an insult to a named person.")
    assert case_of(comment).hidden
    page = Client().get(address(appeal.reference)).content.decode()
    assert words_in("en")["is_upheld"] in page
    assert "Clause (b) covers an insult" in page
    assert supervisor.name not in page
    assert "<textarea" not in page
    assert send(appeal.reference).status_code == 422


@pytest.mark.sop("4.S", "4.R")
def test_overturned_it_is_put_back_and_the_strike_withdrawn(appeal, comment, supervisor, officer, platform):
    appeals.overturn(appeal, level=6, ends_ban=False, by=supervisor, answer="Criticism of the police.")
    work(comment)
    assert platform.hidden == set()
    assert not comment.breaches.standing().exists()
    assert case_of(comment).level == 6
    assert Review.objects.get(comment=comment).state == "void"
    page = Client().get(address(appeal.reference)).content.decode()
    assert words_in("en")["is_overturned"] in page
    assert Notification.objects.filter(member=officer, path=appeal.get_absolute_url()).exists()


def test_the_answer_goes_by_email_to_who_gave_an_address(
    notice, supervisor, django_capture_on_commit_callbacks, monkeypatch
):
    monkeypatch.setattr("members.mail.Thread", AtOnce)
    send(notice.reference, name="Marisol", email="marisol@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        appeals.uphold(Appeal.objects.get(), by=supervisor, answer="Clause (b) covers it.")
    sent = mail.outbox[-1]
    assert sent.to == ["marisol@example.org"]
    assert notice.reference in sent.subject
    assert "Clause (b) covers it." in sent.body


class AtOnce:
    """A thread that runs where it is begun."""

    def __init__(self, target, args):
        self.target, self.args = target, args

    def start(self):
        from members.mail import send as send_now

        send_now(*self.args)


def test_the_second_of_two_at_once_is_told_who_was_first(appeal, supervisor, commander):
    late = Appeal.objects.select_related("comment__case").get(pk=appeal.pk)
    appeals.uphold(appeal, by=supervisor, answer="It stands.")
    with pytest.raises(WrongState, match="Amara Cole acted first"):
        appeals.overturn(late, level=6, ends_ban=False, by=commander, answer="Criticism.")
    assert case_of(appeal.comment).level == 7


def test_what_is_no_appeal_leaves_the_door_open_for_one(appeal, supervisor):
    appeals.dismiss(appeal, by=supervisor, answer="Advertising.")
    assert send(appeal.reference, "The real one.").status_code == 302
    assert Appeal.objects.filter(state="received").get().texts.get().text == "The real one."


def test_an_appeal_is_settled_when_the_unit_takes_its_hide_back_itself(appeal, comment, officer, supervisor):
    case_of(comment).undo(by=officer)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.decided_by) == ("settled", None)
    page = Client().get(address(appeal.reference)).content.decode()
    assert words_in("en")["is_settled"] in page
    with pytest.raises(WrongState):
        appeals.uphold(appeal, by=supervisor, answer="It stands.")


def test_nothing_is_overturned_into_nothing(appeal, supervisor):
    for asked in (
        {"level": None, "ends_ban": False},
        {"level": None, "ends_ban": True},
        {"level": 7, "ends_ban": False},
    ):
        with pytest.raises(Invalid):
            appeals.overturn(appeal, **asked, by=supervisor, answer="Somehow.")
    assert Appeal.objects.get().state == "received"


def test_one_decision_on_appeal_overturns_once(appeal, supervisor):
    first = appeals.overturn(appeal, level=6, ends_ban=False, by=supervisor, answer="Criticism.")
    again = overturning.overturn(case_of(appeal.comment), 6, by=supervisor, why="Criticism.", rests_on=appeal)
    assert first == again


def test_the_database_knows_one_open_appeal_a_comment(appeal):
    with pytest.raises(RULES), transaction.atomic():
        Appeal.objects.create(reference="ANOTHER", comment=appeal.comment, grade=appeal.grade)


def test_what_was_written_is_a_fact(appeal):
    for change in (lambda: appeal.texts.update(text="Nothing."), lambda: appeal.texts.all().delete()):
        with pytest.raises(Exception, match=r"denied|Cannot"), transaction.atomic():
            change()


# --- a reference that stood in public ---


@pytest.fixture
def in_public(make_comment, officer, prepared_texts, platform):
    """A notice that everybody can read under the comment, with its reference."""
    comment = make_comment("You are a lying crook.", platform="instagram")
    grade(comment, 7, officer, words="lying crook")
    work(comment)
    found = Notice.objects.get(comment=comment)
    assert found.outcome == "visible"
    return found


def code_in(answer):
    """Where the page leads whoever has just sent something."""
    return answer["Location"].split("/appeal/")[1].split("/")[0]


def test_a_reference_that_stood_in_public_tells_nobody_what_became_of_an_appeal(in_public, supervisor):
    mine = code_in(send(in_public.reference, "It was about politicians."))
    assert mine != in_public.reference
    appeals.uphold(Appeal.objects.get(), by=supervisor, answer="It names a person.")
    for_all = Client().get(address(in_public.reference)).content.decode()
    assert words_in("en")["own_code"] in for_all
    for said in ("It names a person.", "is_upheld", words_in("en")["is_upheld"], mine):
        assert said not in for_all
    for_him = Client().get(address(mine)).content.decode()
    assert "It names a person." in for_him
    assert words_in("en")["keep_code"] in for_him


def test_a_stranger_who_appeals_first_does_not_keep_the_poster_from_it(in_public, supervisor):
    stranger = code_in(send(in_public.reference, "I like hidden comments."))
    poster = code_in(send(in_public.reference, "I meant a song."))
    joined = Appeal.objects.get()
    assert {one.code for one in joined.texts.all()} == {stranger, poster}
    assert "I meant a song." not in Client().get(address(stranger)).content.decode()
    appeals.uphold(joined, by=supervisor, answer="It stands.")
    assert send(in_public.reference, "I was away, and am the poster.").status_code == 302
    assert Appeal.objects.count() == 2


def test_a_reference_that_stood_in_public_is_decided_on_some_times_and_then_by_hand(in_public, officer, supervisor):
    for _ in range(appeals.MOST_DECIDED):
        send(in_public.reference)
        appeals.uphold(Appeal.objects.open().get(), by=supervisor, answer="It stands.")
    assert send(in_public.reference).status_code == 422
    assert not appeals.find(in_public.reference).may_be_appealed


def test_who_is_blocked_is_said_to_the_poster_alone(in_public, notice, supervisor, monkeypatch):
    monkeypatch.setattr("moderation.views.public_appeals.ban_resting_on", lambda comment: object())
    own = code_in(send(in_public.reference))
    for reference, told in ((in_public.reference, False), (own, False), (notice.reference, True)):
        assert (words_in("en")["banned"] in Client().get(address(reference)).content.decode()) == told


def test_the_decider_reads_that_it_may_not_be_the_poster(in_public, notice, supervisor, browser_of):
    browser = browser_of(supervisor)
    for one, told in ((in_public, True), (notice, False)):
        send(one.reference)
        page = browser.get(Appeal.objects.get(reference=one.reference).get_absolute_url()).content.decode()
        assert ("perhaps not the poster" in page) == told


def test_who_calls_with_a_code_of_his_own_is_found_by_it(in_public, notice, supervisor, browser_of):
    send(notice.reference)
    own = code_in(send(in_public.reference))
    found = browser_of(supervisor).get(reverse("appeals"), {"reference": own.lower()}).context["page"].rows
    assert [one.comment for one in found] == [in_public.comment]


def test_the_answer_by_email_leads_each_to_a_page_of_his_own(
    in_public, supervisor, django_capture_on_commit_callbacks, monkeypatch
):
    monkeypatch.setattr("members.mail.Thread", AtOnce)
    codes = {who: code_in(send(in_public.reference, email=f"{who}@example.org")) for who in ("ana", "ben")}
    with django_capture_on_commit_callbacks(execute=True):
        appeals.uphold(Appeal.objects.get(), by=supervisor, answer="Clause (b) covers it.")
    for sent in mail.outbox[-2:]:
        assert codes[sent.to[0].split("@")[0]] in sent.body
        assert in_public.reference not in sent.body


def test_a_member_takes_down_what_the_page_takes_no_more(notice, officer, monkeypatch):
    monkeypatch.setattr(appeals, "MOST_TEXTS", 1)
    found = appeals.find(notice.reference)
    appeals.receive(found, appeals.Said("First."))
    with pytest.raises(Invalid, match="as much as it can"):
        appeals.receive(found, appeals.Said("Second."))
    appeals.receive(found, appeals.Said("By telephone."), way="phone", by=officer)
    assert AppealText.objects.count() == 2


# --- as members see it -----------------------------------------------------------------------------------------------


def test_the_page_decides_by_one_form(appeal, supervisor, browser_of, comment):
    browser = browser_of(supervisor)
    page = browser.get(appeal.get_absolute_url()).content.decode()
    assert "<mark>lying crook</mark>" in page
    where = reverse("decide_appeal", args=[appeal.pk, "overturn"])
    assert browser.post(where, {"level": "", "answer": "Criticism."}).status_code == 422
    assert browser.post(where, {"level": "6", "answer": ""}).status_code == 422
    assert browser.post(where, {"level": "6", "answer": "Criticism."}).status_code == 302
    assert case_of(comment).level == 6


def test_who_took_part_may_look_and_not_touch(appeal, officer, browser_of):
    browser = browser_of(officer)
    page = browser.get(appeal.get_absolute_url())
    assert page.status_code == 200
    assert "Amara Cole" in page.content.decode()
    where = reverse("decide_appeal", args=[appeal.pk, "uphold"])
    assert browser.post(where, {"answer": "It stands."}).status_code == 403
    assert browser.post(reverse("decide_appeal", args=[appeal.pk, "delete"]), {}).status_code == 404


def test_an_appeal_by_telephone_is_taken_down_and_given_a_reference(comment, officer, supervisor, browser_of, platform):
    grade(comment, 7, officer)
    work(comment)
    Notice.objects.filter(comment=comment)
    where = reverse("take_down_appeal", args=[comment.pk])
    browser = browser_of(supervisor)
    assert browser.post(where, {"way": "online", "language": "es", "text": "Por favor."}).status_code == 422
    assert browser.post(where, {"way": "phone", "language": "es", "text": ""}).status_code == 422
    assert browser.post(where, {"way": "phone", "language": "es", "text": "Por favor."}).status_code == 302
    taken = Appeal.objects.get()
    assert (taken.way, taken.received_by, taken.texts.get().by) == ("phone", supervisor, supervisor)
    page = Client().get(address(taken.reference, "es")).content.decode()
    assert words_in("es")["is_received"] in page
    appeals.uphold(taken, by=supervisor, answer="La cláusula (b) lo cubre.")


def test_of_a_comment_that_is_not_hidden_none_is_taken_down(comment, supervisor, browser_of):
    where = reverse("take_down_appeal", args=[comment.pk])
    browser = browser_of(supervisor)
    assert "Nothing is hidden here" in browser.get(where).content.decode()
    assert browser.post(where, {"way": "phone", "language": "en", "text": "Please."}).status_code == 422


def test_the_list_is_filtered_by_its_address_and_is_a_file_too(appeal, supervisor, browser_of):
    browser = browser_of(supervisor)
    assert appeal.reference in browser.get("/appeals/").content.decode()
    assert appeal.reference in browser.get(f"/appeals/?reference={appeal.reference.lower()}").content.decode()
    assert "No appeal fits" in browser.get("/appeals/?state=upheld").content.decode()
    assert browser.get("/appeals/?state=nonsense").status_code == 422
    assert appeal.reference in b"".join(browser.get("/appeals/?format=csv").streaming_content).decode()


def test_nobody_decides_who_decided_on_the_threat(comment, officer, supervisor, commander, prepared_texts, platform):
    grade(comment, 8, officer)
    threat = comment.threats.get()
    refer = Choice("k", frozenset({"refer"}), case_number="26-1", referred_to="Robbery")
    threats.decide(threat, refer, by=supervisor)
    appeal = appeals.receive(appeals.of_comment(comment), appeals.Said("A song."), way="phone", by=officer)
    with pytest.raises(Refused, match="decided on this threat"):
        appeals.uphold(appeal, by=supervisor, answer="No.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(
            state="upheld", answer="No.", decided_by=supervisor, decided_at=timezone.now()
        )
    appeals.uphold(appeal, by=commander, answer="It was no song.")
