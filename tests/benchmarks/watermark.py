"""`watermark.jpeg` and `watermark.video`: the department's mark on a photo of 12 megapixels and on ten seconds of 720p.

The photo's limit is to decode and encode it and nothing more, in the same process and run, turn by turn; the naive way
lays a whole transparent picture over it. Memory is that of the child process as the product starts it.
"""

from __future__ import annotations

import io
import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import av
import numpy as np
from PIL import Image

from smu.stack.environment import python
from tests.benchmarks.machine import ROOT, Machine
from tests.benchmarks.report import Figure

TURNS, SHARE, MOST_MB = 7, 0.85, 120.0
WIDE, TALL, QUALITY = 4000, 3000, 90
SECONDS = 10.0
WORDS = "© Bayside Police"


def watermark(machine: Machine, rows: int) -> Iterator[Figure]:
    """Both figures; the rows asked for do not matter."""
    with tempfile.TemporaryDirectory(prefix="smu-bench-") as name:
        folder = Path(name)
        yield _jpeg(folder)
        yield _video(folder)


def _photo(folder: Path) -> Path:
    """A photo with much in it, of some two megabytes, as a phone writes it."""
    rng = np.random.default_rng(7)
    small = Image.fromarray(rng.integers(0, 256, (TALL // 16, WIDE // 16, 3), dtype="uint8"))
    whole = np.asarray(small.resize((WIDE, TALL), Image.Resampling.BICUBIC)).astype("int16")
    whole = np.clip(whole + rng.normal(0, 3, whole.shape).astype("int16"), 0, 255).astype("uint8")
    path = folder / "photo.jpg"
    Image.fromarray(whole).save(path, quality=85)
    return path


def _plain(source: Path, into: Path) -> None:
    with Image.open(source) as picture:
        picture.load()
        kept = io.BytesIO()
        picture.save(kept, "JPEG", quality=QUALITY)
        into.write_bytes(kept.getbuffer())


def _naive(source: Path, into: Path) -> None:
    """A layer as large as the picture, laid on all of it."""
    from content.media.stamping import Text, stamp_for

    with Image.open(source) as picture:
        stamp = stamp_for(picture, Text(WORDS))
        layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
        layer.paste(stamp.tile, stamp.at)
        Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB").save(into, "JPEG", quality=QUALITY)


def _jpeg(folder: Path) -> Figure:
    from content.media.painting import Recipe, prepare
    from content.media.sniffing import JPEG
    from content.media.stamping import Text

    source, recipe, text = _photo(folder), Recipe(longest=WIDE, most_bytes=50_000_000), Text(WORDS)
    plain, ours, naive = folder / "plain.jpg", folder / "ours.jpg", folder / "naive.jpg"
    took: dict[str, list[float]] = {"plain": [], "ours": [], "naive": []}
    box = (0, 0, 0, 0)
    for _ in range(TURNS + 1):
        began = time.perf_counter()
        _plain(source, plain)
        took["plain"].append(time.perf_counter() - began)
        began = time.perf_counter()
        _, stamp = prepare(source, JPEG, recipe, text, ours)
        took["ours"].append(time.perf_counter() - began)
        box = stamp.box if stamp else box
        if len(took["naive"]) < 3:
            began = time.perf_counter()
            _naive(source, naive)
            took["naive"].append(time.perf_counter() - began)
    limit, value, worst = (1 / median(took[name][1:]) for name in ("plain", "ours", "naive"))
    equal = _equal_outside(plain, ours, box)
    memory = _in_a_child(folder, source, moves=False, longest=WIDE)
    turned = [_turned(folder, orientation) for orientation in range(1, 9)]
    right = sum(one["right"] for one in turned)
    return Figure(
        name="watermark.jpeg",
        rows=1,
        value=value,
        unit="photos of 12 MP a second",
        limit=limit,
        naive=worst,
        ratio_to_limit=value / limit,
        ratio_to_naive=value / worst,
        target=f">= {SHARE:g} of decode and encode, <= {MOST_MB:g} MB, all orientations right, equal outside it",
        holds=value / limit >= SHARE and memory["peak_mb"] <= MOST_MB and right == 8 and equal,
        peak_memory_mb=memory["peak_mb"],
        more={
            "milliseconds": 1000 / value,
            "orientations_right": right,
            "equal_outside": equal,
            "child_seconds": memory["seconds"],
            "peak_turned_mb": max(one["peak_mb"] for one in turned),
        },
    )


def _equal_outside(plain: Path, ours: Path, box: tuple[int, int, int, int]) -> bool:
    """No pixel outside of the mark's box differs, and within it some do."""
    one, other = (np.asarray(Image.open(path)).astype("int16") for path in (plain, ours))
    apart = np.abs(one - other).max(axis=2)
    left, top, width, height = box
    within = int(apart[top : top + height, left : left + width].max())
    apart[top : top + height, left : left + width] = 0
    return bool(within > 0 and int(apart.max()) == 0)


def _turned(folder: Path, orientation: int) -> dict[str, Any]:
    """A photo of 12 megapixels held that way: whether it leaves upright, by its corners."""
    from tests.content.pictures import BLUE, GREEN, RED, TURNS, exif, near, photo

    turn, whole = TURNS[orientation], photo(WIDE, TALL)
    source = folder / f"held-{orientation}.jpg"
    (whole.transpose(turn) if turn is not None else whole).save(source, quality=85, exif=exif(orientation).tobytes())
    done = _in_a_child(folder, source, moves=False, longest=WIDE)
    with Image.open(folder / "made") as made:
        corners = ((50, 50, RED), (WIDE - 50, 50, GREEN), (50, TALL - 50, BLUE))
        box = done["made"]["mark_box"]
        right = made.size == (WIDE, TALL) and all(
            near(made.getpixel((x, y)), colour) for x, y, colour in corners if not _in(box, x, y)
        )
        return {"right": right and not dict(made.getexif()), "peak_mb": done["peak_mb"]}


def _in(box: list[int], x: int, y: int) -> bool:
    return box[0] <= x < box[0] + box[2] and box[1] <= y < box[1] + box[3]


def _in_a_child(folder: Path, source: Path, *, moves: bool, longest: int) -> dict[str, Any]:
    """What the product's child answers, the seconds it took from its start to its end, and its peak of memory."""
    question = {
        "act": "make",
        "path": str(source),
        "name": "",
        "moves": moves,
        "recipe": {"blurs": [], "crop": None, "longest": longest, "most_bytes": 50_000_000},
        "text": WORDS,
        "logo": "",
        "into": str(folder / "made"),
        "still": str(folder / "still"),
    }
    began = time.perf_counter()
    done = subprocess.run(
        python("-m", "tests.benchmarks.watermark_child"),
        input=json.dumps(question).encode(),
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    said: dict[str, Any] = json.loads(done.stdout)
    return {**said, "seconds": time.perf_counter() - began}


def _video(folder: Path) -> Figure:
    from content.media.stamping import is_there
    from tests.content.pictures import video

    source = folder / "ten.mp4"
    video(source, seconds=SECONDS, size=(1280, 720))
    runs = [_in_a_child(folder, source, moves=True, longest=1920) for _ in range(3)]
    made, took = runs[0]["made"], median(run["seconds"] for run in runs)
    with av.open(str(folder / "made"), format="mov") as film:
        frames = [frame for packet in film.demux(video=0) for frame in packet.decode()]
        said = set(film.metadata) - {"major_brand", "minor_version", "compatible_brands", "encoder"}
        marked = is_there(frames[0].to_image(), made["proof"]) and is_there(frames[-1].to_image(), made["proof"])
    heard = _sound(source) == _sound(folder / "made")
    return Figure(
        name="watermark.video",
        rows=1,
        value=took,
        unit="s for 10 s of 720p",
        limit=None,
        naive=None,
        ratio_to_limit=None,
        ratio_to_naive=None,
        target=f"< {SECONDS:g} s, sound kept, all 300 frames, marked, nothing told",
        holds=took < SECONDS and heard and len(frames) == 300 and marked and not said,
        peak_memory_mb=max(run["peak_mb"] for run in runs),
        more={"frames": len(frames), "sound_kept": heard, "marked": marked, "told": sorted(said)},
    )


def _sound(path: Path) -> list[bytes]:
    with av.open(str(path), format="mov") as film:
        return [bytes(packet) for packet in film.demux(audio=0) if packet.size]
