"""What held when a post was approved, asked once more before it is sent (2.A to 2.D, 2.F, 2.G, C.8)."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.platforms.capabilities import Way
from accounts.platforms.contract import PlatformError
from content import criteria, hashtags, link_checking, listing
from content.models.publications import digest_of
from content.problems import length_of

if TYPE_CHECKING:
    from content.models import MediaFile, Publication, PublicationOrder


class NotAsApproved(PlatformError):
    """It must not be sent (any more). The sentence is for the person who sees the order that failed."""

    permanent = True


def require_sendable(order: PublicationOrder) -> None:
    """Raises NotAsApproved for what must not be sent (any more). Taking something of ours away asks for nothing."""
    written = order.publication
    if written.does == written.Does.DELETE:
        return
    files = list(written.files.select_related("rendering__mark", "rendering__rights", "rendering__asset"))
    _require_untouched(written, files)
    for file in files:
        _require_rights(file)
        _require_mark(file)
    if files:
        _require_rules(written)
    _require_no_name([written.title, written.text, *(file.alt for file in files)])
    _require_limits(order)
    if said := hashtags.problems(f"{written.title}\n{written.text}", on=timezone.localdate()):
        raise NotAsApproved(f"{said[0]} Nothing was sent.", code="hashtag")
    link_checking.require_unmoved(order)


def _require_untouched(written: Publication, files: list[MediaFile]) -> None:
    """Text, files and descriptions are still exactly those that were approved (2.0)."""
    for file in files:
        if _sha256(file.path) != file.digest:
            raise NotAsApproved("A file is not what was approved any more: nothing was sent.", code="altered")
    if digest_of(written, [[file.digest, file.alt] for file in files]) != bytes(written.digest):
        raise NotAsApproved("It is not what was approved any more: nothing was sent.", code="altered")


def _require_rights(file: MediaFile) -> None:
    """The rights in what it shows are those it was approved under, and good today (2.B)."""
    made = file.rendering
    if made is None:  # older than the library of pictures
        raise NotAsApproved("A picture is not of the library: hand it in anew.", code="unmarked")
    standing = made.asset.rights_in_force
    if standing is None or (standing.basis, standing.credit) != (made.rights.basis, made.rights.credit):
        raise NotAsApproved("The rights in a picture are others by now: hand it in anew.", code="rights")
    if not standing.good_on(timezone.localdate()):
        raise NotAsApproved("The rights in a picture have run out: nothing was sent.", code="rights")


def _require_mark(file: MediaFile) -> None:
    """What is our own bears the mark, on the very file that goes out (2.G)."""
    made = file.rendering
    if made is None or made.mark is None:
        return
    from content.media import marking  # it brings the codecs

    if not marking.has_mark(file.path, made):
        raise NotAsApproved("A picture of ours does not bear the watermark: nothing was sent.", code="unmarked")


def _require_rules(written: Publication) -> None:
    """Who was noted since is blurred, consents stand, and the platform takes what it shows (2.B, 2.D, C.12)."""
    from content.media import rules
    from content.media.rendering import field_of  # they bring the codecs

    submission = written.submission
    if submission is None:
        return
    manuscript, now = submission.revision.manuscript, timezone.now()
    mine = [one for one in manuscript.versions if one.account == written.account_id]
    shown = {field_of(picture.asset) for one in mine for picture in manuscript.pictures_for(one)}
    asked = {"criterion-D", f"version-{written.account_id}", *shown}
    for problem in [*criteria.of_the_rights(manuscript, now), *rules.of_the_media(manuscript, now)]:
        if problem.hard and problem.field in asked:
            raise NotAsApproved(f"{problem.sentence} Nothing was sent.", code="rules")


def _require_no_name(texts: list[str]) -> None:
    """No name that was put on the unit's list since (2.C, 2.D)."""
    names = listing.patterns()
    if any(listing.names_in(text, names) for text in texts):
        raise NotAsApproved("A name of the unit's list stands in it: nothing was sent.", code="name")


def _require_limits(order: PublicationOrder) -> None:
    """What the platform takes, by its table as it is now."""
    cell, name = order.cell, order.account.get_platform_display()
    if cell.way in {Way.BY_HAND, Way.NEVER}:
        return  # said so by the call itself
    length = length_of(order.account.platform, order.publication.text)
    if cell.limit and length > cell.limit:
        raise NotAsApproved(f"{name} takes {cell.limit} characters by now; these are {length}.", code="too-long")


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
