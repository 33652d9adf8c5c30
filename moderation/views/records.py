"""Retained records (4.R): the list, one record as it was, and "Verify". Each read is logged (F.I)."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from members.asking import member_of
from members.authority import require
from members.freshness import fresh_second_factor_to_export, is_fresh, prove_and_come_back
from members.models import LogEntry, Member
from members.powers import Power
from members.spreadsheets import LARGEST, csv_answer
from moderation.finding import TO_A_FILE, TOO_LONG, Found, batched, newest
from moderation.listed import newest_records
from moderation.models import RetainedRecord
from moderation.record_page import RecordPage
from moderation.record_search import RecordSearch


def _reader(request: HttpRequest) -> Member:
    member = member_of(request)
    require(member, Power.READ_RECORDS)
    return member


def _read(request: HttpRequest, record_id: int, verb: str) -> RecordPage:
    """The record that the address names, its reading logged. Raises Refused, Http404."""
    member = _reader(request)
    wanted = RetainedRecord.objects.visible_to(member).select_related(
        "comment__account", "grade", "clause__terms", "by"
    )
    record = get_object_or_404(wanted, pk=record_id)
    _log(member, verb, str(record.pk))
    return RecordPage(record)


def _log(member: Member, verb: str, record_id: str = "") -> None:
    """Every reading is on the sealed log (F.I); of an export, that it was made."""
    label = RetainedRecord._meta.label_lower
    LogEntry.objects.create(by=member, verb=verb, subject_type=label, subject_id=record_id)


@require_safe
def records(request: HttpRequest) -> HttpResponseBase:
    """What was retained, newest first; `format=csv` as a file, for whoever has just proved his second factor."""
    reader = _reader(request)
    search = RecordSearch(request.GET, member=reader)
    if request.GET.get("format") == "csv":
        if not is_fresh(request):
            return prove_and_come_back(request)
        _log(reader, "export")
        found = newest(search.entries(), narrowed=search.narrowed, size=LARGEST, seconds=TO_A_FILE)
        return _file(found)
    context = {"search": search, "page": newest_records(search, request.GET.get("after", ""))}
    return render(request, "moderation/records.html", context, status=200 if search.is_valid() else 422)


def _records(keys: list[int]) -> list[RetainedRecord]:
    rows = RetainedRecord.objects.select_related("comment__account", "grade", "clause", "by").in_bulk(keys)
    return [rows[key] for key in keys]


def _file(found: Found) -> HttpResponseBase:
    head = ["record", "made", "account", "comment", "level", "clause", "by", "poster", "text", "digest"]

    def rows() -> Iterator[list[object]]:
        if found.too_long:
            yield [TOO_LONG]
        for some in batched(found.keys):
            for record in _records(some):
                comment = record.comment
                yield [
                    record.pk,
                    record.made_at.isoformat(),
                    comment.account,
                    comment.remote_id,
                    record.grade.level,
                    record.clause.letter,
                    record.by.name,
                    comment.author_shown,
                    comment.text,
                    bytes(record.digest).hex(),
                ]

    return csv_answer("records", head, rows())


@require_safe
def record(request: HttpRequest, record_id: int) -> HttpResponse:
    """One record as it was, with everything that belongs to it."""
    return render(request, "moderation/record.html", {"shown": _read(request, record_id, "read")})


@require_POST
def verify(request: HttpRequest, record_id: int) -> HttpResponse:
    """Recompute the digests and say what agrees."""
    shown = _read(request, record_id, "verify")
    template = "moderation/_verification.html" if getattr(request, "htmx", False) else "moderation/record.html"
    return render(request, template, {"shown": shown, "checks": shown.verify()})


@require_safe
@fresh_second_factor_to_export
def record_bytes(request: HttpRequest, record_id: int) -> HttpResponse:
    """The comment's own bytes as received, as a file that no browser opens."""
    shown = _read(request, record_id, "download")
    return as_file(shown.raw, f"record-{record_id}-as-received.bin")


@require_safe
@fresh_second_factor_to_export
def record_document(request: HttpRequest, record_id: int) -> HttpResponse:
    """The document to the byte: its SHA-256 is the record's digest."""
    shown = _read(request, record_id, "download")
    if shown.payload is None:
        raise Http404
    return as_file(bytes(shown.payload.document), f"record-{record_id}.json")


@require_safe
@fresh_second_factor_to_export
def record_addition(request: HttpRequest, record_id: int, addition_id: int) -> HttpResponse:
    """What came later, as a file."""
    shown = _read(request, record_id, "download")
    addition = get_object_or_404(shown.record.additions, pk=addition_id, content__isnull=False)
    return as_file(bytes(addition.content or b""), f"record-{record_id}-{addition.kind}-{addition.pk}.bin")


def as_file(raw: bytes, name: str) -> HttpResponse:
    """Bytes of the public's as a download: never shown by a browser, whatever they hold."""
    answer = HttpResponse(raw, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox"
    return answer
