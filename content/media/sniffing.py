"""What a file is by its own bytes, whatever its name says, and whether it is that alone.

Nothing is decoded here: heads, lengths and ends are read, before any codec sees the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from content.media.refusing import BROKEN, BROKEN_VIDEO, TAKEN, TWO_IN_ONE, Unreadable
from members.endings import end_of

LARGEST_IMAGE = 60_000_000  # bytes


@dataclass(frozen=True)
class Sort:
    """One sort of file that is taken: its type, what people call it, the endings that its name may have."""

    mime: str
    word: str
    endings: tuple[str, ...]


JPEG = Sort("image/jpeg", "JPEG", ("jpg", "jpeg", "jpe", "jfif"))
PNG = Sort("image/png", "PNG", ("png", "apng"))
WEBP = Sort("image/webp", "WebP", ("webp",))
GIF = Sort("image/gif", "GIF", ("gif",))
HEIC = Sort("image/heic", "HEIC", ("heic", "heif", "hif"))
MP4 = Sort("video/mp4", "MP4", ("mp4", "m4v", "mov"))
MOV = Sort("video/quicktime", "MOV", ("mov", "qt", "mp4", "m4v"))  # phones name it either way
VIDEOS = (MP4, MOV)

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1", b"mif2"}
_ATOMS = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}  # with which an old MOV begins
# What people take for a picture or a video and nobody posts, by its first bytes.
_OTHERS = (
    (b"<svg", "an SVG drawing"),
    (b"<!doctype", "a web page"),
    (b"<html", "a web page"),
    (b"<script", "a web page"),
    (b"%pdf", "a PDF"),
    (b"pk\x03\x04", "a zip archive or an office document"),
    (b"bm", "a BMP"),
    (b"ii*\x00", "a TIFF or a camera's raw picture"),
    (b"mm\x00*", "a TIFF or a camera's raw picture"),
    (b"8bps", "a Photoshop file"),
    (b"\x1aE\xdf\xa3".lower(), "an MKV or WebM video"),
    (b"flv", "a Flash video"),
    (b"id3", "a sound file"),
    (b"ogg", "an Ogg file"),
    (b"mz", "a program"),
    (b"\x7felf", "a program"),
    (b"#!", "a program"),
)
# What makes a browser take a file for a page. Six given bytes do not come about by chance in one of this size.
_PAGE = re.compile(rb"<script[\s>]|<html[\s>]|<!doctype\s+html|<iframe[\s>]|<\?php\s", re.IGNORECASE)
_LONGEST_MARK = 32
_CHUNK = 1 << 20
_ZIP_END, _ZIP_TAIL = b"PK\x05\x06", 65_557  # an archive is found by its end: so far from the file's it may lie
# What phones put behind the picture in all honesty: a second size of it, or the moving part of it.
_PHONES_OWN = (b"MPF\x00", b"SEFT", b"MotionPhoto", b"MicroVideo")


def sort_of(path: Path, name: str) -> Sort:
    """What the file at `path`, called `name`, is. Raises Unreadable: nothing, another thing, or two things at once."""
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("The file is empty: it was perhaps cut off on its way. Give it once more.")
    with path.open("rb") as stream:
        head = stream.read(1024)
        sort = _by_head(head)
        _require_its_ending(sort, name)
        if sort not in VIDEOS and size > LARGEST_IMAGE:
            raise Unreadable(f"The picture is larger than {LARGEST_IMAGE // 1_000_000} MB.")
        _refuse_page_or_archive(stream, size)
        if sort in VIDEOS:
            _require_whole_boxes(stream, size)
        else:
            stream.seek(0)
            _require_one_picture(sort, stream.read())
    return sort


def _by_head(head: bytes) -> Sort:
    for begins, sort in ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"GIF87a", GIF), (b"GIF89a", GIF)):
        if head.startswith(begins):
            return sort
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if head[4:8] in _ATOMS:
        return MOV
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(b"<?xml") and b"<svg" in start:
        start = b"<svg"
    if head[:4] == b"RIFF":
        raise Unreadable(f"This is an AVI video or a sound file. {TAKEN}")
    what = next((word for begins, word in _OTHERS if start.startswith(begins)), "no picture or video that we know")
    raise Unreadable(f"This is {what}. {TAKEN}")


def _by_brand(head: bytes) -> Sort:
    brands = {head[8:12], *(head[place : place + 4] for place in range(16, min(_length(head), 256), 4))}
    if brands & {b"avif", b"avis"}:
        raise Unreadable(f"This is an AVIF picture. {TAKEN}")
    if head[8:12] in {b"M4A ", b"M4B ", b"F4A "}:
        raise Unreadable(f"This is a sound file, without a picture. {TAKEN}")
    if head[8:12] in _HEIC_BRANDS:
        return HEIC
    return MOV if head[8:12] == b"qt  " else MP4


def _require_its_ending(sort: Sort, name: str) -> None:
    """A name that promises something else misleads whoever opens it later."""
    ending = Path(name).suffix.removeprefix(".").lower()
    if ending and ending not in sort.endings:
        raise Unreadable(
            f"The name ends with .{ending[:12]}, but the file is {_a(sort.word)}: name it .{sort.endings[0]}, or give"
            " the file that you meant."
        )


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "AEIOUHM" and word != "HEIC" else f"a {word}"


def _refuse_page_or_archive(stream: BinaryIO, size: int) -> None:
    stream.seek(0)
    kept = b""
    while chunk := stream.read(_CHUNK):
        if _PAGE.search(kept + chunk):
            raise Unreadable(TWO_IN_ONE)
        kept = chunk[-_LONGEST_MARK:]
    stream.seek(max(0, size - _ZIP_TAIL))
    tail = stream.read()
    place = tail.rfind(_ZIP_END)
    if place >= 0 and len(tail) - place >= 22:
        raise Unreadable(TWO_IN_ONE)


def _require_one_picture(sort: Sort, given: bytes) -> None:
    """The picture ends, and nothing stands behind its end but what phones put there."""
    if sort not in {PNG, JPEG, WEBP}:
        return
    try:
        end = end_of(sort.word.upper(), given)
    except ValueError as error:
        raise Unreadable(BROKEN) from error
    if end > len(given):
        raise Unreadable(BROKEN)
    behind = given[end:].strip(b"\x00\r\n")
    if behind and not (sort is JPEG and any(mark in given for mark in _PHONES_OWN)):
        raise Unreadable(TWO_IN_ONE)


# --- boxes of MP4 and MOV ---------------------------------------------------------------------------------------------


def boxes(stream: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Each box between `start` and `end`: its name, where its contents begin, where it ends. Raises ValueError."""
    place = start
    while place + 8 <= end:
        stream.seek(place)
        head = stream.read(16)
        length, name, inner = _length(head), head[4:8], place + 8
        if length == 1:
            length, inner = int.from_bytes(head[8:16], "big"), place + 16
        elif length == 0:
            length = end - place
        if length < 8 or place + length > end:
            raise ValueError(name)
        yield name, inner, place + length
        place += length


def _length(head: bytes) -> int:
    return int.from_bytes(head[:4], "big")


def _require_whole_boxes(stream: BinaryIO, size: int) -> None:
    """All boxes lie within the file, one tells of the video, one holds it."""
    try:
        found = list(boxes(stream, 0, size))
    except ValueError as error:
        raise Unreadable(BROKEN_VIDEO) from error
    names = {name for name, _, _ in found}
    if b"moov" not in names or (b"mdat" not in names and b"moof" not in names):
        raise Unreadable(BROKEN_VIDEO)
    if not all(re.fullmatch(rb"[\x20-\x7e\xa9]{4}", name) for name in names):
        raise Unreadable(TWO_IN_ONE)
    if found[-1][2] != size:  # less than a box's head
        stream.seek(found[-1][2])
        if stream.read().strip(b"\x00"):
            raise Unreadable(TWO_IN_ONE)
