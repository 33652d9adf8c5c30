"""Private messages of an Instagram account, and who may write them: all of it lies with the Page that it is linked to.

A conversation is asked for only after the platform says that it changed. Of each, an application is shown the twenty
newest messages and no more.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from accounts.platforms.api_client import ApiClient, Turn, done, same_text
from accounts.platforms.capabilities.instagram import MESSAGE as LONGEST
from accounts.platforms.client import Memory
from accounts.platforms.contract import Gone, NotPossible, Page, PlatformError, RemoteComment, Sent
from accounts.platforms.fields import inside, loose_text
from accounts.platforms.meta_reader import MESSAGE
from accounts.platforms.reader import Around

EVERY = 300  # seconds between two looks at the list of conversations
REFUSED = 86_400  # seconds before an application without the permission asks again
SHOWN = 20  # messages of a conversation that an application is shown
MOST_READ = 50  # conversations read in one poll
A_PAGE, MOST_LISTED = 50, 4  # conversations on a page of the list, and pages of it in one poll
MESSAGE_FIELDS = "id,created_time,from,to,message,attachments"
# An answer after the 24 hours; both subcodes from memory.
_TOO_LATE = frozenset({"10/2018278", "10/2534022"})
_NAME = re.compile(r"[\w=:-]{1,300}")

NO_PAGE = "The account is not linked to a Facebook Page here, by which Instagram lets an application do this."
NO_CONVERSATION = (
    "Instagram lets an application block only a person with whom the account has a conversation, and there is none: "
    "an officer does it by hand."
)


class Inbox:
    """The conversations of one account."""

    def __init__(self, client: ApiClient) -> None:
        self.client = client
        self.page_id = client.credentials.page_id

    # --- reading ---------------------------------------------------------------------------------------------------

    def poll(self, memory: Memory, *, whole: bool = False) -> Iterator[Page]:
        """The messages of conversations that changed.

        `memory` holds asked (when), threads (when each conversation last changed, as it was read), behind (more had
        changed than one poll reads), refused (when the platform last said that we may not).
        """
        now = time.time()
        if not self.page_id or now - memory.get("refused", 0) < REFUSED:
            return
        if not (whole or memory.get("behind")) and now - memory.get("asked", 0) < EVERY:
            return
        threads: dict[str, str] = memory.setdefault("threads", {})
        listed: dict[str, str] = {}
        try:
            yield from self._list(threads, listed, whole or bool(memory.get("behind")))
        except NotPossible:
            memory["refused"] = now
            return
        due = [name for name in listed if whole or threads.get(name) != listed[name]]
        for name in due[:MOST_READ]:
            yield from self._messages(name)
            threads[name] = listed[name]
        memory.update(asked=now, behind=not whole and len(due) > MOST_READ)
        kept = sorted(threads, key=lambda name: threads[name], reverse=True)[: A_PAGE * MOST_LISTED]
        memory["threads"] = {name: threads[name] for name in kept}

    def _list(self, threads: dict[str, str], listed: dict[str, str], to_the_end: bool) -> Iterator[Page]:
        """Fills `listed`, who wrote last first. Gives a page only where it could not all be read."""
        for page, _, value in self._conversations(limit=A_PAGE, most=MOST_LISTED):
            if page.bad:
                yield page
            names = _updated(value)
            listed.update(names)
            if not to_the_end and all(threads.get(name) == at for name, at in names.items()):
                return

    def _conversations(self, *, limit: int, most: int, **asked: str) -> Iterator[Turn]:
        params = {"platform": "instagram", "fields": "id,updated_time,participants", "limit": str(limit), **asked}
        return self.client.pages("list_conversations", f"{self.page_id}/conversations", params, Around(), most=most)

    def _messages(self, conversation: str) -> Iterator[Page]:
        """One page; none of a conversation that is gone meanwhile."""
        params = {"fields": MESSAGE_FIELDS, "limit": str(SHOWN)}
        around = Around(kind=MESSAGE)
        try:
            for page, *_ in self.client.pages("list_messages", f"{conversation}/messages", params, around, most=1):
                yield page
        except Gone:
            return

    def with_person(self, person: str) -> str:
        """The conversation with a person; empty where there is none. Raises NotPossible where no Page is known."""
        if not self.page_id:
            raise NotPossible(NO_PAGE, code="no-page")
        for _, _, value in self._conversations(limit=1, most=1, user_id=person):
            return next(iter(_updated(value)), "")
        return ""

    def messages_with(self, person: str) -> list[RemoteComment] | None:
        """The newest messages of the conversation with a person; None where none is shown.

        That may only mean that it is a request on which nobody acted for 30 days.
        """
        conversation = self.with_person(person)
        if not conversation:
            return None
        return [comment for page in self._messages(conversation) for comment in page.comments]

    def look(self, message: str, person: str) -> RemoteComment:
        """A message as it stands. Raises Gone only where all of the conversation was shown and it is not there."""
        found = self.messages_with(person)
        for comment in found or ():
            if comment.remote_id == message:
                return comment
        if not found or len(found) >= SHOWN:
            raise NotPossible(f"Instagram shows an application only the {SHOWN} newest messages.", code="too-old")
        raise Gone("The message is not there any more.", code="absent")

    # --- writing ---------------------------------------------------------------------------------------------------

    def answer(self, person: str, text: str) -> Sent:
        """Write to a person who wrote to us within 24 hours."""
        try:
            return self._send({"id": person}, text)
        except NotPossible as error:
            if error.code in _TOO_LATE:
                said = "Instagram lets an application answer a message for 24 hours only: an officer answers by hand."
                raise NotPossible(said, code=error.code) from None
            raise

    def answer_privately(self, comment: str, text: str) -> Sent:
        """Write to the author of a comment: once, and within 7 days of it."""
        return self._send({"comment_id": comment}, text)

    def _send(self, recipient: dict[str, str], text: str) -> Sent:
        if len(text.encode()) > LONGEST:
            said = f"Instagram takes private messages of at most {LONGEST} bytes."
            raise PlatformError(said, code="too-long", permanent=True)
        if not self.page_id:
            raise NotPossible(NO_PAGE, code="no-page")
        form = {"recipient": json.dumps(recipient), "message": json.dumps({"text": text})}
        answer = self.client.ask("message", "POST", f"{self.page_id}/messages", form=form)
        return Sent(str(done(answer, "message_id")))

    def own(self, person: str, text: str, *, since: datetime) -> Sent | None:
        """Our message with this text to a person. Raises NotPossible where more was said since than is shown."""
        found = self.messages_with(person) or []
        for comment in found:
            if comment.ours and same_text(text, comment.text) and _not_before(comment, since):
                return Sent(comment.remote_id, comment.posted_at)
        if len(found) >= SHOWN and all(_not_before(comment, since) for comment in found):
            raise NotPossible(f"Instagram shows an application only the {SHOWN} newest messages.", code="too-old")
        return None

    # --- who may write ---------------------------------------------------------------------------------------------

    def moderate(self, name: str, action: str, person: str) -> None:
        """`block_user` or `unblock_user`. Raises NotPossible where there is no conversation with the person."""
        if not self.with_person(person):
            raise NotPossible(NO_CONVERSATION, code="no-conversation")
        form = {"user_ids": json.dumps([{"id": person}]), "actions": json.dumps([action])}
        answer = self.client.ask(name, "POST", f"{self.page_id}/moderate_conversations", form=form)
        # What a success looks like is not documented: an object that does not say the contrary (from memory).
        if inside(answer.object() or done(answer, "success"), "success") in (False, "false"):
            raise PlatformError("Instagram says that it did not do it.", code="no-success")


def _updated(value: dict[str, Any]) -> dict[str, str]:
    """The conversations of a list with the time of their last change, which is compared and never reckoned with."""
    listed = value.get("data")
    found = {}
    for one in listed if isinstance(listed, list) else ():
        name = loose_text(inside(one, "id"))
        if _NAME.fullmatch(name):  # it becomes part of an address
            found[name] = str(inside(one, "updated_time") or "")[:40]
    return found


def _not_before(comment: RemoteComment, since: datetime) -> bool:
    """Our clock and the platform's may differ by a minute."""
    return comment.posted_at is None or comment.posted_at.timestamp() >= since.timestamp() - 60
