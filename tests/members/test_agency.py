"""The agency's page: names, zone, numbers, and a mark that is made anew from its pixels."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from members.agency_mark import mark_from
from members.models import Agency, Member, TrailEntry
from members.models.agency import agency, agency_zone
from members.states import Invalid

pytestmark = pytest.mark.django_db
Browser = Callable[[Member], Client]
WORDS = {
    "name": "Harbour City Police Department",
    "short_name": "Harbour City Police",
    "zone": "America/Los_Angeles",
    "languages": ["en", "es"],
    "emergency_number": "911",
    "non_emergency_number": "213-555-0100",
}


@pytest.fixture
def harbour(db: None) -> Agency:
    return Agency.objects.create(**WORDS)


def picture(kind: str = "PNG", size: tuple[int, int] = (600, 300), **options: Any) -> bytes:
    made = io.BytesIO()
    mode = "RGB" if kind == "JPEG" else "RGBA"
    Image.new(mode, size, (20, 60, 120, 255)[: len(mode)]).save(made, kind, **options)
    return made.getvalue()


def upload(client: Client, body: bytes, name: str = "mark.png", kind: str = "image/png") -> Any:
    return client.post(reverse("agency_change_mark"), {"mark": SimpleUploadedFile(name, body, kind)})


def verbs() -> list[str]:
    return list(TrailEntry.objects.filter(subject_type="members.agency").order_by("id").values_list("verb", flat=True))


def test_every_page_names_the_agency_as_it_stands(browser_of: Browser, officer: Member, harbour: Agency) -> None:
    assert "Harbour City Police · Social Media Unit" in browser_of(officer).get(reverse("home")).content.decode()
    assert "Harbour City Police" in Client().get(reverse("account_login")).content.decode()
    assert "Harbour City Police" in browser_of(officer).get("/nowhere/").content.decode(), "an error page too"


def test_the_commander_changes_it_and_the_trail_says_so(
    browser_of: Browser, commander: Member, harbour: Agency
) -> None:
    answer = browser_of(commander).post(reverse("agency"), WORDS | {"name": "Harbour Police", "zone": "denver"})
    assert answer.status_code == 302
    changed = agency()
    assert (changed.name, changed.zone) == ("Harbour Police", "America/Denver")
    assert agency_zone().key == "America/Denver"
    assert verbs() == ["change"]


def test_nothing_changed_is_no_act(browser_of: Browser, commander: Member, harbour: Agency) -> None:
    assert browser_of(commander).post(reverse("agency"), WORDS).status_code == 302
    assert verbs() == []


@pytest.mark.parametrize("name", ["agency", "agency_change_mark", "agency_remove_mark"])
def test_others_read_it_and_change_nothing(
    browser_of: Browser, commander: Member, supervisor: Member, harbour: Agency, name: str
) -> None:
    window = browser_of(supervisor)
    shown = window.get(reverse("agency")).content.decode()
    assert "213-555-0100" in shown
    assert f'action="{reverse(name)}"' not in shown
    answer = window.post(reverse(name), WORDS | {"name": "Other"})
    assert answer.status_code == 403
    assert "Ruth Keller" in answer.content.decode(), "who could do it"
    assert agency().name == WORDS["name"]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("zone", "Atlantis", "There is no such time zone"),
        ("zone", "../../etc/passwd", "There is no such time zone"),
        ("name", "", "Write the agency&#x27;s name"),
        ("short_name", "x" * 41, "at most 40 characters"),
        ("languages", [], "Choose at least one language"),
    ],
)
def test_bad_words_are_refused_beside_the_field(
    browser_of: Browser, commander: Member, harbour: Agency, field: str, typed: Any, sentence: str
) -> None:
    answer = browser_of(commander).post(reverse("agency"), WORDS | {field: typed})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert getattr(agency(), field) == WORDS[field]


def test_times_are_shown_and_days_begin_in_its_zone(browser_of: Browser, supervisor: Member, harbour: Agency) -> None:
    TrailEntry.objects.create(
        verb="early", subject_type="members.member", subject_id="1", at=datetime(2026, 3, 3, 7, 30, tzinfo=UTC)
    )
    window = browser_of(supervisor)
    on_the_second = {"since": "2026-03-02", "until": "2026-03-02", "verb": "early"}
    shown = window.get(reverse("trail"), on_the_second).content.decode()
    assert "Mar 2, 23:30" in shown or "23:30" in shown
    assert (
        "Nothing on the trail fits"
        in window.get(reverse("trail"), on_the_second | {"since": "2026-03-03", "until": "2026-03-03"}).content.decode()
    )
    assert timezone.get_current_timezone_name() == "America/New_York", "the thread is left as it was found"


# --- the mark ---


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_mark_is_made_anew_from_the_pixels_and_small(
    browser_of: Browser, commander: Member, harbour: Agency, kind: str
) -> None:
    assert upload(browser_of(commander), picture(kind, (1200, 600))).status_code == 302
    stored = Image.open(io.BytesIO(bytes(Agency.objects.get().mark or b"")))
    assert (stored.format, stored.size) == ("PNG", (512, 256))
    assert verbs() == ["change_mark"]


def test_everybody_sees_it_and_it_is_kept_until_it_changes(
    browser_of: Browser, commander: Member, harbour: Agency
) -> None:
    window = browser_of(commander)
    assert Client().get(reverse("agency_mark")).status_code == 404
    upload(window, picture())
    before = address_of_the_mark(Client().get(reverse("account_login")).content.decode())
    answer = Client().get(before)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert "immutable" in answer["Cache-Control"]
    assert Client().get(before, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert "no-cache" in Client().get(reverse("agency_mark"))["Cache-Control"]
    upload(window, picture(size=(90, 90)))
    assert address_of_the_mark(window.get(reverse("home")).content.decode()) != before


def address_of_the_mark(page: str) -> str:
    return page.split(f'src="{reverse("agency_mark")}')[1].split('"')[0].join([reverse("agency_mark"), ""])


def test_it_can_be_taken_away(browser_of: Browser, commander: Member, harbour: Agency) -> None:
    window = browser_of(commander)
    upload(window, picture())
    assert window.post(reverse("agency_remove_mark")).status_code == 302
    assert Client().get(reverse("agency_mark")).status_code == 404
    assert verbs() == ["change_mark", "change_mark"]


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it has 50,000 by 50,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 6, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BEHIND = b"<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        pytest.param(SVG, "This is not a picture that can be read", id="svg"),
        pytest.param(b"%PDF-1.7", "This is not a picture", id="pdf"),
        pytest.param(b"", "The file is empty", id="empty"),
        pytest.param(picture()[:200], "This is not a picture", id="cut off"),
        pytest.param(picture("JPEG")[:-300], "This is not a picture", id="jpeg cut off"),
        pytest.param(picture("GIF"), "This is not a picture", id="another kind"),
        pytest.param(bomb(), "too many pixels", id="bomb"),
        pytest.param(picture(size=(5000, 4000)), "too many pixels", id="too wide"),
        pytest.param(picture() + bytes(4_000_000), "The file is too large", id="too large"),
        pytest.param(picture() + BEHIND, "something more behind the picture", id="png and html"),
        pytest.param(picture("JPEG") + b"PK\x03\x04" + BEHIND, "something more behind", id="jpeg and zip"),
        pytest.param(picture("WEBP") + BEHIND, "something more behind the picture", id="webp and html"),
    ],
)
def test_what_is_no_plain_picture_is_refused_with_a_sentence(
    browser_of: Browser, commander: Member, harbour: Agency, body: bytes, sentence: str
) -> None:
    answer = upload(browser_of(commander), body)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Agency.objects.get().mark is None


@pytest.mark.parametrize("options", [{}, {"progressive": True, "optimize": True}])
def test_any_ordinary_jpeg_is_taken(options: dict[str, Any]) -> None:
    noise = Image.effect_noise((300, 200), 90).convert("RGB")
    made = io.BytesIO()
    noise.save(made, "JPEG", quality=95, **options)
    assert mark_from(io.BytesIO(made.getvalue())).startswith(b"\x89PNG")


def test_words_hidden_in_a_picture_are_gone() -> None:
    words = PngInfo()
    words.add_text("Comment", "<script>alert(1)</script>")
    made = mark_from(io.BytesIO(picture(pnginfo=words)))
    assert b"script" not in made
    assert b"Comment" not in made


def test_no_file_at_all_is_refused_kindly(browser_of: Browser, commander: Member, harbour: Agency) -> None:
    answer = browser_of(commander).post(reverse("agency_change_mark"))
    assert answer.status_code == 422
    assert "Choose a picture first" in answer.content.decode()


def test_rubbish_of_any_shape_is_refused_and_breaks_nothing() -> None:
    whole, refused = picture("JPEG"), 0
    for place in range(2, len(whole), 7):
        try:
            assert mark_from(io.BytesIO(whole[:place] + b"\xff" + whole[place + 1 :])).startswith(b"\x89PNG")
        except Invalid:
            refused += 1
    assert refused
