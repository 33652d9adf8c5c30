"""Live: what happens elsewhere is announced, and moves nothing under the reader's hand (ruling 25)."""

import pytest
from playwright.sync_api import expect

from members import live as hints
from moderation import live
from moderation.models import CommentOrder, QueueEntry
from tests.browser.desk import open_comment
from tests.moderation.acts import order_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_new_arrivals_announce_themselves_without_moving_the_list(sign_in, officer, make_comment):
    first = make_comment("one")
    page = sign_in(officer)
    with page.expect_response("**/live/"):
        open_comment(page, first.pk)
    page.wait_for_timeout(300)
    before = page.locator("#rows").inner_html()
    late = make_comment("a threat", urgency=0)
    live.arrived(1)
    expect(page.locator(".arrivals-bar")).to_contain_text("1 new")
    assert page.locator("#rows").inner_html() == before
    expect(page.locator("[data-waiting]")).to_contain_text("2")
    page.locator("body").press(".")
    expect(page.locator(f"#row-{late.pk}")).to_be_visible()
    expect(page.locator(".arrivals-bar")).to_be_hidden()


def test_a_colleagues_claim_shows_on_the_row(sign_in, officer, other_officer, make_comment):
    comment, other = make_comment("one"), make_comment("two")
    page = sign_in(officer)
    with page.expect_response("**/live/"):
        open_comment(page, comment.pk)
    page.wait_for_timeout(300)
    QueueEntry.claim(other.pk, by=other_officer)
    live.changed(other.pk)
    expect(page.locator(f"#row-{other.pk}")).to_contain_text("Chidi Okafor")


def test_only_one_stream_is_open_in_a_browser(sign_in, officer, make_comment):
    make_comment("one")
    page = sign_in(officer)
    streams = []
    page.context.on("request", lambda request: streams.append(request.url) if "/live/" in request.url else None)
    with page.expect_response("**/live/"):
        page.goto("/comments/")
    second = page.context.new_page()
    second.goto("/comments/")
    second.wait_for_timeout(500)
    assert len(streams) == 1
    make_comment("two")
    live.arrived(1)
    expect(second.locator(".arrivals-bar")).to_contain_text("1 new")


@pytest.mark.sop("4.L8")
def test_the_desk_follows_a_hide_until_it_is_done(sign_in, officer, make_comment):
    comment = make_comment("I will be waiting.")
    page = sign_in(officer)
    with page.expect_response("**/live/"):
        open_comment(page, comment.pk)
    page.keyboard.press("8")
    expect(page.locator("[data-standing] .orders")).to_contain_text("waiting")
    order = order_of(comment, "hide")
    CommentOrder.objects.filter(pk=order.pk).update(state="by_hand")
    order.refresh_from_db()
    order.confirm(by=officer, proof="seen hidden")
    expect(page.locator("[data-standing] .orders")).to_contain_text("done")


def test_a_row_that_changes_while_it_is_being_opened_leaves_the_keys_alive(sign_in, officer, make_comment):
    comment = make_comment("one")
    page = sign_in(officer)
    with page.expect_response("**/live/"):
        page.goto("/comments/")
    page.wait_for_timeout(300)

    def slowly(route):
        answer = route.fetch()
        page.wait_for_timeout(600)  # the row has been fetched anew meanwhile
        route.fulfill(response=answer)

    page.route("**/claim/", slowly)
    page.locator(f"#row-{comment.pk} button").click()
    expect(page.locator("article.in-hand")).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator("#grade-form")).to_be_visible()


def test_every_page_of_somebody_signed_in_hears_what_happens_elsewhere(sign_in, officer):
    page = sign_in(officer)
    with page.expect_response("**/live/"):
        page.goto("/")
    page.wait_for_timeout(300)
    page.evaluate("document.addEventListener('live', (event) => { window.heard = event.detail; })")
    hints.publish("notification", 7, to=officer.pk)
    for _ in range(100):  # asked from outside: the page's policy lets no string run within
        if page.evaluate("window.heard && window.heard.id") == 7:
            break
        page.wait_for_timeout(50)
    hints.publish("notification", 8, to=officer.pk + 1)
    page.wait_for_timeout(300)
    assert page.evaluate("window.heard.id") == 7
