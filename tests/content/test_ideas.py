"""Ideas: from members, by the public page without an account, taken or declined with a reason (C.2, F.VA)."""

import io
import time

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from content import idea_files, idea_pictures, ideas
from content.models import Asset, Idea, IdeaFile, IdeaText, Item, Purpose
from content.views.public_ideas import SALT
from members.models import Notification, TrailEntry
from members.public_forms import mark_of
from members.states import Invalid, Refused, WrongState
from tests.content.planning import file_of, idea

pytestmark = [pytest.mark.django_db, pytest.mark.sop("C.2", "F.VA")]
SOME_MINUTES_AGO = 600
HOSTILE = ["<script>window.bad = 1</script>", "\u202eednuora", "{{ 7|add:7 }} ' OR 1=1; --"]


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(officer, settings, tmp_path):
    cache.clear()
    settings.MEDIA_ROOT = tmp_path


def sent(**fields):
    """What the public page's form holds."""
    given = {"title": "A rescue at the pier", "text": "Sunday at noon.", "happens_on": ""}
    return {**given, "mark": mark_of("", salt=SALT, at=time.time() - SOME_MINUTES_AGO), **fields}


def send(**fields):
    return Client().post(reverse("send_idea"), sent(**fields))


def test_anybody_of_the_department_sends_one_without_an_account_and_follows_it_by_its_reference(specialist):
    answer = send(name="Sgt. Bell", part="Marine Patrol", email="bell@bayside.example", attached=[file_of()])
    assert answer.status_code == 302
    made = Idea.objects.get()
    assert (made.way, made.by, made.from_whom) == ("page", None, "Sgt. Bell, Marine Patrol")
    assert Notification.objects.filter(member=specialist, kind="content").exists()
    page = Client().get(answer["Location"]).content.decode()
    assert made.reference in page
    assert "Nobody has decided about it yet" in page
    assert not answer.cookies
    assert made.files.get().path.read_bytes().startswith(b"\xff\xd8\xff")


def test_whoever_sent_it_adds_something_later():
    found = idea()
    address = reverse("idea_of", args=[found.reference])
    mark = mark_of(found.reference, salt=SALT, at=time.time() - SOME_MINUTES_AGO)
    typed_as_heard = f"{found.reference[:5].lower()}-{found.reference[5:]}"
    assert Client().get(reverse("idea_of", args=[typed_as_heard])).status_code == 200
    assert Client().post(address, {"text": "His name is Rex.", "mark": mark}).status_code == 302
    assert list(found.texts.values_list("text", flat=True))[1:] == ["His name is Rex."]


@pytest.mark.parametrize(
    "fields",
    [
        {"website": "https://spam.example"},
        {"mark": "of nobody"},
        {"mark": mark_of("", salt=SALT, at=0)},
        {"text": ""},
        {"email": "no address"},
        {"title": "x" * 151},
    ],
)
def test_what_a_machine_sends_or_is_wrong_is_kept_on_the_page_and_not_taken(fields):
    if fields.get("mark", "").count(":"):
        fields = {"mark": mark_of("", salt=SALT)}  # this very second
    answer = send(**fields)
    assert answer.status_code == 422
    assert "A rescue at the pier" in answer.content.decode() or "title" in fields
    assert not Idea.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [("run.exe", b"MZ"), ("page.jpg", b"<html>"), ("empty.png", b""), ("text.txt", b"a\x00b")],
)
def test_a_file_of_another_kind_is_refused_with_its_name_and_nothing_is_kept(name, data, tmp_path):
    with pytest.raises(Invalid) as refusal:
        idea_files.keep([file_of(name, data)])
    assert refusal.value.field == "attached"
    assert not IdeaFile.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_too_many_files_are_refused():
    with pytest.raises(Invalid, match="At most 8"):
        idea_files.keep([file_of(f"{number}.jpg") for number in range(9)])


def test_wrong_references_reveal_nothing_and_who_tries_many_is_asked_to_wait():
    client = Client()
    assert client.get(reverse("idea_of", args=["NOBODYS999"])).status_code == 404
    tried = [client.get(reverse("idea_of", args=[f"NOBODY{number:04}"])).status_code for number in range(31)]
    assert tried[-1] == 429


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_words(words, officer, browser_of):
    found = idea(title=words[:150], text=words, name=words, part=words)
    page = browser_of(officer).get(found.get_absolute_url())
    assert page.status_code == 200
    assert "<script>window.bad" not in page.content.decode()
    assert "<script>window.bad" not in Client().get(reverse("idea_of", args=[found.reference])).content.decode()


def test_a_file_is_a_download_for_members_alone(officer, auditor, browser_of):
    found = idea()
    ideas.add(found, "See.", idea_files.keep([file_of("dog.jpg")]))
    address = reverse("idea_file", args=[found.files.get().pk])
    answer = browser_of(officer).get(address)
    assert answer["Content-Disposition"] == 'attachment; filename="dog.jpg"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert Client().get(address).status_code == 302


def test_taking_it_begins_a_draft_of_it(officer, browser_of):
    found = idea(by=officer)
    answer = browser_of(officer).post(reverse("take_idea", args=[found.pk]), {"purpose": "outreach"})
    made = Item.objects.get(idea=found)
    assert answer["Location"] == made.get_absolute_url()
    assert (made.title, made.purpose, made.state) == (found.title, "outreach", "draft")
    found.refresh_from_db()
    assert (found.state, found.decided_by) == ("taken", officer)
    assert ideas.standing(found) == "It is being made into a post."


def test_its_pictures_come_along_but_for_those_that_are_none(officer):
    found = idea()
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), "navy").save(picture, "JPEG")
    ideas.add(found, "See.", idea_files.keep([file_of("pier.jpg", picture.getvalue()), file_of("broken.jpg")]))
    made, (refused,) = idea_pictures.take(found, "outreach", by=officer)
    (shown,) = made.manuscript.pictures
    assert Asset.objects.get(pk=shown.asset).digest == found.files.get(name="pier.jpg").digest
    assert refused.startswith("broken.jpg was not taken: ")


def test_declining_it_takes_a_reason_which_its_sender_reads(officer, monkeypatch):
    sent = []
    monkeypatch.setattr("content.ideas.mail.send_beside", lambda to, *mail: sent.append((to, mail[-1]["text"])))
    found = idea(email="bell@bayside.example")
    with pytest.raises(Invalid, match="Say why not"):
        ideas.decline(found, by=officer, reason=" ")
    ideas.decline(found, by=officer, reason="We showed one last week.")
    assert sent == [("bell@bayside.example", "We showed one last week.")]
    assert "We showed one last week." in Client().get(reverse("idea_of", args=[found.reference])).content.decode()
    assert TrailEntry.objects.about(found).filter(verb="decline", by=officer).exists()


def test_it_is_decided_once(officer, specialist):
    found = idea()
    stale = Idea.objects.get(pk=found.pk)
    ideas.decline(found, by=officer, reason="Not ours.")
    with pytest.raises(WrongState):
        ideas.take(stale, ideas.draft_of(stale, Purpose.OUTREACH), by=specialist)
    assert not Item.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        Idea.objects.filter(pk=found.pk).update(answer="Rewritten.")


def test_readers_outside_the_unit_decide_nothing(auditor):
    with pytest.raises(Refused):
        ideas.decline(idea(), by=auditor, reason="No.")


def test_what_was_suggested_is_never_rewritten():
    found = idea()
    for change in (
        lambda: Idea.objects.filter(pk=found.pk).update(title="Another"),
        lambda: Idea.objects.filter(pk=found.pk).update(state="declined"),
        lambda: IdeaText.objects.update(text="Another"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_list_narrows_and_gives_a_file(officer, browser_of):
    idea(title="A rescue")
    ideas.decline(idea(title="A parade"), by=officer, reason="Shown.")
    page = browser_of(officer).get(reverse("ideas"), {"state": "new"}).content.decode()
    assert "A rescue" in page
    assert "A parade" not in page
    csv = b"".join(browser_of(officer).get(reverse("ideas"), {"format": "csv"}).streaming_content).decode()
    assert "Shown." in csv
