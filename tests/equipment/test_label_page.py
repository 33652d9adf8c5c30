"""The page that a label leads to: two taps for members, how to return it for strangers (3.7)."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from equipment import custody as verbs
from equipment.found import report
from equipment.inventory import mark
from equipment.models import Custody, FoundReport, Handover, Item, Kit
from members.models import Agency, Member, Notification
from members.public_forms import mark_of

pytestmark = [pytest.mark.django_db, pytest.mark.sop("3.7")]


def picture(kind: str = "JPEG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(made, kind)
    return made.getvalue()


def at(name: str, thing: Item | Kit) -> str:
    return reverse(name, args=[thing.code])


def taking(**more: Any) -> dict[str, Any]:
    due = (timezone.now() + timedelta(hours=5)).isoformat()
    return {"key": uuid4(), "place": "field", "due": due, "purpose": "Training"} | more


def returning(**more: Any) -> dict[str, Any]:
    return {"key": uuid4(), "condition": "good"} | more


def test_two_taps_take_it_and_two_return_it(camera: Item, officer: Member, browser_of: Callable[..., Client]) -> None:
    phone = browser_of(officer)
    page = phone.get(at("label", camera)).content.decode()
    assert "In the office" in page
    assert "Take it" in page
    # Where and until when stand already: what for, and the button, are the two taps.
    form = phone.get(at("label", camera)).context["forms"]["take"]
    first = {"key": form.value("key"), "place": form.value("place"), "due": form.dues()[0].value}
    assert phone.post(at("label_take", camera), {**first, "purpose": "Training"}).status_code == 302
    page = phone.get(at("label", camera)).content.decode()
    assert "You have it" in page
    assert phone.post(at("label_return", camera), returning()).status_code == 302
    assert not Custody.objects.open().exists()


def test_sent_twice_it_is_done_once_and_the_script_is_told_where_to_go(
    camera: Item, officer: Member, browser_of: Callable[..., Client]
) -> None:
    phone, said = browser_of(officer), taking()
    for _ in range(2):
        answer = phone.post(at("label_take", camera), said, headers={"X-Sent-By-Script": "1"})
        assert answer.json() == {"to": at("label", camera)}
    assert Handover.objects.count() == 1


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(
    camera: Item, officer: Member, browser_of: Callable[..., Client]
) -> None:
    phone = browser_of(officer)
    answer = phone.post(at("label_take", camera), taking(place="trunk", purpose="other", purpose_other="Parade"))
    assert answer.status_code == 422
    assert "Which vehicle?" in answer.content.decode()
    assert 'value="Parade"' in answer.content.decode()
    past = (timezone.now() - timedelta(hours=1)).isoformat()
    for due in (past, "rubbish", "9" * 30, "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"):
        answer = phone.post(at("label_take", camera), taking(due=due))
        assert answer.status_code == 422
    answer = phone.post(at("label_take", camera), {"key": "no key"})
    assert answer.status_code == 422
    answer = phone.post(at("label_take", camera), taking(purpose="other", purpose_other="x" * 201))
    assert "at most 200 characters" in answer.content.decode()
    assert not Custody.objects.exists()


def test_who_comes_second_reads_who_has_it(
    camera: Item, officer: Member, other_officer: Member, browser_of: Callable[..., Client]
) -> None:
    browser_of(officer).post(at("label_take", camera), taking())
    answer = browser_of(other_officer).post(at("label_take", camera), taking())
    assert answer.status_code == 409
    assert "Daniel Diaz has" in answer.content.decode()
    answer = browser_of(other_officer).post(at("label_return", camera), returning())
    assert answer.status_code == 403


def test_photo_and_signature_come_with_the_return(
    camera: Item, officer: Member, browser_of: Callable[..., Client]
) -> None:
    phone = browser_of(officer)
    phone.post(at("label_take", camera), taking())
    signed = "data:image/png;base64," + base64.b64encode(picture("PNG")).decode()
    photo = SimpleUploadedFile("IMG_1.jpg", picture())
    said = returning(condition="damaged", remark="Fell.", photo=photo, signature=signed)
    assert phone.post(at("label_return", camera), said).status_code == 302
    back = Handover.objects.get(way="in")
    for which in ("photo", "signature"):
        answer = phone.get(reverse("handover_proof", args=[back.pk, which]))
        assert answer["Content-Type"].startswith("image/")
    assert "Fell." in phone.get(camera.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "more",
    [
        {"signature": "data:image/png;base64,!!!"},
        {"signature": "javascript:alert(1)"},
        {"signature": "data:image/png;base64," + base64.b64encode(b"<script>").decode()},
        {"photo": SimpleUploadedFile("photo.jpg", b"<script>alert(1)</script>")},
        {"condition": "damaged"},
        {"condition": ""},
    ],
)
def test_bad_returns_do_nothing(
    camera: Item, officer: Member, browser_of: Callable[..., Client], more: dict[str, Any]
) -> None:
    phone = browser_of(officer)
    phone.post(at("label_take", camera), taking())
    answer = phone.post(at("label_return", camera), returning(**more))
    assert answer.status_code == 422
    assert Custody.objects.open().count() == 1


def test_the_supervisor_gives_and_takes_back_and_the_member_accepts(
    camera: Item, supervisor: Member, officer: Member, browser_of: Callable[..., Client]
) -> None:
    desk, phone = browser_of(supervisor), browser_of(officer)
    desk.post(at("label_take", camera), taking(to=officer.pk))
    assert "Do you have it?" in phone.get(at("label", camera)).content.decode()
    phone.post(at("label_accept", camera), {"has": "yes"})
    assert Custody.objects.get().accepted_at
    assert desk.post(at("label_return", camera), returning()).status_code == 422
    assert desk.post(at("label_return", camera), returning(confirmed="on")).status_code == 302


def test_passed_on_and_moved(
    camera: Item, officer: Member, other_officer: Member, browser_of: Callable[..., Client]
) -> None:
    phone = browser_of(officer)
    phone.post(at("label_take", camera), taking())
    phone.post(at("label_move", camera), taking(place="trunk", vehicle="4711"))
    assert Custody.objects.open().get().vehicle == "4711"
    phone.post(at("label_pass", camera), taking(to=other_officer.pk))
    assert Custody.objects.open().get().holder == other_officer
    browser_of(other_officer).post(at("label_accept", camera), {"has": "not"})
    assert Custody.objects.open().get().denied_at


def test_what_he_may_report_of_it_is_one_tap_away(
    camera: Item, officer: Member, auditor: Member, browser_of: Callable[..., Client]
) -> None:
    phone = browser_of(officer)
    report_it = f'href="{camera.get_absolute_url()}#report"'
    page = phone.get(at("label", camera)).content.decode()
    assert report_it in page
    assert "Report it: needs attention" in page
    phone.post(at("label_take", camera), taking())
    assert "Report it: needs attention, lost, stolen" in phone.get(at("label", camera)).content.decode()
    assert 'id="report"' in phone.get(camera.get_absolute_url()).content.decode()
    mark(camera, "lost", by=officer, reason="Fell into the bay.")
    page = phone.get(at("label", camera)).content.decode()
    assert "You have it" in page
    assert "tag-bad" in page
    assert report_it not in browser_of(auditor).get(at("label", camera)).content.decode()


def test_a_kits_label_takes_all_of_it(kit: Kit, lens: Item, officer: Member, browser_of: Callable[..., Client]) -> None:
    phone = browser_of(officer)
    assert "all 3 things" in phone.get(at("label", kit)).content.decode()
    phone.post(at("label_take", kit), taking())
    assert Custody.objects.open().count() == 3
    phone.post(at("label_return", kit), returning(condition="attention", remark="Dusty.", only=[lens.pk]))
    assert not Custody.objects.open().exists()
    lens.refresh_from_db()
    assert lens.state == "needs_attention"


def test_who_reads_only_sees_it_and_can_do_nothing(
    camera: Item, auditor: Member, browser_of: Callable[..., Client]
) -> None:
    reader = browser_of(auditor)
    page = reader.get(at("label", camera))
    assert not page.context["forms"]
    assert reader.post(at("label_take", camera), taking()).status_code == 403


class TestStrangers:
    """What nobody signed in sees."""

    def sent(self, thing: Item, **more: str) -> dict[str, str]:
        return {"where": "Bayside Park", "mark": mark_of(thing.code, salt="found", at=1)} | more

    def test_only_how_to_return_it(self, make_item: Callable[..., Item], officer: Member) -> None:
        camera = make_item("Secret camera", value=4000, serial="SN-SECRET")
        verbs.check_out(
            [camera],
            by=officer,
            to=officer,
            place="field",
            due_back=timezone.now() + timedelta(hours=1),
            purpose="Parade",
            key=uuid4(),
        )
        page = Client().get(at("label", camera))
        text = page.content.decode()
        assert page.status_code == 200
        assert "How to return it" in text
        for hidden in ("Diaz", "4000", "4,000", "SECRET", "Secret", camera.tag, "Parade"):
            assert hidden not in text
        assert not page.cookies

    def test_says_where_it_is_and_the_supervisor_hears(
        self, camera: Item, supervisor: Member, officer: Member, browser_of: Callable[..., Client]
    ) -> None:
        fresh = mark_of(camera.code, salt="found", at=timezone.now().timestamp() - 60)
        answer = Client().post(at("report_found", camera), self.sent(camera, mark=fresh))
        assert answer.status_code == 302
        assert Notification.objects.filter(member=supervisor, sentence__contains="found").exists()
        found = FoundReport.objects.get()
        desk = browser_of(supervisor)
        assert "Bayside Park" in desk.get(reverse("found_reports")).content.decode()
        settle = reverse("settle_found", args=[found.pk])
        assert browser_of(officer).post(settle, {"outcome": "Fetched."}).status_code == 403
        assert desk.post(settle, {"outcome": ""}).status_code == 422
        assert desk.post(settle, {"outcome": "Fetched."}).status_code == 302
        answer = desk.post(settle, {"outcome": "Again."})
        assert answer.status_code == 409
        assert "acted first" in answer.content.decode()

    @pytest.mark.parametrize("outcome", ["\x00", "x" * 2001])
    def test_what_cannot_be_kept_is_said(
        self, camera: Item, supervisor: Member, browser_of: Callable[..., Client], outcome: str
    ) -> None:
        settle = reverse("settle_found", args=[report(camera, where="Bayside Park").pk])
        assert browser_of(supervisor).post(settle, {"outcome": outcome}).status_code == 422

    def test_whoever_guesses_codes_is_counted_whichever_way_he_asks(
        self, camera: Item, settings: Any, client: Client
    ) -> None:
        settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"label": "2/m/ip"}
        answers = [client.post(reverse("report_found", args=["nothing"])).status_code for _ in range(3)]
        assert answers == [404, 404, 429]

    @pytest.mark.parametrize("more", [{"website": "x"}, {"mark": ""}, {"where": ""}, {"mark": "rubbish"}])
    def test_machines_are_sent_back(self, camera: Item, more: dict[str, str]) -> None:
        fresh = mark_of(camera.code, salt="found", at=timezone.now().timestamp() - 60)
        answer = Client().post(at("report_found", camera), self.sent(camera, **({"mark": fresh} | more)))
        assert answer.status_code == 422
        assert not FoundReport.objects.exists()

    def test_a_code_that_nobody_printed(self, camera: Item, officer: Member, browser_of: Callable[..., Client]) -> None:
        desk = browser_of(officer)
        for code in ("nothing", "a\x00b", "é", "x" * 3000):
            for name in ("label", "report_found"):
                address = reverse(name, args=[code])
                assert (Client().get if name == "label" else Client().post)(address).status_code == 404
                assert desk.get(reverse("label", args=[code])).status_code == 404


def test_who_found_it_is_told_where_the_agency_wants_it_brought(camera: Item, client: Client) -> None:
    Agency.objects.create(name="Bayside", short_name="Bayside", zone="America/New_York", return_address="400 Harbor St")
    assert "400 Harbor St" in client.get(reverse("label", args=[camera.code])).content.decode()
