"""What must never be false of publications is refused by the database, to the app's role and the tables' owner."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from content import holding, publishing
from content.models import Item, Publication, PublicationOrder, Rendering
from members import handing_over
from tests.cast import a_post
from tests.content.acts import approve, move_window, submitted
from tests.content.pictures import library_world
from tests.moderation.test_constraints import insert, refused, role, sql_as

__all__ = ["role"]
pytestmark = [pytest.mark.django_db, pytest.mark.sop("2.0", "C.8")]
WRITTEN, APPROVALS = "content_publication", "content_approval"
ORDERS, FILES = "content_publicationorder", "content_mediafile"


@pytest.fixture
def written(facebook, officer):
    """The change of a post that stands: it is approved by itself."""
    return publishing.write_change(a_post(facebook), by=officer, does="edit_post", text="Coffee with a Cop.")


@pytest.fixture
def handed_in(facebook, officer, specialist):
    """An item that waits for approval."""
    return submitted(facebook, by=officer, reviewer=specialist)


def a_publication(account, by, **values):
    return {
        "account_id": account.pk,
        "does": "publish",
        "form": "text",
        "text": "Coffee.",
        "title": "",
        "link": "",
        "why": "",
        "digest": b"d",
        "submission_id": None,
        "post_id": None,
        "state": "written",
        "written_by_id": by.pk,
        "written_at": timezone.now(),
        "returned_because": "",
        "active_scene": False,
    } | values


def an_approval(written, by, **values):
    about = {"publication_id": written.pk, "digest": bytes(written.digest), "by_id": by.pk, "at": timezone.now()}
    return about | values


def an_order(written, **values):
    now = timezone.now()
    return {
        "key": uuid.uuid4().hex,
        "account_id": written.account_id,
        "publication_id": written.pk,
        "state": "waiting",
        "urgent": False,
        "not_before": now,
        "attempts": 0,
        "failures": 0,
        "sent": False,
        "outcome": "",
        "outcome_code": "",
        "remote_id": "",
        "act": uuid.uuid4(),
        "created_at": now,
    } | values


def change(role, table, setting):
    with sql_as(role) as cursor:
        cursor.execute(f"UPDATE {table} SET {setting}")


def test_a_publication_names_what_it_does(role, facebook, instagram, officer, handed_in):
    post, new = a_post(facebook).pk, {"submission_id": handed_in.submission_id}
    for values in (
        {**new, "form": ""},
        {**new, "form": "poem"},
        {**new, "post_id": post},
        {"does": "edit_post"},
        {"does": "edit_post", "form": ""},
        {"does": "delete_post", "form": "text", "post_id": post},
        {"does": "shout", "form": "", "post_id": post},
    ):
        with refused("publication_names_what_it_does"):
            insert(role, WRITTEN, **a_publication(instagram, officer, **values))
    insert(role, WRITTEN, **a_publication(instagram, officer, **new))
    insert(role, WRITTEN, **a_publication(facebook, officer, does="edit_post", form="", post_id=post))


@pytest.mark.parametrize(
    "setting",
    ["text = 'x'", "digest = 'x'", "form = 'photo'", "written_by_id = NULL", "title = 'x'", "active_scene = TRUE"],
)
def test_what_was_written_stands(role, written, setting):
    with refused("Cannot update|not-null"):
        change(role, WRITTEN, setting)


def test_another_approves_exactly_this_and_once(role, written, officer, commander):
    with refused("another member approves"):
        insert(role, APPROVALS, **an_approval(written, officer))
    with refused("another member approves"):
        insert(role, APPROVALS, **an_approval(written, commander, digest=b"something else"))
    insert(role, APPROVALS, **an_approval(written, commander))
    with refused("publication_id"):
        insert(role, APPROVALS, **an_approval(written, commander))


def test_approved_means_an_approval(role, written, facebook, officer, commander):
    with refused("approved means an approval"):
        change(role, WRITTEN, "state = 'approved'")
    values = {"does": "edit_post", "form": "", "post_id": a_post(facebook).pk, "state": "approved"}
    with refused("approved means an approval"):
        insert(role, WRITTEN, **a_publication(facebook, officer, **values))
    insert(role, APPROVALS, **an_approval(written, commander))
    change(role, WRITTEN, "state = 'approved'")
    with refused("Cannot update"):
        change(role, WRITTEN, "state = 'written'")


@pytest.mark.parametrize("state", ["returned", "withdrawn"])
def test_it_is_decided_once(role, written, state):
    change(role, WRITTEN, f"state = '{state}'")
    for setting in ("state = 'written'", "returned_because = 'x'"):
        with refused("Cannot update"):
            change(role, WRITTEN, setting)


def test_only_what_another_approved_is_ordered_on_its_own_account(role, written, commander, instagram):
    with refused("only what another member approved"):
        insert(role, ORDERS, **an_order(written))
    insert(role, APPROVALS, **an_approval(written, commander))
    with refused("only what another member approved"):
        insert(role, ORDERS, **an_order(written))
    change(role, WRITTEN, "state = 'approved'")
    with refused("only what another member approved"):
        insert(role, ORDERS, **an_order(written, account_id=instagram.pk))
    with refused("waiting_publication_was_not_sent"):
        insert(role, ORDERS, **an_order(written, sent=True))
    insert(role, ORDERS, **an_order(written))
    with refused("publication_id"):
        insert(role, ORDERS, **an_order(written))


@pytest.fixture
def ordered(written, commander):
    return publishing.approve(written, by=commander, seen_as=written.seen_as)


@pytest.mark.parametrize(
    "setting", ["key = 'x'", "act = gen_random_uuid()", "by_id = NULL", "created_at = now() - interval '1 day'"]
)
def test_what_was_ordered_stands(role, ordered, setting):
    with refused("Cannot update"):
        change(role, ORDERS, setting)


@pytest.fixture
def made(officer):
    """A file that was made ready to leave."""
    return Rendering.objects.get(pk=library_world(officer)["rendering_id"])


def a_file(written, made, **values):
    about = {"publication_id": written.pk, "number": 1, "rendering_id": made.pk, "alt": "A cup."}
    return about | {"digest": made.digest, "mime": made.mime, "size": made.size} | values


def test_a_file_has_its_place_and_says_what_it_shows(role, written, made):
    with refused("file_says_what_it_shows"):
        insert(role, FILES, **a_file(written, made, alt=""))
    insert(role, FILES, **a_file(written, made))
    with refused("one_file_a_number"):
        insert(role, FILES, **a_file(written, made))


@pytest.mark.sop("2.G")
@pytest.mark.parametrize("wrong", [{"rendering_id": None}, {"digest": "1" * 64}, {"size": 3}])
def test_a_file_is_what_was_rendered_to_the_byte(role, written, made, wrong):
    with refused("what was rendered"):
        insert(role, FILES, **a_file(written, made, **wrong))


@pytest.mark.sop("2.E")
def test_of_a_change_whose_words_suggest_a_scene_no_designee_approves(role, facebook, officer, supervisor, commander):
    words = "Suspect in custody, avoid the area."
    written = publishing.write_change(a_post(facebook), by=officer, does="edit_post", text=words)
    now = timezone.now()
    handing_over.designate(
        power="approve_content", by=commander, designee=supervisor, since=now, until=now + timedelta(days=1),
        reason="Leave.",
    )  # fmt: skip
    with refused("his to decide: approve_active_scenes"):
        insert(role, APPROVALS, **an_approval(written, supervisor))
    insert(role, APPROVALS, **an_approval(written, commander))


@pytest.mark.parametrize("table", [APPROVALS, FILES])
def test_approvals_and_files_are_facts(role, written, commander, made, table):
    insert(role, FILES, **a_file(written, made))
    insert(role, APPROVALS, **an_approval(written, commander))
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        wall = "permission denied" if role == "smu_app" else "pgtrigger|pending trigger"
        with refused(wall), sql_as(role) as cursor:
            cursor.execute(statement)


def test_the_app_role_deletes_no_publication_and_no_order(role, ordered):
    for table in (ORDERS, WRITTEN):
        if role == "smu_app":
            with refused("permission denied"), sql_as(role) as cursor:
                cursor.execute(f"DELETE FROM {table}")
    assert PublicationOrder.objects.exists()
    assert Publication.objects.exists()


# --- a new post, of an item -------------------------------------------------------------------------------------------


def test_what_was_handed_in_whole_is_approved_whole(role, handed_in, commander):
    written = handed_in.submission.publications.get()
    with refused("approved whole"):
        insert(role, APPROVALS, **an_approval(written, commander))
    with refused("approved means an approval"):
        change(role, WRITTEN, "state = 'approved'")
    with refused("only what another member approved"):
        insert(role, ORDERS, **an_order(written))


@pytest.mark.parametrize("setting", ["state = 'scheduled'", "state = 'published', published_at = now()"])
def test_nothing_is_marked_as_published_that_nobody_approved(role, handed_in, setting):
    with refused("only what another member approved"):
        change(role, "content_item", setting)


@pytest.fixture
def sent(role):
    """That a call may have reached the platform, as a worker notes it."""

    def send():
        change(role, ORDERS, "state = 'sending', sent = true")

    return send


@pytest.mark.parametrize("by", [timedelta(days=2), timedelta(days=-2)], ids=["late", "early"])
def test_nothing_is_sent_outside_its_time(handed_in, commander, sent, by):
    approve(handed_in, by=commander)
    move_window(handed_in, by)
    with refused("within its time"):
        sent()


def test_nothing_is_sent_that_was_changed_since_or_is_held(handed_in, officer, commander, sent):
    approve(handed_in, by=commander)
    hold = holding.hold(by=commander, why="Wait.")
    with refused("everything is held"):
        sent()
    holding.lift(hold, by=commander)
    Item.objects.filter(pk=handed_in.pk).update(state="draft", submission=None)  # as an edit does
    with refused("within its time"):
        sent()


def test_two_orders_never_name_the_same_post(role, facebook, officer, specialist, commander):
    for _ in range(2):
        approve(submitted(facebook, by=officer, reviewer=specialist), by=commander)
    with refused("one_order_made_a_post"):
        change(role, ORDERS, "remote_id = '1_2'")
