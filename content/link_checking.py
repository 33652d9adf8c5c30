"""Looking at the links of what is written: after each save, and again before it is published (2.A).

Whoever has the address may change what stands there after the approval. What leads to another host by then, or nowhere,
is not published: the order fails, and a person sees why.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts import hints
from accounts.platforms import fetching
from accounts.platforms.contract import PlatformError
from content import links
from content.links import Found, host_of, in_text, key_of, last_checks
from content.models import Item, LinkCheck, Publication

if TYPE_CHECKING:
    from content.models import PublicationOrder

RECENT = timedelta(minutes=10)  # a look is good for so long
SOON = timedelta(minutes=8)  # before its time, what is scheduled has its links looked at, so that publishing waits less
MOST = 40  # links of one item
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)


def look_at(address: str) -> LinkCheck:
    """Look at one address and keep what was found. No transaction should be open: it may take seconds."""
    made = LinkCheck(address=address, key=key_of(address))
    try:
        found = fetching.look(address)
    except fetching.Refused as refusal:
        made.found = Found.DEAD if refusal.code == "redirects" else Found.INSIDE
        made.says = str(refusal)
    except PlatformError as error:
        made.found, made.says = Found.UNKNOWN, str(error)
    else:
        made.status, made.final = found.status, found.address
        if found.status < 300:
            made.found, made.title = Found.THERE, _title_of(found.beginning)
        elif found.status in (404, 410):
            made.found, made.says = Found.DEAD, f"Nothing is there: the answer was {found.status}."
        else:
            made.found, made.says = Found.UNKNOWN, f"the answer was {found.status}. Open it yourself."
    made.save()
    return made


def _title_of(page: bytes) -> str:
    found = _TITLE.search(page)
    if found is None:
        return ""
    named = _CHARSET.search(page)
    charset = named[1].decode("ascii", "replace") if named else "utf-8"
    try:
        text = found[1].decode(charset, "replace")
    except LookupError:
        text = found[1].decode("utf-8", "replace")
    return " ".join(html.unescape(text).replace("\x00", "").split())[:300]


def refresh(addresses: Iterable[str]) -> None:
    """Look at those of the addresses that were not looked at lately."""
    wanted = list(dict.fromkeys(addresses))[:MOST]
    recent = last_checks(wanted)
    for address in wanted:
        known = recent.get(address)
        if known is None or known.at < timezone.now() - RECENT:
            look_at(address)


def check_item(item_id: int) -> None:
    """Look at the links of an item as it stands now. Idempotent."""
    item = Item.objects.select_related("revision").filter(pk=item_id).first()
    if item is not None:
        refresh(links.links_in(item.manuscript))


def hint(item: Item) -> None:
    """Have its links looked at by a worker, after the commit; nothing is sent where it has none."""
    from django.db import transaction

    if links.links_in(item.manuscript):
        transaction.on_commit(lambda: hints.send("content.tasks.check_links", item.pk), robust=True)


def check_change(publication_id: int) -> None:
    """Look at the links in the change of a post that stands. Idempotent."""
    written = Publication.objects.filter(pk=publication_id).first()
    if written is not None:
        refresh(in_text(written.text))


def hint_change(written: Publication) -> None:
    """As `hint`, of the change of a post that stands."""
    from django.db import transaction

    if in_text(written.text):
        transaction.on_commit(lambda: hints.send("content.tasks.check_links_of_change", written.pk), robust=True)


def check_what_is_due() -> None:
    """Look again at the links of what is to go out within minutes."""
    now = timezone.now()
    due = Item.objects.filter(state=Item.State.SCHEDULED, submission__starts_at__range=(now, now + SOON))
    for item in due.select_related("revision").order_by("submission__starts_at"):
        refresh(links.links_in(item.manuscript))


def require_unmoved(order: PublicationOrder) -> None:
    """The links of what is to be sent still lead where they led when it was approved, as far as can be seen.

    Raises PlatformError, permanent. A site that does not answer just now holds nothing back.
    """
    written = order.publication
    addresses = [*in_text(written.text), *([written.link] if written.link else [])]
    if not addresses:
        return
    refresh(addresses)
    now = last_checks(addresses)
    shown = last_checks(addresses, until=written.approval.at)
    for address, check in now.items():
        if check.found in {Found.DEAD, Found.INSIDE}:
            raise PlatformError(f"{address}: {check.says} Nothing was sent.", code="link", permanent=True)
        known = shown.get(address)
        approved = known.final if known is not None and known.final else address
        if check.found == Found.THERE and host_of(check.final) != host_of(approved):
            moved = f"{address} leads to {host_of(check.final)} by now, and not to {host_of(approved)}"
            raise PlatformError(f"{moved}: nothing was sent. Hand it in anew.", code="link-moved", permanent=True)
