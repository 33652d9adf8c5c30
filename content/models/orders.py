"""The order to publish, change or take away a post of ours: what was approved, and nothing else (2.0, C.8)."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Post
from accounts.orders import Order
from accounts.platforms.api_client import same_text
from accounts.platforms.capabilities import Way
from accounts.platforms.client import Client
from accounts.platforms.contract import Draft, Gone, NotPossible, PlatformError, Sent
from content.lending import address_to_fetch
from content.models.files import MediaFile
from content.models.publications import Publication, digest_of

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


class PublicationOrder(Order):
    """A call that carries out one approved publication."""

    RELATED = ("account", "publication__account", "publication__post")

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
        ]

    def __str__(self) -> str:
        return f"order of publication {self.publication_id}"

    def get_verb_display(self) -> str:
        """As people say it."""
        return str(self.publication.get_does_display())

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
        """What was published is a post of ours at once: it can be changed or taken away before it is read again."""
        written = self.publication
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
