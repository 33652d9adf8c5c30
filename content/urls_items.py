"""Items on their road: written, reviewed, decided; and the names that never go out."""

from django.urls import path

from content.views import item_acts, items, listed_names, writing

urlpatterns = [
    path("content/items/begin/", writing.begin_item, name="begin_item"),
    path("content/items/<int:content_id>/", items.item, name="item"),
    path("content/items/<int:content_id>/edit/", writing.edit_item, name="edit_item"),
    path("content/items/<int:content_id>/revisions/", writing.revisions, name="item_revisions"),
    path("content/items/<int:content_id>/hand-in/", item_acts.hand_in_item, name="hand_in_item"),
    path("content/items/<int:content_id>/review/", item_acts.review_item, name="review_item"),
    path("content/items/<int:content_id>/decide/", item_acts.decide_item, name="decide_item"),
    path("content/items/<int:content_id>/withdraw/", item_acts.withdraw_item, name="withdraw_item"),
    path("content/items/<int:content_id>/anew/", item_acts.begin_anew, name="begin_anew"),
    path("content/items/<int:content_id>/remark/", item_acts.remark_on_item, name="remark_on_item"),
    path("content/items/<int:content_id>/reviewing/", item_acts.review_now, name="review_now"),
    path("content/names/", listed_names.listed_names, name="listed_names"),
    path("content/names/<int:name_id>/take-off/", listed_names.take_name_off, name="take_name_off"),
]
