"""A picture that came from outside, painted anew: small, still, without anything that was hidden in its file."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from accounts.platforms.fetching import Refused

SIDE = 96  # pixels
MIME = "image/webp"
# By what the bytes are, whatever an answer calls them. SVG and others that can hold a script are no pictures here.
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_MOST_PIXELS = 16_000_000


def portrait(content: bytes) -> bytes:
    """A square WebP of SIDE pixels. Raises Refused where the bytes are no picture, or one that swells too much."""
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as found:
            if found.width * found.height > _MOST_PIXELS or min(found.size) < 1:
                raise Refused("The picture is too large.", code="too-large")
            found.draft("RGB", (2 * SIDE, 2 * SIDE))
            upright = ImageOps.exif_transpose(found)
            square = ImageOps.fit(upright.convert("RGBA"), (SIDE, SIDE))
    except Refused:
        raise
    except Exception as error:  # noqa: BLE001  (Pillow raises nearly anything for a broken file)
        raise Refused(f"This is no picture ({type(error).__name__}).", code="no-picture") from None
    painted = Image.new("RGBA", square.size)
    painted.paste(square)
    made = io.BytesIO()
    painted.save(made, "WEBP", quality=80)
    return made.getvalue()
