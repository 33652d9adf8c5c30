"""What each platform lets an application do, shown as the table that the rules read (architecture.md, idea 9)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Account
from accounts.platforms.capabilities import Act, Capability, Way, capability
from accounts.platforms.contract import WITH_API, Platform
from members.asking import member_of

TONES = {Way.API: "good", Way.CONDITIONAL: "warn", Way.BY_HAND: "warn", Way.NEVER: ""}


@dataclass(frozen=True)
class Shown:
    """A cell as the page draws it."""

    platform: str
    cell: Capability

    @property
    def tone(self) -> str:
        """The colour of its word."""
        return TONES[self.cell.way]


@require_safe
def capabilities(request: HttpRequest) -> HttpResponse:
    """Act by act and platform by platform; of X for the tier of the department's account."""
    standing = Account.objects.visible_to(member_of(request)).open().filter(platform=Platform.X)
    tier = standing.values_list("tier", flat=True).first() or ""
    rows = [(act.value, [Shown(Platform(name).label, capability(name, act, tier)) for name in WITH_API]) for act in Act]
    names = [Platform(name).label for name in WITH_API]
    return render(request, "accounts/capabilities.html", {"rows": rows, "names": names, "tier": tier})
