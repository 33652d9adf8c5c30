"""Signing in by the department's identity provider: allauth's two steps, and a sentence when the provider fails."""

from __future__ import annotations

from collections.abc import Callable

from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from members import provider
from members.asking import member_of


def _or_a_sentence(step: Callable[[], HttpResponseBase], request: HttpRequest) -> HttpResponseBase:
    """The step's answer; where the provider is away or answers garbage, the page that says so."""
    try:
        return step()
    except Http404:
        raise
    except (RequestException, KeyError, ValueError, TypeError):
        answer: HttpResponse = provider.refused(request, provider.FAILED, status=502).response
        return answer


@login_not_required
@require_POST
def begin(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Send the browser to the provider. 404 where none is configured."""
    return _or_a_sentence(lambda: openid.login(request, provider_id), request)


@login_not_required
@require_safe
def back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """The browser comes back from the provider, with a code or with an error."""
    return _or_a_sentence(lambda: openid.callback(request, provider_id), request)


@login_not_required
@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:
    """Somebody turned back at the provider."""
    sentence = "You turned back at the identity provider, and nobody was signed in."
    answer: HttpResponse = provider.refused(request, sentence, status=200).response
    return answer


@require_POST
def unlink(request: HttpRequest) -> HttpResponse:
    """Forget one's own identity at the provider: the user name and the password stay the way in."""
    member = member_of(request)
    provider.unlink(member=member, by=member)
    messages.success(request, "The identity is unlinked. The provider is asked again when you next sign in by it.")
    return redirect("security")
