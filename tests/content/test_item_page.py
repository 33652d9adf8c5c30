"""An item's page: who sees which buttons, what the approver is shown, and that every press is checked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from content import items
from content.manuscript import CRITERIA
from content.models import DraftComment, Item, Look, Reviewing
from members import handing_over
from members.models import Notification
from tests.content.acts import approve, begun, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.sop("2.0")]


@pytest.fixture
def waiting(officer, specialist, facebook, x):
    """One that waits for approval."""
    return submitted(facebook, x, by=officer, reviewer=specialist, text="Officers met the fourth graders.")


def anew(item):
    return Item.objects.select_related("submission", "revision").get(pk=item.pk)


def decide(browser, item, verdict="approve", **more):
    sent = {"digest": anew(item).submission.seen_as, "verdict": verdict, "confirmed": list(CRITERIA)} | more
    return browser.post(reverse("decide_item", args=[item.pk]), sent)


def test_the_approver_sees_it_as_it_will_appear_ticks_each_criterion_and_approves(browser_of, commander, waiting):
    browser = browser_of(commander)
    shown = browser.get(waiting.get_absolute_url()).content.decode()
    assert shown.count("Officers met the fourth graders.") >= 2
    assert "Approve exactly this" in shown
    assert shown.count('name="confirmed"') == 7
    assert "checked" not in shown.split('class="sheet criteria"')[1].split("</section>")[0]
    assert waiting.submission.seen_as[:4] in shown
    assert decide(browser, waiting).status_code == 302
    assert anew(waiting).state == "scheduled"


def test_without_a_tick_it_is_refused_at_that_criterion_and_the_other_ticks_stay(browser_of, commander, waiting):
    answer = decide(browser_of(commander), waiting, confirmed=list("ABCDEF"))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Confirm that our pictures carry the watermark." in shown
    assert shown.count('form="decide" checked') == 6
    assert anew(waiting).state == "approval"


def test_a_second_factor_that_is_not_fresh_is_proved_first(browser_of, commander, waiting):
    answer = decide(browser_of(commander, fresh=False), waiting)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/again/")
    assert anew(waiting).state == "approval"


@pytest.mark.parametrize("who", ["officer", "specialist", "supervisor"])
def test_who_may_not_sees_no_button_but_why_and_who_can(browser_of, request, waiting, commander, who):
    browser = browser_of(request.getfixturevalue(who))
    shown = browser.get(waiting.get_absolute_url()).content.decode()
    assert "Approve exactly this" not in shown
    assert 'name="confirmed"' not in shown
    assert "Ruth Keller" in shown
    assert decide(browser, waiting).status_code == 403
    assert anew(waiting).state == "approval"


def test_a_commander_who_changed_a_word_reads_that_he_does_not_approve_it(
    browser_of, commander, officer, specialist, facebook
):
    item = begun(facebook, by=officer)
    items.save(item, replace(item.manuscript, text="Coffee with a cop."), by=commander, on=1)
    items.hand_in(item, by=officer, on=2)
    items.confirm_accuracy(anew(item), by=specialist, on=2)
    browser = browser_of(commander)
    shown = browser.get(item.get_absolute_url()).content.decode()
    assert "You wrote or changed it" in shown
    assert "Approve exactly this" not in shown
    assert decide(browser, item).status_code == 403


@pytest.mark.sop("2.E")
def test_a_designee_reads_that_an_active_scene_is_the_commanders_alone(
    browser_of, commander, supervisor, officer, specialist, facebook
):
    item = submitted(facebook, by=officer, reviewer=specialist, active_scene=True)
    now = timezone.now()
    handing_over.designate(
        power="approve_content", by=commander, designee=supervisor, since=now, until=now + timedelta(days=1),
        reason="Leave.",
    )  # fmt: skip
    browser = browser_of(supervisor)
    shown = browser.get(item.get_absolute_url()).content.decode()
    assert "the Commander alone approves it" in shown
    assert "Approve exactly this" not in shown
    assert decide(browser, item).status_code == 403
    other = submitted(facebook, by=officer, reviewer=specialist)
    assert "Approve exactly this" in browser.get(other.get_absolute_url()).content.decode()
    assert decide(browser, other).status_code == 302


def test_what_changed_since_the_approver_looked_is_shown_to_him_even_after_a_reload(
    browser_of, commander, officer, specialist, waiting
):
    browser, address = browser_of(commander), waiting.get_absolute_url()
    assert "Changed since" not in browser.get(address).content.decode()
    items.save(anew(waiting), replace(waiting.manuscript, text="Officers visited the kids."), by=officer, on=1)
    items.hand_in(anew(waiting), by=officer, on=2)
    items.confirm_accuracy(anew(waiting), by=specialist, on=2)
    for _ in range(2):
        shown = browser.get(address).content.decode()
        assert "(revision 1 → 2)" in shown
        assert "visited" in shown
    assert decide(browser, waiting, digest="0" * 64).status_code == 422
    assert Look.objects.filter(member=commander).count() == 2


def test_it_is_returned_or_declined_with_a_reason_and_what_was_typed_stays(browser_of, commander, waiting):
    browser = browser_of(commander)
    assert decide(browser, waiting, "return", reason=" ").status_code == 422
    long = decide(browser, waiting, "decline", reason="W" * 2001)
    assert long.status_code == 422
    assert "W" * 2001 in long.content.decode()
    assert decide(browser, waiting, "publish").status_code == 404
    assert decide(browser, waiting, "return", reason="Say when.").status_code == 302
    assert anew(waiting).returned_because == "Say when."


@pytest.mark.sop("F.VC")
def test_the_specialist_confirms_or_sends_back_from_the_page(browser_of, officer, specialist, facebook):
    item = begun(facebook, by=officer)
    items.hand_in(item, by=officer, on=1)
    address, browser = reverse("review_item", args=[item.pk]), browser_of(specialist)
    assert "It is accurate" in browser.get(item.get_absolute_url()).content.decode()
    assert browser_of(officer).post(address, {"on": 1, "accurate": "yes"}).status_code == 403
    assert browser.post(address, {"on": 1, "accurate": "no", "note": ""}).status_code == 422
    assert browser.post(address, {"on": 7, "accurate": "yes"}).status_code == 422
    assert browser.post(address, {"on": 1, "accurate": "yes"}).status_code == 302
    assert anew(item).state == "approval"


@pytest.mark.sop("F.VC")
def test_what_is_said_to_the_approver_stands_on_his_page(browser_of, officer, specialist, commander, facebook):
    item = begun(facebook, by=officer)
    address, note = reverse("hand_in_item", args=[item.pk]), "The principal agreed."
    assert 'name="note"' in browser_of(officer).get(item.get_absolute_url()).content.decode()
    long = browser_of(officer).post(address, {"on": 1, "note": "W" * 2001})
    assert (long.status_code, "W" * 2001 in long.content.decode()) == (422, True)
    assert browser_of(officer).post(address, {"on": 1, "note": note}).status_code == 302
    read = {"on": 1, "accurate": "yes", "note": "I called the school."}
    assert browser_of(specialist).post(reverse("review_item", args=[item.pk]), read).status_code == 302
    assert anew(item).submission.note == note
    shown = browser_of(commander).get(item.get_absolute_url()).content.decode()
    assert note in shown
    assert "I called the school." in shown


@pytest.mark.sop("C.2", "F.VD")
def test_colleagues_remark_name_each_other_and_say_that_they_review(browser_of, officer, specialist, facebook):
    item = begun(facebook, by=officer)
    browser = browser_of(specialist)
    said = {"remark": f"Which school, @{officer.number}?"}
    assert browser.post(reverse("remark_on_item", args=[item.pk]), said).status_code == 302
    assert DraftComment.objects.get().revision.number == 1
    assert Notification.objects.filter(member=officer, kind="mentions").count() == 1
    wrong = browser.post(reverse("remark_on_item", args=[item.pk]), {"remark": "See.", "mention": "Nobody"})
    assert wrong.status_code == 422
    assert ">See.</textarea>" in wrong.content.decode()
    browser.post(reverse("review_now", args=[item.pk]))
    browser.post(reverse("review_now", args=[item.pk]))
    assert "Lovelie Moreau is reviewing this now" in browser_of(officer).get(item.get_absolute_url()).content.decode()
    Reviewing.objects.update(until=timezone.now())
    assert "is reviewing this" not in browser_of(officer).get(item.get_absolute_url()).content.decode()


def test_what_was_approved_shows_where_it_stands_and_what_is_out_is_not_written_on(
    browser_of, officer, commander, waiting
):
    approve(waiting, by=commander)
    browser = browser_of(officer)
    shown = browser.get(waiting.get_absolute_url()).content.decode()
    assert "Where it stands" in shown
    assert "that voids its approval" in shown
    assert browser.post(reverse("withdraw_item", args=[waiting.pk]), {"why": "Too late."}).status_code == 302
    assert anew(waiting).state == "withdrawn"
    assert browser.get(reverse("edit_item", args=[waiting.pk])).status_code == 302
    refused = browser.post(reverse("withdraw_item", args=[waiting.pk]), {"why": "Again."})
    assert refused.status_code == 409
