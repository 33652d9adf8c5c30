"""Each act of a member on each platform, over real HTTP, with the sandbox's truth beside it (S.O.P. 1)."""

from uuid import uuid4

import pytest
from PIL import Image

from accounts.kinds import read_order
from accounts.models import Post
from accounts.orders import carry_out
from accounts.platforms.capabilities import Act, Way, capability
from content import publishing
from content.manuscript import Version
from moderation import bans, measures, reviews
from moderation.models import Comment
from moderation.polling import poll
from tests.content.acts import ordered, showing
from tests.content.pictures import in_library, saved, video
from tests.moderation.acts import case_of, grade, looked_at, order_of
from tests.moderation.climbing import propose_ban, work_it

pytestmark = [
    pytest.mark.sop("1.FB", "1.IG", "1.X", "1.YT"),
    pytest.mark.parametrize("platform", ["facebook", "instagram", "x", "youtube"]),
]


@pytest.fixture
def account(accounts, platform):
    return accounts[platform]


@pytest.fixture(autouse=True)
def at_once(settings, tmp_path):
    settings.UNDO_SECONDS, settings.MEDIA_ROOT = 0, tmp_path


@pytest.fixture
def commented(stage, account, terms, grading_system):
    """A comment that came in from the sandbox, under our post."""
    post = stage.post(account, image="https://example.org/p.jpg")
    mention = "@baysidepd When do you open?"
    stage.comment(account, mention, post)
    poll(account.pk)
    return Comment.objects.select_related("account", "post", "poster").get(ours=False)


def truth(stage, account):
    return stage.control.get(f"/truth/{account.platform}").json()[account.platform]


def done(order):
    carry_out(read_order(order._meta.label, order.pk))
    order = read_order(order._meta.label, order.pk)
    return order.state, order.outcome


def expected(account, act):
    way = capability(account.platform, act, account.tier).way
    return "by_hand" if way in {Way.BY_HAND, Way.NEVER} else "done"


def test_a_private_message(stage, account, commented, officer):
    grade(commented, 3, by=officer, reply="At nine.")
    if capability(account.platform, Act.MESSAGE, account.tier).way == Way.NEVER:
        assert "message" not in measures.offered(commented, officer)
        return
    state, outcome = done(measures.message(commented, "Call us at 311.", by=officer, key=uuid4().hex))
    assert state == "done", outcome
    assert "Call us at 311." in stage.control.get(f"/truth/{account.platform}").text


@pytest.mark.sop("4.L7", "4.S")
def test_a_notice_of_a_level_7(stage, account, commented, officer, prepared_texts):
    grade(commented, 7, by=officer, words="open")
    work_it(commented)
    notice = commented.notices.get()
    assert (notice.outcome, case_of(commented).hidden) in {("delivered", True), ("visible", True)}, notice.outcome_says
    assert notice.reference in stage.control.get(f"/truth/{account.platform}").text


def test_comments_of_our_own(stage, account, commented, officer, supervisor):
    written = measures.comment_under(commented.post, "We open at 9.", by=officer, key=uuid4().hex)
    state, outcome = done(looked_at(written, by=supervisor))
    assert state == expected(account, Act.COMMENT), outcome
    ours = {name: one for name, one in truth(stage, account)["comments"].items() if one["ours"]}
    assert [one["text"] for one in ours.values()] == ["We open at 9."]
    poll_again(account)
    own = Comment.objects.select_related("account", "poster").get(ours=True)
    if capability(account.platform, Act.EDIT_OWN, account.tier).way != Way.NEVER:
        changed = measures.edit_own(own, "We open at 10.", by=officer, key=uuid4().hex)
        state, outcome = done(looked_at(changed, by=supervisor))
        assert state == expected(account, Act.EDIT_OWN), outcome
    state, outcome = done(measures.delete_own(own, by=officer, key=uuid4().hex))
    assert state == "done", outcome
    assert truth(stage, account)["comments"][own.remote_id]["deleted"]


def poll_again(account):
    account.poll_state.refresh_from_db()
    type(account.poll_state).objects.filter(pk=account.pk).update(next_at="2020-01-01T00:00Z", last_started_at=None)
    poll(account.pk)


@pytest.fixture
def hidden(commented, officer):
    grade(commented, 7, by=officer)
    for _ in range(3):
        for order in commented.orders.all():
            carry_out(read_order("moderation.CommentOrder", order.pk))
    assert order_of(commented, "hide").state == "done", order_of(commented, "hide").outcome
    return commented


def test_a_deletion_by_two(stage, account, hidden, commander, supervisor):
    if capability(account.platform, Act.DELETE, account.tier).way == Way.NEVER:
        assert "delete" not in measures.offered(hidden, commander)
        return
    proposal = measures.propose("delete", account, by=commander, reason="It came back.", comment=hidden)
    state, outcome = done(measures.approve(proposal, by=supervisor, why="It harms."))
    assert state == "done", outcome
    told = truth(stage, account)["comments"][hidden.remote_id]
    assert told["deleted"] or told["status"] == "rejected"
    assert case_of(hidden).sight == "gone"


def test_a_ban_and_its_end(stage, account, hidden, commander, acting, supervisor):
    reviews.uphold(hidden.reviews.get(), by=supervisor, why="An insult.")
    ban = propose_ban(hidden, acting)
    bans.waive(ban, by=commander, why="He goes on elsewhere.")
    state, outcome = done(measures.approve(ban, by=commander, why="Three breaches."))
    conditional = capability(account.platform, Act.BAN, account.tier).way == Way.CONDITIONAL
    assert state in ({"done", "by_hand"} if conditional else {expected(account, Act.BAN)}), outcome
    banned = truth(stage, account)["bans"][account.remote_id]
    assert (hidden.poster.remote_id in str(banned)) == (state == "done")
    lift = measures.propose("unban", account, by=acting, reason="Time is up.", poster=hidden.poster)
    state, outcome = done(measures.approve(lift, by=supervisor, why="Agreed."))
    assert state in {"done", "by_hand"}, outcome
    if state == "done":
        assert hidden.poster.remote_id not in str(truth(stage, account)["bans"][account.remote_id])


@pytest.fixture
def acting(hand_over, commander, other_officer):
    hand_over(commander, other_officer, "administer_accounts")
    return other_officer


def photo(color, by):
    return in_library(saved(Image.new("RGB", (640, 480), color)), f"{color}.jpg", by)


def film(path, by):
    return in_library(video(path, seconds=3.2), path.name, by)


@pytest.mark.parametrize("form", ["text", "photo", "photos", "video"])
def test_posts_are_published_changed_and_taken_away(
    stage, account, form, officer, commander, terms, live_files, tmp_path
):
    act = Act(f"publish_{form}")
    cell = capability(account.platform, act, account.tier)
    if cell.way == Way.NEVER:
        return
    colors = {"photo": ["navy"], "photos": ["navy", "olive"]}.get(form, [])
    shown = [film(tmp_path / "boat.mp4", officer)] if form == "video" else [photo(color, officer) for color in colors]
    words = {"text": "Coffee with a Cop, Saturday.", "versions": (Version(account.pk, title="Coffee"),)}
    state, outcome = done(ordered(account, by=officer, commander=commander, pictures=showing(*shown), **words))
    assert state == expected(account, act), outcome
    if state != "done":
        return
    (name,) = truth(stage, account)["posts"]
    assert Post.objects.get(account=account).remote_id == name  # ours at once, before it is read again
    poll_again(account)
    post = Post.objects.get(account=account, remote_id=name)
    for does, text in (("edit_post", "Coffee with a Cop, Sunday."), ("delete_post", "")):
        if capability(account.platform, Act(does), account.tier).way == Way.NEVER:
            continue
        change = publishing.write_change(post, by=officer, does=does, text=text)
        state, outcome = done(publishing.approve(change, by=commander, seen_as=change.seen_as))
        assert state == expected(account, Act(does)), f"{does}: {outcome}"
    if expected(account, Act.DELETE_POST) == "done":
        assert truth(stage, account)["posts"][post.remote_id]["deleted"]


@pytest.fixture
def live_files(live_server, settings):
    """The sandbox fetches a lent photo from us."""
    settings.UNIT_URL = live_server.url
