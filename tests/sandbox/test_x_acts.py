"""The stand-in for X, held to its specification: messages, posts with files, blocking, the app's calls."""

import base64
import hashlib
from typing import Any

import httpx
import pytest

from tests import conformance
from tests.sandbox.conftest import BIRD, Town, X

SHY = {"id": "9002", "name": "Ben Shy", "handle": "ben", "receives_your_dm": False}
MESSAGES = {
    "dm_event.fields": "created_at,dm_conversation_id,event_type,text",
    "expansions": "sender_id",
    "user.fields": "username",
}
IMAGE = {"media_type": "image/png", "media_category": "tweet_image"}
FILM = {"media_type": "video/mp4", "media_category": "tweet_video"}


def message(town: Town, text: str = "Is the bridge open?", **more: Any) -> str:
    return town.say("x", text, kind="message", post=None, **more)


def write(town: Town, person: str = "9001", text: str = "Yes") -> httpx.Response:
    return town.x("POST", f"/2/dm_conversations/with/{person}/messages", json={"text": text})


def events(town: Town, path: str = "/2/dm_events", **query: str) -> Any:
    return town.x("GET", path, MESSAGES | query).json()


def append(town: Town, named: str, content: bytes, number: int = 0) -> httpx.Response:
    return town.client.post(
        f"{X}/2/media/upload/{named}/append",
        headers={"Authorization": "Bearer token-x"},
        data={"segment_index": str(number)},
        files={"media": ("piece", content, "application/octet-stream")},
    )


def upload(town: Town, content: bytes = b"picture", kind: dict[str, str] = IMAGE) -> str:
    begun = town.x("POST", "/2/media/upload/initialize", json=kind | {"total_bytes": len(content)})
    named = str(begun.json()["data"]["id"])
    assert append(town, named, content).status_code == 200
    assert town.x("POST", f"/2/media/upload/{named}/finalize").status_code == 200
    return named


def publish(town: Town, text: str = "Look", *media: str) -> httpx.Response:
    return town.x("POST", "/2/tweets", json={"text": text} | ({"media": {"media_ids": list(media)}} if media else {}))


def posts(town: Town) -> list[Any]:
    return [one for named, one in town.truth("x")["posts"].items() if named != town.posts["x"] and not one["deleted"]]


# Messages


def test_messages_are_listed_newest_first_with_who_sent_them(town: Town):
    first = message(town)
    sent = write(town)
    assert sent.status_code == 201
    body = events(town)
    assert [one["id"] for one in body["data"]] == [sent.json()["data"]["dm_event_id"], first]
    assert [one["sender_id"] for one in body["data"]] == [BIRD, "9001"]
    assert {one["dm_conversation_id"] for one in body["data"]} == {sent.json()["data"]["dm_conversation_id"]}
    assert {one["username"] for one in body["includes"]["users"]} == {"townpolice", "ann"}
    assert events(town, f"/2/dm_events/{first}")["data"]["text"] == "Is the bridge open?"


def test_a_conversation_holds_its_own_messages_only(town: Town):
    message(town, "From Ann")
    message(town, "From Ben", author=SHY)
    assert [one["text"] for one in events(town, "/2/dm_conversations/with/9002/dm_events")["data"]] == ["From Ben"]
    assert events(town, "/2/dm_conversations/with/77/dm_events") == {"meta": {"result_count": 0}}


def test_pages_of_messages_are_whole_and_none_comes_twice(town: Town):
    for n in range(7):
        message(town, f"Message {n}")
    seen, query = [], {"max_results": "3"}
    while True:
        body = events(town, **query)
        seen += [one["text"] for one in body["data"]]
        if "next_token" not in body["meta"]:
            break
        query["pagination_token"] = body["meta"]["next_token"]
    assert seen == [f"Message {n}" for n in reversed(range(7))]
    assert town.x("GET", "/2/dm_events", MESSAGES | {"pagination_token": "x" * 16}).status_code == 400


def test_messages_are_private_and_old_ones_are_not_shown(town: Town):
    named = message(town, "@townpolice hello")
    message(town, "Long ago", created_at="2025-01-01T00:00:00Z")
    assert [one["text"] for one in events(town)["data"]] == ["@townpolice hello"]
    for path, query in (
        (f"/2/users/{BIRD}/mentions", {}),
        ("/2/tweets/search/recent", {"query": "hello"}),
        (f"/2/users/{BIRD}/tweets", {}),
    ):
        write(town)
        assert named not in str(town.x("GET", path, query).json().get("data", ()))
        assert "Yes" not in str(town.x("GET", path, query).json().get("data", ()))
    assert "data" not in town.x("GET", f"/2/tweets/{named}").json()
    assert town.x("PUT", f"/2/tweets/{named}/hidden", json={"hidden": True}).status_code == 404
    assert town.x("DELETE", f"/2/tweets/{named}").status_code == 404


def test_who_takes_no_messages_gets_none(town: Town):
    town.say("x", author=SHY)
    assert (
        town.x("GET", "/2/users/9002", {"user.fields": "receives_your_dm"}).json()["data"]["receives_your_dm"] is False
    )
    for person in ("9002", "12345"):
        assert write(town, person).status_code == 403
    assert write(town, text="").status_code == 400
    assert town.x("POST", "/2/dm_conversations/with/9001/messages", json={"text": "a", "mood": "b"}).status_code == 400


# Posts with files


def test_a_file_in_pieces_arrives_as_it_was_and_is_described(town: Town):
    pieces = [bytes([n]) * 1000 for n in range(3)]
    whole = b"".join(pieces)
    begun = town.x("POST", "/2/media/upload/initialize", json=IMAGE | {"total_bytes": len(whole)}).json()["data"]["id"]
    for number in (2, 0, 1, 1):
        assert append(town, begun, pieces[number], number).status_code == 200
    done = town.x("POST", f"/2/media/upload/{begun}/finalize").json()["data"]
    assert done["size"] == len(whole)
    assert "processing_info" not in done
    said = {"id": begun, "metadata": {"alt_text": {"text": "Three stripes"}}}
    assert town.x("POST", "/2/media/metadata", json=said).status_code == 200
    made = publish(town, "Look", begun)
    assert made.status_code == 201
    assert made.json()["data"]["text"].startswith("Look https://t.co/")
    (post,) = posts(town)
    (file,) = post["attachments"]
    assert (file["sha256"], file["alt"]) == (hashlib.sha256(whole).hexdigest(), "Three stripes")
    asked = {
        "post.fields": "attachments",
        "expansions": "attachments.media_keys",
        "media.fields": "alt_text,type,url",
    }
    shown = town.x("GET", f"/2/tweets/{made.json()['data']['id']}", asked).json()
    assert shown["includes"]["media"][0]["alt_text"] == "Three stripes"


def test_a_piece_may_come_as_json_too(town: Town):
    begun = town.x("POST", "/2/media/upload/initialize", json=IMAGE | {"total_bytes": 7}).json()["data"]["id"]
    piece = {"media": base64.b64encode(b"picture").decode(), "segment_index": 0}
    assert town.x("POST", f"/2/media/upload/{begun}/append", json=piece).status_code == 200
    assert town.x("POST", f"/2/media/upload/{begun}/finalize").json()["data"]["size"] == 7


def test_a_video_is_worked_on_before_it_can_be_posted(town: Town):
    named = upload(town, b"film", FILM)
    assert publish(town, "Look", named).status_code == 400
    states = []
    for _ in range(3):
        info = town.x("GET", "/2/media/upload", {"command": "STATUS", "media_id": named}).json()["data"]
        states.append(info["processing_info"]["state"])
    assert states == ["in_progress", "succeeded", "succeeded"]
    assert publish(town, "Look", named).status_code == 201


def test_a_video_fails_on_order(town: Town):
    town.put_account("x", media="failed")
    named = upload(town, b"film", FILM)
    for state in ("in_progress", "failed", "failed"):
        info = town.x("GET", "/2/media/upload", {"command": "STATUS", "media_id": named}).json()["data"]
        assert info["processing_info"]["state"] == state
    assert publish(town, "Look", named).status_code == 400


def test_files_that_x_would_refuse_are_refused(town: Town):
    begin = "/2/media/upload/initialize"
    for wrong in ({"media_type": "text/html"}, {"total_bytes": 0}, {"total_bytes": 5_000_001}, {"mood": "good"}):
        assert town.x("POST", begin, json=IMAGE | {"total_bytes": 5} | wrong).status_code == 400
    begun = town.x("POST", begin, json=IMAGE | {"total_bytes": 5}).json()["data"]["id"]
    assert append(town, begun, b"", 0).status_code == 400
    assert append(town, begun, b"a", 1000).status_code == 400
    assert append(town, begun, b"a").status_code == 200
    assert town.x("POST", f"/2/media/upload/{begun}/finalize").status_code == 400
    assert append(town, "999999", b"a").status_code == 404
    two = [upload(town), upload(town, b"film", FILM)]
    for media in ([], two, ["12"], [two[0]] * 5):
        assert town.x("POST", "/2/tweets", json={"text": "Look", "media": {"media_ids": media}}).status_code == 400
    assert not posts(town)


def test_the_same_text_and_a_text_too_long_are_refused(town: Town):
    assert publish(town).status_code == 201
    assert publish(town).status_code == 403
    assert publish(town, "a" * 281).status_code == 403
    assert publish(town, "a" * 256 + " https://city.example/" + "b" * 100).status_code == 201
    assert town.x("POST", "/2/tweets", json={"text": ""}).status_code == 400


def test_only_our_own_is_deleted(town: Town):
    theirs, ours = town.say("x"), str(publish(town).json()["data"]["id"])
    assert town.x("DELETE", f"/2/tweets/{theirs}").status_code == 403
    assert town.x("DELETE", f"/2/tweets/{ours}").json() == {"data": {"deleted": True}}
    assert town.x("DELETE", f"/2/tweets/{ours}").status_code == 404
    assert not posts(town)


# Blocking


def test_blocking_is_for_enterprise_and_the_list_for_all(town: Town):
    town.say("x")
    path, target = f"/2/users/{BIRD}/blocking", {"target_user_id": "9001"}
    assert town.x("POST", path, json=target).json() == {"data": {"blocking": True}}
    assert town.truth("x")["bans"][BIRD] == ["9001"]
    assert [one["username"] for one in town.x("GET", path).json()["data"]] == ["ann"]
    town.put_account("x", tier="self-serve")
    for method, where, body in (("POST", path, target), ("DELETE", f"{path}/9001", None)):
        refused = town.x(method, where, json=body)
        assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (403, "client-forbidden")
    assert len(town.x("GET", path).json()["data"]) == 1
    town.put_account("x", tier="enterprise")
    assert town.x("DELETE", f"{path}/9001").json() == {"data": {"blocking": False}}
    assert town.x("GET", path).json() == {"meta": {"result_count": 0}}
    assert town.x("POST", path, json={"target_user_id": "12345"}).status_code == 404
    assert town.x("POST", "/2/users/1/blocking", json=target).status_code == 403


def test_a_long_list_of_blocked_people_comes_in_pages(town: Town):
    for n in range(5):
        town.say("x", author={"id": str(9100 + n), "name": f"Person {n}"})
        town.x("POST", f"/2/users/{BIRD}/blocking", json={"target_user_id": str(9100 + n)})
    seen, query = [], {"max_results": "2"}
    while True:
        body = town.x("GET", f"/2/users/{BIRD}/blocking", query).json()
        seen += [one["id"] for one in body["data"]]
        if "next_token" not in body["meta"]:
            break
        query["pagination_token"] = body["meta"]["next_token"]
    assert seen == [str(9100 + n) for n in range(5)]


# Users, and the application's own calls


def test_a_profile_is_told_as_it_was_put(town: Town):
    town.put_account("x", description="Not monitored at night", url="https://city.example/terms/", followers=12)
    asked = {"user.fields": "description,entities,url,public_metrics"}
    me = town.x("GET", "/2/users/me", asked).json()["data"]
    assert me["description"] == "Not monitored at night"
    assert me["entities"]["url"]["urls"][0]["expanded_url"] == "https://city.example/terms/"
    assert (me["public_metrics"]["followers_count"], me["public_metrics"]["post_count"]) == (12, 1)


@pytest.mark.parametrize("path", ["/2/webhooks", "/2/activity/subscriptions"])
def test_the_applications_calls_take_its_own_token_only(path: str, town: Town):
    app = {"client_id": "c", "client_secret": "s", "app_token": "the app's"}
    town.control("PUT", "/apps/x", app)
    assert town.x("GET", path).status_code == 401
    answer = town.client.get(X + path, headers={"Authorization": "Bearer the app's"})
    assert answer.status_code == 200
    assert "x-rate-limit-remaining" in answer.headers
    if conformance.available() and path == "/2/webhooks":
        conformance.check_x("GET", path, 200, answer.json())
    refused = town.client.get(f"{X}/2/users/me", headers={"Authorization": "Bearer the app's"})
    assert refused.status_code == 401


def test_what_is_not_there_is_not_found(town: Town):
    for method, path in (("GET", "/2/nothing"), ("GET", "/1.1/users"), ("POST", "/2/dm_events")):
        answer = town.client.request(method, X + path, headers={"Authorization": "Bearer token-x"})
        assert answer.status_code == 404
