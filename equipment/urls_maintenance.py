"""The maintenance log and recurring service."""

from django.urls import path

from equipment.views import maintenance, services

urlpatterns = [
    path("maintenance/", maintenance.log_page, name="maintenance"),
    path("maintenance/begin/", maintenance.find_thing, name="find_thing"),
    path("maintenance/services/", services.service_list, name="services"),
    path("maintenance/services/<int:service_id>/end/", services.end_service, name="end_service"),
    path("maintenance/<int:work_id>/", maintenance.work_page, name="maintenance_work"),
    path("maintenance/<int:work_id>/<slug:verb>/", maintenance.act_on_work, name="act_on_work"),
    path("<int:item_id>/maintenance/", maintenance.begin_work, name="begin_work"),
    path("<int:item_id>/maintenance/over/", maintenance.note_work, name="note_work"),
    path("<int:item_id>/maintenance.pdf", maintenance.item_log, name="item_log"),
    path("<int:item_id>/service/", services.set_service, name="set_service"),
    path("<int:item_id>/hours/", services.read_hours, name="read_hours"),
]
