"""Colleagues around a draft: remarks that name others, who reviews it just now, what each has seen (C.2, F.VD)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from content.models import DraftComment, Item, Look, Reviewing, Revision
from content.models.drafts import LEASE
from members import naming
from members.authority import require
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, record


def remark(item: Item, text: str, *, by: Member, chosen: str = "") -> DraftComment:
    """Write a remark on the item as it stands; whoever is named in it, or `chosen`, is told once.

    Raises Refused (develops no content), Invalid (nothing written, too long, nobody of that name).
    """
    require(by, Power.DEVELOP_CONTENT)
    text = text.replace("\x00", "").strip()
    if not text:
        raise Invalid("Write something.", "remark")
    if len(text) > DraftComment.LONGEST:
        raise Invalid(f"A remark has at most {DraftComment.LONGEST:,} characters.", "remark")
    named = naming.named_in(text, chosen)
    with transaction.atomic():
        made = DraftComment.objects.create(item=item, revision=item.revisions.latest("number"), text=text, by=by)
        record("remark", item, by=by)
        sentence = f"{by.name} named you in a remark on “{item.title}”."
        tell([one for one in named if one != by], Kind.MENTIONS, sentence, item.get_absolute_url())
    return made


def begin_reviewing(item: Item, *, by: Member) -> None:
    """Say to all others that one is reviewing it; it is forgotten after a while. Raises Refused."""
    require(by, Power.DEVELOP_CONTENT)
    Reviewing.objects.update_or_create(item=item, member=by, defaults={"until": timezone.now() + LEASE})


def end_reviewing(item: Item, *, by: Member) -> None:
    """One is done with it."""
    Reviewing.objects.filter(item=item, member=by).update(until=timezone.now())


def reviewers(item: Item) -> list[Reviewing]:
    """Who says now that he is reviewing it."""
    return list(item.reviewing.filter(until__gt=timezone.now()).select_related("member"))


def looked(item: Item, revision: Revision, *, by: Member) -> Revision | None:
    """Note that `by` has this revision before him; the revision that he saw last before it, or None."""
    before = (
        Look.objects.filter(item=item, member=by, revision__number__lt=revision.number)
        .select_related("revision")
        .order_by("-revision__number")
        .first()
    )
    Look.objects.bulk_create([Look(item=item, revision=revision, member=by)], ignore_conflicts=True)
    return before.revision if before else None
