"""A member leaves the unit (1.3), and the command passes to another (E.1): what will happen, asked once, then done."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from members import transferring
from members.asking import member_of
from members.freshness import still_to_prove
from members.membership import page_of, require_over
from members.models import Member
from members.states import Invalid, Refused, WrongState

LEAVES = "leaves"  # in place of a position


class TransferForm(forms.Form):
    """Where to, and why."""

    to = forms.CharField(
        label="Where to",
        required=False,
        max_length=transferring.LONGEST,
        widget=forms.TextInput({"class": "form-control"}),
        help_text="The section or unit, if there is one.",
    )
    reason = forms.CharField(
        label="Reason",
        error_messages={"required": "Say why: the reason is kept with it."},
        max_length=2000,
        widget=forms.Textarea({"class": "form-control", "rows": 3}),
    )


class SuccessionForm(TransferForm):
    """The same of the Commander, with who follows."""

    field_order = ["successor", "to", "reason"]
    successor = forms.ModelChoiceField(
        Member.objects.none(),
        label="Who follows as Section Commander",
        empty_label="Choose",
        widget=forms.Select({"class": "form-select"}),
        error_messages={"required": "Choose who follows.", "invalid_choice": "Choose who follows."},
    )

    def __init__(self, *args: Any, but: Collection[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        successor = cast("forms.ModelChoiceField[Member]", self.fields["successor"])
        serving = Member.objects.serving().of_the_unit()
        successor.queryset = serving.exclude(pk__in=[one.pk for one in but])
        if not successor.queryset.exists():
            successor.help_text = "Nobody else serves in the chain of command. Invite somebody first."


class HandOverForm(SuccessionForm):
    """Who follows, and what becomes of the Commander."""

    field_order = ["successor", "own_position", "to", "reason", "understood"]
    own_position = forms.ChoiceField(
        label="What you are from then on",
        choices=[("", "Choose"), *transferring.positions_left(), (LEAVES, "I leave the unit")],
        widget=forms.Select({"class": "form-select"}),
        error_messages={"required": "Choose what you will be in the unit, or that you leave it."},
    )
    understood = forms.BooleanField(
        label="From this moment on I am not the Commander any more, and cannot take it back.",
        error_messages={"required": "Mark that you know what this does."},
    )

    def __init__(self, *args: Any, commander: Member, **kwargs: Any) -> None:
        super().__init__(*args, but=[commander], **kwargs)
        self.fields["successor"].label = "Who follows you"
        self.fields["to"].help_text = "If you leave: the section or unit, if there is one."


@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: HttpRequest, member_id: int) -> HttpResponseBase:
    """What ends and moves with the member, and the order for it. Raises Refused, WrongState."""
    by = member_of(request)
    member = get_object_or_404(Member.objects.visible_to(by).select_related("reports_to"), pk=member_id)
    require_over(by, member, ())
    if member.state == Member.State.LEFT:
        raise WrongState(member, "transfer")
    if led := still_to_prove(request):
        return led
    said = request.POST or None
    form = SuccessionForm(said, but=[member, by]) if transferring.commands(member) else TransferForm(said)
    if form.is_valid():
        try:
            transferring.transfer(member, by=by, **form.cleaned_data)
        except Invalid as wrong:
            form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong))
        else:
            messages.success(request, f"{member.name} is transferred. What he held here has ended.")
            return redirect(page_of(member))
    context = {"member": member, "form": form, "consequences": transferring.consequences(member)}
    return render(request, "members/transfer.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_command(request: HttpRequest) -> HttpResponseBase:
    """The Commander names who follows. Raises Refused."""
    by = member_of(request)
    if not transferring.commands(by):
        raise Refused(transferring.COMMANDER_HIMSELF)
    if led := still_to_prove(request):
        return led
    form = HandOverForm(request.POST or None, commander=by)
    if form.is_valid():
        try:
            _hand_over(by, form.cleaned_data)
        except Invalid as wrong:
            form.add_error(wrong.field or None, str(wrong))
        else:
            return _handed_over(request, by, form.cleaned_data["successor"])
    return render(request, "members/transfer_command.html", {"form": form}, status=422 if form.is_bound else 200)


def _hand_over(by: Member, said: dict[str, Any]) -> None:
    position = said["own_position"]
    transferring.hand_over_command(
        by=by,
        successor=said["successor"],
        own_position="" if position == LEAVES else position,
        to=said["to"],
        reason=said["reason"],
    )


def _handed_over(request: HttpRequest, by: Member, successor: Member) -> HttpResponse:
    if not by.is_active:
        return redirect("account_login")
    messages.success(request, f"{successor.name} is the Section Commander now.")
    return redirect(page_of(successor))
