"""The life of the demonstration's accounts: asked for, approved, connected, and for one of them its end."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from accounts.handles import key_of
from accounts.models import AccountRequest, GoalServed, RequestDecision
from members.models import Member
from members.states import record
from smu.demonstration import read

ZONE = ZoneInfo("America/New_York")
ASKED_BY, DECIDED_BY = "acole", "rkeller"  # user names of members.json


def approved(one: dict[str, Any]) -> AccountRequest:
    """The request for an account of accounts.json, approved: on the days that the file says, as requests go."""
    asked = one["request"]
    at = datetime.combine(datetime.fromisoformat(asked["on"]).date(), datetime.min.time().replace(hour=10), ZONE)
    request = AccountRequest.objects.create(
        platform=one["platform"],
        handle=one["handle"],
        handle_key=key_of(one["platform"], one["handle"]),
        name=one["name"],
        purpose=asked["purpose"],
        values_statement=read("request_words")["values"],
        requested_by=Member.objects.get(username=ASKED_BY),
        requested_at=at,
    )
    record("request", request, by=None, after=request.state)
    for goal, how in asked["goals"].items():
        GoalServed.objects.create(request=request, goal=goal, how=how)
    decision = RequestDecision.objects.create(
        request=request,
        verdict=RequestDecision.Verdict.APPROVED,
        reasons=read("request_words")["reasons"],
        by=Member.objects.get(username=DECIDED_BY),
        at=at.replace(hour=15),
    )
    request.become(request.State.APPROVED, verb="approve", by=None, decision=decision)
    return request
