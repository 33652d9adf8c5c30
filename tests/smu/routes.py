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
# The Commander is main administrator, the others are editors; the Commanding Officer and `elsewhere` have no role.
WITH_A_ROLE = UNIT - {"elsewhere", "commanding_officer"}

ROUTES: dict[str, dict[str, frozenset[str]]] = {
    # the project
    "health": {"GET": PUBLIC},
    "theme": {"POST": PUBLIC},
    "single_keys": {"POST": ALL},
    "home": {"GET": ALL},
    # comments
    "queue": {"GET": ALL},
    "queue_csv": {"GET": ALL},
    "live": {"GET": ALL},
    "pulse": {"GET": ALL},
    "claim_next": {"POST": UNIT},
    "comment": {"GET": ALL},
    "row": {"GET": ALL},
    "panel": {"GET": ALL},
    "last": {"GET": ALL},
    "standing": {"GET": ALL},
    "claim": {"POST": UNIT},
    "release": {"POST": UNIT},
    "grade": {"POST": UNIT},
    "reply": {"POST": WITH_A_ROLE},
    "undo": {"POST": WITH_A_ROLE},  # of another's grade
    "address": {"POST": WITH_A_ROLE},
    "note": {"POST": UNIT},
    "confirm": {"POST": WITH_A_ROLE},
    "retry": {"POST": WITH_A_ROLE},
    "withdraw": {"POST": WITH_A_ROLE},
    "poster": {"GET": ALL},
    "records": {"GET": ALL},
    "record": {"GET": ALL},
    "verify": {"POST": ALL},
    "record_bytes": {"GET": ALL},
    "record_document": {"GET": ALL},
    "record_addition": {"GET": ALL},
    "set_aside": {"GET": ALL},
    "set_aside_item": {"GET": ALL},
    "set_aside_bytes": {"GET": ALL},
    # accounts
    "accounts": {"GET": ALL},
    "account": {"GET": ALL},
    "removals": {"GET": ABOVE_OFFICERS | {"specialist", "auditor"}},
    "removal": {"GET": ABOVE_OFFICERS | {"specialist", "auditor"}},
    "confirm_removal": {"POST": COMMAND},
    "note_removal": {"POST": ABOVE_OFFICERS | {"specialist"}},
    # members
    "account_login": {"GET": PUBLIC, "POST": PUBLIC},
    "mfa_authenticate": {"GET": ALL, "POST": ALL},  # leads whoever has not begun to sign in back to the first step
    "mfa_reauthenticate": {"GET": ALL, "POST": ALL},
    "account_reauthenticate": {"GET": ALL, "POST": ALL},
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
    "authority": {"GET": ALL},
    "authority_mark": {"GET": ALL},
    "designations": {"GET": ALL},
    "designation": {"GET": ALL},
    "designate": {"GET": COMMAND, "POST": COMMAND},
    "end_designation": {"POST": COMMAND_OR_DESIGNEE},  # he lays his own down
    "members": {"GET": ALL},
    "member": {"GET": ALL},
    "invite": {"GET": COMMAND_OR_DESIGNEE, "POST": COMMAND_OR_DESIGNEE},
    "import_members": {"GET": COMMAND_OR_DESIGNEE, "POST": COMMAND_OR_DESIGNEE},
    "import_template": {"GET": COMMAND_OR_DESIGNEE},
    # of an officer
    "change_position": {"GET": COMMAND_OR_DESIGNEE, "POST": COMMAND_OR_DESIGNEE},
    "change_details": {"GET": COMMAND_OR_DESIGNEE | {"officer"}, "POST": COMMAND_OR_DESIGNEE | {"officer"}},
    "send_again": {"POST": COMMAND_OR_DESIGNEE},
    "withdraw_invitation": {"POST": COMMAND_OR_DESIGNEE},
    "take_back": {"GET": COMMAND_OR_DESIGNEE, "POST": COMMAND_OR_DESIGNEE},
    "join": {"GET": PUBLIC, "POST": PUBLIC},  # the link is the key
    "chart": {"GET": ALL},
    "transfer": {"GET": COMMAND_OR_DESIGNEE, "POST": COMMAND_OR_DESIGNEE},  # of an officer
    "hand_over_command": {"GET": frozenset({"commander"}), "POST": frozenset({"commander"})},
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
    "agency_mark": {"GET": NOBODY},  # there is none in this world; tests/members/test_agency.py
}
