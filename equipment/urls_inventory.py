"""The inventory, its kits and its receipts."""

from django.urls import path

from equipment.views import items

urlpatterns = [
    path("equipment/", items.equipment, name="equipment"),
    path("equipment/<int:item_id>/", items.equipment_item, name="equipment_item"),
]
