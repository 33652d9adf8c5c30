"""What must be so of an account's comments before it ends (settings.TERMINATION_CONDITIONS, S.O.P. 1)."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import PollState, Termination
from accounts.terminating import Condition
from members.days import spoken
from moderation.models import Case, SetAside
from moderation.polling import WHOLE


def of(termination: Termination) -> list[Condition]:
    """Everything is read and addressed: what the public wrote is answered before nobody can answer any more."""
    account = termination.account
    waiting = Case.objects.filter(comment__account=account, state=Case.State.WAITING).count()
    owed = Case.objects.filter(comment__account=account, state=Case.State.OUTSTANDING).count()
    aside = SetAside.objects.filter(account=account).count()
    open_ones = [f"{count} {word}" for count, word in ((waiting, "ungraded"), (owed, "owed an answer")) if count]
    says = f"Still open: {', '.join(open_ones)}." if open_ones else "Nothing waits."
    return [_read(termination), Condition("Comments addressed", not open_ones, f"{says} Set aside: {aside}.")]


def _read(termination: Termination) -> Condition:
    """Read to the end: a whole re-read within its window; of a platform that is gone, as far as it went."""
    poll = PollState.objects.filter(account=termination.account).first()
    whole = poll.last_whole_at if poll else None
    last = f"Read whole on {spoken(whole)}." if whole else "It was never read whole."
    if termination.archive_gone and termination.ground == Termination.Ground.INACTIVE:
        return Condition("Everything read", holds=True, says=f"The platform is gone. {last}")
    return Condition("Everything read", whole is not None and whole > timezone.now() - 2 * WHOLE, last)
