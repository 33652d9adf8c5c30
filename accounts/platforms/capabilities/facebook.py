"""What Facebook Pages let an application do (facts.md 1)."""

from __future__ import annotations

from accounts.platforms.capabilities.table import Act, Capability, Way

FACEBOOK: dict[Act, Capability] = {
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
}
