"""Comments (S.O.P. 4): the queue, one comment, its poster, what is ordered about it."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
