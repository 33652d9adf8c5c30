"""What else a Facebook Page can do on the stand-in, held to Meta's field lists: facts 1.1 and 1.4."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests import conformance
from tests.sandbox.conftest import ANN, GRAPH, PAGE, Town

pytestmark = pytest.mark.sop("1.FB")
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) + b"\r\n--\r\n"


def asked(town: Town, method: str, path: str, files: Any = None, **params: str) -> httpx.Response:
    """Asks for what has no field list of its own, or sends a file."""
    sent: dict[str, Any] = {"data": params, "files": files} if method == "POST" else {"params": params}
    headers = {"Authorization": "Bearer token-facebook"}
    answer = town.client.request(method, f"{GRAPH}/{path}", headers=headers, **sent)
    if answer.status_code >= 400:
        conformance.check_meta_error(answer.status_code, answer.json())
    return answer


def code(answer: httpx.Response) -> int:
    return int(answer.json()["error"]["code"])


def message(town: Town, text: str = "May we call you?", **recipient: str) -> httpx.Response:
    content = {"recipient": json.dumps(recipient), "message": json.dumps({"text": text})}
    return town.graph("POST", "Page/messages", f"{PAGE}/messages", content)


def days_ago(days: float) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


def test_visitors_posts_and_posts_that_tag_the_page_are_lists_of_their_own(town: Town):
    visited = town.say("facebook", "On your wall", kind="visitor_post", post=None)
    tagged = town.say("facebook", "Look, police", kind="mention", post=None)
    fields = {"fields": "id,message,from{id,name},created_time"}
    for edge, named in (("visitor_posts", visited), ("tagged", tagged)):
        (found,) = town.graph("GET", f"Page/{edge}", f"{PAGE}/{edge}", fields).json()["data"]
        assert found["id"] == named
        assert found["from"]["id"] == ANN["id"]
    feed = town.graph("GET", "Page/feed", f"{PAGE}/feed", fields).json()["data"]
    assert {one["id"] for one in feed} == {visited, town.posts["facebook"]}


def test_the_page_shows_its_lists_inside_itself(town: Town):
    town.put_account("facebook", about="The police", website="https://city.example", followers=7)
    visited = town.say("facebook", "On your wall", kind="visitor_post", post=None)
    wanted = "about,website,followers_count,visitor_posts.limit(5){id},published_posts.limit(0).summary(total_count)"
    page = town.graph("GET", "Page", PAGE, {"fields": wanted}).json()
    assert (page["about"], page["website"], page["followers_count"]) == ("The police", "https://city.example", 7)
    assert page["visitor_posts"]["data"] == [{"id": visited}]
    assert page["published_posts"]["summary"]["total_count"] == 1


def test_a_comment_is_answered_in_private_once_and_within_seven_days(town: Town):
    comment = town.say("facebook")
    sent = message(town, comment_id=comment).json()
    assert sent["recipient_id"] == ANN["id"]
    assert town.truth("facebook")["comments"][sent["message_id"]]["parent"] == comment
    shown = town.graph("GET", "Comment", comment, {"fields": "can_reply_privately"}).json()
    assert shown["can_reply_privately"] is False
    assert code(message(town, comment_id=comment)) == 10900
    assert code(message(town, comment_id=town.say("facebook", created_at=days_ago(7.01)))) == 10903
    assert message(town, comment_id=town.say("facebook", created_at=days_ago(6.9))).status_code == 200


def test_a_person_is_written_to_within_a_day_of_his_last_word(town: Town):
    town.say("facebook", "Hello", kind="message", post=None, created_at=days_ago(0.9))
    assert message(town, id=ANN["id"]).status_code == 200
    town.say("facebook", "Hello", kind="message", post=None, author={"id": "9002"}, created_at=days_ago(1.1))
    late = message(town, id="9002")
    assert (code(late), late.json()["error"]["error_subcode"]) == (10, 2018278)
    assert code(message(town, id="9003")) == 100


def test_who_takes_no_messages_and_a_page_without_them_say_so(town: Town):
    away = town.say("facebook", author={**ANN, "id": "9004", "takes_messages": False})
    assert code(message(town, comment_id=away)) == 551
    town.put_account("facebook", messages=False)
    assert code(message(town, comment_id=town.say("facebook"))) == 10904


def test_conversations_come_with_the_newest_word_first_and_one_by_its_person(town: Town):
    town.say("facebook", "First", kind="message", post=None, created_at=days_ago(0.5))
    town.say("facebook", "Second", kind="message", post=None, author={"id": "9002"}, created_at=days_ago(0.4))
    town.say("facebook", "Third", kind="message", post=None, created_at=days_ago(0.3))
    wanted = {"platform": "messenger", "fields": "id,updated_time,message_count"}
    threads = asked(town, "GET", f"{PAGE}/conversations", **wanted).json()["data"]
    assert [one["message_count"] for one in threads] == [2, 1]
    (bens,) = asked(town, "GET", f"{PAGE}/conversations", user_id="9002", **wanted).json()["data"]
    assert bens["id"] == threads[1]["id"]
    said = asked(town, "GET", f"{threads[0]['id']}/messages", fields="id,message,from,to").json()["data"]
    assert [one["message"] for one in said] == ["Third", "First"]
    assert said[0]["to"]["data"][0]["id"] == PAGE
    assert asked(town, "GET", said[0]["id"], fields="message").json()["message"] == "Third"


def test_the_page_changes_only_what_it_wrote(town: Town):
    theirs = town.say("facebook")
    ours = town.graph("POST", "PagePost/comments", f"{town.posts['facebook']}/comments", {"message": "Ours"}).json()
    assert town.graph("POST", "Comment", ours["id"], {"message": "Changed"}).json() == {"success": True}
    refused = town.graph("POST", "Comment", theirs, {"message": "Changed"})
    assert (refused.status_code, code(refused)) == (403, 200)


def test_a_deleted_comment_is_gone_with_its_replies(town: Town):
    top = town.say("facebook")
    below = town.say("facebook", parent=top)
    assert asked(town, "DELETE", top).json() == {"success": True}
    assert asked(town, "GET", top).json()["error"]["error_subcode"] == 33
    assert town.truth("facebook")["comments"][below]["deleted"]


def test_who_is_blocked_is_listed_page_by_page_and_says_nothing(town: Town):
    for person in ("9001", "9002", "9003"):
        town.say("facebook", author={"id": person, "name": f"Person {person}"})
        done = town.graph("POST", "Page/blocked", f"{PAGE}/blocked", {"psid": json.dumps([int(person)])}).json()
        assert done == {person: True}
    first = asked(town, "GET", f"{PAGE}/blocked", limit="2").json()
    after = first["paging"]["cursors"]["after"]
    second = asked(town, "GET", f"{PAGE}/blocked", limit="2", after=after).json()
    assert [one["id"] for one in first["data"] + second["data"]] == ["9001", "9002", "9003"]
    assert "next" not in second["paging"]
    assert town.say("facebook") == ""
    assert asked(town, "DELETE", f"{PAGE}/blocked", psid="9001").json() == {"success": True}
    assert town.say("facebook")
    assert town.graph("POST", "Page/blocked", f"{PAGE}/blocked", {"psid": "[404]"}).json() == {"404": False}


def test_a_post_with_a_photo_keeps_its_bytes_and_alt_text(town: Town):
    file = {"source": ("a.jpg", JPEG, "image/jpeg")}
    made = asked(town, "POST", f"{PAGE}/photos", file, message="Look", alt_text_custom="A road").json()
    post = town.truth("facebook")["posts"][made["post_id"]]
    (held,) = post["attachments"]
    assert (held["sha256"], held["alt"], held["id"]) == (hashlib.sha256(JPEG).hexdigest(), "A road", made["id"])


def test_unpublished_photos_are_seen_in_the_post_that_takes_them_and_once(town: Town):
    file = {"source": ("a.jpg", JPEG, "image/jpeg")}
    photos = [asked(town, "POST", f"{PAGE}/photos", file, published="false").json() for _ in range(2)]
    assert all(set(one) == {"id"} for one in photos)
    assert len(town.truth("facebook")["posts"]) == 1
    media = json.dumps([{"media_fbid": one["id"]} for one in photos])
    made = town.graph("POST", "Page/feed", f"{PAGE}/feed", {"message": "Two", "attached_media": media}).json()
    assert len(town.truth("facebook")["posts"][made["id"]]["attachments"]) == 2
    assert code(town.graph("POST", "Page/feed", f"{PAGE}/feed", {"attached_media": media})) == 100


def test_a_photo_above_four_megabytes_and_what_is_no_photo_are_refused(town: Town):
    large = {"source": ("a.jpg", bytes(4 * 1024 * 1024 + 1), "image/jpeg")}
    assert asked(town, "POST", f"{PAGE}/photos", large).json()["error"]["error_subcode"] == 1366046
    text = {"source": ("a.txt", b"text", "text/plain")}
    assert code(asked(town, "POST", f"{PAGE}/photos", text)) == 324
    assert code(asked(town, "POST", f"{PAGE}/photos", message="none")) == 324


def test_a_video_comes_in_pieces_and_only_as_a_whole(town: Town):
    film, path = bytes(1_500_000), f"{PAGE}/videos"
    started = asked(town, "POST", path, upload_phase="start", file_size=str(len(film))).json()
    session, end = {"upload_session_id": started["upload_session_id"]}, int(started["end_offset"])
    assert end < len(film)
    early = asked(town, "POST", path, upload_phase="finish", **session)
    assert early.status_code == 400
    place = 0
    while place < len(film):
        piece = {"video_file_chunk": ("chunk", film[place:end], "application/octet-stream")}
        came = asked(town, "POST", path, piece, upload_phase="transfer", start_offset=str(place), **session).json()
        place, end = int(came["start_offset"]), int(came["end_offset"])
    ended = asked(town, "POST", path, upload_phase="finish", description="A film", **session)
    assert ended.json() == {"success": True}
    shown = asked(town, "GET", started["video_id"], fields="status,post_id").json()
    (held,) = town.truth("facebook")["posts"][shown["post_id"]]["attachments"]
    assert held["sha256"] == hashlib.sha256(film).hexdigest()
    assert asked(town, "POST", path, upload_phase="finish", **session).status_code == 400


def test_a_piece_from_the_wrong_place_is_told_the_right_one(town: Town):
    path = f"{PAGE}/videos"
    started = asked(town, "POST", path, upload_phase="start", file_size="2000").json()
    piece = {"video_file_chunk": ("chunk", bytes(10), "application/octet-stream")}
    wrong = asked(
        town,
        "POST",
        path,
        piece,
        upload_phase="transfer",
        start_offset="500",
        upload_session_id=started["upload_session_id"],
    )
    assert wrong.json()["error"]["error_data"]["start_offset"] == "0"


def test_the_fields_of_which_a_page_tells_replace_those_before(town: Town):
    for fields in ("feed,mention,messages", "feed"):
        done = town.graph("POST", "Page/subscribed_apps", f"{PAGE}/subscribed_apps", {"subscribed_fields": fields})
        assert done.json() == {"success": True}
    (app,) = asked(town, "GET", f"{PAGE}/subscribed_apps").json()["data"]
    assert app["subscribed_fields"] == ["feed"]
    assert town.truth("facebook")["subscriptions"][PAGE] == ["feed"]
