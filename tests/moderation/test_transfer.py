"""Transfer, as the comments feel it: what he holds returns to the queue at once, and nobody else's claim moves."""

from __future__ import annotations

from typing import Any

import pytest

from members.models import LogEntry, Member
from members.transferring import transfer
from moderation.models import QueueEntry
from moderation.transfer import foretell, release_claims

pytestmark = pytest.mark.sop("1.3")


def held(by: Member) -> set[int]:
    return set(QueueEntry.objects.filter(held_by=by).values_list("pk", flat=True))


def test_his_comments_are_free_and_a_colleagues_stay_his(
    make_comment: Any, officer: Member, other_officer: Member, commander: Member, specialist: Member
) -> None:
    mine, also, others = make_comment(), make_comment(), make_comment()
    for comment in (mine, also):
        QueueEntry.claim(comment.pk, by=officer)
    QueueEntry.claim(others.pk, by=other_officer)
    transfer(officer, by=commander, reason="Rotation.")
    assert held(officer) == set()
    assert held(other_officer) == {others.pk}
    assert QueueEntry.claim(mine.pk, by=specialist).holder == specialist
    released = LogEntry.objects.filter(verb="release")
    assert {(entry.by, entry.subject_id) for entry in released} == {
        (commander, str(mine.pk)),
        (commander, str(also.pk)),
    }


def test_a_lease_that_had_run_out_is_cleared_too(comment: Any, officer: Member, commander: Member) -> None:
    QueueEntry.claim(comment.pk, by=officer)
    QueueEntry.objects.update(lease_until=comment.received_at)
    assert foretell(officer) == []
    release_claims(officer, by=commander)
    assert held(officer) == set()


def test_what_will_return_is_counted_before(make_comment: Any, officer: Member) -> None:
    assert foretell(officer) == []
    QueueEntry.claim(make_comment().pk, by=officer)
    assert foretell(officer) == ["1 comment in hand returns to the queue."]
    QueueEntry.claim(make_comment().pk, by=officer)
    assert foretell(officer) == ["2 comments in hand return to the queue."]
