"""The agency's mark: whatever picture is given, a small PNG of ours is kept, made from its pixels alone.

Nothing of the given file is stored or served: no words in it, no second file behind it, no place where it was taken.
"""

from __future__ import annotations

import io
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from members.endings import end_of
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
        if end_of(opened.format or "", given) != len(given):
            raise Invalid(MORE_THAN_A_PICTURE, "mark")
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    pixels = Image.new("RGBA", upright.size)
    pixels.paste(upright)
    return pixels
