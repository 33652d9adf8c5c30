"""Addresses of the labels."""

from django.urls import path

from equipment.views import label_sheets

urlpatterns = [
    path("labels/", label_sheets.labels, name="labels"),
    path("labels/sheet.pdf", label_sheets.label_sheet, name="label_sheet"),
    path("<int:item_id>/label.svg", label_sheets.item_label, name="item_label"),
    path("kits/<int:kit_id>/label.svg", label_sheets.kit_label, name="kit_label"),
]
