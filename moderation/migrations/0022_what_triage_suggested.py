"""What triage suggested when a grade was given, the learned models, and when a suggestion is shown."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0021_referrals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LearnedModel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.IntegerField(unique=True)),
                ("trained_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("rows", models.IntegerField()),
                ("counts", models.JSONField()),
                ("held_out", models.JSONField()),
                ("weights", models.JSONField()),
                ("digest", models.BinaryField()),
                ("serves", models.BooleanField()),
                ("why", models.TextField()),
            ],
            options={
                "ordering": ["-version"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("upto", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Showing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "when",
                    models.CharField(
                        choices=[("before", "before their own choice"), ("after", "after their own choice")],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Suggested",
            fields=[
                (
                    "grade",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="suggested",
                        serialize=False,
                        to="moderation.grade",
                    ),
                ),
                (
                    "suspected",
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
                (
                    "band",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("", "nothing in particular"),
                            ("threat", "may be a threat"),
                            ("emergency", "may report an emergency"),
                            ("offensive", "may break the terms"),
                            ("media", "may be a request of the media"),
                            ("tip", "may know something about a case"),
                        ],
                    ),
                ),
                (
                    "source",
                    models.CharField(choices=[("rules", "the rules"), ("model", "the learned model")], max_length=10),
                ),
                ("shown", models.BooleanField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="queueentry",
            name="by_model",
            field=models.BooleanField(db_default=False, default=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="learnedmodel",
            trigger=pgtrigger.compiler.Trigger(
                name="is_a_fact",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3a61e2d0ba9c67e248d477037c8673cc30623746",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_a_fact_9e2e0",
                    table="moderation_learnedmodel",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="learnedmodel",
            trigger=pgtrigger.compiler.Trigger(
                name="is_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                    hash="336ea3a540a7a2ebad59fdf06daa6b0ae1e902e5",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_not_emptied_15df6",
                    table="moderation_learnedmodel",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="reading",
            name="model",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="moderation.learnedmodel"
            ),
        ),
        migrations.AddField(
            model_name="showing",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="suggested",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["rules", "model"])), name="suggested_by_rules_or_model"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="suggested",
            trigger=pgtrigger.compiler.Trigger(
                name="is_a_fact",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f05d84466c9dc1e29c6b9c79337240062d30b266",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_a_fact_92b5b",
                    table="moderation_suggested",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="suggested",
            trigger=pgtrigger.compiler.Trigger(
                name="is_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                    hash="ae379c2af3873d85d0123050eaee96998b02e1a9",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_not_emptied_180f0",
                    table="moderation_suggested",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(condition=models.Q(("id", 1)), name="one_reading"),
        ),
        migrations.AddConstraint(
            model_name="showing",
            constraint=models.CheckConstraint(
                condition=models.Q(("when__in", ["before", "after"])), name="shown_before_or_after"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="showing",
            trigger=pgtrigger.compiler.Trigger(
                name="is_a_fact",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d4c9d63530f8b5bf9b9d5c29468e35f4c50bb0dc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_a_fact_6137e",
                    table="moderation_showing",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="showing",
            trigger=pgtrigger.compiler.Trigger(
                name="is_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                    hash="3af2fa696b71d7531683d7a1ea67e1247bc22f39",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_not_emptied_c1938",
                    table="moderation_showing",
                    when="BEFORE",
                ),
            ),
        ),
    ]
