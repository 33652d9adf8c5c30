"""Addresses of the import."""

from django.urls import path

from equipment.views import importing

urlpatterns = [
    path("import/", importing.import_items, name="import_items"),
    path("import/template.<slug:form>", importing.items_template, name="items_template"),
    path("import/<int:import_id>/", importing.import_check, name="import_check"),
    path("import/<int:import_id>/columns/", importing.import_columns, name="import_columns"),
    path("import/<int:import_id>/confirm/", importing.import_confirm, name="import_confirm"),
]
