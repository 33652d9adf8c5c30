"""A comment's case: the narrow row that says where the unit stands with it, and the verbs that move it (S.O.P. 4)."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction
from django.db.models import Q

from accounts import orders as steps
from accounts.models import Clause
from accounts.platforms.contract import Sight
from members.authority import refused
from members.facts import Narrow
from members.models import Member
from members.powers import Power
from members.states import Invalid, Stateful, WrongState, record
from moderation import clearing, demanding, following, live, ordering, owing, threats
from moderation.decisions import NOT_CLEARED, Decision, check, check_answer, done_before
from moderation.marking import as_it_stands
from moderation.models import suggestions
from moderation.models.case_walls import walls_of_a_case
from moderation.models.clearances import is_being_asked
from moderation.models.comments import Comment
from moderation.models.grades import HIDEABLE, Grade, GradingLevel, Level
from moderation.models.notes import Note
from moderation.models.orders import CommentOrder
from moderation.models.queue import QueueEntry
from moderation.moment import Moment, moment_of
from moderation.retention import retain_outcome
from moderation.sources import NOTHING, Rests
from moderation.suggesting import suspected_of

__all__ = ["Case", "Decision", "Invalid", "Note"]

_LOCK = "SELECT * FROM moderation_case WHERE comment_id = %s FOR UPDATE"


class Case(Narrow, Stateful):
    """Where the unit stands with one comment.

    The verbs lock the row first: on one comment one act comes after the other, and each judges what it finds then.
    """

    class State(models.TextChoices):
        """From the queue to addressed; nothing the public writes falls out of sight (C.11)."""

        WAITING = "waiting", "waiting"
        OUTSTANDING = "outstanding", "outstanding"
        ADDRESSED = "addressed", "addressed"
        GONE = "gone", "gone before grading"
        ARCHIVED = "archived", "archived"
        OURS = "ours", "our own"

    MOVES = {
        State.WAITING: {State.OUTSTANDING, State.ADDRESSED, State.GONE, State.WAITING},
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
    digest = models.BinaryField(null=True)  # of the newest version's text; null: of the comment's, as it came
    sight = models.CharField(max_length=10, choices=Sight, default=Sight.UNKNOWN)  # as seen on the platform
    sight_at = models.DateTimeField(null=True)
    ordered_nothing = False  # known of the act that has just graded it
    hidden = models.BooleanField(default=False)  # as the unit decided: its last hide order is done and not undone

    class Meta:
        verbose_name = "comment"
        indexes = [
            models.Index(fields=["state", "level"], condition=Q(state="outstanding"), name="case_outstanding"),
            # For the list of all comments; what waits is found by its queue entry, so that intake does not pay.
            models.Index(fields=["state"], condition=~Q(state="waiting"), name="case_state"),
            models.Index(fields=["level"], condition=Q(level__isnull=False), name="case_level"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(level__isnull=True) | Q(grade__isnull=False), name="level_has_a_grade"),
            models.CheckConstraint(condition=Q(hidden=False) | Q(grade__isnull=False), name="hidden_was_graded"),
        ]
        triggers = walls_of_a_case()

    def __str__(self) -> str:
        return f"case of comment {self.comment_id}"

    def lock(self) -> None:
        """Read the row anew and hold it until the transaction ends."""
        comment = self.comment
        found = next(iter(Case.objects.raw(_LOCK, [self.pk])), None)
        if found is None:
            raise Case.DoesNotExist
        for column in self._meta.concrete_fields:
            setattr(self, column.attname, getattr(found, column.attname))
        self._state.fields_cache.clear()
        self.comment = comment  # a fact: it has not changed

    @property
    def text_digest(self) -> bytes:
        """SHA-256 of the newest version's text."""
        return self.comment.digest if self.digest is None else bytes(self.digest)

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
        """Administrators and editors of the account; and whoever gave the grade, of his own slip (ruling 2).

        But what a colleague's grade had hidden before or was about to, or a level 7, is not shown again without a role
        (ruling 16).
        """
        if self.grade is None or self.level is None:
            return False
        if self.comment.account.may_act(member):
            return True
        if self.grade.by_id != member.pk or self.level == Level.OFFENSIVE or not member.may(Power.GRADE_COMMENTS):
            return False
        hides = self.comment.orders.filter(verb=CommentOrder.Verb.HIDE).exclude(state=CommentOrder.State.WITHDRAWN)
        last = hides.order_by("pk").last()
        return (last is None or last.grade_id == self.grade_id) and not self.grade.hides_on

    def may_address(self, member: Member) -> bool:
        """Whoever may reply may also say, with the reason, that no reply will be sent."""
        return self.may_reply(member)

    def may_note(self, member: Member) -> bool:
        """Every member of the unit."""
        return member.may(Power.GRADE_COMMENTS)

    # --- verbs, in the order of the life they describe ---

    def grade_as(self, decision: Decision, *, by: Member) -> Grade:
        """Give the comment its grade and order what the level demands, all in one transaction (4.L1–4.L8).

        Raises Refused, Invalid, Taken (another member holds it), WrongState (graded or edited meanwhile); of these
        level 8, which waits for nobody, knows only a level 8 that stands already. The same `key` a second time
        changes nothing and returns the first grade.
        """
        with transaction.atomic():
            self.lock()
            moment = moment_of(self, decision, by)
            first = done_before(self, decision, by, moment)
            if first is not None:
                return first
            clause = check(self, decision, by, moment)
            grade = self._supersede(decision, clause, by)
            if grade.level == Level.THREATENING:
                threats.raise_threat(self, grade, by=by)
            steps.reached("decided")
            first_ever = grade.supersedes_id is None  # then nothing rests on an earlier one
            if not first_ever:
                ordering.withdraw_unsent(self, by=by)
            self.become(
                self._state_after(decision, grade, moment),
                verb="grade",
                by=by,
                decision=grade,
                grade=grade,
                level=decision.level,
            )
            if not first_ever:
                ordering.withdraw_unwanted(self, by=by)
            suggestions.keep_out_of_the_queue(grade)
            asked = clearing.ask(self, grade, subject=decision.subject, notice=decision.answer, by=by)
            demanding.order_what_is_demanded(self, grade, decision, by=by, asked=asked is not None)
            self.ordered_nothing = first_ever and not decision.answer and grade.level not in HIDEABLE
            steps.reached("ordered")
            if decision.answer and grade.supersedes_id:
                following.answered(self, by=by)
            if not first_ever:  # of the first, `will_owe` has said it
                self.settle(by=by)
        steps.reached("committed")
        live.changed(self.pk)
        return grade

    def reply(self, text: str, *, by: Member, key: str, rests: Rests = NOTHING) -> CommentOrder | None:
        """Answer a graded comment. The same `key` a second time changes nothing and returns the first order.

        None where another member looks at it first (ruling 1).

        Raises Refused, Invalid (ungraded; level 6 is left without, level 8 waits for a supervisor), AnswerUnderWay.
        """
        self._require(self.may_reply(by), "replies")
        text = text.strip()
        if not text:
            raise Invalid("The reply is empty.", "reply")
        with transaction.atomic():
            self.lock()
            grade, level = self._standing()
            check_answer(self, level, text, rests)
            order = demanding.give_answer(self, grade, text, rests, by=by, key=key)
            following.answered(self, by=by)
            self.settle(by=by)
            steps.reached("ordered")
        steps.reached("committed")
        live.changed(self.pk)
        return order

    def undo(self, *, by: Member, reason: str = "") -> Grade:
        """Take the current grade back: what was not sent is withdrawn, what was hidden is shown again; records stay.

        The comment waits again. An answer that was sent stands: it cannot be unsaid. A second click changes nothing.
        Raises Refused, WrongState (nothing stands that could be taken back).
        """
        with transaction.atomic():
            self.lock()
            current = self.grade
            if current is not None and self.level is None and current.by_id == by.pk:
                return current
            if current is None or self.level is None:
                raise WrongState(self, "undo")
            self._require(self.may_undo(by), "takes back another's grade, or what hid before his own")
            grade = self.take_back(by=by, reason=reason)
            following.take_back(current, by=by)
        live.changed(self.pk)
        return grade

    def address(self, *, by: Member, reason: str) -> None:
        """Close without what the level asks for, and say why. Raises Refused, Invalid, WrongState.

        What is still on its way to the platform must end first. What failed or waits for a hand is withdrawn: so a
        comment that its platform does not let us hide can be closed too, with that as the reason.
        """
        self._require(self.may_address(by), "closes a comment without an answer")
        if not reason.strip():
            raise Invalid("Say why no reply is sent.", "reason")
        with transaction.atomic():
            self.lock()
            _, level = self._standing()
            if self.hidden and level not in HIDEABLE:
                raise Invalid("The comment is still hidden, which its level does not allow: show it again first.")
            if level == Level.OFFENSIVE and is_being_asked(self.grade_id):
                raise Invalid(NOT_CLEARED)
            if self.comment.orders.filter(state__in=CommentOrder.UNENDED).exists():
                raise WrongState(self, "address")
            following.require_nothing_open(self)
            following.answered(self, by=by)
            note = Note.objects.create(comment=self.comment, by=by, text=reason, closes=self.grade)
            ordering.withdraw_unsent(self, by=by)
            self.become(self.State.ADDRESSED, verb="address", by=by, decision=note)
        live.changed(self.pk)

    def note(self, text: str, *, by: Member) -> Note:
        """Keep a remark for colleagues on the comment's timeline. Never shown to the public.

        Raises Refused, Invalid.
        """
        if not self.may_note(by):
            raise refused(Power.GRADE_COMMENTS)
        if not text.strip():
            raise Invalid("The note is empty.", "note")
        if len(text) > Note.LIMIT:
            raise Invalid(f"A note takes {Note.LIMIT} characters; this has {len(text)}.", "note")
        with transaction.atomic():
            note = Note.objects.create(comment=self.comment, by=by, text=text)
            record("note", self, by=by, decision=note)
        live.changed(self.pk)
        return note

    # --- what the system does ---

    def follow(self, order: CommentOrder) -> None:
        """An order about this comment has ended or changed: keep what came of it, and settle. Needs the lock."""
        if order.state == order.State.DONE and order.verb != order.Verb.REPLY:
            self.hidden = order.verb == order.Verb.HIDE
            gone = order.outcome_code == "gone"
            self.sight = Sight.GONE if gone else Sight.HIDDEN if self.hidden else Sight.VISIBLE
            self.sight_at = order.done_at
            self.save(update_fields=["hidden", "sight", "sight_at"])
            retain_outcome(order)
        elif order.state == order.State.DONE:
            following.keep_exchange(order)
        self.settle()
        live.changed(self.pk)

    def see(self, sight: str, *, at: datetime) -> None:
        """Keep what was seen on the platform at a time, unless something later is known (ruling 6)."""
        with transaction.atomic():
            self.lock()
            if self.sight_at is not None and self.sight_at >= at:
                return
            self.sight, self.sight_at = sight, at
            self.save(update_fields=["sight", "sight_at"])
            self.settle()
        live.changed(self.pk)

    def settle(self, *, by: Member | None = None) -> None:
        """Addressed when nothing that the level demands is open any more; outstanding while something is."""
        if self.state not in {self.State.OUTSTANDING, self.State.ADDRESSED} or self.level is None:
            return
        target = self.State.OUTSTANDING if owing.owes(self, self.level) else self.State.ADDRESSED
        if target != self.state:
            self.become(target, verb="settle", by=by, expecting={"grade": self.grade})

    def take_back(self, *, by: Member, reason: str) -> Grade:
        """What `undo` does, once somebody has decided it: also who refuses a clearance. Needs the lock and a grade."""
        current = self.grade
        if current is None or self.level is None:
            raise WrongState(self, "undo")
        grade = Grade.objects.create(
            key=f"undo-{current.pk}",
            comment=self.comment,
            version=self.version,
            level=None,
            system=current.system,
            by=by,
            supersedes=current,
            reason=reason,
        )
        self.become(self.State.WAITING, verb="undo", by=by, decision=grade, grade=grade, level=None)
        ordering.withdraw_unwanted(self, by=by)
        ordering.take_back(self, grade, by=by)
        self._wait_again()
        return grade

    # --- inside ---

    def _standing(self) -> tuple[Grade, int]:
        """The grade that stands, and its level. Raises Invalid for a comment that waits for one, or for another."""
        if self.grade is None or self.level is None or self.state == self.State.WAITING:
            raise Invalid("Grade the comment first: the grade says whether and how it is answered.")
        return self.grade, self.level

    def _state_after(self, decision: Decision, grade: Grade, moment: Moment) -> str:
        owes = owing.will_owe(self, decision, grade.demand, moment)
        return self.State.OUTSTANDING if owes else self.State.ADDRESSED

    def _supersede(self, decision: Decision, clause: Clause | None, by: Member) -> Grade:
        row = GradingLevel.objects.in_force(decision.level)
        if row is None:
            raise Invalid("No Comment Grading System is in force: the Unit Commander publishes one (S.O.P. 4).")
        words = as_it_stands(self.text_of(decision.version), decision.words)
        grade = Grade.objects.create(
            key=decision.key,
            comment=self.comment,
            version=decision.version,
            level=decision.level,
            clause=clause,
            words=words,
            reason=decision.why,
            system=row.system,
            by=by,
            supersedes=self.grade,
        )
        grade.demand = row.demand  # read once for the whole act
        return grade

    def _wait_again(self) -> None:
        suspicion = suspected_of(self.text)
        QueueEntry.objects.update_or_create(
            comment=self.comment,
            defaults={
                "account": self.comment.account,
                "urgency": suspicion.urgency,
                "at": self.comment.posted_at or self.comment.received_at,
                "language": self.comment.language,
                "suspected": suspicion.level,
                "because": suspicion.because,
                "band": suspicion.band,
                "by_model": suspicion.by_model,
            },
        )

    def text_of(self, version: int) -> str:
        """The text that was there to read at a version: a deletion shows the words before it."""
        if version == 1:
            return self.comment.text
        versions = self.comment.versions.filter(number__lte=version).exclude(change="deleted")
        newest = versions.order_by("-number").first()
        return newest.text if newest else self.comment.text

    @property
    def keeps_hidden(self) -> bool:
        """Whether it is hidden and its level asks for that: only then may what nothing brings back rest on it."""
        return self.hidden and self.level in HIDEABLE

    @property
    def text(self) -> str:
        """The newest text that was there to read."""
        return self.text_of(self.version)

    def _require(self, allowed: bool, does: str) -> None:
        if not allowed:
            raise self.comment.account.refused(does)
