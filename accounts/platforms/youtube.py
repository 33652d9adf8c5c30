"""YouTube: one list of threads for the whole channel in three passes, and what stands by itself (facts.md 4)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from accounts.platforms.api_client import MOST_PAGES, MOST_PAGES_WHOLE, YOUNG, Troubles, all_before, newest_of
from accounts.platforms.client import Memory
from accounts.platforms.contract import Author, Gone, NotPossible, Page, Ref, RemoteComment, RemotePost, Sight
from accounts.platforms.fields import address, inside, loose_text, moment, number
from accounts.platforms.reader import Around
from accounts.platforms.youtube_account import YouTubeAccount
from accounts.platforms.youtube_acts import YouTubeActs, thread_of
from accounts.platforms.youtube_publishing import YouTubePosts
from accounts.platforms.youtube_reader import COMMENT, POST

PASSES = ("published", "heldForReview", "likelySpam")
NOT_SHOWN = ("heldForReview", "likelySpam", "rejected")
VIDEOS_A_PAGE = 50
DEEP = 900  # seconds between looks at all young threads: a reply does not bring its thread up
LOOK_PAGES = 10  # of a pass, when one comment is sought


class YouTube(YouTubeActs, YouTubePosts, YouTubeAccount):
    """Speaks for one channel."""

    # --- polling ---------------------------------------------------------------------------------------------------

    def poll(self, memory: Memory, *, whole: bool = False) -> Iterator[Page]:
        """Three passes over the threads, the replies that did not come along, then what the videos are called.

        `memory`: since (per pass, the newest comment of a full read), threads (per id: replies, video, posted), deep
        (when all young threads were last read), videos (known ids and when they were read), uploads (their list's id).
        """
        troubles = Troubles()
        deep = whole or time.time() - memory.get("deep", 0) >= DEEP
        if deep:
            yield from troubles.through(self._uploads(memory))
        wanted: dict[str, str] = {}
        for status in PASSES:
            yield from troubles.through(self._pass(memory, status, wanted, deep=deep, whole=whole))
        for thread, video in wanted.items():
            yield from troubles.through(self._thread_replies(memory, thread, video))
        sound = whole and troubles.first is None
        yield from troubles.through(self._videos(memory, whole=whole, sound=sound))
        if deep and troubles.first is None:
            memory["deep"] = time.time()
        oldest = time.time() - YOUNG
        memory["threads"] = {
            name: entry for name, entry in memory.get("threads", {}).items() if entry["posted"] > oldest
        }
        troubles.settle()

    def _uploads(self, memory: Memory) -> Iterator[Page]:
        """The newest of our videos, by the list of our uploads."""
        if not memory.get("uploads"):
            memory["uploads"] = self.uploads()
        if not memory["uploads"]:
            return
        for page, *_ in self.uploaded(memory["uploads"], most=1):
            yield page
            memory.setdefault("videos", {}).update({post.remote_id: time.time() for post in page.posts})

    def _pass(self, memory: Memory, status: str, wanted: dict[str, str], *, deep: bool, whole: bool) -> Iterator[Page]:
        """Threads of one status until a page brings nothing new from a time that was fully read before.

        A deep pass goes on to the end of what is young, a whole one to the end. Notes in `wanted` the threads with more
        replies than came along, where their number changed.
        """
        started, since = time.time(), float(memory.get("since", {}).get(status, 0))
        newest = since
        for page, last, value in self.threads(status, most=MOST_PAGES_WHOLE if whole or not since else MOST_PAGES):
            yield page
            newest = max(newest, newest_of(page))
            memory.setdefault("unnamed", []).extend(sorted({each.post_remote_id for each in page.comments} - {""}))
            self._note_threads(memory, value, wanted, whole=whole)
            reached = min(since, started - YOUNG) if deep else since
            if last or (not whole and not page.fresh and all_before(page, reached)):
                break
        # Also where there were more pages than a poll takes: what is older comes with the next whole reading.
        memory.setdefault("since", {})[status] = newest

    def _note_threads(self, memory: Memory, value: dict[str, Any], wanted: dict[str, str], *, whole: bool) -> None:
        threads = memory.setdefault("threads", {})
        for thread in value.get("items") or ():
            name, total = loose_text(inside(thread, "id")), number(inside(thread, "snippet", "totalReplyCount"))
            if not name or total is None:
                continue
            came = inside(thread, "replies", "comments")
            complete = total <= (len(came) if isinstance(came, list) else 0)
            video = loose_text(inside(thread, "snippet", "videoId"))
            if complete:
                posted = moment(inside(thread, "snippet", "topLevelComment", "snippet", "publishedAt"))
                threads[name] = {"replies": total, "posted": posted.timestamp() if posted else time.time()}
            elif whole or inside(threads, name, "replies") != total:
                wanted[name] = video

    def _thread_replies(self, memory: Memory, thread: str, video: str) -> Iterator[Page]:
        count = 0
        for page, last, _ in self.replies_of(thread, video):
            yield page
            count += len(page.comments) + len(page.bad)
            if last:
                memory.setdefault("threads", {})[thread] = {"replies": count, "posted": time.time()}

    def _videos(self, memory: Memory, *, whole: bool, sound: bool) -> Iterator[Page]:
        """Titles of the videos commented on that are not known yet; when `whole`, of all.

        The last page says of which videos all comments were given, if every stream was read soundly.
        """
        known = memory.setdefault("videos", {})
        unnamed = list(dict.fromkeys(memory.get("unnamed", [])))
        names = list(dict.fromkeys([*known, *unnamed])) if whole else [name for name in unnamed if name not in known]
        for start in range(0, len(names), VIDEOS_A_PAGE):
            asked = names[start : start + VIDEOS_A_PAGE]
            params = {"part": "snippet,statistics", "id": ",".join(asked)}
            page, _ = self.take_list(self.ask("get_post", "GET", "videos", params=params), Around(kind=POST))
            if sound and start + VIDEOS_A_PAGE >= len(names):
                page.whole_of = tuple(names)
            yield page
            known.update({name: time.time() for name in asked})
        memory["unnamed"] = []

    # --- single things ---------------------------------------------------------------------------------------------

    def look(self, ref: Ref) -> RemoteComment:
        """The comment by its id, and whether the public sees it, which an answer by id does not say."""
        params = {"part": "snippet", "id": ref.remote_id, "textFormat": "plainText"}
        answer = self.ask("get_comment", "GET", "comments", params=params)
        found = self.only_comment(answer, Around(kind=COMMENT, post=ref.post_remote_id, parent=ref.parent_remote_id))
        if found.sight != Sight.UNKNOWN:
            return found
        thread = thread_of(ref)
        sought = self._sight_of_reply if thread != ref.remote_id else self._sight_of_thread
        return replace(found, sight=sought(found, thread))

    def _sight_of_reply(self, comment: RemoteComment, thread: str) -> str:
        """A reply that is there by its id and not in its thread's list is held back."""
        try:
            for page, last, _ in self.replies_of(thread, comment.post_remote_id):
                for reply in page.comments:
                    if reply.remote_id == comment.remote_id:
                        return Sight.VISIBLE if reply.sight == Sight.UNKNOWN else reply.sight
                if last:
                    return Sight.HIDDEN
        except Gone:
            return Sight.HIDDEN
        return Sight.UNKNOWN

    def _sight_of_thread(self, comment: RemoteComment, thread: str) -> str:
        """Sought in each pass that the public does not see; if it is in none of them, the public sees it."""
        for status in NOT_SHOWN:
            ended = False
            for page, last, _ in self.threads(status, video=comment.post_remote_id, most=LOOK_PAGES):
                held = {each.remote_id: each.sight for each in page.comments}
                if held.get(comment.remote_id) == Sight.HIDDEN:
                    return Sight.HIDDEN
                ended = last
            if not ended:
                return Sight.UNKNOWN
        return Sight.VISIBLE

    def post(self, remote_id: str) -> RemotePost:
        """With the number of its comments. Raises Gone."""
        answer = self.ask("get_post", "GET", "videos", params={"part": "snippet,statistics", "id": remote_id})
        return self.only_post(answer, Around(kind=POST))

    def author(self, ref: Ref) -> Author:
        """The channel, or from the comment where the author is not known yet. Raises NotPossible, Gone."""
        if not ref.author_remote_id:
            author = self.look(ref).author
            if author is None:
                raise NotPossible("YouTube does not tell who wrote this.", code="no-author")
            return author
        params = {"part": "snippet", "id": ref.author_remote_id}
        channel = inside(self.ask("get_author", "GET", "channels", params=params).json(), "items", 0, "snippet")
        if not isinstance(channel, dict):
            raise Gone("The channel is not there any more.", code="absent")
        picture = address(inside(channel, "thumbnails", "default", "url"))
        handle = loose_text(channel.get("customUrl")).lstrip("@")
        return Author(ref.author_remote_id, loose_text(channel.get("title")), handle, picture)
