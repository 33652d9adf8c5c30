"""Pictures and videos for tests, as cameras and strangers make them."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import av
import numpy as np
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from content.media import uploads
from content.media.keeping import coming, take_in
from content.media.marking import mark_in_force
from content.media.noting import Ground, Person, note_person, say_rights
from content.models import Asset, Depicted, Rendering, Rights
from members.kept_files import place_of
from members.models import Member

TURNS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
RED, GREEN, BLUE = (220, 30, 30), (30, 200, 30), (30, 30, 220)


def photo(width: int = 640, height: int = 480) -> Image.Image:
    """A photo whose corners tell which is which: red upper left, green upper right, blue lower left."""
    y, x = np.mgrid[0:height, 0:width]
    picture = Image.fromarray(np.stack([x * 255 // width, y * 255 // height, (x + y) % 256], -1).astype("uint8"))
    for colour, corner in ((RED, (0, 0)), (GREEN, (width * 3 // 4, 0)), (BLUE, (0, height * 3 // 4))):
        picture.paste(colour, (*corner, corner[0] + width // 4, corner[1] + height // 4))
    return picture


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: its name, the place, which way it was held."""
    said = Image.Exif()
    said[0x010F], said[0x0110], said[0x0112], said[0x9003] = "Acme", "Phone 9", orientation, "2026:11:02 10:00:00"
    place = said.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (25.0, 46.0, 27.0), "W", (80.0, 11.0, 36.0)
    return said


def saved(picture: Image.Image, kind: str = "JPEG", **more: Any) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, kind, **more)
    return kept.getvalue()


def held(orientation: int) -> bytes:
    """The photo as a camera held that way writes it, with all that it tells."""
    turn = TURNS[orientation]
    lying = photo() if turn is None else photo().transpose(turn)
    return saved(lying, exif=exif(orientation).tobytes(), quality=95, comment=b"at my sister's")


def png(width: int, height: int, rows: bytes, *, depth: int = 8, colour: int = 2) -> bytes:
    """A PNG of those rows, each with its filter byte."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def bomb() -> bytes:
    """200 million pixels in some 20 KB."""
    side = 14_200
    return png(side, side, bytes((side + 7) // 8 + 1) * side, depth=1, colour=0)


def video(
    path: Path, *, seconds: float = 1.0, size: tuple[int, int] = (640, 360), sound: str = "aac", turned: int = 0
) -> bytes:
    """A video with a place in it: its upper left is red, a white bar runs across; `sound` a codec or nothing."""
    width, height = size
    with av.open(str(path), "w", format="mov" if path.suffix == ".mov" else "mp4") as film:
        film.metadata.update({"location": "+25.7743-080.1937/", "comment": "at my sister's", "make": "Acme"})
        picture = film.add_stream("libx264", rate=30)
        picture.width, picture.height, picture.pix_fmt = width, height, "yuv420p"
        picture.options = {"preset": "ultrafast"}
        if turned:
            picture.set_display_rotation(turned)
        noise = film.add_stream(sound, rate=48000) if sound else None
        if noise is not None:
            noise.codec_context.layout = "stereo"
        for number in range(round(seconds * 30)):
            shown = np.zeros((height, width, 3), "uint8")
            shown[:, :, 1] = 90
            shown[: height // 3, : width // 3] = (255, 0, 0)
            shown[:, (number * 5) % width : (number * 5) % width + 10] = 255
            film.mux(picture.encode(av.VideoFrame.from_ndarray(shown, format="rgb24")))
        film.mux(picture.encode(None))
        if noise is not None:
            _hum(film, noise, seconds, sound)
    return path.read_bytes()


def _hum(film: Any, track: Any, seconds: float, codec: str) -> None:
    at = 0
    while at < seconds * 48000:
        wave = np.sin((np.arange(1024) + at) * 2 * np.pi * 440 / 48000) / 4
        if codec == "aac":
            frame = av.AudioFrame.from_ndarray(np.stack([wave, wave]).astype("float32"), format="fltp", layout="stereo")
        else:
            both = (np.stack([wave, wave], 1) * 32767).reshape(1, -1).astype("int16")
            frame = av.AudioFrame.from_ndarray(both, format="s16", layout="stereo")
        frame.sample_rate, frame.pts = 48000, at
        film.mux(track.encode(frame))
        at += 1024
    film.mux(track.encode(None))


def in_library(data: bytes, name: str, by: Member, *, basis: str = "own", **ground: Any) -> Asset:
    """It in the library, with rights, and nobody to be recognized on it."""
    with coming() as path:
        path.write_bytes(data)
        asset = take_in(path, name, by=by)
    if asset.rights_in_force is None:
        say_rights(asset, Ground(basis, **ground), by=by)
        note_person(asset, Person("nobody"), by=by)
    return asset


def row_of(by: Member, digest: str = "a") -> Asset:
    """An asset without a look at any file: for what asks about rows alone."""
    fields = {"kind": "image", "mime": "image/jpeg", "size": 9, "width": 640, "height": 480, "name": "park.jpg"}
    asset = Asset.objects.create(digest=digest * 64, still="b" * 64, by=by, **fields)
    for kept in (asset.digest, asset.still):
        place_of(kept).parent.mkdir(parents=True, exist_ok=True)
        place_of(kept).write_bytes(b"\xff\xd8\xff a picture")
    return asset


def opened(rendering: Rendering) -> Image.Image:
    """What leaves, as a stranger opens it."""
    return Image.open(rendering.path)


def as_sent(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def near(found: Any, wanted: tuple[int, int, int], by: int = 40) -> bool:
    return all(abs(int(a) - b) <= by for a, b in zip(found[:3], wanted, strict=True))


def library_world(by: Member) -> dict[str, Any]:
    """One of everything of the library that an address can name."""
    asset = row_of(by)
    paper = {"by": by, "asset": asset}
    rights = Rights.objects.create(
        basis="own", proof=asset.digest, proof_mime="image/jpeg", proof_name="a.jpg", **paper
    )
    noted = Depicted.objects.create(
        kind="consenting", consent=asset.digest, consent_mime="image/jpeg", consent_name="a.jpg", **paper
    )
    made = Rendering.objects.create(
        asset=asset,
        rights=rights,
        mark=mark_in_force(),
        recipe={},
        recipe_digest="c" * 64,
        original=asset.digest,
        digest=asset.digest,
        still=asset.still,
        mime="image/jpeg",
        size=9,
        width=640,
        height=480,
        mark_box=[0, 0, 32, 16],
        proof={},
    )
    upload = uploads.begin("long.mp4", 1000, by=by)
    return {
        "asset_id": asset.pk,
        "rights_id": rights.pk,
        "noted_id": noted.pk,
        "rendering_id": made.pk,
        "upload_key": upload.key,
    }
