"""Bans: on the ladder or on the Commander's waiver, with a reason and a day of review, each refused otherwise (4.S)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.kinds import read_order
from accounts.models import Role
from accounts.orders import carry_out
from members.states import Invalid, Refused, WrongState
from moderation import appeals, bans, measures, overturning, reviews
from moderation.models import BanReview, Measure, Notice, Proposal, Review, Waiver
from moderation.waiting import bans_due
from tests.moderation.acts import case_of, grade, trail
from tests.moderation.climbing import Climb, approved_ban, notice_of, propose_ban, work_it

pytestmark = [pytest.mark.sop("4.S"), pytest.mark.usefixtures("no_hints", "prepared_texts")]


@pytest.fixture
def climb(make_comment, officer, platform):
    return Climb(make_comment, officer)


@pytest.fixture
def administrator(make_member, accounts):
    """Proposes on every account."""
    member = make_member()
    for account in accounts.values():
        Role.objects.create(account=account, member=member, kind="administrator")
    return member


@pytest.fixture
def second(climb):
    """A second breach, after he was told of the first."""
    climb.breach()
    return climb.breach("More vile words.")


def banned(order):
    carry_out(read_order("moderation.Measure", order.pk))
    order.refresh_from_db()
    return order


def test_after_a_second_breach_of_a_notified_poster_two_ban_him(second, administrator, commander, platform):
    order = banned(approved_ban(second, administrator, commander))
    assert (order.state, platform.banned) == ("done", {second.poster.remote_id})
    assert notice_of(second).kind == "second"
    assert notice_of(second).outcome == "delivered"


def test_a_first_breach_bans_nobody(climb, administrator, commander, platform):
    proposal = propose_ban(climb.breach(), administrator)
    with pytest.raises(Invalid, match="a second breach after a first"):
        measures.approve(proposal, by=commander, why="He is a nuisance.")
    assert Proposal.objects.get(pk=proposal.pk).state == "proposed"


def test_a_breach_of_which_nobody_could_be_told_bans_nobody(climb, administrator, commander):
    climb.breach(untold="He has no inbox.")
    proposal = propose_ban(climb.breach("More vile words."), administrator)
    with pytest.raises(Invalid, match="waives it"):
        measures.approve(proposal, by=commander, why="Twice.")


def test_a_breach_that_was_overturned_since_bans_nobody(second, climb, administrator, commander):
    proposal = propose_ban(second, administrator)
    case_of(second).undo(by=climb.officer)
    with pytest.raises(Invalid, match="a second breach after a first"):
        measures.approve(proposal, by=commander, why="Twice.")


def test_the_commander_waives_the_ladder_in_writing(climb, administrator, commander, platform):
    comment = climb.breach()
    proposal = propose_ban(comment, administrator)
    with pytest.raises(Invalid, match="Write down why"):
        bans.waive(proposal, by=commander, why=" ")
    bans.waive(proposal, by=commander, why="He posts the addresses of officers' children.")
    with pytest.raises(WrongState):
        bans.waive(proposal, by=commander, why="Again.")
    order = measures.approve(proposal, by=commander, why="See the waiver.")
    assert {notice.kind for notice in comment.notices.all()} == {"first", "second"}  # contact and ban
    assert not order.may_go()  # for ten minutes after its notice
    work_it(comment)
    assert banned(order).state == "done"


def test_no_designee_waives_the_ladder_and_the_acting_commander_does(
    climb, administrator, commander, hand_over, supervisor
):
    proposal = propose_ban(climb.breach(), administrator)
    hand_over(commander, supervisor, "approve_bans")
    with pytest.raises(Refused, match="himself"):
        bans.waive(proposal, by=supervisor, why="So.")
    hand_over(commander, supervisor)
    bans.waive(proposal, by=type(supervisor).objects.get(pk=supervisor.pk), why="So.")


def test_a_ban_has_a_day_of_review_within_a_year(second, administrator):
    today = timezone.localdate()
    for day in (None, today, today + timedelta(days=367)):
        with pytest.raises(Invalid) as refusal:
            propose_ban(second, administrator, review_on=day)
        assert refusal.value.field == "review_on"
    propose_ban(second, administrator, review_on=today + timedelta(days=366))


@pytest.mark.sop("1.YT")
def test_on_youtube_a_ban_comes_after_the_second_review(climb, administrator, commander, other_officer):
    climb.breach(platform="youtube")
    comment = climb.breach("More vile words.", platform="youtube")
    with pytest.raises(Invalid, match="after the second review"):
        propose_ban(comment, administrator)
    review = comment.reviews.get()
    review.become(
        "upheld", verb="uphold", by=other_officer, decided_by=other_officer, decided_at=timezone.now(), reason="So."
    )
    assert approved_ban(comment, administrator, commander).verb == "ban"


def due(ban):
    """As if its day of review had come."""
    BanReview.objects.create(ban=ban, until=timezone.localdate(), reason="A day.", by=ban.by)


def test_a_ban_whose_day_has_come_is_on_the_commanders_home_page(second, administrator, commander):
    ban = banned(approved_ban(second, administrator, commander))
    assert bans_due(commander).count == 0
    due(ban)
    line = bans_due(commander)
    assert (line.count, line.address) == (1, f"/bans/{ban.pk}/")


def test_a_ban_is_kept_until_another_day_or_lifted(second, administrator, commander, supervisor, platform):
    ban = banned(approved_ban(second, administrator, commander))
    due(ban)
    with pytest.raises(Refused):
        bans.keep(ban, until=timezone.localdate() + timedelta(days=30), why="Again.", by=supervisor)
    with pytest.raises(Invalid):
        bans.keep(ban, until=None, why="Again.", by=commander)
    bans.keep(ban, until=timezone.localdate() + timedelta(days=30), why="He goes on elsewhere.", by=commander)
    assert not bans.due().exists()
    lift = measures.propose("unban", ban.account, by=administrator, reason="Time is up.", poster=ban.poster)
    banned(measures.approve(lift, by=supervisor, why="Agreed."))
    assert not bans.standing().exists()
    with pytest.raises(WrongState):
        bans.keep(ban, until=timezone.localdate() + timedelta(days=30), why="Again.", by=commander)


# --- its end is told ---


def lifted(ban, administrator, second):
    lift = measures.propose("unban", ban.account, by=administrator, reason="Time is up.", poster=ban.poster)
    return banned(measures.approve(lift, by=second, why="Agreed."))


def test_who_is_banned_no_more_is_told_in_private(climb, second, administrator, commander, supervisor, platform):
    civil = climb.comment("When do you open?")
    grade(civil, 3, climb.officer)
    ban = banned(approved_ban(second, administrator, commander))
    assert not Notice.objects.filter(kind="ban_lifted").exists()
    lifted(ban, administrator, supervisor)
    told = Notice.objects.get(kind="ban_lifted")
    assert (told.comment, told.way, told.by) == (civil, "private", supervisor)
    assert "your ban from our page is lifted" in told.text.lower()
    work_it(civil)
    assert told.text in {message.text for message in platform.messages}


def test_that_nobody_could_be_told_of_the_end_of_his_ban_is_kept_with_the_reason(
    second, administrator, commander, supervisor, platform
):
    lifted(banned(approved_ban(second, administrator, commander)), administrator, supervisor)
    told = Notice.objects.get(kind="ban_lifted")
    assert (told.comment, told.outcome) == (second, "could_not")
    assert "one is all that is allowed" in told.because
    assert "hidden" in told.because


@pytest.mark.parametrize("level", [6, 8])
def test_nobody_is_told_by_a_comment_that_is_not_answered(
    climb, second, administrator, commander, supervisor, platform, level
):
    grade(climb.comment("Another of his."), level, climb.officer)
    lifted(banned(approved_ban(second, administrator, commander)), administrator, supervisor)
    assert Notice.objects.get(kind="ban_lifted").outcome == "could_not"


def test_of_whom_nothing_was_graded_the_trail_says_that_he_was_not_told(
    climb, administrator, commander, supervisor, platform
):
    ungraded = climb.comment("Hm.")
    proposal = measures.propose(
        "ban",
        ungraded.account,
        by=administrator,
        reason="Elsewhere.",
        poster=ungraded.poster,
        review_on=timezone.localdate() + timedelta(days=30),
    )
    bans.waive(proposal, by=commander, why="He goes on elsewhere.")
    ban = banned(measures.approve(proposal, by=commander, why="As waived."))
    lifted(ban, administrator, supervisor)
    assert "notify" in trail(ungraded.poster)
    assert not Notice.objects.filter(kind="ban_lifted").exists()


# --- and it ends when its ground is gone ---


@pytest.mark.sop("4.L7", "4.R")
def test_a_ban_that_lost_its_ladder_is_proposed_to_end_once_and_a_second_person_decides(
    second, administrator, commander, other_officer, supervisor, platform
):
    ban = banned(approved_ban(second, administrator, commander))
    reviews.overturn(Review.objects.get(comment=second), 6, by=other_officer, why="Criticism.")
    end = Proposal.objects.get(act="unban")
    assert (end.poster, end.proposed_by, end.state) == (ban.poster, other_officer, "proposed")
    assert "lost its ground" in end.reason
    assert overturning.propose_end_of_bans(second, by=other_officer, why="Again.") == []
    assert bans.standing().get() == ban, "nothing ends by itself"
    banned(measures.approve(end, by=supervisor, why="It rests on nothing."))
    assert not bans.standing().exists()


@pytest.mark.sop("4.L7")
def test_a_ban_that_the_ladder_carries_without_the_overturned_comment_stays(
    climb, second, administrator, commander, other_officer, platform
):
    third = climb.breach("Vilest words.")
    banned(approved_ban(second, administrator, commander))
    reviews.overturn(Review.objects.get(comment=third), 6, by=other_officer, why="Criticism.")
    assert not Proposal.objects.filter(act="unban").exists()


@pytest.mark.sop("4.L7")
def test_a_ban_by_waiver_stays_when_another_comment_is_overturned_and_not_when_its_own_is(
    climb, administrator, commander, other_officer, platform
):
    first, other = climb.breach(), climb.breach("More vile words.")
    proposal = propose_ban(first, administrator)
    bans.waive(proposal, by=commander, why="He goes on elsewhere.")
    banned(measures.approve(proposal, by=commander, why="As waived."))
    reviews.overturn(Review.objects.get(comment=other), 6, by=other_officer, why="Criticism.")
    assert not Proposal.objects.filter(act="unban").exists()
    reviews.overturn(Review.objects.get(comment=first), 6, by=other_officer, why="Criticism.")
    assert Proposal.objects.filter(act="unban").count() == 1


@pytest.mark.sop("4.TOU")
def test_on_appeal_a_ban_alone_can_be_proposed_to_end_and_the_comment_stays_hidden(
    second, administrator, commander, supervisor, platform
):
    banned(approved_ban(second, administrator, commander))
    found = appeals.find(notice_of(second).reference)
    appeal = appeals.receive(found, appeals.Said("I will behave."))
    ended = appeals.overturn(appeal, level=None, ends_ban=True, by=supervisor, answer="The ban was too much.")
    appeal.refresh_from_db()
    assert (ended, appeal.state, appeal.ends_ban, appeal.level) == (None, "overturned", True, None)
    assert Proposal.objects.get(act="unban").proposed_by == supervisor
    assert case_of(second).hidden


@pytest.mark.sop("4.TOU")
def test_an_appeal_that_puts_back_the_comment_says_that_its_ban_is_proposed_to_end(
    second, administrator, commander, supervisor, platform
):
    banned(approved_ban(second, administrator, commander))
    appeal = appeals.receive(appeals.find(notice_of(second).reference), appeals.Said("It was a song."))
    appeals.overturn(appeal, level=2, ends_ban=False, by=supervisor, answer="A song.")
    appeal.refresh_from_db()
    assert appeal.ends_ban
    assert Proposal.objects.filter(act="unban", state="proposed").count() == 1


# --- what the database itself refuses ---


def test_the_database_refuses_an_approval_and_a_ban_without_ladder_or_waiver(climb, administrator, commander):
    comment = climb.breach()
    proposal = propose_ban(comment, administrator)
    yes = {"state": "approved", "decided_by": commander, "decided_at": timezone.now(), "decision_reason": "Yes."}
    with pytest.raises(DatabaseError, match="rests on a second breach"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(**yes)
    with pytest.raises(DatabaseError), transaction.atomic():
        Measure.objects.create(
            key=uuid4().hex,
            account=comment.account,
            verb="ban",
            comment=comment,
            poster=comment.poster,
            proposal=proposal,
        )


def test_the_database_refuses_a_waiver_of_anybody_else(climb, administrator, supervisor):
    proposal = propose_ban(climb.breach(), administrator)
    with pytest.raises(DatabaseError, match="Commander himself"), transaction.atomic():
        Waiver.objects.create(proposal=proposal, reason="So.", by=supervisor)


def test_the_database_refuses_a_ban_for_good(second, administrator):
    row = {
        "act": "ban",
        "account": second.account,
        "poster": second.poster,
        "reason": "So.",
        "proposed_by": administrator,
    }
    with pytest.raises(IntegrityError, match="ban_has_a_date"), transaction.atomic():
        Proposal.objects.create(**row)
    with pytest.raises(DatabaseError, match="within a year"), transaction.atomic():
        Proposal.objects.create(**row, review_on=timezone.localdate() + timedelta(days=400))


@pytest.mark.sop("1.YT")
def test_the_database_refuses_a_ban_on_youtube_before_the_second_review(climb, administrator, commander):
    comment = climb.breach(platform="youtube")
    proposal = Proposal.objects.create(
        act="ban",
        account=comment.account,
        comment=comment,
        poster=comment.poster,
        reason="So.",
        proposed_by=administrator,
        review_on=timezone.localdate() + timedelta(days=30),
    )
    Waiver.objects.create(proposal=proposal, reason="So.", by=commander)
    yes = {"state": "approved", "decided_by": commander, "decided_at": timezone.now(), "decision_reason": "Yes."}
    with pytest.raises(DatabaseError, match="after the second review"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(**yes)


# --- in the browser ---


def test_the_waiver_and_the_review_are_given_in_the_browser(climb, administrator, commander, browser_of, platform):
    comment = climb.breach()
    proposal = propose_ban(comment, administrator)
    browser = browser_of(commander)
    page = browser.get(proposal.get_absolute_url()).content.decode()
    assert "needs the Commander’s waiver" in page
    assert browser.post(f"/proposals/{proposal.pk}/waive/", {"reason": ""}).status_code == 422
    assert browser.post(f"/proposals/{proposal.pk}/waive/", {"reason": "Addresses of children."}).status_code == 302
    assert "Addresses of children." in browser.get(proposal.get_absolute_url()).content.decode()
    assert browser_of(administrator).post(f"/proposals/{proposal.pk}/waive/", {"reason": "x"}).status_code == 403
    ban = measures.approve(proposal, by=commander, why="See the waiver.")
    work_it(comment)
    banned(ban)
    assert str(ban.poster.name) in browser.get("/bans/").content.decode()
    assert "Addresses of children." in browser.get(f"/bans/{ban.pk}/").content.decode()
    kept = {"review_on": timezone.localdate() + timedelta(days=90), "reason": "He goes on."}
    assert browser.post(f"/bans/{ban.pk}/keep/", kept).status_code == 302
    assert browser.post(f"/bans/{ban.pk}/keep/", kept | {"review_on": "never"}).status_code == 422
    assert b"poster" in b"".join(browser.get("/bans/?format=csv").streaming_content)


def test_a_ban_that_lost_its_ladder_before_it_was_sent_is_not_sent(climb, administrator, commander, platform):
    first = climb.breach()
    ban = approved_ban(climb.breach("More vile words."), administrator, commander)
    case_of(first).undo(by=climb.officer)
    assert (banned(ban).state, platform.banned) == ("withdrawn", set())
