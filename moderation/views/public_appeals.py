"""The appeal as the public makes it (LR-6): by the reference of a notice, without signing in, a cookie or a script.

A wrong reference reveals nothing, and whoever tries many is asked to wait (docs/decisions/0003). The page shows no text
of anybody. By a reference that stood in a public reply it says what stood there and takes an appeal, nothing else: who
sends one follows it by a code of his own.
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

from accounts.models import TermsText
from members import public_forms
from members.models.agency import agency
from members.public_forms import counted, unlike_a_person
from members.states import Invalid
from moderation import appeals
from moderation.appeal_words import LANGUAGES, words_in
from moderation.models import Appeal
from moderation.models.appeals import ban_resting_on
from moderation.review_forms import AppealForm

SALT = "appeal"


@login_not_required
@never_cache
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """Asks for the reference, and leads to its page."""
    reference = appeals.plain(request.GET.get("reference", ""))
    language = _language(request)
    if reference:
        return HttpResponseRedirect(_address(reference, language))
    return _page(request, language, {})


# No cookie, so no token of one: nobody signed in acts here, and the form carries a signed mark of its own.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, reference: str) -> HttpResponse:
    """What the reference leads to, the form, and later what was decided. 404 for a reference that nobody was given."""
    if not counted(request, "appeal_reference", dry_run=True):
        return _page(request, _language(request), {"wrong_reference": "too_many"}, status=429)
    found = appeals.find(reference)
    if found is None:
        counted(request, "appeal_reference")
        return _page(request, _language(request), {"wrong_reference": "unknown"}, status=404)
    language = _language(request, found.language)
    if reference != found.reference:
        return HttpResponseRedirect(_address(found.reference, language))
    if request.method == "POST":
        return _receive(request, found, language)
    return _page(request, language, _about(found, language))


def _receive(request: HttpRequest, found: appeals.Hide, language: str) -> HttpResponse:
    form = AppealForm(request.POST)
    unlike = unlike_a_person(request.POST, found.reference, salt=SALT)
    wrong = (unlike, "") if unlike else form.wrong()
    if not wrong and not counted(request, "appeal", key=found.reference):
        wrong = ("too_often", "")
    if not wrong:
        try:
            given = form.cleaned_data
            said = appeals.Said(given["text"], given["name"], given["email"])
            appeals.receive(found, said, language=language)
        except Invalid:
            wrong = ("stands_no_more", "")
    if wrong:
        more = {"wrong": wrong[0], "field": wrong[1], "typed": request.POST.dict()}
        return _page(request, language, {**_about(found, language), **more}, status=422)
    return redirect(f"{_address(found.reference if found.tells else said.code, language)}#status")


def mark_of(reference: str, *, at: float | None = None) -> str:
    """The form's own mark: for which reference, and when the page was made."""
    return public_forms.mark_of(reference, salt=SALT, at=at)


def _about(found: appeals.Hide, language: str) -> dict[str, Any]:
    """What the page may say of the hide: when, where, by which clause; of an appeal, where it stands."""
    clause = found.grade.clause
    texts = TermsText.objects.newest(clause.terms) if clause else []
    text = next((one for one in texts if one.language == language), None)
    said = (text.clauses.get(clause.letter) if text and clause else None) or (clause.text if clause else "")
    mine = found.appeal if found.tells else None
    return {
        "found": found,
        "clause": clause,
        "clause_text": said,
        "clause_language": language if text else "en",
        "banned": not found.in_public and ban_resting_on(found.comment) is not None,
        "keep_code": found.by_code,
        "appeal": mine,
        "says": words_in(language)[f"is_{mine.state}"] if mine else "",
        "tells_answer": mine is not None and mine.state not in (Appeal.State.RECEIVED, Appeal.State.WITHDRAWN),
        "adds": mine is not None and mine.is_open,
        "mark": mark_of(found.reference),
    }


def _page(request: HttpRequest, language: str, about: dict[str, Any], *, status: int = 200) -> HttpResponse:
    path = request.path
    context = {
        "ours": agency(),
        "words": words_in(language),
        "language": language,
        "languages": [(code, name, f"{path}?language={code}", code == language) for code, name in LANGUAGES.items()],
        **about,
    }
    if "wrong" in about:
        context["wrong_says"] = words_in(language)[about["wrong"]]
    return render(request, "moderation/appeal_public.html", context, status=status)


def _language(request: HttpRequest, otherwise: str = "") -> str:
    """The one chosen; else the notice's, else the first that the browser names, of those that the page has."""
    named = [part.split(";")[0].strip()[:2].lower() for part in request.headers.get("Accept-Language", "").split(",")]
    for code in (request.GET.get("language", ""), otherwise, *named):
        if code in LANGUAGES:
            return code
    return "en"


def _address(reference: str, language: str) -> str:
    return f"{reverse('appeal_of', args=[reference])}?language={language}"
