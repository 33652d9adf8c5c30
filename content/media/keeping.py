"""Originals come into the library: looked at, then kept untouched under their SHA-256 (2.G)."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.db import transaction

from content.media.inspection import inspect
from content.media.running import scratch
from content.models import Asset
from members.authority import require
from members.kept_files import place_of
from members.models import Member
from members.powers import Power
from members.states import Invalid, record

LARGEST = 2_000_000_000  # bytes of an original
LARGEST_PAPER = 20_000_000
PAPERS = {b"%PDF-": "application/pdf", b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}
PARTS = 1 << 20


@contextmanager
def coming() -> Iterator[Path]:
    """A place for a file that is not kept yet; whatever still lies there in the end is deleted."""
    handle, name = tempfile.mkstemp(dir=scratch())
    os.close(handle)
    path = Path(name)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def keep(path: Path) -> tuple[str, int]:
    """Move the file at `path` to its place under its digest, durably; its digest and size."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        size = stream.tell()
        os.fsync(stream.fileno())
    place = place_of(digest)
    place.parent.mkdir(parents=True, exist_ok=True)
    path.chmod(0o600)
    path.replace(place)
    return digest, size


def spool(stream: BinaryIO, path: Path, *, most: int = LARGEST, field: str = "given") -> None:
    """Write what comes by `stream` to `path`, part by part. Raises Invalid: longer than `most`."""
    size = 0
    with path.open("wb") as file:
        while part := stream.read(PARTS):
            size += len(part)
            if size > most:
                raise Invalid(f"The file is larger than {most // 1_000_000:,} MB.", field)
            file.write(part)


def take_in(path: Path, name: str, *, by: Member, field: str = "given") -> Asset:
    """Bring the file at `path` into the library; who gives the same file again is given the asset that there is.

    Raises Refused (does not develop content), Invalid with `field`. The file at `path` is moved away.
    """
    require(by, Power.DEVELOP_CONTENT)
    name = name_of(name)
    with coming() as still:
        found = inspect(path, name, still=still, field=field)
        digest, size = keep(path)
        small, _ = keep(still)
    there = Asset.objects.filter(digest=digest).first()
    if there is not None:
        return there
    with transaction.atomic():
        asset, made = Asset.objects.get_or_create(
            digest=digest,
            defaults={
                "kind": found.kind,
                "mime": found.mime,
                "size": size,
                "width": found.width,
                "height": found.height,
                "seconds": found.seconds,
                "sound": found.sound,
                "carries": list(found.carries),
                "still": small,
                "name": name,
                "by": by,
            },
        )
        if made:
            record("add", asset, by=by)
    return asset


def name_of(given: str) -> str:
    """The file's name as it may be shown and kept: no path, no control characters, not endless."""
    name = given.replace("\\", "/").rpartition("/")[2]
    name = "".join(sign for sign in name if sign.isprintable()).strip()
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: 180 - len(ending)]}{dot}{ending}" if dot and len(ending) < 12 else (name[:190] or "unnamed")


def keep_paper(given: BinaryIO, name: str, field: str) -> tuple[str, str, str]:
    """Keep a licence, permission or consent as it was given: its digest, type and name.

    Raises Invalid with `field`: too large, or neither a PDF nor a picture by its first bytes. It is only ever given out
    as a download.
    """
    with coming() as path:
        spool(given, path, most=LARGEST_PAPER, field=field)
        with path.open("rb") as stream:
            head = stream.read(12)
        mime = next((mime for begins, mime in PAPERS.items() if head.startswith(begins)), "")
        if not mime or (mime == "image/webp" and head[8:12] != b"WEBP"):
            raise Invalid("Give the document as a PDF, or as a PNG, JPEG or WebP picture of it.", field)
        digest, _ = keep(path)
    return digest, mime, name_of(name)
