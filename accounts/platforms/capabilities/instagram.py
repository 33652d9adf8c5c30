"""What Instagram lets an application do (facts.md 2)."""

from __future__ import annotations

from accounts.platforms.capabilities.table import Act, Capability, Way

INSTAGRAM: dict[Act, Capability] = {
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
}
