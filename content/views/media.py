"""The library of pictures and videos: the list, adding, one of them with its rights and people (2.B, 2.D, 2.G)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from content.media.keeping import coming, spool, take_in
from content.media.noting import judge_ground, note_person, say_rights, take_back_person
from content.media_forms import AddAssetForm, PersonForm, RightsForm
from content.media_library import LACKS, SOON, Narrowed
from content.models import Asset, Depicted, Item, Publication, Rights, Upload
from members.asking import member_of
from members.authority import require
from members.models import Member
from members.paging import page_of
from members.powers import Power
from members.refusals import REFUSALS, sentence_of, status_of
from members.spreadsheets import LARGEST, csv_answer
from members.states import Invalid

MOST_FILES = 20
MOST_DRAFTS = 5
OVER = [Item.State.PUBLISHED, Item.State.DECLINED, Item.State.WITHDRAWN, Item.State.EXPIRED]


@require_safe
def media_library(request: HttpRequest) -> HttpResponse:
    """All of it, newest first, narrowed by the address."""
    member = member_of(request)
    narrowed = Narrowed.read(request.GET)
    context = {
        "page": page_of(narrowed.of(Asset.objects.visible_to(member)).select_related("by"), request.GET.get("after")),
        "narrowed": narrowed,
        "kinds": Asset.Kind,
        "bases": Rights.Basis,
        "lacks": LACKS,
        "soon": SOON,
        "today": timezone.localdate(),
        "may_add": member.may(Power.DEVELOP_CONTENT),
    }
    return render(request, "content/media_library.html", context)


@require_safe
def media_library_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as CSV."""
    found = Narrowed.read(request.GET).of(Asset.objects.visible_to(member_of(request))).select_related("by")
    head = ["id", "name", "kind", "type", "width", "height", "seconds", "bytes", "sha-256", "basis", "credit"]
    head += ["rights end", "added by", "added"]

    def rows() -> Iterator[list[object]]:
        for one in found.order_by("-pk")[:LARGEST].iterator(chunk_size=1000):
            yield [
                one.pk,
                one.name,
                one.get_kind_display(),
                one.mime,
                one.width,
                one.height,
                one.seconds,
                one.size,
                one.digest,
                one.basis,
                one.credit,
                one.expires_on,
                one.by.name,
                one.at.isoformat(),
            ]

    return csv_answer("media", head, rows())


@require_http_methods(["GET", "HEAD", "POST"])
def add_asset(request: HttpRequest) -> HttpResponse:
    """Bring files into the library, each with the rights in it; what is not taken says why, and the rest is kept."""
    member = member_of(request)
    require(member, Power.DEVELOP_CONTENT)
    form = AddAssetForm(request.POST or None, request.FILES or None)
    made: list[Asset] = []
    if request.method == "POST" and form.is_valid():
        try:
            ground = form.ground()
            judge_ground(ground)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            made = _taken(request, form)
            for asset in made:
                if asset.rights_in_force is None:
                    say_rights(asset, ground, by=member)
            if made and not form.errors:
                messages.success(request, "In the library. Say who is to be seen on it before it goes out.")
                return redirect(made[0] if len(made) == 1 else "media_library")
    status = 422 if form.errors else 200
    uploads = request.POST.getlist("uploads")[:MOST_FILES] if request.method == "POST" else []
    context = {"form": form, "made": made, "uploads": uploads}
    return render(request, "content/add_asset.html", context, status=status)


def _taken(request: HttpRequest, form: AddAssetForm) -> list[Asset]:
    """What came with the form, and what the page sent before it in parts; refusals go to the field."""
    member, found = member_of(request), []
    given: list[UploadedFile[Any]] = form.cleaned_data["given"]
    keys = [key for key in request.POST.getlist("uploads") if len(key) == 32 and key.isalnum()]
    sent = Upload.objects.filter(member=member, asset__isnull=False, key__in=keys).select_related("asset")
    found += [upload.asset for upload in sent if upload.asset is not None]
    if not given and not found:
        form.add_error("given", "Choose a picture or a video.")
    if len(given) > MOST_FILES:
        form.add_error("given", f"At most {MOST_FILES} files at once.")
        return found
    for file in given:
        try:
            with coming() as path:
                spool(cast(BinaryIO, file), path)
                found.append(take_in(path, str(file.name or ""), by=member))
        except Invalid as refusal:
            form.add_error("given", f"{file.name}: {refusal}" if len(given) > 1 else str(refusal))
    return found


# --- one of them ------------------------------------------------------------------------------------------------------


def asset_of(request: HttpRequest, asset_id: int) -> Asset:
    """An asset that the member may see. Raises Http404."""
    return get_object_or_404(Asset.objects.visible_to(member_of(request)).select_related("by"), pk=asset_id)


@require_safe
def asset(request: HttpRequest, asset_id: int) -> HttpResponse:
    """What it is, the rights in it, who is to be seen, what was made of it, where it is used."""
    return _page(request, asset_of(request, asset_id))


def _page(
    request: HttpRequest,
    found: Asset,
    *,
    rights: RightsForm | None = None,
    person: PersonForm | None = None,
    refusal: Exception | None = None,
) -> HttpResponse:
    member = member_of(request)
    wrong = refusal is not None or any(form is not None and form.errors for form in (rights, person))
    context = {
        "asset": found,
        "rights": list(found.rights.select_related("by")),
        "people": list(found.people().select_related("by")),
        "renderings": list(found.renderings.select_related("mark")[:50]),
        "used": _used(found, request),
        "drafts": _drafts(found, member),
        "rights_form": rights or RightsForm(),
        "person_form": person or PersonForm(),
        "may_note": member.may(Power.DEVELOP_CONTENT),
        "today": timezone.localdate(),
        "refusal": sentence_of(refusal) if refusal else "",
    }
    status = status_of(refusal) if refusal else 422 if wrong else 200
    return render(request, "content/asset.html", context, status=status)


def _used(found: Asset, request: HttpRequest) -> dict[str, list[Any]]:
    """The posts that show it, and the items that are still being worked on and do."""
    member = member_of(request)
    posts = Publication.objects.visible_to(member).filter(files__rendering__asset=found).distinct()
    unfinished = Item.objects.visible_to(member).exclude(state__in=OVER).select_related("revision")
    items = [one for one in unfinished[:300] if any(shown.asset == found.pk for shown in one.manuscript.pictures)]
    return {"posts": list(posts.select_related("account").order_by("-pk")[:50]), "items": items}


def _drafts(found: Asset, member: Member) -> list[Item]:
    """What the member wrote on last and can go on writing, and does not show it yet: there it can be shown."""
    open_ones = Item.objects.visible_to(member).filter(state__in=[Item.State.DRAFT, Item.State.RETURNED])
    mine = open_ones.annotate(last=Max("revisions__pk", filter=Q(revisions__by=member))).filter(last__isnull=False)
    latest = mine.select_related("revision").order_by("-last")[:MOST_DRAFTS]
    return [one for one in latest if found.pk not in {shown.asset for shown in one.manuscript.pictures}]


def _said(
    request: HttpRequest, found: Asset, form: RightsForm | PersonForm, act: Callable[[], object], sentence: str
) -> HttpResponse:
    forms = {"rights": form} if isinstance(form, RightsForm) else {"person": form}
    if form.is_valid():
        try:
            act()
        except Invalid as refusal:
            form.refuse(refusal)
        except REFUSALS as refusal:
            return _page(request, found, refusal=refusal, **forms)
        else:
            messages.success(request, sentence)
            return redirect(found)
    return _page(request, found, **forms)


@require_POST
def say_asset_rights(request: HttpRequest, asset_id: int) -> HttpResponse:
    """Say on what ground it may be published from now on."""
    found, by = asset_of(request, asset_id), member_of(request)
    require(by, Power.DEVELOP_CONTENT)
    form = RightsForm(request.POST, request.FILES)
    return _said(request, found, form, lambda: say_rights(found, form.ground(), by=by), "Noted; it counts from now on.")


@require_POST
def note_asset_person(request: HttpRequest, asset_id: int) -> HttpResponse:
    """Note somebody who is to be seen."""
    found, by = asset_of(request, asset_id), member_of(request)
    require(by, Power.DEVELOP_CONTENT)
    form = PersonForm(request.POST, request.FILES)
    return _said(request, found, form, lambda: note_person(found, form.person(), by=by), "Noted.")


@require_POST
def take_back_asset_person(request: HttpRequest, asset_id: int, noted_id: int) -> HttpResponse:
    """Say that a note was wrong."""
    found, by = asset_of(request, asset_id), member_of(request)
    require(by, Power.DEVELOP_CONTENT)
    noted = get_object_or_404(Depicted.objects.select_related("asset"), pk=noted_id, asset=found)
    try:
        take_back_person(noted, by=by)
    except REFUSALS as refusal:
        return _page(request, found, refusal=refusal)
    messages.success(request, "Taken back; the trail keeps that it stood there.")
    return redirect(found)
