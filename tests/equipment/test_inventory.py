"""Things are taken into the inventory, changed with a reason, and moved from state to state (3.2, 3.4)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from equipment import inventory
from equipment.models import Item, ItemChange
from members.states import Invalid, Refused, WrongState
from tests.equipment import acts

pytestmark = [pytest.mark.django_db, pytest.mark.sop("3.4")]


def test_a_tag_is_made_where_none_is_given(make_item):
    assert [make_item().tag for _ in range(2)] == ["SMU-00001", "SMU-00002"]
    make_item(tag="smu-00041")
    assert make_item().tag == "SMU-00042"


def test_a_serial_that_exists_names_the_item_that_has_it(camera, supervisor):
    with pytest.raises(Invalid, match=f"is that of {camera}") as refusal:
        acts.item("Another", by=supervisor, maker="CANON", serial=camera.serial.lower())
    assert refusal.value.field == "serial"
    with pytest.raises(Invalid, match="is the tag of Camera") as refusal:
        acts.item("Another", by=supervisor, tag=camera.tag.lower())
    assert refusal.value.field == "tag"


def test_only_the_supervisor_and_those_above_add(officer, auditor):
    for member in (officer, auditor):
        with pytest.raises(Refused, match="Only the Supervisor"):
            acts.item(by=member)


def test_what_stood_there_is_replaced_with_a_reason(camera, supervisor):
    assert inventory.change_item(camera, by=supervisor, office_place="Shelf 2") is not None
    assert inventory.change_item(camera, by=supervisor, office_place="Shelf 2") is None
    with pytest.raises(Invalid, match="Say why: place in the office"):
        inventory.change_item(camera, by=supervisor, office_place="Shelf 3")
    assert camera.office_place == "Shelf 2"
    entry = inventory.change_item(camera, by=supervisor, office_place="Shelf 3", reason="Moved.")
    assert (entry.before, entry.after) == ({"office_place": "Shelf 2"}, {"office_place": "Shelf 3"})


def test_a_form_drawn_before_anothers_change_is_refused(camera, supervisor):
    seen = inventory.last_change(camera)
    inventory.change_item(camera, by=supervisor, supplier="B&H", on=seen)
    with pytest.raises(WrongState):
        inventory.change_item(camera, by=supervisor, supplier="Adorama", reason="Typed wrongly.", on=seen)


def test_a_theft_has_a_report_and_what_is_disposed_of_was_retired(camera, supervisor):
    with pytest.raises(Invalid) as refusal:
        inventory.mark(camera, "stolen", by=supervisor, reason="Gone from the trunk.")
    assert refusal.value.field == "report_number"
    with pytest.raises(Invalid, match="Retire it first"):
        inventory.mark(camera, "disposed", by=supervisor, reason="Old.")
    inventory.mark(camera, "stolen", by=supervisor, reason="Gone from the trunk.", report_number="26-1044")
    assert (camera.state, camera.report_number) == ("stolen", "26-1044")
    assert ItemChange.objects.filter(item=camera, verb="mark").get().after == {
        "state": "stolen",
        "report number": "26-1044",
    }


def test_every_member_says_that_a_thing_needs_attention(camera, officer, supervisor, auditor):
    with pytest.raises(Refused):
        inventory.mark(camera, "needs_attention", by=auditor, reason="The screen is dark.")
    inventory.mark(camera, "needs_attention", by=officer, reason="The screen is dark.")
    assert supervisor.notifications.get().sentence == f"{camera}: needs attention."
    with pytest.raises(Refused):
        inventory.mark(camera, "serviceable", by=officer, reason="It is bright again.")


def test_a_kit_holds_each_thing_once(kit, camera, supervisor):
    assert {item.name for item in Item.objects.filter(kit=kit)} == {"Camera", "Lens", "Battery"}
    camera.refresh_from_db()
    inventory.mark(camera, "retired", by=supervisor, reason="Worn out.")
    assert camera.kit is None


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_at_once_each_gets_a_tag_of_its_own(supervisor):
    kind, here = acts.kind(), Barrier(2)

    def add(number):
        here.wait()
        try:
            return inventory.add_item(by=supervisor, kind=kind, name=f"Light {number}", serial=f"L-{number}").tag
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(add, range(2))) == ["SMU-00001", "SMU-00002"]


def test_the_database_disposes_of_nothing_that_was_not_retired(camera, kit, supervisor):
    for state in ("disposed", "retired"):  # retired: it is in a kit still
        with pytest.raises(DatabaseError), transaction.atomic():
            Item.objects.filter(pk=camera.pk).update(state=state)
    inventory.mark(camera, "retired", by=supervisor, reason="Worn out.")
    gone = inventory.Disposal("recycled", timezone.localdate(), "The city's depot")
    inventory.mark(camera, "disposed", by=supervisor, reason="Worn out.", disposal=gone)
    with pytest.raises(DatabaseError), transaction.atomic():
        Item.objects.filter(pk=camera.pk).update(state="serviceable")
