"""What is to be published, changed or taken away on one account, and who approved it (2.0).

A publication is never edited: what is approved is what goes out, to the byte. Another text is another publication.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
import rfc8785
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, Post
from accounts.platforms.capabilities import Act
from accounts.platforms.contract import Form
from content.models.submissions import Submission
from members.authority import only, refused
from members.deciding import decided_by_who_may
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from members.states import Invalid, Refused, Stateful

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from content.models.files import MediaFile
    from content.models.orders import PublicationOrder

_APPROVER = """
IF EXISTS (
    SELECT FROM content_publication written WHERE written.id = NEW.publication_id AND written.submission_id IS NOT NULL
        AND NOT EXISTS (
            SELECT FROM content_verdict verdict JOIN content_submission handed ON handed.id = verdict.submission_id
            WHERE handed.id = written.submission_id AND verdict.verdict = 'approve'
                AND verdict.digest = handed.digest AND verdict.by_id = NEW.by_id
        )
) THEN
    RAISE EXCEPTION 'pgtrigger: what was handed in whole is approved whole';
END IF;
IF NEW.by_id = (SELECT written_by_id FROM content_publication WHERE id = NEW.publication_id)
    OR NEW.digest <> (SELECT digest FROM content_publication WHERE id = NEW.publication_id) THEN
    RAISE EXCEPTION 'pgtrigger: another member approves exactly what was written';
END IF;
RETURN NEW;
"""


_SCENE = f"""
IF (SELECT active_scene FROM content_publication WHERE id = NEW.publication_id) THEN
    {decided_by_who_may(Power.APPROVE_ACTIVE_SCENES)}
ELSE
    {decided_by_who_may(Power.APPROVE_CONTENT)}
END IF;
RETURN NEW;
"""  # noqa: S608  (nothing of it comes from outside)


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Questions about publications."""

    def visible_to(self, member: Member) -> PublicationQuerySet:
        """Every member of the unit sees what is to be published."""
        return self if member.may(Power.READ_UNIT) else self.none()


class Publication(Narrow, Stateful):
    """A post of ours that is to stand on an account, or the change or end of one that stands there."""

    class Does(models.TextChoices):
        """Named as the platform clients' calls."""

        PUBLISH = "publish", "publish"
        EDIT = "edit_post", "change the text of our post"
        DELETE = "delete_post", "take our post away"

    class State(models.TextChoices):
        """Decided once; what comes of an approval stands on its order."""

        WRITTEN = "written", "waits for approval"
        APPROVED = "approved", "approved"
        RETURNED = "returned", "returned"
        WITHDRAWN = "withdrawn", "withdrawn"

    MOVES = {State.WRITTEN: {State.APPROVED, State.RETURNED, State.WITHDRAWN}}
    VERBS: ClassVar[dict[str, str]] = {
        "approve": State.APPROVED,
        "return_it": State.RETURNED,
        "withdraw": State.WITHDRAWN,
    }

    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="publications")  # of a new post
    account = models.ForeignKey(Account, models.PROTECT, related_name="publications")
    does = models.CharField(max_length=20, choices=Does)
    form = models.CharField(max_length=10, choices=Form, blank=True)  # of what is published
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")  # what is changed or taken away
    text = models.TextField(blank=True)
    title = models.TextField(blank=True)
    link = models.TextField(blank=True)
    why = models.TextField(blank=True)  # what it is for, in the writer's words
    active_scene = models.BooleanField(default=False)  # the words of a change suggest one: the Commander alone (2.E)
    digest = models.BinaryField()  # SHA-256 of all that goes out
    state = models.CharField(max_length=20, choices=State, default=State.WRITTEN, editable=False)
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    returned_because = models.TextField(blank=True)

    objects = PublicationQuerySet.as_manager()
    files: RelatedManager[MediaFile]
    order: PublicationOrder

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "account"], name="one_publication_an_account"),
            models.CheckConstraint(
                condition=Q(does="publish", post__isnull=True, form__in=Form.values)
                | Q(does__in=["edit_post", "delete_post"], post__isnull=False, form=""),
                name="publication_names_what_it_does",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="what_was_written_stands", exclude=["state", "returned_because"]),
            pgtrigger.Protect(
                name="content_is_decided_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'written'"),
            ),
            pgtrigger.Trigger(
                name="a_new_post_was_handed_in",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.does = 'publish' AND NEW.submission_id IS NULL"),
                func="RAISE EXCEPTION 'pgtrigger: a new post comes of an item that was handed in';",
            ),
            pgtrigger.Trigger(
                name="joins_nothing_decided",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.submission_id IS NOT NULL"),
                func="""
                IF EXISTS (SELECT FROM content_verdict WHERE submission_id = NEW.submission_id) THEN
                    RAISE EXCEPTION 'pgtrigger: nothing joins what was decided';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="approved_means_an_approval",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.state = 'approved'"),
                func="""
                IF NOT EXISTS (
                    SELECT FROM content_approval WHERE publication_id = NEW.id AND digest = NEW.digest
                ) THEN
                    RAISE EXCEPTION 'pgtrigger: approved means an approval of exactly this';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"publication {self.pk}"

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("publication", args=[self.pk])

    @property
    def seen_as(self) -> str:
        """Its digest as a page shows it and a form brings it back."""
        return bytes(self.digest).hex()

    @property
    def act(self) -> Act:
        """Its row in the table of capabilities."""
        return Act(f"publish_{self.form}") if self.does == self.Does.PUBLISH else Act(self.does)

    @property
    def is_change(self) -> bool:
        """Whether it changes a post that stands, and is decided by itself."""
        return self.submission_id is None

    @property
    def approved_by(self) -> Power:
        """What whoever approves it must be able to."""
        return Power.APPROVE_ACTIVE_SCENES if self.active_scene else Power.APPROVE_CONTENT

    # --- who may ---

    def may_approve(self, member: Member) -> bool:
        """Commander or designee, of an active scene the Commander alone; nobody what he wrote himself (2.0, 2.E).

        A new post is decided with its item.
        """
        return self.is_change and member.may(self.approved_by) and member.pk != self.written_by_id

    may_return_it = may_approve

    def may_withdraw(self, member: Member) -> bool:
        """Whoever wrote it, and whoever decides."""
        return self.is_change and (member.pk == self.written_by_id or self.may_approve(member))

    def require_second(self, member: Member) -> None:
        """Raises Refused unless `member` may decide this."""
        if not self.is_change:
            raise Refused("It is one part of an item, which is decided whole.")
        if not self.may_approve(member):
            own = member.pk == self.written_by_id
            raise Refused("Nobody approves what he wrote himself.") if own else refused(self.approved_by)

    # --- verbs ---

    def return_it(self, why: str, *, by: Member) -> None:
        """Give it back to its writer. Raises Refused, Invalid (no reason), WrongState."""
        self.require_second(by)
        if not why.strip():
            raise Invalid("Say what is to be changed.", "reason")
        self.become(self.State.RETURNED, verb="return", by=by, returned_because=why.strip())

    def withdraw(self, *, by: Member) -> None:
        """Take it back before it is decided. Raises Refused, WrongState."""
        if not self.may_withdraw(by):
            raise Refused(f"Only who wrote it takes it back. {only(Power.APPROVE_CONTENT)}")
        self.become(self.State.WITHDRAWN, verb="withdraw", by=by)


class Approval(Fact):
    """That a member approved exactly this: the digest stands for text, files and descriptions (2.0)."""

    publication = models.OneToOneField(Publication, models.PROTECT, related_name="approval")
    digest = models.BinaryField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="another_approves_exactly_this",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_APPROVER,
            ),
            pgtrigger.Trigger(
                name="approved_by_who_may",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_SCENE,
            ),
        ]

    def __str__(self) -> str:
        return f"approval of publication {self.publication_id}"


def digest_of(written: Publication, files: list[list[str]]) -> bytes:
    """SHA-256 of all that goes out, as canonical JSON; `files` are pairs of digest and description, in their order."""
    whole = {
        "account": [written.account.platform, written.account.remote_id],
        "does": written.does,
        "form": written.form,
        "post": written.post.remote_id if written.post else "",
        "text": written.text,
        "title": written.title,
        "link": written.link,
        "files": files,
    }
    return hashlib.sha256(rfc8785.dumps(whole)).digest()
