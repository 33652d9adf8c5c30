"""What the database holds of a case: its grade is the newest, and hidden rests on a hide that was carried out."""

from __future__ import annotations

import pgtrigger

from moderation.models.threats import raised_with_its_grade

_HIDE_DONE = """
IF NOT EXISTS (
    SELECT FROM moderation_commentorder
    WHERE comment_id = NEW.comment_id AND verb = 'hide' AND state = 'done'
) THEN
    RAISE EXCEPTION 'pgtrigger: a comment is hidden by an order that was carried out, with its record';
END IF;
RETURN NEW;
"""

_NEWEST_GRADE = """
IF EXISTS (SELECT FROM moderation_grade WHERE supersedes_id = NEW.grade_id) THEN
    RAISE EXCEPTION 'pgtrigger: a grade that was superseded is not the current one';
END IF;
RETURN NEW;
"""

_CLEARED_FIRST = """
IF EXISTS (SELECT FROM moderation_clearance WHERE grade_id = NEW.grade_id AND state = 'asked') THEN
    RAISE EXCEPTION 'pgtrigger: what waits to be cleared is outstanding';
END IF;
RETURN NEW;
"""


def walls_of_a_case() -> list[pgtrigger.Trigger]:
    """The triggers on a case's narrow row."""
    return [
        pgtrigger.Trigger(
            name="current_grade_is_the_newest",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.UpdateOf("grade_id"),
            condition=pgtrigger.Q(new__grade__isnull=False),  # so that intake does not pay for it
            func=_NEWEST_GRADE,
        ),
        pgtrigger.Trigger(
            name="hidden_rests_on_a_hide",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.UpdateOf("hidden"),
            condition=pgtrigger.Q(new__hidden=True),
            func=_HIDE_DONE,
        ),
        pgtrigger.Trigger(
            name="what_waits_to_be_cleared_is_outstanding",
            when=pgtrigger.Before,
            operation=pgtrigger.UpdateOf("state"),
            condition=pgtrigger.Q(new__state="addressed", new__level=7),
            func=_CLEARED_FIRST,
        ),
        raised_with_its_grade(),
    ]
