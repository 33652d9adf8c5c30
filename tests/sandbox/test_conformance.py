"""The checker itself: it lets pass what the specifications have, and nothing else."""

import pytest

from tests import conformance

pytestmark = pytest.mark.skipif(not conformance.available(), reason="no specifications here (SHARED)")


def test_an_x_answer_passes_only_as_the_specification_has_it():
    one = {"id": "1", "text": "a", "edit_history_post_ids": ["1"]}
    conformance.check_x("GET", "/2/tweets/1", 200, {"data": one})
    for wrong in ({"data": one | {"edit_history_tweet_ids": ["1"]}}, {"data": one | {"id": 1}}, {"meta": {}}):
        with pytest.raises(AssertionError):
            conformance.check_x("GET", "/2/tweets/1", 200, wrong)
    with pytest.raises(AssertionError):
        conformance.check_x("GET", "/2/hashtags", 200, {})


def test_an_x_problem_passes_only_with_its_parts():
    fault = {"title": "t", "detail": "d", "type": "https://api.x.com/2/problems/invalid-request", "status": 400}
    conformance.check_x("GET", "/2/tweets/1", 400, fault)
    for wrong in (fault | {"status": 401}, fault | {"type": "about:nothing"}, {"errors": []}):
        with pytest.raises(AssertionError):
            conformance.check_x("GET", "/2/tweets/1", 400, wrong)


def test_an_x_request_passes_only_with_known_parameters_in_their_bounds():
    conformance.check_x_request("GET", "/2/tweets/search/recent", {"query": "a", "post.fields": "created_at,lang"})
    for wrong in (
        {},
        {"query": "a", "max_results": "9"},
        {"query": "a", "post.fields": "author_id"},
        {"query": "a", "tweet.fields": "created_at"},
    ):
        with pytest.raises(AssertionError):
            conformance.check_x_request("GET", "/2/tweets/search/recent", wrong)
    conformance.check_x_request("PUT", "/2/tweets/1/hidden", json={"hidden": True})
    for body in (None, {"hidden": "yes"}, {"hidden": True, "why": "x"}):
        with pytest.raises(AssertionError):
            conformance.check_x_request("PUT", "/2/tweets/1/hidden", json=body)


def test_a_youtube_answer_and_request_pass_only_as_the_discovery_document_has_them():
    conformance.check_youtube("GET", "comments", 200, {"items": [{"id": "1", "snippet": {"likeCount": 1}}]})
    for wrong in ({"items": [{"id": 1}]}, {"items": [{"snippet": {"likes": 1}}]}):
        with pytest.raises(AssertionError):
            conformance.check_youtube("GET", "comments", 200, wrong)
    conformance.check_youtube_request("GET", "/youtube/v3/comments", {"part": "snippet", "maxResults": "100"})
    for query in (
        {},
        {"part": "id", "maxResults": "101"},
        {"part": "id", "since": "1"},
        {"part": "id", "textFormat": "x"},
    ):
        with pytest.raises(AssertionError):
            conformance.check_youtube_request("GET", "comments", query)
    with pytest.raises(AssertionError):
        conformance.check_youtube_request("POST", "comments", {"part": "snippet"}, {"snippet": {"text": "a"}})


def test_a_meta_node_and_request_pass_only_with_fields_of_the_list():
    conformance.check_meta("Comment", {"id": "1", "is_hidden": True, "created_time": "2026-01-01T00:00:00+0000"})
    conformance.check_meta("IGComment", ["id", "text", "replies"])
    for wrong in (
        {"text": "a"},
        {"is_hidden": "yes"},
        {"created_time": "2026-01-01"},
        {"comments": {"data": [{"a": 1}]}},
    ):
        with pytest.raises(AssertionError):
            conformance.check_meta("Comment", wrong)
    fields = "id,from{id,name},comments.limit(0).summary(true)"
    conformance.check_meta_request("Page/published_posts", "GET", {"fields": fields, "limit": "100"})
    for edge, params in (
        ("Page/published_posts", {"since": "1"}),
        ("Page/published_posts", {"fields": "id,colour"}),
        ("PagePost/comments", {"fields": "id,parent{colour}"}),
        ("IGMedia/comments", {"since": "1"}),
        ("Page/remarks", {}),
    ):
        with pytest.raises(AssertionError):
            conformance.check_meta_request(edge, "GET", params)
    conformance.check_meta_request("IGComment", "POST", {"hide": "true"})
    with pytest.raises(AssertionError):
        conformance.check_meta_request("IGComment", "POST", {"is_hidden": "true"})
