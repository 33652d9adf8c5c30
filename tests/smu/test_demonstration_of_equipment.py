"""What the demonstration's unit owns is taken in by the product's verbs, once."""

import pytest

from equipment import able, outlook, recurring
from equipment.models import Item, Modification, Receipt, Work
from smu.demonstration.equipment_handling import load_handling
from smu.demonstration.equipment_inventory import load_inventory
from smu.demonstration.equipment_maintenance import load_maintenance

pytestmark = pytest.mark.django_db


def test_the_demonstration_has_an_inventory_in_which_something_is_wanting(supervisor):
    load_inventory()
    load_inventory()
    assert Item.objects.filter(kit__isnull=False).count() == 3
    assert {receipt.lines.count() for receipt in Receipt.objects.all()} == {2, 3}
    assert [one.key for one in able.figures().values() if not one.serviceable] == ["edit:audio", "publish:audio"]


def test_it_has_a_log_with_a_shop_that_is_late_and_a_service_that_is_overdue(supervisor, officer):
    load_inventory()
    load_maintenance()
    load_maintenance()
    works = list(Work.objects.all())
    assert (len(works), [one.item.name for one in works if one.is_late]) == (5, ["Drone"])
    assert [one.item.name for one in recurring.reckoned().filter(is_due=True)] == ["Archive drive"]


def test_one_modification_voided_a_warranty_and_one_is_to_decide(supervisor, officer, other_officer):
    load_inventory()
    load_handling()
    load_handling()
    assert set(Modification.objects.values_list("state", flat=True)) == {"approved", "asked"}
    assert Item.objects.get(warranty_void_on__isnull=False).name == "Field camera 1"
    found = outlook.outlook(supervisor)
    assert found.cost > found.now > 0
    assert len([one for one in found.years if one.count]) > 3
