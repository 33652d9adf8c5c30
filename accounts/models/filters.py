"""The register of platform-side filters: word lists and settings on a platform moderate too (4.TOU; c 9).

Each row is one filter with one text, for ever: a changed list is a new row that replaces the former. What was done with
it stands beside it as facts.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models.account import Account
from members.authority import only
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from members.states import Invalid, Refused, Stateful, WrongState, record

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class FilterQuerySet(models.QuerySet["PlatformFilter"]):
    """Questions about filters."""

    def visible_to(self, member: Member) -> FilterQuerySet:
        """Every member of the unit may know what hides comments beside him."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def standing(self) -> FilterQuerySet:
        """Those that act on the platform now, approved or not."""
        return self.filter(state__in=PlatformFilter.ACTING)

    def unapproved(self) -> FilterQuerySet:
        """Those found on the platform that nobody has approved."""
        return self.filter(state=PlatformFilter.State.FOUND)

    def overdue(self, at: datetime | None = None) -> FilterQuerySet:
        """Those in force whose review is due."""
        return self.filter(state=PlatformFilter.State.IN_FORCE, review_due_at__lte=at or timezone.now())


class PlatformFilter(Narrow, Stateful):
    """One filter of one account."""

    class State(models.TextChoices):
        """A filter's life. Deciding and doing are two steps: who decides is not always who sits at the platform."""

        PROPOSED = "proposed", "proposed"
        FOUND = "found", "found, approved by nobody"
        APPROVED = "approved", "approved, not set yet"
        IN_FORCE = "in_force", "in force"
        TO_END = "to_end", "to be taken off"
        DECLINED = "declined", "declined"
        ENDED = "ended", "ended"

    class Kind(models.TextChoices):
        """What the platforms have."""

        KEYWORDS = "keywords", "keyword list"
        HIDDEN_WORDS = "hidden_words", "hidden words"
        PROFANITY = "profanity", "profanity filter"
        HOLD = "hold", "hold for review"
        BLOCK_LIST = "block_list", "block list"
        WHO_MAY_COMMENT = "who_may_comment", "who may comment"

    WORDS = (Kind.KEYWORDS, Kind.HIDDEN_WORDS)  # of these every word is known, or they are not approved
    ACTING = (State.FOUND, State.IN_FORCE, State.TO_END)
    MOVES = {
        State.PROPOSED: {State.APPROVED, State.DECLINED},
        State.FOUND: {State.IN_FORCE, State.TO_END},
        State.APPROVED: {State.IN_FORCE, State.ENDED},
        State.IN_FORCE: {State.TO_END, State.ENDED},
        State.TO_END: {State.ENDED},
    }

    account = models.ForeignKey(Account, models.PROTECT, related_name="filters")
    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=30, choices=State, default=State.PROPOSED, editable=False)
    what = models.TextField(blank=True)  # the words, one a line, or what exactly the setting keeps back
    strength = models.CharField(max_length=120, blank=True)
    why = models.TextField(blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")  # who proposed or found it
    at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)  # when somebody last saw it on the platform as it stands here
    review_due_at = models.DateTimeField(null=True, blank=True)

    objects = FilterQuerySet.as_manager()
    history: RelatedManager[FilterNote]

    class Meta:
        ordering = ["account", "-id"]
        verbose_name = "filter"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "in_force"])
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="filter_in_force_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(what=""), name="filter_approved_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="in_force")
                | Q(seen_by__isnull=False, seen_at__isnull=False, review_due_at__isnull=False),
                name="filter_in_force_was_seen",
            ),
        ]
        indexes = [
            models.Index(fields=["review_due_at"], condition=Q(state="in_force"), name="filter_review_due"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="filter_stands_as_written",
                fields=["account", "kind", "what", "strength", "why", "replaces", "by", "at"],
            ),
            pgtrigger.Protect(
                name="filter_ends_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state IN ('declined', 'ended')"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.account}"

    # --- who may ---

    def may_approve(self, member: Member) -> bool:
        """The Commander or designee: what hides by itself is decided like everything that hides."""
        return member.may(Power.ADMINISTER_ACCOUNTS)

    may_decline = may_approve

    def may_put_in_force(self, member: Member) -> bool:
        """Who sits at the platform: an administrator or editor of the account, or who manages all day to day."""
        return may_keep(member, self.account)

    may_take_off = may_put_in_force
    may_review = may_put_in_force

    def verbs_for(self, member: Member) -> list[str]:
        """What `member` may do with it now."""
        state, found = PlatformFilter.State, []
        if self.state in {state.PROPOSED, state.FOUND} and self.may_approve(member):
            found += ["approve", "decline"]
        if self.state in {state.APPROVED, state.IN_FORCE} and self.may_decline(member):
            found.append("end")
        if self.may_review(member):
            found += {
                state.APPROVED: ["put_in_force"],
                state.IN_FORCE: ["review"],
                state.TO_END: ["take_off"],
            }.get(state(self.state), [])
        return found

    # --- deciding: the Commander or designee ---

    def approve(self, *, by: Member, reason: str) -> None:
        """Approve it; what was found on the platform is in force at once. Raises Refused, Invalid, WrongState.

        A list whose words nobody knows is never approved: an agency must know what it hides (LR-3).
        """
        self._require(self.may_approve(by))
        if not self.what.strip():
            raise Invalid("Nobody has written down what it blocks: what is not known is not approved.", "note")
        reason = _said(reason, "Write why it may stand: which clause of the terms it serves.")
        now = timezone.now()
        changes: dict[str, Any] = {"approved_by": by, "approved_at": now}
        if self.state == self.State.FOUND:
            changes |= {"seen_by": self.by, "seen_at": self.at, "review_due_at": _due(now)}
        state = self.State.IN_FORCE if self.state == self.State.FOUND else self.State.APPROVED
        self._do("approve", state, by, reason, **changes)

    def decline(self, *, by: Member, reason: str) -> None:
        """Decline it; what stands on the platform is to be taken off. Raises Refused, Invalid, WrongState."""
        self._require(self.may_decline(by))
        reason = _said(reason, "Write why it is declined.")
        state = self.State.TO_END if self.state == self.State.FOUND else self.State.DECLINED
        self._do("decline", state, by, reason)

    def end(self, *, by: Member, reason: str) -> None:
        """It is to stand no more: taken off the platform, or never set. Raises Refused, Invalid, WrongState."""
        self._require(self.may_decline(by))
        reason = _said(reason, "Write why it ends.")
        state = self.State.TO_END if self.state == self.State.IN_FORCE else self.State.ENDED
        self._do("end", state, by, reason)

    # --- doing: who sits at the platform ---

    def put_in_force(self, *, by: Member, note: str) -> None:
        """It was set on the platform and seen there; what it replaces has ended with it. Raises Refused, WrongState."""
        self._require(self.may_put_in_force(by))
        note = _said(note, "Write how it was set and where you saw it.")
        now = timezone.now()
        with transaction.atomic():
            self._do("put_in_force", self.State.IN_FORCE, by, note, seen_by=by, seen_at=now, review_due_at=_due(now))
            former = self.replaces
            if former is not None and former.state == self.State.IN_FORCE:
                former.give_way(self, by=by)

    def give_way(self, successor: PlatformFilter, *, by: Member) -> None:
        """End, since what replaces it stands on the platform now."""
        self._do("end", self.State.ENDED, by, f"Replaced by filter {successor.pk}.")

    def review(self, *, by: Member, note: str) -> None:
        """It was looked at on the platform and stands there as written here. Raises Refused, Invalid, WrongState.

        What differs there is a filter of its own, which nobody has approved (`find`).
        """
        self._require(self.may_review(by))
        note = _said(note, "Write what you looked at.")
        now = timezone.now()
        with transaction.atomic():
            mine = PlatformFilter.objects.filter(pk=self.pk, state=self.State.IN_FORCE)
            if not mine.update(seen_by=by, seen_at=now, review_due_at=_due(now)):
                raise WrongState(self, "review")
            self._note("review", by, note)
            record("review", self, by=by)
        self.refresh_from_db()

    def take_off(self, *, by: Member, note: str) -> None:
        """It was taken off the platform and is gone there. Raises Refused, Invalid, WrongState."""
        self._require(self.may_take_off(by))
        note = _said(note, "Write how you made sure that it is gone.")
        self._do("take_off", self.State.ENDED, by, note, seen_by=by, seen_at=timezone.now())

    def _do(self, verb: str, state: str, by: Member, note: str, **changes: Any) -> None:
        with transaction.atomic():
            self.become(state, verb=verb, by=by, **changes)
            self._note(verb, by, note)

    def _note(self, verb: str, by: Member, note: str) -> None:
        FilterNote.objects.create(filter=self, verb=verb, by=by, note=note)

    def _require(self, may: bool) -> None:
        if not may:
            raise Refused(only(Power.ADMINISTER_ACCOUNTS))

    @property
    def words(self) -> list[str]:
        """What a list holds, one word or phrase a line."""
        return [word for line in self.what.splitlines() if (word := line.strip())]

    @property
    def is_list(self) -> bool:
        """Whether it is a list of words."""
        return self.kind in self.WORDS

    @property
    def is_overdue(self) -> bool:
        """Whether its review is due."""
        return (
            self.state == self.State.IN_FORCE
            and self.review_due_at is not None
            and self.review_due_at <= timezone.now()
        )


class FilterNote(Fact):
    """What somebody did with a filter, or saw of it on the platform."""

    filter = models.ForeignKey(PlatformFilter, models.PROTECT, related_name="history")
    verb = models.CharField(max_length=30)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)

    class Meta(Fact.Meta):
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.verb} of filter {self.filter_id}"


def may_keep(member: Member, account: Account) -> bool:
    """Whether `member` keeps the register of `account`: who speaks through it, or manages the accounts day to day."""
    return account.may_act(member) or member.may(Power.MANAGE_ACCOUNTS)


def propose(account: Account, *, by: Member, **given: Any) -> PlatformFilter:
    """Propose a filter for `account`. Raises Refused, Invalid (a field that is missing, an account that is closed)."""
    if not given.get("what", "").strip():
        raise Invalid("Write every word, or what exactly it keeps back: what is not known is not approved.", "what")
    return _enter(account, "propose", PlatformFilter.State.PROPOSED, by, given)


def find(account: Account, *, by: Member, **given: Any) -> PlatformFilter:
    """Note a filter that stands on the platform and that nobody has approved. Raises Refused, Invalid.

    Its words may be unknown: then it can only be taken off, or written down and found anew.
    """
    return _enter(account, "find", PlatformFilter.State.FOUND, by, given)


def _enter(account: Account, verb: str, state: str, by: Member, given: dict[str, Any]) -> PlatformFilter:
    if not may_keep(by, account):
        raise account.refused("keeps the register of its filters")
    if account.state == Account.State.CLOSED:
        raise Invalid("The account is terminated: nothing filters there any more.", "account")
    given["why"] = _said(given.get("why", ""), "Write what it is for, and which clause of the terms it serves.", "why")
    former = given.get("replaces")
    if former is not None and (former.account_id, former.kind) != (account.pk, given["kind"]):
        raise Invalid("It replaces a filter of the same kind on the same account.", "replaces")
    with transaction.atomic():
        made = PlatformFilter.objects.create(account=account, state=state, by=by, **given)
        FilterNote.objects.create(filter=made, verb=verb, by=by, note=made.why)
        record(verb, made, by=by, after=state)
    return made


def _said(text: str, asks: str, field: str = "note") -> str:
    text = text.strip()
    if not text:
        raise Invalid(asks, field)
    return text


def _due(now: datetime) -> datetime:
    return now + timedelta(days=settings.FILTER_REVIEW_DAYS)
