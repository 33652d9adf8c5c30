"""Frames made ready one by one, and encoded as every platform takes them: H.264 in MP4."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
from av.filter import Graph
from PIL import Image

from content.media.looking import small_still
from content.media.painting import SMALLEST, Box, Made, Recipe, pixels
from content.media.planes import Laid, Plane, blur_in, planes_of
from content.media.refusing import Unreadable
from content.media.stamping import Stamp, Text, stamp_for

FASTEST = 60  # frames a second; a camera's slow motion has more


def picture_of(frame: av.VideoFrame) -> Image.Image:
    """The frame as a picture."""
    return cast(Image.Image, cast(Any, frame).to_image())


def frame_of(picture: Image.Image) -> av.VideoFrame:
    """The picture as a frame."""
    return cast(av.VideoFrame, cast(Any, av.VideoFrame).from_image(picture))


@dataclass(frozen=True)
class _Plan:
    """What is done to each frame."""

    rotation: int
    crop: Box | None
    size: tuple[int, int]  # of what leaves
    blurs: tuple[Box, ...]  # in what leaves


class Writer:
    """Takes the frames one by one, each made ready, and encodes them."""

    def __init__(
        self,
        made: av.container.OutputContainer,
        recipe: Recipe,
        text: Text | None,
        still: Path,
        rate: Fraction,
        time_base: Fraction,
        like: Any = None,
    ) -> None:
        self.made, self.recipe, self.text, self.still = made, recipe, text, still
        self.rate, self.time_base = rate, time_base
        self.like = like  # the track whose colours these are
        self.track: av.VideoStream | None = None
        self.graph: Graph | None = None
        self.plan: _Plan | None = None
        self.stamp: Stamp | None = None
        self.laid: Laid | None = None
        self.last = -1.0
        self.until = 0.0

    def take(self, frame: av.VideoFrame) -> None:
        """One frame as it came."""
        if frame.pts is None or frame.time_base is None:
            return
        now = float(frame.pts * frame.time_base)
        if now - self.last < 1 / (FASTEST + 1):  # slow motion, or a frame out of its time
            return
        self.last = now
        if self.graph is None:
            self._begin(frame)
        assert self.graph is not None  # noqa: S101  (begun)
        self.graph.push(frame)
        while True:
            try:
                ready = cast(av.VideoFrame, self.graph.pull())
            except (av.BlockingIOError, av.EOFError):
                return
            self._encode(ready)

    def _begin(self, frame: av.VideoFrame) -> None:
        self.plan = plan = _planned(frame, self.recipe)
        self.graph = _graph(frame, plan, self.time_base)
        track = self.made.add_stream("libx264", rate=self.rate)
        track.width, track.height = plan.size
        track.pix_fmt = "yuv420p"
        track.codec_context.time_base = self.time_base
        track.codec_context.thread_count = 2
        track.options = {"preset": "veryfast", "crf": "21", "profile": "high", "x264-params": "info=0"}
        for name in ("color_primaries", "color_trc", "colorspace"):
            if self.like is not None:  # else a phone's HDR would look washed out
                setattr(track.codec_context, name, getattr(self.like, name))
        self.track = track

    def _encode(self, ready: av.VideoFrame) -> None:
        assert self.plan is not None and self.track is not None  # noqa: S101, PT018  (begun)
        whole = cast(Plane, ready.to_ndarray(format="yuv420p"))
        planes = planes_of(whole, self.plan.size)
        for box in self.plan.blurs:
            blur_in(planes, box)
        if self.laid is None:
            self._first(whole)
        if self.laid:
            self.laid.lay_on(planes)
        frame = av.VideoFrame.from_ndarray(whole, format="yuv420p")
        frame.pts, frame.time_base = ready.pts, ready.time_base
        self.until = float((ready.pts or 0) * self.time_base)
        self.made.mux(self.track.encode(frame))

    def _first(self, whole: Plane) -> None:
        """Where the mark goes is judged on the first picture, as it will stay through the whole video."""
        assert self.plan is not None  # noqa: S101  (begun)
        picture = picture_of(av.VideoFrame.from_ndarray(whole, format="yuv420p"))
        if self.text:
            self.stamp = stamp_for(picture, self.text, self.plan.blurs, moves=True)
            self.laid = Laid(self.stamp)
            self.stamp.lay_on(picture)
        else:
            self.laid = Laid(None)
        small_still(picture).save(self.still, "JPEG", quality=85)

    def close(self) -> Made:
        """Write what is still held back. Raises Unreadable: there was no frame."""
        if self.track is None or self.plan is None:
            raise Unreadable("The video has no picture in it.")
        self.made.mux(self.track.encode(None))
        stamp = self.stamp
        seconds = self.until + float(1 / self.rate)
        width, height = self.plan.size
        return Made(
            "video/mp4",
            width,
            height,
            round(seconds, 3),
            stamp.box if stamp else None,
            stamp.proof() if stamp else None,
        )


def _planned(frame: av.VideoFrame, recipe: Recipe) -> _Plan:
    rotation = frame.rotation % 360
    upright = (frame.height, frame.width) if rotation in {90, 270} else (frame.width, frame.height)
    crop = pixels(recipe.crop, upright) if recipe.crop else None
    left, top, width, height = crop or (0, 0, *upright)
    scale = min(1.0, recipe.longest / max(width, height))
    if min(width, height) * scale < SMALLEST:
        scale = SMALLEST / min(width, height)
    size = (max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2))
    blurs = [_moved(pixels(part, upright), left, top, scale, size) for part in recipe.blurs]
    return _Plan(rotation, crop, size, tuple(box for box in blurs if box))


def _moved(box: Box, left: int, top: int, scale: float, size: tuple[int, int]) -> Box | None:
    """Where a blur comes to lie in what leaves, on even pixels outwards; None: it was cut away."""
    x, y = int((box[0] - left) * scale) // 2 * 2, int((box[1] - top) * scale) // 2 * 2
    right, bottom = round((box[0] + box[2] - left) * scale) + 2, round((box[1] + box[3] - top) * scale) + 2
    x, y, right, bottom = max(0, x), max(0, y), min(size[0], right // 2 * 2), min(size[1], bottom // 2 * 2)
    return (x, y, right - x, bottom - y) if right > x and bottom > y else None


def _graph(frame: av.VideoFrame, plan: _Plan, time_base: Fraction) -> Graph:
    """Turned, cut, made smaller, in the planes that every player reads."""
    steps: list[tuple[str, str]] = []
    turns = {90: [("transpose", "cclock")], 180: [("hflip", ""), ("vflip", "")], 270: [("transpose", "clock")]}
    steps += turns.get(plan.rotation, [])
    if plan.crop:
        left, top, width, height = plan.crop
        steps.append(("crop", f"{width}:{height}:{left}:{top}"))
    steps.append(("scale", f"{plan.size[0]}:{plan.size[1]}:flags=bicubic"))
    steps += [("setsar", "1"), ("format", "yuv420p")]
    graph = Graph()
    node = graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=time_base)
    for name, words in steps:
        following = graph.add(name, words) if words else graph.add(name)
        node.link_to(following)
        node = following
    node.link_to(graph.add("buffersink"))
    graph.configure()
    return graph
