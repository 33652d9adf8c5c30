"""Stored secrets (tokens, seeds, recovery codes): encrypted with the newest key, marked with its id (ruling 33)."""

from __future__ import annotations

from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models


class UnknownKey(Exception):
    """A secret bears the id of a key that is not configured, or does not open with it."""


def encrypt(text: str) -> str:
    """`text` under the newest key, as `keyid$token`."""
    key_id, key = settings.FIELD_KEYS[0]
    return f"{key_id}${Fernet(key.encode()).encrypt(text.encode()).decode()}"


def decrypt(stored: str) -> str:
    """The text inside `stored`. Raises UnknownKey when its key is gone or wrong."""
    key_id, _, token = stored.partition("$")
    for known, key in settings.FIELD_KEYS:
        if known == key_id:
            try:
                return Fernet(key.encode()).decrypt(token.encode()).decode()
            except InvalidToken as error:
                raise UnknownKey(f"The key {key_id!r} does not open this secret.") from error
    raise UnknownKey(f"No key {key_id!r} is configured: see docs/operations.md, lost keys.")


class SecretField(models.TextField):  # type: ignore[type-arg]
    """Text that lies encrypted in the database and is plain in memory."""

    def get_prep_value(self, value: Any) -> str:
        """Encrypt on the way in; the empty secret stays empty."""
        return encrypt(value) if value else ""

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str:
        """Decrypt on the way out."""
        return decrypt(value) if value else ""
