"""Who gets through which door: every address of the product, by method, with those who are let in.

Written by hand, beside the two tables of clauses.md. `test_routes` walks the resolver: an address without a row here
fails, and so does each member who gets through a door that is not his, or finds his own closed.
"""

from __future__ import annotations

OUT = frozenset({"stranger", "transferred", "period_over"})
READERS = frozenset({"auditor", "legal_adviser", "custodian"})
# `elsewhere` has no role on the account; `acting` and `designee` are officers; `expired` was a designee once.
UNIT = frozenset(
    {
        "officer",
        "elsewhere",
        "specialist",
        "supervisor",
        "commanding_officer",
        "commander",
        "acting",
        "designee",
        "expired",
    }
)
ALL = UNIT | READERS
PUBLIC = ALL | OUT
NOBODY: frozenset[str] = frozenset()

ABOVE_OFFICERS = frozenset({"supervisor", "commanding_officer", "commander", "acting"})
COMMAND = frozenset({"commander", "acting"})
COMMAND_OR_DESIGNEE = COMMAND | {"designee"}
UNIT_COMMAND = COMMAND_OR_DESIGNEE | {"commanding_officer"}  # the Unit Commander of S.O.P. 4, or a designee
READ_THE_TRAIL = ABOVE_OFFICERS | {"auditor"}
# The Commander is main administrator, the others are editors; the Commanding Officer and `elsewhere` have no role.
WITH_A_ROLE = UNIT - {"elsewhere", "commanding_officer"}
KEEP_REGISTERS = UNIT - {"elsewhere"}  # a role on the account, or all accounts day to day
DEVELOP_CONTENT = UNIT  # every sworn member, the Supervisor and the Specialist
SETTLE = ABOVE_OFFICERS | {"specialist"}
WATCH_REMOVALS = COMMAND | {"specialist", "supervisor", "commanding_officer"}
MANAGE_ACCOUNTS = WATCH_REMOVALS | {"designee"}

ROUTES: dict[str, dict[str, frozenset[str]]] = {
    # the project
    "health": {"GET": PUBLIC},
    "theme": {"POST": PUBLIC},
    "single_keys": {"POST": ALL},
    "home": {"GET": ALL},
    # comments
    "queue": {"GET": ALL},
    "queue_csv": {"GET": ALL},
    "all_comments": {"GET": ALL},
    "live": {"GET": ALL},
    "pulse": {"GET": ALL},
    "triage": {"GET": ALL},
    "set_showing": {"POST": UNIT_COMMAND},
    "claim_next": {"POST": UNIT},
    "comment": {"GET": ALL},
    "row": {"GET": ALL},
    "panel": {"GET": ALL},
    "last": {"GET": ALL},
    "standing": {"GET": ALL},
    "claim": {"POST": UNIT},
    "release": {"POST": UNIT},
    "own_desk": {"GET": ALL},
    "move_keys": {"POST": ALL},
    "set_blurring": {"POST": ALL},
    "save_filter": {"POST": ALL},
    "forget_filter": {"POST": ALL},
    "free": {"POST": ABOVE_OFFICERS},
    "skipped": {"GET": ALL},
    "skipped_csv": {"GET": ALL},
    "grade": {"POST": UNIT},
    "reply": {"POST": WITH_A_ROLE},
    "undo": {"POST": WITH_A_ROLE},  # of another's grade
    "address": {"POST": WITH_A_ROLE},
    "note": {"POST": UNIT},
    "confirm": {"POST": WITH_A_ROLE},
    "retry": {"POST": WITH_A_ROLE},
    "withdraw": {"POST": WITH_A_ROLE},
    "order_measure": {"POST": WITH_A_ROLE},  # a private message
    "measure": {"POST": WITH_A_ROLE},  # to confirm it
    "by_hand": {"GET": ALL},
    # threats (S.O.P. 4, level 8)
    "threats": {"GET": ALL},
    "red_line": {"GET": ALL},
    "threat_link": {"GET": PUBLIC, "POST": PUBLIC},
    "threat": {"GET": ALL},
    "acknowledge": {"POST": ABOVE_OFFICERS},
    "decide_threat": {"POST": ABOVE_OFFICERS},
    "name_clause": {"POST": UNIT - {"elsewhere"}},
    "evidence": {"GET": ABOVE_OFFICERS},
    "preservation": {"GET": ABOVE_OFFICERS},
    "captures": {"GET": ALL},
    "enter": {"GET": UNIT, "POST": UNIT},
    "capture_given": {"GET": ALL},
    "proposals": {"GET": ALL},
    "proposal": {"GET": ALL},
    "approve_proposal": {"POST": COMMAND_OR_DESIGNEE},  # a ban
    "decline_proposal": {"POST": COMMAND_OR_DESIGNEE},
    "withdraw_proposal": {"POST": frozenset({"officer"})},  # who proposed it
    "clearances": {"GET": ALL},
    "clearance": {"GET": ALL},
    "clear": {"POST": ABOVE_OFFICERS},
    "refuse": {"POST": ABOVE_OFFICERS},
    "clause_flags": {"GET": ALL},
    "flag_clause": {"POST": frozenset({"legal_adviser"})},
    "lift_flag": {"POST": frozenset({"legal_adviser"})},
    "activity": {"GET": ALL},
    "activity_pdf": {"GET": ALL},
    "activity_csv": {"GET": ALL},
    "coverage": {"GET": ALL},
    "coverage_csv": {"GET": ALL},
    "audits": {"GET": ALL},
    "draw_audit": {"POST": READ_THE_TRAIL | {"legal_adviser"}},
    "grade_blind": {"GET": ALL},
    "grade_again": {"POST": UNIT - {"commander"}},  # never one's own
    "audit": {"GET": READ_THE_TRAIL | {"legal_adviser"}},
    "audit_csv": {"GET": READ_THE_TRAIL | {"legal_adviser"}},
    "name_topic": {"POST": ALL},  # who may not is told so
    "second_looks": {"GET": ALL},
    "second_look": {"GET": ALL},
    "approve_draft": {"POST": UNIT - {"officer"}},  # anybody but who wrote it
    "return_draft": {"POST": UNIT - {"officer"}},
    "withdraw_draft": {"POST": frozenset({"officer"})},
    "posts": {"GET": ALL},
    "post": {"GET": ALL},
    "comment_post": {"POST": WITH_A_ROLE},
    "propose_of_poster": {"POST": COMMAND_OR_DESIGNEE},
    "poster": {"GET": ALL},
    "avatar": {"GET": ALL},
    "records": {"GET": ALL},
    "record": {"GET": ALL},
    "verify": {"POST": ALL},
    "record_bytes": {"GET": ALL},
    "record_document": {"GET": ALL},
    "record_addition": {"GET": ALL},
    "set_aside": {"GET": ALL},
    "set_aside_item": {"GET": ALL},
    "set_aside_bytes": {"GET": ALL},
    "deliveries": {"GET": ALL},
    "delivery": {"GET": SETTLE},
    "delivery_bytes": {"GET": SETTLE},
    "delivery_again": {"POST": SETTLE},
    "webhook": {"GET": NOBODY, "POST": NOBODY},  # a platform's, by its signature; tests/moderation/test_webhook_accept
    # the terms, for the public
    "terms": {"GET": PUBLIC},
    "terms_version": {"GET": PUBLIC},
    "terms_language": {"GET": PUBLIC},
    "terms_version_language": {"GET": PUBLIC},
    # content
    "publications": {"GET": ALL},
    "publication": {"GET": ALL},
    "publication_file": {"GET": ALL},
    "lent_file": {"GET": PUBLIC},
    "write": {"GET": DEVELOP_CONTENT, "POST": DEVELOP_CONTENT},
    "change_post": {"GET": DEVELOP_CONTENT, "POST": DEVELOP_CONTENT},
    "approve_publication": {"POST": COMMAND_OR_DESIGNEE},
    "return_publication": {"POST": COMMAND_OR_DESIGNEE},
    "withdraw_publication": {"POST": COMMAND_OR_DESIGNEE},  # and who wrote it
    "publication_order": {"POST": WITH_A_ROLE},
    # accounts
    "accounts": {"GET": ALL},
    "capabilities": {"GET": ALL},
    "account": {"GET": ALL},
    "account_health": {"GET": ALL},
    "account_terms": {"GET": ALL},
    "check_terms": {"POST": KEEP_REGISTERS},
    "terms_register": {"GET": ALL},
    "begin_terms": {"POST": UNIT_COMMAND},
    "terms_draft": {"GET": UNIT_COMMAND, "POST": UNIT_COMMAND},
    "publish_terms": {"POST": UNIT_COMMAND},
    "drop_terms": {"POST": UNIT_COMMAND},
    "choose_terms_language": {"GET": UNIT_COMMAND},
    "terms_text": {"GET": UNIT_COMMAND, "POST": UNIT_COMMAND},
    "review_terms": {"GET": UNIT_COMMAND, "POST": UNIT_COMMAND},
    "bring_terms": {"POST": UNIT_COMMAND},
    "terms_picture": {"GET": ALL},
    "filters": {"GET": ALL},
    "enter_filter": {"GET": UNIT, "POST": UNIT},  # for an account on which he has a role; `elsewhere` finds none
    "filter": {"GET": ALL},
    "approve_filter": {"POST": COMMAND_OR_DESIGNEE},
    "decline_filter": {"POST": COMMAND_OR_DESIGNEE},
    "end_filter": {"POST": COMMAND_OR_DESIGNEE},
    "put_filter_in_force": {"POST": KEEP_REGISTERS},
    "review_filter": {"POST": KEEP_REGISTERS},
    "take_filter_off": {"POST": KEEP_REGISTERS},
    "account_requests": {"GET": ALL},
    "ask_for_account": {"GET": UNIT, "POST": UNIT},
    "account_request": {"GET": ALL},
    "approve_request": {"POST": COMMAND_OR_DESIGNEE},
    "decline_request": {"POST": COMMAND_OR_DESIGNEE},
    "withdraw_request": {"POST": COMMAND_OR_DESIGNEE},  # and who asked for it
    "account_roles": {"GET": ALL},
    "name_role": {"POST": COMMAND_OR_DESIGNEE},
    "appoint_main": {"POST": COMMAND_OR_DESIGNEE},
    "end_role": {"POST": COMMAND_OR_DESIGNEE},
    "suspend_account": {"POST": COMMAND_OR_DESIGNEE},
    "resume_account": {"POST": COMMAND_OR_DESIGNEE},
    "prepare_termination": {"GET": MANAGE_ACCOUNTS, "POST": MANAGE_ACCOUNTS},
    "termination": {"GET": ALL},
    "change_termination": {"POST": MANAGE_ACCOUNTS},
    "give_notice": {"POST": MANAGE_ACCOUNTS},
    "withdraw_termination": {"POST": MANAGE_ACCOUNTS},
    "approve_termination": {"POST": COMMAND},
    "holders": {"GET": MANAGE_ACCOUNTS | {"auditor"}},
    "note_holder": {"POST": MANAGE_ACCOUNTS},
    "end_hold": {"POST": MANAGE_ACCOUNTS},
    "fakes": {"GET": ALL},
    "find_fake": {"GET": UNIT, "POST": UNIT},
    "fake": {"GET": ALL},
    "fake_picture": {"GET": ALL},
    "report_fake": {"POST": UNIT},
    "settle_fake": {"POST": UNIT},
    "note_fake": {"POST": UNIT},
    "connect": {"GET": COMMAND_OR_DESIGNEE},
    "start_connecting": {"POST": COMMAND_OR_DESIGNEE},
    "reconnect": {"GET": COMMAND_OR_DESIGNEE},
    "start_reconnecting": {"POST": COMMAND_OR_DESIGNEE},
    "connect_back": {"GET": COMMAND_OR_DESIGNEE},
    "connect_choice": {"GET": frozenset({"commander"})},  # his own sign-in
    "choose_account": {"POST": frozenset({"commander"})},
    "acknowledge_use": {"POST": COMMAND},
    "gaps": {"GET": ALL},
    "standing_bans": {"GET": ALL},
    "note_ban": {"POST": ABOVE_OFFICERS | {"specialist"}},
    "removals": {"GET": WATCH_REMOVALS | {"auditor"}},
    "removal": {"GET": WATCH_REMOVALS | {"auditor"}},
    "confirm_removal": {"POST": COMMAND},
    "note_removal": {"POST": WATCH_REMOVALS},
    # members
    "members": {"GET": ALL},
    "member": {"GET": ALL},
    "chart": {"GET": ALL},
    "invite": {"GET": COMMAND_OR_DESIGNEE, "POST": COMMAND_OR_DESIGNEE},
    "import_members": {"GET": COMMAND_OR_DESIGNEE, "POST": COMMAND_OR_DESIGNEE},
    "import_template": {"GET": COMMAND_OR_DESIGNEE},
    "change_position": {"GET": COMMAND_OR_DESIGNEE, "POST": COMMAND_OR_DESIGNEE},
    "change_details": {"GET": COMMAND_OR_DESIGNEE, "POST": COMMAND_OR_DESIGNEE},
    "send_again": {"POST": COMMAND_OR_DESIGNEE},
    "withdraw_invitation": {"POST": COMMAND_OR_DESIGNEE},
    "take_back": {"GET": COMMAND_OR_DESIGNEE, "POST": COMMAND_OR_DESIGNEE},
    "transfer": {"GET": COMMAND_OR_DESIGNEE, "POST": COMMAND_OR_DESIGNEE},
    "hand_over_command": {"GET": frozenset({"commander"}), "POST": frozenset({"commander"})},
    "factor_reset_start": {"GET": COMMAND_OR_DESIGNEE, "POST": COMMAND_OR_DESIGNEE},
    "factor_reset_withdraw": {"POST": COMMAND_OR_DESIGNEE},
    "join": {"GET": PUBLIC, "POST": PUBLIC},
    "factor_reset": {"GET": PUBLIC, "POST": PUBLIC},
    # authority
    "authority": {"GET": ALL},
    "authority_mark": {"GET": ALL},
    "designations": {"GET": ALL},
    "designation": {"GET": ALL},
    "designate": {"GET": COMMAND, "POST": COMMAND},
    "end_designation": {"POST": COMMAND},  # and his own, whom it was handed to
    # signing in and out
    "openid_connect_login": {"POST": PUBLIC},
    "openid_connect_callback": {"GET": PUBLIC},
    "socialaccount_login_cancelled": {"GET": PUBLIC},
    "mfa_login_webauthn": {"GET": ALL, "POST": ALL},  # leads whoever brings no passkey back to the first step
    "mfa_reauthenticate_webauthn": {"GET": ALL, "POST": ALL},
    "account_reset_password": {"GET": PUBLIC, "POST": PUBLIC},
    "account_reset_password_done": {"GET": PUBLIC},
    "account_reset_password_from_key": {"GET": PUBLIC, "POST": PUBLIC},
    "account_reset_password_from_key_done": {"GET": PUBLIC},
    "unlink_identity": {"POST": ALL},
    "security": {"GET": ALL},
    "second_factor": {"GET": ALL},
    "account_change_password": {"GET": ALL, "POST": ALL},
    "mfa_activate_totp": {"GET": ALL, "POST": ALL},
    "mfa_deactivate_totp": {"GET": ALL, "POST": ALL},
    "mfa_add_webauthn": {"GET": ALL, "POST": ALL},
    "mfa_edit_webauthn": {"GET": NOBODY, "POST": NOBODY},
    "mfa_remove_webauthn": {"GET": NOBODY, "POST": NOBODY},
    "mfa_view_recovery_codes": {"GET": ALL},  # leads who has none to where they are made
    "mfa_generate_recovery_codes": {"GET": ALL, "POST": ALL},
    "account_login": {"GET": PUBLIC, "POST": PUBLIC},
    "mfa_authenticate": {"GET": ALL, "POST": ALL},  # leads whoever has not begun to sign in back to the first step
    "mfa_reauthenticate": {"GET": ALL, "POST": ALL},
    "account_reauthenticate": {"GET": ALL, "POST": ALL},
    "locked_out": {"GET": PUBLIC, "POST": PUBLIC},
    "unlock": {"GET": NOBODY, "POST": PUBLIC},  # the link is the key; that it opens nothing is said with 422
    "locked_members": {"GET": ABOVE_OFFICERS},
    "lift_lockout": {"POST": ABOVE_OFFICERS},
    "session_left": {"GET": PUBLIC},
    "session_stay": {"POST": ALL},
    "sessions": {"GET": ALL},
    "end_session": {"POST": ALL},
    "end_other_sessions": {"POST": ALL},
    "member_sessions": {"GET": COMMAND_OR_DESIGNEE},
    "end_member_sessions": {"POST": COMMAND_OR_DESIGNEE},
    "carry_on": {"GET": NOBODY},  # nothing waits there for any of them; tests/members/test_freshness.py
    "account_inactive": {"GET": PUBLIC},
    "account_logout": {"GET": PUBLIC, "POST": PUBLIC},
    "trail": {"GET": ALL},
    "trail_entry": {"GET": READ_THE_TRAIL},  # of another's act
    "verify_entry": {"POST": READ_THE_TRAIL},
    "reads": {"GET": ALL},
    "read_entry": {"GET": READ_THE_TRAIL},
    "verify_read": {"POST": READ_THE_TRAIL},
    "roster": {"GET": ALL},
    "set_watch": {"GET": COMMAND_OR_DESIGNEE, "POST": COMMAND_OR_DESIGNEE},
    "watch": {"GET": ALL},
    "take_off": {"POST": COMMAND_OR_DESIGNEE},
    # each his own: another's are not there
    "notifications": {"GET": ALL},
    "bell": {"GET": ALL},
    "notifications_seen": {"POST": ALL},
    "notification_seen": {"POST": frozenset({"officer"})},
    "contact": {"GET": ALL},
    "contact_preferences": {"POST": ALL},
    "contact_way_add": {"POST": ALL},
    "contact_way_test": {"POST": frozenset({"officer"})},
    "contact_way_prove": {"POST": frozenset({"officer"})},
    "contact_way_remove": {"POST": frozenset({"officer"})},
    "undelivered": {"GET": COMMAND_OR_DESIGNEE},
    "deliver_again": {"POST": COMMAND_OR_DESIGNEE | {"officer"}},
    # the agency; where there is a unit nobody comes to the set-up, and to its codes only who has just come through it
    "setup": {"GET": NOBODY, "POST": NOBODY},
    "setup_agency": {"GET": NOBODY, "POST": NOBODY},
    "setup_commander": {"GET": NOBODY, "POST": NOBODY},
    "setup_password": {"GET": NOBODY, "POST": NOBODY},
    "setup_factor": {"GET": NOBODY, "POST": NOBODY},
    "setup_codes": {"GET": NOBODY, "POST": NOBODY},
    "agency": {"GET": ALL, "POST": COMMAND},
    "agency_change_mark": {"POST": COMMAND},
    "agency_remove_mark": {"POST": COMMAND},
    "leave_open": {"POST": COMMAND},
    "take_up": {"POST": COMMAND},
    "adopt": {"GET": UNIT_COMMAND, "POST": UNIT_COMMAND},
    "agency_mark": {"GET": NOBODY},  # there is none in this world; tests/members/test_agency.py
}
