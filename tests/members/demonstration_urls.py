"""The addresses as they are in the demonstration."""

from django.urls import include, path

urlpatterns = [path("", include("smu.demonstration.urls")), path("", include("smu.urls"))]
