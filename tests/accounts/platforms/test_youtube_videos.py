"""Videos on YouTube: uploads in parts that survive cuts, found again, edited, deleted; the stand-in's truth beside."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from accounts.platforms import client_for, http, youtube_publishing
from accounts.platforms.contract import (
    Credentials,
    Draft,
    Form,
    Gone,
    NotPossible,
    PlatformError,
    Sent,
    TokenExpired,
    Uncertain,
    Upload,
)
from accounts.platforms.youtube_publishing import A_PART, PAUSES, UNIT
from tests.accounts.platforms.conftest import Town

pytestmark = pytest.mark.sop("1.YT")
Settle = Callable[..., Town]
TEXT = "The new patrol boats\n\nThey are quieter. Ask us below — ¡pregunte!"


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """No pauses; which were asked for."""
    asked: list[float] = []
    monkeypatch.setattr(youtube_publishing, "wait", asked.append)
    monkeypatch.setattr(youtube_publishing, "A_PART", 2 * UNIT)
    return asked


@pytest.fixture
def film(tmp_path: Path) -> Draft:
    """Three parts and a bit."""
    file = tmp_path / "boats.mp4"
    file.write_bytes(bytes(range(256)) * (6 * UNIT // 256) + b"the end")
    return Draft(Form.VIDEO, TEXT, files=(Upload(file, "video/mp4"),))


def just_now() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=5)


def videos(town: Town) -> list[Any]:
    posts = town.control("GET", "/truth/youtube")["youtube"]["posts"]
    return [one for name, one in posts.items() if name != town.post and not one["deleted"]]


def digest(draft: Draft) -> str:
    return hashlib.sha256(draft.files[0].path.read_bytes()).hexdigest()


def test_a_video_is_uploaded_in_parts_public_and_found_again(settle: Settle, film: Draft) -> None:
    town = settle("youtube")
    assert town.client().published(film, since=just_now()) is None
    sent = town.client().publish(film)
    (video,) = videos(town)
    (details,) = video["attachments"]
    assert (details["sha256"], details["mime"], details["title"]) == (digest(film), "video/mp4", TEXT.split("\n")[0])
    assert (details["privacyStatus"], details["selfDeclaredMadeForKids"], video["text"]) == ("public", False, TEXT)
    assert len(town.calls("publish_part")) == 4
    found = town.client().published(film, since=just_now())
    assert found is not None
    assert found.remote_id == sent.remote_id
    assert town.client().post(sent.remote_id).text == TEXT.split("\n")[0]


def test_a_title_that_is_given_is_the_title(settle: Settle, film: Draft) -> None:
    town = settle("youtube")
    titled = Draft(Form.VIDEO, TEXT, title="Boats", files=film.files)
    town.client().publish(titled)
    assert videos(town)[0]["attachments"][0]["title"] == "Boats"
    assert town.client().published(titled, since=just_now())
    assert town.client().published(film, since=just_now()) is None
    assert town.client().published(titled, since=datetime.now(UTC) + timedelta(hours=1)) is None


@pytest.mark.parametrize("fault", ["cut", "cut_halfway", "500", "applied_then_timeout", "garbage", "429"])
@pytest.mark.parametrize("at", [0, 1, 3])
def test_an_upload_goes_on_where_it_was_cut(fault: str, at: int, settle: Settle, film: Draft) -> None:
    town = settle("youtube")
    client = town.client()
    with BeforePart(at, lambda: town.fault("publish_part", fault, seconds=0)):
        sent = _publish_or_find(client, film)
    (video,) = videos(town)
    assert video["attachments"][0]["sha256"] == digest(film)
    assert sent.remote_id
    assert len(town.calls("publish_video")) == 1


def _publish_or_find(client: Any, film: Draft) -> Sent:
    """As an order does: publish, and after an uncertain outcome ask before anything is sent again."""
    try:
        sent: Sent = client.publish(film)
    except Uncertain:
        found: Sent | None = client.published(film, since=just_now())
        assert found is not None
        return found
    return sent


class BeforePart:
    """Orders something just before the n-th part leaves."""

    def __init__(self, at: int, order: Callable[[], None]) -> None:
        self.at, self.order, self.seen = at, order, 0

    def __enter__(self) -> None:
        self.hooks = http._client().event_hooks
        http._client().event_hooks = {"request": [self, *self.hooks["request"]]}

    def __exit__(self, *_: object) -> None:
        http._client().event_hooks = self.hooks

    def __call__(self, request: httpx.Request) -> None:
        if "upload_id" in request.url.params and "*" not in request.headers["content-range"]:
            if self.seen == self.at:
                self.order()
            self.seen += 1


def test_an_upload_that_never_gets_on_leaves_nothing_and_says_so(
    settle: Settle, film: Draft, waits: list[float]
) -> None:
    town = settle("youtube")
    town.fault("publish_part", "500", times=50)
    with pytest.raises(PlatformError) as caught:
        town.client().publish(film)
    assert not isinstance(caught.value, Uncertain)
    assert not caught.value.permanent
    assert waits == list(PAUSES)
    assert not videos(town)
    town.control("DELETE", "/faults")
    town.client().publish(film)
    assert len(videos(town)) == 1


def test_an_end_that_is_never_confirmed_is_uncertain(settle: Settle, film: Draft) -> None:
    town = settle("youtube")
    with (
        BeforePart(3, lambda: town.fault("publish_part", "applied_then_timeout", times=50, seconds=0)),
        pytest.raises(Uncertain),
    ):
        town.client().publish(film)
    town.control("DELETE", "/faults")
    assert len(videos(town)) == 1
    assert town.client().published(film, since=just_now())


def test_a_token_that_ends_in_the_middle_is_renewed_and_the_upload_goes_on(settle: Settle, film: Draft) -> None:
    town = settle("youtube")
    with BeforePart(2, lambda: town.fault("publish_part", "expired_token")):
        town.client().publish(film)
    assert len(town.renewed) == 1
    assert videos(town)[0]["attachments"][0]["sha256"] == digest(film)


def test_a_lost_announcement_is_no_video_and_may_be_sent_again(settle: Settle, film: Draft) -> None:
    town = settle("youtube")
    town.fault("publish_video", "applied_then_timeout", seconds=0)
    with pytest.raises(PlatformError) as caught:
        town.client().publish(film)
    assert not isinstance(caught.value, Uncertain)
    assert not videos(town)


@pytest.mark.parametrize(("outcome", "reason"), [("failed", "codec"), ("rejected", "copyright")])
def test_a_video_that_youtube_cannot_use_has_failed_with_its_reason(
    outcome: str, reason: str, settle: Settle, film: Draft
) -> None:
    town = settle("youtube", processing={outcome: reason})
    with pytest.raises(PlatformError, match=reason) as caught:
        town.client().publish(film)
    assert caught.value.permanent
    assert town.client().published(film, since=just_now()) is None


def test_a_video_that_takes_long_stands_all_the_same(settle: Settle, film: Draft, waits: list[float]) -> None:
    town = settle("youtube", processing={"seconds": 600})
    sent = town.client().publish(film)
    assert waits == list(youtube_publishing.LOOKS)
    assert town.client().published(film, since=just_now()) == sent
    town.fault("get_post", "500", times=9)  # looking is no part of publishing
    town.client().publish(Draft(Form.VIDEO, "Another", files=film.files))
    assert len(videos(town)) == 2


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"text": ""}, "title"),
        ({"text": "Boats <new>"}, "<"),
        ({"text": "Boats\n" + "ñ" * 2_600}, "5000 bytes"),
        ({"files": ()}, "one file"),
    ],
)
def test_what_youtube_would_refuse_is_refused_before_an_upload_is_spent(
    change: dict[str, Any], says: str, settle: Settle, film: Draft
) -> None:
    town = settle("youtube")
    with pytest.raises(PlatformError, match=says) as caught:
        town.client().publish(Draft(**{"form": Form.VIDEO, "text": TEXT, "files": film.files} | change))
    assert caught.value.permanent
    assert not town.calls("publish_video")


def test_an_empty_file_is_refused(settle: Settle, tmp_path: Path) -> None:
    empty = tmp_path / "empty.mp4"
    empty.touch()
    with pytest.raises(PlatformError, match="empty"):
        settle("youtube").client().publish(Draft(Form.VIDEO, TEXT, files=(Upload(empty, "video/mp4"),)))


def test_a_description_is_edited_and_the_rest_of_the_video_stays(settle: Settle, film: Draft) -> None:
    town = settle("youtube")
    client = town.client()
    sent = client.publish(Draft(Form.VIDEO, TEXT, title="Boats", files=film.files))
    client.edit_post(sent.remote_id, "They came today.")
    (video,) = videos(town)
    assert (video["text"], video["attachments"][0]["title"]) == ("They came today.", "Boats")
    assert video["attachments"][0]["sha256"] == digest(film)


def test_a_title_that_was_the_first_line_follows_it(settle: Settle, film: Draft) -> None:
    town = settle("youtube")
    sent = town.client().publish(film)
    town.client().edit_post(sent.remote_id, "The old patrol boats\nThey are gone.")
    assert videos(town)[0]["attachments"][0]["title"] == "The old patrol boats"


def test_a_deleted_video_is_gone_with_its_comments_and_nobody_elses_is_touched(settle: Settle, film: Draft) -> None:
    town, other = settle("youtube"), settle("youtube")
    sent = town.client().publish(film)
    comment = town.say(post=sent.remote_id)
    town.client().delete_post(sent.remote_id)
    assert not videos(town) or all(one["account"] != town.account for one in videos(town))
    assert town.truth(comment)["deleted"]
    with pytest.raises(Gone):
        town.client().delete_post(sent.remote_id)
    with pytest.raises(Gone):
        town.client().edit_post(sent.remote_id, "More")
    with pytest.raises(NotPossible):
        town.client().delete_post(other.post)


# Answers that nobody ordered


@pytest.mark.parametrize(
    "location",
    ["", "https://evil.example/upload/youtube/v3/videos?upload_id=1", "http://youtube.test/upload", "javascript:1"],
)
def test_the_bytes_go_to_youtube_and_nowhere_else(location: str, answering: Any, film: Draft) -> None:
    made = answering(lambda request: (200, {"location": location}, b""))
    client = client_for("youtube", Credentials("UC1", access_token="t"))
    with pytest.raises(PlatformError, match="no place"):
        client.publish(film)
    assert len(made) == 1


PLACE = "https://youtube.test/upload/youtube/v3/videos?upload_id=1"


@pytest.mark.parametrize(
    "range_",
    ["", "bytes=0-0", "bytes=0-99999999999999999999999", "nonsense", "bytes=0-999999999", "0--1"],
)
def test_a_range_that_makes_no_sense_ends_the_upload(range_: str, answering: Any, film: Draft) -> None:
    def answer(request: httpx.Request) -> Any:
        return (200, {"location": PLACE}, b"") if request.method == "POST" else (308, {"range": range_}, b"")

    made = answering(answer)
    with pytest.raises(PlatformError):
        client_for("youtube", Credentials("UC1", access_token="t")).publish(film)
    assert len(made) < 20


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, b"", Uncertain),
        (200, b"<html>", Uncertain),
        (200, b'{"id":null}', Uncertain),
        (401, b"{}", TokenExpired),
        (404, b"", PlatformError),
        (410, b"", PlatformError),
        (400, b"{}", PlatformError),
    ],
)
def test_what_else_the_last_part_may_be_answered(
    status: int, body: bytes, error: type[PlatformError], answering: Any, film: Draft
) -> None:
    film.files[0].path.write_bytes(b"one part")
    answering(lambda request: (200, {"location": PLACE}, b"") if request.method == "POST" else (status, {}, body))
    with pytest.raises(error) as caught:
        client_for("youtube", Credentials("UC1", access_token="t")).publish(film)
    assert type(caught.value) is error
    assert "upload_id" not in str(caught.value)
    assert A_PART % UNIT == 0
