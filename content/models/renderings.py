"""What leaves of an asset: the department's mark, the files made for the platforms, uploads on their way (2.G)."""

from __future__ import annotations

import uuid
from pathlib import Path

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from content.models.assets import DIGEST, Asset, Rights
from members.facts import Fact, Narrow
from members.kept_files import place_of
from members.models import Member

# Ours bears the mark, others' work never does, and each is made from the original under the rights in force (2.G).
_MARKED = """
DECLARE ground record; kept text;
BEGIN
    SELECT digest INTO kept FROM content_asset WHERE id = NEW.asset_id;
    SELECT basis, credit, credit_in_text INTO ground FROM content_rights
        WHERE id = NEW.rights_id AND asset_id = NEW.asset_id;
    IF NOT FOUND OR kept <> NEW.original THEN
        RAISE EXCEPTION 'pgtrigger: a rendering names its original and the rights in it';
    END IF;
    IF EXISTS (SELECT FROM content_rights WHERE asset_id = NEW.asset_id AND id > NEW.rights_id) THEN
        RAISE EXCEPTION 'pgtrigger: a rendering is made under the rights in force';
    END IF;
    IF ground.basis = 'own' AND NEW.mark_id IS NULL THEN
        RAISE EXCEPTION 'pgtrigger: none of our own leaves without the mark';
    END IF;
    IF ground.basis <> 'own' AND NEW.mark_id IS NOT NULL THEN
        RAISE EXCEPTION 'pgtrigger: the work of others never bears our mark';
    END IF;
    IF ground.basis <> 'own' AND ground.credit <> '' AND NOT ground.credit_in_text AND NEW.mark_box IS NULL THEN
        RAISE EXCEPTION 'pgtrigger: the work of others carries its credit';
    END IF;
    RETURN NEW;
END;
"""


class Mark(Fact):
    """A version of the department's watermark. The latest is in force; what was marked with another keeps its own."""

    version = models.IntegerField(unique=True)
    text = models.CharField(max_length=80)
    logo = models.BinaryField(blank=True)  # PNG, made by us; empty: the text alone
    digest = models.BinaryField(unique=True)  # SHA-256 of text and logo
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")  # null: made as the agency was set up
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["-version"]
        constraints = [models.CheckConstraint(condition=~Q(text="") & Q(version__gt=0), name="mark_says_whose")]

    def __str__(self) -> str:
        return f"mark {self.version}"


class Rendering(Fact):
    """A file made ready to leave: its original, the rights and the mark it was made with, what was done, what came."""

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="renderings")
    rights = models.ForeignKey(Rights, models.PROTECT, related_name="renderings")
    mark = models.ForeignKey(Mark, models.PROTECT, null=True, related_name="renderings")
    recipe = models.JSONField()  # blurs, crop, measures: what was done, in order
    recipe_digest = models.CharField(max_length=64)
    original = models.CharField(max_length=64)  # digest of the file it was made from
    digest = models.CharField(max_length=64)
    mime = models.CharField(max_length=60)
    size = models.BigIntegerField()
    width = models.IntegerField()
    height = models.IntegerField()
    seconds = models.FloatField(null=True)
    still = models.CharField(max_length=64)  # digest of a small JPEG of it
    mark_box = models.JSONField(null=True)  # where mark or credit stands: x, y, width, height in pixels
    proof = models.JSONField(null=True)  # by what the mark is known again: content.media.marking
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rights", "mark", "recipe_digest"], name="one_rendering_a_recipe", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=DIGEST, original__regex=DIGEST, still__regex=DIGEST),
                name="rendering_lies_in_place",
            ),
            models.CheckConstraint(condition=Q(mime__in=["image/jpeg", "video/mp4"]), name="rendering_is_of_a_type"),
            models.CheckConstraint(
                condition=Q(mark=None) | (Q(mark_box__isnull=False) & Q(proof__isnull=False)),
                name="marked_where_it_says",
            ),
        ]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="marked_if_it_is_ours", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_MARKED
            ),
        ]

    def __str__(self) -> str:
        return f"rendering {self.pk} of asset {self.asset_id}"

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        return place_of(self.digest)


class Upload(Narrow):
    """A file on its way in, in parts: it can be gone on with where it was cut."""

    class State(models.TextChoices):
        """Where it is."""

        COMING = "coming", "on its way"
        KEPT = "kept", "in the library"
        REFUSED = "refused", "refused"
        ABANDONED = "abandoned", "given up"

    LARGEST = 2_000_000_000  # bytes

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()  # bytes, as announced
    received = models.BigIntegerField(default=0)
    state = models.CharField(max_length=20, choices=State, default=State.COMING)
    refusal = models.CharField(max_length=500, blank=True)  # the sentence
    asset = models.ForeignKey(Asset, models.PROTECT, null=True, related_name="uploads")
    begun_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0) & Q(size__lte=2_000_000_000), name="upload_has_a_size"),
            models.CheckConstraint(
                condition=Q(received__gte=0) & Q(received__lte=models.F("size")), name="upload_within_size"
            ),
            models.CheckConstraint(condition=~Q(state="kept") | Q(asset__isnull=False), name="kept_upload_is_an_asset"),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="upload_stands_as_begun", fields=["key", "member", "name", "size", "begun_at"]),
        ]
        indexes = [models.Index(fields=["touched_at"], condition=Q(state="coming"), name="upload_on_its_way")]

    def __str__(self) -> str:
        return f"upload {self.pk}"
