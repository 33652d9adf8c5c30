"""The roster of the watch (Tab D): who watches the accounts, when nobody does, and who is called.

Set and taken off by whoever decides the monitoring schedule; read by everybody. Moments are compared in UTC: two of the
same zone would be compared by what the clock on the wall says, which an hour in autumn says twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from members.authority import holders, is_commander, require
from members.chain import check_of_the_unit
from members.days import spoken
from members.models import Member, Watch
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import UNIT, Position, Power
from members.states import Invalid, WrongState, record
from members.waiting import Line, Waits

LONGEST = timedelta(hours=24)  # by the clock on the wall
LATE = timedelta(hours=1)  # a form that lay open may name a beginning that has just gone by
MOST = 120  # watches set at once: twenty-four weeks of five days
AHEAD = timedelta(days=7)  # how far the home page looks for gaps

ON = "on the roster"  # the state that the trail names

Span = tuple[datetime, datetime]


# --- setting and taking off ---


def set_watch(member: Member, since: datetime, until: datetime, *, by: Member) -> Watch:
    """Put `member` on watch from `since` to `until`, and tell him.

    A beginning that went by while the form lay open is now: who was on watch is not written afterwards. Raises Refused,
    and Invalid where the time makes no sense, or the member does not serve, stands outside, or is on watch then.
    """
    return set_watches(member, [(since, until)], by=by)[0]


def set_watches(member: Member, spans: Sequence[Span], *, by: Member) -> list[Watch]:
    """Put `member` on watch several times: all of them, or none; he is told once. Raises as `set_watch` does."""
    if not 0 < len(spans) <= MOST:
        raise Invalid(f"Set between one watch and {MOST} at once.")
    with transaction.atomic():
        require(by, Power.DECIDE_MONITORING)
        # Held until the end: a transfer waits for this, or this finds him gone.
        watcher = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        check_of_the_unit(watcher, "member")
        made = [_set(watcher, *_checked(span), by) for span in sorted(spans)]
        often = f", and {len(made) - 1} times more until {spoken(made[-1].until)}" if len(made) > 1 else ""
        sentence = (
            f"You are on watch from {spoken(made[0].since)} until {spoken(made[0].until)}{often}: set by {by.name}."
        )
        tell([watcher], Kind.ROSTER, sentence, page_of(made[0]), but=by)
    return made


def take_off(watch: Watch, *, by: Member) -> None:
    """End a watch that runs or is to come, and tell its member. What is over stays as it was.

    Raises Refused, Invalid where it is over, WrongState where somebody took it off before.
    """
    now = timezone.now()
    with transaction.atomic():
        require(by, Power.DECIDE_MONITORING)
        if watch.until <= now:
            raise Invalid("This watch is over: it stays on the roster as it was.")
        matched = Watch.objects.filter(pk=watch.pk, withdrawn_at__isnull=True).update(withdrawn_at=now, withdrawn_by=by)
        if not matched:
            raise WrongState(watch, "take_off")
        record("take_off", watch, by=by, before=ON, after="taken off")
        sentence = (
            f"You are not on watch from {spoken(watch.since)} until {spoken(watch.until)}: taken off by {by.name}."
        )
        tell([watch.member], Kind.ROSTER, sentence, page_of(watch), but=by)
    watch.refresh_from_db()


def may_set(member: Member) -> bool:
    """Whether `member` decides the roster."""
    return member.may(Power.DECIDE_MONITORING)


def page_of(watch: Watch) -> str:
    """The address of its page."""
    return reverse("watch", args=[watch.pk])


def _checked(span: Span) -> Span:
    """The span in UTC, begun at the earliest now."""
    since, until = (moment.astimezone(UTC) for moment in span)
    now = timezone.now()
    if until <= since:
        raise Invalid("A watch ends after it begins.", "until")
    if _on_the_wall(until) - _on_the_wall(since) > LONGEST:
        raise Invalid("A watch is 24 hours at the longest: set two, one behind the other.", "until")
    if until <= now:
        raise Invalid(f"{_capital(spoken(until))} has gone by: nobody is put on watch afterwards.", "until")
    if since < now - LATE:
        raise Invalid(f"{_capital(spoken(since))} has gone by: begin now or later.", "since")
    return max(since, now), until


def _set(watcher: Member, since: datetime, until: datetime, by: Member) -> Watch:
    standing = Watch.objects.standing().filter(member=watcher, since__lt=until, until__gt=since).first()
    if standing is not None:
        raise _overlaps(standing)
    try:
        with transaction.atomic():
            made: Watch = Watch.objects.create(member=watcher, since=since, until=until, by=by)
    except IntegrityError as error:  # two at once: the constraint judged
        first = Watch.objects.standing().filter(member=watcher, since__lt=until, until__gt=since).first()
        raise (_overlaps(first) if first else Invalid("Somebody was faster. Look again, then decide.")) from error
    record("set_watch", made, by=by, after=ON)
    return made


def _overlaps(standing: Watch) -> Invalid:
    return Invalid(
        f"{standing.member.name} is on watch from {spoken(standing.since)} until {spoken(standing.until)} already:"
        " take that off first, or choose another time.",
        "since",
    )


def _on_the_wall(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(tzinfo=None)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def moment_at(day: date, hour: time, *, ends: bool = False) -> datetime:
    """The moment at which the agency's clocks show `hour` on `day`.

    An hour that an autumn night has twice begins the first time and, for an end, is the second. Raises Invalid for one
    that a night in spring does not have.
    """
    local = datetime.combine(day, hour, tzinfo=timezone.get_current_timezone()).replace(fold=int(ends))
    moment = local.astimezone(UTC)
    if timezone.localtime(moment).time() != hour:
        at = date_format(day, "j M")
        raise Invalid(
            f"There is no {hour:%H:%M} on {at}: the clocks go forward that night.", "until" if ends else "since"
        )
    return moment


# --- reading ---


def on_watch(at: datetime | None = None) -> list[Watch]:
    """The watches that run at `at` (now, if not said), of members who serve; who is relieved first comes first."""
    return list(Watch.objects.at(at).select_related("member").order_by("until", "pk"))


def watches_between(since: datetime, until: datetime) -> list[Watch]:
    """The watches kept between `since` and `until`, or to be kept by members who serve; by their beginning."""
    kept = Q(until__lte=timezone.now()) | Q(withdrawn_at__isnull=False) | Q(member__in=Member.objects.serving())
    rows = Watch.objects.kept_between(since, until).filter(kept)
    return list(rows.select_related("member", "by").order_by("since", "pk"))


def gaps(since: datetime, until: datetime) -> list[Span]:
    """When nobody is on watch between `since` and `until`, in UTC."""
    return uncovered(((one.since, one.ends) for one in watches_between(since, until)), since, until)


def uncovered(spans: Iterable[Span], since: datetime, until: datetime) -> list[Span]:
    """What `spans` leave open between `since` and `until`, in UTC."""
    at, end = since.astimezone(UTC), until.astimezone(UTC)
    found: list[Span] = []
    for begins, ends in sorted((a.astimezone(UTC), b.astimezone(UTC)) for a, b in spans):
        if min(begins, end) > at:
            found.append((at, min(begins, end)))
        at = max(at, ends)
    if at < end:
        found.append((at, end))
    return found


@dataclass(frozen=True)
class Called:
    """Somebody to call, and why him."""

    member: Member
    why: str


def call_list(power: Power, at: datetime | None = None) -> list[Called]:
    """Who is called for what `power` decides: now, and next; each once, and never nobody while a Commander serves.

    First those on watch who hold it, nearest to the work first; then the superiors of those on watch, up the chain, who
    hold it; then everybody else who does; for a power that nobody holds now, whoever commands.
    """
    at = at or timezone.now()
    able = {holder.member.pk: holder for holder in holders(power, at)}
    watching = on_watch(at)
    found: dict[int, Called] = {}
    for watch in sorted(watching, key=lambda one: _rank(one.member)):
        if watch.member_id in able:
            until = spoken(watch.until)
            found.setdefault(watch.member_id, Called(able[watch.member_id].member, f"on watch until {until}"))
    superiors = dict(Member.objects.values_list("pk", "reports_to"))
    for watch in watching:
        above = superiors.get(watch.member_id)
        while above is not None:
            if above in able:
                found.setdefault(above, Called(able[above].member, f"superior of {watch.member.name}, who is on watch"))
            above = superiors.get(above)
    for holder in able.values():
        found.setdefault(holder.member.pk, Called(holder.member, holder.how))
    return list(found.values()) or [
        Called(one, "commands") for one in Member.objects.serving(at) if is_commander(one, at)
    ]


def _rank(member: Member) -> tuple[int, str]:
    """Nearest to the work first."""
    return -Position.values.index(member.position), member.name


# --- on the home page ---


def my_watch(member: Member) -> Line:
    """The member's watch: the one that runs, or the next of the coming week."""
    now = timezone.now()
    mine = Watch.objects.between(now, now + AHEAD).filter(member=member).order_by("since")
    first = mine.first()
    if first is None:
        return Line("Your watch", address=reverse("roster"), icon="eye")
    running = first.since <= now
    says = f"Until {spoken(first.until)}." if running else f"From {spoken(first.since)} until {spoken(first.until)}."
    word = "You are on watch" if running else "Your next watch"
    return Line(word, mine.count(), page_of(first), which="next", icon="eye", says=says)


def gaps_ahead(member: Member) -> Line:
    """When nobody is on watch in the coming week, for whoever decides the roster."""
    now = timezone.now()
    found = gaps(now, now + AHEAD)
    if not found:
        return Line("Hours without a watch", address=reverse("roster"), icon="eye-off")
    since, until = found[0]
    begins = "Now" if since <= now else f"From {spoken(since)}"
    tone = "bad" if since <= now else "warn"
    says = f"{begins}, until {spoken(until)}: nobody is on watch."
    return Line(
        "Hours without a watch", len(found), reverse("roster"), tone=tone, which="next", icon="eye-off", says=says
    )


LINES = (Waits(my_watch, positions=UNIT), Waits(gaps_ahead, power=Power.DECIDE_MONITORING))
