"""What a picture is, found out in the child: its measures, whether it moves, what it tells beside its pixels."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import GifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, UnidentifiedImageError, WebPImagePlugin

from content.media.colours import in_srgb, upright
from content.media.refusing import BROKEN, TAKEN, Unreadable
from content.media.sniffing import HEIC, Sort

MOST_PIXELS = 50_000_000
SMALLEST_SIDE = 16  # pixels
NARROWEST = 20  # times longer than wide
MOST_FRAMES = 1500  # of what moves
STILL = 1280  # pixels of the longer side: enough to set a blur on a face in a crowd
# Named, so that none of the sixty others is ever loaded.
CODECS = (GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin)
FORMATS = ["JPEG", "PNG", "WEBP", "GIF"]

_PLACE, _MAKER, _TIME = 0x8825, {0x010F, 0x0110, 0xA434, 0x927C}, {0x0132, 0x9003, 0x9004}
_WORDS = {0x010E, 0x013B, 0x8298, 0x9286, 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F}


@dataclass(frozen=True)
class Looked:
    """What was found. Measures are of the picture upright; `seconds` of what moves."""

    kind: str
    mime: str
    width: int
    height: int
    seconds: float | None
    sound: bool
    carries: list[str]


@contextmanager
def opened(path: Path, sort: Sort) -> Iterator[Image.Image]:
    """The picture, its head read and judged, its pixels not yet. Raises Unreadable."""
    formats = FORMATS
    if sort is HEIC:
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
        formats = ["HEIF"]
    Image.MAX_IMAGE_PIXELS = None  # its size is judged here, before any pixel
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(path, formats=formats)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Unreadable(f"This picture cannot be read. {TAKEN}") from error
    with picture:
        _require_measures(*picture.size)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield picture
        except MemoryError as error:
            raise Unreadable("The picture takes more memory than one is given: save it smaller.") from error
        except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, AttributeError) as error:
            raise Unreadable(BROKEN) from error  # codecs raise nearly anything for a broken file


def _require_measures(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise Unreadable(
            f"The picture has {round(width * height / 1e6)} million pixels: give one of at most"
            f" {MOST_PIXELS // 1_000_000} million."
        )
    short, long = sorted((width, height))
    if short < SMALLEST_SIDE:
        raise Unreadable(f"The picture is {width} by {height} pixels: that is too small to show anything.")
    if long > NARROWEST * short:
        raise Unreadable(f"The picture is {width} by {height} pixels: no platform shows one so narrow.")


def moves(picture: Image.Image) -> bool:
    """Whether it is an animation. A phone's JPEG with a second size of it, and a PNG, count as still."""
    return picture.format in {"GIF", "WEBP"} and bool(getattr(picture, "is_animated", False))


def look(path: Path, sort: Sort, still: Path) -> Looked:
    """What the picture at `path` is; a small one of it is written to `still`. Raises Unreadable."""
    with opened(path, sort) as picture:
        carries = sorted(carried(picture))
        seconds = _seconds(picture) if moves(picture) else None
        picture.seek(0)
        width, height = picture.size[::-1] if _lies(picture) else picture.size
        picture.draft("RGB", (2 * STILL, 2 * STILL))  # a JPEG is decoded small at once
        picture.load()
        small_still(upright(picture)).save(still, "JPEG", quality=85)
    kind = "image" if seconds is None else "video"
    return Looked(kind, sort.mime, width, height, seconds, sound=False, carries=carries)


def small_still(picture: Image.Image) -> Image.Image:
    """A small one for lists, in the colours of screens."""
    flat = in_srgb(picture)
    scale = min(1.0, STILL / max(flat.size))
    size = (max(1, round(flat.width * scale)), max(1, round(flat.height * scale)))
    return flat.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _lies(picture: Image.Image) -> bool:
    return picture.getexif().get(0x0112) in {5, 6, 7, 8}


def _seconds(picture: Image.Image) -> float:
    """How long an animation takes, each frame looked at: one that is cut off is found out."""
    frames = getattr(picture, "n_frames", 1)
    if frames > MOST_FRAMES:
        raise Unreadable(f"The animation has {frames} pictures: give a video instead, or at most {MOST_FRAMES}.")
    total = 0.0
    for number in range(frames):
        picture.seek(number)
        picture.load()
        total += max(20.0, float(picture.info.get("duration") or 100.0))
    return round(total / 1000, 3)


def carried(picture: Image.Image) -> set[str]:
    """What it tells beside its pixels, in words: place, camera, time, words, program."""
    found: set[str] = set()
    exif = picture.getexif()
    tags = {*exif, *exif.get_ifd(0x8769)}
    if exif.get_ifd(_PLACE):
        found.add("place")
    for wanted, word in ((_MAKER, "camera"), (_TIME, "time"), (_WORDS, "words"), ({0x0131}, "program")):
        if tags & wanted:
            found.add(word)
    said = picture.info
    if said.get("comment") or said.get("photoshop") or getattr(picture, "text", None):
        found.add("words")
    xmp = said.get("xmp") or said.get("XML:com.adobe.xmp")
    if xmp:
        found.add("words")
        found.update({"place"} if b"GPSLatitude" in (xmp if isinstance(xmp, bytes) else str(xmp).encode()) else ())
    return found
