"""Facts are never altered: by grants for the app's role, by trigger for everybody else (ruling 18)."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, models, transaction

from members.facts import ORDINARY, Fact, grants_for

OURS = [model for model in apps.get_models() if model._meta.app_label in {"members", "accounts", "moderation"}]
FACTS = [model for model in OURS if issubclass(model, Fact)]
STATEMENTS = {"UPDATE": "UPDATE {table} SET {column} = {column}", "DELETE": "DELETE FROM {table}"}


def table_of(model: type[models.Model]) -> str:
    return model._meta.db_table


@pytest.mark.django_db
def test_the_apps_role_has_exactly_the_grants_that_the_models_declare() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = %s",
            [settings.APP_ROLE],
        )
        given: dict[str, set[str]] = {}
        for table, privilege in cursor.fetchall():
            given.setdefault(table, set()).add(privilege)
        tables = set(connection.introspection.table_names(cursor))
    declared = {table_of(model): set(grants_for(model)) for model in apps.get_models(include_auto_created=True)}
    declared |= {"members_cache": set(ORDINARY), "django_migrations": {"SELECT"}}
    assert given == {table: grants for table, grants in declared.items() if table in tables}
    assert tables == set(given), "a table that no grant was declared for"


@pytest.mark.django_db
def test_the_apps_role_owns_nothing_and_makes_no_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE tableowner = %s", [settings.APP_ROLE])
        assert cursor.fetchall() == []
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("CREATE TABLE mine (id int)")


def test_what_was_decided_received_and_retained_is_a_fact() -> None:
    assert {model.__name__ for model in FACTS} >= {
        "TrailEntry",
        "LogEntry",
        "Seal",
        "Terms",
        "Clause",
        "Comment",
        "CommentVersion",
        "ReceivedPage",
        "ReceivedBody",
        "SetAside",
        "GradingSystem",
        "GradingLevel",
        "Grade",
        "Note",
        "RetainedRecord",
        "RetainedPayload",
        "RetainedAddition",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("model", FACTS)
@pytest.mark.parametrize("word", ["UPDATE", "DELETE", "TRUNCATE"])
def test_the_apps_role_may_not_alter_a_fact(model: type[models.Model], word: str) -> None:
    statement = STATEMENTS.get(word, "TRUNCATE {table}").format(table=table_of(model), column=model._meta.pk.column)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_owner_meets_the_triggers_of_every_fact(
    make_comment: Any, officer: Any, owner_connection: psycopg.Connection
) -> None:
    for model in FACTS:
        names = {
            name.rsplit("_", 1)[0].removeprefix("pgtrigger_")
            for (name,) in owner_connection.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O'", [table_of(model)]
            )
        }
        assert {"is_a_fact", "is_not_emptied"} <= names, f"{model.__name__} is not guarded"


@pytest.mark.sop("4.R")
@pytest.mark.parametrize("word", ["UPDATE", "DELETE", "TRUNCATE"])
def test_the_owner_is_refused_on_a_comment_as_received(
    transactional_db: None, make_comment: Any, owner_connection: psycopg.Connection, word: str
) -> None:
    comment = make_comment("As it came.")
    statement = {
        "UPDATE": "UPDATE moderation_comment SET text = 'other'",
        "DELETE": "DELETE FROM moderation_comment",
        "TRUNCATE": "TRUNCATE moderation_comment CASCADE",
    }[word]
    with pytest.raises(psycopg.errors.RaiseException, match="pgtrigger"):
        owner_connection.execute(statement)
    comment.refresh_from_db()
    assert comment.text == "As it came."
