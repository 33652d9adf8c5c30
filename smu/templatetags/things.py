"""The rows of the equipment's long lists, each list drawn in one go (as smu.templatetags.rows does for comments)."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from equipment import custody_list, listing, maintenance_log

register = template.Library()


@register.simple_tag
def item_rows(rows: Iterable[listing.Row], chosen_by: str = "") -> SafeString:
    """Rows of the inventory; `chosen_by` is the form by which several are chosen, where the member may choose."""
    return _safe("\n".join([_item(row, _box(row, chosen_by) if chosen_by else "") for row in rows]))


def _box(row: listing.Row, form: str) -> str:
    return f"""
<td class="choose"><input class="form-check-input" type="checkbox" name="item" value="{row.number}" form="{form}"
 aria-label="Choose {escape(row.tag)}"></td>"""


def _item(row: listing.Row, box: str) -> str:
    return f"""<tr>{box}
<td><a href="{row.address}">{escape(row.tag)}</a></td>
<td><span dir="auto">{escape(row.name)}</span> <span class="quiet" dir="auto">{escape(row.about)}</span></td>
<td data-word="Kind" dir="auto">{escape(row.kind)}</td>
<td data-word="State"><span class="tag{row.tone}">{row.state}</span></td>
<td data-word="Where"><span dir="auto">{escape(row.where)}</span>{_tag("overdue" if row.overdue else "")}</td>
</tr>"""


@register.simple_tag
def custody_rows(rows: Iterable[custody_list.Row]) -> SafeString:
    """Rows of who has what."""
    return _safe("\n".join([_custody(row) for row in rows]))


def _custody(row: custody_list.Row) -> str:
    return f"""<tr>
<td><a href="{row.label}">{escape(row.tag)}</a></td>
<td dir="auto">{escape(row.name)}</td>
<td data-word="Member"><span dir="auto">{escape(row.holder)}</span>{_tag(row.doubt, row.tone)}</td>
<td data-word="Where">{escape(row.where)}{_tag("overnight" if row.overnight else "")}</td>
<td data-word="Since">{row.since}</td>
<td data-word="Back">{row.back}{_tag(row.came, "")}{_tag("overdue" if row.overdue else "")}</td>
<td data-word="For" dir="auto">{escape(row.purpose)}</td>
</tr>"""


@register.simple_tag
def work_rows(rows: Iterable[maintenance_log.Row]) -> SafeString:
    """Rows of the maintenance log."""
    return _safe("\n".join([_work(row) for row in rows]))


def _work(row: maintenance_log.Row) -> str:
    done = f' <span class="quiet" dir="auto">{escape(row.done)}</span>' if row.done else ""
    return f"""<tr>
<td><a href="{row.address}">{row.number}</a> <span class="quiet work-whole">{row.found_on}</span></td>
<td data-word="Thing"><a href="{row.item}">{escape(row.tag)}</a> <span dir="auto">{escape(row.name)}</span></td>
<td data-word="Found, and done"><span dir="auto">{escape(row.found)}</span>{done}</td>
<td class="work-by" data-word="By" dir="auto">{escape(row.by)}</td>
<td data-word="Out of service">{row.away or "–"}{_tag("late" if row.late else "")}</td>
<td class="work-whole" data-word="Cost">{row.cost}</td>
<td data-word="State"><span class="tag{row.tone}">{row.state}</span>{_tag(row.marks, "")}</td>
</tr>"""


def _tag(words: str, tone: str = " tag-bad") -> str:
    return f' <span class="tag{tone}">{words}</span>' if words else ""


def _safe(drawn: str) -> SafeString:
    return mark_safe(drawn)  # noqa: S308  (what somebody wrote was escaped where it was put in)
