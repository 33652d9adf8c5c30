import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# The level 8s that stand already are threats too: nobody has said yet what follows them.
RAISE_THOSE_THAT_STAND = """
INSERT INTO moderation_threat
    (grade_id, comment_id, state, raised_by_id, raised_at, by_link, next_alert_at, round)
SELECT stands.grade_id, stands.comment_id, 'raised', given.by_id, given.at, false, now(), 0
FROM moderation_case AS stands JOIN moderation_grade AS given ON given.id = stands.grade_id
WHERE stands.level = 8
"""


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0016_kinds_of_the_grading"),
        ("moderation", "0021_referrals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Threat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("raised", "not acknowledged"),
                            ("acknowledged", "acknowledged, not decided"),
                            ("decided", "decided"),
                        ],
                        default="raised",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("raised_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("by_link", models.BooleanField(default=False)),
                ("decided_at", models.DateTimeField(null=True)),
                ("next_alert_at", models.DateTimeField(default=django.utils.timezone.now, null=True)),
                ("round", models.IntegerField(default=0)),
            ],
            options={
                "verbose_name": "threat",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ThreatAlert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("why", models.TextField()),
                ("round", models.IntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ThreatDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100, unique=True, verbose_name="idempotency key")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("refer", "referred to investigators"),
                            ("preserve", "preservation requested from the platform"),
                            ("warn", "poster warned"),
                            ("no_further_action", "no further action"),
                        ],
                        max_length=20,
                    ),
                ),
                ("case_number", models.CharField(blank=True, max_length=60)),
                ("referred_to", models.CharField(blank=True, max_length=200)),
                ("address", models.TextField(blank=True)),
                ("reference", models.CharField(blank=True, max_length=100)),
                ("requested_on", models.DateField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["id"],
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="level_8_is_a_threat",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."level" = 8)',
                    func="\nIF NOT EXISTS (SELECT FROM moderation_threat WHERE grade_id = NEW.grade_id) THEN\n    RAISE EXCEPTION 'pgtrigger: a level 8 that stands is a threat, told to a supervisor';\nEND IF;\nRETURN NEW;\n",
                    hash="413e901d59c4b1eebda2521ecbf57c4877b70acb",
                    operation='INSERT OR UPDATE OF "grade_id", "level"',
                    pgid="pgtrigger_level_8_is_a_threat_b57dc",
                    table="moderation_case",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="threat",
            name="acknowledged_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="threat",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="threats", to="moderation.comment"
            ),
        ),
        migrations.AddField(
            model_name="threat",
            name="grade",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="threat", to="moderation.grade"
            ),
        ),
        migrations.AddField(
            model_name="threat",
            name="raised_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="threatalert",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="threatalert",
            name="notification",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.notification"
            ),
        ),
        migrations.AddField(
            model_name="threatalert",
            name="threat",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="alerts", to="moderation.threat"
            ),
        ),
        migrations.AddField(
            model_name="threatdecision",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="threatdecision",
            name="threat",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="moderation.threat"
            ),
        ),
        migrations.AddIndex(
            model_name="threat",
            index=models.Index(condition=models.Q(("state", "raised")), fields=["next_alert_at"], name="threat_raised"),
        ),
        migrations.AddIndex(
            model_name="threat",
            index=models.Index(
                condition=models.Q(("state", "decided"), _negated=True), fields=["id"], name="threat_undecided"
            ),
        ),
        migrations.AddConstraint(
            model_name="threat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("acknowledged_by__isnull", True), ("next_alert_at__isnull", False), ("state", "raised")),
                    models.Q(
                        ("acknowledged_at__isnull", False),
                        ("acknowledged_by__isnull", False),
                        ("next_alert_at__isnull", True),
                        ("state__in", ["acknowledged", "decided"]),
                    ),
                    _connector="OR",
                ),
                name="threat_is_told_until_acknowledged",
            ),
        ),
        migrations.AddConstraint(
            model_name="threat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", False), ("state", "decided")),
                    models.Q(("decided_at__isnull", True), models.Q(("state", "decided"), _negated=True)),
                    _connector="OR",
                ),
                name="threat_says_when_it_was_decided",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="threat",
            trigger=pgtrigger.compiler.Trigger(
                name="is_of_a_level_8",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF NOT EXISTS (\n    SELECT FROM moderation_grade\n    WHERE id = NEW.grade_id AND comment_id = NEW.comment_id AND level = 8\n    AND (TG_OP = 'INSERT' OR id = OLD.grade_id OR supersedes_id = OLD.grade_id)\n) THEN\n    RAISE EXCEPTION 'pgtrigger: a threat is of one grade of level 8 of its comment';\nEND IF;\nRETURN NEW;\n",
                    hash="22cf83e70289134d9545eb8371e23fcff21e9dfb",
                    operation='INSERT OR UPDATE OF "grade_id"',
                    pgid="pgtrigger_is_of_a_level_8_67d7b",
                    table="moderation_threat",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="threat",
            trigger=pgtrigger.compiler.Trigger(
                name="is_closed_by_a_decision",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"state\" = 'decided')",
                    func="\nIF NOT EXISTS (SELECT FROM moderation_threatdecision WHERE threat_id = NEW.id) THEN\n    RAISE EXCEPTION 'pgtrigger: a threat is closed by a decision';\nEND IF;\nRETURN NEW;\n",
                    hash="63b611e1676d7661632877c0bca971ebc16e4561",
                    operation='INSERT OR UPDATE OF "state"',
                    pgid="pgtrigger_is_closed_by_a_decision_02906",
                    table="moderation_threat",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="threat",
            trigger=pgtrigger.compiler.Trigger(
                name="does_not_open_again",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN ((OLD.state = 'decided' AND NEW.state <> 'decided') OR (OLD.state = 'acknowledged' AND NEW.state = 'raised'))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="9b05e63caf624591e8140aeb22377add3805b7e1",
                    operation="UPDATE",
                    pgid="pgtrigger_does_not_open_again_6b04f",
                    table="moderation_threat",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="threat",
            trigger=pgtrigger.compiler.Trigger(
                name="was_raised_as_it_was",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."comment_id" IS DISTINCT FROM (NEW."comment_id") OR OLD."raised_by_id" IS DISTINCT FROM (NEW."raised_by_id") OR OLD."raised_at" IS DISTINCT FROM (NEW."raised_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="d6276722003bab7be94a1b9e2fda2497eb572759",
                    operation="UPDATE",
                    pgid="pgtrigger_was_raised_as_it_was_b1af6",
                    table="moderation_threat",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="threatalert",
            constraint=models.UniqueConstraint(
                fields=("threat", "member", "round"), name="one_alert_a_member_and_round"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="threatalert",
            trigger=pgtrigger.compiler.Trigger(
                name="is_a_fact",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b788ec7ff39d3bc2a9d489321ae0dd17cdf16d26",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_a_fact_657a9",
                    table="moderation_threatalert",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="threatalert",
            trigger=pgtrigger.compiler.Trigger(
                name="is_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                    hash="ac0a528354f9acb70ac0caafe33da1e19e142a3c",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_not_emptied_2c417",
                    table="moderation_threatalert",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="threatdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "refer"), _negated=True),
                    models.Q(
                        models.Q(("case_number", ""), _negated=True), models.Q(("referred_to", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="referral_of_a_threat_has_a_case_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="threatdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "preserve"), _negated=True),
                    models.Q(models.Q(("address", ""), _negated=True), ("requested_on__isnull", False)),
                    _connector="OR",
                ),
                name="preservation_says_of_whom_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="threatdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["warn", "no_further_action"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="what_is_not_pursued_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="threatdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["refer", "preserve", "warn", "no_further_action"])),
                name="threat_is_decided_in_a_known_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="threatdecision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "warn")), fields=("threat",), name="poster_is_warned_once_of_a_threat"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="threatdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="is_a_fact",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f95f536c9861d4e7e86996893199e48358e549b9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_is_a_fact_a1a1c",
                    table="moderation_threatdecision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="threatdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="is_not_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                    hash="3b15dee51036bbaefc72af6e6f33b5942ff1e46c",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_is_not_emptied_396f7",
                    table="moderation_threatdecision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="threatdecision",
            trigger=pgtrigger.compiler.Trigger(
                name="warned_while_it_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"kind\" = 'warn')",
                    func="\nIF NOT EXISTS (\n    SELECT FROM moderation_case AS stands JOIN moderation_threat AS threat ON threat.grade_id = stands.grade_id\n    WHERE threat.id = NEW.threat_id AND stands.level = 8\n) THEN\n    RAISE EXCEPTION 'pgtrigger: the poster is warned of a level 8 that stands';\nEND IF;\nRETURN NEW;\n",
                    hash="035056edbe51caba85e494192f2327e41a39b4b1",
                    operation="INSERT",
                    pgid="pgtrigger_warned_while_it_stands_cafa4",
                    table="moderation_threatdecision",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(RAISE_THOSE_THAT_STAND, migrations.RunSQL.noop),
    ]
