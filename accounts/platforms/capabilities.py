"""What each platform lets an application do, as a table that screens and rules read (architecture.md, idea 9)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from accounts.platforms.contract import Platform


class Act(StrEnum):
    """Acts on a comment, named as the product's verbs."""

    REPLY = "reply"
    HIDE = "hide"
    UNHIDE = "unhide"


class Way(StrEnum):
    """How an act is done."""

    API = "api"
    CONDITIONAL = "conditional"
    BY_HAND = "by hand"


@dataclass(frozen=True)
class Capability:
    """One cell of the table. `says` is shown before the act; `steps` lead an officer who does it by hand."""

    way: Way
    says: str = ""
    reversible: bool = True
    contact_first: bool = False  # the platform refuses a reply under a hidden comment
    limit: int | None = None  # characters of a text
    steps: tuple[str, ...] = ()


CAPABILITIES: dict[str, dict[Act, Capability]] = {
    Platform.FACEBOOK: {
        Act.REPLY: Capability(
            Way.API,
            limit=8000,
            steps=("Open the comment on Facebook as the Page.", "Press Reply, paste the text, send."),
        ),
        Act.HIDE: Capability(
            Way.API,
            "Its author and the author's friends still see a hidden comment; Facebook tells nobody.",
            steps=("Open the comment on Facebook as the Page.", "Open its menu (…) and choose Hide comment."),
        ),
        Act.UNHIDE: Capability(
            Way.API, steps=("Open the comment on Facebook as the Page.", "Open its menu (…) and choose Unhide.")
        ),
    },
    Platform.INSTAGRAM: {
        Act.REPLY: Capability(
            Way.API,
            "A reply to a reply lands under the first comment of the thread.",
            limit=2200,
            steps=("Open the post on Instagram.", "Press Reply under the comment, paste the text, send."),
        ),
        Act.HIDE: Capability(
            Way.API,
            "On Instagram a hidden comment cannot be replied to, so the notice goes first.",
            contact_first=True,
            steps=("Open the post on Instagram.", "Hold the comment and choose Hide comment."),
        ),
        Act.UNHIDE: Capability(
            Way.API, steps=("Open View hidden comments under the post on Instagram.", "Choose Unhide comment.")
        ),
    },
    Platform.X: {
        Act.REPLY: Capability(
            Way.CONDITIONAL,
            "On the self-serve tier X accepts a reply only to those who mentioned us; else an officer replies by hand.",
            limit=280,
            steps=("Open the post on X, signed in as the department.", "Press Reply, paste the text, send."),
        ),
        Act.HIDE: Capability(
            Way.CONDITIONAL,
            "X hides replies in conversations that we started only; they stay readable behind one click.",
            steps=(
                "Open the post on X, signed in as the department.",
                "If it is a reply to us: menu (…), Hide reply.",
                "If it is not under a post of ours, X offers no way to hide it: note that and confirm.",
            ),
        ),
        Act.UNHIDE: Capability(
            Way.CONDITIONAL, steps=("Open the hidden replies of our post on X.", "Menu (…) of the reply: Unhide reply.")
        ),
    },
    Platform.YOUTUBE: {
        Act.REPLY: Capability(
            Way.API,
            "YouTube knows one level of replies: an answer to a reply stands under its thread.",
            limit=10_000,
            steps=("Open the video's comments in YouTube Studio.", "Press Reply, paste the text, send."),
        ),
        Act.HIDE: Capability(
            Way.API,
            "YouTube holds the comment for review: nobody else sees it, and it can be published again. "
            "A held comment takes no reply, so the notice goes first.",
            contact_first=True,
            steps=("Open Comments in YouTube Studio.", "Find the comment, menu (…): hold for review."),
        ),
        Act.UNHIDE: Capability(
            Way.API, steps=("Open Comments, Held for review, in YouTube Studio.", "Approve the comment.")
        ),
    },
}


def capability(platform: str, act: Act | str) -> Capability:
    """The cell for an act on a platform."""
    return CAPABILITIES[platform][Act(act)]
