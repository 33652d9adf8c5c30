"""Templates, and messages prepared for emergencies: the list, one of them, and beginning a draft with it (C.5)."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from content import templates as verbs
from content.models import Purpose, Template
from content.planning_forms import TemplateForm, TemplateTextForm
from members.asking import member_of
from members.authority import require
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.states import Invalid


@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """What is prepared for emergencies, then the others."""
    member = member_of(request)
    found = Template.objects.visible_to(member).in_use()
    context = {
        "prepared": found.filter(purpose=Purpose.EMERGENCY),
        "others": found.exclude(purpose=Purpose.EMERGENCY),
        "may_write": member.may(Power.DEVELOP_CONTENT),
    }
    return render(request, "content/templates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_template(request: HttpRequest) -> HttpResponse:
    """Another one."""
    member = member_of(request)
    require(member, Power.DEVELOP_CONTENT)
    form = TemplateForm(request.POST if request.method == "POST" else None, initial={"purpose": Purpose.EMERGENCY})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = verbs.keep(given["name"], given["purpose"], given["text"], by=member)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect(made.get_absolute_url())
    return render(request, "content/template_add.html", {"form": form}, status=422 if form.errors else 200)


def _template(request: HttpRequest, template_id: int) -> Template:
    return get_object_or_404(Template.objects.visible_to(member_of(request)), pk=template_id)


@require_safe
def template(request: HttpRequest, template_id: int) -> HttpResponse:
    """One of them: what it says, said before, and who read it."""
    return _page(request, _template(request, template_id))


def _page(request: HttpRequest, found: Template, refusal: Exception | None = None) -> HttpResponse:
    member = member_of(request)
    newest = found.newest
    may_review = newest is not None and newest.reviewed is None and found.for_emergencies and newest.may_review(member)
    context = {
        "template": found,
        "newest": newest,
        "in_force": found.in_force,
        "texts": found.texts.select_related("by", "review__by").order_by("-pk"),
        "may_write": member.may(Power.DEVELOP_CONTENT) and found.retired_at is None,
        "may_review": may_review,
        "typed": request.POST.dict() if refusal else {},
        "wrong": getattr(refusal, "field", ""),
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "content/template.html", context, status=status_of(refusal) if refusal else 200)


def _act(request: HttpRequest, template_id: int, act: Callable[[Template], str]) -> HttpResponse:
    found = _template(request, template_id)
    try:
        address = act(found)
    except REFUSALS as refusal:
        return _page(request, _template(request, template_id), refusal)
    return redirect(address)


@require_POST
def write_template(request: HttpRequest, template_id: int) -> HttpResponse:
    """What it says from now on."""

    def write(found: Template) -> str:
        form = TemplateTextForm(request.POST)
        if not form.is_valid():
            raise Invalid("The text is longer than 5,000 characters, or holds odd ones.", "text")
        verbs.write(found, form.cleaned_data["text"], by=member_of(request))
        messages.success(request, "Kept.")
        return found.get_absolute_url()

    return _act(request, template_id, write)


@require_POST
def review_template(request: HttpRequest, template_id: int) -> HttpResponse:
    """Its newest text is accurate, by the digest that the page showed."""

    def review(found: Template) -> str:
        newest = found.newest
        require(member_of(request), Power.REVIEW_ACCURACY)
        if newest is None or bytes(newest.digest).hex() != request.POST.get("digest"):
            raise Invalid("It was written anew meanwhile: read it again.", "text")
        verbs.review(newest, by=member_of(request))
        messages.success(request, "A draft may begin with it now.")
        return found.get_absolute_url()

    return _act(request, template_id, review)


@require_POST
def retire_template(request: HttpRequest, template_id: int) -> HttpResponse:
    """No draft begins with it any more."""

    def retire(found: Template) -> str:
        verbs.retire(found, by=member_of(request))
        messages.success(request, "Retired: no draft begins with it any more.")
        return found.get_absolute_url()

    return _act(request, template_id, retire)


@require_POST
def begin_with_template(request: HttpRequest, template_id: int) -> HttpResponse:
    """A draft that begins with it."""

    def begin(found: Template) -> str:
        require(member_of(request), Power.DEVELOP_CONTENT)
        return reverse("edit_item", args=[verbs.begin(found, by=member_of(request)).pk])

    return _act(request, template_id, begin)
