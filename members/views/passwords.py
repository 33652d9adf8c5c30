"""A member's password: changed by himself, or set anew by a link after it was forgotten. The library's views.

Either way every other session of his ends in the act itself, and he is told.
"""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.views import PasswordChangeView, PasswordResetFromKeyView, PasswordResetView
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from members import factors
from members.asking import member_of
from members.sessions import end_all

PAGE_AND_FORM = ["get", "head", "post"]


class FormPage:
    """What the library's pages with a form get from us: what is wrong is answered with 422, and nothing is kept."""

    request: HttpRequest
    http_method_names: ClassVar[list[str]] = PAGE_AND_FORM

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The library's, kept by no browser."""
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    def form_invalid(self, form: forms.Form) -> HttpResponseBase:
        """The page again, with what was typed and what is wrong."""
        context = self.get_context_data(form=form)  # type: ignore[attr-defined]
        answer: HttpResponseBase = self.render_to_response(context, status=422)  # type: ignore[attr-defined]
        return answer


class ChangePassword(FormPage, PasswordChangeView):  # type: ignore[misc]
    """A new password in place of the present one, which is asked for."""

    template_name = "account/password_change.html"
    success_url = reverse_lazy("security")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who has none (he comes by the department's identity provider) sets one by a link to his e-mail."""
        if not member_of(request).has_usable_password():
            return redirect("account_reset_password")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponseBase:
        """Changed, with every other session ended, on the trail, and told."""
        member = member_of(self.request)
        with transaction.atomic():
            answer: HttpResponseBase = super().form_valid(form)
            end_all(member, but=self.request.session.session_key)
            factors.changed(member, "change_password", "Your password was changed; every other session of yours ended.")
        messages.success(self.request, "Your password is changed. Wherever else you were signed in, you are out.")
        return answer


@method_decorator(login_not_required, name="dispatch")
class ForgottenPassword(FormPage, PasswordResetView):  # type: ignore[misc]
    """Asks for the e-mail address; what is said does not depend on whether it is known."""

    template_name = "account/password_reset.html"


@method_decorator(login_not_required, name="dispatch")
class NewPassword(FormPage, PasswordResetFromKeyView):  # type: ignore[misc]
    """The page that the link leads to: good once, for an hour. The second factor is asked for at the sign-in after."""

    template_name = "account/password_reset_from_key.html"

    def form_valid(self, form: forms.Form) -> HttpResponseBase:
        """Set, with every session ended, on the trail, and told."""
        with transaction.atomic():
            answer: HttpResponseBase = super().form_valid(form)
            end_all(self.reset_user)
            factors.changed(
                self.reset_user, "reset_password", "Your forgotten password was set anew; every session of yours ended."
            )
        return answer
