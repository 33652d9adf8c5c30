"""What a member orders of a platform beside grading, from the form to the order (S.O.P. 1).

The second table of clauses.md says who may, and what nobody does alone.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts import hints
from accounts.models import Account, Post
from accounts.platforms.capabilities import Capability, Way, capability
from accounts.platforms.contract import Kind
from members.authority import holders
from members.models import Member
from members.models.notifications import Kind as Told
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, Refused, WrongState, record
from moderation import bans, drafts, live, own_answers
from moderation.decisions import NOTICES_ALONE
from moderation.drafts import Looked
from moderation.models import Case, Comment, Level, Measure, Poster, Proposal, ReplyDraft
from moderation.models.grades import ANSWERED_FREELY
from moderation.models.proposals import administers
from moderation.models.records import RetainedRecord

Verb, Act = Measure.Verb, Proposal.Act
NOT_HIDDEN = "What nothing brings back rests on a comment that is retained and hidden first."


def cell_of(account: Account, verb: str) -> Capability:
    """What the account's platform lets an application do of `verb`."""
    return capability(account.platform, verb, account.tier)


def offered(comment: Comment, member: Member) -> list[str]:
    """The measures about `comment` that `member` may order or propose, as far as the comment's state allows any."""
    account, case = comment.account, comment.case
    if account.state == Account.State.CLOSED:
        return []
    if comment.ours:
        own = [Verb.EDIT_OWN, Verb.DELETE_OWN] if account.may_act(member) else []
        return [str(verb) for verb in own if cell_of(account, verb).way != Way.NEVER]
    found: list[str] = []
    if account.may_act(member) and _may_be_written_to(case):
        found.append(Verb.MESSAGE)
    if administers(member, account):
        found += [Act.DELETE] if case.keeps_hidden and not _deletions(comment).exists() else []
        found += [Act.BAN] if comment.poster_id else []
    return [str(verb) for verb in found if cell_of(account, verb).way != Way.NEVER]


@dataclass(frozen=True)
class Offer:
    """A measure that a member may order or propose, as its form is drawn."""

    verb: str
    word: str
    cell: Capability

    @property
    def of_two(self) -> bool:
        """Whether a second person decides: then a reason is asked for, not a text."""
        return self.verb in Measure.OF_TWO

    @property
    def with_text(self) -> bool:
        """Whether it carries a text of ours."""
        return self.verb in Measure.WITH_TEXT


def forms_for(comment: Comment, member: Member) -> list[Offer]:
    """What is `offered`, as forms."""
    words = {
        Verb.MESSAGE: "Private message",
        Verb.EDIT_OWN: "Change our comment",
        Verb.DELETE_OWN: "Take our comment away",
        Verb.DELETE: "Delete for good",
        Verb.BAN: "Ban the poster",
    }
    return [Offer(verb, words[Verb(verb)], cell_of(comment.account, verb)) for verb in offered(comment, member)]


def _may_be_written_to(case: Case) -> bool:
    measures = case.comment.measures.filter(verb=Verb.MESSAGE)
    written = measures.exclude(state=Measure.State.WITHDRAWN).exclude(state=Measure.State.FAILED, sent=False)
    graded = case.level in ANSWERED_FREELY and case.state != Case.State.WAITING
    return graded and case.comment.kind != Kind.MESSAGE and not written.exists()


# --- what one member orders ----------------------------------------------------------------------------------------


def message(comment: Comment, text: str, *, by: Member, key: str, looked: Looked | None = None) -> Measure | ReplyDraft:
    """Write to the comment's author in private, because of this comment: once (C.11, 4.L4).

    Free words at a level that asks for a second look become a draft; `looked` says that there was one.
    Raises Refused (no role here), Invalid (not graded, a level that is not answered, too long, written already).
    """
    _require_role(comment.account, by, "writes to who commented")
    with transaction.atomic():
        comment.case.lock()
        _require_answerable(comment.case)
        seen = looked or drafts.instead(comment.case, text, by=by, key=key, verb=ReplyDraft.Verb.MESSAGE)
        if isinstance(seen, ReplyDraft):
            return seen
        return _order(Verb.MESSAGE, comment.account, text=text, by=by, key=key, looked=seen, comment=comment)


def _require_answerable(case: Case) -> None:
    """Raises Invalid: not graded as it stands now, or of a level that is not answered."""
    if case.comment.kind == Kind.MESSAGE:
        raise Invalid("This was written in private: answer it there, by a reply.", "text")
    if case.level is None:
        raise Invalid("Grade the comment first.", "text")
    if case.level == Level.OFFENSIVE:
        raise Invalid(NOTICES_ALONE, "text")
    if case.level not in ANSWERED_FREELY:
        raise Invalid(f"Level {case.level} {Level(case.level).label} is not answered.", "text")
    if case.state == Case.State.WAITING:
        raise Invalid("The comment was changed since it was graded: grade it again first.", "text")


def correct_under(comment: Comment, text: str, *, by: Member, key: str) -> Measure | ReplyDraft:
    """Post the facts on the comment board, under the post that `comment` stands under (4.L5).

    Free words become a draft for a second look, where the level asks for one. Raises Refused, Invalid (no post).
    """
    if comment.post is None:
        raise Invalid("We hold no post of ours that this stands under: answer it by a reply.", "text")
    _require_role(comment.account, by, "comments under its posts")
    with transaction.atomic():
        comment.case.lock()
        _require_answerable(comment.case)
        seen = drafts.instead(comment.case, text, by=by, key=key, verb=ReplyDraft.Verb.COMMENT)
        if isinstance(seen, ReplyDraft):
            return seen
        return comment_under(comment.post, text, by=by, key=key, about=comment, looked=seen)


def comment_under(
    post: Post, text: str, *, by: Member, key: str, about: Comment | None = None, looked: Looked | None = None
) -> Measure | ReplyDraft:
    """Write a comment of our own under a post of ours, putting right `about` where it is named.

    Free words become a draft for a second look, as a correction's do; `looked` says that there was one.
    Raises Refused, Invalid.
    """
    _require_role(post.account, by, "comments under its posts")
    with transaction.atomic():
        text = _checked(Verb.COMMENT, post.account, text)
        seen = looked or drafts.of_post(post, text, by=by, key=key)
        if isinstance(seen, ReplyDraft):
            return seen
        return _order(Verb.COMMENT, post.account, text=text, by=by, key=key, looked=seen, post=post, comment=about)


def edit_own(
    comment: Comment, text: str, *, by: Member, key: str, looked: Looked | None = None
) -> Measure | ReplyDraft:
    """Change a comment or answer of our own; `looked` says that another member looked at it.

    What is written anew by this is looked at as what it replaces was: free words become a draft. Raises Refused,
    Invalid (also under a level 7 or 8), AnswerUnderWay (a change waits for its look already).
    """
    _require_own(comment, by)
    answered = own_answers.answered_by(comment)
    with transaction.atomic():
        if answered is not None:
            answered.comment.case.lock()
        text = _checked(Verb.EDIT_OWN, comment.account, text)
        seen = looked or drafts.of_change(answered, comment, text, by=by, key=key)
        if isinstance(seen, ReplyDraft):
            return seen
        return _order(Verb.EDIT_OWN, comment.account, text=text, by=by, key=key, looked=seen, comment=comment)


def delete_own(comment: Comment, *, by: Member, key: str) -> Measure:
    """Take a comment or answer of our own away, for good. It stays here as it was. Raises Refused, Invalid."""
    _require_own(comment, by)
    return _order(Verb.DELETE_OWN, comment.account, by=by, key=key, comment=comment)


# --- what two must want --------------------------------------------------------------------------------------------


def propose(
    act: str,
    account: Account,
    *,
    by: Member,
    reason: str,
    comment: Comment | None = None,
    poster: Poster | None = None,
    review_on: date | None = None,
) -> Proposal:
    """Ask a second person to delete `comment`, to ban `poster` until a day of review, or to lift his ban.

    What the platform cannot bring back rests on a comment that is retained and hidden (idea 6), and whose hide a
    second member upheld (ruling 4). Raises Refused (not an administrator here), Invalid (no reason, no record, no day
    of review, proposed already).
    """
    if not administers(by, account):
        raise Refused(f"Only an administrator of {account} proposes this.")
    if not reason.strip():
        raise Invalid("Write down why: the second person decides on it.", "reason")
    cell = cell_of(account, act)
    if cell.way == Way.NEVER:
        raise Invalid(cell.says, "reason")
    if act == Act.BAN:
        review_on = bans.checked_date(review_on)
        bans.require_review(account, comment)
    try:
        with transaction.atomic():
            proposal: Proposal = Proposal.objects.create(
                act=act,
                account=account,
                comment=comment,
                poster=poster,
                record=_rests_on(act, cell, comment),
                review_on=review_on if act == Act.BAN else None,
                reason=reason.strip(),
                proposed_by=by,
            )
            record("propose", proposal, by=by, after=proposal.state)
            _tell_who_decides(proposal)
    except IntegrityError as error:
        raise Invalid("This was proposed already: see the open proposals.", "reason") from error
    return proposal


def _rests_on(act: str, cell: Capability, comment: Comment | None) -> RetainedRecord | None:
    """The record that an act which nothing brings back rests on; None for another. Raises Invalid. Locks the case."""
    if act != Act.DELETE and (act != Act.BAN or cell.reversible):
        return None
    if comment is not None:
        comment.case.lock()
    kept = comment.records.order_by("pk").last() if comment is not None else None
    if comment is None or kept is None or not comment.case.keeps_hidden:
        raise Invalid(NOT_HIDDEN, "reason")
    if act == Act.DELETE and _deletions(comment).exists():
        raise Invalid("The deletion was approved already.", "reason")
    return kept


def approve(proposal: Proposal, *, by: Member, why: str) -> Measure:
    """The second person's yes, and the order that follows from it, in one transaction. Raises as `Proposal.decide`."""
    with transaction.atomic():
        if proposal.comment is not None:
            proposal.comment.case.lock()
        if proposal.record_id and proposal.may_decide(by) and not _rests_on_what_is_hidden(proposal):
            raise Invalid(NOT_HIDDEN, "why")
        if proposal.act == Act.BAN and proposal.may_decide(by):
            bans.require_grounds(proposal)
        proposal.decide(Proposal.State.APPROVED, verb="approve", by=by, why=why)
        if proposal.act in Measure.BANS:
            _withdraw_earlier(proposal, by=by)
        if proposal.act == Act.BAN:
            bans.tell_of_ban(proposal, by=by)
        return _order(
            proposal.act,
            proposal.account,
            by=by,
            key=f"proposal:{proposal.pk}",
            comment=proposal.comment,
            poster=proposal.poster,
            proposal=proposal,
            record=proposal.record,
        )


def _deletions(comment: Comment) -> QuerySet[Measure]:
    """Those that were approved and have not come to nothing."""
    ended = [Measure.State.FAILED, Measure.State.WITHDRAWN]
    return Measure.objects.filter(comment=comment, verb=Verb.DELETE).exclude(state__in=ended)


def _rests_on_what_is_hidden(proposal: Proposal) -> bool:
    """Whether the comment is still hidden by its grade: it may have been graded anew since it was proposed."""
    return proposal.comment is not None and bool(proposal.comment.case.keeps_hidden)


def _withdraw_earlier(proposal: Proposal, *, by: Member) -> None:
    """What was decided of this poster before, and is left to a person, is nobody's to do any more."""
    left = Measure.objects.filter(account=proposal.account, poster=proposal.poster, verb__in=Measure.BANS)
    for earlier in left.filter(state__in=[Measure.State.WAITING, Measure.State.BY_HAND, Measure.State.FAILED]):
        with suppress(WrongState):  # a worker took it this moment: this one goes after it
            earlier.become(Measure.State.WITHDRAWN, verb="withdraw", by=by)


def _tell_who_decides(proposal: Proposal) -> None:
    power = Power.APPROVE_BANS if proposal.act == Act.BAN else Power.APPROVE_DELETIONS
    able = [holder.member for holder in holders(power) if proposal.may_decide(holder.member)]
    sentence = f"It is proposed to {proposal.get_act_display()} on {proposal.account}: decide."
    tell(able, Told.ACCOUNTS, sentence, proposal.get_absolute_url())


# --- what they share -----------------------------------------------------------------------------------------------


def _require_role(account: Account, by: Member, does: str) -> None:
    if not account.may_act(by):
        raise account.refused(does)
    if account.state == Account.State.CLOSED:
        raise Invalid(f"{account} is terminated: nothing is said in its name any more.", "text")


def _require_own(comment: Comment, by: Member) -> None:
    _require_role(comment.account, by, "changes what stands in its name")
    if not comment.ours:
        raise Invalid("This is not ours: another's comment is neither changed nor taken away here.", "text")


def _checked(verb: str, account: Account, text: str) -> str:
    """The text as it goes out. Raises Invalid: nothing written, too long, or nothing that the platform has."""
    cell = cell_of(account, verb)
    if cell.way == Way.NEVER:
        raise Invalid(cell.says, "text")
    if verb not in Measure.WITH_TEXT:
        return ""
    text = text.strip()
    if not text:
        raise Invalid("Write the text first.", "text")
    if cell.limit and len(text) > cell.limit:
        raise Invalid(f"{account.get_platform_display()} takes {cell.limit} characters; these are {len(text)}.", "text")
    return text


def _order(
    verb: str,
    account: Account,
    *,
    by: Member,
    key: str,
    text: str = "",
    looked: Looked | None = None,
    **about: object,
) -> Measure:
    """Order it, once for each key. Raises Invalid when the same is on its way already."""
    text, seen = _checked(verb, account, text), looked or Looked()
    first: Measure | None = Measure.objects.filter(key=f"{key}:{verb}").first()
    if first is not None:
        if first.by_id != by.pk or first.text != text:
            raise Invalid("The form was used for something else already: load the page again.", "text")
        return first
    try:
        with transaction.atomic():
            order: Measure = Measure.objects.create(
                key=f"{key}:{verb}",
                account=account,
                verb=verb,
                by=by,
                text=text,
                draft=seen.draft,
                prepared=seen.prepared,
                **about,
            )
    except IntegrityError as error:
        raise Invalid("The same was ordered already and is on its way.", "text") from error
    record(verb, order, by=by, after=order.state)
    hints.ordered(order)
    if order.comment_id:
        live.changed(order.comment_id)
    return order
