"""Who has what (3.7): out, from hand to hand, back; and what stands against it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import Error, transaction
from django.utils import timezone

from equipment import custody as verbs
from equipment import skills
from equipment.custody import WithSomebody
from equipment.models import Custody, Handover, Item, Kit, Skill
from members.models import Member, Notification, TrailEntry
from members.states import Invalid, Refused, WrongState

pytestmark = [pytest.mark.django_db, pytest.mark.sop("3.7")]


def said(**more: Any) -> dict[str, Any]:
    return {"place": "field", "due_back": timezone.now() + timedelta(hours=8), "key": uuid4()} | more


def take(items: list[Item], by: Member, to: Member | None = None, **more: Any) -> list[Handover]:
    return verbs.check_out(items, by=by, to=to or by, **said(purpose="Parade", **more))


def bring(items: list[Item], by: Member, condition: str = "good", **more: Any) -> list[Handover]:
    return verbs.check_in(items, by=by, condition=condition, **({"key": uuid4()} | more))


def sentences(member: Member) -> list[str]:
    return list(Notification.objects.filter(member=member).values_list("sentence", flat=True))


def test_goes_out_and_comes_back(camera: Item, officer: Member) -> None:
    [out] = take([camera], officer, place="trunk", vehicle="4711")
    held = verbs.open_custody(camera)
    assert held is not None
    assert (held.holder, held.begun, held.where) == (officer, out, "in the trunk of 4711")
    assert held.accepted_at
    [back] = bring([camera], officer)
    assert verbs.open_custody(camera) is None
    held.refresh_from_db()
    assert held.ended == back
    assert list(TrailEntry.objects.about(camera).filter(by=officer).order_by("id").values_list("verb", "after")) == [
        ("check_out", "trunk"),
        ("check_in", "office"),
    ]


def test_who_comes_second_is_told_who_has_it(camera: Item, officer: Member, other_officer: Member) -> None:
    take([camera], officer)
    with pytest.raises(WithSomebody, match=f"Daniel Diaz has {camera.tag}.*in the field.*due back"):
        take([camera], other_officer)
    with pytest.raises(Refused, match="Daniel Diaz has"):
        bring([camera], other_officer)
    bring([camera], officer)
    with pytest.raises(WithSomebody, match="in the office: Daniel Diaz checked it in"):
        bring([camera], officer)


def test_what_was_never_taken_is_not_returned(camera: Item, supervisor: Member) -> None:
    with pytest.raises(WithSomebody, match="it was never taken"):
        bring([camera], supervisor)


def test_a_form_sent_twice_is_done_once(camera: Item, officer: Member, other_officer: Member) -> None:
    key = uuid4()
    assert take([camera], officer, key=key) == take([camera], officer, key=key)
    with pytest.raises(Invalid, match="sent before"):
        bring([camera], other_officer, key=key)
    assert Handover.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"place": "trunk"}, "vehicle"),
        ({"place": "office"}, "place"),
        ({"due_back": None}, "due_back"),
        ({"due_back": timezone.now() - timedelta(minutes=1)}, "due_back"),
        ({"due_back": timezone.now() + timedelta(days=400)}, "due_back"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(
    camera: Item, officer: Member, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        take([camera], officer, **more)
    assert refusal.value.field == field
    assert not Custody.objects.exists()


def test_for_nothing_nothing_goes_out(camera: Item, officer: Member) -> None:
    with pytest.raises(Invalid) as refusal:
        verbs.check_out([camera], by=officer, to=officer, **said(purpose=" "))
    assert refusal.value.field == "purpose"


def test_only_what_serves_goes_out(camera: Item, supervisor: Member) -> None:
    from equipment.inventory import mark

    mark(camera, "maintenance", by=supervisor, reason="Shutter.")
    with pytest.raises(Invalid, match="in maintenance"):
        take([camera], supervisor)


def test_a_kit_goes_whole_or_not_at_all(
    kit: Kit, camera: Item, lens: Item, officer: Member, other_officer: Member
) -> None:
    take([lens], other_officer)
    with pytest.raises(WithSomebody, match="Chidi Okafor has"):
        take(list(kit.items.all()), officer)
    assert Custody.objects.open().count() == 1
    bring([lens], other_officer)
    assert len(take(list(kit.items.all()), officer)) == 3
    bring(list(kit.items.all()), officer, "damaged", only=[lens], remark="Scratched.")
    lens.refresh_from_db()
    camera.refresh_from_db()
    assert (lens.state, camera.state) == ("needs_attention", "serviceable")


def test_who_may(camera: Item, officer: Member, other_officer: Member, auditor: Member, transferred: Member) -> None:
    with pytest.raises(Refused):
        take([camera], auditor)
    with pytest.raises(Refused):
        take([camera], officer, to=other_officer)
    with pytest.raises(Refused):
        take([camera], transferred)


def test_who_is_handed_something_accepts_it(
    camera: Item, supervisor: Member, officer: Member, other_officer: Member, transferred: Member
) -> None:
    take([camera], supervisor, to=officer)
    custody = verbs.open_custody(camera)
    assert custody is not None
    assert custody.accepted_at is None
    assert "Amara Cole handed you" in sentences(officer)[0]
    with pytest.raises(Refused):
        verbs.accept(custody, by=other_officer)
    verbs.accept(custody, by=officer)
    verbs.hand_over([camera], by=officer, to=other_officer, **said())
    with pytest.raises(WithSomebody, match="Chidi Okafor has"):
        verbs.accept(custody, by=officer)
    second = verbs.open_custody(camera)
    assert second is not None
    assert second.begun.purpose == "Parade"
    verbs.deny(second, by=other_officer)
    assert "does not have" in sentences(supervisor)[-1]
    assert list(Custody.objects.standing_out()) == [second]
    verbs.accept(second, by=other_officer)
    with pytest.raises(WrongState):
        verbs.deny(second, by=other_officer)
    with pytest.raises(Invalid) as refusal:
        verbs.hand_over([camera], by=other_officer, to=transferred, **said())
    assert refusal.value.field == "to"


def test_moved_it_stays_with_who_has_it(camera: Item, officer: Member) -> None:
    take([camera], officer, place="trunk", vehicle="12")
    first = verbs.open_custody(camera)
    assert first is not None
    later = timezone.now() + timedelta(days=2)
    verbs.move([camera], by=officer, **said(place="trunk", vehicle="12", due_back=later))
    second = verbs.open_custody(camera)
    assert second is not None
    assert (second.since, second.due_back, second.holder) == (first.since, later, officer)
    verbs.move([camera], by=officer, **said())
    third = verbs.open_custody(camera)
    assert third is not None
    assert third.since > first.since


def test_what_comes_back_damaged_needs_attention_and_the_supervisor_hears(
    camera: Item, supervisor: Member, officer: Member
) -> None:
    take([camera], officer)
    with pytest.raises(Invalid) as refusal:
        bring([camera], officer, "damaged")
    assert refusal.value.field == "remark"
    with pytest.raises(Invalid):
        bring([camera], officer, "eaten")
    bring([camera], officer, "damaged", remark="It fell.")
    camera.refresh_from_db()
    assert camera.state == "needs_attention"
    assert sentences(supervisor)
    take([camera], officer)


def test_what_was_lost_and_is_brought_back_is_found(camera: Item, supervisor: Member, officer: Member) -> None:
    from equipment.inventory import mark

    take([camera], officer)
    mark(camera, "lost", by=officer, reason="Left at the park.")
    bring([camera], officer)
    camera.refresh_from_db()
    assert camera.state == "serviceable"


def test_what_was_lost_in_somebodys_hands_is_written_off(camera: Item, supervisor: Member, officer: Member) -> None:
    from equipment.inventory import mark

    take([camera], officer)
    with pytest.raises(Invalid, match="comes back first"):
        mark(camera, "retired", by=supervisor, reason="Old.")
    mark(camera, "lost", by=officer, reason="Fell into the bay.")
    mark(camera, "retired", by=supervisor, reason="The divers found nothing.")
    held = Custody.objects.get()
    assert held.ended is not None
    assert (held.ended.way, held.ended.giver, held.ended.remark) == ("gone", officer, "The divers found nothing.")
    assert "was written off" in sentences(officer)[-1]
    assert verbs.open_custody(camera) is None


def test_the_supervisor_brings_back_what_another_had(camera: Item, supervisor: Member, officer: Member) -> None:
    take([camera], officer)
    bring([camera], supervisor)
    assert "Amara Cole checked in" in sentences(officer)[-1]


@pytest.mark.sop("3.1")
def test_a_missing_skill_is_said_and_the_supervisor_decides(camera: Item, supervisor: Member, officer: Member) -> None:
    skills.demand(camera.kind, [Skill.objects.get(letter="B")], by=supervisor)
    with pytest.raises(Refused, match="was not assessed"):
        take([camera], officer)
    with pytest.raises(Invalid) as refusal:
        take([camera], supervisor, to=officer)
    assert refusal.value.field == "waiver"
    [out] = take([camera], supervisor, to=officer, waiver="He carries it only.")
    assert (out.waived, out.waived_by) == ("He carries it only.", supervisor)


@pytest.mark.sop("F.VB")
def test_what_another_has_booked_does_not_go_out(camera: Item, officer: Member, other_officer: Member) -> None:
    from equipment.bookings import Span, book

    now = timezone.now()
    span = Span(now + timedelta(hours=2), now + timedelta(hours=4))
    book([camera], by=other_officer, to=other_officer, span=span, purpose="Press day", key=uuid4())
    with pytest.raises(Refused, match=r"Chidi Okafor has .* booked"):
        take([camera], officer)
    take([camera], officer, due_back=now + timedelta(hours=1))
    with pytest.raises(Invalid) as refusal:
        verbs.move([camera], by=officer, **said())
    assert refusal.value.field == "due_back"


class TestTheDatabase:
    """What must never be false, past the verbs too."""

    def wrong(self, act: Callable[[], Any]) -> None:
        with pytest.raises(Error), transaction.atomic():
            act()

    def test_one_open_custody_an_item(self, camera: Item, officer: Member, other_officer: Member) -> None:
        [out] = take([camera], officer)
        copy = {"item": camera, "place": "field", "since": out.at}
        another = Handover.objects.create(
            item=camera, way="over", giver=officer, taker=other_officer, place="field", key=uuid4(), by=officer
        )
        self.wrong(lambda: Custody.objects.create(holder=other_officer, begun=another, **copy))

    def test_who_has_it_is_who_was_handed_it(self, camera: Item, officer: Member, other_officer: Member) -> None:
        out = Handover.objects.create(item=camera, way="out", taker=officer, place="field", key=uuid4(), by=officer)
        self.wrong(
            lambda: Custody.objects.create(item=camera, holder=other_officer, place="field", begun=out, since=out.at)
        )

    def test_only_what_serves(self, camera: Item, supervisor: Member, officer: Member) -> None:
        from equipment.inventory import mark

        out = Handover.objects.create(item=camera, way="out", taker=officer, place="field", key=uuid4(), by=officer)
        mark(camera, "retired", by=supervisor, reason="Old.")
        self.wrong(lambda: Custody.objects.create(item=camera, holder=officer, place="field", begun=out, since=out.at))

    def test_what_ended_is_final_and_what_began_stands(
        self, camera: Item, officer: Member, other_officer: Member
    ) -> None:
        take([camera], officer)
        self.wrong(lambda: Custody.objects.update(holder=other_officer))
        stranger = Handover.objects.create(
            item=camera, way="in", giver=other_officer, place="office", condition="good", key=uuid4(), by=officer
        )
        self.wrong(lambda: Custody.objects.update(ended=stranger, ended_at=stranger.at))
        bring([camera], officer)
        self.wrong(lambda: Custody.objects.update(ended=None, ended_at=None))

    def test_what_is_out_is_neither_at_a_shop_nor_retired(self, camera: Item, officer: Member) -> None:
        take([camera], officer)
        for state in ("maintenance", "retired"):
            self.wrong(lambda state=state: Item.objects.filter(pk=camera.pk).update(state=state))  # type: ignore[misc]

    def test_each_says_from_whom_how_and_why(self, camera: Item, officer: Member, other_officer: Member) -> None:
        way = {"item": camera, "key": uuid4(), "by": officer}
        out = way | {"way": "out", "taker": officer, "place": "field"}
        for wrong in (
            out | {"giver": other_officer},
            out | {"way": "over"},
            out | {"way": "gone"},
            out | {"place": "office"},
            out | {"condition": "good"},
            out | {"waived": "It cannot wait."},
            out | {"waived_by": other_officer},
            way | {"way": "in", "giver": officer, "place": "office"},
        ):
            self.wrong(lambda wrong=wrong: Handover.objects.create(**wrong))  # type: ignore[misc]

    def test_nothing_in_the_future(self, camera: Item, officer: Member) -> None:
        later = timezone.now() + timedelta(days=1)
        way = {"item": camera, "way": "out", "taker": officer, "place": "field", "key": uuid4(), "by": officer}
        self.wrong(lambda: Handover.objects.create(at=later, **way))
