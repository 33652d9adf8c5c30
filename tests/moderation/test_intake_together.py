"""Whatever order pages come in, by however many workers: each comment once, every text kept, the newest on top."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pgtrigger
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Account
from accounts.platforms.contract import Author, Page, Sight
from moderation.intake import take_in
from moderation.models import Case, Comment, CommentVersion, Poster, QueueEntry, SearchEntry
from tests.moderation.pages import a_page, an_item
from tests.standing import standing_account

pytestmark = pytest.mark.django_db(transaction=True)

_accounts = itertools.count(1)
STEP = st.tuples(
    st.sampled_from(["write", "write", "edit", "edit", "delete", "like"]),
    st.integers(0, 4),  # which comment
    st.sampled_from(["one", "two", "three"]),
    st.lists(st.integers(0, 4), min_size=1, max_size=7),  # what the page after it shows, in this order
)


class Platform:
    """Five comments as they change, and the pages that show them."""

    def __init__(self) -> None:
        self.texts: dict[int, str | None] = {}  # None: deleted
        self.likes = 0
        self.at = datetime.now(UTC) - timedelta(hours=1)
        self.shown: dict[int, set[str]] = {}

    def step(self, what: str, which: int, text: str) -> None:
        self.at += timedelta(seconds=1)
        if what == "like":
            self.likes += 1
        elif what == "write" or which in self.texts:
            self.texts[which] = None if what == "delete" else text

    def page(self, listed: list[int]) -> Page:
        self.at += timedelta(seconds=1)
        return a_page(*[self._item(which) for which in listed if which in self.texts], at=self.at)

    def _item(self, which: int) -> object:
        text = self.texts[which]
        if text is None:
            return an_item(f"c{which}", "", sight=Sight.GONE, raw=b"")
        self.shown.setdefault(which, set()).add(text)
        author = Author(f"p{which % 2}", f"Poster {which % 2}")
        return an_item(f"c{which}", text, likes=self.likes, sight=Sight.VISIBLE, author=author)


def deliver(account: Account, pages: list[Page]) -> None:
    try:
        for page in pages:
            take_in(account, page)
    finally:
        connection.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, min_size=1, max_size=12), st.randoms(use_true_random=False), st.booleans())
def test_any_interleaving_of_pages_ends_with_each_comment_once_and_every_text_kept(
    transactional_db: None, steps: list, random: object, twice: bool
) -> None:
    account = standing_account("facebook", f"together-{next(_accounts)}", name="Bayside")
    _own_ids(account)
    platform, pages = Platform(), []
    for what, which, text, listed in steps:
        platform.step(what, which, text)
        pages.append(platform.page(listed))
    pages *= 1 + twice
    random.shuffle(pages)
    with ThreadPoolExecutor(2) as workers:
        for done in [workers.submit(deliver, account, part) for part in (pages[::2], pages[1::2])]:
            done.result()
    take_in(account, platform.page(list(range(5))))
    _check(account, platform)


def _own_ids(account: Account) -> None:
    """The ids of the comments come again with each account: here each belongs to one account only."""
    with pgtrigger.ignore("accounts.Account:keeps_its_request"):
        Account.objects.exclude(pk=account.pk).filter(platform="facebook").update(platform="instagram")


def _check(account: Account, platform: Platform) -> None:
    comments = {comment.remote_id: comment for comment in Comment.objects.filter(account=account)}
    assert len(comments) == Comment.objects.filter(account=account).count()
    shown = {f"c{which}": texts for which, texts in platform.shown.items()}
    assert comments.keys() <= shown.keys()
    for which, text in platform.texts.items():
        comment = comments.get(f"c{which}")
        if comment is None:
            assert text is None  # gone whenever it was looked at first
            continue
        kept = [comment.text, *_versions(comment)]
        assert set(kept) == shown[comment.remote_id]
        case = Case.objects.get(pk=comment.pk)
        assert case.version == 1 + CommentVersion.objects.filter(comment=comment).count()
        assert (case.state, case.sight) == (("gone", "gone") if text is None else ("waiting", "visible"))
        assert QueueEntry.objects.filter(pk=comment.pk).exists() == (text is not None)
        assert SearchEntry.objects.filter(pk=comment.pk).count() == 1
        if text is not None:
            assert case.text == text
            assert case.text_digest == bytes(_newest_digest(comment))
    assert Poster.objects.filter(platform="facebook").count() <= 2


def _versions(comment: Comment) -> list[str]:
    seen = CommentVersion.objects.filter(comment=comment).exclude(change="deleted").order_by("number")
    return list(seen.values_list("text", flat=True))


def _newest_digest(comment: Comment) -> bytes:
    newest = CommentVersion.objects.filter(comment=comment).exclude(change="deleted").order_by("-number").first()
    return newest.digest if newest else comment.digest


def test_two_workers_with_the_same_large_page_store_each_comment_once(accounts: dict[str, Account]) -> None:
    items = [an_item(f"c{n}", f"Text {n}", author=Author(f"p{n % 50}", f"Poster {n % 50}")) for n in range(300)]
    backwards = list(reversed(items))
    with ThreadPoolExecutor(4) as workers:
        parts = [[a_page(*items)], [a_page(*backwards)], [a_page(*items[100:])], [a_page(*backwards[:250])]]
        for done in [workers.submit(deliver, accounts["facebook"], part) for part in parts]:
            done.result()
    assert Comment.objects.count() == Case.objects.count() == QueueEntry.objects.count() == 300
    assert not CommentVersion.objects.exists()


def test_a_connection_that_lost_its_table_makes_it_again(accounts: dict[str, Account]) -> None:
    from django.db import transaction

    with transaction.atomic():
        take_in(accounts["facebook"], a_page(an_item("c1")))
        transaction.set_rollback(True)
    assert take_in(accounts["facebook"], a_page(an_item("c1"))).new == 1
    with connection.cursor() as cursor:
        cursor.execute("DISCARD ALL")
        cursor.execute("SET ROLE smu_app")
    assert take_in(accounts["facebook"], a_page(an_item("c2"))).new == 1
