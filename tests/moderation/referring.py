"""What the tests of referrals do again and again."""

from __future__ import annotations

import uuid
from typing import Any

from members.models import Member, Notification
from moderation import referrals
from moderation.models import Comment, Referral, ReferralEntry, Section
from tests.moderation.acts import case_of


def section(name: str = "Traffic Enforcement", **fields: Any) -> Section:
    fields.setdefault("charge", "Traffic and parking.")
    return Section.objects.create(name=name, **fields)


def refer(comment: Comment, by: Member, kind: str = "concern", **fields: Any) -> Referral:
    """As a member opens it; to a section of its own unless it is said otherwise."""
    if not {"section", "member"} & fields.keys() and kind not in {"lead", "emergency"}:
        fields["section"] = Section.objects.first() or section()
    key = fields.pop("key", uuid.uuid4().hex)
    return referrals.open_referral(case_of(comment).comment, referrals.Ask(kind, **fields), by=by, key=key)


def again(referral: Referral) -> Referral:
    """As it stands now."""
    return Referral.objects.with_all().get(pk=referral.pk)


def log_of(referral: Referral) -> list[str]:
    """The kinds of its lines, oldest first."""
    return list(ReferralEntry.objects.filter(referral=referral).order_by("pk").values_list("kind", flat=True))


def told(member: Member, kind: str = "referrals") -> list[str]:
    """What a member was told."""
    return list(Notification.objects.filter(member=member, kind=kind).order_by("pk").values_list("sentence", flat=True))
