"""What the demonstration's unit owns is taken in by the product's verbs, once."""

import pytest

from equipment import able
from equipment.models import Item, Receipt
from smu.demonstration.equipment_inventory import load_inventory

pytestmark = pytest.mark.django_db


def test_the_demonstration_has_an_inventory_in_which_something_is_wanting(supervisor):
    load_inventory()
    load_inventory()
    assert Item.objects.filter(kit__isnull=False).count() == 3
    assert {receipt.lines.count() for receipt in Receipt.objects.all()} == {2, 3}
    assert [one.key for one in able.figures().values() if not one.serviceable] == ["edit:audio", "publish:audio"]
