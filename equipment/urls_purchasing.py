"""Addresses of the purchases (3.3)."""

from __future__ import annotations

from django.urls import path

from equipment.views import purchasing, receiving

_ONE = "proposals/<int:purchase_id>/"

urlpatterns = [
    path("proposals/", purchasing.purchases, name="purchases"),
    path("proposals/new/", purchasing.write_purchase, name="write_purchase"),
    path("proposals/budget-unit/", purchasing.budget_unit, name="budget_unit"),
    path(_ONE, purchasing.purchase, name="purchase"),
    path(f"{_ONE}change/", purchasing.change_purchase, name="change_purchase"),
    path(f"{_ONE}decide/", purchasing.decide_purchase, name="decide_purchase"),
    path(f"{_ONE}receive/", receiving.receive_purchase, name="receive_purchase"),
    path(f"{_ONE}files/<int:paper_id>/", purchasing.purchase_paper, name="purchase_paper"),
    path(f"{_ONE}<slug:verb>/", purchasing.act_on_purchase, name="act_on_purchase"),
]
