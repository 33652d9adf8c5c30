"""Service that comes again, by time or by use, and its reminders (3.5)."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from equipment import custody, maintenance, recurring, service_reminders
from equipment.maintenance import Begun, Finished
from equipment.models import Handover, Service
from equipment.months import months_after
from equipment.recurring import Rhythm
from members.models import Notification
from members.states import Invalid, Refused
from tests.equipment.handed import out
from tests.equipment.worked import begun, serviced

pytestmark = [pytest.mark.django_db, pytest.mark.sop("3.5")]


def today():
    return timezone.localdate()


def reckoned(service):
    return recurring.reckoned(Service.objects.filter(pk=service.pk)).get()


def test_a_month_that_is_shorter_ends_on_its_last_day():
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)


def test_by_check_outs_it_is_due_after_so_many_and_counts_anew_when_it_is_done(camera, supervisor, officer):
    service = recurring.set_service(camera, "Check the door", Rhythm(uses=2), last_on=today(), by=supervisor)
    for _ in range(2):
        out(camera, by=officer)
        custody.check_in([camera], by=officer, condition="good", key=uuid4())
    assert (reckoned(service).uses, reckoned(service).is_due) == (2, True)
    given = Begun("Two times out", today(), service=service, hand=supervisor), Finished("Checked", today())
    maintenance.note_work(camera, *given, by=supervisor)
    assert (reckoned(service).uses, reckoned(service).is_due) == (0, False)
    assert Handover.objects.filter(item=camera).count() == 4


def test_by_hours_it_is_due_as_the_counter_says_and_a_new_counter_loses_nothing(camera, supervisor, officer):
    recurring.read_hours(camera, Decimal(100), by=officer)
    service = recurring.set_service(
        camera, "Change the rotors", Rhythm(hours=Decimal(50)), last_on=today(), by=supervisor
    )
    recurring.read_hours(camera, Decimal(146), by=officer)
    assert (reckoned(service).is_soon, reckoned(service).is_due) == (True, False)
    with pytest.raises(Invalid, match="146"):
        recurring.read_hours(camera, Decimal(0), by=officer)
    recurring.read_hours(camera, Decimal(0), by=officer, remark="New counter")
    recurring.read_hours(camera, Decimal(4), by=officer)
    assert (reckoned(service).hours, reckoned(service).is_due) == (50, True)


@pytest.mark.parametrize(
    ("rhythm", "field"),
    [
        (Rhythm(), "every_months"),
        (Rhythm(months=241), "every_months"),
        (Rhythm(uses=-1), "every_uses"),
        (Rhythm(hours=Decimal(-1)), "every_hours"),
    ],
)
def test_a_rhythm_that_is_none_is_refused_at_its_field(camera, supervisor, rhythm, field):
    with pytest.raises(Invalid) as refusal:
        recurring.set_service(camera, "Clean", rhythm, last_on=today(), by=supervisor)
    assert refusal.value.field == field


def test_it_is_set_by_the_supervisor_and_counted_from_no_day_to_come(camera, supervisor, officer):
    with pytest.raises(Refused):
        serviced(camera, by=officer)
    with pytest.raises(Invalid) as refusal:
        serviced(camera, by=supervisor, days=-1)
    assert refusal.value.field == "last_on"


def test_the_supervisor_is_told_once_that_it_is_due_soon_once_that_it_is_and_of_a_late_shop_once(
    camera, lens, supervisor
):
    soon = serviced(camera, by=supervisor, what="Clean", days=175)
    begun(lens, by=supervisor, days=5)
    for _ in range(2):
        service_reminders.look()
    told = list(Notification.objects.filter(member=supervisor).order_by("pk").values_list("sentence", flat=True))
    assert [("due soon" in one, "expected back" in one) for one in told] == [(True, False), (False, True)]
    Service.objects.filter(pk=soon.pk).update(due_on=today() - timedelta(days=1))
    for _ in range(2):
        service_reminders.look()
    assert Notification.objects.filter(member=supervisor, sentence__contains="Clean is due (").count() == 1
