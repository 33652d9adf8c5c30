"""Ideas from the department, outside the unit: sent and followed without an account, a cookie or a script (F.VA).

Whoever sends one is given a reference; with it he reads what became of it and adds something. A wrong reference reveals
nothing, and whoever tries many is asked to wait.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from content import calls, idea_files, ideas
from content.ideas import Said
from content.models import Idea, Letter
from content.planning_forms import AddForm, AnswerForm, OutsideIdeaForm
from members.models.agency import agency
from members.public_forms import counted, mark_of, unlike_a_person
from members.states import Invalid

SALT = "idea"
UNLIKE = {
    "not_empty": "A field that must stay empty was filled. Send it once more.",
    "too_old": "This page lay open too long, or was not whole. Look at it once more, then send it.",
    "too_quick": "That was quick. Look at it once more, then send it.",
}
TOO_MANY = "Very much came from your connection. Wait an hour, or call the unit."
WRONG_CODE = "Nothing stands under this reference. Look at it again, letter by letter."


# No cookie, so no token of one: nobody signed in acts here, and the form carries a signed mark of its own.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send_idea(request: HttpRequest) -> HttpResponse:
    """The form for an idea, and a field for the reference of one that was sent."""
    if request.method != "POST":
        return _send_page(request, OutsideIdeaForm())
    form = OutsideIdeaForm(request.POST, request.FILES)
    made = _received(request, form, "", None)
    return _thanks(made) if made else _send_page(request, form, status=422)


def _received(
    request: HttpRequest, form: OutsideIdeaForm | AnswerForm, about: str, letter: Letter | None
) -> Idea | None:
    """The idea that was sent; None, with what is wrong in the form, where it is not taken."""
    if not form.is_valid():
        return None
    unlike = unlike_a_person(request.POST, about, salt=SALT)
    if unlike:
        form.add_error(None, UNLIKE[unlike])
    elif not counted(request, "idea"):
        form.add_error(None, TOO_MANY)
    else:
        given = form.cleaned_data
        outside = {name: given.get(name, "") for name in ("name", "part", "email")}
        try:
            files = idea_files.keep(given["attached"])
            said = Said(given["title"], given["text"], given["happens_on"], files=files, **outside)
            return ideas.receive(said, letter=letter)
        except Invalid as refusal:
            form.refuse(refusal)
    return None


def _thanks(made: Idea) -> HttpResponse:
    return redirect(f"{reverse('idea_of', args=[made.reference])}?sent=1#status")


def _send_page(request: HttpRequest, form: OutsideIdeaForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "mark": mark_of("", salt=SALT), "ours": agency(), **more}
    return render(request, "content/idea_public.html", context, status=status)


@login_not_required
@never_cache
@require_safe
def begin_following(request: HttpRequest) -> HttpResponse:
    """From a reference that somebody typed to its page."""
    reference = ideas.plain(request.GET.get("reference", ""))
    return HttpResponseRedirect(reverse("idea_of", args=[reference]) if reference else reverse("send_idea"))


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def idea_of(request: HttpRequest, reference: str) -> HttpResponse:
    """What became of it, what was written so far, and a way to add something. 404 for a reference nobody was given."""
    if not counted(request, "idea_reference", dry_run=True):
        return _send_page(request, OutsideIdeaForm(), status=429, wrong_reference=TOO_MANY)
    found = ideas.find(reference)
    if found is None:
        counted(request, "idea_reference")
        return _send_page(request, OutsideIdeaForm(), status=404, wrong_reference=WRONG_CODE)
    form = AddForm(request.POST, request.FILES) if request.method == "POST" else AddForm()
    if request.method == "POST" and _added(request, found, form):
        return redirect(f"{reverse('idea_of', args=[found.reference])}#status")
    context = {
        "idea": found,
        "texts": found.texts.all(),
        "files": found.files.filter(by=None),
        "says": ideas.standing(found),
        "just_sent": request.GET.get("sent") == "1",
        "form": form,
        "mark": mark_of(found.reference, salt=SALT),
        "ours": agency(),
    }
    return render(request, "content/idea_followed.html", context, status=422 if form.errors else 200)


def _added(request: HttpRequest, found: Idea, form: AddForm) -> bool:
    if not form.is_valid():
        return False
    unlike = unlike_a_person(request.POST, found.reference, salt=SALT)
    if unlike or not counted(request, "idea"):
        form.add_error(None, UNLIKE.get(unlike, TOO_MANY))
        return False
    try:
        ideas.add(found, form.cleaned_data["text"], idea_files.keep(form.cleaned_data["attached"]))
    except Invalid as refusal:
        form.refuse(refusal)
        return False
    return True


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_call(request: HttpRequest, code: str) -> HttpResponse:
    """What a contact is asked, by the link in his mail: an idea, or that there is nothing this time."""
    if not counted(request, "idea_reference", dry_run=True):
        return _send_page(request, OutsideIdeaForm(), status=429, wrong_reference=TOO_MANY)
    letter = calls.letter_of(code)
    if letter is None:
        counted(request, "idea_reference")
        return _send_page(request, OutsideIdeaForm(), status=404, wrong_reference=WRONG_CODE)
    form, status, refused = AnswerForm(), 200, ""
    if request.method == "POST" and request.POST.get("nothing"):
        refused = UNLIKE.get(unlike_a_person(request.POST, letter.code, salt=SALT), "")
        if not refused:
            calls.say_nothing(letter)
            return redirect(f"{reverse('answer_call', args=[letter.code])}#status")
        status = 422
    elif request.method == "POST":
        form = AnswerForm(request.POST, request.FILES)
        made = _received(request, form, letter.code, letter)
        if made:
            return _thanks(made)
        status = 422
    mark = mark_of(letter.code, salt=SALT)
    context = {"letter": letter, "form": form, "mark": mark, "refused": refused, "ours": agency()}
    return render(request, "content/call_answer.html", context, status=status)
