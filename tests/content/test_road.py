"""An item's road: written by several, found accurate by another, approved by one who wrote none of it (2.0, F.VC)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from content import deciding, items
from content.manuscript import CRITERIA
from content.models import AccuracyReview, Item, PublicationOrder, Verdict
from members import handing_over
from members.models import Member
from members.states import Invalid, Refused, WrongState
from tests.content.acts import approve, begun, manuscript, orders_of, submitted

pytestmark = pytest.mark.django_db


def anew(item):
    return Item.objects.select_related("submission", "revision").get(pk=item.pk)


@pytest.mark.sop("2.0", "F.VC")
def test_what_was_found_accurate_and_approved_is_ordered_on_every_account(officer, specialist, commander, facebook, x):
    item = submitted(facebook, x, by=officer, reviewer=specialist)
    assert item.state == "approval"
    orders = approve(item, by=commander)
    assert {order.account for order in orders} == {facebook, x}
    assert anew(item).state == "scheduled"


@pytest.mark.sop("F.VC")
def test_nobody_finds_his_own_text_accurate_and_the_supervisor_reviews_the_specialists(
    specialist, supervisor, facebook
):
    item = begun(facebook, by=specialist)
    items.hand_in(item, by=specialist, on=1)
    with pytest.raises(Refused, match="his own text"):
        items.confirm_accuracy(anew(item), by=specialist, on=1)
    with pytest.raises(DatabaseError, match="accurate"), transaction.atomic():
        AccuracyReview.objects.create(item=item, revision=anew(item).revision, digest=b"", accurate=True, by=specialist)
    items.confirm_accuracy(anew(item), by=supervisor, on=1)
    assert anew(item).state == "approval"


@pytest.mark.sop("2.0")
def test_who_changed_a_word_does_not_approve_it_on_the_page_or_in_the_database(
    officer, specialist, commander, facebook
):
    item = begun(facebook, by=officer)
    items.save(item, replace(item.manuscript, text="Coffee with a cop."), by=commander, on=1)
    items.hand_in(item, by=officer, on=2)
    items.confirm_accuracy(anew(item), by=specialist, on=2)
    item = anew(item)
    with pytest.raises(Refused, match="wrote or changed"):
        deciding.decide(item, "approve", by=commander, seen_as=item.submission.seen_as, confirmed=CRITERIA)
    with pytest.raises(DatabaseError, match="does not approve"), transaction.atomic():
        Verdict.objects.create(
            submission=item.submission, verdict="approve", digest=item.submission.digest,
            confirmed=list(CRITERIA), by=commander,
        )  # fmt: skip


@pytest.mark.sop("C.8")
def test_any_change_after_the_approval_voids_it(officer, specialist, commander, facebook):
    item = submitted(facebook, by=officer, reviewer=specialist)
    approve(item, by=commander)
    saved = items.save(anew(item), replace(item.manuscript, text="Tea with a Cop."), by=officer, on=1)
    assert saved.voided
    assert anew(item).state == "draft"
    assert [order.state for order in orders_of(item)] == ["withdrawn"]


@pytest.mark.sop("C.8")
@pytest.mark.parametrize("state", ["scheduled", "published"])
def test_the_database_schedules_nothing_that_was_not_approved_as_it_stands(officer, specialist, facebook, state):
    item = submitted(facebook, by=officer, reviewer=specialist)
    now = timezone.now() if state == "published" else None
    with pytest.raises(DatabaseError, match="only what another member approved"), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(state=state, published_at=now)


@pytest.mark.sop("2.E")
def test_an_active_scene_is_the_commanders_alone(officer, specialist, commander, supervisor, facebook):
    item = submitted(facebook, by=officer, reviewer=specialist, active_scene=True)
    now = timezone.now()
    handing_over.designate(
        power="approve_content", by=commander, designee=supervisor, since=now, until=now + timedelta(days=1),
        reason="Leave.",
    )  # fmt: skip
    with pytest.raises(Refused, match="active crime scene"):
        deciding.decide(
            item,
            "approve",
            by=Member.objects.get(pk=supervisor.pk),
            seen_as=item.submission.seen_as,
            confirmed=CRITERIA,
        )
    approve(item, by=commander)
    assert anew(item).state == "scheduled"


@pytest.mark.sop("2.0")
def test_the_approver_confirms_every_criterion_and_what_he_looked_at(officer, specialist, commander, facebook):
    item = submitted(facebook, by=officer, reviewer=specialist)
    with pytest.raises(Invalid) as missing:
        deciding.decide(item, "approve", by=commander, seen_as=item.submission.seen_as, confirmed="ABCDEF")
    assert missing.value.field == "criterion-G"
    with pytest.raises(Invalid, match="not what you looked at"):
        deciding.decide(item, "approve", by=commander, seen_as="0" * 64, confirmed=CRITERIA)


@pytest.mark.sop("2.0")
def test_what_is_returned_or_declined_says_why_and_orders_nothing(officer, specialist, commander, facebook):
    for verdict, state in (("return", "returned"), ("decline", "declined")):
        item = submitted(facebook, by=officer, reviewer=specialist)
        seen = item.submission.seen_as
        with pytest.raises(Invalid):
            deciding.decide(item, verdict, by=commander, seen_as=seen)
        deciding.decide(item, verdict, by=commander, seen_as=seen, reason="Not now.")
        assert (anew(item).state, anew(item).returned_because) == (state, "Not now.")
    assert not PublicationOrder.objects.exists()
    with pytest.raises(WrongState):
        items.save(anew(item), replace(item.manuscript, text="Again."), by=officer, on=1)


@pytest.mark.sop("C.2")
def test_two_who_write_at_once_keep_both_and_meet_where_they_changed_the_same(officer, other_officer, facebook):
    item = begun(facebook, by=officer)
    written = item.manuscript
    items.save(item, replace(written, text="Theirs."), by=other_officer, on=1)
    saved = items.save(item, replace(written, attire="Class A"), by=officer, on=1)
    assert saved.merged
    assert (saved.revision.manuscript.text, saved.revision.manuscript.attire) == ("Theirs.", "Class A")
    with pytest.raises(items.Overtaken) as overtaken:
        items.save(item, replace(written, text="Mine."), by=officer, on=1)
    assert overtaken.value.conflicts == ("text",)
    assert (overtaken.value.mine.text, overtaken.value.mine.attire) == ("Mine.", "Class A")


@pytest.mark.sop("2.0")
def test_an_item_that_lacks_something_is_not_handed_in_and_says_all_of_it(officer, facebook, x):
    item = begun(facebook, x, by=officer, text="a" * 281, active_scene=None, starts_at=None)
    with pytest.raises(items.NotReady) as lacking:
        items.hand_in(item, by=officer, on=1)
    fields = {problem.field for problem in lacking.value.problems}
    assert fields == {f"version-{x.pk}", "criterion-E", "starts_at"}


@pytest.mark.sop("2.0")
def test_a_time_that_has_passed_is_not_handed_in(officer, facebook):
    long_ago = timezone.now() - timedelta(hours=2)
    item = begun(facebook, by=officer, starts_at=long_ago, ends_at=long_ago + timedelta(hours=1))
    with pytest.raises(items.NotReady) as lacking:
        items.hand_in(item, by=officer, on=1)
    assert {problem.field for problem in lacking.value.problems} == {"starts_at", "ends_at"}


def test_a_manuscript_comes_back_as_it_was_kept(officer, facebook):
    item = begun(facebook, by=officer)
    assert anew(item).manuscript == manuscript(facebook, starts_at=item.starts_at, ends_at=item.ends_at)
