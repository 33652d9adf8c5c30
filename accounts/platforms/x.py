"""X: mentions, replies in our conversations, replying and hiding; both spellings of its wire format (facts.md 3)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
from django.conf import settings

from accounts.platforms.api_client import DAY, OVERLAP, YOUNG, Troubles, Turn, done
from accounts.platforms.client import Memory
from accounts.platforms.contract import (
    Author,
    Gone,
    Limit,
    NotPossible,
    Page,
    Platform,
    PlatformError,
    RateLimited,
    Ref,
    RemoteComment,
    RemotePost,
    Sent,
    TokenExpired,
)
from accounts.platforms.fields import address, inside, loose_text, moment, number
from accounts.platforms.http import Answer, Ask, Bearer, pause_of, until
from accounts.platforms.oauth import RefreshingClient
from accounts.platforms.reader import Around
from accounts.platforms.x_reader import COMMENT, LOOKUP, POST, XReader, latest_version, same_post_text

A_PAGE = "100"
LOOKUP_SIZE = 100  # ids a call
LONGEST_QUERY = 512
SEARCH_REACHES = 7 * DAY - 600  # a little less than X allows, since the question takes time to arrive
KEPT_POSTS = 90 * DAY  # how far back our own posts are read at first
CONVERSATIONS = 48  # posts whose replies are searched for; beyond that `to:` and the mentions still find them
MOST_IDS = 20_000  # remembered for looking up
_EPOCH = 1_288_834_974_657  # milliseconds; the ids of X hold the time since then
# What to ask for, by the name of the parameter and of the expansions in either spelling.
_FIELDS = {
    "tweet": {
        "tweet.fields": "created_at,conversation_id,author_id,in_reply_to_user_id,referenced_tweets,attachments,"
        "edit_history_tweet_ids,public_metrics,note_tweet",
        "expansions": "author_id,attachments.media_keys",
    },
    "post": {
        "post.fields": "created_at,conversation_id,attachments,public_metrics,note_post,text",
        "expansions": "author_id,attachments.media_keys,referenced_posts,edit_history_post_ids",
    },
}
_ALSO = {"user.fields": "name,username,profile_image_url", "media.fields": "type,url,preview_image_url,alt_text"}


class X(RefreshingClient):
    """Speaks for one account. What is new is asked for by `since_id`; what changed, by looking ids up."""

    platform = Platform.X
    reader = XReader
    items = "data"

    def around(self, call: str) -> Around:
        """What a list of that name holds."""
        kinds = {"list_comments": COMMENT, "list_mentions": COMMENT, "get_comment": LOOKUP, "list_posts": POST}
        return Around(kind=kinds.get(call, ""))

    # --- speaking --------------------------------------------------------------------------------------------------

    def request(self, name: str, method: str, path: str, content: dict[str, Any], auth: Bearer) -> Ask:
        """Content goes as JSON."""
        url = f"{settings.X_BASE}/{path}"
        return Ask(name, method, url, params=content.get("params"), content=content.get("content"), auth=auth)

    def refresh_request(self) -> Ask:
        """A confidential client shows its secret in the header, a public one names itself in the form."""
        held = self.credentials
        form = {"grant_type": "refresh_token", "refresh_token": held.refresh_token}
        auth = httpx.BasicAuth(held.client_id, held.client_secret) if held.client_secret else None
        if auth is None:
            form["client_id"] = held.client_id
        return Ask("token", "POST", f"{settings.X_BASE}/2/oauth2/token", form=form, auth=auth)

    def note_limits(self, answer: Answer) -> None:
        """The window of the call that was made."""
        remaining = number(answer.headers.get("x-rate-limit-remaining"))
        if remaining is not None:
            self.on_limit(Limit(answer.ask.name, remaining=remaining, resets_at=_reset(answer)))

    def refuse(self, answer: Answer, body: dict[str, Any]) -> None:
        """By status and problem type (facts.md 3.4)."""
        kind = loose_text(body.get("type")).rpartition("/")[2]
        said = loose_text(body.get("detail")).lower()
        code = kind if kind not in ("", "about:blank") else str(answer.status)
        if answer.status == 401:
            raise TokenExpired("X does not accept the token any more.", code=code)
        if kind == "usage-capped" or answer.status == 402:
            raise PlatformError("What is paid for at X is used up.", code=code, permanent=True)
        if answer.status == 429:
            raise RateLimited(
                "X asks for a pause.", until=_reset(answer) or pause_of(answer, 900), call=answer.ask.name
            )
        if answer.status == 404 or (answer.status == 403 and "deleted or not visible" in said):
            raise Gone("It is not there any more, or not shown to us.", code=code)
        if answer.status == 403:
            raise NotPossible(_forbidden(said), code=code)

    def _list(self, name: str, path: str, params: dict[str, str], *, kind: str = COMMENT) -> Iterator[Turn]:
        return self.pages(name, path, _asked() | {"max_results": A_PAGE} | params, Around(kind=kind))

    def take_list(self, answer: Answer, around: Around) -> tuple[Page, dict[str, Any]]:
        """`data` is absent where nothing was found; then `meta` says so."""
        page, value = self.take(answer, around)
        if "data" not in value and number(inside(value, "meta", "result_count")) == 0:
            return page, value
        return super().take_list(answer, around)

    def turn(self, cursor: str) -> dict[str, str]:
        """Every list takes the same parameter."""
        return {"pagination_token": cursor} if cursor else {}

    def cursor(self, value: dict[str, Any]) -> str:
        """Absent on the last page."""
        return loose_text(inside(value, "meta", "next_token"))

    # --- polling ---------------------------------------------------------------------------------------------------

    def poll(self, memory: Memory, *, whole: bool = False) -> Iterator[Page]:
        """Our posts, what mentions us, what answers us; when `whole`, also what is known, looked up by id.

        `memory` holds per stream `since` (the highest id of a stream read to its end) and, while a stream is not at
        its end, `newest` and `until`; `posts` (id to unix time) and `ids` (what was seen and is younger than 14 days).
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
        troubles.settle()

    def _posts(self, memory: Memory, path: str) -> Iterator[Page]:
        posts: dict[str, float] = memory.setdefault("posts", {})
        state = memory.setdefault("own", {})
        params = {"exclude": "replies,retweets"}
        if not state.get("since"):
            params["start_time"] = _spelled(time.time() - KEPT_POSTS)
        for page in self._since("list_posts", path, params, state, kind=POST):
            yield page
            posts.update({post.remote_id: _time_of(post.remote_id) for post in page.posts})
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
        for page, last, value in self._list(name, path, asked, kind=kind):
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
            if open_at.get(query) and _time_of(open_at[query]) > time.time() - SEARCH_REACHES:
                params["until_id"] = open_at[query]
            ended = False
            for page, last, value in self._list("list_comments", "2/tweets/search/recent", params):
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
        if since and since != "0" and _time_of(since) - OVERLAP > reach:
            return {"since_id": str(int(since) - _span(OVERLAP))}
        return {"start_time": _spelled(reach)}

    def _known(self, ids: list[str]) -> Iterator[Page]:
        """Everything remembered as it stands now: edited, or gone."""
        for start in range(0, len(ids), LOOKUP_SIZE):
            yield self._look_up(ids[start : start + LOOKUP_SIZE])

    def _look_up(self, ids: list[str]) -> Page:
        """Posts by id, each in its newest version; those that X does not show any more are given as gone."""
        page, value = self._fetch(ids)
        shown = value.get("data")
        versions = {latest_version(each): inside(each, "id") for each in (shown if isinstance(shown, list) else [])}
        newer = [new for new, old in versions.items() if new and new != old]
        if not newer:
            return page
        edited, _ = self._fetch(newer)
        latest = {comment.remote_id: comment for comment in edited.comments}
        return self._replace(page, latest)

    def _fetch(self, ids: list[str]) -> tuple[Page, dict[str, Any]]:
        answer = self.ask("get_comment", "GET", "2/tweets", params=_asked() | {"ids": ",".join(ids)})
        return self.take(answer, Around(kind=LOOKUP))

    def _replace(self, page: Page, latest: dict[str, RemoteComment]) -> Page:
        page.comments = [latest.get(comment.remote_id, comment) for comment in page.comments]
        return page

    # --- single things ---------------------------------------------------------------------------------------------

    def look(self, ref: Ref) -> RemoteComment:
        """The comment as it stands. X does not tell whether a reply is hidden: `sight` stays unknown."""
        page = self._look_up([ref.remote_id])
        found = next((comment for comment in page.comments if comment.remote_id == ref.remote_id), None)
        if found is None or found.sight == "gone":
            raise Gone("The post is not there any more, or not shown to us.", code="absent")
        return found

    def post(self, remote_id: str) -> RemotePost:
        """Raises Gone."""
        answer = self.ask("get_post", "GET", f"2/tweets/{remote_id}", params=_asked())
        return self.only_post(answer, Around(kind=POST))

    def author(self, ref: Ref) -> Author:
        """By id, or from the comment where the author is not known yet. Raises NotPossible, Gone."""
        name = ref.author_remote_id
        if not name:
            author = self.look(ref).author
            if author is None:
                raise NotPossible("X does not tell who wrote this.", code="no-author")
            return author
        answer = self.ask("get_author", "GET", f"2/users/{name}", params={"user.fields": _ALSO["user.fields"]})
        user = inside(answer.object(), "data")
        if not isinstance(user, dict):
            raise Gone("The account is not there any more.", code="absent")
        picture = address(user.get("profile_image_url"))
        return Author(name, loose_text(user.get("name")), loose_text(user.get("username")), picture)

    # --- acts ------------------------------------------------------------------------------------------------------

    def reply(self, ref: Ref, text: str) -> Sent:
        """Raises NotPossible where the tier lets us answer only those who mentioned us."""
        content = {"text": text, "reply": {"in_reply_to_tweet_id": ref.remote_id}}
        answer = self.ask("reply", "POST", "2/tweets", content=content)
        name = str(done(answer, "data", "id"))
        return Sent(name, datetime.fromtimestamp(_time_of(name), UTC) if name.isdecimal() else None)

    def own_reply(self, ref: Ref, text: str, *, since: datetime) -> Sent | None:
        """Sought among our own posts since then; X shortens addresses and adds names in front."""
        started = _spelled(since.timestamp() - 60)
        path = f"2/users/{self.credentials.remote_id}/tweets"
        for page, *_ in self._list("list_posts", path, {"start_time": started}):
            for comment in page.comments:
                answers = comment.parent_remote_id or comment.post_remote_id
                if answers == ref.remote_id and same_post_text(text, comment.text):
                    return Sent(comment.remote_id, comment.posted_at)
        return None

    def hide(self, ref: Ref) -> None:
        """Raises NotPossible outside conversations that we started."""
        self._set_hidden("hide", ref, hidden=True)

    def unhide(self, ref: Ref) -> None:
        """Raises NotPossible outside conversations that we started."""
        self._set_hidden("unhide", ref, hidden=False)

    def _set_hidden(self, name: str, ref: Ref, *, hidden: bool) -> None:
        answer = self.ask(name, "PUT", f"2/tweets/{ref.remote_id}/hidden", content={"hidden": hidden})
        if done(answer, "data", "hidden") is not hidden:
            raise PlatformError("X says that it did not do it.", code="no-success")


def _asked() -> dict[str, str]:
    return _FIELDS["tweet" if settings.X_SPELLING == "tweet" else "post"] | _ALSO


def _reset(answer: Answer) -> datetime | None:
    when = moment(number(answer.headers.get("x-rate-limit-reset")))
    return until((when - datetime.now(UTC)).total_seconds()) if when else None


def _forbidden(said: str) -> str:
    if "mentioned" in said or "engaged" in said:
        return "X lets us reply only to those who mentioned us."
    if "duplicate" in said:
        return "X refuses the same text a second time."
    return "X does not permit this."


def queries(handle: str, posts: dict[str, float]) -> list[str]:
    """Searches, each of at most 512 characters, for what answers us or stands in our newest conversations."""
    terms = [f"to:{handle.lstrip('@')}"] if handle else []
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


def _spelled(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def id_at(seconds: float) -> int:
    """The lowest id that a post of that time could have."""
    return max(0, int(seconds * 1000) - _EPOCH) << 22


def _span(seconds: float) -> int:
    return int(seconds * 1000) << 22


def _time_of(name: str) -> float:
    return ((int(name) >> 22) + _EPOCH) / 1000 if name.isdecimal() and len(name) < 20 else 0.0


def _later(name: str, than: str) -> bool:
    return name.isdecimal() and int(name) > int(than)


def _id(value: dict[str, Any], key: str) -> str:
    found = loose_text(inside(value, "meta", key))
    return found if found.isdecimal() and len(found) < 20 else ""


def _remember(memory: Memory, page: Page) -> None:
    names = [
        comment.remote_id for comment in page.comments if comment.remote_id.isdecimal() and len(comment.remote_id) < 20
    ]
    memory["ids"] = [*memory.get("ids", []), *names]
