"""Changing a post of ours that stands, or taking it away: written, approved by another, ordered (2.0, C.8).

A new post comes of an item (`content.items`). What a change says is held to the same criteria as a new post: no listed
name, only approved hashtags, its links looked at, and of an active scene the Commander decides alone (2.A to 2.F).
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import hints
from accounts.models import Account, Post
from accounts.platforms.capabilities import Capability, Way, capability
from content import checked_texts, hashtags, link_checking, listing, scene_words
from content.models import Approval, Publication, PublicationOrder
from content.models.publications import digest_of
from content.problems import length_of
from members.authority import holders, require
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, WrongState, record

Does = Publication.Does
CHANGES = (Does.EDIT, Does.DELETE)


def cell_of(publication: Publication) -> Capability:
    """What the account's platform lets an application do of this."""
    return capability(publication.account.platform, publication.act, publication.account.tier)


def write_change(post: Post, *, by: Member, does: str, text: str = "", why: str = "") -> Publication:
    """Write the change or the end of a post that stands; it waits for the approval of another.

    Raises Refused (does not develop content), Invalid (nothing written, too long, nothing that the platform has, a
    listed name, a hashtag that is not approved).
    """
    require(by, Power.DEVELOP_CONTENT)
    written = Publication(
        account=post.account, does=Does(does), post=post, text=text.strip(), why=why.strip(), written_by=by
    )
    _check(written)
    written.active_scene = bool(scene_words.suggested([written.text]))
    written.digest = digest_of(written, [])
    with transaction.atomic():
        written.save()
        record("write", written, by=by, after=written.state)
        able = [holder.member for holder in holders(written.approved_by) if written.may_approve(holder.member)]
        sentence = f"A change of a post for {written.account} waits for approval."
        tell(able, Kind.CONTENT, sentence, written.get_absolute_url())
        link_checking.hint_change(written)
    return written


def _check(written: Publication) -> None:
    if written.does not in CHANGES:
        raise Invalid("A new post is an item: it is handed in whole.", "form")
    account, cell = written.account, cell_of(written)
    if account.state == Account.State.CLOSED:
        raise Invalid(f"{account} is terminated: nothing is published there any more.", "text")
    if cell.way == Way.NEVER:
        raise Invalid(cell.says or f"{account.get_platform_display()} has no such change.", "form")
    if written.does == Does.EDIT and not written.text:
        raise Invalid("Write the text first.", "text")
    length = length_of(account.platform, written.text)
    if cell.limit and length > cell.limit:
        sentence = f"{account.get_platform_display()} takes {cell.limit} characters; these are {length}."
        raise Invalid(sentence, "text")
    if written.does == Does.EDIT:
        _check_words(written.text)


def _check_words(text: str) -> None:
    if any(one.hard for one in checked_texts.in_text(text, listing.patterns())):
        raise Invalid(f"A name stands here that {listing.SAYS}.", "text")
    if said := hashtags.problems(text, on=timezone.localdate()):
        raise Invalid(said[0], "text")


def approve(written: Publication, *, by: Member, seen_as: str) -> PublicationOrder:
    """Approve exactly what was looked at, and order it, in one transaction.

    `seen_as` is the digest of the page that was looked at.

    Raises Refused (not Commander or designee, or the writer), Invalid (something else was looked at, or what held when
    it was written does not hold any more), WrongState.
    """
    written.require_second(by)
    if seen_as != written.seen_as:
        raise Invalid("This is not what you looked at: look again, then decide.", "reason")
    if written.state != written.State.WRITTEN:
        raise WrongState(written, "approve")
    _check(written)
    with transaction.atomic():
        try:
            with transaction.atomic():
                approval = Approval.objects.create(publication=written, digest=written.digest, by=by)
        except IntegrityError as error:  # another approved it in this moment, or the member left
            raise WrongState(written, "approve") from error
        written.become(written.State.APPROVED, verb="approve", by=by, decision=approval)
        order: PublicationOrder = PublicationOrder.objects.create(
            key=f"publication:{written.pk}", account=written.account, publication=written, by=by
        )
        record("order", order, by=by, after=order.state)
        hints.ordered(order)
    return order
