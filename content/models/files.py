"""The files of a publication: kept by their digest, exactly as they were approved (2.0)."""

from __future__ import annotations

from pathlib import Path

import pgtrigger
from django.db import models

from accounts.platforms.contract import Upload
from members.facts import Fact
from members.kept_files import place_of

_UNDECIDED = """
IF (SELECT state FROM content_publication WHERE id = NEW.publication_id FOR KEY SHARE) <> 'written' THEN
    RAISE EXCEPTION 'pgtrigger: no file comes to what was decided already';
END IF;
RETURN NEW;
"""


_AS_RENDERED = """
IF NEW.rendering_id IS NULL OR NOT EXISTS (
    SELECT FROM content_rendering made
    WHERE made.id = NEW.rendering_id AND made.digest = NEW.digest AND made.mime = NEW.mime AND made.size = NEW.size
) THEN
    RAISE EXCEPTION 'pgtrigger: a file is what was rendered, to the byte';
END IF;
RETURN NEW;
"""


class MediaFile(Fact):
    """One file of one publication, in its place. Its bytes lie under their SHA-256 in settings.MEDIA_ROOT."""

    publication = models.ForeignKey("content.Publication", models.PROTECT, related_name="files")
    number = models.SmallIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of the bytes, in hexadecimal
    mime = models.CharField(max_length=60)
    size = models.BigIntegerField()  # bytes
    alt = models.TextField()  # what it shows, for who cannot see it
    # How it was made of its original, with which mark (2.G). Files older than the library have none: not sent again.
    rendering = models.ForeignKey("content.Rendering", models.PROTECT, null=True, related_name="files")

    class Meta(Fact.Meta):
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="one_file_a_number"),
            models.CheckConstraint(condition=~models.Q(alt=""), name="file_says_what_it_shows"),
            # The digest is a part of a path, and the type is what a browser is told.
            models.CheckConstraint(condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"), name="file_lies_in_its_place"),
            models.CheckConstraint(condition=models.Q(mime__in=["image/jpeg", "video/mp4"]), name="file_is_of_a_type"),
        ]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="comes_before_the_decision",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_UNDECIDED,
            ),
            pgtrigger.Trigger(
                name="is_as_rendered", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_AS_RENDERED
            ),
        ]

    def __str__(self) -> str:
        return f"file {self.number} of publication {self.publication_id}"

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        return place_of(self.digest)

    def as_upload(self, url: str = "") -> Upload:
        """As a client takes it; `url` is where the platform can fetch it."""
        return Upload(self.path, self.mime, self.alt, url)
