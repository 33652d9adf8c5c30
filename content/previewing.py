"""An item as it will appear: on each account, with its words, its files and how much room is left (2.H)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import Account
from accounts.platforms.capabilities import Act, Capability, Way, capability
from accounts.platforms.contract import Form
from content import checked_texts, problems
from content.manuscript import Manuscript, Picture, Version
from content.models import Asset, MediaFile, Publication, Rendering, Submission
from content.windows import comes_twice
from members.models.agency import agency_zone

_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_TAG = re.compile(r"(?<![\w&])[#＃]\w+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text: plain, a `tag`, a `link`, or `found` by the language check, which then `says` what."""

    kind: str
    words: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """One picture or video as a page shows it."""

    address: str
    alt: str
    video: bool
    captions: str = ""
    asset: int = 0  # of which it was made, where its captions can be taken


@dataclass(frozen=True, slots=True)
class Preview:
    """One account's post."""

    account: Account
    pieces: tuple[Piece, ...]
    title: str
    link: str
    files: tuple[File, ...]
    length: int
    cell: Capability

    @property
    def limit(self) -> int:
        """How many characters the platform takes; 0: it says nothing of it."""
        return self.cell.limit or 0

    @property
    def over(self) -> int:
        """How many are too many."""
        return max(0, self.length - self.limit) if self.limit else 0

    @property
    def by_hand(self) -> bool:
        """Whether a person posts it there."""
        return self.cell.way == Way.BY_HAND


def pieces(text: str, names: checked_texts.Names) -> tuple[Piece, ...]:
    """`text` with what the language check found, hashtags and links set apart."""
    found = checked_texts.in_text(text, names)
    cut: list[Piece] = []
    at = 0
    for one in found:
        cut += [*_linked(text[at : one.start]), Piece("found", text[one.start : one.end], one.says)]
        at = one.end
    return (*cut, *_linked(text[at:]))


def _linked(text: str) -> Iterator[Piece]:
    marks = sorted([*_LINK.finditer(text), *_TAG.finditer(text)], key=lambda one: one.start())
    at = 0
    for one in marks:
        if one.start() < at:  # a # within an address
            continue
        if one.start() > at:
            yield Piece("", text[at : one.start()])
        yield Piece("link" if one[0][0] in "hH" else "tag", one[0])
        at = one.end()
    if at < len(text):
        yield Piece("", text[at:])


def of_manuscript(written: Manuscript, names: checked_texts.Names) -> list[Preview]:
    """As it would appear now, with the pictures as they came: nothing is rendered yet."""
    accounts = Account.objects.in_bulk([version.account for version in written.versions])
    assets = Asset.objects.in_bulk([picture.asset for picture in written.pictures])
    return [
        preview(written, version, accounts[version.account], assets, names)
        for version in written.versions
        if version.account in accounts
    ]


def preview(
    written: Manuscript, version: Version, account: Account, assets: dict[int, Asset], names: checked_texts.Names
) -> Preview:
    """One account's, from the manuscript."""
    text = written.text_for(version)
    kinds = {pk: asset.kind for pk, asset in assets.items()}
    shown = [picture for picture in written.pictures_for(version) if picture.asset in assets]
    return Preview(
        account,
        pieces(text, names),
        version.title,
        version.link,
        tuple(still(assets[picture.asset], picture) for picture in shown),
        problems.length_of(account.platform, text),
        cell_of(written, version, account, kinds),
    )


def cell_of(written: Manuscript, version: Version, account: Account, kinds: dict[int, str]) -> Capability:
    """What the platform lets an application do of this version."""
    form = problems.form_of(written, version, kinds)
    return capability(account.platform, Act(f"publish_{form}"), account.tier)


def limits_of(account: Account) -> tuple[tuple[str, int], ...]:
    """How many characters the platform takes in each form of a post, for a page that counts while one types."""
    found = {form: capability(account.platform, Act(f"publish_{form}"), account.tier).limit for form in Form.values}
    return tuple((form, limit) for form, limit in found.items() if limit)


def still(asset: Asset, picture: Picture | None = None) -> File:
    """The small picture of an asset; of a video the first frame that says something."""
    shown = picture or Picture(asset.pk)
    return File(reverse("asset_still", args=[asset.pk]), shown.alt, video=False, captions=shown.captions)


def of_submission(submission: Submission, names: checked_texts.Names) -> list[Preview]:
    """Exactly as it was handed in: the files are those that go out."""
    published = submission.publications.select_related("account").prefetch_related("files__rendering").order_by("pk")
    captions = captions_of(submission)
    return [_of_publication(one, names, captions) for one in published]


def captions_of(submission: Submission) -> dict[int, str]:
    """The captions of each video that was handed in, by its asset."""
    shown = submission.revision.manuscript.pictures
    return {picture.asset: picture.captions for picture in shown if picture.captions.strip()}


def captioned(one: Publication) -> list[File]:
    """Its videos that have captions: those are added on the platform by hand."""
    if one.submission is None:
        return []
    captions = captions_of(one.submission)
    return [shown for file in one.files.select_related("rendering") if (shown := file_of(file, captions)).captions]


def of_places(written: Manuscript, submission: Submission | None) -> list[File]:
    """What sites of others show: the files that were handed in, or what they will be made of (2.A)."""
    if not written.places:
        return []
    if submission is None:
        assets = Asset.objects.in_bulk([picture.asset for picture in written.pictures])
        return [still(assets[picture.asset], picture) for picture in written.pictures if picture.asset in assets]
    handed_in = json.loads(bytes(submission.document)).get("place_files", [])
    made = {one.digest: one for one in Rendering.objects.filter(digest__in=[digest for digest, _, _ in handed_in])}
    return [_made(made[digest], alt, captions) for digest, alt, captions in handed_in if digest in made]


def _made(made: Rendering, alt: str, captions: str) -> File:
    address = reverse("rendering", args=[made.pk])
    return File(address, alt, made.mime.startswith("video/"), captions, made.asset_id)


def _of_publication(one: Publication, names: checked_texts.Names, captions: dict[int, str]) -> Preview:
    account = one.account
    return Preview(
        account,
        pieces(one.text, names),
        one.title,
        one.link,
        tuple(file_of(file, captions) for file in one.files.all()),
        problems.length_of(account.platform, one.text),
        capability(account.platform, one.act, account.tier),
    )


def file_of(file: MediaFile, captions: dict[int, str]) -> File:
    """A file as it goes out, with its captions, which no platform is sent."""
    address, asset = reverse("publication_file", args=[file.pk]), file.rendering.asset_id if file.rendering else 0
    return File(address, file.alt, file.mime.startswith("video/"), captions.get(asset, ""), asset)


def twice(written: Manuscript) -> dict[str, bool]:
    """Which of its times the clock shows twice that night, so that the page asks which of the two is meant."""
    zone = agency_zone()
    moments = {"starts_at": written.starts_at, "ends_at": written.ends_at}
    return {
        name: comes_twice(moment.astimezone(zone).replace(tzinfo=None, fold=0), zone)
        for name, moment in moments.items()
        if moment is not None
    }
