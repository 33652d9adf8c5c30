"""The pages of purchases: what is typed is kept, what is wrong is said at its place, each step has its door (3.3)."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from equipment import purchasing_orders, purchasing_waiting
from equipment.models import Item, KeptFile, Proposal
from members.waiting import lines_for
from tests.equipment.acts import kind
from tests.equipment.purchases import (
    approved,
    decided,
    drawn,
    kept,
    mailed,
    ordered,
    paper,
    proposal,
    receive,
    submitted,
)

pytestmark = [pytest.mark.sop("3.3"), pytest.mark.django_db]


@pytest.fixture
def signed_in(supervisor, browser_of):
    return browser_of(supervisor)


def typed(**more):
    """A whole proposal as the form sends it."""
    camera = kind("Camera").pk
    return {
        "on": 0,
        "lines": 3,
        "quotes": 2,
        "title": "Two cameras",
        "description": "Full frame.",
        "reason": "Ours are worn out.",
        "alternatives": "Repair: dearer.",
        "freight": "$25.50",
        "line-0-what": "Camera R6",
        "line-0-kind": camera,
        "line-0-count": 2,
        "line-0-cost": "$2,499.00",
        "line-1-what": "Box of cards",
        "line-1-count": 3,
        "line-1-cost": "89.9",
        "quote-0-supplier": "Bay Photo",
        "quote-0-amount": "5,293.20",
        "quote-0-file": paper(),
        **more,
    }


def said(answer):
    return answer.content.decode()


class TestWriting:
    def test_kept_and_handed_in_at_once(self, signed_in, supervisor):
        answer = signed_in.post(reverse("write_purchase"), typed(submit="1", papers=[paper("sheet.pdf")]), follow=True)
        assert answer.status_code == 200
        made = Proposal.objects.get()
        assert (made.state, str(made.version.total)) == ("submitted", "5293.20")
        assert made.version.chosen.file.name == "quote.pdf"
        assert [one.file.name for one in made.version.files.all()] == ["sheet.pdf"]
        assert "Handed in" in said(answer)

    def test_a_number_that_none_is_counts_as_none(self, signed_in):
        assert signed_in.post(reverse("write_purchase"), typed(on="9" * 5000)).status_code == 302

    def test_what_is_missing_keeps_a_draft_and_says_it(self, signed_in):
        answer = signed_in.post(reverse("write_purchase"), typed(submit="1", alternatives=""), follow=True)
        assert Proposal.objects.get().state == "draft"
        assert "which alternatives you looked at" in said(answer)

    def test_more_rows_lose_nothing_not_even_a_file(self, signed_in):
        answer = signed_in.post(reverse("write_purchase"), typed(more="1", title=""))
        page = said(answer)
        assert answer.status_code == 200
        assert 'name="lines" value="6"' in page
        assert 'value="Box of cards"' in page
        assert 'Kept: <bdi dir="auto">quote.pdf</bdi>' in page
        assert not Proposal.objects.exists()
        again = typed(**{"lines": 6, "quote-0-file": "", "quote-0-kept": KeptFile.objects.get().pk})
        signed_in.post(reverse("write_purchase"), again)
        assert Proposal.objects.get().version.chosen.file.name == "quote.pdf"

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"line-0-count": "two"}, "Enter a whole number"),
            ({"line-1-cost": "-1"}, "greater than or equal to 0"),
            ({"line-0-cost": "1.299,00 €"}, "Write it in dollars, as 1,299.00."),
            ({"quote-0-amount": ""}, "This field is required"),
            ({"title": ""}, "This field is required"),
            ({"line-0-kind": 999999}, "Select a valid choice"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(self, signed_in, wrong, sentence):
        answer = signed_in.post(reverse("write_purchase"), typed(**wrong))
        assert answer.status_code == 422
        assert sentence in said(answer)
        assert "Ours are worn out." in said(answer)
        assert not Proposal.objects.exists()

    def test_a_script_is_no_quote(self, signed_in):
        wrong = paper("quote.exe")
        answer = signed_in.post(reverse("write_purchase"), typed(**{"quote-0-file": wrong}))
        assert answer.status_code == 422
        assert "“quote.exe” is not taken" in said(answer)

    def test_a_file_of_somebody_elses_is_not_taken_over(self, signed_in, officer):
        foreign = kept(officer, "private.pdf")
        signed_in.post(
            reverse("write_purchase"), typed(**{"quote-0-file": "", "quote-0-kept": foreign.pk, "stood": foreign.pk})
        )
        version = Proposal.objects.get().version
        assert version.chosen.file is None
        assert not version.files.exists()

    def test_changed_files_stay_and_one_can_be_left_out(self, signed_in, supervisor):
        made = proposal(supervisor, files=[kept(supervisor, "a.pdf"), kept(supervisor, "b.pdf")])
        a, b = (one.file for one in made.version.files.all())
        quote = made.version.chosen.file_id
        assert "b.pdf" in said(signed_in.get(reverse("change_purchase", args=[made.pk])))
        change = typed(**{"on": 1, "quote-0-file": "", "quote-0-kept": quote, "stood": [a.pk, b.pk], "remove": [a.pk]})
        signed_in.post(reverse("change_purchase", args=[made.pk]), change)
        now = Proposal.objects.get().version
        assert (now.number, [one.file for one in now.files.all()], now.chosen.file_id) == (2, [b], quote)

    def test_changed_meanwhile_by_another(self, signed_in, supervisor, commander):
        made = proposal(supervisor)
        signed_in.post(reverse("change_purchase", args=[made.pk]), typed(on=1, title="Drones"))
        answer = signed_in.post(reverse("change_purchase", args=[made.pk]), typed(on=1, title="Lights"))
        assert answer.status_code == 409
        assert "Lights" in said(answer)


class TestDeciding:
    def test_the_commander_approves_what_he_sees(self, commander, supervisor, browser_of):
        made = submitted(supervisor)
        page = said(browser_of(commander).get(made.get_absolute_url()))
        assert "Approve exactly this: $5,293.20" in page
        form = {"digest": made.version.seen_as, "verdict": "approve"}
        answer = browser_of(commander).post(reverse("decide_purchase", args=[made.pk]), form, follow=True)
        assert "Approved, in exactly this form" in said(answer)

    def test_with_a_fresh_second_factor_alone(self, commander, supervisor, browser_of):
        made = submitted(supervisor)
        form = {"digest": made.version.seen_as, "verdict": "approve"}
        answer = browser_of(commander, fresh=False).post(reverse("decide_purchase", args=[made.pk]), form)
        assert answer.status_code == 302
        assert Proposal.objects.get().state == "submitted"

    def test_who_wrote_it_reads_who_could_decide(self, commander, browser_of):
        made = submitted(commander)
        page = said(browser_of(commander).get(made.get_absolute_url()))
        assert "nobody decides that himself. Now: nobody." in page
        answer = browser_of(commander).post(
            reverse("decide_purchase", args=[made.pk]), {"digest": made.version.seen_as, "verdict": "approve"}
        )
        assert answer.status_code == 403

    def test_declined_without_a_reason_and_an_old_page(self, commander, supervisor, browser_of):
        made = submitted(supervisor)
        address = reverse("decide_purchase", args=[made.pk])
        for form, sentence in (
            ({"digest": made.version.seen_as, "verdict": "decline"}, "Say why not."),
            ({"digest": "0" * 64, "verdict": "approve"}, "not what you looked at"),
        ):
            answer = browser_of(commander).post(address, form)
            assert answer.status_code == 422
            assert sentence in said(answer)


class TestTheRoad:
    def act(self, signed_in, made, verb, **form):
        return signed_in.post(reverse("act_on_purchase", args=[made.pk, verb]), form, follow=True)

    def test_from_the_approval_to_the_shelf_by_forms(self, signed_in, supervisor, commander, officer, browser_of):
        made = approved(supervisor, commander)
        assert "Draw up the order" in said(signed_in.get(made.get_absolute_url()))
        assert "is drawn up" in said(self.act(signed_in, made, "draw_up"))
        file = made.order.file
        got = browser_of(officer).get(reverse("purchase_paper", args=[made.pk, file.pk]))
        assert b"".join(got.streaming_content).startswith(b"%PDF-")
        assert "Noted" in said(self.act(signed_in, made, "hand_over", to="Mrs. Alvarez"))
        wrong = self.act(signed_in, made, "place", on="2999-01-01")
        assert wrong.status_code == 422
        assert "not come yet" in said(wrong)
        assert "it is ordered" in said(self.act(signed_in, made, "place", on=str(timezone.localdate())))
        address = reverse("receive_purchase", args=[made.pk])
        assert "2 of 2 wanting" in said(signed_in.get(address))
        camera, cards = made.version.lines.all()
        form = {
            "on": str(timezone.localdate()),
            "key": "9d7bb5a8-3a4e-4c0b-8f3c-0d6f0ad7a001",
            f"came-{camera.pk}-count": 2,
            f"came-{camera.pk}-serials": "A1; CAM-7\nA2\n",
            f"came-{cards.pk}-count": 3,
        }
        for more, sentence in (
            ({}, "Add the supplier’s receipt"),
            ({"file": paper("r.pdf")}, "comes to in all"),
            ({"file": paper("r.exe"), "total": "1"}, "is not taken"),
            ({"file": paper("r.pdf"), "total": "1", f"came-{cards.pk}-count": 4}, "no more can be received"),
            ({"file": paper("r.pdf"), "total": "1"}, "more than the receipt’s $1.00"),
        ):
            answer = signed_in.post(address, form | more)
            assert (answer.status_code, sentence in said(answer)) == (422, True)
        assert not Item.objects.exists()
        stood = answer.context["paper"]  # the file need not be chosen again
        assert f'name="stood" value="{stood.pk}"' in said(answer)
        assert "Add the supplier’s receipt" in said(signed_in.post(address, form | {"stood": "999999", "total": "1"}))
        answer = signed_in.post(address, form | {"stood": stood.pk, "total": "$5,293.20"}, follow=True)
        assert "what came is in the inventory" in said(answer)
        assert sorted(Item.objects.values_list("serial", flat=True)) == ["A1", "A2"]
        thing = Item.objects.get(tag="CAM-7")
        assert thing.receipt_lines.get().receipt.file == stood
        page = said(browser_of(officer).get(thing.get_absolute_url()))
        assert made.get_absolute_url() in page
        assert "How it was bought" in page
        assert thing.get_absolute_url() in said(browser_of(officer).get(made.get_absolute_url()))
        again = signed_in.post(address, form | {"file": paper("r.pdf"), "total": "$5,293.20"})
        assert (again.status_code, Item.objects.count()) == (302, 2)

    def test_withdrawn_closed_and_proposed_anew(self, signed_in, supervisor, commander):
        made = submitted(supervisor)
        assert self.act(signed_in, made, "withdraw").status_code == 422
        assert "Withdrawn." in said(self.act(signed_in, made, "withdraw", reason="No money."))
        assert self.act(signed_in, made, "withdraw", reason="No money.").status_code == 409
        self.act(signed_in, made, "anew")
        assert Proposal.objects.latest("pk").follows == made
        shut = drawn(supervisor, commander)
        assert "nothing more is received" in said(self.act(signed_in, shut, "close", reason="No money."))
        assert self.act(signed_in, shut, "burn").status_code == 404

    def test_a_paper_of_another_proposal_is_not_found_here(self, signed_in, supervisor):
        made, other = proposal(supervisor), proposal(supervisor)
        foreign = other.version.quotes.get().file_id
        assert signed_in.get(reverse("purchase_paper", args=[made.pk, foreign])).status_code == 404

    def test_the_budget_unit_is_kept_by_who_keeps_the_equipment(self, signed_in, officer, browser_of):
        form = {"name": "Budget Unit", "email": "budget@bayside.example", "deliver_to": "1 Bay Street"}
        assert signed_in.post(reverse("budget_unit"), form).status_code == 302
        assert "budget@bayside.example" in said(browser_of(officer).get(reverse("budget_unit")))
        assert signed_in.post(reverse("budget_unit"), form | {"email": "no address"}).status_code == 422


def test_the_list_is_searched_and_exported(supervisor, commander, browser_of, officer):
    made = ordered(supervisor, commander)
    receive(made, supervisor, 1)
    proposal(supervisor, title="=cmd|drones", lines=[])
    signed_in, address = browser_of(officer), reverse("purchases")
    for asked, shown in (({"text": "drones"}, 1), ({"text": made.order.number}, 1), ({"state": "ordered"}, 1), ({}, 2)):
        assert len(signed_in.get(address, asked).context["page"].rows) == shown
    answer = signed_in.get(address, {"format": "csv", "state": "ordered"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [(row[10], row[11], row[13]) for row in rows[1:]] == [("Camera R6", "2", "1"), ("Box of cards", "3", "0")]


def test_home_says_what_waits_for_whom(supervisor, commander, officer):
    def words(member):
        return {line.word: line.count for line in lines_for(member) if line.count}

    submitted(supervisor)
    submitted(commander)  # not his own
    decided(submitted(supervisor), commander, "return", "A second quote.")
    ordered(supervisor, commander)
    failed = drawn(supervisor, commander)
    mailed(failed, supervisor)
    purchasing_orders.OrderSending.objects.update(mail_at=None, why_not="refused")
    assert words(commander)["Equipment proposals to decide"] == 1
    mine = words(supervisor)
    assert mine["Equipment proposals returned"] == 1
    assert mine["Purchase orders that did not go out"] == 1
    assert mine["Approved purchases to order"] == 1
    assert mine["Ordered equipment to receive"] == 1
    assert not {line.line for line in purchasing_waiting.LINES if line.for_(officer)}
