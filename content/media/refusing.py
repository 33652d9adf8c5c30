"""Why a file is not taken, in a sentence for whoever gave it."""

from __future__ import annotations


class Unreadable(Exception):
    """The file is not taken. Its text is the sentence."""


BROKEN = "The picture is damaged or cut off: open it in a picture program, save it anew, and give that."
BROKEN_VIDEO = "The video is damaged or cut off: copy it from the camera once more, or export it anew, and give that."
TWO_IN_ONE = (
    "The file is a picture or video and something else at once. Open it in its program, save it anew, and give that."
)
TAKEN = "Give a JPEG, PNG, WebP, HEIC or GIF picture, or an MP4 or MOV video."
