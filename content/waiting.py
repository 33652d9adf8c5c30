"""What of content waits for a member: each line leads to the first that it counts."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.models import Account
from content import calls
from content.figures import filled_days
from content.models import Campaign, Hashtag, Idea, Item
from content.models.items import ItemQuerySet
from members.models import Member
from members.powers import Position, Power
from members.waiting import Line, Waits, counted

AHEAD = 7  # days looked at for content
MOST_LOOKED_AT = 100  # to each it is asked who wrote it
State = Item.State
_BOARD = "content_board"


def _line(word: str, rows: ItemQuerySet, says: str, icon: str, tone: str = "warn") -> Line:
    first = rows.order_by("-urgent", "pk").first()
    address = first.get_absolute_url() if first else reverse(_BOARD)
    since = _handed_in_at(first) if first else None
    urgent = rows.filter(urgent=True).exists()
    return Line(word, counted(rows), address, since, "bad" if urgent else tone, icon=icon, says=says)


def _handed_in_at(item: Item) -> datetime:
    return item.submission.at if item.submission else item.revision.at if item.revision else item.created_at


def to_approve(member: Member) -> Line:
    """Items that he may decide: he neither wrote nor changed them."""
    rows = Item.objects.all().visible_to(member).filter(state=State.APPROVAL)
    rows = rows.select_related("submission", "revision")
    mine = [one.pk for one in rows[:MOST_LOOKED_AT] if one.may_decide(member)]
    says = "Nothing goes out that was not approved as it stands."
    return _line("Content to approve", rows.filter(pk__in=mine), says, "checkbox")


def to_review(member: Member) -> Line:
    """Items that he may find accurate: it is not his own text."""
    rows = Item.objects.all().visible_to(member).filter(state=State.REVIEW).select_related("submission", "revision")
    mine = [one.pk for one in rows[:MOST_LOOKED_AT] if one.may_confirm_accuracy(member)]
    return _line("Content to review for accuracy", rows.filter(pk__in=mine), "", "file-check")


def returned(member: Member) -> Line | None:
    """His own that came back, or whose time was over."""
    rows = Item.objects.filter(state__in=[State.RETURNED, State.EXPIRED], written_by=member)
    rows = rows.select_related("submission", "revision")
    if not rows.exists():
        return None
    return _line("Content returned to you", rows, "Read why, write it anew, or withdraw it.", "arrow-back-up")


def new_ideas(member: Member) -> Line:
    """Ideas that nobody has taken or declined; lands on the oldest."""
    rows = Idea.objects.all().visible_to(member).new()
    first = rows.first()
    address, since = (first.get_absolute_url(), first.received_at) if first else (reverse("ideas"), None)
    return Line("Ideas to take or decline", counted(rows), address, since, icon="bulb")


def tags_to_decide(member: Member) -> Line:
    """Hashtags and campaigns of others that wait for a decision."""
    tags = Hashtag.objects.waiting().exclude(asked_by=member).order_by("pk")
    campaigns = Campaign.objects.waiting().exclude(asked_by=member).order_by("pk")
    first: Campaign | Hashtag | None = campaigns.first() or tags.first()
    address, since = (first.get_absolute_url(), first.asked_at) if first else (reverse("hashtags"), None)
    says = "A post with a tag that is not approved cannot be submitted."
    count = counted(tags) + counted(campaigns)
    return Line("Hashtags and campaigns to decide", count, address, since, "warn", icon="hash", says=says)


def unanswered(member: Member) -> Line | None:
    """Calls for content that somebody did not answer in time."""
    rows = calls.overdue()
    first = rows.select_related("call").first()
    if first is None:
        return None
    says = "Call them, or wait no more."
    return Line("Calls for content not answered", counted(rows), first.call.get_absolute_url(), icon="phone", says=says)


def empty_days(member: Member) -> Line | None:
    """Days from today on for which nothing is planned, once there is an account to speak on (C.9)."""
    if not Account.objects.open().exists():
        return None
    today = timezone.localdate()
    filled = filled_days(today, today + timedelta(days=AHEAD - 1))
    empty = [day for day in (today + timedelta(days=count) for count in range(AHEAD)) if day not in filled]
    says = f"Of the next {AHEAD} days. Content daily, when feasible (Tab C, objective B)."
    return Line("Days without content", len(empty), reverse("content_calendar"), icon="calendar-off", says=says)


_AT_WORK = frozenset({Position.SPECIALIST, Position.SUPERVISOR})

LINES = (
    Waits(to_approve, power=Power.APPROVE_CONTENT),
    Waits(to_review, power=Power.REVIEW_ACCURACY),
    Waits(returned, power=Power.DEVELOP_CONTENT),
    Waits(tags_to_decide, power=Power.APPROVE_HASHTAGS),
    Waits(new_ideas, _AT_WORK),
    Waits(unanswered, _AT_WORK),
    Waits(empty_days, _AT_WORK),
)
