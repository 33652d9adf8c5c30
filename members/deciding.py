"""The person's side of a decision once more, in the database: whoever decides serves, and may, at that moment.

The verb asks `authority` and says who may in a sentence. But between its question and its writing a transfer, or the
end of a designation, may be committed. So the row that decides is written with the member's own row held: what came
first counts, and who has left decides nothing (1.3).
"""

from __future__ import annotations

from members.powers import MATRIX, Position, Power

# What a trigger raises comes to Django as an IntegrityError, which verbs turn into "somebody acted first".
_LEFT = "RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';"
# Clocks of two machines differ: the application has judged the moment exactly, the database looks for a forgery.
_CLOCKS = "interval '1 minute'"


def serves(column: str) -> str:
    """PL/pgSQL that raises unless the member in `NEW.<column>` serves in the unit."""
    return f"""
    PERFORM FROM members_member WHERE id = NEW.{column} AND is_active FOR KEY SHARE;
    IF NOT FOUND THEN
        {_LEFT}
    END IF;
    """


def decided_by_who_may(power: Power) -> str:
    """The same of `by`, who moreover holds `power`: by his position, as designee, or as acting Commander."""
    positions = ", ".join(f"'{one.value}'" for one in Position if MATRIX[power].held(one.value))
    return f"""{serves("by_id")}
    PERFORM FROM members_member WHERE id = NEW.by_id AND position IN ({positions});
    IF NOT FOUND THEN
        PERFORM FROM members_designation
        WHERE designee_id = NEW.by_id AND power IN ('', '{power.value}') AND ended_at IS NULL
            AND since <= clock_timestamp() + {_CLOCKS} AND until > clock_timestamp() - {_CLOCKS}
        FOR SHARE;
        IF NOT FOUND THEN
            RAISE check_violation USING MESSAGE = 'this is not his to decide: {power.value}';
        END IF;
    END IF;
    """
