"""What the database holds of a measure: what it rests on, that two wanted it, and that it stands as it was ordered."""

from __future__ import annotations

import pgtrigger

from moderation.models.breaches import LADDER_OR_WAIVER
from moderation.models.second_looks import measure_looked_at_first

_RULES = """
IF NEW.verb IN ('delete', 'ban', 'unban') AND NOT EXISTS (
    SELECT FROM moderation_proposal proposal WHERE proposal.id = NEW.proposal_id AND proposal.state = 'approved'
        AND proposal.act = NEW.verb AND proposal.account_id = NEW.account_id
        AND proposal.comment_id IS NOT DISTINCT FROM NEW.comment_id
        AND proposal.poster_id IS NOT DISTINCT FROM NEW.poster_id
        AND proposal.record_id IS NOT DISTINCT FROM NEW.record_id
) THEN
    RISE_ 'pgtrigger: this rests on a proposal that a second person approved';
END IF;
IF NEW.verb IN ('edit_own', 'delete_own', 'message', 'delete') AND (
    SELECT comment.ours <> (NEW.verb IN ('edit_own', 'delete_own')) OR comment.account_id <> NEW.account_id
    FROM moderation_comment comment WHERE comment.id = NEW.comment_id
) THEN
    RISE_ 'pgtrigger: our own comments are changed, others are answered or deleted, on their own account';
END IF;
IF NEW.record_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM moderation_retainedrecord record
    WHERE record.id = NEW.record_id AND record.comment_id = NEW.comment_id
) THEN
    RISE_ 'pgtrigger: the record is one of this comment';
END IF;
IF NEW.verb = 'message' AND NOT COALESCE((
    SELECT standing.level IN (1, 2, 3, 4, 5) AND standing.state <> 'waiting' FROM moderation_case standing
    WHERE standing.comment_id = NEW.comment_id
), FALSE) AND NOT EXISTS (
    SELECT FROM moderation_notice notice JOIN moderation_case standing ON standing.comment_id = notice.comment_id
    WHERE notice.comment_id = NEW.comment_id AND notice.text = NEW.text AND notice.measure_id IS NULL
        AND notice.way = 'private' AND (
            notice.kind IN ('warning', 'apology', 'ban_lifted')
            OR standing.level = 7 AND standing.state <> 'waiting' AND standing.grade_id = notice.grade_id
        )
) THEN
    RISE_ 'pgtrigger: what is not graded, and levels 6 and 8, are not answered, a level 7 by notices alone';
END IF;
IF NEW.verb = 'ban' AND NOT EXISTS (
    SELECT FROM moderation_proposal proposal WHERE proposal.id = NEW.proposal_id AND LADDER_OR_WAIVER_
) THEN
    RISE_ 'pgtrigger: a ban rests on a second breach after a notified first, or on the Commander''s waiver';
END IF;
IF NEW.verb = 'delete' AND NOT COALESCE((
    SELECT standing.hidden AND standing.level IN (7, 8) FROM moderation_case standing
    WHERE standing.comment_id = NEW.comment_id
), FALSE) THEN
    RISE_ 'pgtrigger: only what is graded 7 or 8 and hidden is deleted';
END IF;
RETURN NEW;
""".replace("RISE_", "RAISE EXCEPTION").replace("LADDER_OR_WAIVER_", LADDER_OR_WAIVER)


def walls_of_a_measure() -> list[pgtrigger.Trigger]:
    """The triggers on a measure."""
    return [
        pgtrigger.ReadOnly(
            name="measure_stands_as_ordered",
            fields=[
                "key",
                "account",
                "verb",
                "comment",
                "post",
                "poster",
                "proposal",
                "record",
                "text",
                "prepared",
                "draft",
                "by",
                "act",
                "created_at",
            ],
        ),
        pgtrigger.Trigger(
            name="measure_rests_on_what_it_needs", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_RULES
        ),
        measure_looked_at_first(),
    ]
