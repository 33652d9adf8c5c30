"""The page on which an item is written: begun, saved, put together, compared; what bad input gets (2.0, 2.H, C.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from content import items, listing
from content.models import Item
from tests.content.acts import begun
from tests.content.pictures import in_library, photo, row_of, saved

pytestmark = [pytest.mark.django_db, pytest.mark.sop("2.0", "2.H")]


def anew(item):
    return Item.objects.select_related("revision").get(pk=item.pk)


def typed(*accounts, on=1, **more):
    """A form that nothing is wrong with."""
    return {
        "on": on,
        "title": "Coffee",
        "purpose": "outreach",
        "text": "Coffee with a Cop.",
        "account": [account.pk for account in accounts],
        "starts_at": "2027-01-05T09:30",
        "ends_at": "2027-01-05T18:00",
        "active_scene": "no",
        **{f"attest-{letter}": "1" for letter in "ABCDFG"},
        **more,
    }


@pytest.fixture
def page(browser_of, officer, facebook):
    """A browser of who writes, and the draft's editor."""
    item = begun(facebook, by=officer)
    return browser_of(officer), item, reverse("edit_item", args=[item.pk])


def test_one_begins_with_a_name_and_a_purpose_and_what_is_missing_is_said_at_its_field(browser_of, officer):
    browser = browser_of(officer)
    answer = browser.post(reverse("begin_item"), {"title": "", "purpose": "outreach"})
    assert answer.status_code == 422
    assert "Give it a name" in answer.content.decode()
    assert browser.post(reverse("begin_item"), {"title": "C\x00offee", "purpose": "outreach"}).status_code == 302
    assert Item.objects.get().title == "Coffee"


def test_each_account_says_its_own_or_the_one_text(page, facebook, x):
    browser, item, address = page
    fields = typed(facebook, x, **{f"own-{x.pk}": "1", f"text-{x.pk}": "Coffee!", "urgent": "1"})
    assert browser.post(address, fields).status_code == 302
    written = anew(item).manuscript
    assert [written.text_for(version) for version in written.versions] == ["Coffee with a Cop.", "Coffee!"]
    assert written.starts_at == datetime(2027, 1, 5, 14, 30, tzinfo=UTC)
    assert anew(item).urgent
    shown = browser.get(address).content.decode()
    assert "7 of 280 characters" in shown
    assert 'value="2027-01-05T09:30"' in shown


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("starts_at", "2027-03-14T02:30", "does not exist"),
        ("starts_at", "tomorrow", "a day and a time"),
        ("ends_at", "2027-13-01T10:00", "a day and a time"),
        ("place_site", "s" * 201, "200 characters"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field_and_all_else_is_kept(page, facebook, field, value, says):
    browser, item, address = page
    fields = typed(facebook, text="Kept <b>as typed</b>.", place_address="", place_text="") | {field: value}
    answer = browser.post(address, fields)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert says in shown
    assert "Kept &lt;b&gt;as typed&lt;/b&gt;." in shown
    assert anew(item).revision.number == 1


def test_in_the_hour_that_comes_twice_the_page_asks_which_and_takes_the_first(page, facebook):
    browser, item, address = page
    fields = typed(facebook, starts_at="2027-11-07T01:30", ends_at="2027-11-07T05:00")
    browser.post(address, fields)
    assert anew(item).starts_at == datetime(2027, 11, 7, 5, 30, tzinfo=UTC)
    assert "twice that night" in browser.get(address).content.decode()
    browser.post(address, fields | {"on": 2, "starts_at_fold": "1"})
    assert anew(item).starts_at == datetime(2027, 11, 7, 6, 30, tzinfo=UTC)


@pytest.mark.sop("C.2")
def test_who_saves_after_another_sees_both_takes_which_he_wants_and_loses_nothing(
    page, facebook, other_officer, browser_of
):
    browser, item, address = page
    items.save(item, replace(item.manuscript, text="Theirs."), by=other_officer, on=1)
    answer = browser.post(address, typed(facebook, text="Mine.", attire="Class A"))
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs." in shown
    assert ">Mine.</textarea>" in shown
    assert 'name="on" value="2"' in shown
    taken = browser.post(address, typed(facebook, on=2, text="Mine.", attire="Class A", take="text"))
    assert ">Theirs.</textarea>" in taken.content.decode()
    assert "Class A" in taken.content.decode()
    assert anew(item).revision.number == 2
    assert browser.post(address, typed(facebook, on=2, text="Mine.", attire="Class A")).status_code == 302
    assert (anew(item).manuscript.text, anew(item).manuscript.attire) == ("Mine.", "Class A")


@pytest.mark.sop("2.0")
def test_save_and_hand_in_says_what_is_missing_at_its_field_and_keeps_what_was_saved(page, x):
    browser, item, address = page
    answer = browser.post(address, typed(x, text="a" * 281, hand_in="1"))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "281: 1 too many" in shown
    assert (anew(item).state, anew(item).revision.number) == ("draft", 2)
    assert browser.post(address, typed(x, on=2, hand_in="1")).status_code == 302
    assert anew(item).state == "review"


@pytest.mark.sop("2.E")
def test_where_words_suggest_a_scene_it_is_asked_again_and_of_new_words_anew(page, facebook):
    browser, item, address = page
    text = "Officers are on scene."
    assert browser.post(address, typed(facebook, text=text, hand_in="1")).status_code == 422
    assert "“on scene”" in browser.get(address).content.decode()
    again = {"scene_asked_again": "1", "scene_word": ["on scene"]}
    browser.post(address, typed(facebook, on=2, text=f"{text} Avoid the area.", hand_in="1", **again))
    assert not anew(item).manuscript.scene_asked_again
    both = {"scene_asked_again": "1", "scene_word": ["on scene", "avoid the area"]}
    browser.post(address, typed(facebook, on=3, text=f"{text} Avoid the area.", hand_in="1", **both))
    assert anew(item).state == "review"


@pytest.mark.sop("2.F")
def test_a_hashtag_that_is_missing_is_asked_for_with_one_press(page, facebook):
    browser, _, address = page
    answer = browser.post(address, typed(facebook, text="Read! #BaysideReads", ask_tags="1"), follow=True)
    shown = answer.content.decode()
    assert "Asked for #BaysideReads." in shown
    assert "is asked for, and not decided yet" in shown


@pytest.mark.sop("2.C")
def test_what_the_language_check_found_stays_for_a_reason(page, facebook):
    browser, item, address = page
    browser.post(address, typed(facebook, text="Call 305-555-0134."))
    shown = browser.get(address).content.decode()
    key = shown.split('name="finding" value="')[1].split('"')[0]
    assert "looks like a telephone number" in shown
    said = {"finding": key, f"stays-{key}": "The desk's own number.", "hand_in": "1"}
    assert browser.post(address, typed(facebook, on=2, text="Call 305-555-0134.", **said)).status_code == 302
    assert anew(item).state == "review"


def test_two_revisions_stand_side_by_side(page, facebook, auditor, browser_of):
    browser, item, address = page
    browser.post(address, typed(facebook, text="Tea with a Cop."))
    shown = browser_of(auditor).get(reverse("item_revisions", args=[item.pk]), {"from": 1, "to": 2}).content.decode()
    assert ">Coffee</del>" in shown.replace("taken out: </span>", ">").replace(
        '<del><span class="visually-hidden">', "<del>"
    ).replace("<del>>", ">")
    assert "Tea" in shown
    assert browser.get(reverse("item_revisions", args=[item.pk]), {"from": "x", "to": "99"}).status_code == 200


@pytest.mark.sop("2.C", "2.D")
def test_the_list_of_names_is_for_those_who_write_and_nobody_outside(browser_of, officer, auditor, facebook):
    listing.add("María López", "juvenile", by=officer)
    address = reverse("listed_names")
    assert "María López" in browser_of(officer).get(address).content.decode()
    assert browser_of(auditor).get(address).status_code == 403
    item = begun(facebook, by=officer, text="We met Maria Lopez.")
    assert "found" in browser_of(officer).get(item.get_absolute_url()).content.decode()
    shown = browser_of(auditor).get(item.get_absolute_url()).content.decode()
    assert 'class="found"' not in shown
    answer = browser_of(officer).post(address, {"name": "Jo", "kind": "victim"})
    assert answer.status_code == 422
    assert "at least 3 letters" in answer.content.decode()


def test_an_older_picture_is_found_and_one_of_the_library_is_led_to_chosen(page, officer):
    browser, item, address = page
    old, other = in_library(saved(photo()), "harbor.jpg", officer), row_of(officer)
    shown = browser.get(f"{address}?q=harb").content.decode()
    assert f'id="picture-{old.pk}"' in shown
    assert f'id="picture-{other.pk}"' not in shown
    answer = browser.post(address, typed(text="Typed, not saved.", find="1", q="harb")).content.decode()
    assert f'id="picture-{other.pk}"' not in answer
    assert "Typed, not saved." in answer
    assert anew(item).revision.number == 1
    assert f"{address}?picture={old.pk}" in browser.get(old.get_absolute_url()).content.decode()
    chosen = browser.get(f"{address}?picture={old.pk}").content.decode()
    assert f'value="{old.pk}" data-picked checked' in chosen
    assert f'data-regions="blurs-{other.pk}"' in chosen, "what is not chosen yet can be drawn on too"
    assert f'data-regions="crop-{old.pk}-facebook" data-single' in chosen
    assert browser.get(f"{address}?picture=999999999").status_code == 200
