"""Facts are immutable rows (ruling 18): inserted, never updated or deleted, by trigger and by grants both.

What changes stands in a narrow row beside the fact. Every model says through its class what the app's role may do with
its table; `apply_grants` carries that out after each migration, as the owner.
"""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import connections, models


class Fact(models.Model):
    """A row that nobody alters: SELECT and INSERT to the app's role, and triggers that say so in words."""

    grants = ("SELECT", "INSERT")

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Protect(name="is_a_fact", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="is_not_emptied",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
            ),
        ]


class Narrow(models.Model):
    """The changing row beside a fact: it may be updated, and is never deleted by the app's role."""

    grants = ("SELECT", "INSERT", "UPDATE")

    class Meta:
        abstract = True


ORDINARY = ("SELECT", "INSERT", "UPDATE", "DELETE")


def grants_for(model: type[models.Model]) -> tuple[str, ...]:
    """What the app's role may do with the table of `model`."""
    return getattr(model, "grants", ORDINARY)


def apply_grants(sender: object = None, using: str = "default", **kwargs: Any) -> None:
    """Give the app's role exactly what the models declare. Runs on post_migrate, as the owner of the tables."""
    connection = connections[using]
    role = connection.ops.quote_name(settings.APP_ROLE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.APP_ROLE])
        if cursor.fetchone() is None:
            return
        existing = set(connection.introspection.table_names(cursor))
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        wanted = {model._meta.db_table: grants_for(model) for model in apps.get_models(include_auto_created=True)}
        wanted["members_cache"] = ORDINARY
        wanted["django_migrations"] = ("SELECT",)
        for table, grants in wanted.items():
            if table in existing:
                name = connection.ops.quote_name(table)
                cursor.execute(f"REVOKE ALL ON {name} FROM {role}")
                cursor.execute(f"GRANT {', '.join(grants)} ON {name} TO {role}")
