"""What every process asks before it starts: whether the settings are whole, and the database the right one.

A refusal is one sentence on standard error and exit status 3, with which gunicorn gives up for good.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, LiteralString, NoReturn

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from smu.demonstration import read

REFUSED = 3
Rows = list[tuple[Any, ...]]

ON_A_REAL_UNIT = (
    "This database holds a real unit, and the demonstration does not start on it: anybody could sign in as anybody."
    " Start without DEMONSTRATION, or give the demonstration a DATA and a database of its own."
)
ON_THE_DEMONSTRATION = (
    "This database holds the demonstration, and a real unit does not start on it: its members are fictional, and their"
    " passwords lie in a file. Give the real unit a DATA and a database of its own (docs/operations.md, A new unit)."
)


def wrong_unit(ask: Callable[[LiteralString], Rows], *, demonstration: bool) -> str:
    """Why the unit in this database must not be started as what was asked for; empty when it may.

    `ask` carries out a query and returns its rows; the tables must be there.
    """
    flag = ask("SELECT demonstration FROM members_agency WHERE id = 1")
    if demonstration:
        return ON_A_REAL_UNIT if flag == [(False,)] else ""
    fictional = {(one["username"], one["number"], one["name"]) for one in read("members")}
    there = set(ask("SELECT username, number, name FROM members_member"))
    return ON_THE_DEMONSTRATION if flag == [(True,)] or fictional & there else ""


def settings_or_refuse() -> None:
    """End this process when a setting is missing or would do harm."""
    try:
        settings.INSTALLED_APPS  # noqa: B018  (the first look reads the settings)
    except ImproperlyConfigured as error:
        _refuse(str(error))


def unit_or_refuse() -> None:
    """End this process when the database holds another kind of unit than the settings name. Needs django.setup().

    A database that is away, or has no tables yet, is no reason: what needs it says so itself.
    """
    from django.db import DatabaseError, connection

    def ask(query: str) -> Rows:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())

    try:
        reason = wrong_unit(ask, demonstration=settings.DEMONSTRATION)
    except DatabaseError:
        return
    finally:
        connection.close()
    if reason:
        _refuse(reason)


def _refuse(sentence: str) -> NoReturn:
    sys.stderr.write(sentence + "\n")
    sys.exit(REFUSED)
