"""What a password must be: long, nothing that is tried first, nothing that others know of the member."""

from __future__ import annotations

import hashlib
import io
import random
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from members.models import Member
from members.models.agency import Agency
from members.passwords import holds
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def refusal(password: str, member: Member | None = None) -> str:
    """What is said against the password; "" when nothing is."""
    try:
        validate_password(password, member)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "correct horse battery staple",
        "löwenzahn blüht im hinterhof",
        "горизонт кастрюля медведь мыло",
        "🦆🚲🧦🪴🛶🥨🎻🧲🪁🦔🥁🧃🛎️🪗🧦🍋",
        "  spaces at both ends count  ",
        "x7Kq9-mTz2Lw_84bN+eYc1R",
        "a" + "lantern puddle violin cactus " * 8 + "bridge",
    ],
)
def test_any_characters_will_do_when_they_are_many_and_not_guessed(password: str) -> None:
    assert refusal(password) == ""


@pytest.mark.parametrize(("password", "count"), [("fourteen chars", "14 characters"), ("x", "1 character:")])
def test_fewer_than_fifteen_characters_are_refused_with_their_count(password: str, count: str) -> None:
    assert count in refusal(password)
    assert "at least 15" in refusal(password)


def test_256_characters_are_taken_and_257_are_not() -> None:
    some = random.Random(3)
    words = "".join(some.choice("abcdefghijklmnopqrstuvwxyz ") for _ in range(257))
    assert refusal(words[:256]) == ""
    assert "at most 256" in refusal(words)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("passwordpassword", "repeats itself"),
        ("Password1234567!", "tried first"),
        ("qwertyuiopasdfghjkl", "tried first"),
        ("abcdefghijklmnopqrstuvwxyz", "order of the alphabet"),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "repeats itself"),
        ("P@ssw0rdP@ssw0rd!", "repeats itself"),
    ],
)
def test_what_attackers_try_first_is_refused_and_the_sentence_says_why_and_what_to_do(password: str, why: str) -> None:
    said = refusal(password)
    assert why in said
    assert "four or five words" in said


@pytest.mark.parametrize(
    "password",
    [
        "Daniel-Diaz-4471-ddiaz",
        "DanielDiaz44712025",
        "BaysidePoliceDepartment!",
        "ddiaz ddiaz ddiaz ddiaz",
        "Social Media Unit 1",
    ],
)
def test_what_is_known_of_the_member_or_the_agency_makes_no_password(make_member: Any, password: str) -> None:
    Agency.objects.update_or_create(
        pk=1, defaults={"name": "Bayside Police Department", "short_name": "Bayside Police"}
    )
    member = make_member(name="Daniel Diaz", username="ddiaz", number="4471")
    assert "your name, your number or the agency's name" in refusal(password, member)


def test_the_same_words_serve_somebody_of_whom_they_are_not_known(make_member: Any) -> None:
    assert refusal("Daniel-Diaz-likes-purple-4471") == ""


# --- the list of breached passwords, if the unit has one ---


@pytest.fixture
def breached(tmp_path: Path, settings: Any) -> Path:
    """Ten thousand digests in their order, as the list is published, one of them of a password that looks good."""
    passwords = ["correct horse battery staple", *(f"password of somebody {n}" for n in range(10_000))]
    digests = sorted(hashlib.sha1(one.encode()).hexdigest().upper() for one in passwords)
    file = tmp_path / "breached.txt"
    file.write_bytes("".join(f"{digest}:{n % 977}\r\n" for n, digest in enumerate(digests)).encode())
    settings.BREACHED_PASSWORDS = str(file)
    return file


def test_a_breached_password_is_refused_and_another_is_not(breached: Path) -> None:
    assert "stolen" in refusal("correct horse battery staple")
    assert refusal("lantern puddle violin cactus") == ""


def test_without_the_list_the_same_password_is_taken(breached: Path, settings: Any) -> None:
    settings.BREACHED_PASSWORDS = ""
    assert refusal("correct horse battery staple") == ""


def test_every_digest_of_the_list_is_found_and_none_beside_it(breached: Path) -> None:
    lines = breached.read_bytes().splitlines()
    with breached.open("rb") as file:
        for line in [lines[0], lines[-1], *lines[:: len(lines) // 300]]:
            digest = line.partition(b":")[0]
            assert holds(file, digest)
            beside = digest[:-1] + (b"0" if digest[-1:] != b"0" else b"1")
            assert holds(file, beside) == any(one.startswith(beside) for one in lines)


@pytest.mark.parametrize("content", [b"", b"\r\n", b"A" * 40 + b":1", b"A" * 40 + b":1\r\n"])
def test_a_short_list_is_read_too(content: bytes) -> None:
    assert holds(io.BytesIO(content), b"A" * 40) == content.startswith(b"A")
    assert not holds(io.BytesIO(content), b"B" * 40)
    assert not holds(io.BytesIO(content), b"0" * 40)


def test_the_list_is_not_read_whole(breached: Path) -> None:
    class Counting(io.FileIO):
        taken = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            line = super().readline(size)
            self.taken += len(line)
            return line

    with Counting(breached) as file:
        holds(file, b"7" * 40)  # type: ignore[arg-type]
        assert 0 < file.taken < 40 * 100 < breached.stat().st_size


def test_a_list_that_cannot_be_read_lets_no_password_pass(settings: Any) -> None:
    settings.BREACHED_PASSWORDS = "/nowhere/breached.txt"
    with pytest.raises(OSError):
        validate_password("lantern puddle violin cactus")
