"""Accounts of others that pretend to be the department: found, reported to the platform, and what became of it."""

from __future__ import annotations

import hashlib
from datetime import date
from urllib.parse import urlsplit

import pgtrigger
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.platforms.contract import Platform
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from members.states import Invalid, Refused, Stateful, record

LARGEST_PICTURE = 5_000_000  # bytes
# The first bytes of the pictures that a browser shows, and what they are served as.
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class FakeQuerySet(models.QuerySet["FakeAccount"]):
    """Questions about fake accounts."""

    def visible_to(self, member: Member) -> FakeQuerySet:
        """Every member of the unit: who meets one in a comment should know it."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def open(self) -> FakeQuerySet:
        """Those of which it is not known what became."""
        return self.filter(state__in=[FakeAccount.State.FOUND, FakeAccount.State.REPORTED])


class FakeAccount(Narrow, Stateful):
    """One account that pretends; what was found stands as it was found, with the picture that shows it."""

    class State(models.TextChoices):
        """Found, reported, and its outcome; what stays or came back can be reported again."""

        FOUND = "found", "open"
        REPORTED = "reported", "reported"
        TAKEN_DOWN = "taken_down", "taken down"
        STAYS = "stays", "stays"
        NOT_FAKE = "not_fake", "not a fake"

    MOVES = {
        State.FOUND: {State.REPORTED, State.TAKEN_DOWN, State.STAYS, State.NOT_FAKE},
        State.REPORTED: {State.TAKEN_DOWN, State.STAYS, State.NOT_FAKE, State.REPORTED},
        State.TAKEN_DOWN: {State.REPORTED},
        State.STAYS: {State.REPORTED, State.TAKEN_DOWN, State.NOT_FAKE},
    }
    OUTCOMES = (State.TAKEN_DOWN, State.STAYS, State.NOT_FAKE)

    platform = models.CharField(max_length=20, choices=Platform)
    address = models.TextField("address or handle")
    pretends = models.TextField("what it pretends to be")
    found_on = models.DateField("found on")
    found_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    picture = models.BinaryField(null=True)
    picture_digest = models.CharField(max_length=64, blank=True)  # SHA-256, hexadecimal
    state = models.CharField(max_length=30, choices=State, default=State.FOUND, editable=False)
    at = models.DateTimeField(default=timezone.now)

    objects = FakeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = "fake account"
        constraints = [
            models.CheckConstraint(condition=~Q(address="") & ~Q(pretends=""), name="fake_is_described"),
            models.CheckConstraint(
                condition=Q(picture__isnull=True, picture_digest="")
                | (Q(picture__isnull=False) & ~Q(picture_digest="")),
                name="fake_picture_has_its_digest",
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="fake_stands_as_found", exclude=["state"])]

    def __str__(self) -> str:
        return f"fake on {self.get_platform_display()}: {self.address}"

    def may_note(self, member: Member) -> bool:
        """Every member of the unit."""
        return may_note(member)

    @property
    def link(self) -> str:
        """The address where it is one that a browser may be sent to, else empty."""
        try:
            scheme = urlsplit(self.address).scheme
        except ValueError:  # "https://[" and the like: noted all the same, since somebody saw it
            return ""
        return self.address if scheme in {"http", "https"} else ""

    @property
    def picture_type(self) -> str:
        """As what the picture is served."""
        return _type_of(bytes(self.picture or b""))

    def report(self, *, how: str, reference: str, on: date, by: Member) -> FakeStep:
        """It was reported to the platform, again too. Raises Refused, Invalid, WrongState."""
        if not how.strip():
            raise Invalid("Say how it was reported: by which form, by whom at the platform.", "how")
        return self._step(self.State.REPORTED, "report", how, reference, on, by)

    def settle(self, outcome: str, *, note: str, on: date, by: Member) -> FakeStep:
        """What became of it. Raises Refused, Invalid, WrongState."""
        if outcome not in self.OUTCOMES:
            raise Invalid("Choose what became of it.", "outcome")
        return self._step(outcome, "settle", note, "", on, by)

    def note(self, text: str, *, by: Member) -> FakeStep:
        """Write something beside it. Raises Refused, Invalid."""
        if not text.strip():
            raise Invalid("Write what is to be kept beside it.", "note")
        return self._step("", "note", text, "", timezone.localdate(), by)

    def _step(self, state: str, verb: str, text: str, reference: str, on: date, by: Member) -> FakeStep:
        if not may_note(by):
            raise Refused("Only a member of the unit keeps the log of fake accounts.")
        if on > timezone.localdate():
            raise Invalid("That day is to come.", "on")
        with transaction.atomic():
            step = FakeStep.objects.create(
                fake=self, state=state, text=text.strip(), reference=reference.strip(), on=on, by=by
            )
            if state:
                self.become(state, verb=verb, by=by, decision=step)
            else:
                record(verb, self, by=by)
        return step


class FakeStep(Fact):
    """A report, an outcome, or a note (`state` empty), with the day on which it was so."""

    fake = models.ForeignKey(FakeAccount, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=30, choices=FakeAccount.State, blank=True)
    text = models.TextField(blank=True)
    reference = models.TextField(blank=True)  # the platform's number of the report
    on = models.DateField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.state or 'note'} of fake account {self.fake_id}"


def may_note(member: Member) -> bool:
    """Every member of the unit; who only reads, reads."""
    return member.may(Power.READ_UNIT) and not member.outside


def find(platform: str, address: str, *, pretends: str, on: date, by: Member, picture: bytes = b"") -> FakeAccount:
    """Write down an account that pretends to be the department. Raises Refused, Invalid (field named)."""
    if not may_note(by):
        raise Refused("Only a member of the unit keeps the log of fake accounts.")
    address, pretends = address.strip(), pretends.strip()
    if not address:
        raise Invalid("Give the fake account's address or handle.", "address")
    if not pretends:
        raise Invalid("Say what it pretends to be.", "pretends")
    if on > timezone.localdate():
        raise Invalid("That day is to come.", "on")
    if len(picture) > LARGEST_PICTURE:
        raise Invalid("The picture is too large: give one of at most 5 MB.", "picture")
    if picture and not _type_of(picture):
        raise Invalid("Give the picture as PNG or JPEG.", "picture")
    with transaction.atomic():
        fake = FakeAccount.objects.create(
            platform=platform,
            address=address,
            pretends=pretends,
            found_on=on,
            found_by=by,
            picture=picture or None,
            picture_digest=hashlib.sha256(picture).hexdigest() if picture else "",
        )
        record("find", fake, by=by, after=fake.state)
    return fake


def _type_of(picture: bytes) -> str:
    return next((kind for begins, kind in PICTURES.items() if picture.startswith(begins)), "")
