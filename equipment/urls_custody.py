"""Addresses of custody: the page that a label leads to, what strangers found, and who has what."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from equipment.views import custody, found, labels

urlpatterns: list[URLPattern | URLResolver] = [
    path("e/<str:code>", labels.label, name="label"),
    path("e/<str:code>/take", labels.take, name="label_take"),
    path("e/<str:code>/return", labels.give_back, name="label_return"),
    path("e/<str:code>/pass", labels.pass_on, name="label_pass"),
    path("e/<str:code>/move", labels.move, name="label_move"),
    path("e/<str:code>/accept", labels.accept, name="label_accept"),
    path("e/<str:code>/found", found.report_found, name="report_found"),
    path("equipment/custody/", custody.custodies, name="custody"),
    path("equipment/hand-overs/<int:handover_id>/<str:which>/", custody.proof, name="handover_proof"),
    path("equipment/found/", found.found_reports, name="found_reports"),
    path("equipment/found/<int:report_id>/settle/", found.settle_found, name="settle_found"),
]
