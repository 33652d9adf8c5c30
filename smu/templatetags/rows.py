"""The rows of long lists, each drawn in one go: by template fifty of them take longer than all the rest of a page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django import template
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from moderation.models import Case, Comment, RetainedRecord
from smu.templatetags.unit import clock, language, level

register = template.Library()

SHOWN = 140  # characters of a comment
_COMMENT = """<tr>
<td data-word="Level">{}</td>
<td><b><a href="{}"><bdi>{}</bdi></a></b><div><a href="{}"><bdi>{}</bdi></a></div></td>
<td data-word="Account">{}</td>
<td data-word="State">{}</td>
<td data-word="Language">{}</td>
<td data-word="Posted">{}</td>
</tr>"""
_RECORD = """<tr>
<td><a href="{}">Record {}</a></td>
<td data-word="Level">{}</td>
<td><b><bdi>{}</bdi></b><div><bdi>{}</bdi></div></td>
<td data-word="Account">{}</td>
<td data-word="Clause">({})</td>
<td data-word="By">{}</td>
<td data-word="Made">{}</td>
</tr>"""
# What is asked for again in each row, and dear: labels are translated with each use, levels drawn.
_STATES = {state.value: str(state.label) for state in Case.State}
_level = cache(level)


@register.simple_tag
def comment_rows(comments: Iterable[Comment]) -> SafeString:
    """Rows of the list of all comments, each with its account and case at hand."""
    address, poster = _address("comment"), _address("poster")
    names: dict[int, str] = {}

    def cells(comment: Comment) -> tuple[object, ...]:
        own, case = f"{address}{comment.pk}/", comment.case
        return (
            "" if case.state == Case.State.OURS else _level(case.level),
            f"{poster}{comment.poster_id}/" if comment.poster_id else own,
            comment.author_shown,
            own,
            _words(comment) or "(no text)",
            _name(comment, names),
            f"{_STATES[case.state]}, hidden" if case.hidden else _STATES[case.state],
            language(comment.language),
            clock(comment.sort_at),
        )

    return format_html_join("\n", _COMMENT, map(cells, comments))


@register.simple_tag
def record_rows(records: Iterable[RetainedRecord]) -> SafeString:
    """Rows of the list of retained records; each with its comment, account, grade, clause and maker at hand."""
    address = _address("record")
    names: dict[int, str] = {}

    def cells(record: RetainedRecord) -> tuple[object, ...]:
        comment = record.comment
        return (
            f"{address}{record.pk}/",
            record.pk,
            _level(record.grade.level),
            comment.author_shown,
            _words(comment),
            _name(comment, names),
            record.clause.letter,
            record.by.name,
            clock(record.made_at),
        )

    return format_html_join("\n", _RECORD, map(cells, records))


def _address(page: str) -> str:
    """Where the pages of one kind lie, to be followed by a number."""
    return reverse(page, args=[0]).removesuffix("0/")


def _name(comment: Comment, names: dict[int, str]) -> str:
    if comment.account_id not in names:
        names[comment.account_id] = str(comment.account)
    return names[comment.account_id]


def _words(comment: Comment) -> str:
    return comment.text if len(comment.text) <= SHOWN else f"{comment.text[: SHOWN - 1].rstrip()}…"
