"""YouTube, as facts 4 has it."""

import pytest

from tests.sandbox.conftest import ANN, CHANNEL, Town


def moderate(town: Town, named: str, status: str, **more: str):
    return town.youtube("POST", "comments/setModerationStatus", {"id": named, "moderationStatus": status} | more)


def reply(town: Town, parent: str, text: str = "Thank you"):
    body = {"snippet": {"parentId": parent, "textOriginal": text}}
    return town.youtube("POST", "comments", {"part": "snippet"}, body)


def by_id(town: Town, named: str) -> dict:
    return town.youtube("GET", "comments", {"part": "snippet", "id": named}).json()["items"][0]["snippet"]


def reason(answer) -> str:
    return answer.json()["error"]["errors"][0]["reason"]


def test_ids_look_like_those_of_youtube(town: Town):
    top = town.say("youtube")
    below = town.say("youtube", parent=top)
    assert (len(top), top[:2], len(town.posts["youtube"])) == (26, "Ug", 11)
    assert below.split(".")[0] == top


def test_threads_of_the_whole_channel_come_newest_first_page_by_page(town: Town):
    said = [town.say("youtube", f"{n}") for n in range(5)]
    asked = {"part": "snippet", "allThreadsRelatedToChannelId": CHANNEL, "maxResults": "2"}
    found, more = [], {}
    for _ in range(3):
        page = town.youtube("GET", "commentThreads", asked | more).json()
        found += [one["id"] for one in page["items"]]
        more = {"pageToken": page.get("nextPageToken", "")}
    assert found == said[::-1]
    assert "nextPageToken" not in page


def test_a_wrong_page_token_is_refused(town: Town):
    asked = {"part": "snippet", "allThreadsRelatedToChannelId": CHANNEL, "pageToken": "nonsense"}
    assert reason(town.youtube("GET", "commentThreads", asked)) == "invalidPageToken"


def test_exactly_one_filter_is_needed_and_a_part(town: Town):
    both = {"part": "snippet", "allThreadsRelatedToChannelId": CHANNEL, "videoId": town.posts["youtube"]}
    for asked in ({"part": "snippet"}, both, {"allThreadsRelatedToChannelId": CHANNEL}):
        assert town.youtube("GET", "commentThreads", asked).status_code == 400
    one = {"part": "snippet", "videoId": town.posts["youtube"]}
    assert town.youtube("GET", "commentThreads", one).status_code == 200
    assert reason(town.youtube("GET", "commentThreads", one | {"videoId": "none"})) == "videoNotFound"


def test_by_id_no_moderation_status_may_be_asked_for_or_is_told(town: Town):
    named = town.say("youtube")
    asked = {"part": "snippet", "id": named}
    assert town.youtube("GET", "commentThreads", asked | {"moderationStatus": "published"}).status_code == 400
    thread = town.youtube("GET", "commentThreads", asked).json()["items"][0]
    assert "moderationStatus" not in thread["snippet"]["topLevelComment"]["snippet"]
    assert "moderationStatus" not in by_id(town, named)
    assert town.threads()[0]["snippet"]["topLevelComment"]["snippet"]["moderationStatus"] == "published"


@pytest.mark.parametrize("status", ["published", "heldForReview", "likelySpam", "rejected"])
def test_each_status_has_its_own_pass(town: Town, status: str):
    named = town.say("youtube", status=status)
    for one in ("published", "heldForReview", "likelySpam", "rejected"):
        found = [thread["id"] for thread in town.threads(moderationStatus=one)]
        assert found == ([named] if one == status else [])


def test_a_thread_embeds_five_replies_and_says_how_many_there_are(town: Town):
    top = town.say("youtube")
    below = [town.say("youtube", f"{n}", parent=top) for n in range(7)]
    thread = town.threads()[0]
    assert [one["id"] for one in thread["replies"]["comments"]] == below[:1:-1]
    assert thread["snippet"]["totalReplyCount"] == 7
    found, more = [], {}
    for _ in range(3):
        asked = {"part": "snippet", "parentId": top, "maxResults": "3"} | more
        page = town.youtube("GET", "comments", asked).json()
        found += [one["id"] for one in page["items"]]
        more = {"pageToken": page.get("nextPageToken", "")}
    assert found == below[::-1]
    assert page["items"][0]["snippet"]["parentId"] == top


def test_replies_are_left_out_where_the_part_is_not_asked_for(town: Town):
    town.say("youtube", parent=town.say("youtube"))
    assert "replies" not in town.threads(part="snippet")[0]
    assert "snippet" not in town.threads(part="replies")[0]


def test_a_reply_hangs_under_its_top_level_comment(town: Town):
    top = town.say("youtube")
    made = reply(town, top).json()
    assert made["id"].startswith(top + ".")
    assert made["snippet"]["textOriginal"] == "Thank you"
    assert town.threads()[0]["replies"]["comments"][0]["snippet"]["authorChannelId"] == {"value": CHANNEL}
    assert town.truth("youtube")["comments"][made["id"]]["ours"] is True


def test_there_is_one_level_of_replies_only(town: Town):
    below = town.say("youtube", parent=town.say("youtube"))
    assert reason(reply(town, below)) == "parentCommentNotFound"
    assert reason(reply(town, "Ugnone")) == "parentCommentNotFound"


def test_a_reply_needs_a_text(town: Town):
    assert reason(reply(town, town.say("youtube"), "")) == "commentTextRequired"


def test_a_held_comment_is_in_the_held_pass_only_and_comes_back(town: Town):
    named = town.say("youtube")
    assert moderate(town, named, "heldForReview").status_code == 204
    assert town.threads() == []
    assert [one["id"] for one in town.threads(moderationStatus="heldForReview")] == [named]
    assert by_id(town, named)["textDisplay"] == "Thank you"
    assert town.truth("youtube")["comments"][named]["hidden"] is True
    assert moderate(town, named, "published").status_code == 204
    assert [one["id"] for one in town.threads()] == [named]


def test_a_held_reply_is_found_again_in_the_held_pass(town: Town):
    top = town.say("youtube")
    below = town.say("youtube", parent=top)
    moderate(town, below, "heldForReview")
    assert "replies" not in town.threads()[0]
    held = town.threads(moderationStatus="heldForReview")[0]
    assert held["snippet"]["topLevelComment"]["snippet"]["moderationStatus"] == "published"
    assert [one["id"] for one in held["replies"]["comments"]] == [below]


def test_many_comments_are_moderated_at_once_all_or_none(town: Town):
    named = [town.say("youtube") for _ in range(3)]
    assert reason(moderate(town, ",".join([*named, "Ugnone"]), "heldForReview")) == "commentNotFound"
    assert len(town.threads()) == 3
    moderate(town, ",".join(named), "heldForReview")
    assert town.threads() == []
    assert moderate(town, ",".join(["Ug"] * 51), "published").status_code == 400


def test_rejecting_is_for_ever(town: Town):
    named = town.say("youtube")
    moderate(town, named, "rejected")
    assert reason(moderate(town, named, "published")) == "operationNotSupported"
    assert town.truth("youtube")["comments"][named]["status"] == "rejected"


def test_a_ban_goes_with_a_rejection_only_and_rejects_what_comes_after(town: Town):
    named = town.say("youtube")
    assert reason(moderate(town, named, "heldForReview", banAuthor="true")) == "banWithoutReject"
    assert moderate(town, named, "rejected", banAuthor="true").status_code == 204
    after = town.say("youtube")
    assert town.truth("youtube")["comments"][after]["status"] == "rejected"
    other = town.say("youtube", author={"id": "UCother", "name": "Other"})
    assert town.truth("youtube")["comments"][other]["status"] == "published"


def test_an_unknown_status_is_refused(town: Town):
    assert moderate(town, town.say("youtube"), "likelySpam").status_code == 400


def test_another_channels_comment_is_not_ours_to_moderate(town: Town):
    town.control("PUT", "/accounts/youtube/UCother", {"handle": "o", "access_token": "other"})
    video = town.control("POST", "/posts", {"platform": "youtube", "account": "UCother", "text": "v"})["id"]
    order = {"platform": "youtube", "account": "UCother", "post": video, "text": "x", "author": ANN}
    named = town.control("POST", "/comments", order)["id"]
    assert reason(moderate(town, named, "heldForReview")) == "forbidden"


def test_the_original_text_is_for_its_author_and_html_is_the_default(town: Town):
    named = town.say("youtube", "a < b\nc")
    shown = by_id(town, named)
    assert shown["textDisplay"] == "a &lt; b<br>c"
    assert "textOriginal" not in shown
    assert town.threads()[0]["snippet"]["topLevelComment"]["snippet"]["textDisplay"] == "a < b\nc"


def test_uploads_are_found_by_the_channels_playlist(town: Town):
    asked = {"part": "contentDetails,snippet", "mine": "true"}
    channel = town.youtube("GET", "channels", asked).json()["items"][0]
    playlist = channel["contentDetails"]["relatedPlaylists"]["uploads"]
    asked = {"part": "snippet,contentDetails", "playlistId": playlist, "maxResults": "50"}
    items = town.youtube("GET", "playlistItems", asked).json()["items"]
    assert [one["contentDetails"]["videoId"] for one in items] == [town.posts["youtube"]]
    assert items[0]["snippet"]["title"] == "Main Street is closed"
    assert reason(town.youtube("GET", "playlistItems", asked | {"playlistId": "UUnone"})) == "playlistNotFound"


def test_a_channel_without_a_video_has_no_list_of_uploads(town: Town):
    town.control("PUT", "/accounts/youtube/UCempty", {"handle": "empty", "name": "Empty"})
    asked = {"part": "snippet,contentDetails", "playlistId": "UUempty"}
    assert reason(town.youtube("GET", "playlistItems", asked)) == "playlistNotFound"


def test_a_video_tells_how_many_comments_it_has_and_a_missing_one_is_left_out(town: Town):
    town.say("youtube")
    asked = {"part": "snippet,status,statistics", "id": f"{town.posts['youtube']},none"}
    items = town.youtube("GET", "videos", asked).json()["items"]
    assert [one["statistics"]["commentCount"] for one in items] == ["1"]


def test_an_author_is_a_channel(town: Town):
    town.say("youtube")
    items = town.youtube("GET", "channels", {"part": "snippet", "id": "9001,none"}).json()["items"]
    assert [one["snippet"]["title"] for one in items] == ["Ann Example"]


def test_a_comment_without_author_or_time_lacks_those_fields(town: Town):
    shown = by_id(town, town.say("youtube", author=None, created_at=None))
    assert not {"authorDisplayName", "authorChannelId", "publishedAt", "updatedAt"} & set(shown)


def test_a_picture_in_a_comment_is_told(town: Town):
    named = town.say("youtube", attachments=[{"url": "https://example.test/a.gif"}])
    assert by_id(town, named)["imageUrl"] == "https://example.test/a.gif"


def test_a_wrong_and_an_expired_token_are_unauthorized(town: Town):
    town.put_account("youtube", access_token="old", access_token_expires_at="2020-01-01T00:00:00Z")
    url = "/youtube.googleapis.com/youtube/v3/channels?part=snippet&mine=true"
    for token in ("old", "wrong"):
        refused = town.client.get(url, headers={"Authorization": f"Bearer {token}"})
        assert (refused.status_code, reason(refused)) == (401, "authError")


def test_a_refresh_token_stays_good(town: Town):
    town.put_account("youtube", refresh_token="rt", client_id="c", client_secret="s")
    form = {"grant_type": "refresh_token", "refresh_token": "rt", "client_id": "c", "client_secret": "s"}
    url = "/oauth2.googleapis.com/token"
    made = [town.client.post(url, data=form).json() for _ in range(2)]
    assert [one["expires_in"] for one in made] == [3599, 3599]
    asked = {"Authorization": f"Bearer {made[1]['access_token']}"}
    channels = "/youtube.googleapis.com/youtube/v3/channels?part=id&mine=true"
    assert town.client.get(channels, headers=asked).status_code == 200
    assert town.client.post(url, data=form | {"client_secret": "no"}).json()["error"] == "invalid_client"
    assert town.client.post(url, data=form | {"refresh_token": "no"}).json()["error"] == "invalid_grant"
