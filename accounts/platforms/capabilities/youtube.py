"""What YouTube lets an application do (facts.md 4)."""

from __future__ import annotations

from accounts.platforms.capabilities.table import Act, Capability, Way

YOUTUBE: dict[Act, Capability] = {
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
}
