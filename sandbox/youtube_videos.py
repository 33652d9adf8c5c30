"""YouTube's videos, our uploads and channels, as far as the comments on them need it."""

from typing import Any

from sandbox.store import Account, Item, Store
from sandbox.wire import Answer, Asked, spell_time
from sandbox.youtube_shape import etag, ok, page, parameter, refuse, resource, told


def _thumbnails(asked: Asked, item: Item) -> dict[str, Any]:
    url = item.image or f"{asked.origin}/media/posts/{item.id}.png"
    return {"default": {"url": url, "width": 120, "height": 90}}


def _title(item: Item) -> str:
    return item.text.split("\n", 1)[0][:100]


def list_uploads(store: Store, asked: Asked, account: Account) -> Answer:
    """The uploads playlist of one of our channels, newest first."""
    channel = store.account("youtube", "UC" + asked.query.get("playlistId", "")[2:])
    if channel is None or asked.query.get("playlistId") != _uploads(channel):
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
    items = [_video(store, asked, item) for item in found if item and item.kind == "post"]
    info = {"totalResults": len(items), "resultsPerPage": len(items)}
    return ok({"kind": "youtube#videoListResponse", "etag": etag(items), "pageInfo": info, "items": items})


def _video(store: Store, asked: Asked, item: Item) -> dict[str, Any]:
    channel = store.account("youtube", item.account)
    snippet = {
        "publishedAt": spell_time(item.created_at, "youtube"),
        "channelId": item.account,
        "title": _title(item),
        "description": item.text,
        "thumbnails": _thumbnails(asked, item),
        "channelTitle": channel.name if channel else "",
        "categoryId": "25",
        "liveBroadcastContent": "none",
    }
    total = store.count("youtube", {"post": item.id, "kind": "comment", "status": "published"})
    statistics = {"viewCount": "0", "likeCount": "0", "favoriteCount": "0", "commentCount": str(total)}
    status = {"uploadStatus": "processed", "privacyStatus": "public", "embeddable": True, "license": "youtube"}
    found = {"snippet": told(snippet), "statistics": statistics, "status": status}
    return resource(asked, "youtube#video", item.id, found)


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
            items.append(_channel(asked, named, who, ours))
    info = {"totalResults": len(items), "resultsPerPage": len(items)}
    return ok({"kind": "youtube#channelListResponse", "etag": etag(items), "pageInfo": info, "items": items})


def _channel(asked: Asked, named: str, who: dict[str, Any], ours: Account | None) -> dict[str, Any]:
    picture = {"default": {"url": f"{asked.origin}/media/avatars/{named}.png", "width": 88, "height": 88}}
    snippet = {"title": str(who.get("name") or ""), "description": "", "thumbnails": picture}
    if who.get("handle"):
        snippet["customUrl"] = "@" + str(who["handle"]).lstrip("@")
    found: dict[str, Any] = {"snippet": snippet}
    if ours:
        found["contentDetails"] = {"relatedPlaylists": {"likes": "", "uploads": _uploads(ours)}}
    return resource(asked, "youtube#channel", named, found)
