"""A photo or graphic made ready to leave: upright, in sRGB, blurred, cut, of a size, marked; nothing else in it (2.G).

The order is fixed: what is blurred is blurred in the whole picture, before anything is cut or made smaller.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageFilter

from content.media.colours import in_srgb, upright
from content.media.looking import opened, small_still
from content.media.refusing import Unreadable
from content.media.sniffing import Sort
from content.media.stamping import Stamp, Text, stamp_for

Part = tuple[float, float, float, float]  # left, top, width, height as parts of the whole
Box = tuple[int, int, int, int]
QUALITY, LOWEST_QUALITY = 90, 60
SMALLEST = 320  # pixels: the narrowest that Instagram takes, and enough for a mark
BLOCKS = 5  # squares along the longer side of what is made unrecognizable: no face or plate is left in them


@dataclass(frozen=True)
class Recipe:
    """What is done to a file, in order. `most_bytes` and `longest` are the platform's."""

    blurs: tuple[Part, ...] = ()
    crop: Part | None = None
    longest: int = 2048  # pixels of the longer side
    most_bytes: int = 4_000_000


@dataclass(frozen=True)
class Made:
    """What came of it."""

    mime: str
    width: int
    height: int
    seconds: float | None
    mark_box: Box | None
    proof: dict[str, Any] | None


def paint(source: Path, sort: Sort, recipe: Recipe, text: Text | None, into: Path, still: Path) -> Made:
    """Make the picture at `source` ready, into `into`, and a small one of it into `still`. Raises Unreadable."""
    ready, stamp = prepare(source, sort, recipe, text, into)
    small_still(ready).save(still, "JPEG", quality=85)
    box, proof = (stamp.box, stamp.proof()) if stamp else (None, None)
    return Made("image/jpeg", ready.width, ready.height, None, box, proof)


def prepare(
    source: Path, sort: Sort, recipe: Recipe, text: Text | None, into: Path
) -> tuple[Image.Image, Stamp | None]:
    """The picture as it was written to `into`, and what stands on it. Raises Unreadable."""
    with opened(source, sort) as picture:
        if recipe.crop is None:  # a JPEG is decoded in a half or a quarter where no more is needed
            picture.draft("RGB", (recipe.longest, recipe.longest))
        picture.load()
        whole = upright(picture)
        blurred = [pixels(part, whole.size) for part in recipe.blurs]
        whole = in_srgb(whole)
        for box in blurred:
            blur(whole, box)
    ready, blurred = _cut_and_sized(whole, recipe, blurred)
    return _written(ready, stamp_for(ready, text, tuple(blurred)) if text else None, text, recipe, into)


def pixels(part: Part, size: tuple[int, int]) -> Box:
    """`part` in pixels: whole ones, outwards, within the picture."""
    left, top = int(part[0] * size[0]), int(part[1] * size[1])
    right, bottom = -int(-(part[0] + part[2]) * size[0] // 1), -int(-(part[1] + part[3]) * size[1] // 1)
    left, top = min(max(0, left), size[0] - 1), min(max(0, top), size[1] - 1)
    return left, top, max(1, min(right, size[0]) - left), max(1, min(bottom, size[1]) - top)


def blur(picture: Image.Image, box: Box) -> None:
    """Make `box` unrecognizable for good, in place: a few squares of mean colour, softened, nothing underneath."""
    left, top, width, height = box
    corner = (left, top, left + width, top + height)
    scale = BLOCKS / max(width, height)
    coarse = (max(1, round(width * scale)), max(1, round(height * scale)))
    squares = (
        picture.crop(corner).resize(coarse, Image.Resampling.BOX).resize((width, height), Image.Resampling.NEAREST)
    )
    picture.paste(squares.filter(ImageFilter.GaussianBlur(max(width, height) / (2 * BLOCKS))), corner)


def _cut_and_sized(whole: Image.Image, recipe: Recipe, blurred: list[Box]) -> tuple[Image.Image, list[Box]]:
    left = top = 0
    if recipe.crop is not None:
        left, top, width, height = pixels(recipe.crop, whole.size)
        whole = whole.crop((left, top, left + width, top + height))
    scale = min(1.0, recipe.longest / max(whole.size))
    scale = max(scale, SMALLEST / min(whole.size)) if min(whole.size) < SMALLEST else scale
    if scale != 1.0:
        size = (max(1, round(whole.width * scale)), max(1, round(whole.height * scale)))
        whole = whole.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0 if scale < 1 else None)
    moved = [
        (round((x - left) * scale), round((y - top) * scale), round(w * scale), round(h * scale))
        for x, y, w, h in blurred
    ]
    return whole, moved


def _written(
    ready: Image.Image, stamp: Stamp | None, text: Text | None, recipe: Recipe, into: Path
) -> tuple[Image.Image, Stamp | None]:
    """Write it within the platform's bytes: first by quality, then by measure. The mark goes on at the size it has."""
    while True:
        under = stamp.lay_on(ready) if stamp else None
        for quality in range(QUALITY, LOWEST_QUALITY - 1, -10):
            if write_jpeg(ready, into, quality) <= recipe.most_bytes:
                return ready, stamp
        if max(ready.size) < SMALLEST:
            raise Unreadable("The picture cannot be made as small as the platform asks.")
        if stamp and under:
            ready.paste(under, stamp.at)
        ready = ready.resize((int(ready.width * 0.8), int(ready.height * 0.8)), Image.Resampling.LANCZOS)
        stamp = stamp_for(ready, text) if text else None


def write_jpeg(picture: Image.Image, into: Path, quality: int = QUALITY) -> int:
    """Write the pixels alone; how many bytes it took. No profile, place, camera or word goes with them."""
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=quality)
    into.write_bytes(kept.getbuffer())
    return kept.tell()
