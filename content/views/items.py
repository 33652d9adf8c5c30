"""An item's own page: as it will appear, its criteria, and what the member who looks at it may do (2.0 to 2.H)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from content import comparing, criteria, deciding, listing, previewing, remarking
from content.items import NotReady
from content.models import Item, MediaFile, Rendering, Revision, Submission, Verdict
from members import naming
from members.asking import member_of
from members.models import Member
from members.powers import Power
from members.refusals import sentence_of, status_of

State = Item.State
# In these what is shown is what was handed in; before, what is being written.
HANDED_IN = {State.APPROVAL, State.SCHEDULED, State.PUBLISHED}


def item_of(request: HttpRequest, content_id: int) -> Item:
    """The item, where the member may know of it; else 404."""
    seen = Item.objects.visible_to(member_of(request)).select_related(
        "revision__by", "submission__asked_by", "written_by", "handed_in_by", "campaign", "idea"
    )
    return get_object_or_404(seen, pk=content_id)


@require_safe
def item(request: HttpRequest, content_id: int) -> HttpResponse:
    """What it says, where it is on its road, and what the member may do with it."""
    return page(request, item_of(request, content_id))


def page(request: HttpRequest, found: Item, refusal: Exception | None = None) -> HttpResponse:
    """The page; after a refusal with its sentence and all that was typed."""
    member = member_of(request)
    written = found.manuscript
    submission = found.submission if found.state in HANDED_IN else None
    # Who keeps no list of names is not shown which words are on it.
    names = listing.patterns() if member.may(Power.DEVELOP_CONTENT) else []
    verbs = found.verbs_for(member)
    context: dict[str, Any] = {
        "item": found,
        "manuscript": written,
        "verbs": verbs,
        "submission": submission,
        "previews": previewing.of_submission(submission, names)
        if submission
        else previewing.of_manuscript(written, names),
        "criteria": criteria.criteria_of(written, rendered=_rendered(submission)),
        "places": [(place, written.text_for(place)) for place in written.places],
        "place_files": previewing.of_places(written, submission),
        "review": found.reviews.filter(accurate=True, revision=found.revision).select_related("by").last(),
        "verdict": Verdict.objects.filter(submission=found.submission_id).select_related("by").first(),
        "why_not": deciding.why_not(found, member) if found.state == State.APPROVAL else "",
        "may_write": found.may_save(member) and found.state in Item.WRITABLE,
        "may_take_part": member.may(Power.DEVELOP_CONTENT),
        "remarks": list(found.remarks.select_related("by", "revision")),
        "reviewing": remarking.reviewers(found),
        "colleagues": naming.colleagues(),
        "problems": getattr(refusal, "problems", []) if isinstance(refusal, NotReady) else [],
        "refusal": sentence_of(refusal) if refusal else "",
        "at": getattr(refusal, "field", ""),
        "typed": request.POST,
        "ticked": request.POST.getlist("confirmed"),
        **_since(found, member, verbs),
    }
    return render(request, "content/item.html", context, status=status_of(refusal) if refusal else 200)


def _since(found: Item, member: Member, verbs: list[str]) -> dict[str, Any]:
    """What changed since the member who is to judge saw it last; that he sees it now is noted."""
    if found.revision is None or not {"decide", "confirm_accuracy"} & set(verbs):
        return {}
    seen = remarking.looked(found, found.revision, by=member) or _judged(found, member)
    if seen is None:
        return {}
    return {"seen": seen, "changes": comparing.changes(seen.manuscript, found.revision.manuscript)}


def _judged(found: Item, member: Member) -> Revision | None:
    """The revision on which he last gave a verdict, where it is an earlier one."""
    verdicts = Verdict.objects.filter(submission__item=found, by=member).exclude(submission__revision=found.revision_id)
    last = verdicts.select_related("submission__revision").last()
    return last.submission.revision if last else None


def _rendered(submission: Submission | None) -> dict[int, Rendering]:
    """The files that were made, by asset."""
    if submission is None:
        return {}
    files = MediaFile.objects.filter(publication__submission=submission, rendering__isnull=False)
    return {
        file.rendering.asset_id: file.rendering for file in files.select_related("rendering__mark") if file.rendering
    }
