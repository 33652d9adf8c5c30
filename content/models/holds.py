"""“Hold everything”: nothing new is sent until it is let go, one by one or all at once (ruling 11).

To hold protects, so that it asks for little; to let go is to publish, and asks for who approves. What only takes
something of ours away is not held: it says nothing.
"""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from content.models.publications import Publication
from content.models.submissions import Submission
from members.authority import holds
from members.deciding import decided_by_who_may, serves
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from members.states import Stateful

# Held alone by who places a hold, together by all who are about to call a platform: when a hold is placed, each call
# has either begun and is known to be on its way, or sees it.
BARRIER = "hashtextextended('content.hold', 0)"
# PL/pgSQL: whether a hold keeps the publication NEW.publication_id back.
IS_HELD = f"""
PERFORM pg_advisory_xact_lock_shared({BARRIER});
IF EXISTS (
    SELECT FROM content_publication written, content_hold held
    WHERE written.id = NEW.publication_id AND written.does <> 'delete_post' AND held.state = 'in_force'
        AND NOT EXISTS (
            SELECT FROM content_release gone WHERE gone.hold_id = held.id
                AND (gone.publication_id = written.id OR gone.submission_id = written.submission_id)
        )
) THEN
    RAISE EXCEPTION 'pgtrigger: everything is held';
END IF;
"""  # noqa: S608  (nothing of it comes from outside)
_PLACED = f"""
{serves("by_id")}
PERFORM pg_advisory_xact_lock({BARRIER});
RETURN NEW;
"""
_LET_GO = f"""
IF NEW.submission_id IS NOT NULL AND (SELECT active_scene FROM content_submission WHERE id = NEW.submission_id) THEN
    {decided_by_who_may(Power.APPROVE_ACTIVE_SCENES)}
ELSE
    {decided_by_who_may(Power.APPROVE_CONTENT)}
END IF;
RETURN NEW;
"""  # noqa: S608  (nothing of it comes from outside)


class Hold(Narrow, Stateful):
    """That everything is held, since when, by whom and why."""

    class State(models.TextChoices):
        """Once lifted it is over: the next is another."""

        IN_FORCE = "in_force", "in force"
        LIFTED = "lifted", "lifted"

    MOVES = {State.IN_FORCE: {State.LIFTED}}
    VERBS: ClassVar[dict[str, str]] = {"lift": State.LIFTED}

    state = models.CharField(max_length=20, choices=State, default=State.IN_FORCE, editable=False)
    why = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="in_force"), name="one_hold_at_a_time"),
            models.CheckConstraint(condition=~Q(why=""), name="held_for_a_reason"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="hold_stands_as_placed", fields=["why", "by", "at"]),
            pgtrigger.Trigger(
                name="placed_by_who_serves", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_PLACED
            ),
            pgtrigger.Trigger(
                name="lifted_by_a_release",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.state = 'lifted'"),
                func="""
                IF NOT EXISTS (
                    SELECT FROM content_release
                    WHERE hold_id = NEW.id AND submission_id IS NULL AND publication_id IS NULL
                ) THEN
                    RAISE EXCEPTION 'pgtrigger: a hold is lifted by who approves content';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"

    def get_absolute_url(self) -> str:
        """The page of what is held."""
        return reverse("held")

    def may_lift(self, member: Member) -> bool:
        """Who approves content lets it go."""
        return holds(member, Power.APPROVE_CONTENT)


class Release(Fact):
    """What was let go: one submission, the change of one standing post, or, naming neither, everything."""

    hold = models.ForeignKey(Hold, models.PROTECT, related_name="releases")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="+")
    publication = models.ForeignKey(Publication, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(submission__isnull=True) | Q(publication__isnull=True), name="release_names_one"
            ),
            models.UniqueConstraint(fields=["hold", "submission"], name="released_once"),
            models.UniqueConstraint(fields=["hold", "publication"], name="change_released_once"),
        ]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="let_go_by_who_approves", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_LET_GO
            ),
        ]

    def __str__(self) -> str:
        return f"release {self.pk} of hold {self.hold_id}"


def standing_hold() -> Hold | None:
    """The hold in force, if there is one."""
    return Hold.objects.filter(state=Hold.State.IN_FORCE).select_related("by").first()


def is_held(publication: Publication) -> bool:
    """Whether it may not be sent now because everything is held and it was not let go."""
    hold = standing_hold()
    if hold is None or publication.does == Publication.Does.DELETE:
        return False
    let_go = Q(publication=publication.pk)
    if publication.submission_id is not None:
        let_go |= Q(submission=publication.submission_id)
    return not hold.releases.filter(let_go).exists()
