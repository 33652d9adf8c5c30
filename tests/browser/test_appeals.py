"""The appeal as the public makes it, in three languages, on a phone, in the dark, without a script; and a review."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from moderation.appeal_words import LANGUAGES, words_in
from moderation.models import Appeal, AppealText, Notice
from moderation.models.notices import Notice as Notices
from tests.browser.looking import trouble
from tests.browser.test_every_page import HOSTILE
from tests.moderation.acts import grade

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sop("4.L7", "4.TOU")]


@pytest.fixture
def reference(make_comment, officer, prepared_texts):
    """Of the notice of a comment that is being hidden."""
    comment = make_comment("You are a lying crook.")
    grade(comment, 7, officer, words="lying crook")
    return Notices.objects.get(comment=comment).reference


@pytest.fixture
def decided(make_comment, officer, supervisor, prepared_texts):
    """An appeal that was decided, with an answer full of what a page must bear."""
    comment = make_comment(HOSTILE[2], author=HOSTILE[1])
    given = grade(comment, 7, officer)
    found = Appeal.objects.create(reference=Notice.objects.get(comment=comment).reference, comment=comment, grade=given)
    for text in HOSTILE:
        AppealText.objects.create(appeal=found, text=text, name=text[:200], email="a@example.org")
    return found


def test_its_pages_are_accessible_and_fit_in_three_languages(sign_in, reference, decided, supervisor):
    page = sign_in(None, viewport={"width": 360, "height": 860})
    broken = {}
    for language in LANGUAGES:
        where = {
            "begin": reverse("begin_appeal"),
            "form": reverse("appeal_of", args=[reference]),
            "status": reverse("appeal_of", args=[decided.reference]),
            "unknown": reverse("appeal_of", args=["NOBODYS999"]),
        }
        for name, address in where.items():
            page.goto(f"{address}?language={language}")
            if found := trouble(page, f"{name} {language}"):
                broken[name, language] = found
        page.goto(f"{where['form']}?language={language}")
        page.get_by_label(words_in(language)["why"]).fill("x")
        page.locator("button").click()  # at once: a machine would
        expect(page.get_by_role("alert")).to_contain_text(words_in(language)["too_quick"])
        if found := trouble(page, f"refused {language}"):
            broken["refused", language] = found
    assert broken == {}


def test_somebody_appeals_by_keyboard_without_a_script(sign_in, reference):
    page = sign_in(None, java_script_enabled=False, viewport={"width": 390, "height": 844})
    words = words_in("es")
    page.goto(f"{reverse('begin_appeal')}?language=es")
    page.get_by_label(words["reference"]).fill(f"{reference[:5].lower()} {reference[5:]}")
    page.keyboard.press("Enter")
    page.get_by_label(words["why"]).fill("Hablaba de los políticos.")
    page.keyboard.press("Tab")
    page.keyboard.type("Marisol")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").or_(page.get_by_text(words["is_received"]))).to_be_visible()
    if page.get_by_role("alert").is_visible():  # a machine is as quick as this: what was typed stands there still
        expect(page.get_by_label(words["why"])).to_have_value("Hablaba de los políticos.")
        page.wait_for_timeout(2000)
        page.locator("button").click()
    expect(page.get_by_text(words["is_received"])).to_be_visible()
    assert Appeal.objects.get(reference=reference).texts.get().name == "Marisol"


def test_a_review_is_decided_by_keyboard_alone(sign_in, reference, other_officer):
    page = sign_in(other_officer)
    comment = Notices.objects.get(reference=reference).comment
    review = comment.reviews.get()
    page.goto(review.get_absolute_url())
    page.keyboard.press("6")
    page.keyboard.press("r")
    page.keyboard.type("Criticism of the police.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/reviews/")
    review.refresh_from_db()
    assert (review.state, review.level, review.reason) == ("overturned", 6, "Criticism of the police.")
