"""One of each that a second person decides, for the walk through all doors."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from members.models import Member
from moderation.models import Audit, AuditItem, ClauseFlag, Clearance, Comment, Grade, GradingSystem, ReplyDraft
from tests.moderation.acts import clause


def of_second_persons(comment: Comment, *, graded: Grade, by: Member, officer: Member) -> dict[str, dict[str, Any]]:
    """What the doors name: graded by `by`, the draft written by `officer`, the sampled grade is `graded`."""
    offensive = Grade.objects.create(
        key="to-clear", comment=comment, level=7, clause=clause("d"), system=GradingSystem.objects.get(), by=by
    )
    asked = Clearance.objects.create(grade=offensive, comment=comment, subject="A missing child.", asked_by=by)
    flag = ClauseFlag.objects.create(letter="c", reason="Vague.", by=by)
    written = {"comment": graded.comment, "grade": graded, "text": "It is open.", "by": officer}
    draft = ReplyDraft.objects.create(key="to-look-at", verb="reply", **written)
    month = timezone.localdate().replace(day=1)
    audit = Audit.objects.create(month=month, seed="s", population=1, size=1)
    drawn = {"grade": graded, "comment": graded.comment, "level": graded.level, "graded_by": graded.by}
    item = AuditItem.objects.create(audit=audit, number=1, **drawn)
    clears = {"clearance_id": asked.pk}
    looks = {"draft_id": draft.pk}
    of_month = {"audit_id": audit.pk}
    return {
        **dict.fromkeys(("clearance", "clear", "refuse"), clears),
        **dict.fromkeys(("second_look", "approve_draft", "return_draft", "withdraw_draft"), looks),
        **dict.fromkeys(("audit", "audit_csv"), of_month),
        "flag_clause": {"letter": "e"},
        "lift_flag": {"flag_id": flag.pk},
        "grade_again": {"item_id": item.pk},
    }
