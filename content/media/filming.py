"""Videos: what one is, and made ready to leave: upright, blurred, cut, of a size, marked, with its sound (2.G).

Only the first picture track and the first sound track are taken over: what a camera keeps beside them, its place and
path among it, stays behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
from PIL import Image

from content.media.colours import in_srgb
from content.media.encoding import FASTEST, Writer, frame_of, picture_of
from content.media.looking import Looked, moves, opened, small_still
from content.media.painting import Made, Recipe
from content.media.refusing import BROKEN_VIDEO, Unreadable
from content.media.sniffing import VIDEOS, Sort, boxes
from content.media.sounding import Hearing
from content.media.stamping import Text

LONGEST_SECONDS = 600.0
MOST_PIXELS = 9_000_000  # of a frame: 4K
_OPTIONS = {"protocol_whitelist": "file", "enable_drefs": "0"}  # a video names no other file
_NO_PICTURE = "The video has no picture in it."
_SOUND_ALONE = "There is no picture in this file, only sound: platforms take it as no video."
_TEXTUAL = (b"udta", b"meta", b"uuid")


def _film(path: Path) -> av.container.InputContainer:
    try:
        return av.open(str(path), format="mov", options=_OPTIONS)
    except (av.FFmpegError, OSError, ValueError) as error:
        raise Unreadable(BROKEN_VIDEO) from error


def look(path: Path, sort: Sort, still: Path) -> Looked:
    """What the video at `path` is; one of its pictures, small, is written to `still`. Raises Unreadable."""
    with _film(path) as film:
        picture = _picture_track(film)
        seconds = _seconds(film, picture)
        try:
            frame = next(frame for frame in film.decode(picture))
            first = _upright_first(frame)
        except StopIteration as error:
            raise Unreadable(_NO_PICTURE) from error
        except (av.FFmpegError, ValueError) as error:
            raise Unreadable(BROKEN_VIDEO) from error
        small_still(first).save(still, "JPEG", quality=85)
        carries = sorted(_carried(path, film))
        return Looked("video", sort.mime, *first.size, seconds, bool(film.streams.audio), carries)


def _picture_track(film: av.container.InputContainer) -> av.VideoStream:
    tracks = [track for track in film.streams.video if not track.disposition & track.disposition.attached_pic]
    if not tracks:
        raise Unreadable(_NO_PICTURE if not film.streams.audio else _SOUND_ALONE)
    track = tracks[0]
    context = track.codec_context
    if not context.width or not context.height:
        raise Unreadable(_NO_PICTURE)
    if context.width * context.height > MOST_PIXELS:
        raise Unreadable(f"The video is {context.width} by {context.height} pixels: give one of at most 4K.")
    if min(context.width, context.height) < 32:
        raise Unreadable(f"The video is {context.width} by {context.height} pixels: too small to show anything.")
    context.thread_type = "AUTO"
    context.thread_count = 2
    return track


def _seconds(film: av.container.InputContainer, track: av.VideoStream) -> float:
    ticks, tick = track.duration, track.time_base
    seconds = float(ticks * tick) if ticks and tick else float(film.duration or 0) / av.time_base
    if seconds <= 0:
        raise Unreadable(_NO_PICTURE)
    if seconds > LONGEST_SECONDS:
        raise Unreadable(
            f"The video is {seconds / 60:.0f} minutes long: give one of at most {LONGEST_SECONDS / 60:.0f}, or cut it."
        )
    return round(seconds, 3)


def _upright_first(frame: av.VideoFrame) -> Image.Image:
    picture = picture_of(frame)
    return picture.rotate(frame.rotation, expand=True) if frame.rotation else picture


def _carried(path: Path, film: av.container.InputContainer) -> set[str]:
    """What it tells beside its pictures, in words."""
    said = {key.lower() for key in film.metadata}
    found = set()
    if any("location" in key or "gps" in key for key in said):
        found.add("place")
    if any(key.endswith((".make", ".model", "make", "model")) for key in said):
        found.add("camera")
    if any("creation" in key or key == "date" for key in said):
        found.add("time")
    if said & {"comment", "title", "description", "artist", "copyright", "synopsis"}:
        found.add("words")
    if film.streams.data:
        found.add("place")  # cameras keep the path they were carried along in such a track
    if path.stat().st_size and any(name in _TEXTUAL for name in _names(path)):
        found.add("words")
    return found


def _names(path: Path) -> list[bytes]:
    with path.open("rb") as stream:
        top = list(boxes(stream, 0, path.stat().st_size))
        inner = [one for name, start, end in top if name == b"moov" for one in boxes(stream, start, end)]
    return [name for name, _, _ in [*top, *inner]]


# --- made ready -------------------------------------------------------------------------------------------------------


def film(source: Path, sort: Sort, recipe: Recipe, text: Text | None, into: Path, still: Path) -> Made:
    """Make the video, or the animation, at `source` ready, into `into`. Raises Unreadable."""
    if sort not in VIDEOS:
        return _film_animation(source, sort, recipe, text, into, still)
    with _film(source) as given, av.open(str(into), "w", format="mp4", options=_writing()) as made:
        picture = _picture_track(given)
        rate = picture.average_rate or Fraction(30)
        sound = next(iter(given.streams.audio), None)
        ticks = picture.time_base or Fraction(1, 90000)
        writer = Writer(made, recipe, text, still, min(rate, Fraction(FASTEST)), ticks, picture.codec_context)
        hearing = Hearing(made, sound) if sound else None
        early: list[Any] = []  # sound before the first picture: a file is begun when all its tracks are known
        try:
            for packet in given.demux([track for track in (picture, sound) if track]):
                if packet.stream is picture:
                    for frame in packet.decode():
                        writer.take(cast(av.VideoFrame, frame))
                elif hearing:
                    early.append(packet)
                if hearing and writer.track is not None:
                    for one in early:
                        hearing.take(one)
                    early.clear()
            if hearing and writer.track is not None:
                hearing.close()
            return writer.close()
        except av.FFmpegError as error:
            raise Unreadable(BROKEN_VIDEO) from error


def _writing() -> dict[str, str]:
    return {"movflags": "+faststart", "fflags": "+bitexact"}


# --- what moves without being a video ---------------------------------------------------------------------------------


def _film_animation(source: Path, sort: Sort, recipe: Recipe, text: Text | None, into: Path, still: Path) -> Made:
    """A GIF or a moving WebP as a silent MP4: no other platform than X takes it as it is."""
    clock = Fraction(1, 1000)
    with opened(source, sort) as picture, av.open(str(into), "w", format="mp4", options=_writing()) as made:
        writer = Writer(made, recipe, text, still, Fraction(25), clock)
        try:
            for shown, at in _frames(picture):
                frame = frame_of(shown)
                frame.pts, frame.time_base = at, clock
                writer.take(frame)
            return writer.close()
        except av.FFmpegError as error:
            raise Unreadable(BROKEN_VIDEO) from error


def _frames(picture: Image.Image) -> Iterator[tuple[Image.Image, int]]:
    """Each picture of an animation and its time in milliseconds; the last once more, so that it stays as long."""
    if not moves(picture):
        raise Unreadable(BROKEN_VIDEO)
    at, shown = 0, None
    for number in range(getattr(picture, "n_frames", 1)):
        picture.seek(number)
        shown = in_srgb(picture.copy())
        yield shown, at
        at += int(max(20.0, float(picture.info.get("duration") or 100.0)))
    if shown is not None:
        yield shown, at
