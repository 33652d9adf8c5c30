"""A photo of a thing, and the maker's instructions: what is shown in the browser is of our own making."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from PIL import Image, ImageOps

from equipment.models import KeptFile
from members import kept_files
from members.models import Member
from members.pictures import proof_of

INSTRUCTIONS = {**kept_files.PICTURES, **kept_files.PAPERS}
_LONGEST_SIDE = 1600  # pixels


def keep_photo(file: UploadedFile[Any], *, by: Member) -> KeptFile:
    """Draw the picture anew as a JPEG, upright, without the place and the camera that it tells of, and keep that.

    Raises Invalid at `photo`.
    """
    given, _ = proof_of(file, "photo")  # type: ignore[arg-type]
    with Image.open(io.BytesIO(given)) as opened:
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        drawn = io.BytesIO()
        upright.convert("RGB").save(drawn, "JPEG", quality=85)
    name = f"{(file.name or 'photo').rsplit('.', 1)[0]}.jpg"
    (kept,) = kept_files.keep([SimpleUploadedFile(name, drawn.getvalue())], kept_files.PICTURES, "photo")
    return KeptFile.of(kept, by=by)


def keep_instructions(file: UploadedFile[Any], *, by: Member) -> KeptFile:
    """Keep the maker's instructions as they came. Raises Invalid at `instructions`."""
    (kept,) = kept_files.keep([file], INSTRUCTIONS, "instructions")
    return KeptFile.of(kept, by=by)
