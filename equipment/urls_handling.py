"""Handling by the maker's instructions, and the outlook."""

from django.urls import path

from equipment.views import handling, outlook

urlpatterns = [
    path("equipment/handling/", handling.handling_list, name="handling"),
    path("equipment/handling/<int:asked_id>/", handling.modification, name="modification"),
    path("equipment/handling/<int:asked_id>/<slug:verb>/", handling.decide_modification, name="decide_modification"),
    path("equipment/<int:item_id>/modification/", handling.ask_modification, name="ask_modification"),
    path("equipment/<int:item_id>/warranty/", handling.void_warranty, name="void_warranty"),
    path("equipment/outlook/", outlook.outlook_page, name="outlook"),
]
