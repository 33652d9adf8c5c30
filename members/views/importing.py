"""Import of a list of members from a file: looked through first, written all or not (E.1)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from members import membership, roster_file
from members.asking import member_of
from members.forms import ImportForm
from members.models import Member
from members.powers import Position
from members.roster_file import Reading
from members.spreadsheets import csv_answer
from members.states import Invalid
from members.views.invitations import post_invitation

GIVE_UP_AFTER = 3  # mails that the server does not take: it would not take the others, and each try may last seconds


@require_http_methods(["GET", "HEAD", "POST"])
def import_members(request: HttpRequest) -> HttpResponse:
    """The list is given, then looked through, then, confirmed, written. Until then nothing is stored."""
    by = member_of(request)
    membership.require_over(by, None, {Position.OFFICER})
    form = ImportForm(request.POST or None, request.FILES or None)
    reading = None
    if request.method == "POST" and form.is_valid():
        try:
            text = form.text_given()
            reading = roster_file.read(text, by=by, write="confirm" in request.POST)
        except Invalid as error:
            form.refuse(error)
        else:
            if reading.written:
                return _done(request, reading)
            form = ImportForm(initial={"text": text})
    wrong = bool(form.errors or (reading is not None and reading.wrong))
    return render(
        request, "members/member_import.html", {"form": form, "reading": reading}, status=422 if wrong else 200
    )


def _done(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Send the invitations, and show the links of those whose mail did not go out: they are stored nowhere."""
    by = member_of(request)
    unsent: list[tuple[Member, str]] = []
    for row in reading.new:
        if row.member is None:
            continue
        given_up = len(unsent) >= GIVE_UP_AFTER
        link = post_invitation(row.member, row.token, by=by, try_it=not given_up)
        if link:
            unsent.append((row.member, link))
    context = {"reading": reading, "unsent": unsent, "sent": len(reading.new) - len(unsent)}
    answer = render(request, "members/member_imported.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def import_template(request: HttpRequest) -> HttpResponseBase:
    """A file to fill in."""
    membership.require_over(member_of(request), None, {Position.OFFICER})
    head, *rows = roster_file.TEMPLATE
    return csv_answer("members-template", head, rows)
