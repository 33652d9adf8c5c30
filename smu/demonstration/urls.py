"""The demonstration's sign-in pages, in place of the unit's own, and its mails. Included nowhere else (smu.urls)."""

from __future__ import annotations

from django.urls import URLPattern, path

from smu.demonstration import mail, sign_in

urlpatterns: list[URLPattern] = [
    path("sign-in/", sign_in.SignIn.as_view(), name="account_login"),
    path("sign-in/code/", sign_in.Code.as_view(), name="mfa_authenticate"),
    path("again/", sign_in.Again.as_view(), name="mfa_reauthenticate"),
    path("demonstration/mail/", mail.mails, name="demonstration_mail"),
]
