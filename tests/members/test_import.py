"""Import of a list of members (E.1): read forgivingly, looked through line by line, written all or not."""

from __future__ import annotations

import codecs

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members import roster_file
from members.models import Member, OneTime, Posting, TrailEntry
from members.states import Invalid, Refused
from tests.members.test_member_join import SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.sop("E.1")]

HEAD = "name,number,user name,e-mail,position,sworn,reports to,languages,telephone\n"
CHIEF = "Sgt. Ana Cole,3310,acole2,acole2@bayside.example,Supervisor,sworn,{superior},en,\n"
OFFICER = "Ofc. Dan Díaz,4188,ddiaz2,ddiaz2@bayside.example,Police Officer,sworn,3310,en es,305 555 0100\n"
SPECIALIST = 'Lou Moreau,5120,lmoreau2,lmoreau2@bayside.example,specialist,civilian,acole2,"English, ht",\n'


@pytest.fixture
def whole(commander) -> str:
    """Officer, Specialist and their Supervisor, who comes last in the file."""
    return HEAD + OFFICER + SPECIALIST + CHIEF.format(superior=commander.number)


def errors_by_line(reading: roster_file.Reading) -> dict[int, str]:
    return {row.line: " ".join(row.errors) for row in reading.wrong}


def read(text: str, by: Member, *, write: bool = False) -> roster_file.Reading:
    return roster_file.read(text, by=by, write=write)


def test_to_look_it_through_writes_nothing(whole, commander):
    reading = read(whole, commander)
    assert (len(reading.new), reading.wrong, reading.written) == (3, [], False)
    assert Member.objects.count() == 1
    assert not OneTime.objects.exists()
    assert not TrailEntry.objects.exists()


def test_everybody_is_invited_under_his_superior_in_whatever_order_they_stand(whole, commander):
    reading = read(whole, commander, write=True)
    assert reading.written
    chief = Member.objects.get(username="acole2")
    assert chief.reports_to == commander
    assert {one.username for one in chief.subordinates.all()} == {"ddiaz2", "lmoreau2"}
    officer = Member.objects.get(username="ddiaz2")
    assert (officer.name, officer.languages, officer.sworn, officer.phone) == (
        "Ofc. Dan Díaz",
        ["en", "es"],
        True,
        "305 555 0100",
    )
    assert Member.objects.get(username="lmoreau2").languages == ["en", "ht"]
    assert set(Member.objects.exclude(pk=commander.pk).values_list("state", flat=True)) == {"invited"}
    assert all(row.token for row in reading.new)


def test_the_same_file_twice_adds_nobody_and_changes_nothing(whole, commander):
    read(whole, commander, write=True)
    postings = Posting.objects.count()
    again = read(whole.replace("Police Officer", "Social Media Broadcast Specialist"), commander, write=True)
    assert (len(again.known), again.new, again.wrong) == (3, [], [])
    assert (Member.objects.count(), Posting.objects.count()) == (4, postings)


def test_one_wrong_line_stops_all(whole, commander):
    reading = read(whole.replace("ddiaz2@bayside.example", ""), commander, write=True)
    assert not reading.written
    assert "needs an e-mail address" in errors_by_line(reading)[2]
    assert Member.objects.count() == 1


@pytest.mark.parametrize(
    ("before", "after", "line", "sentence"),
    [
        ("Police Officer", "Chef", 2, "“Chef” is no position. It is one of: Section Commander"),
        ("Police Officer", "", 2, "The position is missing"),
        ("Police Officer", "Commander", 2, "Ruth Keller is the Commander, and there is one"),
        ("4188", "3310", 4, "Line 2 has the same number"),
        ("4188", "3310", 2, "More than one line is “3310”"),
        ("ddiaz2,", "two words,", 2, "without spaces"),
        ("Díaz", "D\x07z", 2, "cannot be seen"),
        ("en es", "klingon", 2, "“klingon” is no language known here"),
        ("Officer,sworn", "Officer,perhaps", 2, "neither sworn nor civilian"),
        ("acole2,acole2@", "acole2,acole2", 4, "needs an e-mail address"),
        (",3310,en es", ",9999,en es", 2, "Nobody in the list or in the unit is “9999”"),
        (",3310,en es", ",4188,en es", 2, "The lines report to one another in a circle: line 2 to line 2"),
        (",3310,en es", ",lmoreau2,en es", 2, "reports to the Supervisor or"),
        (",3310,en es", ",,en es", 2, "Everybody but the Commander reports to somebody"),
    ],
)
def test_what_is_wrong_stands_beside_its_line(whole, commander, before, after, line, sentence):
    found = errors_by_line(read(whole.replace(before, after), commander, write=True))
    assert sentence in found[line]
    assert Member.objects.count() == 1


def test_a_circle_inside_the_file_is_named(commander):
    text = HEAD + OFFICER + CHIEF.format(superior="ddiaz2")
    found = errors_by_line(read(text, commander))
    assert "line 2 to line 3 to line 2" in found[2]
    assert "line 3 to line 2 to line 3" in found[3]


def test_who_stands_under_a_wrong_line_waits_for_it(whole, commander):
    found = errors_by_line(read(whole.replace(f",sworn,{commander.number}", ",sworn,0000"), commander))
    assert "His superior in line 4 must be put right first" in found[2]


def test_a_second_commander_in_the_file_is_refused_where_there_is_none(commander, officer, hand_over):
    hand_over(commander, officer)
    Member.objects.filter(pk=commander.pk).update(is_active=False, state="left")
    text = HEAD + "".join(f"Maj. {n},{n},maj{n},maj{n}@bayside.example,Major,sworn,,en,\n" for n in (81, 82))
    assert "is invited as Commander. Withdraw that first" in errors_by_line(read(text, officer))[3]


def test_an_auditor_on_the_list_has_a_period(commander):
    text = "name,number,email,position,serves until\nIda Audit,91,ida@city.example,Auditor,{}\n"
    assert "still to come" in errors_by_line(read(text.format(""), commander))[2]
    assert "Write it as 2027-06-30" in errors_by_line(read(text.format("soon"), commander))[2]
    assert read(text.format("2090-06-30"), commander, write=True).written
    assert Member.objects.get(number="91").username == "ida"


def test_who_may_not_invite_imports_nothing(whole, officer):
    with pytest.raises(Refused):
        read(whole, officer)


@pytest.mark.parametrize("parted_by", [";", "\t"])
def test_headings_and_separators_are_forgiven(commander, parted_by):
    lines = ["Full Name|BADGE  Number|E-Mail|Role|Superior|Shoe size", "Ana Cole|3310|a@b.example|SUPERVISOR|rkeller|9"]
    reading = read("\ufeff" + "\r\n".join(line.replace("|", parted_by) for line in lines), commander)
    assert (len(reading.new), reading.wrong, reading.left_out) == (1, [], ["Shoe size"])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Missing: name, number, e-mail, position"),
        ("who,what\nx,y", "The first line must name the columns"),
        (HEAD, "there is nobody"),
        ("name,full name,number,email,position\n", "Two columns mean “name”"),
        ('name,number,email,position\n"Ana,1,a@b.example,officer\n', "a quotation mark is not closed"),
        ("name,number,email,position\n" + "x" * 200_000, "cannot be read"),
        (HEAD + "x,1\n" * 201, "more than 200"),
    ],
)
def test_what_is_no_list_is_said(commander, text, sentence):
    with pytest.raises(Invalid, match=sentence):
        read(text, commander)


@pytest.mark.parametrize(
    "content",
    ["Díaz".encode(), codecs.BOM_UTF8 + "Díaz".encode(), "Díaz".encode("cp1252"), "Díaz".encode("utf-16")],
)
def test_the_usual_encodings_are_read(content):
    assert roster_file.text_of(content) == "Díaz"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04", "Excel workbook"),
        (b"\x00\x01\x02", "no text file"),
        (b"\x81\x8d\x8f", "no text file"),
        (b"\xff\xfe\x00", "no text file"),
        (b"a" * 2_000_001, "larger than 2 MB"),
    ],
)
def test_what_is_no_text_is_said(content, sentence):
    with pytest.raises(Invalid, match=sentence):
        roster_file.text_of(content)


def test_our_own_export_is_read_again(browser_of, commander, cast):
    text = b"".join(browser_of(commander).get(reverse("members"), {"format": "csv"})).decode()
    reading = read(text, commander, write=True)
    assert (len(reading.known), reading.new, reading.wrong) == (6, [], [])


def test_on_the_page_it_is_looked_through_then_confirmed(browser_of, commander, whole, mailoutbox):
    browser = browser_of(commander)
    file = SimpleUploadedFile("unit.csv", whole.encode("cp1252"), content_type="text/csv")
    shown = browser.post(reverse("import_members"), {"file": file, "text": ""})
    assert shown.status_code == 200
    assert "Invite 3 members" in shown.text
    assert Member.objects.count() == 1
    text = shown.context["form"]["text"].value()
    done = browser.post(reverse("import_members"), {"text": text, "confirm": "1"})
    assert "3 invitations went out by e-mail" in done.text
    assert len(mailoutbox) == 3
    again = browser.post(reverse("import_members"), {"text": text})
    assert "Everybody on this list is a member already" in again.text


def test_on_the_page_each_wrong_line_says_why_and_nothing_is_lost(browser_of, commander, whole):
    wrong = whole.replace("Police Officer", "Chef")
    shown = browser_of(commander).post(reverse("import_members"), {"text": wrong, "confirm": "1"})
    assert shown.status_code == 422
    assert "“Chef” is no position" in shown.text
    assert "Dan Díaz" in shown.context["form"]["text"].value()
    assert Member.objects.count() == 1
    assert browser_of(commander).post(reverse("import_members"), {"text": ""}).status_code == 422


def test_with_no_mail_server_the_links_are_there_after_three_tries(browser_of, commander, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    lines = [f"Sgt. {n},{n},s{n},s{n}@bayside.example,Supervisor,,rkeller,," for n in range(100, 105)]
    done = browser_of(commander).post(reverse("import_members"), {"text": HEAD + "\n".join(lines), "confirm": "1"})
    assert done.text.count("/join/") == 5
    assert "5 did not go out" in done.text


def test_the_template_can_be_filled_in_and_read(browser_of, commander, commanding_officer):
    Member.objects.filter(pk=commanding_officer.pk).update(number="2047")
    text = b"".join(browser_of(commander).get(reverse("import_template"))).decode()
    assert len(read(text, commander).new) == 2


def test_an_imported_member_joins(whole, commander):
    from members import membership

    reading = read(whole, commander, write=True)
    assert membership.accept(reading.new[0].token, SECRET).serves()
