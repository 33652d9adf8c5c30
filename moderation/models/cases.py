"""A comment's case: the narrow row that says where the unit stands with it, and the verbs that move it (S.O.P. 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Clause, Terms
from accounts.platforms.capabilities import Act, capability
from accounts.platforms.contract import Sight
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from members.states import Refused, Stateful, WrongState, record
from moderation import live
from moderation.models.comments import Comment
from moderation.models.grades import ANSWERABLE, DEMANDS, HIDEABLE, Grade, GradingSystem, Level
from moderation.models.orders import CommentOrder
from moderation.models.queue import QueueEntry, Taken
from moderation.models.records import RetainedRecord
from moderation.retention import retain
from moderation.triage import judge


class Invalid(Exception):
    """What was asked makes no sense as it stands (422): the sentence says what is missing. `field` names where."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Decision:
    """What a member decided about a comment, as one click says it.

    `key` is the form's own, so that a double click is one decision. `version` is the comment's version that was on
    the screen, `grade_seen` the grade that stood there (None: ungraded). `reply` is the answer, at level 7 the notice.
    """

    level: int
    key: str
    version: int = 1
    grade_seen: int | None = None
    reply: str = ""
    clause: Clause | None = None
    words: str = ""
    reason: str = ""


class Case(Narrow, Stateful):
    """Where the unit stands with one comment."""

    class State(models.TextChoices):
        """From the queue to addressed; nothing the public writes falls out of sight (C.11)."""

        WAITING = "waiting", "waiting"
        OUTSTANDING = "outstanding", "outstanding"
        ADDRESSED = "addressed", "addressed"
        GONE = "gone", "gone before grading"
        ARCHIVED = "archived", "archived"
        OURS = "ours", "our own"

    MOVES = {
        State.WAITING: {State.OUTSTANDING, State.ADDRESSED, State.GONE},
        State.OUTSTANDING: {State.ADDRESSED, State.OUTSTANDING, State.WAITING},
        State.ADDRESSED: {State.OUTSTANDING, State.ADDRESSED, State.WAITING},
        State.GONE: {State.WAITING, State.OUTSTANDING, State.ADDRESSED},
        State.ARCHIVED: {State.OUTSTANDING, State.ADDRESSED},
    }

    comment = models.OneToOneField(Comment, models.PROTECT, primary_key=True, related_name="case")
    state = models.CharField(max_length=20, choices=State, default=State.WAITING, editable=False)
    grade = models.OneToOneField(Grade, models.PROTECT, null=True, related_name="+")  # the current one
    level = models.SmallIntegerField(choices=Level, null=True)  # the current grade's
    version = models.IntegerField(default=1)  # the comment's newest
    digest = models.BinaryField()  # of the newest version's text
    sight = models.CharField(max_length=10, choices=Sight, default=Sight.UNKNOWN)  # as seen on the platform
    sight_at = models.DateTimeField(null=True)
    hidden = models.BooleanField(default=False)  # as the unit decided: its last hide order is done and not undone

    class Meta:
        verbose_name = "comment"
        indexes = [
            models.Index(fields=["state", "level"], condition=Q(state="outstanding"), name="case_outstanding"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(level__isnull=True) | Q(grade__isnull=False), name="level_has_a_grade"),
            models.CheckConstraint(condition=Q(hidden=False) | Q(grade__isnull=False), name="hidden_was_graded"),
        ]

    def __str__(self) -> str:
        return f"case of comment {self.comment_id}"

    # --- who may ---

    def may_grade(self, member: Member, level: int | None = None) -> bool:
        """Every member grades (F.V.E); a hide by level 7 also needs a role on the account (ruling 16)."""
        if not member.may(Power.GRADE_COMMENTS):
            return False
        return level != Level.OFFENSIVE or self.comment.account.may_act(member)

    def may_reply(self, member: Member) -> bool:
        """Administrators and editors of the account (ruling 16)."""
        return self.comment.account.may_act(member)

    def may_undo(self, member: Member) -> bool:
        """Whoever gave the grade takes it back; of a level 8, anybody who may act on the account too (ruling 2)."""
        if self.grade is None or self.level is None:
            return False
        return self.grade.by_id == member.pk or self.comment.account.may_act(member)

    def may_address(self, member: Member) -> bool:
        """Whoever may reply may also say, with the reason, that no reply will be sent."""
        return self.may_reply(member)

    def may_note(self, member: Member) -> bool:
        """Every member."""
        return member.is_active

    # --- verbs, in the order of the life they describe ---

    def grade_as(self, decision: Decision, *, by: Member) -> Grade:
        """Give the comment its grade and order what the level demands, all in one transaction (4.L1–4.L8).

        Raises Refused, Invalid, Taken (another member holds it; not at level 8, which waits for nobody), WrongState
        (graded or edited meanwhile). The same `key` a second time changes nothing and returns the first grade.
        """
        done = CommentOrder.objects.filter(key__startswith=f"{decision.key}:").select_related("grade").first()
        if done is not None:
            return done.grade
        clause = self._check(decision, by)
        comment = self.comment
        with transaction.atomic():
            # One at a time on this comment: a second click, or a second officer, waits here and then finds the change.
            locked = Case.objects.select_for_update().get(pk=self.pk)
            self._refuse_stale(locked, decision)
            if decision.level != Level.THREATENING:
                self._refuse_held(by)
            grade = Grade.objects.create(
                comment=comment,
                version=decision.version,
                level=decision.level,
                clause=clause,
                words=decision.words,
                reason=decision.reason,
                system=_system(),
                by=by,
                supersedes=locked.grade,
            )
            locked.become(
                self.State.OUTSTANDING,
                verb="grade",
                by=by,
                decision=grade,
                expecting={"grade": locked.grade, "version": decision.version},
                grade=grade,
                level=decision.level,
            )
            QueueEntry.objects.filter(pk=self.pk).delete()
            locked._order(grade, decision, by)
            locked.settle(by=by)
        self.refresh_from_db()
        live.changed(comment.pk)
        return grade

    def reply(self, text: str, *, by: Member, key: str) -> CommentOrder:
        """Answer a graded comment. Raises Refused, Invalid (level 6 is left without, level 8 waits for a supervisor)."""
        self._require(self.may_reply(by))
        grade = self.grade
        if grade is None or self.level is None:
            raise Invalid("Grade the comment first: the grade says whether and how it is answered.")
        if self.level not in ANSWERABLE:
            raise Invalid(f"{DEMANDS[self.level].says} (S.O.P. 4, level {self.level})", "reply")
        self._check_text(text)
        with transaction.atomic():
            order, made = self._reply_order(grade, text, by, key)
            if made:
                record("reply", self, by=by, decision=order)
                if self.state == self.State.ADDRESSED:
                    self.become(self.State.OUTSTANDING, verb="reopen", by=by)
        live.changed(self.pk)
        return order

    def undo(self, *, by: Member, reason: str = "") -> Grade:
        """Take the current grade back: what was not sent is withdrawn, what was hidden is shown again; records stay.

        The comment waits again. An answer that was sent stands: it cannot be unsaid.
        """
        self._require(self.may_undo(by))
        current = self.grade
        assert current is not None
        with transaction.atomic():
            grade = Grade.objects.create(
                comment=self.comment, version=self.version, level=None, system=current.system, by=by,
                supersedes=current, reason=reason,
            )
            self.become(
                self.State.WAITING,
                verb="undo",
                by=by,
                decision=grade,
                expecting={"grade": current},
                grade=grade,
                level=None,
            )
            self._take_back(grade, by)
            self._wait_again()
        live.changed(self.pk)
        return grade

    def address(self, *, by: Member, reason: str) -> None:
        """Close without the reply that the level asks for, and say why. Orders that are still open must end first."""
        self._require(self.may_address(by))
        if not reason.strip():
            raise Invalid("Say why no reply is sent.", "reason")
        if self.comment.orders.filter(state__in=["waiting", "sending", "uncertain"]).exists():
            raise WrongState(self, "address")
        with transaction.atomic():
            note = Note.objects.create(comment=self.comment, by=by, text=reason)
            self.become(self.State.ADDRESSED, verb="address", by=by, decision=note, expecting={"grade": self.grade})
        live.changed(self.pk)

    def note(self, text: str, *, by: Member) -> Note:
        """Keep a remark for colleagues on the comment's timeline. Never shown to the public."""
        self._require(self.may_note(by))
        if not text.strip():
            raise Invalid("The note is empty.", "note")
        with transaction.atomic():
            note = Note.objects.create(comment=self.comment, by=by, text=text)
            record("note", self, by=by, decision=note)
        live.changed(self.pk)
        return note

    # --- what the system does ---

    def follow(self, order: CommentOrder) -> None:
        """An order about this comment has ended or changed: keep what is decided and seen, and settle."""
        if order.state == order.State.DONE and order.verb != order.Verb.REPLY:
            hidden = order.verb == order.Verb.HIDE
            gone = order.outcome_code == "gone"
            Case.objects.filter(pk=self.pk).update(
                hidden=hidden,
                sight=Sight.GONE if gone else (Sight.HIDDEN if hidden else Sight.VISIBLE),
                sight_at=timezone.now(),
            )
        self.refresh_from_db()
        self.settle()
        live.changed(self.pk)

    def settle(self, *, by: Member | None = None) -> None:
        """Addressed when nothing that the level demands is open any more; outstanding while something is."""
        if self.state not in {self.State.OUTSTANDING, self.State.ADDRESSED} or self.level is None:
            return
        target = self.State.OUTSTANDING if self._owes() else self.State.ADDRESSED
        if target != self.state:
            try:
                self.become(target, verb="settle", by=by, expecting={"grade": self.grade})
            except WrongState:
                self.refresh_from_db()  # somebody acted meanwhile; that act settles it

    # --- inside ---

    def _owes(self) -> bool:
        assert self.level is not None
        orders = self.comment.orders.filter(grade=self.grade)
        if self.comment.orders.exclude(state__in=["done", "withdrawn"]).exists():
            return True
        demand = DEMANDS[self.level]
        if demand.hide:
            return not orders.filter(verb=CommentOrder.Verb.HIDE, state="done").exists()
        return demand.reply == "required" and not self.comment.orders.filter(verb="reply", state="done").exists()

    def _check(self, decision: Decision, by: Member) -> Clause | None:
        """Judge the person and the form; returns the clause that a hide rests on."""
        if decision.level not in Level.values:
            raise Invalid("A grade is one of the eight levels, 1 to 8.", "level")
        if not self.may_grade(by, decision.level):
            raise Refused(f"Only an administrator or editor of {self.comment.account} hides a level 7.")
        if self.grade is not None and self.level is not None and not decision.reason.strip():
            raise Invalid("A new grade supersedes one that stands: say why.", "reason")
        if decision.reply.strip():
            self._require(self.may_reply(by))
            if decision.level not in ANSWERABLE:
                raise Invalid(f"{DEMANDS[decision.level].says} (S.O.P. 4, level {decision.level})", "reply")
            self._check_text(decision.reply)
        if decision.level not in HIDEABLE:
            return None
        clause = decision.clause
        if clause is None and decision.level == Level.THREATENING:
            clause = _clause_a()  # preset, so that nothing stands before the hide (ruling 2)
        if clause is None:
            raise Invalid("Name the clause of the Terms of Use that the comment breaks.", "clause")
        if not clause.grounds:
            raise Invalid(f"Clause ({clause.letter}) names no content that is not allowed: choose (a) to (f).", "clause")
        if decision.words and decision.words not in self.text_of(decision.version):
            raise Invalid("The words relied on do not stand in the comment.", "words")
        return clause

    def _check_text(self, text: str) -> None:
        if not text.strip():
            raise Invalid("The reply is empty.", "reply")
        limit = capability(self.comment.account.platform, Act.REPLY).limit
        if limit is not None and len(text) > limit:
            platform = self.comment.account.get_platform_display()
            raise Invalid(f"{platform} takes {limit} characters; this has {len(text)}.", "reply")

    def _refuse_stale(self, locked: Case, decision: Decision) -> None:
        """What was looked at is what is decided (ruling 23)."""
        seen = locked.grade_id if locked.level is not None else None
        if locked.version != decision.version or seen != decision.grade_seen:
            raise WrongState(self, "grade")

    def _refuse_held(self, by: Member) -> None:
        entry = QueueEntry.objects.select_related("held_by").filter(pk=self.pk).first()
        holder = entry.holder if entry else None
        if entry is not None and holder is not None and holder != by:
            raise Taken(holder, entry.lease_until)

    def _order(self, grade: Grade, decision: Decision, by: Member) -> None:
        """The orders that the level demands, and the record before the hide (4.R)."""
        comment, key = self.comment, decision.key
        self._withdraw_unsent(by)
        reply = self._reply_order(grade, decision.reply, by, key)[0] if decision.reply.strip() else None
        if grade.level in HIDEABLE:
            assert grade.clause is not None
            kept: RetainedRecord = retain(comment, grade, grade.clause, by=by, version=decision.version)
            record("retain", comment, by=by, decision=kept)
            first = reply if capability(comment.account.platform, Act.HIDE).contact_first else None
            self._new_order(CommentOrder.Verb.HIDE, grade, by, key, clause=grade.clause, record=kept, after=first)
        elif self.hidden or self._hide_open():
            self._unhide(grade, by, key)

    def _reply_order(self, grade: Grade, text: str, by: Member, key: str) -> tuple[CommentOrder, bool]:
        existing = CommentOrder.objects.filter(key=f"{key}:reply").first()
        if existing is not None:
            return existing, False
        held = timezone.now() + timedelta(seconds=settings.UNDO_SECONDS)
        return self._new_order(CommentOrder.Verb.REPLY, grade, by, key, text=text, not_before=held), True

    def _new_order(self, verb: str, grade: Grade, by: Member, key: str, **more: object) -> CommentOrder:
        order: CommentOrder = CommentOrder.objects.create(
            key=f"{key}:{verb}", account=self.comment.account, verb=verb, comment=self.comment, grade=grade,
            level=grade.level, by=by, urgent=verb != CommentOrder.Verb.REPLY, **more,
        )
        live.ordered(order)
        return order

    def _hide_open(self) -> CommentOrder | None:
        return self.comment.orders.filter(
            verb="hide", state__in=["waiting", "sending", "uncertain", "by_hand", "failed"]
        ).first()

    def _withdraw_unsent(self, by: Member) -> None:
        """Withdraw what this comment's earlier grade ordered and no worker has taken yet."""
        for order in self.comment.orders.filter(state__in=["waiting", "failed", "by_hand"], sent=False):
            try:
                order.become(order.State.WITHDRAWN, verb="withdraw", by=by)
            except WrongState:
                continue  # a worker took it this moment; what follows takes that into account

    def _unhide(self, grade: Grade, by: Member, key: str) -> None:
        self._new_order(CommentOrder.Verb.UNHIDE, grade, by, key, after=self._hide_open())

    def _take_back(self, grade: Grade, by: Member) -> None:
        self._withdraw_unsent(by)
        if self.hidden or self._hide_open():
            self._unhide(grade, by, f"undo-{grade.pk}")

    def _wait_again(self) -> None:
        text = self.text
        suspicion = judge(text)
        QueueEntry.objects.create(
            comment=self.comment,
            account=self.comment.account,
            urgency=suspicion.urgency,
            at=self.comment.sort_at,
            language=self.comment.language,
            suspected=suspicion.level,
            because=suspicion.because,
        )

    def text_of(self, version: int) -> str:
        """The comment's text as its `version` had it."""
        if version == 1:
            return self.comment.text
        return self.comment.versions.get(number=version).text

    @property
    def text(self) -> str:
        """The newest text that was there to read: a deletion shows the words before it."""
        newest = self.comment.versions.exclude(change="deleted").order_by("-number").first()
        return newest.text if newest else self.comment.text

    def _require(self, allowed: bool) -> None:
        if not allowed:
            raise Refused(f"Only an administrator or editor of {self.comment.account} may do this.")


class Note(Fact):
    """A colleague's remark on a comment."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="notes")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    LIMIT: ClassVar[int] = 5000

    def __str__(self) -> str:
        return f"note {self.pk} on comment {self.comment_id}"


def _system() -> GradingSystem:
    system = GradingSystem.objects.in_force()
    if system is None:
        raise Invalid("No Comment Grading System is in force: the Unit Commander publishes one (S.O.P. 4).")
    return system


def _clause_a() -> Clause | None:
    terms = Terms.objects.in_force()
    return terms.clauses.filter(letter="a").first() if terms else None
