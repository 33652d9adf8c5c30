"""Check-lists that are open get their items, so that each of them is confirmed by itself."""

from typing import Any

from django.db import migrations

from accounts.removal_steps import steps_for


def list_items(apps: Any, schema_editor: Any) -> None:
    item_model = apps.get_model("accounts", "RemovalItem")
    for removal in apps.get_model("accounts", "Removal").objects.filter(state="outstanding").select_related("account"):
        item_model.objects.bulk_create(
            item_model(removal=removal, place=place, where=step.where, what=step.what)
            for place, step in enumerate(steps_for(removal.account.platform), 1)
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0015_recovery_holders_and_items_to_remove"),
    ]

    operations = [migrations.RunPython(list_items, migrations.RunPython.noop)]
