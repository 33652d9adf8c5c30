"""What keeps a picture from going out: blurs and cuts, captions, what each platform takes, the credit (2.B, LR-18).

Rights and people are asked for with the criteria (`content.criteria`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from accounts.models import Account
from accounts.platforms.contract import Platform
from content.manuscript import Manuscript, Picture, Version
from content.media.captions import wrong_with
from content.media.rendering import field_of
from content.models import Asset, Rights
from content.problems import Problem

MOST_BLURS = 40
SMALLEST_PART = 0.01
LONGEST_ALT = 1000  # characters; X's and Instagram's
# Width to height that a platform takes of a picture, and seconds of a video (facts.md).
SHAPES = {Platform.INSTAGRAM: (0.8, 1.91)}
SECONDS = {Platform.X: (0.5, 140.0), Platform.INSTAGRAM: (3.0, 900.0)}


def of_the_media(manuscript: Manuscript, now: datetime) -> Iterator[Problem]:
    """All that is wrong with the pictures themselves, at their fields."""
    assets = Asset.objects.in_bulk([picture.asset for picture in manuscript.pictures])
    for picture in manuscript.pictures:
        asset = assets.get(picture.asset)
        if asset is None:
            continue  # content.problems says so
        for sentence in _of_the_picture(asset, picture):
            yield Problem(field_of(asset.pk), sentence)
    yield from _of_the_platforms(manuscript, assets)


def _of_the_picture(asset: Asset, picture: Picture) -> Iterator[str]:
    if len(picture.alt) > LONGEST_ALT:
        yield f"The description has at most {LONGEST_ALT:,} characters; this one has {len(picture.alt):,}."
    if len(picture.blurs) > MOST_BLURS:
        yield f"A picture has at most {MOST_BLURS} blurs."
    if not all(_is_part(box) for box in [*picture.blurs, *picture.crops.values()]):
        yield "A blur or a cut lies within the picture, and has a width and a height."
    if picture.captions.strip():
        if asset.kind != Asset.Kind.VIDEO:
            yield "A picture that does not move has no captions."
        elif wrong := wrong_with(picture.captions.strip(), asset.seconds):
            yield wrong


def _is_part(box: tuple[float, float, float, float]) -> bool:
    left, top, width, height = box
    inside = 0 <= left <= 1 and 0 <= top <= 1 and left + width <= 1.001 and top + height <= 1.001
    return inside and width >= SMALLEST_PART and height >= SMALLEST_PART


def _of_the_platforms(manuscript: Manuscript, assets: dict[int, Asset]) -> Iterator[Problem]:
    accounts = Account.objects.in_bulk([version.account for version in manuscript.versions])
    for version in manuscript.versions:
        account = accounts.get(version.account)
        if account is None:
            continue
        for picture in manuscript.pictures_for(version):
            asset = assets.get(picture.asset)
            if asset is not None:
                yield from _of_one(manuscript, version, account, asset, picture)


def _of_one(
    manuscript: Manuscript, version: Version, account: Account, asset: Asset, picture: Picture
) -> Iterator[Problem]:
    name, platform = account.get_platform_display(), Platform(account.platform)
    if asset.kind == Asset.Kind.VIDEO:
        least, most = SECONDS.get(platform, (0.0, 600.0))
        if not least <= (asset.seconds or 0) <= most:
            yield Problem(
                field_of(asset.pk),
                f"{name} takes videos of {least:g} to {most:g} seconds; this one has {asset.seconds:g}.",
            )
    elif shape := SHAPES.get(platform):
        crop = picture.crops.get(platform, (0.0, 0.0, 1.0, 1.0))
        ratio = asset.width * crop[2] / max(1.0, asset.height * crop[3])
        if not shape[0] - 0.005 <= ratio <= shape[1] + 0.005:
            yield Problem(
                field_of(asset.pk),
                f"{name} takes pictures from 4:5 to 1.91:1, width to height; cut this one to fit ({ratio:.2f}).",
            )
    rights: Rights | None = asset.rights_in_force
    if rights and rights.credit and rights.credit_in_text and rights.credit not in manuscript.text_for(version):
        yield Problem(f"version-{version.account}", f"Name whose work it shows: “{rights.credit}” (2.B).")
