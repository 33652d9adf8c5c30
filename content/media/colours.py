"""Pictures upright and in the colours that every screen shows: sRGB, eight bits, nothing seen through."""

from __future__ import annotations

import io
from typing import cast

from PIL import Image, ImageCms, ImageOps

_SRGB = ImageCms.createProfile("sRGB")


def upright(picture: Image.Image) -> Image.Image:
    """Turned and mirrored as the camera noted. Nothing is copied where it stands upright."""
    if picture.getexif().get(0x0112, 1) not in range(2, 9):
        return picture
    return ImageOps.exif_transpose(picture)


def in_srgb(picture: Image.Image) -> Image.Image:
    """The picture as RGB in sRGB, on white where it can be seen through. What it says of itself is gone."""
    profile = picture.info.get("icc_profile")
    flat = _on_white(_eight_bits(picture))
    if profile:
        flat = _from_profile(flat, profile)
    if flat.mode != "RGB":
        flat = flat.convert("RGB")
    flat.info = {}
    flat.getexif().clear()
    return flat


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Sixteen bits of grey are cut down by scale: Pillow alone would clip them to white."""
    if picture.mode in {"I;16", "I;16L", "I;16B", "I"}:
        wide = picture.convert("I")
        most = cast(tuple[int, int], wide.getextrema())[1]
        scale = 1 / 256 if most > 255 else 1
        return wide.point(lambda value: value * scale).convert("L")
    if picture.mode == "F":
        return picture.convert("L")
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    """Of what can be seen through no copy is made beside the ground that it is laid on: it may be large."""
    clear = "transparency" in picture.info or picture.mode in {"LA", "PA", "La", "RGBa"}
    if clear and picture.mode != "RGBA":
        picture = picture.convert("RGBA")
    if picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture)
        return ground
    return picture.convert({"P": "RGB", "1": "L"}[picture.mode]) if picture.mode in {"P", "1"} else picture


def _from_profile(picture: Image.Image, profile: bytes) -> Image.Image:
    """Out of the colours of its profile; a profile that cannot be read, or is of another kind, counts for nothing."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        space = source.profile.xcolor_space.strip()
        if space != {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}.get(picture.mode):
            return picture
        if picture.mode == "RGB" and _is_srgb(source):
            return picture
        made = ImageCms.profileToProfile(
            picture, source, _SRGB, renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture
    return made if made is not None else picture


def _is_srgb(source: ImageCms.ImageCmsProfile) -> bool:
    said = ImageCms.getProfileDescription(source).strip().lower()
    return said.startswith("srgb")
