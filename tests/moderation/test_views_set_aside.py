"""What could not be read: on a page with its bytes and the reason, and never dangerous to look at."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Account
from members.models import LogEntry, Member
from moderation.bytes import dump, readable, visible
from moderation.models import SetAside

Browser = Callable[[Member], Client]

pytestmark = pytest.mark.sop("C.11")


def put_aside(account: Account, raw: bytes, reason: str = "The item is not JSON.") -> SetAside:
    return SetAside.objects.create(
        account=account, body=zlib.compress(raw), digest=hashlib.sha256(raw).digest(), size=len(raw), reason=reason
    )


@pytest.mark.parametrize(
    "position", ["commander", "commanding_officer", "supervisor", "officer", "other_officer", "specialist"]
)
def test_every_member_sees_what_was_set_aside_and_why(
    request: Any, browser_of: Browser, facebook: Account, position: str
) -> None:
    item = put_aside(facebook, b"<html>busy</html>")
    member = request.getfixturevalue(position)
    client = browser_of(member)
    assert "The item is not JSON." in client.get(reverse("set_aside")).content.decode()
    shown = client.get(reverse("set_aside_item", args=[item.pk])).content.decode()
    assert "&lt;html&gt;busy&lt;/html&gt;" in shown
    assert LogEntry.objects.get(verb="read", by=member).subject_id == str(item.pk)


def test_who_is_not_signed_in_is_asked_to(stranger: Client, facebook: Account) -> None:
    item = put_aside(facebook, b"x")
    addresses = [reverse("set_aside"), *(reverse(f"set_aside_{name}", args=[item.pk]) for name in ("item", "bytes"))]
    for address in addresses:
        assert stranger.get(address)["Location"].startswith(reverse("account_login"))


def test_the_list_is_filtered_by_account(browser_of: Browser, officer: Member, facebook: Account, x: Account) -> None:
    here, there = put_aside(facebook, b"1"), put_aside(x, b"2")
    client = browser_of(officer)
    assert client.get(reverse("set_aside")).context["page"].rows == [there, here]
    assert client.get(reverse("set_aside"), {"account": x.pk}).context["page"].rows == [there]
    assert client.get(reverse("set_aside"), {"account": "rubbish"}).context["page"].rows == [there, here]


def test_the_bytes_come_as_a_file_that_no_browser_opens(
    browser_of: Browser, officer: Member, facebook: Account
) -> None:
    raw = b"<script>alert(1)</script>\x00\xff"
    answer = browser_of(officer).get(reverse("set_aside_bytes", args=[put_aside(facebook, raw).pk]))
    assert answer.content == raw
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")


HOSTILE = [
    b"<script>alert(1)</script>",
    b'{"text": "<script>alert(1)</script>"}',
    b"\xff\xfe<script>alert(1)</script>",
    b"\x00" * 100,
    "\u202e\u2066<script>alert(1)</script>".encode(),
    b"[" * 200_000,
    b'{"a": "\\ud83d"}',
    b'{"n": 1e999999, "m": ' + b"9" * 5000 + b"}",
    b"",
    bytes(range(256)) * 50_000,
]


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_the_bytes_hold_the_page_is_whole_and_harmless(
    browser_of: Browser, officer: Member, facebook: Account, raw: bytes
) -> None:
    answer = browser_of(officer).get(reverse("set_aside_item", args=[put_aside(facebook, raw).pk]))
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "<script>alert" not in shown
    assert len(shown) < 200_000
    assert not set(shown) & set("\u202e\u2066\x00\ufffe")


def test_what_cannot_be_seen_is_spelled_out() -> None:
    assert visible("a\u202eb\u0000c\ud800") == "a‹U+202E›b‹U+0000›c‹U+D800›"
    assert visible("Señora 👍🏽 Kreyòl\n") == "Señora 👍🏽 Kreyòl\n"


def test_json_is_set_out_and_other_bytes_are_dumped() -> None:
    assert readable(b'{"a":[1]}') == '{\n  "a": [\n    1\n  ]\n}'
    assert readable(b"\xff\x00AB") == dump(b"\xff\x00AB")
    assert dump(b"\xff\x00AB").split() == ["00000000", "ff", "00", "41", "42", "..AB"]


def test_an_empty_list_says_why(browser_of: Browser, officer: Member) -> None:
    assert "Nothing is set aside." in browser_of(officer).get(reverse("set_aside")).content.decode()
