"""A comment with what every screen of it shows: account, post, poster with the date of his picture, and its case.

One statement, put together once in each process: an officer's every act reads two comments so, and to have the same
join of six tables made anew each time takes longer than its answer.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection, models

from accounts.models import Account, Post
from moderation.models import Avatar, Case, Comment, Poster

_JOINED = """
FROM moderation_comment comment
JOIN accounts_account account ON account.id = comment.account_id
JOIN moderation_case standing ON standing.comment_id = comment.id
LEFT JOIN accounts_post post ON post.id = comment.post_id
LEFT JOIN moderation_poster poster ON poster.id = comment.poster_id
LEFT JOIN moderation_avatar avatar ON avatar.poster_id = comment.poster_id
WHERE comment.id = %s
"""


class _Part:
    """One table's columns in the row."""

    def __init__(self, model: type[models.Model], alias: str, begins: int, *, without: str = "") -> None:
        self.model = model
        fields = [field for field in model._meta.concrete_fields if field.name != without]
        self.names = [field.attname for field in fields]
        self.columns = ", ".join(f"{alias}.{field.column}" for field in fields)
        self.key = begins + next(number for number, field in enumerate(fields) if field.primary_key)
        self.begins, self.ends = begins, begins + len(fields)
        self.read = [(number, field.get_db_converters(connection)) for number, field in enumerate(fields)]

    def of(self, row: tuple[Any, ...]) -> Any:
        """The model's row, as a query of its own would give it; None where nothing was joined."""
        if row[self.key] is None:
            return None
        values = list(row[self.begins : self.ends])
        for number, converters in self.read:
            for converter in converters:
                values[number] = converter(values[number], None, connection)
        return self.model.from_db(connection.alias, self.names, values)


@cache
def _parts() -> tuple[str, list[_Part]]:
    parts: list[_Part] = []
    for model, alias, without in (
        (Comment, "comment", ""),
        (Account, "account", ""),
        (Case, "standing", ""),
        (Post, "post", ""),
        (Poster, "poster", ""),
        (Avatar, "avatar", "content"),
    ):
        parts.append(_Part(model, alias, parts[-1].ends if parts else 0, without=without))
    return f"SELECT {', '.join(part.columns for part in parts)} {_JOINED}", parts


def read_whole(comment_id: int) -> Comment | None:
    """The comment with all of it; None where there is none. Who may see it is not asked here."""
    statement, parts = _parts()
    with connection.cursor() as cursor:
        cursor.execute(statement, [comment_id])
        row = cursor.fetchone()
    if row is None:
        return None
    comment, account, case, post, poster, avatar = (part.of(row) for part in parts)
    comment.account, comment.post, comment.poster, comment.case = account, post, poster, case
    if avatar is not None:
        poster.avatar = avatar
    elif poster is not None:
        Poster.avatar.related.set_cached_value(poster, None)
    found: Comment = comment
    return found
