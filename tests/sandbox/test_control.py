"""/_sandbox/: what is put in, and the truth told of it; and the process that survives being killed."""

import subprocess
import sys
import time
from pathlib import Path

from tests.sandbox.conftest import ACCOUNTS, PAGE, Server, Town


def test_a_seed_of_500_comments_takes_well_under_a_second_and_is_idempotent(town: Town):
    comments = [
        {
            "platform": platform,
            "account": account,
            "post": town.posts[platform],
            "id": f"{n}00{platform_number}",
            "text": f"comment {n}",
            "author": {"id": str(n % 40), "name": f"Person {n % 40}"},
        }
        for n in range(1, 126)
        for platform_number, (platform, account) in enumerate(ACCOUNTS.items())
    ]
    begun = time.monotonic()
    assert town.control("PUT", "/seed", {"comments": comments}) == {"posts": 0, "comments": 500}
    assert time.monotonic() - begun < 0.8
    town.control("PUT", "/seed", {"comments": comments})
    assert [len(town.truth(platform)["comments"]) for platform in ACCOUNTS] == [125] * 4


def test_a_seed_with_a_fault_in_it_leaves_nothing(town: Town):
    good = {"platform": "facebook", "account": PAGE, "post": town.posts["facebook"], "text": "a"}
    answer = town.client.put("/_sandbox/seed", json={"comments": [good, good | {"post": "none"}]})
    assert (answer.status_code, answer.json()) == (404, {"error": "no such post"})
    assert town.truth("facebook")["comments"] == {}


def test_seeding_again_does_not_undo_what_was_done_since(town: Town):
    order = {"platform": "facebook", "account": PAGE, "post": town.posts["facebook"], "text": "a", "id": "5_6"}
    town.control("POST", "/comments", order)
    town.graph("POST", "Comment", "5_6", {"is_hidden": "true"})
    town.control("POST", "/comments", order)
    assert town.truth("facebook")["comments"]["5_6"]["hidden"] is True


def test_an_edit_changes_the_text_and_on_youtube_its_time(town: Town):
    named = town.say("youtube", created_at="2026-01-01T00:00:00Z")
    town.control("PATCH", f"/comments/youtube/{named}", {"text": "Changed"})
    shown = town.threads()[0]["snippet"]["topLevelComment"]["snippet"]
    assert (shown["textDisplay"], shown["publishedAt"]) == ("Changed", "2026-01-01T00:00:00Z")
    assert shown["updatedAt"] > "2026-01-01T00:00:00Z"
    assert town.client.patch("/_sandbox/comments/youtube/none", json={"text": "x"}).status_code == 404


def test_a_deleted_comment_takes_its_replies_with_it_but_on_x(town: Town):
    for platform in ACCOUNTS:
        top = town.say(platform)
        below = town.say(platform, parent=top)
        town.control("DELETE", f"/comments/{platform}/{top}")
        truth = town.truth(platform)["comments"]
        assert (truth[top]["deleted"], truth[below]["deleted"]) == (True, platform != "x")


def test_the_truth_tells_who_said_what_where(town: Town):
    top = town.say("instagram", created_at="2026-01-01T00:00:00Z")
    below = town.say("instagram", "Yes", parent=top, author=None, created_at=None)
    truth = town.control("GET", "/truth")
    assert set(truth) == set(ACCOUNTS)
    told = truth["instagram"]["comments"]
    assert told[top]["author"]["name"] == "Ann Example"
    assert told[top]["created_at"] == "2026-01-01T00:00:00Z"
    assert (told[below]["parent"], told[below]["author"], told[below]["created_at"]) == (top, None, None)
    assert told[below]["post"] == town.posts["instagram"]
    assert truth["instagram"]["posts"][town.posts["instagram"]]["ours"] is True


def test_calls_are_counted_by_name_and_listed_without_tokens(town: Town):
    named = town.say("facebook")
    town.client.get(f"/graph.facebook.com/v26.0/{named}?access_token=token-facebook")
    town.client.get("/graph.facebook.com/v26.0/me/comments", headers={"Authorization": "Bearer wrong"})
    town.x("GET", "/2/users/me")
    seen = town.control("GET", "/calls")
    assert [(one["platform"], one["call"]) for one in seen][::2] == [("facebook", "get_comment"), ("x", "get_author")]
    assert "token" not in str(seen)
    assert [one["status"] for one in seen] == [200, 400, 200]
    assert town.control("GET", f"/calls?platform=x&since={seen[0]['n']}") == [seen[2]]
    assert town.truth("x")["calls"] == {"get_author": 1}


def test_orders_that_make_no_sense_are_refused_with_a_sentence(town: Town):
    fitting = {"platform": "x", "account": ACCOUNTS["x"], "post": town.posts["x"], "text": "a"}
    for wrong in (
        {"platform": "myspace"},
        {"account": "none"},
        {"post": "none"},
        {"kind": "shout"},
        {"author": {"name": "no id"}},
    ):
        answer = town.client.post("/_sandbox/comments", json=fitting | wrong)
        assert answer.status_code in (400, 404)
        assert answer.json()["error"]
    assert town.client.post("/_sandbox/comments", content=b"{").status_code == 400
    assert town.client.post("/_sandbox/comments", content=b"[]").status_code == 400
    assert town.client.post("/_sandbox/comments", json=fitting).status_code == 200


def test_putting_an_account_again_keeps_a_rotated_token(town: Town):
    town.put_account("x", refresh_token="first")
    form = {"grant_type": "refresh_token", "refresh_token": "first"}
    made = town.client.post("/api.x.com/2/oauth2/token", data=form).json()
    town.put_account("x", refresh_token="first")
    headers = {"Authorization": f"Bearer {made['access_token']}"}
    assert town.client.get("/api.x.com/2/users/me", headers=headers).status_code == 200
    town.put_account("x", refresh_token="another")
    assert town.client.get("/api.x.com/2/users/me", headers=headers).status_code == 401


def test_a_path_of_no_platform_is_not_found(town: Town):
    assert town.client.get("/elsewhere").status_code == 404
    assert town.x("GET", "/2/users/me").status_code == 200
    unknown = town.client.get("/api.x.com/2/lists", headers={"Authorization": "Bearer token-x"})
    assert unknown.status_code == 404


def test_the_truth_survives_kill_9(server: Server):
    with server.start() as client:
        town = Town(client).settle()
        named = town.say("facebook", "Remember me")
        town.graph("POST", "Comment", named, {"is_hidden": "true"})
        made = town.graph("POST", "Comment/comments", f"{named}/comments", {"message": "Ours"}).json()["id"]
        town.fault("x", "*", "500", times=2)
        before = town.truth("facebook")
    server.kill()
    with server.start() as client:
        after = Town(client)
        assert after.truth("facebook") == before
        assert before["comments"][made]["ours"] is True
        assert before["comments"][named]["hidden"] is True
        assert after.control("GET", "/faults")[0]["times"] == 2
        assert after.graph("GET", "Comment", named).status_code == 200


def test_it_listens_on_loopback_only(tmp_path: Path):
    command = [sys.executable, "-m", "sandbox", "--port", "1", "--state", str(tmp_path / "s"), "--host", "0.0.0.0"]
    refused = subprocess.run(command, capture_output=True, check=False)
    assert refused.returncode == 2
    assert b"invalid choice" in refused.stderr
