"""Retained records: found, shown as the comment was, proved before one's eyes, each reading logged (4.R, F.I)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import LogEntry, Member
from members.sealing import seal
from moderation.models import Comment, RetainedAddition, RetainedRecord
from moderation.models.cases import Decision
from moderation.verification import records_ledger

Browser = Callable[[Member], Client]

pytestmark = pytest.mark.sop("4.R")

RAW = b'{"id": "77", "message": "I know where you park.", "from": {"id": "5", "name": "Rex M."}}'
HOSTILE = "</script><script>alert(1)</script> <img src=x onerror=alert(2)> \u202egnihtyna {{ 7 }}"


@pytest.fixture
def heads(tmp_path: Any, settings: Any) -> None:
    settings.HEADS_DIR = str(tmp_path)


@pytest.fixture
def retain(heads: None, make_comment: Callable[..., Comment], officer: Member) -> Callable[..., RetainedRecord]:
    """Hides a comment as a threat; gives its record."""

    def made(text: str = "I know where you park.", *, by: Member | None = None, **fields: Any) -> RetainedRecord:
        fields.setdefault("author", "Rex M.")
        comment = make_comment(text, **fields)
        comment.case.grade_as(Decision(level=8, key=f"key-{comment.pk}"), by=by or officer)
        return RetainedRecord.objects.get(comment=comment)

    return made


def page(client: Client, record: RetainedRecord) -> str:
    answer = client.get(reverse("record", args=[record.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "position", ["commander", "commanding_officer", "supervisor", "officer", "other_officer", "specialist"]
)
def test_every_member_reads_records_and_each_reading_is_logged(
    request: Any, browser_of: Browser, retain: Callable[..., RetainedRecord], position: str
) -> None:
    member, record = request.getfixturevalue(position), retain()
    client = browser_of(member)
    assert "I know where you park." in page(client, record)
    read = LogEntry.objects.get(verb="read")
    assert (read.by, read.subject_type, read.subject_id) == (member, "moderation.retainedrecord", str(record.pk))


@pytest.mark.sop("F.I")
def test_who_is_not_signed_in_reads_nothing(stranger: Client, retain: Callable[..., RetainedRecord]) -> None:
    record = retain()
    for name in ("record", "record_bytes", "record_document"):
        assert stranger.get(reverse(name, args=[record.pk]))["Location"].startswith(reverse("account_login"))
    assert stranger.get(reverse("records"))["Location"].startswith(reverse("account_login"))
    assert stranger.post(reverse("verify", args=[record.pk]))["Location"].startswith(reverse("account_login"))
    assert not LogEntry.objects.filter(subject_type="moderation.retainedrecord").exists()


def test_a_record_shows_words_poster_times_thread_clause_and_who(
    browser_of: Browser, supervisor: Member, retain: Callable[..., RetainedRecord], make_comment: Any
) -> None:
    above = make_comment("The comment it answers", author="Coach Ellis")
    record = retain(raw=RAW, parent_remote_id=above.remote_id)
    shown = page(browser_of(supervisor), record)
    for part in (
        "Rex M.",
        "poster-Rex M.",
        "Coach Ellis",
        "The comment it answers",
        "Coffee with a Cop",
        "Clause (a) of the Terms of Use, version 1",
        "graphic, obscene or explicit",
        "Daniel Diaz",
        record.digest.hex(),
        "&quot;message&quot;: &quot;I know where you park.&quot;",
    ):
        assert part in shown, part


def test_what_the_platform_did_not_say_is_said_so(
    browser_of: Browser, officer: Member, retain: Callable[..., RetainedRecord]
) -> None:
    assert "the platform did not say who wrote it" in page(browser_of(officer), retain(author=None))


def test_a_record_shows_the_document_and_not_what_stands_elsewhere_now(
    browser_of: Browser, officer: Member, retain: Callable[..., RetainedRecord]
) -> None:
    record = retain()
    record.comment.account.posts.update(text="The post was edited since")
    assert "The post was edited since" not in page(browser_of(officer), record)


def test_what_came_later_is_shown_or_why_it_cannot_be_had(
    browser_of: Browser, officer: Member, retain: Callable[..., RetainedRecord]
) -> None:
    record = retain()
    RetainedAddition.objects.create(record=record, kind="attachment", unavailable="The platform answered 404.")
    RetainedAddition.objects.create(
        record=record, kind="avatar", content=b"\x89PNG", digest=hashlib.sha256(b"\x89PNG").digest()
    )
    shown = page(browser_of(officer), record)
    assert "unavailable, because: The platform answered 404." in shown
    addition = record.additions.get(kind="avatar")
    answer = browser_of(officer).get(reverse("record_addition", args=[record.pk, addition.pk]))
    assert (answer.content, answer["Content-Type"]) == (b"\x89PNG", "application/octet-stream")


def test_an_untouched_record_verifies_before_ones_eyes(
    browser_of: Browser, officer: Member, retain: Callable[..., RetainedRecord]
) -> None:
    record, client = retain(), browser_of(officer)
    waiting = client.post(reverse("verify", args=[record.pk]))
    assert [check.holds for check in waiting.context["checks"]] == [True, True, True, None]
    seal(records_ledger())
    verified = client.post(reverse("verify", args=[record.pk]))
    assert [check.holds for check in verified.context["checks"]] == [True] * 7
    assert "Does not hold" not in verified.content.decode()
    assert LogEntry.objects.filter(verb="verify").count() == 2


def test_verify_answers_htmx_with_the_proof_alone(
    browser_of: Browser, officer: Member, retain: Callable[..., RetainedRecord]
) -> None:
    record = retain()
    answer = browser_of(officer).post(reverse("verify", args=[record.pk]), headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert 'id="verification"' in answer.content.decode()


@pytest.mark.parametrize(
    ("table", "statement", "says"),
    [
        ("moderation_retainedpayload", "document = document || ' '::bytea", "The document has the digest"),
        ("moderation_retainedrecord", "version = 2", "The entry is as seal 1 covers it."),
        ("members_seal", "digests = sha256(digests)", "Seal 1 is whole."),
    ],
)
def test_a_record_that_was_tampered_with_does_not_verify(
    transactional_db: None,
    browser_of: Browser,
    officer: Member,
    retain: Callable[..., RetainedRecord],
    owner_connection: psycopg.Connection,
    table: str,
    statement: str,
    says: str,
) -> None:
    record = retain()
    seal(records_ledger())
    owner_connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner_connection.execute(f"UPDATE {table} SET {statement}")
    answer = browser_of(officer).post(reverse("verify", args=[record.pk]))
    failed = [check.says for check in answer.context["checks"] if check.holds is False]
    assert any(sentence.startswith(says) for sentence in failed)
    assert "Does not hold" in answer.content.decode()


def test_the_document_comes_to_the_byte_so_that_anybody_can_check_its_digest(
    browser_of: Browser, officer: Member, retain: Callable[..., RetainedRecord]
) -> None:
    record = retain()
    answer = browser_of(officer).get(reverse("record_document", args=[record.pk]))
    assert hashlib.sha256(answer.content).digest() == bytes(record.digest)


def test_the_bytes_come_as_a_file_that_no_browser_opens(
    browser_of: Browser, officer: Member, retain: Callable[..., RetainedRecord]
) -> None:
    record = retain(raw=RAW)
    answer = browser_of(officer).get(reverse("record_bytes", args=[record.pk]))
    assert answer.content == RAW
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox"


def test_hostile_words_and_names_are_shown_as_text(
    browser_of: Browser, officer: Member, retain: Callable[..., RetainedRecord]
) -> None:
    record = retain(HOSTILE, author=HOSTILE, raw=HOSTILE.encode() + bytes([0, 0xFF]))
    client = browser_of(officer)
    for shown in (page(client, record), client.get(reverse("records")).content.decode()):
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
    assert "‹U+202E›" in page(client, record)


# --- the list ---


def found(client: Client, **asked: Any) -> set[int]:
    answer = client.get(reverse("records"), asked)
    assert answer.status_code == 200
    return {record.pk for record in answer.context["page"].rows}


def test_records_are_searched_by_account_clause_member_and_time(
    browser_of: Browser, officer: Member, other_officer: Member, retain: Callable[..., RetainedRecord]
) -> None:
    one = retain()
    other = retain(platform="x", by=other_officer)
    client, today = browser_of(officer), timezone.localdate()
    assert found(client) == {one.pk, other.pk}
    assert found(client, account=other.comment.account_id) == {other.pk}
    assert found(client, by=officer.pk) == {one.pk}
    assert found(client, clause="a") == {one.pk, other.pk}
    assert found(client, clause="b") == set()
    assert found(client, since=today) == {one.pk, other.pk}
    assert found(client, until=today - timedelta(days=1)) == set()


def test_records_are_searched_by_words_without_their_accents(
    browser_of: Browser, officer: Member, retain: Callable[..., RetainedRecord]
) -> None:
    record = retain("Sé dónde estacionas")
    retain("Something else")
    client = browser_of(officer)
    assert found(client, words="donde") == found(client, words="dónde") == {record.pk}
    assert found(client, words="' OR 1=1 --") == set()


@pytest.mark.parametrize("asked", [{"account": "x"}, {"by": "-1"}, {"clause": "z"}, {"since": "yesterday"}])
def test_a_question_that_makes_no_sense_is_said_to(
    browser_of: Browser, officer: Member, retain: Callable[..., RetainedRecord], asked: dict[str, str]
) -> None:
    retain()
    answer = browser_of(officer).get(reverse("records"), asked)
    assert answer.status_code == 422
    assert answer.context["page"].rows == []


def test_the_list_comes_as_a_spreadsheet_without_formulas(
    browser_of: Browser, officer: Member, retain: Callable[..., RetainedRecord]
) -> None:
    retain('=HYPERLINK("http://evil.example")')
    answer = browser_of(officer).get(reverse("records"), {"format": "csv"})
    assert "'=HYPERLINK" in b"".join(answer.streaming_content).decode()


@pytest.mark.sop("F.I")
def test_an_export_asks_for_a_fresh_second_factor_and_is_on_the_log(
    browser_of: Callable[..., Client], officer: Member, retain: Callable[..., RetainedRecord]
) -> None:
    retain("You animals.")
    asked = {"format": "csv"}
    stale = browser_of(officer, fresh=False)
    record = RetainedRecord.objects.get()
    for led in (
        stale.get(reverse("records"), asked),
        stale.get(reverse("record_document", args=[record.pk])),
        stale.get(reverse("record_bytes", args=[record.pk])),
    ):
        assert led.status_code == 302
        assert led["Location"].startswith(reverse("mfa_reauthenticate"))
    assert not LogEntry.objects.filter(verb__in=["export", "download"]).exists()
    assert browser_of(officer).get(reverse("records"), asked).status_code == 200
    assert LogEntry.objects.get(verb="export").by == officer


def test_an_empty_list_says_why(browser_of: Browser, officer: Member) -> None:
    assert "A record is made by itself" in browser_of(officer).get(reverse("records")).content.decode()
