"""Invitations: sending one, again, taking it back; and the page behind the link, where somebody joins."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from members import mail, membership
from members.asking import member_of
from members.forms import InviteForm, JoinForm, PositionForm, WithdrawForm
from members.models import Member
from members.powers import Position
from members.states import Invalid, WrongState
from members.views.members import found


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Add somebody to the unit."""
    by = member_of(request)
    membership.require_over(by, None, {Position.OFFICER})
    form = InviteForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        try:
            newcomer, token = membership.invite(by=by, **form.newcomer())
        except Invalid as error:
            form.refuse(error)
        else:
            return _sent(request, newcomer, token)
    return render(request, "members/member_invite.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def send_again(request: HttpRequest, member_id: int) -> HttpResponse:
    """A fresh link; the one before opens nothing any more."""
    one = found(request, member_id)
    return _sent(request, one, membership.send_again(one, by=member_of(request)))


@require_POST
def withdraw_invitation(request: HttpRequest, member_id: int) -> HttpResponse:
    """Take an invitation back."""
    by, one = member_of(request), found(request, member_id)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        raise Invalid("The reason is too long, or holds what cannot be stored. Shorten it.")
    membership.withdraw(one, by=by, reason=form.cleaned_data["reason"])
    messages.success(request, f"The invitation of {one.name} is withdrawn: the link opens nothing any more.")
    return redirect("member", one.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, member_id: int) -> HttpResponse:
    """Invite somebody anew who had left."""
    by, one = member_of(request), found(request, member_id)
    membership.require_over(by, one, ())
    if one.state != Member.State.LEFT:
        raise WrongState(one, "take_back")
    form = PositionForm(request.POST or None, by=by, of=one)
    if request.method == "POST" and form.is_valid():
        try:
            token = membership.take_back(one, by=by, reason=form.cleaned_data["reason"], **form.place())
        except Invalid as error:
            form.refuse(error)
        else:
            return _sent(request, one, token)
    context = {"form": form, "one": one}
    return render(request, "members/member_take_back.html", context, status=422 if form.errors else 200)


def post_invitation(member: Member, token: str, *, by: Member, try_it: bool = True) -> str:
    """Send the link; "" when the mail server took it, else (or untried) the link, to be handed over in another way."""
    link = mail.address_of(reverse("join", args=[token]))
    days = membership.GOOD_FOR.days
    context = {"member": member, "by": by, "link": link, "days": days}
    sent = try_it and mail.send(member.email, "Join the Social Media Unit", "invitation", context)
    return "" if sent else link


def _sent(request: HttpRequest, member: Member, token: str) -> HttpResponse:
    """The member's page, or, with no mail gone, the link on a page that is never loaded again: it is stored nowhere."""
    link = post_invitation(member, token, by=member_of(request))
    if not link:
        messages.success(request, f"The invitation of {member.name} is on its way by e-mail.")
        return redirect("member", member.pk)
    answer = render(request, "members/member_link.html", {"unsent": [(member, link)]})
    answer["Cache-Control"] = "no-store"
    return answer


@never_cache
@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link of an invitation: a password is chosen, and the second factor is next.

    To look at it changes nothing: mail scanners follow links.
    """
    form = JoinForm(request.POST or None)
    try:
        invitation = membership.invitation_of(token)
        if request.method == "POST" and form.is_valid():
            joined = membership.accept(token, form.cleaned_data["password"])
            return _come_in(request, joined)
    except membership.NotOpen as error:
        return _closed(render(request, "members/join_closed.html", {"sentence": str(error)}, status=410))
    except Invalid as error:
        form.refuse(error)
    context = {"form": form, "one": invitation.member, "invitation": invitation}
    return _closed(render(request, "members/join.html", context, status=422 if form.errors else 200))


def _closed(answer: HttpResponse) -> HttpResponse:
    """No page that is followed from here learns the link; `no-referrer` would take the origin from our own form."""
    answer["Referrer-Policy"] = "strict-origin"
    return answer


def _come_in(request: HttpRequest, member: Member) -> HttpResponse:
    """Signed in by the password just set, on the way to the second factor."""
    answer: HttpResponse = perform_login(
        request, member, email_verification="none", redirect_url=reverse("second_factor")
    )
    record_authentication(request, member, method="password")
    return _closed(answer)
