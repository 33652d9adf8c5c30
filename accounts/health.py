"""How the department's accounts do (C.1): token, last poll, limits, who administers and edits them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from accounts.figures import Figure, figures_of
from accounts.models import Account, PlatformLimit, PollState, Role
from accounts.models.polling import UNITS
from members.models import Member

LATE = timedelta(minutes=15)  # a poll that is due for longer has been forgotten by somebody


@dataclass(frozen=True)
class Health:
    """How an account does."""

    account: Account
    poll: PollState | None
    limits: list[PlatformLimit]
    figures: list[Figure]
    standing: list[Role] = field(default_factory=list)

    @property
    def tone(self) -> str:
        """Good, warn or bad: the colour of its word."""
        if self.account.state == Account.State.CLOSED:
            return ""
        if self.account.state != Account.State.ACTIVE:
            return "bad"
        return "warn" if self.trouble else "good"

    @property
    def trouble(self) -> str:
        """What is wrong, in a sentence; empty when all is well."""
        if self.account.state == Account.State.CLOSED:
            return ""
        if self.account.state == Account.State.NEEDS_RECONNECTING:
            return "The platform refused the token. It is tried again; until then nothing is read or sent."
        if self.poll is None or self.poll.last_ok_at is None:
            return (self.poll.trouble if self.poll else "") or "It has not been read yet."
        if self.poll.trouble:
            return self.poll.trouble
        if self.account.state == Account.State.ACTIVE and self.poll.next_at < timezone.now() - LATE:
            return "It is due to be read and has not been: are the workers running?"
        return ""

    @property
    def word(self) -> str:
        """Its standing in a word."""
        if self.account.state != Account.State.ACTIVE:
            return str(self.account.get_state_display())
        return "look at it" if self.trouble else "well"

    @property
    def pauses(self) -> list[PlatformLimit]:
        """The limits that forbid a call now."""
        now = timezone.now()
        return [limit for limit in self.limits if limit.blocked_until and limit.blocked_until > now]

    @property
    def units(self) -> PlatformLimit | None:
        """The ledger of a daily quota, as it stands today; None where there is none, or nothing was spent of it yet."""
        now = timezone.now()
        kept = [one for one in self.limits if one.call == UNITS and one.resets_at and one.resets_at > now]
        return kept[0] if kept else None

    @property
    def administrators(self) -> list[Role]:
        """The main administrator and the others."""
        return [role for role in self.standing if role.kind != Role.Kind.EDITOR]

    @property
    def editors(self) -> list[Role]:
        """Those who write for it."""
        return [role for role in self.standing if role.kind == Role.Kind.EDITOR]


def health_of(accounts: list[Account], member: Member) -> list[Health]:
    """The health of each of `accounts`, as far as `member` may see."""
    figures = figures_of(accounts, member)
    polls = {poll.account_id: poll for poll in PollState.objects.filter(account__in=accounts)}
    limits: dict[int, list[PlatformLimit]] = {}
    for limit in PlatformLimit.objects.filter(account__in=accounts).order_by("call"):
        limits.setdefault(limit.account_id, []).append(limit)
    roles: dict[int, list[Role]] = {}
    standing = Role.objects.filter(Role.STANDING, account__in=accounts).select_related("member")
    for role in standing.order_by("-kind", "member__name"):
        roles.setdefault(role.account_id, []).append(role)
    return [
        Health(one, polls.get(one.pk), limits.get(one.pk, []), figures[one.pk], roles.get(one.pk, []))
        for one in accounts
    ]
