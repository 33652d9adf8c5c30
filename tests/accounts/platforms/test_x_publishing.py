"""Posts of ours on X, on the stand-in: text, photos with descriptions, video in pieces, and what leaves nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from accounts.platforms import x_publishing
from accounts.platforms.contract import Draft, Form, Gone, NotPossible, PlatformError, Uncertain, Upload
from tests.accounts.platforms.conftest import Town
from tests.accounts.platforms.test_x_acts import just_now, record

pytestmark = pytest.mark.sop("1.X")
Settle = Callable[..., Town]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that the client wanted to make."""
    made: list[float] = []
    monkeypatch.setattr(x_publishing, "pause", made.append)
    return made


def posts(town: Town) -> list[Any]:
    told = town.control("GET", "/truth/x")["x"]["posts"].values()
    return [one for one in told if one["text"] != "Main Street is closed\nuntil noon" and not one["deleted"]]


def photo(folder: Path, name: str = "one.png", content: bytes = PNG, alt: str = "A closed road") -> Upload:
    path = folder / name
    path.write_bytes(content)
    return Upload(path, "image/png", alt)


def film(folder: Path, size: int = 9_500_000) -> Upload:
    path = folder / "film.mp4"
    path.write_bytes((b"\r\n--film--" * (size // 10 + 1))[:size])
    return Upload(path, "video/mp4", "A film")


@pytest.mark.parametrize("spelling", ["post", "tweet"])
def test_a_text_is_published_found_again_and_deleted(spelling: str, settle: Settle, settings: Any) -> None:
    settings.X_SPELLING = spelling
    town = settle("x", spelling=spelling)
    draft = Draft(Form.TEXT, "The bridge is open", link="https://city.example/bridge")
    client = town.client()
    assert client.published(draft, since=just_now()) is None
    sent = client.publish(draft)
    (post,) = posts(town)
    assert post["text"] == "The bridge is open\nhttps://city.example/bridge"
    found = client.published(draft, since=just_now())
    assert found is not None
    assert found.remote_id == sent.remote_id
    assert client.published(draft, since=just_now() + timedelta(hours=1)) is None
    assert client.published(Draft(Form.TEXT, "The bridge is closed"), since=just_now()) is None
    client.delete_post(sent.remote_id)
    assert not posts(town)
    with pytest.raises(Gone):
        client.delete_post(sent.remote_id)


def test_photos_go_up_whole_in_their_order_and_with_their_descriptions(settle: Settle, tmp_path: Path) -> None:
    town = settle("x")
    files = tuple(photo(tmp_path, f"{n}.png", PNG + bytes([n]), f"Picture {n}") for n in range(4))
    draft = Draft(Form.PHOTOS, "Four views", files=files)
    sent = town.client().publish(draft)
    (post,) = posts(town)
    told = [(one["sha256"], one["alt"]) for one in post["attachments"]]
    assert told == [(hashlib.sha256(file.path.read_bytes()).hexdigest(), file.alt) for file in files]
    found = town.client().published(draft, since=just_now())
    assert found is not None
    assert found.remote_id == sent.remote_id
    assert town.client().published(Draft(Form.PHOTO, "Four views", files=files[:1]), since=just_now()) is None


def test_a_photo_without_a_text_is_found_again_and_is_not_taken_for_another_text(
    settle: Settle, tmp_path: Path
) -> None:
    town = settle("x")
    draft = Draft(Form.PHOTO, "", files=(photo(tmp_path),))
    sent = town.client().publish(draft)
    found = town.client().published(draft, since=just_now())
    assert found is not None
    assert found.remote_id == sent.remote_id
    other = Draft(Form.PHOTO, "Something else", files=draft.files)
    assert town.client().published(other, since=just_now()) is None


def test_a_video_goes_up_in_pieces_and_is_posted_once_x_has_worked_on_it(
    settle: Settle, tmp_path: Path, waits: list[float]
) -> None:
    town = settle("x")
    file = film(tmp_path)
    town.client().publish(Draft(Form.VIDEO, "What happened", files=(file,)))
    (post,) = posts(town)
    assert post["attachments"][0]["sha256"] == hashlib.sha256(file.path.read_bytes()).hexdigest()
    assert post["attachments"][0]["type"] == "video"
    assert len(town.calls("append")) == 3
    assert waits == [1, 1]


@pytest.mark.parametrize("fault", ["cut", "500", "applied_then_timeout", "garbage", "truncated"])
def test_a_piece_that_got_lost_is_sent_again_and_the_file_is_whole(fault: str, settle: Settle, tmp_path: Path) -> None:
    town = settle("x")
    file = film(tmp_path)
    town.fault("append", fault, times=2, seconds=0.1)
    town.client().publish(Draft(Form.VIDEO, "What happened", files=(file,)))
    (post,) = posts(town)
    assert post["attachments"][0]["sha256"] == hashlib.sha256(file.path.read_bytes()).hexdigest()


@pytest.mark.parametrize("call", ["upload", "append", "finish", "describe", "upload_status"])
@pytest.mark.parametrize("fault", ["cut", "500", "garbage"])
def test_nothing_stands_when_a_file_did_not_arrive(call: str, fault: str, settle: Settle, tmp_path: Path) -> None:
    town = settle("x")
    moves = call == "upload_status"
    file = film(tmp_path, 1000) if moves else photo(tmp_path)
    town.fault(call, fault, times=9)
    with pytest.raises(PlatformError) as caught:
        town.client().publish(Draft(Form.VIDEO if moves else Form.PHOTO, "What happened", files=(file,)))
    assert not isinstance(caught.value, Uncertain)
    assert not caught.value.permanent
    assert not posts(town)
    assert not town.calls("publish")


def test_a_file_that_x_cannot_use_is_refused_for_good(settle: Settle, tmp_path: Path) -> None:
    town = settle("x", media="failed")
    with pytest.raises(PlatformError, match="cannot use") as caught:
        town.client().publish(Draft(Form.VIDEO, "What happened", files=(film(tmp_path, 1000),)))
    assert caught.value.permanent
    assert not posts(town)


def test_a_file_that_x_never_finishes_is_given_up(
    settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    town = settle("x", media="in_progress")
    monkeypatch.setattr(x_publishing, "WORKED_ON", 20)
    with pytest.raises(PlatformError, match="still at work") as caught:
        town.client().publish(Draft(Form.VIDEO, "What happened", files=(film(tmp_path, 1000),)))
    assert not caught.value.permanent
    assert sum(waits) == 20


@pytest.mark.parametrize("fault", ["applied_then_timeout", "cut", "500", "garbage"])
def test_a_post_without_an_answer_is_uncertain_and_asking_settles_it(
    fault: str, settle: Settle, tmp_path: Path
) -> None:
    town = settle("x")
    draft = Draft(Form.PHOTO, "The bridge is open", files=(photo(tmp_path),))
    town.fault("publish", fault, seconds=0.1)
    with pytest.raises(Uncertain):
        town.client().publish(draft)
    assert len(town.calls("publish")) == 1
    found = town.client().published(draft, since=just_now())
    assert (found is not None) == bool(posts(town))


def test_the_same_text_is_refused_a_second_time(settle: Settle) -> None:
    town = settle("x")
    town.client().publish(Draft(Form.TEXT, "The bridge is open"))
    with pytest.raises(NotPossible, match="second time"):
        town.client().publish(Draft(Form.TEXT, "The bridge is open"))
    assert len(posts(town)) == 1


def bad_drafts(folder: Path) -> dict[str, Draft]:
    one = photo(folder)
    gif = Upload(one.path, "image/gif")
    large = folder / "large.png"
    large.write_bytes(b"")
    with large.open("r+b") as file:
        file.truncate(5_000_001)
    return {
        "282": Draft(Form.TEXT, "👍" * 141),
        "without a text": Draft(Form.TEXT, " \n"),
        "has 0 files": Draft(Form.TEXT, "Text", files=(one,)),
        "has 1 files": Draft(Form.PHOTO, "Text"),
        "2 to 4": Draft(Form.PHOTOS, "Text", files=(one,) * 5),
        "by itself": Draft(Form.PHOTOS, "Text", files=(one, gif)),
        "this type": Draft(Form.PHOTO, "Text", files=(Upload(one.path, "application/pdf"),)),
        "type in a post": Draft(Form.VIDEO, "Text", files=(one,)),
        "1000 characters": Draft(Form.PHOTO, "Text", files=(Upload(one.path, "image/png", "a" * 1001),)),
        "5 MB": Draft(Form.PHOTO, "Text", files=(Upload(large, "image/png"),)),
    }


REFUSALS = (
    "282",
    "without a text",
    "has 0 files",
    "has 1 files",
    "2 to 4",
    "by itself",
    "this type",
    "type in a post",
    "1000 characters",
    "5 MB",
)


@pytest.mark.parametrize("says", REFUSALS)
def test_what_x_would_refuse_is_refused_before_anything_is_sent(says: str, settle: Settle, tmp_path: Path) -> None:
    town = settle("x")
    with pytest.raises(PlatformError, match=says) as caught:
        town.client().publish(bad_drafts(tmp_path)[says])
    assert caught.value.permanent
    assert not [one for one in town.calls() if one["method"] == "POST"]


def test_a_file_that_is_gone_is_said_and_nothing_stands(settle: Settle, tmp_path: Path) -> None:
    town = settle("x")
    with pytest.raises(PlatformError, match="cannot be read") as caught:
        town.client().publish(Draft(Form.PHOTO, "Text", files=(Upload(tmp_path / "gone.png", "image/png"),)))
    assert caught.value.permanent
    assert not posts(town)


def test_an_animated_picture_takes_x_a_while_and_stands(settle: Settle, tmp_path: Path) -> None:
    town = settle("x")
    path = tmp_path / "moving.gif"
    path.write_bytes(b"GIF89a" + bytes(500))
    town.client().publish(Draft(Form.PHOTO, "Text", files=(Upload(path, "image/gif", "A light that blinks"),)))
    (post,) = posts(town)
    assert (post["attachments"][0]["type"], post["attachments"][0]["alt"]) == ("animated_gif", "A light that blinks")


@pytest.mark.parametrize(
    "body",
    [{}, {"data": None}, {"data": {"id": None}}, {"errors": [{"title": "x"}]}, [], {"data": []}],
)
def test_an_answer_that_names_no_post_is_uncertain(body: Any, settle: Settle) -> None:
    town = settle("x")
    record(town, "publish", body)
    with pytest.raises(Uncertain):
        town.client().publish(Draft(Form.TEXT, "Text"))


@pytest.mark.parametrize("post", [None, 7, {}, {"id": "1", "text": 7}, {"id": 5, "attachments": 7, "text": None}])
def test_a_timeline_that_is_no_timeline_finds_no_post(post: Any, settle: Settle) -> None:
    town = settle("x")
    record(town, "list_posts", {"data": [post], "meta": {"result_count": 1}})
    assert town.client().published(Draft(Form.TEXT, "Text"), since=datetime.now(UTC)) is None
