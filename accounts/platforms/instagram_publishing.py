"""How a post comes to stand on Instagram: containers are made, filled and watched, and the last one is published.

Until it is published nothing stands there, so a failure before that is only a failure; a publication whose answer did
not come is looked for before anybody may say that it failed (facts.md 2.1).
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings

from accounts.platforms.api_client import ApiClient, done
from accounts.platforms.capabilities.instagram import CAROUSEL
from accounts.platforms.contract import (
    Draft,
    Form,
    NotPossible,
    PlatformError,
    RateLimited,
    RemotePost,
    Sent,
    Uncertain,
    Upload,
)
from accounts.platforms.fields import address, inside, loose_id, loose_text, number
from accounts.platforms.http import LONGEST_UPLOAD, Answer, Ask, Bearer, Transient, until

PHOTO_TYPES = ("image/jpeg",)  # from memory
# How many files a post of a form has, and what Instagram then calls it.
_FORMS: dict[str, tuple[int, int, str]] = {
    Form.PHOTO: (1, 1, "IMAGE"),
    Form.PHOTOS: (2, CAROUSEL, "CAROUSEL_ALBUM"),
    Form.VIDEO: (1, 1, "VIDEO"),
}
PAUSE = 3.0  # seconds between two looks at a container
PATIENCE = {Form.PHOTO: 60.0, Form.PHOTOS: 120.0, Form.VIDEO: 300.0}  # seconds for a container to be ready
UPLOADS = 3  # times that a video is sent on from where it broke off
_PIECE = 1 << 20
_FULL = 3600  # seconds to wait where the day's posts are used up: one more becomes free some time in the 24 hours
_SUBCODE = re.compile(r"\b(2207\d{3})\b")

# What the subcodes of publishing mean (facts.md 2.4).
DAILY_CAP, RESTRICTED = 2207042, 2207050
NOT_READY, SERVER_ERROR = 2207027, 2207001  # from memory
_PASSING = {
    2207003: "Instagram could not fetch the file in time.",
    2207052: "Instagram could not fetch the file from its address.",  # from memory
    2207008: "What was prepared for publishing has expired at Instagram.",
    NOT_READY: "Instagram is still preparing the post.",
}
_LASTING = {
    2207004: "The picture is too large for Instagram.",  # from memory
    2207005: "Instagram does not take this kind of picture.",  # from memory
    2207009: "Instagram does not take a picture of this shape: between 4:5 and 1.91:1.",
    2207010: "The caption is too long for Instagram.",
    2207023: "Instagram does not take this kind of file.",
    2207026: "Instagram does not take a video of this format.",
}


def refuse(subcode: int | None, spoken: str, *, write: bool = False) -> None:
    """Raise what a subcode of publishing means; return where it is none."""
    if subcode == SERVER_ERROR:
        raise (Uncertain if write else Transient)("Instagram is in trouble.", code=spoken)
    if subcode == DAILY_CAP:
        said = "Instagram takes no more posts of an application today."
        raise RateLimited(said, until=until(_FULL), code=spoken, call="publish")
    if subcode == RESTRICTED:
        said = "Instagram restricts this account: an officer looks in the app what it wants."
        raise NotPossible(said, code=spoken)
    if subcode in _PASSING:
        raise PlatformError(_PASSING[subcode], code=spoken)
    if subcode in _LASTING:
        raise PlatformError(_LASTING[subcode], code=spoken, permanent=True)


def is_of_form(post: RemotePost, form: str) -> bool:
    """Whether a media of ours is what a draft of this form becomes, as far as it says."""
    try:
        kind = inside(json.loads(post.raw), "media_type")
    except ValueError:
        kind = None
    return kind is None or kind == _FORMS[form][2]


class _UploadToken(Bearer):
    """The token as the host for uploads takes it (from memory)."""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign the request as it leaves."""
        request.headers["Authorization"] = f"OAuth {self._token}"
        yield request


class Publication:
    """One draft on its way. `find` looks for it among our media."""

    def __init__(self, client: ApiClient, draft: Draft, find: Callable[[datetime], Sent | None]) -> None:
        self.client = client
        self.draft = draft
        self.find = find
        self.started = datetime.now(UTC)

    def publish(self) -> Sent:
        """Raises RateLimited at the day's end of posts, Uncertain where it may stand there, else PlatformError."""
        self._check()
        self._check_quota()
        container = self._container(self._content())
        if self._wait(container):
            return self._found_published()
        try:
            answer = self._ask("publish", "POST", "media_publish", form={"creation_id": container})
            return Sent(_id(answer))
        except Uncertain as error:
            return self._after_doubt(container, error)

    # --- before ----------------------------------------------------------------------------------------------------

    def _check(self) -> None:
        least, most, _ = _FORMS[self.draft.form]
        files = self.draft.files
        if not least <= len(files) <= most:
            raise _wrong(f"Such a post has {least} to {most} files." if most > 1 else "Such a post has one file.")
        if self.draft.form == Form.VIDEO:
            return
        if any(file.mime not in PHOTO_TYPES for file in files):
            raise _wrong("Instagram takes pictures as JPEG only.")
        if not all(address(file.url) for file in files):
            raise _wrong("Instagram fetches pictures itself, and this one has no address for that.")

    def _check_quota(self) -> None:
        answer = self._ask("publishing_limit", "GET", "content_publishing_limit", {"fields": "config,quota_usage"})
        said = inside(answer.json(), "data", 0)
        used, total = number(inside(said, "quota_usage")), number(inside(said, "config", "quota_total"))
        if used is not None and total is not None and used >= total:
            refuse(DAILY_CAP, "publishing-limit")

    # --- containers ------------------------------------------------------------------------------------------------

    def _content(self) -> dict[str, str]:
        """What the container of the post is made of; the children of a carousel are made first."""
        caption = {"caption": self.draft.text} if self.draft.text else {}
        if self.draft.form == Form.VIDEO:
            url = address(self.draft.files[0].url)
            source = {"video_url": url} if url else {"upload_type": "resumable"}
            return {"media_type": "REELS", "share_to_feed": "true", **source, **caption}
        if self.draft.form == Form.PHOTO:
            return {**_picture(self.draft.files[0]), **caption}
        children = [self._container({**_picture(file), "is_carousel_item": "true"}) for file in self.draft.files]
        for child in children:
            self._wait(child)
        return {"media_type": "CAROUSEL", "children": ",".join(children), **caption}

    def _container(self, form: dict[str, str]) -> str:
        """A new container. That one may be left over unpublished harms nobody: it expires."""
        try:
            container = _id(self._ask("create_container", "POST", "media", form=form))
        except Uncertain as error:
            raise PlatformError("Instagram did not answer; nothing is published.", code=error.code) from None
        if form.get("upload_type") == "resumable":
            self._upload(container, self.draft.files[0].path)
        return container

    def _wait(self, container: str) -> bool:
        """Until it can be published. True where it is published already, so that nobody publishes it again."""
        deadline = time.monotonic() + PATIENCE[Form(self.draft.form)]
        while (status := self._status(container))[0] not in ("FINISHED", "PUBLISHED"):
            if status[0] == "ERROR":
                found = _SUBCODE.search(status[1])
                refuse(int(found[1]) if found else None, found[1] if found else "ERROR")
                raise _wrong("Instagram could not make a post of this.", "ERROR")
            if status[0] == "EXPIRED":
                refuse(2207008, "EXPIRED")
            if time.monotonic() > deadline:
                raise PlatformError("Instagram is still preparing the post; it is tried anew.", code="in-progress")
            time.sleep(PAUSE)
        return status[0] == "PUBLISHED"

    def _status(self, container: str) -> tuple[str, str]:
        answer = self.client.ask("container", "GET", container, params={"fields": "status_code,status"})
        return loose_text(inside(answer.json(), "status_code")), loose_text(inside(answer.json(), "status"))

    # --- the file of a video ---------------------------------------------------------------------------------------

    def _upload(self, container: str, path: Path) -> None:
        """Send the file, and from where it broke off again. Nothing stands on the platform for that."""
        size, offset = path.stat().st_size, 0
        for attempt in range(1, UPLOADS + 1):
            try:
                self._send(container, path, offset, size)
            except Uncertain as error:
                if attempt == UPLOADS:
                    raise PlatformError(
                        "The video did not arrive whole; nothing is published.", code=error.code
                    ) from None
                offset = min(self._arrived(container), size)
            else:
                return

    def _send(self, container: str, path: Path, offset: int, size: int) -> None:
        credentials = self.client.credentials
        ask = Ask(
            "upload",
            "POST",
            f"{settings.RUPLOAD_BASE}/ig-api-upload/{container}",
            raw=_pieces(path, offset),
            headers={  # the names from memory
                "offset": str(offset),
                "file_size": str(size),
                "Content-Length": str(size - offset),
                "Content-Type": "application/octet-stream",
            },
            auth=_UploadToken(credentials.access_token),
            patience=LONGEST_UPLOAD,
        )
        if done(self.client.send(ask), "success") is not True:
            raise Uncertain("Instagram says that the video did not arrive.", code="no-success")

    def _arrived(self, container: str) -> int:
        """How much of the file arrived (the field from memory)."""
        answer = self.client.ask("container", "GET", container, params={"fields": "status_code,video_status"})
        return number(inside(answer.json(), "video_status", "uploading_phase", "bytes_transferred")) or 0

    # --- after -----------------------------------------------------------------------------------------------------

    def _after_doubt(self, container: str, doubt: Uncertain) -> Sent:
        """The post, where the container says that it was published after all. Else the doubt stays."""
        try:
            if self._status(container)[0] == "PUBLISHED":
                return self._found_published()
        except PlatformError as error:
            raise doubt from error
        raise doubt

    def _found_published(self) -> Sent:
        found = self.find(self.started)
        if found is None:
            raise Uncertain("It is published, and Instagram does not list it yet.", code="unlisted")
        return found

    def _ask(
        self,
        name: str,
        method: str,
        edge: str,
        params: dict[str, str] | None = None,
        form: dict[str, str] | None = None,
    ) -> Any:
        return self.client.ask(name, method, f"{self.client.credentials.remote_id}/{edge}", params=params, form=form)


def _id(answer: Answer) -> str:
    """The id of what was made. Raises Uncertain where it is none, which must not become part of an address."""
    name = loose_id(done(answer, "id"))
    if not name.isdecimal():
        raise Uncertain(f"The answer to {answer.ask.name} could not be understood.", code="unreadable")
    return name


def _picture(file: Upload) -> dict[str, str]:
    return {"image_url": address(file.url), **({"alt_text": file.alt} if file.alt else {})}


def _pieces(path: Path, offset: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(offset)
        while piece := file.read(_PIECE):
            yield piece


def _wrong(said: str, code: str = "unfit") -> PlatformError:
    return PlatformError(said, code=code, permanent=True)
