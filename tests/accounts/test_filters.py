"""The register of platform-side filters: known, approved by the Commander or designee, seen, looked at again (c 9)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.filter_law import criticism_in
from accounts.models import FilterNote, PlatformFilter
from accounts.models.filters import find, propose
from members.models import Member, TrailEntry
from members.powers import Power
from members.states import Invalid, Refused, WrongState
from members.waiting import lines_for

pytestmark = [pytest.mark.sop("4.TOU"), pytest.mark.sop("C.1")]

GIVEN = {"kind": "keywords", "what": "win money\nfree followers", "why": "Advertisements, clause (e)."}


@pytest.fixture
def proposed(facebook: Any, specialist: Member) -> PlatformFilter:
    return propose(facebook, by=specialist, **GIVEN)


@pytest.fixture
def in_force(proposed: PlatformFilter, commander: Member, specialist: Member) -> PlatformFilter:
    proposed.approve(by=commander, reason="Clause (e).")
    proposed.put_in_force(by=specialist, note="Page settings, seen there.")
    return proposed


def line(member: Member, word: str) -> Any:
    return next(one for one in lines_for(member) if one.word.startswith(word))


def test_a_filter_goes_from_proposal_through_approval_to_what_was_seen(
    proposed: PlatformFilter, commander: Member, specialist: Member, settings: Any
) -> None:
    assert proposed.state == "proposed"
    proposed.approve(by=commander, reason="Clause (e).")
    assert (proposed.state, proposed.approved_by, proposed.seen_by) == ("approved", commander, None)
    proposed.put_in_force(by=specialist, note="Page settings, seen there.")
    assert (proposed.state, proposed.seen_by) == ("in_force", specialist)
    due = timezone.now() + timedelta(days=settings.FILTER_REVIEW_DAYS)
    assert abs(proposed.review_due_at - due) < timedelta(minutes=1)
    assert list(proposed.history.values_list("verb", flat=True)) == ["propose", "approve", "put_in_force"]
    assert TrailEntry.objects.about(proposed).count() == 3


def test_nobody_but_the_commander_or_designee_approves(
    proposed: PlatformFilter, cast: list[Member], auditor: Member, officer: Member, hand_over: Any
) -> None:
    for member in [*cast[1:], auditor]:
        for verb in (proposed.approve, proposed.decline, proposed.end):
            with pytest.raises(Refused, match="Section Commander or a designee"):
                verb(by=member, reason="I say so.")
    hand_over(cast[0], officer, Power.ADMINISTER_ACCOUNTS)
    proposed.approve(by=Member.objects.get(pk=officer.pk), reason="By designation.")
    assert proposed.state == "approved"


def test_who_has_no_part_in_the_account_enters_nothing(facebook: Any, make_member: Any, auditor: Member) -> None:
    for member in (make_member(username="elsewhere"), auditor):
        for enter in (propose, find):
            with pytest.raises(Refused):
                enter(facebook, by=member, **GIVEN)
    assert not PlatformFilter.objects.exists()


def test_what_nobody_knows_is_never_approved_and_only_taken_off(
    facebook: Any, specialist: Member, commander: Member
) -> None:
    with pytest.raises(Invalid, match="not known is not approved"):
        propose(facebook, by=specialist, kind="profanity", what=" ", strength="strong", why="It was on.")
    found = find(facebook, by=specialist, kind="profanity", what="", strength="strong", why="It was on.")
    with pytest.raises(Invalid, match="not known is not approved"):
        found.approve(by=commander, reason="It may stand.")
    with pytest.raises(IntegrityError), transaction.atomic():
        PlatformFilter.objects.filter(pk=found.pk).update(approved_by=commander, approved_at=timezone.now())
    found.decline(by=commander, reason="Nobody knows what it blocks.")
    assert found.state == "to_end"
    found.take_off(by=specialist, note="Set to off, looked again.")
    assert (found.state, found.seen_by) == ("ended", specialist)


def test_what_was_found_is_in_force_once_it_is_approved(facebook: Any, specialist: Member, commander: Member) -> None:
    found = find(facebook, by=specialist, **GIVEN)
    assert found.state == "found"
    found.approve(by=commander, reason="Clause (e).")
    assert (found.state, found.seen_by) == ("in_force", specialist)


def test_a_changed_list_is_a_new_one_and_the_former_ends_with_it(
    in_force: PlatformFilter, facebook: Any, x: Any, specialist: Member, commander: Member
) -> None:
    longer = GIVEN | {"what": f"{GIVEN['what']}\nbuy now"}
    with pytest.raises(Invalid, match="same kind on the same account"):
        propose(x, by=specialist, **longer, replaces=in_force)
    new = propose(facebook, by=specialist, **longer, replaces=in_force)
    new.approve(by=commander, reason="Clause (e).")
    in_force.refresh_from_db()
    assert in_force.state == "in_force", "approved is not yet set"
    new.put_in_force(by=specialist, note="Set.")
    in_force.refresh_from_db()
    assert (new.state, in_force.state) == ("in_force", "ended")


def test_it_is_looked_at_again_and_stands_at_home_while_that_is_due(
    in_force: PlatformFilter, specialist: Member, officer: Member, settings: Any
) -> None:
    assert line(specialist, "Filters to see to").count == 0
    PlatformFilter.objects.update(review_due_at=timezone.now() - timedelta(days=1))
    assert line(specialist, "Filters to see to").count == 1
    PlatformFilter.objects.get().review(by=officer, note="All two words, nothing else.")
    assert line(specialist, "Filters to see to").count == 0
    assert PlatformFilter.objects.get().review_due_at > timezone.now() + timedelta(days=settings.FILTER_REVIEW_DAYS - 1)


def test_what_is_approved_by_nobody_presses_on_the_commanders_home(
    proposed: PlatformFilter, facebook: Any, specialist: Member, commander: Member
) -> None:
    assert (line(commander, "Filters to decide").count, line(commander, "Filters to decide").tone) == (1, "warn")
    found = find(facebook, by=specialist, **GIVEN)
    waits = line(commander, "Filters to decide")
    assert (waits.count, waits.tone, waits.address) == (2, "bad", reverse("filter", args=[found.pk]))
    assert not [one for one in lines_for(specialist) if one.word == "Filters to decide on"]


def test_of_two_who_decide_one_comes_too_late(proposed: PlatformFilter, commander: Member) -> None:
    late = PlatformFilter.objects.get(pk=proposed.pk)
    proposed.approve(by=commander, reason="Clause (e).")
    with pytest.raises(WrongState, match="Ruth Keller acted first"):
        late.decline(by=commander, reason="No.")


def test_the_database_alters_no_list_and_wants_a_name_under_each_approval(in_force: PlatformFilter) -> None:
    for tampering in ({"what": "pigs"}, {"strength": "strong"}, {"approved_by": None}, {"seen_by": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            PlatformFilter.objects.filter(pk=in_force.pk).update(**tampering)
    with pytest.raises(DatabaseError), transaction.atomic():
        FilterNote.objects.update(note="Nothing was said.")


def test_words_that_only_criticize_police_are_shown_before_it_is_approved(
    facebook: Any, specialist: Member, commander: Member, browser_of: Any
) -> None:
    assert criticism_in(["Pigs", "win money", "copper"]) == ["Pigs", "copper"]
    made = propose(facebook, by=specialist, **GIVEN | {"what": "pigs\nwin money"})
    shown = browser_of(commander).get(reverse("filter", args=[made.pk])).content.decode()
    assert "words that criticize or insult police" in shown
    assert "Tanner" in shown


# --- pages ---


def test_it_is_entered_approved_set_and_reviewed_from_its_pages(
    facebook: Any, specialist: Member, commander: Member, browser_of: Any
) -> None:
    hers, his = browser_of(specialist), browser_of(commander)
    said = GIVEN | {"how": "propose", "account": facebook.pk}
    made = hers.post(reverse("enter_filter"), said)
    page = made["Location"]
    assert "approve" not in hers.get(page).context["verbs"]
    assert hers.post(f"{page}approve/", {"note": "Yes."}).status_code == 403
    assert his.post(f"{page}approve/", {"note": ""}).status_code == 422
    assert his.post(f"{page}approve/", {"note": "Clause (e)."}).status_code == 302
    assert hers.post(f"{page}put-in-force/", {"note": "Set."}).status_code == 302
    assert hers.post(f"{page}review/", {"note": "Looked."}).status_code == 302
    assert his.post(f"{page}end/", {"note": "Nobody writes that any more."}).status_code == 302
    assert hers.post(f"{page}take-off/", {"note": "Gone."}).status_code == 302
    assert PlatformFilter.objects.get().state == "ended"
    assert hers.post(f"{page}review/", {"note": "Again."}).status_code == 409


def test_what_is_missing_comes_back_beside_its_field(facebook: Any, specialist: Member, browser_of: Any) -> None:
    said = GIVEN | {"how": "propose", "account": facebook.pk, "what": "", "strength": "strong & loud"}
    answer = browser_of(specialist).post(reverse("enter_filter"), said)
    assert answer.status_code == 422
    assert "what" in answer.context["form"].errors
    assert "strong &amp; loud" in answer.content.decode()
    assert not PlatformFilter.objects.exists()


def test_the_list_filters_and_comes_as_a_spreadsheet_that_runs_nothing(
    in_force: PlatformFilter, facebook: Any, specialist: Member, browser_of: Any
) -> None:
    find(facebook, by=specialist, **GIVEN | {"what": "=cmd|calc"})
    browser = browser_of(specialist)
    for which, count in (("", 2), ("unapproved", 1), ("overdue", 0), ("over", 0), ("all", 2), ("zzz", 2)):
        assert len(browser.get(reverse("filters"), {"which": which}).context["found"]) == count, which
    file = b"".join(browser.get(reverse("filters"), {"format": "csv"}).streaming_content).decode()
    assert "'=cmd|calc" in file
