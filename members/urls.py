"""Signing in and out, and the trail. Of allauth's pages only those that this unit uses: nobody signs up here."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from django.urls import URLPattern, path

from members import stream
from members.views import trail

urlpatterns: list[URLPattern] = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", second_factor.authenticate, name="mfa_authenticate"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("sign-out/", account.logout, name="account_logout"),
    path("live/", stream.live, name="live"),
    path("trail/", trail.trail, name="trail"),
]
