"""What the poster answers comes back to the member who answered him, or who follows his referral (ruling 9, 4.L4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Account
from accounts.platforms.contract import Author, Kind
from members.models import Member
from members.transferring import transfer
from moderation import coming_back, referral_watch
from moderation.intake import take_in
from moderation.models import CameBack, Comment, Exchange, QueueEntry
from tests.moderation.acts import grade, work
from tests.moderation.pages import a_page, an_item
from tests.moderation.referring import again, log_of, refer, told

pytestmark = pytest.mark.sop("4.L4", "C.11")

MARISOL = Author(remote_id="poster-Marisol Peña", name="Marisol Peña")


def comes(account: Account, name: str, **fields: Any) -> Comment:
    """As intake takes it in."""
    fields.setdefault("author", MARISOL)
    fields.setdefault("posted_at", timezone.now() + timedelta(seconds=1))
    fields.setdefault("post_remote_id", f"{account.remote_id}_post")
    take_in(account, a_page(an_item(name, "And when?", **fields)))
    return Comment.objects.get(account=account, remote_id=name)


@pytest.fixture
def answered(comment: Comment, officer: Member, platform: Any) -> Comment:
    """A comment that the officer answered, done on the platform."""
    grade(comment, 3, officer, reply="Saturday at eight.")
    work(comment)
    assert Exchange.objects.get(comment=comment).member == officer
    return comment


def test_an_answer_in_the_same_place_comes_back_to_who_replied(
    answered: Comment, officer: Member, other_officer: Member
) -> None:
    new = comes(answered.account, "n1")
    referral_watch.look()
    assert CameBack.objects.get(comment=new).member == officer
    assert told(officer) == ["An answer came back to you, on Facebook."]
    assert told(other_officer) == []


def test_it_is_told_once(answered: Comment, officer: Member) -> None:
    comes(answered.account, "n1")
    referral_watch.look()
    referral_watch.look()
    assert len(told(officer)) == 1


def test_many_answers_at_once_are_one_notice(answered: Comment, officer: Member) -> None:
    for number in range(5):
        comes(answered.account, f"n{number}")
    referral_watch.look()
    assert len(told(officer)) == 1
    assert told(officer)[0].startswith("5 answers came back")


@pytest.mark.parametrize(
    "other",
    [
        {"author": Author(remote_id="somebody-else", name="Marisol Peña")},
        {"author": None},
        {"post_remote_id": "another_post"},
        {"ours": True},
        {"posted_at": timezone.now() - timedelta(hours=5)},
    ],
    ids=["another poster of that name", "nobody said who", "another post", "our own", "written before our answer"],
)
def test_what_is_no_answer_does_not_come_back(answered: Comment, other: dict[str, Any]) -> None:
    comes(answered.account, "n1", **other)
    assert not CameBack.objects.exists()


def test_a_private_message_after_our_answer_comes_back(answered: Comment, officer: Member) -> None:
    new = comes(answered.account, "m1", kind=Kind.MESSAGE, post_remote_id="")
    assert CameBack.objects.get(comment=new).answers == answered


def test_an_answer_on_another_platform_is_nobodys(answered: Comment, instagram: Account) -> None:
    comes(instagram, "n1")
    assert not CameBack.objects.exists()


def test_who_was_not_answered_comes_back_to_nobody(comment: Comment) -> None:
    comes(comment.account, "n1")
    assert not CameBack.objects.exists()


def test_the_same_page_read_again_brings_nothing_twice(answered: Comment) -> None:
    comes(answered.account, "n1")
    comes(answered.account, "n1")
    assert CameBack.objects.count() == 1


def test_to_an_open_referral_it_is_a_line_of_its_log_and_its_owners(
    answered: Comment, officer: Member, supervisor: Member
) -> None:
    referral = refer(answered, officer, owner=supervisor)
    new = comes(answered.account, "n1")
    referral_watch.look()
    assert log_of(again(referral)) == ["opened", "wrote_back"]
    assert again(referral).entries.last().comment == new
    assert CameBack.objects.get(comment=new).member == supervisor
    assert told(supervisor)[-1].startswith(f"An answer came back in referral {referral.reference}")


def test_it_is_offered_first_to_who_handles_it_and_to_others_in_order(
    answered: Comment, make_comment: Any, officer: Member, other_officer: Member
) -> None:
    older = make_comment("Older.", posted_at=timezone.now() - timedelta(days=1), urgency=2)
    new = comes(answered.account, "n1")
    entries = QueueEntry.objects.visible_to(officer)
    assert coming_back.claim_own(other_officer, entries) is None
    entry = coming_back.claim_own(officer, entries)
    assert entry is not None
    assert entry.pk == new.pk != older.pk


def test_what_may_be_a_threat_comes_before_it(answered: Comment, make_comment: Any, officer: Member) -> None:
    comes(answered.account, "n1")
    make_comment("I will kill you", urgency=0)
    assert coming_back.claim_own(officer, QueueEntry.objects.all()) is None


def test_a_colleague_who_holds_it_keeps_it(answered: Comment, officer: Member, other_officer: Member) -> None:
    new = comes(answered.account, "n1")
    QueueEntry.claim(new.pk, by=other_officer)
    assert coming_back.claim_own(officer, QueueEntry.objects.all()) is None


def test_the_row_and_the_desk_say_whose_it_is(
    answered: Comment, officer: Member, other_officer: Member, browser_of: Any
) -> None:
    new = comes(answered.account, "n1")
    page = browser_of(other_officer).get(f"/comments/?open={new.pk}").content.decode()
    assert f"answers {officer.name}" in page
    assert f"{officer.name} handles" in page


def test_a_transferred_members_answers_and_referrals_pass_to_the_supervisor(
    answered: Comment, officer: Member, supervisor: Member, commander: Member
) -> None:
    referral = refer(answered, officer)
    comes(answered.account, "n1")
    referral_watch.look()
    transfer(officer, by=commander, reason="Rotation.")
    assert again(referral).owner == supervisor
    assert log_of(referral)[-1] == "handed_on"
    assert Exchange.objects.get().member == supervisor
    assert CameBack.objects.get().member == supervisor
    assert any("passed to you" in said for said in told(supervisor))


def test_what_passes_on_is_said_before_the_transfer(answered: Comment, officer: Member, supervisor: Member) -> None:
    from members.transferring import consequences

    refer(answered, officer)
    assert f"1 referral passes to {supervisor.name}." in consequences(officer)


def test_another_members_referrals_stay_his(
    answered: Comment, officer: Member, other_officer: Member, commander: Member
) -> None:
    referral = refer(answered, officer)
    transfer(other_officer, by=commander, reason="Rotation.")
    assert again(referral).owner == officer
