"""Polling X: what is new is asked for by `since_id`, what changed by looking ids up, messages a few times an hour."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from accounts.platforms.api_client import DAY, OVERLAP, YOUNG, Troubles
from accounts.platforms.client import Memory
from accounts.platforms.contract import Gone, NotPossible, Page, PlatformError, RemoteComment
from accounts.platforms.fields import inside, loose_text
from accounts.platforms.http import Transient
from accounts.platforms.reader import Around
from accounts.platforms.x_api import (
    A_PAGE,
    USER_FIELDS,
    XApi,
    asked_fields,
    id_at,
    is_id,
    span,
    spelled,
    time_of,
)
from accounts.platforms.x_reader import COMMENT, LOOKUP, MESSAGE, POST, latest_version

LOOKUP_SIZE = 100  # ids a call
LONGEST_QUERY = 512
SEARCH_REACHES = 7 * DAY - 600  # a little less than X allows, since the question takes time to arrive
KEPT_POSTS = 90 * DAY  # how far back our own posts are read at first
CONVERSATIONS = 48  # posts whose replies are searched for; beyond that `to:` and the mentions still find them
MOST_IDS = 20_000  # remembered for looking up
MESSAGES_EVERY = 150  # seconds: X answers this question fifteen times in fifteen minutes
MESSAGE_PAGES = 4  # a poll
REFUSED_FOR = DAY  # a token that may not read messages is not asked with again so soon
# What finds posts that quote ours: the address of the quoted post stands in them. From memory.
QUOTING = 'url:"{handle}/status"'
_MESSAGE_FIELDS = {
    "dm_event.fields": "attachments,created_at,dm_conversation_id,event_type,text",
    "expansions": "sender_id,attachments.media_keys",
    "user.fields": USER_FIELDS,
    "media.fields": "type,url,preview_image_url,alt_text",
}


class XPolls(XApi):
    """What is written to the account, as it comes in."""

    def poll(self, memory: Memory, *, whole: bool = False) -> Iterator[Page]:
        """Our posts, what mentions us, what answers us, messages; when `whole`, also what is known, looked up by id.

        `memory` holds per stream `since` (the highest id of a stream read to its end) and, while a stream is not at
        its end, `newest` and `until` (or `cursor`); `posts` (id to unix time) and `ids` (what was seen and is younger
        than 14 days).
        """
        troubles = Troubles()
        own = self.credentials.remote_id
        yield from troubles.through(self._posts(memory, f"2/users/{own}/tweets"))
        yield from troubles.through(self._mentions(memory, f"2/users/{own}/mentions"))
        yield from troubles.through(self._replies(memory))
        young = str(id_at(time.time() - YOUNG))
        memory["ids"] = sorted({name for name in memory.get("ids", []) if _later(name, young)}, key=int)[-MOST_IDS:]
        if whole:
            yield from troubles.through(self._known(memory["ids"]))
        yield from troubles.through(self._messages(memory.setdefault("messages", {})))
        troubles.settle()

    def _posts(self, memory: Memory, path: str) -> Iterator[Page]:
        posts: dict[str, float] = memory.setdefault("posts", {})
        state = memory.setdefault("own", {})
        params = {"exclude": "replies,retweets"}
        if not state.get("since"):
            params["start_time"] = spelled(time.time() - KEPT_POSTS)
        for page in self._since("list_posts", path, params, state, kind=POST):
            yield page
            posts.update({post.remote_id: time_of(post.remote_id) for post in page.posts})
        for name in [name for name, posted in posts.items() if posted < time.time() - YOUNG]:
            del posts[name]

    def _mentions(self, memory: Memory, path: str) -> Iterator[Page]:
        for page in self._since("list_mentions", path, {}, memory.setdefault("mentions", {})):
            yield page
            _remember(memory, page)

    def _since(
        self, name: str, path: str, params: dict[str, str], state: dict[str, str], *, kind: str = COMMENT
    ) -> Iterator[Page]:
        """A stream from its newest back to `since`, which moves only when the end was reached and stored.

        A poll that stopped half way goes on below the last page stored; what is newer comes with the poll after.
        """
        bounds = {"since_id": state.get("since"), "until_id": state.get("until")}
        asked = params | {key: value for key, value in bounds.items() if value}
        for page, last, value in self.list_posts(name, path, asked, kind=kind):
            yield page
            newest, oldest = _id(value, "newest_id"), _id(value, "oldest_id")
            if newest and oldest:
                state.setdefault("newest", newest)
                state["until"] = oldest
            if last:
                if state.get("newest"):
                    state["since"] = state["newest"]
                state.pop("newest", None)
                state.pop("until", None)

    def _replies(self, memory: Memory) -> Iterator[Page]:
        """The recent search over our conversations. One `since` for all queries: it moves when all were read."""
        state = memory.setdefault("search", {})
        open_at: dict[str, str] = state.setdefault("open", {})
        since = self._search_from(state.get("since", ""))
        newest = [state.get("newest", "0")]
        complete = True
        for query in queries(self.credentials.handle, memory.get("posts", {})):
            params = {"query": query, "sort_order": "recency"} | since
            if open_at.get(query) and time_of(open_at[query]) > time.time() - SEARCH_REACHES:
                params["until_id"] = open_at[query]
            ended = False
            for page, last, value in self.list_posts("list_comments", "2/tweets/search/recent", params):
                yield page
                _remember(memory, page)
                newest.append(_id(value, "newest_id") or "0")
                open_at[query] = _id(value, "oldest_id") or open_at.get(query, "")
                ended = last
            if ended:
                open_at.pop(query, None)
            complete = complete and ended
            state["newest"] = max(newest, key=int)
        if complete:
            memory["search"] = {"since": max([*newest, state.get("since", "0")], key=int)}

    def _search_from(self, since: str) -> dict[str, str]:
        """A little before `since`, as the search learns of posts late; at most seven days back, else X refuses."""
        reach = time.time() - SEARCH_REACHES
        if since and since != "0" and time_of(since) - OVERLAP > reach:
            return {"since_id": str(int(since) - span(OVERLAP))}
        return {"start_time": spelled(reach)}

    # --- private messages ------------------------------------------------------------------------------------------

    def _messages(self, state: dict[str, Any]) -> Iterator[Page]:
        """Messages from the newest back to `since`; at most every few minutes, and not with a token that may not."""
        now = time.time()
        if now - state.get("asked", 0) < MESSAGES_EVERY or now - state.get("refused", 0) < REFUSED_FOR:
            return
        state["asked"] = now
        try:
            yield from self._new_messages(state)
        except NotPossible:
            state["refused"] = now
        except PlatformError as error:
            # A page that was noted to go on at may not be known to X any more: then from the newest again.
            if state.pop("cursor", None) is None or not error.permanent:
                raise

    def _new_messages(self, state: dict[str, Any]) -> Iterator[Page]:
        """`cursor` is kept while the end was not reached: messages cannot be asked for by id or time."""
        since, cursor = int(state.get("since", "0")), str(state.get("cursor", ""))
        for _ in range(MESSAGE_PAGES):
            answer = self.ask("list_messages", "GET", "2/dm_events", params=messages_asked() | self.turn(cursor))
            page, value = self.take_list(answer, Around(kind=MESSAGE))
            yield page
            names = [int(comment.remote_id) for comment in page.comments if is_id(comment.remote_id)]
            if page.body is not None:
                raise Transient("The list of messages broke off.", code="broke-off")
            if names:
                state["newest"] = str(max(*names, int(state.get("newest", "0"))))
            next_page = self.cursor(value)
            if not next_page or next_page == cursor or (names and min(names) <= since):
                state["since"] = str(max(since, int(state.pop("newest", "0"))))
                state.pop("cursor", None)
                return
            state["cursor"] = cursor = next_page

    # --- by id -----------------------------------------------------------------------------------------------------

    def _known(self, ids: list[str]) -> Iterator[Page]:
        """Everything remembered as it stands now: edited, or gone."""
        for start in range(0, len(ids), LOOKUP_SIZE):
            yield self.look_up(ids[start : start + LOOKUP_SIZE])

    def look_up(self, ids: list[str]) -> Page:
        """Posts by id, each in its newest version; those that X does not show any more are given as gone."""
        page, value = self._fetch(ids)
        shown = value.get("data")
        versions = {latest_version(each): inside(each, "id") for each in (shown if isinstance(shown, list) else [])}
        newer = [new for new, old in versions.items() if new and new != old]
        if not newer:
            return page
        edited, _ = self._fetch(newer)
        latest = {comment.remote_id: comment for comment in edited.comments}
        page.comments = [latest.get(comment.remote_id, comment) for comment in page.comments]
        return page

    def _fetch(self, ids: list[str]) -> tuple[Page, dict[str, Any]]:
        answer = self.ask("get_comment", "GET", "2/tweets", params=asked_fields() | {"ids": ",".join(ids)})
        return self.take(answer, Around(kind=LOOKUP))

    def look_at_message(self, name: str) -> RemoteComment:
        """A private message by its id. Raises Gone."""
        if not is_id(name):
            raise Gone("X shows no message under this id.", code="absent")
        answer = self.ask("get_message", "GET", f"2/dm_events/{name}", params=message_fields())
        return self.only_comment(answer, Around(kind=MESSAGE))


def message_fields() -> dict[str, str]:
    """What of a private message is asked for. In the new spelling its sender comes with the expansion of that name."""
    old = {"dm_event.fields": f"{_MESSAGE_FIELDS['dm_event.fields']},sender_id"}
    return _MESSAGE_FIELDS | (old if settings.X_SPELLING == "tweet" else {})


def messages_asked() -> dict[str, str]:
    """The same for a list of messages, without comings and goings."""
    return message_fields() | {"event_types": "MessageCreate", "max_results": A_PAGE}


def queries(handle: str, posts: dict[str, float]) -> list[str]:
    """Searches, each of at most 512 characters, for what answers or quotes us or stands in our newest conversations."""
    name = handle.lstrip("@")
    terms = [f"to:{name}", QUOTING.format(handle=name)] if name else []
    newest = sorted((name for name in posts if name.isdecimal()), key=int, reverse=True)[:CONVERSATIONS]
    terms += [f"conversation_id:{name}" for name in newest]
    found: list[str] = []
    group: list[str] = []
    for term in terms:
        if len(_query([*group, term])) > LONGEST_QUERY:
            found.append(_query(group))
            group = []
        group.append(term)
    return found + ([_query(group)] if group else [])


def _query(terms: list[str]) -> str:
    return f"({' OR '.join(terms)}) -is:retweet"


def _later(name: str, than: str) -> bool:
    return name.isdecimal() and int(name) > int(than)


def _id(value: dict[str, Any], key: str) -> str:
    found = loose_text(inside(value, "meta", key))
    return found if is_id(found) else ""


def _remember(memory: Memory, page: Page) -> None:
    names = [comment.remote_id for comment in page.comments if is_id(comment.remote_id)]
    memory["ids"] = [*memory.get("ids", []), *names]
