"""Uploads in parts, for the page's own script: announce, ask how far it came, send a part, finish.

The key is known to the page that announced the file, and to nobody else.
"""

from __future__ import annotations

import uuid
from typing import Any, BinaryIO, cast

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from content.forms import number_of
from content.media import uploads
from content.models import Upload
from members.asking import member_of
from members.authority import require
from members.powers import Power
from members.states import Invalid


def _told(upload: Upload, status: int = 200, **more: Any) -> JsonResponse:
    said = {"key": upload.key.hex, "offset": upload.received, "size": upload.size, "state": upload.state}
    places = {"at": reverse("upload", args=[upload.key]), "finish": reverse("finish_upload", args=[upload.key])}
    return JsonResponse({**said, **places, "part": uploads.PART, **more}, status=status)


def _refused(refusal: Invalid) -> JsonResponse:
    return JsonResponse({"sentence": str(refusal)}, status=422)


def _upload(request: HttpRequest, key: uuid.UUID) -> Upload:
    require(member_of(request), Power.DEVELOP_CONTENT)
    return get_object_or_404(Upload.objects.select_related("asset"), key=key)


def _number(given: str | None) -> int:
    found = number_of(given, digits=15)
    return -1 if found is None else found


@require_POST
def begin_upload(request: HttpRequest) -> JsonResponse:
    """Announce a file; where it is on its way already, the answer says from where to go on."""
    try:
        made = uploads.begin(request.POST.get("name", ""), _number(request.POST.get("size")), by=member_of(request))
    except Invalid as refusal:
        return _refused(refusal)
    return _told(made, status=201)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, upload_key: uuid.UUID) -> JsonResponse:
    """How far it came; with POST the part from `offset` on. 409: it goes on elsewhere, at the offset in the answer."""
    found = _upload(request, upload_key)
    if request.method == "POST":
        try:
            uploads.append(found, _number(request.GET.get("offset")), cast(BinaryIO, request))
        except uploads.Elsewhere as elsewhere:
            return _told(elsewhere.upload, status=409)
        except Invalid as refusal:
            return _refused(refusal)
    return _told(found)


@require_POST
def finish_upload(request: HttpRequest, upload_key: uuid.UUID) -> JsonResponse:
    """All of it is there: it is looked at and comes into the library, or is refused with a sentence."""
    found = _upload(request, upload_key)
    try:
        asset = uploads.finish(found, request.POST.get("digest", ""), by=member_of(request))
    except uploads.Elsewhere as elsewhere:
        return _told(elsewhere.upload, status=409)
    except Invalid as refusal:
        return _refused(refusal)
    return _told(found, asset=asset.pk, page=asset.get_absolute_url())
