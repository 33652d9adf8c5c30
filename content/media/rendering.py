"""Files made ready for the platforms: of the original, under the rights in force, with the mark in force (2.G).

A rendering is made once: the same asset, rights, mark and recipe give the row that there is. Nothing here holds a
transaction while a file is worked on.
"""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.platforms.contract import Platform
from content.manuscript import Picture
from content.media.keeping import coming, keep
from content.media.marking import mark_in_force, text_of
from content.media.running import ask
from content.models import Asset, Mark, Rendering, Rights
from members.models import Member
from members.models.agency import agency_zone
from members.states import Invalid, record

# Pixels of the longer side, and bytes, of a picture; of a video the pixels alone are ours to choose (facts.md).
PICTURES = {
    Platform.FACEBOOK: (2048, 4_000_000),
    Platform.X: (4096, 5_000_000),
    Platform.INSTAGRAM: (1440, 8_000_000),
}
ELSEWHERE = (2048, 4_000_000)
LONGEST_FRAME = 1920


def field_of(asset_id: int) -> str:
    """Where the editor shows what is wrong with a picture."""
    return f"picture-{asset_id}"


def recipe_for(asset: Asset, picture: Picture, platform: str) -> dict[str, Any]:
    """What is done to `asset` for `platform`, as canonical values; platforms with equal needs share one rendering.

    An empty `platform` is somebody else's site, where we post by hand (2.A).
    """
    longest, most_bytes = PICTURES.get(Platform(platform), ELSEWHERE) if platform else ELSEWHERE
    if asset.kind == Asset.Kind.VIDEO:
        longest, most_bytes = LONGEST_FRAME, 0
    crop = picture.crops.get(platform)
    return {
        "blurs": [[round(part, 5) for part in box] for box in picture.blurs],
        "crop": [round(part, 5) for part in crop] if crop else None,
        "longest": longest,
        "most_bytes": most_bytes,
    }


def rights_to_publish(asset: Asset) -> Rights:
    """The rights in force. Raises Invalid at the picture's field: nobody has said, or they have run out (2.B)."""
    rights = asset.rights_in_force
    if rights is None:
        raise Invalid(f"Say first who has the rights in “{asset.name}”.", field_of(asset.pk))
    if not rights.good_on(timezone.now().astimezone(agency_zone()).date()):
        raise Invalid(f"The rights in “{asset.name}” ran out on {rights.expires_on:%B %-d, %Y}.", field_of(asset.pk))
    return rights


def render(asset: Asset, picture: Picture, platform: str, *, by: Member | None = None) -> Rendering:
    """Make `asset` ready for `platform` as `picture` says, or give what was made before.

    Our own bears the mark in force, the work of others its credit. No transaction may be open. Raises Invalid with the
    picture's field: no rights in force, or the file cannot be made ready.
    """
    rights = rights_to_publish(asset)
    mark = mark_in_force(by) if rights.is_own else None
    recipe = recipe_for(asset, picture, platform)
    recipe_digest = hashlib.sha256(rfc8785.dumps(recipe)).hexdigest()
    made = Rendering.objects.filter(rights=rights, mark=mark, recipe_digest=recipe_digest).first()
    if made is not None:
        return made
    return _made(asset, rights, mark, recipe, recipe_digest, by)


def _made(
    asset: Asset, rights: Rights, mark: Mark | None, recipe: dict[str, Any], recipe_digest: str, by: Member | None
) -> Rendering:
    text = text_of(mark, "" if rights.is_own or rights.credit_in_text else rights.credit)
    with coming() as into, coming() as still:
        question = {
            "act": "make",
            "path": str(asset.path),
            "name": "",
            "moves": asset.kind == Asset.Kind.VIDEO,
            "recipe": recipe,
            "text": text.words if text else "",
            "logo": text.logo.hex() if text else "",
            "into": str(into),
            "still": str(still),
        }
        came = ask(question, field_of(asset.pk))["made"]
        digest, size = keep(into)
        small, _ = keep(still)
    fields = {
        "asset": asset,
        "recipe": recipe,
        "original": asset.digest,
        "digest": digest,
        "size": size,
        "still": small,
        **{name: came[name] for name in ("mime", "width", "height", "seconds", "mark_box", "proof")},
    }
    try:
        with transaction.atomic():
            made, new = Rendering.objects.get_or_create(
                rights=rights, mark=mark, recipe_digest=recipe_digest, defaults=fields
            )
            if new:
                record("render", made, by=by)
    except IntegrityError as error:  # while it was made, somebody said something else of the rights
        raise Invalid(f"The rights in “{asset.name}” have changed meanwhile: try again.", field_of(asset.pk)) from error
    return made
