"""What a platform's terms say of use by a government, as the Commander is shown it before an account is connected.

X alone has such terms (facts.md 0.1, read 2026-11-22 in its developer agreement, use-case and restricted-use pages). A
changed text is a new version, to be acknowledged anew.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from accounts.models.connecting import Acknowledgement
from members import authority
from members.authority import holders, who_now
from members.models import Member
from members.powers import Power
from members.states import Invalid, Refused, record


@dataclass(frozen=True)
class GovernmentUse:
    """A platform's terms on government use, in this product's words."""

    version: str
    points: tuple[str, ...]

    @property
    def digest(self) -> bytes:
        """Of the text as it is shown."""
        return hashlib.sha256("\n".join((self.version, *self.points)).encode()).digest()


TEXT = Path(__file__).with_name("government_use.json")
TERMS = {
    name: GovernmentUse(said["version"], tuple(said["points"])) for name, said in json.loads(TEXT.read_text()).items()
}


def acknowledged(platform: str) -> Acknowledgement | None:
    """Who has taken the terms of `platform` on as they stand now, if anybody has."""
    terms = TERMS[platform]
    return Acknowledgement.objects.filter(platform=platform, version=terms.version, digest=terms.digest).first()


def is_settled(platform: str) -> bool:
    """Whether nothing of that kind stands in the way of connecting an account."""
    return platform not in TERMS or acknowledged(platform) is not None


def may_acknowledge(member: Member) -> bool:
    """The Commander, or who is acting as Commander: it binds the department."""
    return authority.is_commander(member)


def acknowledge(platform: str, *, by: Member, version: str) -> Acknowledgement:
    """The Commander takes the terms on, as they were on his screen. Raises Refused, Invalid (they have changed)."""
    if not may_acknowledge(by):
        able = holders(Power.DESIGNATE)
        raise Refused(f"Only the Commander takes on X's terms on government use. {who_now(able)}", able=able)
    terms = TERMS.get(platform)
    if terms is None:
        raise Invalid("This platform has no terms on government use that were to be acknowledged.")
    if version != terms.version:
        raise Invalid("The terms have changed since the page was opened: read them again.", "version")
    with transaction.atomic():
        found, made = Acknowledgement.objects.get_or_create(
            platform=platform, version=terms.version, digest=terms.digest, defaults={"by": by}
        )
        if made:
            record("acknowledge", found, by=by, after=terms.version)
    return found
