"""Photos and videos as they go out: known types, no place or camera in them, our mark on them (2.D, 2.G)."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont, ImageOps

from content.models.files import place_of
from members.states import Invalid

PHOTO, VIDEO = "image/jpeg", "video/mp4"
LARGEST_PHOTO = 25_000_000  # bytes as uploaded
LARGEST_VIDEO = 512_000_000  # X's own limit, the smallest of the four
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2048  # pixels; what the four show at most
QUALITY = 88  # keeps a photo of that side under 4 MB, Facebook's limit


@dataclass(frozen=True)
class Kept:
    """A file that lies in its place: its digest in hexadecimal, its type and its size in bytes."""

    digest: str
    mime: str
    size: int


def keep_photo(uploaded: BinaryIO, mark: str) -> Kept:
    """Turn an uploaded picture into the photo that goes out, with `mark` burned in, and keep it.

    Raises Invalid for what is no JPEG, PNG or WebP, is too large, or cannot be read.
    """
    data = uploaded.read(LARGEST_PHOTO + 1)
    if len(data) > LARGEST_PHOTO:
        raise Invalid("The photo is larger than 25 MB.", "pictures")
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Invalid("The photo has more than 50 million pixels.", "pictures")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except Invalid:
        raise
    except Exception as error:  # Pillow raises nearly anything for a broken file
        raise Invalid("The photo cannot be read: it must be a JPEG, PNG or WebP.", "pictures") from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    _marked(upright, mark).save(out, "JPEG", quality=QUALITY, optimize=True)  # no metadata is written
    return _keep(io.BytesIO(out.getvalue()), PHOTO)


def keep_video(uploaded: BinaryIO) -> Kept:
    """Keep an uploaded MP4 as it is. Raises Invalid for another type or one too large."""
    head = uploaded.read(12)
    uploaded.seek(0)
    if head[4:8] != b"ftyp":
        raise Invalid("The video must be an MP4.", "pictures")
    return _keep(uploaded, VIDEO, most=LARGEST_VIDEO)


def _marked(picture: Image.Image, mark: str) -> Image.Image:
    """The picture with `mark` in its lower right corner, on a dark band so that it reads on any ground."""
    height = max(12, picture.height // 28)
    font = ImageFont.load_default(height)
    drawing = ImageDraw.Draw(picture, "RGBA")
    left, top, right, bottom = drawing.textbbox((0, 0), mark, font=font)
    width, tall, pad = right - left, bottom - top, height // 2
    corner = (picture.width - width - 2 * pad, picture.height - tall - 2 * pad)
    drawing.rectangle((*corner, picture.width, picture.height), fill=(0, 0, 0, 150))
    drawing.text((corner[0] + pad - left, corner[1] + pad - top), mark, font=font, fill=(255, 255, 255, 235))
    return picture


def _keep(stream: BinaryIO, mime: str, *, most: int = LARGEST_PHOTO) -> Kept:
    """Write the bytes under their digest, whole or not at all."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        partial = Path(file.name)
        try:
            while chunk := stream.read(1 << 20):
                size += len(chunk)
                if size > most:
                    raise Invalid(f"The file is larger than {most // 1_000_000} MB.", "pictures")
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            partial.unlink()
            raise
    place = place_of(digest.hexdigest())
    place.parent.mkdir(exist_ok=True)
    partial.replace(place)
    return Kept(digest.hexdigest(), mime, size)
