"""A poster's page: comments, breaches, notices, bans and notes, as far as the platform's terms let us (ruling 5)."""

import pytest

from members.states import Invalid, Refused
from moderation import holding
from moderation.contact import contact_for
from moderation.models import Holding, PosterNote
from tests.moderation.acts import case_of, grade
from tests.moderation.climbing import Climb

pytestmark = [pytest.mark.sop("4.S"), pytest.mark.usefixtures("no_hints", "prepared_texts", "platform")]


@pytest.fixture
def climb(make_comment, officer):
    return Climb(make_comment, officer)


def page_of(comment, browser, query=""):
    return browser.get(f"/posters/{comment.poster_id}/{query}").content.decode()


def test_the_page_holds_comments_breaches_and_notices_with_their_dates(climb, browser_of, officer):
    comment = climb.breach()
    kind = climb.comment("Thank you, kindly.")
    page = page_of(comment, browser_of(officer))
    assert "First breach, notified" in page
    assert "counts until" in page
    assert "delivered" in page
    assert kind.text in page
    case_of(comment).undo(by=officer)
    assert "counts no more, undone" in page_of(comment, browser_of(officer))


def test_on_x_it_holds_our_own_exchanges_breaches_and_notices_only(climb, browser_of, officer):
    comment = climb.breach(platform="x")
    climb.comment("I like donuts.", platform="x")
    page = page_of(comment, browser_of(officer))
    assert "its terms forbid more" in page
    assert "Vile words." in page
    assert "I like donuts." not in page


def test_the_legal_adviser_says_what_a_platforms_terms_let_us_hold(climb, browser_of, officer, legal_adviser):
    comment = climb.comment("I like donuts.", platform="x")
    browser = browser_of(legal_adviser)
    said = {"platform": "x", "holds": "all", "reason": "X's terms of 2027, section 3."}
    assert browser.post("/posters/held/", said | {"reason": ""}).status_code == 422
    assert browser.post("/posters/held/", said | {"holds": "much"}).status_code == 422
    assert browser.post("/posters/held/", said).status_code == 302
    assert "X's terms of 2027" in browser.get("/posters/held/").content.decode().replace("&#x27;", "'")
    assert "I like donuts." in page_of(comment, browser_of(officer))
    holding.turn("facebook", "ours", by=legal_adviser, reason="Meta's terms.")
    assert holding.only_ours("facebook")
    assert not holding.only_ours("instagram")


def test_nobody_else_says_it(officer, commander, browser_of):
    for member in (officer, commander):
        with pytest.raises(Refused):
            holding.turn("x", "all", by=member, reason="So.")
    said = {"platform": "x", "holds": "all", "reason": "So."}
    assert browser_of(officer).post("/posters/held/", said).status_code == 403
    assert not Holding.objects.exists()


def test_a_note_about_a_poster_is_kept_where_more_may_be_held(climb, browser_of, officer):
    here, there = climb.breach(), climb.breach(platform="x")
    browser = browser_of(officer)
    address = f"/posters/{here.poster_id}/note/"
    assert browser.post(address, {"note": " "}).status_code == 422
    assert browser.post(address, {"note": "Writes each Sunday."}).status_code == 302
    assert "Writes each Sunday." in page_of(here, browser)
    with pytest.raises(Invalid, match="no room for remarks"):
        holding.note(there.poster, "Writes each Sunday.", by=officer)
    assert PosterNote.objects.count() == 1


def test_the_page_comes_as_csv(climb, browser_of, officer):
    comment = climb.breach()
    answer = browser_of(officer).get(f"/posters/{comment.poster_id}/?format=csv")
    rows = b"".join(answer.streaming_content).decode()
    assert "first notice: delivered" in rows
    assert "Vile words." in rows


def test_the_desk_shows_where_the_poster_stands(climb, browser_of, officer):
    before = climb.breach()
    comment = climb.comment("Hello again.")
    page = browser_of(officer).get(f"/comments/{comment.pk}/").content.decode()
    assert "1 breach in force" in page
    assert f"/comments/{before.pk}/" in page


@pytest.mark.sop("4.L7")
def test_the_panel_says_what_the_ladder_calls_for_and_how_he_is_told(climb, browser_of, officer):
    first = climb.comment("Vile words.")
    browser = browser_of(officer)
    panel = browser.get(f"/comments/{first.pk}/panel/?level=7").content.decode()
    assert "First breach: contact and remove" in panel
    assert "by a private message" in panel
    assert "clause {clause} of our Terms of Use" in panel
    climb.breach()
    second = climb.comment("Vile again.")
    assert "propose a ban" in browser.get(f"/comments/{second.pk}/panel/?level=7").content.decode()


@pytest.mark.sop("4.L7")
def test_the_panel_sends_the_notice_that_it_shows(climb, browser_of, officer):
    comment = climb.comment("Vile words.")
    contact = contact_for(case_of(comment), None)
    grade(comment, 7, officer, reply=contact.written.text, untold="")
    notice = comment.notices.get()
    assert notice.reference == contact.reference
    assert "(b)" in notice.text


@pytest.mark.sop("4.L7")
def test_of_few_words_the_whole_text_is_proposed_and_of_many_the_officer_marks_them(climb, browser_of, officer):
    browser = browser_of(officer)
    ticked = 'name="whole" value="1" data-whole data-key="t" checked'
    for text, proposed in (
        ("You vile lying crook.", True),
        ("A long story of Monday that ends: you vile crook.", False),
    ):
        comment = climb.comment(text)
        assert (ticked in browser.get(f"/comments/{comment.pk}/panel/?level=7").content.decode()) == proposed


@pytest.mark.sop("4.L7")
def test_the_panel_warns_of_words_that_police_must_bear(climb, browser_of, officer):
    comment = climb.comment("Pigs!")
    panel = browser_of(officer).get(f"/comments/{comment.pk}/panel/?level=7").content.decode()
    assert "Tanner v. Ziegenhorn" in panel
    assert 'name="sure"' in panel
