"""The first page and what follows: agency, Commander, password, second factor, until there is a unit.

Public while there is none, for whoever has the key from the console; not found afterwards. What was typed waits in the
session (the password as its hash, the seed encrypted); it is stored in one act with the first code.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django import forms
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import make_password
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members import secrets
from members.asking import member_of
from members.models import Agency, Member, SetupKey
from members.models.agency import agency
from members.setting_up import AlreadySetUp, check_key, is_set_up, key_typed, set_up
from members.setup_forms import ZONES, AgencyForm, CodeForm, CommanderForm, KeyForm, PasswordForm
from members.states import Invalid

STEPS = (
    ("setup_agency", "Agency"),
    ("setup_commander", "Commander"),
    ("setup_password", "Password"),
    ("setup_factor", "Second factor"),
    ("setup_codes", "Recovery codes"),
)
BACKEND = "members.backend.Backend"
DRAFT, CODES = "setup", "setup_codes"  # in the session

View = Callable[..., HttpResponse]


def _before_the_unit(view: View) -> View:
    """Public, never kept by a browser, not found once there is a unit."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if is_set_up(agency()):
            raise Http404
        return view(request)

    answer: View = login_not_required(never_cache(require_http_methods(["GET", "HEAD", "POST"])(guarded)))
    return answer


def _with_the_key(*needed: str) -> Callable[[View], View]:
    """Further: only with a key that is still good, and when the steps before, which left `needed`, are done."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            draft = _draft(request)
            key = SetupKey.objects.filter(pk=draft.get("key", 0)).first()
            if key is None:
                return redirect("setup")
            try:
                check_key(key)
            except Invalid as over:
                return _ask_for_the_key(request, KeyForm(), f"{over} What you typed is kept.")
            for name in needed:
                if name not in draft:
                    return redirect(f"setup_{name}")
            return view(request)

        return _before_the_unit(guarded)

    return decorate


@_before_the_unit
def setup(request: HttpRequest) -> HttpResponse:
    """The first page: asks for the key from the console."""
    if request.method != "POST":
        return _ask_for_the_key(request, KeyForm())
    form = KeyForm(request.POST)
    if form.is_valid():
        try:
            key = key_typed(form.cleaned_data["key"])
        except Invalid as refused:
            form.add_error("key", str(refused))
        else:
            _keep(request, key=key.pk)
            return redirect("setup_agency")
    return _ask_for_the_key(request, form)


def _ask_for_the_key(request: HttpRequest, form: KeyForm, said: str = "") -> HttpResponse:
    status = 422 if form.is_bound or said else 200
    return render(request, "members/setup.html", {"form": form, "said": said}, status=status)


@_with_the_key()
def setup_agency(request: HttpRequest) -> HttpResponse:
    """The agency: names, zone, languages, numbers."""
    kept = {"zone": agency().zone, "languages": ["en"], "emergency_number": "911", **_draft(request).get("agency", {})}
    form = AgencyForm(request.POST) if request.method == "POST" else AgencyForm(initial=kept)
    if form.is_bound and form.is_valid():
        _keep(request, agency=form.cleaned_data)
        return redirect("setup_commander")
    return _step(request, "setup_agency", form, zones=ZONES)


@_with_the_key("agency")
def setup_commander(request: HttpRequest) -> HttpResponse:
    """The first Commander: who he is."""
    kept = _draft(request).get("commander", {})
    form = CommanderForm(request.POST) if request.method == "POST" else CommanderForm(initial=kept)
    if form.is_bound and form.is_valid():
        _keep(request, commander=form.cleaned_data)
        return redirect("setup_password")
    return _step(request, "setup_commander", form)


@_with_the_key("agency", "commander")
def setup_password(request: HttpRequest) -> HttpResponse:
    """The Commander's password. One that was set already stays, when the fields are left empty."""
    draft = _draft(request)
    member, ours = Member(**draft["commander"]), Agency(**draft["agency"])
    if request.method != "POST":
        return _step(request, "setup_password", PasswordForm(member=member, agency=ours), is_set="password" in draft)
    if "password" in draft and not request.POST.get("password") and not request.POST.get("again"):
        return redirect("setup_factor")
    form = PasswordForm(request.POST, member=member, agency=ours)
    if form.is_valid():
        _keep(request, password=make_password(form.cleaned_data["password"]))
        return redirect("setup_factor")
    return _step(request, "setup_password", form, is_set="password" in draft)


@_with_the_key("agency", "commander", "password")
def setup_factor(request: HttpRequest) -> HttpResponse:
    """The second factor; with its first code the unit is stored, and the Commander signed in."""
    draft = _draft(request)
    if "seed" not in draft:
        draft = _keep(request, seed=secrets.encrypt(generate_totp_secret()))
    seed = secrets.decrypt(draft["seed"])
    form = CodeForm(request.POST or None, seed=seed)
    if form.is_bound and form.is_valid():
        try:
            return _begin(request, draft, seed)
        except AlreadySetUp as late:
            return render(request, "refusal.html", {"sentence": str(late), "status": 409}, status=409)
        except Invalid as refused:
            form.add_error(None, str(refused))
    member = Member(**draft["commander"])
    address = get_adapter().build_totp_url(member, seed)
    drawn = base64.b64encode(get_adapter().build_totp_svg(address).encode()).decode()
    groups = " ".join(seed[place : place + 4] for place in range(0, len(seed), 4))
    return _step(request, "setup_factor", form, drawn=drawn, address=address, seed=groups)


def _begin(request: HttpRequest, draft: dict[str, Any], seed: str) -> HttpResponseRedirect:
    commander = Member(**draft["commander"], password=draft["password"])
    set_up(Agency(**draft["agency"]), commander, seed=seed, key=SetupKey.objects.get(pk=draft["key"]))
    login(request, commander, backend=BACKEND)
    factor = Authenticator.objects.get(user=commander, type=Authenticator.Type.TOTP)
    record_authentication(request, commander, method="password", username=commander.username)
    record_authentication(request, commander, method="mfa", id=factor.pk, type=factor.type)
    del request.session[DRAFT]
    request.session[CODES] = True
    return redirect("setup_codes")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def setup_codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes, until the new Commander says that he has kept them; not found for anybody else."""
    if CODES not in request.session:
        raise Http404
    if request.method == "POST":
        del request.session[CODES]
        return redirect("home")
    stored = Authenticator.objects.get(user=member_of(request), type=Authenticator.Type.RECOVERY_CODES)
    codes = RecoveryCodes(stored).get_unused_codes()
    return _step(request, "setup_codes", forms.Form(), codes=codes)


def _step(request: HttpRequest, name: str, form: forms.Form, **more: Any) -> HttpResponse:
    number = [step for step, _ in STEPS].index(name)
    steps = [
        {"name": step, "word": word, "done": place < number, "here": place == number}
        for place, (step, word) in enumerate(STEPS)
    ]
    context = {"form": form, "steps": steps, "back": STEPS[number - 1][0] if number else "", **more}
    return render(request, f"members/{name}.html", context, status=422 if form.errors else 200)


def _draft(request: HttpRequest) -> dict[str, Any]:
    """What was typed so far."""
    return dict(request.session.get(DRAFT, {}))


def _keep(request: HttpRequest, **more: Any) -> dict[str, Any]:
    draft = {**_draft(request), **more}
    request.session[DRAFT] = draft
    return draft
