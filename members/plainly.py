"""What pages ask again and again in the same words: written once, and planned by the database once a connection.

To put a statement together anew costs Django several times what the database takes to answer it, and to plan one that
joins five tables costs the database several times what it takes to fetch fifty rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models
from django.db.backends.postgresql.base import ServerBindingCursor
from psycopg.pq import Format

# Askings after which a statement is prepared; None: never. The web server sets it (smu.asgi), and within `prepared`
# alone: psycopg remembers whatever was asked while it is set, an insert of ten megabytes too.
prepares_after: int | None = None

Row = TypeVar("Row", bound=models.Model)
Converter = Callable[[Any, Any, Any], Any]


def many(model: type[Row], statement: str, given: list[Any], *, also: tuple[str, ...] = ()) -> list[Row]:
    """The rows of `statement` as `model`. `{columns}` in it becomes the model's own, qualified by its table.

    `also` names what it selects behind them: attributes of each row.
    """
    names, converters, sql = _written(model, statement)
    with prepared(ServerBindingCursor), connection.cursor() as cursor:
        cursor.execute(sql, given)
        found = cursor.fetchall()
    rows = []
    for values in map(list, found):
        for place, convert in converters:
            values[place] = convert(values[place], None, connection)
        row = model.from_db(connection.alias, names, values[: len(names)])
        row.__dict__.update(zip(also, values[len(names) :], strict=True))
        rows.append(row)
    return rows


def one(model: type[Row], statement: str, given: list[Any], *, also: tuple[str, ...] = ()) -> Row | None:
    """The first of them; None where there is none."""
    return next(iter(many(model, statement, given, also=also)), None)


def rows(statement: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What a statement gives that is of no one model. Not for JSON and addresses, see `Binary`."""
    with prepared(), connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


class Binary(ServerBindingCursor):
    """Takes values as the server holds them: fifty rows with four times each are read in a third of the time.

    What Django stores as JSON or as an address it wants to read as text: for those there is ServerBindingCursor.
    """

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.format = Format.BINARY


@contextmanager
def prepared(kind: type[ServerBindingCursor] = Binary) -> Iterator[None]:
    """Within, what this thread asks the database, by the ORM too, is planned once a connection (smu.asgi).

    For a statement that is the same for everybody, or differs by keys and times alone: a plan that fits all words
    searched for fits none of them.
    """
    connection.ensure_connection()
    asking = connection.connection
    before = asking.cursor_factory, asking.prepare_threshold
    asking.cursor_factory, asking.prepare_threshold = kind, prepares_after
    try:
        yield
    finally:
        asking.cursor_factory, asking.prepare_threshold = before


@cache
def _written(model: type[models.Model], statement: str) -> tuple[list[str], list[tuple[int, Converter]], str]:
    """The attributes in the order of the columns, what some of them pass through, and the statement written out."""
    fields = model._meta.concrete_fields
    converters = [
        (place, convert) for place, field in enumerate(fields) for convert in field.get_db_converters(connection)
    ]
    columns = ", ".join(f"{model._meta.db_table}.{field.column}" for field in fields)
    return [field.attname for field in fields], converters, statement.format(columns=columns)
