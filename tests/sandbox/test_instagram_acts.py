"""What else an Instagram account can do on the stand-in, held to Meta's field lists: facts 2.1 and 2.4."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from tests import conformance
from tests.sandbox.conftest import ANN, GRAM, GRAPH, PAGE, Town

pytestmark = pytest.mark.sop("1.IG")
PICTURE = b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x11\x08\x04\x38\x04\x38\x03" + bytes(9) + b"\xff\xd9"
LINKED = "192800000000077"  # a Page that is only Instagram's
UPLOADS = "/rupload.facebook.com/ig-api-upload"


@pytest.fixture
def linked(town: Town) -> Town:
    town.put_account("instagram", page_id=LINKED)
    return town


@pytest.fixture
def picture() -> Iterator[str]:
    """The address of a picture."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302 if self.path == "/elsewhere.jpg" else 200)
            self.send_header("Location", "/a.jpg")
            self.send_header("Content-Length", str(len(PICTURE)))
            self.end_headers()
            self.wfile.write(PICTURE)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/a.jpg"
    server.shutdown()
    server.server_close()


def days_ago(days: float) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


def gram(town: Town, method: str, path: str, **params: str) -> httpx.Response:
    """Asks without a field list to hold it to: conversations and containers have none."""
    sent = {"params": params} if method == "GET" else {"data": params}
    headers = {"Authorization": "Bearer token-instagram"}
    answer = town.client.request(method, f"{GRAPH}/{path}", headers=headers, **sent)
    if answer.status_code >= 400:
        conformance.check_meta_error(answer.status_code, answer.json())
    return answer


def wrong(answer: httpx.Response) -> tuple[int, int | None]:
    said = answer.json()["error"]
    return said["code"], said.get("error_subcode")


def of(town: Town, kind: str) -> list[dict]:
    return [one for one in town.truth("instagram")["comments"].values() if one["kind"] == kind]


# Tags and mentions


def test_tagged_media_are_listed_as_media_and_comments_that_mention_are_not(town: Town):
    media = town.say("instagram", "@townpolice look", kind="mention", post=None)
    comment = town.say("instagram", "@townpolice", kind="mention", post=media)
    asked = {"fields": "id,caption,media_type,media_url,permalink,timestamp,username", "limit": "50"}
    listed = town.gram("GET", "IGUser/tags", f"{GRAM}/tags", asked).json()["data"]
    assert [(one["id"], one["username"]) for one in listed] == [(media, "ann")]
    fields = f"mentioned_comment.comment_id({comment}){{id,text,username,media{{id}}}}"
    shown = town.gram("GET", "IGUser", GRAM, {"fields": fields}).json()
    assert shown["mentioned_comment"]["media"] == {"id": media}


def test_nobody_reads_anothers_media_by_its_id_and_only_what_names_us(town: Town):
    tagged = town.say("instagram", "look at them", kind="mention", post=None)
    assert wrong(town.gram("GET", "IGMedia", tagged, {"fields": "caption"})) == (100, 33)
    fields = f"mentioned_media.media_id({tagged}){{caption}}"
    assert wrong(town.gram("GET", "IGUser", GRAM, {"fields": fields}))[0] == 100
    answered = {"media_id": tagged, "message": "Hi"}
    assert wrong(town.gram("POST", "IGUser/mentions", f"{GRAM}/mentions", answered))[0] == 100
    assert not of(town, "comment")


def test_an_answer_to_a_mention_stands_under_anothers_media(town: Town):
    media = town.say("instagram", "@TownPolice look", kind="mention", post=None)
    made = town.gram("POST", "IGUser/mentions", f"{GRAM}/mentions", {"media_id": media, "message": "Thanks"})
    assert town.truth("instagram")["comments"][made.json()["id"]]["post"] == media
    other = {"media_id": "17800000000000009", "message": "Thanks"}
    assert wrong(town.gram("POST", "IGUser/mentions", f"{GRAM}/mentions", other)) == (100, 33)


# Deleting


def test_comments_and_media_of_ours_are_deleted_once(town: Town):
    comment = town.say("instagram")
    assert town.gram("DELETE", "IGComment", comment).json() == {"success": True}
    assert wrong(town.gram("DELETE", "IGComment", comment)) == (100, 33)
    media = town.posts["instagram"]
    assert town.gram("DELETE", "IGMedia", media).json() == {"success": True, "deleted_id": media}
    assert town.truth("instagram")["posts"][media]["deleted"]


# Conversations


def test_conversations_come_by_the_linked_page_the_newest_word_first(linked: Town):
    for number in (1, 2):
        who = {"id": f"90{number}", "handle": f"p{number}"}
        linked.say("instagram", "Hello", kind="message", post=None, author=who)
    asked = {"platform": "instagram", "fields": "id,updated_time,participants"}
    listed = gram(linked, "GET", f"{LINKED}/conversations", **asked).json()["data"]
    assert [one["participants"]["data"][1]["id"] for one in listed] == ["902", "901"]
    one = gram(linked, "GET", f"{LINKED}/conversations", **asked, user_id="901").json()["data"]
    assert [each["id"] for each in one] == [listed[1]["id"]]
    messages = gram(linked, "GET", f"{one[0]['id']}/messages", fields="id,created_time,from,to,message").json()["data"]
    assert [(each["from"]["id"], each["to"]["data"][0]["id"]) for each in messages] == [("901", GRAM)]
    assert wrong(gram(linked, "GET", f"{LINKED}/conversations"))[0] == 100


def test_a_page_with_messenger_too_is_told_by_what_is_asked(town: Town):
    town.put_account("instagram", page_id=PAGE, access_token="token-facebook")
    town.say("instagram", "Hello", kind="message", post=None)
    headers = {"Authorization": "Bearer token-facebook"}
    url = f"{GRAPH}/{PAGE}/conversations"
    on_instagram = town.client.get(url, headers=headers, params={"platform": "instagram", "fields": "id"}).json()
    on_messenger = town.client.get(url, headers=headers, params={"fields": "id"}).json()
    assert (len(on_instagram["data"]), len(on_messenger["data"])) == (1, 0)


def test_no_more_than_the_twenty_newest_messages_are_shown(linked: Town):
    for number in range(25):
        linked.say("instagram", f"{number}", kind="message", post=None)
    asked = {"platform": "instagram", "fields": "id"}
    thread = gram(linked, "GET", f"{LINKED}/conversations", **asked).json()["data"][0]["id"]
    page = gram(linked, "GET", f"{thread}/messages", fields="message", limit="100").json()
    assert [one["message"] for one in page["data"]] == [str(number) for number in range(24, 4, -1)]
    assert "next" not in page["paging"]


def send(town: Town, recipient: dict, text: str = "Hello") -> httpx.Response:
    told = {"recipient": json.dumps(recipient), "message": json.dumps({"text": text})}
    if conformance.available():
        conformance.check_meta_request("Page/messages", "POST", told)
    return gram(town, "POST", f"{LINKED}/messages", **told)


def test_a_private_reply_is_sent_once_within_seven_days_and_not_to_ourselves(linked: Town):
    young, old = linked.say("instagram"), linked.say("instagram", created_at=days_ago(7.01))
    ours = linked.gram("POST", "IGComment/replies", f"{young}/replies", {"message": "Us"}).json()["id"]
    answer = send(linked, {"comment_id": young}).json()
    assert answer == {"recipient_id": ANN["id"], "message_id": answer["message_id"]}
    assert wrong(send(linked, {"comment_id": young})) == (10900, None)
    assert wrong(send(linked, {"comment_id": old})) == (10903, None)
    assert wrong(send(linked, {"comment_id": ours})) == (10903, None)
    assert wrong(send(linked, {"comment_id": "17800000000000009"})) == (100, 33)
    assert len(of(linked, "message")) == 1


def test_a_person_is_written_to_within_a_day_of_his_word(linked: Town):
    linked.say("instagram", kind="message", post=None)
    linked.say("instagram", kind="message", post=None, author={"id": "901"}, created_at=days_ago(1.01))
    assert "message_id" in send(linked, {"id": ANN["id"]}).json()
    assert wrong(send(linked, {"id": "901"})) == (10, 2534022)
    assert wrong(send(linked, {"id": "902"})) == (100, 2534014)
    assert wrong(send(linked, {"id": ANN["id"]}, "é" * 501))[0] == 100
    assert wrong(send(linked, {"id": ANN["id"]}, ""))[0] == 100


def test_so_many_private_replies_an_hour_and_no_more(linked: Town):
    linked.put_account("instagram", page_id=LINKED, rate_limit={"private_reply": 1})
    assert "message_id" in send(linked, {"comment_id": linked.say("instagram")}).json()
    assert wrong(send(linked, {"comment_id": linked.say("instagram")})) == (613, None)


# Blocks


def moderate(town: Town, people: list[str], *actions: str) -> httpx.Response:
    told = {"user_ids": json.dumps([{"id": one} for one in people]), "actions": json.dumps(actions)}
    if conformance.available():
        conformance.check_meta_request("Page/moderate_conversations", "POST", told)
    return gram(town, "POST", f"{LINKED}/moderate_conversations", **told)


def test_only_who_has_a_conversation_with_us_is_blocked_and_then_writes_nothing_more(linked: Town):
    linked.say("instagram", kind="message", post=None)
    assert wrong(moderate(linked, ["901"], "block_user"))[0] == 100
    assert wrong(moderate(linked, [ANN["id"], "901"], "block_user"))[0] == 100
    assert linked.truth("instagram")["bans"][GRAM] == []
    assert moderate(linked, [ANN["id"]], "block_user").json() == {"success": True}
    assert linked.truth("instagram")["bans"][GRAM] == [ANN["id"]]
    assert linked.say("instagram") == ""
    assert moderate(linked, [ANN["id"]], "unblock_user").json() == {"success": True}
    assert linked.say("instagram") != ""


@pytest.mark.parametrize(
    ("people", "actions"),
    [
        ([], ["block_user"]),
        (["1"] * 11, ["block_user"]),
        ([ANN["id"]], []),
        ([ANN["id"]], ["block_user", "unblock_user"]),
        ([ANN["id"]], ["block_user", "move_to_spam", "ban_user"]),
        ([ANN["id"]], ["shout_at_user"]),
    ],
)
def test_a_moderation_that_the_documentation_does_not_have_is_refused(
    people: list[str], actions: list[str], linked: Town
):
    linked.say("instagram", kind="message", post=None)
    assert wrong(moderate(linked, people, *actions))[0] == 100
    assert linked.truth("instagram")["bans"][GRAM] == []


# Publishing


def container(town: Town, **told: str) -> httpx.Response:
    return town.gram("POST", "IGUser/media", f"{GRAM}/media", told)


def state(town: Town, named: str) -> str:
    return str(gram(town, "GET", named, fields="status_code,status").json()["status_code"])


def publish(town: Town, named: str) -> httpx.Response:
    return town.gram("POST", "IGUser/media_publish", f"{GRAM}/media_publish", {"creation_id": named})


def test_a_container_is_published_once_and_counts_against_the_day(town: Town, picture: str):
    town.put_account("instagram", publishing_limit=2)
    made = container(town, image_url=picture, caption="Open", alt_text="A street").json()["id"]
    assert state(town, made) == "FINISHED"
    media = publish(town, made).json()["id"]
    assert state(town, made) == "PUBLISHED"
    assert publish(town, made).status_code == 400
    shown = town.gram("GET", "IGMedia", media, {"fields": "caption,alt_text,media_type,media_product_type"}).json()
    assert (shown["caption"], shown["alt_text"], shown["media_type"]) == ("Open", "A street", "IMAGE")
    quota = gram(town, "GET", f"{GRAM}/content_publishing_limit", fields="config,quota_usage").json()
    assert quota == {"data": [{"config": {"quota_total": 2, "quota_duration": 86400}, "quota_usage": 1}]}
    assert publish(town, container(town, image_url=picture).json()["id"]).status_code == 200
    assert wrong(publish(town, container(town, image_url=picture).json()["id"])) == (9, 2207042)


def test_a_carousel_has_children_that_can_not_be_published_by_themselves(town: Town, picture: str):
    children = [container(town, image_url=picture, is_carousel_item="true").json()["id"] for _ in range(2)]
    alone = container(town, image_url=picture).json()["id"]
    assert publish(town, children[0]).status_code == 400
    assert container(town, media_type="CAROUSEL", children=f"{children[0]},{alone}").status_code == 400
    assert container(town, media_type="CAROUSEL", children=children[0]).status_code == 400
    made = container(town, media_type="CAROUSEL", children=",".join(children), caption="Two").json()["id"]
    media = publish(town, made).json()["id"]
    shown = town.gram("GET", "IGMedia", media, {"fields": "media_type,children{id,media_type,media_url}"}).json()
    assert shown["media_type"] == "CAROUSEL_ALBUM"
    assert [one["id"] for one in shown["children"]["data"]] == children


def test_what_can_not_be_fetched_or_is_no_picture_makes_no_container(town: Town, picture: str):
    for address in ("http://127.0.0.1:1/a.jpg", "https://city.example/a.jpg", "file:///etc/hostname", "gopher://x"):
        assert wrong(container(town, image_url=address)) == (9004, 2207052)
    assert wrong(container(town, image_url=picture.replace("/a.jpg", "/elsewhere.jpg"))) == (9004, 2207052)
    assert wrong(container(town, image_url=picture, caption="x" * 2201)) == (36004, 2207010)
    assert wrong(container(town, media_type="STORY", image_url=picture))[0] == 100
    assert wrong(container(town, caption="No picture"))[0] == 100
    assert town.truth("instagram")["files"] == []


def test_a_container_that_expired_or_is_not_ready_is_not_published(town: Town, picture: str):
    town.put_account("instagram", container_life=0)
    made = container(town, image_url=picture).json()["id"]
    assert state(town, made) == "EXPIRED"
    assert wrong(publish(town, made)) == (24, 2207008)
    town.put_account("instagram", processing=30)
    made = container(town, media_type="REELS", upload_type="resumable").json()
    assert made["uri"].endswith(f"{UPLOADS}/{made['id']}")
    assert state(town, made["id"]) == "IN_PROGRESS"
    assert wrong(publish(town, made["id"])) == (9007, 2207027)


def test_a_video_is_taken_in_pieces_that_fit_and_by_its_owner_alone(town: Town):
    town.put_account("instagram", processing=0)
    made = container(town, media_type="REELS", upload_type="resumable").json()["id"]
    film = b"\x00\x00\x00\x18ftypmp42" + bytes(1000)

    def upload(offset: int, content: bytes, token: str = "OAuth token-instagram") -> httpx.Response:
        headers = {"Authorization": token, "offset": str(offset), "file_size": str(len(film))}
        return town.client.post(f"{UPLOADS}/{made}", headers=headers, content=content)

    for token in ("OAuth token-facebook", "Bearer token-instagram"):
        assert upload(0, film, token).status_code == 401
    assert upload(0, film[:600]).json()["debug_info"]["type"] == "PartialRequestError"
    assert upload(0, film).json()["debug_info"]["type"] == "OffsetInvalidError"
    sent = gram(town, "GET", made, fields="status_code,video_status").json()["video_status"]
    assert sent["uploading_phase"]["bytes_transferred"] == 600
    assert upload(600, film[600:]).json()["success"] is True
    assert state(town, made) == "FINISHED"
    assert upload(0, film).status_code == 400
    media = publish(town, made).json()["id"]
    assert town.truth("instagram")["posts"][media]["attachments"][0]["size"] == len(film)


# Permissions and the account


def test_a_token_without_the_permission_is_refused(linked: Town):
    linked.control("PUT", "/apps/facebook", {"client_id": "1", "client_secret": "s"})
    asked = {"client_id": "1", "redirect_uri": "http://127.0.0.1/back", "scope": "instagram_basic,pages_show_list"}
    back = linked.client.get("/www.facebook.com/v26.0/dialog/oauth", params=asked)
    code = httpx.URL(back.headers["location"]).params["code"]
    told = {"client_id": "1", "client_secret": "s", "redirect_uri": asked["redirect_uri"], "code": code}
    person = linked.client.post(f"{GRAPH}/oauth/access_token", data=told).json()["access_token"]
    linked.put_account("instagram", page_id=PAGE)
    pages = linked.client.get(f"{GRAPH}/me/accounts", headers={"Authorization": f"Bearer {person}"}).json()["data"]
    token = pages[0]["access_token"]
    proof = {"appsecret_proof": hmac.new(b"s", token.encode(), hashlib.sha256).hexdigest()}
    headers, media = {"Authorization": f"Bearer {token}"}, f"{GRAPH}/{linked.posts['instagram']}"
    assert linked.client.get(media, headers=headers, params=proof).status_code == 200
    refused = linked.client.delete(media, headers=headers, params=proof)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, 10)


def test_the_account_shows_its_biography_and_discovers_professional_accounts_only(town: Town):
    town.put_account("instagram", biography="Comment policy", website="https://city.example", followers=7)
    shown = town.gram("GET", "IGUser", GRAM, {"fields": "biography,website,followers_count,media_count"}).json()
    assert shown == {
        "biography": "Comment policy",
        "website": "https://city.example",
        "followers_count": 7,
        "media_count": 1,
        "id": GRAM,
    }
    town.say("instagram", author={"id": "903", "name": "The Shop", "handle": "the.shop", "professional": True})
    town.say("instagram")
    fields = "business_discovery.username({}){{name,profile_picture_url}}"
    found = town.gram("GET", "IGUser", GRAM, {"fields": fields.format("the.shop")}).json()["business_discovery"]
    assert found["name"] == "The Shop"
    assert wrong(town.gram("GET", "IGUser", GRAM, {"fields": fields.format("ann")})) == (110, 2207013)


def test_the_linked_page_tells_of_the_account_once_it_is_asked_to(linked: Town):
    assert gram(linked, "GET", f"{LINKED}/subscribed_apps").json() == {"data": []}
    assert gram(linked, "POST", f"{LINKED}/subscribed_apps").status_code == 400
    assert gram(linked, "POST", f"{LINKED}/subscribed_apps", subscribed_fields="feed").json() == {"success": True}
    (app,) = gram(linked, "GET", f"{LINKED}/subscribed_apps").json()["data"]
    assert app["subscribed_fields"] == ["feed"]
    assert gram(linked, "DELETE", f"{LINKED}/subscribed_apps").json() == {"success": True}
    assert gram(linked, "GET", f"{LINKED}/subscribed_apps").json() == {"data": []}
