"""Privileges of transferred members on the platforms themselves, until each is confirmed to be gone (1.3)."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Removal
from accounts.models.removals import may_read
from members.asking import member_of
from members.authority import only
from members.models import Member
from members.powers import Power
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid, Refused


class RemovalFilter(forms.Form):
    """Which of them are shown; rubbish in the address shows everything that is outstanding."""

    state = forms.ChoiceField(
        label="Which", required=False, choices=[("", "To be removed"), ("removed", "Removed"), ("all", "All")]
    )
    member = forms.ModelChoiceField(Member.objects.none(), label="Whose", required=False, empty_label="Everybody's")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whose = cast("forms.ModelChoiceField[Member]", self.fields["member"])
        whose.queryset = Member.objects.filter(removals__isnull=False).distinct()
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"


class NoteForm(forms.Form):
    """What is to be kept beside a removal."""

    note = forms.CharField(
        label="Note",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"class": "form-control", "rows": 3}),
        help_text="How you made sure, or what stands in the way. No passwords.",
    )


@require_safe
def removals(request: HttpRequest) -> HttpResponseBase:
    """What transferred members may still hold on the platforms; `format=csv` as a file. Raises Refused."""
    member = member_of(request)
    if not may_read(member):
        raise Refused(only(Power.REMOVE_PRIVILEGES))
    asked = RemovalFilter(request.GET)
    found = Removal.objects.visible_to(member).select_related("account", "member", "confirmed_by")
    chosen = asked.cleaned_data if asked.is_valid() else {}
    if chosen.get("member"):
        found = found.filter(member=chosen["member"])
    if chosen.get("state") != "all":
        found = found.filter(state=chosen.get("state") or Removal.State.OUTSTANDING)
    if request.GET.get("format") == "csv":
        head = ["member", "number", "platform", "account", "role held", "since", "state", "confirmed", "by"]
        return csv_answer("removals", head, (_line(one) for one in found[:LARGEST]))
    return render(request, "accounts/removals.html", {"found": found[:LARGEST], "search": asked})


def _line(removal: Removal) -> list[object]:
    return [
        removal.member.name,
        removal.member.number,
        removal.account.get_platform_display(),
        removal.account.handle,
        removal.get_kind_display(),
        removal.opened_at.isoformat(),
        removal.get_state_display(),
        removal.confirmed_at.isoformat() if removal.confirmed_at else "",
        removal.confirmed_by.name if removal.confirmed_by else "",
    ]


@require_safe
def removal(request: HttpRequest, removal_id: int) -> HttpResponse:
    """One check-list: what to remove where, and the confirmation."""
    return _page(request, _removal_of(request, removal_id), NoteForm())


@require_POST
def confirm(request: HttpRequest, removal_id: int, item_id: int) -> HttpResponse:
    """One item is done. After the last it goes on to what else of this member is outstanding."""
    found, form = _removal_of(request, removal_id), NoteForm(request.POST)
    if not found.may_confirm(member_of(request)):
        raise Refused(only(Power.REMOVE_PRIVILEGES))
    item = get_object_or_404(found.items.all(), pk=item_id)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    if not found.confirm(item, by=member_of(request), note=form.cleaned_data["note"]):
        messages.success(request, f"Confirmed: {item.where}.")
        return redirect("removal", found.pk)
    messages.success(request, f"Confirmed: {found.member.name} holds nothing on {found.account} any more.")
    following = Removal.objects.outstanding().filter(member=found.member).first()
    return redirect("removal", following.pk) if following else redirect("removals")


@require_POST
def note(request: HttpRequest, removal_id: int) -> HttpResponse:
    """Write something beside it."""
    found, form = _removal_of(request, removal_id), NoteForm(request.POST)
    if form.is_valid():
        try:
            found.note(form.cleaned_data["note"], by=member_of(request))
            return redirect("removal", found.pk)
        except Invalid as wrong:
            form.add_error(wrong.field, str(wrong))
    return _page(request, found, form, status=422)


def _removal_of(request: HttpRequest, removal_id: int) -> Removal:
    wanted = Removal.objects.visible_to(member_of(request)).select_related("account", "member", "confirmed_by")
    return get_object_or_404(wanted, pk=removal_id)


def _page(request: HttpRequest, found: Removal, form: NoteForm, status: int = 200) -> HttpResponse:
    member = member_of(request)
    context = {
        "removal": found,
        "items": found.items.select_related("confirmed_by", "hold"),
        "notes": found.notes.select_related("by"),
        "others": Removal.objects.visible_to(member).outstanding().filter(member=found.member).exclude(pk=found.pk),
        "form": form,
        "may_confirm": found.state == Removal.State.OUTSTANDING and found.may_confirm(member),
        "may_note": found.may_note(member),
    }
    return render(request, "accounts/removal.html", context, status=status)
