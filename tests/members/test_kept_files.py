"""Files are kept as they came, of the types that are taken, while there is room."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from content.media import uploads
from members import kept_files
from members.kept_files import PAPERS, PICTURES, keep, place_of, said
from members.states import Invalid


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def given(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_file_lies_under_its_digest_byte_for_byte():
    (one,) = keep([given("report.pdf", b"%PDF-1.7 a report")], PAPERS)
    assert place_of(one.digest).read_bytes() == b"%PDF-1.7 a report"
    assert (one.name, one.mime, one.size) == ("report.pdf", "application/pdf", 17)


@pytest.mark.parametrize(
    ("name", "content"),
    [("run.sh", b"#!/bin/sh"), ("report.pdf", b"#!/bin/sh"), ("report.pdf", b""), ("photo.jpg", b"%PDF-1.7")],
)
def test_what_is_not_taken_is_named_and_nothing_is_kept(name, content, tmp_path):
    with pytest.raises(Invalid, match=name) as caught:
        keep([given("fine.pdf", b"%PDF-1.7"), given(name, content)], {**PAPERS, **PICTURES}, "receipt")
    assert caught.value.field == "receipt"
    assert not list(tmp_path.iterdir())


def test_a_disk_that_is_nearly_full_takes_no_file_and_no_upload(monkeypatch, tmp_path, db, officer):
    monkeypatch.setattr(kept_files.shutil, "disk_usage", lambda place: SimpleNamespace(free=kept_files.ROOM + 10_000))
    with pytest.raises(Invalid, match="no room"):
        keep([given("long.txt", b"x" * 10_001)], PAPERS)
    assert not list(tmp_path.iterdir())
    uploads.begin("a.mp4", 6_000, by=officer)
    with pytest.raises(Invalid, match="no room"):  # with what is on its way already
        uploads.begin("b.mp4", 6_000, by=officer)


def test_the_types_are_said_as_people_call_them():
    assert said(PICTURES) == "JPEG, PNG, WebP or HEIC"
