"""Rows by a statement that was written once: what each page asks, Django would put together anew for each page.

That costs several times what the database takes to answer. Only for reads with nothing to be composed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)
Converter = Callable[[Any, Any, Any], Any]


def many(model: type[Row], statement: str, given: list[Any], *, also: tuple[str, ...] = ()) -> list[Row]:
    """The rows of `statement` as `model`. `{columns}` in it becomes the model's own, qualified by its table.

    `also` names what it selects behind them: attributes of each row.
    """
    names, converters, sql = _written(model, statement)
    with connection.cursor() as cursor:
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


@cache
def _written(model: type[models.Model], statement: str) -> tuple[list[str], list[tuple[int, Converter]], str]:
    """The attributes in the order of the columns, what some of them pass through, and the statement written out."""
    fields = model._meta.concrete_fields
    converters = [
        (place, convert) for place, field in enumerate(fields) for convert in field.get_db_converters(connection)
    ]
    columns = ", ".join(f"{model._meta.db_table}.{field.column}" for field in fields)
    return [field.attname for field in fields], converters, statement.format(columns=columns)
