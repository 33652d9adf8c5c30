"""The unit's own pages (Tabs A to F); so far each member's home."""

from django.urls import URLPattern, path

from unit import views

urlpatterns: list[URLPattern] = [path("", views.home, name="home")]
