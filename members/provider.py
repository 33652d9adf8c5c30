"""The department's identity provider (OpenID Connect): it says who somebody is, never what he may do.

Nobody comes in by it who was not added here: the first time he is known by the e-mail address that the provider has
verified and this unit knows, after that by the provider's own id of him. Position, powers and languages are never taken
from it, and of its claims nothing is kept. The unit's own second factor is asked all the same.
"""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.shortcuts import render

from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.states import record

UNKNOWN = (
    "The identity provider vouches for you, but this unit does not know you by the e-mail address that it verified."
    " Ask the Section Commander or a designee to add you with that address, or sign in with your user name."
)
ANOTHER = (
    "This unit knows the member with your e-mail address by another identity at the provider. If yours was replaced,"
    " sign in with your user name and unlink the old one under Security, or ask the Section Commander or a designee."
)
FAILED = "The identity provider did not answer as it should. Try again, or sign in with your user name and password."


class Provider(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Links identities to members who serve, and refuses everybody else with a sentence."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: members are added by the Commander or a designee."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in whom the unit knows. Raises ImmediateHttpResponse with the page that says why not."""
        sociallogin.account.extra_data = {}
        if sociallogin.is_existing:
            sociallogin.account.save(update_fields=["extra_data"])
            if not sociallogin.user.serves():
                raise refused(request, UNKNOWN)
            return
        member = _known_by_address(sociallogin)
        if member is None:
            raise refused(request, UNKNOWN)
        if SocialAccount.objects.filter(user=member, provider=sociallogin.account.provider).exists():
            raise refused(request, ANOTHER)
        try:
            with transaction.atomic():
                link(request, sociallogin, member)
        except IntegrityError as error:  # two windows at once: the other one has linked it
            raise refused(request, FAILED, status=409) from error

    def on_authentication_error(self, request: HttpRequest, provider: Any, **said: Any) -> None:
        """Whatever went wrong between the two: a sentence, and the way by user name. Nothing of it is logged."""
        raise refused(request, FAILED, status=502)


def refused(request: HttpRequest, sentence: str, *, status: int = 403) -> ImmediateHttpResponse:
    """The page that says why nobody was signed in."""
    return ImmediateHttpResponse(render(request, "members/provider.html", {"sentence": sentence}, status=status))


def _known_by_address(sociallogin: SocialLogin) -> Member | None:
    """The member who serves and has the address that the provider has verified: by a true `true`, no other word."""
    verified = [one.email for one in sociallogin.email_addresses if one.verified is True]
    if len(verified) != 1:
        return None
    known: Member | None = Member.objects.serving().filter(email__iexact=verified[0]).first()
    return known


def link(request: HttpRequest, sociallogin: SocialLogin, member: Member) -> None:
    """Know the member by this identity from now on; he is told."""
    sociallogin.connect(request, member)
    record("link_identity", member, by=member)
    tell([member], Kind.SECURITY, "You signed in by the department's identity provider for the first time.", "/")


def unlink(*, member: Member, by: Member | None) -> None:
    """Forget the member's identity at the provider. Also asked when he leaves the unit (settings.ON_TRANSFER)."""
    with transaction.atomic():
        deleted, _ = SocialAccount.objects.filter(user=member).delete()
        if deleted:
            record("unlink_identity", member, by=by)
