"""The department's accounts (S.O.P. 1), who may speak through them, and what they sign in with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from accounts.handles import key_of
from accounts.models.requests import LOCK_HANDLE, AccountRequest
from accounts.models.standing import Suspension
from accounts.platforms import client_for
from accounts.platforms.client import Client
from accounts.platforms.contract import Limit, Platform
from members import authority, plainly
from members.authority import Holder
from members.deciding import serves
from members.facts import Narrow
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, Refused, Stateful, WrongState

if TYPE_CHECKING:
    from accounts.models.polling import PollState


def queue_cut_off_days() -> int:
    """The unit's own measure, where none is chosen at connecting."""
    return int(settings.QUEUE_CUT_OFF_DAYS)


# At the end of a transaction: an account that stands has its main administrator, and he serves. The lock makes a
# transfer of his wait for the appointment, or the appointment for the transfer.
NO_ACCOUNT_WITHOUT_MAIN = """
    IF EXISTS (SELECT FROM accounts_account WHERE id = {account} AND state <> 'closed') THEN
        PERFORM FROM members_member WHERE is_active AND id IN (
            SELECT member_id FROM accounts_role
            WHERE account_id = {account} AND kind = 'main_administrator' AND until IS NULL) FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'an account always has a main administrator who serves'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'account_has_its_main_administrator';
        END IF;
    END IF;
    RETURN NULL;
"""


class AccountQuerySet(models.QuerySet["Account"]):
    """Questions about accounts."""

    def visible_to(self, member: Member) -> AccountQuerySet:
        """Every member of the unit sees every account of the department (1.2)."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def menu(self, member: Member) -> list[Account]:
        """All that he sees, in their order: for menus and lists that name them, on many pages."""
        everything = "SELECT {columns} FROM accounts_account ORDER BY platform"
        return plainly.many(Account, everything, []) if member.may(Power.READ_UNIT) else []

    def open(self) -> AccountQuerySet:
        """Those that are read. One that needs reconnecting is tried too, ever more rarely: it may come back."""
        return self.exclude(state=Account.State.CLOSED)


class Account(Narrow, Stateful):
    """One account of the department on one platform."""

    class State(models.TextChoices):
        """From connected to terminated; what comes before it is its AccountRequest."""

        ACTIVE = "active", "active"
        NEEDS_RECONNECTING = "needs_reconnecting", "needs reconnecting"
        SUSPENDED = "suspended", "suspended"  # read, and hidden where it must be; nothing is said in its name
        CLOSED = "closed", "terminated"

    MOVES = {
        State.ACTIVE: {State.NEEDS_RECONNECTING, State.SUSPENDED, State.CLOSED},
        State.NEEDS_RECONNECTING: {State.ACTIVE, State.SUSPENDED, State.CLOSED},
        State.SUSPENDED: {State.ACTIVE, State.CLOSED},  # a token lost meanwhile shows once it is active again
    }
    VERBS = {"suspend": State.SUSPENDED, "resume": State.ACTIVE}

    request = models.OneToOneField(AccountRequest, models.PROTECT, related_name="account")  # approved (1.1)
    platform = models.CharField(max_length=20, choices=Platform)
    remote_id = models.TextField()
    handle = models.TextField(blank=True)
    handle_key = models.TextField(blank=True, editable=False)  # of every spelling of it: accounts.handles
    name = models.TextField()
    state = models.CharField(max_length=30, choices=State, default=State.ACTIVE, editable=False)
    page_id = models.TextField(blank=True)  # Instagram: the Page it is linked to
    tier = models.CharField(max_length=20, blank=True)  # X: self-serve or enterprise
    connected_at = models.DateTimeField(default=timezone.now)
    cut_off_days = models.PositiveSmallIntegerField(default=queue_cut_off_days)  # before it was connected (ruling 8)

    objects = AccountQuerySet.as_manager()
    poll_state: PollState

    class Meta:
        ordering = ["platform"]
        constraints = [
            models.UniqueConstraint(fields=["platform", "remote_id"], name="one_account_a_remote_id"),
            models.CheckConstraint(condition=Q(platform__in=Platform.values), name="account_has_a_known_platform"),
            models.CheckConstraint(
                condition=Q(state__in=["active", "needs_reconnecting", "suspended", "closed"]),
                name="account_has_a_known_state",
            ),
            models.UniqueConstraint(
                fields=["platform", "handle_key"],
                condition=~Q(state="closed") & ~Q(handle_key=""),
                name="one_standing_account_a_handle",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="rests_on_an_approved_request",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("asked", "accounts_accountrequest%ROWTYPE")],
                func="""
                    SELECT * INTO asked FROM accounts_accountrequest WHERE id = NEW.request_id FOR UPDATE;
                    IF asked.state IS DISTINCT FROM 'approved' OR asked.platform <> NEW.platform THEN
                        RAISE EXCEPTION 'an account rests on an approved request for its platform';
                    END IF;
                    IF NEW.state <> 'active' THEN
                        RAISE EXCEPTION 'an account begins as active';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.ReadOnly(name="keeps_its_request", fields=["request", "platform"]),
            pgtrigger.Trigger(
                name="takes_no_handle_asked_for",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("handle_key"),
                condition=pgtrigger.Condition("NEW.handle_key <> ''"),
                func=f"""
                    {LOCK_HANDLE}
                    IF EXISTS (SELECT FROM accounts_accountrequest WHERE platform = NEW.platform
                               AND handle_key = NEW.handle_key AND id <> NEW.request_id
                               AND state IN ('requested', 'approved')) THEN
                        RAISE unique_violation USING MESSAGE = 'somebody has asked for this handle';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="moves_by_decisions",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Condition("OLD.state IS DISTINCT FROM NEW.state"),
                declare=[("last", "text")],
                func="""
                    SELECT verb INTO last FROM accounts_suspension WHERE account_id = NEW.id ORDER BY id DESC LIMIT 1;
                    IF OLD.state = 'closed'
                       OR (NEW.state = 'suspended' AND last IS DISTINCT FROM 'suspend')
                       OR (OLD.state = 'suspended' AND NEW.state = 'active' AND last IS DISTINCT FROM 'resume')
                       OR (OLD.state = 'suspended' AND NEW.state = 'needs_reconnecting')
                       OR (NEW.state = 'closed' AND NOT EXISTS (
                           SELECT FROM accounts_termination WHERE account_id = NEW.id AND state = 'approved')) THEN
                        RAISE EXCEPTION 'an account does not move from % to % so', OLD.state, NEW.state;
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="account_has_its_main_administrator",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
                timing=pgtrigger.Deferred,
                func=NO_ACCOUNT_WITHOUT_MAIN.replace("{account}", "NEW.id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_platform_display()} {self.handle or self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The key follows the handle."""
        self.handle_key = key_of(self.platform, self.handle)
        fields = kwargs.get("update_fields")
        if fields is not None and "handle" in fields:
            kwargs["update_fields"] = {*fields, "handle_key"}
        super().save(*args, **kwargs)

    @property
    def cut_off(self) -> datetime:
        """What was written before this moment is archived as received, not queued (ruling 8)."""
        return self.connected_at - timedelta(days=self.cut_off_days)

    def may_act(self, member: Member) -> bool:
        """Whether `member` may reply and hide here: an administrator or editor of this account (ruling 16).

        Main administrator of every account is the Commander or designee (1.2), with a role of his own here or without.
        """
        if not member.may(Power.ACT_ON_ACCOUNTS):
            return False
        return self.pk in standing_roles(member) or member.may(Power.ADMINISTER_ACCOUNTS)

    def who_acts(self) -> list[Holder]:
        """Who may reply and hide here now: administrators, then editors, then who is Commander or designee just now."""
        roles = [
            role
            for role in self.roles.filter(Role.STANDING).select_related("member").order_by("member__name")
            if role.member.may(Power.ACT_ON_ACCOUNTS)
        ]
        roles.sort(key=lambda role: Role.Kind.values.index(role.kind))
        able = [Holder(role.member, role=str(role.get_kind_display())) for role in roles]
        named = {role.member_id for role in roles}
        return able + [one for one in authority.holders(Power.ADMINISTER_ACCOUNTS) if one.member.pk not in named]

    def refused(self, does: str) -> Refused:
        """The refusal of somebody who has no role here: whose it is to do what `does` says, and who could do it now."""
        able = self.who_acts()
        return Refused(f"Only an administrator or editor of {self} {does}. {authority.who_now(able)}", able=able)

    def may_suspend(self, member: Member) -> bool:
        """The Commander or designee, who is main administrator of every account (1.2)."""
        return member.may(Power.ADMINISTER_ACCOUNTS)

    may_resume = may_suspend

    def suspend(self, reason: str, *, by: Member) -> None:
        """Nothing is said in its name until it is resumed; it is read, and what must be hidden is hidden.

        Raises Refused, Invalid (no reason), WrongState.
        """
        self._decide(Suspension.Verb.SUSPEND, self.State.SUSPENDED, reason, by)

    def resume(self, reason: str, *, by: Member) -> None:
        """It speaks again. Raises Refused, Invalid (no reason), WrongState."""
        self._decide(Suspension.Verb.RESUME, self.State.ACTIVE, reason, by)

    def _decide(self, verb: Suspension.Verb, state: str, reason: str, by: Member) -> None:
        authority.require(by, Power.ADMINISTER_ACCOUNTS)
        reason = reason.strip()
        if not reason:
            raise Invalid("Say why: the reason stands beside the account.", "reason")
        if verb == Suspension.Verb.RESUME and self.state != self.State.SUSPENDED:
            raise WrongState(self, verb)
        with transaction.atomic():
            decision = Suspension.objects.create(account=self, verb=verb, reason=reason, by=by)
            self.become(state, verb=verb, by=by, decision=decision)
            told = [holder.member for holder in self.who_acts()]
            tell(told, Kind.ACCOUNTS, f"{self} was {verb.label} by {by.name}.", self.address, but=by)

    @property
    def address(self) -> str:
        """Its page."""
        return reverse("account", args=[self.pk])

    def client(self, *, limits: Callable[[Limit], None] | None = None) -> Client:
        """A client that speaks for this account. A token that it renews is kept before it is used."""
        credential = self.credential
        return client_for(
            self.platform,
            credential.spoken(self),
            limits=limits,
            renewed=credential.keep_renewed,
            renewing=lambda: credential.held(self),
        )

    def administered_by(self) -> list[Member]:
        """Whom what happens to the account concerns: who administers accounts now, and the administrators of this."""
        roles = self.roles.filter(Role.STANDING).exclude(kind=Role.Kind.EDITOR).select_related("member")
        everybody = [one.member for one in authority.holders(Power.ADMINISTER_ACCOUNTS)]
        return list({member.pk: member for member in [*everybody, *(role.member for role in roles)]}.values())

    def lose_token(self, *, by: Member | None = None) -> bool:
        """The platform refused the token: nothing works until the account is connected again.

        A suspended account stays suspended: connecting it again is no reason to lift that. False, and nothing is
        changed, when another worker has renewed the token since this one read it. Raises WrongState when it is known
        already, or the account was terminated. Who finds it out calls `accounts.tokens.lose`.
        """
        used = self.credential.access_token
        self.credential.refresh_from_db()
        if self.credential.access_token != used:
            return False
        if self.state != self.State.SUSPENDED:
            self.become(self.State.NEEDS_RECONNECTING, verb="lose_token", by=by)
        return True

    def regain_token(self) -> None:
        """The platform takes the token again. Raises WrongState when the account is not in need of reconnecting."""
        self.become(self.State.ACTIVE, verb="regain_token", by=None)


class Role(Narrow):
    """A member's role on an account; ended, never deleted (1.2)."""

    class Kind(models.TextChoices):
        """What S.O.P. 1 calls those who manage an account."""

        MAIN_ADMINISTRATOR = "main_administrator", "main administrator"
        ADMINISTRATOR = "administrator", "administrator"
        EDITOR = "editor", "editor"

    account = models.ForeignKey(Account, models.PROTECT, related_name="roles")
    member = models.ForeignKey(Member, models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=20, choices=Kind)
    since = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)  # the end that was set when it was given, if any
    until = models.DateTimeField(null=True, blank=True)  # when it ended
    reason = models.TextField(blank=True)  # why it was given
    given_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.TextField(blank=True)

    STANDING: ClassVar[Q] = Q(until__isnull=True) & (Q(ends_at__isnull=True) | Q(ends_at__gt=Now()))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "member"], condition=Q(until__isnull=True), name="one_standing_role_a_member"
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(until__isnull=True, kind="main_administrator"),
                name="one_main_administrator_an_account",
            ),
            models.CheckConstraint(
                condition=~Q(kind="main_administrator") | Q(ends_at__isnull=True),
                name="main_administrator_has_no_set_end",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="role_stands_as_given", exclude=["until", "end_reason"]),
            pgtrigger.Trigger(
                name="whoever_has_it_serves",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.until IS NULL"),
                func=f"{serves('member_id')} RETURN NEW;",
            ),
            pgtrigger.Protect(
                name="role_ends_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.until IS NOT NULL"),
            ),
            pgtrigger.Trigger(
                name="leaves_no_account_without_main",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Condition("OLD.kind = 'main_administrator'"),
                func=NO_ACCOUNT_WITHOUT_MAIN.replace("{account}", "NEW.account_id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.kind} of {self.account}"


def standing_roles(member: Member) -> set[int]:
    """The accounts on which `member` has a role, as it stood when this was first asked of him: one query for a list.

    Each request reads its member anew, so that a role given or ended counts from the next one on.
    """
    known: set[int] | None = member.__dict__.get("_standing_roles")
    if known is None:
        known = set(Role.objects.filter(Role.STANDING, member=member).values_list("account_id", flat=True))
        member.__dict__["_standing_roles"] = known
    return known
