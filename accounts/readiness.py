"""What a new unit lacks of accounts: one a platform, somebody who administers each, the Terms of Use."""

from __future__ import annotations

from django.urls import reverse

from accounts.models import Account, Role, Terms
from accounts.platforms.contract import WITH_API
from members.models import Agency
from members.readiness import Step


def steps(ours: Agency) -> list[Step]:
    """An account on each platform or knowingly none, administrators on all of them, the terms in force."""
    accounts = Account.objects.exclude(state=Account.State.CLOSED)
    there = set(accounts.values_list("platform", flat=True))
    platforms = [
        Step(
            f"platform:{platform}",
            f"An account on {platform.label}",
            platform in there,
            "None is connected.",
            reverse("accounts"),
            "See the accounts",
            "None on this platform",
            "S.O.P. 1",
        )
        for platform in WITH_API
    ]
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
