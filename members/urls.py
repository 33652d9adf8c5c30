"""Signing in and out, and the trail. Of allauth's pages only those that this unit uses: nobody signs up here."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from django.conf import settings
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from members import stream
from members.views import agency, chart, provider, sessions, setup, trail, transfers

page_and_form = require_http_methods(["GET", "HEAD", "POST"])

IDENTITY = {"provider_id": settings.OIDC_ID}  # the one provider, whose id the addresses do not show

urlpatterns: list[URLPattern] = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", second_factor.authenticate, name="mfa_authenticate"),
    path("again/", page_and_form(second_factor.reauthenticate), name="mfa_reauthenticate"),
    path("again/password/", page_and_form(account.reauthenticate), name="account_reauthenticate"),
    path("again/<str:key>/", sessions.carry_on, name="carry_on"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("sign-in/identity/", provider.begin, IDENTITY, name="openid_connect_login"),
    path("sign-in/identity/back/", provider.back, IDENTITY, name="openid_connect_callback"),
    path("sign-in/identity/cancelled/", provider.cancelled, name="socialaccount_login_cancelled"),
    path("you/security/identity/unlink/", provider.unlink, name="unlink_identity"),
    path("sign-out/", account.logout, name="account_logout"),
    path("live/", stream.live, name="live"),
    path("trail/", trail.trail, name="trail"),
    path("members/chart/", chart.chart, name="chart"),
    path("members/hand-over-command/", transfers.hand_over_command, name="hand_over_command"),
    path("members/<int:member_id>/transfer/", transfers.transfer, name="transfer"),
    path("setup/", setup.setup, name="setup"),
    path("setup/agency/", setup.setup_agency, name="setup_agency"),
    path("setup/commander/", setup.setup_commander, name="setup_commander"),
    path("setup/password/", setup.setup_password, name="setup_password"),
    path("setup/second-factor/", setup.setup_factor, name="setup_factor"),
    path("setup/recovery-codes/", setup.setup_codes, name="setup_codes"),
    path("agency/", agency.agency_page, name="agency"),
    path("agency/change-mark/", agency.agency_change_mark, name="agency_change_mark"),
    path("agency/remove-mark/", agency.agency_remove_mark, name="agency_remove_mark"),
    path("agency/mark/", agency.agency_mark, name="agency_mark"),
]
