"""What passes between the product and a platform's client, and what can go wrong (architecture.md, idea 9).

`client.Client` says what is asked in these terms; nothing above it knows a platform's wire format. Imports no models.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.db.models import TextChoices


class Platform(TextChoices):
    """The platforms of S.O.P. 1."""

    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    X = "x", "X"
    YOUTUBE = "youtube", "YouTube"
    PERISCOPE = "periscope", "Periscope"  # closed by its owner in 2021


WITH_API = (Platform.FACEBOOK, Platform.INSTAGRAM, Platform.X, Platform.YOUTUBE)


class Kind(TextChoices):
    """Everything the public writes is a comment to us; the kind tells them apart (ruling 9)."""

    COMMENT = "comment", "comment"
    REPLY = "reply", "reply"
    MENTION = "mention", "mention"
    VISITOR_POST = "visitor_post", "visitor's post"
    MESSAGE = "message", "private message"


class Sight(TextChoices):
    """What is seen on the platform, apart from what the unit decided (ruling 6)."""

    UNKNOWN = "unknown", "not known"
    VISIBLE = "visible", "visible"
    HIDDEN = "hidden", "hidden"
    GONE = "gone", "gone"


# --- what comes in -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote it, as far as the platform says. `remote_id` empty: the platform gave a name only."""

    remote_id: str = ""
    name: str = ""
    handle: str = ""
    avatar_url: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture, video, sticker or link that came with a comment. The address may be signed and expire."""

    kind: str
    url: str = ""
    remote_id: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class RemoteComment:
    """A comment as one answer of the platform showed it. `raw` is its own bytes, `offset` where they stood."""

    remote_id: str
    text: str
    kind: str = Kind.COMMENT
    post_remote_id: str = ""
    parent_remote_id: str = ""  # the comment that it answers; empty when it answers the post
    author: Author | None = None
    posted_at: datetime | None = None
    edited_at: datetime | None = None
    sight: str = Sight.UNKNOWN
    permalink: str = ""
    attachments: tuple[Attachment, ...] = ()
    ours: bool = False  # written by our own account: shown in the thread, never graded
    raw: bytes = b""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class RemotePost:
    """A post of ours as the platform shows it."""

    remote_id: str
    text: str = ""
    posted_at: datetime | None = None
    permalink: str = ""
    image_url: str = ""
    comments: int | None = None  # how many the platform counts, when it says
    raw: bytes = b""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class BadItem:
    """A part of an answer that could not be read as what it should be: kept with its bytes and the reason."""

    raw: bytes
    reason: str
    offset: int = 0


@dataclass(slots=True)
class Page:
    """One answer (or webhook body) of a platform, read. `fresh` is set by who stores it: how many were new or changed.

    `body` is kept only where it could not be read as a whole (then `bad` says why); else `digest` stands for it.
    """

    call: str
    digest: bytes  # SHA-256 of the whole body
    size: int
    received_at: datetime
    headers: dict[str, str] = field(default_factory=dict)
    comments: list[RemoteComment] = field(default_factory=list)
    posts: list[RemotePost] = field(default_factory=list)
    bad: list[BadItem] = field(default_factory=list)
    body: bytes | None = None
    fresh: int = 0
    whole_of: tuple[str, ...] = ()  # posts of which all comments have been given, this page ending a `whole` re-read


@dataclass(frozen=True, slots=True)
class Ref:
    """Names a comment to a platform: its own id and those of the post, thread and author around it.

    `kind` tells a message or a visitor's post from a comment: some platforms answer those by other calls.
    """

    remote_id: str
    post_remote_id: str = ""
    parent_remote_id: str = ""
    author_remote_id: str = ""
    kind: str = Kind.COMMENT


@dataclass(frozen=True, slots=True)
class Sent:
    """What the platform says of a thing of ours that now stands there."""

    remote_id: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """What is left of a limit, read from an answer. `used` is a percentage where the platform speaks in those.

    Where the platform tells nothing, as YouTube does, `spent` says what this answer cost of a daily `quota`; whoever
    keeps the limits keeps the account of it.
    """

    call: str  # the call it applies to; `*` for the whole account
    remaining: int | None = None
    used: int | None = None
    resets_at: datetime | None = None
    spent: int = 0
    quota: int = 0


# --- what goes out --------------------------------------------------------------------------------------------------


class Form(TextChoices):
    """What a post of ours is made of; the capability table has an act for each."""

    TEXT = "text", "text"
    PHOTO = "photo", "one photo"
    PHOTOS = "photos", "several photos"
    VIDEO = "video", "video"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a post: where it lies here, its type, its description for who cannot see it.

    `url`: where the platform itself can fetch it for a while (Instagram takes photos in no other way).
    """

    path: Path
    mime: str
    alt: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A post of ours that is to stand on a platform. `title` is a video's, where the platform has one.

    `others`: posts of the account that say the same perhaps, and are not this one.
    """

    form: str
    text: str
    title: str = ""
    link: str = ""
    files: tuple[Upload, ...] = ()
    others: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Counts:
    """What the platform counts of an account; None where it does not tell."""

    followers: int | None = None
    posts: int | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """Whether the platform tells us of what happens. `says`: its reason when it does not, in a sentence."""

    active: bool
    fields: tuple[str, ...] = ()
    remote_id: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What the platform says of our token. `expires_at` None: it has no end that the platform tells."""

    valid: bool
    expires_at: datetime | None = None
    scopes: frozenset[str] = frozenset()
    remote_id: str = ""  # whose it is


# --- what can go wrong ---------------------------------------------------------------------------------------------


class PlatformError(Exception):
    """A call failed. `permanent`: trying again unchanged cannot help. `code` is the platform's own, for people.

    The text never holds a token, a message or a poster's name.
    """

    permanent = False

    def __init__(self, sentence: str, *, code: str = "", permanent: bool | None = None) -> None:
        super().__init__(sentence)
        self.code = code
        if permanent is not None:
            self.permanent = permanent


class RateLimited(PlatformError):
    """The platform asks for a pause until `until`."""

    def __init__(self, sentence: str, *, until: datetime, code: str = "", call: str = "*") -> None:
        super().__init__(sentence, code=code)
        self.until = until
        self.call = call

    @property
    def retry_after(self) -> float:
        """Seconds from now until the call may be made again; never negative."""
        return max(0.0, (self.until - datetime.now(UTC)).total_seconds())


class TokenExpired(PlatformError):
    """The account must be connected again; nothing else helps."""

    permanent = True


class NotPossible(PlatformError):
    """The platform does not let an application do this (here, now): an officer does it by hand."""

    permanent = True


class Gone(PlatformError):
    """The thing is not there any more (or was never visible to us)."""

    permanent = True


class Uncertain(PlatformError):
    """A write was sent and no readable answer came: it may have taken effect. Ask before sending again."""


class Unreadable(PlatformError):
    """An answer to a read could not be understood. The page carries the bytes, to be set aside."""

    def __init__(self, sentence: str, page: Page) -> None:
        super().__init__(sentence)
        self.page = page


# --- the client ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a client needs to speak for an account. Never printed: its repr shows the account only."""

    remote_id: str
    handle: str = ""
    access_token: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    client_id: str = field(default="", repr=False)
    client_secret: str = field(default="", repr=False)
    app_secret: str = field(default="", repr=False)
    page_id: str = ""  # Instagram: the Facebook Page the account is linked to
    tier: str = ""  # X: `self-serve` or `enterprise`
    expires_at: datetime | None = None
