"""A check lets null pass: the walls around levels, hides and answers name it. An order counts its failures apart."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# The clause that a hide and its record name is the grade's own.
CLAUSES = """
ALTER TABLE moderation_grade ADD CONSTRAINT grade_with_clause UNIQUE (id, clause_id);
ALTER TABLE moderation_commentorder
    ADD CONSTRAINT order_clause_is_its_grades FOREIGN KEY (grade_id, clause_id)
        REFERENCES moderation_grade (id, clause_id);
ALTER TABLE moderation_retainedrecord
    ADD CONSTRAINT record_clause_is_its_grades FOREIGN KEY (grade_id, clause_id)
        REFERENCES moderation_grade (id, clause_id);
"""
NO_CLAUSES = """
ALTER TABLE moderation_retainedrecord DROP CONSTRAINT record_clause_is_its_grades;
ALTER TABLE moderation_commentorder DROP CONSTRAINT order_clause_is_its_grades;
ALTER TABLE moderation_grade DROP CONSTRAINT grade_with_clause;
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0004_a_note_can_close_a_grade")]
    operations = [
        migrations.AddField(
            model_name="commentorder",
            name="failures",
            field=models.IntegerField(default=0),
        ),
        migrations.RemoveConstraint(
            model_name="grade",
            name="grade_is_one_of_the_eight_levels",
        ),
        migrations.RemoveConstraint(
            model_name="grade",
            name="only_and_always_7_and_8_name_a_clause",
        ),
        migrations.AddConstraint(
            model_name="grade",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level__isnull", True), ("supersedes__isnull", False)),
                    models.Q(("level__in", [1, 2, 3, 4, 5, 6, 7, 8]), ("level__isnull", False)),
                    _connector="OR",
                ),
                name="grade_is_one_of_the_eight_levels",
            ),
        ),
        migrations.AddConstraint(
            model_name="grade",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("clause__isnull", False), ("level__in", (7, 8)), ("level__isnull", False)),
                    models.Q(("clause__isnull", True), ("level__isnull", True)),
                    models.Q(
                        ("level__isnull", False),
                        models.Q(("level__in", (7, 8)), _negated=True),
                        ("clause__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="only_and_always_7_and_8_name_a_clause",
            ),
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="commentorder",
            name="hide_rests_on_grounds",
        ),
        migrations.RemoveConstraint(
            model_name="commentorder",
            name="only_7_and_8_are_hidden_with_clause_and_record",
        ),
        migrations.RemoveConstraint(
            model_name="commentorder",
            name="levels_6_and_8_are_not_answered",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="commentorder",
            trigger=pgtrigger.compiler.Trigger(
                name="hide_rests_on_grounds",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF NEW.verb = 'hide' THEN\n    IF NOT (SELECT grounds FROM accounts_clause WHERE id = NEW.clause_id) THEN\n        RAISE EXCEPTION 'pgtrigger: this clause of the terms is no ground for hiding';\n    END IF;\n    IF (SELECT grade_id FROM moderation_case WHERE comment_id = NEW.comment_id) IS DISTINCT FROM NEW.grade_id\n        OR EXISTS (SELECT FROM moderation_grade WHERE supersedes_id = NEW.grade_id) THEN\n        RAISE EXCEPTION 'pgtrigger: a hide rests on the comment''s current grade';\n    END IF;\nEND IF;\nRETURN NEW;\n",
                    hash="6739f55b34a65f174832c6b37e5e432d377b2298",
                    operation="INSERT",
                    pgid="pgtrigger_hide_rests_on_grounds_9a9c1",
                    table="moderation_commentorder",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="commentorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verb", "hide"), _negated=True),
                    models.Q(
                        ("clause__isnull", False),
                        ("level__in", (7, 8)),
                        ("level__isnull", False),
                        ("record__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="only_7_and_8_are_hidden_with_clause_and_record",
            ),
        ),
        migrations.AddConstraint(
            model_name="commentorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verb", "reply"), _negated=True),
                    models.Q(
                        ("level__in", (1, 2, 3, 4, 5, 7)),
                        ("level__isnull", False),
                        models.Q(("text", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="levels_6_and_8_are_not_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="commentorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("verb__in", ["reply", "hide", "unhide"])), name="order_has_a_known_verb"
            ),
        ),
        migrations.AddConstraint(
            model_name="commentorder",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("state", "waiting"), _negated=True), ("sent", False), _connector="OR"),
                name="what_waits_was_not_sent",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="current_grade_is_the_newest",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."grade_id" IS NOT NULL)',
                    func="\nIF EXISTS (SELECT FROM moderation_grade WHERE supersedes_id = NEW.grade_id) THEN\n    RAISE EXCEPTION 'pgtrigger: a grade that was superseded is not the current one';\nEND IF;\nRETURN NEW;\n",
                    hash="b788b24b73bc95e5f740dbbe6dd6f5a5ffd9df5e",
                    operation='INSERT OR UPDATE OF "grade_id"',
                    pgid="pgtrigger_current_grade_is_the_newest_ae5af",
                    table="moderation_case",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(CLAUSES, NO_CLAUSES),
    ]
