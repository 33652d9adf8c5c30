"""The sign-in pages of the demonstration, in place of the unit's own. Included nowhere else (smu.urls)."""

from __future__ import annotations

from django.urls import URLPattern, path

from smu.demonstration import sign_in

urlpatterns: list[URLPattern] = [
    path("sign-in/", sign_in.SignIn.as_view(), name="account_login"),
    path("sign-in/code/", sign_in.Code.as_view(), name="mfa_authenticate"),
]
