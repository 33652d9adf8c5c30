"""The board: ideas, and the items under way in the columns of their road (screens.md, Content)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from content.models import Idea, Item
from content.models.ideas import IdeaQuerySet
from content.models.items import ItemQuerySet
from members.models import Member

MOST = 50  # cards of a column
LATELY = timedelta(days=7)  # of what was published
State = Item.State
COLUMNS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("draft", "Drafts", (State.DRAFT,)),
    ("review", "Accuracy review", (State.REVIEW,)),
    ("approval", "Approval", (State.RENDERING, State.APPROVAL)),
    ("scheduled", "Scheduled", (State.SCHEDULED,)),
    ("published", "Published", (State.PUBLISHED,)),
    ("returned", "Returned", (State.RETURNED, State.EXPIRED)),
)


@dataclass(frozen=True)
class Column:
    """A column with its cards; `more`: there are others that are not shown."""

    name: str
    word: str
    cards: Sequence[Item]
    more: bool


@dataclass(frozen=True)
class Board:
    """What stands on it. Ideas come first, those that wait longest at the head."""

    ideas: Sequence[Idea]
    more_ideas: bool
    columns: list[Column]


def board(member: Member, *, mine: bool = False, purpose: str = "", campaign: int | None = None) -> Board:
    """The board as `member` sees it, within the filters. What was published is shown for a week."""
    seen = Item.objects.all().visible_to(member).select_related("written_by", "campaign")
    if mine:
        seen = seen.filter(Q(written_by=member) | Q(handed_in_by=member))
    if purpose:
        seen = seen.filter(purpose=purpose)
    if campaign is not None:
        seen = seen.filter(campaign=campaign)
    new = [] if mine or purpose or campaign else list(_new(member)[: MOST + 1])
    return Board(new[:MOST], len(new) > MOST, [_column(seen, *column) for column in COLUMNS])


def _new(member: Member) -> IdeaQuerySet:
    return Idea.objects.all().visible_to(member).new().select_related("by", "letter__contact")


def _column(seen: ItemQuerySet, name: str, word: str, states: tuple[str, ...]) -> Column:
    rows = seen.filter(state__in=states)
    if name == "published":
        rows = rows.filter(published_at__gt=timezone.now() - LATELY).order_by("-published_at")
    elif name == "scheduled":
        rows = rows.order_by("starts_at", "pk")
    else:
        rows = rows.order_by("-urgent", F("wanted_by").asc(nulls_last=True), "pk")
    found = list(rows[: MOST + 1])
    return Column(name, word, found[:MOST], len(found) > MOST)
