"""Who has left the unit acts no more (1.3): the database's word on it, for whatever was under way at that moment.

A request reads its member when it begins; the transfer may be committed before it ends. Every act writes to the trail
or the log in its own transaction, and there this trigger asks again, waiting for a transfer under way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.db import IntegrityError, connection

if TYPE_CHECKING:
    from members.models.member import Member

RULE = "who_has_left_acts_no_more"
SENTENCE = "Your sign-in has ended, and this was not done. Nothing was changed."


def acts_no_more() -> pgtrigger.Trigger:
    """The trigger that tables of acts carry: an entry `by` somebody who has left is refused, and its act with it."""
    return pgtrigger.Trigger(
        name=RULE,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Condition("NEW.by_id IS NOT NULL"),
        declare=[("gone", "boolean")],
        func=f"""
            IF NEW.by_id::text IS DISTINCT FROM current_setting('unit.leaves', true) THEN
                SELECT state = 'left' INTO gone FROM members_member WHERE id = NEW.by_id FOR KEY SHARE;
                IF gone THEN
                    RAISE EXCEPTION 'who has left the unit acts no more'
                        USING ERRCODE = 'check_violation', CONSTRAINT = '{RULE}';
                END IF;
            END IF;
            RETURN NEW;
        """,  # noqa: S608  (our own words)
    )


def let_finish(member: Member) -> None:
    """Let `member`, who transfers himself, write this transaction to its end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('unit.leaves', %s, true)", [str(member.pk)])


def refused_by_the_rule(error: BaseException) -> bool:
    """Whether the database refused an act because its member had left meanwhile."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return isinstance(error, IntegrityError) and getattr(diagnosis, "constraint_name", None) == RULE
