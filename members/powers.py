"""Who may do what: the authority matrix of the S.O.P. as one table, row by row as clauses.md has it.

`words` and `who` are the table's own, so that the two can be read side by side and are compared by a test. A superior
in the chain of command may do what those under him may, but not where a row says alone. An acting Commander is the
Commander while his dates last, rows that say alone included; a designee holds the one power that was handed to him.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.db import models


class Position(models.TextChoices):
    """The five positions of Tab E, in the order of the chain of command, and the three that stand outside it."""

    COMMANDER = "commander", "Section Commander"
    COMMANDING_OFFICER = "commanding_officer", "Commanding Officer"
    SUPERVISOR = "supervisor", "Supervisor"
    OFFICER = "officer", "Police Officer"
    SPECIALIST = "specialist", "Social Media Broadcast Specialist"
    AUDITOR = "auditor", "Auditor"
    LEGAL_ADVISER = "legal_adviser", "Legal adviser"
    RECORDS_CUSTODIAN = "records_custodian", "Records custodian"


# Each position's superiors, nearest first (E.1). Who stands outside the chain has none.
ABOVE: dict[str, tuple[str, ...]] = {
    Position.COMMANDER: (),
    Position.COMMANDING_OFFICER: (Position.COMMANDER,),
    Position.SUPERVISOR: (Position.COMMANDING_OFFICER, Position.COMMANDER),
    Position.OFFICER: (Position.SUPERVISOR, Position.COMMANDING_OFFICER, Position.COMMANDER),
    Position.SPECIALIST: (Position.SUPERVISOR, Position.COMMANDING_OFFICER, Position.COMMANDER),
    Position.AUDITOR: (),
    Position.LEGAL_ADVISER: (),
    Position.RECORDS_CUSTODIAN: (),
}

OUTSIDE = frozenset({Position.AUDITOR.value, Position.LEGAL_ADVISER.value, Position.RECORDS_CUSTODIAN.value})
UNIT = frozenset(Position.values) - OUTSIDE


class Power(models.TextChoices):
    """One power; the value stands in designations and never changes, the label is what a sentence says of it."""

    # S.O.P. and Tabs
    APPROVE_ACCOUNTS = "approve_accounts", "approves the creation of a platform account"
    ADMINISTER_ACCOUNTS = "administer_accounts", "names the administrators and editors of an account"
    REMOVE_PRIVILEGES = "remove_privileges", "removes a transferred member's account privileges"
    TERMINATE_ACCOUNTS = "terminate_accounts", "approves the termination of an account"
    APPROVE_CONTENT = "approve_content", "approves content"
    APPROVE_ACTIVE_SCENES = "approve_active_scenes", "approves content on an active crime scene"
    APPROVE_HASHTAGS = "approve_hashtags", "approves hashtags and campaigns"
    APPROVE_PROPOSALS = "approve_proposals", "approves an equipment proposal"
    KEEP_EQUIPMENT = "keep_equipment", "keeps the inventory, receipts and the maintenance log"
    UPDATE_GRADING = "update_grading", "creates and updates the Comment Grading System"
    DECIDE_MONITORING = "decide_monitoring", "decides the account monitoring schedule"
    DECIDE_DRESS = "decide_dress", "decides civilian dress other than the default"
    APPROVE_DEVIATIONS = "approve_deviations", "approves a deviation from a policy"
    ENDORSE_INSPECTIONS = "endorse_inspections", "endorses inspections"
    APPROVE_OVERTIME = "approve_overtime", "approves overtime"
    CHANGE_DUTY = "change_duty", "changes duty hours and days off"
    ASSIGN_TASKS = "assign_tasks", "assigns tasks, projects and event coverage"
    MANAGE_ACCOUNTS = "manage_accounts", "manages all accounts day to day"
    DEVELOP_CONTENT = "develop_content", "develops content"
    CARRY_OUT = "carry_out", "carries out assignments"
    GRADE_COMMENTS = "grade_comments", "grades and answers comments"
    DECIDE_THREATS = "decide_threats", "decides what follows a threat"
    # Where the S.O.P. is silent
    ACT_ON_ACCOUNTS = "act_on_accounts", "replies, hides and unhides on an account"
    HIDE_THREATS = "hide_threats", "hides a level 8"
    BAN = "ban", "bans on an account, or deletes another's comment"
    APPROVE_BANS = "approve_bans", "approves a ban"
    APPROVE_DELETIONS = "approve_deletions", "approves the deletion of another's comment, or the end of a ban"
    SECOND_LOOK = "second_look", "gives a free reply its second look"
    REVIEW_OFFENSIVE = "review_offensive", "reviews a level 7"
    CLEAR_FLAGGED_CLAUSES = "clear_flagged_clauses", "clears a flagged clause before a level 7 is hidden"
    DECIDE_APPEALS = "decide_appeals", "decides an appeal"
    PROPOSE_DISPOSAL = "propose_disposal", "proposes records for disposal"
    APPROVE_DISPOSAL = "approve_disposal", "approves the disposal of records"
    FLAG_CLAUSES = "flag_clauses", "flags a clause"
    REVIEW_ACCURACY = "review_accuracy", "reviews content for accuracy"
    MANAGE_MEMBERS = "manage_members", "adds, transfers and moves members"
    NAME_OUTSIDERS = "name_outsiders", "names the auditor, the legal adviser and the records custodian"
    # Of this product
    DESIGNATE = "designate", "hands over a power, and appoints an acting Commander"
    SET_UP_UNIT = "set_up_unit", "sets up the unit"
    LIFT_LOCKOUTS = "lift_lockouts", "lifts a lockout"
    READ_UNIT = "read_unit", "reads what the unit does"
    READ_TRAIL = "read_trail", "reads the trail of the whole unit"
    READ_RECORDS = "read_records", "reads retained records"
    SETTLE_SET_ASIDE = "settle_set_aside", "looks after items that could not be read"


@dataclass(frozen=True)
class Row:
    """A row of the matrix: its words in clauses.md, who holds the power, whether it can be handed over.

    `alone`: superiors do not hold it. `sworn`: every sworn member of the unit holds it too. What a row asks beyond the
    person (a role on the account, having taken no part) is the verb's own question.
    """

    words: str
    who: str
    source: str
    held_by: frozenset[str]
    alone: bool = False
    or_designee: bool = False
    sworn: bool = False

    def held(self, position: str, *, sworn: bool = False) -> bool:
        """Whether a member in `position` holds the power by that position."""
        if position in self.held_by or (self.sworn and sworn and position in UNIT):
            return True
        return not self.alone and any(position in ABOVE[holder] for holder in self.held_by)


COMMANDER = frozenset({Position.COMMANDER.value})
UNIT_COMMANDER = frozenset({Position.COMMANDER.value, Position.COMMANDING_OFFICER.value})
SUPERVISOR = frozenset({Position.SUPERVISOR.value})
SPECIALIST = frozenset({Position.SPECIALIST.value})

SOP1, SOP2, SOP3, SOP4 = "S.O.P. 1", "S.O.P. 2", "S.O.P. 3", "S.O.P. 4"
OURS = "this product"  # the second table: where the S.O.P. is silent
HOUSE = "this product's own"  # in neither table: what the screens need beside it

_ACT = "reply, hide, unhide on an account, and send the notices"
_ACT_WHO = "a member who is editor or administrator of that account; the hide of a level 8: every member"
_BAN = "ban, unban, delete another's comment"
_BAN_WHO = (
    "an administrator of that account, with a second person: for a ban the Commander or designee, else another"
    " administrator or a Supervisor or above"
)

MATRIX: dict[Power, Row] = {
    Power.APPROVE_ACCOUNTS: Row(
        "approve the creation of a platform account", "Commander or designee", SOP1, COMMANDER, or_designee=True
    ),
    Power.ADMINISTER_ACCOUNTS: Row(
        "be main administrator of every account; name administrators and editors",
        "Commander or designee",
        SOP1,
        COMMANDER,
        or_designee=True,
    ),
    Power.REMOVE_PRIVILEGES: Row(
        "remove a transferred member's account privileges",
        "Commander (the duty is his; the system drives it)",
        SOP1,
        COMMANDER,
    ),
    Power.TERMINATE_ACCOUNTS: Row(
        "approve the termination of an account", "Commander alone", SOP1, COMMANDER, alone=True
    ),
    Power.APPROVE_CONTENT: Row(
        "approve content for publishing", "Commander or designee", SOP2, COMMANDER, or_designee=True
    ),
    Power.APPROVE_ACTIVE_SCENES: Row(
        "approve content on an active crime scene or police activity in progress",
        "Commander alone",
        "S.O.P. 2 E",
        COMMANDER,
        alone=True,
    ),
    Power.APPROVE_HASHTAGS: Row(
        "approve hashtags and campaigns", "Commander or designee", "S.O.P. 2 F", COMMANDER, or_designee=True
    ),
    Power.APPROVE_PROPOSALS: Row(
        "approve an equipment proposal", "Commander or designee", SOP3, COMMANDER, or_designee=True
    ),
    Power.KEEP_EQUIPMENT: Row(
        "write an equipment proposal, keep inventory, receipts, maintenance log", "Supervisor", SOP3, SUPERVISOR
    ),
    Power.UPDATE_GRADING: Row(
        "create and update the Comment Grading System",
        "Unit Commander (Commanding Officer or Commander) or designee",
        SOP4,
        UNIT_COMMANDER,
        or_designee=True,
    ),
    Power.DECIDE_MONITORING: Row(
        "decide the account monitoring schedule", "Commander or designee", "Tab D", COMMANDER, or_designee=True
    ),
    Power.DECIDE_DRESS: Row(
        "decide civilian dress other than the default", "Commander or designee", "Tab D", COMMANDER, or_designee=True
    ),
    Power.APPROVE_DEVIATIONS: Row(
        "approve a deviation from a policy; resolve conflicts between documents",
        "Commander alone",
        "Tabs A, F",
        COMMANDER,
        alone=True,
    ),
    Power.ENDORSE_INSPECTIONS: Row(
        "endorse quarterly and annual inspections", "Commander alone", "Endorsement sheet", COMMANDER, alone=True
    ),
    Power.APPROVE_OVERTIME: Row(
        "pre-approve overtime", "Commanding Officer", "Tab F IV", frozenset({Position.COMMANDING_OFFICER.value})
    ),
    Power.CHANGE_DUTY: Row("change duty hours and days off (E-days)", "Supervisor", "Tab F III", SUPERVISOR),
    Power.ASSIGN_TASKS: Row(
        "assign tasks, projects and event coverage",
        "Supervisor (Commanding Officer and Commander above him)",
        "Tab F V.B",
        SUPERVISOR,
    ),
    Power.MANAGE_ACCOUNTS: Row(
        "review and edit written content for accuracy; manage all accounts day to day",
        "Social Media Broadcast Specialist",
        "Tabs E, F V.C",
        SPECIALIST,
    ),
    Power.DEVELOP_CONTENT: Row(
        "develop content",
        "sworn members, Supervisor, Specialist",
        "Tabs E, F V.B–D",
        SUPERVISOR | SPECIALIST,
        sworn=True,
    ),
    Power.CARRY_OUT: Row("carry out assignments", "the member assigned", "Tabs E, F V.D", UNIT),
    Power.GRADE_COMMENTS: Row("grade and answer comments", "every member of the unit", "Tab F V.E", UNIT),
    Power.DECIDE_THREATS: Row("decide what follows a threat", "a Supervisor or above", "S.O.P. 4 level 8", SUPERVISOR),
    Power.ACT_ON_ACCOUNTS: Row(_ACT, _ACT_WHO, OURS, UNIT),
    Power.HIDE_THREATS: Row(_ACT, _ACT_WHO, OURS, UNIT),
    Power.BAN: Row(_BAN, _BAN_WHO, OURS, UNIT),
    Power.APPROVE_BANS: Row(_BAN, _BAN_WHO, OURS, COMMANDER, or_designee=True),
    Power.APPROVE_DELETIONS: Row(_BAN, _BAN_WHO, OURS, SUPERVISOR),
    Power.SECOND_LOOK: Row("second look at a free reply", "any other member", OURS, UNIT),
    Power.REVIEW_OFFENSIVE: Row("second review of a level 7, afterwards", "a member other than the grader", OURS, UNIT),
    Power.CLEAR_FLAGGED_CLAUSES: Row(
        "clause (d) and clauses flagged by the legal adviser, before a level 7 is hidden",
        "a Supervisor or above other than the grader",
        OURS,
        SUPERVISOR,
    ),
    Power.DECIDE_APPEALS: Row("decide an appeal", "a Supervisor or above who took no part", OURS, SUPERVISOR),
    Power.PROPOSE_DISPOSAL: Row(
        "dispose of records past their period",
        "the records custodian proposes, the Commander approves",
        OURS,
        frozenset({Position.RECORDS_CUSTODIAN.value}),
    ),
    Power.APPROVE_DISPOSAL: Row(
        "dispose of records past their period",
        "the records custodian proposes, the Commander approves",
        OURS,
        COMMANDER,
    ),
    Power.FLAG_CLAUSES: Row(
        "flag a clause; say what a platform's terms let us hold",
        "the legal adviser",
        OURS,
        frozenset({Position.LEGAL_ADVISER.value}),
    ),
    Power.REVIEW_ACCURACY: Row(
        "accuracy review", "the Specialist, never of his own text: then the Supervisor", OURS, SPECIALIST
    ),
    Power.MANAGE_MEMBERS: Row(
        "add or transfer a member, change a position, reset a lost second factor",
        "Commander or designee; never one's own",
        OURS,
        COMMANDER,
        or_designee=True,
    ),
    Power.NAME_OUTSIDERS: Row(
        "auditor, legal adviser, records custodian: read, and only what a row above names",
        "named by the Commander, with a period",
        OURS,
        COMMANDER,
    ),
    Power.DESIGNATE: Row(
        "hand over a power that says so; appoint an acting Commander", "Commander alone", HOUSE, COMMANDER, alone=True
    ),
    Power.SET_UP_UNIT: Row("keep the agency's name, mark, zone and numbers", "Commander", HOUSE, COMMANDER),
    Power.LIFT_LOCKOUTS: Row(
        "lift the lockout of another member after wrong passwords", "a Supervisor or above", HOUSE, SUPERVISOR
    ),
    Power.READ_UNIT: Row(
        "read comments, accounts, members and the roster",
        "every member; auditor, legal adviser, records custodian",
        HOUSE,
        UNIT | OUTSIDE,
    ),
    Power.READ_TRAIL: Row(
        "read the trail of the whole unit", "a Supervisor or above; the auditor", HOUSE, SUPERVISOR | {"auditor"}
    ),
    Power.READ_RECORDS: Row(
        "read retained records; each reading is logged",
        "every member; auditor, legal adviser, records custodian",
        HOUSE,
        UNIT | OUTSIDE,
    ),
    Power.SETTLE_SET_ASIDE: Row(
        "look after items that could not be read", "Specialist, Supervisor", HOUSE, SPECIALIST | SUPERVISOR
    ),
}


@cache
def powers_of(position: str, *, sworn: bool = False) -> frozenset[Power]:
    """All that a position gives, reckoned once: a list of fifty asks some hundreds of times."""
    return frozenset(power for power, row in MATRIX.items() if row.held(position, sworn=sworn))


TO_HAND_OVER = [power for power, row in MATRIX.items() if row.or_designee]

# What a verb asks beyond the person, in words for the page that shows the matrix.
BESIDES: dict[Power, str] = {
    Power.CARRY_OUT: "whoever the task was given to",
    Power.ACT_ON_ACCOUNTS: "with a role on the account",
    Power.BAN: "as an administrator of the account, with a second person",
    Power.SECOND_LOOK: "but never one's own reply",
    Power.REVIEW_OFFENSIVE: "but never one's own grade",
    Power.CLEAR_FLAGGED_CLAUSES: "but never one's own grade",
    Power.DECIDE_APPEALS: "whoever took no part",
    Power.REVIEW_ACCURACY: "but never one's own text",
    Power.MANAGE_MEMBERS: "but never one's own",
    Power.DESIGNATE: "acting, single powers alone",
}
# The one row of the second table that names no power of a member.
AT_THE_CONSOLE = ("the first Commander", "set up once at the console")
