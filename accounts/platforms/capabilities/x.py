"""What X lets an application do (facts.md 3)."""

from __future__ import annotations

from accounts.platforms.capabilities.table import Act, Capability, Way

X: dict[Act, Capability] = {
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
}
