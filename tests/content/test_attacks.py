"""What somebody tried who knows the house: each is refused where it was tried (2.0, C.8)."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from content import deciding, ideas, items, publishing
from content.manuscript import CRITERIA
from content.models import Item, Placement, Publication, Verdict
from content.prepared import _says
from members.states import Invalid, Refused, WrongState
from tests.cast import a_post
from tests.content.acts import approve, begun, manuscript, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.sop("2.0", "C.8")]


def a_copy_on(account, item, **more):
    first = item.submission.publications.get()
    fields = {"account": account, "does": "publish", "form": "text", "text": "What nobody read.", "digest": b"x"}
    return Publication(submission=item.submission, written_by=first.written_by, **(fields | more))


def test_a_post_slipped_in_after_the_approver_looked_is_not_approved_with_the_rest(
    officer, specialist, commander, facebook, x
):
    item = submitted(facebook, by=officer, reviewer=specialist)
    a_copy_on(x, item).save()
    with pytest.raises(Invalid, match="not what was handed in"):
        approve(item, by=commander)


def test_nothing_joins_what_was_decided(officer, specialist, commander, facebook, x):
    item = submitted(facebook, by=officer, reviewer=specialist)
    approve(item, by=commander)
    with pytest.raises(DatabaseError, match="nothing joins"), transaction.atomic():
        a_copy_on(x, item).save()
    with pytest.raises(DatabaseError, match="nothing joins"), transaction.atomic():
        Placement.objects.create(submission=item.submission, item=item, site="A site", text="What nobody read.")


def test_who_had_the_idea_does_not_approve_what_another_took_of_it(officer, specialist, commander, facebook):
    idea = ideas.receive(ideas.Said(title="Coffee", text="Coffee with a Cop."), by=commander)
    item = items.begin(manuscript(facebook), by=officer, idea=idea)
    items.hand_in(item, by=officer, on=1)
    items.confirm_accuracy(Item.objects.get(pk=item.pk), by=specialist, on=1)
    item = Item.objects.select_related("submission").get(pk=item.pk)
    with pytest.raises(Refused, match="wrote or changed"):
        deciding.decide(item, "approve", by=commander, seen_as=item.submission.seen_as, confirmed=CRITERIA)
    with pytest.raises(DatabaseError, match="does not approve"), transaction.atomic():
        Verdict.objects.create(
            submission=item.submission, verdict="approve", digest=item.submission.digest,
            confirmed=list(CRITERIA), by=commander,
        )  # fmt: skip


def test_a_change_approved_twice_is_approved_once(officer, commander, facebook):
    written = publishing.write_change(a_post(facebook), by=officer, does="edit_post", text="At nine.", why="Typo.")
    publishing.approve(Publication.objects.get(pk=written.pk), by=commander, seen_as=written.seen_as)
    with pytest.raises(WrongState):
        publishing.approve(written, by=commander, seen_as=written.seen_as)


def test_a_campaign_that_is_not_there_is_a_sentence(officer, facebook):
    item = begun(facebook, by=officer)
    with pytest.raises(Invalid) as refused:
        items.save(item, replace(item.manuscript, campaign=999_999_999), by=officer, on=1)
    assert refused.value.field == "campaign"


@pytest.mark.parametrize(
    ("said", "is_it"),
    [
        ("Avoid Main St now.", True),
        ("Avoid Main St and 5th Ave now.", True),
        ("Avoid  now.", False),
        ("Avoid {street} now.", False),
        ("Avoid Main St now. Or not.", False),
    ],
)
def test_a_prepared_message_is_what_was_prepared_with_its_fields_filled_in(said, is_it):
    assert _says("Avoid {street} now.", said) is is_it


def test_fields_side_by_side_are_told_apart_without_trying_all_their_combinations():
    began = time.process_time()
    assert not _says("{street} {place} {what} {who} {when} {why}", "a " * 120 + "{")
    assert time.process_time() - began < 5
