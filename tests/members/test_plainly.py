"""Rows by a statement written once are what Django's own question gives."""

from contextlib import suppress

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from accounts.models import Account
from members import plainly
from members.models import Member, Session
from members.models.agency import Agency, agency
from moderation.models import OwnDesk, QueueEntry

pytestmark = pytest.mark.django_db
EVERY = "SELECT {columns} FROM members_member ORDER BY id"


def values(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_each_column_comes_as_its_field_has_it(officer, commander, browser_of, accounts):
    OwnDesk.objects.create(member=officer, keys={"j": "y"})
    browser_of(officer)
    for model in (Member, OwnDesk, Session, Account):
        asked = f"SELECT {{columns}} FROM {model._meta.db_table}"
        found = {row.pk: values(row) for row in plainly.many(model, asked, [])}
        assert found == {row.pk: values(row) for row in model.objects.all()}
        assert found


def test_what_is_selected_behind_them_becomes_attributes(officer):
    asked = "SELECT {columns}, 1 + 1 FROM members_member WHERE id = %s"
    found = plainly.one(Member, asked, [officer.pk], also=("two",))
    assert (found, found.two) == (officer, 2)
    assert plainly.one(Member, asked, [0], also=("two",)) is None


def test_the_unit_now_is_whoever_serves_in_the_chain(officer, commander, auditor, transferred):
    asked = Member.objects.serving().of_the_unit().order_by("name")
    assert Member.objects.unit_now() == list(asked)
    assert officer in asked
    assert auditor not in asked


def test_the_agency_comes_with_all_but_its_mark(officer):
    Agency.objects.create(name="Bayside", short_name="BPD", zone="UTC", languages=["en", "es"], mark=b"PNG")
    ours = agency()
    assert ours.has_mark
    assert "mark" not in ours.__dict__
    assert values(ours) == values(Agency.objects.get())
    assert ours.set_up_at <= timezone.now()


ASKED = "SELECT id, name, serves_until, last_login FROM members_member WHERE id = %(member)s"


@pytest.fixture
def planning(monkeypatch: pytest.MonkeyPatch) -> psycopg.Connection:
    """The connection as the web server has it (smu.asgi)."""
    monkeypatch.setattr(plainly, "prepares_after", 1)
    connection.ensure_connection()
    return connection.connection


def planned(asking):
    return asking.execute(
        "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%members_member%%'"
    ).fetchone()[0]


def test_what_is_asked_again_is_planned_once_a_connection(officer, commander, planning):
    said = {plainly.rows(ASKED, {"member": one.pk})[0] for one in (officer, commander) for _ in range(3)}
    assert said == {(one.pk, one.name, None, None) for one in (officer, commander)}
    assert planned(planning) == 1


def test_what_django_asks_within_is_planned_too_and_comes_as_its_fields_have_it(officer, commander, planning):
    Member.objects.filter(pk=officer.pk).update(last_login=timezone.now())
    asked = Member.objects.order_by("pk").values_list("pk", "name", "languages", "serves_until", "last_login")
    usual = list(asked)
    for _ in range(3):
        with plainly.prepared():
            assert list(asked.all()) == usual
    assert planned(planning) == 1
    list(asked.all())
    assert type(planning.cursor()) is type(connection.cursor().cursor)


def test_what_is_asked_outside_is_not_remembered(officer, planning):
    for _ in range(3):
        plainly.rows(ASKED, {"member": officer.pk})
    Member.objects.filter(name="x" * 1_000_000).exists()
    assert planning.prepare_threshold is None
    assert not any("x" * 1000 in str(key) for key in planning._prepared._counts)


def test_whoever_asks_after_a_rollback_is_answered(officer, planning):
    for _ in range(3):
        plainly.rows(ASKED, {"member": officer.pk})
    with pytest.raises(ProgrammingError), transaction.atomic():
        plainly.rows("SELECT 1 FROM nowhere", {})
    assert [plainly.rows(ASKED, {"member": officer.pk})[0][0] for _ in range(3)] == [officer.pk] * 3


def test_what_a_refusal_rolled_back_leaves_the_next_comment_to_be_taken(officer, make_comment, planning):
    for _ in range(3):
        comment = make_comment()
        with suppress(ProgrammingError), transaction.atomic():
            plainly.rows("SELECT 1 FROM nowhere", {})
        entry = QueueEntry.claim_next(by=officer)
        assert entry.comment_id == comment.pk
        entry.delete()
