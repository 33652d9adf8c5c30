"""Ideas as members see them: the list, one of them, writing one down, taking and declining (C.2, F.VA)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from content import idea_files, idea_pictures, ideas
from content.ideas import Said
from content.models import Idea, IdeaFile
from content.planning_forms import AddForm, IdeaForm, IdeaSearch, ReasonForm, TakeForm
from members.asking import member_of
from members.authority import require
from members.paging import page_of
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid


@require_safe
def idea_list(request: HttpRequest) -> HttpResponseBase:
    """All of them, newest first, within the filters; `format=csv` as a file."""
    search = IdeaSearch(request.GET)
    found = search.ideas(member_of(request)).select_related("by", "letter__contact", "decided_by")
    if request.GET.get("format") == "csv":
        return _file(found)
    context = {"search": search, "page": page_of(found, request.GET.get("after"))}
    return render(request, "content/ideas.html", context, status=200 if search.is_valid() else 422)


def _file(found: QuerySet[Idea]) -> HttpResponseBase:
    head = ["idea", "reference", "title", "day", "from", "how", "received", "state", "decided by", "decided", "answer"]

    def rows() -> Iterator[list[object]]:
        for one in found.order_by("-pk")[:LARGEST].iterator(chunk_size=1000):
            decided = one.decided_at.isoformat() if one.decided_at else ""
            yield [
                one.pk,
                one.reference,
                one.title,
                one.happens_on or "",
                one.from_whom,
                one.get_way_display(),
                one.received_at.isoformat(),
                one.get_state_display(),
                one.decided_by.name if one.decided_by else "",
                decided,
                one.answer,
            ]

    return csv_answer("ideas", head, rows())


@require_http_methods(["GET", "HEAD", "POST"])
def add_idea(request: HttpRequest) -> HttpResponse:
    """Write one down."""
    member = member_of(request)
    sent = request.method == "POST"
    require(member, Power.DEVELOP_CONTENT if sent else Power.READ_UNIT)
    form = IdeaForm(request.POST, request.FILES) if sent else IdeaForm()
    if sent and form.is_valid():
        given = form.cleaned_data
        try:
            files = idea_files.keep(given["attached"])
            made = ideas.receive(Said(given["title"], given["text"], given["happens_on"], files=files), by=member)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "It stands with the ideas.")
            return redirect(made.get_absolute_url())
    return render(request, "content/idea_add.html", {"form": form}, status=422 if form.errors else 200)


def _idea(request: HttpRequest, idea_id: int) -> Idea:
    wanted = Idea.objects.visible_to(member_of(request)).select_related("by", "letter__contact", "decided_by")
    return get_object_or_404(wanted, pk=idea_id)


@require_safe
def idea(request: HttpRequest, idea_id: int) -> HttpResponse:
    """One of them: what was written, what came with it, what became of it."""
    return _page(request, _idea(request, idea_id))


def _page(request: HttpRequest, found: Idea, refusal: Exception | None = None) -> HttpResponse:
    member = member_of(request)
    context = {
        "idea": found,
        "texts": found.texts.select_related("by"),
        "files": found.files.select_related("by"),
        "items": found.items.order_by("pk"),
        "verbs": found.verbs_for(member),
        "may_write": member.may(Power.DEVELOP_CONTENT),
        "take": TakeForm(),
        "typed": request.POST.dict() if refusal else {},
        "wrong": getattr(refusal, "field", ""),
        "refusal": sentence_of(refusal) if refusal else "",
    }
    return render(request, "content/idea.html", context, status=status_of(refusal) if refusal else 200)


def _act(request: HttpRequest, idea_id: int, act: Callable[[Idea], str]) -> HttpResponse:
    found = _idea(request, idea_id)
    try:
        address = act(found)
    except REFUSALS as refusal:
        return _page(request, _idea(request, idea_id), refusal)
    return redirect(address)


@require_POST
def take_idea(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Begin a draft of it, with the pictures that came with it."""
    require(member_of(request), Power.DEVELOP_CONTENT)

    def take(found: Idea) -> str:
        form = TakeForm(request.POST)
        if not form.is_valid():
            raise Invalid("Choose what it is for.", "purpose")
        made, refused = idea_pictures.take(found, form.cleaned_data["purpose"], by=member_of(request))
        messages.success(request, "It is a draft now.")
        for sentence in refused:
            messages.warning(request, sentence)
        return made.get_absolute_url()

    return _act(request, idea_id, take)


@require_POST
def decline_idea(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Decline it, with the reason that its sender reads."""

    def decline(found: Idea) -> str:
        ideas.decline(found, by=member_of(request), reason=ReasonForm(request.POST).said())
        messages.success(request, "Declined; whoever sent it finds the reason.")
        return found.get_absolute_url()

    return _act(request, idea_id, decline)


@require_POST
def write_to_idea(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Ask its sender back, or add something."""
    require(member_of(request), Power.DEVELOP_CONTENT)

    def write(found: Idea) -> str:
        form = AddForm(request.POST, request.FILES)
        if not form.is_valid():
            raise Invalid("Write something, of 5,000 characters at most.", "text")
        given: dict[str, Any] = form.cleaned_data
        ideas.add(found, given["text"], idea_files.keep(given["attached"]), by=member_of(request))
        messages.success(request, "Written; its sender reads it too.")
        return found.get_absolute_url()

    return _act(request, idea_id, write)


@require_safe
def idea_file(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """A file that came with an idea, as a download: nobody looked into it, so no browser opens it here."""
    seen = Idea.objects.visible_to(member_of(request))
    found = get_object_or_404(IdeaFile.objects.filter(idea__in=seen), pk=file_id)
    try:
        stream = found.path.open("rb")
    except OSError as error:
        raise Http404 from error
    answer = FileResponse(stream, as_attachment=True, filename=found.name, content_type="application/octet-stream")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
