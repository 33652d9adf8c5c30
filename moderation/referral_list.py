"""What a list of referrals is narrowed to; it lives in the address, so that it can be kept and shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q

from members.models import Member
from moderation.models import Referral
from moderation.models.referrals import ReferralQuerySet

UNFINISHED = "unfinished"


def _number(text: Any) -> int | None:
    return int(text) if str(text or "").isdecimal() and len(str(text)) < 19 else None


@dataclass(frozen=True)
class Narrowed:
    """Which referrals. `state` `unfinished`: open or answered, overdue or not."""

    mine: bool = False
    overdue: bool = False
    kind: str = ""
    state: str = ""
    section: int | None = None
    owner: int | None = None

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Narrowed:
        """From an address; what makes no sense is left out."""
        kind, state = str(given.get("kind") or ""), str(given.get("state") or "")
        return cls(
            mine=given.get("mine") == "1",
            overdue=given.get("overdue") == "1",
            kind=kind if kind in Referral.Kind.values else "",
            state=state if state in {UNFINISHED, *Referral.State.values} else "",
            section=_number(given.get("section")),
            owner=_number(given.get("owner")),
        )

    @property
    def query(self) -> str:
        """As an address says it."""
        given = {
            "mine": "1" if self.mine else "",
            "overdue": "1" if self.overdue else "",
            "kind": self.kind,
            "state": self.state,
            "section": self.section or "",
            "owner": self.owner or "",
        }
        return urlencode({name: value for name, value in given.items() if value})

    def of(self, referrals: ReferralQuerySet, member: Member) -> ReferralQuerySet:
        """Those of `referrals` that are meant; `mine` are what `member` follows and what he is asked."""
        if self.mine:
            referrals = referrals.filter(Q(owner=member) | Q(member=member))
        if self.overdue:
            referrals = referrals.overdue()
        if self.state == UNFINISHED:
            referrals = referrals.unfinished()
        only = {"kind": self.kind, "section": self.section, "owner": self.owner}
        if self.state in Referral.State.values:
            only["state"] = self.state
        return referrals.filter(**{name: value for name, value in only.items() if value})
