"""A stock-take expects what the inventory says when it begins, is counted by anybody, and stands when it is signed."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from equipment import inventory, stocktakes
from equipment.models import Custody, Handover, Item, Sighting, StockTake
from equipment.stocktakes import Seen
from members.states import Invalid, Refused, WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.sop("3.4", "3.7")]


def out(item, member, place="trunk", vehicle="4411"):
    """Out with `member`, without the questions of custody."""
    now = timezone.now()
    fact = {"item": item, "taker": member, "place": place, "vehicle": vehicle, "by": member, "key": uuid.uuid4()}
    begun = Handover.objects.create(way="out", due_back=now + timedelta(days=1), **fact)
    Custody.objects.create(item=item, holder=member, place=place, vehicle=vehicle, begun=begun, since=now)


@pytest.fixture
def everything(camera, lens, battery, officer, supervisor):
    """A camera on shelf B, a lens in a trunk, a battery in maintenance."""
    inventory.change_item(camera, by=supervisor, office_place="Shelf B")
    out(lens, officer)
    inventory.mark(battery, "maintenance", by=supervisor, reason="Swollen.")
    return stocktakes.begin(by=supervisor, over="everything")


def counts(take):
    return {word: len(found) for word, found in stocktakes.outcome(take).groups()}


def test_what_is_not_seen_is_missing_but_what_is_in_maintenance(everything):
    assert counts(everything) == {
        "missing": 2,
        "wrong place": 0,
        "unexpected": 0,
        "in maintenance, not seen": 1,
        "found": 0,
    }


def test_found_in_a_wrong_place_and_unexpected(everything, camera, lens, officer, make_item):
    new = make_item("Drone")
    stocktakes.see(everything, camera, by=officer, seen=Seen("office", "shelf b"))
    stocktakes.see(everything, lens, by=officer, seen=Seen("office", "Shelf B"))
    stocktakes.see(everything, new, by=officer, seen=Seen())
    stocktakes.see_unknown(everything, "A tripod, its tag torn off", by=officer, seen=Seen())
    came = stocktakes.outcome(everything)
    assert [one.item for one in came.found] == [camera]
    (misplaced,) = came.misplaced
    assert (str(misplaced.expected), misplaced.seen_at) == (f"trunk of 4411, with {officer.name}", "office, Shelf B")
    assert [one.item or one.said for one in came.unexpected] == [new, "A tripod, its tag torn off"]


def test_sent_twice_it_is_seen_once_and_may_be_taken_back(everything, camera, officer):
    seen = Seen(key=uuid.uuid4())
    first = stocktakes.see(everything, camera, by=officer, seen=seen)
    assert stocktakes.see(everything, camera, by=officer, seen=seen) == first
    stocktakes.see(everything, camera, by=officer, seen=Seen(), taken_back=True)
    assert counts(everything)["missing"] == 2


def test_another_thing_by_a_page_that_was_gone_back_to_is_seen_too(everything, camera, lens, officer):
    seen = Seen(key=uuid.uuid4())
    stocktakes.see(everything, camera, by=officer, seen=seen)
    stocktakes.see(everything, lens, by=officer, seen=seen)
    assert counts(everything)["found"] == 2


def test_what_is_expected_is_what_was_so_when_it_began(everything, camera, supervisor):
    inventory.change_item(camera, by=supervisor, office_place="Shelf C", reason="Moved.")
    inventory.mark(camera, "lost", by=supervisor, reason="Gone.")
    assert camera.pk in {one.item.pk for one in stocktakes.outcome(everything).missing}


def test_a_place_a_vehicle_or_a_member(camera, lens, battery, officer, other_officer, supervisor):
    inventory.change_item(camera, by=supervisor, office_place="Shelf B")
    out(lens, officer)
    for over in ({"over": "office", "place": "shelf b"}, {"over": "trunks"}, {"over": "member", "member": officer}):
        assert stocktakes.begin(by=supervisor, **over).expected.count() == 1
    with pytest.raises(Invalid, match="nothing in this place"):
        stocktakes.begin(by=supervisor, over="trunks", place="9")
    with pytest.raises(Invalid, match="counts this already"):
        stocktakes.begin(by=supervisor, over="trunks")
    with pytest.raises(Invalid, match="Choose the member"):
        stocktakes.begin(by=supervisor, over="member")


def test_what_is_signed_stands_in_the_database_too(everything, camera, supervisor, officer):
    with pytest.raises(Invalid, match="Nothing has been counted"):
        stocktakes.sign(everything, by=supervisor)
    stocktakes.see(everything, camera, by=officer, seen=Seen())
    with pytest.raises(Refused):
        stocktakes.sign(everything, by=officer)
    stocktakes.sign(everything, by=supervisor, remark="Counted by two.")
    figures = stocktakes.last_figures()
    assert (figures.found, figures.missing, figures.expected, figures.by) == (1, 1, 2, supervisor)
    with pytest.raises(WrongState):
        stocktakes.see(everything, camera, by=officer, seen=Seen())
    with pytest.raises(DatabaseError, match="is over"), transaction.atomic():
        Sighting.objects.create(take=everything, item=camera, key=uuid.uuid4(), by=officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        StockTake.objects.filter(pk=everything.pk).update(missing=0)
    with pytest.raises(DatabaseError), transaction.atomic():
        Sighting.objects.update(taken_back=True)


def test_what_is_missing_may_be_marked_lost(everything, camera, lens, supervisor, officer):
    stocktakes.see(everything, camera, by=officer, seen=Seen())
    with pytest.raises(Invalid, match="Sign the stock-take first"):
        stocktakes.mark_lost(everything, [lens], by=supervisor)
    stocktakes.sign(everything, by=supervisor)
    assert stocktakes.mark_lost(everything, [lens, camera], by=supervisor) == 1
    lens.refresh_from_db()
    camera.refresh_from_db()
    assert (lens.state, camera.state) == ("lost", "serviceable")
    assert "Not found in the stock-take" in lens.changes.latest("pk").reason


def test_what_was_seen_elsewhere_in_the_office_is_put_right_with_one_press(
    everything, camera, lens, officer, supervisor, browser_of
):
    for one in (camera, lens):  # the lens is out by the inventory: that is for custody to say
        stocktakes.see(everything, one, by=officer, seen=Seen("office", "Cabinet 9"))
    stocktakes.sign(everything, by=supervisor)
    address = reverse("put_right_of_stock_take", args=[everything.pk])
    browser = browser_of(supervisor)
    page = browser.get(everything.get_absolute_url()).content.decode()
    assert address in page
    assert "Shelf B</bdi> → <bdi>Cabinet 9" in page
    assert browser.post(address, {}).status_code == 422
    said = browser.post(address, {"item": [camera.pk, lens.pk]}, follow=True).content.decode()
    assert "1 noted at the place where seen." in said
    assert address not in said
    camera.refresh_from_db()
    lens.refresh_from_db()
    assert (camera.office_place, lens.office_place) == ("Cabinet 9", "")
    assert "Seen there in the stock-take" in camera.changes.latest("pk").reason


def test_given_up_with_a_reason(everything, supervisor):
    with pytest.raises(Invalid, match="Say why"):
        stocktakes.drop(everything, by=supervisor, reason=" ")
    stocktakes.drop(everything, by=supervisor, reason="The alarm went.")
    assert stocktakes.last_figures() is None


def test_readers_do_not_count(everything, camera, auditor):
    with pytest.raises(Refused):
        stocktakes.see(everything, camera, by=auditor, seen=Seen())


def test_counted_by_phone_with_a_link_a_tag_a_serial_or_words(everything, camera, lens, officer, browser_of):
    browser, see = browser_of(officer), reverse("see_in_stock_take", args=[everything.pk])

    def said(**typed):
        answer = browser.post(see, {"key": uuid.uuid4(), **typed}, follow=True)
        return answer.status_code, answer.content.decode()

    for text in (f"https://unit.example/e/{camera.code}", camera.tag.lower(), camera.serial):
        assert f"Seen: {camera}" in said(text=text)[1]
    status, page = said(text="canon")
    assert status == 422
    assert "Which of them?" in page
    assert said(item=lens.pk, place="trunk", where="4411", back="label")[0] in {200, 404}
    status, page = said(text="X-99")
    assert status == 422
    assert "Nothing has this tag" in page
    assert "Noted as unknown" in said(text="X-99", said="A red case")[1]
    assert counts(everything)["found"] == 2
    page = browser.get(reverse("count_stock_take", args=[everything.pk])).content.decode()
    assert "What you saw last" in page


def test_the_pages_from_the_beginning_to_the_sheet(camera, supervisor, browser_of):
    browser = browser_of(supervisor)
    assert browser.post(reverse("begin_stock_take"), {"over": "member"}).status_code == 422
    assert browser.post(reverse("begin_stock_take"), {"over": "everything"}).status_code == 302
    take = StockTake.objects.get()
    browser.post(reverse("see_in_stock_take", args=[take.pk]), {"text": camera.tag})
    page = browser.post(reverse("sign_stock_take", args=[take.pk]), {"remark": "All."}, follow=True)
    assert "these figures stand" in page.content.decode()
    assert browser.get(reverse("stock_take_sheet", args=[take.pk])).content.startswith(b"%PDF-")
    lines = b"".join(browser.get(f"{take.get_absolute_url()}?format=csv").streaming_content).decode()
    assert f"found,{camera.tag}" in lines
    page = browser.get(reverse("stock_takes")).content.decode()
    assert "1 of 1 found" in " ".join(page.split())
    assert browser.get(reverse("count_stock_take", args=[take.pk])).status_code == 302
    assert Item.objects.get().state == "serviceable"


def test_a_kits_label_counts_none_of_its_things(everything, kit, browser_of, officer):
    answer = browser_of(officer).post(
        reverse("see_in_stock_take", args=[everything.pk]), {"text": f"https://unit.example/e/{kit.code}"}
    )
    assert answer.status_code == 422
    assert "each of its things is counted by its own label" in answer.content.decode()
    assert not everything.sightings.exists()
