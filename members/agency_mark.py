"""The agency's mark: whatever picture is given, a small PNG of ours is kept, made from its pixels alone.

Nothing of the given file is stored or served: no words in it, no second file behind it, no place where it was taken.
"""

from __future__ import annotations

import io
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from members.states import Invalid

LARGEST_FILE = 4_000_000  # bytes
MOST_PIXELS = 16_000_000  # some 64 MB while it is made smaller
LONGEST_SIDE = 512  # pixels
FORMATS = ("PNG", "JPEG", "WEBP")

NO_PICTURE = "This is not a picture that can be read. Give a PNG, JPEG or WebP file."
TOO_LARGE = "The file is too large: give one of at most 4 MB."
TOO_MANY_PIXELS = "The picture has too many pixels: give one of at most 4000 by 4000."
MORE_THAN_A_PICTURE = (
    "The file holds something more behind the picture. Open it in a picture program, save it anew, and give that."
)


def mark_from(file: BinaryIO) -> bytes:
    """A PNG of at most 512 pixels a side from the picture in `file`.

    Raises Invalid, for the field `mark`, on what is no picture, too large, or a picture with another file behind it.
    """
    given = file.read(LARGEST_FILE + 1)
    if len(given) > LARGEST_FILE:
        raise Invalid(TOO_LARGE, "mark")
    try:
        picture = _read(given)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Invalid(NO_PICTURE, "mark") from error
    made = io.BytesIO()
    picture.save(made, "PNG", optimize=True)
    return made.getvalue()


def _read(given: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # its size is judged here, before any pixel
        try:
            opened = Image.open(io.BytesIO(given), formats=FORMATS)
        except Image.DecompressionBombError as error:
            raise Invalid(TOO_MANY_PIXELS, "mark") from error
    with opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise Invalid(TOO_MANY_PIXELS, "mark")
        if _end_of(opened.format or "", given) != len(given):
            raise Invalid(MORE_THAN_A_PICTURE, "mark")
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    pixels = Image.new("RGBA", upright.size)
    pixels.paste(upright)
    return pixels


def _end_of(kind: str, given: bytes) -> int:
    """Where the picture ends in `given`: behind that nothing may stand. Raises ValueError where it does not end."""
    return {"PNG": _end_of_png, "JPEG": _end_of_jpeg, "WEBP": _end_of_webp}[kind](given)


def _end_of_png(given: bytes) -> int:
    place = 8
    while place + 12 <= len(given):
        length = int.from_bytes(given[place : place + 4], "big")
        kind = given[place + 4 : place + 8]
        place += 12 + length
        if kind == b"IEND":
            return place
    raise ValueError("no end")


def _end_of_webp(given: bytes) -> int:
    length = int.from_bytes(given[4:8], "little")
    return 8 + length + length % 2


def _end_of_jpeg(given: bytes) -> int:
    """Segments say how long they are; only in the pixels after a start of scan must the next marker be looked for."""
    place = 2
    while place + 4 <= len(given) and given[place] == 0xFF:
        marker = given[place + 1]
        if marker == 0xD9:
            return place + 2
        if marker == 0xFF:  # a filling byte
            place += 1
            continue
        place += 2 + int.from_bytes(given[place + 2 : place + 4], "big")
        if marker == 0xDA:
            place = _after_the_scan(given, place)
    if given[place : place + 2] == b"\xff\xd9":
        return place + 2
    raise ValueError("no end")


def _after_the_scan(given: bytes, place: int) -> int:
    """The next marker that is neither a restart nor a byte of the pixels."""
    while (place := given.find(b"\xff", place)) >= 0 and place + 1 < len(given):
        follower = given[place + 1]
        if follower != 0 and not 0xD0 <= follower <= 0xD7:
            return place
        place += 2
    raise ValueError("no end")
