"""Millions of comments and retained records: a base through the intake, multiplied by the server itself.

Each copy has ids of its own and lies two weeks further back, so that words are as frequent as in the base and the whole
reaches over four years. What the figures do not read (bytes as received, documents) is not copied.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from tests.benchmarks.machine import Machine

BASE = 50_000  # distinct comments
YEARS = 4
WAITING = 50_000  # of the newest, at most: a large backlog
PLATFORMS = ("facebook", "instagram", "x", "youtube")

_COPIES = {
    "moderation_comment": ("id", {"remote_id": "remote_id || '-' || k", **dict.fromkeys(("posted_at", "received_at"))}),
    "moderation_case": ("comment_id", {}),
    "moderation_searchentry": ("comment_id", {"at": None}),
}
# Of every comment, as the product's verb makes it: two grades serve all, the letters go round.
_RECORDS = """
INSERT INTO moderation_retainedrecord (id, comment_id, grade_id, clause_id, version, digest, by_id, made_at)
SELECT c.id, c.id, (%(grades)s::bigint[])[1 + c.id %% 2], (%(clauses)s::bigint[])[1 + c.id %% %(letters)s], 1,
    sha256(convert_to(c.text, 'UTF8')),
    (%(members)s::bigint[])[1 + c.id %% %(officers)s], s.at + interval '5 minutes'
FROM moderation_comment c JOIN moderation_searchentry s ON s.comment_id = c.id
"""
_ENTRIES = """
INSERT INTO moderation_recordentry (record_id, at, account_id, poster_id, by_id, level, clause, vector)
SELECT r.id, r.made_at, c.account_id, c.poster_id, r.by_id, g.level, l.letter, s.vector
FROM moderation_retainedrecord r JOIN moderation_comment c ON c.id = r.comment_id
JOIN moderation_searchentry s ON s.comment_id = r.comment_id
JOIN moderation_grade g ON g.id = r.grade_id JOIN accounts_clause l ON l.id = r.clause_id
"""
# What waits are the newest; of the others most are addressed, each hundredth by a level.
_STATES = """
UPDATE moderation_case SET
    state = CASE WHEN comment_id % 10 = 0 THEN 'archived' ELSE 'addressed' END,
    level = CASE WHEN comment_id % 10 = 0 THEN NULL ELSE 1 + comment_id % 8 END,
    grade_id = NULL
WHERE comment_id NOT IN (SELECT comment_id FROM moderation_queueentry)
"""


def fill(machine: Machine, rows: int) -> None:
    """`rows` comments in the database "ours", each with a retained record that is found by its words."""
    from members.models import Agency, Member
    from smu.demonstration.documents import load_grading_system, load_terms

    # As each unit at work is: one that is not set up yet asks for more on each page.
    Agency.objects.create(name="Bayside Police Department", short_name="Bayside PD", zone="America/New_York")
    terms = load_terms()
    system = load_grading_system()
    for n in range(8):
        Member.objects.create_user(username=f"officer{n}", number=str(n), name=f"Officer {n}", position="officer")
    copies = _base(min(rows, BASE), rows)
    with machine.cluster.connection(database="ours") as connection:
        connection.execute("SET session_replication_role = replica")
        made_again = _without_indexes(connection)
        for table, (key, changed) in _COPIES.items():
            _copy(connection, table, key, changed, copies)
        connection.execute(
            "DELETE FROM moderation_queueentry WHERE comment_id NOT IN"
            " (SELECT comment_id FROM moderation_queueentry ORDER BY at DESC LIMIT %s)",
            [min(WAITING, rows // 2)],
        )
        connection.execute("ALTER TABLE moderation_case DROP CONSTRAINT level_has_a_grade")  # two grades serve them all
        connection.execute(_STATES)
        given = _given(connection, system.pk, terms.pk)
        connection.execute(_RECORDS, given)
        connection.execute(_ENTRIES)
        for statement in made_again:
            connection.execute(statement)
    with machine.cluster.connection(database="ours") as connection:
        connection.execute("VACUUM (ANALYZE)")


def _base(rows: int, wanted: int) -> int:
    """So many comments through the intake, on four accounts; how many copies of them make `wanted`."""
    from moderation.intake import take_in
    from tests.benchmarks.corpus import Corpus
    from tests.standing import standing_account

    accounts = [standing_account(platform, f"900{n}", name="Bayside Police") for n, platform in enumerate(PLATFORMS)]
    for n, page in enumerate(Corpus(rows).read()):
        take_in(accounts[n % len(accounts)], page)
    return wanted // rows - 1


def _copy(connection: psycopg.Connection, table: str, key: str, changed: dict[str, str | None], copies: int) -> None:
    """Copy the base `copies` times; columns of time lie further back with each, as `changed` names them with None."""
    columns = [
        name
        for (name,) in connection.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " ORDER BY attnum",
            [table],
        )
    ]
    step = timedelta(days=365 * YEARS) / max(1, copies)
    back = f"- make_interval(secs => k * {step.total_seconds()})"
    values = {key: f"{key} + k * (SELECT max({key}) FROM {table})", **changed}
    chosen = ", ".join(f"{name} {back}" if values.get(name, "") is None else values.get(name, name) for name in columns)
    names = ", ".join(columns)
    # The newest ids are the newest rows, as they came: the last copy lies at the beginning of time.
    connection.execute(
        f"INSERT INTO {table} ({names}) SELECT {chosen} FROM generate_series(1, %s) k, {table}", [copies]
    )


def _without_indexes(connection: psycopg.Connection) -> list[str]:
    """Drop the indexes that serve no constraint, for the load; what makes them again."""
    found = connection.execute(
        """SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
        LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
        WHERE i.indrelid::regclass::text = ANY(%s) AND c.oid IS NULL""",
        [[*_COPIES, "moderation_recordentry", "moderation_retainedrecord"]],
    ).fetchall()
    for name, _ in found:
        connection.execute(f"DROP INDEX {name}")
    return [made for _, made in found]


def _given(connection: psycopg.Connection, system: int, terms: int) -> dict[str, Any]:
    """What records rest on: two grades on the first comments, the clauses, the officers."""
    clauses = [pk for (pk,) in connection.execute("SELECT id FROM accounts_clause WHERE letter <= 'f' ORDER BY letter")]
    members = [pk for (pk,) in connection.execute("SELECT id FROM members_member WHERE position = 'officer'")]
    first = connection.execute("SELECT min(id) FROM moderation_comment").fetchone()
    assert first is not None
    return {
        "grades": [_grade(connection, system, clauses[0], members[0], first[0] + n, 7 + n) for n in range(2)],
        "clauses": clauses,
        "letters": len(clauses),
        "members": members,
        "officers": len(members),
    }


def _grade(connection: psycopg.Connection, system: int, clause: int, by: int, comment: int, level: int) -> int:
    """A grade's row, with whatever its table asks for."""
    given: dict[str, Any] = {
        "comment_id": comment,
        "level": level,
        "clause_id": clause,
        "system_id": system,
        "by_id": by,
        "version": 1,
        "at": datetime.now(UTC),
        "words": "",
        "reason": "",
        "key": f"benchmark-{level}",
    }
    asked = connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'moderation_grade'"
        " AND is_nullable = 'NO' AND column_name <> 'id' AND is_identity = 'NO'"
    ).fetchall()
    nothing = {"boolean": False, "jsonb": "{}", "smallint": 0, "integer": 0, "bigint": 0}
    row = {name: given.get(name, nothing.get(kind, "")) for name, kind in asked} | given
    columns, marks = ", ".join(row), ", ".join(["%s"] * len(row))
    made = connection.execute(
        f"INSERT INTO moderation_grade ({columns}) VALUES ({marks}) RETURNING id", list(row.values())
    ).fetchone()
    assert made is not None
    return int(made[0])
