"""The road of an item up to its rendering: begun, written by several, handed in, found accurate (2.0, F.VC)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from content import link_checking, problems, submitting
from content.manuscript import Manuscript, merge
from content.models import AccuracyReview, Campaign, Idea, Item, Placement, Publication, PublicationOrder, Revision
from members.authority import holders, only, refused, require
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, Refused, WrongState, record

State = Item.State
LONGEST_TITLE = 200
LONGEST_NOTE = 2000
LARGEST = 500_000  # bytes of a manuscript


class Overtaken(Exception):
    """Somebody else saved meanwhile and changed the same (409). `mine` is what was typed, merged with the rest."""

    def __init__(self, theirs: Revision, mine: Manuscript, conflicts: tuple[str, ...]) -> None:
        super().__init__(f"{theirs.by.name} saved meanwhile and changed the same.")
        self.theirs = theirs
        self.mine = mine
        self.conflicts = conflicts


class NotReady(Invalid):
    """It cannot go on like that: `problems` says at which fields why."""

    def __init__(self, found: list[problems.Problem]) -> None:
        more = f" And {len(found) - 1} more." if len(found) > 1 else ""
        super().__init__(f"{found[0].sentence}{more}", found[0].field)
        self.problems = found


@dataclass(frozen=True)
class Saved:
    """What a save did: the revision that stands now, whether it was merged with another's, whether it voided."""

    revision: Revision
    merged: bool = False
    voided: bool = False


def begin(
    manuscript: Manuscript,
    *,
    by: Member,
    idea: Idea | None = None,
    wanted_by: datetime | None = None,
    urgent: bool = False,
) -> Item:
    """Begin an item with its first revision. Raises Refused (develops no content), Invalid (no name or purpose)."""
    require(by, Power.DEVELOP_CONTENT)
    _fit(manuscript)
    with transaction.atomic():
        item = Item.objects.create(
            title=manuscript.title.strip(),
            purpose=manuscript.purpose,
            written_by=by,
            idea=idea,
            wanted_by=wanted_by,
            urgent=urgent,
        )
        record("begin", item, by=by, after=item.state)
        _write(item, manuscript, by)
    return item


def _fit(manuscript: Manuscript) -> None:
    for problem in problems.of_the_whole(manuscript, timezone.now()):
        if problem.field in {"title", "purpose"}:
            raise Invalid(problem.sentence, problem.field)
    if len(manuscript.title) > LONGEST_TITLE:
        raise Invalid(f"The name has at most {LONGEST_TITLE} characters.", "title")
    if manuscript.campaign is not None and not Campaign.objects.filter(pk=manuscript.campaign).exists():
        raise Invalid("There is no such campaign.", "campaign")
    if len(manuscript.document()) > LARGEST:
        raise Invalid("It is too long to be kept: half a million characters at most.", "text")


def _write(item: Item, manuscript: Manuscript, by: Member) -> Revision:
    """The next revision, and the item's own columns after it. Needs the item locked."""
    number = (item.revision.number if item.revision else 0) + 1
    document = manuscript.document()
    made = Revision.objects.create(item=item, number=number, document=document, digest=manuscript.digest(), by=by)
    columns = {
        "revision": made,
        "title": manuscript.title.strip(),
        "purpose": manuscript.purpose,
        "campaign_id": manuscript.campaign,
        "starts_at": manuscript.starts_at,
        "ends_at": manuscript.ends_at,
    }
    for name, value in columns.items():
        setattr(item, name, value)
    item.save(update_fields=[*columns])
    record("save", item, by=by, decision=made)
    link_checking.hint(item)
    return made


def locked(item_id: int) -> Item:
    """The item, held until the transaction ends: before its orders, in every road."""
    return Item.objects.select_for_update(of=("self",)).select_related("revision", "submission").get(pk=item_id)


def save(item: Item, manuscript: Manuscript, *, by: Member, on: int) -> Saved:
    """Keep what `by` wrote on revision number `on`; what others saved meanwhile is merged with it, part by part.

    What was handed in or approved is void afterwards and the item a draft again, but for a correction in the accuracy
    review. Raises Refused, Invalid, WrongState (it is out, or going out), Overtaken (the same part was changed).
    """
    if not item.may_save(by):
        raise refused(Power.DEVELOP_CONTENT)
    _fit(manuscript)
    with transaction.atomic():
        found = locked(item.pk)
        if found.state not in Item.WRITABLE:
            raise WrongState(found, "save")
        current = found.revision
        if current is None or on > current.number or on < 1:
            raise Invalid("This is no revision of it: open it again.", "text")
        merged = on < current.number
        if merged:
            both = merge(found.revisions.get(number=on).manuscript, current.manuscript, manuscript)
            if both.conflicts:
                raise Overtaken(current, both.manuscript, both.conflicts)
            manuscript = both.manuscript
        if manuscript.digest() == bytes(current.digest):
            return Saved(current, merged)
        voided = found.state in {State.RENDERING, State.APPROVAL, State.SCHEDULED}
        if found.state not in {State.DRAFT, State.REVIEW}:
            void(found, by=by)
            found.become(State.DRAFT, verb="rewrite", by=by, submission=None)
        return Saved(_write(found, manuscript, by), merged, voided)


def set_due(item: Item, *, by: Member, wanted_by: datetime | None, urgent: bool) -> None:
    """Say when it should be ready to be decided, and whether it is urgent; that voids nothing. Raises Refused."""
    if not item.may_save(by):
        raise refused(Power.DEVELOP_CONTENT)
    if (item.wanted_by, item.urgent) == (wanted_by, urgent):
        return
    with transaction.atomic():
        found = locked(item.pk)
        if found.state not in Item.WRITABLE:
            raise WrongState(found, "set_due")
        Item.objects.filter(pk=item.pk).update(wanted_by=wanted_by, urgent=urgent)
        record("set_due", found, by=by)


def void(item: Item, *, by: Member | None) -> None:
    """Take back everything that stands on the item's submission and is not sent yet. Needs the item locked.

    Raises WrongState when something of it is already out or on its way: then it can only be changed on the platform.
    """
    if item.submission_id is None:
        return
    orders = PublicationOrder.objects.select_for_update(of=("self",)).filter(publication__submission=item.submission_id)
    for order in orders.select_related("publication", "account"):
        if order.state in {order.State.DONE, *order.ON_THE_WAY} or order.sent:
            raise WrongState(item, "rewrite")
        if order.state != order.State.WITHDRAWN:
            order.become(order.State.WITHDRAWN, verb="withdraw", by=by, outcome="The item was taken back.")
    for written in Publication.objects.filter(submission=item.submission_id, state=Publication.State.WRITTEN):
        written.become(written.State.WITHDRAWN, verb="withdraw", by=by)
    for place in Placement.objects.filter(submission=item.submission_id):
        if place.state == place.State.DONE:
            raise WrongState(item, "rewrite")
        if place.state != place.State.WITHDRAWN:
            place.become(place.State.WITHDRAWN, verb="withdraw", by=by)


def _current(item: Item, on: int) -> Item:
    """The item locked, still on the revision that was looked at. Raises Invalid."""
    found = locked(item.pk)
    if found.revision is None or found.revision.number != on:
        raise Invalid("It was changed meanwhile: look again, then decide.", "revision")
    return found


def hand_in(item: Item, *, by: Member, on: int, note: str = "") -> None:
    """Hand in revision `on`: to the accuracy review, or, where it is a prepared emergency message, to the approver.

    `note` is said to the approver. Raises Refused, NotReady (with everything that is missing), Invalid (changed
    meanwhile), WrongState.
    """
    if not item.may_hand_in(by):
        raise refused(Power.DEVELOP_CONTENT)
    _fit_note(note)
    with transaction.atomic():
        found = _current(item, on)
        if missing := problems.hard(found.manuscript):
            raise NotReady(missing)
        given: dict[str, Any] = {
            "handed_in_by": by, "handed_in_on": on, "handed_in_note": note.strip(), "returned_because": "",
        }  # fmt: skip
        if submitting.is_expedited(found):
            found.become(State.RENDERING, verb="hand_in", by=by, decision=found.revision, **given)
            submitting.go_on(found)
            return
        found.become(State.REVIEW, verb="hand_in", by=by, decision=found.revision, **given)
        able = [one.member for one in holders(Power.REVIEW_ACCURACY) if found.may_confirm_accuracy(one.member)]
        tell(able, Kind.CONTENT, f"“{found.title}” is to be reviewed for accuracy.", found.get_absolute_url())


def confirm_accuracy(item: Item, *, by: Member, on: int, note: str = "") -> None:
    """Revision `on` is accurate; what it shows is rendered next, then it waits for approval (F.VC).

    `note` stands with the review, for the approver. Raises Refused (his own text, or not his to review), NotReady,
    Invalid (changed meanwhile), WrongState.
    """
    _require_reviewer(item, by)
    with transaction.atomic():
        found = _current(item, on)
        if missing := problems.hard(found.manuscript, begins=False):
            raise NotReady(missing)
        _review(found, by, accurate=True, note=note)
        found.become(State.RENDERING, verb="confirm_accuracy", by=by, decision=found.revision)
        submitting.go_on(found)


def send_back(item: Item, *, by: Member, on: int, note: str) -> None:
    """Revision `on` is not accurate: back to its author, with what is wrong. Raises as `confirm_accuracy`."""
    _require_reviewer(item, by)
    if not note.strip():
        raise Invalid("Say what is not right.", "note")
    with transaction.atomic():
        found = _current(item, on)
        _review(found, by, accurate=False, note=note)
        found.become(State.RETURNED, verb="send_back", by=by, decision=found.revision, returned_because=note.strip())
        sentence = f"“{found.title}” came back from the accuracy review."
        tell([found.handed_in_by or found.written_by], Kind.CONTENT, sentence, found.get_absolute_url())


def _fit_note(note: str) -> None:
    if len(note.strip()) > LONGEST_NOTE:
        raise Invalid(f"A note has at most {LONGEST_NOTE:,} characters.", "note")


def _require_reviewer(item: Item, by: Member) -> None:
    if by.pk in item.drafters():
        raise Refused(f"Nobody reviews his own text. {only(Power.REVIEW_ACCURACY)}")
    if not item.may_confirm_accuracy(by):
        raise refused(Power.REVIEW_ACCURACY)


def _review(item: Item, by: Member, *, accurate: bool, note: str) -> None:
    revision = item.revision
    if revision is None or item.state != State.REVIEW:
        raise WrongState(item, "confirm_accuracy")
    _fit_note(note)
    try:
        with transaction.atomic():
            AccuracyReview.objects.create(
                item=item, revision=revision, digest=revision.digest, accurate=accurate, note=note.strip(), by=by
            )
    except IntegrityError as error:
        raise Refused(only(Power.REVIEW_ACCURACY)) from error


def withdraw(item: Item, *, by: Member, why: str = "") -> None:
    """Take it back for good, with everything that is not sent yet. Raises Refused, WrongState (something is out)."""
    if not item.may_withdraw(by):
        raise Refused(f"Only who wrote it takes it back. {only(Power.APPROVE_CONTENT)}")
    with transaction.atomic():
        found = locked(item.pk)
        void(found, by=by)
        found.become(State.WITHDRAWN, verb="withdraw", by=by, returned_because=why.strip())
