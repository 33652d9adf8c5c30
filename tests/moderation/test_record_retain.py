"""Retention (4.R): what a record holds, when it is made, and that it stays."""

import hashlib
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.platforms.contract import Author
from moderation.models import CommentVersion, RetainedRecord
from tests.moderation.acts import case_of, clause, grade, order_of, time_passes, work

pytestmark = [pytest.mark.django_db, pytest.mark.sop("4.R")]


def document(comment):
    record = comment.records.order_by("pk").last()
    assert record.payload.is_untouched()
    return record.payload.content


def test_a_record_holds_text_bytes_times_poster_account_post_clause_and_who(make_comment, officer):
    comment = make_comment("You all stink.", raw=b'{"message": "You all stink."}', language="en")
    grade(comment, 7, officer, clause=clause("b"), words="stink", reason="Insult.")
    kept = document(comment)
    assert kept["comment"]["text"] == "You all stink."
    assert kept["bytes"]["sha256"] == hashlib.sha256(b'{"message": "You all stink."}').hexdigest()
    assert kept["times"]["posted"] == comment.posted_at.isoformat()
    assert kept["times"]["received"] == comment.received_at.isoformat()
    assert kept["times"]["graded"] == comment.grades.get().at.isoformat()
    assert kept["poster"]["name"] == "Marisol Peña"
    assert kept["account"]["platform"] == "facebook"
    assert kept["post"]["text"] == "Coffee with a Cop, Saturday at 8."
    assert kept["terms"] == {"version": 1, "clause": "b", "text": clause("b").text}
    assert kept["decision"]["words_relied_on"] == "stink"
    assert kept["decision"]["by"]["name"] == officer.name


@pytest.mark.parametrize(
    ("author", "identity", "why"),
    [
        (Author("1", "Ines Paz"), "full", ""),
        (Author("1"), "id_only", "the platform gave an id and no name"),
        (Author(name="Ines Paz"), "name_only", "the platform gave a name and no id"),
        (None, "unavailable", "the platform did not say who wrote it"),
    ],
)
def test_a_record_says_how_far_the_poster_is_known_and_why_not_further(make_comment, officer, author, identity, why):
    comment = make_comment(author=author)
    grade(comment, 7, officer)
    poster = document(comment)["poster"]
    assert (poster["identity"], poster["why"]) == (identity, why)


def test_avatar_and_attachments_not_here_yet_are_named_with_the_reason(make_comment, officer):
    comment = make_comment(
        author=Author("1", "Ines", avatar_url="https://example.org/ines.png"),
        attachments=[{"kind": "photo", "url": "https://example.org/sign.jpg", "size": 2**60, "share": 0.5}],
    )
    grade(comment, 7, officer)
    additions = comment.records.get().additions.order_by("pk")
    assert [(addition.kind, addition.source) for addition in additions] == [
        ("avatar", "https://example.org/ines.png"),
        ("attachment", "https://example.org/sign.jpg"),
    ]
    assert all(addition.unavailable for addition in additions)
    assert document(comment)["comment"]["attachments"][0]["size"] == str(2**60)


def test_a_record_holds_every_version_and_which_one_was_graded(make_comment, officer):
    comment = make_comment("First words.")
    for number, change, text in ((2, "edited", "Second words."), (3, "deleted", "")):
        CommentVersion.objects.create(
            comment=comment, number=number, change=change, text=text, seen_at=timezone.now(), digest=b"x"
        )
    type(comment.case).objects.filter(pk=comment.pk).update(version=3)
    grade(comment, 7, officer, words="Second")
    kept = document(comment)
    assert [version["text"] for version in kept["versions"]] == ["Second words.", ""]
    assert kept["version_graded"] == 3
    assert case_of(comment).text == "Second words."


def test_a_record_holds_the_thread_around_the_comment(make_comment, officer):
    above = make_comment("When is it?", remote_id="above")
    comment = make_comment("Never, you animals.", remote_id="it", parent_remote_id="above")
    make_comment("Be kind.", remote_id="below", parent_remote_id="it")
    make_comment("Elsewhere.")
    grade(comment, 7, officer)
    assert [other["id"] for other in document(comment)["thread"]] == [above.remote_id, "below"]


def test_a_comment_without_post_time_or_author_is_retained_all_the_same(make_comment, officer):
    comment = make_comment(author=None, kind="message")
    comment.post = comment.posted_at = None
    grade(comment, 8, officer)
    kept = document(comment)
    assert kept["poster"]["identity"] == "unavailable"


def test_the_time_of_hiding_is_appended_when_it_has_come_and_so_is_the_showing(comment, officer, platform):
    grade(comment, 7, officer)
    assert not comment.records.get().additions.exists()
    work(comment)
    grade(comment, 6, officer)
    work(comment)
    additions = comment.records.get().additions.order_by("pk")
    assert [addition.kind for addition in additions] == ["hidden", "shown_again"]
    hidden = additions[0]
    assert order_of(comment, "hide").done_at.isoformat() in bytes(hidden.content).decode()
    assert hashlib.sha256(bytes(hidden.content)).digest() == bytes(hidden.digest)


def test_a_record_made_for_a_comment_already_hidden_says_since_when(comment, officer, platform):
    grade(comment, 8, officer)
    work(comment)
    grade(comment, 7, officer)
    assert document(comment)["times"]["hidden"] == order_of(comment, "hide").done_at.isoformat()


def test_the_record_is_there_before_the_platform_is_told(comment, officer, platform):
    seen = []
    platform.before_hide = lambda remote_id: seen.append(RetainedRecord.objects.filter(comment=comment).count())
    grade(comment, 8, officer)
    work(comment)
    assert seen == [1]


def test_no_record_no_hide(comment, officer, platform, monkeypatch):
    """Whatever fails while the record is made takes the grade and the hide with it."""
    monkeypatch.setattr("moderation.retention.rfc8785.dumps", lambda document: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        grade(comment, 7, officer)
    work(comment)
    assert platform.calls == []
    assert case_of(comment).state == "waiting"


def test_records_stay_after_undo_and_regrading(comment, officer, platform):
    grade(comment, 7, officer)
    case_of(comment).undo(by=officer)
    grade(comment, 2, officer)
    time_passes(comment, timedelta(days=1).total_seconds())
    work(comment)
    assert comment.records.count() == 1
