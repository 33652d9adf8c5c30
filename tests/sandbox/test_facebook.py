"""Facebook Pages, as facts 1 has them."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from tests.sandbox.conftest import ANN, GRAPH, PAGE, Town

EVERYTHING = (
    "id,message,created_time,from{id,name,picture},parent{id},object{id},is_hidden,can_hide,can_remove,can_comment,"
    "can_reply_privately,is_private,like_count,comment_count,attachment,message_tags,permalink_url"
)


def comments(town: Town, **params: str) -> dict:
    asked = {"fields": "id,message"} | params
    return town.graph("GET", "PagePost/comments", f"{town.posts['facebook']}/comments", asked).json()


def test_posts_come_newest_first_with_the_count_of_their_comments(town: Town):
    newer = town.control("POST", "/posts", {"platform": "facebook", "account": PAGE, "text": "Newer"})["id"]
    town.say("facebook")
    fields = "id,message,created_time,permalink_url,full_picture,attachments{media_type,media},from"
    asked = {"fields": f"{fields},comments.limit(0).summary(true)"}
    posts = town.graph("GET", "Page/published_posts", f"{PAGE}/published_posts", asked).json()["data"]
    assert [post["id"] for post in posts] == [newer, town.posts["facebook"]]
    assert [post["comments"]["summary"]["total_count"] for post in posts] == [0, 1]
    assert posts[1]["comments"]["data"] == []
    assert posts[1]["message"] == "Main Street is closed\nuntil noon"


def test_the_summary_counts_replies_only_where_the_filter_is_stream(town: Town):
    top = town.say("facebook")
    town.say("facebook", "A reply", parent=top)
    asked = "comments.limit(0).summary(true)", "comments.filter(stream).limit(0).summary(true)"
    counts = []
    for fields in asked:
        post = town.graph("GET", "PagePost", town.posts["facebook"], {"fields": fields}).json()
        counts.append(post["comments"]["summary"]["total_count"])
    assert counts == [1, 2]


def test_pages_follow_one_another_without_gap_or_repetition(town: Town):
    said = [town.say("facebook", f"number {n}") for n in range(7)]
    found, after = [], {}
    for _ in range(4):
        page = comments(town, limit="2", **after)
        found += [one["id"] for one in page["data"]]
        after = {"after": page["paging"]["cursors"]["after"]}
    assert found == said
    assert "next" not in page["paging"]
    assert "previous" in page["paging"]


def test_the_next_link_leads_to_the_next_page_and_before_leads_back(town: Town):
    said = [town.say("facebook", f"number {n}") for n in range(4)]
    first = comments(town, limit="2")
    second = town.client.get(first["paging"]["next"]).json()
    assert [one["id"] for one in second["data"]] == said[2:]
    assert comments(town, limit="2", before=second["paging"]["cursors"]["before"])["data"] == first["data"]


def test_a_comment_that_arrives_between_two_pages_shifts_nothing(town: Town):
    said = [town.say("facebook", f"number {n}") for n in range(4)]
    first = comments(town, limit="2", order="reverse_chronological")
    town.say("facebook", "in between")
    second = comments(town, limit="2", order="reverse_chronological", after=first["paging"]["cursors"]["after"])
    assert [one["id"] for one in first["data"] + second["data"]] == said[::-1]


def test_replies_are_in_the_stream_and_not_at_the_top_level(town: Town):
    top = town.say("facebook", "top")
    below = town.say("facebook", "below", parent=top)
    assert [one["id"] for one in comments(town)["data"]] == [top]
    stream = comments(town, filter="stream", fields="id,parent{id}")["data"]
    assert [(one["id"], one.get("parent")) for one in stream] == [(top, None), (below, {"id": top})]
    replies = town.graph("GET", "Comment/comments", f"{top}/comments", {"fields": "id"}).json()["data"]
    assert replies == [{"id": below}]


def test_since_leaves_out_what_is_older(town: Town):
    old = datetime.now(UTC) - timedelta(days=3)
    town.say("facebook", "old", created_at=old.isoformat())
    new = town.say("facebook", "new")
    since = str(int((old + timedelta(days=1)).timestamp()))
    assert [one["id"] for one in comments(town, since=since)["data"]] == [new]
    assert len(comments(town)["data"]) == 2


def test_only_the_asked_fields_come_and_the_id_always(town: Town):
    named = town.say("facebook", attachments=[{"url": "https://example.test/a.png"}])
    assert town.graph("GET", "Comment", named, {"fields": "message"}).json() == {"message": "Thank you", "id": named}
    whole = town.graph("GET", "Comment", named, {"fields": EVERYTHING}).json()
    assert whole["from"]["name"] == "Ann Example"
    assert whole["from"]["picture"]["data"]["url"].endswith("/media/avatars/9001.png")
    assert whole["object"] == {"id": town.posts["facebook"]}
    assert whole["attachment"]["url"] == "https://example.test/a.png"
    default = town.graph("GET", "Comment", named).json()
    assert set(default) == {"created_time", "from", "message", "id"}


def test_an_unknown_field_is_refused_by_its_name(town: Town):
    refused = town.graph("GET", "Comment", town.say("facebook"), {"fields": "id,colour"})
    assert refused.status_code == 400
    assert refused.json()["error"]["code"] == 100
    assert "(colour)" in refused.json()["error"]["message"]


def test_ids_look_like_those_of_facebook(town: Town):
    page, post = town.posts["facebook"].split("_")
    assert page == PAGE
    assert town.say("facebook").split("_")[0] == post


def test_a_comment_without_author_or_time_lacks_those_fields(town: Town):
    named = town.say("facebook", author=None, created_at=None)
    shown = town.graph("GET", "Comment", named, {"fields": "id,message,from,created_time"}).json()
    assert shown == {"id": named, "message": "Thank you"}


def test_a_comment_is_hidden_and_shown_again(town: Town):
    named = town.say("facebook")
    for hidden in ("true", "true", "false"):
        assert town.graph("POST", "Comment", named, {"is_hidden": hidden}).json() == {"success": True}
        assert town.truth("facebook")["comments"][named]["hidden"] is (hidden == "true")
        shown = town.graph("GET", "Comment", named, {"fields": "is_hidden"}).json()
        assert shown["is_hidden"] is (hidden == "true")
    assert named in [one["id"] for one in comments(town)["data"]]


def test_our_own_comment_can_not_be_hidden(town: Town):
    named = town.graph("POST", "Comment/comments", f"{town.say('facebook')}/comments", {"message": "Ours"}).json()["id"]
    assert town.graph("GET", "Comment", named, {"fields": "can_hide"}).json()["can_hide"] is False
    refused = town.graph("POST", "Comment", named, {"is_hidden": "true"})
    assert refused.json()["error"]["code"] == 200
    assert town.truth("facebook")["comments"][named]["hidden"] is False


def test_our_reply_appears_in_the_stream_as_the_pages_own(town: Town):
    top = town.say("facebook")
    made = town.graph("POST", "Comment/comments", f"{top}/comments", {"message": "You are welcome"}).json()["id"]
    stream = comments(town, filter="stream", fields="id,from{id},parent{id}")["data"]
    assert {"id": made, "from": {"id": PAGE}, "parent": {"id": top}} in stream
    assert town.truth("facebook")["comments"][made]["ours"] is True


def test_a_reply_to_a_reply_lands_under_the_top_level_comment(town: Town):
    top = town.say("facebook")
    below = town.say("facebook", parent=top)
    made = town.graph("POST", "Comment/comments", f"{below}/comments", {"message": "Yes"}).json()["id"]
    assert town.truth("facebook")["comments"][made]["parent"] == top


def test_a_reply_needs_a_text(town: Town):
    refused = town.graph("POST", "Comment/comments", f"{town.say('facebook')}/comments", {})
    assert refused.json()["error"]["code"] == 100
    assert len(town.truth("facebook")["comments"]) == 1


def test_a_deleted_comment_is_gone_as_is_one_that_never_was(town: Town):
    named = town.say("facebook")
    town.control("DELETE", f"/comments/facebook/{named}")
    for one in (named, "1_2"):
        refused = town.graph("GET", "Comment", one).json()["error"]
        assert (refused["code"], refused["error_subcode"]) == (100, 33)
    assert comments(town)["data"] == []


def test_an_author_has_a_name_and_a_picture(town: Town):
    town.say("facebook")
    shown = town.graph("GET", "Profile", ANN["id"], {"fields": "name,picture"}).json()
    assert shown["name"] == "Ann Example"
    asked = {"redirect": "false"}
    picture = town.client.get(f"{GRAPH}/9001/picture", params=asked, headers={"Authorization": "Bearer token-facebook"})
    bytes_of = town.client.get(picture.json()["data"]["url"])
    assert bytes_of.content.startswith(b"\x89PNG")


def test_the_token_may_stand_in_the_query_and_the_page_is_me(town: Town):
    url = f"{GRAPH}/me?fields=name&access_token=token-facebook"
    assert town.client.get(url).json() == {"name": "Town Police", "id": PAGE}


def test_without_a_token_with_a_wrong_and_with_an_expired_one_it_refuses(town: Town):
    path = f"{PAGE}/published_posts"
    assert town.graph("GET", "Page/published_posts", path, token=None).json()["error"]["code"] == 104
    assert town.graph("GET", "Page/published_posts", path, token="wrong").json()["error"]["code"] == 190
    town.put_account("facebook", access_token="old", access_token_expires_at="2020-01-01T00:00:00Z")
    refused = town.graph("GET", "Page/published_posts", path, token="old").json()["error"]
    assert (refused["code"], refused["error_subcode"]) == (190, 463)


def test_another_accounts_token_does_not_see_our_comments(town: Town):
    other = {"handle": "o", "name": "Other", "access_token": "other"}
    town.control("PUT", "/accounts/facebook/777", other)
    refused = town.graph("GET", "Comment", town.say("facebook"), token="other").json()["error"]
    assert (refused["code"], refused["error_subcode"]) == (100, 33)


def test_where_the_app_has_a_secret_a_call_needs_its_proof(town: Town):
    town.put_account("facebook", app_secret="s3cret")
    asked = {"fields": "id"}
    path = f"{PAGE}/published_posts"
    assert "appsecret_proof" in town.graph("GET", "Page/published_posts", path, asked).json()["error"]["message"]
    asked["appsecret_proof"] = "0" * 64
    assert "Invalid" in town.graph("GET", "Page/published_posts", path, asked).json()["error"]["message"]
    asked["appsecret_proof"] = hmac.new(b"s3cret", b"token-facebook", hashlib.sha256).hexdigest()
    assert town.graph("GET", "Page/published_posts", path, asked).status_code == 200


def test_a_living_token_is_exchanged_for_a_long_one(town: Town):
    town.put_account("facebook", client_secret="cs")
    asked = {"grant_type": "fb_exchange_token", "client_id": "1", "fb_exchange_token": "token-facebook"}
    assert "error" in town.client.get(f"{GRAPH}/oauth/access_token", params=asked | {"client_secret": "no"}).json()
    made = town.client.get(f"{GRAPH}/oauth/access_token", params=asked | {"client_secret": "cs"}).json()
    assert made["expires_in"] == 5183944
    assert town.graph("GET", "Page", PAGE, token=made["access_token"]).status_code == 200
