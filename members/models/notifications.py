"""What members are told, and by which ways: in the product, by e-mail, by a service (Apprise)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.facts import Narrow
from members.models.member import Member
from members.secrets import SecretField


class Kind(models.TextChoices):
    """What a notification is about. Later rooms of the house add theirs; a threat cannot be muted (ruling 2)."""

    THREAT = "threat", "Threats"
    AUTHORITY = "authority", "Powers, designations and positions"
    MEMBERS = "members", "Members who come and go"
    SECURITY = "security", "Sign-in and security"
    ROSTER = "roster", "The roster of the watch"
    ACCOUNTS = "accounts", "Accounts and their privileges"
    EMERGENCIES = "emergencies", "Emergencies and requests of the media"
    REVIEWS = "reviews", "Second looks, reviews and appeals"
    REFERRALS = "referrals", "Referrals, hand-overs and answers that came back"
    MENTIONS = "mentions", "Notes that name you"
    EQUIPMENT = "equipment", "Equipment that you have, or that waits for you"
    CONTENT = "content", "Content: what waits for you, and what became of it"


class ContactWay(models.Model):
    """An address by which a member can be reached beside his e-mail: an Apprise address, stored encrypted."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="contact_ways")
    label = models.CharField(max_length=60)
    address = SecretField()  # it holds tokens
    shown = models.CharField(max_length=80)  # the address as its member sees it afterwards: without what opens anything
    added_at = models.DateTimeField(default=timezone.now)
    proved_at = models.DateTimeField(null=True, blank=True)  # since when a test has arrived: before, it is not used

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["member", "label"], name="one_way_a_member_and_label")]

    def __str__(self) -> str:
        return f"{self.label} of {self.member}"


class Preference(Narrow):
    """How a member wants to be told about one kind. The product shows everything; threats go every way at once."""

    class When(models.TextChoices):
        """How soon."""

        AT_ONCE = "at_once", "at once"
        DIGEST = "digest", "in the daily digest"
        NEVER = "never", "not"

    member = models.ForeignKey(Member, models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=20, choices=Kind)
    by_email = models.CharField(max_length=10, choices=When, default=When.AT_ONCE)
    by_service = models.CharField(max_length=10, choices=When, default=When.NEVER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "kind"], name="one_preference_a_member_and_kind"),
            models.CheckConstraint(condition=~Q(kind="threat"), name="threats_cannot_be_muted"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.kind}"


class Notification(Narrow):
    """One thing told to one member. The sentence names no poster and repeats no message (ruling 14)."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="notifications")
    kind = models.CharField(max_length=20, choices=Kind)
    sentence = models.TextField()
    path = models.CharField(max_length=200, blank=True)  # of the page where something can be done about it
    act = models.UUIDField(null=True)
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["member", "-id"]),
            models.Index(fields=["member"], condition=Q(seen_at__isnull=True), name="notification_unseen"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.member}"


class Delivery(Narrow):
    """One notification on its way out by one way; tried again until it is delivered or given up, visibly."""

    class State(models.TextChoices):
        """As with orders to platforms: a row that someone sees, whatever happens to a worker."""

        WAITING = "waiting", "waiting"
        SENDING = "sending", "being sent"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"
        WITHDRAWN = "withdrawn", "not needed any more"  # the member left the unit, or took the way away

    notification = models.ForeignKey(Notification, models.PROTECT, related_name="deliveries")
    way = models.ForeignKey(ContactWay, models.SET_NULL, null=True, blank=True, related_name="+")
    by_email = models.BooleanField(default=False)  # else by the contact way
    digest = models.BooleanField(default=False)  # waits for the member's daily digest
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=200, blank=True)  # of the last failure; never an address or a token
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state__in=["waiting", "sending"]), name="delivery_waiting"),
            models.Index(fields=["-id"], condition=Q(state="failed"), name="delivery_failed"),
        ]

    def __str__(self) -> str:
        return f"{'e-mail' if self.by_email else 'service'} of notification {self.notification_id}"
