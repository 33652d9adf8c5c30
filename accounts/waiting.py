"""What of the accounts waits for a member."""

from __future__ import annotations

from django.urls import reverse

from accounts.health import health_of
from accounts.models import Account, Removal
from members.models import Member
from members.powers import Position, Power
from members.waiting import Line, Waits, counted


def account_health(member: Member) -> Line:
    """Accounts that somebody should look at."""
    unwell = [one for one in health_of(list(Account.objects.visible_to(member)), member) if one.trouble]
    address = reverse("account", args=[unwell[0].account.pk]) if unwell else reverse("accounts")
    tone = "bad" if any(one.tone == "bad" for one in unwell) else "warn"
    says = f"{unwell[0].account}: {unwell[0].trouble}" if unwell else ""
    return Line("Accounts to look at", len(unwell), address, tone=tone, icon="heartbeat", says=says)


def standing_privileges(member: Member) -> Line:
    """What transferred members may still hold on the platforms: the Commander's duty to remove (1.3)."""
    open_ones = Removal.objects.visible_to(member).outstanding()
    first = open_ones.order_by("opened_at", "pk").values_list("pk", "opened_at").first()
    address, since = (reverse("removal", args=[first[0]]), first[1]) if first else ("", None)
    says = "They have left the unit; remove it on the platform and confirm it (S.O.P. 1)."
    word = "Privileges of transferred members still standing"
    return Line(word, counted(open_ones), address, since, "bad", icon="user-x", says=says)


LINES = (
    Waits(standing_privileges, power=Power.REMOVE_PRIVILEGES),
    Waits(account_health, frozenset({Position.SPECIALIST, Position.COMMANDING_OFFICER, Position.COMMANDER})),
)
