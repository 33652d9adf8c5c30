"""What the database itself refuses of the maintenance log and of modifications (3.5, 3.6)."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from equipment import maintenance
from equipment.maintenance import Begun, Finished
from equipment.models import Work, WorkEntry
from tests.equipment.worked import decided

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def refused(act):
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        act()


@pytest.mark.sop("3.5")
def test_what_is_finished_stands_and_its_costs_too(camera, supervisor):
    work = maintenance.open_work(camera, Begun("Sensor dusty", today(), shop="Biscayne Camera"), by=supervisor)
    maintenance.finish_work(work, Finished("Cleaned", today(), cost=80), by=supervisor)
    rows = Work.objects.filter(pk=work.pk)
    refused(lambda: rows.update(done="Something else"))
    refused(lambda: rows.update(state="open"))
    refused(rows.delete)
    refused(lambda: WorkEntry.objects.update(amount=8))
    refused(WorkEntry.objects.all().delete)


@pytest.mark.sop("3.6")
def test_work_outside_the_instructions_is_not_finished_without_a_decision(camera, lens, officer, supervisor, commander):
    work = maintenance.open_work(camera, Begun("Needs a bigger grip", today(), hand=supervisor), by=supervisor)
    given = {"state": "done", "done": "Drilled", "done_on": today(), "closed_at": timezone.now()}
    given |= {"closed_by": supervisor, "outside": True}
    rows = Work.objects.filter(pk=work.pk)
    refused(lambda: rows.update(**given))
    declined, of_another = decided(camera, officer, by=commander, approves=False), decided(lens, officer, by=commander)
    refused(lambda: rows.update(**given, modification=declined))
    refused(lambda: rows.update(**given, modification=of_another))
    assert rows.update(**given, modification=decided(camera, officer, by=commander)) == 1
