"""Writing an item: begun, edited by several at once, its revisions side by side (2.0, 2.H, C.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Account
from content import comparing, criteria, editing, hashtags, items, problems, writing_page
from content.editing import Typed
from content.forms import number_of
from content.items import NotReady, Overtaken
from content.manuscript import Manuscript, Picture, taking
from content.models import Asset, Item, Purpose, Revision
from content.problems import Problem
from content.views.items import item_of
from members.asking import member_of
from members.authority import require
from members.models import Member
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.states import Invalid, WrongState


@require_http_methods(["GET", "POST"])
def begin_item(request: HttpRequest) -> HttpResponse:
    """Begin one with a name and a purpose."""
    member = member_of(request)
    require(member, Power.DEVELOP_CONTENT)
    account = request.GET.get("account") or request.POST.get("account", "")
    refusal: Exception | None = None
    if request.method == "POST":
        typed = editing.read(request.POST, Manuscript(), accounts=_accounts(member, Manuscript()), assets=())
        try:
            made = items.begin(typed.manuscript, by=member)
        except REFUSALS as error:
            refusal = error
        else:
            return redirect("edit_item", made.pk)
    context = {
        "purposes": Purpose.choices,
        "account": account,
        "typed": request.POST,
        "refusal": sentence_of(refusal) if refusal else "",
        "at": getattr(refusal, "field", ""),
    }
    return render(request, "content/begin_item.html", context, status=status_of(refusal) if refusal else 200)


@dataclass(frozen=True)
class _Answer:
    """What the editor's page says beside the manuscript."""

    problems: Iterable[Problem] = ()
    sentence: str = ""
    status: int = 200
    overtaken: Overtaken | None = None


@require_http_methods(["GET", "POST"])
def edit_item(request: HttpRequest, content_id: int) -> HttpResponse:
    """Write on it. Saved is a revision; where somebody else changed the same meanwhile, both are shown (409)."""
    member = member_of(request)
    found = item_of(request, content_id)
    require(member, Power.DEVELOP_CONTENT)
    if request.method == "GET":
        if found.state not in Item.WRITABLE:
            return redirect(found.get_absolute_url())
        written = _shown_too(found.manuscript, request.GET.get("picture", ""), member)
        typed = Typed(written, found.wanted_by, found.urgent)
        return _page(request, found, typed, _number_of(found), _Answer(problems.problems(written)))
    on, base = _base(found, request.POST.get("on", ""))
    library = set(Asset.objects.visible_to(member).values_list("pk", flat=True))
    typed = editing.read(request.POST, base, accounts=_accounts(member, base), assets=library)
    if taken := request.POST.getlist("take"):
        return _with_theirs(request, found, typed, on, taken)
    if typed.problems:
        return _page(request, found, typed, on, _Answer(typed.problems, "It is not saved yet: see below.", 422))
    if "find" in request.POST:
        said = "The pictures that fit are offered below. Nothing is saved yet."
        return _page(request, found, typed, on, _Answer(problems.problems(typed.manuscript), said))
    return _saved(request, found, typed, on)


def _shown_too(written: Manuscript, given: str, member: Member) -> Manuscript:
    """`written` with one picture more of the library, as its page leads here: chosen, and not saved yet."""
    key = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
    known = key in {picture.asset for picture in written.pictures}
    if known or not Asset.objects.visible_to(member).filter(pk=key).exists():
        return written
    return replace(written, pictures=(*written.pictures, Picture(key)))


def _asked_for(request: HttpRequest) -> str:
    """By what older pictures are looked for."""
    return (request.POST.get("q") or request.GET.get("q", "")).replace("\x00", "").strip()[:100]


def _saved(request: HttpRequest, found: Item, typed: Typed, on: int) -> HttpResponse:
    """Save, and where that was pressed hand in; what is refused comes back to the form."""
    member = member_of(request)
    try:
        saved = items.save(found, typed.manuscript, by=member, on=on)
        items.set_due(found, by=member, wanted_by=typed.wanted_by, urgent=typed.urgent)
    except Overtaken as overtaken:
        mine = replace(typed, manuscript=overtaken.mine)
        said = f"{overtaken} Nothing is lost: choose below."
        return _page(request, found, mine, overtaken.theirs.number, _Answer((), said, 409, overtaken))
    except REFUSALS as refusal:
        wrong = [Problem(refusal.field, str(refusal))] if isinstance(refusal, Invalid) else []
        return _page(request, found, typed, on, _Answer(wrong, sentence_of(refusal), status_of(refusal)))
    number = saved.revision.number
    if "ask_tags" in request.POST:
        _ask_for_tags(request, item_of(request, found.pk))
    if "hand_in" in request.POST:
        return _handed_in(request, item_of(request, found.pk), typed, number)
    merged = " It was put together with what somebody else saved meanwhile." if saved.merged else ""
    voided = " What was handed in or approved before is void." if saved.voided else ""
    messages.success(request, f"Saved as revision {number}.{merged}{voided}")
    looked_for = urlencode({"q": _asked_for(request)}) if _asked_for(request) else ""
    return redirect(f"{reverse('edit_item', args=[found.pk])}{looked_for and '?'}{looked_for}")


def _ask_for_tags(request: HttpRequest, found: Item) -> None:
    """Ask for every hashtag of it that the register does not hold for its day (2.F)."""
    written = found.manuscript
    wanted = hashtags.wanting("\n".join(written.texts()), on=criteria.day_of(written))
    asked = []
    for tag in wanted:
        try:
            hashtags.ask(tag, by=member_of(request), campaign=found.campaign, why=f"For “{found.title}”.")
        except Invalid as refusal:
            messages.warning(request, f"#{tag}: {refusal}")
        else:
            asked.append(f"#{tag}")
    if asked:
        messages.success(request, f"Asked for {', '.join(asked)}.")


def _handed_in(request: HttpRequest, found: Item, typed: Typed, number: int) -> HttpResponse:
    now = replace(typed, manuscript=found.manuscript)
    try:
        items.hand_in(found, by=member_of(request), on=number, note=request.POST.get("note", "").replace("\x00", ""))
    except NotReady:
        said = "It is saved, and not handed in yet: see below."
        return _page(request, found, now, number, _Answer(problems.problems(found.manuscript), said, 422))
    except (WrongState, Invalid) as refusal:
        return _page(request, found, now, number, _Answer((), sentence_of(refusal), status_of(refusal)))
    messages.success(request, "Saved, and handed in.")
    return redirect(found.get_absolute_url())


def _with_theirs(request: HttpRequest, found: Item, typed: Typed, on: int, taken: list[str]) -> HttpResponse:
    """Put what the other saved in the place of one's own, in the form; nothing is saved by that."""
    theirs = found.manuscript
    mine = replace(typed, manuscript=taking(typed.manuscript, theirs, taken))
    said = "Theirs is in its place below, and not saved yet."
    return _page(request, found, mine, _number_of(found), _Answer(typed.problems, said))


def _page(request: HttpRequest, found: Item, typed: Typed, on: int, answer: _Answer) -> HttpResponse:
    member = member_of(request)
    theirs = answer.overtaken.theirs if answer.overtaken else None
    context: dict[str, Any] = {
        "item": found,
        "on": on,
        "sentence": answer.sentence,
        "theirs": theirs,
        "conflicts": comparing.changes(theirs.manuscript, typed.manuscript, answer.overtaken.conflicts)
        if theirs and answer.overtaken
        else [],
        "sheet": writing_page.Sheet(
            typed, answer.problems, accounts=_accounts(member, typed.manuscript), q=_asked_for(request)
        ),
        "posted": request.POST if answer.status == 422 else {},
        "may_hand_in": "hand_in" in found.verbs_for(member),
    }
    return render(request, "content/edit_item.html", context, status=answer.status)


def _base(found: Item, given: str) -> tuple[int, Manuscript]:
    """The revision that was written on, by its number; of one that there is not the latest."""
    on: Revision | None = found.revisions.filter(number=number_of(given) or 0).first() or found.revision
    return (on.number, on.manuscript) if on else (1, found.manuscript)


def _number_of(found: Item) -> int:
    return found.revision.number if found.revision else 1


def _accounts(member: Member, written: Manuscript) -> list[Account]:
    """Those on which something can be published, and those that it names already."""
    named = [version.account for version in written.versions]
    seen = Account.objects.visible_to(member)
    return list((seen.open() | seen.filter(pk__in=named)).distinct().order_by("platform", "name", "pk"))


@require_safe
def revisions(request: HttpRequest, content_id: int) -> HttpResponse:
    """All revisions; two of them side by side."""
    found = item_of(request, content_id)
    listed = list(found.revisions.select_related("by").order_by("-number"))
    by_number = {str(one.number): one for one in listed}
    newest = listed[0] if listed else None
    if newest is None:
        raise Http404
    to = by_number.get(request.GET.get("to", ""), newest)
    since = by_number.get(request.GET.get("from", ""), by_number.get(str(to.number - 1), to))
    context = {
        "item": found,
        "revisions": listed,
        "since": since,
        "to": to,
        "changes": comparing.changes(since.manuscript, to.manuscript),
    }
    return render(request, "content/item_revisions.html", context)
