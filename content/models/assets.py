"""What the unit has in pictures: the files as they came, the rights in them, who is to be seen (2.B, 2.D, D.2)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from members.deciding import serves
from members.facts import Fact
from members.kept_files import place_of
from members.models import Member
from members.powers import Power

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from content.models.renderings import Rendering

DIGEST = r"^[0-9a-f]{64}$"
NO_DIGEST_OR_ONE = r"^([0-9a-f]{64})?$"
IMAGES = ["image/jpeg", "image/png", "image/webp", "image/heic", "image/gif"]
VIDEOS = ["video/mp4", "video/quicktime"]
DOCUMENTS = ["application/pdf", "image/png", "image/jpeg", "image/webp"]


def _by_who_serves() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="by_who_serves",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"{serves('by_id')} RETURN NEW;",
    )


class AssetQuerySet(models.QuerySet["Asset"]):
    """Questions about the library."""

    def visible_to(self, member: Member) -> AssetQuerySet:
        """Whoever reads what the unit does."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def with_rights(self) -> AssetQuerySet:
        """With `basis`, `credit` and `expires_on` of the rights in force."""
        latest = Rights.objects.filter(asset=OuterRef("pk")).order_by("-pk")
        told = ("basis", "credit", "expires_on")
        return self.annotate(**{name: Subquery(latest.values(name)[:1]) for name in told})


class Asset(Fact):
    """One picture or video as it came. The file is kept private and untouched under its SHA-256 (2.G)."""

    class Kind(models.TextChoices):
        """What a platform takes it for; what moves is a video, a GIF too."""

        IMAGE = "image", "picture"
        VIDEO = "video", "video"

    kind = models.CharField(max_length=10, choices=Kind)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the original, in hexadecimal
    mime = models.CharField(max_length=60)
    size = models.BigIntegerField()  # bytes
    width = models.IntegerField()  # pixels as it is seen, upright
    height = models.IntegerField()
    seconds = models.FloatField(null=True)  # of what moves
    sound = models.BooleanField(default=False)
    # What the original tells beside its pixels, in words ("place", "camera"), none of which leaves (2.D).
    carries = ArrayField(models.CharField(max_length=30), default=list)
    still = models.CharField(max_length=64)  # digest of a small JPEG of it, without any of that
    name = models.CharField(max_length=200)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    # Of the rights in force, where `with_rights` was asked.
    basis: str | None
    credit: str | None
    expires_on: date | None

    objects = AssetQuerySet.as_manager()
    rights: RelatedManager[Rights]
    depicted: RelatedManager[Depicted]
    renderings: RelatedManager[Rendering]

    class Meta(Fact.Meta):
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(digest__regex=DIGEST, still__regex=DIGEST), name="asset_lies_in_place"),
            models.CheckConstraint(
                condition=Q(kind="image", mime__in=IMAGES, seconds=None)
                | Q(kind="video", mime__in=[*VIDEOS, "image/gif", "image/webp"], seconds__gt=0),
                name="asset_is_of_a_type",
            ),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0, size__gt=0), name="asset_shows_something"),
        ]
        triggers = [*Fact.Meta.triggers, _by_who_serves()]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("asset", args=[self.pk])

    @property
    def path(self) -> Path:
        """Where the original lies."""
        return place_of(self.digest)

    @property
    def rights_in_force(self) -> Rights | None:
        """The latest word on who has the rights; None: nobody has said."""
        return self.rights.order_by("-pk").first()

    def people(self) -> models.QuerySet[Depicted]:
        """Who is to be seen, as noted last."""
        return self.depicted.filter(replaced_by=None, withdrawn=False)


class Rights(Fact):
    """On what ground the department may publish an asset, and the proof (2.B). The latest row is in force."""

    class Basis(models.TextChoices):
        """The four grounds; only what is our own bears our mark (2.G, ruling 10)."""

        OWN = "own", "created on behalf of the department"
        LICENSED = "licensed", "licensed"
        PERMISSION = "permission", "with the owner's permission"
        PUBLIC_DOMAIN = "public_domain", "public domain"

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="rights")
    basis = models.CharField(max_length=20, choices=Basis)
    credit = models.CharField(max_length=120, blank=True)  # as it stands on the picture: whose work it is
    credit_in_text = models.BooleanField(default=False)  # the licence forbids changing the picture: the post names him
    source = models.CharField(max_length=500, blank=True)  # where it was had from
    expires_on = models.DateField(null=True)  # the last day on which it may be published
    proof = models.CharField(max_length=64, blank=True)  # digest of the document
    proof_mime = models.CharField(max_length=60, blank=True)
    proof_name = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(basis__in=["licensed", "permission"]) | ~Q(credit=""), name="work_of_others_names_them"
            ),
            models.CheckConstraint(condition=~Q(basis="licensed") | Q(expires_on__isnull=False), name="licence_ends"),
            models.CheckConstraint(condition=~Q(basis="permission") | ~Q(proof=""), name="permission_is_proved"),
            models.CheckConstraint(condition=~Q(basis="public_domain") | ~Q(source=""), name="common_good_has_source"),
            models.CheckConstraint(
                condition=Q(proof__regex=NO_DIGEST_OR_ONE) & (Q(proof="") | Q(proof_mime__in=DOCUMENTS)),
                name="proof_lies_in_place",
            ),
        ]
        triggers = [*Fact.Meta.triggers, _by_who_serves()]
        indexes = [models.Index(fields=["expires_on"], name="rights_end")]

    def __str__(self) -> str:
        return f"rights in asset {self.asset_id}"

    @property
    def is_own(self) -> bool:
        """Created on behalf of the department: it bears the mark."""
        return self.basis == self.Basis.OWN

    def good_on(self, day: date) -> bool:
        """Whether it may still be published on `day`, of the agency's zone."""
        return self.expires_on is None or day <= self.expires_on


class Depicted(Fact):
    """Somebody who is to be seen on an asset (2.D); a later row may replace it.

    Of who is to be protected no name is kept, only where he stands in the picture.
    """

    class Kind(models.TextChoices):
        """Who he is to us."""

        MEMBER = "member", "member of the department"
        CONSENTING = "consenting", "person who consented"
        JUVENILE = "juvenile", "juvenile"
        VICTIM = "victim", "victim"
        UNDERCOVER = "undercover", "member who works undercover"
        PUBLIC = "public", "somebody in public, not the subject"
        NOBODY = "nobody", "nobody can be recognized"

    PROTECTED: ClassVar[tuple[str, ...]] = (Kind.JUVENILE, Kind.VICTIM, Kind.UNDERCOVER)

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="depicted")
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=120, blank=True)
    where = models.CharField(max_length=200, blank=True)  # where in the picture: "left, red jacket"
    attire = models.CharField(max_length=200, blank=True)  # of a filmed member (D.2)
    blurred = models.BooleanField(default=False)  # nothing of him may be recognized in what leaves
    consent = models.CharField(max_length=64, blank=True)  # digest of the signed paper
    consent_mime = models.CharField(max_length=60, blank=True)
    consent_name = models.CharField(max_length=200, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    withdrawn = models.BooleanField(default=False)  # what it replaces was wrong, and nothing comes in its place
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["juvenile", "victim", "undercover"]) | Q(name=""),
                name="who_is_protected_is_not_named",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["juvenile", "victim"]) | Q(blurred=True) | ~Q(consent=""),
                name="protected_is_blurred_or_consents",
            ),
            models.CheckConstraint(condition=~Q(kind="undercover") | Q(blurred=True), name="undercover_is_blurred"),
            models.CheckConstraint(condition=~Q(kind="consenting") | ~Q(consent=""), name="consent_is_on_paper"),
            models.CheckConstraint(
                condition=~Q(kind="member") | (~Q(name="") & ~Q(attire="")), name="member_filmed_has_attire"
            ),
            models.CheckConstraint(
                condition=Q(consent__regex=NO_DIGEST_OR_ONE) & (Q(consent="") | Q(consent_mime__in=DOCUMENTS)),
                name="consent_lies_in_place",
            ),
            models.CheckConstraint(condition=Q(withdrawn=False) | Q(replaces__isnull=False), name="withdrawn_of_a_row"),
            models.CheckConstraint(condition=Q(replaces=None) | ~Q(replaces=F("id")), name="depicted_not_itself"),
        ]
        triggers = [*Fact.Meta.triggers, _by_who_serves()]

    def __str__(self) -> str:
        return f"person on asset {self.asset_id}"
