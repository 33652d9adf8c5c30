"""The pages of threats: the red line, the list, the page with its decision, the link in an alert, the package."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import zipfile

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from members.delivering import Line
from members.models import LogEntry, Member, Notification
from members.sealing import ledgers, seal
from members.transferring import transfer
from moderation import threats
from moderation.alerting import way_in
from moderation.models import Threat, ThreatDecision
from tests.moderation.acts import case_of, grade

pytestmark = pytest.mark.sop("4.L8")


@pytest.fixture(autouse=True)
def fresh_counters(db):
    """No limit of another test's tries."""
    cache.clear()


@pytest.fixture
def threat(make_comment, officer, supervisor):
    """One that was just raised, and told to the supervisor."""
    grade(make_comment("I will find you", author="Brutus Bellows"), 8, officer)
    return Threat.objects.get()


@pytest.fixture
def link(threat):
    """The path in the supervisor's alert, as it leaves the product."""
    return way_in(Notification.objects.get(kind="threat"))


def page(client, threat):
    return client.get(threat.get_absolute_url())


# --- the link in an alert (ruling 15) ---


def test_the_link_stands_in_the_message_alone_and_in_no_list_or_row(link, threat, supervisor, browser_of):
    told = Notification.objects.get(kind="threat")
    assert told.path == threat.get_absolute_url()
    assert Line(told).link.endswith(link)
    assert "/threats/acknowledge/" not in browser_of(supervisor).get(reverse("notifications")).content.decode()
    Notification.objects.filter(pk=told.pk).update(kind="reviews")
    assert way_in(Notification.objects.get(pk=told.pk)) == ""


def test_a_mail_scanner_that_follows_the_link_acknowledges_nothing(link, threat):
    for method in (Client().get, Client().head):
        assert method(link).status_code == 200
    threat.refresh_from_db()
    assert threat.state == "raised"


def test_the_button_behind_the_link_acknowledges_without_signing_in_and_opens_nothing_else(link, threat, supervisor):
    phone = Client()
    answer = phone.post(link)
    threat.refresh_from_db()
    assert (threat.state, threat.acknowledged_by, threat.by_link) == ("acknowledged", supervisor, True)
    assert "Sign in to decide" in answer.text
    assert not threat.decisions.exists()
    assert phone.get(threat.get_absolute_url()).status_code == 302
    assert phone.get("/").status_code == 302


def test_the_page_behind_the_link_shows_no_message_and_no_poster(link):
    for answer in (Client().get(link), Client().post(link), Client().get(link)):
        assert "find you" not in answer.text
        assert "Brutus" not in answer.text
        assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]


def test_a_link_used_twice_says_who_has_it(link, threat):
    Client().post(link)
    again = Client().post(link)
    assert again.status_code == 409
    assert "Amara Cole acknowledged" in again.text


def test_a_link_is_dead_when_its_member_has_left(link, threat, supervisor, commanding_officer, commander):
    transfer(supervisor, by=commander, reason="To the Academy.")
    assert Client().get(link).status_code == 404
    assert Client().post(link).status_code == 404
    assert Threat.objects.get().state == "raised"


def test_a_link_of_one_who_decides_on_threats_no_more_acknowledges_nothing(link, supervisor):
    Member.objects.filter(pk=supervisor.pk).update(position="officer")
    assert Client().post(link).status_code == 409
    assert Threat.objects.get().state == "raised"


def test_a_link_runs_out(link, settings):
    settings.THREAT_LINK_HOURS = -1
    assert Client().post(link).status_code == 404


@pytest.mark.parametrize("token", ["x", "WzEsMV0:1abcde:forged", "%00", "a" * 3000])
def test_a_forged_link_opens_nothing(threat, token):
    assert Client().post(f"/threats/acknowledge/{token}/").status_code == 404


def test_links_are_limited_by_where_they_come_from(link, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "threat_link": "2/m/ip"}
    answers = [Client().post("/threats/acknowledge/forged/").status_code for _ in range(3)]
    assert answers == [404, 404, 429]


def test_who_is_signed_in_is_led_from_the_link_to_the_threat(link, threat, supervisor, browser_of):
    assert browser_of(supervisor).get(link).headers["Location"] == threat.get_absolute_url()


# --- the red line ---


def test_the_red_line_stands_on_every_page_of_who_decides_until_acknowledged(threat, supervisor, officer, browser_of):
    above, other = browser_of(supervisor), browser_of(officer)
    for address in ("/", "/comments/", "/records/"):
        assert f"Threat {threat.pk}</strong> is not acknowledged" in above.get(address).text
        assert "not acknowledged:" not in other.get(address).text
    threats.acknowledge(threat, by=supervisor)
    assert 'role="alert" data-threats' not in above.get("/").text


def test_the_red_line_costs_one_query_and_an_officer_none(
    threat, supervisor, officer, browser_of, django_assert_num_queries
):
    from moderation.alerting import RedLine

    with django_assert_num_queries(1):
        assert RedLine(supervisor).threats
    with django_assert_num_queries(1):  # what was handed to him
        assert not RedLine(officer).threats


def test_acknowledging_from_the_red_line_leaves_the_page_as_it_is(threat, supervisor, browser_of):
    answer = browser_of(supervisor).post(f"/threats/{threat.pk}/acknowledge/", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "You acknowledged threat" in answer.text
    assert "<html" not in answer.text


def test_the_line_is_fetched_anew_by_an_open_page(threat, supervisor, officer, browser_of):
    assert "not acknowledged" in browser_of(supervisor).get("/threats/line/").text
    assert browser_of(officer).get("/threats/line/").text == ""


# --- the list and the page ---


def test_the_list_shows_open_ones_first_and_says_why_it_is_empty(make_comment, officer, supervisor, browser_of):
    client = browser_of(supervisor)
    assert "No threat fits" in client.get("/threats/").text
    for _ in range(2):
        grade(make_comment(), 8, officer)
    first, second = Threat.objects.order_by("pk")
    threats.decide(
        second, threats.Choice(key="k", kinds=frozenset({"no_further_action"}), reason="A song."), by=supervisor
    )
    shown = client.get("/threats/").text
    assert shown.index(f"/threats/{first.pk}/") < shown.index(f"/threats/{second.pk}/")
    assert f"/threats/{first.pk}/" not in client.get("/threats/?state=decided").text.split("page-head")[1]


def test_the_list_comes_as_csv(threat, supervisor, browser_of):
    rows = list(
        csv.reader(io.StringIO(b"".join(browser_of(supervisor).get("/threats/?format=csv")).decode("utf-8-sig")))
    )
    assert rows[1][:2] == [str(threat.pk), "not acknowledged"]


def test_the_page_shows_what_was_written_who_was_told_and_what_was_retained(threat, supervisor, browser_of):
    shown = page(browser_of(supervisor), threat).text
    for words in ("I will find you", "Brutus Bellows", "Amara Cole", "Record ", "not sealed yet", "e-mail"):
        assert words in shown


def test_a_supervisor_decides_on_the_page(threat, supervisor, browser_of):
    client = browser_of(supervisor)
    sent = {
        "kinds": ["refer"],
        "case_number": "MPD-1",
        "referred_to": "Homicide",
        "key": page(client, threat).context["shown"].key,
    }
    answer = client.post(f"/threats/{threat.pk}/decide/", sent, follow=True)
    assert "MPD-1" in answer.text
    assert Threat.objects.get().state == "decided"


def test_a_refused_decision_keeps_what_was_typed(threat, supervisor, browser_of):
    client = browser_of(supervisor)
    sent = {
        "kinds": ["refer", "preserve"],
        "referred_to": "Homicide",
        "reason": "<b>typed</b>",
        "address": "at the platform",
    }
    answer = client.post(f"/threats/{threat.pk}/decide/", sent | {"key": page(client, threat).context["shown"].key})
    assert answer.status_code == 422
    for kept in ("needs its case number", "Homicide", "&lt;b&gt;typed", 'value="refer" checked'):
        assert kept in answer.text


def test_an_officer_sees_the_page_and_decides_nothing(threat, officer, browser_of):
    client = browser_of(officer)
    shown = page(client, threat)
    assert shown.status_code == 200
    assert "Evidence package" not in shown.text
    sent = {"kinds": ["no_further_action"], "reason": "x", "key": "4f8f2b9e-4d29-4b66-8f0e-2a3f8c1f0f0a"}
    assert client.post(f"/threats/{threat.pk}/decide/", sent).status_code == 403
    assert client.get(f"/threats/{threat.pk}/evidence/").status_code == 403


def test_the_second_to_acknowledge_on_the_page_gets_a_409_that_says_who_was_first(
    threat, supervisor, commander, browser_of
):
    client = browser_of(commander)
    assert page(client, threat).status_code == 200
    threats.acknowledge(threat, by=supervisor)
    answer = client.post(f"/threats/{threat.pk}/acknowledge/")
    assert answer.status_code == 409
    assert "Amara Cole acted first" in answer.text


def test_a_slip_taken_back_is_said_on_the_page(threat, officer, supervisor, browser_of):
    case_of(threat.comment).undo(by=officer)
    shown = page(browser_of(supervisor), threat).text
    assert "The grade was taken back by Daniel Diaz" in shown
    assert "Warn the poster" not in shown


def test_the_clause_is_changed_on_the_page(threat, supervisor, browser_of, terms):
    client, other = browser_of(supervisor), terms.clauses.get(letter="e")
    client.post(
        f"/threats/{threat.pk}/clause/",
        {"clause": other.pk, "reason": "It names a victim.", "key": page(client, threat).context["shown"].key},
    )
    threat.refresh_from_db()
    assert threat.grade.clause == other


def test_the_letter_to_the_platform_names_ids_and_time(threat, supervisor, browser_of):
    made = threats.decide(
        threat,
        threats.Choice(key="k", kinds=frozenset({"preserve"}), address="records@platform.example"),
        by=supervisor,
    )[0]
    shown = browser_of(supervisor).get(f"/threats/preservation/{made.pk}/").text
    for words in ("records@platform.example", threat.comment.remote_id, "poster-Brutus Bellows", "2703(f)"):
        assert words in shown
    assert ThreatDecision.objects.count() == 1


def test_the_desk_says_after_the_one_key_what_was_done_and_who_was_told(make_comment, officer, supervisor, browser_of):
    comment = make_comment()
    client = browser_of(officer)
    sent = {"level": 8, "key": "4f8f2b9e-4d29-4b66-8f0e-2a3f8c1f0f0b", "version": 1}
    shown = client.post(f"/comments/{comment.pk}/grade/", sent, headers={"HX-Request": "true"}).text
    for words in ("being hidden", "Told: Amara Cole", "Undo"):
        assert words in shown


def test_home_counts_the_threats_not_yet_decided(threat, supervisor, browser_of):
    shown = browser_of(supervisor).get("/").text
    assert "Threats not yet decided" in shown
    assert threat.get_absolute_url() in shown


# --- the evidence package ---


def unpacked(client, threat):
    answer = client.get(f"/threats/{threat.pk}/evidence/")
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.fixture
def sealed(threat, settings, tmp_path):
    """With everything sealed, the heads in a folder of its own."""
    settings.HEADS_DIR = str(tmp_path / "heads")
    for ledger in ledgers():
        while seal(ledger):
            pass
    return threat


def test_the_package_is_checked_with_a_strangers_tools(sealed, supervisor, browser_of, tmp_path):
    archive = unpacked(browser_of(supervisor), sealed)
    assert archive.testzip() is None
    archive.extractall(tmp_path / "package")
    folder = tmp_path / "package" / f"threat-{sealed.pk}"
    done = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    listed = {line.split("  ", 1)[1] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert listed | {"SHA256SUMS"} == there


def test_the_packages_proof_leads_from_the_document_to_the_head_of_the_chain(sealed, supervisor, browser_of):
    archive = unpacked(browser_of(supervisor), sealed)

    def content(name):
        return archive.read(f"threat-{sealed.pk}/{name}")

    proof = json.loads(content("proof/proof.json"))
    record = sealed.comment.records.get()
    row = next(one for one in proof["rows"] if one["file"] == f"proof/records-{record.pk}.json")
    document = hashlib.sha256(content(f"records/{record.pk}/document.json")).hexdigest()
    assert json.loads(content(row["file"]))["digest"] == document
    assert hashlib.sha256(content(row["file"])).hexdigest() == row["sha256"]
    sealing = content(row["seal"]["file"])
    assert hashlib.sha256(sealing).hexdigest() == row["seal"]["sha256"]
    at = row["seal"]["position"] - 1
    assert json.loads(sealing[32:])["digests"][64 * at :][:64] == row["sha256"]
    assert proof["heads"]["records"]["head"]["sha256"] == row["seal"]["sha256"]


def test_the_package_holds_bytes_thread_poster_and_decisions(sealed, supervisor, browser_of):
    threats.decide(
        sealed,
        threats.Choice(key="k", kinds=frozenset({"refer"}), case_number="MPD-7", referred_to="Homicide"),
        by=supervisor,
    )
    archive = unpacked(browser_of(supervisor), sealed)
    root = f"threat-{sealed.pk}/"
    assert archive.read(f"{root}as-received.bin") == sealed.comment.item.raw
    about = json.loads(archive.read(f"{root}threat.json"))
    assert about["decisions"][0]["case_number"] == "MPD-7"
    assert about["alerts"][0]["member"]["name"] == "Amara Cole"
    assert json.loads(archive.read(f"{root}poster.json"))["name"] == "Brutus Bellows"
    assert json.loads(archive.read(f"{root}comment.json"))["author"]["id"] == "poster-Brutus Bellows"
    assert "verify_records" in archive.read(f"{root}README.txt").decode()


def test_hostile_names_become_no_path_and_no_markup(make_comment, officer, supervisor, browser_of):
    evil = "../../etc/passwd<script>alert(1)</script>\u202egnp.exe"
    comment = make_comment(
        evil,
        author=evil,
        attachments=[{"url": "https://cdn.example/../../x", "name": "..\\..\\x"}],
        raw=b"\x00\xff\x00" * 50,
    )
    grade(comment, 8, officer)
    archive = unpacked(browser_of(supervisor), Threat.objects.get())
    for name in archive.namelist():
        assert name.startswith("threat-")
        assert ".." not in name
        assert "\\" not in name
        assert name.isascii()
    root = archive.namelist()[0].split("/")[0]
    assert b"<script>" not in archive.read(f"{root}/threat.html")
    assert archive.read(f"{root}/as-received.bin") == b"\x00\xff\x00" * 50
    assert "unavailable" in archive.read(f"{root}/records/{comment.records.get().pk}/additions.json").decode()


def test_a_comment_of_ten_megabytes_from_right_to_left_is_packed(make_comment, officer, supervisor, browser_of):
    words = "שלום " * 1_200_000
    grade(make_comment(words, raw=words.encode()), 8, officer)
    archive = unpacked(browser_of(supervisor), Threat.objects.get())
    root = archive.namelist()[0].split("/")[0]
    assert json.loads(archive.read(f"{root}/comment.json"))["text"] == words


def test_who_took_a_package_is_on_the_sealed_log(sealed, supervisor, browser_of):
    unpacked(browser_of(supervisor), sealed)
    taken = LogEntry.objects.filter(by=supervisor, verb="export").values_list("subject_type", "subject_id")
    assert ("moderation.threat", str(sealed.pk)) in taken
    assert ("moderation.retainedrecord", str(sealed.comment.records.get().pk)) in taken


def test_a_package_needs_a_fresh_second_factor(threat, supervisor, browser_of):
    answer = browser_of(supervisor, fresh=False).get(f"/threats/{threat.pk}/evidence/")
    assert answer.status_code == 302
    assert not LogEntry.objects.filter(verb="export").exists()
