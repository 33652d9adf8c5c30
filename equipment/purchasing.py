"""Proposals (3.3): written, handed in, decided by another on exactly what was handed in, withdrawn, proposed anew."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import DatabaseError, transaction
from django.utils import timezone

from equipment.models import KeptFile, Kind, Proposal, ProposalDecision, ProposalEnd, ProposalVersion
from equipment.models.purchasing import ProposalFile, ProposalLine, Quote
from members.authority import holders, require, who_now
from members.canonical import canonical
from members.models import Member
from members.models.notifications import Kind as Told
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, WrongState, record

State = Proposal.State
Verdict = ProposalDecision.Verdict
LONGEST = 5_000
LONGEST_REASON = 2_000
MOST_LINES, MOST_QUOTES, MOST_FILES = 40, 8, 12
LARGEST = Decimal("9999999999.99")
_TO = {Verdict.APPROVE: State.APPROVED, Verdict.RETURN: State.RETURNED, Verdict.DECLINE: State.DECLINED}


@dataclass(frozen=True)
class Line:
    """So many of one thing. Without a kind it is used up, or no thing at all: it becomes no item."""

    what: str
    count: int
    cost: Decimal
    kind: Kind | None = None
    maker: str = ""
    model: str = ""


@dataclass(frozen=True)
class Offer:
    """What a supplier asks; the chosen one is the one to buy from."""

    supplier: str
    amount: Decimal
    on: date | None = None
    chosen: bool = False
    file: KeptFile | None = None


@dataclass(frozen=True)
class Wish:
    """All that a proposal says."""

    title: str
    description: str = ""
    reason: str = ""
    alternatives: str = ""
    freight: Decimal = Decimal(0)
    lines: Sequence[Line] = ()
    quotes: Sequence[Offer] = ()
    files: Sequence[KeptFile] = ()

    @property
    def total(self) -> Decimal:
        """What all of it costs."""
        return sum((one.cost * one.count for one in self.lines), self.freight)


def write(wish: Wish, *, by: Member, proposal: Proposal | None = None, on: int = 0) -> Proposal:
    """Begin a proposal, or write the next version of one; `on` is the number of the version that was changed.

    The same as what stands is no new version. Raises Refused, Invalid, WrongState (handed in, or changed meanwhile).
    """
    require(by, Power.KEEP_EQUIPMENT)
    _check(wish)
    with transaction.atomic():
        if proposal is None:
            found = Proposal.objects.create(title=wish.title, asked_by=by)
            record("write", found, by=by, after=found.state)
        else:
            found = locked(proposal.pk)
            if found.state not in Proposal.OPEN or found.version is None or found.version.number != on:
                raise WrongState(found, "write")
        _keep(found, wish, by)
    return found


def locked(key: int) -> Proposal:
    """The proposal, held until the end of the transaction."""
    return Proposal.objects.select_for_update(of=("self",)).select_related("version", "asked_by").get(pk=key)


def _keep(proposal: Proposal, wish: Wish, by: Member) -> None:
    """Write `wish` as the version that stands. Needs the proposal locked, or made just now."""
    document = canonical(document_of(wish))
    digest = hashlib.sha256(document).digest()
    stands = proposal.version
    if stands is not None and bytes(stands.digest) == digest:
        return
    made = ProposalVersion.objects.create(
        proposal=proposal,
        number=stands.number + 1 if stands else 1,
        title=wish.title,
        description=wish.description,
        reason=wish.reason,
        alternatives=wish.alternatives,
        freight=wish.freight,
        total=wish.total,
        document=document,
        digest=digest,
        by=by,
    )
    ProposalLine.objects.bulk_create(
        ProposalLine(version=made, number=number, **vars(line)) for number, line in enumerate(wish.lines, start=1)
    )
    Quote.objects.bulk_create(
        Quote(version=made, number=number, **vars(quote)) for number, quote in enumerate(wish.quotes, start=1)
    )
    ProposalFile.objects.bulk_create(ProposalFile(version=made, file=file) for file in wish.files)
    Proposal.objects.filter(pk=proposal.pk).update(version=made, title=wish.title)
    proposal.version, proposal.title = made, wish.title
    if stands is not None:
        record("write", proposal, by=by, before=proposal.state, after=proposal.state)


def document_of(wish: Wish) -> dict[str, object]:
    """All that a reader sees, as plain content: what the digest covers."""
    return {
        "title": wish.title,
        "description": wish.description,
        "reason": wish.reason,
        "alternatives": wish.alternatives,
        "freight": f"{wish.freight:.2f}",
        "total": f"{wish.total:.2f}",
        "lines": [
            [one.what, one.maker, one.model, one.kind.name if one.kind else "", one.count, f"{one.cost:.2f}"]
            for one in wish.lines
        ],
        "quotes": [
            [
                one.supplier,
                f"{one.amount:.2f}",
                one.on.isoformat() if one.on else "",
                one.chosen,
                one.file.digest if one.file else "",
            ]
            for one in wish.quotes
        ],
        "files": [[one.name, one.digest] for one in wish.files],
    }


def wish_of(version: ProposalVersion) -> Wish:
    """What stands in a version, to be written on from."""
    return Wish(
        version.title,
        version.description,
        version.reason,
        version.alternatives,
        version.freight,
        [
            Line(one.what, one.count, one.cost, one.kind, one.maker, one.model)
            for one in version.lines.select_related("kind")
        ],
        [
            Offer(one.supplier, one.amount, one.on, one.chosen, one.file)
            for one in version.quotes.select_related("file")
        ],
        [one.file for one in version.files.select_related("file")],
    )


def stands_as_written(version: ProposalVersion) -> bool:
    """Whether lines, quotes and files of a version are those that its digest covers."""
    return hashlib.sha256(canonical(document_of(wish_of(version)))).digest() == bytes(version.digest)


def _check(wish: Wish) -> None:
    if not wish.title.strip():
        raise Invalid("Say in a few words what is to be bought.", "title")
    for field in ("description", "reason", "alternatives"):
        if len(getattr(wish, field)) > LONGEST:
            raise Invalid(f"At most {LONGEST:,} characters.", field)
    for found, most, what in (
        (wish.lines, MOST_LINES, "lines"),
        (wish.quotes, MOST_QUOTES, "quotes"),
        (wish.files, MOST_FILES, "other files"),
    ):
        if len(found) > most:
            raise Invalid(f"A proposal has at most {most} {what}.", "papers" if what == "other files" else "")
    if wish.total > LARGEST:
        raise Invalid("That is more than ten billion dollars: look at the figures again.")
    if sum(one.chosen for one in wish.quotes) > 1:
        raise Invalid("Choose one of the quotes: the one to buy by.")


def missing(version: ProposalVersion) -> list[str]:
    """What 3.3 demands and the version does not say yet, a sentence each."""
    quotes = list(version.quotes.all())
    asked = (
        (bool(version.description.strip()), "Describe technically what is to be bought."),
        (bool(version.reason.strip()), "Give the reason and the purpose."),
        (version.lines.exists(), "Say how many of what, and what one costs."),
        (bool(quotes), "Add at least one supplier's quote."),
        (all(one.file_id for one in quotes), "Add to each quote the supplier's own paper."),
        (not quotes or any(one.chosen for one in quotes), "Choose the quote to buy by."),
        (bool(version.alternatives.strip()), "Say which alternatives you looked at, and why not those."),
    )
    return [sentence for holds, sentence in asked if not holds]


def submit(proposal: Proposal, *, by: Member, on: int) -> None:
    """Hand in the version of the number `on`; who could decide it is told.

    Raises Refused, Invalid (what is missing, or nothing changed since it came back), WrongState.
    """
    require(by, Power.KEEP_EQUIPMENT)
    with transaction.atomic():
        found = locked(proposal.pk)
        version = found.version
        if version is None or version.number != on or not found.can_become(State.SUBMITTED):
            raise WrongState(found, "submit")
        if wanting := missing(version):
            raise Invalid(" ".join(wanting))
        if ProposalDecision.objects.filter(version=version).exists():
            raise Invalid("It stands as it was returned: change what was asked for, then hand it in again.")
        found.become(State.SUBMITTED, verb="submit", by=by, submitted_by=by, submitted_at=timezone.now())
        sentence = f"Proposal {found.pk}, “{found.title}”, for ${version.total:,.2f}, waits for a decision."
        tell(deciders(found), Told.EQUIPMENT, sentence, found.get_absolute_url())


def deciders(proposal: Proposal) -> list[Member]:
    """Who could decide it now."""
    writers = proposal.writers()
    return [one.member for one in holders(Power.APPROVE_PROPOSALS) if one.member.pk not in writers]


def why_not(proposal: Proposal, member: Member) -> str:
    """Why `member` does not decide it, and who could now; empty where he may."""
    if proposal.may_decide(member):
        return ""
    writers = proposal.writers()
    able = who_now([one for one in holders(Power.APPROVE_PROPOSALS) if one.member.pk not in writers])
    if member.pk in writers and member.may(Power.APPROVE_PROPOSALS):
        return f"You wrote or changed it, and nobody decides that himself. {able}"
    return f"The Commander or a designee decides it, in exactly this form. {able}"


def take_back(proposal: Proposal, *, by: Member) -> None:
    """Take it back before it is decided, to change it. Raises Refused, WrongState."""
    require(by, Power.KEEP_EQUIPMENT)
    proposal.become(State.DRAFT, verb="take_back", by=by, submitted_by=None, submitted_at=None)


def decide(proposal: Proposal, verdict: str, *, by: Member, seen_as: str, reason: str = "") -> ProposalDecision:
    """Approve, return or decline exactly what was looked at; `seen_as` is the digest that the page showed.

    Raises Refused (not his to decide, or he wrote or changed it), Invalid (something else was looked at, no reason),
    WrongState.
    """
    kind, reason = Verdict(verdict), reason.strip()
    with transaction.atomic():
        found = locked(proposal.pk)
        if found.state != State.SUBMITTED or found.version is None:
            raise WrongState(found, "decide")
        if not found.may_decide(by):
            raise found.refusal(by)
        if seen_as != found.version.seen_as or not stands_as_written(found.version):
            raise Invalid("This is not what you looked at: look again, then decide.", "reason")
        if len(reason) > LONGEST_REASON:
            raise Invalid(f"The reason has at most {LONGEST_REASON:,} characters.", "reason")
        if kind != Verdict.APPROVE and not reason:
            raise Invalid("Say what is to be changed." if kind == Verdict.RETURN else "Say why not.", "reason")
        try:
            with transaction.atomic():
                made = ProposalDecision.objects.create(
                    version=found.version, verdict=kind, digest=found.version.digest, reason=reason, by=by
                )
        except DatabaseError as error:  # what the database knows better than our question a moment ago
            raise found.refusal(by) from error
        found.become(_TO[kind], verb=kind.value, by=by, decision=made)
        says = {"approve": "was approved: draw up the purchase order", "return": "was returned: read why"}
        sentence = f"Proposal {found.pk}, “{found.title}”, {says.get(kind, 'was declined: read why')}."
        tell(_its_writers(found), Told.EQUIPMENT, sentence, found.get_absolute_url(), but=by)
    return made


def _its_writers(proposal: Proposal) -> list[Member]:
    return list(Member.objects.filter(pk__in=proposal.writers()))


def withdraw(proposal: Proposal, *, by: Member, reason: str) -> None:
    """End it before anything is ordered. Raises Refused, Invalid (no reason), WrongState."""
    require(by, Power.KEEP_EQUIPMENT)
    end(proposal, State.WITHDRAWN, "withdraw", by=by, reason=reason)


def end(proposal: Proposal, state: str, verb: str, *, by: Member, reason: str) -> None:
    """End it for a reason. Raises Invalid, WrongState."""
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Invalid("Say why." if not reason else f"The reason has at most {LONGEST_REASON:,} characters.", "reason")
    with transaction.atomic():
        found = locked(proposal.pk)
        if not found.can_become(state):
            raise WrongState(found, verb)
        made = ProposalEnd.objects.create(proposal=found, reason=reason, by=by)
        found.become(state, verb=verb, by=by, decision=made)


def propose_anew(proposal: Proposal, *, by: Member) -> Proposal:
    """A draft of what another proposal said: to reorder it, or to ask again. Raises Refused, WrongState."""
    require(by, Power.KEEP_EQUIPMENT)
    if proposal.version is None:
        raise WrongState(proposal, "propose_anew")
    wish = wish_of(proposal.version)
    with transaction.atomic():
        made = Proposal.objects.create(title=wish.title, asked_by=by, follows=proposal)
        record("write", made, by=by, after=made.state)
        _keep(made, wish, by)
    return made
