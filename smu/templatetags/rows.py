"""The rows of long lists, each drawn in one go: by template fifty of them take longer than all the rest of a page.

What somebody wrote goes through `escape`, field by field; all else is ours: numbers, times, words of the product.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape  # Django's is this one behind a wrapper that takes as long again for each field

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from members.models import Member
from moderation.listed import ListedComment, ListedRecord
from moderation.models import CameBack, Case
from moderation.stream import Filters
from moderation.stream_rows import Row
from smu.templatetags.unit import ago_of, clock_of, icon, language, level, platform_icon

register = template.Library()

SHOWN, IN_STREAM = 140, 160  # characters of a comment
# Labels are translated with each use.
_STATES = {state.value: str(state.label) for state in Case.State}
_CAME_BACK: dict[str, str] = {CameBack.Why.POSTER: "answers", CameBack.Why.ANSWER: "answer here for"}


@register.simple_tag
def stream_rows(rows: Iterable[Row], filters: Filters, member: Member) -> SafeString:
    """The rows of the stream: buttons of the form around them; links for who only reads."""
    now, frame, ours = timezone.localtime(), _frame(filters, member), member.pk
    return _safe("\n".join([frame.format(row.comment_id, *_stream_cells(row, ours, now)) for row in rows]))


@register.simple_tag
def stream_row(row: Row, filters: Filters, member: Member) -> SafeString:
    """One of them, as it stands now."""
    return stream_rows([row], filters, member)


def _frame(filters: Filters, member: Member) -> str:
    """A row but for its number, its class and what stands in it: whole addresses are worked out once a list."""
    if member.outside:
        query = f"{escape(filters.query)}&amp;" if filters.query else ""
        opens = f'<a class="row-button" href="{reverse("queue")}?{query}open={{0}}">{{2}}</a>'
    else:
        claim = reverse("claim", args=[0]).replace("/0/", "/{0}/")
        opens = (
            f'<button class="row-button" formaction="{claim}"'
            f' hx-post="{claim}" hx-target="#desk" hx-swap="innerHTML show:#desk:top">\n{{2}}\n</button>'
        )
    return f'<li id="row-{{0}}" data-comment="{{0}}" class="row-entry{{1}}">\n{opens}\n</li>'


def _stream_cells(row: Row, ours: int, now: datetime) -> tuple[str, str]:
    """The classes of a row, and its words."""
    held = row.holder_id is not None and row.holder_id != ours
    suspected = row.suspected if row.waits else None
    classes = (
        f"{f' suspect-{suspected}' if suspected else ''}{'' if row.waits else ' is-done'}{' is-held' if held else ''}"
    )
    words = (
        f'<span class="row-who">\n{platform_icon(row.platform)}\n'
        f'<bdi class="row-author">{escape(row.author)}</bdi>\n'
        f"{_tags(row, held=held)}"
        f'<span class="row-age">{ago_of(row.written_at, now)}</span>\n</span>\n'
        f'<span class="row-text" dir="auto">{escape(_cut(row.text, IN_STREAM)) or "(no text)"}</span>'
    )
    if suspected:
        words += f'\n<span class="visually-hidden">Suspected level {suspected}</span>'
    return classes, words


def _tags(row: Row, *, held: bool) -> str:
    """What a row says besides: graded and how, who has it, whose it is before others, that it was edited."""
    tags = []
    if not row.waits:
        tags.append(f'<span class="tag">{row.state}</span>' if row.level is None else level(row.level, "short"))
    elif held:
        tags.append(f'<span class="tag">{icon("lock")} {escape(row.holder)}</span>')
    if row.came_back:
        why = _CAME_BACK.get(row.came_back, "no answer for")
        tags.append(f'<span class="tag tag-warn">{icon("corner-down-left")} {why} {escape(row.came_back_to)}</span>')
    if row.edited:
        tags.append('<span class="tag">edited</span>')
    return "".join(f"{tag}\n" for tag in tags)


@register.simple_tag
def comment_rows(comments: Iterable[ListedComment]) -> SafeString:
    """Rows of the list of all comments."""
    now, address, poster = timezone.localtime(), _address("comment"), _address("poster")
    return _safe("\n".join([_comment(one, address, poster, now) for one in comments]))


def _comment(one: ListedComment, address: str, poster: str, now: datetime) -> str:
    own = f"{address}{one.pk}/"
    author = f"{poster}{one.poster_id}/" if one.poster_id else own
    return f"""<tr>
<td data-word="Level">{"" if one.state == Case.State.OURS else level(one.level)}</td>
<td><b><a href="{author}"><bdi>{escape(one.author)}</bdi></a></b>\
<div><a href="{own}"><bdi>{escape(_cut(one.text)) or "(no text)"}</bdi></a></div></td>
<td data-word="Account">{escape(one.account)}</td>
<td data-word="State">{_STATES[one.state]}{", hidden" if one.hidden else ""}</td>
<td data-word="Language">{escape(language(one.language))}</td>
<td data-word="Posted">{clock_of(one.written_at, now)}</td>
</tr>"""


@register.simple_tag
def record_rows(records: Iterable[ListedRecord]) -> SafeString:
    """Rows of the list of retained records."""
    now, address = timezone.localtime(), _address("record")
    return _safe("\n".join([_record(one, address, now) for one in records]))


def _record(one: ListedRecord, address: str, now: datetime) -> str:
    return f"""<tr>
<td><a href="{address}{one.pk}/">Record {one.pk}</a></td>
<td data-word="Level">{level(one.level)}</td>
<td><b><bdi>{escape(one.author)}</bdi></b><div><bdi>{escape(_cut(one.text))}</bdi></div></td>
<td data-word="Account">{escape(one.account)}</td>
<td data-word="Clause">({escape(one.clause)})</td>
<td data-word="By">{escape(one.by)}</td>
<td data-word="Made">{clock_of(one.made_at, now)}</td>
</tr>"""


def _safe(drawn: str) -> SafeString:
    return mark_safe(drawn)  # noqa: S308  (what somebody wrote was escaped where it was put in)


def _address(page: str) -> str:
    """Where the pages of one kind lie, to be followed by a number."""
    return reverse(page, args=[0]).removesuffix("0/")


def _cut(text: str, most: int = SHOWN) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
