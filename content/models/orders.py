"""The order to publish, change or take away a post of ours: what was approved, and nothing else (2.0, C.8)."""

from __future__ import annotations

from datetime import timedelta

import pgtrigger
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts import hints
from accounts.models import Post
from accounts.orders import RECONNECT, Order, Rests
from accounts.platforms.api_client import same_text
from accounts.platforms.capabilities import Way
from accounts.platforms.client import Client
from accounts.platforms.contract import Draft, Gone, NotPossible, Sent
from content.lending import address_to_fetch
from content.models.holds import BARRIER, IS_HELD, is_held
from content.models.items import Item
from content.models.placements import Placement
from content.models.publications import Publication

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
{IS_HELD}
RETURN NEW;
"""
TIME_IS_OVER = "Its time was over before it was sent: nothing goes out late."
WITHIN = timedelta(days=90)  # longer than an order is open: what was made before it was ordered is no outcome of it
HELD = "Everything is held: it waits until it is let go."
TOO_EARLY = "Its time has not come."
HELD_FOR = timedelta(minutes=1)  # how soon what is held is looked at again; who lets it go has it looked at at once
CLOCKS_DIFFER = "The clocks of this product and of its database differ: it waits until they agree."


class PublicationOrder(Order):
    """A call that carries out one approved publication."""

    RELATED = (
        "account", "publication__account", "publication__post", "publication__submission__item",
    )  # fmt: skip

    lease = timedelta(minutes=30)  # a video goes up in parts, and is looked after until the platform has digested it

    # Close together at first: it is due at a minute, and takes several calls, any of which may fail.
    retries = (1, 2, 3, 5, 8, 15, 30, 60, 180, 600)

    publication = models.OneToOneField(Publication, models.PROTECT, related_name="order")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(sent=False), name="waiting_publication_was_not_sent"
            ),
            # A post that stands is the outcome of one order: of two with the same text, each has its own.
            models.UniqueConstraint(
                fields=["account", "remote_id"], condition=~Q(remote_id=""), name="one_order_made_a_post"
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
        """Whether the item still stands as it was approved, and its time is not over."""
        submission = self.publication.submission
        if submission is None:
            return True
        item = Item.objects.get(pk=submission.item_id)
        standing = item.submission_id == submission.pk and item.revision_id == submission.revision_id
        return standing and timezone.now() <= submission.ends_at and item.state == Item.State.SCHEDULED

    def why_unwanted(self) -> str:
        """That its time was over, where it was: late, nothing is published (ruling 11)."""
        submission = self.publication.submission
        if submission is not None and timezone.now() > submission.ends_at:
            return TIME_IS_OVER
        return super().why_unwanted()

    def put_off(self, outcome: str, *, code: str = "") -> None:
        """As any order; and a worker is told at once when it is to be tried again: a minute is not long."""
        super().put_off(outcome, code=code)
        if self.state in {self.State.WAITING, self.State.UNCERTAIN}:
            hints.ordered(self)

    # --- what must wait, and what must not be sent ---

    def require_sendable(self) -> None:
        """What held when it was approved is asked once more: files, mark, rights, hashtags, limits, links."""
        from content import rechecking  # it reads what stands above the orders

        rechecking.require_sendable(self)

    def _require_its_moment(self) -> None:
        submission = self.publication.submission
        if submission is not None and timezone.now() < submission.starts_at:
            raise Rests(TOO_EARLY, until=submission.starts_at, code="early")
        if is_held(self.publication):
            raise Rests(HELD, until=timezone.now() + HELD_FOR, code="held")

    def is_hindered(self) -> bool:
        """As any order; moreover while everything is held, and before its time, should the clock have gone back."""
        if not self.sent:
            try:
                self._require_its_moment()
            except Rests as rest:
                self._postpone(rest.until, str(rest), rest.code)
                return True
        return super().is_hindered()

    def about_to_call(self) -> bool:
        """As any order. Raises Rests while everything is held or its time has not come, by either clock.

        Who places a hold waits until this is committed, and this for him: nothing begins to be sent afterwards.
        """
        was_sent = self.sent
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SELECT pg_advisory_xact_lock_shared({BARRIER})")
                self._require_its_moment()
                if not self.is_wanted():  # looking at its links took so long, or somebody changed it meanwhile
                    raise Rests(self.why_unwanted(), until=timezone.now(), code="late")
                return super().about_to_call()
        except DatabaseError as error:  # the database judges by its own clock
            self.sent = was_sent
            if "published is what stands approved" not in str(error):
                raise
            raise Rests(CLOCKS_DIFFER, until=timezone.now() + RECONNECT, code="clock") from error

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
                return client.publish(self.draft())
            case written.Does.EDIT:
                client.edit_post(post, written.text)
            case written.Does.DELETE:
                client.delete_post(post)
        return None

    def draft(self) -> Draft:
        """What was approved, as a client takes it."""
        written = self.publication
        uploads = tuple(file.as_upload(address_to_fetch(file.pk)) for file in written.files.all())
        return Draft(written.form, written.text, written.title, written.link, uploads, self._of_others())

    def _of_others(self) -> frozenset[str]:
        """The posts of the account that are the outcome of other orders."""
        others = PublicationOrder.objects.filter(account=self.account_id, created_at__gte=self.created_at - WITHIN)
        return frozenset(others.exclude(pk=self.pk).exclude(remote_id="").values_list("remote_id", flat=True))

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
        from content import telling  # it knows who approves, above the orders

        telling.of_outcome(self)
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
        over = item.submission is not None and item.submission.ends_at < timezone.now()
        state, verb = (Item.State.EXPIRED, "expire") if over else (Item.State.WITHDRAWN, "withdraw")
        item.become(state, verb=verb, by=None)
