"""States and verbs (architecture.md, idea 2): the person and the moment are two questions.

`may_<verb>(member)` judges the person; the model's table of moves judges the moment, in one UPDATE that matches the
state as it was read, so that of two people at once one wins and the other learns who.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

if TYPE_CHECKING:
    from members.authority import Holder
    from members.models import Member, TrailEntry


class WrongState(Exception):
    """The moment does not allow the verb: the state has no such move, or somebody else acted first (409)."""

    def __init__(self, subject: models.Model, verb: str) -> None:
        self.subject = subject
        self.verb = verb
        self.last = _first_move_of_the_last_act(subject)
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """What happened, in words for the person who came too late."""
        what = self.subject._meta.verbose_name
        if self.last is None:
            return f"This {what} is not as it was on your screen. Look again, then decide."
        who = self.last.by.name if self.last.by else "The system"
        return f"{who} acted first ({self.last.verb.replace('_', ' ')}). Look again, then decide."


def _first_move_of_the_last_act(subject: models.Model) -> TrailEntry | None:
    """The entry that began what was last done to `subject`: a grade, where a hide and a record followed from it."""
    from members.models import TrailEntry

    entries = TrailEntry.objects.about(subject).exclude(after="")
    last = entries.order_by("-id").first()
    if last is None:
        return None
    return entries.filter(act=last.act).select_related("by").order_by("id").first()


class Refused(PermissionDenied):
    """The person may not do this (403); the sentence says who may, `able` who could do it now."""

    def __init__(self, sentence: str, *, able: Sequence[Holder] = ()) -> None:
        super().__init__(sentence)
        self.able = able


class Invalid(Exception):
    """What was asked makes no sense as it stands (422): the sentence says what to do. `field` names where."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class Stateful(models.Model):
    """A row with a state, moved only by verbs. Subclasses give `MOVES` and, for the buttons, `VERBS`."""

    MOVES: ClassVar[Mapping[str, set[str]]] = {}
    VERBS: ClassVar[Mapping[str, str]] = {}  # verb → the state it leads to
    state = models.CharField(max_length=30)  # each subclass gives its own, with its choices

    class Meta:
        abstract = True

    def can_become(self, state: str) -> bool:
        """Whether the table of moves leads from the present state to `state`."""
        return state in self.MOVES.get(self.state, set())

    def verbs_for(self, member: Member) -> list[str]:
        """The verbs that `member` may use on this row now; what templates draw their buttons from."""
        return [
            verb
            for verb, state in self.VERBS.items()
            if self.can_become(state) and getattr(self, f"may_{verb}")(member)
        ]

    def become(
        self,
        state: str,
        *,
        verb: str,
        by: Member | None,
        decision: models.Model | None = None,
        expecting: Mapping[str, Any] | None = None,
        **changes: Any,
    ) -> None:
        """Move to `state` and write the trail entry, in one transaction.

        `expecting` names further columns that must still be as they were looked at (ruling 23); `changes` are set with
        the state; `decision` is the row that decides it. Raises WrongState when the move is not allowed from the
        state as read, or when the row is no longer in it.
        """
        before = self.state
        if not self.can_become(state):
            raise WrongState(self, verb)
        with transaction.atomic(savepoint=False):  # nothing was written where it is refused: no savepoint is needed
            matched = (
                type(self)
                ._base_manager.filter(pk=self.pk, state=before, **(expecting or {}))
                .update(state=state, **changes)
            )
            if matched:
                record(verb, self, by=by, before=before, after=state, decision=decision)
        if not matched:
            raise WrongState(self, verb)
        for name, value in {"state": state, **changes}.items():
            setattr(self, name, value)


def record(
    verb: str,
    subject: models.Model,
    *,
    by: Member | None,
    before: str = "",
    after: str = "",
    decision: models.Model | None = None,
) -> TrailEntry:
    """Write a trail entry for an act that moves no state (or from `become`, for one that does)."""
    from members.models import TrailEntry

    digest = getattr(decision, "digest", b"") if decision is not None else b""
    return TrailEntry.objects.create(
        by=by,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        before=before,
        after=after,
        decision_type=decision._meta.label_lower if decision is not None else "",
        decision_id=str(decision.pk) if decision is not None else "",
        decision_digest=bytes(digest).hex(),
    )
