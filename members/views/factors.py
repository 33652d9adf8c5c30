"""A member's own security: the pages of his second factors. The library's views, in this unit's words and order.

Each that changes something asks first who it is (`Adapter.is_reauthentication_required`), and puts the change on the
trail in its own transaction.
"""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_safe

from members import factors, sign_in
from members.asking import member_of
from members.codes import as_file, in_fours
from members.models import Member
from members.views.passwords import PAGE_AND_FORM, FormPage


@require_safe
def security(request: HttpRequest) -> HttpResponseBase:
    """What the member signs in with, and what he can change about it."""
    member = member_of(request)
    linked = SocialAccount.objects.filter(user=member).exists()
    return render(request, "members/factors.html", {"standing": factors.standing(member), "linked": linked})


@require_safe
def second_factor(request: HttpRequest) -> HttpResponseBase:
    """The choice of a first second factor: where somebody without one is led, and the only place he may go."""
    if factors.has_one(member_of(request)):
        return redirect("security")
    return render(request, "members/factor_choice.html")


class _Changes(FormPage):
    """A page on which a member changes how he signs in."""

    success_url = reverse_lazy("security")

    @property
    def member(self) -> Member:
        return member_of(self.request)

    def alone(self) -> None:
        """Waits until no other request changes how this member signs in; call it in the transaction."""
        Member.objects.select_for_update().get(pk=self.member.pk)


class _Adds(_Changes):
    """A second factor comes in; with the first come recovery codes."""

    type: ClassVar[Authenticator.Type]
    added: ClassVar[tuple[str, str]]
    did_generate_recovery_codes: bool

    def form_valid(self, form: forms.Form) -> HttpResponseBase:
        with transaction.atomic():
            self.alone()
            answer: HttpResponseBase = super().form_valid(form)  # type: ignore[misc]
            # It was proved by being set up: what follows, the codes first of all, need not ask for it again.
            record_authentication(self.request, self.member, "mfa", type=self.type)
            factors.changed(self.member, *self.added)
            if self.did_generate_recovery_codes:
                factors.changed(self.member, "make_recovery_codes", "Recovery codes were made for you.")
        messages.success(self.request, self.added[1])
        return answer

    def get_success_url(self) -> str:
        """To the codes, which are shown once; without new ones back to the list."""
        return reverse("mfa_view_recovery_codes" if self.did_generate_recovery_codes else "security")


class AddApp(_Adds, ActivateTOTPView):  # type: ignore[misc]
    """An authenticator app."""

    template_name = "mfa/totp/activate_form.html"
    type = Authenticator.Type.TOTP
    added = ("add_authenticator_app", "An authenticator app was set up for you.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One is enough: who has one takes it away first."""
        if factors.standing(member_of(request)).app:
            return redirect("security")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the secret as it is typed where no camera is at hand."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "secret": in_fours(context["form"].secret)}


class AddPasskey(_Adds, AddWebAuthnView):  # type: ignore[misc]
    """A passkey: one that also signs in alone, so that it asks for a finger, a face or a PIN."""

    template_name = "mfa/webauthn/add_form.html"
    type = Authenticator.Type.WEBAUTHN
    added = ("add_passkey", "A passkey was added for you.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the browser is to make."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "js_data": auth.begin_registration(self.member, passwordless=True), **kwargs}


class _Removes(_Changes):
    """A second factor is taken away, unless it is the last: of two at once, neither sees the other's but in turn."""

    removed: ClassVar[tuple[str, str]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "last": factors.is_last(self.going())}  # type: ignore[misc]

    def form_valid(self, form: forms.Form) -> HttpResponseBase:
        with transaction.atomic():
            self.alone()
            going = self.going()
            if not get_adapter().can_delete_authenticator(going):
                form.add_error(None, get_adapter().validation_error("cannot_delete_authenticator"))
                return self.form_invalid(form)
            answer: HttpResponseBase = super().form_valid(form)  # type: ignore[misc]
            factors.changed(self.member, *self.removed)
        messages.success(self.request, self.removed[1])
        return answer

    def going(self) -> Authenticator:
        raise NotImplementedError


class RemoveApp(_Removes, DeactivateTOTPView):  # type: ignore[misc]
    """The authenticator app."""

    template_name = "mfa/totp/deactivate_form.html"
    removed = ("remove_authenticator_app", "Your authenticator app was taken away.")
    authenticator: Authenticator

    def going(self) -> Authenticator:
        """The one there is."""
        return self.authenticator


class RemovePasskey(_Removes, RemoveWebAuthnView):  # type: ignore[misc]
    """A passkey."""

    template_name = "mfa/webauthn/authenticator_confirm_delete.html"
    removed = ("remove_passkey", "One of your passkeys was taken away.")

    def going(self) -> Authenticator:
        """The one that the address names, if it is his."""
        found: Authenticator = self.get_object()
        return found


class _Name(forms.Form):
    """What a passkey is called."""

    name = forms.CharField(max_length=60)

    def __init__(self, *args: Any, instance: Authenticator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance = instance
        self.initial.setdefault("name", instance.wrap().name)

    def save(self) -> Authenticator:
        """Stores the name."""
        self.instance.wrap().name = self.cleaned_data["name"]
        self.instance.save(update_fields=["data"])
        return self.instance


class RenamePasskey(_Changes, EditWebAuthnView):  # type: ignore[misc]
    """A passkey's name."""

    template_name = "mfa/webauthn/edit_form.html"
    form_class = _Name

    def form_valid(self, form: forms.Form) -> HttpResponseBase:
        """Stored, on the trail, and told."""
        with transaction.atomic():
            answer: HttpResponseBase = super().form_valid(form)
            factors.changed(self.member, "rename_passkey", "One of your passkeys was given another name.")
        return answer


class RecoveryCodes(_Changes, ViewRecoveryCodesView):  # type: ignore[misc]
    """The codes, once; after that how many are left."""

    template_name = "mfa/recovery_codes/index.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who has none makes some."""
        if not Authenticator.objects.filter(user=member_of(request), type=Authenticator.Type.RECOVERY_CODES).exists():
            return redirect("mfa_generate_recovery_codes")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the codes as a file in an address: no second page could show them."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if context["can_view_codes"]:
            context["file"] = as_file(context["unused_codes"], self.member)
        return {**context, "standing": factors.standing(self.member)}


class NewRecoveryCodes(_Changes, GenerateRecoveryCodesView):  # type: ignore[misc]
    """New codes in place of the old ones."""

    template_name = "mfa/recovery_codes/generate.html"
    success_url = reverse_lazy("mfa_view_recovery_codes")

    def form_valid(self, form: forms.Form) -> HttpResponseBase:
        """Made, on the trail, and told; then shown."""
        with transaction.atomic():
            answer: HttpResponseBase = super().form_valid(form)
            factors.changed(
                self.member, "make_recovery_codes", "New recovery codes were made for you; the old are void."
            )
        return answer


class SignInWithPasskey(LoginWebAuthnView):  # type: ignore[misc]
    """Signing in with a passkey alone: it holds both factors, the device and the finger, face or PIN."""

    http_method_names = PAGE_AND_FORM

    def form_valid(self, form: forms.Form) -> HttpResponseBase:
        """In, and on to where he was going."""
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        answer: HttpResponseBase = perform_passwordless_login(self.request, authenticator, login)
        return answer

    def form_invalid(self, form: forms.Form) -> HttpResponseBase:
        """Back to the sign-in page, which says that it was not accepted."""
        sign_in.passkey_refused()
        messages.error(self.request, "That passkey opens nothing here. Sign in with user name and password.")
        return redirect("account_login")


class ProveAgainWithPasskey(ReauthenticateWebAuthnView):  # type: ignore[misc]
    """The second factor again: a passkey."""

    template_name = "mfa/webauthn/reauthenticate.html"
    http_method_names = PAGE_AND_FORM

    def form_invalid(self, form: forms.Form) -> HttpResponseBase:
        """The page again, with what is wrong."""
        context = {**self.get_context_data(), "form": form}
        return HttpResponse(render_to_string(self.template_name, context, self.request), status=422)
