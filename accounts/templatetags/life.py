"""The life of an account on its page, and what of a transferred member still stands on the Commander's home."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.models import Account, Removal, Termination
from accounts.models.fakes import FakeAccount
from accounts.models.holders import may_read
from accounts.models.terminations import may_prepare
from members.models import Member
from members.powers import Power
from members.waiting import counted

register = template.Library()


@register.inclusion_tag("accounts/_life.html")
def life_of(account: Account, by: Member) -> dict[str, Any]:
    """From its request to its end, with the ways on that `by` has."""
    return {
        "account": account,
        "asked": account.request,
        "former_names": account.former_names.all(),
        "suspension": account.suspensions.first() if account.state == Account.State.SUSPENDED else None,
        "termination": account.terminations.exclude(state=Termination.State.WITHDRAWN).first(),
        "may_prepare": may_prepare(by) and account.state != Account.State.CLOSED,
        "may_name": by.may(Power.ADMINISTER_ACCOUNTS),
        "may_read_holders": may_read(by),
        "holds": account.holds.visible_to(by).standing().select_related("member"),
    }


@register.inclusion_tag("accounts/_life_doors.html")
def life_doors(by: Member) -> dict[str, Any]:
    """The ways from the list of accounts to what surrounds them."""
    fakes = counted(FakeAccount.objects.visible_to(by).open())
    return {"may_read_holders": may_read(by), "fakes": fakes}


@register.inclusion_tag("accounts/_standing_privileges.html")
def standing_privileges(by: Member) -> dict[str, Any]:
    """The red banner: nobody else's duty but the Commander's (1.3), until the last item is confirmed."""
    if not by.may(Power.REMOVE_PRIVILEGES):
        return {}
    found = Removal.objects.visible_to(by).outstanding().select_related("member")
    members = {removal.member_id: removal.member for removal in found.order_by("opened_at")[:200]}
    return {"members": list(members.values())}
