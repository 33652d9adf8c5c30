"""What is said to a Page beside the comments under its posts: visitors' posts, posts that tag it, private messages.

All three lists come in one answer, and only where they changed is more asked for (facts.md 1.1, 1.2).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from accounts.platforms.api_client import DAY, OVERLAP, YOUNG
from accounts.platforms.client import Memory
from accounts.platforms.contract import NotPossible, Page
from accounts.platforms.facebook_messages import Messaging
from accounts.platforms.facebook_reader import TAGGED, VISITED
from accounts.platforms.fields import inside, loose_id, loose_text, moment, number
from accounts.platforms.reader import Around

VISITOR_FIELDS = (
    "id,message,created_time,updated_time,permalink_url,full_picture,is_hidden,from{id,name,picture},"
    "comments.filter(stream).limit(0).summary(true)"
)
TAGGED_FIELDS = "id,message,created_time,permalink_url,full_picture,from{id,name,picture}"
CONVERSATIONS = "conversations"
A_PAGE, MOST_PAGES = 25, 6
ASKED = {
    "visitor_posts": f"visitor_posts.limit({A_PAGE}){{{VISITOR_FIELDS}}}",
    "tagged": f"tagged.limit({A_PAGE}){{{TAGGED_FIELDS}}}",
    CONVERSATIONS: f"{CONVERSATIONS}.platform(messenger).limit({A_PAGE}){{id,updated_time}}",
}
LISTS = {"visitor_posts": (VISITED, VISITOR_FIELDS), "tagged": (TAGGED, TAGGED_FIELDS)}
EVERY, QUIET = 300, 900  # seconds between two looks; the longer where nothing came for a day
REFUSED = DAY  # seconds before a list that the application may not see is asked for again
MOST_READ = 50  # conversations read in one poll
KEPT_POSTS = 90 * DAY  # a post not listed any more is forgotten after
KEPT = 500  # conversations remembered


class Beside(Messaging):
    """Finds them. Comments under visitors' posts are read as those under ours."""

    def poll_beside(self, memory: Memory, posts: dict[str, dict[str, Any]], *, whole: bool) -> Iterator[Page]:
        """What is new beside the posts; visitors' posts are added to `posts`, whose comments are read.

        `memory["beside"]` holds asked (when), came (when something new last came), since (per list, the newest time
        seen), threads (when each conversation last changed, as it was read), behind (more changed than one poll
        reads), refused (per list, when the platform last said that we may not).
        """
        now = time.time()
        kept: dict[str, Any] = memory.setdefault("beside", {})
        pause = EVERY if now - kept.get("came", now) < DAY else QUIET
        if not whole and not kept.get("behind") and now - kept.get("asked", 0) < pause:
            return
        refused: dict[str, float] = kept.setdefault("refused", {})
        edges = [edge for edge in ASKED if now - refused.get(edge, 0) >= REFUSED]
        for page, value in self._ask_beside(edges, refused):
            if page.comments or page.posts or page.bad:
                yield page
            _note_visitors(value, posts, now)
            fresh = page.fresh
            for edge in LISTS:
                for more in self._older(edge, value, kept, whole=whole):
                    yield more
                    fresh += more.fresh
            try:
                for message in self._changed(value, kept, whole=whole):
                    yield message
                    fresh += message.fresh
            except NotPossible:
                refused[CONVERSATIONS] = now
            if fresh or "came" not in kept:
                kept["came"] = now
        kept["asked"] = now

    def _ask_beside(self, edges: list[str], refused: dict[str, float]) -> Iterator[tuple[Page, dict[str, Any]]]:
        """The lists in one answer; one by one where Meta refuses, to learn which of them it refuses."""
        if not edges:
            return
        params = {"fields": ",".join(["id", *(ASKED[edge] for edge in edges)])}
        try:
            answer = self.ask("list_beside", "GET", self.credentials.remote_id, params=params)
        except NotPossible:
            if len(edges) == 1:
                refused[edges[0]] = time.time()
                return
            for edge in edges:
                yield from self._ask_beside([edge], refused)
            return
        yield self.take(answer, Around())

    def _older(self, edge: str, value: dict[str, Any], kept: dict[str, Any], *, whole: bool) -> Iterator[Page]:
        """The list from its start, where what came with the others does not reach back to what was seen before."""
        if edge not in value:
            return
        since: dict[str, float] = kept.setdefault("since", {})
        known = since.get(edge, 0.0)
        back_to = time.time() - YOUNG if whole or not known else known - OVERLAP
        times = _times(value[edge])
        if inside(value, edge, "paging", "next") and all(at > back_to for at in times):
            kind, fields = LISTS[edge]
            params, path = {"fields": fields, "limit": "50"}, f"{self.credentials.remote_id}/{edge}"
            for page, _, whole_answer in self.pages(f"list_{edge}", path, params, Around(kind=kind), most=MOST_PAGES):
                yield page
                if any(at <= back_to for at in _times(whole_answer)):
                    break
        since[edge] = max([known, *(min(at, time.time()) for at in times)])

    def _changed(self, value: dict[str, Any], kept: dict[str, Any], *, whole: bool) -> Iterator[Page]:
        """The messages of conversations that changed since they were read."""
        if CONVERSATIONS not in value:
            return
        threads: dict[str, str] = kept.setdefault("threads", {})
        listed = _updated(value.get(CONVERSATIONS))
        behind = bool(kept.get("behind"))
        news = behind or all(threads.get(name) != at for name, at in listed.items())
        if news and inside(value, CONVERSATIONS, "paging", "next"):
            yield from self._list_conversations(threads, listed, to_the_end=behind)
        due = [name for name, at in listed.items() if threads.get(name) != at]
        for name in due[:MOST_READ]:
            young = datetime.fromtimestamp(time.time() - YOUNG, UTC)
            for page in self.messages_of(name, young):
                yield page
                if not page.fresh and not whole:
                    break
            threads[name] = listed[name]
        kept["behind"] = len(due) > MOST_READ
        for name in sorted(threads, key=lambda name: threads[name], reverse=True)[KEPT:]:
            del threads[name]

    def _list_conversations(
        self, threads: dict[str, str], listed: dict[str, str], *, to_the_end: bool
    ) -> Iterator[Page]:
        """Fills `listed` with those behind the first ones too. Gives a page only where it could not all be read."""
        params = {"platform": "messenger", "fields": "id,updated_time", "limit": "100"}
        path = f"{self.credentials.remote_id}/{CONVERSATIONS}"
        old = time.time() - YOUNG
        for page, _, value in self.pages("list_conversations", path, params, Around(), most=MOST_PAGES):
            if page.bad:
                yield page
            names = _updated(value)
            listed.update(names)
            when = [at for name in names.values() if (at := moment(name))]
            seen = not to_the_end and any(threads.get(name) == at for name, at in names.items())
            if seen or any(at.timestamp() < old for at in when):
                return


def _note_visitors(value: dict[str, Any], posts: dict[str, dict[str, Any]], now: float) -> None:
    """Visitors' posts take comments as ours do."""
    for one in _listed(value.get("visitor_posts")):
        name, posted_at = loose_id(inside(one, "id")), moment(inside(one, "created_time"))
        if name and posted_at and posted_at.timestamp() > now - KEPT_POSTS:
            entry = posts.setdefault(name, {"posted": min(posted_at.timestamp(), now)})
            entry["listed"] = number(inside(one, "comments", "summary", "total_count"))


def _listed(edge: Any) -> list[Any]:
    found = inside(edge, "data")
    return found if isinstance(found, list) else []


def _times(edge: Any) -> list[float]:
    return [at.timestamp() for one in _listed(edge) if (at := moment(inside(one, "created_time")))]


def _updated(edge: Any) -> dict[str, str]:
    """The conversations of a list with the time of their last change, which is compared and never reckoned with."""
    named = ((loose_text(inside(one, "id")), str(inside(one, "updated_time") or "")[:40]) for one in _listed(edge))
    return {name: at for name, at in named if name}
