"""Notices of level 7: in the poster's language, with clause, words and the way to appeal (4.L7, 4.S)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from members.states import Invalid, Refused, WrongState
from moderation import notices, protected
from moderation.models import Breach, Notice
from moderation.models.texts import Wording, WordingWithdrawal
from tests.moderation.acts import case_of, clause, edit, grade, orders, turn_back, work
from tests.moderation.climbing import Climb, notice_of, work_it

pytestmark = [pytest.mark.sop("4.L7", "4.S"), pytest.mark.usefixtures("no_hints", "prepared_texts")]


@pytest.fixture
def climb(make_comment, officer):
    return Climb(make_comment, officer)


def test_who_is_graded_7_is_told_by_the_approved_notice_without_a_word_typed(climb, platform):
    comment = climb.breach("You are all vermin.", words="vermin")
    notice = notice_of(comment)
    (sent,) = platform.messages
    assert sent.text == notice.text
    assert "clause (b)" in sent.text
    assert "“vermin”" in sent.text
    assert f"/appeal/{notice.reference}/" in sent.text
    assert (notice.kind, notice.way, notice.outcome) == ("first", "private", "delivered")
    assert notice.breach == Breach.objects.get()
    assert notice.told_at is not None


def test_the_notice_quotes_the_words_relied_on_and_nothing_else_of_the_comment(climb, platform):
    long = "I was at the meeting on Monday and asked about the budget. You are all vermin. Nobody answered me then."
    said = notice_of(climb.breach(long, words="You are all VERMIN")).text
    assert "“You are all vermin”" in said
    assert "Monday" not in said


@pytest.mark.parametrize(("language", "says"), [("es", "Ocultamos"), ("ht", "Nou kache"), ("fr", "We hid")])
def test_the_notice_is_in_the_comments_language_or_else_in_english(climb, platform, language, says):
    notice = notice_of(climb.breach(language=language))
    assert notice.text.startswith(says)
    assert notice.language == ("en" if language == "fr" else language)


@pytest.mark.parametrize(
    ("on", "way", "calls"),
    [
        ("facebook", "private", ["hide", "message"]),
        ("instagram", "public", ["reply", "hide"]),
        ("x", "private", ["hide", "message"]),
        ("youtube", "public", ["reply", "hide"]),
    ],
)
def test_each_platform_is_told_in_its_order(climb, platform, on, way, calls):
    notice = notice_of(climb.breach(platform=on, words="Vile"))
    assert platform.names_of_calls() == calls
    assert (notice.way, notice.outcome) == (way, "delivered" if way == "private" else "visible")
    assert ("Vile" in notice.text) == (way == "private")


def test_a_public_notice_never_repeats_the_words(climb, platform):
    comment = climb.comment("Vile words.", platform="instagram")
    reference = "{reference}"
    with pytest.raises(Invalid, match="does not repeat the words"):
        grade(comment, 7, climb.officer, words="Vile", reply=f"You wrote vile things. {reference}")
    assert not Notice.objects.exists()


def test_what_an_officer_typed_is_filled_in_and_names_the_way_to_appeal(climb, platform):
    comment = climb.comment()
    with pytest.raises(Invalid, match="Name the way to appeal"):
        grade(comment, 7, climb.officer, reply="We hid it.")
    grade(comment, 7, climb.officer, reply="We hid it under {clause}. Appeal: {address}")
    work_it(comment)
    assert platform.messages[0].text.startswith("We hid it under (b). Appeal: http")


def test_a_notice_fits_its_platform(climb, platform):
    comment = climb.comment(platform="youtube")
    with pytest.raises(Invalid, match="characters"):
        grade(comment, 7, climb.officer, reply="{reference} " + "x" * 20_000)


def test_leaving_the_notice_out_needs_a_reason_which_is_the_outcome(climb, platform):
    comment = climb.comment()
    with pytest.raises(Invalid, match="say why nobody is told"):
        grade(comment, 7, climb.officer, untold=" ")
    grade(comment, 7, climb.officer, untold="A bot: nobody reads it.")
    work_it(comment)
    notice = notice_of(comment)
    assert notice.outcome_says == "could not be notified, because: A bot: nobody reads it."
    assert (notice.left_by, platform.messages) == (climb.officer, [])
    assert case_of(comment).state == "addressed"


def test_where_no_notice_is_approved_the_row_says_so(climb, platform):
    for wording in Wording.objects.approved().filter(purpose="notice_first"):
        WordingWithdrawal.objects.create(wording=wording, by=climb.officer, why="Out of date.")
    assert "no notice is approved" in notice_of(climb.breach()).outcome_says


def test_who_can_be_told_in_no_way_is_kept_with_the_reason(climb, platform):
    old = climb.breach(platform="x", posted_at=timezone.now() - timedelta(days=30))
    assert notice_of(old).way in {"private", "public"}
    late = climb.breach(posted_at=timezone.now() - timedelta(days=8))
    assert notice_of(late).way == "public"  # Facebook takes private messages for seven days


def test_on_facebook_the_message_waits_for_the_hide(climb, platform):
    comment = climb.comment()
    grade(comment, 7, climb.officer)
    measure = comment.measures.get()
    assert not measure.may_go()
    work(comment)
    measure.refresh_from_db()
    assert measure.may_go()


def test_an_undo_in_time_takes_the_notice_back(climb, platform):
    comment = climb.breach(worked=False)
    case_of(comment).undo(by=climb.officer)
    work_it(comment)
    assert notice_of(comment).outcome == "withdrawn"
    assert platform.messages == []


def test_an_edit_before_the_notice_went_out_takes_it_back(climb, platform):
    comment = climb.breach(worked=False)
    edit(comment, "I am sorry.")
    work_it(comment)
    assert platform.messages == []
    assert notice_of(comment).outcome == "withdrawn"


def test_a_notice_that_fails_is_tried_for_ten_minutes_and_that_is_the_outcome(climb, platform, monkeypatch):
    comment = climb.breach(worked=False)
    platform.faults = ["", "unreachable"]
    work_it(comment)
    assert notice_of(comment).outcome == "pending"
    monkeypatch.setattr("moderation.models.measures.NOTICE_PATIENCE", timedelta(0))
    turn_back(comment.measures, 3)
    platform.faults = ["unreachable"]
    work_it(comment)
    assert notice_of(comment).outcome_says.startswith("could not be notified, because: ")
    assert case_of(comment).hidden


def test_what_an_application_cannot_do_is_done_by_hand_and_confirmed_with_proof(climb, platform):
    platform.faults = ["", "not_possible"]
    comment = climb.breach()
    notice = notice_of(comment)
    assert notice.outcome == "by_hand"
    assert case_of(comment).state == "outstanding"
    notice.measure.confirm(by=climb.officer, proof="Sent from the Page's inbox.")
    assert notice_of(comment).outcome == "delivered"
    assert case_of(comment).state == "addressed"


def test_who_could_not_be_notified_by_hand_either_is_given_up_with_the_reason(climb, platform):
    platform.faults = ["", "not_possible"]
    comment = climb.breach()
    with pytest.raises(Invalid, match="Say why"):
        notices.give_up(notice_of(comment), by=climb.officer, because=" ")
    notices.give_up(notice_of(comment), by=climb.officer, because="He takes no messages.")
    assert notice_of(comment).outcome_says == "could not be notified, because: He takes no messages."
    assert case_of(comment).state == "addressed"
    with pytest.raises(WrongState):
        notices.give_up(notice_of(comment), by=climb.officer, because="Again.")


def test_a_notice_is_taken_back_with_a_reason_only(climb, platform):
    comment = climb.breach(worked=False)
    measure = comment.measures.get()
    assert "withdraw" not in measure.verbs_for(climb.officer)
    notices.give_up(notice_of(comment), by=climb.officer, because="He wrote that he is sorry.")
    work_it(comment)
    assert platform.messages == []
    assert notice_of(comment).outcome_says.endswith("because: He wrote that he is sorry.")


def test_only_who_may_act_on_the_account_gives_a_notice_up(climb, platform, auditor):
    platform.faults = ["", "not_possible"]
    comment = climb.breach()
    with pytest.raises(Refused):
        notices.give_up(notice_of(comment), by=auditor, because="So.")


def test_of_one_breach_he_is_told_once(climb, platform):
    comment = climb.breach()
    grade(comment, 7, climb.officer, clause=clause("a"))
    work_it(comment)
    assert len(platform.messages) == 1
    assert comment.notices.count() == 1


def test_a_double_click_is_one_notice(climb, platform):
    comment = climb.comment()
    for _ in range(2):
        grade(comment, 7, climb.officer, key="one-click", grade_seen=None)
    work_it(comment)
    assert len(platform.messages) == comment.notices.count() == 1


def test_who_wrote_in_private_is_answered_there(climb, platform):
    comment = climb.breach(kind="message")
    notice = notice_of(comment)
    assert (notice.way, notice.outcome) == ("private", "delivered")
    assert ("reply", "done") in orders(comment)


def test_a_reference_is_of_letters_that_nobody_mistakes_and_guessed_by_nobody(climb, platform):
    found = {notice_of(climb.breach(author=f"Poster {number}")).reference for number in range(5)}
    assert len(found) == 5
    assert all(len(one) == 10 and set(one) <= set("ACDEFHJKMNPQRTUVWXY34679") for one in found)


# --- what police must bear ---


@pytest.mark.parametrize(
    "text",
    [
        *("pigs", "ACAB", "1312", "You jerk", "copper", "this department sucks", "f*ck the police", "FTP", "you suck"),
        *("All cops are liars", "p1gs", "Todos son corruptos", "son unos cerdos", "Bunch of clowns and cowards"),
    ],
)
def test_criticism_insult_and_profanity_toward_police_alone_are_no_ground(text):
    assert protected.alone(text)


@pytest.mark.parametrize(
    "text", ["Thank you all.", "You are vermin", "I will find you, pigs", "Call me for cheap loans", ""]
)
def test_what_holds_anything_else_is_for_the_officer_to_judge(text):
    assert not protected.alone(text)


@pytest.mark.sop("4.L6")
def test_a_7_on_such_words_asks_for_another_ground_which_is_kept(climb, platform):
    comment = climb.comment("Pigs. 305-555-0199 is the home of officer Diaz.")
    with pytest.raises(Invalid, match="Tanner") as refusal:
        grade(comment, 7, climb.officer, words="Pigs")
    assert refusal.value.field == "sure"
    with pytest.raises(Invalid, match="Tanner"):
        grade(comment, 7, climb.officer, words="Pigs", sure=True)
    given = grade(comment, 7, climb.officer, words="Pigs", sure=True, ground="It gives away where he lives.")
    assert given.reason == "It gives away where he lives."


# --- what the database itself refuses ---


def kept(comment, **fields):
    row = {"kind": "first", "reference": "ACDEFHJKMN", "comment": comment, "grade": case_of(comment).grade}
    row |= {"language": "en", "text": "A notice.", "way": "private", "by": case_of(comment).grade.by}
    return Notice(**{**row, **fields})


def test_the_database_keeps_a_notice_whole(climb, platform):
    comment = climb.breach(untold="A bot.")
    for fields in (
        {"text": ""},
        {"way": "none"},
        {"reference": "OIL01"},
        {"because": "So.", "kind": "second"},
        {"kind": "first"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            kept(comment, **fields).save()


def test_the_database_refuses_an_order_that_says_something_else(climb, platform):
    one, two = climb.breach(), climb.breach("More.", author="Another")
    row = kept(one, kind="second")
    row.save()
    row.measure = two.measures.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()
