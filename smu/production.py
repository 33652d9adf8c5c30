"""What a real unit's settings must be before anything starts on them. The demonstration is asked less.

Each question raises ImproperlyConfigured with a sentence that says what to do and never shows the value.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

# What `make run` gives to the keys that it makes for a demonstration: they have lain in a folder for a look.
OF_THE_DEMONSTRATION = "demonstration"
SHORTEST_KEY = 50
FEWEST_LETTERS = 15  # different ones: fewer, and somebody leaned on the keyboard
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
MAKE_A_KEY = 'python -c "import secrets; print(secrets.token_urlsafe(48))"'
MAKE_A_FIELD_KEY = 'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'


def key_pairs(given: str) -> list[tuple[str, str]]:
    """FIELD_KEYS as pairs of id and key, the newest first."""
    pairs = []
    for pair in given.split(","):
        key_id, _, key = pair.strip().partition(":")
        pairs.append((key_id, key))
    return pairs


def refuse_weak_secret_key(key: str) -> None:
    """Whoever guesses it signs sessions of his own."""
    if key.startswith(OF_THE_DEMONSTRATION):
        raise ImproperlyConfigured(f"SECRET_KEY is a demonstration's. Make one for this unit alone: {MAKE_A_KEY}")
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_LETTERS or key.startswith("django-insecure"):
        raise ImproperlyConfigured(
            f"SECRET_KEY is too weak: it needs {SHORTEST_KEY} characters of chance. Make one: {MAKE_A_KEY}"
        )


def refuse_bad_field_keys(keys: Sequence[tuple[str, str]]) -> None:
    """Ids stand in the database beside every secret: each once, and never with the sign that parts id and secret."""
    seen = set()
    for key_id, key in keys:
        if not key_id or "$" in key_id or key_id in seen:
            raise ImproperlyConfigured(
                "FIELD_KEYS must be `id:key` parted by commas, the newest first, each id once and without $."
            )
        if key_id.startswith(OF_THE_DEMONSTRATION):
            raise ImproperlyConfigured(
                f"FIELD_KEYS holds a demonstration's key ({key_id}). Make one for this unit alone: {MAKE_A_FIELD_KEY}"
            )
        try:
            Fernet(key)
        except ValueError:
            raise ImproperlyConfigured(
                f"FIELD_KEYS: the key {key_id!r} is not one. Make one: {MAKE_A_FIELD_KEY}"
            ) from None
        seen.add(key_id)


def refuse_debug(asked: str) -> None:
    """DEBUG would show a poster's words and the settings to whoever meets an error; it is not honoured, nor ignored."""
    if asked.strip().lower() not in {"", "0", "false", "no", "off"}:
        raise ImproperlyConfigured("DEBUG is set. This unit never runs with it: take DEBUG out of the environment.")


def refuse_plain_http_beyond_this_machine(hosts: Collection[str]) -> None:
    """Without TLS passwords and sessions could be read on the way."""
    if elsewhere := sorted(set(hosts) - LOOPBACK):
        raise ImproperlyConfigured(
            f"PLAIN_HTTP is for this machine alone, but ALLOWED_HOSTS names {', '.join(elsewhere)}."
            " Take PLAIN_HTTP out, and serve the unit behind TLS."
        )


def origin_of(address: str) -> str:
    """Scheme, host and port of `address`."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def refuse_an_identity_provider_without_tls(issuer: str) -> None:
    """Its answers are believed because TLS says who gives them; on this machine alone plain HTTP will do."""
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ImproperlyConfigured("OIDC_ISSUER must be an https address: name the department's identity provider.")


def refuse_time_stamps_without_means(url: str, certificates: str) -> None:
    """Stamps that nobody here can ask for, or check, would be found missing on the day that they are needed."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise ImproperlyConfigured("TIMESTAMP_URL must be the authority's address, http or https.")
    if find_spec("rfc3161_client") is None:
        raise ImproperlyConfigured("TIMESTAMP_URL is set, and rfc3161-client is not installed: it asks for the stamps.")
    if not Path(certificates or "/nothing").is_file():
        raise ImproperlyConfigured("TIMESTAMP_CERTIFICATES must name a file with the authority's certificates (PEM).")
