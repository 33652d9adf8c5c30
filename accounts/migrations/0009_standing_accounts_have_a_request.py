"""Accounts that stood before requests were kept get one that says so: it was decided outside this product, if at all."""

from typing import Any

from django.db import migrations

from accounts.handles import key_of

SAID = "It stood before requests were kept in this product."


def give_requests(apps: Any, schema_editor: Any) -> None:
    """A handle that stands twice on a platform keeps its key once: the other account is found by its id."""
    account_model = apps.get_model("accounts", "Account")
    requests = apps.get_model("accounts", "AccountRequest").objects
    taken = set()
    for account in account_model.objects.order_by("pk"):
        key = key_of(account.platform, account.handle)
        account.handle_key = "" if (account.platform, key) in taken else key
        taken.add((account.platform, key))
        account.request = requests.create(
            platform=account.platform,
            handle=account.handle or account.name,
            handle_key=account.handle_key or f"id:{account.remote_id}",
            name=account.name,
            purpose=SAID,
            values_statement=SAID,
            stood_before=True,
            state="connected",
            requested_at=account.connected_at,
        )
        account.save(update_fields=["handle_key", "request"])


def take_requests(apps: Any, schema_editor: Any) -> None:
    apps.get_model("accounts", "Account").objects.update(request=None, handle_key="")
    apps.get_model("accounts", "AccountRequest").objects.filter(stood_before=True).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_account_requests"),
    ]

    operations = [migrations.RunPython(give_requests, take_requests)]
