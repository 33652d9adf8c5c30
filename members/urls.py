"""Signing in and out, and the trail. Of allauth's pages only those that this unit uses: nobody signs up here."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from django.conf import settings
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_http_methods

from members import stream
from members.views import (
    agency,
    authority,
    chart,
    designations,
    factor_reset,
    factors,
    importing,
    invitations,
    members,
    passwords,
    provider,
    sessions,
    setup,
    trail,
    transfers,
)

page_and_form = require_http_methods(["GET", "HEAD", "POST"])

IDENTITY = {"provider_id": settings.OIDC_ID}  # the one provider, whose id the addresses do not show

urlpatterns: list[URLPattern] = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", second_factor.authenticate, name="mfa_authenticate"),
    path("again/", page_and_form(second_factor.reauthenticate), name="mfa_reauthenticate"),
    path("again/password/", page_and_form(account.reauthenticate), name="account_reauthenticate"),
    path("again/passkey/", factors.ProveAgainWithPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("again/<str:key>/", sessions.carry_on, name="carry_on"),
    path("sign-in/passkey/", factors.SignInWithPasskey.as_view(), name="mfa_login_webauthn"),
    path("sign-in/forgotten/", passwords.ForgottenPassword.as_view(), name="account_reset_password"),
    path("sign-in/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("sign-in/forgotten/set/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^sign-in/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        passwords.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("sign-in/second-factor/<str:token>/", factor_reset.factor_reset_link, name="factor_reset"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("sign-in/identity/", provider.begin, IDENTITY, name="openid_connect_login"),
    path("sign-in/identity/back/", provider.back, IDENTITY, name="openid_connect_callback"),
    path("sign-in/identity/cancelled/", provider.cancelled, name="socialaccount_login_cancelled"),
    path("you/security/identity/unlink/", provider.unlink, name="unlink_identity"),
    path("you/security/", factors.security, name="security"),
    path("you/security/second-factor/", factors.second_factor, name="second_factor"),
    path("you/security/password/", passwords.ChangePassword.as_view(), name="account_change_password"),
    path("you/security/app/", factors.AddApp.as_view(), name="mfa_activate_totp"),
    path("you/security/app/remove/", factors.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("you/security/passkeys/add/", factors.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("you/security/passkeys/<int:pk>/", factors.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("you/security/passkeys/<int:pk>/remove/", factors.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("you/security/recovery-codes/", factors.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("you/security/recovery-codes/new/", factors.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("members/<int:member_id>/second-factor/", factor_reset.start, name="factor_reset_start"),
    path("members/<int:member_id>/second-factor/withdraw/", factor_reset.withdraw, name="factor_reset_withdraw"),
    path("sign-out/", account.logout, name="account_logout"),
    path("live/", stream.live, name="live"),
    path("trail/", trail.trail, name="trail"),
    path("authority/", authority.authority, name="authority"),
    path("authority/mark/", authority.authority_mark, name="authority_mark"),
    path("designations/", designations.designations, name="designations"),
    path("designations/give/", designations.designate, name="designate"),
    path("designations/<int:designation_id>/", designations.designation, name="designation"),
    path("designations/<int:designation_id>/end/", designations.end_designation, name="end_designation"),
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
    path("members/chart/", chart.chart, name="chart"),
    path("members/hand-over-command/", transfers.hand_over_command, name="hand_over_command"),
    path("members/<int:member_id>/transfer/", transfers.transfer, name="transfer"),
    path("members/", members.members, name="members"),
    path("members/invite/", invitations.invite, name="invite"),
    path("members/import/", importing.import_members, name="import_members"),
    path("members/import/template/", importing.import_template, name="import_template"),
    path("members/<int:member_id>/", members.member, name="member"),
    path("members/<int:member_id>/change-position/", members.change_position, name="change_position"),
    path("members/<int:member_id>/change-details/", members.change_details, name="change_details"),
    path("members/<int:member_id>/send-again/", invitations.send_again, name="send_again"),
    path("members/<int:member_id>/withdraw-invitation/", invitations.withdraw_invitation, name="withdraw_invitation"),
    path("members/<int:member_id>/take-back/", invitations.take_back, name="take_back"),
    path("join/<str:token>/", invitations.join, name="join"),
]
