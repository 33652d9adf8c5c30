"""The authority matrix, readable: each power, whose it is, who holds it now, whether it can be handed over (E.1)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members import handing_over
from members.asking import member_of
from members.authority import SHOWN, Holder, Holders, changes_at, holds, require, standing
from members.idleness import background
from members.models import Member
from members.powers import AT_THE_CONSOLE, BESIDES, HOUSE, MATRIX, OURS, Power, Row
from members.spreadsheets import csv_answer

TABLES = (
    ("sop", "By the S.O.P.", "Tabs A to F; S.O.P. 1 to 4"),
    (OURS, "Where the S.O.P. is silent", "This product rules; settings may tighten, never loosen"),
    (HOUSE, "Beside it", "What the screens need"),
)


@dataclass(frozen=True)
class Line:
    """A power as the page shows it. `shares` its row with another power, and is told from it by its own words."""

    power: Power
    row: Row
    holders: list[Holder]
    shares: bool
    besides: str = ""

    @property
    def first(self) -> list[Holder]:
        """Those who are named at once."""
        return self.holders[:SHOWN]

    @property
    def rest(self) -> list[Holder]:
        """The others."""
        return self.holders[SHOWN:]


@require_safe
def authority(request: HttpRequest) -> HttpResponseBase:
    """The matrix as it stands now; `member` narrows it to what one of the unit holds, `format=csv` gives a file."""
    asker = member_of(request)
    require(asker, Power.READ_UNIT)
    people = list(Member.objects.serving())
    of = next((one for one in people if str(one.pk) == request.GET.get("member")), None)
    lines = _lines(of)
    if request.GET.get("format") == "csv":
        return _file(lines)
    tables = [(word, says, [line for line in lines if _table(line.row) == key]) for key, word, says in TABLES]
    context = {
        "tables": [table for table in tables if table[2]],
        "people": people,
        "of": of,
        "console": AT_THE_CONSOLE,
        "may_designate": handing_over.may_designate(asker),
        "may_appoint": handing_over.may_appoint_acting(asker),
    }
    return render(request, "members/authority.html", context)


@background
@never_cache
@require_safe
def authority_mark(request: HttpRequest) -> HttpResponse:
    """The mark of what the member may do now, and in how many seconds it changes: what an open page compares."""
    member = member_of(request)
    change = changes_at(member)
    seconds = math.ceil((change - timezone.now()).total_seconds()) if change else None
    return JsonResponse({"mark": standing(member), "in": seconds})


def _lines(of: Member | None) -> list[Line]:
    holders, words = Holders(), [row.words for row in MATRIX.values()]
    return [
        Line(power, row, holders.of(power), words.count(row.words) > 1, BESIDES.get(power, ""))
        for power, row in MATRIX.items()
        if of is None or holds(of, power)
    ]


def _table(row: Row) -> str:
    return row.source if row.source in {OURS, HOUSE} else "sop"


def _file(lines: list[Line]) -> HttpResponseBase:
    def rows() -> Iterator[list[object]]:
        for line in lines:
            over = "yes" if line.row.or_designee else "no"
            now = ", ".join(str(holder) for holder in line.holders)
            yield [line.row.words, line.power.label, line.row.who, line.row.source, over, now]

    return csv_answer("authority", ["row", "power", "who", "source", "can be handed over", "now"], rows())
