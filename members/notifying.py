"""Telling members: rows in the act's own transaction, carried out afterwards (ruling 25: with Redis down too)."""

from __future__ import annotations

from collections.abc import Iterable

from members import live
from members.models import Member, Notification
from members.models.notifications import Kind
from members.models.trail import current_act


def tell(members: Iterable[Member], kind: Kind, sentence: str, path: str = "", *, but: Member | None = None) -> None:
    """Tell each of `members` once, but for `but` (who did it himself): what happened, and where something can be done.

    Call it inside the act's transaction. The sentence names no poster and repeats no message (ruling 14).
    """
    told = {member.pk: member for member in members if but is None or member.pk != but.pk}
    act = current_act()
    rows = [Notification(member=one, kind=kind, sentence=sentence, path=path, act=act) for one in told.values()]
    for row in Notification.objects.bulk_create(rows):
        live.changed("notification", row.pk, to=row.member_id)
