"""What a member orders beside grading, and what becomes of it: about a comment, a post of ours, a poster."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Account, Post
from accounts.platforms.capabilities import Way
from members.asking import member_of
from members.paging import page_of
from moderation import drafts, measures
from moderation.forms import BanForm, MeasureForm, ProofForm, fresh_key, given
from moderation.models import Comment, Level, Measure, Poster, PostTopic, Proposal, ReplyDraft
from moderation.refusals import REFUSALS, sentence_of, status_of
from moderation.views.comments import refused_on_page
from moderation.views.fetching import comment_of, number_of
from moderation.views.posters import poster_page

Verb, Act = Measure.Verb, Proposal.Act
UNREADABLE = "The text cannot be sent as it stands: it is too long or holds characters that no platform takes."


@require_POST
def order_measure(request: HttpRequest, comment_id: int, verb: str) -> HttpResponse:
    """Order it of the platform, or propose what two must want; back on the comment's page."""
    comment = comment_of(request, comment_id)
    try:
        messages.success(request, _order(request, comment, verb))
    except REFUSALS as refusal:
        return refused_on_page(request, comment_id, refusal)
    return redirect("comment", comment_id)


def _order(request: HttpRequest, comment: Comment, verb: str) -> str:
    """Do what the form says; the sentence for who asked."""
    by, form = member_of(request), MeasureForm(request.POST)
    text = given(form, "text", UNREADABLE)
    key = str(form.cleaned_data["key"])
    match verb:
        case Verb.MESSAGE:
            written = measures.message(comment, text, by=by, key=key)
            if isinstance(written, ReplyDraft):
                return f"Another member looks at it before it is sent: level {comment.case.level} asks for that."
            return _on_its_way(written, "The message goes out.")
        case Verb.EDIT_OWN:
            changed = measures.edit_own(comment, text, by=by, key=key)
            if isinstance(changed, ReplyDraft):
                return "Another member looks at the change before it is made: what it answers asks for that."
            return _on_its_way(changed, "The change is on its way.")
        case Verb.DELETE_OWN:
            gone = "Our comment is taken away from the platform; it stays here as it was."
            return _on_its_way(measures.delete_own(comment, by=by, key=key), gone)
        case Act.DELETE | Act.BAN:
            poster = comment.poster if verb == Act.BAN else None
            reason = form.cleaned_data["reason"]
            on = BanForm(request.POST).date() if verb == Act.BAN else None
            measures.propose(verb, comment.account, by=by, reason=reason, comment=comment, poster=poster, review_on=on)
            return "Proposed: a second person decides."
    raise Http404


def _on_its_way(ordered: Measure, said: str) -> str:
    """`said`, or that a person has to do it where the platform lets no application."""
    if ordered.cell.way != Way.BY_HAND:
        return said
    return f"{ordered.account.get_platform_display()} lets no application do this: it is to be done by hand, as below."


@require_POST
def measure(request: HttpRequest, measure_id: int, verb: str) -> HttpResponse:
    """Confirm that it was done by hand, have it tried again, or take it back."""
    wanted = Measure.objects.select_related(*Measure.RELATED)
    found: Measure = get_object_or_404(
        wanted, pk=measure_id, account__in=Account.objects.visible_to(member_of(request))
    )
    said = {"confirm": "Confirmed", "retry": "It is tried again", "withdraw": "It is taken back"}
    if verb not in said:
        raise Http404
    try:
        _act(request, found, verb)
    except REFUSALS as refusal:
        return _refused(request, found, refusal)
    messages.success(request, f"{said[verb]}: {found.get_verb_display()}.")
    return redirect(found.get_absolute_url())


def _act(request: HttpRequest, found: Measure, verb: str) -> None:
    by = member_of(request)
    match verb:
        case "confirm":
            found.confirm(by=by, proof=given(ProofForm(request.POST), "proof", "The proof is too long."))
        case "retry":
            found.retry(by=by)
        case "withdraw":
            found.withdraw(by=by)


def _refused(request: HttpRequest, found: Measure, refusal: Exception) -> HttpResponse:
    """The page where it stands, with the refusal and what was typed."""
    if found.comment_id:
        return refused_on_page(request, found.comment_id, refusal)
    if found.post is not None:
        return _post_page(request, found.post, refusal)
    return poster_page(request, _found(found.poster), refusal)


def _found(poster: Poster | None) -> Poster:
    """Raises Http404."""
    if poster is None:
        raise Http404
    return poster


# --- posts of ours -------------------------------------------------------------------------------------------------


@require_safe
def posts(request: HttpRequest, account_id: int) -> HttpResponse:
    """The posts of one account, newest first, each with its comments."""
    account = get_object_or_404(Account.objects.visible_to(member_of(request)), pk=account_id)
    page = page_of(account.posts.all(), request.GET.get("after"))
    return render(request, "moderation/posts.html", {"account": account, "page": page})


@require_safe
def post(request: HttpRequest, post_id: int) -> HttpResponse:
    """One post of ours: what stands under it, and a comment of our own; with `draft`, one that was returned to him."""
    returned = ReplyDraft.objects.filter(
        pk=number_of(request.GET.get("draft")) or 0, post=post_id, by=member_of(request), state="returned"
    ).first()
    return _post_page(request, _post_of(request, post_id), typed={"text": returned.text} if returned else None)


def _post_of(request: HttpRequest, post_id: int) -> Post:
    seen = Account.objects.visible_to(member_of(request))
    return get_object_or_404(Post.objects.select_related("account").filter(account__in=seen), pk=post_id)


def _post_page(
    request: HttpRequest, found: Post, refusal: Exception | None = None, typed: Mapping[str, str] | None = None
) -> HttpResponse:
    member = member_of(request)
    context = {
        "post": found,
        "page": page_of(found.received.select_related("case", "account"), request.GET.get("after")),
        "ordered": [
            (order, order.verbs_for(member), order.cell.steps)
            for order in found.measures.select_related("by", "account").order_by("-pk")[:20]
        ],
        "cell": measures.cell_of(found.account, Verb.COMMENT),
        "may_comment": found.account.may_act(member),
        "key": fresh_key(),
        "topics": PostTopic.Topic.choices,
        "topic": found.topics.order_by("-pk").values_list("topic", flat=True).first(),
        "looked_at": drafts.is_asked(Level.MISGUIDED),
        "typed": request.POST.dict() if refusal else typed or {},
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "moderation/post.html", context, status=status_of(refusal) if refusal else 200)


@require_POST
def comment_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Write a comment of our own under the post."""
    found = _post_of(request, post_id)
    form = MeasureForm(request.POST)
    try:
        text = given(form, "text", UNREADABLE)
        ordered = measures.comment_under(found, text, by=member_of(request), key=str(form.cleaned_data["key"]))
    except REFUSALS as refusal:
        return _post_page(request, found, refusal)
    if isinstance(ordered, ReplyDraft):
        messages.success(request, "Another member looks at it before it goes out in our name.")
    else:
        messages.success(request, _on_its_way(ordered, "The comment goes out in our name."))
    return redirect("post", post_id)
