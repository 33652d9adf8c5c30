"""One act a request, and refusals as sentences."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import sync_and_async_middleware
from django.utils.deprecation import MiddlewareMixin
from django_structlog.middlewares import RequestMiddleware

from members.freshness import page_before
from members.models.agency import agency
from members.models.trail import one_act
from members.secrets import UnknownKey
from members.setting_up import is_set_up
from moderation.refusals import sentence_of, status_of

KEY_IS_LOST = (
    "What this page needs is stored under a key that this unit does not have. Tell whoever runs the server: the way out"
    " stands in docs/operations.md, Lost keys."
)
# Fields of prose: what a refused form held of them is shown, to be copied. Named one by one, so that no password is.
PROSE = ("reason", "note", "reply", "proof", "words")

Answer = Callable[[HttpRequest], HttpResponse | Awaitable[HttpResponse]]


@sync_and_async_middleware
def OneActPerRequest(get_response: Answer) -> Answer:  # noqa: N802  (named in settings like a class)
    """Everything that one request records bears one id (idea 3)."""
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponse:
            with one_act():
                return await get_response(request)  # type: ignore[no-any-return]

        markcoroutinefunction(answer_async)
        return answer_async

    def answer(request: HttpRequest) -> HttpResponse:
        with one_act():
            return get_response(request)  # type: ignore[return-value]

    return answer


class AgencyOfTheRequest(MiddlewareMixin):
    """Read once a request: `request.agency`; its zone is the one in which times are shown and days begin.

    Before there is a unit every page leads to the first one, but for those that must work without.
    """

    ASKS_NOTHING = ("/health/",)  # it says whether the database answers, and must not fail before it can
    WITHOUT_A_UNIT = ("/setup/", "/preferences/theme/")

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """Read the agency, and lead to the set-up where there is none."""
        if request.path.startswith(self.ASKS_NOTHING):
            return None
        ours = agency()
        request.agency = ours  # type: ignore[attr-defined]
        timezone.activate(ours.zone)
        if not request.path.startswith(self.WITHOUT_A_UNIT) and not is_set_up(ours):
            return HttpResponseRedirect(reverse("setup"))
        return None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Leave the thread as it was found."""
        timezone.deactivate()
        return response


class RequestLog(RequestMiddleware):
    """Logs each request by its path alone: a query may hold the words or the name that somebody looks for."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Method and path."""
        return f"{request.method} {request.path}"


class Refusals:
    """A refusal that no view has put into its own page becomes a sentence with the right status."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponse | Awaitable[HttpResponse]:
        """Pass on; what is raised comes to `process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """403, 409, 422, or 503 for a lost key (ruling 33), with the sentence, as a page or, for htmx, a fragment."""
        template = "_refusal.html" if getattr(request, "htmx", False) else "refusal.html"
        if isinstance(exception, UnknownKey):
            return render(request, template, {"sentence": KEY_IS_LOST, "status": 503}, status=503)
        status = status_of(exception)
        if status is None:
            return None
        context = {
            "sentence": sentence_of(exception),
            "status": status,
            "able": getattr(exception, "able", ()),
            "back": page_before(request),
            "typed": [(name, text) for name in PROSE if (text := request.POST.get(name, "").strip())],
        }
        return render(request, template, context, status=status)
