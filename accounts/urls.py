"""Accounts (S.O.P. 1)."""

from django.urls import URLPattern, path

from accounts.views import accounts, health, public_terms, removals, requests

urlpatterns: list[URLPattern] = [
    # for the public
    path("terms/", public_terms.terms, name="terms"),
    path("terms/<int:version>/", public_terms.terms, name="terms_version"),
    path("terms/<str:language>/", public_terms.terms, name="terms_language"),
    path("terms/<int:version>/<str:language>/", public_terms.terms, name="terms_version_language"),
    # for the unit
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/health/", health.health, name="account_health"),
    path("accounts/<int:account_id>/", accounts.account, name="account"),
    path("accounts/requests/<int:request_id>/", requests.account_request, name="account_request"),
    path("accounts/removals/", removals.removals, name="removals"),
    path("accounts/removals/<int:removal_id>/", removals.removal, name="removal"),
    path("accounts/removals/<int:removal_id>/confirm/", removals.confirm, name="confirm_removal"),
    path("accounts/removals/<int:removal_id>/note/", removals.note, name="note_removal"),
]
