"""The sections that comments are referred to: the list, and one of them as a Supervisor keeps it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from members.asking import member_of
from members.authority import require
from members.powers import Power
from members.states import Invalid
from moderation import sections
from moderation.models import Section
from moderation.referral_forms import SectionForm


@require_safe
def section_list(request: HttpRequest) -> HttpResponse:
    """All sections, by name, and whom to reach there."""
    member = member_of(request)
    context = {"places": Section.objects.visible_to(member), "may_keep": Section.may_keep(member)}
    return render(request, "moderation/sections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_section(request: HttpRequest) -> HttpResponse:
    """A new section. Raises Refused to who is no Supervisor or above."""
    require(member_of(request), Power.ASSIGN_TASKS)
    return _kept(request, Section())


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, section_id: int) -> HttpResponse:
    """A section: read by all, changed by a Supervisor or above."""
    found = get_object_or_404(Section.objects.visible_to(member_of(request)), pk=section_id)
    return _kept(request, found)


def _kept(request: HttpRequest, found: Section) -> HttpResponse:
    member = member_of(request)
    if request.method != "POST":
        return _page(request, found, SectionForm(instance=found))
    require(member, Power.ASSIGN_TASKS)
    form = SectionForm(request.POST, instance=found)
    if form.is_valid():
        try:
            kept = sections.keep(form.save(commit=False), by=member)
        except Invalid as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, f"{kept.name} is kept.")
            return redirect("sections")
    return _page(request, found, form, status=422)


def _page(request: HttpRequest, found: Section, form: SectionForm, status: int = 200) -> HttpResponse:
    may_keep = Section.may_keep(member_of(request))
    context = {"section": found, "form": form, "may_keep": may_keep}
    return render(request, "moderation/section.html", context, status=status)
