"""How many hashtags a platform takes in one post."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from accounts.models import Account
from accounts.platforms.contract import Platform
from content import hashtags
from content.manuscript import Manuscript
from content.problems import Problem

# Instagram announced in December 2025 that it takes five; beyond sixty YouTube looks at none of them.
MOST = {Platform.INSTAGRAM: 5, Platform.YOUTUBE: 60}


def of_the_versions(manuscript: Manuscript, now: datetime) -> Iterator[Problem]:
    """No version has more than its platform takes."""
    accounts = Account.objects.in_bulk([version.account for version in manuscript.versions])
    for version in manuscript.versions:
        account = accounts.get(version.account)
        most = MOST.get(Platform(account.platform)) if account else None
        count = len(hashtags.in_text(f"{version.title}\n{manuscript.text_for(version)}"))
        if account and most and count > most:
            says = f"{account.get_platform_display()} takes {most} hashtags; these are {count}."
            yield Problem(f"version-{version.account}", says)
