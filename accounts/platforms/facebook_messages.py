"""Private messages of a Page: in answer to a comment, once and within seven days; in a conversation, for 24 hours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from accounts.platforms.api_client import done, same_text
from accounts.platforms.capabilities import Act, capability
from accounts.platforms.contract import (
    Gone,
    NotPossible,
    Page,
    Platform,
    PlatformError,
    Ref,
    RemoteComment,
    Sent,
)
from accounts.platforms.fields import inside, loose_text
from accounts.platforms.meta import MetaClient
from accounts.platforms.meta_reader import MESSAGE
from accounts.platforms.reader import Around

MESSAGE_FIELDS = "id,created_time,from,to,message,attachments"
MESSAGES_A_PAGE, MOST_MESSAGES = "25", 8  # pages of one conversation in one poll
LATELY = 25  # conversations in which a message of ours is sought where the person is not known
_ANSWERED = "10900"


class Messaging(MetaClient):
    """Writes private messages, and finds what was written."""

    def send_message(self, recipient: dict[str, str], text: str) -> Sent:
        """To a person, or to who wrote a comment or visitor's post. Raises NotPossible with Meta's reason."""
        longest = capability(Platform.FACEBOOK, Act.MESSAGE).limit or 0
        if len(text) > longest:
            said = f"Facebook takes private messages of at most {longest} characters."
            raise PlatformError(said, code="too-long", permanent=True)
        form = {"recipient": json.dumps(recipient), "message": json.dumps({"text": text})}
        if "id" in recipient:
            form["messaging_type"] = "RESPONSE"
        answer = self.ask("message", "POST", f"{self.credentials.remote_id}/messages", form=form)
        return Sent(str(done(answer, "message_id")), answer.received_at)

    def send_once(self, ref: Ref, recipient: dict[str, str], text: str) -> Sent:
        """Because of a comment or post. Where Meta says that it was done before, and by this text, it is done."""
        try:
            return self.send_message(recipient, text)
        except NotPossible as error:
            if error.code.partition("/")[0] != _ANSWERED:
                raise
            week = datetime.now(UTC) - timedelta(days=capability(Platform.FACEBOOK, Act.MESSAGE).days or 7)
            if sent := self.find_message(ref, text, since=week):
                return sent
            raise

    def find_message(self, ref: Ref, text: str, *, since: datetime) -> Sent | None:
        """Our message with this text: to the author, or in the newest conversations where the author is not known."""
        found = self._conversations(ref.author_remote_id, since)
        for page in (page for name in found for page in self.messages_of(name, since)):
            for comment in page.comments:
                if comment.ours and same_text(text, comment.text) and not_before(comment, since):
                    return Sent(comment.remote_id, comment.posted_at)
        return None

    def _conversations(self, person: str, since: datetime) -> list[str]:
        params = {"platform": "messenger", "fields": "id,updated_time", "limit": str(LATELY)}
        params |= {"user_id": person} if person else {}
        path = f"{self.credentials.remote_id}/conversations"
        for _, _, value in self.pages("list_conversations", path, params, Around(), most=1):
            listed = value.get("data")
            names = [loose_text(inside(one, "id")) for one in (listed if isinstance(listed, list) else ())]
            return [name for name in names if name]
        return []

    def messages_of(self, conversation: str, back_to: datetime) -> Iterator[Page]:
        """The newest messages, until one is older than `back_to` or the caller stored nothing new of a page."""
        params = {"fields": MESSAGE_FIELDS, "limit": MESSAGES_A_PAGE}
        path, around = f"{conversation}/messages", Around(kind=MESSAGE)
        try:
            for page, *_ in self.pages("list_messages", path, params, around, most=MOST_MESSAGES):
                yield page
                if not page.comments or not all(not_before(comment, back_to) for comment in page.comments):
                    return
        except Gone:
            return


def not_before(comment: RemoteComment, since: datetime) -> bool:
    """Whether it was written after a time. Our clock and the platform's may differ by a minute."""
    return comment.posted_at is None or comment.posted_at.timestamp() >= since.timestamp() - 60
