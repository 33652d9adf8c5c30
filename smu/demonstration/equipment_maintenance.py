"""The maintenance of the demonstration's unit: done with its bill, one at a shop that is late, a service overdue."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from reportlab.pdfgen.canvas import Canvas

from equipment import maintenance, recurring
from equipment.maintenance import Begun, Finished
from equipment.models import Item, Service, Work
from equipment.recurring import Rhythm
from members.kept_files import keep
from members.models import Member

BY, HAND = "acole", "ddiaz"  # user names of members.json: the Supervisor, an officer


def load_maintenance() -> None:
    """By the Supervisor's own verbs; where the log holds anything it is left alone."""
    members = {one.username: one for one in Member.objects.serving().filter(username__in=[BY, HAND])}
    items = {one.name: one for one in Item.objects.all()}
    named = {"Editing laptop", "Field camera 1", "Drone", "Archive drive", "Tripod"}
    if len(members) < 2 or Work.objects.exists() or not named <= set(items):
        return
    by, hand = members[BY], members[HAND]
    _services(items, by=by, hand=hand)
    _done(items, by=by, hand=hand)
    at_shop = Begun(
        "The gimbal drifts to the left after two minutes in the air.",
        _day(12),
        shop="Bay Electronics",
        ticket="RMA 40-2291",
        out_on=_day(11),
        expected_on=_day(2),
    )
    maintenance.open_work(items["Drone"], at_shop, by=by)
    loose = Begun("One leg lock slips; it still stands on a floor.", _day(3), hand=hand)
    maintenance.open_work(items["Tripod"], loose, by=by)


def _day(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def _services(items: dict[str, Item], *, by: Member, hand: Member) -> None:
    recurring.set_service(items["Field camera 1"], "Clean the sensor", Rhythm(6), last_on=_day(240), by=by)
    recurring.set_service(items["Archive drive"], "Compare the copies", Rhythm(3), last_on=_day(104), by=by)
    recurring.read_hours(items["Drone"], Decimal("31.5"), by=hand)
    rotors = Rhythm(hours=Decimal(25))
    recurring.set_service(items["Drone"], "Change the rotors", rotors, last_on=_day(90), by=by)
    recurring.read_hours(items["Drone"], Decimal("55.0"), by=hand)


def _done(items: dict[str, Item], *, by: Member, hand: Member) -> None:
    swollen = Begun("The battery is swollen.", _day(210), shop="City IT", out_on=_day(210))
    renewed = Finished(
        "Battery renewed.", _day(203), parts="Battery A2519", cost=Decimal("249.00"), cost_for="Bill 7731"
    )
    work = maintenance.note_work(items["Editing laptop"], swollen, renewed, by=by)
    maintenance.add_files(work, keep([_bill()], maintenance.TYPES), by=by)
    sensor = Service.objects.get(item=items["Field camera 1"])
    dusty = Begun("Spots at the upper edge of each picture.", _day(58), hand=hand, service=sensor)
    cleaned = Finished("Sensor cleaned with two swabs.", _day(58), parts="2 swabs", cost=Decimal("14.90"))
    maintenance.note_work(items["Field camera 1"], dusty, cleaned, by=by)
    stuck = Begun("The mode dial is stuck.", _day(130), shop="Gulf Camera", out_on=_day(130))
    dial = Finished("Dial replaced by the maker.", _day(119), under_warranty=True)
    maintenance.note_work(items["Field camera 1"], stuck, dial, by=by)


def _bill() -> SimpleUploadedFile:
    """As the shop would have printed it."""
    drawn = io.BytesIO()
    page = Canvas(drawn)
    said = ["City IT", "Bill 7731", f"{_day(203):%B %d, %Y}", "", "Battery A2519, fitted: $249.00"]
    for row, line in enumerate(said):
        page.drawString(72, 760 - 18 * row, line)
    page.save()
    return SimpleUploadedFile("bill-7731.pdf", drawn.getvalue())
