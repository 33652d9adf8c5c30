"""The Terms of Use as the public reads them (4.T): without signing in, without a cookie, without a script.

The page knows of the request only its address: nothing of who asks stands in it, so that it may lie in any cache.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import Terms, TermsText
from members.languages import NAMES
from members.models.agency import agency

WORDS = Path(__file__).parent.parent / "terms_page.json"
SECONDS = 300  # for which a browser or a cache between need not ask again
# The languages' own names, for who does not read English.
OWN_NAMES = {"en": "English", "es": "Español", "ht": "Kreyòl ayisyen", "fr": "Français", "pt": "Português"}


@cache
def _words() -> dict[str, dict[str, str]]:
    """What the page itself says, by language; a language without words of its own has the English ones."""
    words: dict[str, dict[str, str]] = json.loads(WORDS.read_text())
    return words


@login_not_required
@require_safe
def terms(request: HttpRequest, version: int | None = None, language: str = "en") -> HttpResponse:
    """The version in force, or a version that is or was; in English, or as it was translated. 404 for any other."""
    shown = list(Terms.objects.shown())
    if version is not None and all(one.version != version for one in shown):
        raise Http404
    chosen = next((one for one in shown if version in (None, one.version)), None)
    texts = TermsText.objects.newest(chosen) if chosen else []
    text = next((one for one in texts if one.language == language), None)
    if language != "en" and text is None:
        raise Http404
    page = _page(shown, chosen, texts, text, version)
    return _answer(request, render_to_string("accounts/terms_public.html", page))


def _page(
    shown: list[Terms], chosen: Terms | None, texts: list[TermsText], text: TermsText | None, version: int | None
) -> dict[str, Any]:
    language = text.language if text else "en"
    written = chosen.clauses.order_by("letter") if chosen else []
    clauses = [(one.letter, text.clauses.get(one.letter, "") if text else one.text) for one in written]
    later = [one for one in shown if chosen and one.version > chosen.version]
    return {
        "ours": agency(),
        "words": _words().get(language, _words()["en"]),
        "words_language": language if language in _words() else "en",
        "language": language,
        "chosen": chosen,
        "until": later[-1].effective_from if later else None,
        "in_force": shown[0] if shown else None,
        "shown": shown,
        "text": text,
        "preamble": (text.preamble if text else chosen.preamble if chosen else "").split("\n\n"),
        "clauses": clauses,
        "languages": _languages(texts, language, version),
    }


def _languages(texts: list[TermsText], here: str, version: int | None) -> list[tuple[str, str, str, bool]]:
    """Code, own name, address, and whether it is this one."""
    found = []
    for code in ["en", *(one.language for one in texts)]:
        said = {"language": code} if code != "en" else {}
        if version is not None:
            said["version"] = str(version)
        found.append(
            (code, OWN_NAMES.get(code, NAMES.get(code, code)), reverse(_name(said), kwargs=said), code == here)
        )
    return found


def _name(said: dict[str, str]) -> str:
    return {
        frozenset(): "terms",
        frozenset({"version"}): "terms_version",
        frozenset({"language"}): "terms_language",
        frozenset({"version", "language"}): "terms_version_language",
    }[frozenset(said)]


def _answer(request: HttpRequest, page: str) -> HttpResponse:
    body = page.encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = HttpResponse(body)
    answer["ETag"] = tag
    answer["Cache-Control"] = f"public, max-age={SECONDS}"
    return answer
