"""Rows by a statement written once are what Django's own question gives."""

import pytest
from django.utils import timezone

from accounts.models import Account
from members import plainly
from members.models import Member, Session
from members.models.agency import Agency, agency
from moderation.models import OwnDesk

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
