"""Every address with every position, own and foreign objects, against the written table (performance.md B5, 24–26)."""

from __future__ import annotations

import hashlib
import uuid
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.core import signing
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern
from django.utils import timezone

from members.models import ContactWay, LogEntry, Member, Notification, TrailEntry, Watch
from members.powers import TO_HAND_OVER, Position
from tests.cast import BACKEND, a_post, give_second_factor, prove_second_factor
from tests.content.acts import begun, submitted
from tests.content.pictures import library_world
from tests.content.planning import planning_world
from tests.equipment.belongings import inventory_world
from tests.equipment.booked import booking_world
from tests.equipment.handed import custody_world
from tests.equipment.handled import handling_world
from tests.equipment.listed import of_lists
from tests.equipment.purchases import purchasing_world
from tests.equipment.worked import maintenance_world
from tests.moderation.acts import SOURCE, case_of, clause, decision
from tests.moderation.gradings import one_of_each
from tests.moderation.referring import refer, section
from tests.moderation.second_persons import of_second_persons
from tests.smu.routes import ALL, OUT, PUBLIC, ROUTES, UNIT

# The stream of events closes the connection that a test holds: it has tests of its own (tests/members/test_live.py).
WAYS = [(name, method) for name in ROUTES for method in ROUTES[name] if name != "live"]
CLOSED = {401, 403, 404}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every pattern of the resolver."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


@cache
def names() -> dict[str, URLPattern]:
    return {str(pattern.name): pattern for pattern in patterns()}


@dataclass
class World:
    """The unit with somebody of every kind in it, and one of everything that an address can name."""

    people: dict[str, Member | None]
    things: dict[str, Any] = field(default_factory=dict)
    of_route: dict[str, dict[str, Any]] = field(default_factory=dict)
    typed: dict[str, dict[str, Any]] = field(default_factory=dict)

    def address(self, name: str) -> str:
        """Where `name` leads, with this world's things in it."""
        things = self.things | self.of_route.get(name, {})
        pattern = names()[name].pattern
        named = pattern.regex.groupindex if isinstance(pattern, RegexPattern) else pattern.converters
        return reverse(name, kwargs={key: things[key] for key in named})


@pytest.fixture
def people(
    cast: list[Member],
    transferred: Member,
    auditor: Member,
    legal_adviser: Member,
    custodian: Member,
    make_member: Callable[..., Member],
    hand_over: Callable[..., Any],
) -> dict[str, Member | None]:
    commander, commanding_officer, supervisor, officer, _, specialist = cast
    elsewhere, acting, designee, expired = (
        make_member(username=name, name=name.title(), reports_to=supervisor)
        for name in ("elsewhere", "acting", "designee", "expired")
    )
    over = make_member(
        Position.AUDITOR, username="over", name="Over", serves_until=timezone.now() - timedelta(minutes=1)
    )
    now = timezone.now()
    hand_over(commander, acting)
    for power in TO_HAND_OVER:
        hand_over(commander, designee, power)
        hand_over(commander, expired, power, since=now - timedelta(days=2), until=now - timedelta(days=1))
    return {
        "stranger": None,
        "transferred": transferred,
        "period_over": over,
        "officer": officer,
        "elsewhere": elsewhere,
        "specialist": specialist,
        "supervisor": supervisor,
        "commanding_officer": commanding_officer,
        "commander": commander,
        "acting": acting,
        "designee": designee,
        "expired": expired,
        "auditor": auditor,
        "legal_adviser": legal_adviser,
        "custodian": custodian,
    }


@pytest.fixture
def people_of_the_house(people: dict[str, Member | None], make_member: Callable[..., Member]) -> dict[str, Member]:
    """Whom somebody does something to: he is none of those who do it."""
    above = people["supervisor"]
    invited = {"is_active": False, "state": Member.State.INVITED}
    return {
        "serving": make_member(username="serving", reports_to=above),
        "invited": make_member(username="invited", reports_to=above, password=None, **invited),
        "transferred": make_member(username="gone", reports_to=above, is_active=False),
    }


def of_a_life(account: Any, asks: Member, *, specialist: Any) -> dict[str, int]:
    """A request, a role, a termination, a way back into the account, and an account that pretends to be it."""
    from accounts import terminating
    from accounts.models import RecoveryHold, Role
    from accounts.models.fakes import find
    from accounts.models.requests import Case, request_account

    case = Case(
        "facebook",
        "bayside.traffic",
        "Bayside Traffic",
        "Roads.",
        "Open to all.",
        {"B": "At once."},
        {asks.pk: "editor"},
    )
    said = terminating.Prepared("goals", "Hardly anybody is there any more.")
    today = timezone.localdate()
    hold = RecoveryHold.objects.create(account=account, kind="recovery_email", holder="The section", since=today)
    picture = b"\x89PNG\r\n\x1a\n"
    fake = find("x", "@baysidepd_official", pretends="This department.", on=today, by=asks, picture=picture)
    return {
        "request_id": request_account(case, by=asks).pk,
        "role_id": Role.objects.get(account=account, member=specialist, until=None).pk,
        "termination_id": terminating.prepare(account, said, by=specialist).pk,
        "hold_id": hold.pk,
        "fake_id": fake.pk,
    }


@pytest.fixture
def world(
    people: dict[str, Member | None],
    people_of_the_house: dict[str, Member],
    facebook: Any,
    make_comment: Callable[..., Any],
    hand_over: Callable[..., Any],
) -> World:
    """One of everything, on an account on which `elsewhere` and the Commanding Officer have no role."""
    from accounts.models import (
        Account,
        Connecting,
        PlatformFilter,
        Role,
        Terms,
        TermsCheck,
        TermsDraft,
        TermsText,
    )
    from accounts.transfer import open_removal
    from content import items, listing, publishing
    from content.lending import SALT
    from content.manuscript import Picture, Place
    from content.models import Hold, MediaFile, PostDifference, PublicationOrder, Rendering, Submission
    from moderation import bans, measures
    from moderation.alerting import link_for
    from moderation.models import (
        Appeal,
        Avatar,
        Capture,
        CommentOrder,
        GroupAct,
        Measure,
        Proposal,
        RetainedAddition,
        RetainedRecord,
        SetAside,
        Threat,
        ThreatDecision,
        WebhookDelivery,
        WebhookWork,
    )

    for account in Account.objects.all():
        for name in ("acting", "designee", "expired"):
            Role.objects.create(account=account, member=people[name], kind=Role.Kind.EDITOR)
    supervisor = people["supervisor"]
    assert supervisor is not None
    waiting = make_comment("When do you hire again?")
    hidden = make_comment("You will regret this.")
    case_of(hidden).grade_as(decision(hidden, 8), by=people["commander"])
    threat = Threat.objects.get(comment=hidden)
    preserved = ThreatDecision.objects.create(
        threat=threat, key="k", kind="preserve", address="Records", requested_on="2026-01-01", by=people["commander"]
    )
    record = RetainedRecord.objects.get(comment=hidden)
    body = b"unavailable"
    addition = RetainedAddition.objects.create(
        record=record, kind="avatar", digest=hashlib.sha256(body).digest(), content=body
    )
    item = SetAside.objects.create(
        account=facebook, body=zlib.compress(b"<html>"), digest=b"d", size=6, reason="No JSON."
    )
    asked, offensive = make_comment("Is the lobby open?"), make_comment("You animals.")
    case_of(asked).grade_as(decision(asked, 3), by=people["commander"])
    case_of(offensive).grade_as(decision(offensive, 7), by=people["commander"])
    case_of(asked).reply("It is, until five.", by=people["commander"], key="answer", rests=SOURCE)
    thanked = make_comment("Thank you all.")
    case_of(thanked).grade_as(decision(thanked, 2), by=people["commander"])
    officer, commander = people["officer"], people["commander"]
    assert officer is not None
    assert commander is not None
    gone = people_of_the_house["transferred"]
    removal = open_removal(facebook, gone, Role.Kind.EDITOR, by=None)
    life = of_a_life(facebook, people_of_the_house["serving"], specialist=people["specialist"])
    serving = people_of_the_house["serving"]
    specialist = people["specialist"]
    assert specialist is not None
    planned = planning_world(serving, specialist)
    in_review = begun(facebook, by=serving)
    items.hand_in(in_review, by=serving, on=1)
    handed_in = submitted(facebook, by=serving, reviewer=supervisor)
    message = measures.message(asked, "Call us.", by=commander, key="message")
    Measure.objects.filter(pk=message.pk).update(state="by_hand")
    soon = timezone.localdate() + timedelta(days=30)
    about = {"act": "ban", "account": facebook, "poster": asked.poster, "reason": "Again.", "review_on": soon}
    other = {**about, "poster": make_comment("Hm.", author="Somebody else").poster}
    proposal = Proposal.objects.create(**about, proposed_by=serving)
    taken_back = Proposal.objects.create(**other, proposed_by=officer)
    fourth = make_comment("Hm.", author="A fourth").poster
    waived = Proposal.objects.create(**about | {"poster": fourth}, proposed_by=serving)
    bans.waive(waived, by=commander, why="It goes on elsewhere.")
    ban = measures.approve(waived, by=commander, why="As waived.")
    Measure.objects.filter(pk=ban.pk).update(state="done", done_at=timezone.now())
    sign_in = Connecting.objects.create(
        account=facebook,
        member=commander,
        platform="facebook",
        state_digest=b"s",
        session_digest=b"s",
        redirect_uri="/",
    )
    written = publishing.write_change(a_post(facebook), by=serving, does="edit_post", text="Coffee with a Cop.")
    approved = publishing.write_change(a_post(facebook), by=serving, does="edit_post", text="Road closed.")
    going = publishing.approve(approved, by=commander, seen_as=approved.seen_as)
    PublicationOrder.objects.filter(pk=going.pk).update(state="by_hand")
    library = library_world(serving)
    made = Rendering.objects.get(pk=library["rendering_id"])
    as_made = {"rendering": made, "digest": made.digest, "mime": made.mime, "size": made.size}
    file = MediaFile.objects.create(publication=written, number=1, alt="A", **as_made)
    film = begun(facebook, by=serving, pictures=(Picture(made.asset_id, alt="A", captions="WEBVTT"),))
    captioned = Submission.objects.create(
        item=film,
        revision=film.revision,
        document=b"{}",
        digest=b"",
        active_scene=False,
        starts_at=film.starts_at,
        ends_at=film.ends_at,
        asked_by=serving,
    )
    placed = submitted(facebook, by=serving, reviewer=commander, places=(Place("Bayside Library"),))
    moved = PostDifference.objects.create(post_id=waiting.post_id, kind="gone", approved="Coffee with a Cop.")
    Hold.objects.create(by=commander, why="Shots fired downtown.")
    handed = hand_over(commander, people_of_the_house["serving"], TO_HAND_OVER[0])
    told = Notification.objects.create(member=officer, kind="members", sentence="Somebody joined.")
    way = ContactWay.objects.create(member=officer, label="Pager", address="pager@bayside.example", shown="…")
    failed = WebhookDelivery.keep("meta", b"{}", {})
    WebhookWork.objects.update(state="failed", trouble="It was given up.")
    now = timezone.now()
    watch = Watch.objects.create(member=officer, since=now, until=now + timedelta(hours=8), by=commander)
    # Done by nobody, so that nobody finds his own.
    entry = TrailEntry.objects.create(verb="settle", subject_type="members.member", subject_id="")
    read = LogEntry.objects.create(verb="read", subject_type="moderation.retainedrecord", subject_id=str(record.pk))
    terms = Terms.objects.get()
    draft = TermsDraft.objects.create(based_on=terms, preamble="New.", clauses=[], by=commander)
    seen = TermsCheck.objects.create(
        account=facebook, terms=terms, how="picture", result="linked", by=commander, picture=b"PNG", mime="image/png"
    )
    proposed = PlatformFilter.objects.create(account=facebook, kind="keywords", what="win money", by=commander)
    approved = {"approved_by": commander, "approved_at": now, "seen_by": officer, "seen_at": now, "review_due_at": now}
    filters = {
        state: PlatformFilter.objects.create(
            account=facebook, kind="hold", what="Links.", by=commander, state=state, **approved
        ).pk
        for state in ("approved", "in_force", "to_end")
    }
    things = {
        "platform": "facebook",
        "delivery_id": failed,
        "watch_id": watch.pk,
        "entry_id": entry.pk,
        "comment_id": waiting.pk,
        "order_id": CommentOrder.objects.filter(comment=hidden).latest("pk").pk,
        "poster_id": make_comment("Well.", author="A third").poster_id,
        "act_id": GroupAct.objects.create(level=1, by=supervisor, key="a sitting").pk,
        "capture_id": Capture.objects.create(
            account=facebook, by=commander, source="Seen.", file=b"{}", mime="application/json", digest=b"", comments=1
        ).pk,
        "content_id": begun(facebook, by=serving).pk,
        "name_id": listing.add("María Ortiz", "victim", by=serving).pk,
        **{key: value for key, value in planned.items() if key not in {"reference", "idea_file_id"}},
        **library,
        "publication_id": written.pk,
        "submission_id": captioned.pk,
        "placement_id": placed.placements.get().pk,
        "difference_id": moved.pk,
        "file_id": file.pk,
        "measure_id": message.pk,
        "proposal_id": proposal.pk,
        "section_id": section().pk,
        "referral_id": refer(hidden, commander, "lead").pk,
        "threat_id": threat.pk,
        "decision_id": preserved.pk,
        "ban_id": ban.pk,
        "notice_id": offensive.notices.get().pk,
        "post_id": waiting.post_id,
        "record_id": record.pk,
        "addition_id": addition.pk if addition else 0,
        "item_id": item.pk,
        "account_id": facebook.pk,
        "notification_id": told.pk,
        "way_id": way.pk,
        "member_id": people_of_the_house["serving"].pk,
        "removal_id": removal.pk,
        **life,
        "attempt_id": sign_in.pk,
        "designation_id": handed.pk,
        "draft_id": draft.pk,
        "text_id": TermsText.objects.filter(terms=terms).latest("pk").pk,
        "check_id": seen.pk,
        "filter_id": proposed.pk,
        "version": 1,
        "language": "es",
        "token": "nobody-was-sent-this",
        "uidb36": "zzz",
        "key": "nobody-was-sent-this",
        "pk": 0,
    }
    appealed = Appeal.objects.create(
        reference="APPEALED99", comment=offensive, grade=offensive.grades.get(), way="online"
    )
    things |= {"reference": appealed.reference, "appeal_id": appealed.pk, "review_id": offensive.reviews.get().pk}
    things |= (graded_by := one_of_each(by=serving))
    hide = CommentOrder.objects.get(comment=offensive, verb="hide").pk
    CommentOrder.objects.filter(pk=hide).update(state="by_hand")
    replied = CommentOrder.objects.get(comment=asked, verb="reply").pk
    pictured = {"content": b"RIFF", "mime": "image/webp", "digest": b"1" * 32, "fetched_at": timezone.now()}
    Avatar.objects.create(poster=asked.poster, **pictured)
    of_route: dict[str, dict[str, Any]] = {
        **of_lists(supervisor),
        "avatar": {"poster_id": asked.poster.pk},
        "deliver_again": {"member_id": officer.pk},
        "read_entry": {"entry_id": read.pk},
        "confirm_removal": {"item_id": removal.items.first().pk},
        "verify_read": {"entry_id": read.pk},
        "send_again": {"member_id": people_of_the_house["invited"].pk},
        "withdraw_invitation": {"member_id": people_of_the_house["invited"].pk},
        "take_back": {"member_id": people_of_the_house["transferred"].pk},
        "carry_on": {"key": "nothing-waits"},
        "end_filter": {"filter_id": filters["in_force"]},
        "put_filter_in_force": {"filter_id": filters["approved"]},
        "review_filter": {"filter_id": filters["in_force"]},
        "take_filter_off": {"filter_id": filters["to_end"]},
        "order_measure": {"comment_id": thanked.pk, "verb": "message"},
        "measure": {"measure_id": message.pk, "verb": "confirm"},
        "change_post": {"post_id": waiting.post_id, "does": "edit_post"},
        "review_item": {"content_id": in_review.pk},
        "decide_item": {"content_id": handed_in.pk},
        "publication_order": {"order_id": going.pk, "verb": "confirm"},
        "let_go": {"order_id": going.pk},
        "placement_act": {"verb": "confirm"},
        "lent_file": {"token": signing.dumps(file.pk, salt=SALT)},
        "idea_of": {"reference": planned["reference"]},
        "idea_file": {"file_id": planned["idea_file_id"]},
        "decide_campaign": {"campaign_id": planned["campaign_id"], "verb": "approve"},
        "decide_hashtag": {"hashtag_id": planned["hashtag_id"], "verb": "approve"},
        "withdraw_proposal": {"proposal_id": taken_back.pk},
        "act_on_referral": {"referral_id": things["referral_id"], "verb": "log"},
        "threat_link": {"token": link_for(threat, threat.alerts.latest("pk").member).split("/")[-2]},
        "decide_appeal": {"appeal_id": appealed.pk, "verb": "uphold"},
        "take_down_appeal": {"comment_id": offensive.pk},
        "reply": {"comment_id": asked.pk},
        "address": {"comment_id": asked.pk},
        "undo": {"comment_id": offensive.pk},
        **{
            name: {"draft_id": graded_by["grading_draft_id"]}
            for name in names()
            if name.endswith(("grading_draft", "_grading"))
        },
        **of_second_persons(
            make_comment("Go team."), graded=asked.case.grade, by=people_of_the_house["serving"], officer=officer
        ),
        "confirm": {"order_id": hide},
        "retry": {"order_id": hide},
        "withdraw": {"order_id": replied},
    }
    typed = {
        "grade": {"level": 1, "key": uuid.uuid4(), "version": 1},
        "decline_idea": {"reason": "Shown last week."},
        "look_at_hashtag": {"seen": "Ours alone."},
        "reply": {"reply": "It is.", "key": uuid.uuid4()},
        "address": {"reason": "Said already."},
        "undo": {"reason": "A slip."},
        "note": {"note": "Seen."},
        "review_text": {"name": "Ana Ruiz, Records"},
        "panel": {"level": 1},
        "end_designation": {"reason": "Back from leave."},
        "confirm": {"proof": "Seen on the Page."},
        "measure": {"proof": "Sent from the inbox."},
        "change_post": {"text": "Later."},
        "begin_item": {"title": "Coffee", "purpose": "outreach"},
        "edit_item": {"on": 1, "title": "Tea", "purpose": "outreach"},
        "hand_in_item": {"on": 1},
        "review_item": {"on": 1, "accurate": "no", "note": "Which school?"},
        "decide_item": {"digest": handed_in.submission.seen_as, "verdict": "return", "reason": "Shorter."},
        "remark_on_item": {"remark": "Which school?"},
        "listed_names": {"name": "María López", "kind": "victim"},
        "approve_publication": {"digest": written.seen_as},
        "return_publication": {"reason": "Shorter."},
        "publication_order": {"proof": "It stands there."},
        "hold_everything": {"why": "Shots fired."},
        "placement_act": {"proof": "https://library.example/news"},
        "settle_difference": {"note": "The library's editor; put back."},
        "order_measure": {"text": "Call us.", "key": uuid.uuid4()},
        "comment_post": {"text": "We are open.", "key": uuid.uuid4()},
        "approve_proposal": {"reason": "It goes on."},
        "name_clause": {"clause": clause("e").pk, "reason": "It names a victim.", "key": uuid.uuid4()},
        "decline_proposal": {"reason": "Too early."},
        "clear": {"reason": "Off the topic."},
        "refuse": {"reason": "On the topic."},
        "flag_clause": {"reason": "Vague."},
        "lift_flag": {"reason": "Read again."},
        "return_draft": {"reason": "Say when."},
        "grade_again": {"level": 3},
        "name_topic": {"topic": "outreach"},
        "refer": {"kind": "lead", "key": uuid.uuid4()},
        "act_on_referral": {"text": "Called them."},
        "answer_emergency": {"key": uuid.uuid4(), "version": 1},
        "refer_to_pio": {"key": uuid.uuid4(), "version": 1},
        "decide_review": {"level": 7, "reason": "An insult."},
        "decide_appeal": {"answer": "It stands."},
        "propose_of_poster": {"reason": "Again.", "act": "ban", "account": facebook.pk, "review_on": soon},
        "waive": {"reason": "It goes on elsewhere."},
        "keep_ban": {"reason": "It goes on elsewhere.", "review_on": soon},
        "holdings": {"platform": "x", "holds": "all", "reason": "Its terms of this year."},
        "give_up_notice": {"reason": "No inbox."},
        "note_poster": {"note": "Writes each Sunday."},
    }
    worlds = (
        purchasing_world(supervisor, commander),
        booking_world(supervisor, serving),
        inventory_world(supervisor),
        custody_world(supervisor, officer),
        maintenance_world(supervisor),
        handling_world(supervisor, serving),
    )
    for added in worlds:
        for mine, more in zip((things, of_route, typed), added, strict=True):
            mine.update(more)
    return World(people, things, of_route, typed)


def browser(member: Member | None) -> Client:
    """A browser in which `member` has signed in, his second factor just proved."""
    client = Client(headers={"accept": "text/html"})
    if member is None:
        return client
    give_second_factor(member)
    client.force_login(member, backend=BACKEND)
    prove_second_factor(client, member)
    return client


def let_in(answer: Any) -> bool:
    """Whether the door opened, whatever the answer then said about the form."""
    if answer.status_code in CLOSED:
        return False
    to_sign_in = answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))
    return not to_sign_in


def test_every_address_has_its_row() -> None:
    assert set(names()) == set(ROUTES)


PARTS = range(8)  # so that two workers share them; within a part the world is made once


@pytest.mark.sop("F.I", "E.1")
@pytest.mark.parametrize("part", PARTS)
def test_a_door_opens_for_those_of_its_row_and_for_nobody_else(world: World, part: int) -> None:
    browsers = {who: browser(member) for who, member in world.people.items()}
    wrong = []
    for name, method in WAYS[part :: len(PARTS)]:
        for who, client in browsers.items():
            client.raise_request_exception = False
            said = tried(world, client, name, method, welcome=who in ROUTES[name][method])
            if said:
                wrong.append(f"{method} {name}: {who} {said}")
    assert not wrong, "\n".join(wrong)


def tried(world: World, client: Client, name: str, method: str, *, welcome: bool) -> str:
    """What is wrong with how the door answered; everything done behind it is undone."""
    point, jar = transaction.savepoint(), client.cookies.output()
    entries = TrailEntry.objects.exclude(by=None)
    before = 0 if welcome else entries.count()
    ask = client.post if method == "POST" else client.get
    answer = ask(world.address(name), world.typed.get(name))
    after = 0 if welcome else entries.count()
    transaction.savepoint_rollback(point)
    if client.cookies.output() != jar:
        client.cookies.load(jar.replace("Set-Cookie: ", ""))
    if answer.status_code == 500:
        return "broke it"
    if let_in(answer) != welcome:
        return f"{'stood outside' if welcome else 'got through'}: {answer.status_code}"
    return "was refused and left an entry" if after != before else ""


def test_a_method_without_a_row_is_not_answered(world: World) -> None:
    client = browser(world.people["commander"])
    client.raise_request_exception = False
    wrong = []
    for name in ROUTES:
        for method in set(METHODS) - set(ROUTES[name]):
            answer = client.generic(method, world.address(name))
            if answer.status_code not in CLOSED | {302, 405}:
                wrong.append(f"{method} {name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.sop("F.I")
def test_a_form_from_elsewhere_is_refused_at_every_door(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    commander = world.people["commander"]
    assert commander is not None
    give_second_factor(commander)
    client.force_login(commander, backend=BACKEND)
    foreign = {"origin": "https://elsewhere.example"}
    answers = {
        f"{name} {headers}": client.post(world.address(name), headers=headers).status_code
        for name in ROUTES
        # Forms of the public: nobody's session acts there, and one without its own mark is refused (test_appeals).
        if "POST" in ROUTES[name] and name not in {"appeal_of", "send_idea", "idea_of", "answer_call", "report_found"}
        for headers in ({}, foreign)
    }
    assert {name: status for name, status in answers.items() if status != 403} == {}


def test_the_rows_speak_of_everybody() -> None:
    assert PUBLIC == UNIT | ALL | OUT
