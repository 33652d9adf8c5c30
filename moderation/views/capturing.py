"""Entering by hand what no application reaches (C.11), and what was entered so."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Account
from members.asking import member_of
from members.authority import require
from members.paging import page_of
from members.powers import Power
from members.states import Invalid
from moderation.capturing import Entered, capture, capture_file
from moderation.forms import CaptureForm
from moderation.models import Capture


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """One comment typed, with a picture, or a file of several."""
    member = member_of(request)
    require(member, Power.GRADE_COMMENTS)
    accounts = Account.objects.visible_to(member).open()
    chosen = {"account": request.GET.get("account", "")}
    form = CaptureForm(request.POST or None, request.FILES or None, accounts=accounts, initial=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            made = _captured(request, form)
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            several = f"{made.comments} comments wait" if made.comments > 1 else "The comment waits"
            messages.success(request, f"{several} for a grade, marked as entered by hand.")
            return redirect("captures")
    return render(request, "moderation/capture.html", {"form": form}, status=422 if form.errors else 200)


def _captured(request: HttpRequest, form: CaptureForm) -> Capture:
    given, by = form.cleaned_data, member_of(request)
    about = {"by": by, "source": given["source"], "why": given["why"]}
    if given["file"]:
        return capture_file(given["account"], given["file"], **about)
    one = Entered(
        given["text"],
        given["author"],
        given["handle"],
        given["posted_at"],
        kind=given["kind"] or "comment",
    )
    return capture(given["account"], [one], picture=given["picture"], **about)


@require_safe
def captures(request: HttpRequest) -> HttpResponse:
    """Everything entered by hand, newest first."""
    mine = Capture.objects.visible_to(member_of(request)).defer("file").select_related("account", "by")
    context = {"page": page_of(mine, request.GET.get("after")), "may": member_of(request).may(Power.GRADE_COMMENTS)}
    return render(request, "moderation/captures.html", context)


@require_safe
def capture_given(request: HttpRequest, capture_id: int) -> HttpResponse:
    """The picture or file as it was given, byte for byte; never shown as a page of ours."""
    seen = Capture.objects.visible_to(member_of(request)).filter(file__isnull=False)
    found = get_object_or_404(seen, pk=capture_id)
    answer = HttpResponse(bytes(found.file or b""), content_type=found.mime)
    shown = "inline" if found.mime.startswith("image/") else "attachment"
    answer["Content-Disposition"] = f'{shown}; filename="capture-{found.pk}.{found.mime.rpartition("/")[2]}"'
    return answer
