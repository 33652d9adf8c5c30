"""What the demonstration's unit owns is taken in by the product's verbs, once."""

import pytest

from equipment import able, recurring
from equipment.models import Item, Receipt, Work
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
