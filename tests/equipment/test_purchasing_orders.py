"""From the approval to the shelf: the order, its way to the Budget Unit, what comes, and the chain both ways (3.3)."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import override_settings
from django.utils import timezone

from equipment import purchasing_mail, purchasing_orders
from equipment.models import (
    DeliveredLine,
    Delivery,
    Item,
    OrderSending,
    Proposal,
    PurchaseOrder,
    Receipt,
    ReceiptLine,
    ReceivedItem,
)
from equipment.purchasing import Line
from equipment.purchasing_page import of_item, road
from members.kept_files import place_of
from members.mail import Undelivered
from members.models import Notification, TrailEntry
from members.states import Invalid, Refused, WrongState
from tests.equipment.acts import item
from tests.equipment.purchases import (
    approved,
    came,
    decided,
    drawn,
    mailed,
    ordered,
    receipt,
    receive,
    submitted,
)

pytestmark = [pytest.mark.sop("3.3"), pytest.mark.django_db]
TODAY = timezone.localdate


def now(made):
    return Proposal.objects.get(pk=made.pk)


class TestDrawingUp:
    def test_the_next_number_and_a_pdf_that_is_kept(self, supervisor, commander):
        made = approved(supervisor, commander)
        order = purchasing_orders.draw_up(made, by=supervisor)
        assert order.number == f"PO-{TODAY().year}-001"
        assert (order.total, order.supplier) == (Decimal("5293.20"), "Bay Photo")
        assert place_of(order.file.digest).read_bytes().startswith(b"%PDF-")
        assert purchasing_orders.next_number() == f"PO-{TODAY().year}-002"
        assert bytes(order.digest) == bytes(order.decision.digest) == bytes(order.version.digest)

    def test_the_citys_own_number_is_taken_once(self, supervisor, commander):
        purchasing_orders.draw_up(approved(supervisor, commander), by=supervisor, number=" 4500-17 ")
        with pytest.raises(Invalid, match="Another purchase order"):
            purchasing_orders.draw_up(approved(supervisor, commander), by=supervisor, number="4500-17")

    def test_long_words_and_other_scripts_do_not_break_the_pdf(self, supervisor, commander):
        lines = [Line(f"Cable <{n}> & Ñandú 字", 1, Decimal("1.00")) for n in range(40)]
        made = approved(supervisor, commander, lines=lines, description="long " * 900, title="Café & <cables>")
        assert purchasing_orders.draw_up(made, by=supervisor).file.size > 2000

    @pytest.mark.parametrize("verdict", ["return", "decline", ""])
    def test_nothing_that_was_not_approved_is_ordered(self, supervisor, commander, verdict):
        made = submitted(supervisor)
        made = decided(made, commander, verdict, "No.") if verdict else made
        with pytest.raises(WrongState):
            purchasing_orders.draw_up(made, by=supervisor)

    def test_the_database_orders_exactly_what_was_approved(self, supervisor, commander):
        made, other = approved(supervisor, commander), approved(supervisor, commander, title="Drones")
        given = {"number": "X", "supplier": "S", "total": 1, "file": made.version.quotes.get().file, "by": supervisor}
        right = {"version": made.version, "decision": made.version.decision, "digest": made.version.digest}
        for wrong in (
            {"digest": b"another"},
            {"decision": other.version.decision},
            {"version": other.version},
            {"digest": other.version.digest},
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                PurchaseOrder.objects.create(**given, **right | wrong)

    def test_an_officer_draws_up_and_receives_nothing(self, supervisor, commander, officer):
        made = approved(supervisor, commander)
        for act in (
            lambda: purchasing_orders.draw_up(made, by=officer),
            lambda: purchasing_orders.send(made, by=officer),
            lambda: purchasing_orders.hand_over(made, by=officer, to="X"),
            lambda: purchasing_orders.place(made, by=officer),
            lambda: purchasing_orders.close(made, by=officer, reason="X"),
            lambda: receive(made, officer, 1),
        ):
            with pytest.raises(Refused):
                act()


class TestSending:
    def test_by_mail_with_the_pdf(self, supervisor, commander):
        made = drawn(supervisor, commander)
        mailed(made, supervisor)
        with pytest.raises(WrongState):
            purchasing_orders.send(made, by=supervisor)  # it is on its way
        assert purchasing_mail.send_due() == 1
        (sent,) = mail.outbox
        ((name, content, mime),) = sent.attachments
        assert (sent.to, name, mime) == (["budget@bayside.example"], f"PO-{TODAY().year}-001.pdf", "application/pdf")
        assert content == place_of(made.order.file.digest).read_bytes()
        assert now(made).state == "sent"
        assert purchasing_mail.send_due() == 0
        purchasing_orders.send(made, by=supervisor)  # once more, where they lost it
        assert purchasing_mail.send_due() == 1
        assert now(made).state == "sent"

    def test_a_mail_that_does_not_go_out_is_told_and_it_is_handed_over(self, supervisor, commander, monkeypatch):
        def refuse(*_, **__):
            raise Undelivered("the mail server refused the address (550)", lasting=True)

        made = drawn(supervisor, commander)
        mailed(made, supervisor)
        monkeypatch.setattr("members.mail.post", refuse)
        assert purchasing_mail.send_due() == 0
        assert now(made).state == "drawn"
        assert Notification.objects.filter(member=supervisor, sentence__contains="did not reach the Budget").exists()
        assert "Did not reach the Budget Unit" in [step.word for step in road(now(made), made.order)]
        purchasing_orders.hand_over(made, by=supervisor, to="Mrs. Alvarez")
        assert now(made).state == "sent"

    def test_a_server_that_is_away_is_tried_again_and_given_up_in_the_end(self, supervisor, commander, monkeypatch):
        def break_off(*_, **__):
            raise Undelivered("the mail server broke off")

        made = drawn(supervisor, commander)
        one = mailed(made, supervisor)
        monkeypatch.setattr("members.mail.post", break_off)
        for _ in range(purchasing_mail.TRIES):
            one.refresh_from_db()
            assert one.mail_at is not None
            OrderSending.objects.update(mail_at=timezone.now())
            purchasing_mail.send_due()
        one.refresh_from_db()
        assert (one.mail_at, one.sent_at, one.why_not) == (None, None, "the mail server broke off")

    def test_without_a_mail_server_or_an_address_it_is_handed_over(self, supervisor, commander, tmp_path):
        made = drawn(supervisor, commander)
        with pytest.raises(Invalid, match="hand the order over"):
            purchasing_orders.send(made, by=supervisor)
        mailed(made, supervisor)
        folder = "django.core.mail.backends.filebased.EmailBackend"
        with override_settings(EMAIL_BACKEND=folder, EMAIL_FILE_PATH=str(tmp_path)):
            assert purchasing_mail.send_due() == 0
        assert OrderSending.objects.get().why_not == purchasing_mail.NO_SERVER
        with pytest.raises(Invalid, match="who took it"):
            purchasing_orders.hand_over(made, by=supervisor, to=" ")

    def test_handed_over_while_a_mail_waits_it_goes_one_way(self, supervisor, commander):
        made = drawn(supervisor, commander)
        mailed(made, supervisor)
        purchasing_orders.hand_over(made, by=supervisor, to="Mrs. Alvarez")
        assert purchasing_mail.send_due() == 0
        assert mail.outbox == []

    def test_ordered_only_after_it_was_sent_and_on_no_day_to_come(self, supervisor, commander):
        made = drawn(supervisor, commander)
        with pytest.raises(WrongState):
            purchasing_orders.place(made, by=supervisor)
        purchasing_orders.hand_over(made, by=supervisor, to="Mrs. Alvarez")
        for said in ({"on": TODAY() + timedelta(days=1)}, {"expected_on": TODAY() - timedelta(days=1)}):
            with pytest.raises(Invalid):
                purchasing_orders.place(made, by=supervisor, **said)
        purchasing_orders.place(made, by=supervisor, expected_on=TODAY())
        assert now(made).state == "ordered"


class TestReceiving:
    def test_each_thing_becomes_an_item_with_its_tag_and_its_receipt(self, supervisor, commander):
        made = ordered(supervisor, commander)
        receive(made, supervisor, 2, 3, serials={0: ["A1"]})
        assert now(made).state == "received"
        items = Item.objects.order_by("pk")
        assert [one.serial for one in items] == ["A1", ""]
        first = items[0]
        assert (first.value, first.supplier, first.maker) == (Decimal("2499.00"), "Bay Photo", "Canon")
        assert all(one.tag for one in items)
        assert set(ReceiptLine.objects.values_list("item", "amount")) == {(one.pk, Decimal("2499.00")) for one in items}

    def test_in_parts_with_a_receipt_each(self, supervisor, commander):
        made = ordered(supervisor, commander)
        receive(made, supervisor, 1)
        assert now(made).state == "ordered"
        assert list(purchasing_orders.wanting(made.order).values()) == [1, 3]
        with pytest.raises(Invalid, match="1 of “Camera R6” are wanting"):
            receive(made, supervisor, 2)
        receive(made, supervisor, 1, 3)
        assert now(made).state == "received"
        assert Receipt.objects.count() == 2
        with pytest.raises(WrongState):
            receive(made, supervisor, 1)

    def test_a_form_that_is_sent_twice_is_done_once(self, supervisor, commander):
        made, key = ordered(supervisor, commander), uuid.uuid4()
        first = receive(made, supervisor, 2, 3, key=key)
        assert receive(made, supervisor, 2, 3, key=key) == first
        assert (Item.objects.count(), Receipt.objects.count()) == (2, 1)

    def test_a_serial_that_exists_stops_the_whole_delivery(self, supervisor, commander):
        item("Old", by=supervisor, maker="Canon", serial="A2")
        made = ordered(supervisor, commander)
        with pytest.raises(Invalid, match="A2") as refusal:
            receive(made, supervisor, 2, 3, serials={0: ["A1", "A2"]})
        assert refusal.value.field.startswith("serials-")
        assert (Item.objects.count(), Delivery.objects.count(), Receipt.objects.count()) == (1, 0, 0)

    def test_what_makes_no_sense_is_refused(self, supervisor, commander):
        made, other = ordered(supervisor, commander), ordered(supervisor, commander)
        for counts, more, sentence in (
            ((), {}, "how many"),
            ((3,), {}, "no more can be received"),
            ((1,), {"serials": {0: ["A", "B"]}}, "2 are named"),
            ((1,), {"on": TODAY() + timedelta(days=1)}, "not come yet"),
        ):
            with pytest.raises(Invalid, match=sentence):
                receive(made, supervisor, *counts, **more)
        with pytest.raises(Invalid, match="not of this order"):
            purchasing_orders.receive(
                made, came(other, 1), lambda: receipt(made, supervisor), by=supervisor, on=TODAY(), key=uuid.uuid4()
            )

    def test_the_database_receives_no_more_than_was_ordered_and_nothing_without_items(self, supervisor, commander):
        made = ordered(supervisor, commander)
        camera, cards = made.version.lines.all()
        given = {"order": made.order, "receipt": receipt(made, supervisor), "on": TODAY(), "by": supervisor}
        delivery = Delivery.objects.create(**given, key=uuid.uuid4())
        with pytest.raises(DatabaseError), transaction.atomic():
            DeliveredLine.objects.create(delivery=delivery, line=camera, count=3)
        other = ordered(supervisor, commander).version.lines.first()
        with pytest.raises(DatabaseError), transaction.atomic():
            DeliveredLine.objects.create(delivery=delivery, line=other, count=1)
        point = transaction.savepoint()
        DeliveredLine.objects.create(delivery=delivery, line=camera, count=1)
        with pytest.raises(DatabaseError, match="in the inventory"), transaction.atomic():
            look_at_the_end()
        transaction.savepoint_rollback(point)
        none = DeliveredLine.objects.create(delivery=delivery, line=cards, count=1)
        look_at_the_end()
        with pytest.raises(DatabaseError, match="no more things"), transaction.atomic():
            ReceivedItem.objects.create(delivered=none, item=item("Card", by=supervisor))

    def test_an_order_of_which_the_rest_does_not_come_is_closed(self, supervisor, commander):
        made = ordered(supervisor, commander)
        receive(made, supervisor, 1)
        purchasing_orders.close(made, by=supervisor, reason="Not made any more.")
        assert (now(made).state, Item.objects.count()) == ("closed", 1)
        with pytest.raises(WrongState):
            receive(made, supervisor, 1)

    @pytest.mark.sop("3.4")
    def test_the_chain_is_walked_both_ways(self, supervisor, commander, officer):
        made = ordered(supervisor, commander)
        receive(made, supervisor, 2, 3)
        thing = Item.objects.first()
        bought = of_item(thing, officer)["bought"]
        order = bought.delivered.delivery.order
        assert order.version.proposal == made
        assert order.decision.by == commander
        steps = road(now(made), order)
        assert [step.word for step in steps] == [
            "Begun",
            "Handed in",
            "Approved (version 1)",
            order_word(order),
            "Sent to the Budget Unit",
            "Ordered by the Budget Unit",
            "Received",
        ]
        assert thing in steps[-1].items
        assert steps[-1].delivery.receipt == bought.delivered.delivery.receipt
        verbs = list(TrailEntry.objects.about(made).order_by("id").values_list("verb", flat=True))
        assert verbs == ["write", "submit", "approve", "draw_up", "hand_over", "place", "receive"]
        assert of_item(item("Old", by=supervisor), officer) is None


def order_word(order):
    return f"Purchase order {order.number}"


def look_at_the_end():
    """Ask now what the database asks at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
