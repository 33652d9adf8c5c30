"""What the demonstration's members do, each the product's own verb in the name of whoever may do it.

Nothing is put into the database around the verbs: what they refuse does not happen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Clause, Terms
from members import naming
from members.models import Member
from moderation import (
    appeals,
    bans,
    clearing,
    measures,
    media_requests,
    mentions,
    neutrality,
    passing_over,
    referrals,
    reviews,
    saved_filters,
    second_looks,
    threats,
)
from moderation.decisions import Decision
from moderation.models import (
    Appeal,
    AuditItem,
    Case,
    Comment,
    FactVersion,
    Proposal,
    QueueEntry,
    Referral,
    ReplyDraft,
    Review,
    Section,
    Threat,
)
from moderation.offering import prepared
from moderation.sources import Rests
from moderation.stream import Filters
from smu.demonstration import public


@dataclass(frozen=True)
class Act:
    """One act of shift.json. What it is about is looked up when it is done: DoesNotExist while it is not there."""

    number: int
    told: dict[str, Any]

    @property
    def key(self) -> str:
        """Its own, so that it is done once."""
        return f"shift-{self.number}"

    @property
    def by(self) -> Member:
        """Who does it."""
        return member(self.told["by"])

    @cached_property
    def comment(self) -> Comment:
        """What it is about, as the polls brought it."""
        found = Comment.objects.select_related("account", "case", "post", "poster")
        return found.get(remote_id=public.id_on_the_sandbox(self.told["comment"]))

    @property
    def case(self) -> Case:
        """Where the unit stands with it."""
        return self.comment.case

    def text(self, name: str) -> str:
        """What is written there; empty where nothing is."""
        return str(self.told.get(name, ""))


def member(username: str) -> Member:
    """One who still serves."""
    found: Member = Member.objects.serving().get(username=username)
    return found


def clause(letter: str) -> Clause:
    """A clause of the terms in force."""
    found: Clause = Clause.objects.get(terms=Terms.objects.in_force(), letter=letter)
    return found


# --- at the desk ---


def grade(act: Act) -> None:
    """As the first choice of somebody who sees the comment for the first time."""
    reply, rests = _answer(act)
    decision = Decision(
        act.told["level"],
        key=act.key,
        version=act.case.version,
        reply=reply,
        clause=clause(act.text("clause")) if act.text("clause") else None,
        words=act.text("words"),
        subject=act.text("subject"),
        rests=rests,
    )
    act.case.grade_as(decision, by=act.by)


def _answer(act: Act) -> tuple[str, Rests]:
    """What is answered and what it rests on: the text of the act, an approved text, or one with a fact behind it."""
    offered = prepared(act.told["level"], act.comment, wording=None)
    begun = offered.text if offered is not None else ""
    if act.text("fact"):
        fact = FactVersion.objects.offered().get(question=act.text("fact"))
        return f"{begun}{fact.piece}", Rests(fact)
    return (begun if act.told.get("prepared") else act.text("reply")), Rests(source=act.text("source"))


def ask_the_press_office(act: Act) -> None:
    """By the one key for it."""
    media_requests.refer_to_pio(act.comment, Decision(3, key=act.key, version=act.case.version), by=act.by)


def note(act: Act) -> None:
    """With whoever is named in it told."""
    text = act.text("text")
    with transaction.atomic():
        mentions.tell_named(act.case.note(text, by=act.by), naming.named_in(text), by=act.by)


def skip(act: Act) -> None:
    """Held, then passed over."""
    QueueEntry.claim(act.comment.pk, by=act.by)
    passing_over.skip(act.comment, by=act.by, reason=act.text("reason"), words=act.text("words"))


def hold(act: Act) -> None:
    """Taken, for everybody else to see."""
    QueueEntry.claim(act.comment.pk, by=act.by)


def keep_filter(act: Act) -> None:
    """His own, under a name."""
    saved_filters.save(Filters.read(act.told["query"]), act.text("name"), by=act.by)


def name_topic(act: Act) -> None:
    """Of the post under which the comment stands."""
    if act.comment.post_id is not None:
        neutrality.name_topic(act.comment.post_id, act.text("topic"), by=act.by)


# --- referrals ---


def refer(act: Act) -> None:
    """To a section or a member."""
    to, section = act.text("member"), act.text("section")
    ask = referrals.Ask(
        act.text("kind"),
        section=Section.objects.get(name=section) if section else None,
        member=member(to) if to else None,
        owner=act.by,
        asks=act.text("asks"),
        case_number=act.text("case_number"),
    )
    referrals.open_referral(act.comment, ask, by=act.by, key=act.key)


def _referral(act: Act) -> Referral:
    found: Referral = act.comment.referrals.get(kind=act.text("kind"))
    return found


def log(act: Act) -> None:
    """What was done meanwhile."""
    referrals.log(_referral(act), act.text("text"), by=act.by)


def answer(act: Act) -> None:
    """What came back."""
    referrals.answer(_referral(act), act.text("text"), by=act.by)


def resolve(act: Act) -> None:
    """With what came of it."""
    referrals.resolve(_referral(act), act.text("outcome"), act.text("text"), by=act.by)


# --- second persons ---


def _draft(act: Act) -> ReplyDraft:
    found: ReplyDraft = act.comment.drafts.get(state=ReplyDraft.State.ASKED)
    return found


def approve_draft(act: Act) -> None:
    """A colleague's words, as they stand."""
    second_looks.approve(_draft(act), by=act.by)


def return_draft(act: Act) -> None:
    """With what is to be changed."""
    second_looks.give_back(_draft(act), by=act.by, why=act.text("why"))


def _review(act: Act) -> Review:
    found: Review = act.comment.reviews.get(state=Review.State.WAITING)
    return found


def uphold_review(act: Act) -> None:
    """It stays hidden."""
    reviews.uphold(_review(act), by=act.by, why=act.text("why"))


def overturn_review(act: Act) -> None:
    """It goes back, with an apology."""
    reviews.overturn(_review(act), act.told["level"], by=act.by, why=act.text("why"))


def flag(act: Act) -> None:
    """The legal adviser's doubt about a clause."""
    clearing.flag(clause(act.text("letter")), act.text("why"), by=act.by)


def clear(act: Act) -> None:
    """A level 7 under clause (d) or a flagged one."""
    clearing.clear(act.comment.clearances.get(state="asked"), by=act.by, why=act.text("why"))


def appeal(act: Act) -> None:
    """By the public's page, under the reference of the notice."""
    reference = act.comment.notices.latest("pk").reference
    found = appeals.find(reference)
    if found is None:
        raise Appeal.DoesNotExist
    appeals.receive(found, appeals.Said(act.text("text"), act.text("name")), language=act.comment.language or "en")


def uphold_appeal(act: Act) -> None:
    """With the answer that is read behind the reference."""
    appeals.uphold(act.comment.appeals.get(state=Appeal.State.RECEIVED), by=act.by, answer=act.text("answer"))


def propose_deletion(act: Act) -> None:
    """What waits for a second person."""
    measures.propose(Proposal.Act.DELETE, act.comment.account, by=act.by, reason=act.text("why"), comment=act.comment)


def ban(act: Act) -> None:
    """Proposed, the ladder waived by the Commander, approved by him."""
    commander = member(act.text("waives"))
    with transaction.atomic():
        proposal = measures.propose(
            Proposal.Act.BAN,
            act.comment.account,
            by=act.by,
            reason=act.text("why"),
            comment=act.comment,
            poster=act.comment.poster,
            review_on=timezone.localdate() + timedelta(days=act.told["days"]),
        )
        bans.waive(proposal, by=commander, why=act.text("waiver"))
        proposal = Proposal.objects.get(pk=proposal.pk)
        measures.approve(proposal, by=commander, why=act.text("approval"))


# --- threats ---


def _threat(act: Act) -> Threat:
    found: Threat = act.comment.threats.get()
    return found


def acknowledge(act: Act) -> None:
    """Somebody has it."""
    threats.acknowledge(_threat(act), by=act.by)


def decide(act: Act) -> None:
    """What follows."""
    choice = threats.Choice(
        key=act.key,
        kinds=frozenset(act.told["kinds"]),
        case_number=act.text("case_number"),
        referred_to=act.text("referred_to"),
        address=act.text("address"),
        reference=act.text("reference"),
    )
    threats.decide(_threat(act), choice, by=act.by)


# --- the audit ---


def audit(act: Act) -> None:
    """This month's sample so far, some of it graded again: mostly alike, now and then otherwise."""
    drawn = neutrality.draw(timezone.localdate(), by=act.by, size=act.told["size"])
    if drawn is None:
        raise AuditItem.DoesNotExist
    otherwise = {int(level): again for level, again in act.told["otherwise"].items()}
    for username, many in act.told["again"].items():
        for item in list(AuditItem.objects.for_(member(username)).filter(audit=drawn).order_by("number")[:many]):
            again = otherwise.pop(item.level, item.level)
            neutrality.grade_again(item, again, by=member(username))


VERBS: dict[str, Callable[[Act], None]] = {
    "grade": grade,
    "media": ask_the_press_office,
    "note": note,
    "skip": skip,
    "hold": hold,
    "filter": keep_filter,
    "topic": name_topic,
    "refer": refer,
    "log": log,
    "answer": answer,
    "resolve": resolve,
    "approve_draft": approve_draft,
    "return_draft": return_draft,
    "uphold_review": uphold_review,
    "overturn_review": overturn_review,
    "flag": flag,
    "clear": clear,
    "appeal": appeal,
    "uphold_appeal": uphold_appeal,
    "propose_deletion": propose_deletion,
    "ban": ban,
    "acknowledge": acknowledge,
    "decide": decide,
    "audit": audit,
}
