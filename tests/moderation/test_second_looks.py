"""Free replies at levels that ask for it are looked at by another member before they are sent (ruling 1)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.kinds import read_order
from accounts.models import Role
from accounts.orders import carry_out
from members.models import Notification
from members.roster import set_watch
from members.states import Invalid, Refused, WrongState
from moderation import measures, second_looks
from moderation.decisions import AnswerUnderWay
from moderation.models import CommentOrder, ReplyDraft
from tests.cast import a_post
from tests.moderation.acts import SOURCE, case_of, edit, grade, looked_at, order_of, orders, time_passes, work

pytestmark = [pytest.mark.django_db, pytest.mark.sop("4.L4", "4.L5")]

FREE = "We have asked the city to mend the light."


@pytest.fixture
def draft(comment, officer):
    grade(comment, 4, officer, reply=FREE)
    return ReplyDraft.objects.get(comment=comment)


def test_a_free_reply_to_a_concern_waits_for_another_member(comment, officer, other_officer, draft, platform):
    work(comment)
    assert (orders(comment), case_of(comment).state) == ([], "outstanding")
    second_looks.approve(draft, by=other_officer)
    time_passes(comment, 60)
    work(comment)
    sent = order_of(comment, "reply")
    assert (sent.state, sent.text, sent.by) == ("done", FREE, officer)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_other_levels_send_it_as_it_is(comment, officer, level):
    grade(comment, level, officer, reply=FREE)
    assert [verb for verb, _ in orders(comment)] == ["reply"]
    assert not ReplyDraft.objects.exists()


def test_nobody_looks_at_his_own(officer, draft):
    with pytest.raises(Refused, match="another member"):
        second_looks.approve(draft, by=officer)


def test_readers_do_not_look(auditor, legal_adviser, draft):
    for member in (auditor, legal_adviser):
        with pytest.raises(Refused):
            second_looks.approve(draft, by=member)


def test_what_is_returned_is_not_sent_and_its_writer_is_told(comment, officer, other_officer, draft):
    with pytest.raises(Invalid, match="what is to be changed"):
        second_looks.give_back(draft, by=other_officer, why=" ")
    second_looks.give_back(draft, by=other_officer, why="Say when.")
    assert (orders(comment), case_of(comment).state) == ([], "outstanding")
    assert Notification.objects.filter(member=officer, path=draft.get_absolute_url()).exists()
    case_of(comment).reply(FREE + " On Monday.", by=officer, key="anew", rests=SOURCE)
    assert ReplyDraft.objects.open().get().text.endswith("On Monday.")


def test_who_is_on_watch_is_told(comment, officer, other_officer, commander):
    set_watch(other_officer, timezone.now(), timezone.now() + timedelta(hours=4), by=commander)
    grade(comment, 5, officer, reply=FREE)
    assert Notification.objects.filter(member=other_officer, sentence__contains="second look").exists()


def test_a_second_free_reply_waits_for_the_first(comment, officer, draft):
    with pytest.raises(AnswerUnderWay):
        case_of(comment).reply("Another.", by=officer, key="other", rests=SOURCE)


def test_one_click_is_one_draft(comment, officer, draft):
    again = case_of(comment).reply(FREE, by=officer, key=draft.key.removesuffix(":reply"), rests=SOURCE)
    assert (again, ReplyDraft.objects.count()) == (None, 1)


def test_the_second_of_two_who_look_at_once_learns_who_was_faster(other_officer, supervisor, draft):
    late = ReplyDraft.objects.get(pk=draft.pk)
    second_looks.approve(draft, by=other_officer)
    with pytest.raises(WrongState, match=other_officer.name):
        second_looks.give_back(late, by=supervisor, why="No.")


def test_what_was_edited_meanwhile_is_not_answered(comment, other_officer, draft):
    edit(comment)
    with pytest.raises(WrongState, match="edited"):
        second_looks.approve(draft, by=other_officer)


def test_a_new_grade_or_an_undo_withdraws_the_draft(comment, officer, other_officer, draft):
    grade(comment, 6, officer, reason="It is criticism.")
    draft.refresh_from_db()
    assert draft.state == "withdrawn"
    with pytest.raises(WrongState):
        second_looks.approve(draft, by=other_officer)


def test_its_writer_takes_it_back_and_nobody_else_does(comment, officer, other_officer, draft):
    with pytest.raises(Refused):
        second_looks.withdraw(draft, by=other_officer)
    second_looks.withdraw(draft, by=officer)
    assert orders(comment) == []


def test_a_private_message_is_looked_at_too(comment, officer, other_officer):
    grade(comment, 4, officer)
    waits = measures.message(comment, FREE, by=officer, key="private")
    assert isinstance(waits, ReplyDraft)
    assert not comment.measures.exists()
    second_looks.approve(waits, by=other_officer)
    assert comment.measures.get().text == FREE


def test_a_correction_on_the_board_is_looked_at_too(comment, officer, other_officer):
    grade(comment, 5, officer)
    waits = measures.correct_under(comment, FREE, by=officer, key="board")
    assert isinstance(waits, ReplyDraft)
    second_looks.approve(waits, by=other_officer)
    assert comment.post.measures.get().text == FREE


@pytest.mark.sop("4.L5")
def test_what_answers_nobody_under_our_post_is_looked_at_as_a_correction_is(
    facebook, officer, other_officer, browser_of
):
    post = a_post(facebook)
    writer, address = browser_of(officer), reverse("post", args=[post.pk])
    assert "Give it to a second look" in writer.get(address).content.decode()
    said = writer.post(reverse("comment_post", args=[post.pk]), {"text": FREE, "key": uuid4()}, follow=True)
    assert "Another member looks at it" in said.content.decode()
    draft = ReplyDraft.objects.get()
    assert (draft.comment, draft.post, post.measures.count()) == (None, post, 0)
    looker = browser_of(other_officer)
    assert FREE in looker.get(reverse("second_looks")).content.decode()
    assert "answers nobody" in looker.get(draft.get_absolute_url()).content.decode()
    looker.post(reverse("return_draft", args=[draft.pk]), {"reason": "Say when."})
    assert "Returned to you" in writer.get(reverse("home")).content.decode()
    assert f"{address}?draft={draft.pk}#own-text" in writer.get(draft.get_absolute_url()).content.decode()
    assert FREE in writer.get(address, {"draft": draft.pk}).content.decode()
    again = measures.comment_under(post, FREE, by=officer, key="again")
    assert looked_at(again, by=other_officer).text == FREE


@pytest.mark.sop("4.L5")
def test_a_change_of_what_answers_nobody_is_looked_at_too(make_comment, officer, other_officer, browser_of):
    ours = make_comment("We open at 9.", ours=True)
    waits = measures.edit_own(ours, "We open at 10.", by=officer, key="change")
    with pytest.raises(Invalid, match="waits for its look already"):
        measures.edit_own(ours, "We open at 11.", by=officer, key="other")
    page = browser_of(other_officer).get(waits.get_absolute_url()).content.decode()
    assert "We open at 9." in page
    assert looked_at(waits, by=other_officer).comment == ours


@pytest.mark.sop("4.L5")
def test_a_correction_on_the_board_is_not_sent_once_the_poster_has_edited(comment, officer, other_officer, platform):
    grade(comment, 5, officer)
    late = measures.correct_under(comment, FREE, by=officer, key="late")
    edit(comment)
    with pytest.raises(WrongState):
        second_looks.approve(late, by=other_officer)
    second_looks.withdraw(late, by=officer)
    grade(comment, 5, officer)
    order = looked_at(measures.correct_under(comment, FREE, by=officer, key="board"), by=other_officer)
    edit(comment, "Something else again.")
    carry_out(read_order("moderation.Measure", order.pk))
    order.refresh_from_db()
    assert (order.state, platform.own) == ("withdrawn", [])


# --- the walls


def test_the_database_refuses_a_free_reply_that_nobody_looked_at(comment, officer, draft):
    with pytest.raises(ProgrammingError, match="looked at"), transaction.atomic():
        CommentOrder.objects.create(
            key="past",
            account=comment.account,
            verb="reply",
            comment=comment,
            grade=draft.grade,
            level=4,
            text=FREE,
            by=officer,
            draft=draft,
        )


def test_the_database_refuses_a_look_at_ones_own(officer, draft):
    with pytest.raises(IntegrityError, match="nobody_looks_at_his_own_draft"), transaction.atomic():
        ReplyDraft.objects.filter(pk=draft.pk).update(state="approved", decided_by=officer, decided_at=draft.at)


# --- the pages


def test_it_is_approved_on_its_page_and_the_next_is_opened(browser_of, other_officer, make_comment, officer, draft):
    second = make_comment("And the other light?")
    grade(second, 4, officer, reply=FREE)
    browser = browser_of(other_officer)
    answer = browser.post(reverse("approve_draft", args=[draft.pk]))
    assert answer.url == reverse("second_look", args=[second.drafts.get().pk])


def test_a_refusal_keeps_what_was_typed(browser_of, other_officer, draft):
    browser = browser_of(other_officer)
    second_looks.give_back(ReplyDraft.objects.get(pk=draft.pk), by=other_officer, why="Say when.")
    answer = browser.post(reverse("return_draft", args=[draft.pk]), {"reason": "Too late."})
    assert answer.status_code == 409


def test_a_returned_text_stands_in_the_field_again(browser_of, officer, other_officer, comment, draft):
    second_looks.give_back(draft, by=other_officer, why="Say when.")
    page = browser_of(officer).get(reverse("comment", args=[comment.pk]), {"draft": draft.pk})
    assert FREE in page.content.decode()


@pytest.fixture
def sent(make_comment, comment, officer, other_officer, draft, platform):
    """Our answer to a concern, as it stands on the platform."""
    second_looks.approve(draft, by=other_officer)
    time_passes(comment, 60)
    work(comment)
    answer = order_of(comment, "reply")
    return make_comment(FREE, ours=True, remote_id=answer.remote_id, parent_remote_id=comment.remote_id)


def test_a_change_of_what_was_sent_is_looked_at_too(sent, comment, officer, other_officer):
    written = measures.edit_own(sent, "Mend it yourself.", by=officer, key="change")
    assert (written.state, written.own, sent.measures.count()) == ("asked", sent, 0)
    assert case_of(comment).state == "outstanding"
    with pytest.raises(Refused):
        second_looks.approve(written, by=officer)
    second_looks.approve(written, by=other_officer)
    change = sent.measures.get()
    assert (change.verb, change.text, change.by) == ("edit_own", "Mend it yourself.", officer)


def test_no_undo_frees_a_change_from_its_look(sent, comment, officer):
    case_of(comment).undo(by=officer)
    written = measures.edit_own(sent, "Mend it yourself.", by=officer, key="change")
    assert (written.verb, sent.measures.count()) == ("edit_own", 0)


def test_the_page_says_that_the_change_is_looked_at_and_shows_what_stands(sent, officer, other_officer, browser_of):
    address = reverse("order_measure", args=[sent.pk, "edit_own"])
    said = browser_of(officer).post(address, {"text": "Mend it yourself.", "key": uuid4()}, follow=True)
    assert "Another member looks at the change" in said.content.decode()
    page = browser_of(other_officer).get(ReplyDraft.objects.get(verb="edit_own").get_absolute_url()).content.decode()
    assert "It stands there now" in page


def test_what_somebody_wrote_who_lost_his_role_is_not_sent_in_his_name(comment, officer, other_officer, draft):
    Role.objects.filter(member=officer).update(until=timezone.now())
    with pytest.raises(Invalid, match="not answer on this account any more"):
        second_looks.approve(draft, by=other_officer)
    assert orders(comment) == []
