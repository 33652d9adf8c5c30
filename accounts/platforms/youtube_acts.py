"""YouTube: answers, comments of our own, and what is done to another's comment and its author (facts.md 4.1)."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.platforms.api_client import all_before, done, same_text
from accounts.platforms.contract import Kind, Page, Ref, Sent, Uncertain
from accounts.platforms.fields import inside, moment
from accounts.platforms.http import Answer
from accounts.platforms.youtube_api import YouTubeApi

SNIPPET = {"part": "snippet"}
EARLIER = timedelta(minutes=1)  # as much may YouTube's clock be behind ours


class YouTubeActs(YouTubeApi):
    """Bans cannot be lifted or listed by an application, so that `unban` and `bans` raise NotPossible."""

    def reply(self, ref: Ref, text: str) -> Sent:
        """There is one level of replies: an answer to a reply stands under its thread."""
        content = {"snippet": {"parentId": thread_of(ref), "textOriginal": text}}
        answer = self.ask("reply", "POST", "comments", params=SNIPPET, content=content)
        return _sent(answer, "snippet", "publishedAt")

    def own_reply(self, ref: Ref, text: str, *, since: datetime) -> Sent | None:
        """Sought in the thread."""
        pages = (page for page, *_ in self.replies_of(thread_of(ref), ref.post_remote_id))
        return next((found for page in pages if (found := _ours(page, Kind.REPLY, text, since))), None)

    def comment(self, post_remote_id: str, text: str) -> Sent:
        """A thread of our own under one of our videos. Raises NotPossible where its comments are turned off."""
        content = {
            "snippet": {
                "channelId": self.credentials.remote_id,
                "videoId": post_remote_id,
                "topLevelComment": {"snippet": {"textOriginal": text}},
            }
        }
        answer = self.ask("comment", "POST", "commentThreads", params=SNIPPET, content=content)
        return _sent(answer, "snippet", "topLevelComment", "snippet", "publishedAt")

    def own_comment(self, post_remote_id: str, text: str, *, since: datetime) -> Sent | None:
        """Sought in the threads of the video, the newest first."""
        for page, *_ in self.threads("published", video=post_remote_id):
            found = _ours(page, Kind.COMMENT, text, since)
            if found or all_before(page, (since - EARLIER).timestamp()):
                return found
        return None

    def edit_own(self, ref: Ref, text: str) -> None:
        """The text is replaced; YouTube marks it as edited."""
        content = {"id": ref.remote_id, "snippet": {"textOriginal": text}}
        done(self.ask("edit_own", "PUT", "comments", params=SNIPPET, content=content), "id")

    def delete_own(self, ref: Ref) -> None:
        """With the replies under it."""
        _empty(self.ask("delete_own", "DELETE", "comments", params={"id": ref.remote_id}))

    def hide(self, ref: Ref) -> None:
        """Held for review: the public does not see it, and it can be published again."""
        self._moderate("hide", ref, "heldForReview")

    def unhide(self, ref: Ref) -> None:
        """Not from `rejected`, which is for ever. Raises NotPossible."""
        self._moderate("unhide", ref, "published")

    def delete(self, ref: Ref) -> None:
        """Rejected: only its author may delete a comment, and nothing brings a rejected one back (ruling 4)."""
        self._moderate("delete", ref, "rejected")

    def ban(self, ref: Ref) -> None:
        """The comment is rejected with it: YouTube knows no ban without that (ruling 4)."""
        self._moderate("ban", ref, "rejected", banAuthor="true")

    def _moderate(self, name: str, ref: Ref, status: str, **more: str) -> None:
        params = {"id": ref.remote_id, "moderationStatus": status, **more}
        _empty(self.ask(name, "POST", "comments/setModerationStatus", params=params))


def thread_of(ref: Ref) -> str:
    """The id of the thread: a reply's id begins with it."""
    return ref.parent_remote_id or ref.remote_id.partition(".")[0]


def _sent(answer: Answer, *when: str) -> Sent:
    return Sent(str(done(answer, "id")), moment(inside(answer.json(), *when)))


def _empty(answer: Answer) -> None:
    """Raises Uncertain unless YouTube said “no content”, as it does when such a call took effect."""
    if answer.status != 204:
        raise Uncertain("YouTube answered something unexpected.", code=str(answer.status))


def _ours(page: Page, kind: str, text: str, since: datetime) -> Sent | None:
    """Our comment of that kind with exactly this text on a page, written after `since`."""
    for comment in page.comments:
        late = comment.posted_at is None or comment.posted_at >= since - EARLIER
        if comment.kind == kind and comment.ours and late and same_text(text, comment.text):
            return Sent(comment.remote_id, comment.posted_at)
    return None
