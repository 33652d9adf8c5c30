"""Everything works without JavaScript (idea 10)."""

import pytest
from playwright.sync_api import expect

from tests.moderation.acts import case_of, orders

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(sign_in, officer):
    return sign_in(officer, java_script_enabled=False)


def test_a_comment_is_opened_graded_answered_and_taken_back(page, make_comment):
    first, second = make_comment("Thank you!"), make_comment("Hello.")
    page.goto("/comments/")
    page.get_by_role("button", name="Open the next").click()
    page.get_by_role("link", name="1 Positive").click()
    page.locator("#reply").fill("Thank you, Marisol!")
    page.get_by_role("button", name="Grade 1 and reply").click()
    assert (case_of(first).level, orders(first)) == (1, [("reply", "waiting")])
    expect(page.locator("article.in-hand")).to_have_attribute("data-comment", str(second.pk))
    page.get_by_role("button", name="Undo").click()
    assert (case_of(first).level, orders(first)) == (None, [("reply", "withdrawn")])


@pytest.mark.sop("4.L7")
def test_a_level_7_without_its_clause_comes_back_with_everything_typed(page, prepared_texts, make_comment):
    comment = make_comment("you filthy thing")
    page.goto(f"/comments/?open={comment.pk}&level=7")
    page.locator("#relied-on").fill("filthy")
    page.locator("#grade-form").evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Retain, then hide").click()
    expect(page.get_by_role("alert")).to_contain_text("Name the clause")
    expect(page.locator("#relied-on")).to_have_value("filthy")
    page.locator("input[name=clause]").first.check()
    page.get_by_role("button", name="Retain, then hide").click()
    assert [what for what, _ in orders(comment)] == ["hide"]  # a worker may have it already


@pytest.mark.sop("4.L8")
def test_a_level_8_is_one_press(page, make_comment):
    comment = make_comment("I will be waiting.")
    page.goto(f"/comments/?open={comment.pk}")
    page.get_by_role("button", name="8 Threatening").click()
    assert [what for what, _ in orders(comment)] == ["hide"]  # a worker may have it already
    expect(page.locator("[data-standing]")).to_contain_text("A Supervisor or above decides what follows")


def test_notes_filters_and_the_timeline_are_links_and_forms(page, make_comment):
    comment = make_comment("Hello.", language="es")
    page.goto("/comments/")
    page.locator(".filters summary").click()
    page.locator("#filter-language").select_option("es")
    page.get_by_role("button", name="Show", exact=True).click()
    assert "language=es" in page.url
    page.locator(f"#row-{comment.pk} button").click()
    assert "language=es" in page.url
    page.get_by_role("link", name="Timeline").click()
    page.locator("summary", has_text="Note").click()
    page.locator("#note").fill("Seen before.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator(".timeline")).to_contain_text("Seen before.")
