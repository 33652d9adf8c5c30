"""The life of the demonstration's accounts: asked for, approved, connected, and for one of them its end."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from accounts.handles import key_of
from accounts.models import (
    Account,
    AccountName,
    AccountRequest,
    FollowerNotice,
    GoalServed,
    RequestDecision,
    Role,
    Termination,
    TerminationApproval,
)
from accounts.platforms.contract import Platform
from members.models import Member
from members.states import record
from smu.demonstration import read

# Twitter began to call itself X on 23 and 24 July 2023: from memory.
TWITTER_UNTIL = date(2023, 7, 24)
# Periscope was launched by Twitter on 26 March 2015; its end was announced on 15 December 2020 and came on 31 March
# 2021: from memory. What the fictional agency did follows these days.
LAUNCHED, ANNOUNCED, GONE = date(2015, 3, 26), date(2020, 12, 15), date(2021, 3, 31)
ZONE = ZoneInfo("America/New_York")
ASKED_BY, DECIDED_BY = "acole", "rkeller"  # user names of members.json


def approved(one: dict[str, Any]) -> AccountRequest:
    """The request for an account of accounts.json, approved: on the days that the file says, as requests go."""
    asked = one["request"]
    at = _on(date.fromisoformat(asked["on"]), 10)
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


def note_former_names(account: Account) -> None:
    """What X was called before."""
    if account.platform == Platform.X:
        note = "Twitter calls itself X; the account, its followers and its records are the same."
        AccountName.objects.create(account=account, platform_name="Twitter", until=TWITTER_UNTIL, note=note)


def load_periscope() -> None:
    """The account on Periscope, from its request to its end, or find it there."""
    told = read("periscope")
    if Account.objects.filter(platform=Platform.PERISCOPE).exists():
        return
    commander = Member.objects.get(username=DECIDED_BY)
    request = approved({**told, "platform": Platform.PERISCOPE})
    account = Account.objects.create(
        request=request,
        platform=Platform.PERISCOPE,
        remote_id=told["remote_id"],
        handle=told["handle"],
        name=told["name"],
        connected_at=_on(date.fromisoformat(told["request"]["on"]), 16),
    )
    record("connect", account, by=None, after=account.state)
    request.become(request.State.CONNECTED, verb="connect", by=None)
    ended = _on(date(2021, 4, 5), 11)
    main = {"member": commander, "kind": Role.Kind.MAIN_ADMINISTRATOR, "since": account.connected_at}
    Role.objects.create(account=account, **main, until=ended, end_reason="The account was terminated.")
    _terminate(account, told["termination"], commander, ended)


def _terminate(account: Account, told: dict[str, Any], commander: Member, ended: datetime) -> None:
    """The notices were out long before the platform went; the Commander approved when all of it was there."""
    prepared_by = Member.objects.get(username=ASKED_BY)
    termination = Termination.objects.create(
        account=account,
        ground=Termination.Ground.INACTIVE,
        ground_text=told["ground"].format(launched=_spoken(LAUNCHED), announced=_spoken(ANNOUNCED), gone=_spoken(GONE)),
        alternative=told["alternative"],
        archive_gone=told["archive_gone"],
        prepared_by=prepared_by,
        prepared_at=_on(date(2020, 12, 16), 9),
    )
    record("prepare", termination, by=None, after=termination.state)
    for notice in told["notices"]:
        at = _on(date.fromisoformat(notice["on"]), 12)
        said = {"link": notice["link"], "wording": notice["wording"], "by": prepared_by}
        FollowerNotice.objects.create(termination=termination, **said, published_at=at, at=at)
        record("give_notice", termination, by=None)
    approval = TerminationApproval.objects.create(
        termination=termination, reasons=told["reasons"], by=commander, at=ended
    )
    termination.become(Termination.State.APPROVED, verb="approve", by=None, decision=approval)
    account.become(Account.State.CLOSED, verb="terminate", by=None, decision=approval)


def _on(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZONE)


def _spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
