"""Breaches of the terms, what posters were told of them, and what bans rest on beside their proposals."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0020_who_decides_serves_and_may"),
        ("moderation", "0022_threats"),
        ("moderation", "0025_facts_library"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Breach",
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
                ("written_at", models.DateTimeField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.account"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.clause"
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="breaches", to="moderation.comment"
                    ),
                ),
                (
                    "grade",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="breach", to="moderation.grade"
                    ),
                ),
                (
                    "poster",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="breaches",
                        to="moderation.poster",
                    ),
                ),
            ],
            options={
                "ordering": ["written_at", "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BreachWithdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "why",
                    models.TextField(
                        choices=[("undone", "undone"), ("regraded", "graded anew"), ("overturned", "overturned")]
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "breach",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="withdrawal", to="moderation.breach"
                    ),
                ),
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
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("first", "first notice"),
                            ("second", "second notice"),
                            ("warning", "warning"),
                            ("apology", "apology"),
                            ("ban_lifted", "end of the ban"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reference", models.CharField(max_length=12, unique=True)),
                ("language", models.CharField(max_length=10)),
                ("text", models.TextField(blank=True)),
                (
                    "way",
                    models.CharField(
                        choices=[("private", "private message"), ("public", "public reply"), ("none", "not at all")],
                        max_length=10,
                    ),
                ),
                ("because", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("left_at", models.DateTimeField(null=True)),
                (
                    "breach",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="moderation.breach",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="moderation.comment"
                    ),
                ),
                (
                    "grade",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="moderation.grade"
                    ),
                ),
                (
                    "left_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measure",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice",
                        to="moderation.measure",
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice",
                        to="moderation.commentorder",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="waiver", to="moderation.proposal"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BanReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "ban",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="moderation.measure"
                    ),
                ),
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
                        condition=models.Q(("reason", ""), _negated=True), name="ban_review_has_a_reason"
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="banreview",
            trigger=pgtrigger.compiler.Trigger(
                name="is_a_fact",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ede01058bb9d6c8afd64db44a2ba94fff6794fda",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_a_fact_db510",
                    table="moderation_banreview",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="banreview",
            trigger=pgtrigger.compiler.Trigger(
                name="is_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                    hash="fa36866338a6c155ef0324e300fe5b7932ac2da2",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_not_emptied_a9150",
                    table="moderation_banreview",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="breach",
            index=models.Index(fields=["poster", "written_at"], name="moderation__poster__c2e065_idx"),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(("written_at__lte", models.F("at"))), name="breach_is_not_of_the_future"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="breach",
            trigger=pgtrigger.compiler.Trigger(
                name="is_a_fact",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="79544a5f125d8ee3b2e38e9e075454d7258eaa73",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_a_fact_8b2f6",
                    table="moderation_breach",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="breach",
            trigger=pgtrigger.compiler.Trigger(
                name="is_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                    hash="27c003ecd4cbe65e89ec0acca2560b7068150287",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_not_emptied_63ff0",
                    table="moderation_breach",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="breach",
            trigger=pgtrigger.compiler.Trigger(
                name="one_breach_a_comment",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF NOT EXISTS (\n    SELECT FROM moderation_grade grade JOIN moderation_case standing ON standing.comment_id = grade.comment_id\n    JOIN moderation_comment comment ON comment.id = grade.comment_id\n    WHERE grade.id = NEW.grade_id AND grade.comment_id = NEW.comment_id AND standing.grade_id = grade.id\n        AND grade.level IN (7, 8) AND grade.clause_id = NEW.clause_id\n        AND comment.account_id = NEW.account_id AND comment.poster_id IS NOT DISTINCT FROM NEW.poster_id\n        AND NOT comment.ours\n) THEN\n    RAISE EXCEPTION 'pgtrigger: a breach rests on the comment''s current grade, of level 7 or 8';\nEND IF;\nIF EXISTS (\n    SELECT FROM moderation_breach breach WHERE breach.comment_id = NEW.comment_id\n        AND NOT EXISTS (SELECT FROM moderation_breachwithdrawal taken WHERE taken.breach_id = breach.id)\n) THEN\n    RAISE EXCEPTION 'pgtrigger: one comment is one breach';\nEND IF;\nRETURN NEW;\n",
                    hash="471be2aee9868431f0dc9b9d401b6ff5bd9fb24f",
                    operation="INSERT",
                    pgid="pgtrigger_one_breach_a_comment_5d028",
                    table="moderation_breach",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="breachwithdrawal",
            constraint=models.CheckConstraint(
                condition=models.Q(("why__in", ["undone", "regraded", "overturned"])), name="withdrawal_says_why"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="breachwithdrawal",
            trigger=pgtrigger.compiler.Trigger(
                name="is_a_fact",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="22c9b5e5490e6614646d05289e0b203e4849d19b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_a_fact_532b8",
                    table="moderation_breachwithdrawal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="breachwithdrawal",
            trigger=pgtrigger.compiler.Trigger(
                name="is_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                    hash="fc9c0723a5b9c724ea7b3bc9624be1bf1a7eab09",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_not_emptied_895cb",
                    table="moderation_breachwithdrawal",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("kind", "grade"), name="one_notice_a_kind_and_grade"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("measure__isnull", True),
                        ("order__isnull", True),
                        ("way", "none"),
                        models.Q(("because", ""), _negated=True),
                    ),
                    models.Q(("measure__isnull", True), ("way", "public"), models.Q(("text", ""), _negated=True)),
                    models.Q(
                        ("way", "private"),
                        models.Q(("text", ""), _negated=True),
                        models.Q(("order__isnull", True), ("measure__isnull", True), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="notice_goes_one_way_or_says_why_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("reference__regex", "^[ACDEFHJKMNPQRTUVWXY34679]{10}$")),
                name="reference_can_be_read_aloud",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("because", ""), ("left_at__isnull", True), ("left_by__isnull", True)),
                    models.Q(models.Q(("because", ""), _negated=True), ("left_at__isnull", False)),
                    _connector="OR",
                ),
                name="who_is_not_told_has_a_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notice",
            trigger=pgtrigger.compiler.Trigger(
                name="notice_stands_as_written",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."comment_id" IS DISTINCT FROM (NEW."comment_id") OR OLD."grade_id" IS DISTINCT FROM (NEW."grade_id") OR OLD."breach_id" IS DISTINCT FROM (NEW."breach_id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."way" IS DISTINCT FROM (NEW."way") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="377d2d5f85f34a4d1b1b364bfb2ccab096f3a712",
                    operation="UPDATE",
                    pgid="pgtrigger_notice_stands_as_written_e0f8e",
                    table="moderation_notice",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notice",
            trigger=pgtrigger.compiler.Trigger(
                name="notice_goes_out_as_written",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF NEW.order_id IS NOT NULL AND NOT EXISTS (\n    SELECT FROM moderation_commentorder carrier WHERE carrier.id = NEW.order_id AND carrier.verb = 'reply'\n        AND carrier.comment_id = NEW.comment_id AND carrier.text = NEW.text\n) OR NEW.measure_id IS NOT NULL AND NOT EXISTS (\n    SELECT FROM moderation_measure carrier WHERE carrier.id = NEW.measure_id AND carrier.verb = 'message'\n        AND carrier.comment_id = NEW.comment_id AND carrier.text = NEW.text\n) THEN\n    RAISE EXCEPTION 'pgtrigger: a notice goes out as it was written, about this comment';\nEND IF;\nIF NEW.breach_id IS NOT NULL AND NOT EXISTS (\n    SELECT FROM moderation_breach breach WHERE breach.id = NEW.breach_id AND breach.comment_id = NEW.comment_id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: a notice tells of a breach by this comment';\nEND IF;\nRETURN NEW;\n",
                    hash="c3d2418f8470213b0f297f2b2bfb9ca2132e9ed7",
                    operation='INSERT OR UPDATE OF "order_id", "measure_id"',
                    pgid="pgtrigger_notice_goes_out_as_written_1713a",
                    table="moderation_notice",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="waiver_has_a_reason"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiver",
            trigger=pgtrigger.compiler.Trigger(
                name="is_a_fact",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="492407e1fac8f40fe947ec41034f10ad6d63f2fc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_a_fact_9447b",
                    table="moderation_waiver",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiver",
            trigger=pgtrigger.compiler.Trigger(
                name="is_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                    hash="e7c4a9b331380e15996fe105b5baa4873e0f5432",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_not_emptied_7519e",
                    table="moderation_waiver",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="waiver",
            trigger=pgtrigger.compiler.Trigger(
                name="waiver_is_the_commanders",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF NOT EXISTS (SELECT FROM members_member member WHERE member.id = NEW.by_id AND member.position = 'commander')\n    AND NOT EXISTS (\n        SELECT FROM members_designation acting WHERE acting.designee_id = NEW.by_id AND acting.power = ''\n            AND acting.since <= NEW.at AND acting.until > NEW.at\n            AND (acting.ended_at IS NULL OR acting.ended_at > NEW.at)\n    )\nTHEN\n    RAISE EXCEPTION 'pgtrigger: the Commander himself waives the ladder';\nEND IF;\nIF NOT EXISTS (SELECT FROM moderation_proposal proposal WHERE proposal.id = NEW.proposal_id\n    AND proposal.act = 'ban' AND proposal.state = 'proposed')\nTHEN\n    RAISE EXCEPTION 'pgtrigger: a ban that is proposed is what is waived for';\nEND IF;\nRETURN NEW;\n",
                    hash="136579ee6343e65de676deafb40c7e9fd66a396e",
                    operation="INSERT",
                    pgid="pgtrigger_waiver_is_the_commanders_aabf7",
                    table="moderation_waiver",
                    when="BEFORE",
                ),
            ),
        ),
    ]
