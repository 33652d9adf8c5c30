"""Posts of a Page: texts and links, photos, a video in pieces; their changes and their end (facts.md 1.1).

Photos that are not published yet and videos that are not finished show nowhere: only the last request of each post can
leave a doubt. Files are read as they are sent; of a video one piece at a time lies in memory.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, BinaryIO

from accounts.platforms.api_client import done, same_text
from accounts.platforms.capabilities import Act, capability
from accounts.platforms.contract import (
    Draft,
    Form,
    Platform,
    PlatformError,
    RateLimited,
    RemotePost,
    Sent,
    TokenExpired,
    Uncertain,
    Upload,
)
from accounts.platforms.fields import inside, loose_id, loose_text, number
from accounts.platforms.http import Answer
from accounts.platforms.meta import MetaClient, require_success
from accounts.platforms.meta_reader import POST
from accounts.platforms.reader import Around

LARGEST_PHOTO = 4 * 1024 * 1024
LARGEST_PIECE = 8 * 1024 * 1024  # of a video, whatever Facebook would take at once
PIECE_TRIES = 3
MOST_PIECES = 20_000
PAUSE, PATIENCE = 3.0, 300.0  # seconds between two looks at a video, and for all of them
_OWN_FIELDS = "id,message,created_time,updated_time,permalink_url,status_type,from"
_SENT_BEFORE = 120  # posts of ours that are looked through for one


class Publishing(MetaClient):
    """Publishes, finds, changes and deletes posts of the Page."""

    def publish(self, draft: Draft) -> Sent:
        """Raises PlatformError where nothing stands, Uncertain where something may."""
        _check(draft)
        makers: dict[str, Callable[[Draft], Sent]] = {
            Form.TEXT: self._publish_text,
            Form.PHOTO: self._publish_photo,
            Form.PHOTOS: self._publish_photos,
            Form.VIDEO: self._publish_video,
        }
        return makers[draft.form](draft)

    def _publish_text(self, draft: Draft) -> Sent:
        form = {"message": draft.text} | ({"link": draft.link} if draft.link else {})
        return self._post("feed", form)

    def _post(self, edge: str, form: dict[str, str], files: Any = None) -> Sent:
        answer = self.ask("publish", "POST", f"{self.credentials.remote_id}/{edge}", form=form, files=files)
        found = answer.object()
        return Sent(loose_id(found.get("post_id")) or str(done(answer, "id")), answer.received_at)

    def _publish_photo(self, draft: Draft) -> Sent:
        upload = draft.files[0]
        return self._post("photos", {"message": _with_link(draft), **_described(upload)}, _file("source", upload))

    def _publish_photos(self, draft: Draft) -> Sent:
        """Each unpublished first; what was sent is taken away again where the post does not come to be."""
        sent: list[str] = []
        try:
            for upload in draft.files:
                sent += [self._send_photo(upload)]  # each as it arrives, to be taken away should a later one fail
            media = json.dumps([{"media_fbid": photo} for photo in sent])
            return self._post("feed", {"message": _with_link(draft), "attached_media": media})
        except Uncertain:
            raise  # the post may stand, and its photos with it
        except PlatformError:
            self._take_away(sent)
            raise

    def _send_photo(self, upload: Upload) -> str:
        """A lost answer leaves at most a photo that nobody sees."""
        form = {"published": "false", **_described(upload)}
        path = f"{self.credentials.remote_id}/photos"
        try:
            return str(done(self.ask("upload", "POST", path, form=form, files=_file("source", upload)), "id"))
        except Uncertain as error:
            raise PlatformError("A photo did not arrive at Facebook.", code=error.code) from None

    def _take_away(self, photos: list[str]) -> None:
        for photo in photos:
            with suppress(PlatformError):
                self.ask("delete_upload", "DELETE", photo)

    # --- video -----------------------------------------------------------------------------------------------------

    def _publish_video(self, draft: Draft) -> Sent:
        """Start, transfer, finish; then Facebook works on it, which is waited for as long as `PATIENCE`."""
        session, video = self._send_video(draft.files[0])
        form = {"upload_phase": "finish", "upload_session_id": session, "description": _with_link(draft)}
        form |= {"title": draft.title} if draft.title else {}
        answer = self.ask("publish", "POST", f"{self.credentials.remote_id}/videos", form=form)
        require_success(answer, "Facebook")
        return Sent(self._processed(video), answer.received_at)

    def _send_video(self, upload: Upload) -> tuple[str, str]:
        """The upload's session and the video's id once all of it is there. Raises PlatformError; nothing shows yet."""
        path, size = f"{self.credentials.remote_id}/videos", upload.path.stat().st_size
        try:
            started = self.ask("upload", "POST", path, form={"upload_phase": "start", "file_size": str(size)})
            session, video = str(done(started, "upload_session_id")), str(done(started, "video_id"))
            with upload.path.open("rb") as file:
                place, end = _offsets(started)
                for _ in range(MOST_PIECES):
                    if place >= size:
                        return session, video
                    place, end = self._transfer(path, session, file, place, end)
        except Uncertain as error:
            raise PlatformError("The video did not arrive at Facebook.", code=error.code) from None
        raise PlatformError("Facebook asks for ever more pieces of the video.", code="circle")

    def _transfer(self, path: str, session: str, file: BinaryIO, place: int, end: int) -> tuple[int, int]:
        """Send the piece that Facebook asks for; the same again where its answer was lost, which changes nothing."""
        file.seek(place)
        piece = file.read(min(max(end - place, 1), LARGEST_PIECE))
        form = {"upload_phase": "transfer", "upload_session_id": session, "start_offset": str(place)}
        files = {"video_file_chunk": ("chunk", piece, "application/octet-stream")}
        for attempt in range(PIECE_TRIES):
            try:
                return _offsets(self.ask("upload", "POST", path, form=form, files=files))
            except (RateLimited, TokenExpired):
                raise
            except PlatformError as error:
                if error.permanent or attempt == PIECE_TRIES - 1:
                    raise
        raise PlatformError("The video did not arrive at Facebook.", code="no-answer")

    def _processed(self, video: str) -> str:
        """The post that shows the video, or the video where Facebook does not tell the post.

        That `status`, `post_id` and its states are named so is from memory. Raises PlatformError where Facebook says
        that it could not make a video of it; it stands where Facebook is merely slow.
        """
        until = time.monotonic() + PATIENCE
        while True:
            try:
                values = self.ask("get_video", "GET", video, params={"fields": "id,status,post_id"}).object()
            except (RateLimited, TokenExpired):
                return video  # it was accepted all the same
            except PlatformError:
                values = {}
            state = loose_text(inside(values, "status", "video_status"))
            if state == "error":
                raise PlatformError("Facebook could not make a video of this file.", code="error", permanent=True)
            if state == "ready" or time.monotonic() >= until:
                return self._post_of(values) or video
            time.sleep(PAUSE)

    def _post_of(self, values: dict[str, Any]) -> str:
        post = loose_id(values.get("post_id"))
        return post if not post or "_" in post else f"{self.credentials.remote_id}_{post}"

    # --- what stands -----------------------------------------------------------------------------------------------

    def published(self, draft: Draft, *, since: datetime) -> Sent | None:
        """Sought among the newest posts by its text."""
        earliest, text = since.timestamp() - 60, draft.text if draft.form == Form.TEXT else _with_link(draft)
        params = {"fields": _OWN_FIELDS, "limit": "25"}
        path, seen = f"{self.credentials.remote_id}/published_posts", 0
        for page, *_ in self.pages("list_posts", path, params, Around(kind=POST)):
            for post in page.posts:
                if post.posted_at and post.posted_at.timestamp() < earliest:
                    return None
                same = same_text(text, post.text) and _is_of_form(post, draft.form)
                if same and post.remote_id not in draft.others:
                    return Sent(post.remote_id, post.posted_at)
            seen += len(page.posts)
            if seen >= _SENT_BEFORE:
                return None
        return None

    def edit_post(self, remote_id: str, text: str) -> None:
        """The text alone."""
        _check_length(text)
        require_success(self.ask("edit_post", "POST", remote_id, form={"message": text}), "Facebook")

    def delete_post(self, remote_id: str) -> None:
        """With all comments under it. Raises Gone where it is not there any more."""
        require_success(self.ask("delete_post", "DELETE", remote_id), "Facebook")


def _check(draft: Draft) -> None:
    """Raise PlatformError for what Facebook would refuse, before anything is sent."""
    cell = capability(Platform.FACEBOOK, Act(f"publish_{draft.form}"))
    _check_length(draft.text)
    if len(draft.files) > (cell.files or 0) or (cell.files and not draft.files):
        said = (
            f"A post of this kind has {cell.files} files at most, and at least one." if cell.files else "It has files."
        )
        raise PlatformError(said, code="files", permanent=True)
    if not draft.files and not (draft.text or draft.link):
        raise PlatformError("The post is empty.", code="empty", permanent=True)
    for upload in draft.files if draft.form != Form.VIDEO else ():
        if upload.path.stat().st_size > LARGEST_PHOTO:
            raise PlatformError("Facebook takes photos of 4 MB at most.", code="too-large", permanent=True)


def _check_length(text: str) -> None:
    longest = capability(Platform.FACEBOOK, Act.EDIT_POST).limit or 0
    if len(text) > longest:
        raise PlatformError(f"Facebook takes at most {longest} characters.", code="too-long", permanent=True)


def _with_link(draft: Draft) -> str:
    """A post with files takes no link beside them, so that it stands in the text."""
    return f"{draft.text}\n{draft.link}".strip() if draft.link and draft.link not in draft.text else draft.text


def _described(upload: Upload) -> dict[str, str]:
    return {"alt_text_custom": upload.alt} if upload.alt else {}


def _file(name: str, upload: Upload) -> dict[str, tuple[str, bytes, str]]:
    """A photo, which is small; its name here says nothing outside."""
    return {name: ("photo", upload.path.read_bytes(), upload.mime)}


def _offsets(answer: Answer) -> tuple[int, int]:
    """From where to where Facebook wants the video next. Raises Uncertain where it does not say."""
    start = number(done(answer, "start_offset"))
    end = number(done(answer, "end_offset"))
    if start is None or end is None:
        raise Uncertain("Facebook does not say which piece it wants.", code="unreadable")
    return start, end


def _is_of_form(post: RemotePost, form: str) -> bool:
    """Whether a post of ours is what a draft of this form becomes, as far as it says."""
    try:
        told = inside(json.loads(post.raw), "status_type")
    except ValueError:
        told = None
    wanted = {Form.PHOTO: "added_photos", Form.PHOTOS: "added_photos", Form.VIDEO: "added_video"}.get(Form(form))
    return told is None or (told == wanted if wanted else told not in ("added_photos", "added_video"))
