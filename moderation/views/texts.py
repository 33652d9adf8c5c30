"""Prepared texts (ruling 1): all of them by what they are for, a new one, their approval, reading and withdrawal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members import authority
from members.asking import member_of
from members.models.agency import agency
from members.paging import page_of
from members.powers import Power
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid
from moderation import texts_writing
from moderation.models import Wording
from moderation.refusals import REFUSALS, sentence_of, status_of
from moderation.texts_forms import ReaderForm, ReasonWhy, WordingForm, WordingSearch

HEAD = ["purpose", "language", "text", "written by", "written", "approved by", "approved", "read by", "withdrawn"]


@require_safe
def texts(request: HttpRequest) -> HttpResponseBase:
    """The list, newest first; `format=csv`: those asked for."""
    authority.require(member_of(request), Power.READ_UNIT)
    return _list(request)


def _list(request: HttpRequest, refusal: Exception | None = None) -> HttpResponseBase:
    member, search = member_of(request), WordingSearch(request.GET)
    rows = search.wordings()
    if request.GET.get("format") == "csv":
        return csv_answer("prepared-texts", HEAD, _lines(rows))
    page = page_of(rows, request.GET.get("after"))
    may_approve = member.may(Power.APPROVE_CONTENT)
    context = {
        "search": search,
        "page": page,
        "may_write": member.may(Power.GRADE_COMMENTS),
        "may_approve": may_approve,
        "to_approve": [one.pk for one in page.rows if one.approved_by is None and one.may_approve(member)],
        "empty": not Wording.objects.exists(),
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "moderation/texts.html", context, status=status_of(refusal) if refusal else 200)


def _lines(rows: QuerySet[Wording]) -> Iterator[list[object]]:
    for one in rows.order_by("-pk")[:LARGEST]:
        yield [
            one.get_purpose_display(),
            one.language_name,
            one.text,
            one.written_by.name if one.written_by else "the product",
            timezone.localtime(one.written_at).isoformat(),
            one.approved_by.name if one.approved_by else "",
            timezone.localtime(one.approved_at).isoformat() if one.approved_at else "",
            one.reviewed_by_name,
            one.withdrawn.why if one.withdrawn else "",
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def write_text(request: HttpRequest) -> HttpResponse:
    """A new wording: a draft until it is approved."""
    member = member_of(request)
    authority.require(member, Power.GRADE_COMMENTS)
    form = WordingForm(request.POST or None, initial={"purpose": request.GET.get("purpose", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = texts_writing.write(**form.cleaned_data, by=member)
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, "Kept as a draft: it is sent once it is approved.")
            return redirect("wording", made.pk)
    return render(request, "moderation/write_text.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def wording(request: HttpRequest, wording_id: int) -> HttpResponse:
    """One wording with all that was said of it, and the forms for whoever may."""
    return _page(request, _wording(request, wording_id))


def _wording(request: HttpRequest, wording_id: int) -> Wording:
    authority.require(member_of(request), Power.READ_UNIT)
    found = Wording.objects.select_related("written_by", "approval__by", "review__by", "withdrawal__by")
    return get_object_or_404(found, pk=wording_id)


def _page(request: HttpRequest, found: Wording, refusal: Exception | None = None) -> HttpResponse:
    member = member_of(request)
    open_ = found.withdrawn is None
    draft = open_ and found.approved_by is None
    context = {
        "wording": found,
        "may_approve": draft and found.may_approve(member),
        "own": draft and member.pk == found.written_by_id and member.may(Power.APPROVE_CONTENT),
        "own_words": texts_writing.OWN,
        "may_review": open_ and not found.reviewed_by_name and found.may_review(member),
        "may_withdraw": open_ and found.may_withdraw(member),
        "reader": ReaderForm(request.POST if refusal else None),
        "reason": ReasonWhy(),
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "moderation/wording.html", context, status=status_of(refusal) if refusal else 200)


def _act(request: HttpRequest, wording_id: int, act: Callable[[Wording], str]) -> HttpResponse:
    found = _wording(request, wording_id)
    try:
        said = act(found)
    except REFUSALS as refusal:
        return _page(request, found, refusal)
    messages.success(request, said)
    return redirect("wording", wording_id)


def _digest(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise Invalid("The page was not complete. Look again, then approve.") from error


@require_POST
def approve_text(request: HttpRequest, wording_id: int) -> HttpResponse:
    """Let exactly the text that was read be sent."""

    def approve(found: Wording) -> str:
        texts_writing.approve(found, _digest(request.POST.get("digest", "")), by=member_of(request))
        return "Approved: it is offered from now on."

    return _act(request, wording_id, approve)


@require_POST
def approve_texts(request: HttpRequest) -> HttpResponseBase:
    """Approve those that were marked on the list, all or none."""
    member = member_of(request)
    authority.require(member, Power.APPROVE_CONTENT)
    marked = [one.partition(":") for one in request.POST.getlist("wording")[:200]]
    keys = {key: digest for key, _, digest in marked if key.isdecimal() and len(key) < 19}
    try:
        found = [(one, _digest(keys[str(one.pk)])) for one in Wording.objects.filter(pk__in=keys)]
        if not found:
            raise Invalid("Mark the texts that you have read and approve.")
        count = texts_writing.approve_all(found, by=member)
    except REFUSALS as refusal:
        return _list(request, refusal)
    messages.success(request, f"{count} approved: they are offered from now on.")
    return redirect("texts")


@require_POST
def review_text(request: HttpRequest, wording_id: int) -> HttpResponse:
    """Note who has read it in its language."""

    def review(found: Wording) -> str:
        made = texts_writing.review(found, by=member_of(request), name=request.POST.get("name", ""))
        return f"Noted: {made.name} has read it."

    return _act(request, wording_id, review)


@require_POST
def withdraw_text(request: HttpRequest, wording_id: int) -> HttpResponse:
    """Send it no more."""

    def withdraw(found: Wording) -> str:
        texts_writing.withdraw(found, by=member_of(request), why=request.POST.get("why", "")[:1000])
        return "Withdrawn: it is not offered any more."

    return _act(request, wording_id, withdraw)


@require_POST
def bring_texts(request: HttpRequest) -> HttpResponse:
    """Put the product's own texts there as drafts."""
    made = texts_writing.bring_starters(agency(), by=member_of(request))
    messages.success(request, f"{len(made)} brought as drafts. Read them, then approve those that you would send.")
    return redirect("texts")
