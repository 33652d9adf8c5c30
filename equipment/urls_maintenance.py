"""The maintenance log and recurring service."""

from django.urls import path

from equipment.views import maintenance, services

urlpatterns = [
    path("equipment/maintenance/", maintenance.log_page, name="maintenance"),
    path("equipment/maintenance/begin/", maintenance.find_thing, name="find_thing"),
    path("equipment/maintenance/services/", services.service_list, name="services"),
    path("equipment/maintenance/services/<int:service_id>/end/", services.end_service, name="end_service"),
    path("equipment/maintenance/<int:work_id>/", maintenance.work_page, name="maintenance_work"),
    path("equipment/maintenance/<int:work_id>/<slug:verb>/", maintenance.act_on_work, name="act_on_work"),
    path("equipment/<int:item_id>/maintenance/", maintenance.begin_work, name="begin_work"),
    path("equipment/<int:item_id>/maintenance/over/", maintenance.note_work, name="note_work"),
    path("equipment/<int:item_id>/maintenance.pdf", maintenance.item_log, name="item_log"),
    path("equipment/<int:item_id>/service/", services.set_service, name="set_service"),
    path("equipment/<int:item_id>/hours/", services.read_hours, name="read_hours"),
]
