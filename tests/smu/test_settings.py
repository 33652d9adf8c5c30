"""Outside the demonstration nothing has a default that would do harm: a missing value stops the start with its name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GIVEN = {
    "SECRET_KEY": "qR7-fT2_wLx9vBnM4kZcJ8sHdG5yP1aEoUi3XeWbNtQmVrK6-0cYhA",
    "FIELD_KEYS": "1:4RO5RQLpHC-KtyagYQtXLVpgjHWkBr8ZIj9oVLfrwww=",
    "DATABASE_URL": "postgresql://app@/unit",
    "REDIS_URL": "redis://localhost",
    "ALLOWED_HOSTS": "smu.example.gov",
    "EMAIL_URL": "smtp+tls://unit:word@mail.example.gov:587",
    "DEFAULT_FROM_EMAIL": "smu@example.gov",
}
READ = "from django.conf import settings\n"
WHOLE = f"{READ}import django; django.setup()\n"  # every app too, which takes five times as long


def start(
    tmp_path: Path, look: str = "settings.DEBUG", *, begin: str = READ, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Another process that reads these settings and nothing else."""
    given = {
        "PATH": os.environ["PATH"],
        "DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "smu.settings",
        "PYTHONPATH": str(ROOT),
        **environment,
    }
    command = [sys.executable, "-c", f"{begin}print({look})"]
    return subprocess.run(command, check=False, env=given, cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_with_everything_named_it_starts(tmp_path: Path) -> None:
    started = start(tmp_path, begin=WHOLE, **GIVEN)
    assert (started.returncode, started.stdout) == (0, "False\n"), started.stderr


@pytest.mark.parametrize("name", GIVEN)
def test_without_one_of_them_it_refuses_and_names_it(tmp_path: Path, name: str) -> None:
    refused = start(tmp_path, **{other: value for other, value in GIVEN.items() if other != name})
    assert refused.returncode != 0
    assert f"{name} is not set" in refused.stderr.splitlines()[-1]


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(GIVEN["SECRET_KEY"][::-1])
    given = {name: value for name, value in GIVEN.items() if name != "SECRET_KEY"}
    started = start(tmp_path, "settings.SECRET_KEY", SECRET_KEY_FILE=str(tmp_path / "key"), **given)
    assert started.stdout.strip() == GIVEN["SECRET_KEY"][::-1], started.stderr


def test_cookies_and_transport_are_closed(tmp_path: Path) -> None:
    look = (
        "settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT,"
        " settings.SECURE_HSTS_SECONDS > 0, settings.MFA_TOTP_TOLERANCE"
    )
    started = start(tmp_path, look, **GIVEN)
    assert started.stdout.split() == ["True", "True", "True", "True", "1"], started.stderr


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too weak"),
        ({"SECRET_KEY": "a" * 80}, "SECRET_KEY is too weak"),
        ({"SECRET_KEY": "django-insecure-" + GIVEN["SECRET_KEY"]}, "SECRET_KEY is too weak"),
        ({"SECRET_KEY": "demonstration-" + GIVEN["SECRET_KEY"]}, "SECRET_KEY is a demonstration's"),
        ({"FIELD_KEYS": "demonstration" + GIVEN["FIELD_KEYS"]}, "FIELD_KEYS holds a demonstration's key"),
        ({"FIELD_KEYS": "1:not-a-key"}, "the key '1' is not one"),
        ({"FIELD_KEYS": GIVEN["FIELD_KEYS"] + "," + GIVEN["FIELD_KEYS"]}, "each id once"),
        ({"DEBUG": "1"}, "take DEBUG out of the environment"),
        ({"PLAIN_HTTP": "1"}, "PLAIN_HTTP is for this machine alone"),
    ],
)
def test_a_value_that_would_do_harm_is_refused_with_what_to_do(
    tmp_path: Path, given: dict[str, str], sentence: str
) -> None:
    refused = start(tmp_path, **{**GIVEN, **given})
    assert refused.returncode != 0
    assert sentence in refused.stderr.splitlines()[-1]
    for value in [value for name, value in given.items() if "KEY" in name and len(value) > 20]:
        assert value.rpartition(":")[2] not in refused.stderr, "the value itself is never shown"


def test_debug_that_says_no_is_no_reason_to_refuse(tmp_path: Path) -> None:
    assert start(tmp_path, **GIVEN, DEBUG="0").returncode == 0


def test_on_this_machine_alone_the_unit_may_speak_plainly(tmp_path: Path) -> None:
    look = "settings.SESSION_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS"
    started = start(tmp_path, look, **{**GIVEN, "ALLOWED_HOSTS": "localhost,127.0.0.1", "PLAIN_HTTP": "1"})
    assert started.stdout.split() == ["False", "False", "0"], started.stderr


LIMITS = {"SESSION_IDLE_SECONDS": 1800, "SESSION_MAX_SECONDS": 43_200, "FRESH_SECONDS": 600}


def test_the_limits_of_sessions_may_be_tightened(tmp_path: Path) -> None:
    look = ", ".join(f"settings.{name}" for name in LIMITS)
    halves = {name: str(most // 2) for name, most in LIMITS.items()}
    assert start(tmp_path, look, **GIVEN).stdout.split() == [str(most) for most in LIMITS.values()]
    assert start(tmp_path, look, **GIVEN, **halves).stdout.split() == list(halves.values())


@pytest.mark.parametrize(("name", "most"), LIMITS.items())
def test_a_limit_of_sessions_is_never_loosened(tmp_path: Path, name: str, most: int) -> None:
    for value in (str(most + 1), "0", "-1"):
        refused = start(tmp_path, **GIVEN, **{name: value})
        assert refused.returncode != 0
        assert f"{name} is {value}: name a number of seconds from 1 to {most}" in refused.stderr.splitlines()[-1]


def test_cookies_can_be_set_by_no_other_host_and_read_by_no_script(tmp_path: Path) -> None:
    look = (
        "settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_HTTPONLY,"
        " settings.CSRF_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE"
    )
    started = start(tmp_path, look, **GIVEN)
    assert started.stdout.split() == ["__Host-session", "__Host-csrf", "True", "True", "Lax"], started.stderr


IMPORTED = "(__import__('smu.urls'), 'smu.demonstration.sign_in' in __import__('sys').modules)[1]"


@pytest.mark.parametrize(("demonstration", "there"), [("0", "False"), ("1", "True")])
def test_the_demonstrations_sign_in_is_not_even_imported_outside_the_demonstration(
    tmp_path: Path, demonstration: str, there: str
) -> None:
    started = start(tmp_path, IMPORTED, begin=WHOLE, **GIVEN, DEMONSTRATION=demonstration)
    assert started.stdout.strip() == there, started.stderr


def test_unasked_it_is_no_demonstration(tmp_path: Path) -> None:
    assert start(tmp_path, "settings.DEMONSTRATION", **GIVEN).stdout == "False\n"
