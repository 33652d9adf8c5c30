"""Sign-in: allauth with password and a second factor; nobody signs up, members are added.

What comes of it stands on the trail. Here alone the trail listens to signals: the libraries that sign in offer no verb.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import user_logged_in
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.signals import authentication_failed
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.http import HttpRequest

from members import secrets
from members.models import Member, TrailEntry
from members.states import record


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is closed: the Commander or designee adds members."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: that one is in, or out, is seen."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seeds and recovery codes are stored encrypted (ruling 33)."""

    def encrypt(self, text: str) -> str:
        """The stored form of a seed."""
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The seed itself."""
        return secrets.decrypt(encrypted_text)


def keep_the_trail() -> None:
    """Connect the libraries' signals to the trail; called once, when the app is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="members.sign_in")
    user_logged_out.connect(_signed_out, dispatch_uid="members.sign_out")
    user_login_failed.connect(_password_refused, dispatch_uid="members.sign_in_failed")
    authentication_failed.connect(_code_refused, dispatch_uid="members.second_factor_failed")
    user_locked_out.connect(_locked_out, dispatch_uid="members.lock_out")


def _signed_in(user: Member, **kwargs: Any) -> None:
    record("sign_in", user, by=user)


def _signed_out(user: Member | None, **kwargs: Any) -> None:
    if user is not None:
        record("sign_out", user, by=user)


def _password_refused(credentials: dict[str, Any], **kwargs: Any) -> None:
    _about("sign_in_failed", credentials.get("username"))


def _code_refused(user: Member, **kwargs: Any) -> None:
    record("sign_in_failed", user, by=None, after="wrong code")


def _locked_out(username: str | None, **kwargs: Any) -> None:
    _about("lock_out", username)


def _about(verb: str, username: str | None) -> None:
    """Names the member that was meant. Of a name that is nobody's nothing is kept: it may be a password typed there."""
    member = Member.objects.filter(username=username or "").first()
    if member is not None:
        record(verb, member, by=None)
    else:
        TrailEntry.objects.create(verb=verb, subject_type="members.member", subject_id="")
