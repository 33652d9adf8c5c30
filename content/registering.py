"""Deciding what stands in the register: campaigns and hashtags take the same road (2.F)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from content.models import Campaign, CampaignDecision, Hashtag, HashtagDecision
from content.models.register import Registered
from members.authority import holders
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, WrongState


@dataclass(frozen=True)
class Period:
    """From a day to a day; without an end, until it is ended."""

    since: date
    until: date | None = None

    def check(self) -> None:
        """Raises Invalid for an end before the beginning, or in the past."""
        if self.until and self.until < self.since:
            raise Invalid("The last day lies before the first.", "until")
        if self.until and self.until < timezone.localdate():
            raise Invalid("The last day is over already.", "until")


def tell_who_decides(asked: Campaign | Hashtag, sentence: str) -> None:
    """Tell those who could decide what was asked for."""
    able = [one.member for one in holders(Power.APPROVE_HASHTAGS) if asked.may_approve(one.member)]
    tell(able, Kind.CONTENT, sentence, asked.get_absolute_url())


def decide(asked: Campaign | Hashtag, *, approves: bool, by: Member, reason: str = "") -> None:
    """Approve or decline it; who asked is told. Raises Refused, Invalid (no reason given), WrongState."""
    if not asked.may_approve(by):
        raise asked.refusal(by)
    if not approves and not reason.strip():
        raise Invalid("Say why not.", "reason")
    state, verb = (Registered.State.APPROVED, "approve") if approves else (Registered.State.DECLINED, "decline")
    given = {"approves": approves, "reason": reason.strip(), "by": by}
    try:
        with transaction.atomic():
            made: CampaignDecision | HashtagDecision
            if isinstance(asked, Campaign):
                made = CampaignDecision.objects.create(campaign=asked, **given)
            else:
                made = HashtagDecision.objects.create(hashtag=asked, **given)
            asked.become(state, verb=verb, by=by, decision=made)
            said = f"{asked} was {'approved' if approves else 'declined: read why'}."
            tell([asked.asked_by], Kind.CONTENT, said, asked.get_absolute_url(), but=by)
    except IntegrityError as error:  # decided at this moment by another
        raise WrongState(asked, verb) from error


def withdraw(asked: Campaign | Hashtag, *, by: Member) -> None:
    """Take the asking back. Raises Refused, WrongState."""
    if not asked.may_withdraw(by):
        raise asked.refusal(by)
    asked.become(Registered.State.WITHDRAWN, verb="withdraw", by=by)


def end(asked: Campaign | Hashtag, *, by: Member) -> None:
    """It is used no more from now on. Raises Refused, WrongState."""
    if not asked.may_end(by):
        raise asked.refusal(by)
    asked.become(Registered.State.ENDED, verb="end", by=by)
