"""Every body that a platform really sent (`shared/platforms/payloads`): each comment in it once, with what it tells."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from accounts.platforms import client_for
from accounts.platforms.contract import Credentials, Page, RemoteComment, Unreadable

RECORDED = Path(__file__).with_name("recorded.txt")


def expected() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in re.split(r"\n(?=\S)", RECORDED.read_text())[1:]:
        name, *ids = part.split()
        found[name] = ids
    return found


EXPECTED = expected()


@pytest.fixture
def payloads(shared: Path) -> Path:
    return shared / "platforms" / "payloads"


def read(payloads: Path, name: str, **credentials: str) -> Page:
    platform = name.split("/")[0]
    client = client_for(platform, Credentials(remote_id=credentials.pop("remote_id", "ours"), **credentials))
    return client.read((payloads / name).read_bytes())


def one(payloads: Path, name: str, comment: str) -> RemoteComment:
    return next(each for each in read(payloads, name).comments if each.remote_id == comment)


def test_the_list_names_only_bodies_that_are_there(payloads: Path) -> None:
    assert all((payloads / name).is_file() for name in EXPECTED)
    assert sum(map(len, EXPECTED.values())) == 168


def test_every_body_gives_exactly_the_comments_it_holds(payloads: Path) -> None:
    bodies = sorted(path for path in payloads.glob("*/*.json"))
    assert len(bodies) > 150
    for path in bodies:
        name = f"{path.parent.name}/{path.name}"
        page = read(payloads, name)
        assert [comment.remote_id for comment in page.comments] == EXPECTED.get(name, []), name
        assert not page.bad, name
        assert page.body is None, name


def test_every_comment_keeps_its_own_bytes_and_their_place(payloads: Path) -> None:
    for name in EXPECTED:
        body = (payloads / name).read_bytes()
        for comment in read(payloads, name).comments:
            assert body[comment.offset : comment.offset + len(comment.raw)] == comment.raw
            assert isinstance(json.loads(comment.raw), dict)


def test_every_body_broken_off_anywhere_gives_what_stood_before_or_says_that_it_cannot_be_read(payloads: Path) -> None:
    for name, ids in EXPECTED.items():
        body = (payloads / name).read_bytes()
        client = client_for(name.split("/")[0], Credentials(remote_id="ours"))
        for cut in range(1, len(body) - 1, max(1, len(body) // 23)):
            try:
                page = client.read(body[:cut])
            except Unreadable as error:
                page = error.page
            found = [comment.remote_id for comment in page.comments if not comment.remote_id.startswith("sha256:")]
            assert set(found) <= set(ids), (name, cut)
            assert page.bad, (name, cut)
            assert page.body == body[:cut], (name, cut)


@pytest.mark.parametrize(
    ("name", "comment", "told"),
    [
        (
            "facebook/comments__comments_p1.json",
            "10158407654328553_10158409983033553",
            {
                "kind": "reply",
                "parent_remote_id": "10158407654328553_10158407903973553",
                "post_remote_id": "19292868552_10158407654328553",
                "posted_at": datetime(2021, 8, 11, 23, 22, 14, tzinfo=UTC),
                "author": None,
            },
        ),
        (
            "facebook/model__comment.json",
            "2954961744718970_2966313500250461",
            {"kind": "comment", "text": "My Nice Car ", "sight": "visible", "author.name": "Zoe Lopez"},
        ),
        (
            "facebook/restfb__v5_0__post-with-comment.json",
            "123456789_9876543",
            {"post_remote_id": "1234567890123_456789012345", "author.remote_id": "987654321", "kind": "comment"},
        ),
        (
            "facebook/webhooks__feed-comment-remove-25.json",
            "905578656204626_905579239537901",
            {"text": "", "sight": "gone", "posted_at": None, "author.name": "Olga Young"},
        ),
        (
            "facebook/webhooks__feed-comment-edited-25.json",
            "900728623356296_900744590021366",
            {"edited_at": datetime(2015, 11, 26, 16, 35, 37, tzinfo=UTC), "parent_remote_id": "", "ours": True},
        ),
        ("facebook/webhooks__feed-comment-hide.json", "900728623356296_900744590021366", {"sight": "hidden"}),
        ("facebook/webhooks__feed-comment-unhide.json", "900728623356296_900744590021366", {"sight": "visible"}),
        (
            "facebook/webhooks__feed-post-add-25.json",
            "1234567890321_7293787835232",
            {"kind": "visitor_post", "author.name": "Olga Young", "ours": False},
        ),
        ("facebook/webhooks__mention-post-add.json", "44444444_444444444", {"kind": "mention", "text": ""}),
        (
            "facebook/webhooks__messaging-message-basic-echo.json",
            "mid.1457764197618:41d102a3e1ae206a38",
            {"kind": "message", "ours": True, "posted_at": datetime(2016, 3, 12, 6, 29, 57, 627000, tzinfo=UTC)},
        ),
        (
            "instagram/model__ig_comment.json",
            "17845747489952795",
            {"kind": "reply", "parent_remote_id": "17892250648466172", "post_remote_id": "17846368219941692"},
        ),
        ("instagram/medias__comments_p1.json", "17858154961981086", {"post_remote_id": "17846368219941692"}),
        (
            "instagram/restfb__wh-comments.json",
            "123456789",
            {"text": "This is an example.", "posted_at": datetime(2018, 2, 23, 15, 21, 47, tzinfo=UTC)},
        ),
        (
            "instagram/users__mentioned_comment.json",
            "17967008497439572",
            {"kind": "mention", "author.handle": "greta_joseph95"},
        ),
        (
            "x/pytwitter__searches__search_tweets_query.json",
            "1276035977375477760",
            {
                "kind": "reply",
                "parent_remote_id": "1275653067283759104",
                "author.name": "Katya Torres",
                "author.handle": "felix_duval76",
                "posted_at": datetime(2020, 6, 25, 6, 14, 19, tzinfo=UTC),
            },
        ),
        (
            "x/xaa_webhook__post.mention.create.json",
            "2080765813578191303",
            {"kind": "mention", "author.name": "Dario Zamora", "ours": False},
        ),
        ("x/xaa_webhook__post.delete.json", "2080761269309813134", {"sight": "gone", "text": "", "ours": True}),
        ("x/xaa_webhook__dm.received.json", "2080765901528535096", {"kind": "message", "author.name": "Dario Zamora"}),
        ("x/xaa_webhook__dm.sent.json", "2080763914820927863", {"kind": "message", "ours": True}),
        (
            "youtube/modeldata__comments__comment_thread_info.json",
            "UgydxWWoeA7F1OdqypJ4AaABAg.8wWQ3tdHcFx8xcDheui-qb",
            {"kind": "reply", "parent_remote_id": "UgydxWWoeA7F1OdqypJ4AaABAg", "post_remote_id": "D-lhorsDlUQ"},
        ),
        (
            "youtube/apidata__comments__insert_response.json",
            "Ugy_CAftKrIUCyPr9GR4AaABAg.9iPXEClD9lW9iPXLqKy_Pt",
            {"text": "wow", "author.remote_id": "UCa-vrCLQHviTOVnEKDOdetQ", "edited_at": None},
        ),
        (
            "youtube/apidata__comment_threads__comment_thread_single.json",
            "UgxKREWxIgDrw8w2e_Z4AaABAg",
            {"posted_at": datetime(2019, 4, 20, 1, 3, 39, tzinfo=UTC), "author.name": "Mara Ortiz", "kind": "comment"},
        ),
    ],
    ids=lambda value: value.rpartition("/")[2] if isinstance(value, str) and "/" in value else "",
)
def test_a_comment_is_told_with_author_time_and_parent(
    payloads: Path, name: str, comment: str, told: dict[str, Any]
) -> None:
    found = one(payloads, name, comment)
    for path, wanted in told.items():
        value: Any = found
        for step in path.split("."):
            value = getattr(value, step)
        assert value == wanted, path


def test_a_body_without_comments_gives_our_posts_or_nothing(payloads: Path) -> None:
    assert len(read(payloads, "facebook/posts__feed_fields_p1.json").posts) == 5
    assert len(read(payloads, "instagram/medias__medias_fields.json").posts) == 2
    page = read(payloads, "facebook/base__error.json")
    assert not page.posts
    assert not page.comments


def test_the_same_post_is_ours_or_the_publics_depending_on_who_we_are(payloads: Path) -> None:
    name = "x/pytwitter__timeline__timeline_reverse_chronological.json"
    assert len(read(payloads, name).comments) == 5
    ours = read(payloads, name, remote_id="2244994945")
    assert (len(ours.comments), len(ours.posts)) == (0, 5)
