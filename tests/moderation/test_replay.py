"""Bodies as the platforms really sent them go in by hand as they do by poll (ruling 30)."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Account, PollState
from accounts.platforms.contract import WITH_API, RemoteComment, Sight
from moderation import polling
from moderation.models import Comment, CommentVersion, Poster, QueueEntry, ReceivedPage, SetAside
from tests.accounts.platforms.test_recorded_bodies import EXPECTED, read
from tests.moderation.conftest import Stage
from tests.standing import standing_account

pytestmark = pytest.mark.django_db

STORED = (Comment, CommentVersion, Poster, QueueEntry, ReceivedPage, SetAside)
# Lists that a poll asks for, by the platform's call that answers with such a body.
POLLED = {
    "facebook/comments__comments_p1.json": "list_comments",
    "instagram/medias__comments_p1.json": "list_comments",
    "x/pytwitter__timeline__timeline_mentions.json": "list_mentions",
    "x/pytwitter__searches__search_tweets_query.json": "list_comments",
    "youtube/apidata__comment_threads__comment_threads_by_video_paged_1.json": "list_comments",
}


def replay(platform: str, *files: Path | str, **options: str) -> str:
    out = StringIO()
    call_command("replay", platform, *map(str, files), stdout=out, **options)
    return out.getvalue()


def counts() -> list[int]:
    return [model.objects.count() for model in STORED]


@pytest.fixture
def body(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(content: bytes) -> Path:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.json"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize("platform", WITH_API)
def test_every_recorded_comment_is_stored_once_and_a_second_pass_adds_nothing(
    shared: Path, accounts: dict[str, Account], platform: str
) -> None:
    payloads = shared / "platforms" / "payloads"
    files = sorted((payloads / platform).glob("*.json"))
    replay(platform, *files)
    firsts: dict[str, RemoteComment] = {}
    for name in sorted(name for name in EXPECTED if name.startswith(f"{platform}/")):
        for item in read(payloads, name, remote_id=accounts[platform].remote_id).comments:
            if item.sight != Sight.GONE:
                firsts.setdefault(item.remote_id, item)
    stored = {comment.remote_id: comment for comment in Comment.objects.select_related("poster", "page")}
    assert stored.keys() == firsts.keys()
    for name, item in firsts.items():
        comment = stored[name]
        assert (comment.text, comment.posted_at, comment.parent_remote_id) == (
            item.text,
            item.posted_at,
            item.parent_remote_id,
        )
        assert comment.author_name == (item.author.name if item.author else "")
        assert comment.item.raw == item.raw

    before = counts()
    replay(platform, *files)
    assert counts() == before


@pytest.mark.parametrize("name", POLLED)
def test_a_recorded_body_that_the_platform_serves_goes_in_by_poll(
    shared: Path, stage: Stage, accounts: dict[str, Account], name: str
) -> None:
    platform = name.split("/")[0]
    account, recorded = accounts[platform], (shared / "platforms" / "payloads" / name).read_bytes()
    stage.post(account)
    for _ in range(2):
        stage.serve(account, POLLED[name], recorded)
        PollState.objects.update(next_at="2020-01-01T00:00Z", memory={})
        assert account.pk in polling.due()
        polling.poll(account.pk)
        stored = Comment.objects.filter(account=account)
        assert set(EXPECTED[name]) <= set(stored.values_list("remote_id", flat=True))
        assert stored.count() == len(EXPECTED[name])
    assert not CommentVersion.objects.exists()


def test_replay_says_per_file_what_became_of_its_comments(
    accounts: dict[str, Account], body: Callable[[bytes], Path]
) -> None:
    comments = [
        {"id": f"1_{n}", "message": "Hi", "like_count": 0, "created_time": "2026-11-20T10:00:00+0000"} for n in range(3)
    ]
    first = body(json.dumps({"data": comments}).encode())
    assert f"{first}: 3 found, 3 new, 0 changed, 0 known, 0 set aside." in replay("facebook", first)
    assert f"{first}: 3 found, 0 new, 0 changed, 3 known, 0 set aside." in replay("facebook", first)
    comments[0]["message"], comments[1]["like_count"] = "Hello", 4
    later = body(json.dumps({"data": comments}).encode())
    assert f"{later}: 3 found, 0 new, 1 changed, 2 known, 0 set aside." in replay("facebook", later)


def test_a_file_that_cannot_be_read_is_set_aside_with_its_bytes_and_the_others_go_in(
    accounts: dict[str, Account], body: Callable[[bytes], Path], tmp_path: Path
) -> None:
    bad, good = body(b"<html>Sorry</html>"), body(b'{"data": [{"id": "1_2", "message": "Hi", "like_count": 0}]}')
    with pytest.raises(CommandError, match="2 of 3 files"):
        replay("facebook", bad, tmp_path / "absent.json", good)
    assert SetAside.objects.get().raw == b"<html>Sorry</html>"
    assert Comment.objects.get().remote_id == "1_2"


def test_a_body_longer_than_any_answer_may_be_is_set_aside_unread(
    accounts: dict[str, Account], body: Callable[[bytes], Path], settings: object
) -> None:
    settings.LARGEST_BODY = 50  # type: ignore[attr-defined]
    with pytest.raises(CommandError):
        replay("facebook", body(b'{"data": [{"id": "1_2", "message": "' + b"Hi" * 50 + b'"}]}'))
    assert "longer than 50 bytes" in SetAside.objects.get().reason
    assert not Comment.objects.exists()


def test_a_body_goes_to_the_account_that_is_named(accounts: dict[str, Account], body: Callable[[bytes], Path]) -> None:
    other = standing_account("facebook", "9100", handle="traffic", name="Bayside Traffic")
    for number, named in enumerate((str(other.pk), "9100", "traffic")):
        replay(
            "facebook", body(b'{"data": [{"id": "%d_2", "message": "Hi", "like_count": 0}]}' % number), account=named
        )
    replay("facebook", body(b'{"data": [{"id": "1_9", "message": "Hi", "like_count": 0}]}'))
    assert [comment.account_id for comment in Comment.objects.order_by("id")] == [
        other.pk,
        other.pk,
        other.pk,
        accounts["facebook"].pk,
    ]
    with pytest.raises(CommandError, match="No account nobody on Facebook"):
        replay("facebook", body(b"{}"), account="nobody")
