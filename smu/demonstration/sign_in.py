"""Signing in to the demonstration: the page lists the members, one click fills in name, password and code.

Both steps are allauth's own, as everywhere; these pages only type for the person. They are served where
settings.DEMONSTRATION is set, and nowhere else.
"""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse

from members.codes import is_spent
from members.models import Member
from smu.demonstration.people import Told, told


class SignIn(LoginView):  # type: ignore[misc]
    """`?member=ddiaz` fills in the form. Where the code is posted with it, the second step is taken at once."""

    @property
    def chosen(self) -> Told | None:
        """The member whose line was clicked."""
        return _told_of(self.request.GET.get("member", ""))

    def get_initial(self) -> dict[str, str]:
        """Name and password of the member chosen."""
        chosen = self.chosen
        return {"login": chosen["username"], "password": chosen["password"]} if chosen else {}

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        """Django never draws a password into a page; here it is meant to be seen by nobody and typed by the page."""
        form: forms.Form = super().get_form(form_class)
        widget = form.fields["password"].widget
        if isinstance(widget, forms.PasswordInput):
            widget.render_value = bool(self.chosen)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The members to choose from, and a code of the one chosen."""
        chosen = self.chosen
        more = {"members": _who_serve(), "chosen": chosen, "code": unused_code(chosen) if chosen else ""}
        return {**super().get_context_data(**kwargs), **more}

    def form_valid(self, form: forms.Form) -> HttpResponseBase:
        """The first step; then, with a code, the second. A code that is refused leads to the page that asks for one."""
        answer: HttpResponse = super().form_valid(form)
        asked_for_code = answer.status_code == 302 and answer["Location"].startswith(reverse("mfa_authenticate"))
        if not (asked_for_code and self.request.POST.get("code")):
            return answer
        second: HttpResponseBase = Code.as_view()(self.request)
        return second if second.status_code == 302 else answer


class Code(AuthenticateView):  # type: ignore[misc]
    """The second step, with a code filled in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A code that has not been used: also after one was refused."""
        member = _told_of(self.stage.login.user.get_username())
        return {**super().get_context_data(**kwargs), "code": unused_code(member) if member else ""}


class Again(ReauthenticateView):  # type: ignore[misc]
    """The second factor once more, of somebody who is in, with a code filled in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A code that has not been used."""
        member = _told_of(self.request.user.get_username())
        return {**super().get_context_data(**kwargs), "code": unused_code(member) if member else ""}


def _who_serve() -> list[Told]:
    """Those of the file who have not been transferred meanwhile, in the positions in which they stand now."""
    serving = {one.username: one for one in Member.objects.serving()}
    return [
        {**one, "position": serving[one["username"]].get_position_display()}
        for one in told()
        if one["username"] in serving
    ]


def _told_of(username: str) -> Told | None:
    return next((member for member in told() if member["username"] == username), None)


def unused_code(member: Told) -> str:
    """The member's code of this half minute, else the nearest that is still taken; "" when all are used up."""
    stored = (
        Authenticator.objects.select_related("user")
        .filter(user__username=member["username"], type=Authenticator.Type.TOTP)
        .first()
    )
    if stored is None:
        return ""
    counters = list(auth.yield_hotp_counters_from_time())
    now = counters[len(counters) // 2]
    for counter in sorted(counters, key=lambda counter: abs(counter - now)):
        code = str(auth.format_hotp_value(auth.hotp_value(member["totp_secret"], counter)))
        if not is_spent(stored.user, code):
            return code
    return ""
