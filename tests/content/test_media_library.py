"""The library, as members use it: what comes in, who says what of it, what is given out and how (2.B, 2.D)."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from content.manuscript import Manuscript, Picture
from content.media import uploads
from content.media.captions import wrong_with
from content.media.noting import Ground, Person, note_person, say_rights
from content.media.rules import of_the_media
from content.models import Asset, Rights, Upload
from members.models import LogEntry
from members.states import Invalid
from tests.content.pictures import held, in_library, library_world, row_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 signed"


def test_a_photo_comes_in_with_its_rights_and_its_original_stays_as_it_was(browser_of, officer):
    browser, data = browser_of(officer), held(6)
    given = {"given": SimpleUploadedFile("../IMG 1.jpg", data), "basis": "own"}
    page = browser.post("/content/media/add/", given, follow=True)
    asset = Asset.objects.get()
    assert page.redirect_chain[-1][0] == asset.get_absolute_url()
    assert (asset.name, asset.digest) == ("IMG 1.jpg", hashlib.sha256(data).hexdigest())
    assert asset.rights_in_force.basis == "own"
    answer = browser.get(f"{asset.get_absolute_url()}original/")
    assert b"".join(answer) == data
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
    assert LogEntry.objects.filter(verb="read", subject_type="content.asset", by=officer).exists()
    still = b"".join(browser.get(f"{asset.get_absolute_url()}still/"))
    assert b"Phone 9" not in still
    again = browser.post("/content/media/add/", {**given, "given": SimpleUploadedFile("b.jpg", data)}, follow=True)
    assert again.redirect_chain[-1][0] == asset.get_absolute_url()
    assert Asset.objects.count() == 1


def test_of_several_files_the_good_are_kept_and_the_bad_told(browser_of, officer):
    files = [SimpleUploadedFile("a.jpg", held(1)), SimpleUploadedFile("b.png", b"no picture")]
    page = browser_of(officer).post("/content/media/add/", {"given": files, "basis": "own"})
    assert page.status_code == 422
    assert "b.png: This is no picture or video that we know" in page.content.decode()
    assert Asset.objects.get().name == "a.jpg"


def test_files_are_for_members_alone(client, browser_of, officer, auditor, transferred):
    things = library_world(officer)
    for path in (f"/content/media/{things['asset_id']}/original/", f"/content/media/consents/{things['noted_id']}/"):
        assert client.get(path).status_code == 302
        assert browser_of(auditor).get(path).status_code == 200
    assert browser_of(auditor).post("/content/media/add/", {}).status_code == 403


@pytest.mark.sop("2.B")
def test_rights_are_said_with_their_proof_and_the_latest_word_counts(browser_of, officer):
    asset, browser = row_of(officer), browser_of(officer)
    door = f"{asset.get_absolute_url()}rights/"
    for typed, sentence in (
        ({"basis": "licensed", "credit": "J. Roe"}, "until when the licence lasts"),
        ({"basis": "permission", "credit": "J. Roe"}, "Give the document"),
        ({"basis": "licensed", "credit": "J. Roe", "expires_on": "2020-01-01"}, "That day is over"),
        ({"basis": "public_domain"}, "where it was had from"),
        ({"basis": "permission", "credit": "J", "proof": SimpleUploadedFile("a.exe", b"MZ")}, "as a PDF"),
    ):
        page = browser.post(door, typed)
        assert page.status_code == 422
        assert sentence in page.content.decode()
    assert asset.rights_in_force is None
    said = {"basis": "permission", "credit": "J. Roe", "proof": SimpleUploadedFile("ok.pdf", PDF)}
    assert browser.post(door, said).status_code == 302
    assert asset.rights_in_force.proof_name == "ok.pdf"
    say_rights(asset, Ground("own"), by=officer)
    assert asset.rights_in_force.is_own
    paper = browser.get(f"/content/media/proofs/{Rights.objects.get(basis='permission').pk}/")
    assert b"".join(paper) == PDF
    assert paper["Content-Disposition"].startswith("attachment")


@pytest.mark.sop("2.D", "D.2")
def test_people_are_noted_with_what_protects_them_and_no_protected_name_is_kept(browser_of, officer):
    asset, browser = row_of(officer), browser_of(officer)
    door = f"{asset.get_absolute_url()}people/"
    for typed, sentence in (
        ({"kind": "juvenile", "name": "Tom", "blurred": "on"}, "is not kept: say where he stands"),
        ({"kind": "juvenile", "where": "left"}, "Either he is blurred, or the signed consent is given"),
        ({"kind": "undercover", "where": "left"}, "always blurred"),
        ({"kind": "member", "name": "Sgt. Bell"}, "Say what he wears"),
        ({"kind": "consenting", "name": "Ana"}, "Give the signed consent"),
    ):
        page = browser.post(door, typed)
        assert page.status_code == 422
        assert sentence in page.content.decode()
    assert browser.post(door, {"kind": "juvenile", "where": "left", "blurred": "on"}).status_code == 302
    noted = asset.people().get()
    assert browser.post(f"{door}{noted.pk}/take-back/").status_code == 302
    assert not asset.people().exists()
    assert asset.depicted.count() == 2
    assert browser.post(f"{door}{noted.pk}/take-back/").status_code == 422


def test_the_list_is_narrowed_and_told_as_csv(browser_of, officer):
    browser = browser_of(officer)
    soon = row_of(officer)
    say_rights(soon, Ground("licensed", "J. Roe", expires_on=timezone.localdate() + timedelta(days=3)), by=officer)
    row_of(officer, "c")
    for query, count in (("", 2), ("?ending=1", 1), ("?lacks=rights", 1), ("?basis=own", 0), ("?q=j. roe", 1)):
        assert len(browser.get(f"/content/media/{query}").context["page"].rows) == count, query
    assert b"J. Roe" in b"".join(browser.get("/content/media/csv/?basis=licensed"))


def test_what_is_wrong_with_a_picture_is_said_at_its_field(officer, instagram):
    from content.manuscript import Version

    asset = row_of(officer)
    wide = Picture(asset.pk, "A park.", blurs=((0.9, 0.9, 0.5, 0.5),), captions="WEBVTT")
    written = Manuscript(pictures=(wide,), versions=(Version(instagram.pk),))
    found = {problem.sentence for problem in of_the_media(written, timezone.now())}
    assert {problem.field for problem in of_the_media(written, timezone.now())} == {f"picture-{asset.pk}"}
    assert any("lies within the picture" in sentence for sentence in found)
    assert any("does not move has no captions" in sentence for sentence in found)
    cut = Picture(asset.pk, "A park.", crops={"instagram": (0, 0, 0.3, 1.0)})
    narrow = Manuscript(pictures=(cut,), versions=(Version(instagram.pk),))
    assert any("4:5 to 1.91:1" in problem.sentence for problem in of_the_media(narrow, timezone.now()))


@pytest.mark.parametrize(
    ("captions", "sentence"),
    [
        ("1\n00:00:01.000 --> 00:00:02.000\nHello", "begin with a line that says WEBVTT"),
        ("WEBVTT\n\n00:00:01 --> 00:00:02\nHello", "Line 3: times stand as"),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nHello", "ends before it begins"),
        ("WEBVTT\n\n00:09.000 --> 00:10.000\nHello", "over after 5.0 seconds"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n", "nothing stands under"),
        ("WEBVTT\n\nHello", "There is no caption"),
        ("WEBVTT - ours\n\n1\n00:01.000 --> 00:02.000 line:0\nHello\n\n00:00:02.000 --> 00:00:03.000\nBye", ""),
    ],
)
def test_captions_are_read_before_they_are_taken(captions, sentence):
    assert sentence in wrong_with(captions, 5.0)
    assert bool(sentence) == bool(wrong_with(captions, 5.0))


# --- in parts ---------------------------------------------------------------------------------------------------------


def begun(browser, data: bytes, name: str = "a.jpg") -> dict:
    return browser.post("/content/media/uploads/", {"name": name, "size": len(data)}).json()


def sent(browser, at: dict, data: bytes, offset: int, length: int):
    part = data[offset : offset + length]
    return browser.post(f"{at['at']}?offset={offset}", part, content_type="application/octet-stream")


def test_an_upload_that_was_cut_goes_on_where_it_ended(browser_of, officer):
    browser, data = browser_of(officer), held(1)
    at = begun(browser, data)
    assert sent(browser, at, data, 0, 5000).json()["offset"] == 5000
    again = begun(browser, data)
    assert (again["key"], again["offset"]) == (at["key"], 5000)
    for wrong in (0, 4999, 6000, 10**15):
        told = sent(browser, at, data, wrong, 100)
        assert (told.status_code, told.json()["offset"]) == (409, 5000)
    assert browser.post(at["finish"]).status_code == 409
    assert browser.get(at["at"]).json()["offset"] == 5000
    assert sent(browser, at, data, 5000, len(data)).json()["offset"] == len(data)
    done = browser.post(at["finish"], {"digest": hashlib.sha256(data).hexdigest()}).json()
    asset = Asset.objects.get(pk=done["asset"])
    assert asset.path.read_bytes() == data
    page = browser.post("/content/media/add/", {"uploads": at["key"], "basis": "own"}, follow=True)
    assert page.redirect_chain[-1][0] == asset.get_absolute_url()
    assert asset.rights_in_force.is_own


def test_an_upload_that_is_no_picture_or_was_damaged_is_told_so(browser_of, officer):
    browser = browser_of(officer)
    for data, digest, sentence in (
        (b"no picture", "", "no picture or video"),
        (held(1), "0" * 64, "damaged on its way"),
    ):
        at = begun(browser, data)
        sent(browser, at, data, 0, len(data))
        told = browser.post(at["finish"], {"digest": digest})
        assert told.status_code == 422
        assert sentence in told.json()["sentence"]
        assert not uploads.place_of(Upload.objects.get(key=at["key"])).exists()
    for size in ("0", "-5", "9" * 12, "much"):
        assert browser.post("/content/media/uploads/", {"name": "a.mp4", "size": size}).status_code == 422
    at = begun(browser, b"four")
    assert sent(browser, at, b"many more", 0, 9).status_code == 422


def test_what_nobody_goes_on_with_is_forgotten(officer):
    upload = uploads.begin("a.mp4", 1000, by=officer)
    other = uploads.begin("b.mp4", 1000, by=officer)
    Upload.objects.filter(pk=upload.pk).update(touched_at=timezone.now() - timedelta(hours=25))
    assert uploads.clear_abandoned() == 1
    assert not uploads.place_of(upload).exists()
    assert uploads.place_of(other).exists()
    with pytest.raises(uploads.Elsewhere):
        uploads.finish(Upload.objects.get(pk=upload.pk), "", by=officer)


def test_a_note_that_somebody_has_changed_meanwhile_is_not_changed_twice(officer):
    asset = in_library(held(2), "b.jpg", officer)
    noted = asset.people().get()
    note_person(asset, Person("public", where="left"), by=officer, replaces=noted)
    with pytest.raises(Invalid, match="changed this note meanwhile"):
        note_person(asset, Person("nobody"), by=officer, replaces=noted)
