"""Maintenance by the product's own verbs, for tests of other rooms."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from equipment import maintenance, recurring
from equipment.maintenance import Begun, Finished
from equipment.models import Item, Modification, ModificationDecision, Service, Work
from equipment.recurring import Rhythm
from members.kept_files import Kept
from members.models import Member
from tests.equipment import acts


def decided(item: Item, asker: Member, *, by: Member, approves: bool = True) -> Modification:
    """Asked for and decided; where it is approved, the warranty ends by it."""
    asked = Modification.objects.create(item=item, what="Drill", against="Page 8", why="It slips", asked_by=asker)
    said = {"approves": approves, "voids": approves, "reason": "No other way."}
    ModificationDecision.objects.create(modification=asked, by=by, **said)
    state = Modification.State.APPROVED if approves else Modification.State.DECLINED
    Modification.objects.filter(pk=asked.pk).update(state=state)
    return Modification.objects.get(pk=asked.pk)


def begun(item: Item, *, by: Member, words: str = "The sensor is dusty", days: int = 3) -> Work:
    """Out of service for some days, at a shop."""
    since = timezone.localdate() - timedelta(days=days)
    given = Begun(words, since, shop=words[:120], ticket=words[:60], out_on=since, expected_on=since)
    return maintenance.open_work(item, given, by=by)


def done(item: Item, *, by: Member, words: str = "Cleaned") -> Work:
    """Begun, finished today, with its cost and its bill."""
    work = begun(item, by=by, words=words)
    given = Finished(words, timezone.localdate(), parts=words, cost=Decimal("80.50"), cost_for=words)
    maintenance.finish_work(work, given, by=by)
    maintenance.add_files(work, [Kept("a" * 64, words[:80], "application/pdf", 9)], by=by)
    return work


def serviced(item: Item, *, by: Member, what: str = "Clean the sensor", months: int = 6, days: int = 0) -> Service:
    """Every so many months, last done so many days ago."""
    last = timezone.localdate() - timedelta(days=days)
    return recurring.set_service(item, what[:200], Rhythm(months=months), last_on=last, by=by)


def maintenance_world(supervisor: Member) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """For the table of addresses: keys of things, those of single addresses, and what is typed there."""
    thing = acts.item("Worked camera", by=supervisor)
    of_thing = {"item_id": thing.pk}
    service = serviced(thing, by=supervisor)
    work = begun(thing, by=supervisor)
    of_route: dict[str, Any] = dict.fromkeys(
        ("begin_work", "note_work", "item_log", "set_service", "read_hours"), of_thing
    )
    of_route |= {"act_on_work": {"work_id": work.pk, "verb": "entry"}, "end_service": {"service_id": service.pk}}
    today = timezone.localdate().isoformat()
    typed = {
        "begin_work": {"found": "Dust", "found_on": today, "key": "d" * 32},
        "note_work": {
            "found": "Dust",
            "found_on": today,
            "done": "Wiped",
            "done_on": today,
            "shop": "C",
            "key": "e" * 32,
        },
        "act_on_work": {"text": "Bill", "amount": "12.00", "key": "f" * 32},
        "set_service": {"what": "Clean it", "every_months": "6", "last_on": today},
        "read_hours": {"hours": "4"},
    }
    return {"work_id": work.pk}, of_route, typed


def maintenance_pages(by: Member, *, words: str) -> None:
    """An entry that is open and one that is done, and what comes again, with `words` wherever somebody writes."""
    item = acts.item(words[:80], by=by)
    done(item, by=by, words=words)
    serviced(item, by=by, what=words, days=400)
    begun(item, by=by, words=words)


def pages() -> dict[str, str]:
    """Those of the newest entry, which is open, and of the one before it."""
    open_one, done_one = Work.objects.order_by("-pk")[:2]
    return {"maintenance that is open": open_one.get_absolute_url(), "that is done": done_one.get_absolute_url()}
