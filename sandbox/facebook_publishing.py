"""What a Page publishes: texts, links, photos, videos in pieces; and what becomes of its posts (facts 1.1)."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sandbox import graph, uploads
from sandbox.facebook_shape import VIDEO, media_id, media_of
from sandbox.graph import Graph, refuse
from sandbox.store import Account, Draft, Item
from sandbox.wire import Answer, File, whole

LONGEST_TEXT = 63_206
LARGEST_PHOTO = 4 * 1024 * 1024
PIECE = 1024 * 1024  # of a video; Facebook tells the sender how much it wants next
PROCESSING = 0.3  # seconds that a video takes after it came, unless the account says otherwise


def _text(g: Graph, name: str) -> str:
    text = g.param(name) or ""
    if len(text) > LONGEST_TEXT:
        raise refuse(f"(#100) Param {name} is too long", 100)
    return text


def _is_false(g: Graph, name: str) -> bool:
    return (g.param(name) or "").lower() in ("false", "0")


def _file(g: Graph, name: str) -> File:
    found = g.asked.files.get(name)
    if found is None or not found.content:
        raise refuse("(#324) Requires upload file", 324)
    return found


def _stand(g: Graph, page: Account, text: str, attachments: list[dict[str, Any]], link: str = "") -> Item:
    """A post of the Page that stands from now on."""
    first = next((one["id"] for one in attachments), None)
    held = [*attachments, {"type": "share", "url": link}] if link else attachments
    draft = Draft(
        "facebook",
        "post",
        page.id,
        text,
        page.as_author(),
        created_at=datetime.now(UTC).isoformat(),
        ours=True,
        attachments=held,
        image=f"{g.asked.origin}/media/posts/{first}.png" if first else None,
    )
    return g.store.add(draft)


def publish(g: Graph, page: Account) -> Answer:
    """A text, a link, or photos that were uploaded unpublished before."""
    text, link = _text(g, "message"), g.param("link") or ""
    try:
        listed = json.loads(g.param("attached_media") or "[]")
        named = [str(one["media_fbid"]) for one in listed]
    except (ValueError, TypeError, KeyError):
        raise refuse("(#100) Param attached_media must be an array of objects with media_fbid", 100) from None
    if not text and not link and not named:
        raise refuse("(#100) The parameter message, link or attached_media is required", 100)
    photos = [_unpublished(g, page, one) for one in named]
    made = _stand(g, page, text, [_attached(photo, "photo") for photo in photos], link)
    for photo in photos:
        uploads.change(g.store, photo, published=True, post_id=made.id)
    return graph.ok({"id": made.id})


def _unpublished(g: Graph, page: Account, named: str) -> uploads.Upload:
    found = media_of(g.store, named)
    if found is None or found.account != page.id or found.data.get("published") or found.data.get("deleted"):
        raise refuse(f"(#100) Param attached_media: {named} is no unpublished photo of this Page", 100)
    return found


def _attached(upload: uploads.Upload, kind: str) -> dict[str, Any]:
    held = {"type": kind, "id": media_id(upload), "sha256": upload.sha256, "size": upload.size}
    return held | {name: upload.data[name] for name in ("alt", "title") if upload.data.get(name)}


def publish_photo(g: Graph, page: Account) -> Answer:
    """One photo, as a post of its own or to be attached to one."""
    file = _file(g, "source")
    if len(file.content) > LARGEST_PHOTO:
        raise refuse("Your photos should be less than 4 MB and saved as JPG or PNG.", 1, error_subcode=1366046)
    if not file.mime.startswith("image/"):
        raise refuse("(#324) Missing or invalid image file", 324)
    text, hidden = _text(g, "message") or _text(g, "caption"), _is_false(g, "published")
    photo = uploads.keep(
        g.store, "facebook", page.id, file.content, mime=file.mime, alt=g.param("alt_text_custom") or "", kind="photo"
    )
    if hidden:
        return graph.ok({"id": media_id(photo)})
    made = _stand(g, page, text, [_attached(photo, "photo")])
    uploads.change(g.store, photo, published=True, post_id=made.id)
    return graph.ok({"id": media_id(photo), "post_id": made.id})


def publish_video(g: Graph, page: Account) -> Answer:
    """A video in phases: start says how much comes, transfer brings it piece by piece, finish makes the post."""
    phase = (g.param("upload_phase") or "").lower()
    if phase == "start":
        return _start(g, page)
    session = uploads.find(g.store, "facebook", g.param("upload_session_id"))
    if session is None or session.account != page.id or session.data.get("kind") != "video" or session.sha256:
        raise refuse("Invalid upload session.", 6000, error_subcode=1363033)
    if phase == "transfer":
        return _transfer(g, session)
    if phase == "finish":
        return _finish(g, page, session)
    raise refuse("(#100) Param upload_phase must be one of start, transfer, finish", 100)


def _start(g: Graph, page: Account) -> Answer:
    size = whole(g.param("file_size"), 0) or 0
    if size <= 0:
        raise refuse("(#100) Param file_size must be greater than 0", 100)
    video = uploads.begin(g.store, "facebook", page.id, kind="video", file_size=size)
    told = {"upload_session_id": str(video.id), "video_id": media_id(video)}
    return graph.ok(told | {"start_offset": "0", "end_offset": str(min(PIECE, size))})


def _transfer(g: Graph, video: uploads.Upload) -> Answer:
    start, content = whole(g.param("start_offset"), 0) or 0, _file(g, "video_file_chunk").content
    size = int(video.data["file_size"])
    if start > video.size or start + len(content) > size:
        data = {"start_offset": str(video.size), "end_offset": str(min(video.size + PIECE, size))}
        raise refuse("There was a problem uploading your video file.", 6001, error_subcode=1363037, error_data=data)
    come = max(video.size, start + len(content))
    if start + len(content) > video.size:
        come = uploads.append(g.store, video, start, content).size
    return graph.ok({"start_offset": str(come), "end_offset": str(min(come + PIECE, size))})


def _finish(g: Graph, page: Account, video: uploads.Upload) -> Answer:
    if video.size != int(video.data["file_size"]):
        raise refuse("The video was not uploaded completely.", 6000, error_subcode=1363031)
    text, title = _text(g, "description"), g.param("title") or ""
    ready = time.time() + float(page.data.get("processing_seconds", PROCESSING))
    done = uploads.finish(g.store, video, title=title, description=text, ready_at=ready)
    if not page.data.get("broken_videos"):
        made = _stand(g, page, text, [_attached(done, "video")])
        link = f"/{page.id}/videos/{media_id(done)}/"
        uploads.change(g.store, done, published=True, post_id=made.id, permalink_url=link)
    return graph.ok({"success": True})


def get_video(g: Graph, video: uploads.Upload) -> Answer:
    """How far Facebook is with a video, and the post that shows it."""
    return graph.ok(VIDEO.show(g, video, graph.wanted_fields(g)))


def delete_media(g: Graph, media: uploads.Upload) -> Answer:
    """A photo or video goes; the post that shows it stays."""
    uploads.change(g.store, media, deleted=True)
    return graph.ok({"success": True})


def edit_post(g: Graph, post: Item) -> Answer:
    """The text of a post of the Page's own."""
    text = _text(g, "message")
    if not post.ours:
        raise refuse("(#200) Permissions error", 200, status=403)
    if not text and not post.attachments:
        raise refuse("(#100) Param message must not be empty", 100)
    g.store.edit(post, text, datetime.now(UTC).isoformat())
    return graph.ok({"success": True})


def delete_post(g: Graph, post: Item) -> Answer:
    """A post of the Page, or one on it, with all comments under it; a post elsewhere is not the Page's to delete."""
    if post.kind == "mention":
        raise refuse("(#200) Permissions error", 200, status=403)
    g.store.delete(post)
    return graph.ok({"success": True})


HANDLERS: dict[str, Callable[[Graph, Any], Answer]] = {
    "publish": publish,
    "publish_photo": publish_photo,
    "publish_video": publish_video,
    "get_video": get_video,
    "delete_media": delete_media,
    "edit_post": edit_post,
    "delete_post": delete_post,
}
