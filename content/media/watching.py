"""A look at a video of our own making."""

from __future__ import annotations

from pathlib import Path

import av
from PIL import Image

from content.media.encoding import picture_of


def first_picture(path: Path) -> Image.Image:
    """Its first picture. Raises ValueError: there is none."""
    try:
        with av.open(str(path), format="mov", options={"protocol_whitelist": "file"}) as film:
            for frame in film.decode(video=0):
                return picture_of(frame)
    except av.FFmpegError as error:
        raise ValueError(path.name) from error
    raise ValueError(path.name)
