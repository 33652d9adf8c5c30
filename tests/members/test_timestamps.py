"""Each day's head is stamped by an authority outside, and a stamp that does not hold is named (RFC 3161)."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import timestamps
from members.models import Member
from members.proof import checks_of, standing_of
from members.timestamps import AGAIN, LATE, days, stamp_due, without_stamp
from members.verification import Verification
from smu.production import refuse_time_stamps_without_means
from tests.members.conftest import Trail

pytest.importorskip("rfc3161_client", reason="the extra `timestamps` is not installed")
if shutil.which("openssl") is None:
    pytest.skip("openssl, which plays the authority, is not here", allow_module_level=True)

pytestmark = pytest.mark.sop("F.I", "4.R")
Nine = tuple[Trail, list[int]]

_CONFIGURATION = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""


def openssl(*words: str, folder: Path) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="session")
def authority_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The keys and certificates of an authority: a root, and under it the one that stamps."""
    folder = tmp_path_factory.mktemp("authority")
    (folder / "serial").write_text("01\n")
    (folder / "openssl.cnf").write_text(_CONFIGURATION.format(folder=folder))
    (folder / "uses").write_text("extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n")
    new = ["-newkey", "rsa:2048", "-nodes", "-days", "2"]
    openssl("req", "-x509", *new, "-subj", "/CN=Root of Time", "-keyout", "root.key", "-out", "root.pem", folder=folder)
    openssl("req", *new[:3], "-subj", "/CN=Bayside Time", "-keyout", "tsa.key", "-out", "tsa.csr", folder=folder)
    signed = ["-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "2", "-extfile", "uses"]
    openssl("x509", "-req", "-in", "tsa.csr", *signed, "-out", "tsa.pem", folder=folder)
    return folder


class Authority:
    """A time stamping authority that answers over HTTP, by openssl; `answer` overrides what it says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked = 0
        self.answer: tuple[int, bytes] | None = None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.asked += 1
                query = self.rfile.read(int(self.headers["Content-Length"]))
                status, body = outer.answer or (200, outer.stamped(query))
                self.send_response(status)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def stamped(self, query: bytes) -> bytes:
        (self.folder / "query").write_bytes(query)
        openssl("ts", "-reply", "-config", "openssl.cnf", "-queryfile", "query", "-out", "reply", folder=self.folder)
        return (self.folder / "reply").read_bytes()


@pytest.fixture
def authority(authority_folder: Path, settings: Any) -> Iterator[Authority]:
    made = Authority(authority_folder)
    settings.TIMESTAMP_URL = made.url
    settings.TIMESTAMP_CERTIFICATES = str(authority_folder / "root.pem")
    timestamps._certificates.cache_clear()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_the_days_head_is_stamped_and_holds(trail_of_nine: Nine, authority: Authority, heads: Path) -> None:
    trail, rows = trail_of_nine
    assert stamp_due() == 1
    (day,) = days("trail")
    found = timestamps.check(day)
    assert found is not None
    assert found.authority == "CN=Bayside Time"
    assert abs(found.at - timezone.now()) < timedelta(minutes=1)
    verification = Verification(trail.ledger)
    assert (list(verification), verification.stamps) == ([], 1)
    assert "was there at" in checks_of(trail.ledger, rows[0])[-1].says
    assert checks_of(trail.ledger, rows[8])[-1].holds is None, "a later seal waits for the next day's"
    assert stamp_due() == 0, "once a day"


def test_anybody_checks_it_with_openssl_alone(trail_of_nine: Nine, authority: Authority, heads: Path) -> None:
    stamp_due()
    (day,) = days("trail")
    words = ["-data", str(day.head), "-in", str(day.stamp), "-CAfile", "root.pem", "-untrusted", "tsa.pem"]
    openssl("ts", "-verify", *words, folder=authority.folder)


def test_a_past_that_was_written_anew_does_not_have_the_stamp(
    trail_of_nine: Nine, authority: Authority, heads: Path
) -> None:
    trail, rows = trail_of_nine
    stamp_due()
    (day,) = days("trail")
    forged = day.head.read_text().split()
    forged[2] = "00" * 32
    day.head.write_text(" ".join(forged) + "\n")
    (heads / "trail.days").write_text(" ".join(forged) + "\n")  # a forger reaches the folder too
    kinds = [finding.kind for finding in Verification(trail.ledger)]
    assert "bad_stamp" in kinds
    assert any(check.holds is False for check in checks_of(trail.ledger, rows[0]))
    with pytest.raises(CommandError):
        call_command("verify_trail", "trail")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((503, b""), "The authority answered 503."),
        ((200, b"<html>"), "does not hold"),
        ((200, b"x" * 200_000), "did not end"),
        ((200, b""), "does not hold"),
    ],
)
def test_what_is_no_stamp_is_not_kept_but_said_and_asked_for_again(
    trail_of_nine: Nine, authority: Authority, heads: Path, commander: Member, answer: tuple[int, bytes], why: str
) -> None:
    trail, _ = trail_of_nine
    authority.answer = answer
    assert stamp_due() == 0
    (day,) = days("trail")
    assert not day.stamp.exists()
    assert why in day.why_not
    assert stamp_due() == 0
    assert authority.asked == 1, "not again at once"
    assert without_stamp(commander) is None, "nobody is told of a first try"
    later = timezone.now() + LATE + timedelta(minutes=1)
    assert why in standing_of(trail.ledger, later).unstamped
    authority.answer = None
    assert stamp_due(timezone.now() + AGAIN) == 1
    assert standing_of(trail.ledger, later).unstamped == ""


def test_a_stamp_of_another_authority_is_not_taken(
    trail_of_nine: Nine, authority: Authority, tmp_path: Path, settings: Any
) -> None:
    words = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Another"]
    openssl("req", "-x509", *words, "-keyout", "a.key", "-out", "a.pem", folder=tmp_path)
    settings.TIMESTAMP_CERTIFICATES = str(tmp_path / "a.pem")
    assert stamp_due() == 0
    assert "does not hold" in days("trail")[0].why_not


def test_an_answer_to_an_earlier_question_is_not_taken(trail_of_nine: Nine, authority: Authority, heads: Path) -> None:
    stamp_due()
    (day,) = days("trail")
    authority.answer = 200, day.stamp.read_bytes()
    day.stamp.unlink()
    assert stamp_due() == 0, "it bears another nonce"


def test_the_commander_is_told_at_home_and_on_the_trail(
    trail_of_nine: Nine,
    authority: Authority,
    commander: Member,
    browser_of: Callable[[Member], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    authority.answer = 503, b""
    stamp_due()
    monkeypatch.setattr(timestamps, "LATE", timedelta(seconds=-5))
    line = without_stamp(commander)
    assert line is not None
    assert (line.count, line.says) == (1, "The authority answered 503.")
    assert "No time stamp yet for the head of" in browser_of(commander).get(reverse("trail")).content.decode()


def test_without_an_authority_nothing_is_asked_for_or_missed(
    trail_of_nine: Nine, heads: Path, commander: Member
) -> None:
    trail, rows = trail_of_nine
    assert stamp_due() == 0
    assert without_stamp(commander) is None
    assert len(checks_of(trail.ledger, rows[0])) == 4


@pytest.mark.parametrize(
    ("url", "certificates", "says"),
    [
        ("ftp://time.example", "/etc/hosts", "http or https"),
        ("https://time.example", "", "TIMESTAMP_CERTIFICATES"),
        ("https://time.example", "/not/there", "TIMESTAMP_CERTIFICATES"),
    ],
)
def test_a_unit_does_not_start_with_half_of_what_stamps_need(url: str, certificates: str, says: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=says):
        refuse_time_stamps_without_means(url, certificates)


def test_nor_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smu.production.find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match="rfc3161-client is not installed"):
        refuse_time_stamps_without_means("https://time.example", __file__)
