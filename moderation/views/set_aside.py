"""What could not be read: set aside with its bytes and the reason, while the rest went in (idea 7)."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import Account
from members.asking import member_of
from members.models import LogEntry
from members.paging import page_of
from members.spreadsheets import LARGEST, csv_answer
from moderation.bytes import readable
from moderation.models import SetAside
from moderation.views.records import as_file


@require_safe
def set_aside(request: HttpRequest) -> HttpResponseBase:
    """Everything set aside, newest first, of one account or all; `format=csv` as a file."""
    member = member_of(request)
    accounts = list(Account.objects.visible_to(member))
    items = SetAside.objects.visible_to(member).select_related("account", "page").defer("body")
    asked = request.GET.get("account", "")
    chosen = next((account for account in accounts if str(account.pk) == asked), None)
    if chosen is not None:
        items = items.filter(account=chosen)
    if request.GET.get("format") == "csv":
        head = ["item", "at", "account", "reason", "bytes", "digest"]

        def rows() -> Iterator[list[object]]:
            for item in items.order_by("-pk")[:LARGEST].iterator(chunk_size=1000):
                yield [item.pk, item.at.isoformat(), item.account, item.reason, item.size, bytes(item.digest).hex()]

        return csv_answer("set-aside", head, rows())
    context = {"page": page_of(items, request.GET.get("after")), "accounts": accounts, "chosen": chosen}
    return render(request, "moderation/set_aside.html", context)


def _item(request: HttpRequest, item_id: int, verb: str) -> SetAside:
    member = member_of(request)
    items = SetAside.objects.visible_to(member).select_related("account", "page")
    item: SetAside = get_object_or_404(items, pk=item_id)
    label = SetAside._meta.label_lower
    LogEntry.objects.create(by=member, verb=verb, subject_type=label, subject_id=str(item.pk))
    return item


@require_safe
def set_aside_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """One item: why, whence, and its bytes, safe to look at."""
    item = _item(request, item_id, "read")
    return render(request, "moderation/set_aside_item.html", {"item": item, "shown_bytes": readable(item.raw)})


@require_safe
def set_aside_bytes(request: HttpRequest, item_id: int) -> HttpResponse:
    """The bytes as received, as a file that no browser opens."""
    return as_file(_item(request, item_id, "download").raw, f"set-aside-{item_id}.bin")
