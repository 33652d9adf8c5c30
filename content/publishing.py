"""Writing, approving and ordering what stands in the department's name (2.0, C.8)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accounts import hints
from accounts.models import Account, Post
from accounts.platforms.capabilities import Capability, Way, capability
from accounts.platforms.contract import Form
from content.models import Approval, MediaFile, Publication, PublicationOrder
from content.models.publications import digest_of
from content.pictures import Kept
from members.authority import holders, require
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, record

Does = Publication.Does


def cell_of(publication: Publication) -> Capability:
    """What the account's platform lets an application do of this."""
    return capability(publication.account.platform, publication.act, publication.account.tier)


def write(
    account: Account,
    *,
    by: Member,
    text: str,
    form: str = "",
    does: str = Does.PUBLISH,
    post: Post | None = None,
    title: str = "",
    link: str = "",
    why: str = "",
    files: Sequence[tuple[Kept, str]] = (),
) -> Publication:
    """Write what is to go out on `account`; it waits for the approval of another. `files`: each with what it shows.

    Raises Refused (does not develop content), Invalid (nothing written, too long, a file without a description, a
    number of files that the platform does not take, or nothing that the platform has).
    """
    require(by, Power.DEVELOP_CONTENT)
    described = [[kept.digest, alt.strip()] for kept, alt in files]
    written = Publication(
        account=account,
        does=does,
        form=form,
        post=post,
        text=text.strip(),
        title=title.strip(),
        link=link.strip(),
        why=why.strip(),
        written_by=by,
    )
    _check(written, described)
    written.digest = digest_of(written, described)
    with transaction.atomic():
        written.save()
        for number, (kept, alt) in enumerate(files, start=1):
            MediaFile.objects.create(
                publication=written,
                number=number,
                digest=kept.digest,
                mime=kept.mime,
                size=kept.size,
                alt=alt.strip(),
            )
        record("write", written, by=by, after=written.state)
        able = [holder.member for holder in holders(Power.APPROVE_CONTENT) if written.may_approve(holder.member)]
        tell(able, Kind.ACCOUNTS, f"A post for {account} waits for approval.", written.get_absolute_url())
    return written


def _check(written: Publication, files: list[list[str]]) -> None:
    account, cell = written.account, cell_of(written)
    name = account.get_platform_display()
    if account.state == Account.State.CLOSED:
        raise Invalid(f"{account} is terminated: nothing is published there any more.", "text")
    if cell.way == Way.NEVER:
        raise Invalid(cell.says or f"{name} has no such post.", "form")
    if written.does != Does.DELETE and not written.text and not files:
        raise Invalid("Write the text first.", "text")
    if cell.limit and len(written.text) > cell.limit:
        raise Invalid(f"{name} takes {cell.limit} characters; these are {len(written.text)}.", "text")
    if any(not alt for _, alt in files):
        raise Invalid("Say of every picture what it shows, for those who cannot see it.", "alt")
    least, most = {
        Form.PHOTO.value: (1, 1),
        Form.VIDEO.value: (1, 1),
        Form.PHOTOS.value: (2, cell.files or 10),
    }.get(written.form, (0, 0))
    if not least <= len(files) <= most:
        words = f"{least}" if least == most else f"{least} to {most}"
        raise Invalid(f"This kind of post takes {words} files on {name}.", "pictures")


def approve(written: Publication, *, by: Member, seen_as: str) -> PublicationOrder:
    """Approve exactly what was looked at, and order it, in one transaction.

    `seen_as` is the digest of the page that was looked at.

    Raises Refused (not Commander or designee, or the writer), Invalid (something else was looked at), WrongState.
    """
    written.require_second(by)
    if written.account.state == Account.State.CLOSED:
        raise Invalid(f"{written.account} is terminated: nothing is published there any more.", "reason")
    if seen_as != written.seen_as:
        raise Invalid("This is not what you looked at: look again, then decide.", "reason")
    with transaction.atomic():
        approval = Approval.objects.create(publication=written, digest=written.digest, by=by)
        written.become(written.State.APPROVED, verb="approve", by=by, decision=approval)
        order: PublicationOrder = PublicationOrder.objects.create(
            key=f"publication:{written.pk}", account=written.account, publication=written, by=by
        )
        record("order", order, by=by, after=order.state)
        hints.ordered(order)
    return order
