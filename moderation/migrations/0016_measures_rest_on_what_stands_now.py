"""A measure rests on what stands when it is ordered, and one that may have arrived is not ordered again."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0019_roles_and_accounts_of_the_past"),
        ("moderation", "0015_captures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="measure",
            name="measure_stands_as_ordered",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="measure",
            name="measure_rests_on_what_it_needs",
        ),
        migrations.RemoveConstraint(
            model_name="measure",
            name="one_private_message_a_comment",
        ),
        migrations.RemoveConstraint(
            model_name="proposal",
            name="one_deletion_a_comment",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measure",
            trigger=pgtrigger.compiler.Trigger(
                name="measure_stands_as_ordered",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."verb" IS DISTINCT FROM (NEW."verb") OR OLD."comment_id" IS DISTINCT FROM (NEW."comment_id") OR OLD."post_id" IS DISTINCT FROM (NEW."post_id") OR OLD."poster_id" IS DISTINCT FROM (NEW."poster_id") OR OLD."proposal_id" IS DISTINCT FROM (NEW."proposal_id") OR OLD."record_id" IS DISTINCT FROM (NEW."record_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."act" IS DISTINCT FROM (NEW."act") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="84da1cdc2daa306bd47d937b559a0f9646846c1c",
                    operation="UPDATE",
                    pgid="pgtrigger_measure_stands_as_ordered_84712",
                    table="moderation_measure",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measure",
            trigger=pgtrigger.compiler.Trigger(
                name="measure_rests_on_what_it_needs",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF NEW.verb IN ('delete', 'ban', 'unban') AND NOT EXISTS (\n    SELECT FROM moderation_proposal proposal WHERE proposal.id = NEW.proposal_id AND proposal.state = 'approved'\n        AND proposal.act = NEW.verb AND proposal.account_id = NEW.account_id\n        AND proposal.comment_id IS NOT DISTINCT FROM NEW.comment_id\n        AND proposal.poster_id IS NOT DISTINCT FROM NEW.poster_id\n        AND proposal.record_id IS NOT DISTINCT FROM NEW.record_id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: this rests on a proposal that a second person approved';\nEND IF;\nIF NEW.verb IN ('edit_own', 'delete_own', 'message', 'delete') AND (\n    SELECT comment.ours <> (NEW.verb IN ('edit_own', 'delete_own')) OR comment.account_id <> NEW.account_id\n    FROM moderation_comment comment WHERE comment.id = NEW.comment_id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: our own comments are changed, others are answered or deleted, on their own account';\nEND IF;\nIF NEW.record_id IS NOT NULL AND NOT EXISTS (\n    SELECT FROM moderation_retainedrecord record\n    WHERE record.id = NEW.record_id AND record.comment_id = NEW.comment_id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: the record is one of this comment';\nEND IF;\nIF NEW.verb = 'message' AND NOT COALESCE((\n    SELECT standing.level IN (1, 2, 3, 4, 5, 7) AND standing.state <> 'waiting' FROM moderation_case standing\n    WHERE standing.comment_id = NEW.comment_id\n), FALSE) THEN\n    RAISE EXCEPTION 'pgtrigger: what is not graded, and levels 6 and 8, are not answered';\nEND IF;\nIF NEW.verb = 'delete' AND NOT COALESCE((\n    SELECT standing.hidden AND standing.level IN (7, 8) FROM moderation_case standing\n    WHERE standing.comment_id = NEW.comment_id\n), FALSE) THEN\n    RAISE EXCEPTION 'pgtrigger: only what is graded 7 or 8 and hidden is deleted';\nEND IF;\nRETURN NEW;\n",
                    hash="824812b5f0b28ad308440af7d1af548a22dc7d08",
                    operation="INSERT",
                    pgid="pgtrigger_measure_rests_on_what_it_needs_f4e6b",
                    table="moderation_measure",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("verb", "message"),
                    models.Q(
                        models.Q(("state__in", ["failed", "withdrawn"]), _negated=True),
                        models.Q(("sent", True), ("state", "failed")),
                        _connector="OR",
                    ),
                ),
                fields=("comment",),
                name="one_private_message_a_comment",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("act", "delete"), ("state", "proposed")),
                fields=("comment",),
                name="one_open_deletion_a_comment",
            ),
        ),
    ]
