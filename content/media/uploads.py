"""Uploads that may be cut and gone on with: announced, sent in parts, closed with the digest of the whole.

Each part names where it begins. A part that begins elsewhere than where the file ends changes nothing and is told where
to go on. Whatever its length, no more than a part of a file is ever in memory.
"""

from __future__ import annotations

import fcntl
import hashlib
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from content.media.keeping import PARTS, name_of, take_in
from content.media.running import alone, scratch
from content.models import Asset, Upload
from members.authority import require
from members.kept_files import require_room
from members.models import Member
from members.powers import Power
from members.states import Invalid

PART = 1_000_000  # bytes that the page sends at once: a body as small stays in memory, and there is little of it
LARGEST_PART = 8_000_000
MOST_AT_ONCE = 20  # of one member
KEPT_FOR = timedelta(hours=24)  # since the last part
State = Upload.State


class Elsewhere(Exception):
    """The part does not begin where the file ends; `upload` says where it does (409)."""

    def __init__(self, upload: Upload) -> None:
        super().__init__("Go on from where the file ends.")
        self.upload = upload


def place_of(upload: Upload) -> Path:
    """Where its parts lie."""
    return scratch() / f"upload-{upload.key.hex}"


def begin(name: str, size: int, *, by: Member) -> Upload:
    """Announce a file; one of the same name and length that is on its way is gone on with.

    Raises Refused, Invalid: too large, empty, too many at once, or no room on the disk for all that is on its way.
    """
    require(by, Power.DEVELOP_CONTENT)
    name = name_of(name)
    if size <= 0:
        raise Invalid("The file is empty: it was perhaps cut off on its way. Give it once more.", "given")
    if size > Upload.LARGEST:
        raise Invalid(f"The file is larger than {Upload.LARGEST // 1_000_000:,} MB.", "given")
    mine = Upload.objects.filter(member=by, state=State.COMING)
    if there := mine.filter(name=name, size=size).first():
        return there
    if mine.count() >= MOST_AT_ONCE:
        raise Invalid(f"{MOST_AT_ONCE} files are on their way already: let them arrive first.", "given")
    others = Upload.objects.filter(state=State.COMING).aggregate(left=Sum(F("size") - F("received")))["left"] or 0
    require_room(size + others, "given")
    made: Upload = Upload.objects.create(member=by, name=name, size=size)
    place_of(made).touch(mode=0o600)
    return made


def append(upload: Upload, offset: int, part: BinaryIO) -> int:
    """Write `part` from `offset` on; how far the file has come. Raises Elsewhere, Invalid (longer than announced)."""
    place = place_of(upload)
    if not place.exists():
        raise Invalid("The parts that came before are gone: begin again.", "given")
    with place.open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        upload.refresh_from_db()
        if upload.state != State.COMING or offset != upload.received:
            raise Elsewhere(upload)
        file.seek(offset)
        end = offset
        while chunk := part.read(PARTS):
            end += len(chunk)
            if end > upload.size or end - offset > LARGEST_PART:
                raise Invalid("More came than was announced.", "given")
            file.write(chunk)
        file.flush()
        Upload.objects.filter(pk=upload.pk, received=offset).update(received=end, touched_at=timezone.now())
    upload.received = end
    return end


def finish(upload: Upload, digest: str, *, by: Member) -> Asset:
    """Bring the whole file into the library. `digest`: SHA-256 as the sender reckoned it, empty where he could not.

    Raises Elsewhere (not all of it is there), Invalid (another digest, or a file that is not taken).
    """
    with alone(f"upload-{upload.key.hex}") as mine:
        upload.refresh_from_db()
        if not mine:
            raise Elsewhere(upload)
        return _finish(upload, digest, by)


def _finish(upload: Upload, digest: str, by: Member) -> Asset:
    if upload.asset is not None:
        return upload.asset
    if upload.state != State.COMING or upload.received != upload.size:
        raise Elsewhere(upload)
    place = place_of(upload)
    try:
        if digest and _sha256(place) != digest.lower():
            raise Invalid("The file has been damaged on its way: send it again.", "given")
        asset = take_in(place, upload.name, by=by)
    except Invalid as refusal:
        _end(upload, State.REFUSED, refusal=str(refusal)[:500])
        raise
    _end(upload, State.KEPT, asset=asset)
    return asset


def give_up(upload: Upload) -> None:
    """Forget what came of it."""
    _end(upload, State.ABANDONED)


def clear_abandoned() -> int:
    """Forget those that nobody goes on with, and files that no process minds any more; how many uploads."""
    before = timezone.now() - KEPT_FOR
    left = list(Upload.objects.filter(state=State.COMING, touched_at__lt=before))
    for upload in left:
        give_up(upload)
    for path in scratch().iterdir():
        if not path.name.startswith("upload-") and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
    return len(left)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _end(upload: Upload, state: str, **changes: object) -> None:
    with transaction.atomic():
        Upload.objects.filter(pk=upload.pk, state=State.COMING).update(state=state, **changes)
    place_of(upload).unlink(missing_ok=True)
    upload.refresh_from_db()
