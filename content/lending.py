"""Lending a file to a platform that fetches it itself (Instagram): by a signed address that is good for a while."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from members.mail import address_of

SECONDS = 3600  # how long a platform may take to fetch it
SALT = "content.lending"


def address_to_fetch(file_id: int) -> str:
    """The address, for nobody who was not told it."""
    return address_of(reverse("lent_file", args=[signing.dumps(file_id, salt=SALT)]))


def file_lent(token: str) -> int | None:
    """The file that the address names; None for any other, or when its time is over."""
    try:
        return int(signing.loads(token, salt=SALT, max_age=SECONDS))
    except (signing.BadSignature, TypeError, ValueError):
        return None
