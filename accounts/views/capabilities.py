"""What each platform lets an application do, shown as the table that the rules read (architecture.md, idea 9)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Account
from accounts.platforms.capabilities import Act, Capability, Way, capability
from accounts.platforms.contract import WITH_API, Platform
from members.asking import member_of

WORDS = {
    Act.LIST_POSTS: "See our posts",
    Act.POLL_COMMENTS: "Read comments and answers",
    Act.POLL_MENTIONS: "Read mentions",
    Act.POLL_VISITOR_POSTS: "Read visitors' posts",
    Act.POLL_MESSAGES: "Read private messages",
    Act.WEBHOOK: "Be told at once",
    Act.AUTHOR: "Know who wrote",
    Act.AVATAR: "See the picture of who wrote",
    Act.COUNTS: "Count followers and posts",
    Act.REPLY: "Answer in public",
    Act.MESSAGE: "Write in private to who commented",
    Act.COMMENT: "Comment under a post",
    Act.EDIT_OWN: "Change a comment of ours",
    Act.DELETE_OWN: "Take a comment of ours away",
    Act.HIDE: "Hide a comment",
    Act.UNHIDE: "Show it again",
    Act.DELETE: "Delete another's comment",
    Act.BAN: "Ban who wrote",
    Act.UNBAN: "Lift a ban",
    Act.LIST_BANS: "See who is banned",
    Act.PUBLISH_TEXT: "Publish a text",
    Act.PUBLISH_PHOTO: "Publish a photo",
    Act.PUBLISH_PHOTOS: "Publish several photos",
    Act.PUBLISH_VIDEO: "Publish a video",
    Act.EDIT_POST: "Change a post",
    Act.DELETE_POST: "Take a post away",
}
WAYS = {Way.API: "by application", Way.CONDITIONAL: "on conditions"}
TONES = {Way.API: "good", Way.CONDITIONAL: "warn", Way.BY_HAND: "warn", Way.NEVER: ""}


@dataclass(frozen=True)
class Shown:
    """A cell as the page draws it."""

    platform: str
    cell: Capability

    @property
    def tone(self) -> str:
        """The colour of its word."""
        return TONES[self.cell.way]

    @property
    def way(self) -> str:
        """How it is done there, in words."""
        return WAYS.get(self.cell.way, self.cell.way.value)


@require_safe
def capabilities(request: HttpRequest) -> HttpResponse:
    """Act by act and platform by platform; of X for the tier of the department's account."""
    standing = Account.objects.visible_to(member_of(request)).open().filter(platform=Platform.X)
    tier = standing.values_list("tier", flat=True).first() or ""
    rows = [
        (WORDS[act], [Shown(Platform(name).label, capability(name, act, tier)) for name in WITH_API]) for act in Act
    ]
    names = [Platform(name).label for name in WITH_API]
    return render(request, "accounts/capabilities.html", {"rows": rows, "names": names, "tier": tier})
