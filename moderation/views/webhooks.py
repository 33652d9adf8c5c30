"""Where the platforms send what happens (S.O.P. 1, C.11): verified, kept, answered at once; and what became of it.

A callback knows no session and no member: who calls proves himself by the signature over the bytes he sends. It sets no
cookie, asks no broker, and says nothing to whoever cannot prove himself.
"""

from __future__ import annotations

import structlog
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.platforms import webhooks
from accounts.platforms.webhooks import META, SENDERS, SIGNATURE_HEADERS, X
from moderation import live
from moderation.models import WebhookDelivery

log = structlog.get_logger()

KEPT_HEADERS = ("content-type", "user-agent", "x-hub-signature-256", "x-twitter-webhooks-signature")
LONGEST_HEADER = 300
NOT_SET_UP = "This unit has not set up what this platform signs with: nothing is accepted here."


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def webhook(request: HttpRequest, platform: str) -> HttpResponse:
    """The callback of a platform: its handshake by GET, a delivery by POST.

    200 for what was kept or came before (ruling 34), 403 for what the platform did not sign, 413 for what is too long,
    503 while no secret is set.
    """
    sender = SENDERS.get(platform)  # type: ignore[call-overload]  # a platform is its value
    if sender is None:
        raise Http404
    secret = settings.X_CONSUMER_SECRET if sender == X else settings.PLATFORM_APPS[platform]["client_secret"]
    if not secret:
        return _says(NOT_SET_UP, 503)
    return _handshake(request, sender, secret) if request.method == "GET" else _delivery(request, sender, secret)


def _handshake(request: HttpRequest, sender: str, secret: str) -> HttpResponse:
    if sender == META:
        answer = webhooks.hub_answer(request.GET, settings.META_VERIFY_TOKEN)
        return _says(answer, 200) if answer else _says("This is not the handshake that was agreed with Meta.", 403)
    response = webhooks.crc_answer(request.GET.get("crc_token", ""), secret)
    if response is None:
        return _says("This is no challenge of X.", 400)
    return JsonResponse({"response_token": response})


def _delivery(request: HttpRequest, sender: str, secret: str) -> HttpResponse:
    signature = request.headers.get(SIGNATURE_HEADERS[sender], "")
    if not signature:
        return _says("This is not signed.", 403)
    body = _read(request)
    if body is None:
        return _says(f"A body of more than {settings.LARGEST_BODY} bytes is not read.", 413)
    if not webhooks.is_signed(sender, body, signature, secret):
        return _says("This was not signed by the platform.", 403)
    headers = {name: request.headers[name][:LONGEST_HEADER] for name in KEPT_HEADERS if name in request.headers}
    if WebhookDelivery.keep(sender, body, headers) is not None:
        live.delivered()
    return _says("", 200)


def _read(request: HttpRequest) -> bytes | None:
    """The body as it was sent; None where it is too long, whether it says so or not. Cut short it is no signed body."""
    said = request.headers.get("content-length", "")
    if said.isdecimal() and int(said[:20]) > settings.LARGEST_BODY:
        return None
    try:
        body: bytes = request.read(settings.LARGEST_BODY + 1)
    except UnreadablePostError:
        return b""
    return body if len(body) <= settings.LARGEST_BODY else None


def _says(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
