"""Posts of ours: published exactly as approved, changed and taken away by two (2.0, C.8, S.O.P. 1)."""

from datetime import UTC, datetime

import pgtrigger
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.kinds import read_order
from accounts.models import Post
from accounts.orders import carry_out
from accounts.platforms import fetching
from accounts.platforms.contract import Gone, Sent, Uncertain
from accounts.platforms.fetching import Looked
from content import link_checking, listing, publishing
from content.items import NotReady
from content.lending import address_to_fetch
from content.models import Approval, MediaFile, Publication, PublicationOrder
from members.powers import Power
from members.states import Invalid, Refused, WrongState
from tests.content.acts import ordered, showing, submitted
from tests.content.pictures import in_library, photo, saved

pytestmark = [pytest.mark.sop("2.0", "C.8", "1.FB"), pytest.mark.django_db]


class Standing:
    """An account's platform in memory: what was published there."""

    def __init__(self):
        self.posts, self.fault = {}, ""

    def publish(self, draft):
        sent = Sent(f"post-{len(self.posts) + 1}", datetime.now(UTC))
        self.posts[sent.remote_id] = draft
        if self.fault:
            raise Uncertain("No answer came.")
        return sent

    def published(self, draft, *, since):
        return next((Sent(name) for name, one in self.posts.items() if one.text == draft.text), None)

    def edit_post(self, remote_id, text):
        self.posts[remote_id] = text

    def delete_post(self, remote_id):
        if self.posts.pop(remote_id, None) is None:
            raise Gone("It is not there.")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def standing(monkeypatch):
    there = Standing()
    monkeypatch.setattr("accounts.models.account.Account.client", lambda self, **callbacks: there)
    return there


def anew(order):
    return read_order("content.PublicationOrder", order.pk)


@pytest.fixture
def post(facebook):
    """One of ours that stands."""
    return Post.objects.create(account=facebook, remote_id="p1", text="Old.")


def changed(post, member, **more):
    """The change of its text, written and not decided."""
    return publishing.write_change(post, by=member, **({"does": "edit_post", "text": "New."} | more))


def test_what_another_approves_is_published(facebook, officer, commander, standing):
    order = ordered(facebook, by=officer, commander=commander)
    assert carry_out(anew(order))
    assert anew(order).state == "done"
    assert [draft.text for draft in standing.posts.values()] == ["Coffee with a Cop."]


def test_nobody_approves_his_own_change(post, commander, officer, supervisor):
    made = changed(post, commander)
    with pytest.raises(Refused, match="Nobody approves what he wrote"):
        publishing.approve(made, by=commander, seen_as=made.seen_as)
    with pytest.raises(Refused):
        publishing.approve(made, by=supervisor, seen_as=made.seen_as)
    with pytest.raises(DatabaseError, match="another member"), transaction.atomic():
        Approval.objects.create(publication=made, digest=made.digest, by=commander)


def test_nothing_unapproved_is_ordered_or_called_approved(post, facebook, officer, commander):
    made = changed(post, officer)
    with pytest.raises(DatabaseError, match="only what another member approved"), transaction.atomic():
        PublicationOrder.objects.create(key="k", account=facebook, publication=made)
    with pytest.raises(DatabaseError, match="approved means"), transaction.atomic():
        Publication.objects.filter(pk=made.pk).update(state="approved")
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=made.pk).update(text="Something else.")


def test_a_new_post_comes_of_an_item_and_is_decided_with_it_alone(post, facebook, officer, specialist, commander):
    with pytest.raises(Invalid, match="is an item"):
        publishing.write_change(post, by=officer, does="publish", text="Coffee.")
    with pytest.raises(DatabaseError, match="comes of an item"), transaction.atomic():
        Publication.objects.create(
            account=facebook, does="publish", form="text", text="Coffee.", digest=b"d", written_by=officer
        )
    part = submitted(facebook, by=officer, reviewer=specialist).submission.publications.get()
    assert part.verbs_for(commander) == []
    with pytest.raises(Refused, match="decided whole"):
        publishing.approve(part, by=commander, seen_as=part.seen_as)
    with pytest.raises(Refused, match="decided whole"):
        part.return_it("Shorter.", by=commander)
    with pytest.raises(Refused):
        part.withdraw(by=officer)


def test_what_was_not_looked_at_is_not_approved(post, officer, commander):
    made = changed(post, officer)
    with pytest.raises(Invalid, match="not what you looked at"):
        publishing.approve(made, by=commander, seen_as="0" * 64)


def with_a_photo(facebook, officer, commander):
    """The order of a post with a picture, the picture's file, and the post."""
    shown = in_library(saved(photo()), "cup.jpg", officer)
    order = ordered(facebook, by=officer, commander=commander, pictures=showing(shown))
    return order, order.publication.files.get(), order.publication


@pytest.mark.sop("2.D", "2.G")
def test_a_file_altered_after_the_approval_is_not_sent(facebook, officer, commander, standing):
    order, file, _ = with_a_photo(facebook, officer, commander)
    file.path.write_bytes(b"another picture")
    carry_out(anew(order))
    assert anew(order).state == "failed"
    assert not standing.posts


def test_a_file_slipped_in_after_the_approval_is_not_sent(facebook, officer, commander, standing):
    order, kept, made = with_a_photo(facebook, officer, commander)
    file = {"publication": made, "number": 2, "digest": kept.digest, "mime": kept.mime, "size": kept.size, "alt": "A"}
    file["rendering"] = kept.rendering
    with pytest.raises(DatabaseError, match="decided already"), transaction.atomic():
        MediaFile.objects.create(**file)
    with pgtrigger.ignore("content.MediaFile:comes_before_the_decision"):
        MediaFile.objects.create(**file)
    carry_out(anew(order))
    assert anew(order).state == "failed"
    assert not standing.posts


def test_what_may_have_gone_out_is_sought_before_it_is_sent_again(facebook, officer, commander, standing):
    order = ordered(facebook, by=officer, commander=commander)
    standing.fault = "applied"
    carry_out(anew(order))
    assert anew(order).state == "uncertain"
    PublicationOrder.objects.update(not_before=datetime.now(UTC))
    carry_out(anew(order))
    assert (anew(order).state, len(standing.posts)) == ("done", 1)


def test_a_post_is_changed_and_taken_away_by_two(post, officer, commander, standing):
    standing.posts["p1"] = "Old."
    made = changed(post, officer)
    carry_out(anew(publishing.approve(made, by=commander, seen_as=made.seen_as)))
    assert standing.posts["p1"] == "New."
    made = changed(post, officer, does="delete_post", text="")
    carry_out(anew(publishing.approve(made, by=commander, seen_as=made.seen_as)))
    assert not standing.posts


def test_what_the_platform_has_not_is_refused_and_what_it_leaves_to_hands_comes_to_hands(
    instagram, youtube, officer, commander, standing
):
    with pytest.raises(NotReady):
        ordered(instagram, by=officer, commander=commander)
    order = ordered(youtube, by=officer, commander=commander)
    carry_out(anew(order))
    assert anew(order).state == "by_hand"
    assert anew(order).cell.steps
    assert not standing.posts


def test_a_returned_or_withdrawn_change_is_decided_once(post, officer, commander):
    made = changed(post, officer)
    with pytest.raises(Invalid, match="Say what is to be changed"):
        made.return_it(" ", by=commander)
    made.return_it("Shorter.", by=commander)
    with pytest.raises(WrongState):
        publishing.approve(Publication.objects.get(pk=made.pk), by=commander, seen_as=made.seen_as)


@pytest.mark.parametrize("typed", ["Shorter\x00.", "S" * 2001])
def test_what_cannot_be_kept_is_said_and_changes_nothing(post, youtube, officer, commander, browser_of, typed):
    browser, made = browser_of(commander), changed(post, officer)
    answer = browser.post(reverse("return_publication", args=[made.pk]), {"reason": typed})
    assert (answer.status_code, Publication.objects.get().state) == (422, "written")
    assert "cannot be kept" in answer.content.decode()
    order = ordered(youtube, by=officer, commander=commander)
    PublicationOrder.objects.update(state="by_hand")
    answer = browser.post(reverse("publication_order", args=[order.pk, "confirm"]), {"proof": typed})
    assert (answer.status_code, anew(order).state) == (422, "by_hand")


def test_a_platform_fetches_a_lent_file_and_nobody_guesses_one(facebook, officer, commander, client, settings):
    _, file, _ = with_a_photo(facebook, officer, commander)
    answer = client.get(address_to_fetch(file.pk).removeprefix(settings.UNIT_URL))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert client.get(reverse("lent_file", args=["1"])).status_code == 404


@pytest.mark.sop("2.C", "2.F")
def test_a_change_is_held_to_the_criteria_as_a_new_post_is(post, officer, commander):
    listing.add("María Ortiz", "victim", by=officer)
    with pytest.raises(Invalid, match="juveniles and victims"):
        changed(post, officer, text="Maria Ortiz is well.")
    with pytest.raises(Invalid, match="not in the register"):
        changed(post, officer, text="Come to the #BeachDay.")
    made = changed(post, officer, text="Rosa Diaz is well.")
    listing.add("Rosa Diaz", "victim", by=officer)
    with pytest.raises(Invalid, match="juveniles and victims"):
        publishing.approve(made, by=commander, seen_as=made.seen_as)


@pytest.mark.sop("2.E")
def test_a_change_that_suggests_a_scene_is_the_commanders_alone(
    post, officer, supervisor, commander, hand_over, browser_of
):
    hand_over(commander, supervisor, Power.APPROVE_CONTENT)
    plain, scene = changed(post, officer), changed(post, officer, text="Suspect in custody, avoid the area.")
    assert (plain.may_approve(supervisor), scene.may_approve(supervisor)) == (True, False)
    assert "the Commander alone" in browser_of(supervisor).get(scene.get_absolute_url()).content.decode()
    with pytest.raises(Refused):
        publishing.approve(scene, by=supervisor, seen_as=scene.seen_as)
    assert publishing.approve(scene, by=commander, seen_as=scene.seen_as)


@pytest.mark.sop("2.A")
def test_the_links_of_a_change_are_looked_at_and_shown(
    post, officer, commander, browser_of, monkeypatch, django_capture_on_commit_callbacks
):
    address, sent = "https://bayside.example/coffee", []
    monkeypatch.setattr(link_checking.hints, "send", lambda *task: sent.append(task))
    with django_capture_on_commit_callbacks(execute=True):
        made = changed(post, officer, text=f"See {address}.")
    assert sent == [("content.tasks.check_links_of_change", made.pk)]
    found = Looked(200, "https://bayside.example/coffee/2", b"<title>Coffee with a Cop</title>")
    monkeypatch.setattr(fetching, "look", lambda address, **_: found)
    link_checking.check_change(made.pk)
    shown = browser_of(commander).get(made.get_absolute_url()).content.decode()
    assert "Coffee with a Cop" in shown
    assert "https://bayside.example/coffee/2" in shown


@pytest.mark.sop("1.3", "2.0")
def test_who_may_not_or_has_left_approves_nothing_in_the_database_either(
    post, officer, supervisor, transferred, commander, hand_over
):
    made = changed(post, officer)
    for by in (supervisor, transferred):
        with pytest.raises(DatabaseError, match=r"his to decide|has left"), transaction.atomic():
            Approval.objects.create(publication=made, digest=made.digest, by=by)
    hand_over(commander, supervisor, Power.APPROVE_CONTENT)
    assert Approval.objects.create(publication=made, digest=made.digest, by=supervisor)


@pytest.mark.parametrize(
    "wrong", [{"digest": "../../../../etc/passwd"}, {"mime": "text/html"}, {"mime": "image/svg+xml"}]
)
def test_a_file_lies_under_its_digest_and_is_a_photo_or_video(post, officer, wrong):
    right = {"digest": "a1" * 32, "mime": "image/jpeg", "size": 1, "alt": "A cup.", "number": 1}
    written = changed(post, officer)
    without = pgtrigger.ignore("content.MediaFile:is_as_rendered")
    with without, pytest.raises(DatabaseError, match="file_"), transaction.atomic():
        MediaFile.objects.create(publication=written, **(right | wrong))


def test_a_post_of_a_suspended_account_waits_until_it_is_resumed(facebook, officer, commander, standing):
    order = ordered(facebook, by=officer, commander=commander)
    facebook.suspend("Somebody else signed in.", by=commander)
    assert not carry_out(anew(order))
    assert (anew(order).state, standing.posts) == ("waiting", {})
    facebook.resume("It was us.", by=commander)
    PublicationOrder.objects.update(not_before=datetime.now(UTC))
    assert carry_out(anew(order))
    assert len(standing.posts) == 1
