"""What a new unit lacks of accounts: one a platform, somebody who administers each, the Terms of Use."""

from __future__ import annotations

from django.urls import reverse

from accounts.models import Account, AccountRequest, Role, Terms
from accounts.platforms.contract import WITH_API, Platform
from members.models import Agency
from members.readiness import Step


def _platform(platform: Platform, there: bool, asked: AccountRequest | None) -> Step:
    """The next thing to do for an account on `platform`: ask for it, decide, connect it."""
    if asked is None:
        says, address, link = (
            "None is connected, and nobody has asked for one.",
            reverse("accounts"),
            "See the accounts",
        )
    elif asked.state == AccountRequest.State.APPROVED:
        says, address, link = f"{asked.handle} is approved.", reverse("connect", args=[asked.pk]), "Connect it"
    else:
        says, address, link = f"{asked.handle} is asked for.", asked.address, "Decide it"
    leave, word = "None on this platform", f"An account on {platform.label}"
    return Step(f"platform:{platform}", word, there, says, address, link, leave, "S.O.P. 1")


def steps(ours: Agency) -> list[Step]:
    """An account on each platform or knowingly none, administrators on all of them, the terms in force."""
    accounts = Account.objects.exclude(state=Account.State.CLOSED)
    there = set(accounts.values_list("platform", flat=True))
    asked = {
        one.platform: one for one in AccountRequest.objects.filter(state__in=AccountRequest.OPEN).order_by("-state")
    }
    platforms = [_platform(platform, platform in there, asked.get(platform)) for platform in WITH_API]
    led = Role.objects.filter(Role.STANDING, kind=Role.Kind.MAIN_ADMINISTRATOR, member__is_active=True)
    without = accounts.exclude(pk__in=led.values("account")).first()
    administered = Step(
        "administrators",
        "A main administrator of every account",
        bool(there) and without is None,
        f"{without} has none." if without else "There is no account yet.",
        reverse("accounts"),
        "See the accounts",
        sop="S.O.P. 1",
    )
    terms = Step(
        "terms",
        "The Terms of Use in force",
        Terms.objects.in_force() is not None,
        "Without them nothing can be hidden: a hide names the clause that was broken.",
        reverse("adopt"),
        "Read and adopt them",
        sop="S.O.P. 4",
    )
    return [terms, *platforms, *([administered] if there else [])]
