"""Tags and filters that every template has."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.platforms.contract import Platform
from members import days
from members.languages import NAMES
from moderation.bytes import visible
from moderation.models import Level

register = template.Library()

MINUTE, HOUR, DAY = 60, 3600, 86400  # seconds
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ICON_NAME = re.compile(r"[a-z0-9-]+\Z")
# Of a platform that is gone the icons have no mark any more.
MARKS = {Platform.PERISCOPE: "broadcast"}


@cache
def _drawing(name: str, style: str) -> str:
    """The inside of a Tabler icon, read once. Raises ValueError for a name that is none."""
    if not ICON_NAME.match(name):
        raise ValueError(f"no icon is called {name!r}")
    text = (settings.ICONS_DIR / style / f"{name}.svg").read_text()
    return text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")].strip()


@register.simple_tag
@cache
def icon(name: str, style: str = "outline") -> SafeString:
    """A Tabler icon, drawn inline and silent to screen readers: the word beside it says what it means."""
    paint = 'fill="currentColor"' if style == "filled" else 'fill="none" stroke="currentColor" stroke-width="2"'
    # The drawing is a file of the package, not something anybody wrote to us.
    return mark_safe(  # noqa: S308
        f'<svg class="icon" width="18" height="18" viewBox="0 0 24 24" {paint} stroke-linecap="round"'
        f' stroke-linejoin="round" aria-hidden="true" focusable="false">{_drawing(name, style)}</svg>'
    )


@register.simple_tag
@cache
def platform_icon(platform: str) -> SafeString:
    """The platform's mark, with its name for those who do not see it."""
    return format_html(
        '<span class="platform" title="{0}">{1}<span class="visually-hidden">{0}</span></span>',
        Platform(platform).label,
        icon(MARKS.get(Platform(platform), f"brand-{platform}")),
    )


@register.simple_tag
@cache
def level(number: int | None, form: str = "full") -> SafeString:
    """A grade as colour, number and word. `short` shows the number and says the word; None says ungraded."""
    if number is None and form == "short":
        return mark_safe(
            '<span class="level level-none" title="not graded">–<span class="visually-hidden"> not graded</span></span>'
        )
    if number is None:
        return format_html('<span class="level level-none">{}</span>', "not graded")
    word = Level(number).label
    if form == "short":
        return format_html(
            '<span class="level level-{0}" title="{1}">{0}<span class="visually-hidden"> {1}</span></span>',
            number,
            word,
        )
    return format_html('<span class="level level-{0}"><b>{0}</b> {1}</span>', number, word)


def age_in_words(seconds: float) -> str:
    """How long ago, as a watch says it: now, 2 min, 1 h 52 min, 3 days."""
    if seconds < MINUTE:
        return "now"
    if seconds < HOUR:
        return f"{int(seconds // MINUTE)} min"
    if seconds < DAY:
        hours, minutes = int(seconds // HOUR), int(seconds % HOUR // MINUTE)
        return f"{hours} h {minutes} min" if minutes and hours < 10 else f"{hours} h"
    days = int(seconds // DAY)
    return f"{days} day{'s' if days > 1 else ''}"


def _day(local: datetime) -> str:
    """Nov 3. As date_format says it, which a page of fifty times would pay a third of its time for."""
    return f"{MONTHS[local.month - 1]} {local.day}"


def _exact(local: datetime) -> str:
    return f"{_day(local)}, {local.year}, {local:%H:%M:%S} {local.tzname()}"


@register.filter
def ago(moment: datetime | None) -> SafeString | str:
    """The relative time; the exact one, in the agency's zone, on hover. Kept fresh in the browser by page.js."""
    return "time not given" if moment is None else ago_of(moment, timezone.localtime())


def ago_of(moment: datetime, now: datetime) -> SafeString:
    """The same in the zone of `now`: a list asks for the time and the zone once."""
    words = age_in_words((now - moment).total_seconds())
    exact = _exact(moment.astimezone(now.tzinfo))
    # Nothing of it was written by anybody: a time is digits and names of months.
    return mark_safe(f'<time datetime="{moment.isoformat()}" title="{exact}" data-ago>{words}</time>')  # noqa: S308


@register.filter
def last_day(until: datetime) -> str:
    """The last day that somebody serves whose period ends at `until`."""
    return date_format(days.last_day(until), "M j, Y")


@register.filter
def clock(moment: datetime | None) -> SafeString | str:
    """The time in the agency's zone, as short as it can be said; exact on hover."""
    return "time not given" if moment is None else clock_of(moment, timezone.localtime())


def clock_of(moment: datetime, now: datetime) -> SafeString:
    """The same in the zone of `now`: a list asks for the time and the zone once."""
    local = moment.astimezone(now.tzinfo)
    if local.date() == now.date():
        words = f"{local:%H:%M}"
    elif local.year == now.year:
        words = f"{_day(local)}, {local:%H:%M}"
    else:
        words = f"{_day(local)}, {local.year}"
    # As above.
    return mark_safe(f'<time datetime="{moment.isoformat()}" title="{_exact(local)}">{words}</time>')  # noqa: S308


@register.filter
def language(code: str) -> str:
    """A language's name; its code where this unit has no name for it."""
    return NAMES.get(code, code or "language not known")


@register.filter
def initials(name: str) -> str:
    """Up to two letters for the round badge of a poster."""
    words = [word for word in re.split(r"[\W_]+", name) if word and word[0].isalpha()]
    return "".join(word[0] for word in words[:2]).upper() or "?"


@register.filter
def words_of(value: str) -> str:
    """A code word (`by_hand`) as words."""
    return value.replace("_", " ")


@register.filter
def minutes(seconds: int) -> str:
    """A short span as a clock shows it: 4:12."""
    return f"{seconds // 60}:{seconds % 60:02}"


@register.filter
def safe_link(address: str) -> str:
    """The address when a browser may follow it; empty for what is no http(s) address. The public chose it, not we."""
    return address if re.match(r"https?://[^\s/]", address or "", re.IGNORECASE) else ""


@register.filter
def at_handle(handle: str) -> str:
    """A handle with one @ before it, however the platform spells it."""
    return f"@{handle.lstrip('@')}" if handle else ""


@register.filter
def instant(text: str | None) -> SafeString | str:
    """A time as a document keeps it (ISO 8601), as `clock` shows it; words that stand in its place as they are."""
    try:
        return clock(datetime.fromisoformat(text or ""))
    except ValueError:
        return text or "not known"


@register.filter
def seen(text: str | None) -> str:
    """What the public wrote, with every character spelled out that would not be seen or would turn others round."""
    return visible(text or "")
