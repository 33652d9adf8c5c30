"""The pages of what is ordered beside grading: each form, its success and its refusal with what was typed kept."""

import csv
import io
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.kinds import read_order
from accounts.orders import carry_out
from accounts.waiting_orders import for_a_person
from members.waiting import lines_for
from moderation import measures, second_looks
from moderation.models import CommentOrder, Measure, Proposal, ReplyDraft
from tests.cast import a_post
from tests.content.acts import ordered
from tests.moderation.acts import case_of, grade, order_of, work

pytestmark = [pytest.mark.sop("1.FB"), pytest.mark.django_db]


@pytest.fixture
def browser(browser_of, officer):
    return browser_of(officer)


@pytest.fixture
def asked(make_comment, officer):
    comment = make_comment("When do you open?")
    grade(comment, 3, by=officer)
    return comment


@pytest.fixture
def hidden(make_comment, officer, platform):
    comment = make_comment("An insult.")
    grade(comment, 7, by=officer)
    work(comment)
    assert case_of(comment).hidden
    return comment


@pytest.fixture
def ours(make_comment, asked):
    """Our answer to a question: its change is looked at by nobody, as it was not."""
    return make_comment("We open at 9.", ours=True, parent_remote_id=asked.remote_id)


def send(browser, comment, verb, **fields):
    fields.setdefault("key", str(uuid.uuid4()))
    return browser.post(reverse("order_measure", args=[comment.pk, verb]), {"verb": verb, **fields})


def act(browser, order, verb, **fields):
    return browser.post(reverse("measure", args=[order.pk, verb]), fields)


def refused(answer, sentence, status=422):
    assert answer.status_code == status, answer.status_code
    shown = answer.content.decode()
    assert sentence in shown
    return shown


# --- about a comment ---


def test_a_private_message_is_ordered_and_shown(browser, asked):
    answer = send(browser, asked, "message", text="Call us at 311.")
    assert (answer.status_code, answer["Location"]) == (302, reverse("comment", args=[asked.pk]))
    order = Measure.objects.get()
    assert (order.verb, order.text, order.state) == ("message", "Call us at 311.", "waiting")
    assert "Call us at 311." in browser.get(answer["Location"]).content.decode()


def test_a_message_that_is_refused_keeps_what_was_typed(browser, asked, make_comment):
    shown = refused(send(browser, asked, "message", text="x" * 9_000 + "<end>"), "takes")
    assert "x" * 9_000 + "&lt;end&gt;" in shown
    refused(send(browser, asked, "message", text=" "), "Write the text first.")
    refused(send(browser, make_comment(), "message", text="Hello"), "Grade the comment first.")
    assert not Measure.objects.exists()


def test_a_form_without_its_key_orders_nothing(browser, asked):
    for key in ("", "none"):
        assert send(browser, asked, "message", text="Hello", key=key).status_code == 422
    assert send(browser, asked, "shout", text="Hello").status_code == 404
    assert not Measure.objects.exists()


def test_the_same_form_twice_orders_once(browser, asked):
    key = str(uuid.uuid4())
    for _ in range(2):
        assert send(browser, asked, "message", text="Hello", key=key).status_code == 302
    refused(send(browser, asked, "message", text="Another", key=key), "used for something else")
    assert Measure.objects.count() == 1


def test_who_has_no_role_is_refused_and_sees_no_form(browser_of, asked, auditor):
    reader = browser_of(auditor)
    page = reader.get(reverse("comment", args=[asked.pk]))
    assert reverse("order_measure", args=[asked.pk, "message"]) not in page.content.decode()
    assert send(reader, asked, "message", text="Hello").status_code in {403, 404}
    assert not Measure.objects.exists()


def test_our_own_comment_is_changed_and_taken_away(browser, ours, asked):
    assert send(browser, ours, "edit_own", text="We open at 10.").status_code == 302
    assert send(browser, ours, "delete_own").status_code == 302
    assert list(Measure.objects.order_by("pk").values_list("verb", flat=True)) == ["edit_own", "delete_own"]
    refused(send(browser, ours, "edit_own", text="We open at 11."), "on its way")
    refused(send(browser, asked, "edit_own", text="We open at 11."), "not ours")


# --- by hand ---


@pytest.fixture
def by_hand(asked, officer, platform):
    order = measures.message(asked, "Call us.", by=officer, key=str(uuid.uuid4()))
    platform.faults = ["not_possible"]
    carry_out(read_order("moderation.Measure", order.pk))
    assert Measure.objects.get().state == "by_hand"
    return order


def test_what_was_done_by_hand_is_confirmed_with_a_proof(browser, by_hand):
    refused(act(browser, by_hand, "confirm", proof=" "), "Say where it can be seen")
    shown = refused(act(browser, by_hand, "confirm", proof="y" * 2_001), "too long")
    assert "yyyy" in shown
    assert act(browser, by_hand, "confirm", proof="Sent from the inbox, 10:32").status_code == 302
    assert Measure.objects.get().outcome == "By hand: Sent from the inbox, 10:32"
    refused(act(browser, by_hand, "withdraw"), "acted first", status=409)
    assert act(browser, by_hand, "shout").status_code == 404


def test_it_is_tried_again_or_taken_back(browser, by_hand):
    assert act(browser, by_hand, "retry").status_code == 302
    assert Measure.objects.get().state == "waiting"
    assert act(browser, by_hand, "withdraw").status_code == 302
    assert Measure.objects.get().state == "withdrawn"


def test_somebody_without_a_role_confirms_nothing(browser_of, make_member, by_hand):
    answer = act(browser_of(make_member()), by_hand, "confirm", proof="I saw it.")
    refused(answer, "Only an administrator or editor", status=403)
    assert Measure.objects.get().state == "by_hand"


@pytest.fixture
def of_each_kind(by_hand, facebook, make_comment, officer, commander, platform):
    """A message, a hide and a post that are left to a person's hands."""
    comment = make_comment("An insult.")
    grade(comment, 7, by=officer)
    CommentOrder.objects.filter(pk=order_of(comment, "hide").pk).update(state="failed", outcome="Facebook said no.")
    order = ordered(facebook, by=officer, commander=commander)
    platform.faults = ["not_possible"]
    carry_out(read_order("content.PublicationOrder", order.pk))
    return by_hand, order_of(comment, "hide"), order


def test_orders_of_every_kind_come_to_the_page_and_its_file(browser, of_each_kind, facebook):
    found = for_a_person(type(facebook).objects.all())
    assert [(type(one).__name__, one.pk) for one in found] == [
        (type(one).__name__, one.pk) for one in sorted(of_each_kind, key=lambda one: one.created_at)
    ]
    page = browser.get(reverse("by_hand")).content.decode()
    for words in ("Private message on", "Hide on", "Publish on", "Facebook said no.", "Coffee with a Cop."):
        assert words.lower() in page.lower(), words
    for order in found:
        assert order.door("confirm") in page
    answer = browser.get(reverse("by_hand"), {"format": "csv"})
    assert answer["Content-Type"].startswith("text/csv")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert rows[0][:3] == ["account", "what", "state"]
    assert [row[1] for row in rows[1:]] == ["private message", "hide", "publish"]


def test_they_wait_on_the_home_page_of_whoever_may_do_them(of_each_kind, officer, make_member):
    said = {line.word: line.count for line in lines_for(officer)}
    assert (said["To be done by hand"], said["Orders that failed"]) == (2, 1)
    elsewhere = {line.word: line.count for line in lines_for(make_member())}
    assert (elsewhere["To be done by hand"], elsewhere["Orders that failed"]) == (0, 0)


# --- what two must want ---


def decide(browser, proposal, verb, **fields):
    return browser.post(reverse(f"{verb}_proposal", args=[proposal.pk]), fields)


def test_a_deletion_is_proposed_and_approved_by_another(browser_of, hidden, commander, supervisor):
    proposer, second = browser_of(commander), browser_of(supervisor)
    refused(send(proposer, hidden, "delete", reason=" "), "Write down why")
    assert send(proposer, hidden, "delete", reason="It came back.").status_code == 302
    proposal = Proposal.objects.get()
    refused(send(proposer, hidden, "delete", reason="Once more."), "proposed already")
    refused(decide(proposer, proposal, "approve", reason="Yes."), "Nobody decides what he proposed", status=403)
    refused(decide(second, proposal, "approve", reason=" "), "Write down why")
    shown = refused(decide(second, proposal, "approve", reason="z" * 2_001), "too long")
    assert "zzzz" in shown
    assert decide(second, proposal, "approve", reason="It harms.").status_code == 302
    assert Measure.objects.get().proposal == proposal
    refused(decide(second, proposal, "decline", reason="No."), "acted first", status=409)


def test_without_a_fresh_second_factor_one_is_led_to_prove_it(browser_of, hidden, commander, supervisor):
    proposal = measures.propose("delete", hidden.account, by=commander, reason="It came back.", comment=hidden)
    answer = decide(browser_of(supervisor, fresh=False), proposal, "approve", reason="It harms.")
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    assert Proposal.objects.get().state == "proposed"
    assert not Measure.objects.exists()


def test_an_officer_proposes_nothing_and_whoever_proposed_takes_back(browser_of, browser, hidden, commander):
    refused(send(browser, hidden, "delete", reason="It came back."), "Only an administrator", status=403)
    proposal = measures.propose("delete", hidden.account, by=commander, reason="It came back.", comment=hidden)
    refused(decide(browser, proposal, "withdraw"), "Only who proposed this", status=403)
    assert decide(browser_of(commander), proposal, "withdraw").status_code == 302
    assert Proposal.objects.get().state == "withdrawn"


def test_a_comment_graded_anew_is_not_deleted_and_the_page_says_so(browser_of, hidden, commander, supervisor, officer):
    proposal = measures.propose("delete", hidden.account, by=commander, reason="It came back.", comment=hidden)
    grade(hidden, 1, by=officer)
    shown = refused(decide(browser_of(supervisor), proposal, "approve", reason="It harms."), "retained and hidden")
    assert "It harms." in shown
    assert "waits for a second person" in shown


def test_a_ban_is_proposed_on_the_posters_page(browser_of, hidden, commander, facebook):
    browser, address = browser_of(commander), reverse("propose_of_poster", args=[hidden.poster_id])
    shown = refused(browser.post(address, {"account": "0", "reason": "Third time."}), "Choose the account")
    assert "Third time." in shown
    refused(browser.post(address, {"account": facebook.pk, "reason": " "}), "Write down why")
    typed = {"account": facebook.pk, "reason": "Third time.", "act": "ban"}
    refused(browser.post(address, typed | {"review_on": "never"}), "Write the day of review")
    refused(browser.post(address, typed), "Say when the ban is looked at again")
    typed["review_on"] = str(timezone.localdate() + timedelta(days=90))
    assert browser.post(address, typed)["Location"] == Proposal.objects.get().get_absolute_url()
    refused(browser.post(address, typed | {"act": "unban"}), "proposed already")
    assert Proposal.objects.get().get_absolute_url() in browser.get(reverse("proposals")).content.decode()


# --- posts of ours ---


def test_a_comment_of_our_own_goes_under_our_post(browser, facebook, supervisor):
    post = a_post(facebook)
    assert post.text[:20] in browser.get(reverse("posts", args=[facebook.pk])).content.decode()
    address = reverse("comment_post", args=[post.pk])
    answer = browser.post(address, {"key": str(uuid.uuid4()), "text": "Doors open at 8."})
    assert answer["Location"] == reverse("post", args=[post.pk])
    second_looks.approve(ReplyDraft.objects.get(), by=supervisor)
    assert "Doors open at 8." in browser.get(answer["Location"]).content.decode()
    shown = refused(browser.post(address, {"key": "none", "text": "Doors <b> open."}), "alert")
    assert "Doors &lt;b&gt; open." in shown
    refused(browser.post(address, {"key": str(uuid.uuid4()), "text": ""}), "Write the text first.")
    assert Measure.objects.get().post == post


def test_without_a_role_nobody_comments_under_our_post(browser_of, make_member, facebook):
    browser, post = browser_of(make_member()), a_post(facebook)
    assert reverse("comment_post", args=[post.pk]) not in browser.get(reverse("post", args=[post.pk])).content.decode()
    typed = {"key": str(uuid.uuid4()), "text": "Doors open at 8."}
    refused(browser.post(reverse("comment_post", args=[post.pk]), typed), "Only an administrator or editor", status=403)


def test_a_message_that_may_have_arrived_is_offered_to_be_tried_again_and_not_to_be_withdrawn(
    browser, asked, officer, platform
):
    order = measures.message(asked, "Call us.", by=officer, key=str(uuid.uuid4()))
    for fault in ("applied", "not_possible"):
        platform.faults = [fault]
        Measure.objects.update(not_before=timezone.now())
        carry_out(read_order("moderation.Measure", order.pk))
    assert Measure.objects.get().state == "by_hand"
    page = browser.get(reverse("by_hand")).content.decode()
    assert order.door("retry") in page
    assert order.door("withdraw") not in page
    refused(act(browser, order, "withdraw"), "may have arrived")
