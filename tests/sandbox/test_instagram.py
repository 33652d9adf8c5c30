"""Instagram professional accounts, as facts 2 has them."""

import pytest

from tests.sandbox.conftest import GRAM, Town

pytestmark = pytest.mark.sop("1.IG")

FIELDS = (
    "id,text,timestamp,username,from{id,username},hidden,like_count,parent_id,media{id,media_product_type},"
    "replies{id,text,timestamp,username,from,hidden,parent_id}"
)


def comments(town: Town, **params: str) -> dict:
    path = f"{town.posts['instagram']}/comments"
    return town.gram("GET", "IGMedia/comments", path, {"fields": FIELDS} | params).json()


def test_our_media_are_listed_with_the_count_of_all_comments(town: Town):
    town.say("instagram", parent=town.say("instagram"))
    fields = "id,caption,media_type,media_product_type,media_url,permalink,shortcode,timestamp,username,comments_count"
    media = town.gram("GET", "IGUser/media", f"{GRAM}/media", {"fields": fields}).json()["data"]
    assert [one["comments_count"] for one in media] == [2]
    assert media[0]["username"] == "townpolice"
    assert town.gram("GET", "IGUser/media", f"{GRAM}/media", {"since": "4102444800"}).json() == {"data": []}


def test_comments_come_newest_first_fifty_a_page_and_no_time_filters_them(town: Town):
    orders = [
        {"platform": "instagram", "account": GRAM, "post": town.posts["instagram"], "text": f"{n}", "author": None}
        for n in range(60)
    ]
    town.control("PUT", "/seed", {"comments": orders})
    first = comments(town, limit="100")
    assert [one["text"] for one in first["data"][:2]] == ["59", "58"]
    assert len(first["data"]) == 50
    second = comments(town, after=first["paging"]["cursors"]["after"])
    assert [one["text"] for one in second["data"]] == [str(n) for n in range(9, -1, -1)]
    assert "next" not in second["paging"]
    path = f"{town.posts['instagram']}/comments?since=4102444800&access_token=token-instagram"
    assert len(town.client.get(f"/graph.facebook.com/v26.0/{path}").json()["data"]) == 50


def test_only_top_level_comments_are_listed_and_replies_come_where_asked_for(town: Town):
    top = town.say("instagram", "top")
    below = town.say("instagram", "below", parent=top)
    found = comments(town)["data"]
    assert [one["id"] for one in found] == [top]
    assert [(one["id"], one["parent_id"]) for one in found[0]["replies"]["data"]] == [(below, top)]
    assert comments(town, fields="id")["data"] == [{"id": top}]


def test_a_long_thread_is_read_to_its_end_by_its_replies(town: Town):
    top = town.say("instagram", "top")
    below = [town.say("instagram", f"{n}", parent=top) for n in range(30)]
    expanded = comments(town)["data"][0]["replies"]
    assert len(expanded["data"]) == 25
    assert "next" in expanded["paging"]
    rest = town.client.get(expanded["paging"]["next"]).json()
    assert [one["id"] for one in expanded["data"] + rest["data"]] == below[::-1]
    asked = {"fields": "id", "limit": "50"}
    listed = town.gram("GET", "IGComment/replies", f"{top}/replies", asked).json()
    assert [one["id"] for one in listed["data"]] == below[::-1]


def test_a_comment_is_hidden_and_shown_again_and_its_owner_still_reads_it(town: Town):
    named = town.say("instagram")
    for hide in ("true", "true", "false"):
        assert town.gram("POST", "IGComment", named, {"hide": hide}).json() == {"success": True}
        assert town.gram("GET", "IGComment", named, {"fields": "hidden"}).json()["hidden"] is (hide == "true")
        assert town.truth("instagram")["comments"][named]["hidden"] is (hide == "true")


def test_a_hidden_comment_can_not_be_replied_to_on_instagram(town: Town):
    top = town.say("instagram")
    below = town.say("instagram", parent=top)
    town.gram("POST", "IGComment", top, {"hide": "true"})
    for one in (top, below):
        refused = town.gram("POST", "IGComment/replies", f"{one}/replies", {"message": "No"})
        assert refused.status_code == 400
        assert "error_subcode" not in refused.json()["error"]
    assert not [one for one in town.truth("instagram")["comments"].values() if one["ours"]]
    town.gram("POST", "IGComment", top, {"hide": "false"})
    assert town.gram("POST", "IGComment/replies", f"{top}/replies", {"message": "Yes"}).status_code == 200


def test_a_reply_to_a_reply_lands_under_the_top_level_comment(town: Town):
    top = town.say("instagram")
    below = town.say("instagram", parent=top)
    made = town.gram("POST", "IGComment/replies", f"{below}/replies", {"message": "Yes"}).json()["id"]
    truth = town.truth("instagram")["comments"][made]
    assert (truth["parent"], truth["ours"]) == (top, True)
    shown = comments(town)["data"][0]["replies"]["data"][0]
    assert shown["from"] == {"id": GRAM, "username": "townpolice"}


def test_a_comment_on_our_media_has_no_parent(town: Town):
    path = f"{town.posts['instagram']}/comments"
    made = town.gram("POST", "IGMedia/comments", path, {"message": "We close at noon"}).json()["id"]
    assert town.truth("instagram")["comments"][made]["parent"] is None


def test_ids_have_seventeen_digits(town: Town):
    assert len(town.posts["instagram"]) == len(town.say("instagram")) == 17


def test_a_comment_without_author_or_time_lacks_those_fields(town: Town):
    named = town.say("instagram", author=None, created_at=None)
    asked = {"fields": "id,text,username,from,timestamp"}
    assert town.gram("GET", "IGComment", named, asked).json() == {"id": named, "text": "Thank you"}


def test_one_token_serves_the_page_and_its_instagram_account(town: Town):
    town.put_account("instagram", access_token="token-facebook")
    shown = town.graph("GET", "IGUser", GRAM, {"fields": "id,username,name,profile_picture_url"}).json()
    assert shown["username"] == "townpolice"


def test_its_use_case_header_is_of_its_own_kind(town: Town):
    header = town.gram("GET", "IGUser", GRAM).headers["x-business-use-case-usage"]
    assert '"type": "instagram"' in header
    assert GRAM in header
