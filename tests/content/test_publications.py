"""Posts of ours: written, approved by another, published exactly as approved (2.0, C.8, S.O.P. 1)."""

import io
from datetime import UTC, datetime

import pgtrigger
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from PIL import Image

from accounts.kinds import read_order
from accounts.models import Post
from accounts.orders import carry_out
from accounts.platforms.contract import Gone, Sent, Uncertain
from content import publishing
from content.lending import address_to_fetch
from content.models import Approval, MediaFile, Publication, PublicationOrder
from content.pictures import keep_photo, keep_video
from members.powers import Power
from members.states import Invalid, Refused, WrongState

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


def photo(**exif):
    out = io.BytesIO()
    picture = Image.new("RGB", (640, 480), "navy")
    data = Image.Exif()
    data[0x0110] = "A camera"
    data.get_ifd(0x8825)[1] = "N"
    picture.save(out, "JPEG", exif=data)
    return io.BytesIO(out.getvalue())


def written(account, member, **more):
    return publishing.write(account, by=member, **({"form": "text", "text": "Coffee with a Cop."} | more))


def test_what_another_approves_is_published(facebook, officer, commander, standing):
    made = written(facebook, officer)
    order = publishing.approve(made, by=commander, seen_as=made.seen_as)
    assert carry_out(anew(order))
    assert anew(order).state == "done"
    assert [draft.text for draft in standing.posts.values()] == ["Coffee with a Cop."]


def test_nobody_approves_his_own(facebook, commander, officer, supervisor):
    made = written(facebook, commander)
    with pytest.raises(Refused, match="Nobody approves what he wrote"):
        publishing.approve(made, by=commander, seen_as=made.seen_as)
    with pytest.raises(Refused):
        publishing.approve(made, by=supervisor, seen_as=made.seen_as)
    with pytest.raises(DatabaseError, match="another member"), transaction.atomic():
        Approval.objects.create(publication=made, digest=made.digest, by=commander)


def test_nothing_unapproved_is_ordered_or_called_approved(facebook, officer, commander):
    made = written(facebook, officer)
    with pytest.raises(DatabaseError, match="only what another member approved"), transaction.atomic():
        PublicationOrder.objects.create(key="k", account=facebook, publication=made)
    with pytest.raises(DatabaseError, match="approved means"), transaction.atomic():
        Publication.objects.filter(pk=made.pk).update(state="approved")
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=made.pk).update(text="Something else.")


def test_what_was_not_looked_at_is_not_approved(facebook, officer, commander):
    made = written(facebook, officer)
    with pytest.raises(Invalid, match="not what you looked at"):
        publishing.approve(made, by=commander, seen_as="0" * 64)


def test_a_file_altered_after_the_approval_is_not_sent(facebook, officer, commander, standing):
    made = written(facebook, officer, form="photo", files=[(keep_photo(photo(), "BPD"), "A cup.")])
    order = publishing.approve(made, by=commander, seen_as=made.seen_as)
    made.files.get().path.write_bytes(b"another picture")
    carry_out(anew(order))
    assert (anew(order).state, anew(order).outcome_code) == ("failed", "altered")
    assert not standing.posts


def test_a_file_slipped_in_after_the_approval_is_not_sent(facebook, officer, commander, standing):
    made = written(facebook, officer)
    order = publishing.approve(made, by=commander, seen_as=made.seen_as)
    kept = keep_photo(photo(), "BPD")
    file = {"publication": made, "number": 1, "digest": kept.digest, "mime": kept.mime, "size": kept.size, "alt": "A"}
    with pytest.raises(DatabaseError, match="decided already"), transaction.atomic():
        MediaFile.objects.create(**file)
    with pgtrigger.ignore("content.MediaFile:comes_before_the_decision"):
        MediaFile.objects.create(**file)
    carry_out(anew(order))
    assert anew(order).outcome_code == "altered"


def test_what_may_have_gone_out_is_sought_before_it_is_sent_again(facebook, officer, commander, standing):
    made = written(facebook, officer)
    order = publishing.approve(made, by=commander, seen_as=made.seen_as)
    standing.fault = "applied"
    carry_out(anew(order))
    assert anew(order).state == "uncertain"
    PublicationOrder.objects.update(not_before=datetime.now(UTC))
    carry_out(anew(order))
    assert (anew(order).state, len(standing.posts)) == ("done", 1)


def test_a_post_is_changed_and_taken_away_by_two(facebook, officer, commander, standing):
    standing.posts["p1"] = "Old."
    post = Post.objects.create(account=facebook, remote_id="p1", text="Old.")
    made = publishing.write(facebook, by=officer, does="edit_post", post=post, text="New.")
    carry_out(anew(publishing.approve(made, by=commander, seen_as=made.seen_as)))
    assert standing.posts["p1"] == "New."
    made = publishing.write(facebook, by=officer, does="delete_post", post=post, text="")
    carry_out(anew(publishing.approve(made, by=commander, seen_as=made.seen_as)))
    assert not standing.posts


def test_what_the_platform_has_not_is_refused_and_what_it_leaves_to_hands_comes_to_hands(
    instagram, youtube, officer, commander, standing
):
    with pytest.raises(Invalid):
        written(instagram, officer)
    made = written(youtube, officer)
    order = publishing.approve(made, by=commander, seen_as=made.seen_as)
    carry_out(anew(order))
    assert anew(order).state == "by_hand"
    assert anew(order).cell.steps
    assert not standing.posts


def test_a_returned_or_withdrawn_post_is_decided_once(facebook, officer, commander):
    made = written(facebook, officer)
    with pytest.raises(Invalid, match="Say what is to be changed"):
        made.return_it(" ", by=commander)
    made.return_it("Shorter.", by=commander)
    with pytest.raises(WrongState):
        publishing.approve(Publication.objects.get(pk=made.pk), by=commander, seen_as=made.seen_as)


@pytest.mark.parametrize("typed", ["Shorter\x00.", "S" * 2001])
def test_what_cannot_be_kept_is_said_and_changes_nothing(facebook, youtube, officer, commander, browser_of, typed):
    browser, made = browser_of(commander), written(facebook, officer)
    answer = browser.post(reverse("return_publication", args=[made.pk]), {"reason": typed})
    assert (answer.status_code, Publication.objects.get().state) == (422, "written")
    assert "cannot be kept" in answer.content.decode()
    by_hand = written(youtube, officer)
    order = publishing.approve(by_hand, by=commander, seen_as=by_hand.seen_as)
    PublicationOrder.objects.update(state="by_hand")
    answer = browser.post(reverse("publication_order", args=[order.pk, "confirm"]), {"proof": typed})
    assert (answer.status_code, anew(order).state) == (422, "by_hand")


@pytest.mark.sop("2.D", "2.G")
def test_a_photo_leaves_with_our_mark_and_without_its_place():
    kept = keep_photo(photo(), "BPD")
    with Image.open(publishing.MediaFile(digest=kept.digest).path) as picture:
        assert not picture.getexif()
        assert picture.getpixel((picture.width - 3, picture.height - 3)) != picture.getpixel((3, 3))


def torn():
    """A PNG whose second block of pixels is no block: Pillow finds out while it unpacks."""
    out = io.BytesIO()
    Image.effect_noise((400, 400), 90).save(out, "PNG")
    data = bytearray(out.getvalue())
    second = data.index(b"IDAT", data.index(b"IDAT") + 4)
    data[second : second + 4] = b"\x00\x01\x02\x03"
    return bytes(data)


@pytest.mark.parametrize("data", [b"", b"<svg onload=alert(1)>", b"\x00" * 100, b"GIF89a" + b"\x00" * 50, torn()])
def test_what_is_no_photo_or_video_is_refused(data):
    with pytest.raises(Invalid):
        keep_photo(io.BytesIO(data), "BPD")
    with pytest.raises(Invalid):
        keep_video(io.BytesIO(data))


def test_a_platform_fetches_a_lent_file_and_nobody_guesses_one(facebook, officer, client, settings):
    made = written(facebook, officer, form="photo", files=[(keep_photo(photo(), "BPD"), "A cup.")])
    address = address_to_fetch(made.files.get().pk)
    answer = client.get(address.removeprefix(settings.UNIT_URL))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert client.get(reverse("lent_file", args=["1"])).status_code == 404


def test_the_page_takes_a_photo_and_keeps_what_was_typed(facebook, officer, browser_of):
    browser = browser_of(officer)
    upload = SimpleUploadedFile("a.jpg", photo().getvalue(), "image/jpeg")
    typed = {"account": facebook.pk, "form": "photo", "text": "Hello <b>", "pictures": upload}
    answer = browser.post(reverse("write"), typed)
    assert answer.status_code == 422
    assert "one line for each file" in answer.content.decode()
    assert "Hello &lt;b&gt;" in answer.content.decode()
    upload.seek(0)
    answer = browser.post(reverse("write"), {**typed, "alt": "A cup of coffee"}, follow=True)
    assert "waits for approval" in answer.content.decode()
    assert MediaFile.objects.get().alt == "A cup of coffee"


@pytest.mark.sop("1.3", "2.0")
def test_who_may_not_or_has_left_approves_nothing_in_the_database_either(
    facebook, officer, supervisor, transferred, commander, hand_over
):
    made = written(facebook, officer)
    for by in (supervisor, transferred):
        with pytest.raises(DatabaseError, match=r"his to decide|has left"), transaction.atomic():
            Approval.objects.create(publication=made, digest=made.digest, by=by)
    hand_over(commander, supervisor, Power.APPROVE_CONTENT)
    assert Approval.objects.create(publication=made, digest=made.digest, by=supervisor)


@pytest.mark.parametrize(
    "wrong", [{"digest": "../../../../etc/passwd"}, {"mime": "text/html"}, {"mime": "image/svg+xml"}]
)
def test_a_file_lies_under_its_digest_and_is_a_photo_or_video(facebook, officer, wrong):
    right = {"digest": "a1" * 32, "mime": "image/jpeg", "size": 1, "alt": "A cup.", "number": 1}
    with pytest.raises(DatabaseError, match="file_"), transaction.atomic():
        MediaFile.objects.create(publication=written(facebook, officer), **(right | wrong))


def test_a_post_of_a_suspended_account_waits_until_it_is_resumed(facebook, officer, commander, standing):
    made = written(facebook, officer)
    order = publishing.approve(made, by=commander, seen_as=made.seen_as)
    facebook.suspend("Somebody else signed in.", by=commander)
    assert not carry_out(anew(order))
    assert (anew(order).state, standing.posts) == ("waiting", {})
    facebook.resume("It was us.", by=commander)
    PublicationOrder.objects.update(not_before=datetime.now(UTC))
    assert carry_out(anew(order))
    assert len(standing.posts) == 1
