"""Facebook Pages: what is looked at, said, hidden, deleted, and who is kept out (facts.md 1.1)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from accounts.platforms.api_client import OVERLAP, done, same_text
from accounts.platforms.contract import (
    Author,
    Counts,
    Kind,
    NotPossible,
    Platform,
    PlatformError,
    Ref,
    RemoteComment,
    RemotePost,
    Sent,
    Subscription,
)
from accounts.platforms.facebook_beside import VISITOR_FIELDS
from accounts.platforms.facebook_messages import MESSAGE_FIELDS, not_before
from accounts.platforms.facebook_polling import COMMENT_FIELDS, COMMENTS_A_PAGE, POST_FIELDS, Polling
from accounts.platforms.facebook_publishing import Publishing
from accounts.platforms.facebook_reader import TAGGED, VISITED, FacebookReader
from accounts.platforms.fields import address, inside, loose_id, loose_text, moment, number
from accounts.platforms.http import Answer
from accounts.platforms.meta import require_success
from accounts.platforms.meta_reader import COMMENT, MESSAGE, POST
from accounts.platforms.reader import Around

NAME = "Facebook"
SUBSCRIBED = ("feed", "mention", "messages")  # what the Page tells our application of
# A Page's list of posts has no count of its own; that its summary tells one is from memory.
COUNTED = "followers_count,fan_count,published_posts.limit(0).summary(total_count)"
_KEPT_OUT = "psid"  # as what the author of a comment is named where people are kept out (from memory)
_BANS_A_PAGE, _MOST_BANS = "100", 200


class Facebook(Polling, Publishing):
    """Speaks for one Page."""

    platform = Platform.FACEBOOK
    reader = FacebookReader

    def around(self, call: str) -> Around:
        """What a list of that name holds."""
        kinds = {
            "list_comments": COMMENT,
            "list_replies": COMMENT,
            "get_comment": COMMENT,
            "list_posts": POST,
            "list_visitor_posts": VISITED,
            "list_tagged": TAGGED,
            "list_messages": MESSAGE,
        }
        return Around(kind=kinds.get(call, ""))

    # --- single things ---------------------------------------------------------------------------------------------

    def look(self, ref: Ref) -> RemoteComment:
        """Hidden or not comes with it. Raises Gone."""
        if ref.kind == Kind.MESSAGE:
            answer = self.ask("get_message", "GET", ref.remote_id, params={"fields": MESSAGE_FIELDS})
            return self.only_comment(answer, Around(kind=MESSAGE))
        if _is_post(ref):
            answer = self.ask("get_post", "GET", ref.remote_id, params={"fields": VISITOR_FIELDS})
            return self.only_comment(answer, Around(kind=TAGGED if ref.kind == Kind.MENTION else VISITED))
        answer = self.ask("get_comment", "GET", ref.remote_id, params={"fields": COMMENT_FIELDS})
        return self.only_comment(answer, Around(kind=COMMENT, post=ref.post_remote_id))

    def post(self, remote_id: str) -> RemotePost:
        """With the number of its comments; a visitor's too, where a comment stands under one. Raises Gone."""
        answer = self.ask("get_post", "GET", remote_id, params={"fields": POST_FIELDS})
        page, _ = self.take(answer, Around(kind=POST))
        if page.comments and not page.posts:
            found = page.comments[0]
            count = number(inside(answer.json(), "comments", "summary", "total_count"))
            return RemotePost(found.remote_id, found.text, found.posted_at, found.permalink, comments=count)
        return self.only_post(answer, Around(kind=POST))

    def author(self, ref: Ref) -> Author:
        """From the profile, or from the comment where the author is not known yet. Raises NotPossible."""
        person = ref.author_remote_id
        if not person:
            author = self.look(ref).author
            if author is None:
                raise NotPossible("Facebook does not tell who wrote this.", code="no-author")
            return author
        values = self.ask("get_author", "GET", person, params={"fields": "id,name,picture"}).object()
        return _author(values | {"id": person})

    # --- what is said ----------------------------------------------------------------------------------------------

    def reply(self, ref: Ref, text: str) -> Sent:
        """A message is answered by a message; all else publicly. An answer to a reply may be put above it."""
        if ref.kind == Kind.MESSAGE:
            return self.send_message({"id": self._person(ref)}, text)
        return self._write_under("reply", ref.remote_id, text)

    def own_reply(self, ref: Ref, text: str, *, since: datetime) -> Sent | None:
        """Sought under the comment and, since replies may be moved there, under its parent."""
        if ref.kind == Kind.MESSAGE:
            return self.find_message(ref, text, since=since)
        for under in filter(None, (ref.remote_id, ref.parent_remote_id)):
            if found := self._own_under(
                under, Around(kind=COMMENT, post=ref.post_remote_id, parent=under), text, since
            ):
                return found
        return None

    def comment(self, post_remote_id: str, text: str) -> Sent:
        """Under any post that the Page may comment on."""
        return self._write_under("comment", post_remote_id, text)

    def own_comment(self, post_remote_id: str, text: str, *, since: datetime) -> Sent | None:
        """Sought among the newest; what answers another comment is none under the post."""
        return self._own_under(post_remote_id, Around(kind=COMMENT, post=post_remote_id), text, since)

    def _write_under(self, name: str, under: str, text: str) -> Sent:
        params = {"fields": "id,created_time"}
        answer = self.ask(name, "POST", f"{under}/comments", params=params, form={"message": text})
        return Sent(str(done(answer, "id")), moment(inside(answer.json(), "created_time")))

    def _own_under(self, under: str, around: Around, text: str, since: datetime) -> Sent | None:
        params = {
            "filter": "stream" if around.parent else "toplevel",
            "order": "reverse_chronological",
            "limit": COMMENTS_A_PAGE,
            "fields": COMMENT_FIELDS,
            "since": str(int(since.timestamp()) - OVERLAP),
        }
        for page, *_ in self.pages("list_replies", f"{under}/comments", params, around):
            for comment in page.comments:
                if comment.ours and same_text(text, comment.text) and not_before(comment, since):
                    return Sent(comment.remote_id, comment.posted_at)
        return None

    def message(self, ref: Ref, text: str) -> Sent:
        """Once for each comment or visitor's post and within seven days of it; a message is answered."""
        if ref.kind == Kind.MESSAGE:
            return self.reply(ref, text)
        return self.send_once(ref, {"post_id" if _is_post(ref) else "comment_id": ref.remote_id}, text)

    def own_message(self, ref: Ref, text: str, *, since: datetime) -> Sent | None:
        """In the conversation with the author, or in the newest ones where Facebook does not tell the author."""
        return self.find_message(ref, text, since=since)

    def edit_own(self, ref: Ref, text: str) -> None:
        """Facebook lets the Page edit what it wrote itself and nothing else; a sent message stays as it is."""
        if ref.kind == Kind.MESSAGE:
            raise NotPossible("Facebook lets nobody change a message that was sent.", code="no-api")
        require_success(self.ask("edit_own", "POST", ref.remote_id, form={"message": text}), NAME)

    def delete_own(self, ref: Ref) -> None:
        """With all answers to it. Raises Gone where it is not there any more."""
        self._delete("delete_own", ref)

    # --- what is done to what others say ---------------------------------------------------------------------------

    def hide(self, ref: Ref) -> None:
        """Its author still sees it."""
        self._set_hidden("hide", ref, "true")

    def unhide(self, ref: Ref) -> None:
        """Also of a comment that is not hidden."""
        self._set_hidden("unhide", ref, "false")

    def _set_hidden(self, name: str, ref: Ref, hidden: str) -> None:
        if ref.kind == Kind.MESSAGE:
            raise NotPossible("Nobody but us sees a private message: there is nothing to hide.", code="no-api")
        require_success(self.ask(name, "POST", ref.remote_id, form={"is_hidden": hidden}), NAME)

    def delete(self, ref: Ref) -> None:
        """With all answers to it. Raises Gone where it is not there any more."""
        self._delete("delete", ref)

    def _delete(self, name: str, ref: Ref) -> None:
        if ref.kind == Kind.MESSAGE:
            raise NotPossible("Facebook lets no application delete a private message.", code="no-api")
        require_success(self.ask(name, "DELETE", ref.remote_id), NAME)

    def ban(self, ref: Ref) -> None:
        """Raises NotPossible where Facebook does not tell who wrote it."""
        person = self._person(ref)
        form = {_KEPT_OUT: json.dumps([person])}
        answer = self.ask("ban", "POST", f"{self.credentials.remote_id}/blocked", form=form)
        _require_done(answer, person)

    def unban(self, ref: Ref) -> None:
        """Also of somebody who is not kept out."""
        person = self._person(ref)
        path = f"{self.credentials.remote_id}/blocked"
        _require_done(self.ask("unban", "DELETE", path, params={_KEPT_OUT: person}), person)

    def bans(self) -> Iterator[Author]:
        """All whom the Page keeps out."""
        params = {"fields": "id,name,picture", "limit": _BANS_A_PAGE}
        path = f"{self.credentials.remote_id}/blocked"
        for _, _, value in self.pages("list_bans", path, params, Around(), most=_MOST_BANS):
            for one in value["data"]:
                if isinstance(one, dict) and loose_id(one.get("id")):
                    yield _author(one)

    def _person(self, ref: Ref) -> str:
        """Who wrote it, as the Page knows him. Raises NotPossible."""
        person = ref.author_remote_id or self.author(ref).remote_id
        if not person:
            raise NotPossible("Facebook does not tell who wrote this.", code="no-author")
        return person

    # --- the Page itself -------------------------------------------------------------------------------------------

    def counts(self) -> Counts:
        """Followers; those who like the Page where Facebook does not tell them."""
        values = self._page(COUNTED)
        followers = number(values.get("followers_count"))
        return Counts(
            followers=number(values.get("fan_count")) if followers is None else followers,
            posts=number(inside(values, "published_posts", "summary", "total_count")),
        )

    def presented(self) -> str:
        """What stands under About: the short and the long description, the website."""
        values = self._page("about,description,general_info,website")
        told = (loose_text(values.get(name)) for name in ("about", "description", "general_info", "website"))
        return "\n".join(dict.fromkeys(filter(None, told)))

    def _page(self, fields: str) -> dict[str, Any]:
        return self.ask("get_account", "GET", self.credentials.remote_id, params={"fields": fields}).object()

    def subscribe(self, callback_url: str) -> Subscription:
        """The application's address for all Pages first, then this Page."""
        self.register_callback("page", ",".join(SUBSCRIBED), callback_url)
        return self.subscribe_page(self.credentials.remote_id, SUBSCRIBED)

    def subscription(self) -> Subscription:
        """Of this Page."""
        return self.page_subscription(self.credentials.remote_id, SUBSCRIBED)


def _is_post(ref: Ref) -> bool:
    """Whether it is a post of its own: by a visitor, or elsewhere with our name in it, not a comment under a post."""
    return ref.kind == Kind.VISITOR_POST or (ref.kind == Kind.MENTION and not ref.post_remote_id)


def _author(values: dict[str, Any]) -> Author:
    return Author(
        remote_id=loose_id(values.get("id")),
        name=loose_text(values.get("name")),
        avatar_url=address(inside(values, "picture", "data", "url")),
    )


def _require_done(answer: Answer, person: str) -> None:
    """Raise unless the answer about a person says that it was done: by his id, or as a whole (from memory)."""
    told = answer.object()
    if told.get(person, told.get("success", done(answer, person) if not told else None)) is not True:
        raise PlatformError("Facebook says that it did not do it.", code="no-success", permanent=True)
