"""The department's mark: its version in force, and whether a file that is about to leave bears it (2.G, ruling 10)."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.db import IntegrityError, transaction
from PIL import Image

from content.media.stamping import Text, is_there
from content.models import Mark, Rendering
from members.models import Member
from members.models.agency import Agency, agency
from members.states import record


def mark_in_force(by: Member | None = None) -> Mark:
    """The latest version. A new one is made where the agency's name or mark is another than it says."""
    text = f"© {agency().short_name}"
    logo = bytes(Agency.objects.values_list("mark", flat=True).first() or b"")
    digest = hashlib.sha256(len(text.encode()).to_bytes(4, "big") + text.encode() + logo).digest()
    latest = Mark.objects.order_by("-version").first()
    if latest is not None and bytes(latest.digest) == digest:
        return latest
    again = Mark.objects.filter(digest=digest).first()  # as it was once before
    if again is not None:
        return again
    try:
        with transaction.atomic():
            made = Mark.objects.create(
                version=latest.version + 1 if latest else 1, text=text, logo=logo, digest=digest, by=by
            )
            record("version", made, by=by, after=str(made.version))
    except IntegrityError:  # somebody made it in this moment
        return Mark.objects.get(digest=digest)
    return made


def text_of(rendering_mark: Mark | None, credit: str) -> Text | None:
    """What is drawn: the mark, else the credit, else nothing."""
    if rendering_mark is not None:
        return Text(rendering_mark.text, bytes(rendering_mark.logo))
    return Text(credit) if credit else None


def has_mark(path: Path, rendering: Rendering) -> bool:
    """Whether the file at `path` bears the mark, or the credit, where `rendering` says. Asked right before it is sent.

    Needs a file whose digest is the rendering's: it is opened in this process, as our own. True for what needs none.
    """
    if rendering.proof is None:
        return rendering.mark_id is None
    try:
        if rendering.mime == "video/mp4":
            from content.media.watching import first_picture

            return is_there(first_picture(path), rendering.proof)
        with Image.open(path, formats=["JPEG"]) as picture:
            return is_there(picture, rendering.proof)
    except (OSError, ValueError, SyntaxError):
        return False
