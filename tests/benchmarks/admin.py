"""The list that Django's admin draws over the same tables, as most people would: nothing of it is in the product."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path

from equipment.models import Handover
from moderation.models import Comment, RetainedRecord


class Everybody(admin.AdminSite):
    """Lets everybody in: it is there while it is measured."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Always."""
        return True


class Looked(admin.ModelAdmin):  # type: ignore[type-arg]
    """The list alone."""

    actions = None

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Always."""
        return True

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Never."""
        return False

    has_add_permission = has_delete_permission = has_change_permission  # type: ignore[assignment]


class Comments(Looked):
    """What a list of comments shows, and the words that are searched for."""

    list_display = ("id", "author_name", "text", "account", "language", "posted_at")
    list_select_related = ("account",)
    search_fields = ("text",)
    list_per_page = 50


class Records(Looked):
    """What a list of records shows."""

    list_display = ("id", "comment", "grade", "clause", "by", "made_at")
    list_select_related = ("comment", "grade", "clause", "by")
    search_fields = ("comment__text",)
    list_per_page = 50


class Handovers(Looked):
    """What a list of hand-overs shows: what ours says of a custody, and narrowed as ours is."""

    list_display = ("item", "way", "giver", "taker", "place", "vehicle", "at", "due_back", "condition", "purpose")
    list_select_related = ("item", "giver", "taker")
    list_filter = ("way", "place", "taker")
    search_fields = ("item__name",)
    list_per_page = 50


site = Everybody()
site.register(Comment, Comments)
site.register(RetainedRecord, Records)
site.register(Handover, Handovers)
urlpatterns = [path("admin/", site.urls), path("health/", lambda request: HttpResponse("Here"))]
