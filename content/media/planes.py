"""A frame of video as its planes of brightness and colour, and what is laid on them: their own ground alone."""

from __future__ import annotations

from typing import Any, cast

import av
import numpy as np
from PIL import Image

from content.media.painting import Box, blur
from content.media.stamping import Stamp

Plane = np.ndarray[Any, np.dtype[np.uint8]]
Planes = list[Plane]


def planes_of(whole: Plane, size: tuple[int, int]) -> Planes:
    """Brightness and the two colours of a packed frame, as views: what is written there is written in the frame."""
    width, height = size
    flat = whole.reshape(-1)
    luma, colour = width * height, width * height // 4
    shape = (height // 2, width // 2)
    return [
        flat[:luma].reshape(height, width),
        flat[luma : luma + colour].reshape(shape),
        flat[luma + colour : luma + 2 * colour].reshape(shape),
    ]


def blur_in(planes: Planes, box: Box) -> None:
    """Make `box`, on even pixels, unrecognizable in all planes, in place."""
    for number, plane in enumerate(planes):
        left, top, width, height = (part // (2 if number else 1) for part in box)
        part = Image.fromarray(np.ascontiguousarray(plane[top : top + height, left : left + width]))
        blur(part, (0, 0, width, height))
        plane[top : top + height, left : left + width] = np.asarray(part)


class Laid:
    """A stamp as planes, laid on each frame with whole numbers: its own ground alone."""

    def __init__(self, stamp: Stamp | None) -> None:
        self.parts: list[tuple[slice, slice, Any, Any]] = []
        if stamp is None:
            return
        left, top = stamp.at[0] // 2 * 2, stamp.at[1] // 2 * 2
        width, height = -(-stamp.tile.width // 2) * 2, -(-stamp.tile.height // 2) * 2
        tile = Image.new("RGBA", (width, height), (0, 0, 0, 0))
        tile.paste(stamp.tile)
        frame = cast(Any, av.VideoFrame).from_image(tile.convert("RGB"))
        colours = cast(Plane, frame.reformat(format="yuv420p").to_ndarray())
        shares = np.asarray(tile.getchannel("A"), dtype=np.uint16)
        halves = shares.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3)).astype(np.uint16)
        for number, colour in enumerate(planes_of(colours, (width, height))):
            half = 2 if number else 1
            share = halves if number else shares
            rows = slice(top // half, top // half + colour.shape[0])
            columns = slice(left // half, left // half + colour.shape[1])
            self.parts.append((rows, columns, colour.astype(np.uint16) * share, 255 - share))

    def lay_on(self, planes: Planes) -> None:
        """Burn it in."""
        for plane, (rows, columns, colour, rest) in zip(planes, self.parts, strict=False):
            ground = plane[rows, columns]
            tall, wide = ground.shape
            ground[:] = ((ground * rest[:tall, :wide] + colour[:tall, :wide]) // 255).astype(np.uint8)
