"""Files that come with an idea: of a listed type by their first bytes, kept as they came under their digest.

Nothing else of them is read here. What is to become content goes through the inspection of the media library.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from content.models.files import place_of
from content.models.ideas import Idea, IdeaFile
from members.models import Member
from members.states import Invalid

MOST_FILES = 8  # that come at once
MOST_BYTES = 45_000_000  # all together: a whole request holds 50 million (settings.LONGEST_REQUESTS)
MOST_OF_ONE_IDEA = 40
_BOX = ("ftyp", 4)
_ZIP = ("PK\x03\x04", 0)
# By their ending: the type, and what stands at which place of the file; nothing of a plain text.
TYPES: dict[str, tuple[str, tuple[str, int] | None]] = {
    ".jpg": ("image/jpeg", ("\xff\xd8\xff", 0)),
    ".jpeg": ("image/jpeg", ("\xff\xd8\xff", 0)),
    ".png": ("image/png", ("\x89PNG\r\n", 0)),
    ".gif": ("image/gif", ("GIF8", 0)),
    ".webp": ("image/webp", ("WEBP", 8)),
    ".heic": ("image/heic", _BOX),
    ".heif": ("image/heif", _BOX),
    ".mp4": ("video/mp4", _BOX),
    ".mov": ("video/quicktime", _BOX),
    ".pdf": ("application/pdf", ("%PDF-", 0)),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _ZIP),
    ".txt": ("text/plain", None),
}
SAID = "JPEG, PNG, GIF, WebP, HEIC, MP4, MOV, PDF, DOCX or TXT"
PICTURES = frozenset(mime for mime, _ in TYPES.values() if mime.startswith(("image/", "video/")))


@dataclass(frozen=True)
class Kept:
    """A file that lies in its place."""

    digest: str
    name: str
    mime: str
    size: int


def keep(files: list[UploadedFile[Any]]) -> list[Kept]:
    """Keep what was sent, all or, where one is not taken, none. Raises Invalid, which names the file."""
    if len(files) > MOST_FILES:
        raise Invalid(f"At most {MOST_FILES} files at once.", "attached")
    if sum(file.size or 0 for file in files) > MOST_BYTES:
        raise Invalid(
            f"The files are larger than {MOST_BYTES // 1_000_000} MB together: send fewer at once.", "attached"
        )
    types = [_type_of(file) for file in files]
    return [_keep(file, mime) for file, mime in zip(files, types, strict=True)]


def attach(idea: Idea, kept: list[Kept], *, by: Member | None) -> None:
    """Note them with the idea. Raises Invalid when it holds very many already."""
    if kept and idea.files.count() + len(kept) > MOST_OF_ONE_IDEA:
        raise Invalid(f"An idea holds {MOST_OF_ONE_IDEA} files at most.", "attached")
    for one in kept:
        IdeaFile.objects.create(idea=idea, digest=one.digest, name=one.name, mime=one.mime, size=one.size, by=by)


def _name_of(file: UploadedFile[Any]) -> str:
    name = "".join(letter for letter in str(file.name or "") if letter.isprintable()).strip()
    return name[-IdeaFile.LONGEST_NAME :] or "file"


def _type_of(file: UploadedFile[Any]) -> str:
    name = _name_of(file)
    found = TYPES.get(PurePath(name).suffix.lower())
    if found is None:
        raise Invalid(f"“{name}” is not taken: send {SAID}.", "attached")
    if not file.size:
        raise Invalid(f"“{name}” is empty.", "attached")
    mime, mark = found
    head = file.read(4096)
    file.seek(0)
    if not (_is_text(head) if mark is None else head[mark[1] :].startswith(mark[0].encode("latin-1"))):
        raise Invalid(f"“{name}” is not what its ending says: send {SAID}.", "attached")
    return mime


def _is_text(head: bytes) -> bool:
    return b"\x00" not in head


def _keep(file: UploadedFile[Any], mime: str) -> Kept:
    """Write the bytes under their digest, whole or not at all."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as written:
        partial = Path(written.name)
        try:
            for chunk in file.chunks():
                digest.update(chunk)
                written.write(chunk)
            written.flush()
            os.fsync(written.fileno())
        except BaseException:
            partial.unlink()
            raise
    place = place_of(digest.hexdigest())
    place.parent.mkdir(exist_ok=True)
    partial.replace(place)
    return Kept(digest.hexdigest(), _name_of(file), mime, int(file.size or 0))
