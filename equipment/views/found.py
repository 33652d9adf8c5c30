"""A thing found by a stranger: his page, without an account, a cookie or a script; and what the unit makes of it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from equipment import found as verbs
from equipment.codes import is_code
from equipment.custody_forms import FoundForm
from equipment.models import FoundReport, Item, Kit
from members.asking import member_of
from members.authority import holds
from members.models.agency import agency
from members.paging import page_of
from members.powers import Power
from members.public_forms import counted, mark_of, unlike_a_person
from members.refusals import REFUSALS, sentence_of, status_of

SALT = "found"
UNLIKE = {
    "not_empty": "A field that must stay empty was filled. Send it once more.",
    "too_old": "This page lay open too long, or was not whole. Look at it once more, then send it.",
    "too_quick": "That was quick. Look at it once more, then send it.",
}
TOO_MANY = "Very much came from your connection. Wait an hour, or call us."


def _thing(code: str) -> Item | Kit | None:
    if not is_code(code):
        return None
    return Item.objects.filter(code=code).first() or Kit.objects.filter(code=code).first()


def public_page(request: HttpRequest, code: str, form: FoundForm | None = None) -> HttpResponse:
    """How to return it: not what it is worth, nor who had it. 404 for a code that nobody printed."""
    if not counted(request, "label", dry_run=True):
        return render(request, "equipment/found.html", {"ours": agency(), "refused": TOO_MANY}, status=429)
    if _thing(code) is None:
        counted(request, "label")
        raise Http404
    context = {
        "code": code,
        "form": form or FoundForm(),
        "mark": mark_of(code, salt=SALT),
        "ours": agency(),
        "sent": request.GET.get("sent") == "1",
        "sign_in": f"{reverse('account_login')}?{urlencode({'next': reverse('label', args=[code])})}",
    }
    return render(request, "equipment/found.html", context, status=422 if form and form.errors else 200)


# No cookie, so no token of one: nobody signed in acts here, and the form carries a signed mark of its own.
@csrf_exempt
@login_not_required
@never_cache
@require_POST
def report_found(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody says where it is."""
    thing = _thing(code)
    if thing is None:
        return public_page(request, code)
    form = FoundForm(request.POST)
    if form.is_valid():
        unlike = unlike_a_person(request.POST, code, salt=SALT)
        if unlike:
            form.add_error(None, UNLIKE[unlike])
        elif not counted(request, "found"):
            form.add_error(None, TOO_MANY)
        else:
            verbs.report(thing, **form.cleaned_data)
            return redirect(f"{reverse('label', args=[code])}?sent=1")
    return public_page(request, code, form)


@require_safe
def found_reports(request: HttpRequest) -> HttpResponse:
    """What strangers found, newest first."""
    return _reports(request)


def _reports(request: HttpRequest, of: FoundReport | None = None, refusal: Exception | None = None) -> HttpResponse:
    rows = FoundReport.objects.select_related("item", "kit", "settled_by")
    page = page_of(rows, request.GET.get("after"))
    context = {
        "page": page,
        # What is settled, or on another page, has no form beside which it could stand.
        "beside": any(row == of and row.settled_at is None for row in page.rows),
        "may_settle": holds(member_of(request), Power.KEEP_EQUIPMENT),
        "refused": of.pk if of else None,
        "typed": request.POST.get("outcome", ""),
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "equipment/found_reports.html", context, status=status_of(refusal) if refusal else 200)


@require_POST
def settle_found(request: HttpRequest, report_id: int) -> HttpResponse:
    """What became of it."""
    found = get_object_or_404(FoundReport, pk=report_id)
    try:
        verbs.settle(found, by=member_of(request), outcome=request.POST.get("outcome", "").replace("\x00", ""))
    except REFUSALS as refusal:
        return _reports(request, found, refusal)
    messages.success(request, "Noted.")
    return redirect("found_reports")
