"""The standing cast: the people of the unit, its four accounts, the rules it works by, and comments made quickly.

`commander`, `commanding_officer`, `supervisor`, `officer`, `other_officer` and `specialist` are in their positions and
hold their roles on the accounts; `transferred` was an officer and has left; `stranger` is not signed in.
"""

from __future__ import annotations

import hashlib
import itertools
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pgtrigger
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.utils import timezone

from accounts.models import Account, Credential, PollState, Post, Role, Terms
from accounts.platforms.contract import WITH_API, Author, Kind, Platform
from members.factors import has_one
from members.models import Designation, Member, OneTime
from members.powers import OUTSIDE, Position, Power
from moderation import texts_writing
from moderation.models import Case, Comment, GradingSystem, Poster, QueueEntry, ReceivedPage, SearchEntry
from moderation.models.search import vector_of
from moderation.models.texts import Wording, WordingApproval, WordingReview, digest_of
from moderation.packing import joined, packed
from smu.demonstration.agency import bayside
from smu.demonstration.documents import load_grading_system, load_terms
from smu.demonstration.texts import LEFT_TO_APPROVE
from tests.standing import standing_account

PASSWORD = "a-long-night-watch-by-the-bay"
BACKEND = "members.backend.Backend"

_numbers = itertools.count(1)


@pytest.fixture
def make_member(db: None) -> Callable[..., Member]:
    """Adds members: `make_member("officer", name="Daniel Diaz")`."""

    def make(position: str = Position.OFFICER, *, password: str | None = PASSWORD, **fields: Any) -> Member:
        number = next(_numbers)
        fields.setdefault("username", f"member{number}")
        fields.setdefault("number", str(70_000 + number))
        fields.setdefault("name", f"Member {number}")
        fields.setdefault("sworn", position != Position.SPECIALIST)
        fields.setdefault("languages", ["en"])
        fields.setdefault("email", f"{fields['username']}@bayside.example")
        if position in OUTSIDE:
            fields.setdefault("serves_until", timezone.now() + timedelta(days=90))
        return Member.objects.create_user(password=password, position=position, **fields)

    return make


@pytest.fixture
def commander(make_member: Callable[..., Member]) -> Member:
    return make_member(Position.COMMANDER, username="rkeller", name="Ruth Keller")


@pytest.fixture
def commanding_officer(make_member: Callable[..., Member], commander: Member) -> Member:
    return make_member(Position.COMMANDING_OFFICER, username="gnakamura", name="Grace Nakamura", reports_to=commander)


@pytest.fixture
def supervisor(make_member: Callable[..., Member], commanding_officer: Member) -> Member:
    return make_member(Position.SUPERVISOR, username="acole", name="Amara Cole", reports_to=commanding_officer)


@pytest.fixture
def officer(make_member: Callable[..., Member], supervisor: Member) -> Member:
    return make_member(username="ddiaz", name="Daniel Diaz", reports_to=supervisor, languages=["en", "es"])


@pytest.fixture
def other_officer(make_member: Callable[..., Member], supervisor: Member) -> Member:
    return make_member(username="cokafor", name="Chidi Okafor", reports_to=supervisor)


@pytest.fixture
def specialist(make_member: Callable[..., Member], supervisor: Member) -> Member:
    return make_member(
        Position.SPECIALIST, username="lmoreau", name="Lovelie Moreau", reports_to=supervisor, languages=["en", "ht"]
    )


@pytest.fixture
def transferred(make_member: Callable[..., Member], supervisor: Member) -> Member:
    """Was an officer here and has left the unit; the rows that name him stay."""
    return make_member(username="tgone", name="Terry Gone", reports_to=supervisor, is_active=False)


@pytest.fixture
def auditor(make_member: Callable[..., Member]) -> Member:
    """Reads everything, writes nothing, for ninety days."""
    return make_member(Position.AUDITOR, username="iaudit", name="Ingrid Auditore", sworn=False)


@pytest.fixture
def legal_adviser(make_member: Callable[..., Member]) -> Member:
    return make_member(Position.LEGAL_ADVISER, username="llaw", name="Lena Lawson", sworn=False)


@pytest.fixture
def custodian(make_member: Callable[..., Member]) -> Member:
    return make_member(Position.RECORDS_CUSTODIAN, username="rhold", name="Rafael Holden", sworn=False)


@pytest.fixture
def hand_over() -> Callable[..., Designation]:
    """Hands a power over, as rows alone: `hand_over(commander, officer, Power.X)`; without a power, the command."""

    def handed(by: Member, designee: Member, power: Power | str = "", **fields: Any) -> Designation:
        now = timezone.now()
        fields = {"since": now - timedelta(minutes=1), "until": now + timedelta(days=7), "reason": "On leave."} | fields
        designee.__dict__.pop("handed", None)
        return Designation.objects.create(power=power, designee=designee, by=by, **fields)

    return handed


@pytest.fixture
def cast(
    commander: Member,
    commanding_officer: Member,
    supervisor: Member,
    officer: Member,
    other_officer: Member,
    specialist: Member,
) -> list[Member]:
    """Everybody in the unit."""
    return [commander, commanding_officer, supervisor, officer, other_officer, specialist]


@pytest.fixture
def stranger(commander: Member) -> Client:
    """A browser in which nobody has signed in, before a unit that has a Commander."""
    return Client()


@pytest.fixture
def browser_of(db: None) -> Callable[..., Client]:
    """A browser in which the member has signed in, with his second factor unless `fresh` is False.

    `browser_of(officer).get("/")`.
    """

    def signed_in(member: Member, *, fresh: bool = True) -> Client:
        client = Client()
        give_second_factor(member)
        client.force_login(member, backend=BACKEND)
        if fresh:
            prove_second_factor(client, member)
        return client

    return signed_in


def give_second_factor(member: Member) -> None:
    """An authenticator app, unless he has one: nobody works without (members.factors)."""
    if not has_one(member):
        TOTP.activate(member, generate_totp_secret())


def let_links_run_out() -> None:
    """Every one-time link is over, as if sent long ago: what the table refuses to every act."""
    with pgtrigger.ignore("members.OneTime:link_stands_as_sent"):
        OneTime.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def prove_second_factor(client: Client, member: Member) -> None:
    """Note in the session what proving a second factor just now leaves there."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()


@pytest.fixture
def terms(db: None) -> Terms:
    """Version 1 of the Terms of Use, in force."""
    return load_terms()


@pytest.fixture
def grading_system(db: None) -> GradingSystem:
    """Version 1 of the Comment Grading System, in force."""
    return load_grading_system()


@pytest.fixture
def prepared_texts(cast: list[Member]) -> None:
    """The product's own texts, as the Commander has approved them; an officer who reads Spanish has read those.

    As the demonstration's `load_texts` leaves them, written at once: some three hundred tests begin with them.
    """
    commander = next(one for one in cast if one.position == Position.COMMANDER)
    reader = Member.objects.filter(languages__contains=["es"], is_active=True).order_by("pk").first()
    starters = [
        Wording(purpose=purpose, language=language, text=text, digest=digest_of(text))
        for purpose, language, text in texts_writing.starters(bayside())
    ]
    made = Wording.objects.bulk_create(starters)
    WordingApproval.objects.bulk_create(
        WordingApproval(wording=one, digest=one.digest, by=commander) for one in made[:-LEFT_TO_APPROVE]
    )
    if reader is not None:
        spanish = (one for one in made if one.language == "es")
        WordingReview.objects.bulk_create(WordingReview(wording=one, name=reader.name, by=reader) for one in spanish)


@pytest.fixture
def accounts(cast: list[Member]) -> dict[str, Account]:
    """One account a platform: the Commander is main administrator; Supervisor, officers and Specialist are editors."""
    made = {platform: _account(platform) for platform in WITH_API}
    editors = [one for one in cast if one.position not in {Position.COMMANDER, Position.COMMANDING_OFFICER}]
    Credential.objects.bulk_create(
        Credential(account=account, access_token="a-token-of-the-tests", refresh_token="a-refresh-token")
        for account in made.values()
    )
    PollState.objects.bulk_create(PollState(account=account) for account in made.values())
    Role.objects.bulk_create(
        Role(account=account, member=member, kind=Role.Kind.EDITOR) for account in made.values() for member in editors
    )
    return made


def _account(platform: str) -> Account:
    return standing_account(
        platform,
        f"900{WITH_API.index(platform)}",
        handle="baysidepd",
        name="Bayside Police Department",
        page_id="9000" if platform == Platform.INSTAGRAM else "",
        tier="enterprise" if platform == Platform.X else "",
    )


@pytest.fixture
def facebook(accounts: dict[str, Account]) -> Account:
    return accounts[Platform.FACEBOOK]


@pytest.fixture
def instagram(accounts: dict[str, Account]) -> Account:
    return accounts[Platform.INSTAGRAM]


@pytest.fixture
def x(accounts: dict[str, Account]) -> Account:
    return accounts[Platform.X]


@pytest.fixture
def youtube(accounts: dict[str, Account]) -> Account:
    return accounts[Platform.YOUTUBE]


def a_post(account: Account) -> Post:
    """The account's one post, made when first asked for."""
    return Post.objects.get_or_create(
        account=account,
        remote_id=f"{account.remote_id}_post",
        defaults={"text": "Coffee with a Cop, Saturday at 8.", "posted_at": timezone.now() - timedelta(hours=3)},
    )[0]


@pytest.fixture
def make_comment(accounts: dict[str, Account], terms: Terms, grading_system: GradingSystem) -> Callable[..., Comment]:
    """Stores comments as intake would, quickly: `make_comment("Thank you!", platform="x", author="Ines")`.

    With poster, received page and item, case and, unless it is ours or `waiting=False`, its place in the queue.
    """

    def make(
        text: str = "Thank you all.",
        *,
        platform: str = Platform.FACEBOOK,
        account: Account | None = None,
        author: str | Author | None = "Marisol Peña",
        posted_at: datetime | None = None,
        ours: bool = False,
        waiting: bool = True,
        urgency: int = 3,
        suspected: int | None = None,
        because: str = "",
        raw: bytes | None = None,
        **fields: Any,
    ) -> Comment:
        account = account or accounts[platform]
        number = next(_numbers)
        now = timezone.now()
        if isinstance(author, str):
            author = Author(remote_id=f"poster-{author}", name=author)
        page = received(account, raw if raw is not None else f'{{"id": {number}}}'.encode())
        comment = Comment.objects.create(
            account=account,
            remote_id=fields.pop("remote_id", str(5_000_000 + number)),
            kind=fields.pop("kind", Kind.COMMENT),
            post=a_post(account),
            post_remote_id=f"{account.remote_id}_post",
            poster=_poster(account, author, now),
            author_name=author.name if author else "",
            author_handle=author.handle if author else "",
            author_avatar_url=author.avatar_url if author else "",
            ours=ours,
            text=text,
            language=fields.pop("language", "en"),
            posted_at=posted_at or now - timedelta(minutes=10),
            received_at=fields.pop("received_at", now),
            page=page,
            place=0,
            **fields,
        )
        state = Case.State.OURS if ours else Case.State.WAITING if waiting else Case.State.ARCHIVED
        Case.objects.create(comment=comment, state=state)
        words = vector_of(comment.author_name, comment.author_handle, text)
        SearchEntry.objects.create(comment=comment, at=comment.sort_at, vector=words)
        if state == Case.State.WAITING:
            QueueEntry.objects.create(
                comment=comment,
                account=account,
                urgency=urgency,
                at=comment.posted_at,
                language=comment.language,
                suspected=suspected,
                because=because,
            )
        return comment

    return make


def received(account: Account, raw: bytes) -> ReceivedPage:
    """A page as received, with this item alone."""
    together = joined([(0, raw)])
    return ReceivedPage.objects.create(
        account=account,
        call="list_comments",
        digest=hashlib.sha256(raw).digest(),
        size=len(raw),
        headers={"content-type": "application/json"},
        received_at=timezone.now(),
        items=packed(together),
        items_digest=hashlib.sha256(together).digest(),
    )


def _poster(account: Account, author: Author | None, now: datetime) -> Poster | None:
    if author is None or not author.remote_id:
        return None
    return Poster.objects.get_or_create(
        platform=account.platform,
        remote_id=author.remote_id,
        defaults={
            "name": author.name,
            "handle": author.handle,
            "avatar_url": author.avatar_url,
            "first_seen_at": now,
        },
    )[0]


@pytest.fixture
def comment(make_comment: Callable[..., Comment]) -> Comment:
    """One comment that waits."""
    return make_comment()
