"""What a transferred member may still hold on a platform itself, until the Commander confirms that it is gone (1.3).

In the product every privilege ends in the act of the transfer (`accounts.transfer`). The platforms know nothing of it:
their roles, a shared password or an app's token stand until a person takes them away there and says so here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models.account import Account, Role
from members.authority import only
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from members.states import Invalid, Refused, Stateful, WrongState, record

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class RemovalQuerySet(models.QuerySet["Removal"]):
    """Questions about what is to be removed."""

    def visible_to(self, member: Member) -> RemovalQuerySet:
        """All to whoever reads the check-lists: where a door may still stand open is nobody else's business (F.I)."""
        return self if may_read(member) else self.none()

    def outstanding(self) -> RemovalQuerySet:
        """Those that nobody has confirmed yet."""
        return self.filter(state=Removal.State.OUTSTANDING)


READERS = (Power.REMOVE_PRIVILEGES, Power.MANAGE_ACCOUNTS, Power.READ_TRAIL)


def may_read(member: Member) -> bool:
    """Whether he reads the check-lists: who removes, who manages the accounts day to day, who reads the trail."""
    return any(member.may(power) for power in READERS)


class Removal(Narrow, Stateful):
    """One transferred member, one account: his privileges there are to be removed by hand. Confirmed once, for good."""

    class State(models.TextChoices):
        """Nothing leads back: what turns out to stand after all is said in a note."""

        OUTSTANDING = "outstanding", "to be removed"
        REMOVED = "removed", "removed"

    MOVES = {State.OUTSTANDING: {State.REMOVED}}

    account = models.ForeignKey(Account, models.PROTECT, related_name="removals")
    member = models.ForeignKey(Member, models.PROTECT, related_name="removals")
    # The role that he held here; empty: none, but the log says that he holds a way back into the account.
    kind = models.CharField("role", max_length=20, choices=Role.Kind, blank=True)
    state = models.CharField(max_length=30, choices=State, default=State.OUTSTANDING, editable=False)
    opened_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RemovalQuerySet.as_manager()
    notes: RelatedManager[RemovalNote]
    items: RelatedManager[RemovalItem]

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "member"], condition=Q(state="outstanding"), name="one_open_removal_an_account"
            ),
            models.CheckConstraint(
                condition=Q(state="outstanding", confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(state="removed", confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="removal_is_confirmed_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(confirmed_by=F("member")), name="nobody_confirms_his_own_removal"),
        ]
        indexes = [models.Index(fields=["opened_at"], condition=Q(state="outstanding"), name="removal_outstanding")]
        triggers = [
            pgtrigger.ReadOnly(name="removal_stands_as_opened", exclude=["state", "confirmed_at", "confirmed_by"]),
            pgtrigger.Protect(
                name="is_confirmed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state = 'removed'"),
            ),
            pgtrigger.Trigger(
                name="removed_when_every_item_is",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.state = 'removed' AND OLD.state <> 'removed'"),
                func="""
                    IF EXISTS (SELECT FROM accounts_removalitem
                               WHERE removal_id = NEW.id AND confirmed_at IS NULL) THEN
                        RAISE EXCEPTION 'an item of the check-list is not confirmed yet';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"removal of {self.member} from {self.account}"

    def may_confirm(self, member: Member) -> bool:
        """The Commander, whose duty it is (S.O.P. 1); never of oneself."""
        return member.may(Power.REMOVE_PRIVILEGES) and member.pk != self.member_id

    def may_note(self, member: Member) -> bool:
        """Whoever reads the check-list may also write beside it, but for the auditor, who only reads."""
        return may_read(member) and not member.outside

    def confirm(self, item: RemovalItem, *, by: Member, note: str = "") -> bool:
        """One item is done on the platform: `by` has seen to it. True when it was the last, and all is removed.

        Raises Refused, WrongState (confirmed already, or not an item of this check-list).
        """
        if not self.may_confirm(by):
            raise Refused(only(Power.REMOVE_PRIVILEGES))
        with transaction.atomic():
            Removal.objects.select_for_update().get(pk=self.pk)  # of two at once the second sees the first's item
            open_one = self.items.filter(pk=item.pk, confirmed_at__isnull=True)
            if not open_one.update(confirmed_at=timezone.now(), confirmed_by=by):
                raise WrongState(item, "confirm")
            record("confirm", item, by=by, after="removed")
            if note.strip():
                self.note(note, by=by)
            if self.items.filter(confirmed_at__isnull=True).exists():
                return False
            self.become(self.State.REMOVED, verb="confirm", by=by, confirmed_at=timezone.now(), confirmed_by=by)
        return True

    def note(self, text: str, *, by: Member) -> RemovalNote:
        """Write something beside it, also after the confirmation. Raises Refused, Invalid (nothing written)."""
        if not self.may_note(by):
            raise Refused(only(Power.REMOVE_PRIVILEGES))
        text = text.strip()
        if not text:
            raise Invalid("Write what is to be kept beside this removal.", "note")
        with transaction.atomic():
            note = RemovalNote.objects.create(removal=self, by=by, text=text)
            record("note", self, by=by)
        return note


class RemovalItem(Narrow):
    """One thing to take away or hand over; confirmed once, with the day."""

    removal = models.ForeignKey(Removal, models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField()  # the order in which they are done
    where = models.TextField()
    what = models.TextField()
    hold = models.ForeignKey("accounts.RecoveryHold", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["place"]
        verbose_name = "item"
        constraints = [
            models.UniqueConstraint(fields=["removal", "place"], name="one_item_a_place"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="item_is_confirmed_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="item_stands_as_listed", exclude=["confirmed_at", "confirmed_by"]),
            pgtrigger.Protect(
                name="item_is_confirmed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.confirmed_at IS NOT NULL"),
            ),
            pgtrigger.Trigger(
                name="item_not_confirmed_by_him",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.confirmed_by_id IS NOT NULL"),
                func="""
                    IF EXISTS (SELECT FROM accounts_removal
                               WHERE id = NEW.removal_id AND member_id = NEW.confirmed_by_id) THEN
                        RAISE EXCEPTION 'nobody confirms his own removal';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.place} of removal {self.removal_id}"


class RemovalNote(Fact):
    """What somebody wrote beside a removal: how he made sure, what the platform would not let him do."""

    removal = models.ForeignKey(Removal, models.PROTECT, related_name="notes")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        ordering = ["id"]

    def __str__(self) -> str:
        return f"note {self.pk} on removal {self.removal_id}"
