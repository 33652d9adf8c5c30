"""What is done on X in the department's name: answers in public and in private, hiding, blocking (facts.md 3.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from accounts.platforms.api_client import done
from accounts.platforms.capabilities import Act, capability
from accounts.platforms.capabilities.x import ENTERPRISE, LONGEST_MESSAGE
from accounts.platforms.contract import Author, Kind, NotPossible, PlatformError, Ref, Sent
from accounts.platforms.fields import address, inside, loose_id, loose_text
from accounts.platforms.reader import Around
from accounts.platforms.x_api import USER_FIELDS, sent, spelled
from accounts.platforms.x_length import LONGEST, weighted
from accounts.platforms.x_polling import XPolls, messages_asked
from accounts.platforms.x_reader import MESSAGE, same_post_text

CLOCKS = timedelta(seconds=60)  # how far X's clock may be from ours
BANS_A_PAGE = "1000"


class XActs(XPolls):
    """Writes are sent once; whoever is uncertain asks with the `own_…` call beside."""

    # --- in public -------------------------------------------------------------------------------------------------

    def reply(self, ref: Ref, text: str) -> Sent:
        """To a message: in its conversation. Raises NotPossible where the tier lets us answer only who mentioned us."""
        if ref.kind == Kind.MESSAGE:
            return self._write_to(self._author_of(ref), text)
        require_length(text)
        content = {"text": text, "reply": {"in_reply_to_tweet_id": ref.remote_id}}
        answer = self.ask("reply", "POST", "2/tweets", content=content)
        return sent(str(done(answer, "data", "id")))

    def own_reply(self, ref: Ref, text: str, *, since: datetime) -> Sent | None:
        """Sought among our own posts since then; X shortens addresses and adds names in front."""
        if ref.kind == Kind.MESSAGE:
            return self.own_message(ref, text, since=since)
        path = f"2/users/{self.credentials.remote_id}/tweets"
        for page, *_ in self.list_posts("list_posts", path, {"start_time": spelled((since - CLOCKS).timestamp())}):
            for comment in page.comments:
                answers = comment.parent_remote_id or comment.post_remote_id
                if answers == ref.remote_id and same_post_text(text, comment.text):
                    return Sent(comment.remote_id, comment.posted_at)
        return None

    def comment(self, post_remote_id: str, text: str) -> Sent:
        """On X that is a reply of ours to our own post."""
        return self.reply(Ref(post_remote_id, post_remote_id), text)

    def own_comment(self, post_remote_id: str, text: str, *, since: datetime) -> Sent | None:
        """As `own_reply`."""
        return self.own_reply(Ref(post_remote_id, post_remote_id), text, since=since)

    def delete_own(self, ref: Ref) -> None:
        """A private message stays where it arrived: X takes it from our own view only."""
        if ref.kind == Kind.MESSAGE:
            raise NotPossible("X takes a message that was sent back for nobody but ourselves.", code="no-api")
        self.delete_by_id("delete_own", ref.remote_id)

    def delete_by_id(self, name: str, remote_id: str) -> None:
        """Take a post of ours away. Raises Gone where it is not there any more."""
        answer = self.ask(name, "DELETE", f"2/tweets/{remote_id}")
        if done(answer, "data", "deleted") is not True:
            raise PlatformError("X says that it did not do it.", code="no-success")

    # --- in private ------------------------------------------------------------------------------------------------

    def message(self, ref: Ref, text: str) -> Sent:
        """Raises NotPossible where the person takes no messages from us, which X is asked first."""
        who = self._author_of(ref)
        if self.user(f"2/users/{who}", "receives_your_dm").get("receives_your_dm") is False:
            raise NotPossible("This account takes no private messages from us.", code="dms-closed")
        return self._write_to(who, text)

    def own_message(self, ref: Ref, text: str, *, since: datetime) -> Sent | None:
        """Sought in our conversation with the comment's author."""
        path = f"2/dm_conversations/with/{self._author_of(ref)}/dm_events"
        for page, *_ in self.pages("own_messages", path, messages_asked(), Around(kind=MESSAGE), most=2):
            for found in page.comments:
                if found.posted_at and found.posted_at < since - CLOCKS:
                    return None
                if found.ours and same_post_text(text, found.text):
                    return Sent(found.remote_id, found.posted_at)
        return None

    def _write_to(self, who: str, text: str) -> Sent:
        if len(text) > LONGEST_MESSAGE:
            raise PlatformError(
                f"X takes messages of at most {LONGEST_MESSAGE} characters.", code="long", permanent=True
            )
        path = f"2/dm_conversations/with/{who}/messages"
        return sent(str(done(self.ask("message", "POST", path, content={"text": text}), "data", "dm_event_id")))

    def _author_of(self, ref: Ref) -> str:
        """Raises NotPossible where X does not tell whose the comment is, Gone where it is not there any more."""
        if ref.author_remote_id:
            return ref.author_remote_id
        author = self.look(ref).author
        if author is None or not author.remote_id:
            raise NotPossible("X does not tell who wrote this.", code="no-author")
        return author.remote_id

    # --- hiding ----------------------------------------------------------------------------------------------------

    def hide(self, ref: Ref) -> None:
        """Raises NotPossible outside conversations that we started."""
        self._set_hidden("hide", ref, hidden=True)

    def unhide(self, ref: Ref) -> None:
        """Raises NotPossible outside conversations that we started."""
        self._set_hidden("unhide", ref, hidden=False)

    def _set_hidden(self, name: str, ref: Ref, *, hidden: bool) -> None:
        if ref.kind == Kind.MESSAGE:
            raise NotPossible("A private message is seen by nobody else: there is nothing to hide.", code="no-api")
        answer = self.ask(name, "PUT", f"2/tweets/{ref.remote_id}/hidden", content={"hidden": hidden})
        if done(answer, "data", "hidden") is not hidden:
            raise PlatformError("X says that it did not do it.", code="no-success")

    # --- blocking --------------------------------------------------------------------------------------------------

    def ban(self, ref: Ref) -> None:
        """Block the author. Raises NotPossible but on the Enterprise tier."""
        self._require_enterprise(Act.BAN)
        who = self._author_of(ref)
        answer = self.ask("ban", "POST", self._blocking, content={"target_user_id": who})
        if done(answer, "data", "blocking") is not True:
            raise PlatformError("X says that it did not do it.", code="no-success")

    def unban(self, ref: Ref) -> None:
        """Unblock the author. Raises NotPossible but on the Enterprise tier."""
        self._require_enterprise(Act.UNBAN)
        answer = self.ask("unban", "DELETE", f"{self._blocking}/{self._author_of(ref)}")
        if done(answer, "data", "blocking") is not False:
            raise PlatformError("X says that it did not do it.", code="no-success")

    def bans(self) -> Iterator[Author]:
        """Whom we block, on any tier."""
        params = {"max_results": BANS_A_PAGE, "user.fields": USER_FIELDS}
        for _, _, value in self.pages("list_bans", self._blocking, params, Around()):
            listed = value.get("data")
            for user in listed if isinstance(listed, list) else []:
                if name := loose_id(inside(user, "id")):
                    yield author_in(name, user)

    @property
    def _blocking(self) -> str:
        return f"2/users/{self.credentials.remote_id}/blocking"

    def _require_enterprise(self, act: Act) -> None:
        if self.credentials.tier != ENTERPRISE:
            raise NotPossible(capability(self.platform, act, self.credentials.tier).says, code="tier")


def author_in(name: str, user: object) -> Author:
    """A user as X describes him."""
    picture = address(inside(user, "profile_image_url"))
    return Author(name, loose_text(inside(user, "name")), loose_text(inside(user, "username")), picture)


def require_length(text: str) -> None:
    """Raises PlatformError, for good, for a text that X would count as too long: before anything is sent."""
    length = weighted(text)
    if length > LONGEST:
        said = f"X counts {length} characters in this text, of which it takes {LONGEST}."
        raise PlatformError(said, code="long", permanent=True)
