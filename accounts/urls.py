"""Accounts (S.O.P. 1)."""

from django.urls import URLPattern, path

from accounts import life_urls
from accounts.views import accounts, capabilities, connecting, filters, health, pasts, public_terms, removals, terms

urlpatterns: list[URLPattern] = [
    # for the public
    path("terms/", public_terms.terms, name="terms"),
    path("terms/<int:version>/", public_terms.terms, name="terms_version"),
    path("terms/<str:language>/", public_terms.terms, name="terms_language"),
    path("terms/<int:version>/<str:language>/", public_terms.terms, name="terms_version_language"),
    # for the unit
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/capabilities/", capabilities.capabilities, name="capabilities"),
    path("accounts/health/", health.health, name="account_health"),
    path("accounts/<int:account_id>/", accounts.account, name="account"),
    path("accounts/<int:account_id>/terms/", terms.account_terms, name="account_terms"),
    path("accounts/<int:account_id>/terms/check/", terms.check, name="check_terms"),
    path("accounts/filters/", filters.filters, name="filters"),
    path("accounts/filters/enter/", filters.enter_filter, name="enter_filter"),
    path("accounts/filters/<int:filter_id>/", filters.platform_filter, name="filter"),
    path("accounts/filters/<int:filter_id>/approve/", filters.approve, name="approve_filter"),
    path("accounts/filters/<int:filter_id>/decline/", filters.decline, name="decline_filter"),
    path("accounts/filters/<int:filter_id>/end/", filters.end, name="end_filter"),
    path("accounts/filters/<int:filter_id>/put-in-force/", filters.put_in_force, name="put_filter_in_force"),
    path("accounts/filters/<int:filter_id>/review/", filters.review_filter, name="review_filter"),
    path("accounts/filters/<int:filter_id>/take-off/", filters.take_filter_off, name="take_filter_off"),
    path("accounts/terms/", terms.register, name="terms_register"),
    path("accounts/terms/begin/", terms.begin, name="begin_terms"),
    path("accounts/terms/drafts/<int:draft_id>/", terms.draft, name="terms_draft"),
    path("accounts/terms/drafts/<int:draft_id>/publish/", terms.publish, name="publish_terms"),
    path("accounts/terms/drafts/<int:draft_id>/drop/", terms.drop, name="drop_terms"),
    path("accounts/terms/language/", terms.choose_language, name="choose_terms_language"),
    path("accounts/terms/<int:version>/<str:language>/", terms.text, name="terms_text"),
    path("accounts/terms/texts/<int:text_id>/review/", terms.review, name="review_terms"),
    path("accounts/terms/bring/", terms.bring, name="bring_terms"),
    path("accounts/terms/checks/<int:check_id>/picture/", terms.picture, name="terms_picture"),
    path("accounts/requests/<int:request_id>/connect/", connecting.connect, name="connect"),
    path("accounts/requests/<int:request_id>/connect/start/", connecting.start_connecting, name="start_connecting"),
    path("accounts/<int:account_id>/connect/", connecting.reconnect, name="reconnect"),
    path("accounts/<int:account_id>/connect/start/", connecting.start_reconnecting, name="start_reconnecting"),
    path("accounts/connect/<slug:platform>/back/", connecting.connect_back, name="connect_back"),
    path("accounts/connect/<slug:platform>/use/", connecting.acknowledge_use, name="acknowledge_use"),
    path("accounts/connect/<int:attempt_id>/", connecting.connect_choice, name="connect_choice"),
    path("accounts/connect/<int:attempt_id>/choose/", connecting.choose, name="choose_account"),
    path("accounts/<int:account_id>/gaps/", pasts.gaps, name="gaps"),
    path("accounts/<int:account_id>/bans/", pasts.standing_bans, name="standing_bans"),
    path("accounts/<int:account_id>/bans/note/", pasts.note_ban, name="note_ban"),
    *life_urls.urlpatterns,
    path("accounts/removals/", removals.removals, name="removals"),
    path("accounts/removals/<int:removal_id>/", removals.removal, name="removal"),
    path("accounts/removals/<int:removal_id>/<int:item_id>/confirm/", removals.confirm, name="confirm_removal"),
    path("accounts/removals/<int:removal_id>/note/", removals.note, name="note_removal"),
]
