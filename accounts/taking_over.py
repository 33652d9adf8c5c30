"""What stood on an account before it was connected (ruling 8): bans are taken over where the platform lists them.

Where it lists nobody they are noted by hand. What was hidden there is found at the first reading, as any sight is.
"""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Account, StandingBan, Takeover
from accounts.platforms.contract import Author, NotPossible, PlatformError
from accounts.platforms.fields import clean
from members.authority import require
from members.models import Member
from members.powers import Power
from members.states import Invalid, record

AGAIN = timedelta(minutes=15)  # after a list that could not be read
AT_ONCE = 500  # rows of one insert
LONGEST_NAME = 200

log = structlog.get_logger()


def outstanding() -> list[int]:
    """The accounts whose list of bans was not read to its end yet, and was not tried just now."""
    waits = Q(asked_at__isnull=True) | Q(asked_at__lt=timezone.now() - AGAIN)
    rows = Takeover.objects.filter(waits, bans_at__isnull=True, bans_by_hand=False)
    return list(rows.filter(account__state=Account.State.ACTIVE).values_list("pk", flat=True))


def take_over(account_id: int) -> None:
    """Read the platform's list of bans to its end, each once. What fails is tried again, and said meanwhile."""
    account = Account.objects.select_related("credential").get(pk=account_id)
    Takeover.objects.filter(pk=account_id).update(asked_at=timezone.now())
    try:
        found = list(account.client().bans())
    except NotPossible:
        Takeover.objects.filter(pk=account_id).update(bans_by_hand=True, bans_trouble="")
        return
    except PlatformError as error:
        Takeover.objects.filter(pk=account_id).update(bans_trouble=str(error))
        log.info("bans_not_read", account=account_id, error=type(error).__name__, code=error.code)
        return
    with transaction.atomic():
        rows = [_row(account, one) for one in found if one.remote_id or one.name or one.handle]
        StandingBan.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)
        done = Takeover.objects.filter(pk=account_id, bans_at__isnull=True)
        if done.update(bans_at=timezone.now(), bans_trouble=""):
            record("take_over_bans", account, by=None, after=str(len(rows)))


def _row(account: Account, author: Author) -> StandingBan:
    return StandingBan(account=account, remote_id=clean(author.remote_id), name=clean(author.name or author.handle))


def may_note(member: Member) -> bool:
    """Who manages the accounts day to day: the Specialist, and those above."""
    return member.may(Power.MANAGE_ACCOUNTS)


def note_ban(account: Account, *, by: Member, name: str, remote_id: str = "", reason: str = "") -> StandingBan:
    """Note by hand a ban that stood before. Raises Refused, Invalid (no name, or noted already)."""
    require(by, Power.MANAGE_ACCOUNTS)
    name, remote_id = name.strip()[:LONGEST_NAME], remote_id.strip()[:LONGEST_NAME]
    if not name and not remote_id:
        raise Invalid("Give the name, or the id, under which the account has banned somebody.", "name")
    try:
        with transaction.atomic():
            ban = StandingBan.objects.create(
                account=account, name=name, remote_id=remote_id, noted_by=by, reason=reason.strip()
            )
            record("note_standing_ban", account, by=by)
    except IntegrityError:
        raise Invalid("A ban of this id stands here already.", "remote_id") from None
    return ban
