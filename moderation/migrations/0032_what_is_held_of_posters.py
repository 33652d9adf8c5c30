"""What may be held of posters on each platform, and remarks about them where that is much."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0031_neutrality_audit"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PosterNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "poster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="moderation.poster"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "platform",
                    models.CharField(
                        choices=[
                            ("facebook", "Facebook"),
                            ("instagram", "Instagram"),
                            ("x", "X"),
                            ("youtube", "YouTube"),
                            ("periscope", "Periscope"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "holds",
                    models.CharField(
                        choices=[
                            ("all", "all that the poster wrote to us"),
                            ("ours", "this unit’s own exchanges, breaches and notices"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="holding_has_a_reason"
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holding",
            trigger=pgtrigger.compiler.Trigger(
                name="is_a_fact",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="18aa0fd3c0e1086a739fa793d21dd0f8b04282a5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_a_fact_1bd36",
                    table="moderation_holding",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="holding",
            trigger=pgtrigger.compiler.Trigger(
                name="is_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                    hash="a4dac08ccfc053bc1ef24c1167c74082fb0d93f2",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_not_emptied_ec331",
                    table="moderation_holding",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="posternote",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="poster_note_is_not_empty"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="posternote",
            trigger=pgtrigger.compiler.Trigger(
                name="is_a_fact",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f139524b76217d479602aa11ddce188e19d572ea",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_a_fact_8b2bd",
                    table="moderation_posternote",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="posternote",
            trigger=pgtrigger.compiler.Trigger(
                name="is_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                    hash="41ed56176a99256736b194c3164e7528f0090cef",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_not_emptied_842bb",
                    table="moderation_posternote",
                    when="BEFORE",
                ),
            ),
        ),
    ]
