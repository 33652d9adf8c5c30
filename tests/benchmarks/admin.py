"""The list that Django's admin draws over the same tables, as most people would: nothing of it is in the product."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.urls import path

from equipment.models import Custody, Work, WorkEntry
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


class Custodies(Looked):
    """Who has what, with what our list says of it, and narrowed as ours is."""

    list_display = ("item", "holder", "place", "vehicle", "since", "due_back", "ended_at", "condition", "purpose")
    list_select_related = ("item", "holder", "begun", "ended")
    list_filter = ("holder", "place")
    list_per_page = 50

    def condition(self, one: Custody) -> str:
        """How it came back."""
        return one.ended.get_condition_display() if one.ended else ""

    def purpose(self, one: Custody) -> str:
        """What it went out for."""
        return one.begun.event or one.begun.purpose


class Works(Looked):
    """The maintenance log, with what our list says of an entry, and narrowed as ours is."""

    list_display = ("id", "found_on", "item", "found", "done", "hand", "shop", "out_on", "back_on", "cost", "state")
    list_select_related = ("item", "hand")
    list_filter = ("state", "under_warranty", "outside")
    search_fields = ("item__name",)
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Work]:
        """With what each has cost, asked for together, and only of those that are shown."""
        paid = WorkEntry.objects.filter(work=OuterRef("pk")).order_by().values("work")
        costs = paid.annotate(all=Sum("amount")).values("all")
        return super().get_queryset(request).annotate(cost=Subquery(costs))

    def cost(self, one: Any) -> Any:
        """What it has cost."""
        return one.cost


site = Everybody()
site.register(Comment, Comments)
site.register(RetainedRecord, Records)
site.register(Custody, Custodies)
site.register(Work, Works)
urlpatterns = [path("admin/", site.urls), path("health/", lambda request: HttpResponse("Here"))]
