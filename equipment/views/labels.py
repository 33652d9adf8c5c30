"""The page that the label of a thing leads to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from equipment.models import Item


@require_safe
def label(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the item."""
    return redirect(get_object_or_404(Item, code=code))
