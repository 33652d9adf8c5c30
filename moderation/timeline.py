"""A comment's timeline: everything that ever happened to it, each with who and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from accounts.orders import Order
from content.words.differences import Piece, words_changed
from members.models import LogEntry, Member, TrailEntry
from moderation.models import Comment, CommentVersion, Grade, Measure, Referral, ReferralEntry


@dataclass(frozen=True)
class Event:
    """One thing that happened. `by` None: the system, or the public. What else is set follows from `kind`."""

    at: datetime
    kind: str
    says: str
    by: Member | None = None
    text: str = ""
    diff: list[Piece] = field(default_factory=list)
    grade: Grade | None = None
    order: Order | None = None
    verbs: tuple[str, ...] = ()
    outcome: str = ""
    steps: tuple[str, ...] = ()


def timeline_of(comment: Comment, member: Member) -> list[Event]:
    """Everything about `comment`, oldest first, with the verbs that `member` may use on its orders."""
    events = [
        *_received(comment),
        *_versions(comment),
        *_handling(comment),
        *_grades(comment),
        *_records(comment),
        *_orders(comment, member),
        *_proposals(comment),
        *_second_persons(comment),
        *_threats(comment),
        *_reviews(comment),
        *_appeals(comment),
        *_sources(comment),
        *_notes(comment),
        *_referrals(comment),
        *_moves(comment),
    ]
    return sorted(events, key=lambda event: event.at)


def _received(comment: Comment) -> Iterator[Event]:
    if comment.posted_at:
        yield Event(comment.posted_at, "posted", f"posted by {comment.author_shown}", text=comment.text)
    yield Event(
        comment.received_at,
        "received",
        "received and kept as it came",
        text="" if comment.posted_at else comment.text,
    )


def _versions(comment: Comment) -> Iterator[Event]:
    before = comment.text
    for version in comment.versions.order_by("number"):
        said = {
            CommentVersion.Change.EDITED: "its author edited it",
            CommentVersion.Change.DELETED: "seen to be gone from the platform",
            CommentVersion.Change.RESTORED: "there again on the platform",
        }[CommentVersion.Change(version.change)]
        edited = version.change == CommentVersion.Change.EDITED
        yield Event(
            version.seen_at,
            "version",
            f"{said} (version {version.number})",
            diff=words_changed(before, version.text) if edited else [],
        )
        if version.change != CommentVersion.Change.DELETED:
            before = version.text


def _handling(comment: Comment) -> Iterator[Event]:
    """Claims and releases, from the quieter log."""
    for back in comment.given_back.select_related("by", "held_by"):
        says = "skipped it" if back.skipped else f"took it from {back.held_by.name} and put it back into the queue"
        why = back.get_reason_display() if back.reason else ""
        yield Event(back.at, "handling", f"{says}: {why}" if why else says, by=back.by, text=back.words)
    entries = LogEntry.objects.filter(subject_type="moderation.comment", subject_id=str(comment.pk))
    entries = entries.exclude(verb__in=["skip", "free"])  # told above, with the reason
    said = {"claim": "opened it", "release": "gave it back to the queue"}
    for entry in entries.select_related("by").order_by("id"):
        yield Event(entry.at, "handling", said.get(entry.verb, entry.verb.replace("_", " ")), by=entry.by)


def _grades(comment: Comment) -> Iterator[Event]:
    for grade in comment.grades.select_related("by", "clause__terms", "system", "grouped").order_by("id"):
        if grade.level is None:
            yield Event(grade.at, "undo", "took the grade back", by=grade.by, text=grade.reason, grade=grade)
        else:
            says = "graded it" if grade.supersedes_id is None else "graded it again"
            yield Event(grade.at, "grade", says, by=grade.by, grade=grade)


def _records(comment: Comment) -> Iterator[Event]:
    for record in comment.records.select_related("by", "clause").order_by("id"):
        yield Event(
            record.made_at,
            "record",
            f"retained as record {record.pk}, before the hide (clause {record.clause.letter})",
            by=record.by,
        )


def _orders(comment: Comment, member: Member) -> Iterator[Event]:
    """What was ordered of the platform, by a grade or beside it, and what became of it."""
    for found in (comment.orders, comment.measures):
        orders: dict[str, Order] = {str(order.pk): order for order in found.select_related("by", "account")}
        for order in orders.values():
            yield _ordered(order, member)
        kind = found.model._meta.label_lower
        entries = TrailEntry.objects.filter(subject_type=kind, subject_id__in=orders)
        for entry in entries.exclude(verb__in=["send", *Measure.Verb.values]).select_related("by").order_by("id"):
            order = orders[entry.subject_id]
            yield Event(
                entry.at,
                f"outcome-{entry.after}",
                f"{words_of(order)}: {_outcome(entry.verb)}",
                by=entry.by,
                outcome=order.outcome if entry.after == order.state else "",
            )


def _ordered(order: Order, member: Member) -> Event:
    verbs = tuple(order.verbs_for(member))
    return Event(
        order.created_at,
        "order",
        f"ordered: {words_of(order)} on {order.account.get_platform_display()}",
        by=order.by,
        text=getattr(order, "text", ""),
        order=order,
        verbs=verbs,
        steps=order.cell.steps if "confirm" in verbs else (),
    )


def words_of(order: Order) -> str:
    """Its verb, as people say it."""
    return str(order.get_verb_display())  # type: ignore[attr-defined]  # each kind has a field of its own verbs


def _proposals(comment: Comment) -> Iterator[Event]:
    for proposal in comment.proposals.select_related("proposed_by", "decided_by"):
        said = proposal.get_act_display()
        yield Event(
            proposal.proposed_at, "proposal", f"proposed to {said}", by=proposal.proposed_by, text=proposal.reason
        )
        if proposal.decided_at:
            yield Event(
                proposal.decided_at,
                "proposal",
                f"{proposal.get_state_display()}: to {said}",
                by=proposal.decided_by,
                text=proposal.decision_reason,
            )


def _second_persons(comment: Comment) -> Iterator[Event]:
    """What waited for another member before it was hidden or sent, and what he said."""
    for asked in comment.clearances.select_related("asked_by", "decided_by").order_by("id"):
        yield Event(asked.asked_at, "clearance", "asked for it to be cleared before it is hidden", by=asked.asked_by)
        if asked.decided_at:
            says = f"asked whether it may be hidden: {asked.get_state_display()}"
            yield Event(asked.decided_at, "clearance", says, by=asked.decided_by, text=asked.why)
    for draft in comment.drafts.select_related("by", "decided_by").order_by("id"):
        says = f"wrote a {draft.get_verb_display()} that waits for a second look"
        yield Event(draft.at, "draft", says, by=draft.by, text=draft.text)
        if draft.decided_at:
            says = f"looked at the {draft.get_verb_display()}: {draft.get_state_display()}"
            yield Event(draft.decided_at, "draft", says, by=draft.decided_by, text=draft.why)


def _threats(comment: Comment) -> Iterator[Event]:
    """When it was raised, who had it, and what was decided to follow (4.L8)."""
    for threat in comment.threats.select_related("raised_by", "acknowledged_by").order_by("id"):
        yield Event(threat.raised_at, "threat", f"raised threat {threat.pk}", by=threat.raised_by)
        if threat.acknowledged_at:
            says = f"acknowledged threat {threat.pk}"
            yield Event(threat.acknowledged_at, "threat", says, by=threat.acknowledged_by)
        for decision in threat.decisions.select_related("by"):
            says = f"decided on threat {threat.pk}: {decision.get_kind_display()}"
            yield Event(decision.at, "threat", says, by=decision.by, text=decision.reason)


def _reviews(comment: Comment) -> Iterator[Event]:
    for review in comment.reviews.select_related("decided_by").order_by("id"):
        yield Event(review.made_at, "review", "a second member is to review it")
        if review.decided_at:
            says = f"reviewed it: {review.get_state_display()}"
            yield Event(review.decided_at, "review", says, by=review.decided_by, text=review.reason)


def _appeals(comment: Comment) -> Iterator[Event]:
    """When they came and what was answered; what was written stands on the appeal's own page."""
    for appeal in comment.appeals.select_related("received_by", "decided_by").order_by("id"):
        says = f"appeal {appeal.pk} received, {appeal.get_way_display()}"
        yield Event(appeal.received_at, "appeal", says, by=appeal.received_by)
        if appeal.decided_at:
            says = f"appeal {appeal.pk}: {appeal.get_state_display()}"
            yield Event(appeal.decided_at, "appeal", says, by=appeal.decided_by, text=appeal.answer)


def _outcome(verb: str) -> str:
    said = {
        "done": "done",
        "failed": "failed",
        "put_off": "put off, will be tried again",
        "uncertain": "outcome not known, the platform is asked",
        "by_hand": "has to be done by hand",
        "confirm": "done by hand and confirmed",
        "retry": "to be tried again",
        "withdraw": "withdrawn",
    }
    return said.get(verb, verb.replace("_", " "))


def _sources(comment: Comment) -> Iterator[Event]:
    for source in comment.answer_sources.select_related("by", "version").order_by("id"):
        says = "the answer rests on a fact of the library" if source.version_id else "the answer rests on"
        yield Event(source.at, "note", says, by=source.by, text=source.source)


def _notes(comment: Comment) -> Iterator[Event]:
    for note in comment.notes.select_related("by").prefetch_related("mentions__member").order_by("id"):
        told = ", ".join(mention.member.name for mention in note.mentions.all())
        yield Event(note.at, "note", f"noted, for {told}" if told else "noted", by=note.by, text=note.text)


def _referrals(comment: Comment) -> Iterator[Event]:
    """What was done about each referral; of a lead only that something was, for its reading is logged (F.I)."""
    entries = ReferralEntry.objects.filter(referral__comment=comment).select_related("referral", "by").order_by("id")
    for entry in entries:
        lead = entry.referral.kind == Referral.Kind.LEAD
        says = f"referral {entry.referral.reference} ({entry.referral.get_kind_display()}): {entry.get_kind_display()}"
        yield Event(entry.at, "note", says, by=entry.by, text="" if lead else entry.text)


def _moves(comment: Comment) -> Iterator[Event]:
    """What the trail says of the case and no decision's row says better."""
    told = Q(verb__in=["grade", "undo", "overturn", "note", "reply", "retain"])
    entries = TrailEntry.objects.filter(subject_id=str(comment.pk), subject_type="moderation.case").exclude(told)
    said = {
        "settle": {"addressed": "addressed: nothing that the grade demands is open", "outstanding": "outstanding"},
        "address": {"addressed": "addressed without a reply"},
        "gone": {"gone": "gone before grading"},
        "edited": {"waiting": "waits again: edited after grading"},
    }
    for entry in entries.select_related("by").order_by("id"):
        fallback = f"{entry.verb.replace('_', ' ')}: {entry.after.replace('_', ' ')}" if entry.after else entry.verb
        yield Event(entry.at, "move", said.get(entry.verb, {}).get(entry.after, fallback), by=entry.by)
