"""Sign-in: allauth with password and a second factor; nobody signs up, members are added."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from members import secrets


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is closed: the Commander or designee adds members."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seeds and recovery codes are stored encrypted (ruling 33)."""

    def encrypt(self, text: str) -> str:
        """The stored form of a seed."""
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The seed itself."""
        return secrets.decrypt(encrypted_text)
