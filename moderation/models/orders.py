"""What is ordered of a platform about a comment: a reply, a hide, an unhide (idea 6)."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Clause
from accounts.orders import Order
from accounts.platforms.contract import Client, Gone, Sent, Sight
from members.models import Member
from members.states import Refused
from moderation.models.comments import Comment
from moderation.models.grades import ANSWERABLE, HIDEABLE, Grade
from moderation.models.records import RetainedRecord

NOTICE_PATIENCE = timedelta(minutes=10)  # a hide waits for its notice no longer (ruling 3)

_HIDE_RULES = """
IF NEW.verb = 'hide' THEN
    IF NOT (SELECT grounds FROM accounts_clause WHERE id = NEW.clause_id) THEN
        RISE_ 'pgtrigger: this clause of the terms is no ground for hiding';
    END IF;
    IF (SELECT grade_id FROM moderation_case WHERE comment_id = NEW.comment_id) IS DISTINCT FROM NEW.grade_id THEN
        RISE_ 'pgtrigger: a hide rests on the comment''s current grade';
    END IF;
END IF;
RETURN NEW;
""".replace("RISE_", "RAISE EXCEPTION")


class CommentOrder(Order):
    """A call about one comment, resting on one grade of it.

    The database holds what must never be false: only levels 7 and 8 are hidden, with a clause that is a ground, a
    record of this very comment and grade; levels 6 and 8 are not answered; what was ordered is not altered afterwards.
    """

    class Verb(models.TextChoices):
        """Named as the platform clients' calls."""

        REPLY = "reply", "reply"
        HIDE = "hide", "hide"
        UNHIDE = "unhide", "unhide"

    VERBS: ClassVar[dict[str, str]] = {
        "confirm": Order.State.DONE,
        "retry": Order.State.WAITING,
        "withdraw": Order.State.WITHDRAWN,
    }

    verb = models.CharField(max_length=10, choices=Verb)
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="orders")
    grade = models.ForeignKey(Grade, models.PROTECT, related_name="orders")
    level = models.SmallIntegerField(null=True)  # the grade's; the database holds them equal
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="+")
    record = models.ForeignKey(RetainedRecord, models.PROTECT, null=True, related_name="orders")
    text = models.TextField(blank=True)
    after = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(verb="hide") | Q(level__in=HIDEABLE, clause__isnull=False, record__isnull=False),
                name="only_7_and_8_are_hidden_with_clause_and_record",
            ),
            models.CheckConstraint(
                condition=~Q(verb="reply") | (Q(level__in=ANSWERABLE) & ~Q(text="")),
                name="levels_6_and_8_are_not_answered",
            ),
            models.UniqueConstraint(
                fields=["comment", "verb"],
                condition=Q(state__in=["waiting", "sending", "uncertain", "by_hand"]),
                name="one_open_order_a_verb",
            ),
        ]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state__in=["waiting", "uncertain"]), name="order_due"),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="order_left"),
            models.Index(fields=["state"], condition=Q(state__in=["by_hand", "failed"]), name="order_for_a_person"),
            models.Index(fields=["comment", "created_at"]),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="what_was_ordered_stands",
                fields=[
                    "key",
                    "account",
                    "verb",
                    "comment",
                    "grade",
                    "level",
                    "clause",
                    "record",
                    "text",
                    "by",
                    "act",
                    "created_at",
                ],
            ),
            pgtrigger.Trigger(
                name="hide_rests_on_grounds", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_HIDE_RULES
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} of comment {self.comment_id}"

    # --- what Order asks ---

    @property
    def call_name(self) -> str:
        """As limits and the sandbox name the call."""
        return self.verb

    def call(self, client: Client) -> Sent | None:
        """Reply, hide or unhide on the platform."""
        match self.verb:
            case self.Verb.REPLY:
                return client.reply(self.comment.ref, self.text)
            case self.Verb.HIDE:
                client.hide(self.comment.ref)
            case self.Verb.UNHIDE:
                client.unhide(self.comment.ref)
        return None

    def true_already(self, client: Client) -> Sent | bool:
        """Whether the reply stands there, or the comment is seen as ordered."""
        if self.verb == self.Verb.REPLY:
            return client.own_reply(self.comment.ref, self.text, since=self.created_at) or False
        try:
            sight = client.look(self.comment.ref).sight
        except Gone:
            return self.verb == self.Verb.HIDE
        return sight == (Sight.HIDDEN if self.verb == self.Verb.HIDE else Sight.VISIBLE)

    def may_go(self) -> bool:
        """A hide waits for the notice that must go first, ten minutes at most; an unhide for the hide it takes back."""
        if self.after is None:
            return True
        self.after.refresh_from_db(fields=["state"])
        if self.after.state in {self.State.DONE, self.State.FAILED, self.State.BY_HAND, self.State.WITHDRAWN}:
            return True
        return self.verb == self.Verb.HIDE and timezone.now() > self.created_at + NOTICE_PATIENCE

    def gone(self, error: Gone) -> None:
        """A comment that is gone needs no hiding any more; a reply to it cannot be sent."""
        if self.verb == self.Verb.HIDE:
            self.end(self.State.DONE, outcome="The comment is gone from the platform.", code="gone")
        else:
            super().gone(error)

    def finished(self) -> None:
        """Let the comment's case follow."""
        self.comment.case.follow(self)

    # --- what an officer does with an order ---

    def may_confirm(self, member: Member) -> bool:
        """Whoever may act on the account may say that it was done by hand; of a level 8, every member."""
        return self.account.may_act(member) or (self.level == 8 and member.is_active)

    may_retry = may_confirm
    may_withdraw = may_confirm

    def confirm(self, *, by: Member, proof: str) -> None:
        """An officer did it by hand on the platform's own site, and says where it can be seen."""
        self._require(self.may_confirm(by))
        self.become(
            self.State.DONE, verb="confirm", by=by, outcome=f"By hand: {proof}", done_at=timezone.now()
        )
        self.finished()

    def retry(self, *, by: Member) -> None:
        """Try a failed order again."""
        self._require(self.may_retry(by))
        self.become(self.State.WAITING, verb="retry", by=by, attempts=0, not_before=timezone.now())

    def withdraw(self, *, by: Member) -> None:
        """Take back an order that has not been sent (or failed, or waits for a hand)."""
        self._require(self.may_withdraw(by))
        self.become(self.State.WITHDRAWN, verb="withdraw", by=by)
        self.finished()

    def _require(self, allowed: bool) -> None:
        if not allowed:
            raise Refused(f"Only an administrator or editor of {self.account} may do this.")
