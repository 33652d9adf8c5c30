"""What a poll of an Instagram account asks for, and how much of it (facts.md 2.2)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from accounts.platforms.api_client import (
    DAY,
    MOST_PAGES,
    MOST_PAGES_WHOLE,
    YOUNG,
    Troubles,
    Turn,
    all_before,
    newest_of,
)
from accounts.platforms.client import Memory
from accounts.platforms.contract import NotPossible, Page, Platform, PlatformError
from accounts.platforms.fields import inside, loose_id
from accounts.platforms.instagram_inbox import Inbox
from accounts.platforms.instagram_reader import TAG, InstagramReader
from accounts.platforms.meta import MetaClient
from accounts.platforms.meta_reader import COMMENT, MESSAGE, POST
from accounts.platforms.reader import Around

MEDIA_FIELDS = (
    "id,caption,media_type,media_product_type,media_url,thumbnail_url,permalink,shortcode,timestamp,username,"
    "comments_count,like_count,is_comment_enabled"
)
REPLY_FIELDS = "id,text,timestamp,username,from{id,username},hidden,parent_id"
COMMENT_FIELDS = f"{REPLY_FIELDS},like_count,media{{id,media_product_type}},replies{{{REPLY_FIELDS}}}"
# The newest threads along with each media: so media that are read again for their age alone cost no calls of their own.
WITH_COMMENTS = f"{MEDIA_FIELDS},comments.limit(25){{{COMMENT_FIELDS}}}"
TOO_MUCH = "1"  # how Meta answers a question that asks for too much at once; from memory
TAG_FIELDS = "id,caption,media_type,media_url,permalink,timestamp,username"
A_PAGE = "50"
KEPT_MEDIA = 90 * DAY
TIERS = ((3 * DAY, 300), (30 * DAY, 3600), (float("inf"), DAY))  # younger than so many seconds: read every so many
THREADS_MOVE = 7 * DAY  # in media younger than this, old threads are read again each hour: a new reply moves nothing
TAGS_EVERY = 900  # seconds
_LISTS = {
    "list_comments": COMMENT,
    "list_replies": COMMENT,
    "get_comment": COMMENT,
    "list_posts": POST,
    "list_tags": TAG,
    "list_messages": MESSAGE,
}


class Polling(MetaClient):
    """Reads one account. Comments come per media, newest thread first, with no filter by time."""

    platform = Platform.INSTAGRAM
    reader = InstagramReader

    def around(self, call: str) -> Around:
        """What a list of that name holds."""
        return Around(kind=_LISTS.get(call, ""))

    # --- polling ---------------------------------------------------------------------------------------------------

    def poll(self, memory: Memory, *, whole: bool = False) -> Iterator[Page]:
        """Media first, then the comments of those that are due, what we are tagged in, and private messages.

        `memory["media"]` holds per media: posted (unix), listed and count (its comments when listed, and at the last
        full read), since (the newest of a full read), read (when), threads (when all threads were last read). The other
        two streams keep what they remember under `tags` and `messages`. `memory["alone"]`: when Meta last would not
        send comments along with the media.
        """
        media: dict[str, dict[str, Any]] = memory.setdefault("media", {})
        troubles = Troubles()
        yield from troubles.through(self._list_media(memory, media, whole))
        now = time.time()
        for name in sorted(media, key=lambda name: -media[name]["posted"]):
            entry = media[name]
            if entry["posted"] > now - YOUNG if whole else _is_due(entry, now):
                yield from troubles.through(self._list_comments(name, entry, whole))
        yield from troubles.through(self._list_tags(memory.setdefault("tags", {}), whole))
        yield from troubles.through(Inbox(self).poll(memory.setdefault("messages", {}), whole=whole))
        troubles.settle()

    def _list_media(self, memory: Memory, media: dict[str, dict[str, Any]], whole: bool) -> Iterator[Page]:
        now = time.time()
        deep = whole or now - memory.get("deep", 0) > DAY
        along = not whole and now - memory.get("alone", 0) > DAY and any(_is_stale(one, now) for one in media.values())
        params = {"fields": WITH_COMMENTS if along else MEDIA_FIELDS, "limit": A_PAGE}
        try:
            for page, last, value in self._media(params):
                yield page
                for post in page.posts:
                    entry = media.setdefault(post.remote_id, {"posted": now})
                    entry["posted"] = post.posted_at.timestamp() if post.posted_at else entry["posted"]
                    entry["listed"] = post.comments
                if along and not page.bad and page.body is None:
                    _note_along(value, page, media, now)
                times = [post.posted_at.timestamp() for post in page.posts if post.posted_at]
                if last or (not deep and times and min(times) < now - 30 * DAY):
                    break
        except PlatformError as error:
            if along and error.code.partition("/")[0] == TOO_MUCH:
                memory["alone"] = now
            raise
        if deep:
            memory["deep"] = now
        for name in [name for name, entry in media.items() if entry["posted"] < now - KEPT_MEDIA]:
            del media[name]

    def _media(self, params: dict[str, str]) -> Iterator[Turn]:
        path = f"{self.credentials.remote_id}/media"
        return self.pages("list_posts", path, params, Around(kind=POST), most=6)

    def _list_comments(self, media: str, entry: dict[str, Any], whole: bool) -> Iterator[Page]:
        """Threads of a media until a page brings nothing new from a time that was fully read before.

        A changed count without a new thread means a reply in an old one: then, and hourly, all threads are read.
        """
        started, since, listed = time.time(), float(entry.get("since", 0)), entry.get("listed")
        changed = listed != entry.get("count")
        every = whole or not since or _threads_due(entry, started)
        newest, fresh, sound, last = since, 0, True, False
        around = Around(kind=COMMENT, post=media)
        params = {"fields": COMMENT_FIELDS, "limit": A_PAGE}
        most = MOST_PAGES_WHOLE if whole or not since else MOST_PAGES
        for page, last, _ in self.pages("list_comments", f"{media}/comments", params, around, most=most):
            for page_of, ends in self._with_replies(page, media, last):
                sound = sound and not page_of.bad
                page_of.whole_of = (media,) if whole and ends and sound else ()
                yield page_of
                fresh += page_of.fresh
            newest = max(newest, newest_of(page))
            known = not page.fresh and all_before(page, since) and (fresh or not changed)
            if last or (known and not every):
                break
        # Also where there were more pages than a poll takes: what is older comes with the next whole reading.
        entry.update(since=newest, count=listed, read=started)
        if every or last:
            entry["threads"] = started

    def _with_replies(self, page: Page, media: str, last: bool) -> Iterator[tuple[Page, bool]]:
        """The page, then the replies that its expansions left out. The flag is true on the very last page."""
        cut = [
            comment.remote_id for comment in page.comments if b'"next"' in comment.raw and not comment.parent_remote_id
        ]
        yield page, last and not cut
        for thread in cut:
            around = Around(kind=COMMENT, post=media, parent=thread)
            params = {"fields": REPLY_FIELDS, "limit": A_PAGE}
            for replies, end, _ in self.pages("list_replies", f"{thread}/replies", params, around):
                yield replies, last and end and thread == cut[-1]

    def _list_tags(self, memory: Memory, whole: bool) -> Iterator[Page]:
        """Others' media in which we are tagged. Only webhooks tell who names us with @ in a comment or caption.

        `memory` holds asked (when), refused (when the platform last said that we may not).
        """
        now = time.time()
        before = memory.get("asked", 0)
        if now - memory.get("refused", 0) < DAY or (not whole and now - before < TAGS_EVERY):
            return
        path, params = f"{self.credentials.remote_id}/tags", {"fields": TAG_FIELDS, "limit": A_PAGE}
        try:
            for page, *_ in self.pages("list_tags", path, params, Around(kind=TAG), most=6):
                yield page
                if before and not whole and not page.fresh:
                    break
        except NotPossible:
            memory["refused"] = now
        memory["asked"] = now


def _is_due(entry: dict[str, Any], now: float) -> bool:
    return entry.get("listed") != entry.get("count") or "read" not in entry or _is_stale(entry, now)


def _is_stale(entry: dict[str, Any], now: float) -> bool:
    """Whether it was read, and so long ago that it is read again although nothing says that anything changed."""
    age = now - entry["posted"]
    if "read" not in entry or _threads_due(entry, now):
        return "read" in entry
    return bool(now - entry["read"] >= next(every for limit, every in TIERS if age < limit))


def _note_along(value: dict[str, Any], page: Page, media: dict[str, dict[str, Any]], now: float) -> None:
    """Note which media were read by what came along with them: every thread, and every reply of each."""
    listed = value.get("data")
    for one in listed if isinstance(listed, list) else ():
        name, edge = loose_id(inside(one, "id")), inside(one, "comments")
        entry = media.get(name, {})
        comments = inside(edge, "data") if edge or entry.get("listed") else []
        if "read" not in entry or inside(edge, "paging", "next") or not isinstance(comments, list):
            continue
        if any(inside(each, "replies", "paging", "next") for each in comments):
            continue
        came = [each.posted_at.timestamp() for each in page.comments if each.post_remote_id == name and each.posted_at]
        newest = max([float(entry.get("since", 0)), *(min(at, now) for at in came)])
        entry.update(since=newest, count=entry.get("listed"), read=now, threads=now)


def _threads_due(entry: dict[str, Any], now: float) -> bool:
    return bool(now - entry["posted"] < THREADS_MOVE and now - entry.get("threads", 0) >= 3600)
