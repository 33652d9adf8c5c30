"""Orders that need a hand: done on the platform's own site and confirmed, tried again, or taken back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from members.asking import member_of
from members.states import Invalid
from moderation.forms import ProofForm, given
from moderation.models import CommentOrder
from moderation.refusals import REFUSALS
from moderation.views.comments import refused_on_page
from moderation.views.fetching import comment_of


def _order(request: HttpRequest, order_id: int) -> CommentOrder:
    order: CommentOrder = get_object_or_404(CommentOrder.objects.select_related("account"), pk=order_id)
    comment_of(request, order.comment_id)  # whoever may not see the comment does not learn of its orders
    return order


def _verb(request: HttpRequest, order_id: int, act: Callable[[CommentOrder], str]) -> HttpResponse:
    order = _order(request, order_id)
    try:
        said = act(order)
    except REFUSALS as refusal:
        return refused_on_page(request, order.comment_id, refusal)
    messages.success(request, said)
    return redirect("comment", order.comment_id)


@require_POST
def confirm(request: HttpRequest, order_id: int) -> HttpResponse:
    """It was done by hand; the proof says where that can be seen."""

    def done(order: CommentOrder) -> str:
        proof = given(ProofForm(request.POST), "proof", "The proof is too long.")
        if not proof:
            raise Invalid("Say where it can be seen: an address, or what the screen showed.", "proof")
        order.confirm(by=member_of(request), proof=proof)
        return f"Confirmed: the {order.verb} is done."

    return _verb(request, order_id, done)


@require_POST
def retry(request: HttpRequest, order_id: int) -> HttpResponse:
    """Try a failed order again."""

    def again(order: CommentOrder) -> str:
        order.retry(by=member_of(request))
        return f"The {order.verb} is tried again."

    return _verb(request, order_id, again)


@require_POST
def withdraw(request: HttpRequest, order_id: int) -> HttpResponse:
    """Take back what was not sent."""

    def back(order: CommentOrder) -> str:
        order.withdraw(by=member_of(request))
        return f"The {order.verb} is withdrawn."

    return _verb(request, order_id, back)
