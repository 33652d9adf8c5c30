"""Posts of ours on X: files go up in pieces and are worked on before the post that names them (facts.md 3.1)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from accounts.platforms.api_client import done
from accounts.platforms.capabilities import Act
from accounts.platforms.capabilities.x import MOST_PHOTOS
from accounts.platforms.contract import Draft, Form, PlatformError, Sent, Uncertain, Upload
from accounts.platforms.fields import Wrong, inside, loose_id, loose_text, number
from accounts.platforms.http import LONGEST_UPLOAD, Answer, Transient
from accounts.platforms.x_acts import CLOCKS, XActs, require_length
from accounts.platforms.x_api import sent, spelled
from accounts.platforms.x_reader import POST, long_text, same_post_text

MB = 1_000_000
PIECE = 4 * MB  # X numbers at most 1,000 pieces
LONGEST_ALT = 1_000
GIF = "image/gif"
PHOTO_TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})
VIDEO_TYPES = frozenset({"video/mp4", "video/quicktime"})
LARGEST = {"tweet_image": 5 * MB, "tweet_gif": 15 * MB, "tweet_video": 512 * MB}
PIECE_TRIES = 3  # a piece that is sent again under its number replaces itself (from memory)
WORKED_ON = 600  # seconds that X may work on a file
LONGEST_WAIT, SHORTEST_WAIT = 30, 1  # seconds between two looks at it
pause = time.sleep  # while X works on a file
_AS_MANY = {Form.TEXT: (0, 0), Form.PHOTO: (1, 1), Form.PHOTOS: (2, MOST_PHOTOS), Form.VIDEO: (1, 1)}


class XPublishing(XActs):
    """Publishing. Until the post itself is sent nothing stands on X, so that any failure before leaves nothing."""

    def publish(self, draft: Draft) -> Sent:
        """Raises PlatformError, for good, for what X would refuse: before anything is sent."""
        text = text_of(draft)
        require_length(text)
        kinds = _kinds(draft)
        content: dict[str, Any] = {"text": text} if text else {}
        names = [self._upload(file, kind) for file, kind in zip(draft.files, kinds, strict=True)]
        if names:
            content["media"] = {"media_ids": names}
        return sent(str(done(self.ask("publish", "POST", "2/tweets", content=content), "data", "id")))

    def published(self, draft: Draft, *, since: datetime) -> Sent | None:
        """Sought among our own posts since then: the same text, and as many files."""
        path = f"2/users/{self.credentials.remote_id}/tweets"
        params = {"exclude": "replies,retweets", "start_time": spelled((since - CLOCKS).timestamp())}
        for _, _, value in self.list_posts("list_posts", path, params, kind=POST):
            listed = value.get("data")
            for post in listed if isinstance(listed, list) else []:
                name = loose_id(inside(post, "id"))
                if name and name not in draft.others and _is(draft, post):
                    return sent(name)
        return None

    def edit_post(self, remote_id: str, text: str) -> None:
        """X lets a person do this, not an application that did not pay for it."""
        raise self._by_hand(Act.EDIT_POST)

    def delete_post(self, remote_id: str) -> None:
        """Raises Gone where it is not there any more."""
        self.delete_by_id("delete_post", remote_id)

    # --- files -----------------------------------------------------------------------------------------------------

    def _upload(self, file: Upload, kind: str) -> str:
        """A file's id at X once it can be posted. Raises PlatformError; nothing is seen by anybody then."""
        try:
            size = file.path.stat().st_size
            content = {"media_type": file.mime, "total_bytes": size, "media_category": kind}
            begun = self.ask("upload", "POST", "2/media/upload/initialize", content=content)
            name = str(done(begun, "data", "id"))
            for number_, piece in enumerate(_pieces(file.path)):
                self._send_piece(name, number_, piece)
            answer = self.ask("upload", "POST", f"2/media/upload/{name}/finalize", patience=LONGEST_UPLOAD)
            self._wait_for(name, answer)
            if file.alt and kind != "tweet_video":
                said = {"id": name, "metadata": {"alt_text": {"text": file.alt}}}
                done(self.ask("describe", "POST", "2/media/metadata", content=said), "data", "id")
        except OSError:
            raise PlatformError("A file of this post cannot be read any more.", code="file", permanent=True) from None
        except Uncertain as error:
            raise PlatformError("X gave no clear answer to a file of this post.", code=error.code) from None
        return name

    def _send_piece(self, name: str, number_: int, piece: bytes) -> None:
        for attempt in range(1, PIECE_TRIES + 1):
            try:
                answer = self.ask(
                    "append",
                    "POST",
                    f"2/media/upload/{name}/append",
                    form={"segment_index": str(number_)},
                    files={"media": ("piece", piece, "application/octet-stream")},
                    patience=LONGEST_UPLOAD,
                )
                if answer.body.strip() and not answer.object():
                    raise Uncertain("X's answer to a piece of a file cannot be read.", code="unreadable")
            except (Uncertain, Transient):
                if attempt == PIECE_TRIES:
                    raise
            else:
                return

    def _wait_for(self, name: str, answer: Answer) -> None:
        """Until X has worked on the file, asking as often as it says. Raises PlatformError where X cannot use it."""
        waited = 0
        while True:
            done(answer, "data", "id")
            told = inside(answer.json(), "data", "processing_info")
            state = loose_text(inside(told, "state"))
            if told is None or state == "succeeded":
                return
            if state == "failed":
                raise PlatformError("X cannot use a file of this post.", code="processing-failed", permanent=True)
            wait = min(max(number(inside(told, "check_after_secs")) or SHORTEST_WAIT, SHORTEST_WAIT), LONGEST_WAIT)
            if waited + wait > WORKED_ON:
                raise PlatformError("X is still at work on a file of this post.", code="processing")
            pause(wait)
            waited += wait
            params = {"command": "STATUS", "media_id": name}
            answer = self.ask("upload_status", "GET", "2/media/upload", params=params)


def text_of(draft: Draft) -> str:
    """The text as it is posted: X has no field for a link."""
    if not draft.link or draft.link in draft.text:
        return draft.text
    return f"{draft.text}\n{draft.link}".strip()


def _kinds(draft: Draft) -> list[str]:
    """X's word for each file. Raises PlatformError, for good, for files that X would refuse."""
    least, most = _AS_MANY[Form(draft.form)]
    if not least <= len(draft.files) <= most:
        raise _refused(f"A post of this kind has {least if least == most else f'{least} to {most}'} files on X.")
    if not draft.files and not draft.text.strip():
        raise _refused("X takes no post without a text.")
    kinds = [_kind(file, draft.form) for file in draft.files]
    if "tweet_gif" in kinds and len(kinds) > 1:
        raise _refused("X takes an animated GIF by itself only.")
    for file, kind in zip(draft.files, kinds, strict=True):
        if len(file.alt) > LONGEST_ALT:
            raise _refused(f"X takes descriptions of at most {LONGEST_ALT} characters.")
        if file.path.is_file() and file.path.stat().st_size > LARGEST[kind]:
            raise _refused(f"X takes files of this kind up to {LARGEST[kind] // MB} MB.")
    return kinds


def _kind(file: Upload, form: str) -> str:
    if form == Form.VIDEO and file.mime in VIDEO_TYPES:
        return "tweet_video"
    if form != Form.VIDEO and file.mime == GIF:
        return "tweet_gif"
    if form != Form.VIDEO and file.mime in PHOTO_TYPES:
        return "tweet_image"
    raise _refused("X does not take files of this type in a post of this kind.")


def _refused(said: str) -> PlatformError:
    return PlatformError(said, code="refused-here", permanent=True)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _is(draft: Draft, post: Any) -> bool:
    """Whether this post of the timeline is the draft. X ends the text of a post with files with their address."""
    keys = inside(post, "attachments", "media_keys")
    if len(keys if isinstance(keys, list) else []) != len(draft.files):
        return False
    try:
        came, text = long_text(post), text_of(draft)
    except Wrong:
        return False
    without = came.rstrip().rpartition("https://t.co/")[0].rstrip() if draft.files else came
    return same_post_text(text, came) or same_post_text(text, without)
