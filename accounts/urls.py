"""Accounts (S.O.P. 1)."""

from django.urls import URLPattern, path

from accounts.views import accounts, health, removals, requests

urlpatterns: list[URLPattern] = [
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/health/", health.health, name="account_health"),
    path("accounts/<int:account_id>/", accounts.account, name="account"),
    path("accounts/requests/<int:request_id>/", requests.account_request, name="account_request"),
    path("accounts/removals/", removals.removals, name="removals"),
    path("accounts/removals/<int:removal_id>/", removals.removal, name="removal"),
    path("accounts/removals/<int:removal_id>/confirm/", removals.confirm, name="confirm_removal"),
    path("accounts/removals/<int:removal_id>/note/", removals.note, name="note_removal"),
]
