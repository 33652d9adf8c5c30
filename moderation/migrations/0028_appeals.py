"""Appeals by the public, decided by a member who took no part (LR-6)."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0027_records_found"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "waits for a decision"),
                            ("upheld", "the decision stands"),
                            ("overturned", "overturned"),
                            ("inadmissible", "not an appeal"),
                            ("withdrawn", "withdrawn by who sent it"),
                            ("settled", "shown again before it was decided"),
                        ],
                        default="received",
                        editable=False,
                        max_length=20,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("online", "by the public page"),
                            ("paper", "on paper"),
                            ("phone", "by telephone"),
                            ("email", "by e-mail"),
                            ("in_person", "in person"),
                        ],
                        default="online",
                        max_length=10,
                    ),
                ),
                ("language", models.CharField(default="en", max_length=10)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                ("ends_ban", models.BooleanField(default=False)),
                ("answer", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="moderation.comment"
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="moderation.grade"
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="AppealText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("name", models.TextField(blank=True)),
                ("email", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="moderation.appeal"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="appeal",
            index=models.Index(fields=["reference"], name="appeal_reference"),
        ),
        migrations.AddIndex(
            model_name="appeal",
            index=models.Index(
                condition=models.Q(("state", "received")), fields=["received_at", "id"], name="appeal_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "received")), fields=("comment",), name="one_open_appeal_a_comment"
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(("reference", ""), _negated=True), name="appeal_has_a_reference"
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("received_by__isnull", True), ("way", "online")),
                    models.Q(models.Q(("way", "online"), _negated=True), ("received_by__isnull", False)),
                    _connector="OR",
                ),
                name="appeal_by_hand_names_who_took_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by__isnull", True), ("state__in", ["received", "settled"])),
                    models.Q(
                        models.Q(("state__in", ["received", "settled"]), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="appeal_is_decided_with_an_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "overturned"), ("level__in", [1, 2, 3, 4, 5, 6]), ("level__isnull", False)),
                    models.Q(("ends_ban", True), ("level__isnull", True), ("state", "overturned")),
                    models.Q(
                        models.Q(("state", "overturned"), _negated=True), ("ends_ban", False), ("level__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="overturned_appeal_says_what_is_undone",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appeal",
            trigger=pgtrigger.compiler.Trigger(
                name="what_was_appealed_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."comment_id" IS DISTINCT FROM (NEW."comment_id") OR OLD."grade_id" IS DISTINCT FROM (NEW."grade_id") OR OLD."way" IS DISTINCT FROM (NEW."way") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."received_by_id" IS DISTINCT FROM (NEW."received_by_id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="6e9fc75ba816edff5854b8542889ce4189a8b5c6",
                    operation="UPDATE",
                    pgid="pgtrigger_what_was_appealed_stands_9b867",
                    table="moderation_appeal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appeal",
            trigger=pgtrigger.compiler.Trigger(
                name="appeal_is_decided_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.state <> 'received')",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="28bebe8c699907f50ea73aee2a45792ecaf95920",
                    operation="UPDATE",
                    pgid="pgtrigger_appeal_is_decided_once_aa61c",
                    table="moderation_appeal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appeal",
            trigger=pgtrigger.compiler.Trigger(
                name="appeal_is_decided_by_another",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."decided_by_id" IS NOT NULL)',
                    func="\nIF EXISTS (SELECT FROM moderation_grade one WHERE one.comment_id = NEW.comment_id AND one.by_id = NEW.decided_by_id)\n    OR EXISTS (\n        SELECT FROM moderation_review one\n        WHERE one.comment_id = NEW.comment_id AND one.decided_by_id = NEW.decided_by_id\n    )\n    OR EXISTS (\n        SELECT FROM moderation_clearance one\n        WHERE one.comment_id = NEW.comment_id AND one.decided_by_id = NEW.decided_by_id\n    )\n    OR EXISTS (\n        SELECT FROM moderation_proposal one\n        WHERE one.comment_id = NEW.comment_id AND NEW.decided_by_id IN (one.proposed_by_id, one.decided_by_id)\n    )\n    OR EXISTS (\n        SELECT FROM moderation_commentorder one WHERE one.comment_id = NEW.comment_id AND one.by_id = NEW.decided_by_id\n    )\n    OR EXISTS (\n        SELECT FROM moderation_measure one WHERE one.comment_id = NEW.comment_id AND one.by_id = NEW.decided_by_id\n    )\nTHEN\n    RAISE EXCEPTION 'pgtrigger: an appeal is decided by a member who took no part in what it is about';\nEND IF;\nRETURN NEW;\n",
                    hash="980016694c5cfd4ed095ee10a8ed19b347a99328",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_appeal_is_decided_by_another_b7114",
                    table="moderation_appeal",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="appealtext",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="appeal_text_is_not_empty"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appealtext",
            trigger=pgtrigger.compiler.Trigger(
                name="is_a_fact",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e26a88831c841ef463c9340af94b118c7b7b5b75",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_a_fact_b19ed",
                    table="moderation_appealtext",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appealtext",
            trigger=pgtrigger.compiler.Trigger(
                name="is_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                    hash="348c18d1b230025f1edaf720073f92872220577e",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_not_emptied_193d2",
                    table="moderation_appealtext",
                    when="BEFORE",
                ),
            ),
        ),
    ]
