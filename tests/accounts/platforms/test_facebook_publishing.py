"""Posts of a Page on its stand-in: texts, photos, a video in pieces; doubts, changes, ends."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from accounts.platforms import facebook_publishing
from accounts.platforms.contract import Draft, Form, Gone, NotPossible, PlatformError, RateLimited, Uncertain, Upload
from accounts.platforms.facebook import Facebook
from tests.accounts.platforms.conftest import Town

pytestmark = pytest.mark.sop("1.FB")
Settle = Callable[..., Town]
CHUNKS = 5 * 1024 * 1024 + 17  # bytes of a video: more than Facebook takes at once
FORMS = list(Form)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facebook_publishing, "PAUSE", 0.05)


@pytest.fixture
def town(settle: Settle) -> Town:
    return settle("facebook")


@pytest.fixture
def client(town: Town) -> Facebook:
    made = town.client()
    assert isinstance(made, Facebook)
    return made


def a_file(folder: Path, name: str, size: int = 2000) -> Path:
    made = folder / name
    made.write_bytes(hashlib.shake_256(name.encode()).digest(size))
    return made


def photo(folder: Path, name: str = "a.jpg", size: int = 2000) -> Upload:
    return Upload(a_file(folder, name, size), "image/jpeg", alt=f"What {name} shows")


def a_draft(form: str, folder: Path, text: str = "Main Street is open\nagain – tonight 🚓") -> Draft:
    files = {
        Form.PHOTO: (photo(folder),),
        Form.PHOTOS: (photo(folder), photo(folder, "b.jpg"), photo(folder, "c.jpg")),
        Form.VIDEO: (Upload(a_file(folder, "v.mp4", CHUNKS), "video/mp4"),),
    }
    title = "Tonight" if form == Form.VIDEO else ""
    return Draft(form, text, title=title, files=files.get(Form(form), ()))


def told(town: Town) -> Any:
    return town.control("GET", "/truth/facebook")["facebook"]


def posts(town: Town) -> list[Any]:
    """Those that were published, without the town's first."""
    return [one for name, one in told(town)["posts"].items() if name != town.post and not one["deleted"]]


def just_now() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=5)


def digest(upload: Upload) -> str:
    return hashlib.sha256(upload.path.read_bytes()).hexdigest()


@pytest.mark.parametrize("form", FORMS)
def test_a_post_stands_with_its_text_and_its_files_byte_for_byte(
    form: str, town: Town, client: Facebook, tmp_path: Path
) -> None:
    draft = a_draft(form, tmp_path)
    sent = client.publish(draft)
    post = told(town)["posts"][sent.remote_id]
    assert post["text"] == draft.text
    assert [one["sha256"] for one in post["attachments"]] == [digest(upload) for upload in draft.files]
    assert [one.get("alt", "") for one in post["attachments"]] == [upload.alt for upload in draft.files]
    assert len(posts(town)) == 1


@pytest.mark.parametrize("form", FORMS)
def test_what_was_published_is_found_again_and_nothing_else(
    form: str, town: Town, client: Facebook, tmp_path: Path
) -> None:
    draft = a_draft(form, tmp_path)
    assert client.published(draft, since=just_now()) is None
    sent = client.publish(draft)
    found = client.published(draft, since=just_now())
    assert found is not None
    assert found.remote_id == sent.remote_id
    assert client.published(a_draft(form, tmp_path, "Another text"), since=just_now()) is None
    assert client.published(draft, since=datetime.now(UTC) + timedelta(hours=1)) is None


@pytest.mark.parametrize("form", FORMS)
def test_a_lost_answer_to_the_last_request_is_a_doubt_that_reading_back_ends(
    form: str, town: Town, client: Facebook, tmp_path: Path
) -> None:
    draft = a_draft(form, tmp_path)
    if form == Form.VIDEO:
        lose_the_answer_to_the_end(town, client)
    else:
        town.fault("publish_photo" if form == Form.PHOTO else "publish", "applied_then_timeout", seconds=0)
    with pytest.raises(Uncertain):
        client.publish(draft)
    assert len(posts(town)) == 1
    assert client.published(draft, since=just_now()) is not None


def lose_the_answer_to_the_end(town: Town, client: Facebook) -> None:
    """Orders the fault when all pieces of a video have come."""
    ask = client.ask

    def asked(name: str, method: str, path: str, **content: Any) -> Any:
        if (content.get("form") or {}).get("upload_phase") == "finish":
            town.fault("publish_video", "applied_then_timeout", seconds=0)
        return ask(name, method, path, **content)

    client.ask = asked  # type: ignore[method-assign]


@pytest.mark.parametrize("fault", ["500", "cut", "garbage"])
def test_a_photo_that_did_not_arrive_leaves_nothing_behind(
    fault: str, town: Town, client: Facebook, tmp_path: Path
) -> None:
    ask, sent = client.ask, 0

    def asked(name: str, method: str, path: str, **content: Any) -> Any:
        nonlocal sent
        sent += name == "upload"
        if name == "upload" and sent == 3:
            town.fault("publish_photo", fault)
        return ask(name, method, path, **content)

    client.ask = asked  # type: ignore[method-assign]
    with pytest.raises(PlatformError) as failed:
        client.publish(a_draft(Form.PHOTOS, tmp_path))
    assert not isinstance(failed.value, Uncertain)
    assert not failed.value.permanent
    assert not posts(town)
    assert sum(not one.get("deleted") for one in told(town)["files"]) <= 1  # the one whose answer was lost


@pytest.mark.parametrize("fault", ["applied_then_timeout", "cut", "500", "garbage", "truncated"])
def test_a_piece_of_a_video_is_sent_again_where_its_answer_was_lost(
    fault: str, town: Town, client: Facebook, tmp_path: Path
) -> None:
    ask, pieces = client.ask, 0

    def asked(name: str, method: str, path: str, **content: Any) -> Any:
        nonlocal pieces
        pieces += "files" in content
        if "files" in content and pieces == 2:
            town.fault("publish_video", fault, seconds=0)
        return ask(name, method, path, **content)

    client.ask = asked  # type: ignore[method-assign]
    draft = a_draft(Form.VIDEO, tmp_path)
    sent = client.publish(draft)
    (held,) = told(town)["posts"][sent.remote_id]["attachments"]
    assert held["sha256"] == digest(draft.files[0])
    assert len(posts(town)) == 1


def test_of_a_video_one_piece_at_a_time_lies_in_memory(town: Town, client: Facebook, tmp_path: Path) -> None:
    ask, sizes = client.ask, []

    def asked(name: str, method: str, path: str, **content: Any) -> Any:
        if files := content.get("files"):
            sizes.append(len(files["video_file_chunk"][1]))
        return ask(name, method, path, **content)

    client.ask = asked  # type: ignore[method-assign]
    client.publish(a_draft(Form.VIDEO, tmp_path))
    assert sum(sizes) == CHUNKS
    assert len(sizes) == 6


def test_a_video_that_facebook_cannot_make_anything_of_is_a_failure(settle: Settle, tmp_path: Path) -> None:
    town = settle("facebook", broken_videos=True)
    with pytest.raises(PlatformError, match="could not make a video") as failed:
        town.client().publish(a_draft(Form.VIDEO, tmp_path))
    assert failed.value.permanent
    assert not posts(town)


def test_a_video_stands_though_facebook_is_slow_with_it(
    settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facebook_publishing, "PATIENCE", 0.2)
    town = settle("facebook", processing_seconds=600)
    assert town.client().publish(a_draft(Form.VIDEO, tmp_path)).remote_id
    assert len(posts(town)) == 1


def test_a_link_goes_with_a_text_and_into_the_text_of_a_photo(town: Town, client: Facebook, tmp_path: Path) -> None:
    link = "https://city.example/road"
    first = client.publish(Draft(Form.TEXT, "Open again", link=link))
    assert told(town)["posts"][first.remote_id]["attachments"] == [{"type": "share", "url": link}]
    draft = Draft(Form.PHOTO, "Open again", link=link, files=(photo(tmp_path),))
    second = client.publish(draft)
    assert told(town)["posts"][second.remote_id]["text"] == f"Open again\n{link}"
    assert client.published(draft, since=just_now()).remote_id == second.remote_id  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("form", "changes", "sentence"),
    [
        (Form.TEXT, {"text": ""}, "empty"),
        (Form.TEXT, {"text": "x" * 63_207}, "63206"),
        (Form.PHOTO, {"files": ()}, "at least one"),
        (Form.TEXT, {"files": "one"}, "files"),
        (Form.PHOTOS, {"files": "eleven"}, "10 files"),
        (Form.PHOTO, {"files": "large"}, "4 MB"),
    ],
)
def test_what_facebook_would_refuse_is_not_sent(
    form: str, changes: dict[str, Any], sentence: str, town: Town, client: Facebook, tmp_path: Path
) -> None:
    files = {
        "one": (photo(tmp_path),),
        "eleven": tuple(photo(tmp_path, f"{n}.jpg") for n in range(11)),
        "large": (photo(tmp_path, "large.jpg", 4 * 1024 * 1024 + 1),),
    }
    given: dict[str, Any] = {"text": "A text", **changes}
    if isinstance(given.get("files"), str):
        given["files"] = files[given["files"]]
    before = len(town.calls())
    with pytest.raises(PlatformError, match=sentence) as refused:
        client.publish(Draft(form, **given))
    assert refused.value.permanent
    assert len(town.calls()) == before


def test_a_pause_that_facebook_asks_for_is_kept(town: Town, client: Facebook, tmp_path: Path) -> None:
    town.fault("publish", "429", reset=600)
    with pytest.raises(RateLimited):
        client.publish(Draft(Form.TEXT, "Open again"))
    assert not posts(town)


def test_a_post_of_ours_is_changed_and_deleted_with_its_comments(town: Town, client: Facebook) -> None:
    comment = town.say()
    client.edit_post(town.post, "Main Street stays closed")
    assert client.post(town.post).text == "Main Street stays closed"
    client.delete_post(town.post)
    assert told(town)["posts"][town.post]["deleted"]
    assert town.truth(comment)["deleted"]
    with pytest.raises(Gone):
        client.delete_post(town.post)


def test_a_post_of_somebody_else_is_not_changed(town: Town, client: Facebook) -> None:
    visited = town.say("On your wall", kind="visitor_post", post=None)
    with pytest.raises(NotPossible):
        client.edit_post(visited, "Put in his mouth")
    assert town.truth(visited)["text"] == "On your wall"
