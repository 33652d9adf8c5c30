"""Labels hold a link that nobody guesses, the tag and the name; sheets of them are PDF for label paper (3.4)."""

import base64
import re
import zlib

import pytest
import segno
from django.urls import reverse

from equipment import labels
from equipment.label_forms import LabelsForm

pytestmark = [pytest.mark.django_db, pytest.mark.sop("3.4")]


def words(pdf):
    """What a PDF of ours says, page by page."""
    streams = (one.strip().removesuffix(b"~>") for one in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL))
    texts = [zlib.decompress(base64.a85decode(one)) for one in streams]
    return [b" ".join(re.findall(rb"\((.*?)\) Tj", text)).decode("cp1252") for text in texts if b"Tj" in text]


def test_the_link_is_the_units_address_and_a_code_that_says_nothing(camera, settings):
    settings.UNIT_URL = "https://smu.bayside.example"
    label = labels.of_item(camera)
    assert label.link == f"https://smu.bayside.example/e/{camera.code}"
    assert camera.serial not in label.link
    assert (label.tag, label.under) == (camera.tag, f"S/N {camera.serial}")


def test_the_code_of_a_label_is_the_link_with_white_around_it(camera):
    label = labels.of_item(camera)
    drawn = labels.svg(label)
    side = len(segno.make_qr(label.link, error="m", boost_error=False).matrix)
    assert f'viewBox="0 0 {(side + 8) * 3} {side + 8}"' in drawn
    assert camera.tag in drawn


def test_a_sheet_begins_where_the_last_one_ended(make_item):
    found = [labels.of_item(make_item(f"Light {number}")) for number in range(3)]
    assert len(words(labels.sheet(found, labels.PAPERS["5160"], begin_at=28))) == 1
    first, second = words(labels.sheet(found, labels.PAPERS["5160"], begin_at=29))
    assert found[1].tag in first
    assert found[2].tag in second
    assert found[2].tag not in first


def test_of_a_script_that_the_font_has_not_nothing_is_printed(make_item):
    (said,) = words(
        labels.sheet(
            [labels.of_item(make_item("كاميرا")), labels.of_item(make_item("📷 Drone"))], labels.PAPERS["5160"]
        )
    )
    assert "Drone" in said
    assert "?" not in said


def test_of_no_kit_there_is_no_label_and_it_is_said(supervisor, browser_of):
    answer = browser_of(supervisor).get(reverse("label_sheet") + "?which=kits&paper=5160&begin_at=1")
    assert (answer.status_code, "There is no kit." in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("paper", labels.PAPERS.values(), ids=labels.PAPERS)
def test_every_label_lies_on_its_paper(paper):
    width = paper.left + (paper.columns - 1) * paper.step[0] + paper.label[0]
    height = paper.top + (paper.rows - 1) * paper.step[1] + paper.label[1]
    assert width <= paper.page[0]
    assert height <= paper.page[1]


def test_long_names_and_other_scripts_have_room(make_item):
    one = labels.of_item(make_item("Caméra Ñandú 摄像机 " + "very long name " * 4, tag="T" * 40))
    for paper in labels.PAPERS.values():
        assert labels.sheet([one], paper).startswith(b"%PDF-")


def chosen(member, **asked):
    form = LabelsForm(member, {"which": "all", "paper": "5160", "begin_at": 1, **asked})
    return ([one.tag for one in form.labels()] if form.is_valid() else []), form.errors


def test_which_labels_are_chosen(make_item, camera, kit, supervisor):
    two = [make_item("Tripod", tag=f"T-10{number}", office_place="Shelf B") for number in (1, 2)]
    assert len(chosen(supervisor)[0]) == 5
    assert chosen(supervisor, which="kind", kind=two[0].kind_id)[0] == ["T-101", "T-102"]
    assert chosen(supervisor, which="place", place="shelf b")[0] == ["T-101", "T-102"]
    assert chosen(supervisor, which="tags", tags="t-102, T-101..T-101")[0] == ["T-101", "T-102"]
    make_item("Stand", tag="Stand 7")
    assert chosen(supervisor, which="tags", tags="stand 7\nT-101 T-102")[0] == ["Stand 7", "T-101", "T-102"]
    assert chosen(supervisor, which="kits")[0] == ["KIT"]
    assert "Nothing has the tag X-1" in str(chosen(supervisor, which="tags", tags="X-1")[1])
    assert "30 labels" in str(chosen(supervisor, begin_at=31)[1])
    assert "Say which" in str(chosen(supervisor, which="kind")[1])


def test_the_pages(camera, kit, supervisor, browser_of):
    browser = browser_of(supervisor)
    assert browser.get(f"{reverse('labels')}?which=kits").status_code == 200
    asked = {"which": "all", "paper": "5163", "begin_at": "2"}
    assert browser.get(reverse("label_sheet"), asked)["Content-Type"] == "application/pdf"
    assert browser.get(reverse("label_sheet"), asked | {"begin_at": "99"}).status_code == 422
    for address in (reverse("item_label", args=[camera.pk]), reverse("kit_label", args=[kit.pk])):
        assert browser.get(address)["Content-Type"] == "image/svg+xml"
