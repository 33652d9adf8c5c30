"""What the platforms sent by themselves (ruling 34): each body once, as it came; what became of it; how much."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models import Account
from accounts.platforms.contract import Platform
from members.authority import require
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from members.states import WrongState, record
from moderation.packing import OF_A_DELIVERY, packed, unpacked

LEASE = timedelta(minutes=2)  # longer than a worker needs for one delivery, with a direct look at what it tells of

# One statement, so that nothing is ever kept without its work. The same body again changes nothing.
_KEEP = """
WITH kept AS (
    INSERT INTO moderation_webhookdelivery (sender, digest, size, letter, received_at)
    VALUES (%s, %s, %s, %s, %s) ON CONFLICT (sender, digest) DO NOTHING RETURNING id
)
INSERT INTO moderation_webhookwork (delivery_id, state, next_at, tries, changes, trouble)
SELECT id, %s, %s, 0, 0, '' FROM kept RETURNING delivery_id
"""

_COUNT = """
INSERT INTO moderation_webhookcount AS known (platform, words, outcome, remote_id, count, last_at, last_id)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (platform, words, outcome, remote_id) DO UPDATE SET
    count = known.count + excluded.count, last_at = greatest(known.last_at, excluded.last_at),
    last_id = greatest(known.last_id, excluded.last_id)
"""

_GONE = """
INSERT INTO moderation_gonebefore AS known (account_id, remote_id, at)
SELECT %s, name, %s FROM unnest(%s::text[]) AS name
ON CONFLICT (account_id, remote_id) DO UPDATE SET at = greatest(known.at, excluded.at)
"""

_GONE_SINCE = (
    "SELECT remote_id, at FROM moderation_gonebefore WHERE account_id = %s AND remote_id = ANY(%s) AND at >= %s"
)


class WebhookDeliveryQuerySet(models.QuerySet["WebhookDelivery"]):
    """Questions about deliveries."""

    def visible_to(self, member: Member) -> WebhookDeliveryQuerySet:
        """What came and could not be taken in is looked after by those who look after what was set aside."""
        return self if member.may(Power.SETTLE_SET_ASIDE) else self.none()


class WebhookDelivery(Fact):
    """One body that a platform sent and signed, to the byte, with its headers. `sender` is who signed it."""

    id = models.BigAutoField(primary_key=True)
    sender = models.CharField(max_length=40)
    digest = models.BinaryField()  # SHA-256 of the body
    size = models.BigIntegerField()  # bytes
    letter = models.BinaryField()  # packed: a line of JSON, the headers; then the body
    received_at = models.DateTimeField()

    objects = WebhookDeliveryQuerySet.as_manager()
    work: WebhookWork

    class Meta(Fact.Meta):
        verbose_name_plural = "webhook deliveries"
        constraints = [models.UniqueConstraint(fields=["sender", "digest"], name="one_delivery_a_body")]

    def __str__(self) -> str:
        return f"delivery {self.pk} of {self.sender}"

    @cached_property
    def raw(self) -> bytes:
        """The body as received."""
        return unpacked(bytes(self.letter)).partition(b"\n")[2]

    @cached_property
    def headers(self) -> dict[str, str]:
        """The headers that it came with, as far as they are kept: the signature among them."""
        read: dict[str, str] = json.loads(unpacked(bytes(self.letter)).partition(b"\n")[0])
        return read

    @staticmethod
    def keep(sender: str, body: bytes, headers: dict[str, str], *, done: bool = False) -> int | None:
        """Store a body with its work still to do (`done`: none is left); None when it came before (ruling 34)."""
        now = timezone.now()
        digest = hashlib.sha256(body).digest()
        state = WebhookWork.State.DONE if done else WebhookWork.State.WAITING
        letter = packed(json.dumps(headers).encode() + b"\n" + body, OF_A_DELIVERY)
        values = (sender, digest, len(body), letter, now, state, now)
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, values)
            row = cursor.fetchone()
        return int(row[0]) if row else None


class WebhookWork(Narrow):
    """What became of a delivery: the narrow row that a worker changes."""

    class State(models.TextChoices):
        """A delivery's life."""

        WAITING = "waiting", "waiting"
        DONE = "done", "taken in"
        FAILED = "failed", "given up"

    delivery = models.OneToOneField(WebhookDelivery, models.PROTECT, primary_key=True, related_name="work")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    next_at = models.DateTimeField()  # when a worker may take it
    lease_until = models.DateTimeField(null=True)  # a worker has it until then
    tries = models.IntegerField(default=0)
    changes = models.IntegerField(default=0)  # that it told
    trouble = models.TextField(blank=True)  # what could not be read or done, in a sentence
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "delivery"
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="webhook_waiting"),
            models.Index(fields=["-delivery"], condition=~Q(trouble=""), name="webhook_in_trouble"),
        ]

    def __str__(self) -> str:
        return f"work on delivery {self.pk}"

    @classmethod
    def due(cls, now: datetime) -> models.QuerySet[WebhookWork]:
        """What a worker may take: waiting, past its time, in nobody's hands any more."""
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
        return cls.objects.filter(free, state=cls.State.WAITING, next_at__lte=now)

    @classmethod
    def claim_next(cls) -> WebhookWork | None:
        """The oldest delivery that is due, by a lease; two workers never get the same."""
        with transaction.atomic():
            now = timezone.now()
            found = cls.due(now).select_for_update(skip_locked=True).order_by("next_at", "pk").first()
            if found is None:
                return None
            found.lease_until, found.tries = now + LEASE, found.tries + 1
            found.save(update_fields=["lease_until", "tries"])
        return found

    def _settle(self, **changes: Any) -> bool:
        """Write while the lease is ours: whoever lost it leaves the row to its successor."""
        mine = type(self).objects.filter(pk=self.pk, lease_until=self.lease_until, state=self.State.WAITING)
        return bool(mine.update(lease_until=None, **changes))

    def renew(self) -> bool:
        """Hold it for longer. False when it was lost."""
        before, self.lease_until = self.lease_until, timezone.now() + LEASE
        mine = type(self).objects.filter(pk=self.pk, lease_until=before, state=self.State.WAITING)
        return bool(mine.update(lease_until=self.lease_until))

    def finish(
        self, *, counts: dict[tuple[str, str, str, str], int], trouble: str = "", given_up: bool = False
    ) -> None:
        """It is taken in, or given up, and counted: once, however often it was tried."""
        now = timezone.now()
        state = self.State.FAILED if given_up else self.State.DONE
        with transaction.atomic():
            told = {"changes": sum(counts.values()), "trouble": trouble, "done_at": now}
            if not self._settle(state=state, **told):
                return
            with connection.cursor() as cursor:
                for key, count in sorted(counts.items()):
                    cursor.execute(_COUNT, (*key, count, now, self.pk))

    def try_again(self, *, by: Member, at: datetime) -> None:
        """Let a worker take in anew what was given up. Raises Refused, and WrongState where it was not given up."""
        require(by, Power.SETTLE_SET_ASIDE)
        with transaction.atomic():
            given_up = type(self).objects.filter(pk=self.pk, state=self.State.FAILED)
            if not given_up.update(state=self.State.WAITING, tries=0, next_at=at, done_at=None):
                raise WrongState(self, "take_in_anew")
            record("take_in_anew", self, by=by, before=self.State.FAILED, after=self.State.WAITING)

    def put_off(self, until: datetime, trouble: str) -> None:
        """Something of it is still to be done, not before `until`."""
        self._settle(next_at=until, trouble=trouble)


class WebhookCount(Narrow):
    """How often a kind of change came, and what became of it; the newest delivery that told it can be looked at."""

    class Outcome(models.TextChoices):
        """What became of a change."""

        TAKEN = "taken", "taken in"
        QUIET = "quiet", "nothing that anybody wrote"
        UNKNOWN = "unknown", "not understood"
        STRANGER = "stranger", "of an account that is not ours"

    platform = models.CharField(max_length=40)  # as named, where it is none that we know
    words = models.CharField(max_length=120)  # field, item and verb, in the platform's words
    outcome = models.CharField(max_length=10, choices=Outcome)
    remote_id = models.CharField(max_length=80, blank=True)  # the account, where it is not ours
    count = models.BigIntegerField()
    last_at = models.DateTimeField()
    last = models.ForeignKey(WebhookDelivery, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["platform", "words", "outcome", "remote_id"], name="one_count_a_change")
        ]

    def __str__(self) -> str:
        return f"{self.platform} {self.words}"

    @property
    def platform_shown(self) -> str:
        """The platform's name, or what was named in its place."""
        return str(Platform(self.platform).label) if self.platform in Platform.values else self.platform or "unnamed"


class GoneBefore(Narrow):
    """A comment that was told to be gone before it was here; should it still come, it came late."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    remote_id = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "remote_id"], name="one_gone_before_a_comment")]

    def __str__(self) -> str:
        return f"{self.remote_id} of account {self.account_id}, gone before it came"

    @staticmethod
    def note(cursor: Any, account: Account, names: list[str], at: datetime) -> None:
        """Keep that these are gone."""
        cursor.execute(_GONE, (account.pk, at, sorted(names)))

    @staticmethod
    def among(cursor: Any, account: Account, names: list[str], at: datetime) -> dict[str, datetime]:
        """Of these, as they were at `at`, which were told to be gone since, and when."""
        cursor.execute(_GONE_SINCE, (account.pk, names, at))
        return dict(cursor.fetchall())
