"""What the product asks of a platform: one client per platform keeps this contract (architecture.md, idea 9).

Reads are retried, writes never blindly (facts.md 5). What a platform never lets an application do stands in the
capability table; a client asked for it all the same raises NotPossible with the table's words. Imports no models.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any

from accounts.platforms.capabilities import Act, capability
from accounts.platforms.contract import (
    Author,
    Counts,
    Credentials,
    Draft,
    Limit,
    NotPossible,
    Page,
    Ref,
    RemoteComment,
    RemotePost,
    Sent,
    Subscription,
    TokenFacts,
)


def _ignore(_told: object) -> None:
    """What a client tells when nobody listens."""


Memory = dict[str, Any]  # what a client remembers between polls, as plain JSON
# Within it nobody else renews the token; gives what is stored now, which another worker may have renewed meanwhile.
Renewing = Callable[[], AbstractContextManager[Credentials]]


class Client(ABC):
    """Speaks for one account of one platform.

    `limits` is called with each Limit read from an answer; `renewed` with Credentials after a token was refreshed,
    before they are first used; both happen within `renewing`.
    """

    platform: str

    def __init__(
        self,
        credentials: Credentials,
        *,
        limits: Callable[[Limit], None] | None = None,
        renewed: Callable[[Credentials], None] | None = None,
        renewing: Renewing | None = None,
    ) -> None:
        self.credentials = credentials
        self.on_limit = limits or _ignore
        self.on_renewed = renewed or _ignore
        self.renewing = renewing or (lambda: nullcontext(self.credentials))

    @abstractmethod
    def poll(self, memory: Memory, *, whole: bool = False) -> Iterator[Page]:
        """What is new since `memory`: pages of our posts and of comments, cheapest and newest first.

        The caller stores each page and sets its `fresh` before asking for the next; the client stops a stream at the
        first page with nothing fresh. `memory` is changed only for what was stored. `whole` re-reads everything
        young enough instead of stopping (ruling 7). Raises PlatformError; an unreadable answer raises Unreadable
        after the other streams have been read.
        """

    @abstractmethod
    def read(self, body: bytes, *, call: str = "", received_at: datetime | None = None) -> Page:
        """Read any body that this platform sends (list, single comment, thread, webhook), whoever fetched it."""

    @abstractmethod
    def look(self, ref: Ref) -> RemoteComment:
        """The comment as it stands now, `sight` included. Raises Gone."""

    @abstractmethod
    def post(self, remote_id: str) -> RemotePost:
        """One post of ours. Raises Gone."""

    @abstractmethod
    def author(self, ref: Ref) -> Author:
        """Who wrote the comment. Raises NotPossible where the platform does not tell."""

    @abstractmethod
    def reply(self, ref: Ref, text: str) -> Sent:
        """Answer publicly under the comment. Raises NotPossible, Gone, Uncertain, RateLimited, TokenExpired."""

    @abstractmethod
    def own_reply(self, ref: Ref, text: str, *, since: datetime) -> Sent | None:
        """Our answer with exactly this text under the comment, written after `since`, if it stands there already."""

    @abstractmethod
    def hide(self, ref: Ref) -> None:
        """Hide the comment from the public, reversibly."""

    @abstractmethod
    def unhide(self, ref: Ref) -> None:
        """Show the comment again."""

    def _by_hand(self, act: Act) -> NotPossible:
        """What is raised for an act that this platform lets no application do."""
        return NotPossible(capability(self.platform, act).says, code="no-api")

    # --- answers in private, and what stands in our own name -------------------------------------------------------

    def message(self, ref: Ref, text: str) -> Sent:
        """Write to the comment's author in private, because of this comment. Raises as `reply` does."""
        raise self._by_hand(Act.MESSAGE)

    def own_message(self, ref: Ref, text: str, *, since: datetime) -> Sent | None:
        """Our message with exactly this text to the comment's author, if it was sent after `since`.

        Raises NotPossible where the platform does not show what we sent.
        """
        raise self._by_hand(Act.MESSAGE)

    def comment(self, post_remote_id: str, text: str) -> Sent:
        """Write a comment of our own under a post. Raises as `reply` does."""
        raise self._by_hand(Act.COMMENT)

    def own_comment(self, post_remote_id: str, text: str, *, since: datetime) -> Sent | None:
        """Our comment with exactly this text under the post, written after `since`, if it stands there already."""
        raise self._by_hand(Act.COMMENT)

    def edit_own(self, ref: Ref, text: str) -> None:
        """Change a comment or answer of our own."""
        raise self._by_hand(Act.EDIT_OWN)

    def delete_own(self, ref: Ref) -> None:
        """Take a comment or answer of our own away, for good."""
        raise self._by_hand(Act.DELETE_OWN)

    # --- what is hard to take back ---------------------------------------------------------------------------------

    def delete(self, ref: Ref) -> None:
        """Take another's comment away for good; nothing brings it back (ruling 4)."""
        raise self._by_hand(Act.DELETE)

    def ban(self, ref: Ref) -> None:
        """Keep the comment's author from writing to us."""
        raise self._by_hand(Act.BAN)

    def unban(self, ref: Ref) -> None:
        """Let the comment's author write to us again."""
        raise self._by_hand(Act.UNBAN)

    def bans(self) -> Iterator[Author]:
        """Whom the platform lists as banned. Raises NotPossible where it lists nobody."""
        raise self._by_hand(Act.LIST_BANS)

    # --- posts of ours ---------------------------------------------------------------------------------------------

    def publish(self, draft: Draft) -> Sent:
        """Publish a post. Nothing stands on the platform when it raises, but for Uncertain."""
        raise self._by_hand(Act(f"publish_{draft.form}"))

    def published(self, draft: Draft, *, since: datetime) -> Sent | None:
        """The post of ours that is this draft, published after `since`, if it stands there already."""
        raise self._by_hand(Act(f"publish_{draft.form}"))

    def edit_post(self, remote_id: str, text: str) -> None:
        """Change the text of a post of ours."""
        raise self._by_hand(Act.EDIT_POST)

    def delete_post(self, remote_id: str) -> None:
        """Take a post of ours away, for good."""
        raise self._by_hand(Act.DELETE_POST)

    # --- the account itself ----------------------------------------------------------------------------------------

    def counts(self) -> Counts:
        """Followers and posts, as far as the platform tells."""
        raise self._by_hand(Act.COUNTS)

    def presented(self) -> str:
        """What the account says of itself to the public: where the terms are linked or displayed (4.T).

        Raises NotPossible where no application reads it.
        """
        raise NotPossible("No application reads what this account says of itself.", code="no-api")

    def token_facts(self) -> TokenFacts:
        """What the platform says of our token; never raises TokenExpired, since that is an answer here."""
        raise NotPossible("The platform says nothing of its tokens.", code="no-api")

    def subscribe(self, callback_url: str) -> Subscription:
        """Ask to be told of what happens (webhooks). Raises NotPossible where the platform tells nobody."""
        raise self._by_hand(Act.WEBHOOK)

    def subscription(self) -> Subscription:
        """How the subscription stands now. Raises NotPossible where the platform tells nobody."""
        raise self._by_hand(Act.WEBHOOK)
