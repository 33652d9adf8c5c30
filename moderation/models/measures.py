"""What a member orders of a platform beside grading: a private message, a comment of our own, its change or end,
the deletion of another's comment, a ban or its end (S.O.P. 1; clauses.md, second table).
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Post
from accounts.orders import Order
from accounts.platforms.api_client import same_text
from accounts.platforms.capabilities import Way
from accounts.platforms.client import Client
from accounts.platforms.contract import Gone, NotPossible, Ref, Sent, Sight
from members.models import Member
from moderation import live
from moderation.models.comments import Comment, Poster
from moderation.models.grades import ANSWERABLE
from moderation.models.proposals import Proposal, administers
from moderation.models.records import RetainedRecord
from moderation.retention import retain_deletion

_RULES = """
IF NEW.verb IN ('delete', 'ban', 'unban') AND NOT EXISTS (
    SELECT FROM moderation_proposal proposal WHERE proposal.id = NEW.proposal_id AND proposal.state = 'approved'
        AND proposal.act = NEW.verb AND proposal.account_id = NEW.account_id
        AND proposal.comment_id IS NOT DISTINCT FROM NEW.comment_id
        AND proposal.poster_id IS NOT DISTINCT FROM NEW.poster_id
        AND proposal.record_id IS NOT DISTINCT FROM NEW.record_id
) THEN
    RISE_ 'pgtrigger: this rests on a proposal that a second person approved';
END IF;
IF NEW.verb IN ('edit_own', 'delete_own', 'message', 'delete') AND (
    SELECT comment.ours <> (NEW.verb IN ('edit_own', 'delete_own')) OR comment.account_id <> NEW.account_id
    FROM moderation_comment comment WHERE comment.id = NEW.comment_id
) THEN
    RISE_ 'pgtrigger: our own comments are changed, others are answered or deleted, on their own account';
END IF;
IF NEW.record_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM moderation_retainedrecord record
    WHERE record.id = NEW.record_id AND record.comment_id = NEW.comment_id
) THEN
    RISE_ 'pgtrigger: the record is one of this comment';
END IF;
IF NEW.verb = 'message' AND NOT COALESCE((
    SELECT standing.level IN (1, 2, 3, 4, 5, 7) FROM moderation_case standing
    WHERE standing.comment_id = NEW.comment_id
), FALSE) THEN
    RISE_ 'pgtrigger: what is not graded, and levels 6 and 8, are not answered';
END IF;
RETURN NEW;
""".replace("RISE_", "RAISE EXCEPTION")


class Measure(Order):
    """A call that a member ordered, about a comment, a post of ours or a poster."""

    class Verb(models.TextChoices):
        """Named as the platform clients' calls."""

        MESSAGE = "message", "private message"
        COMMENT = "comment", "comment of our own"
        EDIT_OWN = "edit_own", "change of our comment"
        DELETE_OWN = "delete_own", "removal of our comment"
        DELETE = "delete", "deletion"
        BAN = "ban", "ban"
        UNBAN = "unban", "end of the ban"

    RELATED = ("account", "comment__poster", "comment__account", "comment__case", "post", "poster")
    WITH_TEXT = (Verb.MESSAGE, Verb.COMMENT, Verb.EDIT_OWN)
    OF_TWO = (Verb.DELETE, Verb.BAN, Verb.UNBAN)

    verb = models.CharField(max_length=10, choices=Verb)
    comment = models.ForeignKey(Comment, models.PROTECT, null=True, related_name="measures")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="measures")
    poster = models.ForeignKey(Poster, models.PROTECT, null=True, related_name="measures")
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, related_name="measure")
    record = models.ForeignKey(RetainedRecord, models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(verb__in=["message", "edit_own"], comment__isnull=False) & ~Q(text=""))
                | (Q(verb="comment", post__isnull=False, comment__isnull=True) & ~Q(text=""))
                | Q(verb="delete_own", comment__isnull=False)
                | Q(verb="delete", comment__isnull=False, record__isnull=False, proposal__isnull=False)
                | Q(verb__in=["ban", "unban"], poster__isnull=False, proposal__isnull=False),
                name="measure_names_what_it_is_about",
            ),
            models.CheckConstraint(condition=~Q(state="waiting") | Q(sent=False), name="waiting_measure_was_not_sent"),
            models.UniqueConstraint(
                fields=["comment", "verb"],
                condition=Q(verb__in=["edit_own", "delete_own", "delete"])
                & Q(state__in=["waiting", "sending", "uncertain", "by_hand"]),
                name="one_open_measure_a_verb",
            ),
            models.UniqueConstraint(
                fields=["comment"],
                condition=Q(verb="message") & ~Q(state__in=["failed", "withdrawn"]),
                name="one_private_message_a_comment",
            ),
        ]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state__in=["waiting", "uncertain"]), name="measure_due"),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="measure_left"),
            models.Index(fields=["state"], condition=Q(state__in=["by_hand", "failed"]), name="measure_for_a_person"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="measure_stands_as_ordered",
                fields=[
                    "key",
                    "account",
                    "verb",
                    "comment",
                    "post",
                    "poster",
                    "proposal",
                    "record",
                    "text",
                    "by",
                    "act",
                ],
            ),
            pgtrigger.Trigger(
                name="measure_rests_on_what_it_needs", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_RULES
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} ({self.pk})"

    # --- what Order asks ---

    @property
    def call_name(self) -> str:
        """As limits and the sandbox name the call."""
        return self.verb

    @property
    def ref(self) -> Ref:
        """The comment, or the poster where no comment is named."""
        if self.comment is not None:
            return self.comment.ref
        return Ref("", author_remote_id=self.poster.remote_id if self.poster else "")

    def call(self, client: Client) -> Sent | None:
        """Do it on the platform. What its table gives to a person's hands is not even tried."""
        self._require_reach()
        match self.verb:
            case self.Verb.MESSAGE:
                return client.message(self.ref, self.text)
            case self.Verb.COMMENT:
                return client.comment(self._post_id, self.text)
            case self.Verb.EDIT_OWN:
                client.edit_own(self.ref, self.text)
            case self.Verb.DELETE_OWN:
                client.delete_own(self.ref)
            case self.Verb.DELETE:
                client.delete(self.ref)
            case self.Verb.BAN:
                client.ban(self.ref)
            case self.Verb.UNBAN:
                client.unban(self.ref)
        return None

    def _require_reach(self) -> None:
        """Raises NotPossible where no application does this, on this platform or to this comment, or not any more."""
        cell, comment = self.cell, self.comment
        if cell.way in {Way.BY_HAND, Way.NEVER}:
            raise NotPossible(cell.says or "The platform lets no application do this.", code="by-hand")
        if comment is None:
            return
        if comment.is_captured:
            raise NotPossible("No application reaches what was captured by hand.", code="captured")
        if cell.days and comment.posted_at and comment.posted_at < timezone.now() - timedelta(cell.days):
            raise NotPossible(f"The platform allows this for {cell.days} days after the comment only.", code="too-late")

    @property
    def _post_id(self) -> str:
        return self.post.remote_id if self.post else ""

    def true_already(self, client: Client) -> Sent | bool:
        """Whether our text stands there, the comment is gone, or the ban is as ordered, where the platform tells."""
        match self.verb:
            case self.Verb.MESSAGE:
                return client.own_message(self.ref, self.text, since=self.created_at) or False
            case self.Verb.COMMENT:
                return client.own_comment(self._post_id, self.text, since=self.created_at) or False
            case self.Verb.EDIT_OWN:
                return same_text(self.text, client.look(self.ref).text)
            case self.Verb.DELETE_OWN | self.Verb.DELETE:
                return self._is_gone(client)
        return self._ban_stands(client) == (self.verb == self.Verb.BAN)

    def _is_gone(self, client: Client) -> bool:
        try:
            return client.look(self.ref).sight == Sight.GONE
        except Gone:
            return True

    def _ban_stands(self, client: Client) -> bool | None:
        """None where the platform lists nobody: then it is done once more, which harms nothing."""
        with suppress(NotPossible):
            return any(one.remote_id == self.ref.author_remote_id for one in client.bans())
        return None

    def speaks(self) -> bool:
        """Whatever carries a text of ours."""
        return self.verb in self.WITH_TEXT

    def is_wanted(self) -> bool:
        """A message, while the comment's level is one that is answered."""
        if self.verb != self.Verb.MESSAGE or self.comment is None:
            return True
        self.comment.case.refresh_from_db(fields=["level"])
        return self.comment.case.level in ANSWERABLE

    def gone(self, error: Gone) -> None:
        """What is gone needs no deleting."""
        if self.verb in {self.Verb.DELETE, self.Verb.DELETE_OWN}:
            self.end(self.State.DONE, outcome="It is gone from the platform.", code="gone")
        else:
            super().gone(error)

    def hold(self) -> None:
        """Lock the comment's case, where there is one."""
        if self.comment is not None:
            self.comment.case.lock()

    def finished(self) -> None:
        """What was deleted is gone; of another's comment the record says so."""
        if self.comment is None:
            return
        if self.state == self.State.DONE and self.verb in {self.Verb.DELETE, self.Verb.DELETE_OWN}:
            case = self.comment.case
            case.sight, case.sight_at = Sight.GONE, timezone.now()
            case.save(update_fields=["sight", "sight_at"])
            if self.record is not None:
                retain_deletion(self.record, order=self.pk, at=case.sight_at, outcome=self.outcome)
        live.changed(self.comment.pk)

    def get_absolute_url(self) -> str:
        """Where it was ordered: the comment's page, the post's or the poster's."""
        if self.comment_id:
            return reverse("comment", args=[self.comment_id])
        if self.post_id:
            return reverse("post", args=[self.post_id])
        return reverse("poster", args=[self.poster_id])

    def door(self, verb: str) -> str:
        """One address for the three."""
        return reverse("measure", args=[self.pk, verb])

    # --- what a person does with it ---

    def may_confirm(self, member: Member) -> bool:
        """An administrator, of what two must want; else whoever may act on the account."""
        if self.verb in self.OF_TWO:
            return administers(member, self.account)
        return super().may_confirm(member)
