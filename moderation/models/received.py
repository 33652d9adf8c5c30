"""What came in, as it came (idea 7, ruling 19): the bytes that everything later can be checked against."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from accounts.models import Account
from members.facts import Fact
from members.models import Member
from members.powers import Power
from moderation.packing import unpacked


class ReceivedPage(Fact):
    """One answer of a platform, or one webhook, that held something new: its hash, headers and time."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    call = models.CharField(max_length=60)
    digest = models.BinaryField()  # SHA-256 of the whole body
    size = models.BigIntegerField()  # bytes
    headers = models.JSONField(default=dict)
    received_at = models.DateTimeField()

    class Meta(Fact.Meta):
        indexes = [models.Index(fields=["account", "-received_at"])]

    def __str__(self) -> str:
        return f"{self.call} of {self.received_at}"


class ReceivedItem(Fact):
    """The own bytes of one item of a page, packed, where they stood and their SHA-256."""

    id = models.BigAutoField(primary_key=True)
    page = models.ForeignKey(ReceivedPage, models.PROTECT, related_name="items", db_index=False)
    offset = models.BigIntegerField()  # of the first byte in the page's body
    body = models.BinaryField()
    digest = models.BinaryField()

    def __str__(self) -> str:
        return f"item at {self.offset} of page {self.page_id}"

    @property
    def raw(self) -> bytes:
        """The bytes as received."""
        return unpacked(bytes(self.body))


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
