"""Instagram professional accounts by the Facebook Login route (facts.md 2.1, 2.2)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from accounts.platforms.api_client import (
    OVERLAP,
    all_before,
    done,
    same_text,
)
from accounts.platforms.capabilities import Act, capability
from accounts.platforms.contract import (
    Author,
    Counts,
    Draft,
    Form,
    Gone,
    Kind,
    NotPossible,
    Platform,
    PlatformError,
    RateLimited,
    Ref,
    RemoteComment,
    RemotePost,
    Sent,
    Subscription,
    TokenExpired,
    Uncertain,
    Unreadable,
)
from accounts.platforms.fields import address, inside, loose_text, moment, number
from accounts.platforms.http import Answer
from accounts.platforms.instagram_inbox import NO_PAGE, Inbox
from accounts.platforms.instagram_polling import A_PAGE, MEDIA_FIELDS, REPLY_FIELDS, TAG_FIELDS, Polling
from accounts.platforms.instagram_publishing import Publication, is_of_form
from accounts.platforms.instagram_publishing import refuse as refuse_publishing
from accounts.platforms.instagram_reader import TAG
from accounts.platforms.meta import require_success
from accounts.platforms.meta_reader import COMMENT, POST
from accounts.platforms.reader import Around

COMMENT_OF_MENTION, MEDIA_OF_MENTION = "id,text,timestamp,username,media{id}", TAG_FIELDS
TOLD = "comments,live_comments,mentions,messages"
SUBSCRIBED = ("feed",)  # of the Page: it makes Instagram deliver what the application is told of (from memory)
UNNAMED = "Instagram lets an application answer only where we are named with @: an officer answers by hand."
UNSHOWN = "Instagram does not show what stands under another's post: an officer looks whether our answer is there."
_USER_NAME = re.compile(r"[A-Za-z0-9._]{1,30}")


class Instagram(Polling):
    """Speaks for one account: looks, answers, moderates and publishes."""

    # --- single things ---------------------------------------------------------------------------------------------

    def look(self, ref: Ref) -> RemoteComment:
        """Hidden or not comes with it. A mention is read whole, of which a webhook told the ids alone. Raises Gone."""
        if ref.kind == Kind.MESSAGE:
            return Inbox(self).look(ref.remote_id, self._person(ref))
        if ref.kind == Kind.MENTION:
            return self._look_at_mention(ref)
        answer = self.ask("get_comment", "GET", ref.remote_id, params={"fields": f"{REPLY_FIELDS},media{{id}}"})
        return self.only_comment(answer, Around(kind=COMMENT, post=ref.post_remote_id))

    def _look_at_mention(self, ref: Ref) -> RemoteComment:
        """A comment that names us where the ref has its media; else a media, that names us or only tags us."""
        try:
            return self.only_comment(self._ask_of_mention(ref, COMMENT_OF_MENTION, MEDIA_OF_MENTION), Around())
        except (RateLimited, TokenExpired, Uncertain, Unreadable, NotPossible):
            raise
        except PlatformError as error:
            if ref.post_remote_id or not error.permanent:
                raise
        path, params = f"{self.credentials.remote_id}/tags", {"fields": TAG_FIELDS, "limit": A_PAGE}
        for page, last, _ in self.pages("list_tags", path, params, Around(kind=TAG), most=6):
            for comment in page.comments:
                if comment.remote_id == ref.remote_id:
                    return comment
            if last:
                raise Gone("Instagram does not show it as a mention or tag of us any more.", code="absent")
        raise NotPossible("It is not among the newest posts in which we are tagged.", code="too-old")

    def _ask_of_mention(self, ref: Ref, of_comment: str, of_media: str) -> Answer:
        """What is asked of a mention is asked of our own account, with the id inside the question."""
        if not ref.remote_id.isdecimal():
            raise Gone("No mention has such an id.", code="absent")
        kind, fields = ("comment", of_comment) if ref.post_remote_id else ("media", of_media)
        asked = f"mentioned_{kind}.{kind}_id({ref.remote_id}){{{fields}}}"
        return self.ask("get_mention", "GET", self.credentials.remote_id, params={"fields": asked})

    def post(self, remote_id: str) -> RemotePost:
        """With the number of its comments. Raises Gone."""
        answer = self.ask("get_post", "GET", remote_id, params={"fields": MEDIA_FIELDS})
        return self.only_post(answer, Around(kind=POST))

    def author(self, ref: Ref) -> Author:
        """The user name; name and avatar too of a professional account, which is all that applications are shown."""
        author = self.look(ref).author
        if author is None:
            raise NotPossible("Instagram does not tell who wrote this.", code="no-author")
        if not _USER_NAME.fullmatch(author.handle):
            return author
        fields = f"business_discovery.username({author.handle}){{name,profile_picture_url}}"
        try:
            answer = self.ask("get_author", "GET", self.credentials.remote_id, params={"fields": fields})
        except (RateLimited, TokenExpired):
            raise
        except PlatformError:
            return author  # no professional account
        found = inside(answer.json(), "business_discovery")
        picture, name = address(inside(found, "profile_picture_url")), loose_text(inside(found, "name"))
        return replace(author, name=name or author.name, avatar_url=picture)

    def _person(self, ref: Ref) -> str:
        """Whose it is, by Instagram's id. Raises NotPossible where that is not told."""
        if ref.author_remote_id:
            return ref.author_remote_id
        author = None if ref.kind == Kind.MESSAGE else self.look(ref).author
        if author is None or not author.remote_id:
            raise NotPossible("Instagram does not tell whose id this is: an officer does it by hand.", code="no-author")
        return author.remote_id

    # --- answers ---------------------------------------------------------------------------------------------------

    def reply(self, ref: Ref, text: str) -> Sent:
        """Under a comment, under what mentions us, or to a message. Raises PlatformError under a hidden comment."""
        if ref.kind == Kind.MESSAGE:
            return Inbox(self).answer(self._person(ref), text)
        if ref.kind == Kind.MENTION:
            return self._reply_to_mention(ref, text)
        answer = self.ask("reply", "POST", f"{ref.remote_id}/replies", form={"message": text})
        return Sent(str(done(answer, "id")), moment(inside(answer.json(), "timestamp")))

    def _reply_to_mention(self, ref: Ref, text: str) -> Sent:
        form = {"message": text, "media_id": ref.post_remote_id or ref.remote_id}
        if ref.post_remote_id:
            form["comment_id"] = ref.remote_id
        try:
            answer = self.ask("reply", "POST", f"{self.credentials.remote_id}/mentions", form=form)
        except PlatformError as error:
            if type(error) is PlatformError and error.permanent:  # tagged, but not named in the caption
                raise NotPossible(UNNAMED, code=error.code) from None
            raise
        return Sent(str(done(answer, "id")))

    def own_reply(self, ref: Ref, text: str, *, since: datetime) -> Sent | None:
        """A reply to a reply lands under the first comment of the thread, so it is sought there.

        Raises NotPossible where Instagram shows no answers under another's media, so that nobody knows.
        """
        if ref.kind == Kind.MESSAGE:
            return Inbox(self).own(self._person(ref), text, since=since)
        if ref.kind == Kind.MENTION:
            return self._own_under_mention(ref, text, since)
        thread = ref.parent_remote_id or ref.remote_id
        around = Around(kind=COMMENT, post=ref.post_remote_id, parent=thread)
        return self._own_in("list_replies", f"{thread}/replies", around, text, since)

    def _own_under_mention(self, ref: Ref, text: str, since: datetime) -> Sent | None:
        listed = f"limit({A_PAGE}){{{REPLY_FIELDS}}}"
        answer = self._ask_of_mention(ref, f"id,text,replies.{listed}", f"id,caption,comments_count,comments.{listed}")
        page, value = self.take(answer, Around())
        for comment in page.comments:
            if comment.remote_id != ref.remote_id and self._is_own_text(comment, text, since):
                return Sent(comment.remote_id, comment.posted_at)
        shown = inside(value, "mentioned_comment", "replies") or inside(value, "mentioned_media", "comments")
        if inside(value, "mentioned_media", "comments_count") == 0 or (shown and not inside(shown, "paging", "next")):
            return None
        raise NotPossible(UNSHOWN, code="not-shown")

    def comment(self, post_remote_id: str, text: str) -> Sent:
        """Not on live video, nor where comments are turned off."""
        answer = self.ask("comment", "POST", f"{post_remote_id}/comments", form={"message": text})
        return Sent(str(done(answer, "id")))

    def own_comment(self, post_remote_id: str, text: str, *, since: datetime) -> Sent | None:
        """Comments come newest first, so that what is older than `since` ends the search."""
        around = Around(kind=COMMENT, post=post_remote_id)
        return self._own_in("list_comments", f"{post_remote_id}/comments", around, text, since)

    def _own_in(self, name: str, path: str, around: Around, text: str, since: datetime) -> Sent | None:
        for page, *_ in self.pages(name, path, {"fields": REPLY_FIELDS, "limit": A_PAGE}, around):
            for comment in page.comments:
                if (comment.kind == Kind.REPLY) == bool(around.parent) and self._is_own_text(comment, text, since):
                    return Sent(comment.remote_id, comment.posted_at)
            if page.comments and all_before(page, since.timestamp() - OVERLAP):
                break
        return None

    def _is_own_text(self, comment: RemoteComment, text: str, since: datetime) -> bool:
        late = comment.posted_at is None or comment.posted_at.timestamp() >= since.timestamp() - 60
        return late and self._is_own(comment) and same_text(text, comment.text)

    def _is_own(self, comment: RemoteComment) -> bool:
        """`from` may be left out; the user name is always there."""
        author = comment.author
        handle = self.credentials.handle.lstrip("@").lower()
        return comment.ours or bool(author and not author.remote_id and handle and author.handle.lower() == handle)

    def delete_own(self, ref: Ref) -> None:
        """Under our own media; of what we wrote under another's, its owner alone disposes."""
        self._delete(ref)

    def message(self, ref: Ref, text: str) -> Sent:
        """Once for each comment, within 7 days of it."""
        if ref.kind == Kind.MESSAGE:
            return Inbox(self).answer(self._person(ref), text)
        return Inbox(self).answer_privately(self._under_ours(ref), text)

    def own_message(self, ref: Ref, text: str, *, since: datetime) -> Sent | None:
        """Among the messages to the comment's author."""
        return Inbox(self).own(self._person(ref), text, since=since)

    # --- what is done to others' ------------------------------------------------------------------------------------

    def hide(self, ref: Ref) -> None:
        """Its author still sees it."""
        self._set_hidden("hide", ref, "true")

    def unhide(self, ref: Ref) -> None:
        """Also of a comment that is not hidden."""
        self._set_hidden("unhide", ref, "false")

    def _set_hidden(self, name: str, ref: Ref, hidden: str) -> None:
        require_success(self.ask(name, "POST", self._under_ours(ref), form={"hide": hidden}), "Instagram")

    def delete(self, ref: Ref) -> None:
        """With all answers under it."""
        self._delete(ref)

    def _delete(self, ref: Ref) -> None:
        require_success(self.ask("delete", "DELETE", self._under_ours(ref)), "Instagram")

    def _under_ours(self, ref: Ref) -> str:
        """The id of a comment under our own media. Raises NotPossible for what stands elsewhere."""
        if ref.kind in (Kind.COMMENT, Kind.REPLY):
            return ref.remote_id
        raise NotPossible(
            "It does not stand under a post of ours, and Instagram lets nobody else do this.", code="not-ours"
        )

    def ban(self, ref: Ref) -> None:
        """Only who has a conversation with us. Raises NotPossible for everybody else."""
        Inbox(self).moderate("ban", "block_user", self._person(ref))

    def unban(self, ref: Ref) -> None:
        """Only who has a conversation with us. Raises NotPossible for everybody else."""
        Inbox(self).moderate("unban", "unblock_user", self._person(ref))

    # --- posts of ours ---------------------------------------------------------------------------------------------

    def publish(self, draft: Draft) -> Sent:
        """Takes up to some minutes, in which Instagram prepares the post; text alone it does not take."""
        if draft.form == Form.TEXT:
            raise self._by_hand(Act.PUBLISH_TEXT)
        return Publication(self, draft, lambda since: self.published(draft, since=since)).publish()

    def published(self, draft: Draft, *, since: datetime) -> Sent | None:
        """By its caption and kind, among our media since then."""
        if draft.form == Form.TEXT:
            raise self._by_hand(Act.PUBLISH_TEXT)
        path, params = f"{self.credentials.remote_id}/media", {"fields": MEDIA_FIELDS, "limit": A_PAGE}
        earliest = since.timestamp() - 60
        for page, *_ in self.pages("list_posts", path, params, Around(kind=POST), most=6):
            for post in page.posts:
                late = post.posted_at is None or post.posted_at.timestamp() >= earliest
                same = same_text(draft.text, post.text) and is_of_form(post, draft.form)
                if late and same and post.remote_id not in draft.others:
                    return Sent(post.remote_id, post.posted_at)
            if page.posts and all(post.posted_at and post.posted_at.timestamp() < earliest for post in page.posts):
                break
        return None

    def delete_post(self, remote_id: str) -> None:
        """With its comments. Needs the permission instagram_manage_contents."""
        require_success(self.ask("delete_post", "DELETE", remote_id), "Instagram")

    # --- the account itself ----------------------------------------------------------------------------------------

    def counts(self) -> Counts:
        """As the profile shows them."""
        values = self._of_account("followers_count,media_count")
        return Counts(number(values.get("followers_count")), number(values.get("media_count")))

    def presented(self) -> str:
        """The biography, and the link below it."""
        values = self._of_account("biography,website")
        return "\n".join(filter(None, (loose_text(values.get("biography")), loose_text(values.get("website")))))

    def _of_account(self, fields: str) -> dict[str, Any]:
        return self.ask("get_account", "GET", self.credentials.remote_id, params={"fields": fields}).object()

    def subscribe(self, callback_url: str) -> Subscription:
        """The application is told of Instagram's fields, and of this account by the Page that it is linked to."""
        page = self._page()
        self.register_callback("instagram", TOLD, callback_url)
        return _with_caveat(self.subscribe_page(page, SUBSCRIBED))

    def subscription(self) -> Subscription:
        """Whether our application is among those that the Page tells; Meta does not say whether it may be told."""
        return _with_caveat(self.page_subscription(self._page(), SUBSCRIBED))

    def _page(self) -> str:
        if not self.credentials.page_id:
            raise NotPossible(NO_PAGE, code="no-page")
        return self.credentials.page_id

    def refuse(self, answer: Answer, body: dict[str, Any]) -> None:
        """What publishing says by subcodes, then what all of Meta says by codes."""
        code, subcode = (number(inside(body, "error", name)) for name in ("code", "error_subcode"))
        refuse_publishing(subcode, f"{code}/{subcode}", write=answer.ask.is_write)
        super().refuse(answer, body)


def _with_caveat(found: Subscription) -> Subscription:
    """Meta tells nobody whether an application has the access without which no comment is ever announced."""
    return replace(found, says=capability(Platform.INSTAGRAM, Act.WEBHOOK).says) if found.active else found
