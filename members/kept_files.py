"""Files that members and others give: of a listed type by their first bytes, kept as they came under their digest.

Nothing else of them is read here: they lie in the private folder, and go out as downloads. What is to become content
goes through the inspection of the media library.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404

from members.states import Invalid

MOST_FILES = 8  # that come at once
ROOM = 2_000_000_000  # bytes that stay free on the disk for the database, whoever sends what
MOST_BYTES = 45_000_000  # all together: a whole request holds 50 million (settings.LONGEST_REQUESTS)
LONGEST_NAME = 150
_BOX = ("ftyp", 4)
_ZIP = ("PK\x03\x04", 0)
Types = Mapping[str, tuple[str, tuple[str, int] | None]]
# By their ending: the type, and what stands at which place of the file; nothing of a plain text.
PICTURES: Types = {
    ".jpg": ("image/jpeg", ("\xff\xd8\xff", 0)),
    ".jpeg": ("image/jpeg", ("\xff\xd8\xff", 0)),
    ".png": ("image/png", ("\x89PNG\r\n", 0)),
    ".webp": ("image/webp", ("WEBP", 8)),
    ".heic": ("image/heic", _BOX),
    ".heif": ("image/heif", _BOX),
}
MEDIA: Types = {
    **PICTURES,
    ".gif": ("image/gif", ("GIF8", 0)),
    ".mp4": ("video/mp4", _BOX),
    ".mov": ("video/quicktime", _BOX),
}
PAPERS: Types = {
    ".pdf": ("application/pdf", ("%PDF-", 0)),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _ZIP),
    ".txt": ("text/plain", None),
}
SHEETS: Types = {".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _ZIP)}


@dataclass(frozen=True)
class Kept:
    """A file that lies in its place."""

    digest: str  # SHA-256 of the bytes, in hexadecimal
    name: str
    mime: str
    size: int  # bytes


def place_of(digest: str) -> Path:
    """Where the bytes of that digest lie."""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest


def keep(files: list[UploadedFile[Any]], types: Types, field: str = "attached") -> list[Kept]:
    """Keep what was sent, all or, where one is not taken, none.

    Raises Invalid at `field`, which names the file: too many, too large, empty, of no type that `types` lists, not what
    its ending says; or no room on the disk.
    """
    if len(files) > MOST_FILES:
        raise Invalid(f"At most {MOST_FILES} files at once.", field)
    if sum(file.size or 0 for file in files) > MOST_BYTES:
        raise Invalid(f"The files are larger than {MOST_BYTES // 1_000_000} MB together: send fewer at once.", field)
    found = [_type_of(file, types, field) for file in files]
    require_room(sum(file.size or 0 for file in files), field)
    return [_keep(file, mime) for file, mime in zip(files, found, strict=True)]


def require_room(size: int, field: str) -> None:
    """Raises Invalid at `field` where `size` bytes would fill the disk of the private folder."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free - size < ROOM:
        raise Invalid("There is no room for it on the server's disk: tell who looks after the server.", field)


def said(types: Types) -> str:
    """The types for a sentence, as people call them."""
    words = {"JPG": "JPEG", "WEBP": "WebP", "HEIF": "HEIC"}
    names = list(dict.fromkeys(words.get(one[1:].upper(), one[1:].upper()) for one in types))
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def download(digest: str, name: str) -> FileResponse:
    """The bytes as a download: never shown in the browser, whatever they are. Raises Http404 where they are gone."""
    try:
        file = place_of(digest).open("rb")
    except OSError as error:
        raise Http404 from error
    answer = FileResponse(file, as_attachment=True, filename=name, content_type="application/octet-stream")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _name_of(file: UploadedFile[Any]) -> str:
    name = "".join(letter for letter in str(file.name or "") if letter.isprintable()).strip()
    return name[-LONGEST_NAME:] or "file"


def _type_of(file: UploadedFile[Any], types: Types, field: str) -> str:
    name = _name_of(file)
    found = types.get(PurePath(name).suffix.lower())
    if found is None:
        raise Invalid(f"“{name}” is not taken: send {said(types)}.", field)
    if not file.size:
        raise Invalid(f"“{name}” is empty.", field)
    mime, mark = found
    head = file.read(4096)
    file.seek(0)
    if not (_is_text(head) if mark is None else head[mark[1] :].startswith(mark[0].encode("latin-1"))):
        raise Invalid(f"“{name}” is not what its ending says: send {said(types)}.", field)
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
