"""The tests' own ground: the app's role, a clone for each worker, cloned anew after a test with real transactions."""

import psycopg
import pytest
from django.db import connection

from members.models import Member


@pytest.mark.django_db
def test_a_test_acts_as_the_app_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("smu_app",)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_test_with_real_transactions_finds_and_leaves_the_template(time: str) -> None:
    assert Member.objects.count() == 0
    Member.objects.create(username="left-behind", number=f"1{len(time)}", name="Left Behind", position="officer")


def test_the_app_connection_may_not_change_tables_and_the_owner_connection_may(
    app_connection: psycopg.Connection, owner_connection: psycopg.Connection
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_connection.execute("ALTER TABLE members_member ADD COLUMN extra text")
    app_connection.rollback()
    owner_connection.execute("ALTER TABLE members_member ADD COLUMN extra text")
