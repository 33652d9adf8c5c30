"""Which item somebody means by what he typed or scanned: a label's link, its code, a tag, a serial number, words."""

from __future__ import annotations

import re

from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet

from equipment.folding import wanted
from equipment.models import Item, Kit

MOST = 8
_LINK = re.compile(r"/e/([A-Za-z0-9_-]{22})/?$")
_CODE = re.compile(r"[A-Za-z0-9_-]{22}")


def sought(items: QuerySet[Item], text: str) -> list[Item]:
    """The items that `text` may mean, surest first: one alone where it is a label, a tag or a serial number."""
    text = text.strip()
    code = _code_in(text)
    if code and (found := list(items.filter(code=code))):
        return found
    if _LINK.search(text):
        return []
    for exactly in ({"tag__iexact": text}, {"serial__iexact": text}):
        if found := list(items.filter(**exactly).order_by("pk")[:MOST]):
            return found
    query = wanted(text)
    if not query:
        return []
    return list(items.filter(words=SearchQuery(query, config="simple", search_type="raw")).order_by("tag")[:MOST])


def kit_of(text: str) -> Kit | None:
    """The kit whose label was scanned."""
    code = _code_in(text.strip())
    return Kit.objects.filter(code=code).first() if code else None


def _code_in(text: str) -> str:
    link = _LINK.search(text)
    return link[1] if link else text if _CODE.fullmatch(text) else ""
