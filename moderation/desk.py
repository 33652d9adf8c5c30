"""What stands before an officer who has opened a comment: the comment in its thread, and what a level would demand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from accounts.models import Account, Clause
from accounts.platforms.capabilities import Act, capability
from content.models import MediaFile
from members.models import Member
from moderation import holding, ladder, pictures_shown
from moderation.clearing import cleared_first
from moderation.contact import Contact, contact_for
from moderation.forms import clauses, fresh_key
from moderation.glance import Glance, glance
from moderation.models import Case, Comment, CommentOrder, CommentVersion, GivenBack, Level, QueueEntry
from moderation.models.comments import Identity
from moderation.models.grades import ANSWERED_FREELY, DEMANDS, HIDEABLE, Demand, GradingLevel
from moderation.models.notices import Notice
from moderation.models.suggestions import veil
from moderation.notice_texts import Written
from moderation.offering import Prepared, prepared
from moderation.own_answers import marked
from moderation.passing_over import may_free
from moderation.readers import who_reads
from moderation.sources import Offered, offered, with_fact

AROUND = 5  # neighbours of a comment that are shown with it
EARLIER = 20  # of a poster's comments beside the one in hand


@dataclass(frozen=True)
class Panel:
    """What one level demands of the one in hand, and what was typed so far."""

    level: int
    demand: Demand
    row: GradingLevel | None  # the Comment Grading System's own words
    reply: str
    prepared: Prepared | None
    limit: int | None
    cautions: tuple[str, ...]
    clauses: list[Clause]
    kept: tuple[str, ...]
    contact: Contact | None  # what the poster of a level 7 is told
    cleared_first: list[str]  # letters of the clauses under which a Supervisor clears a level 7 first
    again: bool  # a grade stands already: the new one gives its reason
    may: bool
    sources: Offered | None  # what an answer may rest on
    typed: Mapping[str, Any]
    wrong: str = ""  # the field that a refusal named
    key: str = field(default_factory=fresh_key)

    @property
    def hides(self) -> bool:
        """Whether this level takes the comment out of sight."""
        return self.level in HIDEABLE

    @property
    def offers_wording(self) -> bool:
        """Whether there is an approved text to put in, or another one than the one that stands there."""
        return self.prepared is not None and (self.prepared.of > 1 or not self.reply)

    @property
    def begins(self) -> bool:
        """Whether the officer goes on writing at once; where facts fit, he first chooses one by its key."""
        waits = self.sources is not None and self.sources.facts.found and self.sources.chosen is None
        return self.prepared is not None and self.prepared.opener and not waits

    @property
    def next_wording(self) -> int:
        """Which approved text comes next; where none stands yet, the one meant for this comment."""
        if self.prepared is None:
            return 0
        return self.prepared.number if self.reply else self.prepared.number - 1


@dataclass(frozen=True)
class Earlier:
    """What a poster's panel may hold (ruling 5)."""

    comments: list[holding.Wrote]
    only_ours: bool
    standing: ladder.Standing  # without the comment in hand
    notices: list[Notice]


@dataclass(frozen=True)
class Beneath:
    """What a panel that comes by itself knows of the desk on which it is put."""

    comment: Comment
    case: Case


@dataclass(frozen=True)
class Desk:
    """The comment in hand. `holder` is another member who has it; `entry` is None when it no longer waits."""

    comment: Comment
    case: Case
    text: str
    entry: QueueEntry | None
    holder: Member | None
    mine: bool
    above: list[Comment]
    below: list[Comment]
    later: list[CommentVersion]
    orders: list[CommentOrder]
    earlier: Earlier
    there: Glance
    panel: Panel | None
    may_grade: bool
    may_undo: bool
    may_note: bool
    may_free: bool = False  # whether what a colleague holds may be taken from him
    pictures: list[MediaFile] = field(default_factory=list)  # of our post
    blurred: bool = False  # whether the comment's own begin so
    who_reads: str = ""  # to a member who does not read its language: who does (ruling 17)
    typed: Mapping[str, Any] = field(default_factory=dict)
    key: str = field(default_factory=fresh_key)

    @property
    def left_over(self) -> list[str]:
        """What was typed and has no field here any more, after a refusal: shown, so that nothing is lost."""
        panel = self.panel
        on_page = self.typed.get("on") == "page"
        fields = {
            "reply": (panel and panel.demand.reply != "forbidden") or (on_page and self.case.level in ANSWERED_FREELY),
            "words": panel and panel.hides,
            "reason": panel or on_page,
        }
        return [str(self.typed[name]) for name, stands in fields.items() if not stands and self.typed.get(name)]

    @property
    def skip_reasons(self) -> list[tuple[str, str]]:
        """What one may give as the reason of a skip with one press."""
        return [(value, word) for value, word in GivenBack.Reason.choices if value not in {"", "other"}]

    @property
    def seconds_left(self) -> int:
        """Of one's own claim."""
        if self.entry is None or self.entry.lease_until is None:
            return 0
        return max(0, int((self.entry.lease_until - timezone.now()).total_seconds()))


def desk_for(
    comment: Comment,
    member: Member,
    *,
    level: int | None = None,
    wording: int | None = None,
    typed: Mapping[str, Any] | None = None,
    wrong: str = "",
) -> Desk:
    """The desk of `member` with `comment` on it; with the panel of `level`, and what he has typed there."""
    case = comment.case
    entry = _entry_of(comment)
    there = glance(comment)
    veil([entry] if entry else [], there.showing)
    holder = entry.holder if entry else None
    above, below = around(comment, there)
    return Desk(
        comment=comment,
        case=case,
        text=case.text,
        entry=entry,
        holder=holder if holder != member else None,
        mine=holder == member,
        above=above,
        below=below,
        later=list(comment.versions.order_by("number")) if case.version > 1 else [],
        orders=marked(list(_orders_of(case))) if case.level is not None else [],
        earlier=earlier_of(comment, there),
        there=there,
        panel=panel_for(case, member, level, wording=wording, typed=typed, wrong=wrong) if level else None,
        may_grade=case.may_grade(member),
        may_undo=case.may_undo(member),
        may_note=case.may_note(member),
        may_free=bool(holder) and holder != member and may_free(member),
        pictures=pictures_shown.of_post(comment.post),
        blurred=pictures_shown.begin_blurred(case, entry, member),
        who_reads=who_reads(comment, member) if entry else "",
        typed=typed or {},
    )


def _entry_of(comment: Comment) -> QueueEntry | None:
    """Its place in the queue; of a comment that was claimed just now, as the claim brought it."""
    place: Any = Comment.queue_entry
    if place.is_cached(comment):
        return comment.queue_entry
    return QueueEntry.objects.select_related("held_by").filter(pk=comment.pk).first()


def _orders_of(case: Case) -> Any:
    """What the standing grade ordered, with the account that each line names."""
    return case.comment.orders.filter(grade=case.grade).select_related("account").order_by("id")


def panel_for(
    case: Case,
    member: Member,
    level: int,
    *,
    wording: int | None = None,
    typed: Mapping[str, Any] | None = None,
    wrong: str = "",
) -> Panel:
    """What `level` would demand for the comment of `case`. `typed` wins over what is prepared."""
    comment, platform, tier = case.comment, case.comment.account.platform, case.comment.account.tier
    hides = level in HIDEABLE
    reply_can, hide_can = capability(platform, Act.REPLY, tier), capability(platform, Act.HIDE, tier)
    contact = contact_for(case, wording) if level == Level.OFFENSIVE else None
    ready = None if hides else prepared(level, comment, wording=wording, limit=reply_can.limit)
    row = GradingLevel.objects.in_force(level)
    demand = row.demand if row is not None else DEMANDS[level]
    meant = ready if demand.reply == "required" or wording is not None else None  # an optional one, when asked for
    resting = None if hides else offered(case, level, demand, typed or {})
    said = [hide_can.says] if hides else []
    if case.comment.account.state == Account.State.SUSPENDED and demand.reply != "forbidden":
        said.append("The account is suspended: an answer waits until it is resumed.")
    if demand.reply != "forbidden" and contact is None:
        said.append(reply_can.says)
    return Panel(
        level=level,
        demand=demand,
        row=row,
        reply=with_fact(
            _text_of_reply(typed, contact.written if contact else meant), resting.put_in if resting else None
        ),
        sources=resting,
        prepared=ready,
        limit=contact.limit if contact else reply_can.limit,
        cautions=tuple(words for words in said if words),
        clauses=list(clauses()) if hides else [],
        contact=contact,
        cleared_first=cleared_first() if level == Level.OFFENSIVE else [],
        kept=_kept(case) if hides else (),
        again=case.level is not None and case.grade is not None and case.grade.version == case.version,
        may=case.may_grade(member, level),
        typed=typed or {},
        wrong=wrong,
    )


def _text_of_reply(typed: Mapping[str, Any] | None, ready: Prepared | Written | None) -> str:
    """What stands in the field: what was typed; else the prepared text."""
    if typed and "reply" in typed:
        return str(typed["reply"])
    return ready.text if ready else ""


def _kept(case: Case) -> tuple[str, ...]:
    """What the retained record will hold, said before the act (4.R)."""
    comment = case.comment
    kept = [
        "the text as it stands" if case.version == 1 else f"the text in {case.version} versions",
        "the bytes as received",
        "its thread",
        f"the poster ({Identity(comment.identity).label})",
        "all times",
        "your name",
    ]
    if comment.author_avatar_url:
        kept.append("the avatar’s address")
    if comment.attachments:
        count = len(comment.attachments)
        kept.append(f"{count} attachment{'s' if count > 1 else ''} by address, the bytes when they come")
    return tuple(kept)


def around(comment: Comment, there: Glance | None = None) -> tuple[list[Comment], list[Comment]]:
    """What it answers with a few siblings before it, and what answers it, oldest first; `there`: if it was looked."""
    answered = there is None or there.answers
    if not comment.parent_remote_id and not answered:
        return [], []
    near = Comment.objects.filter(account=comment.account).select_related("account", "case").exclude(pk=comment.pk)
    above: list[Comment] = []
    if comment.parent_remote_id:
        above = list(near.filter(remote_id=comment.parent_remote_id)[:1])
    if comment.post_id is None:
        return above, []  # neighbours are found by the post's index; without a post the search would read the account
    if comment.parent_remote_id:
        siblings = near.filter(parent_remote_id=comment.parent_remote_id, post=comment.post, pk__lt=comment.pk)
        above += list(siblings.order_by("-pk")[:AROUND])[::-1]
    if not answered:
        return above, []
    below = list(near.filter(parent_remote_id=comment.remote_id, post=comment.post).order_by("pk")[:AROUND])
    return above, below


def earlier_of(comment: Comment, there: Glance | None = None) -> Earlier:
    """What the unit may hold of the poster (ruling 5): his comments, his step on the ladder, what he was told."""
    there = there or glance(comment)
    platform = comment.account.platform
    ours = holding.is_only_ours(platform, there.holds)
    stands = ladder.standing(comment.poster if there.breaches else None, platform, but=comment)
    theirs: list[holding.Wrote] = []
    told: list[Notice] = []
    if comment.poster_id is not None and there.earlier:
        theirs = holding.lately(comment.poster_id, but=comment.pk, ours=ours, most=EARLIER)
    if there.notices:
        others = Notice.objects.with_outcome().filter(comment__poster=comment.poster_id).exclude(comment=comment)
        told = list(others[:EARLIER])
    return Earlier(theirs, ours, stands, told)
