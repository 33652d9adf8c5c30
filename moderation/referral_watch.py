"""What the reconciler sees to about referrals each second; it needs no broker, and one failure holds up no other."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.db import DatabaseError

from moderation import coming_back, giving_back, raising

log = structlog.get_logger()

LOOKS: tuple[Callable[[], None], ...] = (raising.look, coming_back.look, giving_back.look)


def look() -> None:
    """Raise emergencies, tell of what came back, bring overdue questions back. Raises DatabaseError alone."""
    for one in LOOKS:
        try:
            one()
        except DatabaseError:
            raise
        except Exception:  # the reconciler also carries out hides: it must live
            log.exception("referral_watch_failed", look=one.__module__)
