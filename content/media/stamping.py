"""The mark on a picture: drawn once for its size, set down where it stays legible, known again afterwards (2.G).

Only the ground under the mark is touched. A JPEG stores colour in squares of sixteen pixels, and a reader blends the
colour of neighbours: `Stamp.box` therefore reaches to whole squares and two pixels on. Outside of it the picture is,
pixel by pixel, what it would be without the mark.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from importlib.resources import files
from math import sqrt
from typing import Any

from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageStat

FONT = str(files("reportlab") / "fonts" / "VeraBd.ttf")  # has the letters of most Latin scripts; freely used
SMALLEST, SHARE, WIDEST = 11, 0.04, 0.55  # pixels of a letter; of the shorter side; of the picture's width
SQUARE, BLEED = 16, 2
BUSY = 24.0  # standard deviation of brightness beyond which letters need a plate
CONTRAST = 4.5  # WCAG's for text
PLATE = (12, 18, 28, 178)
LIGHT, DARK = (255, 255, 255, 240), (10, 14, 22, 240)
LIKE = 0.6  # correlation from which the mark counts as there; without it some 0.0 to 0.3 is found
TEMPLATE = (160, 32)

Box = tuple[int, int, int, int]  # left, top, width, height in pixels


@dataclass(frozen=True)
class Text:
    """What is drawn: the department's mark, or the credit of somebody else."""

    words: str
    logo: bytes = b""  # PNG


@dataclass(frozen=True)
class Stamp:
    """A mark made ready for one picture: the tile to lay on it, and where."""

    tile: Image.Image  # RGBA
    at: tuple[int, int]
    size: tuple[int, int]  # of the picture
    ground: int  # its mean brightness there

    @property
    def box(self) -> Box:
        """All that the mark can change in a JPEG or a video."""
        left = self.at[0] // SQUARE * SQUARE - BLEED
        top = self.at[1] // SQUARE * SQUARE - BLEED
        right = -(-(self.at[0] + self.tile.width) // SQUARE) * SQUARE + BLEED
        bottom = -(-(self.at[1] + self.tile.height) // SQUARE) * SQUARE + BLEED
        left, top = max(0, left), max(0, top)
        return left, top, min(right, self.size[0]) - left, min(bottom, self.size[1]) - top

    def lay_on(self, picture: Image.Image) -> Image.Image:
        """Burn it in, in place; what it covered is given back."""
        corner = (*self.at, self.at[0] + self.tile.width, self.at[1] + self.tile.height)
        under = picture.crop(corner)
        marked = under.copy()
        marked.paste(self.tile, mask=self.tile)
        picture.paste(marked, corner)
        return under

    def proof(self) -> dict[str, Any]:
        """By what the mark is known again: the tile on an even ground, small, in grey."""
        corner = (*self.at, self.at[0] + self.tile.width, self.at[1] + self.tile.height)
        even = Image.new("RGB", self.tile.size, (self.ground,) * 3)
        even.paste(self.tile, mask=self.tile)
        kept = io.BytesIO()
        even.convert("L").resize(TEMPLATE, Image.Resampling.BOX).save(kept, "PNG")
        return {"corner": list(corner), "png": base64.b64encode(kept.getvalue()).decode()}


def stamp_for(picture: Image.Image, text: Text, avoid: tuple[Box, ...] = (), *, moves: bool = False) -> Stamp:
    """Where and how `text` is legible on the picture: on the calmest of its corners, on a plate where none is calm.

    `avoid`: what was made unrecognizable; the mark does not stand on it where it need not. `moves`: what is under it
    will change, so that it stands on a plate in any case.
    """
    layout = _laid_out(text, _letters(picture.size, text))
    places = _places(picture.size, layout.size)
    grounds = [(_ground(picture, place, layout.size), place) for place in places]
    order = {place: number for number, place in enumerate(places)}

    def unrest(one: tuple[Ground, tuple[int, int]]) -> float:
        ground, place = one
        covered = any(_meet((*place, *layout.size), box) for box in avoid)
        return ground.spread + 4.0 * order[place] + (1000.0 if covered else 0.0)

    ground, place = min(grounds, key=unrest)
    ink, plate = (LIGHT, PLATE) if moves else ground.wants()
    return Stamp(_drawn(text, layout, ink, plate), place, picture.size, round(ground.mean))


@dataclass(frozen=True)
class Ground:
    """What a mark would stand on: mean and spread of its brightness, and its darkest and lightest twentieth."""

    mean: float
    spread: float
    dark: float
    light: float

    def wants(self) -> tuple[tuple[int, int, int, int], tuple[int, int, int, int] | None]:
        """The ink, and the plate behind it where the ground alone does not carry any."""
        if self.spread <= BUSY:
            if _contrast(255, self.light) >= CONTRAST:
                return LIGHT, None
            if _contrast(14, self.dark) >= CONTRAST:
                return DARK, None
        return LIGHT, PLATE


def _ground(picture: Image.Image, place: tuple[int, int], size: tuple[int, int]) -> Ground:
    part = picture.crop((*place, place[0] + size[0], place[1] + size[1])).convert("L")
    measured = ImageStat.Stat(part)
    counts, some = part.histogram(), part.width * part.height / 20
    return Ground(measured.mean[0], measured.stddev[0], _reached(counts, some), 255 - _reached(counts[::-1], some))


def _reached(counts: list[int], some: float) -> float:
    """At which brightness `some` of the pixels are counted, from the first on."""
    total = 0
    for value, count in enumerate(counts):
        total += count
        if total > some:
            return float(value)
    return 255.0


def _contrast(one: float, other: float) -> float:
    """WCAG's contrast of two greys."""

    def light(value: float) -> float:
        part = value / 255
        return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _places(size: tuple[int, int], tile: tuple[int, int]) -> list[tuple[int, int]]:
    """The four corners, the lower right first: a hand's breadth from the edge, which platforms round off."""
    gap = max(4, round(min(size) * 0.025))
    right, bottom = max(0, size[0] - tile[0] - gap), max(0, size[1] - tile[1] - gap)
    left, top = min(gap, right), min(gap, bottom)
    return list(dict.fromkeys([(right, bottom), (left, bottom), (right, top), (left, top)]))


def _meet(one: Box, other: Box) -> bool:
    apart = one[0] >= other[0] + other[2] or other[0] >= one[0] + one[2]
    return not (apart or one[1] >= other[1] + other[3] or other[1] >= one[1] + one[3])


# --- drawing ----------------------------------------------------------------------------------------------------------


def _letters(size: tuple[int, int], text: Text) -> int:
    """The height of a letter: a share of the shorter side, smaller where the words would grow too wide."""
    wanted = max(SMALLEST, round(min(size) * SHARE))
    width = _laid_out(text, wanted).size[0]
    room = size[0] * WIDEST
    return max(SMALLEST - 3, int(wanted * room / width)) if width > room else wanted


@dataclass(frozen=True)
class _Layout:
    """How words and logo of one size stand beside each other, before anything is drawn."""

    font: ImageFont.FreeTypeFont
    logo: Image.Image | None
    at: tuple[float, float]  # where the words begin
    pad: int
    size: tuple[int, int]  # of the tile


def _laid_out(text: Text, size: int) -> _Layout:
    font = ImageFont.truetype(FONT, size)
    left, top, right, bottom = font.getbbox(text.words)
    pad, tall = max(3, size // 2), round(size * 1.6)
    logo = _logo(text.logo, tall)
    shift = logo.width + pad if logo else 0
    width, height = round(right - left) + shift + 2 * pad, max(tall, round(bottom - top)) + pad
    return _Layout(font, logo, (pad + shift - left, (height - (bottom - top)) / 2 - top), pad, (width, height))


def _drawn(
    text: Text, layout: _Layout, ink: tuple[int, int, int, int], plate: tuple[int, int, int, int] | None
) -> Image.Image:
    """The tile: logo and words, on a plate or with a soft edge that lifts them off the ground."""
    font, tile = layout.font, Image.new("RGBA", layout.size, plate or (*ink[:3], 0))
    if plate is None:
        edge = (0, 0, 0) if ink == LIGHT else (255, 255, 255)
        shadow = Image.new("L", tile.size, 0)
        ImageDraw.Draw(shadow).text(layout.at, text.words, font=font, fill=150)
        shadow = shadow.filter(ImageFilter.GaussianBlur(max(1.0, font.size / 12)))
        tile = Image.new("RGBA", tile.size, (*edge, 0))
        tile.putalpha(shadow)
    letters = Image.new("RGBA", tile.size, (*ink[:3], 0))
    ImageDraw.Draw(letters).text(layout.at, text.words, font=font, fill=ink)
    tile.alpha_composite(letters)
    if layout.logo:
        tile.alpha_composite(layout.logo, (layout.pad, (tile.height - layout.logo.height) // 2))
    return tile


def _logo(png: bytes, tall: int) -> Image.Image | None:
    if not png:
        return None
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        logo = opened.convert("RGBA")
    logo.thumbnail((4 * tall, tall), Image.Resampling.LANCZOS)
    return logo


# --- known again ------------------------------------------------------------------------------------------------------


def is_there(picture: Image.Image, proof: dict[str, Any]) -> bool:
    """Whether the mark stands on the picture where `proof` says: as it was drawn, or nearly so after a coding."""
    left, top, right, bottom = proof["corner"]
    if right > picture.width or bottom > picture.height:
        return False
    with Image.open(io.BytesIO(base64.b64decode(proof["png"])), formats=["PNG"]) as kept:
        wanted = kept.convert("L").tobytes()
    found = picture.crop((left, top, right, bottom)).convert("L").resize(TEMPLATE, Image.Resampling.BOX).tobytes()
    return _alike(wanted, found) >= LIKE


def _alike(one: bytes, other: bytes) -> float:
    """Correlation of two pictures of the same size: 1 where they differ by nothing but brightness and contrast."""
    n = len(one)
    mean, other_mean = sum(one) / n, sum(other) / n
    both = sum((a - mean) * (b - other_mean) for a, b in zip(one, other, strict=True))
    spread = sqrt(sum((a - mean) ** 2 for a in one) * sum((b - other_mean) ** 2 for b in other))
    return both / spread if spread else 0.0
