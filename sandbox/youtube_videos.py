"""YouTube's videos, our uploads and channels.

What a video has beside its description (a post's text) stands in its one attachment, once it was uploaded or edited.
"""

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sandbox.store import Account, Item, Store
from sandbox.wire import Answer, Asked, spell_time
from sandbox.youtube_shape import etag, ok, page, parameter, refuse, resource, told

MOST_TITLE, MOST_DESCRIPTION = 100, 5_000  # characters; bytes (both from memory)
WRITTEN = ("title", "tags", "categoryId", "defaultLanguage", "defaultAudioLanguage")  # beside the description


def _thumbnails(asked: Asked, item: Item) -> dict[str, Any]:
    url = item.image or f"{asked.origin}/media/posts/{item.id}.png"
    return {"default": {"url": url, "width": 120, "height": 90}}


def _details(item: Item) -> dict[str, Any]:
    """What stands beside a video's description. One that the control API put has its first line as its title."""
    given = item.attachments[0] if item.attachments else {}
    return {"title": item.text.split("\n", 1)[0][:100], "categoryId": "25", "privacyStatus": "public"} | given


def _title(item: Item) -> str:
    return str(_details(item)["title"])


def list_uploads(store: Store, asked: Asked, account: Account) -> Answer:
    """The uploads playlist of one of our channels, newest first. There is none before the channel's first video."""
    named = asked.query.get("playlistId", "")
    channel = next((one for one in store.accounts("youtube") if _uploads(one) == named), None)
    if channel is None or not store.page("youtube", {"account": channel.id, "kind": "post"}, limit=1, beyond=None):
        said = "The playlist identified with the request's playlistId parameter cannot be found."
        raise refuse(404, "playlistNotFound", said, domain="youtube.playlistItem")

    def show(item: Item) -> dict[str, Any]:
        at = spell_time(item.created_at, "youtube")
        snippet = {
            "publishedAt": at,
            "channelId": channel.id,
            "title": _title(item),
            "description": item.text,
            "thumbnails": _thumbnails(asked, item),
            "channelTitle": channel.name,
            "playlistId": _uploads(channel),
            "position": store.count_newer(item),
            "resourceId": {"kind": "youtube#video", "videoId": item.id},
            "videoOwnerChannelTitle": channel.name,
            "videoOwnerChannelId": channel.id,
        }
        details = {"videoId": item.id, "videoPublishedAt": at}
        found = {"snippet": told(snippet), "contentDetails": told(details)}
        return resource(asked, "youtube#playlistItem", f"UU.{item.id}", found)

    def fetch(limit: int, beyond: tuple[int, int] | None) -> list[Item]:
        return store.page("youtube", {"account": channel.id, "kind": "post"}, limit=limit, beyond=beyond)

    return page(asked, "youtube#playlistItemListResponse", fetch, show, default=5, most=50)


def _uploads(channel: Account) -> str:
    return "UU" + channel.id[2:]


def list_videos(store: Store, asked: Asked, account: Account) -> Answer:
    """Videos by id; the missing ones are simply not in the list."""
    wanted = [named for named in asked.query.get("id", "").split(",") if named]
    if not wanted or len(wanted) > 50:
        raise parameter("id", "missingRequiredParameter" if not wanted else "invalidParameter")
    found = [store.item("youtube", named) for named in wanted]
    items = [video(store, asked, item) for item in found if item and item.kind == "post"]
    info = {"totalResults": len(items), "resultsPerPage": len(items)}
    return ok({"kind": "youtube#videoListResponse", "etag": etag(items), "pageInfo": info, "items": items})


def video(store: Store, asked: Asked, item: Item, part: str = "") -> dict[str, Any]:
    """A video resource, with the parts asked for, or with `part`."""
    channel, details = store.account("youtube", item.account), _details(item)
    snippet = {
        "publishedAt": spell_time(item.created_at, "youtube"),
        "channelId": item.account,
        "title": details["title"],
        "description": item.text,
        "thumbnails": _thumbnails(asked, item),
        "channelTitle": channel.name if channel else "",
        "tags": details.get("tags") or None,
        "categoryId": details["categoryId"],
        "liveBroadcastContent": "none",
        "defaultLanguage": details.get("defaultLanguage"),
        "defaultAudioLanguage": details.get("defaultAudioLanguage"),
        "localized": {"title": details["title"], "description": item.text},
    }
    total = store.count("youtube", {"post": item.id, "kind": "comment", "status": "published"})
    statistics = {"viewCount": "0", "likeCount": "0", "favoriteCount": "0", "commentCount": str(total)}
    found = {"snippet": told(snippet), "statistics": statistics, "status": _status(details)}
    wanted = replace(asked, query=asked.query | {"part": part}) if part else asked
    return resource(wanted, "youtube#video", item.id, found)


def _status(details: dict[str, Any]) -> dict[str, Any]:
    """How YouTube gets on with it: worked on until it is ready, then processed, failed or rejected."""
    outcome = details.get("outcome") or {}
    status: dict[str, Any] = {
        "uploadStatus": "processed",
        "privacyStatus": details["privacyStatus"],
        "embeddable": True,
        "license": "youtube",
        "publicStatsViewable": True,
        "madeForKids": bool(details.get("selfDeclaredMadeForKids")),
    }
    if "selfDeclaredMadeForKids" in details:
        status["selfDeclaredMadeForKids"] = details["selfDeclaredMadeForKids"]
    if details.get("ready_at", 0) > time.time():
        status["uploadStatus"] = "uploaded"
    elif "failed" in outcome:
        status |= {"uploadStatus": "failed", "failureReason": outcome["failed"]}
    elif "rejected" in outcome:
        status |= {"uploadStatus": "rejected", "rejectionReason": outcome["rejected"]}
    return status


def check_snippet(body: dict[str, Any]) -> dict[str, Any]:
    """The snippet of a video that is announced or changed. Raises RefusedError for what YouTube does not take."""
    snippet = body.get("snippet")
    snippet = snippet if isinstance(snippet, dict) else {}
    title, description = snippet.get("title"), snippet.get("description") or ""
    if not isinstance(title, str) or not title.strip() or len(title) > MOST_TITLE or set("<>") & set(title):
        raise _invalid("invalidTitle", "The request metadata specifies an invalid or empty video title.")
    size = len(description.encode("utf-8", "replace")) if isinstance(description, str) else MOST_DESCRIPTION + 1
    if size > MOST_DESCRIPTION or set("<>") & set(description):
        raise _invalid("invalidDescription", "The request metadata specifies an invalid video description.")
    return snippet


def _invalid(reason: str, said: str) -> Exception:
    return refuse(400, reason, said, domain="youtube.video", location="body.snippet", locationType="other")


def details_of_new(snippet: dict[str, Any], status: object) -> dict[str, Any]:
    """What is kept of an announced video. Without a privacyStatus it is public (since November 2026)."""
    given = status if isinstance(status, dict) else {}
    kept = {name: snippet[name] for name in WRITTEN if name in snippet}
    kept["privacyStatus"] = given.get("privacyStatus", "public")
    if "selfDeclaredMadeForKids" in given:
        kept["selfDeclaredMadeForKids"] = bool(given["selfDeclaredMadeForKids"])
    return kept


def update(store: Store, asked: Asked, account: Account) -> Answer:
    """The snippet is replaced as a whole: what is not sent is gone."""
    item = _ours(store, str(asked.body.get("id", "")), account)
    if "snippet" not in asked.query["part"].split(","):
        raise parameter("part")
    snippet = check_snippet(asked.body)
    if not snippet.get("categoryId"):
        raise _invalid("invalidCategoryId", "The snippet.categoryId property specifies an invalid category ID.")
    details = {name: value for name, value in _details(item).items() if name not in WRITTEN}
    details |= {name: snippet[name] for name in WRITTEN if name in snippet}
    text = str(snippet.get("description") or "")
    store.edit(replace(item, attachments=[details]), text, datetime.now(UTC).isoformat())
    return ok(video(store, asked, _ours(store, item.id, account)))


def delete(store: Store, asked: Asked, account: Account) -> Answer:
    """With everything under it."""
    store.delete(_ours(store, asked.query.get("id", ""), account))
    return Answer(204, b"")


def _ours(store: Store, named: str, account: Account) -> Item:
    item = store.item("youtube", named)
    if item is None or item.kind != "post":
        said = "The video that you are trying to change cannot be found."
        raise refuse(404, "videoNotFound", said, domain="youtube.video", location="id", locationType="parameter")
    if item.account != account.id:
        raise refuse(403, "forbidden", "The request is not properly authorized.", domain="youtube.video")
    return item


def list_channels(store: Store, asked: Asked, account: Account) -> Answer:
    """Channels by id, ours or a commenter's, or our own with `mine`."""
    if asked.query.get("mine") == "true":
        wanted = [account.id]
    else:
        wanted = [named for named in asked.query.get("id", "").split(",") if named]
    if not wanted:
        raise parameter("parameters.", "missingRequiredParameter", "No filter selected. Expected one of: id, mine")
    items = []
    for named in wanted:
        ours = store.account("youtube", named)
        who = ours.as_author() if ours else store.author("youtube", named)
        if who:
            items.append(_channel(store, asked, named, who, ours))
    info = {"totalResults": len(items), "resultsPerPage": len(items)}
    return ok({"kind": "youtube#channelListResponse", "etag": etag(items), "pageInfo": info, "items": items})


def _channel(store: Store, asked: Asked, named: str, who: dict[str, Any], ours: Account | None) -> dict[str, Any]:
    picture = {"default": {"url": f"{asked.origin}/media/avatars/{named}.png", "width": 88, "height": 88}}
    about = str(ours.data.get("about") or "") if ours else ""
    snippet = {"title": str(who.get("name") or ""), "description": about, "thumbnails": picture}
    if who.get("handle"):
        snippet["customUrl"] = "@" + str(who["handle"]).lstrip("@")
    found: dict[str, Any] = {"snippet": snippet}
    if ours:
        found["contentDetails"] = {"relatedPlaylists": {"likes": "", "uploads": _uploads(ours)}}
        found["statistics"] = _statistics(store, ours)
        found["brandingSettings"] = {"channel": {"title": ours.name, "description": about}}
    return resource(asked, "youtube#channel", named, found)


def _statistics(store: Store, ours: Account) -> dict[str, Any]:
    """Subscribers are told with three digits only, and not at all where the channel hides them."""
    subscribers, hidden = int(ours.data.get("followers") or 0), bool(ours.data.get("followers_hidden"))
    rounded = int(str(subscribers)[:3].ljust(len(str(subscribers)), "0"))
    videos = store.count("youtube", {"account": ours.id, "kind": "post"})
    told_of = {"viewCount": "0", "hiddenSubscriberCount": hidden, "videoCount": str(videos)}
    return told_of if hidden else told_of | {"subscriberCount": str(rounded)}
