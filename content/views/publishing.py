"""Publishing held and let go, places posted by hand, posts that another hand changed."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Account
from content import holding, placing, previewing, standing
from content.forms import SaidForm
from content.models import Hold, Item, Placement, PostDifference, PublicationOrder
from content.models.holds import standing_hold
from members.asking import member_of
from members.authority import require
from members.freshness import fresh_second_factor
from members.paging import page_of
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of

# --- hold everything -------------------------------------------------------------------------------------------------


@require_safe
def held(request: HttpRequest) -> HttpResponse:
    """Whether everything is held, since when and why; what is held, each to be let go or taken back."""
    return _held_page(request)


def _held_page(request: HttpRequest, refusal: Exception | None = None) -> HttpResponse:
    member = member_of(request)
    require(member, Power.READ_UNIT)
    hold = standing_hold()
    kept = holding.held(hold) if hold else []
    context = {
        "hold": hold,
        "held": [(one, one.item.may_withdraw(member) if one.item else False) for one in kept],
        "verbs": hold.verbs_for(member) if hold else [],
        "may_hold": holding.may_hold(member),
        "page": page_of(Hold.objects.filter(state=Hold.State.LIFTED).select_related("by"), request.GET.get("after")),
        "typed": request.POST.dict() if refusal else {},
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "content/held.html", context, status=status_of(refusal) if refusal else 200)


@require_POST
def hold_everything(request: HttpRequest) -> HttpResponse:
    """Nothing more begins to be sent."""
    try:
        holding.hold(by=member_of(request), why=SaidForm(request.POST).said("why"))
    except REFUSALS as refusal:
        return _held_page(request, refusal)
    messages.success(request, "Everything is held. What is on its way already is named below.")
    return redirect("held")


@require_POST
@fresh_second_factor
def let_go(request: HttpRequest, order_id: int) -> HttpResponseBase:
    """Let one item, or the change of one post, go out as it was approved: that to which this order belongs."""
    found = PublicationOrder.objects.select_related("publication__submission__item")
    order = get_object_or_404(found, pk=order_id)
    hold = get_object_or_404(Hold, state=Hold.State.IN_FORCE)
    submission = order.publication.submission
    changed = None if submission else order.publication
    try:
        holding.release(hold, by=member_of(request), submission=submission, publication=changed)
    except REFUSALS as refusal:
        return _held_page(request, refusal)
    messages.success(request, "Let go: it goes out as it was approved.")
    return redirect("held")


@require_POST
@fresh_second_factor
def lift_hold(request: HttpRequest) -> HttpResponseBase:
    """Let everything go that is still held."""
    hold = get_object_or_404(Hold, state=Hold.State.IN_FORCE)
    try:
        holding.lift(hold, by=member_of(request))
    except REFUSALS as refusal:
        return _held_page(request, refusal)
    messages.success(request, "Nothing is held any more. What ran out of its time meanwhile asks for another.")
    return redirect("held")


# --- somebody else's site --------------------------------------------------------------------------------------------


def _place_page(request: HttpRequest, place: Placement, refusal: Exception | None = None) -> HttpResponse:
    context = {
        "place": place,
        "files": previewing.of_places(place.submission.revision.manuscript, place.submission),
        "verbs": place.verbs_for(member_of(request)),
        "typed": request.POST.dict() if refusal else {},
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "content/placement.html", context, status=status_of(refusal) if refusal else 200)


def _place(request: HttpRequest, placement_id: int) -> Placement:
    seen = Item.objects.visible_to(member_of(request))
    places = Placement.objects.filter(item__in=seen).select_related("item", "submission__revision", "done_by")
    return get_object_or_404(places, pk=placement_id)


@require_safe
def placement(request: HttpRequest, placement_id: int) -> HttpResponse:
    """The text that was approved for a site that is not ours, to be posted there by hand."""
    return _place_page(request, _place(request, placement_id))


@require_POST
def placement_act(request: HttpRequest, placement_id: int, verb: str) -> HttpResponse:
    """Confirm that it stands there, or say that it was not posted."""
    place, by = _place(request, placement_id), member_of(request)
    try:
        match verb:
            case "confirm":
                placing.confirm(place, by=by, proof=SaidForm(request.POST).said("proof"))
                messages.success(request, f"Confirmed: it stands on {place.site}.")
            case "withdraw":
                placing.take_back(place, by=by)
                messages.success(request, "Taken back: it was not posted there.")
            case _:
                raise Http404
    except REFUSALS as refusal:
        return _place_page(request, place, refusal)
    return redirect(place.item.get_absolute_url())


# --- what another hand did -------------------------------------------------------------------------------------------


@require_safe
def differences(request: HttpRequest) -> HttpResponse:
    """Posts of ours that do not stand as they were approved: the open ones, then what was settled."""
    seen = _differences(request)
    settled = seen.filter(state=PostDifference.State.SETTLED)
    context = {
        "open": list(seen.filter(state=PostDifference.State.OPEN).order_by("pk")[:200]),
        "page": page_of(settled, request.GET.get("after")),
    }
    return render(request, "content/differences.html", context)


def _differences(request: HttpRequest) -> QuerySet[PostDifference]:
    accounts = Account.objects.visible_to(member_of(request))
    return PostDifference.objects.filter(post__account__in=accounts).select_related("post__account", "settled_by")


@require_safe
def difference(request: HttpRequest, difference_id: int) -> HttpResponse:
    """What was approved beside what stands there, and the form that settles it."""
    return _difference_page(request, get_object_or_404(_differences(request), pk=difference_id))


def _difference_page(request: HttpRequest, found: PostDifference, refusal: Exception | None = None) -> HttpResponse:
    context = {
        "difference": found,
        "verbs": found.verbs_for(member_of(request)),
        "typed": request.POST.dict() if refusal else {},
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "content/difference.html", context, status=status_of(refusal) if refusal else 200)


@require_POST
def settle_difference(request: HttpRequest, difference_id: int) -> HttpResponse:
    """Note who did it, and what was done about it."""
    found = get_object_or_404(_differences(request), pk=difference_id)
    try:
        standing.settle(found, by=member_of(request), how=SaidForm(request.POST).said("note"))
    except REFUSALS as refusal:
        return _difference_page(request, found, refusal)
    messages.success(request, "Settled.")
    return redirect("differences")
