"""What must never be false is refused by the database itself, to the app's role and to the tables' owner alike."""

import uuid
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from moderation.models import CommentOrder
from moderation.retention import retain
from tests.moderation.acts import case_of, clause, grade, order_of, work

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["smu_app", "smu_owner"], autouse=True)
def role(request):
    """Who tries."""
    return request.param


@contextmanager
def sql_as(role):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        yield cursor


@contextmanager
def refused(by):
    with pytest.raises(DatabaseError, match=by), transaction.atomic():
        yield


def insert(role, table, **values):
    """A raw row, past all of Python's rules."""
    with sql_as(role) as cursor:
        columns = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join(["%s"] * len(values))
        cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks}) RETURNING *", list(values.values()))


def an_order(comment, graded, verb="hide", **values):
    now = timezone.now()
    return {
        "key": uuid.uuid4().hex,
        "account_id": comment.account_id,
        "verb": verb,
        "prepared": True,
        "comment_id": comment.pk,
        "grade_id": graded.pk,
        "level": graded.level,
        "clause_id": graded.clause_id,
        "state": "waiting",
        "urgent": True,
        "not_before": now,
        "attempts": 0,
        "failures": 0,
        "sent": False,
        "outcome": "",
        "outcome_code": "",
        "remote_id": "",
        "by_id": graded.by_id,
        "act": uuid.uuid4(),
        "created_at": now,
        "text": "",
    } | values


def a_grade(comment, by, system, **values):
    return {
        "key": uuid.uuid4().hex,
        "comment_id": comment.pk,
        "version": 1,
        "level": 3,
        "words": "",
        "reason": "",
        "system_id": system.pk,
        "by_id": by.pk,
        "at": timezone.now(),
    } | values


@pytest.fixture
def hidden(comment, officer, platform):
    """A comment at level 7 whose own hide was withdrawn, so that another may be tried."""
    graded = grade(comment, 7, officer)
    order_of(comment, "hide").become("withdrawn", verb="withdraw", by=officer)
    return comment, graded, comment.records.get()


@pytest.mark.sop("4.L7", "4.L8", "4.R")
def test_a_hide_at_level_7_with_clause_and_record_is_accepted(role, hidden):
    comment, graded, kept = hidden
    insert(role, "moderation_commentorder", **an_order(comment, graded, record_id=kept.pk))


@pytest.mark.sop("4.L1", "4.L2", "4.L3", "4.L4", "4.L5", "4.L6")
@pytest.mark.parametrize("level", [1, 2, 3, 4, 5, 6])
def test_levels_1_to_6_are_never_hidden(role, hidden, officer, level):
    comment, _, kept = hidden
    low = grade(comment, level, officer)
    hide = an_order(comment, low, clause_id=clause().pk, record_id=kept.pk)
    for claimed in (level, 7, None):
        with refused("only_7_and_8_are_hidden|order_|foreign key"):
            insert(role, "moderation_commentorder", **(hide | {"level": claimed}))


@pytest.mark.sop("4.R", "4.TOU")
@pytest.mark.parametrize("missing", ["clause_id", "record_id", "level"])
def test_a_hide_names_clause_record_and_level(role, hidden, missing):
    comment, graded, kept = hidden
    with refused("only_7_and_8_are_hidden"):
        insert(role, "moderation_commentorder", **an_order(comment, graded, record_id=kept.pk) | {missing: None})


@pytest.mark.sop("4.TOU")
@pytest.mark.parametrize("letter", ["g", "h", "i"])
def test_a_hide_rests_on_a_clause_that_is_a_ground(role, make_comment, officer, grading_system, letter):
    comment = make_comment()
    graded = a_grade(comment, officer, grading_system, level=7, clause_id=clause(letter).pk)
    insert(role, "moderation_grade", **graded)
    given = comment.grades.get()
    case = case_of(comment)
    type(case).objects.filter(pk=case.pk).update(grade=given, level=7)
    kept = retain(comment, given, by=officer)
    with refused("no ground for hiding"):
        insert(role, "moderation_commentorder", **an_order(comment, given, record_id=kept.pk))


@pytest.mark.sop("4.TOU")
def test_a_hide_and_its_record_name_the_clause_of_the_grade(role, hidden, officer):
    comment, graded, kept = hidden
    with refused("order_clause_is_its_grades"):
        insert(
            role, "moderation_commentorder", **an_order(comment, graded, record_id=kept.pk, clause_id=clause("c").pk)
        )
    with refused("record_clause_is_its_grades"):
        insert(
            role,
            "moderation_retainedrecord",
            comment_id=comment.pk,
            grade_id=graded.pk,
            clause_id=clause("c").pk,
            version=1,
            digest=b"",
            by_id=officer.pk,
            made_at=timezone.now(),
        )


@pytest.mark.sop("4.R")
def test_a_hide_has_the_record_of_its_own_comment_and_grade(role, hidden, make_comment, officer):
    comment, graded, kept = hidden
    other = make_comment()
    of_other = grade(other, 7, officer)
    others = an_order(comment, graded, record_id=other.records.get().pk)
    with refused("order_record_is_of_its_comment_and_grade"):
        insert(role, "moderation_commentorder", **others)
    with refused("order_grade_is_of_its_comment|order_record|order_level|current grade"):
        insert(role, "moderation_commentorder", **an_order(comment, of_other, record_id=other.records.get().pk))
    again = grade(comment, 7, officer)
    order_of(comment, "hide").become("withdrawn", verb="withdraw", by=officer)
    with refused("order_record_is_of_its_comment_and_grade"):
        insert(role, "moderation_commentorder", **an_order(comment, again, record_id=kept.pk))


@pytest.mark.sop("4.L7")
def test_a_hide_rests_on_the_current_grade(role, hidden, officer):
    comment, graded, kept = hidden
    grade(comment, 6, officer)
    with refused("current grade"):
        insert(role, "moderation_commentorder", **an_order(comment, graded, record_id=kept.pk))


@pytest.mark.sop("4.L6", "4.L8")
@pytest.mark.parametrize("level", [6, 8])
def test_levels_6_and_8_are_not_answered(role, comment, officer, level):
    graded = grade(comment, level, officer)
    for claimed in (level, None, 3):
        with refused("levels_6_and_8_are_not_answered|order_level_is_its_grades"):
            reply = an_order(comment, graded, "reply", text="No.", clause_id=None, level=claimed)
            insert(role, "moderation_commentorder", **reply)


@pytest.mark.sop("4.L3")
def test_a_question_is_answered_but_not_with_nothing(role, comment, officer):
    graded = grade(comment, 3, officer)
    with refused("levels_6_and_8_are_not_answered"):
        insert(role, "moderation_commentorder", **an_order(comment, graded, "reply"))
    insert(role, "moderation_commentorder", **an_order(comment, graded, "reply", text="At eight."))


def test_there_is_one_open_order_a_verb_and_one_order_a_key(role, comment, officer):
    graded = grade(comment, 3, officer)
    first = an_order(comment, graded, "reply", text="At eight.")
    insert(role, "moderation_commentorder", **first)
    with refused("one_open_order_a_verb"):
        insert(role, "moderation_commentorder", **an_order(comment, graded, "reply", text="At nine."))
    with refused("key"):
        insert(role, "moderation_commentorder", **(first | {"state": "done"}))


def test_an_order_has_a_verb_that_is_known_and_what_waits_was_not_sent(role, comment, officer):
    graded = grade(comment, 3, officer)
    with refused("order_has_a_known_verb"):
        insert(role, "moderation_commentorder", **an_order(comment, graded, "delete"))
    with refused("what_waits_was_not_sent"):
        insert(role, "moderation_commentorder", **an_order(comment, graded, "reply", text="At eight.", sent=True))


@pytest.mark.parametrize(
    "column", ["verb", "comment_id", "grade_id", "level", "record_id", "clause_id", "text", "by_id", "key", "act"]
)
def test_what_was_ordered_is_not_altered(role, hidden, officer, column):
    comment, _, _ = hidden
    value = {"verb": "'unhide'", "text": "'x'", "key": "'x'", "act": "gen_random_uuid()"}.get(column, "NULL")
    with refused("what_was_ordered_stands|Cannot update|cannot update|not-null"), sql_as(role) as cursor:
        cursor.execute(f"UPDATE moderation_commentorder SET {column} = {value} WHERE comment_id = %s", [comment.pk])


@pytest.mark.sop("4.0")
@pytest.mark.parametrize("values", [{"level": 9}, {"level": 0}, {"level": None}])
def test_a_first_grade_is_one_of_the_eight_levels(role, comment, officer, grading_system, values):
    with refused("grade_is_one_of_the_eight_levels"):
        insert(role, "moderation_grade", **a_grade(comment, officer, grading_system, **values))


@pytest.mark.sop("4.TOU")
@pytest.mark.parametrize(("level", "letter"), [(7, None), (8, None), (6, "a"), (1, "b")])
def test_only_and_always_7_and_8_name_a_clause(role, comment, officer, grading_system, level, letter):
    named = clause(letter).pk if letter else None
    with refused("only_and_always_7_and_8_name_a_clause"):
        insert(role, "moderation_grade", **a_grade(comment, officer, grading_system, level=level, clause_id=named))


def test_a_grade_taken_back_names_no_clause(role, hidden, officer, grading_system):
    comment, graded, _ = hidden
    back = {"level": None, "supersedes_id": graded.pk}
    with refused("only_and_always_7_and_8_name_a_clause"):
        insert(role, "moderation_grade", **a_grade(comment, officer, grading_system, clause_id=clause().pk, **back))
    insert(role, "moderation_grade", **a_grade(comment, officer, grading_system, **back))


def test_a_comment_has_one_first_grade_and_each_is_superseded_once(
    role, comment, make_comment, officer, grading_system
):
    first = grade(comment, 3, officer)
    grade(comment, 2, officer)
    with refused("one_first_grade_a_comment"):
        insert(role, "moderation_grade", **a_grade(comment, officer, grading_system))
    with refused("supersedes"):
        insert(role, "moderation_grade", **a_grade(comment, officer, grading_system, supersedes_id=first.pk))
    with refused("grade_supersedes_one_of_its_comment"):
        last = case_of(comment).grade_id
        insert(role, "moderation_grade", **a_grade(make_comment(), officer, grading_system, supersedes_id=last))


def test_the_current_grade_is_the_newest_of_its_own_comment_with_its_own_level(role, comment, make_comment, officer):
    first, other = grade(comment, 3, officer), grade(make_comment(), 2, officer)
    grade(comment, 2, officer)
    for change, values in (
        ("grade_id = %s, level = 3", [first.pk]),
        ("grade_id = %s, level = 2", [other.pk]),
        ("level = 7", []),
        ("grade_id = NULL", []),
    ):
        with refused("superseded|case_|level_has_a_grade"), sql_as(role) as cursor:
            cursor.execute(f"UPDATE moderation_case SET {change} WHERE comment_id = %s", [*values, comment.pk])


def test_one_click_is_one_grade(role, comment, make_comment, officer, grading_system):
    given = grade(comment, 3, officer, key="one-form")
    with refused("moderation_grade_key"):
        insert(role, "moderation_grade", **a_grade(make_comment(), officer, grading_system, key=given.key))


FACTS = [
    "moderation_comment",
    "moderation_commentversion",
    "moderation_grade",
    "moderation_gradinglevel",
    "moderation_gradingsystem",
    "moderation_note",
    "moderation_receivedbody",
    "moderation_receivedpage",
    "moderation_retainedaddition",
    "moderation_retainedpayload",
    "moderation_retainedrecord",
    "moderation_setaside",
    "accounts_clause",
    "accounts_terms",
    "members_trailentry",
    "members_logentry",
]


@pytest.mark.sop("4.R")
@pytest.mark.parametrize("table", FACTS)
def test_a_fact_is_neither_altered_nor_deleted_nor_emptied(role, comment, officer, table, platform):
    grade(comment, 7, officer)
    work(comment)
    case_of(comment).note("Kept.", by=officer)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0] "
            "WHERE indrelid = %s::regclass AND indisprimary",
            [table],
        )
        key = cursor.fetchone()[0]
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the inserts left pending would refuse a TRUNCATE first
    empty = table in {"moderation_commentversion", "moderation_receivedbody", "moderation_setaside", "members_logentry"}
    statements = [f"TRUNCATE {table} CASCADE"]
    if not empty:
        statements += [f"UPDATE {table} SET {key} = {key}", f"DELETE FROM {table}"]
    for statement in statements:
        with refused("permission denied" if role == "smu_app" else "pgtrigger"), sql_as(role) as cursor:
            cursor.execute(statement)


def test_the_app_role_deletes_no_order_and_no_case(role, hidden):
    for table in ("moderation_commentorder", "moderation_case"):
        if role == "smu_app":
            with refused("permission denied"), sql_as(role) as cursor:
                cursor.execute(f"DELETE FROM {table}")
    assert CommentOrder.objects.exists()


@pytest.mark.sop("4.TOU")
def test_a_case_does_not_say_hidden_without_a_hide_that_was_carried_out(comment, officer, role):
    grade(comment, 2, by=officer)
    with refused("by an order that was carried out"), sql_as(role) as cursor:
        cursor.execute("UPDATE moderation_case SET hidden = true WHERE comment_id = %s", [comment.pk])
