"""How a post comes to stand on Instagram: containers that are filled, grow ready, and are published or expire.

As Instagram does, this fetches pictures and videos itself, from this machine only; the digest of what came stands in
the truth. An account may be put with `processing` (seconds until a video is ready), `container_life` (seconds),
`publishing_limit` (posts in 24 hours) and `restricted`.
"""

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sandbox import graph, uploads
from sandbox.graph import Graph, refuse
from sandbox.store import Account, Draft, Store
from sandbox.uploads import Upload
from sandbox.wire import Answer

FIRST_CONTAINER = 17_900_000_000_000_000
LONGEST_CAPTION, CAROUSEL = 2200, 10
LARGEST_PICTURE, LARGEST_VIDEO = 8 * 1024 * 1024, 300 * 1024 * 1024
LIFE, PROCESSING, POSTS_A_DAY = 86_400, 0.3, 100
FETCH_SECONDS = 5.0
HERE = ("127.0.0.1", "localhost", "::1")

# The code that goes with each subcode of publishing (from memory), and what is said.
_REFUSALS: dict[int, tuple[int, str]] = {
    2207004: (36000, "The image is too large to download."),
    2207005: (36001, "The image format is not supported."),
    2207008: (24, "The media builder with this creation id has expired."),
    2207009: (36003, "The submitted image with aspect ratio cannot be published."),
    2207010: (36004, "The caption was too long."),
    2207027: (9007, "The media is not ready for publishing, please wait for a moment."),
    2207042: (9, "Application request limit reached"),
    2207050: (25, "The Instagram account is restricted."),
    2207052: (9004, "Only photo or video can be accepted as media type."),
}


def _refusal(subcode: int) -> Exception:
    code, said = _REFUSALS[subcode]
    return refuse(said, code, error_subcode=subcode, is_transient=subcode == 2207027, error_user_msg=said)


def find_container(store: Store, named: str) -> Upload | None:
    """The container that an id names."""
    if not (named.isascii() and named.isdigit()) or int(named) <= FIRST_CONTAINER:
        return None
    return uploads.find(store, "instagram", int(named) - FIRST_CONTAINER)


def container_id(container: Upload) -> str:
    """As Graph names it."""
    return str(FIRST_CONTAINER + container.id)


# Fetching


class _Nowhere(urllib.request.HTTPRedirectHandler):
    """An address that leads elsewhere has not answered."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Follows nothing."""


_opener = urllib.request.build_opener(_Nowhere, urllib.request.ProxyHandler({}))


def fetch(address: str, most: int) -> bytes | None:
    """What stands at an address of this machine; None where nothing does, or more than `most`."""
    parts = urllib.parse.urlsplit(address)
    if parts.scheme not in ("http", "https") or parts.hostname not in HERE:
        return None
    try:
        with _opener.open(address, timeout=FETCH_SECONDS) as answer:
            content = bytes(answer.read(most + 1))
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError):
        return None
    return content if len(content) <= most else None


def _picture(address: str) -> bytes:
    """A JPEG of a shape that Instagram takes."""
    content = fetch(address, LARGEST_PICTURE)
    if content is None:
        raise _refusal(2207052)
    if not content.startswith(b"\xff\xd8\xff"):
        raise _refusal(2207005)
    width, height = _size_of_jpeg(content)
    if height and not 0.79 <= width / height <= 1.92:
        raise _refusal(2207009)
    return content


def _size_of_jpeg(content: bytes) -> tuple[int, int]:
    """Width and height, from the frame's header; nothing where there is none."""
    place = 2
    while place + 9 < len(content) and content[place] == 0xFF:
        if content[place + 1] in (0xC0, 0xC1, 0xC2):
            return int.from_bytes(content[place + 7 : place + 9], "big"), int.from_bytes(
                content[place + 5 : place + 7], "big"
            )
        place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return 0, 0


def is_video(content: bytes) -> bool:
    """Whether it is MP4 or QuickTime, by its beginning."""
    return content[4:8] == b"ftyp"


# Containers


def create_container(g: Graph, account: Account) -> Answer:
    """A picture, a video (fetched or to be sent), or a carousel of earlier ones."""
    caption = g.param("caption") or ""
    if len(caption) > LONGEST_CAPTION:
        raise _refusal(2207010)
    kind = (g.param("media_type") or "IMAGE").upper()
    about: dict[str, Any] = {
        "caption": caption,
        "alt": g.param("alt_text"),
        "child": g.param("is_carousel_item") == "true",
    }
    about |= {"made": time.time(), "ready": time.time(), "media_type": kind}
    made = {"IMAGE": _of_picture, "REELS": _of_video, "VIDEO": _of_video, "CAROUSEL": _of_children}.get(kind)
    if made is None:
        raise refuse("(#100) Param media_type must be one of {CAROUSEL, IMAGE, REELS, STORIES, VIDEO}", 100)
    container, more = made(g, account, about)
    return graph.ok({"id": container_id(container)} | more)


def _of_picture(g: Graph, account: Account, about: dict[str, Any]) -> tuple[Upload, dict[str, Any]]:
    address = g.param("image_url")
    if not address:
        raise refuse("(#100) The parameter image_url is required.", 100)
    content = _picture(address)
    return uploads.keep(g.store, "instagram", account.id, content, **about, url=address), {}


def _of_video(g: Graph, account: Account, about: dict[str, Any]) -> tuple[Upload, dict[str, Any]]:
    about["media_type"] = "VIDEO"
    about["ready"] += float(account.data.get("processing", PROCESSING))
    if g.param("upload_type") == "resumable":
        container = uploads.begin(g.store, "instagram", account.id, **about)
        return container, {"uri": f"{g.asked.origin}/rupload.facebook.com/ig-api-upload/{container_id(container)}"}
    address = g.param("video_url")
    if not address:
        raise refuse("(#100) The parameter video_url is required.", 100)
    content = fetch(address, LARGEST_VIDEO)
    about["error"] = 2207003 if content is None else 0 if is_video(content) else 2207026
    return uploads.keep(g.store, "instagram", account.id, content or b"", **about, url=address), {}


def _of_children(g: Graph, account: Account, about: dict[str, Any]) -> tuple[Upload, dict[str, Any]]:
    given = (g.param("children") or "").split(",")
    named = [one.strip(' "[]') for one in given]
    children = [find_container(g.store, one) for one in named]
    if not 2 <= len(children) <= CAROUSEL:
        raise refuse("(#100) A carousel has between 2 and 10 children", 100)
    if any(one is None or one.account != account.id or not one.data["child"] for one in children):
        raise refuse("(#100) Param children must hold ids of carousel items", 100)
    if any(status_of(g.store, account, one)[0] != "FINISHED" for one in children if one):
        raise _refusal(2207027)
    return uploads.begin(g.store, "instagram", account.id, **about, children=named), {}


def status_of(store: Store, account: Account, container: Upload) -> tuple[str, str]:
    """Its state and what is said of that."""
    data = container.data
    if data.get("published"):
        return "PUBLISHED", "Published: Media has been successfully published."
    if data.get("error"):
        return "ERROR", f"Error: Media upload has failed with error code {data['error']}"
    if time.time() - data["made"] >= float(account.data.get("container_life", LIFE)):
        return "EXPIRED", "Expired: Media has expired"
    waits = not container.sha256 and data["media_type"] != "CAROUSEL"
    if waits or time.time() < data["ready"]:
        return "IN_PROGRESS", "In Progress: Media is still being processed."
    return "FINISHED", "Finished: Media has been uploaded and it is ready to be published."


def show(g: Graph, container: Upload) -> Answer:
    """A container, with the fields that were asked for."""
    code, said = status_of(g.store, g.account, container)
    transferred = {"uploading_phase": {"status": "in_progress", "bytes_transferred": container.size}}
    whole = {"status_code": code, "status": said, "video_status": transferred}
    wanted = graph.wanted_fields(g) or ()
    unknown = [one.name for one in wanted if one.name not in whole and one.name not in ("id", "copyright_check_status")]
    if unknown:
        raise refuse(f"(#100) Tried accessing nonexistent field ({unknown[0]})", 100)
    shown = {one.name: whole[one.name] for one in wanted if one.name in whole}
    return graph.ok(shown | {"id": container_id(container)})


# Publishing


def _published(store: Store, account: Account) -> int:
    """How many posts of an application were published in the last 24 hours; a carousel is one."""
    since = time.time() - graph.DAY
    return sum(
        one.account == account.id and one.data.get("published_at", 0) > since for one in uploads.of(store, "instagram")
    )


def _total(account: Account) -> int:
    return int(account.data.get("publishing_limit", POSTS_A_DAY))


def publishing_limit(g: Graph, account: Account) -> Answer:
    """How much of the day's posts is used; the quota itself only where it is asked for."""
    names = {one.name for one in graph.wanted_fields(g) or ()} or {"quota_usage"}
    whole = {
        "config": {"quota_total": _total(account), "quota_duration": graph.DAY},
        "quota_usage": _published(g.store, account),
    }
    return graph.ok({"data": [{name: value for name, value in whole.items() if name in names}]})


def publish(g: Graph, account: Account) -> Answer:
    """Makes a post of a container that is ready."""
    with g.store.together():
        container = find_container(g.store, g.param("creation_id") or "")
        if container is None or container.account != account.id or container.data["child"]:
            raise refuse("(#100) Invalid parameter", 100, error_subcode=2207006)
        if account.data.get("restricted"):
            raise _refusal(2207050)
        if _published(g.store, account) >= _total(account):
            raise _refusal(2207042)
        code = status_of(g.store, account, container)[0]
        if code != "FINISHED":
            raise _refusal({"EXPIRED": 2207008, "IN_PROGRESS": 2207027}.get(code, 2207052))
        made = _stand(g, account, container)
        uploads.change(g.store, container, published=made, published_at=time.time())
    return graph.ok({"id": made})


def _stand(g: Graph, account: Account, container: Upload) -> str:
    children = [find_container(g.store, one) for one in container.data.get("children", ())] or [container]
    files = [_part(one) for one in children if one]
    draft = Draft(
        "instagram",
        "post",
        account.id,
        container.data["caption"],
        account.as_author(),
        created_at=datetime.now(UTC).isoformat(),
        ours=True,
        image=files[0].get("url"),
        attachments=files,
    )
    return g.store.add(draft).id


def _part(container: Upload) -> dict[str, Any]:
    told = {name: container.data.get(name) for name in ("media_type", "url", "alt")}
    told |= {"id": container_id(container), "size": container.size, "sha256": container.sha256}
    return {name: value for name, value in told.items() if value is not None}


HANDLERS: dict[str, Callable[[Graph, Any], Answer]] = {
    "create_container": create_container,
    "container": show,
    "publishing_limit": publishing_limit,
    "publish": publish,
}
