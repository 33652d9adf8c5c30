"""Campaigns (2.F): asked for with their hashtags, and decided together with them."""

from __future__ import annotations

from django.db import transaction

from content import hashtags
from content.models import Campaign, Hashtag
from content.registering import Period, decide, tell_who_decides
from members.authority import require
from members.models import Member
from members.powers import Power
from members.states import Invalid, record


def ask(name: str, aim: str, period: Period, *, by: Member, audience: str = "", tags: str = "") -> Campaign:
    """Ask for a campaign and for the hashtags named in `tags`. Raises Refused, Invalid."""
    require(by, Power.DEVELOP_CONTENT)
    if not name.strip() or not aim.strip():
        raise Invalid("Name it, and say what it is to achieve.", "aim" if name.strip() else "name")
    period.check()
    named = [part for part in tags.replace(",", " ").split() if part.strip("#＃")]
    with transaction.atomic():
        made = Campaign.objects.create(
            name=name.strip(),
            aim=aim.strip(),
            audience=audience.strip(),
            since=period.since,
            until=period.until,
            asked_by=by,
        )
        record("ask", made, by=by, after=made.state)
        tell_who_decides(made, f"{by.name} asks for the campaign “{made.name}”: decide.")
        for tag in named:
            try:
                hashtags.ask(tag, by=by, campaign=made)
            except Invalid as refusal:
                raise Invalid(str(refusal), "tags") from refusal
    return made


def approve(campaign: Campaign, *, by: Member, reason: str = "") -> list[Hashtag]:
    """Approve it, and those of its hashtags that somebody looked at; gives those that still wait for a look.

    Raises Refused, WrongState.
    """
    with transaction.atomic():
        decide(campaign, approves=True, by=by, reason=reason)
        waiting = []
        for tag in campaign.hashtags.filter(state=Hashtag.State.ASKED):
            if tag.may_approve(by) and tag.looks.exists():
                hashtags.approve(tag, by=by)
            else:
                waiting.append(tag)
    return waiting


def decline(campaign: Campaign, *, by: Member, reason: str) -> None:
    """Say no to it, and to its hashtags that nobody has decided. Raises Refused, Invalid, WrongState."""
    with transaction.atomic():
        decide(campaign, approves=False, by=by, reason=reason)
        for tag in campaign.hashtags.filter(state=Hashtag.State.ASKED):
            if tag.may_decline(by):
                decide(tag, approves=False, by=by, reason=reason)


def end(campaign: Campaign, *, by: Member) -> None:
    """It is over, and with it its hashtags. Raises Refused, WrongState."""
    if not campaign.may_end(by):
        raise campaign.refusal(by)
    with transaction.atomic():
        campaign.become(Campaign.State.ENDED, verb="end", by=by)
        for tag in campaign.hashtags.filter(state=Hashtag.State.APPROVED):
            tag.become(Hashtag.State.ENDED, verb="end", by=by)
