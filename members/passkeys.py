"""The library's forms that take a passkey. What a browser sends is anything; they break on some of it, and must not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms
from django.forms import CharField


@contextmanager
def _refusing_nonsense() -> Iterator[None]:
    """What cannot be read is a passkey that opens nothing: raises ValidationError in place of the parser's errors."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError):
        raise get_adapter().validation_error("incorrect_code") from None


class _Shown:
    def clean_credential(self) -> Authenticator:
        """Whose it is; raises ValidationError for what opens nothing."""
        with _refusing_nonsense():
            found: Authenticator = super().clean_credential()  # type: ignore[misc]
        return found


class AddForm(forms.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey with its name."""

    name = CharField(required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for what is no new passkey."""
        with _refusing_nonsense():
            cleaned: dict[str, Any] = super().clean()
        return cleaned


class SignInForm(_Shown, forms.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey in place of name, password and code."""


class AuthenticateForm(_Shown, forms.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second step."""


class ReauthenticateForm(_Shown, forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey again, of somebody who is in."""
