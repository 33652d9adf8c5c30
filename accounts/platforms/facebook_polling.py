"""Facebook Pages: what is new, post by post, and beside the posts (facts.md 1.1, 1.2)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from accounts.platforms.api_client import (
    DAY,
    MOST_PAGES,
    MOST_PAGES_WHOLE,
    OVERLAP,
    YOUNG,
    Troubles,
    Turn,
    all_before,
    newest_of,
)
from accounts.platforms.client import Memory
from accounts.platforms.contract import Page, PlatformError
from accounts.platforms.facebook_beside import KEPT_POSTS, Beside
from accounts.platforms.fields import inside, loose_id, moment
from accounts.platforms.meta_reader import COMMENT, POST
from accounts.platforms.reader import Around

_POST = (
    "id,message,created_time,updated_time,permalink_url,full_picture,status_type,is_hidden,from,"
    "attachments{media_type,media,url}"
)
POST_FIELDS = f"{_POST},comments.filter(stream).limit(0).summary(true)"
COMMENT_FIELDS = (
    "id,message,created_time,from{id,name,picture},parent{id},object{id},is_hidden,can_hide,can_remove,can_comment,"
    "can_reply_privately,is_private,like_count,comment_count,attachment,message_tags,permalink_url"
)
# The newest comments along with each post: so posts that are read again for their age alone cost no calls of their own.
WITH_COMMENTS = (
    f"{_POST},comments.filter(stream).order(reverse_chronological).limit(10).summary(true){{{COMMENT_FIELDS}}}"
)
TOO_MUCH = "1"  # how Meta answers a question that asks for too much at once; from memory
POSTS_A_PAGE, COMMENTS_A_PAGE = "50", "100"
TIERS = ((2 * DAY, 120), (YOUNG, 900), (float("inf"), DAY))  # younger than so many seconds: read every so many


class Polling(Beside):
    """There is no list of a whole Page's comments: each post is asked for when it is due."""

    def poll(self, memory: Memory, *, whole: bool = False) -> Iterator[Page]:
        """Posts first, then what is said beside them, then the comments of those posts that are due.

        `memory["posts"]` holds per post: posted (unix), listed and count (its comments when listed, and at the last
        full read), since (the newest comment of a full read), read (when), behind (more than one poll could take),
        doubted (what was listed when a part could not be read: then it is read once more). `memory["alone"]`: when
        Meta last would not send comments along with the posts.
        """
        posts: dict[str, dict[str, Any]] = memory.setdefault("posts", {})
        troubles = Troubles()
        yield from troubles.through(self._list_posts(memory, posts, whole))
        yield from troubles.through(self.poll_beside(memory, posts, whole=whole))
        now = time.time()
        for name in sorted(posts, key=lambda name: -posts[name]["posted"]):
            entry = posts[name]
            if entry["posted"] > now - YOUNG if whole else _is_due(entry, now):
                yield from troubles.through(self._list_comments(name, entry, whole))
        troubles.settle()

    def _list_posts(self, memory: Memory, posts: dict[str, dict[str, Any]], whole: bool) -> Iterator[Page]:
        now = time.time()
        deep = whole or now - memory.get("deep", 0) > DAY  # once a day beyond the young posts too
        along = not whole and now - memory.get("alone", 0) > DAY and any(_is_stale(one, now) for one in posts.values())
        params = {"fields": WITH_COMMENTS if along else POST_FIELDS, "limit": POSTS_A_PAGE}
        try:
            for page, last, value in self._published_posts(params):
                yield page
                for post in page.posts:
                    entry = posts.setdefault(post.remote_id, {"posted": now})
                    entry["posted"] = post.posted_at.timestamp() if post.posted_at else entry["posted"]
                    entry["listed"] = post.comments
                if along and not page.bad and page.body is None:
                    _note_along(value, posts, now)
                if last or (not deep and page.posts and _all_old(page, now)):
                    break
        except PlatformError as error:
            if along and error.code.partition("/")[0] == TOO_MUCH:
                memory["alone"] = now
            raise
        if deep:
            memory["deep"] = now
        for name in [name for name, entry in posts.items() if entry["posted"] < now - KEPT_POSTS]:
            del posts[name]

    def _published_posts(self, params: dict[str, str]) -> Iterator[Turn]:
        path = f"{self.credentials.remote_id}/published_posts"
        return self.pages("list_posts", path, params, Around(kind=POST), most=6)

    def _list_comments(self, post: str, entry: dict[str, Any], whole: bool) -> Iterator[Page]:
        """The comments of a post since the last full read; all of them when `whole`.

        Newest first. Where that is more than one poll takes, the next polls go oldest first and keep what they reached.
        """
        started, since, listed = time.time(), float(entry.get("since", 0)), entry.get("listed")
        behind = bool(entry.get("behind")) and not whole
        params = {"filter": "stream", "fields": COMMENT_FIELDS, "limit": COMMENTS_A_PAGE}
        params["order"] = "chronological" if behind else "reverse_chronological"
        if since and not whole:
            params["since"] = str(int(since - OVERLAP))
        newest, sound = since, True
        most = MOST_PAGES_WHOLE if whole else MOST_PAGES
        around = Around(kind=COMMENT, post=post)
        for page, last, _ in self.pages("list_comments", f"{post}/comments", params, around, most=most):
            sound = sound and not page.bad
            page.whole_of = (post,) if whole and last and sound else ()
            yield page
            newest = max(newest, newest_of(page))
            if behind:
                entry["since"] = newest
            known = not whole and not behind and not page.fresh and all_before(page, since)
            if last or known:
                entry.pop("behind", None)
                if sound or entry.get("doubted") == listed:
                    entry.update(since=newest, count=listed, read=started)
                else:
                    entry["doubted"] = listed  # something could not be read: once more, it may have hidden others
                return
        entry["behind"] = True


def _is_due(entry: dict[str, Any], now: float) -> bool:
    if entry.get("behind") or entry.get("listed") != entry.get("count") or "read" not in entry:
        return True
    return _is_stale(entry, now)


def _is_stale(entry: dict[str, Any], now: float) -> bool:
    """Whether it was read, and so long ago that it is read again although nothing says that anything changed."""
    age = now - entry["posted"]
    return "read" in entry and bool(now - entry["read"] >= next(every for limit, every in TIERS if age < limit))


def _note_along(value: dict[str, Any], posts: dict[str, dict[str, Any]], now: float) -> None:
    """Note which posts were read by what came along with them: all that a reading of their own would have asked for."""
    listed = value.get("data")
    for one in listed if isinstance(listed, list) else ():
        entry, edge = posts.get(loose_id(inside(one, "id")), {}), inside(one, "comments")
        comments = inside(edge, "data")
        if "read" not in entry or entry.get("behind") or not isinstance(comments, list):
            continue
        times = [at.timestamp() for each in comments if (at := moment(inside(each, "created_time")))]
        since = float(entry.get("since", 0))
        reaches_back = not inside(edge, "paging", "next") or min(times, default=since) <= since - OVERLAP
        if reaches_back and len(times) == len(comments):
            entry.update(since=max([since, *(min(at, now) for at in times)]), count=entry.get("listed"), read=now)


def _all_old(page: Page, now: float) -> bool:
    return all(post.posted_at and post.posted_at.timestamp() < now - YOUNG for post in page.posts)
