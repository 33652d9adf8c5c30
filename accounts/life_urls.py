"""The life of an account (S.O.P. 1): from its request to its end, and the logs that stand beside it."""

from django.urls import URLPattern, path

from accounts.views import fakes, holders, requests, roles, terminations

urlpatterns: list[URLPattern] = [
    path("accounts/requests/", requests.account_requests, name="account_requests"),
    path("accounts/requests/new/", requests.ask_for_account, name="ask_for_account"),
    path("accounts/requests/<int:request_id>/", requests.account_request, name="account_request"),
    path("accounts/requests/<int:request_id>/approve/", requests.approve_request, name="approve_request"),
    path("accounts/requests/<int:request_id>/decline/", requests.decline_request, name="decline_request"),
    path("accounts/requests/<int:request_id>/withdraw/", requests.withdraw_request, name="withdraw_request"),
    path("accounts/<int:account_id>/roles/", roles.account_roles, name="account_roles"),
    path("accounts/<int:account_id>/roles/name/", roles.name_role, name="name_role"),
    path("accounts/<int:account_id>/roles/main/", roles.appoint_main, name="appoint_main"),
    path("accounts/roles/<int:role_id>/end/", roles.end_role, name="end_role"),
    path("accounts/<int:account_id>/suspend/", roles.suspend_account, name="suspend_account"),
    path("accounts/<int:account_id>/resume/", roles.resume_account, name="resume_account"),
    path("accounts/<int:account_id>/terminate/", terminations.prepare_termination, name="prepare_termination"),
    path("accounts/terminations/<int:termination_id>/", terminations.termination, name="termination"),
    path(
        "accounts/terminations/<int:termination_id>/change/", terminations.change_termination, name="change_termination"
    ),
    path("accounts/terminations/<int:termination_id>/notice/", terminations.give_notice, name="give_notice"),
    path(
        "accounts/terminations/<int:termination_id>/withdraw/",
        terminations.withdraw_termination,
        name="withdraw_termination",
    ),
    path(
        "accounts/terminations/<int:termination_id>/approve/",
        terminations.approve_termination,
        name="approve_termination",
    ),
    path("accounts/holders/", holders.holders, name="holders"),
    path("accounts/holders/note/", holders.note_holder, name="note_holder"),
    path("accounts/holders/<int:hold_id>/end/", holders.end_hold, name="end_hold"),
    path("accounts/fakes/", fakes.fakes, name="fakes"),
    path("accounts/fakes/new/", fakes.find_fake, name="find_fake"),
    path("accounts/fakes/<int:fake_id>/", fakes.fake, name="fake"),
    path("accounts/fakes/<int:fake_id>/picture/", fakes.fake_picture, name="fake_picture"),
    path("accounts/fakes/<int:fake_id>/report/", fakes.report_fake, name="report_fake"),
    path("accounts/fakes/<int:fake_id>/settle/", fakes.settle_fake, name="settle_fake"),
    path("accounts/fakes/<int:fake_id>/note/", fakes.note_fake, name="note_fake"),
]
