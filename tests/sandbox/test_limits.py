"""How much may be asked, and how each platform says so."""

import json
import time

from tests.sandbox.conftest import BIRD, CHANNEL, GRAM, PAGE, Town


def usage(answer) -> dict:
    header = json.loads(answer.headers["x-business-use-case-usage"])
    return next(iter(header.values()))[0]


def test_x_counts_each_call_in_its_own_window(town: Town):
    path = f"/2/users/{BIRD}/mentions"
    left = [int(town.x("GET", path).headers["x-rate-limit-remaining"]) for _ in range(3)]
    assert left == [299, 298, 297]
    headers = town.x("GET", f"/2/users/{BIRD}/tweets").headers
    assert (headers["x-rate-limit-limit"], headers["x-rate-limit-remaining"]) == ("900", "899")
    assert 890 < int(headers["x-rate-limit-reset"]) - time.time() <= 900


def test_x_refuses_the_call_after_the_last_and_says_when_to_come_back(town: Town):
    town.put_account("x", rate_limit={"list_mentions": 2})
    answers = [town.x("GET", f"/2/users/{BIRD}/mentions") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 429, 429]
    assert answers[3].headers["x-rate-limit-remaining"] == "0"
    assert answers[3].headers["x-rate-limit-reset"] == answers[0].headers["x-rate-limit-reset"]
    assert answers[3].json()["type"].endswith("/rate-limit-exceeded")
    assert town.x("GET", "/2/users/me").status_code == 200


def test_x_puts_the_headers_on_refusals_too(town: Town):
    refused = town.x("GET", "/2/tweets/search/recent", {"query": "("})
    assert refused.status_code == 400
    assert refused.headers["x-rate-limit-remaining"] == "299"


def test_meta_tells_its_usage_in_percent_and_refuses_at_a_hundred(town: Town):
    town.put_account("facebook", rate_limit={"*": 4})
    answers = [town.graph("GET", "Page", PAGE) for _ in range(5)]
    assert [usage(one)["call_count"] for one in answers] == [25, 50, 75, 100, 100]
    assert usage(answers[0])["type"] == "pages"
    refused = answers[4]
    assert refused.json()["error"]["code"] == 80001
    assert usage(refused)["estimated_time_to_regain_access"] == 24 * 60


def test_instagram_has_a_limit_of_its_own(town: Town):
    town.put_account("instagram", rate_limit={"*": 1})
    town.gram("GET", "IGUser", GRAM)
    assert town.gram("GET", "IGUser", GRAM).json()["error"]["code"] == 80002
    assert town.graph("GET", "Page", PAGE).status_code == 200


def test_youtube_charges_one_unit_a_read_and_fifty_a_write(town: Town):
    town.put_account("youtube", rate_limit={"*": 102}, client_id="project")
    named = town.say("youtube")
    held = {"id": named, "moderationStatus": "heldForReview"}
    for _ in range(2):
        assert town.threads() is not None
        assert town.youtube("POST", "comments/setModerationStatus", held).status_code == 204
    asked = {"part": "snippet", "allThreadsRelatedToChannelId": CHANNEL}
    refused = town.youtube("GET", "commentThreads", asked)
    assert refused.status_code == 403
    assert refused.json()["error"]["errors"][0]["reason"] == "quotaExceeded"
    spent = town.truth("youtube")["usage"][0]
    assert (spent["owner"], spent["used"]) == ("project", 102)
    assert 0 < spent["reset_at"] - time.time() <= 25 * 3600


def test_on_youtube_even_a_refused_request_costs_its_units(town: Town):
    town.youtube("GET", "comments", {"part": "snippet"})
    assert town.truth("youtube")["usage"][0]["used"] == 1


def test_meta_puts_the_header_on_refusals_too(town: Town):
    for named in ("1_2", town.posts["facebook"]):
        refused = town.graph("GET", "Comment", named, {"fields": "colour"})
        assert refused.status_code == 400
        assert usage(refused)["type"] == "pages"
