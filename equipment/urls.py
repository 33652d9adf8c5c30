"""Addresses of the equipment, each part in a module of its own; what a label leads to is in `urls_scanned`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("equipment.urls_inventory")),
    path("", include("equipment.urls_custody")),
    path("", include("equipment.urls_purchasing")),
    path("", include("equipment.urls_import")),
    path("", include("equipment.urls_labels")),
    path("", include("equipment.urls_stocktakes")),
    path("", include("equipment.urls_bookings")),
    path("", include("equipment.urls_maintenance")),
    path("", include("equipment.urls_handling")),
]
