"""What bad input gets: set aside with its bytes and the reason, or shown safely; never a lost neighbour."""

from __future__ import annotations

import pytest
from django.test import override_settings

from accounts.models import Account
from accounts.platforms.contract import Author, BadItem, Kind, RemotePost
from content.words.folding import LONGEST
from moderation.intake import Tally, take_in
from moderation.models import Comment, Poster, ReceivedBody, ReceivedPage, SearchEntry, SetAside
from tests.moderation.pages import a_page, an_item
from tests.standing import standing_account

pytestmark = pytest.mark.django_db


def test_a_piece_that_could_not_be_read_is_set_aside_once_and_its_neighbours_go_in(facebook: Account) -> None:
    bad = BadItem(b'{"id": 1, "message": ', "The body ends in the middle of this.", 40)
    page = a_page(an_item("c1"), an_item("c2"), bad=[bad])
    assert take_in(facebook, page) == Tally(new=2, aside=1)
    kept = SetAside.objects.select_related("page").get()
    assert (kept.raw, kept.reason, kept.offset, kept.size) == (bad.raw, bad.reason, 40, len(bad.raw))
    assert bytes(kept.page.digest) == page.digest
    assert take_in(facebook, a_page(an_item("c1"), an_item("c2"), bad=[bad])) == Tally(known=2, aside=1)
    assert (SetAside.objects.count(), ReceivedPage.objects.count()) == (1, 1)


def test_the_whole_body_is_kept_where_it_could_not_be_read_as_one(facebook: Account) -> None:
    take_in(facebook, a_page(an_item("c1"), bad=[BadItem(b"[4", "cut", 2)], body=b"whole[4"))
    assert ReceivedBody.objects.get().raw == b"whole[4"


def test_a_body_that_is_set_aside_whole_is_kept_once(facebook: Account) -> None:
    take_in(facebook, a_page(bad=[BadItem(b"<html>", "The answer is no JSON.")], body=b"<html>"))
    assert SetAside.objects.get().raw == b"<html>"
    assert not ReceivedBody.objects.exists()


@pytest.mark.parametrize("offender", ["first", "middle", "last"])
def test_a_row_that_the_database_refuses_is_set_aside_and_its_neighbours_go_in(
    facebook: Account, offender: str
) -> None:
    items = [an_item(f"c{n}", author=Author(f"p{n}", "N")) for n in range(7)]
    longest = "".join(chr(0x4E00 + n * 7 % 9000) for n in range(4000))  # longer than an index of ids can hold
    place = {"first": 0, "middle": 3, "last": 7}[offender]
    refused = an_item(longest)
    items.insert(place, refused)
    assert take_in(facebook, a_page(*items)) == Tally(new=7, aside=1)
    kept = SetAside.objects.get()
    assert kept.raw == refused.raw
    assert kept.reason.startswith("The database refused it: index row")
    assert Poster.objects.count() == 7


def test_a_poster_that_the_database_refuses_costs_his_comment_only(facebook: Account) -> None:
    longest = "".join(chr(0x4E00 + n * 7 % 9000) for n in range(4000))
    tally = take_in(facebook, a_page(an_item("c1"), an_item("c2", author=Author(longest, "N"))))
    assert tally == Tally(new=1, aside=1)


def test_a_post_that_the_database_refuses_is_set_aside_and_the_comments_go_in(facebook: Account) -> None:
    longest = "".join(chr(0x4E00 + n * 7 % 9000) for n in range(4000))
    posts = [RemotePost("good", "Coffee"), RemotePost(longest, "Tea", raw=b"tea")]
    assert take_in(facebook, a_page(an_item(), posts=posts)) == Tally(new=1, aside=1)
    assert {post.remote_id for post in facebook.posts.all()} == {"good", "9000_post"}
    assert SetAside.objects.get().raw == b"tea"


@pytest.mark.parametrize("name", ["", "a\x00b", "a\ud800b"])
def test_an_item_whose_id_no_id_can_be_is_set_aside(facebook: Account, name: str) -> None:
    assert take_in(facebook, a_page(an_item(name, raw=b"odd"), an_item("c1"))) == Tally(new=1, aside=1)
    assert SetAside.objects.get().raw == b"odd"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("nul\x00here", "nul\ufffdhere"),
        ("lone \ud83d surrogate", "lone \ufffd surrogate"),
        ("right \u202eto left", "right \u202eto left"),
        ("a" + "\u0301" * 1000, "a" + "\u0301" * 1000),
        ("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"),
        ("' & ! ( <-> :*", "' & ! ( <-> :*"),
    ],
)
def test_odd_characters_are_stored_and_the_bytes_kept_as_they_came(facebook: Account, text: str, shown: str) -> None:
    item = an_item("c1", text, raw=text.encode("utf-8", "surrogatepass"), author=Author("p\u0301", "N\x00", text))
    assert take_in(facebook, a_page(item)).new == 1
    comment = Comment.objects.get()
    assert (comment.text, comment.author_name, comment.item.raw) == (shown, "N\ufffd", item.raw)
    assert take_in(facebook, a_page(item)).known == 1


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000_000,
        " ".join(f"word{n}" for n in range(1_000_000)),
        "t" * 3000,
        " ".join(chr(0x4E00 + n % 20000) + str(n) for n in range(LONGEST)),
        "a-" * LONGEST,
        "/".join(f"http://h{n}.org/{n}?q" for n in range(LONGEST)),
        "ﷺ" * LONGEST,
    ],
    ids=["10 MB", "a million words", "one long word", "unique words", "hyphens", "addresses", "letters that unfold"],
)
def test_a_text_of_any_length_is_stored_whole_and_searchable_in_part(facebook: Account, text: str) -> None:
    item = an_item("c1", text)
    assert take_in(facebook, a_page(item, an_item("c2"))) == Tally(new=2)
    comment = Comment.objects.get(remote_id="c1")
    assert comment.text == text
    assert comment.item.raw == item.raw
    assert SearchEntry.objects.count() == 2


def test_an_id_seen_before_under_another_parent_is_set_aside(facebook: Account) -> None:
    take_in(facebook, a_page(an_item("c1", kind=Kind.REPLY, parent_remote_id="a")))
    moved = an_item("c1", "Moved", kind=Kind.REPLY, parent_remote_id="b")
    assert take_in(facebook, a_page(moved)) == Tally(aside=1)
    assert SetAside.objects.get().raw == moved.raw
    assert "another parent" in SetAside.objects.get().reason
    assert Comment.objects.get().text == "Thank you all."
    same = an_item("c1", "Edited", kind=Kind.REPLY, parent_remote_id="a")
    assert take_in(facebook, a_page(same)) == Tally(changed=1)


def test_an_id_seen_before_under_another_post_is_set_aside(facebook: Account) -> None:
    take_in(facebook, a_page(an_item("c1")))
    assert take_in(facebook, a_page(an_item("c1", post_remote_id="another"))) == Tally(aside=1)
    assert take_in(facebook, a_page(an_item("c1", post_remote_id=""))) == Tally(known=1)


def test_an_id_that_another_account_of_ours_received_is_set_aside(facebook: Account, x: Account) -> None:
    other = standing_account("facebook", "9100", name="Bayside Traffic")
    take_in(facebook, a_page(an_item("c1")))
    assert take_in(other, a_page(an_item("c1"))) == Tally(aside=1)
    assert take_in(x, a_page(an_item("c1"))) == Tally(new=1)  # an id on another platform is another id


@override_settings(QUEUE_CUT_OFF_DAYS=7)
def test_headers_with_odd_characters_do_not_stop_a_page(facebook: Account) -> None:
    page = a_page(an_item())
    page.headers = {"x-trace": "a\x00\ud800"}
    assert take_in(facebook, page).new == 1
    assert ReceivedPage.objects.get().headers == {"x-trace": "a\ufffd\ufffd"}
