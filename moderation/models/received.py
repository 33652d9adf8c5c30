"""What came in, as it came (idea 7, ruling 19): the bytes that everything later can be checked against."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Account
from members.facts import Fact
from members.models import Member
from members.powers import Power
from moderation.models.webhooks import WebhookDelivery
from moderation.packing import apart, unpacked


class ReceivedPage(Fact):
    """One answer of a platform that held something new: its hash, headers and time, and the own bytes of what was new.

    The items of a page say the same words over and over: packed together they take two thirds of what they take alone.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    call = models.CharField(max_length=60)
    digest = models.BinaryField()  # SHA-256 of the whole body
    size = models.BigIntegerField()  # bytes
    headers = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    items = models.BinaryField(null=True)  # what was new (`packing.joined`), packed
    items_digest = models.BinaryField(null=True)  # SHA-256 of the same before it was packed

    class Meta(Fact.Meta):
        indexes = [models.Index(fields=["account", "-received_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(items__isnull=True, items_digest__isnull=True)
                | Q(items__isnull=False, items_digest__isnull=False),
                name="items_have_a_digest",
            )
        ]

    def __str__(self) -> str:
        return f"{self.call} of {self.received_at}"


@dataclass(frozen=True)
class ReceivedItem:
    """The own bytes of one item, where they stood in what brought them, and what that was.

    `digest` is their SHA-256; empty where what brought them has no longer the digest taken when it came, so that no
    check of them agrees.
    """

    raw: bytes
    offset: int  # of the first byte in the whole body
    digest: bytes
    page: ReceivedPage | WebhookDelivery


class AsReceived(models.Model):
    """What stands on the bytes of one item: of a page, or of a delivery, which is kept whole."""

    page = models.ForeignKey(ReceivedPage, models.PROTECT, null=True, related_name="+", db_index=False)
    delivery = models.ForeignKey(WebhookDelivery, models.PROTECT, null=True, related_name="+", db_index=False)
    place = models.IntegerField(null=True)  # which of the page's items; in a delivery, the offset of its first byte
    length = models.IntegerField(null=True)  # bytes, in a delivery

    class Meta:
        abstract = True

    def bytes_kept(self) -> ReceivedItem | None:
        """The bytes; None where nothing came that could be kept (a look that found it gone)."""
        if self.delivery is not None and self.place is not None:
            whole = self.delivery.raw
            raw, offset = whole[self.place : self.place + (self.length or 0)], self.place
            return _item(raw, offset, whole, self.delivery.digest, self.delivery)
        if self.page is not None and self.place is not None:
            together = unpacked(bytes(self.page.items or b""))
            offset, raw = apart(together)[self.place]
            return _item(raw, offset, together, self.page.items_digest, self.page)
        return None


def _item(raw: bytes, offset: int, whole: bytes, kept: Any, page: ReceivedPage | WebhookDelivery) -> ReceivedItem:
    agrees = hashlib.sha256(whole).digest() == bytes(kept)
    return ReceivedItem(raw, offset, hashlib.sha256(raw).digest() if agrees else b"", page)


def stands_in_one(name: str, *, perhaps: bool = False) -> models.CheckConstraint:
    """Each row stands on a page's item or on a piece of a delivery; `perhaps`: or on nothing."""
    of_page = Q(page__isnull=False, place__isnull=False, delivery__isnull=True, length__isnull=True)
    told = Q(page__isnull=True, place__isnull=False, delivery__isnull=False, length__isnull=False)
    nothing = Q(page__isnull=True, place__isnull=True, delivery__isnull=True, length__isnull=True)
    return models.CheckConstraint(condition=of_page | told | nothing if perhaps else of_page | told, name=name)


class ReceivedBody(Fact):
    """A whole body: of a webhook, or of an answer that could not be read."""

    page = models.OneToOneField(ReceivedPage, models.PROTECT, related_name="whole")
    body = models.BinaryField()

    def __str__(self) -> str:
        return f"body of page {self.page_id}"

    @property
    def raw(self) -> bytes:
        """The bytes as received."""
        return unpacked(bytes(self.body))


class SetAsideQuerySet(models.QuerySet["SetAside"]):
    """Questions about what was set aside."""

    def visible_to(self, member: Member) -> SetAsideQuerySet:
        """Every member sees that something could not be read."""
        return self if member.may(Power.READ_UNIT) else self.none()


class SetAside(Fact):
    """Something that could not be read or taken in: its bytes and the reason, for a person to look at."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="set_aside")
    page = models.ForeignKey(ReceivedPage, models.PROTECT, related_name="set_aside", null=True)
    offset = models.BigIntegerField(default=0)
    body = models.BinaryField()  # zlib
    digest = models.BinaryField()
    size = models.BigIntegerField()
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    objects = SetAsideQuerySet.as_manager()

    class Meta(Fact.Meta):
        verbose_name_plural = "items set aside"
        constraints = [
            # The same broken item is read again with every poll; it is kept once.
            models.UniqueConstraint(fields=["account", "digest"], name="one_set_aside_a_digest"),
        ]

    def __str__(self) -> str:
        return f"set aside {self.pk}: {self.reason}"

    @property
    def raw(self) -> bytes:
        """The bytes as received."""
        return unpacked(bytes(self.body))
