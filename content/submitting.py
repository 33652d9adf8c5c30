"""From the rendering to the approver: what was found accurate becomes, to the byte, what is handed in (2.0, 2.G, 10).

Files are rendered with no transaction open, by a worker; what comes of it is written only where the item is still as it
was when the rendering began.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

import rfc8785
import structlog
from django.db import transaction

from accounts import hints
from accounts.models import Account
from content import hashtags, problems
from content.links import links_in
from content.manuscript import Manuscript, Picture, Version
from content.models import (
    Asset,
    Item,
    MediaFile,
    Placement,
    Publication,
    Rendering,
    Submission,
)
from content.models.publications import digest_of
from content.prepared import is_as_prepared
from members.authority import holders
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, WrongState, record

log = structlog.get_logger()

State = Item.State
Rendered = dict[tuple[int, str], Rendering]  # by asset and platform; for sites of others, the empty one
ELSEWHERE = ""


def is_expedited(item: Item) -> bool:
    """Whether it is a prepared message in an emergency: its words were reviewed when it was prepared (C.5)."""
    return is_as_prepared(item.manuscript)


def go_on(item: Item) -> None:
    """Have what the item shows rendered; with nothing to render it waits for approval at once. Needs it locked."""
    if item.manuscript.pictures:
        transaction.on_commit(lambda: hints.send("content.tasks.render", item.pk), robust=True)
    else:
        submit(item, {})


def shown(manuscript: Manuscript) -> list[tuple[Version, Account, tuple[Picture, ...]]]:
    """What each account is to show, in the order of the versions."""
    accounts = Account.objects.in_bulk([version.account for version in manuscript.versions])
    return [
        (version, accounts[version.account], manuscript.pictures_for(version))
        for version in manuscript.versions
        if version.account in accounts
    ]


def render(item_id: int) -> None:
    """Render all that the item shows and hand it in; what cannot be rendered sends it back with a sentence.

    Nothing happens where it is not to be rendered (any more). No transaction may be open.
    """
    item = Item.objects.select_related("revision").get(pk=item_id)
    revision = item.revision
    if item.state != State.RENDERING or revision is None:
        return
    from content.media import rendering  # it brings the codecs

    written = revision.manuscript
    assets = Asset.objects.in_bulk([picture.asset for picture in written.pictures])
    done: Rendered = {}
    refusal = ""
    try:
        for _, account, pictures in shown(written):
            for picture in pictures:
                made = rendering.render(assets[picture.asset], picture, account.platform)
                done[picture.asset, account.platform] = made
        for picture in written.pictures if written.places else ():
            done[picture.asset, ELSEWHERE] = rendering.render(assets[picture.asset], picture, ELSEWHERE)
    except Invalid as error:
        refusal = str(error)
    with transaction.atomic():
        found = Item.objects.select_for_update(of=("self",)).select_related("revision").get(pk=item_id)
        if found.state != State.RENDERING or found.revision_id != revision.pk:
            return
        if refusal:
            found.become(State.RETURNED, verb="send_back", by=None, returned_because=refusal)
            author = found.handed_in_by or found.written_by
            sentence = f"A picture of “{found.title}” could not be made ready."
            tell([author], Kind.CONTENT, sentence, found.get_absolute_url())
        else:
            submit(found, done)


def submit(item: Item, rendered: Rendered) -> Submission:
    """Hand the item in for approval exactly as it stands, with these files. Needs it locked, in rendering.

    Raises WrongState.
    """
    if item.state != State.RENDERING or item.revision is None or item.handed_in_by is None:
        raise WrongState(item, "submit")
    written = item.manuscript
    starts_at, ends_at = written.starts_at, written.ends_at
    if starts_at is None or ends_at is None:
        raise WrongState(item, "submit")
    document = rfc8785.dumps(document_of(written, rendered))
    made = Submission.objects.create(
        item=item,
        revision=item.revision,
        document=document,
        digest=hashlib.sha256(document).digest(),
        active_scene=bool(written.active_scene),
        expedited=is_expedited(item),
        starts_at=starts_at,
        ends_at=ends_at,
        asked_by=item.handed_in_by,
        note=item.handed_in_note,
    )
    for version, account, pictures in shown(written):
        _publication(made, written, version, account, [rendered[one.asset, account.platform] for one in pictures])
    for place in written.places:
        Placement.objects.create(
            submission=made, item=item, site=place.site, address=place.address, text=written.text_for(place)
        )
    item.become(State.APPROVAL, verb="submit", by=None, decision=made, submission=made)
    _tell_approvers(item, made)
    return made


def document_of(written: Manuscript, rendered: Rendered) -> dict[str, Any]:
    """All that goes out, and what the approver is told of it: what his approval binds."""

    def moment(value: datetime | None) -> str:
        return value.isoformat() if value else ""

    texts = written.texts()
    return {
        "title": written.title,
        "purpose": written.purpose,
        "accounts": [
            {
                "account": [account.platform, account.remote_id],
                "text": written.text_for(version),
                "title": version.title,
                "link": version.link,
                "files": [[rendered[one.asset, account.platform].digest, one.alt, one.captions] for one in pictures],
            }
            for version, account, pictures in shown(written)
        ],
        "places": [[one.site, one.address, written.text_for(one)] for one in written.places],
        "place_files": [
            [rendered[one.asset, ELSEWHERE].digest, one.alt, one.captions] for one in written.pictures if written.places
        ],
        "hashtags": sorted({tag for text in texts for tag in hashtags.in_text(text)}),
        "links": links_in(written),
        "starts_at": moment(written.starts_at),
        "ends_at": moment(written.ends_at),
        "criteria": {letter: [one.attested, one.note] for letter, one in written.criteria.items()},
        "active_scene": bool(written.active_scene),
        "source": [written.source.address, written.source.credit],
        "attire": written.attire,
        "campaign": written.campaign,
    }


def _publication(
    made: Submission, written: Manuscript, version: Version, account: Account, files: list[Rendering]
) -> None:
    alts = [picture.alt.strip() for picture in written.pictures_for(version)]
    post = Publication(
        submission=made,
        account=account,
        does=Publication.Does.PUBLISH,
        form=problems.form_of(written, version, problems.kinds_of(written)),
        text=written.text_for(version).strip(),
        title=version.title.strip(),
        link=version.link.strip(),
        written_by=made.asked_by,
    )
    post.digest = digest_of(post, [[file.digest, alt] for file, alt in zip(files, alts, strict=True)])
    post.save()
    for number, (file, alt) in enumerate(zip(files, alts, strict=True), start=1):
        MediaFile.objects.create(
            publication=post, number=number, rendering=file, digest=file.digest, mime=file.mime, size=file.size, alt=alt
        )
    record("write", post, by=made.asked_by, after=post.state)


def stands_as_handed_in(submission: Submission) -> bool:
    """Whether the posts and places that its approval would let out are those of its document, and no other.

    The database keeps each as it was written; only here is the set of them held against what the approver reads.
    """
    said = json.loads(bytes(submission.document))
    posts = [
        [
            [post.account.platform, post.account.remote_id],
            post.text,
            post.title,
            post.link,
            [[file.digest, file.alt] for file in post.files.all()],
        ]
        for post in submission.publications.select_related("account").prefetch_related("files").order_by("pk")
    ]
    places = [list(one) for one in submission.placements.order_by("pk").values_list("site", "address", "text")]
    told = [
        [
            one["account"],
            one["text"].strip(),
            one["title"].strip(),
            one["link"].strip(),
            [[digest, alt.strip()] for digest, alt, *_ in one["files"]],
        ]
        for one in said["accounts"]
    ]
    return posts == told and places == said["places"]


def approvers(item: Item) -> list[Member]:
    """Who could decide it now."""
    power = Power.APPROVE_ACTIVE_SCENES if item.needs_commander else Power.APPROVE_CONTENT
    editors = item.editors()
    return [one.member for one in holders(power) if one.member.pk not in editors]


def _tell_approvers(item: Item, made: Submission) -> None:
    what = "An emergency message" if made.expedited else "Content"
    urgent = " It is urgent." if made.expedited or item.urgent else ""
    sentence = f"{what} waits for approval: “{item.title}”.{urgent}"
    # A prepared message is for an emergency: it waits for no quiet hours (C.5).
    tell(approvers(item), Kind.CONTENT, sentence, item.get_absolute_url(), at_once=made.expedited)


def look_after_the_stuck() -> None:
    """Hint what waits to be rendered to a worker again; rendering what is rendered already changes nothing."""
    for item_id in Item.objects.filter(state=State.RENDERING).values_list("pk", flat=True)[:20]:
        hints.send("content.tasks.render", item_id)
