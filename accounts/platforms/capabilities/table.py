"""What a cell of the table of capabilities says (architecture.md, idea 9)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """What the unit needs of a platform, named as the clients' calls."""

    # What comes in
    LIST_POSTS = "list_posts"
    POLL_COMMENTS = "poll_comments"
    POLL_MENTIONS = "poll_mentions"
    POLL_VISITOR_POSTS = "poll_visitor_posts"
    POLL_MESSAGES = "poll_messages"
    WEBHOOK = "webhook"
    AUTHOR = "author"
    AVATAR = "avatar"
    COUNTS = "counts"
    # Answers, and what stands in our own name
    REPLY = "reply"
    MESSAGE = "message"
    COMMENT = "comment"
    EDIT_OWN = "edit_own"
    DELETE_OWN = "delete_own"
    # What is done to another's comment, and to who wrote it
    HIDE = "hide"
    UNHIDE = "unhide"
    DELETE = "delete"
    BAN = "ban"
    UNBAN = "unban"
    LIST_BANS = "list_bans"
    # Posts of ours
    PUBLISH_TEXT = "publish_text"
    PUBLISH_PHOTO = "publish_photo"
    PUBLISH_PHOTOS = "publish_photos"
    PUBLISH_VIDEO = "publish_video"
    EDIT_POST = "edit_post"
    DELETE_POST = "delete_post"


class Way(StrEnum):
    """How an act is done."""

    API = "api"
    CONDITIONAL = "conditional"
    BY_HAND = "by hand"
    NEVER = "not at all"  # not by an application and not by a person either


@dataclass(frozen=True)
class Capability:
    """One cell of the table.

    `says` is shown before the act: its conditions and consequences. `steps` lead an officer who does it by hand on the
    platform's own site, which opens at `site`.
    """

    way: Way
    says: str = ""
    reversible: bool = True
    contact_first: bool = False  # the platform refuses a reply under a hidden comment
    limit: int | None = None  # characters of a text
    steps: tuple[str, ...] = ()
    site: str = ""
    days: int | None = None  # only so many days after the comment
    once: bool = False  # once for each comment
    files: int | None = None  # files of one post, at most
