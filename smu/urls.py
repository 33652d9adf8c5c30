"""Addresses, app by app. The navigation (smu.navigation) asks for home, queue, records, set_aside, accounts, trail."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from smu import preferences
from smu.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("preferences/theme/", preferences.theme, name="theme"),
    path("preferences/keys/", preferences.single_keys, name="single_keys"),
    path("equipment/", include("equipment.urls")),
    path("e/", include("equipment.urls_scanned")),
    path(
        "", include("moderation.urls")
    ),  # before the others: most requests of a watch go there, and each is tried in turn
    path("", include("members.urls")),
    path("", include("accounts.urls")),
    path("", include("content.urls")),
    path("", include("unit.urls")),
]
if settings.DEMONSTRATION:
    # Ahead of the pages they stand in for; nowhere else are they reachable.
    urlpatterns.insert(0, path("", include("smu.demonstration.urls")))
