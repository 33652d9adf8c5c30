"""A ban rests on the ladder or on the Commander's waiver, and is looked at again: those that were are due in a year."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# The rows of decided proposals are guarded by triggers, which no act passes: these are written as the tables' owner.
_DATES = """
ALTER TABLE moderation_proposal DISABLE TRIGGER USER;
UPDATE moderation_proposal SET review_on = (proposed_at + interval '365 days')::date WHERE act = 'ban';
ALTER TABLE moderation_proposal ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0020_who_decides_serves_and_may"),
        ("moderation", "0029_replies_rest_on_a_look"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="measure",
            name="measure_rests_on_what_it_needs",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="proposal",
            name="what_was_proposed_stands",
        ),
        migrations.AddField(
            model_name="proposal",
            name="review_on",
            field=models.DateField(null=True),
        ),
        migrations.RunSQL(_DATES, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name="measure",
            trigger=pgtrigger.compiler.Trigger(
                name="measure_rests_on_what_it_needs",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF NEW.verb IN ('delete', 'ban', 'unban') AND NOT EXISTS (\n    SELECT FROM moderation_proposal proposal WHERE proposal.id = NEW.proposal_id AND proposal.state = 'approved'\n        AND proposal.act = NEW.verb AND proposal.account_id = NEW.account_id\n        AND proposal.comment_id IS NOT DISTINCT FROM NEW.comment_id\n        AND proposal.poster_id IS NOT DISTINCT FROM NEW.poster_id\n        AND proposal.record_id IS NOT DISTINCT FROM NEW.record_id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: this rests on a proposal that a second person approved';\nEND IF;\nIF NEW.verb IN ('edit_own', 'delete_own', 'message', 'delete') AND (\n    SELECT comment.ours <> (NEW.verb IN ('edit_own', 'delete_own')) OR comment.account_id <> NEW.account_id\n    FROM moderation_comment comment WHERE comment.id = NEW.comment_id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: our own comments are changed, others are answered or deleted, on their own account';\nEND IF;\nIF NEW.record_id IS NOT NULL AND NOT EXISTS (\n    SELECT FROM moderation_retainedrecord record\n    WHERE record.id = NEW.record_id AND record.comment_id = NEW.comment_id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: the record is one of this comment';\nEND IF;\nIF NEW.verb = 'message' AND NOT COALESCE((\n    SELECT standing.level IN (1, 2, 3, 4, 5, 7) AND standing.state <> 'waiting' FROM moderation_case standing\n    WHERE standing.comment_id = NEW.comment_id\n), FALSE) AND NOT EXISTS (\n    SELECT FROM moderation_notice notice WHERE notice.comment_id = NEW.comment_id AND notice.text = NEW.text\n        AND notice.measure_id IS NULL AND notice.kind IN ('warning', 'apology', 'ban_lifted')\n) THEN\n    RAISE EXCEPTION 'pgtrigger: what is not graded, and levels 6 and 8, are not answered';\nEND IF;\nIF NEW.verb = 'ban' AND NOT EXISTS (\n    SELECT FROM moderation_proposal proposal WHERE proposal.id = NEW.proposal_id AND (\n    EXISTS (SELECT FROM moderation_waiver waiver WHERE waiver.proposal_id = proposal.id)\n    OR EXISTS (\n        SELECT FROM moderation_breach one\n        JOIN moderation_breach another ON another.poster_id = one.poster_id AND another.platform = one.platform\n            AND another.comment_id <> one.comment_id\n        JOIN moderation_notice notice ON notice.breach_id = one.id\n        LEFT JOIN moderation_commentorder reply ON reply.id = notice.order_id AND reply.state = 'done'\n        LEFT JOIN moderation_measure message ON message.id = notice.measure_id AND message.state = 'done'\n        WHERE one.poster_id = proposal.poster_id\n            AND one.platform = (SELECT platform FROM accounts_account account WHERE account.id = proposal.account_id)\n            AND COALESCE(reply.done_at, message.done_at) < another.written_at\n            AND LEAST(one.written_at, another.written_at) > now() - interval '730 days'\n            AND NOT EXISTS (\n                SELECT FROM moderation_breachwithdrawal taken WHERE taken.breach_id IN (one.id, another.id)\n            )\n    )\n)\n) THEN\n    RAISE EXCEPTION 'pgtrigger: a ban rests on a second breach after a notified first, or on the Commander''s waiver';\nEND IF;\nIF NEW.verb = 'delete' AND NOT COALESCE((\n    SELECT standing.hidden AND standing.level IN (7, 8) FROM moderation_case standing\n    WHERE standing.comment_id = NEW.comment_id\n), FALSE) THEN\n    RAISE EXCEPTION 'pgtrigger: only what is graded 7 or 8 and hidden is deleted';\nEND IF;\nRETURN NEW;\n",
                    hash="59681b233dd383ecb47b5752a2c0045ed3789fcc",
                    operation="INSERT",
                    pgid="pgtrigger_measure_rests_on_what_it_needs_f4e6b",
                    table="moderation_measure",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="proposal",
            trigger=pgtrigger.compiler.Trigger(
                name="what_was_proposed_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."act" IS DISTINCT FROM (NEW."act") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."comment_id" IS DISTINCT FROM (NEW."comment_id") OR OLD."poster_id" IS DISTINCT FROM (NEW."poster_id") OR OLD."record_id" IS DISTINCT FROM (NEW."record_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."review_on" IS DISTINCT FROM (NEW."review_on") OR OLD."proposed_by_id" IS DISTINCT FROM (NEW."proposed_by_id") OR OLD."proposed_at" IS DISTINCT FROM (NEW."proposed_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="24aee9e2ac63c0badd07872ed9c3c18e7e566d5c",
                    operation="UPDATE",
                    pgid="pgtrigger_what_was_proposed_stands_6981b",
                    table="moderation_proposal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="proposal",
            trigger=pgtrigger.compiler.Trigger(
                name="ban_rests_on_the_ladder",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"act\" = 'ban' AND NEW.\"state\" = 'approved')",
                    func="\nIF NOT EXISTS (SELECT FROM (SELECT NEW.*) proposal WHERE (\n    EXISTS (SELECT FROM moderation_waiver waiver WHERE waiver.proposal_id = proposal.id)\n    OR EXISTS (\n        SELECT FROM moderation_breach one\n        JOIN moderation_breach another ON another.poster_id = one.poster_id AND another.platform = one.platform\n            AND another.comment_id <> one.comment_id\n        JOIN moderation_notice notice ON notice.breach_id = one.id\n        LEFT JOIN moderation_commentorder reply ON reply.id = notice.order_id AND reply.state = 'done'\n        LEFT JOIN moderation_measure message ON message.id = notice.measure_id AND message.state = 'done'\n        WHERE one.poster_id = proposal.poster_id\n            AND one.platform = (SELECT platform FROM accounts_account account WHERE account.id = proposal.account_id)\n            AND COALESCE(reply.done_at, message.done_at) < another.written_at\n            AND LEAST(one.written_at, another.written_at) > now() - interval '730 days'\n            AND NOT EXISTS (\n                SELECT FROM moderation_breachwithdrawal taken WHERE taken.breach_id IN (one.id, another.id)\n            )\n    )\n)) THEN\n    RAISE EXCEPTION 'pgtrigger: a ban rests on a second breach after a notified first, or on the Commander''s waiver';\nEND IF;\nIF (SELECT platform FROM accounts_account account WHERE account.id = NEW.account_id) = 'youtube' AND NOT EXISTS (\n    SELECT FROM moderation_case standing WHERE standing.comment_id = NEW.comment_id AND (\n        EXISTS (SELECT FROM moderation_review review WHERE review.grade_id = standing.grade_id AND state = 'upheld')\n        OR EXISTS (SELECT FROM moderation_threat threat WHERE threat.grade_id = standing.grade_id AND state = 'decided')\n    )\n) THEN\n    RAISE EXCEPTION 'pgtrigger: what nothing brings back comes after the second review';\nEND IF;\nRETURN NEW;\n",
                    hash="59e4445fa09febafc45c6c52b0b01b84befe50e6",
                    operation='INSERT OR UPDATE OF "state"',
                    pgid="pgtrigger_ban_rests_on_the_ladder_95185",
                    table="moderation_proposal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="proposal",
            trigger=pgtrigger.compiler.Trigger(
                name="ban_is_looked_at_within_a_year",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."review_on" IS NOT NULL)',
                    func="\nIF NEW.review_on > (NEW.proposed_at + interval '366 days')::date THEN\n    RAISE EXCEPTION 'pgtrigger: a ban is looked at again within a year';\nEND IF;\nRETURN NEW;\n",
                    hash="f3836163ef42238fc93c31d069374e845e7d6071",
                    operation="INSERT",
                    pgid="pgtrigger_ban_is_looked_at_within_a_year_4d80d",
                    table="moderation_proposal",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act", "ban"), _negated=True), ("review_on__isnull", False), _connector="OR"
                ),
                name="ban_has_a_date_of_review",
            ),
        ),
    ]
