"""Sign-in: allauth with password and a second factor, or a passkey; nobody signs up, members are added.

What comes of it stands on the trail. Here alone the trail listens to signals: the libraries that sign in offer no verb.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm, ResetPasswordForm, UserTokenForm
from allauth.account.internal.stagekit import clear_login
from allauth.account.signals import user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_used
from axes.signals import user_locked_out
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from members import factors, lockout, mail
from members.models import Member, TrailEntry
from members.states import record

AGAIN_LATER = "Too many wrong tries. Wait ten minutes, then try again; until then the right one is refused too."


class SignInForm(LoginForm):  # type: ignore[misc]
    """User name and password."""

    def clean_login(self) -> str:
        """The name in small letters: case opens no second row of tries, the lockout counts by the name as it comes."""
        return str(super().clean_login()).lower()


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    """Asks for the address to which a link shall go."""

    def clean_email(self) -> str:
        """Finds who has it now, on his own row: allauth would also ask its table of addresses, former ones included."""
        email = str(self.cleaned_data["email"])
        self.users = list(Member.objects.serving().filter(email__iexact=email))
        return email


class ResetLink(UserTokenForm):  # type: ignore[misc]
    """The link of a forgotten password."""

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for who does not serve (any more): the link opens nothing for him."""
        cleaned: dict[str, Any] = super().clean()
        if self.reset_user is None or not self.reset_user.serves():
            raise ValidationError("This link opens nothing any more.", "invalid_password_reset")
        return cleaned


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is closed: the Commander or designee adds members."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "User name or password is not correct.",
        "too_many_login_attempts": AGAIN_LATER,
        "rate_limited": AGAIN_LATER,
        "enter_current_password": "This is not your present password.",
        "incorrect_password": "This is not your password.",
        "incorrect_code": "That was not accepted. Try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: that one is in, or out, is seen."""

    def pre_login(self, request: HttpRequest, user: Member, **kwargs: Any) -> HttpResponse | None:
        """Turns away who does not serve, also where no password was asked (a passkey)."""
        if not user.serves():
            clear_login(request)
            answer: HttpResponse = self.respond_user_inactive(request, user)
            return answer
        return None

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Member | None:
        """The member with these credentials, one try for a name at a time, and none while it is locked out."""
        return lockout.judge(request, credentials, lambda: super(Adapter, self).authenticate(request, **credentials))

    def set_password(self, user: Member, password: str) -> None:
        """Stores the password alone: the rest of the row may have changed since it was read."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def is_reauthentication_required(self, app: str) -> bool:
        """Whether the member must prove anew who he is, before he changes how he signs in."""
        return not factors.recently_proven(self.request)

    def get_reauthentication_methods(self, user: Member | AnonymousUser) -> list[dict[str, str]]:
        """His second factor, if he has one; a password alone changes nothing then."""
        methods: list[dict[str, str]] = super().get_reauthentication_methods(user)
        if not user.is_authenticated or not factors.has_one(user):
            return [one for one in methods if one["id"] == "reauthenticate"]
        return [one for one in methods if one["id"] != "reauthenticate"]

    def send_password_reset_mail(self, user: Member, email: str, context: dict[str, Any]) -> None:
        """Sends the link beside the answer: how long a mail server takes would tell which addresses are known."""
        if not user.serves():
            return
        record("ask_for_new_password", user, by=None)
        link = mail.address_of(urlsplit(context["password_reset_url"]).path)  # not the host that the request names
        said = {"name": user.name, "username": user.username, "link": link}
        mail.send_beside(user.email, "A new password", "new_password", said)


def keep_the_trail() -> None:
    """Connect the libraries' signals to the trail; called once, when the app is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="members.sign_in")
    user_logged_out.connect(_signed_out, dispatch_uid="members.sign_out")
    user_login_failed.connect(_password_refused, dispatch_uid="members.sign_in_failed")
    authentication_failed.connect(_code_refused, dispatch_uid="members.second_factor_failed")
    authenticator_used.connect(_factor_used, dispatch_uid="members.second_factor_used")
    user_locked_out.connect(_locked_out, dispatch_uid="members.lock_out")


def _signed_in(user: Member, **kwargs: Any) -> None:
    record("sign_in", user, by=user)


def _signed_out(user: Member | None, **kwargs: Any) -> None:
    if user is not None:
        record("sign_out", user, by=user)


def _password_refused(credentials: dict[str, Any], **kwargs: Any) -> None:
    _about("sign_in_failed", credentials.get("username"))


def _code_refused(user: Member, request: HttpRequest, **kwargs: Any) -> None:
    record("sign_in_failed", user, by=None, after="wrong code")
    lockout.count_wrong_code(request, user)


def passkey_refused() -> None:
    """A passkey was shown that opens nothing; whose it claims to be is not believed, and not kept."""
    TrailEntry.objects.create(
        verb="sign_in_failed", subject_type=Member._meta.label_lower, subject_id="", after="passkey"
    )


def _factor_used(user: Member, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        return
    left = factors.standing(user).codes_left
    with transaction.atomic():
        factors.changed(user, "use_recovery_code", f"One of your recovery codes was used; {left} are left.")


def _locked_out(username: str | None, **kwargs: Any) -> None:
    member = lockout.member_named(username or "")
    if member is not None:
        lockout.closed(member)
    else:
        _about("lock_out", None)


def _about(verb: str, username: str | None) -> None:
    """Names the member that was meant. Of a name that is nobody's nothing is kept: it may be a password typed there."""
    member = Member.objects.filter(username__iexact=username or "").first()
    if member is not None:
        record(verb, member, by=None)
    else:
        TrailEntry.objects.create(verb=verb, subject_type="members.member", subject_id="")
