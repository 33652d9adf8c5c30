"""X, as facts 3 has it."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from sandbox import ids
from tests.sandbox.conftest import BIRD, Town

FIELDS = {"post.fields": "created_at,conversation_id,attachments,note_post,public_metrics"}
EXPANDED = {"expansions": "author_id,referenced_posts,in_reply_to_user_id,attachments.media_keys"}


def search(town: Town, query: str | None = None, **more: str) -> dict:
    asked = {"query": query or f"conversation_id:{town.posts['x']}"} | more
    return town.x("GET", "/2/tweets/search/recent", asked).json()


def reply(town: Town, to: str, text: str = "Thank you"):
    return town.x("POST", "/2/tweets", json={"text": text, "reply": {"in_reply_to_tweet_id": to}})


def put_hidden(town: Town, named: str, *, hidden: bool):
    return town.x("PUT", f"/2/tweets/{named}/hidden", json={"hidden": hidden})


def ids_of(page: dict) -> list[str]:
    return [one["id"] for one in page.get("data", [])]


def test_ids_are_snowflakes_that_grow_with_time(town: Town):
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    named = [town.say("x", created_at=yesterday), town.say("x"), town.say("x")]
    assert named == sorted(named, key=int)
    assert {len(one) for one in named} == {19}


def test_data_is_absent_where_nothing_is_found(town: Town):
    assert search(town) == {"meta": {"result_count": 0}}
    named = town.say("x")
    assert ids_of(search(town)) == [named]


def test_pages_follow_one_another_by_their_tokens(town: Town):
    said = [town.say("x", f"{n}") for n in range(25)]
    found, more = [], {}
    for _ in range(3):
        page = search(town, max_results="10", since_id=town.posts["x"], **more)
        found += ids_of(page)
        more = {"next_token": page["meta"].get("next_token", "")}
    assert found == said[::-1]
    assert "next_token" not in page["meta"]
    assert (page["meta"]["newest_id"], page["meta"]["oldest_id"]) == (said[4], said[0])


def test_since_id_and_the_times_bound_what_is_found(town: Town):
    first, second = (
        town.say("x", created_at=(datetime.now(UTC) - timedelta(hours=hours)).isoformat()) for hours in (5, 1)
    )
    assert ids_of(search(town, since_id=first)) == [second]
    between = (datetime.now(UTC) - timedelta(hours=3)).isoformat(timespec="seconds").replace("+00:00", "Z")
    assert ids_of(search(town, start_time=between)) == [second]
    assert ids_of(search(town, end_time=between)) == [first]
    assert ids_of(search(town, until_id=second)) == [first]


def test_the_search_looks_seven_days_back_and_no_further(town: Town):
    within, before = (
        town.say("x", created_at=(datetime.now(UTC) - timedelta(days=days)).isoformat()) for days in (6.9, 7.1)
    )
    assert ids_of(search(town)) == [within]
    assert int(before) < int(within)
    early = str(ids.snowflake(time.time() - 8 * 86_400))
    refused = town.x("GET", "/2/tweets/search/recent", {"query": "noon", "since_id": early})
    assert (refused.status_code, refused.json()["parameter"]) == (400, "since_id")
    refused = town.x("GET", "/2/tweets/search/recent", {"query": "noon", "start_time": "2020-01-01T00:00:00Z"})
    assert refused.json()["parameter"] == "start_time"


def test_a_query_may_have_512_characters(town: Town):
    query = "(" + " OR ".join(["conversation_id:1234567890123456789"] * 12) + ")"
    assert town.x("GET", "/2/tweets/search/recent", {"query": query.ljust(512)}).status_code == 200
    refused = town.x("GET", "/2/tweets/search/recent", {"query": query.ljust(513)})
    assert (refused.status_code, refused.json()["title"]) == (400, "Invalid Request")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("to:townpolice", ["below ours", "top"]),
        ("to:@TownPolice -is:retweet", ["below ours", "top"]),
        ("conversation_id:ROOT OR conversation_id:1", ["below ours", "ours", "top"]),
        ("(conversation_id:1 OR to:townpolice) -is:retweet", ["below ours", "top"]),
        ("from:townpolice", ["ours", "Main"]),
        ("from:townpolice is:reply", ["ours"]),
        ("-from:townpolice", ["below ours", "top"]),
        ('"below ours"', ["below ours"]),
        ("conversation_id:ROOT -(to:townpolice OR from:ann)", ["ours"]),
        ("is:retweet", []),
    ],
)
def test_the_search_language(town: Town, query: str, found: list[str]):
    top = town.say("x", "top")
    ours = reply(town, top, "ours").json()["data"]["id"]
    town.say("x", "below ours", parent=ours)
    page = search(town, query.replace("ROOT", town.posts["x"]))
    texts = [one["text"] for one in page.get("data", [])]
    assert [text.split()[0] if text.startswith("Main") else text for text in texts] == found


@pytest.mark.parametrize("query", ["(to:ann", "to:ann)", "OR", "to:ann OR", "-", "colour:red", "is:fun"])
def test_a_malformed_query_is_refused(town: Town, query: str):
    assert town.x("GET", "/2/tweets/search/recent", {"query": query}).status_code == 400


def test_the_number_asked_for_has_bounds(town: Town):
    for path, query, least in (
        ("/2/tweets/search/recent", {"query": "x"}, 10),
        (f"/2/users/{BIRD}/mentions", {}, 5),
        (f"/2/users/{BIRD}/tweets", {}, 5),
    ):
        assert town.x("GET", path, query | {"max_results": str(least)}).status_code == 200
        for wrong in (str(least - 1), "101", "ten"):
            assert town.x("GET", path, query | {"max_results": wrong}).status_code == 400


def test_fields_and_expansions_bring_what_they_name(town: Town):
    top = town.say("x", attachments=[{"url": "https://example.test/a.png", "type": "image"}])
    below = town.say("x", "below", parent=top)
    more = {"user.fields": "profile_image_url,verified", "media.fields": "url"}
    page = search(town, **FIELDS, **EXPANDED, **more)
    shown = {one["id"]: one for one in page["data"]}
    assert shown[below]["referenced_posts"] == [{"type": "replied_to", "id": top}]
    assert shown[below]["in_reply_to_user_id"] == "9001"
    assert shown[top]["conversation_id"] == town.posts["x"]
    assert shown[top]["public_metrics"]["reply_count"] == 1
    assert {one["username"] for one in page["includes"]["users"]} == {"ann", "townpolice"}
    assert {one["id"] for one in page["includes"]["posts"]} == {top, town.posts["x"]}
    assert page["includes"]["media"][0]["url"] == "https://example.test/a.png"
    assert shown[top]["attachments"]["media_keys"] == [page["includes"]["media"][0]["media_key"]]
    assert set(search(town)["data"][0]) == {"id", "text", "edit_history_post_ids"}


def test_the_old_spelling_is_sent_to_an_account_set_to_it(town: Town):
    town.put_account("x", spelling="tweet")
    town.say("x", "long " * 100)
    asked = {
        "query": f"conversation_id:{town.posts['x']}",
        "tweet.fields": "author_id,referenced_tweets,in_reply_to_user_id,public_metrics,note_tweet",
        "expansions": "author_id,referenced_tweets.id",
    }
    page = town.x("GET", "/2/tweets/search/recent", asked, spelling="tweet").json()
    one = page["data"][0]
    expected = {"edit_history_tweet_ids", "referenced_tweets", "in_reply_to_user_id", "author_id", "note_tweet"}
    assert expected <= set(one)
    assert "retweet_count" in one["public_metrics"]
    assert set(page["includes"]) == {"users", "tweets"}


def test_either_spelling_of_the_parameter_is_taken(town: Town):
    town.say("x")
    for name in ("tweet.fields", "post.fields"):
        asked = {"query": f"conversation_id:{town.posts['x']}", name: "created_at"}
        page = town.x("GET", "/2/tweets/search/recent", asked, spelling="either").json()
        assert "created_at" in page["data"][0]
        assert "edit_history_post_ids" in page["data"][0]


def test_a_parameter_or_field_that_the_specification_lacks_is_refused(town: Town):
    for more in ({"colour": "red"}, {"post.fields": "author_id"}, {"expansions": "author"}, {"user.fields": "age"}):
        refused = town.x("GET", "/2/tweets/search/recent", {"query": "noon"} | more)
        assert (refused.status_code, refused.json()["parameter"]) == (400, next(iter(more)))


def test_a_long_text_is_cut_and_whole_in_its_note(town: Town):
    text = "a" * 300
    town.say("x", text)
    one = search(town, **FIELDS)["data"][0]
    assert (len(one["text"]), one["note_post"]["text"]) == (280, text)


def test_missing_posts_are_errors_inside_an_answer_of_200(town: Town):
    named, gone = town.say("x"), town.say("x")
    town.control("DELETE", f"/comments/x/{gone}")
    page = town.x("GET", "/2/tweets", {"ids": f"{named},{gone},12"}).json()
    assert ids_of(page) == [named]
    assert [one["resource_id"] for one in page["errors"]] == [gone, "12"]
    alone = town.x("GET", f"/2/tweets/{gone}")
    assert (alone.status_code, set(alone.json())) == (200, {"errors"})
    assert town.x("GET", f"/2/tweets/{named}").json()["data"]["id"] == named


def test_reading_our_post_and_reading_a_comment_are_two_calls(town: Town):
    town.x("GET", f"/2/tweets/{town.posts['x']}")
    town.x("GET", "/2/tweets", {"ids": town.say("x")})
    calls = town.truth("x")["calls"]
    assert (calls["get_post"], calls["get_comment"]) == (1, 1)


def test_mentions_name_us_and_a_reply_that_does_not_is_none(town: Town):
    town.say("x", "no name in it")
    named = town.say("x", "hello @TownPolice")
    elsewhere = town.say("x", "somewhere else", kind="mention", post=None)
    page = town.x("GET", f"/2/users/{BIRD}/mentions", FIELDS).json()
    assert ids_of(page) == [elsewhere, named]
    assert page["data"][0]["conversation_id"] == elsewhere
    later = town.x("GET", f"/2/users/{BIRD}/mentions", {"since_id": named}).json()
    assert ids_of(later) == [elsewhere]


def test_our_timeline_holds_our_replies_unless_left_out(town: Town):
    made = reply(town, town.say("x")).json()["data"]["id"]
    path = f"/2/users/{BIRD}/tweets"
    assert ids_of(town.x("GET", path).json()) == [made, town.posts["x"]]
    assert ids_of(town.x("GET", path, {"exclude": "replies,retweets"}).json()) == [town.posts["x"]]


def test_our_reply_appears_in_its_conversation(town: Town):
    named = town.say("x")
    made = reply(town, named)
    assert made.status_code == 201
    assert made.json()["data"]["text"] == "Thank you"
    one = search(town, expansions="author_id,referenced_posts")["data"][0]
    assert (one["id"], one["author_id"]) == (made.json()["data"]["id"], BIRD)
    truth = town.truth("x")["comments"][one["id"]]
    assert (truth["ours"], truth["parent"], truth["post"]) == (True, named, town.posts["x"])


def test_the_same_reply_is_refused_a_second_time(town: Town):
    named = town.say("x")
    assert reply(town, named).status_code == 201
    refused = reply(town, named)
    assert (refused.status_code, "duplicate" in refused.json()["detail"]) == (403, True)
    assert reply(town, named, "Something else").status_code == 201


def test_a_reply_to_a_deleted_post_is_refused(town: Town):
    named = town.say("x")
    town.control("DELETE", f"/comments/x/{named}")
    assert reply(town, named).status_code == 403


def test_a_reply_with_an_unknown_property_is_refused(town: Town):
    body = {"text": "Hello", "reply": {"in_reply_to_tweet_id": town.say("x")}, "mood": "good"}
    assert town.x("POST", "/2/tweets", json=body).status_code == 400


def test_on_a_self_serve_tier_only_who_summoned_us_is_answered(town: Town):
    town.put_account("x", tier="self-serve")
    refused = reply(town, town.say("x", "no name in it"))
    assert (refused.status_code, refused.json()["title"]) == (403, "Forbidden")
    assert reply(town, town.say("x", "@townpolice help")).status_code == 201


def test_a_reply_is_hidden_and_shown_again_and_stays_readable(town: Town):
    named = town.say("x")
    for hidden in (True, True, False):
        assert put_hidden(town, named, hidden=hidden).json() == {"data": {"hidden": hidden}}
        assert town.truth("x")["comments"][named]["hidden"] is hidden
        assert ids_of(search(town)) == [named]


def test_hiding_is_for_replies_in_conversations_that_we_started(town: Town):
    elsewhere = town.say("x", "@townpolice", kind="mention", post=None)
    for named in (elsewhere, town.posts["x"]):
        assert put_hidden(town, named, hidden=True).status_code == 403
    assert put_hidden(town, "12", hidden=True).status_code == 404
    assert town.x("PUT", f"/2/tweets/{town.say('x')}/hidden", json={"hidden": "yes"}).status_code == 400
    assert not any(one["hidden"] for one in town.truth("x")["comments"].values())


def test_users_are_found_by_id_by_name_and_as_ourselves(town: Town):
    town.say("x")
    assert town.x("GET", "/2/users/me").json()["data"]["username"] == "townpolice"
    assert town.x("GET", "/2/users/by/username/TownPolice").json()["data"]["id"] == BIRD
    assert town.x("GET", "/2/users/9001", {"user.fields": "profile_image_url"}).json()["data"]["name"] == "Ann Example"
    both = town.x("GET", "/2/users", {"ids": "9001,1"}).json()
    assert ids_of(both) == ["9001"]
    assert both["errors"][0]["resource_type"] == "user"


def test_a_comment_without_author_or_time_lacks_those_fields(town: Town):
    town.say("x", author=None, created_at=None)
    one = search(town, expansions="author_id", **FIELDS)
    assert "includes" not in one
    assert not {"author_id", "created_at"} & set(one["data"][0])


def test_a_wrong_and_an_expired_token_are_unauthorized(town: Town):
    town.put_account("x", access_token="old", access_token_expires_at="2020-01-01T00:00:00Z")
    for token in ("old", "wrong"):
        refused = town.client.get("/api.x.com/2/users/me", headers={"Authorization": f"Bearer {token}"})
        assert (refused.status_code, refused.json()["title"]) == (401, "Unauthorized")
        assert refused.headers["content-type"] == "application/problem+json"


def refresh(town: Town, token: str, auth: tuple[str, str] = ("client", "secret")):
    form = {"grant_type": "refresh_token", "refresh_token": token}
    return town.client.post("/api.x.com/2/oauth2/token", data=form, auth=auth)


def test_a_refresh_token_is_good_once(town: Town):
    town.put_account("x", refresh_token="first", client_id="client", client_secret="secret")
    made = refresh(town, "first").json()
    assert made["expires_in"] == 7200
    assert refresh(town, "first").json()["error"] == "invalid_request"
    assert refresh(town, made["refresh_token"]).status_code == 200
    asked = {"Authorization": f"Bearer {made['access_token']}"}
    assert town.client.get("/api.x.com/2/users/me", headers=asked).status_code == 200


def test_a_refresh_needs_the_clients_name_and_secret(town: Town):
    town.put_account("x", refresh_token="first", client_id="client", client_secret="secret")
    assert refresh(town, "first", ("client", "wrong")).status_code == 401
    assert refresh(town, "first").status_code == 200
