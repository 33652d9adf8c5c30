"""The maintenance log: what was found and done, what it cost, and in what state the thing is meanwhile (3.5)."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from equipment import inventory, maintenance
from equipment.maintenance import Begun, Finished
from equipment.models import Work
from members.kept_files import Kept
from members.models import TrailEntry
from members.states import Invalid, Refused, WrongState
from tests.equipment.worked import decided

pytestmark = [pytest.mark.django_db, pytest.mark.sop("3.5")]


def today():
    return timezone.localdate()


def day(days):
    return today() + timedelta(days=days)


def begun(**more):
    return Begun(**{"found": "Sensor dusty", "found_on": today(), "shop": "Biscayne Camera", "out_on": day(-3), **more})


def finished(**more):
    return Finished(**{"done": "Cleaned", "done_on": today(), "cost": Decimal("80.50"), **more})


def test_a_thing_is_out_of_service_from_and_back_and_the_log_says_by_whom_and_for_what(camera, supervisor):
    work = maintenance.open_work(camera, begun(ticket="A-17"), by=supervisor)
    camera.refresh_from_db()
    assert camera.state == "maintenance"
    maintenance.finish_work(work, finished(parts="Swabs", back_on=today()), by=supervisor)
    camera.refresh_from_db()
    assert (camera.state, work.by_whom, work.out_on, work.back_on) == (
        "serviceable",
        "Biscayne Camera",
        day(-3),
        today(),
    )
    assert maintenance.cost_of(camera) == Decimal("80.50")
    verbs = list(TrailEntry.objects.about(work).order_by("id").values_list("verb", flat=True))
    assert verbs == ["open", "finish"]
    with pytest.raises(WrongState):
        maintenance.finish_work(Work.objects.get(pk=work.pk), finished(), by=supervisor)


def test_costs_change_by_later_entries_alone_and_a_form_sent_twice_costs_once(camera, supervisor):
    work = maintenance.open_work(camera, begun(), by=supervisor)
    maintenance.finish_work(work, finished(), by=supervisor)
    key = uuid4()
    for _ in range(2):
        maintenance.add_entry(
            work, "The shop gave back what it had counted twice", amount=Decimal("-20.50"), by=supervisor, key=key
        )
    assert maintenance.cost_of(camera) == 60
    same = uuid4()
    assert maintenance.open_work(camera, begun(key=same), by=supervisor) == maintenance.open_work(
        camera, begun(key=same), by=supervisor
    )
    assert Work.objects.count() == 2


def test_a_thing_with_two_works_comes_back_with_the_last_and_needs_attention_where_that_says_so(camera, supervisor):
    first, second = (maintenance.open_work(camera, begun(), by=supervisor) for _ in range(2))
    maintenance.finish_work(first, finished(), by=supervisor)
    camera.refresh_from_db()
    assert camera.state == "maintenance"
    maintenance.finish_work(second, finished(after="needs_attention"), by=supervisor)
    camera.refresh_from_db()
    assert camera.state == "needs_attention"


def test_what_stays_in_service_moves_no_state_and_an_old_log_is_entered_as_it_was(camera, supervisor):
    maintenance.open_work(camera, begun(out_on=None), by=supervisor)
    old = begun(found_on=day(-400), out_on=day(-400))
    work = maintenance.note_work(camera, old, finished(done_on=day(-390), back_on=day(-390)), by=supervisor)
    camera.refresh_from_db()
    assert (camera.state, work.state, maintenance.cost_of(camera)) == ("serviceable", "done", Decimal("80.50"))


def test_a_mistake_is_closed_with_its_reason_and_costs_nothing(camera, supervisor):
    work = maintenance.open_work(camera, begun(), by=supervisor)
    maintenance.add_entry(work, "Estimate", amount=Decimal(40), by=supervisor)
    maintenance.drop_work(work, reason="It was the other camera.", by=supervisor)
    camera.refresh_from_db()
    assert (camera.state, maintenance.cost_of(camera)) == ("serviceable", 0)


def test_an_open_entry_changes_and_takes_its_thing_out_of_service_or_leaves_it_in(camera, supervisor):
    work = maintenance.open_work(camera, begun(out_on=None, shop=""), by=supervisor)
    maintenance.change_work(work, begun(expected_on=day(4)), by=supervisor)
    camera.refresh_from_db()
    assert (camera.state, work.shop, work.expected_on) == ("maintenance", "Biscayne Camera", day(4))
    maintenance.change_work(work, begun(out_on=None), by=supervisor)
    camera.refresh_from_db()
    assert camera.state == "needs_attention"


def test_a_mistake_that_took_nothing_out_of_service_moves_nothing(camera, supervisor):
    work = maintenance.open_work(camera, begun(out_on=None), by=supervisor)
    inventory.mark(camera, "maintenance", by=supervisor, reason="Taken apart on the desk.")
    maintenance.drop_work(work, reason="It was the other camera.", by=supervisor)
    camera.refresh_from_db()
    assert camera.state == "maintenance"


def test_a_late_shop_is_reminded_anew_only_where_another_day_is_expected(camera, supervisor):
    work = maintenance.open_work(camera, begun(expected_on=day(-1)), by=supervisor)
    Work.objects.update(reminded_on=today())
    maintenance.change_work(work, begun(expected_on=day(-1), ticket="B-2"), by=supervisor)
    assert work.reminded_on == today()
    maintenance.change_work(work, begun(expected_on=day(3)), by=supervisor)
    assert work.reminded_on is None


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"found": " "}, "found"),
        ({"found_on": day(1)}, "found_on"),
        ({"out_on": day(1)}, "out_on"),
        ({"expected_on": day(-4)}, "expected_on"),
        ({"shop": "S" * 121}, "shop"),
    ],
)
def test_what_cannot_be_so_is_said_where_it_stands_and_nothing_is_half_done(camera, supervisor, more, field):
    with pytest.raises(Invalid) as refusal:
        maintenance.open_work(camera, begun(**more), by=supervisor)
    camera.refresh_from_db()
    assert (refusal.value.field, camera.state, Work.objects.count()) == (field, "serviceable", 0)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"done": ""}, "done"),
        ({"done_on": day(1)}, "done_on"),
        ({"back_on": day(-4)}, "back_on"),
        ({"cost": Decimal(-1)}, "cost"),
        ({"after": "lost"}, "after"),
        ({"outside": True}, "modification"),
        ({"under_warranty": True}, "under_warranty"),
    ],
)
def test_a_work_is_not_finished_by_halves(camera, supervisor, more, field):
    type(camera).objects.update(warranty_until=day(-30))
    work = maintenance.open_work(camera, begun(), by=supervisor)
    with pytest.raises(Invalid) as refusal:
        maintenance.finish_work(Work.objects.get(pk=work.pk), finished(**more), by=supervisor)
    camera.refresh_from_db()
    work.refresh_from_db()
    assert (refusal.value.field, camera.state, work.state) == (field, "maintenance", "open")


def test_nothing_is_done_to_what_is_lost_or_somebody_has_not_brought_back(camera, lens, supervisor):
    inventory.mark(camera, "lost", by=supervisor, reason="Left at the pier.")
    with pytest.raises(Invalid, match="It is lost"):
        maintenance.open_work(camera, begun(), by=supervisor)
    work = maintenance.open_work(lens, begun(), by=supervisor)
    inventory.mark(lens, "lost", by=supervisor, reason="The shop lost it.")
    maintenance.finish_work(work, finished(), by=supervisor)
    lens.refresh_from_db()
    assert lens.state == "lost"


def test_the_log_is_the_supervisors(camera, officer, specialist, commander):
    for member in (officer, specialist):
        with pytest.raises(Refused):
            maintenance.open_work(camera, begun(), by=member)
    maintenance.open_work(camera, begun(), by=commander)


def test_files_come_to_it_once_each_also_when_it_is_finished(camera, supervisor):
    work = maintenance.open_work(camera, begun(), by=supervisor)
    maintenance.finish_work(work, finished(), by=supervisor)
    bill = Kept("a" * 64, "bill.pdf", "application/pdf", 9)
    maintenance.add_files(work, [bill], by=supervisor)
    maintenance.add_files(work, [bill], by=supervisor)
    assert [one.file.name for one in work.files.all()] == ["bill.pdf"]


@pytest.mark.sop("3.6")
def test_what_was_approved_outside_the_instructions_voids_the_warranty_when_it_is_done(camera, officer, supervisor):
    type(camera).objects.update(warranty_until=day(300))
    approved = decided(camera, officer, by=supervisor)
    camera.refresh_from_db()
    assert camera.under_warranty()
    work = maintenance.open_work(camera, begun(), by=supervisor)
    maintenance.finish_work(work, finished(outside=True, modification=approved), by=supervisor)
    camera.refresh_from_db()
    assert (camera.warranty_void_on, camera.under_warranty()) == (today(), False)
    work = maintenance.open_work(camera, begun(), by=supervisor)
    with pytest.raises(Invalid, match="void since"):
        maintenance.finish_work(work, finished(under_warranty=True), by=supervisor)


@pytest.mark.sop("3.6")
def test_what_was_declined_or_is_of_another_thing_lets_nothing_be_finished(camera, lens, officer, supervisor):
    declined = decided(camera, officer, by=supervisor, approves=False)
    work = maintenance.open_work(camera, begun(), by=supervisor)
    for one in (declined, decided(lens, officer, by=supervisor)):
        with pytest.raises(Invalid, match="Outside the maker"):
            maintenance.finish_work(work, finished(outside=True, modification=one), by=supervisor)
