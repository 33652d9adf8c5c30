"""Intake: what a platform shows is stored once, as it came, with everything that stands beside it (idea 7)."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Account, Post
from accounts.platforms.contract import Attachment, Author, Kind, RemotePost, Sight
from content.words.folding import fold
from moderation.intake import Tally, take_in
from moderation.models import (
    Case,
    Comment,
    CommentVersion,
    Poster,
    QueueEntry,
    ReceivedPage,
    SearchEntry,
)
from moderation.models.comments import Identity
from moderation.packing import apart, joined, packed, unpacked
from tests.moderation.pages import MARISOL, a_page, an_item
from tests.standing import standing_account

pytestmark = pytest.mark.django_db

WRITTEN = (Comment, CommentVersion, Case, Poster, QueueEntry, SearchEntry, ReceivedPage, Post)


def rows() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in WRITTEN}


def test_a_new_comment_is_stored_with_author_times_bytes_case_and_place_in_the_queue(facebook: Account) -> None:
    post = Post.objects.create(account=facebook, remote_id="9000_post")
    item = an_item(
        "c1",
        "¿Dónde está la estación?",
        kind=Kind.REPLY,
        parent_remote_id="c0",
        permalink="https://example.org/c1",
        sight=Sight.VISIBLE,
        offset=17,
        attachments=(Attachment("photo", "https://example.org/p.jpg", "a1", "a bicycle"),),
    )
    page = a_page(item)

    assert take_in(facebook, page) == Tally(new=1)

    assert page.fresh == 1
    comment = Comment.objects.select_related("page", "poster", "case", "queue_entry").get()
    assert (comment.remote_id, comment.text, comment.kind) == ("c1", "¿Dónde está la estación?", "reply")
    assert (comment.post, comment.post_remote_id, comment.parent_remote_id) == (post, "9000_post", "c0")
    assert (comment.posted_at, comment.received_at) == (item.posted_at, page.received_at)
    assert comment.attachments == [
        {"kind": "photo", "url": "https://example.org/p.jpg", "remote_id": "a1", "alt": "a bicycle"}
    ]
    assert (comment.identity, comment.poster.remote_id, comment.poster.name) == (Identity.FULL, "p1", "Marisol Peña")
    assert (comment.item.raw, comment.item.offset) == (item.raw, 17)
    assert bytes(comment.item.digest) == hashlib.sha256(item.raw).digest()
    assert comment.digest == comment.case.text_digest == hashlib.sha256(comment.text.encode()).digest()
    assert bytes(comment.item.page.digest) == page.digest
    assert (comment.item.page.call, comment.item.page.headers) == ("comments", {"x-app-usage": "{}"})
    assert (comment.case.state, comment.case.version, comment.case.sight) == ("waiting", 1, "visible")
    assert (comment.queue_entry.account, comment.queue_entry.at) == (facebook, item.posted_at)


def test_the_new_items_of_a_page_lie_together_in_it_and_each_comes_back_to_the_byte(facebook: Account) -> None:
    known = an_item("c0", "Known")
    take_in(facebook, a_page(known))
    items = [an_item(f"c{n}", f"Text {n}", offset=n * 1000) for n in (3, 1, 2)]
    take_in(facebook, a_page(known, *items))
    page = ReceivedPage.objects.latest("id")
    assert len(apart(unpacked(bytes(page.items)))) == 3
    for item in items:
        comment = Comment.objects.get(remote_id=item.remote_id)
        assert (comment.page, comment.item.raw, comment.item.offset) == (page, item.raw, item.offset)


def test_a_long_page_is_kept_to_the_byte_too(facebook: Account) -> None:
    items = [an_item(f"c{n}", f"Text {n}", raw=f"{n} says ".encode() * 200) for n in range(30)]
    assert take_in(facebook, a_page(*items)).new == 30
    kept = {one.remote_id: one.item.raw for one in Comment.objects.all()}
    assert kept == {one.remote_id: one.raw for one in items}


@pytest.mark.sop("4.R")
def test_bytes_that_were_altered_since_they_came_have_no_digest_that_agrees(
    transactional_db: None, facebook: Account, owner_connection: psycopg.Connection
) -> None:
    take_in(facebook, a_page(an_item("c1", "As it came"), an_item("c2")))
    other = joined([(0, b"another"), (9, b"thing")])
    with owner_connection.transaction():
        owner_connection.execute("ALTER TABLE moderation_receivedpage DISABLE TRIGGER USER")
        owner_connection.execute("UPDATE moderation_receivedpage SET items = %s", [packed(other)])
        owner_connection.execute("ALTER TABLE moderation_receivedpage ENABLE TRIGGER USER")
    item = Comment.objects.get(remote_id="c1").item
    assert item.raw in {b"another", b"thing"}
    assert item.digest == b""


def test_a_page_read_again_with_other_likes_and_signatures_writes_nothing(facebook: Account) -> None:
    take_in(
        facebook, a_page(*[an_item(f"c{n}", f"Text {n}") for n in range(20)], posts=[RemotePost("9000_post", "Hi")])
    )
    before = rows()
    signed = Author(remote_id="p1", name="Marisol Peña", handle="marisol", avatar_url="https://example.org/a.jpg?sig=2")
    again = [an_item(f"c{n}", f"Text {n}", likes=n + 1, author=signed) for n in range(20)]

    with CaptureQueriesContext(
        connection,
    ) as queries:
        tally = take_in(
            facebook, a_page(*again, posts=[RemotePost("9000_post", "Hi", image_url="https://e.org?sig=2")])
        )

    assert tally == Tally(known=20)
    assert rows() == before
    assert not [q["sql"] for q in queries if "intake" in q["sql"] or "receivedpage" in q["sql"]]


def test_a_comment_is_found_by_words_without_their_accents(facebook: Account) -> None:
    take_in(facebook, a_page(an_item("c1", "¿Dónde está la ESTACIÓN?"), an_item("c2", "Mèsi anpil")))
    for words, name in (("estacion donde", "c1"), ("mesi", "c2"), ("pena", "c1"), ("mèsi", "c2")):
        found = SearchEntry.objects.filter(vector=SearchQuery(fold(words), config="simple"))
        assert name in {entry.comment.remote_id for entry in found}


@pytest.mark.parametrize(
    ("author", "identity"),
    [
        (MARISOL, Identity.FULL),
        (Author(remote_id="p9"), Identity.ID_ONLY),
        (Author(name="Marisol"), Identity.NAME_ONLY),
        (None, Identity.UNAVAILABLE),
    ],
)
def test_a_comment_says_how_far_its_author_is_known(facebook: Account, author: Author | None, identity: str) -> None:
    take_in(facebook, a_page(an_item(author=author)))
    comment = Comment.objects.get()
    assert comment.identity == identity
    assert (comment.poster is not None) == bool(author and author.remote_id)


def test_a_comment_without_author_or_time_waits_from_when_it_was_received(facebook: Account) -> None:
    page = a_page(an_item(author=None, posted_at=None))
    assert take_in(facebook, page).new == 1
    assert QueueEntry.objects.get().at == page.received_at


def test_what_is_older_than_the_cut_off_is_archived_and_not_queued(facebook: Account) -> None:
    now = timezone.now()
    take_in(facebook, a_page(an_item("old", posted_at=now - timedelta(days=8)), an_item("young", posted_at=now)))
    assert Case.objects.get(comment__remote_id="old").state == "archived"
    assert Case.objects.get(comment__remote_id="young").state == "waiting"
    assert [entry.comment.remote_id for entry in QueueEntry.objects.all()] == ["young"]
    assert SearchEntry.objects.count() == 2


@pytest.mark.sop("C.11")
def test_an_accounts_own_days_count_back_from_its_connecting(facebook: Account) -> None:
    """What was missed in a long gap is queued, however old it is when it is read at last (ruling 8)."""
    now = timezone.now()
    Account.objects.filter(pk=facebook.pk).update(connected_at=now - timedelta(days=30), cut_off_days=2)
    facebook.refresh_from_db()
    items = [an_item(f"{days} days ago", posted_at=now - timedelta(days=days)) for days in (33, 31, 10)]
    take_in(facebook, a_page(*items))
    assert sorted(entry.comment.remote_id for entry in QueueEntry.objects.all()) == ["10 days ago", "31 days ago"]


def test_our_own_comment_stands_in_the_thread_and_is_not_queued(facebook: Account) -> None:
    take_in(facebook, a_page(an_item("ours", ours=True), an_item("theirs")))
    assert Case.objects.get(comment__remote_id="ours").state == "ours"
    assert Comment.objects.get(remote_id="ours").poster is None
    assert QueueEntry.objects.count() == 1


def test_what_was_gone_before_it_was_here_stores_nothing(facebook: Account) -> None:
    assert take_in(facebook, a_page(an_item(sight=Sight.GONE, text=""))) == Tally(known=1)
    assert rows() == dict.fromkeys(rows(), 0)


def test_a_comment_that_comes_before_its_post_finds_its_row(facebook: Account) -> None:
    take_in(facebook, a_page(an_item(), an_item("c2", kind=Kind.MENTION, post_remote_id="not ours")))
    post = Post.objects.get()
    assert (post.remote_id, post.text) == ("9000_post", "")
    assert (Comment.objects.get(remote_id="c1").post, Comment.objects.get(remote_id="c2").post) == (post, None)
    take_in(facebook, a_page(posts=[RemotePost("9000_post", "Coffee")]))
    assert [post.text for post in Post.objects.all()] == ["Coffee"]


def test_a_post_is_kept_as_last_seen(facebook: Account) -> None:
    take_in(facebook, a_page(posts=[RemotePost("p", "Coffe", comments=1, image_url="https://e.org/1")]))
    take_in(facebook, a_page(posts=[RemotePost("p", "Coffee", image_url="https://e.org/2")]))
    post = Post.objects.get()
    assert (post.text, post.comments, post.image_url) == ("Coffee", 1, "https://e.org/2")


def test_a_poster_stands_under_the_name_last_seen(facebook: Account) -> None:
    take_in(facebook, a_page(an_item("c1")))
    first = Poster.objects.get().first_seen_at
    renamed = Author(remote_id="p1", name="Marisol P.")
    take_in(facebook, a_page(an_item("c2", author=renamed), an_item("c3", author=Author(remote_id="p1"))))
    poster = Poster.objects.get()
    assert (poster.name, poster.handle, poster.first_seen_at) == ("Marisol P.", "marisol", first)
    assert Comment.objects.get(remote_id="c1").author_name == "Marisol Peña"


def test_a_comment_twice_in_a_page_is_stored_once_and_its_other_text_as_a_version(facebook: Account) -> None:
    tally = take_in(facebook, a_page(an_item("c1", "First"), an_item("c1", "First"), an_item("c1", "Second")))
    assert tally == Tally(new=1, known=1, changed=1)
    assert Comment.objects.get().text == "First"
    assert [version.text for version in CommentVersion.objects.all()] == ["Second"]


def test_a_mention_of_two_of_our_accounts_comes_in_with_both(x: Account) -> None:
    other = standing_account("x", "9100", name="Bayside Traffic")
    assert take_in(x, a_page(an_item(kind=Kind.MENTION))).new == 1
    assert take_in(other, a_page(an_item(kind=Kind.MENTION))).new == 1


def test_new_comments_in_the_queue_are_told_to_open_screens(
    facebook: Account, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    told: list[tuple[str, int]] = []
    monkeypatch.setattr("moderation.live.publish", lambda kind, number: told.append((kind, number)))
    with django_capture_on_commit_callbacks(execute=True):
        take_in(facebook, a_page(an_item("c1"), an_item("c2"), an_item("c3", ours=True)))
    assert told == [("queue", 2)]
    told.clear()
    with django_capture_on_commit_callbacks(execute=True):
        take_in(facebook, a_page(an_item("c1"), an_item("c2")))
    assert told == []
