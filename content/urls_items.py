"""Items on their road."""

from django.urls import path

from content.views import items

urlpatterns = [path("content/items/<int:content_id>/", items.item, name="item")]
