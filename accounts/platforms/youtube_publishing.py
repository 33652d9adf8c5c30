"""YouTube: videos of ours — upload in parts, found again, edited, deleted (facts.md 4.1).

The protocol of resumable uploads is from memory (facts.md 4.1). Until its last byte is there, an upload leaves nothing
on the channel; so only what follows that byte can be uncertain.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.conf import settings

from accounts.platforms.api_client import MOST_PAGES, done, same_text
from accounts.platforms.capabilities import Act
from accounts.platforms.contract import (
    Draft,
    Form,
    Gone,
    PlatformError,
    RemotePost,
    Sent,
    Uncertain,
)
from accounts.platforms.fields import inside, loose_text, moment
from accounts.platforms.http import Answer
from accounts.platforms.youtube_account import YouTubeAccount
from accounts.platforms.youtube_api import PART, UPLOAD

UNIT = 256 * 1024  # every part but the last is a multiple of this many bytes
A_PART = 32 * UNIT
LONGEST_TITLE, LONGEST_DESCRIPTION = 100, 5_000  # characters; bytes (both from memory)
PATIENCE = 300.0  # seconds for one part (facts.md 5)
PAUSES = (0.5, 1, 2, 4, 8)  # seconds before the next attempt where an upload does not get on
LOOKS = (1, 2, 4, 8, 15)  # seconds between looks at how far YouTube is with a video that it has
NEWS_AND_POLITICS = "25"  # the category of a new video (its number is from memory)
# What of a snippet is ours to write; the rest of it YouTube sets.
_WRITTEN = ("title", "description", "tags", "categoryId", "defaultLanguage", "defaultAudioLanguage")
_FAILED = {"failed": "YouTube could not process the video", "rejected": "YouTube rejected the video"}

wait: Callable[[float], None] = time.sleep  # tests do not


class YouTubePosts(YouTubeAccount):
    """Videos only: other posts are an officer's task."""

    def publish(self, draft: Draft) -> Sent:
        """Upload a video, public, and wait a little for YouTube to process it.

        Raises NotPossible for other posts, Uncertain where all bytes may have come, PlatformError where YouTube could
        not use the video: then it stands in YouTube Studio only, where nobody else sees it.
        """
        if draft.form != Form.VIDEO:
            raise self._by_hand(Act(f"publish_{draft.form}"))
        _check(draft)
        with draft.files[0].path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if not size:
                raise PlatformError("The file is empty.", code="emptyFile", permanent=True)
            place = self._begin(draft, size)
            answer = self._send_parts(place, file, size)
        sent = Sent(str(done(answer, "id")), moment(inside(answer.json(), "snippet", "publishedAt")))
        self._see_processed(sent.remote_id)
        return sent

    def _begin(self, draft: Draft, size: int) -> str:
        """Announce the video; gives the place that takes its bytes."""
        content = {
            "snippet": {
                "title": title_of(draft),
                "description": draft.text,
                "categoryId": NEWS_AND_POLITICS,
            },
            # Without privacyStatus YouTube makes it public by itself since November 2026: it is always said.
            "status": {"privacyStatus": "public", "selfDeclaredMadeForKids": False},
        }
        headers = {"X-Upload-Content-Length": str(size), "X-Upload-Content-Type": draft.files[0].mime}
        params = {"uploadType": "resumable", "part": "snippet,status", "notifySubscribers": "true"}
        url = f"{settings.YOUTUBE_UPLOAD_BASE}/videos"
        try:
            answer = self.ask(UPLOAD, "POST", "", url=url, params=params, content=content, headers=headers)
        except Uncertain as error:  # a place that nothing was sent to leaves nothing behind
            raise PlatformError("The upload could not be begun.", code=error.code) from None
        place = answer.steering.get("location", "")
        if not place.startswith(settings.YOUTUBE_UPLOAD_BASE.partition("/upload/")[0] + "/"):
            raise PlatformError("YouTube named no place of its own for the upload.", code="no-location")
        return place

    def _send_parts(self, place: str, file: BinaryIO, size: int) -> Answer:
        """The answer that names the video. After a cut YouTube is asked how much came, and the upload goes on there."""
        came, failures, unsure = 0, 0, False
        while True:
            try:
                answer = self._how_far(place, size) if unsure else self._part(place, file, came, size)
                if answer.status != 308:
                    done(answer, "id")
                    return answer
            except PlatformError as error:
                if error.permanent or failures >= len(PAUSES):
                    raise _broke_off(error, failures=failures, at_end=came + A_PART >= size) from None
                wait(PAUSES[failures])
                failures, unsure = failures + 1, True
                continue
            now = _came(answer)
            if now > came:
                failures = 0
            elif not unsure:
                failures += 1
            if now < came or now > size or failures > len(PAUSES):
                raise PlatformError("YouTube lost a part of the upload.", code="lost-part")
            came, unsure = now, False

    def _part(self, place: str, file: BinaryIO, start: int, size: int) -> Answer:
        """Send one part from `start`."""
        file.seek(start)
        part = file.read(A_PART)
        headers = {"Content-Range": f"bytes {start}-{start + len(part) - 1}/{size}"}
        return self.ask(PART, "PUT", "", url=place, raw=part, headers=headers, patience=PATIENCE)

    def _how_far(self, place: str, size: int) -> Answer:
        """Ask how much of an upload came."""
        return self.ask(PART, "PUT", "", url=place, raw=b"", headers={"Content-Range": f"bytes */{size}"})

    def _see_processed(self, remote_id: str) -> None:
        """Look until YouTube has processed the video, or for half a minute: it stands there then all the same."""
        for pause in LOOKS:
            try:
                answer = self.ask("get_post", "GET", "videos", params={"part": "status", "id": remote_id})
            except PlatformError:
                return
            status = inside(answer.json(), "items", 0, "status")
            self._require_sound(status)
            if inside(status, "uploadStatus") == "processed":
                return
            wait(pause)

    def _require_sound(self, status: Any) -> None:
        said = _FAILED.get(loose_text(inside(status, "uploadStatus")))
        if said:
            reason = inside(status, "failureReason") or inside(status, "rejectionReason")
            code = loose_text(reason)[:60] or "failed"
            raise PlatformError(f"{said} ({code}); it lies in YouTube Studio, unseen.", code=code, permanent=True)

    def published(self, draft: Draft, *, since: datetime) -> Sent | None:
        """Sought among our uploads by title and description; one that YouTube could not use does not count."""
        if draft.form != Form.VIDEO:
            raise self._by_hand(Act(f"publish_{draft.form}"))
        earliest = since - timedelta(minutes=1)
        for page, _, value in self.uploaded(self.uploads(), most=MOST_PAGES):
            for post, item in zip(page.posts, value.get("items") or (), strict=False):
                if post.remote_id in draft.others:
                    continue
                if _is(draft, inside(item, "snippet")) and _late(post, earliest) and self._is_sound(post.remote_id):
                    return Sent(post.remote_id, post.posted_at)
            if page.posts and all(not _late(post, earliest) for post in page.posts):
                return None
        return None

    def _is_sound(self, remote_id: str) -> bool:
        answer = self.ask("get_post", "GET", "videos", params={"part": "status", "id": remote_id})
        status = loose_text(inside(answer.json(), "items", 0, "status", "uploadStatus"))
        return status in ("uploaded", "processed")

    def edit_post(self, remote_id: str, text: str) -> None:
        """The description; the title too where it was the description's first line. The rest is sent as it stands."""
        _check_description(text)
        answer = self.ask("get_post", "GET", "videos", params={"part": "snippet", "id": remote_id})
        snippet = inside(answer.json(), "items", 0, "snippet")
        if not isinstance(snippet, dict):
            raise Gone("The video is not there any more.", code="absent")
        kept = {name: snippet[name] for name in _WRITTEN if name in snippet}
        if loose_text(kept.get("title")) == _first_line(loose_text(kept.get("description"))):
            kept["title"] = _first_line(text)
        content = {"id": remote_id, "snippet": kept | {"description": text}}
        done(self.ask("edit_post", "PUT", "videos", params={"part": "snippet"}, content=content), "id")

    def delete_post(self, remote_id: str) -> None:
        """The video and all comments under it."""
        answer = self.ask("delete_post", "DELETE", "videos", params={"id": remote_id})
        if answer.status != 204:
            raise Uncertain("YouTube answered something unexpected.", code=str(answer.status))


def title_of(draft: Draft) -> str:
    """The title given, else the first line of the text."""
    return draft.title.strip()[:LONGEST_TITLE] or _first_line(draft.text)


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0].strip()[:LONGEST_TITLE]


def _check(draft: Draft) -> None:
    """Raises PlatformError for what YouTube would refuse after the upload had begun."""
    if len(draft.files) != 1:
        raise PlatformError("A video on YouTube is one file.", code="files", permanent=True)
    title = title_of(draft)
    if not title:
        raise PlatformError("A video on YouTube needs a title.", code="invalidTitle", permanent=True)
    if set("<>") & set(title):
        raise PlatformError("YouTube takes no < or > in a title.", code="invalidTitle", permanent=True)
    _check_description(draft.text)


def _check_description(text: str) -> None:
    if len(text.encode("utf-8", "replace")) > LONGEST_DESCRIPTION or set("<>") & set(text):
        said = f"YouTube takes at most {LONGEST_DESCRIPTION} bytes in a description, and no < or >."
        raise PlatformError(said, code="invalidDescription", permanent=True)


def _came(answer: Answer) -> int:
    """How many bytes came, by the Range of an answer; none where it has no Range."""
    last = answer.steering.get("range", "").rpartition("-")[2]
    return int(last) + 1 if last.isdecimal() and len(last) < 19 else 0


def _broke_off(error: PlatformError, *, failures: int, at_end: bool) -> PlatformError:
    """What a failed upload means: where an answer to its end is lost, the video may stand."""
    if at_end and (failures or isinstance(error, Uncertain)):
        return Uncertain("The end of the upload was not confirmed.", code=error.code)
    if isinstance(error, (Uncertain, Gone)):
        return PlatformError("The upload broke off; nothing of it stands.", code=error.code)
    return error


def _is(draft: Draft, snippet: Any) -> bool:
    title, text = loose_text(inside(snippet, "title")), loose_text(inside(snippet, "description"))
    return same_text(title_of(draft), title) and same_text(draft.text, text)


def _late(post: RemotePost, earliest: datetime) -> bool:
    return post.posted_at is None or post.posted_at >= earliest
