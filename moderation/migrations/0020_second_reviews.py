"""The second review of each level 7 that hides a comment, by a member other than the grader (4.L7)."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0019_members_desks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for a second member"),
                            ("upheld", "stays hidden"),
                            ("overturned", "overturned"),
                            ("void", "not needed any more"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "level",
                    models.SmallIntegerField(
                        choices=[
                            (1, "Positive"),
                            (2, "Neutral"),
                            (3, "Question"),
                            (4, "Concerned"),
                            (5, "Misguided"),
                            (6, "Negative"),
                            (7, "Offensive"),
                            (8, "Threatening"),
                        ],
                        null=True,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("blind", models.BooleanField(default=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="moderation.comment"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "grade",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="review", to="moderation.grade"
                    ),
                ),
                (
                    "grader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "second review",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(condition=models.Q(("state", "waiting")), fields=["due_at", "id"], name="review_due")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by__isnull", True), ("state__in", ["waiting", "void"])),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", ["upheld", "overturned"]),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="review_is_decided_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_by", models.F("grader")), _negated=True),
                        name="nobody_reviews_his_own_grade",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("level__in", [1, 2, 3, 4, 5, 6]), ("level__isnull", False), ("state", "overturned")
                            ),
                            models.Q(models.Q(("state", "overturned"), _negated=True), ("level__isnull", True)),
                            _connector="OR",
                        ),
                        name="overturned_review_names_the_right_level",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="review_is_of_its_grade",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF NOT EXISTS (\n    SELECT FROM moderation_grade grade WHERE grade.id = NEW.grade_id AND grade.level = 7\n        AND grade.by_id = NEW.grader_id AND grade.comment_id = NEW.comment_id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: a review is of a level 7 of this comment, and names who gave it';\nEND IF;\nRETURN NEW;\n",
                    hash="7a3d8f4309991df5ef493d7444ff294782da3f90",
                    operation="INSERT",
                    pgid="pgtrigger_review_is_of_its_grade_97d4c",
                    table="moderation_review",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="what_is_reviewed_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."grade_id" IS DISTINCT FROM (NEW."grade_id") OR OLD."comment_id" IS DISTINCT FROM (NEW."comment_id") OR OLD."grader_id" IS DISTINCT FROM (NEW."grader_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="7f0b11b279d15ec53b340bf204ab3d1013448a5d",
                    operation="UPDATE",
                    pgid="pgtrigger_what_is_reviewed_stands_8dc86",
                    table="moderation_review",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="review_is_not_by_who_cleared",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."decided_by_id" IS NOT NULL)',
                    func="\nIF EXISTS (\n    SELECT FROM moderation_clearance asked\n    WHERE asked.grade_id = NEW.grade_id AND asked.decided_by_id = NEW.decided_by_id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: who cleared a hide does not review it';\nEND IF;\nRETURN NEW;\n",
                    hash="49d786a5cf372adc5f5b6283c4881fc0759f92e3",
                    operation="UPDATE",
                    pgid="pgtrigger_review_is_not_by_who_cleared_b373b",
                    table="moderation_review",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="review_is_decided_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.state <> 'waiting')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="c2af1e94ce3d5230cadc7bea7dc706a69ca2ef66",
                    operation="UPDATE",
                    pgid="pgtrigger_review_is_decided_once_99bb4",
                    table="moderation_review",
                    when="BEFORE",
                ),
            ),
        ),
    ]
