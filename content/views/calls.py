"""Calls for content and their contacts (F.VA): whom the unit asks, when, and who answered."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from content import calls as verbs
from content.models import Call, Contact, Letter
from content.planning_forms import CallForm, ContactForm
from members.asking import member_of
from members.authority import require
from members.paging import page_of
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid


@require_safe
def contacts(request: HttpRequest) -> HttpResponseBase:
    """Whom the unit asks; `format=csv` as a file."""
    member = member_of(request)
    found = Contact.objects.visible_to(member)
    if request.GET.get("format") == "csv":
        head = ["name", "kind", "part", "e-mail", "telephone", "is asked"]
        rows = (
            [one.name, one.get_kind_display(), one.part, one.email, one.phone, "yes" if one.active else "no"]
            for one in found[:LARGEST]
        )
        return csv_answer("contacts", head, rows)
    context = {"contacts": found, "may_keep": Contact.may_keep(member)}
    return render(request, "content/contacts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_contact(request: HttpRequest) -> HttpResponse:
    """Another contact."""
    require(member_of(request), Power.DEVELOP_CONTENT)
    return _contact(request, Contact())


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, contact_id: int) -> HttpResponse:
    """One of them: read by all, changed by who develops content."""
    return _contact(request, get_object_or_404(Contact.objects.visible_to(member_of(request)), pk=contact_id))


def _contact(request: HttpRequest, found: Contact) -> HttpResponse:
    member = member_of(request)
    form = ContactForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST":
        require(member, Power.DEVELOP_CONTENT)
        if form.is_valid():
            try:
                kept = verbs.keep_contact(form.save(commit=False), by=member)
            except Invalid as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, f"{kept.name} is kept.")
                return redirect("call_contacts")
    letters = found.letters.select_related("call")[:20] if found.pk else []
    context = {"contact": found, "form": form, "letters": letters, "may_keep": Contact.may_keep(member)}
    return render(request, "content/contact.html", context, status=422 if form.errors else 200)


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """What the unit asks for, and how many answered."""
    member = member_of(request)
    page = page_of(Call.objects.visible_to(member), request.GET.get("after"))
    context = {
        "page": page,
        "rows": [(call, verbs.answers_of(call)) for call in page.rows],
        "late": verbs.overdue().select_related("call", "contact")[:50],
        "may_keep": Call.may_keep(member),
    }
    return render(request, "content/calls.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_call(request: HttpRequest) -> HttpResponse:
    """Another call."""
    require(member_of(request), Power.DEVELOP_CONTENT)
    return _call(request, Call())


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, call_id: int) -> HttpResponseBase:
    """One of them, with each letter and what came of it; changed by who develops content."""
    found = get_object_or_404(Call.objects.visible_to(member_of(request)), pk=call_id)
    if request.GET.get("format") == "csv":
        return _file(found)
    return _call(request, found)


def _call(request: HttpRequest, found: Call, refusal: Exception | None = None) -> HttpResponse:
    member = member_of(request)
    posted = request.method == "POST" and refusal is None
    form = CallForm(request.POST if posted else None, instance=found)
    if posted:
        require(member, Power.DEVELOP_CONTENT)
        if form.is_valid():
            try:
                kept = verbs.keep_call(form.save(commit=False), form.cleaned_data["contacts"], by=member)
            except Invalid as error:
                form.refuse(error)
            else:
                messages.success(request, "It is kept.")
                return redirect(kept.get_absolute_url())
    context = {
        "call": found,
        "form": form,
        "page": page_of(_letters(found), request.GET.get("after")) if found.pk else None,
        "answers": verbs.answers_of(found) if found.pk else None,
        "contacts": Contact.objects.active().exists(),
        "may_keep": Call.may_keep(member),
        "refusal": sentence_of(refusal) if refusal else "",
    }
    status = status_of(refusal) if refusal else 422 if form.errors else 200
    return render(request, "content/call.html", context, status=status)


def _letters(found: Call) -> QuerySet[Letter]:
    return Letter.objects.filter(call=found).select_related("contact", "given_up_by").prefetch_related("ideas")


def _file(found: Call) -> HttpResponseBase:
    head = ["day", "contact", "part", "due", "sent", "not sent, because", "answered", "with nothing", "given up by"]

    def rows() -> Iterator[list[object]]:
        for one in _letters(found).order_by("-pk")[:LARGEST]:
            yield [
                one.on,
                one.contact.name,
                one.contact.part,
                one.due_on,
                one.sent_at.isoformat() if one.sent_at else "",
                one.why_not,
                one.answered_at.isoformat() if one.answered_at else "",
                "yes" if one.nothing else "",
                one.given_up_by.name if one.given_up_by else "",
            ]

    return csv_answer(f"call-{found.pk}", head, rows())


@require_POST
def end_call(request: HttpRequest, call_id: int) -> HttpResponse:
    """It goes out no more."""
    found = get_object_or_404(Call.objects.visible_to(member_of(request)), pk=call_id)
    try:
        verbs.end_call(found, by=member_of(request))
    except REFUSALS as refusal:
        return _call(request, found, refusal)
    messages.success(request, "It goes out no more.")
    return redirect(found.get_absolute_url())


@require_POST
def give_up_letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """An answer is not waited for any more."""
    seen = Call.objects.visible_to(member_of(request))
    letter = get_object_or_404(Letter.objects.filter(call__in=seen).select_related("call"), pk=letter_id)
    try:
        verbs.give_up(letter, by=member_of(request))
    except REFUSALS as refusal:
        return _call(request, letter.call, refusal)
    messages.success(request, "It is not waited for any more.")
    return redirect(letter.call.get_absolute_url())
