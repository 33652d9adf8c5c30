"""What no application does for us: captions added to a video by hand, and pictures on sites of others (2.A, LR-18)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from content import problems
from content.manuscript import Place
from content.models import Placement
from tests.content.acts import approve, manuscript, showing, submitted
from tests.content.pictures import in_library, video

pytestmark = [pytest.mark.django_db, pytest.mark.sop("2.A")]
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:00.500\nGood morning, Bayside."


@pytest.fixture
def film(officer, tmp_path):
    """A short video of ours in the library."""
    return in_library(video(tmp_path / "park.mp4", size=(320, 180)), "park.mp4", officer)


def test_a_video_goes_out_with_captions_alone(film, facebook):
    def said(captions):
        written = manuscript(facebook, pictures=(replace(showing(film)[0], captions=captions),))
        return [one.sentence for one in problems.of_the_pictures(written, timezone.now()) if one.hard]

    assert said("") == ["A video needs captions; where nobody speaks, one that says so: “no speech”."]
    assert said("WEBVTT\n\n00:00.000 --> 00:00.500\n(no speech)") == []


def test_captions_are_read_before_approval_and_files_and_captions_taken_by_hand(
    film, facebook, officer, specialist, commander, browser_of, no_hints
):
    item = submitted(
        facebook,
        by=officer,
        reviewer=specialist,
        pictures=(replace(showing(film)[0], captions=CAPTIONS),),
        places=(Place("Bayside Library"),),
    )
    document = json.loads(bytes(item.submission.document))
    assert [[alt, captions] for _, alt, captions in document["place_files"]] == [["A cup of coffee.", CAPTIONS]]
    browser, taken = browser_of(commander), reverse("captions", args=[item.submission_id, film.pk])
    assert browser.get(item.get_absolute_url()).content.decode().count("Good morning, Bayside.") == 2
    (order,) = approve(item, by=commander)
    place = Placement.objects.get(item=item)
    made = film.renderings.get(digest=document["place_files"][0][0])
    shown = browser_of(officer).get(reverse("placement", args=[place.pk])).content.decode()
    assert f'href="{reverse("rendering", args=[made.pk])}" download' in shown
    assert taken in shown
    shown = browser_of(officer).get(order.publication.get_absolute_url()).content.decode()
    assert "goes out without its captions" in shown
    assert taken in shown
    answer = browser.get(taken)
    assert (answer.content.decode(), answer["Content-Type"]) == (CAPTIONS, "text/vtt; charset=utf-8")
    assert browser.get(reverse("captions", args=[item.submission_id, film.pk + 1])).status_code == 404
