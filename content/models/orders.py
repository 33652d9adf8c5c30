"""The order to publish, change or take away a post of ours: what was approved, and nothing else (2.0, C.8)."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Post
from accounts.orders import Order
from accounts.platforms.api_client import same_text
from accounts.platforms.capabilities import Way
from accounts.platforms.client import Client
from accounts.platforms.contract import Draft, Gone, NotPossible, PlatformError, Sent
from content.lending import address_to_fetch
from content.models.files import MediaFile
from content.models.items import Item
from content.models.placements import Placement
from content.models.publications import Publication, digest_of

_CLOCKS = "interval '1 minute'"  # by which the application's clock may differ from the database's
_APPROVED = """
IF NOT EXISTS (
    SELECT FROM content_publication written JOIN content_approval approval ON approval.publication_id = written.id
    WHERE written.id = NEW.publication_id AND written.account_id = NEW.account_id AND written.state = 'approved'
        AND approval.digest = written.digest AND approval.by_id <> written.written_by_id
) THEN
    RAISE EXCEPTION 'pgtrigger: only what another member approved is published';
END IF;
RETURN NEW;
"""
# Judged where a call may reach the platform for the first time. An edit that comes before it has withdrawn the order.
_IN_TIME = f"""
IF EXISTS (
    SELECT FROM content_publication written JOIN content_submission handed ON handed.id = written.submission_id
    JOIN content_item item ON item.id = handed.item_id
    WHERE written.id = NEW.publication_id AND (
        item.submission_id <> handed.id OR item.revision_id <> handed.revision_id OR item.state <> 'scheduled'
        OR clock_timestamp() NOT BETWEEN handed.starts_at - {_CLOCKS} AND handed.ends_at + {_CLOCKS}
    )
) THEN
    RAISE EXCEPTION 'pgtrigger: published is what stands approved, within its time';
END IF;
RETURN NEW;
"""


class PublicationOrder(Order):
    """A call that carries out one approved publication."""

    RELATED = (
        "account", "publication__account", "publication__post", "publication__submission__item",
    )  # fmt: skip

    lease = timedelta(minutes=30)  # a video goes up in parts, and is looked after until the platform has digested it

    publication = models.OneToOneField(Publication, models.PROTECT, related_name="order")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(sent=False), name="waiting_publication_was_not_sent"
            ),
        ]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state__in=["waiting", "uncertain"]), name="pub_due"),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="pub_left"),
            models.Index(fields=["state"], condition=Q(state__in=["by_hand", "failed"]), name="pub_for_a_person"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="publication_order_stands", fields=["key", "account", "publication", "by", "act", "created_at"]
            ),
            pgtrigger.Trigger(
                name="only_what_is_approved", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_APPROVED
            ),
            pgtrigger.Trigger(
                name="only_within_its_time",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.sent AND NOT OLD.sent"),
                func=_IN_TIME,
            ),
        ]

    def __str__(self) -> str:
        return f"order of publication {self.publication_id}"

    def get_verb_display(self) -> str:
        """As people say it."""
        return str(self.publication.get_does_display())

    @property
    def item(self) -> Item | None:
        """The item that it publishes; None for a change of what stands."""
        submission = self.publication.submission
        return submission.item if submission else None

    def hold(self) -> None:
        """The item first: who edits, decides or withdraws it locks in this sequence too."""
        if self.item is not None:
            Item.objects.select_for_update().filter(pk=self.item.pk).first()

    def is_wanted(self) -> bool:
        """Whether the item still stands as it was approved, within its time."""
        submission = self.publication.submission
        if submission is None:
            return True
        item = Item.objects.get(pk=submission.item_id)
        standing = item.submission_id == submission.pk and item.revision_id == submission.revision_id
        in_time = submission.starts_at <= timezone.now() <= submission.ends_at
        return standing and in_time and item.state == Item.State.SCHEDULED

    @property
    def text(self) -> str:
        """What goes out in words."""
        return self.publication.text

    @property
    def call_name(self) -> str:
        """As limits name the call."""
        return str(self.publication.does)

    @property
    def act_name(self) -> str:
        """By what the post is made of."""
        return str(self.publication.act)

    def call(self, client: Client) -> Sent | None:
        """Publish, change or take away. What its table gives to a person's hands is not even tried."""
        cell, written = self.cell, self.publication
        if cell.way in {Way.BY_HAND, Way.NEVER}:
            raise NotPossible(cell.says or "The platform lets no application do this.", code="by-hand")
        post = written.post.remote_id if written.post else ""
        match written.does:
            case written.Does.PUBLISH:
                return client.publish(self.draft(checked=True))
            case written.Does.EDIT:
                client.edit_post(post, written.text)
            case written.Does.DELETE:
                client.delete_post(post)
        return None

    def draft(self, *, checked: bool = False) -> Draft:
        """What was approved, as a client takes it. `checked`: raises PlatformError when a file is not what it was."""
        written = self.publication
        files = list(written.files.all())
        if checked:
            _require_untouched(written, files)
        uploads = tuple(file.as_upload(address_to_fetch(file.pk)) for file in files)
        return Draft(written.form, written.text, written.title, written.link, uploads)

    def true_already(self, client: Client) -> Sent | bool:
        """Whether it stands there, with this text, or is gone."""
        written = self.publication
        if written.does == written.Does.PUBLISH:
            return client.published(self.draft(), since=self.created_at) or False
        try:
            found = client.post(written.post.remote_id if written.post else "")
        except Gone:
            return written.does == written.Does.DELETE
        return written.does == written.Does.EDIT and same_text(written.text, found.text)

    def gone(self, error: Gone) -> None:
        """What is gone needs no taking away."""
        if self.publication.does == Publication.Does.DELETE:
            self.end(self.State.DONE, outcome="The post is gone from the platform.", code="gone")
        else:
            super().gone(error)

    def finished(self) -> None:
        """What was published is a post of ours at once, and the item is out when nothing of it is left to do."""
        written = self.publication
        if self.item is not None:
            settle(self.item.pk)
        if self.state == self.State.DONE and self.remote_id and written.does == written.Does.PUBLISH:
            Post.objects.get_or_create(
                account=self.account,
                remote_id=self.remote_id,
                defaults={"text": written.text, "posted_at": self.done_at},
            )

    def get_absolute_url(self) -> str:
        """The publication's page."""
        return self.publication.get_absolute_url()

    def door(self, verb: str) -> str:
        """One address for the three."""
        return reverse("publication_order", args=[self.pk, verb])


def settle(item_id: int) -> None:
    """Note that an item is out, once every order and placement of it has ended and at least one of them is done.

    Needs the item locked. What failed is somebody's to retry or to take back: until then the item is not out whole.
    """
    item = Item.objects.get(pk=item_id)
    if item.state != Item.State.SCHEDULED:
        return
    orders = PublicationOrder.objects.filter(publication__submission=item.submission_id)
    places = Placement.objects.filter(submission=item.submission_id)
    states = [*orders.values_list("state", flat=True), *places.values_list("state", flat=True)]
    if set(states) <= {"done", "withdrawn"} and "done" in states:
        item.become(Item.State.PUBLISHED, verb="publish", by=None, published_at=timezone.now())
    elif states and set(states) == {"withdrawn"}:
        item.become(Item.State.WITHDRAWN, verb="withdraw", by=None)


def _require_untouched(written: Publication, files: list[MediaFile]) -> None:
    """Text, files and descriptions are still exactly those that were approved (2.0)."""
    for file in files:
        if _sha256(file.path) != file.digest:
            raise _altered("A file is")
    if digest_of(written, [[file.digest, file.alt] for file in files]) != bytes(written.digest):
        raise _altered("It is")


def _altered(what: str) -> PlatformError:
    return PlatformError(f"{what} not what was approved any more: nothing was sent.", code="altered", permanent=True)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
