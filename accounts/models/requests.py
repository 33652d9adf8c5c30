"""The request that an account rests on (1.1): what for, by whom, decided with reasons before anything is connected.

Everything but the state stands as it was asked; who wants it otherwise withdraws it and asks anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pgtrigger
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts import handles
from accounts.goals import Goal
from accounts.platforms.contract import Platform
from members.authority import holders, only, refused
from members.deciding import decided_by_who_may
from members.facts import Fact, Narrow
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, Refused, Stateful, WrongState, record

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from accounts.models.account import Account

# What is decided on is what was asked: nothing is put to it afterwards, no administrator either.
_WHILE_ASKED = pgtrigger.Trigger(
    name="asked_for_with_the_request",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
        PERFORM FROM accounts_accountrequest WHERE id = NEW.request_id AND state = 'requested' FOR KEY SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'pgtrigger: a request that is decided stands as it was asked';
        END IF;
        RETURN NEW;
    """,
)
# Both a request and an account ask for this lock before they look whether the other has the handle.
LOCK_HANDLE = "PERFORM pg_advisory_xact_lock(hashtextextended(NEW.platform || ' ' || NEW.handle_key, 0));"


class RequestQuerySet(models.QuerySet["AccountRequest"]):
    """Questions about requests."""

    def visible_to(self, member: Member) -> RequestQuerySet:
        """Every member of the unit sees what is asked for and what became of it."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def undecided(self) -> RequestQuerySet:
        """Those that wait for the Commander or designee."""
        return self.filter(state=AccountRequest.State.REQUESTED)

    def to_connect(self) -> RequestQuerySet:
        """Those approved whose account is not there yet."""
        return self.filter(state=AccountRequest.State.APPROVED)


@dataclass(frozen=True)
class Case:
    """The case for an account, as it is asked for: `goals` by letter with how it serves each, `roles` by member."""

    platform: str
    handle: str
    name: str
    purpose: str
    values: str
    goals: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[int, str] = field(default_factory=dict)


class AccountRequest(Narrow, Stateful):
    """An account that somebody wants the department to have. Approved, it can be connected: that is all it can be."""

    class State(models.TextChoices):
        """What became of it."""

        REQUESTED = "requested", "requested"
        APPROVED = "approved", "approved, to be connected"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"
        CONNECTED = "connected", "connected"

    MOVES = {
        State.REQUESTED: {State.APPROVED, State.DECLINED, State.WITHDRAWN},
        State.APPROVED: {State.CONNECTED, State.WITHDRAWN},
    }
    VERBS = {"approve": State.APPROVED, "decline": State.DECLINED, "withdraw": State.WITHDRAWN}
    OPEN = (State.REQUESTED, State.APPROVED)

    platform = models.CharField(max_length=20, choices=Platform)
    handle = models.TextField()
    handle_key = models.TextField(editable=False)  # of every spelling of it: accounts.handles
    name = models.TextField("name shown on the platform")
    purpose = models.TextField()
    values_statement = models.TextField("its mission and the department's values")
    stood_before = models.BooleanField(default=False, editable=False)  # an account older than this product
    state = models.CharField(max_length=30, choices=State, default=State.REQUESTED, editable=False)
    requested_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)

    objects = RequestQuerySet.as_manager()
    goals: RelatedManager[GoalServed]
    roles: RelatedManager[RequestedRole]
    decision: RequestDecision
    account: Account

    class Meta:
        ordering = ["-id"]
        verbose_name = "request"
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "handle_key"],
                condition=Q(state__in=["requested", "approved"]),
                name="one_open_request_a_handle",
            ),
            models.CheckConstraint(condition=Q(platform__in=Platform.values), name="request_has_a_known_platform"),
            models.CheckConstraint(
                condition=~Q(handle_key="") & ~Q(purpose="") & ~Q(values_statement=""), name="request_makes_its_case"
            ),
            models.CheckConstraint(
                condition=Q(stood_before=True) | Q(requested_by__isnull=False), name="request_is_somebodys"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="request_stands_as_asked", exclude=["state"]),
            pgtrigger.Trigger(
                name="begins_as_requested",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.state <> 'requested' OR NEW.stood_before THEN
                        RAISE EXCEPTION 'a request begins as requested';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="handle_is_free",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    {LOCK_HANDLE}
                    IF EXISTS (SELECT FROM accounts_account WHERE platform = NEW.platform
                               AND handle_key = NEW.handle_key AND state <> 'closed') THEN
                        RAISE unique_violation USING MESSAGE = 'an account stands under this handle';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="request_moves_by_decisions",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF OLD.state = NEW.state THEN
                        RETURN NEW;
                    END IF;
                    IF NOT (
                        (NEW.state = 'withdrawn' AND OLD.state IN ('requested', 'approved') AND NOT EXISTS
                            (SELECT FROM accounts_account WHERE request_id = NEW.id))
                        OR (NEW.state = 'connected' AND OLD.state = 'approved' AND EXISTS
                            (SELECT FROM accounts_account WHERE request_id = NEW.id))
                        OR (NEW.state IN ('approved', 'declined') AND OLD.state = 'requested' AND EXISTS
                            (SELECT FROM accounts_requestdecision
                             WHERE request_id = NEW.id AND verdict = NEW.state))
                    ) THEN
                        RAISE EXCEPTION 'a request does not move from % to % so', OLD.state, NEW.state;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"request for {self.get_platform_display()} {self.handle}"

    def may_decide(self, member: Member) -> bool:
        """The Commander or designee (1.1); his own only where nobody else serves in the unit (docs/decisions, 10)."""
        if not member.may(Power.APPROVE_ACCOUNTS):
            return False
        return member.pk != self.requested_by_id or not others_serve(member)

    may_approve = may_decline = may_decide

    def may_withdraw(self, member: Member) -> bool:
        """Who asked for it; once it is approved or he has left, whoever could approve it too."""
        return member.serves() and (member.pk == self.requested_by_id or member.may(Power.APPROVE_ACCOUNTS))

    def approve(self, reasons: str, *, by: Member) -> RequestDecision:
        """The account may be established. Raises Refused, Invalid, WrongState."""
        return self._decide(self.State.APPROVED, "approve", reasons, by)

    def decline(self, reasons: str, *, by: Member) -> RequestDecision:
        """It may not. Raises Refused, Invalid, WrongState."""
        return self._decide(self.State.DECLINED, "decline", reasons, by)

    def withdraw(self, *, by: Member) -> None:
        """It is not wanted any more; its handle is free again. Raises Refused, WrongState (an account stands on it)."""
        if not self.may_withdraw(by):
            raise Refused("Only who asked for the account, or the Commander or designee, withdraws the request.")
        self.become(self.State.WITHDRAWN, verb="withdraw", by=by)

    def _decide(self, state: str, verb: str, reasons: str, by: Member) -> RequestDecision:
        if not by.may(Power.APPROVE_ACCOUNTS):
            raise refused(Power.APPROVE_ACCOUNTS)
        if not self.may_decide(by):
            raise Refused(f"Nobody decides his own request. {only(Power.APPROVE_ACCOUNTS)}")
        reasons = reasons.strip()
        if not reasons:
            raise Invalid("Give the reasons: they stand beside the account for as long as it does.", "reasons")
        with transaction.atomic():
            standing = AccountRequest.objects.select_for_update().get(pk=self.pk)
            if standing.state != self.State.REQUESTED:
                raise WrongState(self, verb)
            try:
                with transaction.atomic():
                    decision = RequestDecision.objects.create(request=self, verdict=state, reasons=reasons, by=by)
            except IntegrityError as error:  # he left, or his designation ended, this moment
                raise WrongState(self, verb) from error
            self.become(state, verb=verb, by=by, decision=decision)
            if self.requested_by is not None:
                word = "is approved; connect the account" if state == self.State.APPROVED else "was declined"
                tell([self.requested_by], Kind.ACCOUNTS, f"The {self} {word}.", self.address, but=by)
        return decision

    @property
    def address(self) -> str:
        """Its page."""
        return reverse("account_request", args=[self.pk])


class GoalServed(Fact):
    """A goal of Tab C, and how the account would help to meet it."""

    request = models.ForeignKey(AccountRequest, models.PROTECT, related_name="goals")
    goal = models.CharField(max_length=1, choices=Goal)
    how = models.TextField()

    class Meta(Fact.Meta):
        ordering = ["goal"]
        constraints = [
            models.UniqueConstraint(fields=["request", "goal"], name="one_answer_a_goal"),
            models.CheckConstraint(condition=~Q(how=""), name="a_goal_is_served_somehow"),
        ]
        triggers = [*Fact.Meta.triggers, _WHILE_ASKED]

    def __str__(self) -> str:
        return f"goal {self.goal} of request {self.request_id}"


class RequestedRole(Fact):
    """Who would administer the account, or write for it; who is not proposed can still be named later."""

    class Kind(models.TextChoices):
        """Main administrator is always the Commander or designee (1.2): nobody is proposed for that."""

        ADMINISTRATOR = "administrator", "administrator"
        EDITOR = "editor", "editor"

    request = models.ForeignKey(AccountRequest, models.PROTECT, related_name="roles")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)

    class Meta(Fact.Meta):
        ordering = ["kind", "member__name"]
        constraints = [models.UniqueConstraint(fields=["request", "member"], name="one_proposed_role_a_member")]
        triggers = [*Fact.Meta.triggers, _WHILE_ASKED]

    def __str__(self) -> str:
        return f"{self.member} as {self.kind}"


class RequestDecision(Fact):
    """What the Commander or designee decided, and why."""

    class Verdict(models.TextChoices):
        """There is no third."""

        APPROVED = "approved", "approved"
        DECLINED = "declined", "declined"

    request = models.OneToOneField(AccountRequest, models.PROTECT, related_name="decision")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reasons = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="request_is_decided_with_reasons")]
        triggers = [
            *Fact.Meta.triggers,
            pgtrigger.Trigger(
                name="decided_by_who_may",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"{decided_by_who_may(Power.APPROVE_ACCOUNTS)} RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="decides_anothers_request",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("asked", "accounts_accountrequest%ROWTYPE")],
                func="""
                    SELECT * INTO asked FROM accounts_accountrequest WHERE id = NEW.request_id FOR UPDATE;
                    IF asked.state <> 'requested' THEN
                        RAISE EXCEPTION 'the request is decided or withdrawn';
                    END IF;
                    IF NEW.verdict = 'approved'
                       AND NOT EXISTS (SELECT FROM accounts_goalserved WHERE request_id = NEW.request_id) THEN
                        RAISE EXCEPTION 'the request names no goal that the account would serve';
                    END IF;
                    IF asked.requested_by_id = NEW.by_id AND EXISTS (
                        SELECT FROM members_member WHERE is_active AND id <> NEW.by_id
                        AND position NOT IN ('auditor', 'legal_adviser', 'records_custodian')) THEN
                        RAISE EXCEPTION 'nobody decides his own request while others serve';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict}: {self.request}"


def others_serve(member: Member) -> bool:
    """Whether anybody else serves in the unit: then he can ask for the account in the member's place."""
    return bool(Member.objects.serving().of_the_unit().exclude(pk=member.pk).exists())


def may_request(member: Member) -> bool:
    """Every member of the unit may ask for an account; what is asked decides nothing."""
    return member.may(Power.READ_UNIT) and not member.outside


def request_account(case: Case, *, by: Member) -> AccountRequest:
    """Ask for an account, with the case for it (1.1). Raises Refused, Invalid (field named), nothing stored half."""
    if not may_request(by):
        raise Refused("Only a member of the unit asks for an account.")
    handle = _checked(case)
    try:
        with transaction.atomic():
            request = AccountRequest.objects.create(
                platform=case.platform,
                handle=handle.shown,
                handle_key=handle.key,
                name=case.name.strip() or handle.shown,
                purpose=case.purpose.strip(),
                values_statement=case.values.strip(),
                requested_by=by,
            )
            served = [GoalServed(request=request, goal=goal, how=how.strip()) for goal, how in case.goals.items()]
            GoalServed.objects.bulk_create(served)
            roles = [RequestedRole(request=request, member_id=pk, kind=kind) for pk, kind in case.roles.items()]
            RequestedRole.objects.bulk_create(roles)
            record("request", request, by=by, after=request.state)
            able = (holder.member for holder in holders(Power.APPROVE_ACCOUNTS))
            tell(able, Kind.ACCOUNTS, f"{by.name} asks for an account: decide it.", request.address, but=by)
    except IntegrityError as error:
        raise taken(case.platform, handle.key) or error from error
    return request


def _checked(case: Case) -> handles.Handle:
    if case.platform not in Platform.values:
        raise Invalid("Choose the platform.", "platform")
    if case.platform == Platform.PERISCOPE:
        raise Invalid("Periscope was closed by its owner in 2021: no account can be opened there.", "platform")
    handle = handles.read(case.platform, case.handle)
    if wrong := taken(case.platform, handle.key):
        raise wrong
    if not case.purpose.strip():
        raise Invalid("Say what the account is for.", "purpose")
    if not case.values.strip():
        raise Invalid("Say how its mission keeps to the department's values: S.O.P. 1 asks for it.", "values")
    if not case.goals:
        raise Invalid("Choose at least one goal of Tab C that it would serve.", "goals")
    for goal, how in case.goals.items():
        if goal not in Goal.values or not how.strip():
            raise Invalid(f"Say how the account would serve goal {goal}.", f"how_{goal}")
    if not case.roles:
        raise Invalid("Say who will administer it: choose at least one member.", "administrators")
    return handle


def taken(platform: str, key: str) -> Invalid | None:
    """The refusal, when an account stands under the handle already or somebody has asked for it; else None."""
    from accounts.models.account import Account

    label = Platform(platform).label
    standing = Account.objects.open().filter(platform=platform, handle_key=key).first()
    if standing is not None:
        shown = standing.handle or standing.name
        said = f"The department has this account already: {standing.name} on {label}, {shown}."
        return Invalid(f"{said} However it is spelt, it is the same handle.", "handle")
    asked = AccountRequest.objects.filter(platform=platform, handle_key=key, state__in=AccountRequest.OPEN).first()
    if asked is not None:
        who = asked.requested_by.name if asked.requested_by else "Somebody"
        return Invalid(f"{who} has asked for {asked.handle} on {label} already; the request is open.", "handle")
    return None
