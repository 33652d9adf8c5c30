"""What must never be false of measures and proposals is refused by the database, to the app's role and the owner."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from moderation import measures
from moderation.models import Measure, Proposal
from tests.cast import a_post
from tests.moderation.acts import case_of, grade, work
from tests.moderation.test_constraints import insert, refused, role, sql_as

__all__ = ["role"]
pytestmark = [pytest.mark.django_db, pytest.mark.sop("1.FB")]
MEASURES, PROPOSALS = "moderation_measure", "moderation_proposal"


def a_measure(account, verb, **values):
    now = timezone.now()
    return {
        "key": uuid.uuid4().hex,
        "account_id": account.pk,
        "verb": verb,
        "state": "waiting",
        "urgent": False,
        "not_before": now,
        "attempts": 0,
        "failures": 0,
        "sent": False,
        "outcome": "",
        "outcome_code": "",
        "remote_id": "",
        "act": uuid.uuid4(),
        "created_at": now,
        "text": "",
        "prepared": True,
    } | values


def a_proposal(account, act, by, **values):
    return {
        "act": act,
        "account_id": account.pk,
        "state": "proposed",
        "reason": "It came back.",
        "proposed_by_id": by.pk,
        "proposed_at": timezone.now(),
        "decision_reason": "",
        "review_on": timezone.localdate() + timedelta(days=30) if act == "ban" else None,
    } | values


@pytest.fixture
def asked(make_comment, officer):
    comment = make_comment("When do you open?")
    grade(comment, 3, by=officer)
    return comment


@pytest.fixture
def hidden(make_comment, officer, platform):
    comment = make_comment("An insult.")
    grade(comment, 7, by=officer)
    work(comment)
    return comment


@pytest.fixture
def approved(hidden, commander, supervisor):
    """A deletion that two want, not ordered yet."""
    proposal = measures.propose("delete", hidden.account, by=commander, reason="Why.", comment=hidden)
    proposal.decide("approved", verb="approve", by=supervisor, why="It harms.")
    return proposal


def the_deletion(proposal, **values):
    about = {"comment_id": proposal.comment_id, "record_id": proposal.record_id, "proposal_id": proposal.pk}
    return a_measure(proposal.account, "delete", **(about | values))


# --- measures ---


def test_each_verb_names_what_it_is_about(role, asked, facebook):
    for verb, values in (
        ("message", {"comment_id": asked.pk}),
        ("message", {"text": "Hello"}),
        ("comment", {"text": "Hello"}),
        ("comment", {"post_id": a_post(facebook).pk}),
        ("edit_own", {"text": "Hello"}),
        ("delete_own", {}),
        ("shout", {"comment_id": asked.pk, "text": "Hello"}),
    ):
        with refused("measure_names_what_it_is_about|not answered"):
            insert(role, MEASURES, **a_measure(facebook, verb, **values))
    insert(role, MEASURES, **a_measure(facebook, "comment", post_id=a_post(facebook).pk, text="Hello"))
    insert(role, MEASURES, **a_measure(facebook, "message", comment_id=asked.pk, text="Hello"))


@pytest.mark.sop("4.L6", "4.L8")
@pytest.mark.parametrize("level", [6, 8, None])
def test_what_is_not_graded_or_not_answered_is_not_written_to(role, comment, officer, level):
    if level:
        grade(comment, level, officer)
    with refused("not answered"):
        insert(role, MEASURES, **a_measure(comment.account, "message", comment_id=comment.pk, text="Hello"))


@pytest.mark.sop("4.L4", "4.L5")
def test_free_words_of_a_measure_rest_on_a_look(role, asked, make_comment, facebook, officer, other_officer):
    ours = make_comment("We open at 9.", ours=True)
    concern, error = make_comment("It is dark."), make_comment("You closed.")
    grade(concern, 4, officer)
    grade(error, 5, officer)
    free = {"text": "Hello", "prepared": False}
    for verb, about in (
        ("message", {"comment_id": concern.pk}),
        ("comment", {"post_id": error.post_id, "comment_id": error.pk}),
        ("comment", {"post_id": error.post_id}),
        ("edit_own", {"comment_id": ours.pk}),
    ):
        with refused("looked at by another member"):
            insert(role, MEASURES, **a_measure(facebook, verb, **about, **free))
    draft = measures.message(concern, "Call us.", by=officer, key="a")
    draft.decide("approved", verb="approve", by=other_officer)
    with refused("looked at by another member"):
        insert(role, MEASURES, **a_measure(facebook, "message", comment_id=concern.pk, draft_id=draft.pk, **free))
    looked_at = {"comment_id": concern.pk, "draft_id": draft.pk, "prepared": False}
    insert(role, MEASURES, **a_measure(facebook, "message", text="Call us.", **looked_at))
    insert(role, MEASURES, **a_measure(facebook, "message", comment_id=asked.pk, **free))


@pytest.mark.sop("4.L7")
def test_who_wrote_a_level_7_gets_nothing_but_notices(role, hidden, make_comment):
    for more in ({}, {"prepared": False}):
        with refused("not answered"):
            insert(role, MEASURES, **a_measure(hidden.account, "message", comment_id=hidden.pk, text="Hello", **more))
    ours = make_comment("We open at 9.", ours=True, parent_remote_id=hidden.remote_id)
    with refused("taken away, and not changed"):
        changed = {"comment_id": ours.pk, "text": "Hello", "prepared": False}
        insert(role, MEASURES, **a_measure(hidden.account, "edit_own", **changed))


def test_one_private_message_a_comment(role, asked):
    def message(**values):
        insert(role, MEASURES, **a_measure(asked.account, "message", comment_id=asked.pk, text="Hello", **values))

    message(state="failed")
    message(state="withdrawn", sent=True)
    message(state="failed", sent=True)
    for state in ("waiting", "sending", "uncertain", "by_hand", "done"):
        with refused("one_private_message_a_comment"):
            message(state=state)


def test_ours_is_changed_and_others_are_answered_on_their_own_account(role, asked, make_comment, instagram):
    ours = make_comment("We open at 9.", ours=True)
    for account, verb, about in (
        (ours.account, "message", ours),
        (asked.account, "edit_own", asked),
        (asked.account, "delete_own", asked),
        (instagram, "message", asked),
        (instagram, "edit_own", ours),
    ):
        with refused("our own comments|not answered"):
            insert(role, MEASURES, **a_measure(account, verb, comment_id=about.pk, text="Hello"))
    insert(role, MEASURES, **a_measure(ours.account, "edit_own", comment_id=ours.pk, text="Hello"))
    with refused("one_open_measure_a_verb"):
        insert(role, MEASURES, **a_measure(ours.account, "edit_own", comment_id=ours.pk, text="Again"))


def test_one_key_is_one_measure_and_what_waits_was_not_sent(role, facebook):
    first = a_measure(facebook, "comment", post_id=a_post(facebook).pk, text="Hello")
    with refused("waiting_measure_was_not_sent"):
        insert(role, MEASURES, **first | {"sent": True})
    insert(role, MEASURES, **first)
    with refused("key"):
        insert(role, MEASURES, **first)


@pytest.mark.sop("4.R")
def test_a_deletion_rests_on_the_approval_of_a_second_person(role, approved, hidden, commander):
    for values in ({"proposal_id": None}, {"record_id": None}, {"comment_id": None}):
        with refused("second person|measure_names"):
            insert(role, MEASURES, **the_deletion(approved, **values))
    insert(role, MEASURES, **the_deletion(approved))
    with refused("proposal_id|one_open_measure"):
        insert(role, MEASURES, **the_deletion(approved))


@pytest.mark.parametrize("state", ["proposed", "declined", "withdrawn"])
def test_what_was_not_approved_is_not_ordered(role, hidden, commander, supervisor, state):
    proposal = measures.propose("delete", hidden.account, by=commander, reason="Why.", comment=hidden)
    if state == "declined":
        proposal.decline(by=supervisor, why="No.")
    if state == "withdrawn":
        proposal.withdraw(by=commander)
    with refused("second person"):
        insert(role, MEASURES, **the_deletion(proposal))


def test_an_approval_covers_nothing_else(role, approved, hidden, make_comment, officer, instagram, platform):
    other = make_comment("Another insult.")
    grade(other, 7, by=officer)
    work(other)
    for values in (
        {"comment_id": other.pk},
        {"record_id": other.records.get().pk},
        {"account_id": instagram.pk},
        {"verb": "ban", "poster_id": hidden.poster_id},
        {"verb": "unban", "poster_id": hidden.poster_id},
        {"poster_id": hidden.poster_id},
    ):
        with refused("second person"):
            insert(role, MEASURES, **(the_deletion(approved) | values))


@pytest.mark.sop("4.R")
def test_what_is_shown_again_is_not_deleted(role, approved, hidden, officer):
    grade(hidden, 1, by=officer)
    with refused("graded 7 or 8 and hidden"):
        insert(role, MEASURES, **the_deletion(approved))
    assert case_of(hidden).hidden, "until it is shown, the level alone forbids it"


@pytest.mark.parametrize("column", ["verb", "comment_id", "post_id", "text", "by_id", "key", "act", "created_at"])
def test_a_measure_stands_as_it_was_ordered(role, asked, officer, facebook, column):
    values = {"comment_id": asked.pk, "text": "Hello", "by_id": officer.pk}
    insert(role, MEASURES, **a_measure(facebook, "message", **values))
    value = {
        "verb": "'comment'",
        "post_id": str(a_post(facebook).pk),
        "text": "'x'",
        "key": "'x'",
        "act": "gen_random_uuid()",
        "created_at": "now() - interval '1 day'",
    }.get(column, "NULL")
    with refused("Cannot update|not-null"), sql_as(role) as cursor:
        cursor.execute(f"UPDATE {MEASURES} SET {column} = {value}")


# --- proposals ---


def test_a_proposal_has_a_reason_and_names_what_it_is_about(role, hidden, commander):
    record = hidden.records.get()
    for act, values, by in (
        ("delete", {"comment_id": hidden.pk, "record_id": record.pk, "reason": ""}, "proposal_has_a_reason"),
        ("delete", {"comment_id": hidden.pk}, "proposal_names"),
        ("delete", {"record_id": record.pk}, "proposal_names"),
        ("ban", {"comment_id": hidden.pk}, "proposal_names"),
        ("unban", {}, "proposal_names"),
        ("shout", {"poster_id": hidden.poster_id}, "proposal_names"),
    ):
        with refused(by):
            insert(role, PROPOSALS, **a_proposal(hidden.account, act, commander, **values))
    insert(role, PROPOSALS, **a_proposal(hidden.account, "ban", commander, poster_id=hidden.poster_id))
    with refused("one_open_proposal_a_poster"):
        insert(role, PROPOSALS, **a_proposal(hidden.account, "unban", commander, poster_id=hidden.poster_id))
    about = {"comment_id": hidden.pk, "record_id": record.pk}
    insert(role, PROPOSALS, **a_proposal(hidden.account, "delete", commander, **about))
    with refused("one_open_deletion_a_comment"):
        insert(role, PROPOSALS, **a_proposal(hidden.account, "delete", commander, **about))


@pytest.fixture
def proposed(hidden, commander):
    return measures.propose("delete", hidden.account, by=commander, reason="Why.", comment=hidden)


def decide(role, proposal, **values):
    values = {"state": "approved", "decided_at": timezone.now(), "decision_reason": "It harms."} | values
    with sql_as(role) as cursor:
        marks = ", ".join(f"{name} = %s" for name in values)
        cursor.execute(f"UPDATE {PROPOSALS} SET {marks} WHERE id = %s", [*values.values(), proposal.pk])


def test_a_second_person_decides_once_with_a_reason(role, proposed, commander, supervisor):
    with refused("nobody_decides_his_own_proposal"):
        decide(role, proposed, decided_by_id=commander.pk)
    for values in (
        {"decided_by_id": None},
        {"decided_by_id": supervisor.pk, "decision_reason": ""},
        {"decided_by_id": supervisor.pk, "decided_at": None},
        {"decided_by_id": supervisor.pk, "state": "carried"},
    ):
        with refused("proposal_is_decided_with_a_reason"):
            decide(role, proposed, **values)
    decide(role, proposed, decided_by_id=supervisor.pk)
    for values in ({"state": "declined"}, {"state": "proposed"}, {"decision_reason": "Other."}):
        with refused("Cannot update"):
            decide(role, proposed, decided_by_id=supervisor.pk, **values)


@pytest.mark.parametrize("change", ["act = 'ban'", "reason = 'x'", "comment_id = NULL", "proposed_by_id = NULL"])
def test_what_was_proposed_stands(role, proposed, change):
    with refused("Cannot update|not-null"), sql_as(role) as cursor:
        cursor.execute(f"UPDATE {PROPOSALS} SET {change}")


def test_the_app_role_deletes_no_measure_and_no_proposal(role, approved):
    insert(role, MEASURES, **the_deletion(approved))
    for table in (MEASURES, PROPOSALS):
        if role == "smu_app":
            with refused("permission denied"), sql_as(role) as cursor:
                cursor.execute(f"DELETE FROM {table}")
    assert Measure.objects.exists()
    assert Proposal.objects.exists()
