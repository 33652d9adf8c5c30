"""X: mentions, replies in our conversations, private messages, posts of ours, blocking (facts.md 3)."""

from __future__ import annotations

from accounts.platforms.contract import Author, Gone, Kind, NotPossible, Ref, RemoteComment, RemotePost, Sight
from accounts.platforms.reader import Around
from accounts.platforms.x_account import XAccount
from accounts.platforms.x_acts import author_in
from accounts.platforms.x_api import USER_FIELDS, asked_fields
from accounts.platforms.x_reader import POST


class X(XAccount):
    """Speaks for one account."""

    def look(self, ref: Ref) -> RemoteComment:
        """The comment as it stands. X does not tell whether a reply is hidden: `sight` stays unknown."""
        if ref.kind == Kind.MESSAGE:
            return self.look_at_message(ref.remote_id)
        page = self.look_up([ref.remote_id])
        found = next((comment for comment in page.comments if comment.remote_id == ref.remote_id), None)
        if found is None or found.sight == Sight.GONE:
            raise Gone("The post is not there any more, or not shown to us.", code="absent")
        return found

    def post(self, remote_id: str) -> RemotePost:
        """Raises Gone."""
        answer = self.ask("get_post", "GET", f"2/tweets/{remote_id}", params=asked_fields())
        return self.only_post(answer, Around(kind=POST))

    def author(self, ref: Ref) -> Author:
        """By id, or from the comment where the author is not known yet. Raises NotPossible, Gone."""
        name = ref.author_remote_id
        if not name:
            author = self.look(ref).author
            if author is None:
                raise NotPossible("X does not tell who wrote this.", code="no-author")
            return author
        return author_in(name, self.user(f"2/users/{name}", USER_FIELDS))
