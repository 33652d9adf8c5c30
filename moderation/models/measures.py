"""What a member orders of a platform beside grading: a private message, a comment of our own, its change or end,
the deletion of another's comment, a ban or its end (S.O.P. 1; clauses.md, second table).
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any, ClassVar

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
from members.states import Invalid
from moderation import live
from moderation.following import keep_exchange
from moderation.models.comments import Comment, Poster
from moderation.models.grades import ANSWERED_FREELY
from moderation.models.measure_walls import walls_of_a_measure
from moderation.models.orders import NOTICE_PATIENCE
from moderation.models.proposals import Proposal, administers
from moderation.models.records import RetainedRecord
from moderation.models.second_looks import ReplyDraft
from moderation.retention import retain_deletion


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
    BANS = (Verb.BAN, Verb.UNBAN)
    UNENDED: ClassVar[tuple[str, ...]] = (Order.State.WAITING, *Order.ON_THE_WAY)

    verb = models.CharField(max_length=10, choices=Verb)
    comment = models.ForeignKey(Comment, models.PROTECT, null=True, related_name="measures")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="measures")
    poster = models.ForeignKey(Poster, models.PROTECT, null=True, related_name="measures")
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, related_name="measure")
    record = models.ForeignKey(RetainedRecord, models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    prepared = models.BooleanField(default=False)  # an approved text: needs no second look where free words do
    draft = models.OneToOneField(ReplyDraft, models.PROTECT, null=True, related_name="measure")  # the look it had

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(verb__in=["message", "edit_own"], comment__isnull=False) & ~Q(text=""))
                | (Q(verb="comment", post__isnull=False) & ~Q(text=""))  # a correction names what it puts right
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
                # One that failed after it may have arrived counts; what was withdrawn had been asked about first.
                condition=Q(verb="message") & (~Q(state__in=["failed", "withdrawn"]) | Q(state="failed", sent=True)),
                name="one_private_message_a_comment",
            ),
        ]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state__in=["waiting", "uncertain"]), name="measure_due"),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="measure_left"),
            models.Index(fields=["state"], condition=Q(state__in=["by_hand", "failed"]), name="measure_for_a_person"),
        ]
        triggers = walls_of_a_measure()

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
        if comment is None or self.verb == self.Verb.COMMENT:
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

    def may_go(self) -> bool:
        """Bans of a poster and their ends go one after the other, as they were decided.

        A notice goes after the hide that it tells of; a ban, for ten minutes, after the notice of it (ruling 3).
        """
        if self.verb == self.Verb.MESSAGE:
            return not self._tells_of_a_hide_to_come()
        if self.verb not in self.BANS:
            return True
        if self.verb == self.Verb.BAN and self._waits_for_its_notice():
            return False
        return not self.about_the_poster().filter(pk__lt=self.pk).exists()

    def _tells_of_a_hide_to_come(self) -> bool:
        notice = getattr(self, "notice", None)
        if notice is None:
            return False
        hides = notice.comment.orders.filter(grade=notice.grade_id, verb="hide", state__in=self.UNENDED)
        return bool(hides.exists()) and timezone.now() < self.created_at + NOTICE_PATIENCE

    def _waits_for_its_notice(self) -> bool:
        if self.comment is None or timezone.now() > self.created_at + NOTICE_PATIENCE:
            return False
        carried = Q(order__state__in=self.UNENDED) | Q(measure__state__in=self.UNENDED)
        return bool(self.comment.notices.filter(carried).exists())

    def gives_up(self) -> bool:
        """A notice is tried for ten minutes at most (ruling 3)."""
        return super().gives_up() or (hasattr(self, "notice") and timezone.now() > self.created_at + NOTICE_PATIENCE)

    def about_the_poster(self) -> models.QuerySet[Measure]:
        """The bans, and ends of bans, of the same poster on the same account that have not ended."""
        same = Measure.objects.filter(account_id=self.account_id, poster=self.poster, verb__in=self.BANS)
        return same.filter(state__in=self.UNENDED)

    def is_wanted(self) -> bool:
        """A message, while the comment is graded and of a level that is answered; a deletion, and a ban that nothing
        brings back, while what it rests on is hidden by its grade; a ban, while ladder or waiver carry it; a ban or
        its end, while it is the last word.
        """
        if self.verb in self.BANS and (self._is_superseded() or self._lost_its_ground()):
            return False
        if self.comment is None:
            return True
        case = self.comment.case
        case.refresh_from_db(fields=["grade", "level", "state", "version", "hidden"])
        notice = getattr(self, "notice", None)
        if notice is not None:
            return bool(notice.is_wanted(case))
        if self.verb == self.Verb.MESSAGE:
            return case.level in ANSWERED_FREELY and case.state != case.State.WAITING
        if self.verb == self.Verb.COMMENT:
            return case.level in ANSWERED_FREELY and self._puts_right_what_stands(case)
        return self.record_id is None or case.keeps_hidden

    def _puts_right_what_stands(self, case: Any) -> bool:
        """Whether the comment has the grade that this was ordered under, and the words that were read then."""
        graded = case.grade
        return graded is not None and graded.at <= self.created_at and case.version == graded.version

    def _lost_its_ground(self) -> bool:
        """Whether neither ladder nor waiver carries the ban any more: a breach may have been withdrawn since (4.S)."""
        from moderation import bans  # which knows the notices, and they the measures

        if self.verb != self.Verb.BAN or self.proposal is None:
            return False
        return not (hasattr(self.proposal, "waiver") or bans.rests_on_the_ladder(self.proposal))

    def _is_superseded(self) -> bool:
        """Whether the contrary was decided later."""
        later = Measure.objects.filter(account_id=self.account_id, poster=self.poster, verb__in=self.BANS)
        return later.filter(pk__gt=self.pk).exclude(state__in=[self.State.FAILED, self.State.WITHDRAWN]).exists()

    def gone(self, error: Gone) -> None:
        """What is gone needs no deleting."""
        if self.verb in {self.Verb.DELETE, self.Verb.DELETE_OWN}:
            self.end(self.State.DONE, outcome="It is gone from the platform.", code="gone")
        else:
            super().gone(error)

    def hold(self) -> None:
        """Lock the case of the comment that it is about, or by which the poster is told that his ban ends."""
        from moderation import bans  # which knows the notices, and they the measures

        about = bans.comment_to_tell_by(self) if self.verb == self.Verb.UNBAN else self.comment
        if about is not None:
            about.case.lock()

    def finished(self) -> None:
        """What was deleted is gone; of another's comment the record says so. Who may write again is told."""
        if self.state == self.State.DONE and self.verb == self.Verb.UNBAN:
            from moderation import bans  # which knows the notices, and they the measures

            bans.tell_of_end(self)
        if self.comment is None:
            return
        if self.state == self.State.DONE and self.verb in {self.Verb.DELETE, self.Verb.DELETE_OWN}:
            case = self.comment.case
            case.sight, case.sight_at = Sight.GONE, timezone.now()
            case.save(update_fields=["sight", "sight_at"])
            case.settle()
            if self.record is not None:
                retain_deletion(self.record, order=self.pk, at=case.sight_at, outcome=self.outcome)
        if self.state == self.State.DONE and self.verb == self.Verb.MESSAGE:
            keep_exchange(self)
        if self.verb == self.Verb.COMMENT:
            self.comment.case.settle()
        if self.verb == self.Verb.MESSAGE:
            self.comment.case.settle()
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

    def may_withdraw(self, member: Member) -> bool:
        """The same; but a message that may have arrived is asked about or confirmed: nobody is written to twice.

        A notice is given up with a reason, which is its outcome (`notices.give_up`).
        """
        return self.may_confirm(member) and not self._may_have_arrived and not hasattr(self, "notice")

    def withdraw(self, *, by: Member) -> None:
        """Raises Invalid too, for a message that may have arrived."""
        if self._may_have_arrived and self.may_confirm(by):
            raise Invalid("The message may have arrived: try it again, which asks first, or confirm it.", "proof")
        super().withdraw(by=by)

    @property
    def _may_have_arrived(self) -> bool:
        return self.verb == self.Verb.MESSAGE and self.sent
