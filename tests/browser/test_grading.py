"""An officer grades by keyboard, and the platform's truth follows."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.orders import carry_out
from moderation import second_looks
from moderation.models import Comment, Measure, QueueEntry
from moderation.polling import poll
from tests.browser.desk import begin, in_hand, open_comment, press, press_and_go_on
from tests.moderation.acts import case_of, grade, time_passes, turn_back, work

pytestmark = pytest.mark.django_db(transaction=True)

TEXTS = {
    1: "Thank you for Saturday, the kids loved it!",
    2: "Other departments should do this.",
    3: "When will you be hiring again?",
    4: "I went to file a report and the officer refused.",
    5: "You were arresting people for filming.",
    6: "You never solve anything.",
    7: "you vile animals and your kids too",
    8: "I know what time the night shift walks out. Somebody is not going home.",
}


@pytest.fixture
def eight(stage, accounts, terms, grading_system, prepared_texts):
    """One comment of each level on our Facebook post, the level's number of hours apart, taken in by a poll."""
    account, now = accounts["facebook"], timezone.now()
    post = stage.post(account)
    for level, text in TEXTS.items():
        at = (now - timedelta(minutes=90 - level)).isoformat()
        stage.comment(account, text, post, created_at=at)
    poll(account.pk)
    comments = {level: Comment.objects.get(text=text) for level, text in TEXTS.items()}
    QueueEntry.objects.update(urgency=3)  # by age alone, whatever triage suspects: this is about the keys
    return comments


def truth(stage, comment, kind="comment"):
    comments = stage.control.get("/truth/facebook").json()["facebook"]["comments"]
    ours = [one for one in comments.values() if one["ours"] and one["parent"] == comment.remote_id]
    return comments[comment.remote_id]["hidden"], [one["text"] for one in ours if one["kind"] == kind]


@pytest.mark.sop("4.L1", "4.L2", "4.L3", "4.L4", "4.L5", "4.L6", "4.L7", "4.L8", "4.R")
def test_one_comment_of_each_level_is_graded_by_keyboard_and_the_platform_shows_it(
    sign_in, stage, officer, other_officer, eight
):
    page = sign_in(officer)
    begin(page)
    assert in_hand(page) == eight[1].pk
    press_and_go_on(page, "1", "1")
    press_and_go_on(page, "2", "2")
    press(page, "3")
    page.keyboard.type("Applications open in January.")
    page.locator("#source").fill("https://bayside.example/careers")
    press_and_go_on(page, "Control+Enter")
    press_and_go_on(page, "4", "4")
    press(page, "5")
    page.keyboard.type("Nobody was arrested for filming.")
    page.locator("#source").fill("Arrest summary of the Office of the Chief")
    press_and_go_on(page, "Control+Enter")
    press_and_go_on(page, "6", "6")
    press_and_go_on(page, "7", "a", "Control+Enter")
    page.keyboard.press("8")
    expect(page.locator("[data-standing] .level-8")).to_be_visible()
    assert in_hand(page) == eight[8].pk

    for level, comment in eight.items():
        case = case_of(comment)
        assert case.level == level
        for draft in comment.drafts.all():  # free words of level 5
            second_looks.approve(draft, by=other_officer)
        time_passes(comment, 60)
        work(comment)
        turn_back(comment.measures, 60)
        for measure in Measure.objects.filter(comment=comment, notice__isnull=False).select_related(*Measure.RELATED):
            carry_out(measure)  # the notice of a level 7
        hidden, replies = truth(stage, comment)
        assert hidden == (level in {7, 8}), level
        assert len(replies) == (1 if level in {1, 3, 4, 5} else 0), level
        assert len(truth(stage, comment, "message")[1]) == 1 or level != 7, "he is told in private"
        # A concern is closed by what came of it, not by its acknowledgement (4.L4).
        assert case_of(comment).state == ("outstanding" if level == 4 else "addressed"), level
    assert "Applications open in January." in truth(stage, eight[3])[1][0]
    assert {comment.records.count() for level, comment in eight.items() if level > 6} == {1}


def test_an_outgoing_reply_is_taken_back_within_its_seconds(sign_in, stage, officer, eight):
    page = sign_in(officer)
    begin(page)
    press_and_go_on(page, "1", "1")
    expect(page.locator("#last")).to_contain_text("goes out in")
    page.keyboard.press("u")
    expect(page.locator(f'article.in-hand[data-comment="{eight[1].pk}"]')).to_be_visible()
    time_passes(eight[1], 60)
    work(eight[1])
    assert truth(stage, eight[1]) == (False, [])
    assert case_of(eight[1]).state == "waiting"


def test_a_slip_at_level_8_is_undone_with_one_key(sign_in, stage, officer, eight):
    page = sign_in(officer)
    begin(page)
    page.keyboard.press("8")
    expect(page.locator("[data-standing]")).to_be_visible()
    work(eight[1])
    assert truth(stage, eight[1])[0]
    page.keyboard.press("u")
    expect(page.locator("[data-standing]")).to_have_count(0)
    work(eight[1])
    time_passes(eight[1], 60)
    work(eight[1])  # had the first call broken off
    assert not truth(stage, eight[1])[0], list(eight[1].orders.values())
    assert eight[1].records.count() == 1


def test_the_second_of_two_officers_gets_the_sentence_and_keeps_his_text(sign_in, officer, other_officer, make_comment):
    comment = make_comment("When do you open?")
    page = sign_in(officer)
    open_comment(page, comment.pk)
    press(page, "3")
    page.locator("#reply").fill("At nine, on Monday.")
    QueueEntry.objects.update(lease_until=timezone.now())  # his lease has run out
    grade(comment, 2, other_officer)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Chidi Okafor acted first")
    expect(page.locator("#reply")).to_have_value("At nine, on Monday.")
    assert case_of(comment).level == 2


def test_keys_do_not_act_while_one_types_nor_when_switched_off(sign_in, officer, make_comment):
    comment = make_comment("When do you open?")
    page = sign_in(officer)
    open_comment(page, comment.pk)
    press(page, "3")
    page.locator("#reply").fill("")
    page.locator("#reply").press_sequentially("8 to 5, s, u, j")
    expect(page.locator("#reply")).to_have_value("8 to 5, s, u, j")
    assert case_of(comment).level is None
    page.locator(".member-menu summary").click()
    page.locator("button[name=on][value='0']").click()
    expect(page.locator("button[name=on][value='0'][aria-pressed=true]")).to_be_attached()
    page.locator("body").press("8")
    page.locator("body").press("?")
    assert not page.locator("#keys").is_visible()
    officer.refresh_from_db()
    assert not officer.single_keys
    assert case_of(comment).level is None


def test_the_keys_walk_through_the_stream_and_zen_leaves_only_the_comment(sign_in, officer, make_comment):
    first, second = make_comment("one"), make_comment("two")
    page = sign_in(officer)
    begin(page)
    assert in_hand(page) == first.pk
    page.keyboard.press("j")
    expect(page.locator(f'article.in-hand[data-comment="{second.pk}"]')).to_be_visible()
    page.keyboard.press("k")
    expect(page.locator(f'article.in-hand[data-comment="{first.pk}"]')).to_be_visible()
    page.keyboard.press("z")
    expect(page.locator("#stream")).to_be_hidden()
    page.keyboard.press("z")
    expect(page.locator("#stream")).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("#filter-words")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Keys of this screen")


def test_words_relied_on_are_marked_with_the_mouse(sign_in, officer, make_comment):
    comment = make_comment("filthy")
    page = sign_in(officer)
    open_comment(page, comment.pk)
    press(page, "7")
    whole = page.locator("[data-whole]")
    expect(whole).to_be_checked()
    page.locator("#words").dblclick(position={"x": 20, "y": 14})
    expect(page.locator("#relied-on")).to_have_value("filthy")
    expect(whole).not_to_be_checked()
    page.keyboard.press("t")
    expect(whole).to_be_checked()
    expect(page.locator("#relied-on")).to_have_value("")
    page.keyboard.press("m")
    page.keyboard.type("filthy")
    expect(whole).not_to_be_checked()


def test_what_was_typed_survives_a_look_at_another_level(sign_in, officer, make_comment):
    comment = make_comment("When do you open?")
    page = sign_in(officer)
    open_comment(page, comment.pk)
    press(page, "3")
    page.locator("#reply").fill("At nine.")
    page.locator("#reply").press("Escape")
    press(page, "2")
    press(page, "3")
    expect(page.locator("#reply")).to_have_value("At nine.")


def test_a_quick_hand_never_sends_the_panel_of_another_level(sign_in, officer, make_comment):
    comment = make_comment("you filthy thing")
    page = sign_in(officer)
    open_comment(page, comment.pk)
    press(page, "7")
    page.keyboard.press("a")
    page.route("**/panel/?level=2*", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.keyboard.press("2")
    page.keyboard.press("Control+Enter")
    expect(page.locator('#grade-form[data-level="2"]')).to_be_visible()
    assert case_of(comment).level is None


def test_a_graded_comment_is_answered_and_closed_from_its_page(sign_in, officer, make_comment):
    comment = make_comment("When do you open?")
    grade(comment, 3, officer)
    page = sign_in(officer)
    page.goto(f"/comments/{comment.pk}/")
    page.locator("summary", has_text="Address without a reply").click()
    page.locator("#address-reason").fill("Answered at the counter.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("Addressed without a reply")
    expect(page.locator(".timeline")).to_contain_text("Answered at the counter.")
    assert case_of(comment).state == "addressed"
