"""What the platforms send by themselves: how much of what, what waits, what could not be taken in (S.O.P. 1, C.11)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Account, WebhookSubscription
from accounts.platforms.webhooks import SENDERS
from members.asking import member_of
from members.authority import require
from members.models import LogEntry, Member
from members.powers import Power
from moderation import live
from moderation.bytes import readable
from moderation.models import WebhookCount, WebhookDelivery, WebhookWork
from moderation.views.records import as_file

SHOWN = 50  # deliveries in trouble, the newest


@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """Counts by kind of change, the accounts' subscriptions, and the deliveries that need somebody."""
    member = member_of(request)
    accounts = Account.objects.visible_to(member).filter(platform__in=SENDERS).exclude(state=Account.State.CLOSED)
    counts = WebhookCount.objects.order_by("outcome", "platform", "words") if member.may(Power.READ_UNIT) else []
    context = {
        "counts": sorted(counts, key=lambda one: (_weight(one), one.platform, one.words)),
        "subscriptions": WebhookSubscription.objects.filter(account__in=accounts).select_related("account"),
        "waiting": WebhookWork.objects.filter(state=WebhookWork.State.WAITING).count(),
        "oldest": WebhookWork.objects.filter(state=WebhookWork.State.WAITING).order_by("pk").first(),
        "troubled": WebhookWork.objects.exclude(trouble="").order_by("-pk").select_related("delivery")[:SHOWN],
        "may_look": member.may(Power.SETTLE_SET_ASIDE),
    }
    return render(request, "moderation/deliveries.html", context)


def _weight(one: WebhookCount) -> int:
    """What somebody should look at comes first."""
    order: list[Any] = [WebhookCount.Outcome.UNKNOWN, WebhookCount.Outcome.STRANGER, WebhookCount.Outcome.TAKEN]
    return order.index(one.outcome) if one.outcome in order else len(order)


def _delivery(request: HttpRequest, delivery_id: int, verb: str = "") -> tuple[Member, WebhookDelivery]:
    """The delivery; that somebody read or took its bytes is noted."""
    member = member_of(request)
    require(member, Power.SETTLE_SET_ASIDE)
    found = WebhookDelivery.objects.visible_to(member).select_related("work")
    delivery: WebhookDelivery = get_object_or_404(found, pk=delivery_id)
    if verb:
        label = WebhookDelivery._meta.label_lower
        LogEntry.objects.create(by=member, verb=verb, subject_type=label, subject_id=str(delivery.pk))
    return member, delivery


@require_safe
def delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """One delivery: when it came, what became of it, and its bytes, safe to look at."""
    _, found = _delivery(request, delivery_id, "read")
    return render(request, "moderation/delivery.html", {"delivery": found, "shown_bytes": readable(found.raw)})


@require_safe
def delivery_bytes(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """The bytes as received, as a file that no browser opens."""
    _, found = _delivery(request, delivery_id, "download")
    return as_file(found.raw, f"delivery-{delivery_id}.bin")


@require_POST
def delivery_again(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Try once more what was given up. Raises WrongState where it was not."""
    member, found = _delivery(request, delivery_id)
    found.work.try_again(by=member, at=timezone.now())
    live.delivered()
    messages.success(request, "It is taken in anew in a moment.")
    return redirect("delivery", delivery_id)
