"""Codes of the authenticator app, beyond what the library knows: each is good once, and a wrong clock is told.

The library takes a code of the half minute before, of this one and of the next, but remembers a used one for one half
minute only: it would be taken again. Here it is remembered for as long as it could be.
"""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any, NoReturn

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from members import lockout
from members.models import Member
from members.models.agency import agency

FARTHEST = 10 * 60  # seconds that a clock may be wrong and still be recognised
USED = "This code has been used: each is good once. Enter the next one; it comes within half a minute."


def is_spent(member: Member, code: str) -> bool:
    """Whether `member` has used `code` within the time in which it could be taken."""
    return cache.get(_key(member, code)) is not None


def spend(member: Member, code: str) -> bool:
    """Use `code` up; False when it was already, also by somebody who was quicker by a moment."""
    kept = FARTHEST + (2 * app_settings.TOTP_TOLERANCE + 1) * app_settings.TOTP_PERIOD
    return bool(cache.add(_key(member, code), "used", timeout=kept))


def minutes_off(secret: str, code: str) -> float | None:
    """By how many minutes the clock is fast (or, below zero, slow) that shows `code`; None when no such clock does."""
    now = int(time.time()) // app_settings.TOTP_PERIOD
    farthest = FARTHEST // app_settings.TOTP_PERIOD
    typed = normalize_user_code(code)
    for away in sorted(range(-farthest, farthest + 1), key=abs):
        if format_hotp_value(hotp_value(secret, now + away)) == typed:
            return float(away * app_settings.TOTP_PERIOD / 60)
    return None


def in_fours(secret: str) -> str:
    """`secret` in groups of four letters, as it is read out and typed; authenticators take it so."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def as_file(codes: list[str], member: Member) -> str:
    """Recovery codes as a file within an address: they are shown once, and no second page could hand them out."""
    text = render_to_string(
        "mfa/recovery_codes/download.txt", {"unused_codes": codes, "member": member, "agency": agency()}
    )
    return f"data:text/plain;base64,{base64.b64encode(text.encode()).decode()}"


def refuse(member: Member, secret: str, code: str) -> NoReturn:
    """Raises what is said of a wrong code. One that a wrong clock shows is used up: it must not open later."""
    off = minutes_off(secret, code)
    if off is None:
        raise ValidationError(
            "Incorrect code. Enter the six digits that the authenticator shows now.", "incorrect_code"
        )
    if abs(off) * 60 <= app_settings.TOTP_TOLERANCE * app_settings.TOTP_PERIOD:
        raise ValidationError(USED, "used")  # right, and refused: of two at once the other was taken
    spend(member, code)
    minutes = max(1, round(abs(off)))
    raise ValidationError(
        f"Your authenticator's clock is about {minutes} minute{'' if minutes == 1 else 's'}"
        f" {'fast' if off > 0 else 'slow'}: set it to automatic time, then enter the code that it shows.",
        "clock",
    )


class _GoodOnce:
    """What both forms that ask a member for a code add to the library's: recovery codes it already takes once only."""

    user: Member
    authenticator: Authenticator
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        with lockout.one_code(self.user):
            return self._judged()

    def _judged(self) -> str:
        code: str = self.cleaned_data["code"]
        if is_spent(self.user, code):
            raise ValidationError(USED, "used")
        try:
            super().clean_code()  # type: ignore[misc]
        except ValidationError as wrong:
            if wrong.code != "incorrect_code":
                raise
            app = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.TOTP).first()
            if app is None:
                raise
            refuse(self.user, decrypt(app.data["secret"]), code)
        if self.authenticator.type == Authenticator.Type.TOTP and not spend(self.user, code):
            raise ValidationError(USED, "used")
        return code


class AuthenticateForm(_GoodOnce, base.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class ReauthenticateForm(_GoodOnce, base.ReauthenticateForm):  # type: ignore[misc]
    """The second factor again, of somebody who is in."""


class ActivateForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator: it is used up too."""

    def clean_code(self) -> str:
        """The code; raises ValidationError with what to do."""
        code: str = self.cleaned_data["code"]
        try:
            super().clean_code()
        except ValidationError as wrong:
            if wrong.code != "incorrect_code":
                raise
            refuse(self.user, self.secret, code)
        spend(self.user, code)
        return code


def _key(member: Member, code: str) -> str:
    digest = hashlib.sha256(normalize_user_code(code).encode()).hexdigest()  # a cache takes no key of any length
    return f"members.codes.used:{member.pk}:{digest}"
