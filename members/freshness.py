"""A fresh second factor before what weighs most: approvals, bans, designations, exports of records.

Whoever has not proved it lately is led to prove it. What he had typed waits in his session meanwhile, and is then sent
by his own browser to the address it was meant for: as any other request, past every check there is. Nothing is
replayed on the server, so nothing can be skipped.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from members.asking import member_of
from members.factors import has_one, proven_by
from members.models import Member

WAITING = "waiting_for_a_second_factor"
MOST = 5  # requests that wait in one session: each tab has its own
CARRIED = "carried_on"  # the field that says which of them came
SENT_ALONE = {"csrfmiddlewaretoken", CARRIED}

P = ParamSpec("P")
Answer = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


@dataclass(frozen=True)
class Waiting:
    """A form that was sent before the second factor was fresh."""

    path: str
    fields: list[tuple[str, str]]
    files: list[str]  # their fields: a file is not kept, it is chosen again
    back: str  # the page it was sent from
    at: float = field(default_factory=time.time)


def is_fresh(request: HttpRequest) -> bool:
    """Whether the member proved a second factor within settings.FRESH_SECONDS, at sign-in or since; codes count too.

    In the demonstration a member who has none proves his password instead.
    """
    by_password = settings.DEMONSTRATION and not has_one(member_of(request))
    return proven_by(request, "password" if by_password else "mfa")


def fresh_second_factor(view: Answer[P]) -> Answer[P]:
    """Let a POST through when the member's second factor is fresh; else lead him to prove it, and carry on after.

    Goes beneath `require_POST`. The view itself is asked again with everything that was typed, and judges person and
    moment then.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return still_to_prove(request) or view(request, *args, **kwargs)

    return cast(Answer[P], guarded)


def still_to_prove(request: HttpRequest) -> HttpResponse | None:
    """For views that ask other questions first: where a POST goes when the second factor is not fresh, else None."""
    if request.method != "POST":
        return None
    if not is_fresh(request):
        return lead_to_prove(request)
    forget(request, request.POST.get(CARRIED, ""))
    return None


def lead_to_prove(request: HttpRequest) -> HttpResponse:
    """Keep what was sent, and go to where a second factor is proved."""
    where = where_to_prove(member_of(request))
    address = f"{where}?{urlencode({'next': reverse('carry_on', args=[_keep(request)])})}"
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def fresh_second_factor_to_export(view: Answer[P]) -> Answer[P]:
    """Let through a GET of what leaves the product when the second factor is fresh; else have it proved first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, *args, **kwargs) if is_fresh(request) else prove_and_come_back(request)

    return cast(Answer[P], guarded)


def prove_and_come_back(request: HttpRequest) -> HttpResponse:
    """Go to where a second factor is proved, and from there to what was asked for by this GET."""
    return HttpResponseRedirect(f"{where_to_prove(member_of(request))}?{urlencode({'next': request.get_full_path()})}")


def where_to_prove(member: Member) -> str:
    """Where `member` proves who he is. Only in the demonstration does somebody get here without a second factor."""
    return reverse("mfa_reauthenticate" if has_one(member) else "account_reauthenticate")


def waiting(request: HttpRequest, key: str) -> Waiting | None:
    """What waits under `key` in this session; None when it was sent on, or waited longer than its proof would last."""
    found: dict[str, Any] | None = request.session.get(WAITING, {}).get(key)
    if found is None or found["at"] < time.time() - settings.FRESH_SECONDS:
        return None
    return Waiting(**found)


def forget(request: HttpRequest, key: str) -> None:
    """It has come: nothing waits under `key` any more."""
    if key in request.session.get(WAITING, {}):
        request.session[WAITING] = {other: one for other, one in request.session[WAITING].items() if other != key}


def _keep(request: HttpRequest) -> str:
    forget(request, request.POST.get(CARRIED, ""))
    kept = Waiting(
        path=request.get_full_path(),
        fields=[(name, value) for name, values in request.POST.lists() if name not in SENT_ALONE for value in values],
        files=list(request.FILES),
        back=page_before(request),
    )
    key = secrets.token_urlsafe(12)
    newest = list(request.session.get(WAITING, {}).items())[-(MOST - 1) :]
    request.session[WAITING] = {**dict(newest), key: asdict(kept)}
    return key


def page_before(request: HttpRequest) -> str:
    """The page of ours that a form was sent from, as far as the browser says; else home."""
    said = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure()):
        return reverse("home")
    parts = urlsplit(said)
    path = "/" + parts.path.lstrip("/\\")  # two strokes at the beginning would name another host
    return f"{path}?{parts.query}" if parts.query else path
