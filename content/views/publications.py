"""Posts of ours on their way out: the list, one of them, writing, deciding, and what became of it (2.0)."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Account, Post
from accounts.platforms.capabilities import Way, capability
from content import links, previewing, publishing
from content.forms import ChangeForm, SaidForm
from content.lending import file_lent
from content.models import MediaFile, Publication, PublicationOrder
from members.asking import member_of
from members.authority import require
from members.freshness import fresh_second_factor
from members.paging import page_of
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.states import Invalid


@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    """Everything that was to go out, newest first."""
    member = member_of(request)
    mine = Publication.objects.visible_to(member).select_related("account", "written_by", "order")
    context = {
        "page": page_of(mine, request.GET.get("after")),
        "may_write": member.may(Power.DEVELOP_CONTENT),
    }
    return render(request, "content/publications.html", context)


def _publication(request: HttpRequest, publication_id: int) -> Publication:
    wanted = Publication.objects.visible_to(member_of(request)).select_related("account", "post", "written_by")
    return get_object_or_404(wanted, pk=publication_id)


@require_safe
def publication(request: HttpRequest, publication_id: int) -> HttpResponse:
    """One post as it will go out, who wrote and approved it, what became of it."""
    return _page(request, _publication(request, publication_id))


def _page(request: HttpRequest, found: Publication, refusal: Exception | None = None) -> HttpResponse:
    member = member_of(request)
    order = PublicationOrder.objects.filter(publication=found).select_related("account").first()
    context = {
        "publication": found,
        "files": list(found.files.all()),
        "captioned": previewing.captioned(found),
        "links": links.checked_in(found.text) if found.is_change else [],
        "cell": publishing.cell_of(found),
        "verbs": found.verbs_for(member),
        "order": order,
        "order_verbs": order.verbs_for(member) if order else [],
        "approval": getattr(found, "approval", None),
        "typed": request.POST.dict() if refusal else {},
        "refusal": sentence_of(refusal) if refusal else "",
    }
    status = status_of(refusal) if refusal else 200
    return render(request, "content/publication.html", context, status=status)


@require_http_methods(["GET", "POST"])
def change_post(request: HttpRequest, post_id: int, does: str) -> HttpResponse:
    """Write the change, or the end, of a post of ours; it waits for approval like any other."""
    member = member_of(request)
    require(member, Power.DEVELOP_CONTENT)
    if does not in {Publication.Does.EDIT, Publication.Does.DELETE}:
        raise Http404
    seen = Account.objects.visible_to(member)
    post = get_object_or_404(Post.objects.select_related("account").filter(account__in=seen), pk=post_id)
    form = ChangeForm(request.POST or None, initial={"text": post.text})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"] if does == Publication.Does.EDIT else ""
        why = form.cleaned_data["why"]
        try:
            made = publishing.write_change(post, by=member, does=does, text=text, why=why)
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, "Written; it waits for the approval of the Commander or designee.")
            return redirect(made.get_absolute_url())
    cell = capability(post.account.platform, does, post.account.tier)
    context = {"post": post, "does": does, "form": form, "cell": cell, "end": does == Publication.Does.DELETE}
    return render(request, "content/change.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, publication_id: int, act: Callable[[Publication], str]) -> HttpResponse:
    found = _publication(request, publication_id)
    try:
        said = act(found)
    except REFUSALS as refusal:
        return _page(request, found, refusal)
    messages.success(request, said)
    return redirect(found.get_absolute_url())


@require_POST
@fresh_second_factor
def approve_publication(request: HttpRequest, publication_id: int) -> HttpResponseBase:
    """Approve exactly what the page showed; it goes out at once."""

    def approve(found: Publication) -> str:
        publishing.approve(found, by=member_of(request), seen_as=request.POST.get("digest", ""))
        if publishing.cell_of(found).way == Way.BY_HAND:
            return f"Approved; {found.account.get_platform_display()} lets no application do it: it waits for hands."
        if found.does == Publication.Does.DELETE:
            return "Approved; it is taken away now."
        return "Approved; it goes out now."

    return _decide(request, publication_id, approve)


@require_POST
def return_publication(request: HttpRequest, publication_id: int) -> HttpResponse:
    """Give it back to its writer, with the reason."""

    def give_back(found: Publication) -> str:
        found.return_it(SaidForm(request.POST).said("reason"), by=member_of(request))
        return "Returned to its writer."

    return _decide(request, publication_id, give_back)


@require_POST
def withdraw_publication(request: HttpRequest, publication_id: int) -> HttpResponse:
    """Take it back before it is decided."""

    def withdraw(found: Publication) -> str:
        found.withdraw(by=member_of(request))
        return "Taken back."

    return _decide(request, publication_id, withdraw)


@require_POST
def publication_order(request: HttpRequest, order_id: int, verb: str) -> HttpResponse:
    """Confirm that it was done by hand, have it tried again, or take it back."""
    order = get_object_or_404(PublicationOrder.objects.select_related(*PublicationOrder.RELATED), pk=order_id)

    def act(found: Publication) -> str:
        by = member_of(request)
        match verb:
            case "confirm":
                order.confirm(by=by, proof=SaidForm(request.POST).said("proof"))
                return "Confirmed."
            case "retry":
                order.retry(by=by)
                return "It is tried again."
            case "withdraw":
                order.withdraw(by=by)
                return "It is taken back."
        raise Http404

    return _decide(request, order.publication_id, act)


# --- files ---------------------------------------------------------------------------------------------------------


@require_safe
def publication_file(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """A file as it goes out, for members."""
    seen = Publication.objects.visible_to(member_of(request))
    return _served(get_object_or_404(MediaFile.objects.filter(publication__in=seen), pk=file_id))


@login_not_required
@never_cache
@require_safe
def lent_file(request: HttpRequest, token: str) -> HttpResponseBase:
    """The same for the platform that fetches it by a signed address, for an hour."""
    return _served(get_object_or_404(MediaFile, pk=file_lent(token)))


def _served(file: MediaFile) -> FileResponse:
    try:
        return FileResponse(file.path.open("rb"), content_type=file.mime)
    except OSError as error:
        raise Http404 from error
