"""What of the accounts waits for a member."""

from __future__ import annotations

from django.urls import reverse

from accounts.health import health_of
from accounts.models import Account, AccountRequest, PlatformFilter, Removal, Termination
from accounts.terms_checking import standings
from members.models import Member
from members.powers import Position, Power
from members.waiting import MOST, Line, Waits, counted


def account_health(member: Member) -> Line:
    """Accounts that somebody should look at."""
    unwell = [one for one in health_of(list(Account.objects.visible_to(member).open()), member) if one.trouble]
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


def filters_to_decide(member: Member) -> Line:
    """Filters that wait for the Commander or designee; those that act already, approved by nobody, press most."""
    rows = PlatformFilter.objects.visible_to(member).filter(state__in=["proposed", "found"])
    found = rows.unapproved().order_by("at").first()
    first = found or rows.order_by("at").first()
    says = f"{found}: it hides comments, and nobody has approved it." if found else "Approve or decline it."
    address, since = (reverse("filter", args=[first.pk]), first.at) if first else (reverse("filters"), None)
    tone = "bad" if found else "warn"
    return Line("Filters to decide on", counted(rows), address, since, tone, icon="filter-question", says=says)


def filters_to_look_at(member: Member) -> Line:
    """What is to be set on a platform, taken off it, or looked at again there."""
    rows = PlatformFilter.objects.visible_to(member)
    rows = rows.filter(state__in=["approved", "to_end"]) | rows.overdue()
    first = rows.order_by("at").first()
    address = reverse("filter", args=[first.pk]) if first else reverse("filters")
    says = f"{first}: {'review due' if first.is_overdue else first.get_state_display()}." if first else ""
    return Line(
        "Filters to see to on the platforms", counted(rows), address, tone="warn", icon="filter-check", says=says
    )


def terms_to_look_at(member: Member) -> Line:
    """Accounts that do not show the terms, or of which nobody knows for certain that they do (4.T)."""
    accounts = list(Account.objects.visible_to(member).open())
    waiting = [one for one in standings(accounts) if one.waits and one.terms is not None]
    waiting.sort(key=lambda one: one.tone != "bad")
    address = reverse("account_terms", args=[waiting[0].account.pk]) if waiting else reverse("terms_register")
    says = f"{waiting[0].account}: {waiting[0].word}." if waiting else ""
    tone = waiting[0].tone if waiting else "warn"
    return Line("Terms of Use to look for", len(waiting), address, tone=tone, icon="file-certificate", says=says)


def requests_to_decide(member: Member) -> Line:
    """Accounts that somebody asks for: the Commander or designee decides (1.1), never his own request."""
    asked = [one for one in AccountRequest.objects.undecided().order_by("pk")[:MOST] if one.may_approve(member)]
    address, since = (asked[0].address, asked[0].requested_at) if asked else (reverse("account_requests"), None)
    return Line("Accounts asked for", len(asked), address, since, "warn", icon="user-question", says="Decide them.")


def terminations_to_approve(member: Member) -> Line | None:
    """Terminations whose conditions may all be there: the Commander alone approves (1.4)."""
    found = Termination.objects.open().order_by("pk")
    first = found.first()
    if first is None:
        return None
    return Line("Terminations prepared", counted(found), first.address, first.prepared_at, icon="plug-off")


LINES = (
    Waits(requests_to_decide, power=Power.APPROVE_ACCOUNTS),
    Waits(terminations_to_approve, power=Power.TERMINATE_ACCOUNTS),
    Waits(standing_privileges, power=Power.REMOVE_PRIVILEGES),
    Waits(filters_to_decide, power=Power.ADMINISTER_ACCOUNTS),
    Waits(account_health, frozenset({Position.SPECIALIST, Position.COMMANDING_OFFICER, Position.COMMANDER})),
    Waits(terms_to_look_at, power=Power.MANAGE_ACCOUNTS),
    Waits(filters_to_look_at, power=Power.MANAGE_ACCOUNTS),
)
