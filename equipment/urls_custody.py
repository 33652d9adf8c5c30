"""Addresses of custody: the page that a label leads to, and who has what."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from equipment.views import labels

urlpatterns: list[URLPattern | URLResolver] = [
    path("e/<str:code>", labels.label, name="label"),
]
