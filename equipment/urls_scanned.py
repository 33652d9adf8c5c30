"""The page that a label leads to. Its address stands on the label: the shorter, the larger the squares of its code."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from equipment.views import found, labels

urlpatterns: list[URLPattern | URLResolver] = [
    path("<str:code>", labels.label, name="label"),
    path("<str:code>/take", labels.take, name="label_take"),
    path("<str:code>/return", labels.give_back, name="label_return"),
    path("<str:code>/pass", labels.pass_on, name="label_pass"),
    path("<str:code>/move", labels.move, name="label_move"),
    path("<str:code>/accept", labels.accept, name="label_accept"),
    path("<str:code>/found", found.report_found, name="report_found"),
]
