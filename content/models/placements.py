"""What is posted for the department on somebody else's site: the same road, confirmed by hand (2.A)."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from content.models.items import Item
from content.models.submissions import Submission
from members.authority import holds, refused
from members.facts import Narrow
from members.models import Member
from members.powers import Power
from members.states import Invalid, Stateful


class Placement(Narrow, Stateful):
    """One text on one site that is not ours, once it is approved."""

    class State(models.TextChoices):
        """A person's task."""

        WAITING = "waiting", "waits for approval"
        DUE = "due", "to be posted by hand"
        DONE = "done", "posted"
        WITHDRAWN = "withdrawn", "withdrawn"

    MOVES = {
        State.WAITING: {State.DUE, State.WITHDRAWN},
        State.DUE: {State.DONE, State.WITHDRAWN},
    }
    VERBS: ClassVar[dict[str, str]] = {"confirm": State.DONE}

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="placements")
    item = models.ForeignKey(Item, models.PROTECT, related_name="placements")
    site = models.CharField(max_length=200)
    address = models.TextField(blank=True)
    text = models.TextField()
    state = models.CharField(max_length=20, choices=State, default=State.WAITING, editable=False)
    proof = models.TextField(blank=True)  # where it can be seen
    done_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | (~Q(proof="") & Q(done_by__isnull=False, done_at__isnull=False)),
                name="posted_by_hand_is_shown",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="placement_stands", fields=["submission", "item", "site", "address", "text"]),
            pgtrigger.Trigger(
                name="joins_nothing_decided",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                IF EXISTS (SELECT FROM content_verdict WHERE submission_id = NEW.submission_id) THEN
                    RAISE EXCEPTION 'pgtrigger: nothing joins what was decided';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="placed_means_approved",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.state IN ('due', 'done')"),
                func="""
                IF NOT EXISTS (
                    SELECT FROM content_verdict verdict
                    JOIN content_submission handed ON handed.id = verdict.submission_id
                    WHERE handed.id = NEW.submission_id AND handed.item_id = NEW.item_id
                        AND verdict.verdict = 'approve' AND verdict.digest = handed.digest
                ) THEN
                    RAISE EXCEPTION 'pgtrigger: only what another member approved is posted elsewhere';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"placement {self.pk}"

    def may_confirm(self, member: Member) -> bool:
        """Whoever develops content posts it by hand."""
        return holds(member, Power.DEVELOP_CONTENT)

    def require(self, member: Member, proof: str) -> None:
        """Raises Refused for who may not confirm, Invalid without a proof."""
        if not self.may_confirm(member):
            raise refused(Power.DEVELOP_CONTENT)
        if not proof.strip():
            raise Invalid("Say where it can be seen.", "proof")
