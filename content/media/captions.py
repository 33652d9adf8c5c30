"""Captions of a video as WebVTT: read and judged, sentence by sentence (LR-18)."""

from __future__ import annotations

import re

LONGEST = 200_000  # characters
_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")


def wrong_with(captions: str, seconds: float | None) -> str:
    """What is wrong with them, in a sentence that names the line; empty: nothing. `seconds`: how long the video is."""
    if len(captions) > LONGEST:
        return f"The captions are longer than {LONGEST:,} characters."
    lines = captions.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        return "Captions begin with a line that says WEBVTT."
    if len(lines) > 1 and lines[1].strip() and "-->" in lines[1]:
        return "Line 2: leave a line empty after WEBVTT."
    return _wrong_cues(lines, seconds)


def _wrong_cues(lines: list[str], seconds: float | None) -> str:
    last, found = -1.0, 0
    for number, line in enumerate(lines, start=1):
        if "-->" not in line:
            continue
        times = _TIMING.fullmatch(line.strip())
        if times is None:
            return f"Line {number}: times stand as 00:00:01.000 --> 00:00:04.000."
        begins, ends = _moment(times.groups()[:4]), _moment(times.groups()[4:])
        if ends <= begins:
            return f"Line {number}: the caption ends before it begins."
        if begins < last:
            return f"Line {number}: the caption begins before the one above it."
        if seconds is not None and begins >= seconds:
            return f"Line {number}: the video is over after {seconds:.1f} seconds."
        if number >= len(lines) or not lines[number].strip():
            return f"Line {number}: nothing stands under these times."
        last, found = begins, found + 1
    return "" if found else "There is no caption in it: times, and under them what is said."


def _moment(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
