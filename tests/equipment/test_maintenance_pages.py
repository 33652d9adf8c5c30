"""The maintenance log as pages, files and print; what waits at home (3.5)."""

import csv
import io
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from equipment import inventory, maintenance, maintenance_sheet
from equipment.maintenance_waiting import late, not_begun, service_due
from equipment.models import Service, Work
from tests.equipment.worked import begun, decided, done, serviced

pytestmark = [pytest.mark.django_db, pytest.mark.sop("3.5")]
LOG = "/equipment/maintenance/"


def today():
    return timezone.localdate()


def shown(client, **asked):
    answer = client.get(LOG, asked)
    return [row.number for row in answer.context["rows"]]


def test_the_log_is_narrowed_by_words_days_and_state_and_says_what_is_no_day(camera, lens, supervisor, browser_of):
    client = browser_of(supervisor)
    finished, opened = done(camera, by=supervisor), begun(lens, by=supervisor)
    wrong = begun(camera, by=supervisor)
    maintenance.drop_work(wrong, reason="The other one.", by=supervisor)
    assert shown(client) == [opened.pk, finished.pk]
    assert shown(client, q=lens.tag) == shown(client, which="open") == shown(client, which="out") == [opened.pk]
    assert shown(client, which="late") == [opened.pk]
    assert shown(client, which="dropped") == [wrong.pk]
    assert shown(client, which="outside") == shown(client, which="warranty") == shown(client, q="nothing so") == []
    assert shown(client, since=(today() - timedelta(days=1)).isoformat()) == []
    assert shown(client, until=today().isoformat()) == [opened.pk, finished.pk]
    answer = client.get(LOG, {"since": "the other day"})
    assert (answer.status_code, answer.context["rows"]) == (422, [])


def test_the_log_is_a_file_and_a_print(camera, supervisor, officer, browser_of):
    inventory.change_item(camera, by=supervisor, reason="As it is called.", name="=2+2 <b>")
    work = done(camera, by=supervisor, words="Cleaned & <b>oiled\n" * 40)
    client = browser_of(officer)
    rows = list(csv.reader(io.StringIO(b"".join(client.get(LOG, {"format": "csv"})).decode("utf-8-sig"))))
    [row] = rows[1:]
    assert (row[0], row[1], row[9], row[15]) == (str(work.pk), camera.tag, "80.50", "done")
    assert row[2].startswith("'=")
    for address in (f"{LOG}?format=pdf", reverse("item_log", args=[camera.pk])):
        answer = client.get(address)
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")


def test_the_widest_words_fit_the_print(make_item, supervisor):
    for words in ("W" * 4000, "a\n" * 2000):
        done(make_item("W" * 120, maker="W" * 80), by=supervisor, words=words)
    assert maintenance_sheet.log(Work.objects.all(), narrowed="").startswith(b"%PDF-")


def test_from_a_tag_to_the_entry_that_is_done_with_its_cost_and_files(camera, supervisor, browser_of):
    client = browser_of(supervisor)
    answer = client.get(reverse("find_thing"), {"q": camera.tag.lower()})
    assert answer["Location"] == reverse("begin_work", args=[camera.pk])
    assert client.get(reverse("find_thing"), {"q": "\x00"}).status_code == 200
    typed = {"found": "Dust", "found_on": today().isoformat(), "out_on": today().isoformat(), "key": str(uuid4())}
    for _ in range(2):
        client.post(answer["Location"], typed)
    work = Work.objects.get()
    act = f"{LOG}{work.pk}/"
    bad = client.post(
        f"{act}finish/", {"done": "Wiped", "done_on": today().isoformat(), "cost": "1.299,00", "after": "x"}
    )
    assert bad.status_code == 422
    assert {"cost", "after"} <= set(bad.context["forms"]["finish"].errors)
    bad = client.post(f"{act}finish/", {"done": "Wiped", "done_on": today().isoformat(), "after": "serviceable"})
    assert (bad.status_code, "Wiped" in bad.content.decode()) == (422, True)
    good = {"done": "Wiped", "done_on": today().isoformat(), "cost": "$1,299.00", "after": "serviceable", "shop": "C"}
    assert client.post(f"{act}finish/", good)["Location"] == act
    assert client.post(f"{act}finish/", good).status_code == 409
    assert maintenance.cost_of(camera) == Decimal("1299.00")
    assert client.post(f"{act}entry/", {"text": "Given back", "amount": "-20", "key": str(uuid4())}).status_code == 302
    script = SimpleUploadedFile("bill.pdf", b"#!/bin/sh\n")
    assert client.post(f"{act}files/", {"attached": script}).status_code == 422
    client.post(f"{act}files/", {"attached": SimpleUploadedFile("bill.pdf", b"%PDF-1.7\n")})
    page = client.get(act).content.decode()
    assert "bill.pdf" in page
    assert "$1,279.00" in page
    assert "<dt>Maintenance</dt><dd>$1,279.00</dd>" in client.get(camera.get_absolute_url()).content.decode()


def test_what_is_over_already_is_entered_in_one(camera, supervisor, browser_of):
    service = serviced(camera, by=supervisor, days=400)
    day = today().isoformat()
    typed = {"found": "Time", "found_on": day, "done": "Cleaned", "done_on": day, "hand": supervisor.pk}
    typed |= {"service": service.pk, "key": str(uuid4())}
    client = browser_of(supervisor)
    page = client.get(reverse("note_work", args=[camera.pk]), {"service": service.pk})
    assert f'<option value="{service.pk}" selected>' in page.content.decode()
    assert client.post(reverse("note_work", args=[camera.pk]), typed).status_code == 302
    service.refresh_from_db()
    assert (service.last_on, Work.objects.get().state) == (today(), "done")


def test_who_does_not_keep_the_log_reads_it_and_changes_nothing(camera, supervisor, officer, browser_of):
    work = begun(camera, by=supervisor)
    client = browser_of(officer)
    assert "Enter as done" not in client.get(work.get_absolute_url()).content.decode()
    for verb in ("finish", "drop", "change", "entry", "files"):
        assert client.post(f"{LOG}{work.pk}/{verb}/", {}).status_code == 403
    assert client.get(reverse("begin_work", args=[camera.pk])).status_code == 403


def test_services_are_set_ended_and_listed_with_what_is_due_first(camera, lens, supervisor, browser_of):
    client = browser_of(supervisor)
    soon, due = serviced(camera, by=supervisor), serviced(lens, by=supervisor, days=300)
    page = client.get(reverse("services"))
    assert [one.pk for one, _ in page.context["rows"]] == [due.pk, soon.pk]
    assert [one.pk for one, _ in client.get(reverse("services"), {"due": 1}).context["rows"]] == [due.pk]
    assert client.post(reverse("set_service", args=[camera.pk]), {"what": "Oil", "last_on": today()}).status_code == 422
    assert client.post(reverse("end_service", args=[due.pk])).status_code == 302
    assert client.post(reverse("end_service", args=[due.pk])).status_code == 409
    assert Service.objects.filter(ended_at=None).get() == soon


def test_at_home_stands_what_is_due_what_is_late_and_what_nobody_sees_to(camera, lens, supervisor):
    assert [line(supervisor) for line in (service_due, late, not_begun)] == [None] * 3
    serviced(camera, by=supervisor, days=300)
    inventory.mark(lens, "needs_attention", by=supervisor, reason="It grinds.")
    assert (service_due(supervisor).count, not_begun(supervisor).count) == (1, 1)
    begun(lens, by=supervisor)
    assert (late(supervisor).count, not_begun(supervisor)) == (1, None)


@pytest.mark.sop("3.6")
def test_what_was_done_outside_the_instructions_leads_to_its_decision(camera, officer, supervisor, browser_of):
    approved = decided(camera, officer, by=supervisor)
    work = begun(camera, by=supervisor)
    client, day = browser_of(supervisor), today().isoformat()
    typed = {"done": "Drilled", "done_on": day, "after": "serviceable", "shop": "C", "outside": "on"}
    refused = client.post(f"{LOG}{work.pk}/finish/", typed)
    assert (refused.status_code, list(refused.context["forms"]["finish"].errors)) == (422, ["modification"])
    client.post(f"{LOG}{work.pk}/finish/", typed | {"modification": approved.pk})
    assert approved.get_absolute_url() in client.get(work.get_absolute_url()).content.decode()
    assert shown(client, which="outside") == [work.pk]
