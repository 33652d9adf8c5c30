"""Handling by the maker's instructions: what goes beyond them is asked for by one and decided by another (3.6)."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from equipment import handling, handling_waiting, inventory
from equipment.models import Item, Modification, ModificationDecision, Work
from members.models import Notification, TrailEntry
from members.states import Invalid, Refused, WrongState
from tests.equipment.handled import approved, asked, work

pytestmark = [pytest.mark.django_db, pytest.mark.sop("3.6")]


def today():
    return timezone.localdate()


def forbidden(act):
    """That the database itself does not let it be so."""
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        act()


def test_an_officer_asks_another_decides_with_a_reason_and_he_is_told(camera, officer, supervisor):
    made = asked(camera, by=officer)
    assert Notification.objects.filter(member=supervisor, sentence__contains="outside its maker").exists()
    with pytest.raises(Refused):
        handling.decide(made, approves=True, voids=True, reason="Yes.", by=officer)
    with pytest.raises(Invalid) as refusal:
        handling.decide(made, approves=True, voids=True, reason=" ", by=supervisor)
    assert refusal.value.field == "reason"
    said = handling.decide(made, approves=True, voids=True, reason="No other way.", by=supervisor)
    assert (said.reason, said.voids, said.by) == ("No other way.", True, supervisor)
    assert Notification.objects.filter(member=officer, sentence__contains="is approved").exists()
    verbs = TrailEntry.objects.about(made).order_by("id").values_list("verb", "by__username")
    assert list(verbs) == [("ask", officer.username), ("approve", supervisor.username)]


def test_nobody_decides_what_he_asked_for_himself_and_it_is_decided_once(camera, supervisor, commander):
    made = asked(camera, by=supervisor)
    with pytest.raises(Refused, match="asked for himself"):
        handling.decide(made, approves=True, voids=False, reason="Yes.", by=supervisor)
    handling.decide(made, approves=False, voids=True, reason="Buy a grip.", by=commander)
    assert made.decision.voids is False  # what is declined voids nothing
    with pytest.raises(WrongState):
        handling.decide(made, approves=True, voids=False, reason="Yes.", by=commander)
    with pytest.raises(WrongState):
        handling.withdraw(Modification.objects.get(pk=made.pk), by=supervisor)


def test_only_whoever_asked_takes_it_back_and_nothing_is_asked_of_what_is_gone(camera, officer, supervisor):
    made = asked(camera, by=officer)
    with pytest.raises(Refused, match="takes it back"):
        handling.withdraw(made, by=supervisor)
    handling.withdraw(made, by=officer)
    with pytest.raises(WrongState):
        handling.decide(made, approves=True, voids=False, reason="Yes.", by=supervisor)
    inventory.mark(camera, "retired", by=supervisor, reason="Worn out.")
    with pytest.raises(Invalid, match="It is retired"):
        asked(Item.objects.get(pk=camera.pk), by=officer)


@pytest.mark.parametrize("field", ["what", "against", "why"])
def test_it_says_what_against_which_instruction_and_why(camera, officer, field):
    said = {"what": "Drill it", "against": "Page 8", "why": "It slips"}
    for text in ("  ", "w" * 2001):
        with pytest.raises(Invalid) as refusal:
            handling.ask(camera, **said | {field: text}, voids=False, by=officer)
        assert refusal.value.field == field
    assert not Modification.objects.exists()


class TestTheDatabase:
    def test_a_decision_is_of_another_who_may_and_stands(self, camera, supervisor, commander, officer, other_officer):
        made = asked(camera, by=supervisor)

        def decide(by, reason="Yes."):
            said = {"approves": True, "voids": False, "reason": reason, "by": by}
            ModificationDecision.objects.create(modification=made, **said)

        for by in (supervisor, other_officer):
            forbidden(lambda by=by: decide(by))
        forbidden(lambda: decide(commander, ""))
        rows = Modification.objects.filter(pk=made.pk)
        for change in ({"state": "approved"}, {"state": "declined"}, {"what": "Saw it"}, {"asked_by": officer}):
            forbidden(lambda change=change: rows.update(**change))
        handling.decide(made, approves=False, voids=True, reason="Buy a grip.", by=commander)
        forbidden(lambda: rows.update(state="approved"))
        forbidden(lambda: ModificationDecision.objects.update(approves=True))
        forbidden(ModificationDecision.objects.all().delete)

    def test_work_outside_the_instructions_is_not_finished_without_a_decision_on_that_thing(
        self, camera, lens, supervisor, commander, officer
    ):
        made = work(camera, by=supervisor, hand=supervisor)
        rows = Work.objects.filter(pk=made.pk)
        done = {"state": "done", "done": "Drilled", "done_on": today(), "closed_at": timezone.now()}
        done |= {"closed_by": supervisor, "outside": True}
        waits, declined = asked(camera, by=officer), asked(camera, by=officer)
        handling.decide(declined, approves=False, voids=False, reason="No.", by=supervisor)
        of_another = approved(lens, asker=officer, by=commander)
        for modification in (None, waits, declined, of_another):
            forbidden(lambda modification=modification: rows.update(**done, modification=modification))
        forbidden(lambda: work(camera, by=supervisor, hand=supervisor, **done))  # nor entered as finished
        assert rows.update(**done, modification=approved(camera, asker=officer, by=commander)) == 1
        forbidden(lambda: rows.update(outside=False))


def test_a_warranty_is_voided_once_with_its_reason_which_stands_out_on_the_item(
    camera, supervisor, officer, browser_of
):
    with pytest.raises(Refused):
        handling.void_warranty(camera, on=today(), reason="The seal is broken.", by=officer)
    for on in (today() + timedelta(days=1), None):
        Item.objects.filter(pk=camera.pk).update(acquired_on=today())
        camera.refresh_from_db()
        with pytest.raises(Invalid):
            handling.void_warranty(camera, on=on or today() - timedelta(days=1), reason="Opened.", by=supervisor)
    browser, door = browser_of(supervisor), reverse("void_warranty", args=[camera.pk])
    assert browser.get(door).status_code == 200
    assert browser.post(door, {"on": today().isoformat(), "reason": " "}).status_code == 422
    assert browser.post(door, {"on": today().isoformat(), "reason": "The seal is broken."}).status_code == 302
    again = browser.post(door, {"on": today().isoformat(), "reason": "Again."})
    assert again.status_code == 409
    page = browser.get(camera.get_absolute_url()).content.decode()
    assert "warranty is void since" in page
    assert "The seal is broken." in page
    assert "The warranty is void</a>" not in page  # it is not asked a second time


def test_a_warranty_noted_as_void_by_mistake_stands_again_and_both_stay_in_the_history(
    camera, supervisor, officer, browser_of
):
    browser, door = browser_of(supervisor), reverse("let_warranty_stand", args=[camera.pk])
    assert browser.post(door, {"reason": "Not void at all."}).status_code == 409
    handling.void_warranty(camera, on=today(), reason="The seal is broken.", by=supervisor)
    with pytest.raises(Refused):
        handling.let_warranty_stand(camera, reason="It was another.", by=officer)
    assert browser.post(door, {"reason": " "}).status_code == 422
    assert door in browser.get(camera.get_absolute_url()).content.decode()
    assert browser.post(door, {"reason": "It was another camera."}).status_code == 302
    page = browser.get(camera.get_absolute_url()).content.decode()
    assert "warranty is void since" not in page
    assert all(words in page for words in ("The seal is broken.", "It was another camera."))


def test_what_a_decided_modification_ended_stays_ended(camera, supervisor, officer, commander):
    made = work(camera, by=supervisor, hand=supervisor)
    done = {"state": "done", "done": "Drilled", "done_on": today(), "closed_at": timezone.now(), "outside": True}
    decided = approved(camera, asker=officer, by=commander)
    Work.objects.filter(pk=made.pk).update(**done, closed_by=supervisor, modification=decided)
    handling.void_warranty(camera, on=today(), reason="Drilled.", by=supervisor)
    with pytest.raises(Invalid, match="decided and carried out"):
        handling.let_warranty_stand(camera, reason="By mistake.", by=supervisor)


class TestPages:
    def test_it_is_asked_on_the_page_of_the_thing_and_what_was_typed_stays(self, camera, officer, browser_of):
        browser, door = browser_of(officer), reverse("ask_modification", args=[camera.pk])
        assert door in browser.get(camera.get_absolute_url()).content.decode()
        answer = browser.post(door, {"what": "Drill it", "against": "", "why": "It slips."})
        assert answer.status_code == 422
        assert "Drill it" in answer.content.decode()
        assert list(answer.context["form"].errors) == ["against"]
        typed = {"what": "Drill it", "against": "Page 8", "why": "It slips.", "voids": "on"}
        made = Modification.objects.filter(item=camera)
        assert browser.post(door, typed)["Location"] == made.get().get_absolute_url()
        page = browser.get(made.get().get_absolute_url()).content.decode()
        assert "Take it back" in page
        assert "Approve it" not in page
        assert "It waits for" in page

    def test_who_may_decides_there_and_the_others_read_it(self, camera, supervisor, officer, other_officer, browser_of):
        made = asked(camera, by=officer)
        page = made.get_absolute_url()
        door = reverse("decide_modification", args=[made.pk, "approve"])
        assert browser_of(other_officer).post(door, {"reason": "Yes."}).status_code == 403
        browser = browser_of(supervisor)
        empty = browser.post(door, {"reason": ""})
        assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["reason"])
        assert browser.post(door, {"reason": "No other way.", "voids": "on"})["Location"] == page
        assert browser.post(door, {"reason": "Again."}).status_code == 409
        shown = browser_of(other_officer).get(page).content.decode()
        assert "No other way." in shown
        assert "The warranty ends when it is done." in shown
        assert "voids the warranty" in browser.get(camera.get_absolute_url()).content.decode()

    def test_declining_and_taking_back_are_said(self, camera, supervisor, officer, browser_of):
        declined, taken_back = asked(camera, by=officer), asked(camera, by=officer)
        browser_of(supervisor).post(
            reverse("decide_modification", args=[declined.pk, "decline"]), {"reason": "Buy a grip."}
        )
        browser_of(officer).post(reverse("decide_modification", args=[taken_back.pk, "withdraw"]))
        states = Modification.objects.order_by("pk").values_list("state", flat=True)
        assert list(states) == ["declined", "withdrawn"]
        door = reverse("decide_modification", args=[declined.pk, "burn"])
        assert browser_of(supervisor).post(door).status_code == 404

    def test_the_list_is_narrowed_and_comes_as_a_file(self, camera, lens, supervisor, officer, auditor, browser_of):
        waits, done = asked(camera, by=officer, words="Drill it"), approved(lens, asker=officer, by=supervisor)
        browser, door = browser_of(auditor), reverse("handling")

        def rows(query):
            return [one.pk for one in browser.get(f"{door}?{query}").context["page"].rows]

        assert rows("") == [done.pk, waits.pk]
        assert rows("state=asked") == [waits.pk]
        assert rows(f"q={lens.tag.lower()}") == [done.pk]
        assert rows("q=nothing%00") == []
        assert rows("state=rubbish&after=rubbish") == [done.pk, waits.pk]
        text = b"".join(browser.get(f"{door}?format=csv&state=approved").streaming_content).decode("utf-8-sig")
        (row,) = csv.DictReader(io.StringIO(text))
        assert (row["tag"], row["decided by"], row["because"]) == (lens.tag, supervisor.name, "No other way.")


def test_what_waits_stands_at_home_for_whoever_may_decide_it(
    camera, supervisor, commander, commanding_officer, officer
):
    def line(member):
        return handling_waiting.to_decide(member)

    assert line(supervisor) is None
    asked(camera, by=officer)
    assert line(supervisor).count == 1
    assert line(commander) is None  # it is the Supervisor's to decide
    asked(camera, by=supervisor)
    assert line(supervisor).count == 1
    assert (line(commander).count, line(commanding_officer).count) == (1, 1)
    (row,) = handling_waiting.LINES
    assert not row.for_(officer)
