"""Second factors: what a member has, what he may take away, and that nobody works without one.

Setting up and taking away are the library's; what stands here is what this unit adds: outside the demonstration a
second factor is everybody's duty, the last one stays, and each change is on the trail and told to the member.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

from members import secrets
from members.asking import member_of
from members.models import Member
from members.models.agency import agency
from members.models.notifications import Kind
from members.notifying import tell
from members.states import record

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
FEW = 2  # recovery codes left: time to make new ones
# Where somebody without a second factor may go: to set one up, to prove who he is on the way, and out.
WITHOUT_ONE = frozenset(
    {
        "second_factor",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "account_reauthenticate",
        "account_login",
        "account_logout",
        "account_inactive",
        "theme",
        "health",
        "live",
    }
)


@dataclass(frozen=True)
class Standing:
    """What a member signs in with."""

    app: Authenticator | None
    passkeys: list[Authenticator]
    codes_left: int

    @property
    def few_codes(self) -> bool:
        """Whether new recovery codes should be made."""
        return self.protected and self.codes_left <= FEW

    @property
    def protected(self) -> bool:
        """Whether a second factor is asked of him."""
        return bool(self.app or self.passkeys)

    @property
    def last_stays(self) -> bool:
        """Whether what he has is the last, which cannot be taken away."""
        return not settings.DEMONSTRATION and bool(self.app) + len(self.passkeys) == 1


def standing(member: Member) -> Standing:
    """What `member` signs in with, as it stands now."""
    found = list(Authenticator.objects.filter(user=member).order_by("id"))
    codes = next((one for one in found if one.type == Authenticator.Type.RECOVERY_CODES), None)
    return Standing(
        app=next((one for one in found if one.type == Authenticator.Type.TOTP), None),
        passkeys=[one for one in found if one.type == Authenticator.Type.WEBAUTHN],
        codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
    )


def has_one(member: Member) -> bool:
    """Whether `member` has a second factor."""
    return bool(Authenticator.objects.filter(user=member, type__in=FACTORS).exists())


def came_with_one(member: Member) -> bool:
    """The same as it stood when the request read its member; asked of the database where he came otherwise."""
    known: bool | None = getattr(member, "came_with_a_factor", None)
    return has_one(member) if known is None else known


def is_last(authenticator: Authenticator) -> bool:
    """Whether its member would be left without a second factor that he must have."""
    others = Authenticator.objects.filter(user=authenticator.user_id, type__in=FACTORS).exclude(pk=authenticator.pk)
    return not settings.DEMONSTRATION and authenticator.type in FACTORS and not others.exists()


def changed(member: Member, verb: str, sentence: str) -> None:
    """Put what a member did to his own way in on the trail, and tell him: it may have been somebody else.

    Call it in the act's transaction.
    """
    record(verb, member, by=member)
    tell([member], Kind.SECURITY, f"{sentence} If that was not you, tell your superior at once.", reverse("security"))


def recently_proven(request: HttpRequest) -> bool:
    """Whether the member has proved who he is within FRESH_SECONDS: by his second factor, or before he has any."""
    return proven_by(request, "mfa" if has_one(member_of(request)) else None)


def proven_by(request: HttpRequest, method: str | None) -> bool:
    """Whether the member proved who he is by `method` (None: by any) within FRESH_SECONDS, at sign-in or since."""
    since = time.time() - settings.FRESH_SECONDS
    records = get_authentication_records(request, member_of(request))
    return any(one["at"] > since and method in {None, one["method"]} for one in records)


class SecondFactorRequired(MiddlewareMixin):
    """Leads whoever is signed in without a second factor to where he sets one up, and nowhere else.

    Asked of the database at every request: nothing in a session could say yes when the factor is gone.
    """

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """None lets the request pass."""
        if settings.DEMONSTRATION or (request.resolver_match and request.resolver_match.url_name in WITHOUT_ONE):
            return None
        if not request.user.is_authenticated or came_with_one(member_of(request)):
            return None
        return HttpResponseRedirect(reverse("second_factor"))


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """How the library speaks of this unit, and keeps its secrets: encrypted (ruling 33)."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "This is your only second factor, and one is needed: add another one first.",
        "cannot_generate_recovery_codes": "Recovery codes stand in for a second factor: set one up first.",
        "incorrect_code": "That was not accepted. Try again.",
    }

    def encrypt(self, text: str) -> str:
        """The stored form of a seed."""
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The seed itself."""
        return secrets.decrypt(encrypted_text)

    def get_totp_label(self, user: Member) -> str:
        """The user name: an authenticator shows it to whoever looks, and an e-mail address is nobody's business."""
        return user.username

    def get_totp_issuer(self) -> str:
        """The agency."""
        return f"{agency().short_name} SMU"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last."""
        return not is_last(authenticator)

    def generate_authenticator_name(self, user: Member, type: Authenticator.Type) -> str:  # noqa: A002  (its name there)
        """What a passkey is called that nobody named."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {count + 1}" if count else "Passkey"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Who asks for the passkey: browsers bind it to the host."""
        return {**super().get_public_key_credential_rp_entity(), "name": self.get_totp_issuer()}

    def get_public_key_credential_user_entity(self, user: Member) -> dict[str, Any]:
        """Whose it is, as the browser lists it."""
        return {
            **super().get_public_key_credential_user_entity(user),
            "name": user.username,
            "display_name": user.name,
        }
