"""A picture that proves something: kept byte for byte as it was given, once it is known to be one."""

from __future__ import annotations

import io
import warnings
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from members.states import Invalid

LARGEST_PICTURE = 8_000_000  # bytes
MOST_PIXELS = 40_000_000
MIMES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


def proof_of(file: BinaryIO, field: str = "picture") -> tuple[bytes, str]:
    """The bytes of an uploaded picture and its type. Raises Invalid with `field`: too large, or no picture."""
    given = file.read(LARGEST_PICTURE + 1)
    if len(given) > LARGEST_PICTURE:
        raise Invalid("The file is too large: give one of at most 8 MB.", field)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(given), formats=list(MIMES)) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise Invalid("The picture has too many pixels: give one of at most 40 million.", field)
                mime = MIMES[opened.format or ""]
                opened.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Invalid("The picture has too many pixels: give one of at most 40 million.", field) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, KeyError) as error:
        raise Invalid("This is not a picture that can be read. Give a PNG, JPEG or WebP file.", field) from error
    return given, mime
