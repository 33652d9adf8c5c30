"""Who has what, and what strangers found."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from equipment.views import custody, found

urlpatterns: list[URLPattern | URLResolver] = [
    path("custody/", custody.custodies, name="custody"),
    path("<int:item_id>/hand-overs/", custody.handovers, name="handovers"),
    path("hand-overs/<int:handover_id>/<str:which>/", custody.proof, name="handover_proof"),
    path("found/", found.found_reports, name="found_reports"),
    path("found/<int:report_id>/settle/", found.settle_found, name="settle_found"),
]
