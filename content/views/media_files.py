"""Files of the library, for members: originals and papers as downloads, what was made by us to be looked at."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from content import previewing
from content.models import Asset, Depicted, Item, Rendering, Rights, Submission
from content.views.media import asset_of
from members.asking import member_of
from members.kept_files import download, place_of
from members.models import LogEntry


@require_safe
def original(request: HttpRequest, asset_id: int) -> HttpResponseBase:
    """The file as it came, place and camera in it: a download alone, and the log says who took it."""
    found = asset_of(request, asset_id)
    LogEntry.objects.create(by=member_of(request), verb="read", subject_type="content.asset", subject_id=str(found.pk))
    return download(found.digest, found.name)


@require_safe
@cache_control(private=True, max_age=86400, immutable=True)
def still(request: HttpRequest, asset_id: int) -> HttpResponseBase:
    """A smaller picture of it, of our own making."""
    return _shown(place_of(asset_of(request, asset_id).still), "image/jpeg")


@require_safe
def proof(request: HttpRequest, rights_id: int) -> HttpResponseBase:
    """The licence or permission."""
    seen = Asset.objects.visible_to(member_of(request))
    found = get_object_or_404(Rights.objects.filter(asset__in=seen).exclude(proof=""), pk=rights_id)
    return download(found.proof, found.proof_name)


@require_safe
def consent(request: HttpRequest, noted_id: int) -> HttpResponseBase:
    """The consent of somebody who is to be seen; the log says who read it."""
    member = member_of(request)
    seen = Asset.objects.visible_to(member)
    found = get_object_or_404(Depicted.objects.filter(asset__in=seen).exclude(consent=""), pk=noted_id)
    LogEntry.objects.create(by=member, verb="read", subject_type="content.depicted", subject_id=str(found.pk))
    return download(found.consent, found.consent_name)


def _rendering(request: HttpRequest, rendering_id: int) -> Rendering:
    seen = Asset.objects.visible_to(member_of(request))
    return get_object_or_404(Rendering.objects.filter(asset__in=seen), pk=rendering_id)


@require_safe
@cache_control(private=True, max_age=86400, immutable=True)
def rendering(request: HttpRequest, rendering_id: int) -> HttpResponseBase:
    """A file as it leaves."""
    found = _rendering(request, rendering_id)
    return _shown(found.path, found.mime)


@require_safe
@cache_control(private=True, max_age=86400, immutable=True)
def rendering_still(request: HttpRequest, rendering_id: int) -> HttpResponseBase:
    """A smaller picture of it."""
    return _shown(place_of(_rendering(request, rendering_id).still), "image/jpeg")


@require_safe
def captions(request: HttpRequest, submission_id: int, asset_id: int) -> HttpResponse:
    """A video's captions as they were handed in, to be added to it by hand (LR-18)."""
    seen = Submission.objects.filter(item__in=Item.objects.visible_to(member_of(request)))
    said = previewing.captions_of(get_object_or_404(seen.select_related("revision"), pk=submission_id))
    if asset_id not in said:
        raise Http404
    attached = {"Content-Disposition": f'attachment; filename="captions-{asset_id}.vtt"'}
    return HttpResponse(said[asset_id], content_type="text/vtt; charset=utf-8", headers=attached)


def _shown(path: Path, mime: str) -> FileResponse:
    try:
        answer = FileResponse(path.open("rb"), content_type=mime)
    except OSError as error:
        raise Http404 from error
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
