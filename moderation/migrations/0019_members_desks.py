"""What belongs to a member's own desk: keys, filters; what was given back, named in a note, graded at once."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0016_kinds_of_the_grading"),
        ("moderation", "0018_clearances_and_second_looks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnDesk",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="own_desk",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("keys", models.JSONField(default=dict)),
                ("blurs", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="GroupAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        ]
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("key", models.CharField(max_length=80, unique=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Grouped",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="moderation.groupact"
                    ),
                ),
                (
                    "grade",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grouped", to="moderation.grade"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mentions", to="moderation.note"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("query", models.TextField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_filters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="GivenBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("skipped", models.BooleanField()),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not said"),
                            ("language", "I do not read it well enough"),
                            ("unsure", "not sure of the level"),
                            ("facts", "somebody else knows the facts"),
                            ("concerned", "I know who wrote it, or it is about me"),
                            ("rather_not", "I had rather not take this one"),
                            ("other", "something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="given_back", to="moderation.comment"
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["skipped", "-id"], name="given_back_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by", models.F("held_by")), ("skipped", True)),
                            models.Q(("skipped", False), models.Q(("by", models.F("held_by")), _negated=True)),
                            _connector="OR",
                        ),
                        name="skipped_by_holder_released_by_another",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="givenback",
            trigger=pgtrigger.compiler.Trigger(
                name="is_a_fact",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="43e29737d028424e98460f1fd912852810c54ca3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_a_fact_23a83",
                    table="moderation_givenback",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="givenback",
            trigger=pgtrigger.compiler.Trigger(
                name="is_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                    hash="2684b8db30bb92579c9d3a04200376f71d8f46e2",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_not_emptied_7ae0f",
                    table="moderation_givenback",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="groupact",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", [1, 2, 3, 4, 5, 7])), name="no_group_of_6_or_8"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupact",
            trigger=pgtrigger.compiler.Trigger(
                name="is_a_fact",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0ab655425e3302bce8ee5924ba7893dba2c81fd3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_a_fact_200e3",
                    table="moderation_groupact",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="groupact",
            trigger=pgtrigger.compiler.Trigger(
                name="is_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                    hash="9dcc4608d115627b53b111224079c92b5c025749",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_not_emptied_0b190",
                    table="moderation_groupact",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grouped",
            trigger=pgtrigger.compiler.Trigger(
                name="is_a_fact",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1a40ae02bf14e9ade44d896bf9cc04784f59211c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_a_fact_bccef",
                    table="moderation_grouped",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grouped",
            trigger=pgtrigger.compiler.Trigger(
                name="is_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                    hash="f1b31c9d1999af2f309d61f8c9c0be946eb8ca6a",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_not_emptied_9fac1",
                    table="moderation_grouped",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(fields=("note", "member"), name="named_once_a_note"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mention",
            trigger=pgtrigger.compiler.Trigger(
                name="is_a_fact",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9a9475b122afd94bfe64e582981cce0ee7c1733f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_a_fact_8fc18",
                    table="moderation_mention",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mention",
            trigger=pgtrigger.compiler.Trigger(
                name="is_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                    hash="3b2728fa60f88a2408ee7ca6d0be17315b637b9f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_not_emptied_49182",
                    table="moderation_mention",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.UniqueConstraint(fields=("member", "name"), name="one_filter_a_name"),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("query", ""), _negated=True)),
                name="filter_says_something",
            ),
        ),
    ]
