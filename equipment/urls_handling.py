"""Handling by the maker's instructions, and the outlook."""

from django.urls import path

from equipment.views import handling, outlook

urlpatterns = [
    path("handling/", handling.handling_list, name="handling"),
    path("handling/<int:asked_id>/", handling.modification, name="modification"),
    path("handling/<int:asked_id>/<slug:verb>/", handling.decide_modification, name="decide_modification"),
    path("<int:item_id>/modification/", handling.ask_modification, name="ask_modification"),
    path("<int:item_id>/warranty/", handling.void_warranty, name="void_warranty"),
    path("<int:item_id>/warranty/stands/", handling.let_warranty_stand, name="let_warranty_stand"),
    path("outlook/", outlook.outlook_page, name="outlook"),
]
