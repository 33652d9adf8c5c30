"""Avatars: fetched by workers for posters as they are seen, never while somebody waits for a page.

A platform's address of a picture may be signed and soon expire; so the pictures of new posters are fetched within about
a minute (`fetch_new`), those of others when a page first asks (`ask_for`). Without one their initials stand there.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import hints
from accounts.platforms import pictures
from accounts.platforms.contract import PlatformError
from accounts.platforms.fetching import fetch
from moderation.models import Comment, Poster
from moderation.models.avatars import AGAIN, KEPT, LEASE, Avatar

A_RUN = 20  # pictures that one run asks for: a dead host must not hold more than a few of a worker's threads
LOOKED_BACK = 2_000  # of the newest posters: whoever came before is asked for by pages


def source_of(address: str) -> str:
    """An address without what only says who may read it and until when."""
    return address.partition("?")[0]


def is_due(poster: Poster, avatar: Avatar | None, now: datetime) -> bool:
    """Whether a picture is to be sought: none was yet, it is another one now, or it has grown old."""
    if not poster.avatar_url:
        return False
    return avatar is None or avatar.source != source_of(poster.avatar_url) or avatar.next_at <= now


def ask_for(poster: Poster, avatar: Avatar | None) -> None:
    """Let a worker fetch the poster's picture, if it is due. Never raises: without Redis the next page asks again."""
    if is_due(poster, avatar, timezone.now()):
        hints.send("moderation.tasks.fetch_avatar", poster.pk)


def leave_to_the_look(poster: Poster | None) -> None:
    """Let a page that shows `poster` not ask for his picture: whoever looks at his comment does (`tasks.look`)."""
    if poster is not None:
        poster.__dict__["sought"] = True


def fetch_of(comment_id: int) -> None:
    """Fetch the picture of whoever wrote a comment, if it is due."""
    poster = Poster.objects.filter(comments=comment_id).first()
    if poster is not None and is_due(
        poster, Avatar.objects.filter(pk=poster.pk).defer("content").first(), timezone.now()
    ):
        fetch_avatar(poster.pk)


def fetch_new() -> int:
    """Let workers fetch the pictures of those who wrote lately for the first time. How many were asked for."""
    newest = Poster.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    lately = Poster.objects.filter(pk__gt=newest - LOOKED_BACK).exclude(avatar_url="")
    wanted = list(lately.filter(avatar__isnull=True).order_by("-pk").values_list("pk", flat=True)[:A_RUN])
    return sum(hints.send("moderation.tasks.fetch_avatar", poster_id) for poster_id in wanted)


def fetch_avatar(poster_id: int) -> bool:
    """Fetch one poster's picture and keep it, or why it cannot be had. False where there was nothing to do."""
    poster = Poster.objects.filter(pk=poster_id).first()
    if poster is None or not _take(poster):
        return False
    address = _freshest_address(poster)
    try:
        content = pictures.portrait(fetch(address))
    except PlatformError as error:
        _failed(poster, source_of(poster.avatar_url), str(error))
    else:
        Avatar.objects.filter(pk=poster.pk).update(
            source=source_of(poster.avatar_url),
            content=content,
            mime=pictures.MIME,
            digest=hashlib.sha256(content).digest(),
            fetched_at=timezone.now(),
            next_at=timezone.now() + KEPT,
            failures=0,
            trouble="",
        )
    return True


def _take(poster: Poster) -> bool:
    """Let this worker alone fetch it for a while. False where another does, or it is not due."""
    now = timezone.now()
    with transaction.atomic():
        Avatar.objects.bulk_create([Avatar(poster=poster, next_at=now)], ignore_conflicts=True)
        avatar = Avatar.objects.select_for_update(no_key=True).get(pk=poster.pk)
        if not is_due(poster, avatar, now):
            return False
        # The source too: while the lease runs the new address is no reason for a second worker.
        source = source_of(poster.avatar_url)
        failures = avatar.failures if avatar.source == source else 0
        Avatar.objects.filter(pk=poster.pk).update(source=source, failures=failures, next_at=now + LEASE)
    return True


def _freshest_address(poster: Poster) -> str:
    """The picture's address with the signature that came last: the poster's row keeps the first of each picture."""
    source = source_of(poster.avatar_url)
    came = Comment.objects.filter(poster=poster, author_avatar_url__startswith=source).order_by("-pk")
    addresses = came.values_list("author_avatar_url", flat=True)[:5]
    return next((one for one in addresses if source_of(one) == source), poster.avatar_url)


def _failed(poster: Poster, source: str, said: str) -> None:
    """What was there stays until it is too old; it is sought again, ever more rarely."""
    avatar = Avatar.objects.get(pk=poster.pk)
    pause = AGAIN[min(avatar.failures, len(AGAIN) - 1)]
    Avatar.objects.filter(pk=poster.pk).update(
        source=source, failures=F("failures") + 1, trouble=said, next_at=timezone.now() + pause
    )


def forget_old() -> int:
    """Empty the pictures that could not be renewed in time. How many."""
    old = Avatar.objects.filter(fetched_at__lt=timezone.now() - KEPT - AGAIN[-2])
    return old.update(content=None, digest=None, fetched_at=None, mime="")
