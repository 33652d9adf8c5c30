"""The calendar of content: what goes out on which day, days with nothing, holidays, and what collides (C.9)."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from content import holidays, items
from content.figures import filled_days
from content.manuscript import Manuscript
from content.models import Campaign, Idea, Item
from content.windows import moment_of
from members.authority import refused
from members.days import midnight
from members.models import Member
from members.models.agency import agency_zone
from members.powers import Power
from members.states import Invalid, WrongState

State = Item.State
MOVABLE = (State.DRAFT, State.REVIEW, State.RETURNED)  # nobody has been asked to approve a time yet
CLOSE = timedelta(hours=1)  # two posts on one account closer than that take each other's readers
TONES = {State.PUBLISHED: "good", State.SCHEDULED: "accent", State.APPROVAL: "warn", State.RETURNED: "bad"}


@dataclass(frozen=True)
class Entry:
    """An item at its moment. `collides`: the titles of others that go out on the same account within the hour."""

    item: Item
    at: datetime
    movable: bool
    accounts: frozenset[int] = frozenset()
    collides: tuple[str, ...] = ()

    @property
    def tone(self) -> str:
        """How it is coloured."""
        return TONES.get(State(self.item.state), "")


@dataclass
class OneDay:
    """One day of the calendar. `empty`: nothing went out, or nothing is planned."""

    day: date
    here: bool  # within the month shown
    entries: list[Entry] = field(default_factory=list)
    ideas: list[Idea] = field(default_factory=list)
    campaigns: list[Campaign] = field(default_factory=list)
    holiday: str = ""
    empty: bool = False
    today: bool = False


def entries(since: date, until: date, *, member: Member) -> list[Entry]:
    """Items that go out, or went out, from the first day to the last, in their order."""
    start, end = midnight(since), midnight(until + timedelta(1))
    planned = Q(published_at=None, starts_at__gte=start, starts_at__lt=end, state__in=Item.UNDER_WAY)
    out = Q(published_at__gte=start, published_at__lt=end)
    seen = Item.objects.all().visible_to(member).filter(planned | out)
    found = []
    for item in seen.select_related("revision", "campaign", "written_by"):
        at = item.published_at or item.starts_at
        if at is not None:
            accounts = frozenset(one.account for one in item.manuscript.versions)
            found.append(Entry(item, at, item.state in MOVABLE and item.may_save(member), accounts))
    return _with_collisions(sorted(found, key=lambda one: (one.at, one.item.pk)))


def _with_collisions(found: list[Entry]) -> list[Entry]:
    close: dict[int, set[str]] = defaultdict(set)
    by_account: dict[int, list[Entry]] = defaultdict(list)
    for one in found:
        for account in one.accounts:
            by_account[account].append(one)
    for several in by_account.values():
        for earlier, later in pairwise(several):
            if later.at - earlier.at < CLOSE:
                close[earlier.item.pk].add(later.item.title)
                close[later.item.pk].add(earlier.item.title)
    return [Entry(one.item, one.at, one.movable, one.accounts, tuple(sorted(close[one.item.pk]))) for one in found]


def weeks(year: int, month: int, *, member: Member) -> list[list[OneDay]]:
    """The weeks of a month, Sunday first, with what is around it."""
    whole = calendar.Calendar(calendar.SUNDAY).monthdatescalendar(year, month)
    since, until = whole[0][0], whole[-1][-1]
    days = {day: OneDay(day, here=day.month == month) for week in whole for day in week}
    for one in entries(since, until, member=member):
        days[timezone.localtime(one.at).date()].entries.append(one)
    for idea in Idea.objects.all().visible_to(member).new().filter(happens_on__range=(since, until)):
        if idea.happens_on is not None:
            days[idea.happens_on].ideas.append(idea)
    _mark(days, since, until)
    return [[days[day] for day in week] for week in whole]


def _mark(days: dict[date, OneDay], since: date, until: date) -> None:
    named, filled, today = holidays.between(since, until), filled_days(since, until), timezone.localdate()
    campaigns = campaigns_between(since, until)
    for day, one in days.items():
        one.holiday = named.get(day, "")
        one.today = day == today
        one.empty = day not in filled
        one.campaigns = [each for each in campaigns if each.since <= day and (each.until is None or day <= each.until)]


def campaigns_between(since: date, until: date) -> Iterable[Campaign]:
    """Approved ones that last on one of these days."""
    lasting = Q(until=None) | Q(until__gte=since)
    return list(Campaign.objects.filter(lasting, state=Campaign.State.APPROVED, since__lte=until).order_by("since"))


def move(item: Item, day: date, *, by: Member, on: int) -> None:
    """Plan what nobody was asked to approve yet for another day, at the same time of day; `on`: the revision seen.

    Raises Refused, Invalid (a day gone by, an hour that does not exist), WrongState, items.Overtaken.
    """
    if not item.may_save(by):
        raise refused(Power.DEVELOP_CONTENT)
    zone = agency_zone()
    written = item.manuscript
    clock = written.starts_at.astimezone(zone).time() if written.starts_at else time(9)
    starts = moment_of(datetime.combine(day, clock.replace(tzinfo=None, fold=0)), zone)
    if starts < timezone.now():
        raise Invalid("That moment is over already: choose a day to come.", "day")
    with transaction.atomic():
        found = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
        if found.state not in MOVABLE:
            raise WrongState(found, "move")
        items.save(found, _at(written, starts), by=by, on=on)


def _at(written: Manuscript, starts: datetime) -> Manuscript:
    """With its window moved, as long as it was."""
    lasts = written.ends_at - written.starts_at if written.starts_at and written.ends_at else timedelta(days=1)
    return replace(written, starts_at=starts, ends_at=starts + lasts)
