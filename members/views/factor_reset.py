"""The reset of a lost second factor: begun on the member's page by who may, finished by the link in his e-mail."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from members import factor_reset, factors, mail
from members.asking import member_of
from members.codes import ActivateForm, as_file, in_fours
from members.factor_reset import Checked
from members.freshness import fresh_second_factor
from members.models import Member
from members.states import Invalid


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_second_factor
def start(request: HttpRequest, member_id: int) -> HttpResponseBase:
    """Why, and how he made sure whom he speaks to; then the link goes out."""
    by = member_of(request)
    member = get_object_or_404(Member.objects.visible_to(by), pk=member_id)
    factor_reset.require_over(by, member)
    if request.method != "POST":
        return _form(request, member)
    try:
        token = factor_reset.start(
            member, by=by, reason=request.POST.get("reason", ""), checked_by=request.POST.get("checked_by", "")
        )
    except Invalid as wrong:
        return _form(request, member, wrong)
    link = mail.address_of(reverse("factor_reset", args=[token]))
    if mail.send(member.email, "A new second factor", "factor_reset", {"name": member.name, "by": by, "link": link}):
        messages.success(request, f"The link is on its way to {member.name}. It is good once, for one hour.")
    else:
        messages.error(request, f"The e-mail to {member.name} could not be sent: see that mail works, then try again.")
    return redirect("factor_reset_start", member_id=member.pk)


def _form(request: HttpRequest, member: Member, wrong: Invalid | None = None) -> HttpResponse:
    context = {
        "member": member,
        "standing": factors.standing(member),
        "open": factor_reset.open_for(member),
        "ways": Checked.choices,
        "wrong": wrong,
        "typed": request.POST,
    }
    return render(request, "members/factor_reset_start.html", context, status=422 if wrong else 200)


@require_POST
@fresh_second_factor
def withdraw(request: HttpRequest, member_id: int) -> HttpResponseBase:
    """The open link is void."""
    member = get_object_or_404(Member.objects.visible_to(member_of(request)), pk=member_id)
    factor_reset.withdraw(member, by=member_of(request))
    messages.success(request, "The link is void. The second factor stays as it was.")
    return redirect("factor_reset_start", member_id=member.pk)


class NewFactor(ActivateForm):
    """The member's password, then a code of the new authenticator app."""

    password = PasswordField(autocomplete="current-password")

    def clean_code(self) -> str:
        """The code; not looked at before the password is proved. Raises ValidationError with what to do."""
        self._prove_password()
        return super().clean_code()

    def _prove_password(self) -> None:
        """Counted with the tries at sign-in, so that the link opens no second row of them."""
        password = self.data.get("password", "")
        adapter = get_adapter()
        found = adapter.authenticate(adapter.request, username=self.user.username, password=password)
        if found is None or found.pk != self.user.pk:
            self.add_error("password", adapter.validation_error("incorrect_password"))
            raise ValidationError("Enter the code again, with the right password.", "not_looked_at")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def factor_reset_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """The page that the link leads to: password, a new authenticator app, and the recovery codes that come with it."""
    try:
        link = factor_reset.find(token)
        form = NewFactor(request.POST if request.method == "POST" else None, user=link.member)
        if form.is_bound and form.is_valid():
            codes = factor_reset.use(token, form.secret)
            shown = {"unused_codes": codes, "file": as_file(codes, link.member)}
            return render(request, "members/factor_reset_done.html", shown)
    except factor_reset.Gone as gone:
        return render(request, "members/factor_reset_gone.html", {"sentence": str(gone)}, status=410)
    return render(request, "members/factor_reset.html", _page(link.member, form), status=422 if form.is_bound else 200)


def _page(member: Member, form: NewFactor) -> dict[str, Any]:
    adapter = get_factor_adapter()
    address = adapter.build_totp_url(member, form.secret)
    image = base64.b64encode(adapter.build_totp_svg(address).encode()).decode()
    return {
        "form": form,
        "member": member,
        "totp_url": address,
        "totp_svg_data_uri": f"data:image/svg+xml;base64,{image}",
        "secret": in_fours(form.secret),
    }
