"""Free words that another member looks at before they are sent (ruling 1; clauses.md, second table).

What a level's setting asks a second look for is kept as a draft; the order to send it comes with the other's yes. What
stands under a post of ours and answers nobody is looked at as the corrections are that stand beside it (4.L5).
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, Post
from members.authority import refused
from members.facts import Narrow
from members.models import Member
from members.powers import Power
from members.states import Invalid, Refused, Stateful
from moderation.models.comments import Comment
from moderation.models.grades import Grade

# The levels whose free words are looked at, by the version of the grading system that is in force.
_ASKED_FOR = """
SELECT row.level FROM moderation_gradinglevel row WHERE row.second_look AND row.level < 6 AND row.system_id = (
    SELECT id FROM moderation_gradingsystem WHERE effective_from <= clock_timestamp() ORDER BY version DESC LIMIT 1
)
"""

_LOOKED_AT = """
IF NEW.level IN (ASKED_FOR_) AND NOT EXISTS (
    SELECT FROM moderation_replydraft draft WHERE draft.id = NEW.draft_id AND draft.state = 'approved'
        AND draft.verb = 'reply' AND draft.comment_id = NEW.comment_id AND draft.text = NEW.text
) THEN
    RISE_ 'pgtrigger: a free reply at this level is looked at by another member first';
END IF;
RETURN NEW;
""".replace("RISE_", "RAISE EXCEPTION").replace("ASKED_FOR_", _ASKED_FOR)

# Of what our own comment answers: the order that sent it, or what it stands under; else nobody.
_MEASURE_LOOKED_AT = """
IF NEW.verb = 'edit_own' THEN
    SELECT array_agg(found.level) INTO answers FROM (
        SELECT sent.level FROM moderation_comment ours JOIN moderation_commentorder sent
            ON sent.account_id = ours.account_id AND sent.remote_id = ours.remote_id AND sent.verb = 'reply'
        WHERE ours.id = NEW.comment_id
        UNION ALL
        SELECT standing.level FROM moderation_comment ours JOIN moderation_measure sent
            ON sent.account_id = ours.account_id AND sent.remote_id = ours.remote_id AND sent.verb = 'comment'
        JOIN moderation_case standing ON standing.comment_id = sent.comment_id
        WHERE ours.id = NEW.comment_id
        UNION ALL
        SELECT standing.level FROM moderation_comment ours JOIN moderation_comment above
            ON above.account_id = ours.account_id AND above.remote_id = ours.parent_remote_id AND NOT above.ours
        JOIN moderation_case standing ON standing.comment_id = above.id
        WHERE ours.id = NEW.comment_id AND ours.parent_remote_id <> ''
    ) found;
ELSIF NEW.comment_id IS NOT NULL THEN
    answers := ARRAY[(SELECT standing.level FROM moderation_case standing WHERE standing.comment_id = NEW.comment_id)];
END IF;
IF NEW.verb = 'edit_own' AND answers && ARRAY[7, 8] THEN
    RISE_ 'pgtrigger: what we said under a level 7 or 8 is taken away, and not changed';
END IF;
IF (answers IS NULL AND 5 IN (ASKED_FOR_) OR answers && ARRAY(ASKED_FOR_)::integer[]) AND NOT EXISTS (
    SELECT FROM moderation_replydraft draft WHERE draft.id = NEW.draft_id AND draft.state = 'approved'
        AND draft.verb = NEW.verb AND draft.text = NEW.text AND CASE
            WHEN NEW.verb = 'edit_own' THEN draft.own_id = NEW.comment_id
            WHEN NEW.comment_id IS NULL THEN draft.comment_id IS NULL AND draft.post_id = NEW.post_id
            ELSE draft.comment_id = NEW.comment_id
        END
) THEN
    RISE_ 'pgtrigger: free words at this level are looked at by another member first';
END IF;
RETURN NEW;
""".replace("RISE_", "RAISE EXCEPTION").replace("ASKED_FOR_", _ASKED_FOR)


def looked_at_first() -> pgtrigger.Trigger:
    """The wall on the orders to reply: free words at a level that asks for it come with another's approval."""
    return pgtrigger.Trigger(
        name="free_reply_is_looked_at",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Q(new__verb="reply", new__prepared=False),
        func=_LOOKED_AT,
    )


def measure_looked_at_first() -> pgtrigger.Trigger:
    """The same wall on private messages, on comments of our own and on changes of what was sent."""
    return pgtrigger.Trigger(
        name="free_words_are_looked_at",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Q(new__verb__in=["message", "comment", "edit_own"], new__prepared=False),
        declare=[("answers", "integer[]")],
        func=_MEASURE_LOOKED_AT,
    )


class DraftQuerySet(models.QuerySet["ReplyDraft"]):
    """Questions about drafts."""

    def visible_to(self, member: Member) -> DraftQuerySet:
        """Every member of the unit sees what is to be said in its name."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def open(self) -> DraftQuerySet:
        """Those that wait for a second look."""
        return self.filter(state=ReplyDraft.State.ASKED)


class ReplyDraft(Narrow, Stateful):
    """A text that a member wants to send about a comment, as he wrote it; another says yes, or returns it."""

    class Verb(models.TextChoices):
        """The order that it becomes, named as the platform clients' calls."""

        REPLY = "reply", "reply"
        MESSAGE = "message", "private message"
        COMMENT = "comment", "comment under our post"
        EDIT_OWN = "edit_own", "change of our answer"

    class State(models.TextChoices):
        """Decided once; a returned one is written anew as another draft."""

        ASKED = "asked", "waits for a second look"
        APPROVED = "approved", "approved"
        RETURNED = "returned", "returned"
        WITHDRAWN = "withdrawn", "withdrawn"

    MOVES = {State.ASKED: {State.APPROVED, State.RETURNED, State.WITHDRAWN}}
    VERBS = {"approve": State.APPROVED, "return": State.RETURNED, "withdraw": State.WITHDRAWN}

    key = models.CharField("idempotency key", max_length=80, unique=True)
    comment = models.ForeignKey(Comment, models.PROTECT, null=True, related_name="drafts")
    grade = models.ForeignKey(Grade, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")  # where no comment is answered
    verb = models.CharField(max_length=10, choices=Verb)
    own = models.ForeignKey(Comment, models.PROTECT, null=True, related_name="+")  # our answer, which it changes
    text = models.TextField()
    state = models.CharField(max_length=20, choices=State, default=State.ASKED, editable=False)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = "draft"
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], condition=Q(state="asked"), name="draft_asked")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="draft_has_a_text"),
            models.CheckConstraint(
                condition=Q(verb="edit_own", own__isnull=False) | (~Q(verb="edit_own") & Q(own__isnull=True)),
                name="draft_of_a_change_names_our_answer",
            ),
            models.CheckConstraint(
                condition=Q(comment__isnull=False, grade__isnull=False, post__isnull=True)
                | Q(verb="comment", comment__isnull=True, grade__isnull=True, post__isnull=False)
                | Q(verb="edit_own", comment__isnull=True, grade__isnull=True, post__isnull=True),
                name="draft_answers_a_grade_or_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("by")) | Q(state="withdrawn"), name="nobody_looks_at_his_own_draft"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "withdrawn"])
                | Q(state="approved", decided_by__isnull=False, decided_at__isnull=False)
                | (Q(state="returned", decided_by__isnull=False, decided_at__isnull=False) & ~Q(why="")),
                name="draft_is_decided_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["comment", "verb"], condition=Q(state="asked"), name="one_open_draft_a_comment_and_verb"
            ),
            models.UniqueConstraint(
                fields=["own"],
                condition=Q(state="asked", comment__isnull=True),
                name="one_open_draft_a_comment_of_ours",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="draft_stands_as_written",
                fields=["key", "comment", "grade", "post", "verb", "own", "text", "by", "at"],
            ),
            pgtrigger.Protect(
                name="draft_is_decided_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'asked'"),
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("second_look", args=[self.pk])

    @property
    def account(self) -> Account:
        """In whose name it would be said."""
        about = self.comment or self.own or self.post
        assert about is not None  # noqa: S101  (the database holds that one is named)
        return about.account

    def may_approve(self, member: Member) -> bool:
        """Any other member."""
        return member.pk != self.by_id and member.may(Power.SECOND_LOOK)

    may_return = may_approve

    def may_withdraw(self, member: Member) -> bool:
        """Whoever wrote it."""
        return member.pk == self.by_id

    def require(self, by: Member) -> None:
        """Raises Refused to whoever does not look at this."""
        if by.pk == self.by_id:
            raise Refused("You wrote this: another member looks at it before it is sent.")
        if not self.may_approve(by):
            raise refused(Power.SECOND_LOOK)

    def decide(self, state: str, *, verb: str, by: Member, why: str = "") -> None:
        """Approved or returned. What follows is ordered by `second_looks`. Raises Refused, Invalid, WrongState."""
        self.require(by)
        if state == self.State.RETURNED and not why.strip():
            raise Invalid("Say what is to be changed: it goes back to who wrote it.", "reason")
        self.become(state, verb=verb, by=by, decided_by=by, decided_at=timezone.now(), why=why.strip())
