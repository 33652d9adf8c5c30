"""Posts on Instagram's stand-in, which fetches files itself: what stands there, and that nothing stands twice."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from accounts.platforms import instagram_publishing
from accounts.platforms.client import Client
from accounts.platforms.contract import (
    Draft,
    Form,
    Gone,
    NotPossible,
    PlatformError,
    RateLimited,
    Uncertain,
    Upload,
)
from tests.accounts.platforms.conftest import Town

pytestmark = pytest.mark.sop("1.IG")


def jpeg(width: int = 1080, height: int = 1080, mark: bytes = b"") -> bytes:
    """As much of a picture as its shape is read from."""
    frame = b"\xff\xc0\x00\x11\x08" + height.to_bytes(2, "big") + width.to_bytes(2, "big") + b"\x03" + bytes(9)
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(9) + frame + mark + b"\xff\xd9"


def video(size: int = 3_000_000) -> bytes:
    return b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * (size // 256)


class Files:
    """Our files at addresses that the platform can fetch, and how often it did."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.held: dict[str, bytes] = {}
        self.fetched: list[str] = []
        files = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                files.fetched.append(self.path)
                content = files.held.get(self.path)
                self.send_response(200 if content is not None else 404)
                self.send_header("Content-Length", str(len(content or b"")))
                self.end_headers()
                self.wfile.write(content or b"")

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def put(self, name: str, content: bytes, mime: str = "image/jpeg", alt: str = "", *, served: bool = True) -> Upload:
        path = self.folder / name
        path.write_bytes(content)
        self.held[f"/{name}"] = content
        url = f"http://127.0.0.1:{self.server.server_port}/{name}" if served else ""
        return Upload(path, mime, alt=alt, url=url)


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Files]:
    (tmp_path / "files").mkdir()
    made = Files(tmp_path / "files")
    made.thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    made.thread.join(5)


@pytest.fixture
def town(settle: Callable[..., Town], sandbox_address: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Town:
    settings.RUPLOAD_BASE = f"{sandbox_address}/rupload.facebook.com"
    monkeypatch.setattr(instagram_publishing, "PAUSE", 0.05)
    return settle("instagram")


@pytest.fixture
def client(town: Town) -> Client:
    return town.client()


def put(town: Town, **changes: Any) -> None:
    order = {"handle": town.handle, "name": "Town Police", **town.secrets, **changes}
    town.control("PUT", f"/accounts/instagram/{town.account}", order)


def posts(town: Town) -> list[Any]:
    """What was published by this product: the town's first post was there before."""
    truth = town.control("GET", "/truth/instagram")["instagram"]["posts"]
    return [post for name, post in truth.items() if name != town.post and not post["deleted"]]


def record(town: Town, call: str, body: Any, status: int = 200) -> None:
    packed = base64.b64encode(json.dumps(body).encode()).decode()
    order = {"platform": "instagram", "call": call, "status": status, "body_base64": packed, "times": 1}
    town.control("POST", "/recorded", order)


def error(code: int, subcode: int) -> Any:
    return {"error": {"message": "x", "type": "OAuthException", "code": code, "error_subcode": subcode}}


def just_now() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=5)


def photo(files: Files, text: str = "Main Street is open") -> Draft:
    return Draft(Form.PHOTO, text, files=(files.put("one.jpg", jpeg(), alt="A street"),))


# What stands there


def test_a_photo_stands_with_its_caption_and_its_description(town: Town, client: Client, files: Files) -> None:
    draft = photo(files)
    sent = client.publish(draft)
    (post,) = posts(town)
    assert (post["text"], post["ours"]) == ("Main Street is open", True)
    (part,) = post["attachments"]
    assert (part["sha256"], part["alt"]) == (hashlib.sha256(jpeg()).hexdigest(), "A street")
    assert client.post(sent.remote_id).text == "Main Street is open"
    found = client.published(draft, since=just_now())
    assert found is not None
    assert found.remote_id == sent.remote_id


def test_several_photos_stand_as_one_post_in_their_order(town: Town, client: Client, files: Files) -> None:
    pictures = tuple(files.put(f"{n}.jpg", jpeg(mark=bytes([n])), alt=f"Number {n}") for n in range(10))
    client.publish(Draft(Form.PHOTOS, "Ten", files=pictures))
    (post,) = posts(town)
    assert [part["alt"] for part in post["attachments"]] == [f"Number {n}" for n in range(10)]
    wanted = [hashlib.sha256(jpeg(mark=bytes([n]))).hexdigest() for n in range(10)]
    assert [part["sha256"] for part in post["attachments"]] == wanted


@pytest.mark.parametrize("served", [True, False])
def test_a_video_stands_as_a_reel_fetched_or_sent(served: bool, town: Town, client: Client, files: Files) -> None:
    client.publish(Draft(Form.VIDEO, "Watch", files=(files.put("a.mp4", video(), "video/mp4", served=served),)))
    (post,) = posts(town)
    (part,) = post["attachments"]
    assert (part["media_type"], part["sha256"]) == ("VIDEO", hashlib.sha256(video()).hexdigest())
    assert bool(files.fetched) == served
    assert bool(town.calls("upload")) != served


def test_a_video_that_broke_off_goes_on_from_where_it_was(town: Town, client: Client, files: Files) -> None:
    town.fault("upload", "cut_halfway")
    client.publish(Draft(Form.VIDEO, "Watch", files=(files.put("a.mp4", video(), "video/mp4", served=False),)))
    (post,) = posts(town)
    assert post["attachments"][0]["sha256"] == hashlib.sha256(video()).hexdigest()
    assert len(town.calls("upload")) == 2


def test_a_video_that_never_arrives_is_no_post_and_no_doubt(town: Town, client: Client, files: Files) -> None:
    town.fault("upload", "cut", times=5)
    with pytest.raises(PlatformError, match="did not arrive whole") as failed:
        client.publish(Draft(Form.VIDEO, "Watch", files=(files.put("a.mp4", video(), "video/mp4", served=False),)))
    assert not isinstance(failed.value, Uncertain)
    assert posts(town) == []


# What does not come to stand there


def test_text_alone_is_not_posted(town: Town, client: Client) -> None:
    before = len(town.calls())
    for act in (client.publish, lambda draft: client.published(draft, since=just_now())):
        with pytest.raises(NotPossible, match="text alone"):
            act(Draft(Form.TEXT, "Hello"))
    assert len(town.calls()) == before


@pytest.mark.parametrize(("form", "count"), [(Form.PHOTO, 0), (Form.PHOTO, 2), (Form.PHOTOS, 1), (Form.PHOTOS, 11)])
def test_too_few_and_too_many_files_are_refused_before_anything_is_asked(
    form: Form, count: int, town: Town, client: Client, files: Files
) -> None:
    before = len(town.calls())
    pictures = tuple(files.put(f"{n}.jpg", jpeg()) for n in range(count))
    with pytest.raises(PlatformError) as refused:
        client.publish(Draft(form, "x", files=pictures))
    assert refused.value.permanent
    assert len(town.calls()) == before


@pytest.mark.parametrize(
    ("content", "mime", "served", "said"),
    [
        (jpeg(), "image/png", True, "JPEG only"),
        (jpeg(), "image/jpeg", False, "no address"),
        (b"GIF89a", "image/jpeg", True, "kind of picture"),
        (jpeg(3000, 1000), "image/jpeg", True, "shape"),
    ],
)
def test_a_picture_that_instagram_does_not_take_is_refused_for_good(
    content: bytes, mime: str, served: bool, said: str, town: Town, client: Client, files: Files
) -> None:
    with pytest.raises(PlatformError, match=said) as refused:
        client.publish(Draft(Form.PHOTO, "x", files=(files.put("a.jpg", content, mime, served=served),)))
    assert refused.value.permanent
    assert posts(town) == []


def test_a_picture_that_can_not_be_fetched_now_is_tried_again(town: Town, client: Client, files: Files) -> None:
    draft = photo(files)
    held = files.held.pop("/one.jpg")
    with pytest.raises(PlatformError, match="could not fetch") as failed:
        client.publish(draft)
    assert not failed.value.permanent
    files.held["/one.jpg"] = held
    client.publish(draft)
    assert len(posts(town)) == 1


def test_a_caption_that_is_too_long_is_refused_for_good(town: Town, client: Client, files: Files) -> None:
    with pytest.raises(PlatformError, match="caption") as refused:
        client.publish(photo(files, "x" * 2201))
    assert refused.value.permanent
    client.publish(photo(files, "x" * 2200))
    assert len(posts(town)) == 1


def test_a_video_of_another_format_is_refused_for_good(town: Town, client: Client, files: Files) -> None:
    for served in (True, False):
        with pytest.raises(PlatformError, match="format") as refused:
            client.publish(Draft(Form.VIDEO, "x", files=(files.put("a.mp4", b"MZ" * 50, "video/mp4", served=served),)))
        assert refused.value.permanent
    assert posts(town) == []


def test_a_restricted_account_is_an_officers_matter(town: Town, client: Client, files: Files) -> None:
    put(town, restricted=True)
    with pytest.raises(NotPossible, match="restricts"):
        client.publish(photo(files))


# The day's posts


def test_when_the_days_posts_are_used_up_nothing_is_begun(town: Town, client: Client, files: Files) -> None:
    put(town, publishing_limit=1)
    client.publish(photo(files, "First"))
    before = len(town.calls("create_container"))
    with pytest.raises(RateLimited) as refused:
        client.publish(photo(files, "Second"))
    assert refused.value.call == "publish"
    assert 0 < refused.value.retry_after <= 24 * 3600
    assert len(town.calls("create_container")) == before
    assert len(posts(town)) == 1


def test_the_days_end_is_also_understood_where_it_comes_late(town: Town, client: Client, files: Files) -> None:
    record(town, "publish", error(9, 2207042), 400)
    with pytest.raises(RateLimited):
        client.publish(photo(files))


def test_a_limit_that_says_nothing_hinders_nobody(town: Town, client: Client, files: Files) -> None:
    record(town, "publishing_limit", {"data": [{}]})
    client.publish(photo(files))
    assert len(posts(town)) == 1


# Containers


def test_a_container_is_waited_for(town: Town, client: Client, files: Files) -> None:
    put(town, processing=0.4)
    client.publish(Draft(Form.VIDEO, "Watch", files=(files.put("a.mp4", video(1000), "video/mp4"),)))
    assert len(town.calls("container")) > 2
    assert len(posts(town)) == 1


def test_a_container_that_takes_too_long_is_left_and_made_anew(
    town: Town, client: Client, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(instagram_publishing.PATIENCE, Form.VIDEO, 0.2)
    put(town, processing=30)
    with pytest.raises(PlatformError, match="still preparing") as failed:
        client.publish(Draft(Form.VIDEO, "Watch", files=(files.put("a.mp4", video(1000), "video/mp4"),)))
    assert not failed.value.permanent
    assert not isinstance(failed.value, Uncertain)
    assert posts(town) == []


def test_a_container_that_expired_is_made_anew(town: Town, client: Client, files: Files) -> None:
    put(town, container_life=0)
    with pytest.raises(PlatformError, match="expired") as failed:
        client.publish(photo(files))
    assert not failed.value.permanent
    put(town)
    client.publish(photo(files))
    assert len(posts(town)) == 1


@pytest.mark.parametrize("said", [{"status_code": "ERROR"}, {"status_code": "ERROR", "status": "Error: 2207099"}])
def test_an_unknown_error_of_a_container_is_for_good(said: Any, town: Town, client: Client, files: Files) -> None:
    record(town, "container", said)
    with pytest.raises(PlatformError, match="could not make a post") as refused:
        client.publish(photo(files))
    assert refused.value.permanent


def test_a_container_that_is_published_already_is_not_published_again(town: Town, client: Client, files: Files) -> None:
    record(town, "container", {"status_code": "PUBLISHED"})
    with pytest.raises(Uncertain, match="does not list it yet"):
        client.publish(photo(files))
    assert town.calls("publish") == []


@pytest.mark.parametrize("fault", ["cut", "applied_then_timeout", "truncated", "500", "garbage"])
def test_a_container_whose_answer_is_lost_is_no_doubt(fault: str, town: Town, client: Client, files: Files) -> None:
    town.fault("create_container", fault, seconds=0)
    with pytest.raises(PlatformError) as failed:
        client.publish(photo(files))
    assert not isinstance(failed.value, Uncertain)
    assert posts(town) == []
    client.publish(photo(files))
    assert len(posts(town)) == 1


# The publication itself


@pytest.mark.parametrize("fault", ["applied_then_timeout", "truncated"])
def test_a_publication_whose_answer_is_lost_is_found(fault: str, town: Town, client: Client, files: Files) -> None:
    town.fault("publish", fault, seconds=0)
    sent = client.publish(photo(files))
    assert client.post(sent.remote_id).text == "Main Street is open"
    assert len(posts(town)) == len(town.calls("publish")) == 1


@pytest.mark.parametrize("fault", ["cut", "500", "garbage"])
def test_a_publication_of_which_nothing_is_known_is_in_doubt_and_not_sent_twice(
    fault: str, town: Town, client: Client, files: Files
) -> None:
    since, draft = just_now(), photo(files)
    town.fault("publish", fault, seconds=0)
    with pytest.raises(Uncertain):
        client.publish(draft)
    assert len(town.calls("publish")) == 1
    assert posts(town) == []
    assert client.published(draft, since=since) is None


def test_in_doubt_nothing_is_said_where_the_container_does_not_answer(town: Town, client: Client, files: Files) -> None:
    town.fault("publish", "applied_then_timeout", seconds=0)
    since, draft = just_now(), photo(files)
    record(town, "container", {"status_code": "FINISHED"})
    record(town, "container", error(100, 1), 400)
    with pytest.raises(Uncertain):
        client.publish(draft)
    assert client.published(draft, since=since) is not None


def test_a_draft_is_told_from_other_posts_by_caption_time_and_kind(town: Town, client: Client, files: Files) -> None:
    draft = photo(files)
    client.publish(draft)
    assert client.published(photo(files, "Another"), since=just_now()) is None
    assert client.published(draft, since=datetime.now(UTC) + timedelta(hours=1)) is None
    assert client.published(Draft(Form.VIDEO, draft.text, files=draft.files), since=just_now()) is None
    assert client.published(draft, since=just_now()) is not None


# Answers that are none


HOSTILE = [[], "x", None, 5, {}, {"id": {}}, {"id": "../me"}, {"id": None}, {"data": [[]]}, {"data": 7}]


@pytest.mark.parametrize("call", ["create_container", "publish"])
def test_an_answer_that_is_none_is_no_success(call: str, town: Town, client: Client, files: Files) -> None:
    for body in HOSTILE:
        record(town, call, body)
        with pytest.raises(PlatformError, match=r"understood|did not answer") as failed:
            client.publish(photo(files))
        assert isinstance(failed.value, Uncertain) == (call == "publish"), body
    assert posts(town) == []


@pytest.mark.parametrize("call", ["publishing_limit", "container"])
def test_a_look_that_brings_nothing_does_no_harm(call: str, town: Town, client: Client, files: Files) -> None:
    for count, body in enumerate(HOSTILE, start=1):
        record(town, call, body)
        client.publish(photo(files))
        assert len(posts(town)) == count, body


def test_instagrams_own_trouble_at_the_publication_is_a_doubt(town: Town, client: Client, files: Files) -> None:
    record(town, "publish", error(-1, 2207001), 400)
    with pytest.raises(Uncertain):
        client.publish(photo(files))


# Changing and deleting


def test_a_post_is_deleted_with_its_comments_and_then_it_is_gone(town: Town, client: Client) -> None:
    comment = town.say()
    client.delete_post(town.post)
    assert town.truth(comment)["deleted"]
    for act in (client.delete_post, client.post):
        with pytest.raises(Gone):
            act(town.post)


def test_without_the_permission_a_post_is_deleted_by_hand(town: Town, client: Client) -> None:
    record(town, "delete_post", error(10, 0), 403)
    with pytest.raises(NotPossible, match="permit"):
        client.delete_post(town.post)


def test_a_caption_is_changed_by_hand(town: Town, client: Client) -> None:
    with pytest.raises(NotPossible, match="no application change a caption"):
        client.edit_post(town.post, "New")


def test_no_token_shows_in_what_is_sent_to_the_host_for_uploads(town: Town) -> None:
    assert town.secrets["access_token"] not in repr(instagram_publishing._UploadToken(town.secrets["access_token"]))
