"""Sessions: which browser is signed in as whom, since when, and when a person last did something in it (ruling 15)."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

from members.models.member import Member


class Session(AbstractBaseSession):
    """One browser's session. Its data lies in `session_data`; the columns beside it are what is asked about it.

    The last act stands in a column of its own, written by `members.idleness` alone: a request that saves its data does
    not overwrite what another has noted meanwhile.
    """

    member = models.ForeignKey(Member, models.CASCADE, null=True, related_name="sessions")  # null: not signed in
    signed_in_at = models.DateTimeField(null=True)
    last_act_at = models.DateTimeField(default=timezone.now)
    address = models.GenericIPAddressField(null=True)
    words = models.CharField(max_length=200, blank=True)  # "Firefox on Windows"

    class Meta(AbstractBaseSession.Meta):
        indexes = [models.Index(fields=["member", "-last_act_at"])]

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """The store that reads and writes these rows."""
        from members import sessions

        return sessions.SessionStore

    @classmethod
    def open(cls, at: datetime | None = None) -> models.QuerySet[Session]:
        """Those in which somebody who serves is signed in at `at`: neither idle too long nor at their end."""
        at = at or timezone.now()
        return cls.objects.filter(
            member__in=Member.objects.serving(at),
            expire_date__gt=at,
            last_act_at__gt=at - timedelta(seconds=settings.SESSION_IDLE_SECONDS),
        )

    def save(self, *, force_update: bool = False, **kwargs: Any) -> None:
        """Write it; of a row that stands, what the data says alone. Raises DatabaseError when it has been ended."""
        if force_update:
            kwargs["update_fields"] = ["session_data", "expire_date", "member", "signed_in_at", "address", "words"]
        super().save(force_update=force_update, **kwargs)

    @property
    def name(self) -> str:
        """What pages call it: its key opens the door, and is shown nowhere."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:16]

    @property
    def ended_by(self) -> str:
        """Why nobody is signed in here any more: `idle`, `limit`, or "" while somebody is."""
        now = timezone.now()
        if self.expire_date <= now:
            return "limit"
        if self.member_id and self.last_act_at <= now - timedelta(seconds=settings.SESSION_IDLE_SECONDS):
            return "idle"
        return ""
