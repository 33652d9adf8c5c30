"""What the stand-in of YouTube does beyond reading and moderating: own comments, videos, uploads, Google's sign-in."""

import hashlib
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from sandbox.authorizing import s256
from tests import conformance
from tests.sandbox.conftest import CHANNEL, YOUTUBE, Town

pytestmark = pytest.mark.sop("1.YT")
UPLOAD = "/youtube.googleapis.com/upload/youtube/v3/videos"
UNIT = 256 * 1024
SNIPPET = {"title": "Boats", "description": "They came.", "tags": ["boats"], "categoryId": "25"}
BACK = "https://unit.example/back/"


def reason(answer: httpx.Response) -> str:
    return str(answer.json()["error"]["errors"][0]["reason"])


def begin(town: Town, size: int = 0, snippet: object = SNIPPET, **status: object) -> httpx.Response:
    query = {"uploadType": "resumable", "part": "snippet,status"}
    headers = {"Authorization": "Bearer token-youtube", "X-Upload-Content-Type": "video/mp4"}
    headers |= {"X-Upload-Content-Length": str(size)} if size else {}
    body = {"snippet": snippet, "status": status}
    conformance.check_youtube_request("POST", UPLOAD, query, body)
    return town.client.post(UPLOAD, params=query, headers=headers, json=body)


def put(town: Town, place: str, span: str, content: bytes = b"") -> httpx.Response:
    headers = {"Authorization": "Bearer token-youtube", "Content-Range": f"bytes {span}"}
    return town.client.put(place, headers=headers, content=content)


def comment(town: Town, video: str, text: object) -> httpx.Response:
    thread = {"channelId": CHANNEL, "videoId": video, "topLevelComment": {"snippet": {"textOriginal": text}}}
    return town.youtube("POST", "commentThreads", {"part": "snippet"}, {"snippet": thread})


# Comments of our own


def test_a_thread_is_begun_edited_and_deleted(town: Town):
    made = comment(town, town.posts["youtube"], "Hello").json()
    assert town.threads()[0]["id"] == made["id"]
    body = {"id": made["id"], "snippet": {"textOriginal": "Good morning"}}
    assert (
        town.youtube("PUT", "comments", {"part": "snippet"}, body).json()["snippet"]["textOriginal"] == "Good morning"
    )
    assert town.youtube("DELETE", "comments", {"id": made["id"]}).status_code == 204
    assert town.threads() == []
    assert town.youtube("DELETE", "comments", {"id": made["id"]}).status_code == 404


def test_what_is_no_comment_of_ours_is_not_touched(town: Town):
    theirs = town.say("youtube")
    body = {"id": theirs, "snippet": {"textOriginal": "Other words"}}
    assert reason(town.youtube("PUT", "comments", {"part": "snippet"}, body)) == "forbidden"
    assert reason(town.youtube("DELETE", "comments", {"id": theirs})) == "forbidden"
    assert town.truth("youtube")["comments"][theirs]["text"] == "Thank you"


def test_a_thread_needs_a_video_and_a_text(town: Town):
    assert reason(comment(town, "none", "Hello")) == "videoNotFound"
    assert reason(comment(town, town.posts["youtube"], "")) == "commentTextRequired"
    assert reason(comment(town, town.posts["youtube"], "a" * 10_001)) == "commentTextTooLong"
    town.put_account("youtube", comments_disabled=[town.posts["youtube"]])
    assert reason(comment(town, town.posts["youtube"], "Hello")) == "commentsDisabled"


def test_the_truth_names_the_banned(town: Town):
    named = town.say("youtube")
    query = {"id": named, "moderationStatus": "rejected", "banAuthor": "true"}
    town.youtube("POST", "comments/setModerationStatus", query)
    assert town.truth("youtube")["bans"] == {CHANNEL: ["9001"]}


# The channel


def test_a_channel_tells_its_numbers_in_three_digits_and_its_description(town: Town):
    town.put_account("youtube", followers=98_765, about="Our terms")
    query = {"part": "snippet,statistics,brandingSettings", "mine": "true"}
    (one,) = town.youtube("GET", "channels", query).json()["items"]
    assert (one["statistics"]["subscriberCount"], one["snippet"]["description"]) == ("98700", "Our terms")
    town.put_account("youtube", followers=98_765, followers_hidden=True)
    (one,) = town.youtube("GET", "channels", query).json()["items"]
    assert one["statistics"]["hiddenSubscriberCount"]
    assert "subscriberCount" not in one["statistics"]


# Videos


def test_a_video_comes_in_parts_and_stands_with_its_digest(town: Town):
    film = bytes(range(256)) * (UNIT // 128) + b"the end"
    place = begin(town, len(film), privacyStatus="unlisted").headers["location"]
    assert put(town, place, f"*/{len(film)}").headers.get("range") is None
    first = put(town, place, f"0-{UNIT - 1}/{len(film)}", film[:UNIT])
    assert (first.status_code, first.headers["range"]) == (308, f"bytes=0-{UNIT - 1}")
    assert put(town, place, f"*/{len(film)}").headers["range"] == f"bytes=0-{UNIT - 1}"
    last = put(town, place, f"{UNIT}-{len(film) - 1}/{len(film)}", film[UNIT:])
    conformance.check_youtube("POST", UPLOAD, 200, last.json())
    assert last.json()["status"]["privacyStatus"] == "unlisted"
    assert put(town, place, f"*/{len(film)}").json()["id"] == last.json()["id"]
    kept = town.truth("youtube")["posts"][last.json()["id"]]["attachments"][0]
    assert (kept["sha256"], kept["size"]) == (hashlib.sha256(film).hexdigest(), len(film))


def test_without_a_privacy_status_a_video_is_public(town: Town):
    place = begin(town).headers["location"]
    assert put(town, place, "0-3/4", b"film").json()["status"]["privacyStatus"] == "public"


@pytest.mark.parametrize("span", ["0-0/9", "1-4/5", "0-9/5", "9-0/10", "0-3", "*", f"0-{UNIT}/{9 * UNIT}"])
def test_a_part_that_does_not_fit_is_refused(town: Town, span: str):
    place = begin(town).headers["location"]
    assert put(town, place, span, b"a" * 4).status_code == 400
    assert len(town.truth("youtube")["posts"]) == 1


def test_a_place_is_known_by_its_whole_address_only(town: Town):
    place = begin(town).headers["location"]
    assert put(town, place[:-1], "0-3/4", b"film").status_code == 404
    assert put(town, UPLOAD + "?upload_id=1-", "0-3/4", b"film").status_code == 404


@pytest.mark.parametrize(
    ("snippet", "why"),
    [
        ({}, "invalidTitle"),
        (SNIPPET | {"title": "a" * 101}, "invalidTitle"),
        (SNIPPET | {"title": "<b>"}, "invalidTitle"),
        (SNIPPET | {"description": "ñ" * 2_501}, "invalidDescription"),
    ],
)
def test_a_video_without_a_good_title_or_description_is_refused(town: Town, snippet: object, why: str):
    assert reason(begin(town, snippet=snippet)) == why


def test_uploads_have_a_bucket_of_their_own(town: Town):
    town.put_account("youtube", rate_limit={"publish_video": 1})
    assert begin(town).status_code == 200
    assert reason(begin(town)) == "quotaExceeded"
    assert comment(town, town.posts["youtube"], "Hello").status_code == 200


def test_youtube_works_on_a_video_for_a_while_and_may_fail(town: Town):
    for ordered, status in (({"seconds": 60}, "uploaded"), ({}, "processed"), ({"failed": "codec"}, "failed")):
        town.put_account("youtube", processing=ordered)
        named = put(town, begin(town).headers["location"], "0-3/4", b"film").json()["id"]
        (one,) = town.youtube("GET", "videos", {"part": "status", "id": named}).json()["items"]
        assert one["status"]["uploadStatus"] == status


def test_an_update_replaces_the_whole_snippet(town: Town):
    named = put(town, begin(town).headers["location"], "0-3/4", b"film").json()["id"]
    less = {"id": named, "snippet": {"title": "Ships", "categoryId": "22"}}
    changed = town.youtube("PUT", "videos", {"part": "snippet"}, less).json()["snippet"]
    assert (changed["title"], changed["description"], changed.get("tags")) == ("Ships", "", None)
    without = {"id": named, "snippet": {"title": "Ships"}}
    assert reason(town.youtube("PUT", "videos", {"part": "snippet"}, without)) == "invalidCategoryId"


def test_a_deleted_video_takes_its_comments_along(town: Town):
    named = town.say("youtube")
    assert town.youtube("DELETE", "videos", {"id": town.posts["youtube"]}).status_code == 204
    assert town.truth("youtube")["comments"][named]["deleted"]
    assert reason(town.youtube("DELETE", "videos", {"id": town.posts["youtube"]})) == "videoNotFound"


# Google's sign-in


@pytest.fixture
def app(town: Town) -> dict[str, str]:
    made = {"client_id": "unit.apps.example", "client_secret": "secret"}
    town.control("PUT", "/apps/youtube", made | {"redirect_uris": [BACK]})
    return made


def authorize(town: Town, **changes: str) -> httpx.Response:
    query = {"client_id": "unit.apps.example", "redirect_uri": BACK, "response_type": "code", "scope": "a b"}
    query |= {"state": "s", "code_challenge": s256("verifier"), "code_challenge_method": "S256"} | changes
    return town.client.get("/accounts.google.com/o/oauth2/v2/auth", params=query)


def exchange(town: Town, app: dict[str, str], **changes: str) -> httpx.Response:
    back = parse_qs(urlsplit(authorize(town, access_type="offline").headers["location"]).query)
    form = {"grant_type": "authorization_code", "code": back["code"][0], "redirect_uri": BACK} | app
    return town.client.post("/oauth2.googleapis.com/token", data=form | {"code_verifier": "verifier"} | changes)


def test_a_code_becomes_tokens_with_what_was_granted(town: Town, app: dict[str, str]):
    told = exchange(town, app).json()
    assert set(told) == {"access_token", "expires_in", "refresh_token", "scope", "token_type"}
    assert (told["scope"], told["expires_in"], told["token_type"]) == ("a b", 3599, "Bearer")
    headers = {"Authorization": f"Bearer {told['access_token']}"}
    refused = town.client.get(f"{YOUTUBE}/channels", params={"part": "id", "mine": "true"}, headers=headers)
    assert (refused.status_code, reason(refused)) == (403, "insufficientPermissions")


def test_a_refresh_token_comes_only_to_who_asked_for_it(town: Town, app: dict[str, str]):
    code = parse_qs(urlsplit(authorize(town).headers["location"]).query)["code"][0]
    assert "refresh_token" not in exchange(town, app, code=code).json()


@pytest.mark.parametrize(
    ("changes", "status", "name"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "wrong"}, 401, "invalid_client"),
        ({"code": "4/0Awrong"}, 400, "invalid_grant"),
        ({"code_verifier": "wrong"}, 400, "invalid_grant"),
        ({"redirect_uri": "https://evil.example/"}, 400, "redirect_uri_mismatch"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
def test_a_wrong_exchange_is_refused_as_google_does(
    town: Town, app: dict[str, str], changes: dict[str, str], status: int, name: str
):
    answer = exchange(town, app, **changes)
    assert (answer.status_code, answer.json()["error"]) == (status, name)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"client_id": "wrong"}, 401),
        ({"redirect_uri": "https://evil.example/"}, 400),
        ({"response_type": "token"}, 400),
        ({"scope": ""}, 400),
        ({"code_challenge_method": "plain"}, 400),
    ],
)
def test_a_wrong_request_to_authorize_shows_an_error_and_does_not_go_back(
    town: Town, app: dict[str, str], changes: dict[str, str], status: int
):
    answer = authorize(town, **changes)
    assert (answer.status_code, "location" in answer.headers) == (status, False)


def test_a_token_tells_of_itself_until_it_is_given_back(town: Town, app: dict[str, str]):
    told = exchange(town, app).json()
    form = {"access_token": told["access_token"]}
    assert town.client.post("/oauth2.googleapis.com/tokeninfo", data=form).json()["scope"] == "a b"
    assert town.client.post("/oauth2.googleapis.com/revoke", data={"token": told["refresh_token"]}).status_code == 200
    assert town.client.post("/oauth2.googleapis.com/tokeninfo", data=form).status_code == 400
    assert town.client.post("/oauth2.googleapis.com/revoke", data={"token": told["refresh_token"]}).status_code == 400
    refresh = {"grant_type": "refresh_token", "refresh_token": told["refresh_token"]} | app
    assert town.client.post("/oauth2.googleapis.com/token", data=refresh).json()["error"] == "invalid_grant"
