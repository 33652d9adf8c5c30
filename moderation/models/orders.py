"""What is ordered of a platform about a comment: a reply, a hide, an unhide (idea 6)."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts import hints
from accounts.models import Clause
from accounts.orders import Order
from accounts.platforms.client import Client
from accounts.platforms.contract import Gone, Kind, NotPossible, Sent, Sight
from members.authority import refused
from members.models import Member
from members.powers import Power
from members.states import Refused
from moderation.models.clearances import cleared_first, is_being_asked
from moderation.models.comments import Comment
from moderation.models.grades import ANSWERABLE, HIDEABLE, Grade, Level
from moderation.models.records import RetainedRecord
from moderation.models.second_looks import ReplyDraft, looked_at_first

NOTICE_PATIENCE = timedelta(minutes=10)  # a hide waits for its notice no longer (ruling 3)

_HIDE_RULES = """
IF NEW.verb = 'hide' THEN
    IF NOT (SELECT grounds FROM accounts_clause WHERE id = NEW.clause_id) THEN
        RISE_ 'pgtrigger: this clause of the terms is no ground for hiding';
    END IF;
    IF (SELECT grade_id FROM moderation_case WHERE comment_id = NEW.comment_id) IS DISTINCT FROM NEW.grade_id
        OR EXISTS (SELECT FROM moderation_grade WHERE supersedes_id = NEW.grade_id) THEN
        RISE_ 'pgtrigger: a hide rests on the comment''s current grade';
    END IF;
END IF;
RETURN NEW;
""".replace("RISE_", "RAISE EXCEPTION")

_NOTICES_ALONE = """
IF NOT EXISTS (
    SELECT FROM moderation_notice notice WHERE notice.comment_id = NEW.comment_id AND notice.grade_id = NEW.grade_id
        AND notice.text = NEW.text AND notice.order_id IS NULL AND notice.way <> 'none'
) THEN
    RISE_ 'pgtrigger: who wrote a level 7 is sent the notices of the ladder, and nothing else';
END IF;
RETURN NEW;
""".replace("RISE_", "RAISE EXCEPTION")


class CommentOrder(Order):
    """A call about one comment, resting on one grade of it.

    The database holds what must never be false: only levels 7 and 8 are hidden, with a clause that is a ground, a
    record of this very comment and grade; levels 6 and 8 are not answered, a level 7 by notices alone; what was ordered
    is not altered afterwards.
    """

    class Verb(models.TextChoices):
        """Named as the platform clients' calls."""

        REPLY = "reply", "reply"
        HIDE = "hide", "hide"
        UNHIDE = "unhide", "unhide"

    RELATED = ("account", "comment__poster")
    UNENDED: ClassVar[tuple[str, ...]] = (Order.State.WAITING, *Order.ON_THE_WAY)
    verb = models.CharField(max_length=10, choices=Verb)
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="orders")
    grade = models.ForeignKey(Grade, models.PROTECT, related_name="orders")
    level = models.SmallIntegerField(null=True)  # the grade's; the database holds them equal
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="+")
    record = models.ForeignKey(RetainedRecord, models.PROTECT, null=True, related_name="orders")
    text = models.TextField(blank=True)
    prepared = models.BooleanField(default=False)  # an approved text: needs no second look where free words do
    draft = models.OneToOneField(ReplyDraft, models.PROTECT, null=True, related_name="order")  # the look it had
    after = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                # A null level would make the whole condition null, which a check lets pass: it is refused by name.
                condition=~Q(verb="hide")
                | Q(level__isnull=False, level__in=HIDEABLE, clause__isnull=False, record__isnull=False),
                name="only_7_and_8_are_hidden_with_clause_and_record",
            ),
            models.CheckConstraint(
                condition=~Q(verb="reply") | (Q(level__isnull=False, level__in=ANSWERABLE) & ~Q(text="")),
                name="levels_6_and_8_are_not_answered",
            ),
            models.CheckConstraint(condition=Q(verb__in=["reply", "hide", "unhide"]), name="order_has_a_known_verb"),
            models.CheckConstraint(condition=~Q(state="waiting") | Q(sent=False), name="what_waits_was_not_sent"),
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
                    "prepared",
                    "draft",
                    "by",
                    "act",
                    "created_at",
                ],
            ),
            pgtrigger.Trigger(
                name="hide_rests_on_grounds", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_HIDE_RULES
            ),
            cleared_first(),
            looked_at_first(),
            pgtrigger.Trigger(
                name="level_7_gets_notices_alone",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__verb="reply", new__level=7),
                func=_NOTICES_ALONE,
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
        """Reply, hide or unhide on the platform. What was captured by hand is acted on by hand."""
        if self.comment.is_captured:
            raise NotPossible("No application reaches what was captured by hand.", code="captured")
        if self.comment.kind == Kind.MESSAGE and self.verb != self.Verb.REPLY:
            self.says = "A private message is seen by nobody else: there was nothing to do on the platform."
            return None
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

    def asks_first(self) -> bool:
        """Also when an earlier order of the same kind went before: the comment may be seen as ordered already."""
        if self.sent or self.verb == self.Verb.REPLY:
            return self.sent
        before = self._sights().filter(Q(sent=True) | Q(state=self.State.DONE)).last()
        return before is not None and before.verb == self.verb

    def speaks(self) -> bool:
        """A reply does; a hide or an unhide says nothing."""
        return self.verb == self.Verb.REPLY

    def may_go(self) -> bool:
        """Hides and unhides of a comment go one after the other; what has `after` waits for that to end.

        But a hide waits ten minutes at most for its notice (ruling 3).
        """
        if self.verb != self.Verb.REPLY and self._sights().filter(state__in=self.UNENDED).exists():
            return False
        if self.after_id is None or not CommentOrder.objects.filter(pk=self.after_id, state__in=self.UNENDED).exists():
            return True
        return self.verb == self.Verb.HIDE and timezone.now() > self.created_at + NOTICE_PATIENCE

    def _sights(self) -> models.QuerySet[CommentOrder]:
        """The orders before this one that hide or show the comment."""
        earlier = CommentOrder.objects.filter(comment_id=self.comment_id, pk__lt=self.pk).order_by("pk")
        return earlier.exclude(verb=self.Verb.REPLY)

    def is_wanted(self) -> bool:
        """A hide while the grade demands it, an unhide while it does not, an answer under its own grade and version.

        A level 7 that waits to be cleared demands none yet.
        """
        case = self.comment.case
        case.refresh_from_db(fields=["grade", "level", "version"])
        if self.verb == self.Verb.REPLY:
            return case.grade_id == self.grade_id and case.version == self.grade.version
        hides = case.level in HIDEABLE and not is_being_asked(case.grade_id)
        return hides == (self.verb == self.Verb.HIDE)

    def gone(self, error: Gone) -> None:
        """A comment that is gone needs no hiding or showing any more; an answer to it cannot be sent."""
        if self.verb == self.Verb.REPLY:
            super().gone(error)
        else:
            self.end(self.State.DONE, outcome="The comment is gone from the platform.", code="gone")

    def hold(self) -> None:
        """Lock the comment's case."""
        self.comment.case.lock()

    def finished(self) -> None:
        """Let the comment's case follow, and hint what waited for this.

        A person is not asked to do what was decided anew while the worker had it.
        """
        if self.state in {self.State.BY_HAND, self.State.FAILED} and not self.is_wanted():
            self.become(self.State.WITHDRAWN, verb="withdraw", by=None)
        self.comment.case.follow(self)
        for order in self.comment.orders.filter(state=self.State.WAITING).exclude(pk=self.pk):
            hints.ordered(order)
        for measure in self.comment.measures.filter(state=self.State.WAITING):
            hints.ordered(measure)

    def gives_up(self) -> bool:
        """A notice is tried for ten minutes at most (ruling 3)."""
        return super().gives_up() or (hasattr(self, "notice") and timezone.now() > self.created_at + NOTICE_PATIENCE)

    # --- what an officer does with an order ---

    def may_confirm(self, member: Member) -> bool:
        """Whoever may act on the account; of a level 8, every member."""
        return super().may_confirm(member) or (self.level == Level.THREATENING and member.may(Power.HIDE_THREATS))

    may_retry = may_confirm

    def may_withdraw(self, member: Member) -> bool:
        """An answer only: hides and unhides follow from the grade, and are taken back with it."""
        return self.verb == self.Verb.REPLY and self.account.may_act(member) and not hasattr(self, "notice")

    def refusal(self, does: str) -> Refused:
        """Of a level 8 it is said who hides threats."""
        return refused(Power.HIDE_THREATS) if self.level == Level.THREATENING else super().refusal(does)

    def get_absolute_url(self) -> str:
        """The comment's page."""
        return reverse("comment", args=[self.comment_id])

    def door(self, verb: str) -> str:
        """By the verb's own name."""
        return reverse(verb, args=[self.pk])
