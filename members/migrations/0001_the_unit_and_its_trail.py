"""The unit, its members and the trail, as the first sixteen migrations left them.

A new unit takes this one; one that has the others goes on from them.
"""

import datetime as dt

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import members.migrating
import members.models.trail
import members.secrets


class Migration(migrations.Migration):
    replaces = [
        ("members", "0001_members_and_trail"),
        ("members", "0002_positions_and_states"),
        ("members", "0003_designations"),
        ("members", "0004_joining"),
        ("members", "0005_roster_of_the_watch"),
        ("members", "0006_notifications"),
        ("members", "0007_agency"),
        ("members", "0008_left_open"),
        ("members", "0009_ways_out"),
        ("members", "0010_sessions"),
        ("members", "0011_who_has_left_acts_no_more"),
        ("members", "0012_trail_by_time"),
        ("members", "0013_trail_of_a_verb"),
        ("members", "0014_one_time_means_once"),
        ("members", "0015_second_person_of_a_deletion"),
        ("members", "0016_kinds_of_the_grading"),
    ]

    initial = True

    dependencies = []

    operations = [
        members.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="TrailEntry",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("verb", models.CharField(max_length=60)),
                        ("subject_type", models.CharField(max_length=60)),
                        ("subject_id", models.CharField(max_length=60)),
                        ("act", models.UUIDField(default=members.models.trail.current_act)),
                        ("before", models.CharField(blank=True, max_length=40)),
                        ("after", models.CharField(blank=True, max_length=40)),
                        ("decision_type", models.CharField(blank=True, max_length=60)),
                        ("decision_id", models.CharField(blank=True, max_length=60)),
                        ("decision_digest", models.CharField(blank=True, max_length=64)),
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
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                fields=["subject_type", "subject_id", "id"], name="members_tra_subject_2d055d_idx"
                            ),
                            models.Index(fields=["act"], name="members_tra_act_5644fb_idx"),
                            models.Index(fields=["verb", "at", "id"], name="members_tra_verb_7e90b3_idx"),
                            models.Index(fields=["subject_type", "at", "id"], name="members_tra_subject_62c906_idx"),
                            models.Index(fields=["at", "id"], name="members_tra_at_22fac3_idx"),
                            models.Index(fields=["by", "at", "id", "verb"], name="members_tra_by_id_3db7f0_idx"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Unsealed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ledger", models.CharField(max_length=20)),
                        ("row", models.BigIntegerField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["ledger", "id"], name="members_uns_ledger_15a251_idx")],
                    },
                ),
                migrations.CreateModel(
                    name="Member",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        ("username", models.CharField(max_length=150, unique=True, verbose_name="user name")),
                        (
                            "number",
                            models.CharField(max_length=20, unique=True, verbose_name="badge or employee number"),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        (
                            "position",
                            models.CharField(
                                choices=[
                                    ("commander", "Section Commander"),
                                    ("commanding_officer", "Commanding Officer"),
                                    ("supervisor", "Supervisor"),
                                    ("officer", "Police Officer"),
                                    ("specialist", "Social Media Broadcast Specialist"),
                                    ("auditor", "Auditor"),
                                    ("legal_adviser", "Legal adviser"),
                                    ("records_custodian", "Records custodian"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("sworn", models.BooleanField(default=True)),
                        (
                            "languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=10), blank=True, default=list, size=None
                            ),
                        ),
                        ("single_keys", models.BooleanField(default=True, verbose_name="single-letter keys")),
                        ("is_active", models.BooleanField(default=True, editable=False)),
                        ("date_joined", models.DateTimeField(auto_now_add=True)),
                        (
                            "reports_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="subordinates",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                        ("quiet_from", models.TimeField(blank=True, null=True)),
                        ("quiet_until", models.TimeField(blank=True, null=True)),
                        ("serves_until", models.DateTimeField(blank=True, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("invited", "invited"), ("serving", "serving"), ("left", "transferred")],
                                default="serving",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("digest_at", models.TimeField(default=dt.time(7, 0), verbose_name="time of the daily digest")),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reports_to__isnull", True),
                                    models.Q(("reports_to", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="member_does_not_report_to_himself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "position__in",
                                        [
                                            "commander",
                                            "commanding_officer",
                                            "supervisor",
                                            "officer",
                                            "specialist",
                                            "auditor",
                                            "legal_adviser",
                                            "records_custodian",
                                        ],
                                    )
                                ),
                                name="member_has_a_position",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("is_active", True), ("state", "serving")),
                                    models.Q(("is_active", False), models.Q(("state", "serving"), _negated=True)),
                                    _connector="OR",
                                ),
                                name="member_is_active_while_serving",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("position__in", frozenset(["auditor", "legal_adviser", "records_custodian"])),
                                        ("serves_until__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "position__in",
                                                frozenset(["auditor", "legal_adviser", "records_custodian"]),
                                            ),
                                            _negated=True,
                                        ),
                                        ("serves_until__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="member_outside_the_chain_has_a_period",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("position", "commander"), ("reports_to__isnull", True)),
                                    models.Q(("position", "commander"), _negated=True),
                                    _connector="OR",
                                ),
                                name="commander_reports_to_nobody_here",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_active", True), ("position", "commander")),
                                fields=("position",),
                                name="one_commander",
                            ),
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                condition=models.Q(("email", ""), _negated=True),
                                name="one_member_an_email",
                            ),
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("username"), name="one_member_a_user_name"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LogEntry",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("verb", models.CharField(max_length=60)),
                        ("subject_type", models.CharField(max_length=60)),
                        ("subject_id", models.CharField(max_length=60)),
                        ("act", models.UUIDField(default=members.models.trail.current_act)),
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
                        "abstract": False,
                        "indexes": [
                            models.Index(
                                fields=["subject_type", "subject_id", "id"], name="members_log_subject_00f799_idx"
                            ),
                            models.Index(
                                condition=models.Q(("verb__in", ("read", "verify", "download", "export"))),
                                fields=["at", "id"],
                                name="log_reads",
                            ),
                            models.Index(
                                condition=models.Q(("verb__in", ("read", "verify", "download", "export"))),
                                fields=["by", "at", "id"],
                                name="log_reads_by",
                            ),
                            models.Index(
                                condition=models.Q(("verb__in", ("read", "verify", "download", "export"))),
                                fields=["act"],
                                name="log_reads_act",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ledger", models.CharField(max_length=20)),
                        ("number", models.BigIntegerField()),
                        (
                            "rows",
                            django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                        ),
                        ("digests", models.BinaryField()),
                        ("previous", models.BinaryField()),
                        ("digest", models.BinaryField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [models.UniqueConstraint(fields=("ledger", "number"), name="one_seal_a_number")],
                        "indexes": [
                            django.contrib.postgres.indexes.GistIndex(
                                models.Func(
                                    models.F("rows"),
                                    template="int8range(LEAST((%(expressions)s)[1], (%(expressions)s)[cardinality(%(expressions)s)]), GREATEST((%(expressions)s)[1], (%(expressions)s)[cardinality(%(expressions)s)]), '[]')",
                                ),
                                name="seal_spans",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Posting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "position",
                            models.CharField(
                                choices=[
                                    ("commander", "Section Commander"),
                                    ("commanding_officer", "Commanding Officer"),
                                    ("supervisor", "Supervisor"),
                                    ("officer", "Police Officer"),
                                    ("specialist", "Social Media Broadcast Specialist"),
                                    ("auditor", "Auditor"),
                                    ("legal_adviser", "Legal adviser"),
                                    ("records_custodian", "Records custodian"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("sworn", models.BooleanField()),
                        ("serves_until", models.DateTimeField(null=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="postings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reports_to",
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
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Transfer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("to", models.TextField(blank=True, verbose_name="where to")),
                        ("reason", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transfers",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Designation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "power",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("approve_accounts", "approves the creation of a platform account"),
                                    ("administer_accounts", "names the administrators and editors of an account"),
                                    ("remove_privileges", "removes a transferred member's account privileges"),
                                    ("terminate_accounts", "approves the termination of an account"),
                                    ("approve_content", "approves content"),
                                    ("approve_active_scenes", "approves content on an active crime scene"),
                                    ("approve_hashtags", "approves hashtags and campaigns"),
                                    ("approve_proposals", "approves an equipment proposal"),
                                    ("keep_equipment", "keeps the inventory, receipts and the maintenance log"),
                                    ("update_grading", "creates and updates the Comment Grading System"),
                                    ("decide_monitoring", "decides the account monitoring schedule"),
                                    ("decide_dress", "decides civilian dress other than the default"),
                                    ("approve_deviations", "approves a deviation from a policy"),
                                    ("endorse_inspections", "endorses inspections"),
                                    ("approve_overtime", "approves overtime"),
                                    ("change_duty", "changes duty hours and days off"),
                                    ("assign_tasks", "assigns tasks, projects and event coverage"),
                                    ("manage_accounts", "manages all accounts day to day"),
                                    ("develop_content", "develops content"),
                                    ("carry_out", "carries out assignments"),
                                    ("grade_comments", "grades and answers comments"),
                                    ("decide_threats", "decides what follows a threat"),
                                    ("act_on_accounts", "replies, hides and unhides on an account"),
                                    ("hide_threats", "hides a level 8"),
                                    ("ban", "bans on an account, or deletes another's comment"),
                                    ("approve_bans", "approves a ban"),
                                    (
                                        "approve_deletions",
                                        "approves the deletion of another's comment, or the end of a ban",
                                    ),
                                    ("second_look", "gives a free reply its second look"),
                                    ("review_offensive", "reviews a level 7"),
                                    ("clear_flagged_clauses", "clears a flagged clause before a level 7 is hidden"),
                                    ("decide_appeals", "decides an appeal"),
                                    ("propose_disposal", "proposes records for disposal"),
                                    ("approve_disposal", "approves the disposal of records"),
                                    ("flag_clauses", "flags a clause"),
                                    ("review_accuracy", "reviews content for accuracy"),
                                    ("manage_members", "adds, transfers and moves members"),
                                    (
                                        "name_outsiders",
                                        "names the auditor, the legal adviser and the records custodian",
                                    ),
                                    ("designate", "hands over a power, and appoints an acting Commander"),
                                    ("set_up_unit", "sets up the unit"),
                                    ("lift_lockouts", "lifts a lockout"),
                                    ("read_unit", "reads what the unit does"),
                                    ("read_trail", "reads the trail of the whole unit"),
                                    ("read_records", "reads retained records"),
                                    ("settle_set_aside", "looks after items that could not be read"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("since", models.DateTimeField(verbose_name="from")),
                        ("until", models.DateTimeField(verbose_name="until")),
                        ("reason", models.TextField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("end_reason", models.TextField(blank=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "designee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="designations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["designee", "until"], name="members_des_designe_1e9e9b_idx"),
                            models.Index(fields=["power", "until"], name="members_des_power_38c72b_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__gt", models.F("since"))),
                                name="designation_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("designee", models.F("by")), _negated=True),
                                name="nobody_designates_himself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("power", ""),
                                    (
                                        "power__in",
                                        [
                                            "approve_accounts",
                                            "administer_accounts",
                                            "approve_content",
                                            "approve_hashtags",
                                            "approve_proposals",
                                            "update_grading",
                                            "decide_monitoring",
                                            "decide_dress",
                                            "approve_bans",
                                            "manage_members",
                                        ],
                                    ),
                                    _connector="OR",
                                ),
                                name="designation_of_a_power_that_says_so",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("power", "")),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("since"),
                                            django.db.models.functions.comparison.Greatest(
                                                models.F("since"),
                                                django.db.models.functions.comparison.Least(
                                                    models.F("until"), models.F("ended_at")
                                                ),
                                            ),
                                            models.Value("[)"),
                                            function="tstzrange",
                                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                        ),
                                        "&&",
                                    )
                                ],
                                name="one_acting_commander_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KnownDevice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.BinaryField()),
                        ("words", models.CharField(max_length=200)),
                        ("first_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("last_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="devices",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("member", "digest"), name="one_device_a_member_and_token")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OneTime",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("invitation", "invitation"),
                                    ("factor_reset", "reset of the second factor"),
                                    ("unlock", "way in after a lockout"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("digest", models.BinaryField()),
                        ("sent_to", models.EmailField(max_length=254)),
                        ("reason", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="one_time_links",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("digest",), name="one_link_a_token"),
                            models.UniqueConstraint(
                                condition=models.Q(("used_at__isnull", True), ("withdrawn_at__isnull", True)),
                                fields=("member", "kind"),
                                name="one_open_link_a_member_and_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "factor_reset"), _negated=True),
                                    models.Q(
                                        ("by__isnull", False), models.Q(("by", models.F("member")), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="nobody_resets_his_own_second_factor",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Watch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateTimeField(verbose_name="from")),
                        ("until", models.DateTimeField(verbose_name="until")),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="watches",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["since"],
                        "indexes": [models.Index(fields=["until", "since"], name="members_wat_until_25de6a_idx")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__gt", models.F("since"))), name="watch_ends_after_it_begins"
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("member_id"),
                                            models.F("member_id"),
                                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                                inclusive_lower=True, inclusive_upper=True
                                            ),
                                            function="int8range",
                                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            models.F("since"),
                                            models.F("until"),
                                            models.Value("[)"),
                                            function="tstzrange",
                                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="one_watch_a_member_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactWay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("label", models.CharField(max_length=60)),
                        ("address", members.secrets.SecretField()),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("proved_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contact_ways",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("shown", models.CharField(max_length=80)),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("member", "label"), name="one_way_a_member_and_label")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("threat", "Threats"),
                                    ("authority", "Powers, designations and positions"),
                                    ("members", "Members who come and go"),
                                    ("security", "Sign-in and security"),
                                    ("roster", "The roster of the watch"),
                                    ("accounts", "Accounts and their privileges"),
                                    ("emergencies", "Emergencies and requests of the media"),
                                    ("reviews", "Second looks, reviews and appeals"),
                                    ("referrals", "Referrals, hand-overs and answers that came back"),
                                    ("mentions", "Notes that name you"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("sentence", models.TextField()),
                        ("path", models.CharField(blank=True, max_length=200)),
                        ("act", models.UUIDField(null=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("seen_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notifications",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["member", "-id"], name="members_not_member__9026a4_idx"),
                            models.Index(
                                condition=models.Q(("seen_at__isnull", True)),
                                fields=["member"],
                                name="notification_unseen",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("by_email", models.BooleanField(default=False)),
                        ("digest", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("sending", "being sent"),
                                    ("sent", "sent"),
                                    ("failed", "failed"),
                                    ("withdrawn", "not needed any more"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("not_before", models.DateTimeField(default=django.utils.timezone.now)),
                        ("lease_until", models.DateTimeField(blank=True, null=True)),
                        ("why", models.CharField(blank=True, max_length=200)),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "way",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="members.contactway",
                            ),
                        ),
                        (
                            "notification",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="members.notification",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["waiting", "sending"])),
                                fields=["not_before"],
                                name="delivery_waiting",
                            ),
                            models.Index(
                                condition=models.Q(("state", "failed")), fields=["-id"], name="delivery_failed"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Preference",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("threat", "Threats"),
                                    ("authority", "Powers, designations and positions"),
                                    ("members", "Members who come and go"),
                                    ("security", "Sign-in and security"),
                                    ("roster", "The roster of the watch"),
                                    ("accounts", "Accounts and their privileges"),
                                    ("emergencies", "Emergencies and requests of the media"),
                                    ("reviews", "Second looks, reviews and appeals"),
                                    ("referrals", "Referrals, hand-overs and answers that came back"),
                                    ("mentions", "Notes that name you"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "by_email",
                            models.CharField(
                                choices=[("at_once", "at once"), ("digest", "in the daily digest"), ("never", "not")],
                                default="at_once",
                                max_length=10,
                            ),
                        ),
                        (
                            "by_service",
                            models.CharField(
                                choices=[("at_once", "at once"), ("digest", "in the daily digest"), ("never", "not")],
                                default="never",
                                max_length=10,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="preferences",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("member", "kind"), name="one_preference_a_member_and_kind"),
                            models.CheckConstraint(
                                condition=models.Q(("kind", "threat"), _negated=True), name="threats_cannot_be_muted"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SetupKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.BinaryField(unique=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Agency",
                    fields=[
                        ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=120)),
                        ("short_name", models.CharField(max_length=40)),
                        ("mark", models.BinaryField(blank=True, null=True)),
                        ("zone", models.CharField(max_length=60)),
                        (
                            "languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=10), default=list, size=None
                            ),
                        ),
                        ("emergency_number", models.CharField(default="911", max_length=30)),
                        ("non_emergency_number", models.CharField(blank=True, max_length=30)),
                        ("demonstration", models.BooleanField(default=False)),
                        ("set_up_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        (
                            "left_open",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_agency")],
                    },
                ),
                migrations.CreateModel(
                    name="Session",
                    fields=[
                        (
                            "session_key",
                            models.CharField(
                                max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                            ),
                        ),
                        ("session_data", models.TextField(verbose_name="session data")),
                        ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                        ("signed_in_at", models.DateTimeField(null=True)),
                        ("last_act_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("address", models.GenericIPAddressField(null=True)),
                        ("words", models.CharField(blank=True, max_length=200)),
                        (
                            "member",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sessions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "session",
                        "verbose_name_plural": "sessions",
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["member", "-last_act_at"], name="members_ses_member__4b76dc_idx")
                        ],
                    },
                ),
            ],
        ),
        members.migrating.Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="trailentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="89afec45c2c251e9084fa9ba09481c760de18e62",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_dacaa",
                            table="members_trailentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="trailentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="b67bd8bf9680d2b1033f2a97fc205ddf8d613ca5",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_40b32",
                            table="members_trailentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="trailentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_to_be_sealed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO members_unsealed (ledger, row) VALUES ('trail', NEW.id); RETURN NULL;",
                            hash="c72bee088d3b59ee30346022cc5aae86761f3bcd",
                            operation="INSERT",
                            pgid="pgtrigger_is_to_be_sealed_adc75",
                            table="members_trailentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="trailentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="who_has_left_acts_no_more",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.by_id IS NOT NULL)",
                            declare="DECLARE gone boolean;",
                            func="\n            IF NEW.by_id::text IS DISTINCT FROM current_setting('unit.leaves', true) THEN\n                SELECT state = 'left' INTO gone FROM members_member WHERE id = NEW.by_id FOR KEY SHARE;\n                IF gone THEN\n                    RAISE EXCEPTION 'who has left the unit acts no more'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'who_has_left_acts_no_more';\n                END IF;\n            END IF;\n            RETURN NEW;\n        ",
                            hash="6935c5f287c48f2091d982c576cb8f20dc2b07f0",
                            operation="INSERT",
                            pgid="pgtrigger_who_has_left_acts_no_more_f9de4",
                            table="members_trailentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="member",
                    trigger=pgtrigger.compiler.Trigger(
                        name="chain_has_no_circle",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.reports_to_id IS NOT NULL)",
                            declare="DECLARE found boolean;",
                            func="\n                    PERFORM pg_advisory_xact_lock(hashtext('members.chain'));\n                    WITH RECURSIVE above AS (\n                        SELECT id, reports_to_id FROM members_member WHERE id = NEW.reports_to_id\n                        UNION\n                        SELECT m.id, m.reports_to_id FROM members_member m JOIN above a ON m.id = a.reports_to_id\n                    )\n                    SELECT EXISTS (SELECT FROM above WHERE id = NEW.id) INTO found;\n                    IF found THEN\n                        RAISE EXCEPTION 'pgtrigger: the chain of command would close into a circle';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="41ba1b06f8f293903c385541214218112c98e0af",
                            operation='INSERT OR UPDATE OF "reports_to_id"',
                            pgid="pgtrigger_chain_has_no_circle_9a022",
                            table="members_member",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="logentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="660689816aad69a511f310cc2e09b4de8b700164",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_0dbc7",
                            table="members_logentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="logentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="ca23c0a304a1998eeefb8ed04c2fc0e7dd5172fb",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_f3490",
                            table="members_logentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="logentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_to_be_sealed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO members_unsealed (ledger, row) VALUES ('log', NEW.id); RETURN NULL;",
                            hash="d944fa7f45893e1dcf2e3a2f56b35485d76521db",
                            operation="INSERT",
                            pgid="pgtrigger_is_to_be_sealed_caf08",
                            table="members_logentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="logentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="who_has_left_acts_no_more",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.by_id IS NOT NULL)",
                            declare="DECLARE gone boolean;",
                            func="\n            IF NEW.by_id::text IS DISTINCT FROM current_setting('unit.leaves', true) THEN\n                SELECT state = 'left' INTO gone FROM members_member WHERE id = NEW.by_id FOR KEY SHARE;\n                IF gone THEN\n                    RAISE EXCEPTION 'who has left the unit acts no more'\n                        USING ERRCODE = 'check_violation', CONSTRAINT = 'who_has_left_acts_no_more';\n                END IF;\n            END IF;\n            RETURN NEW;\n        ",
                            hash="8dfb853d9a54d7e34583c29a7570eb11cfb73265",
                            operation="INSERT",
                            pgid="pgtrigger_who_has_left_acts_no_more_e6744",
                            table="members_logentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="73e616528003ed48fe2eba79b60cca2cbf248442",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_4ef04",
                            table="members_seal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="5e342a3b4f380668ea7c51f31d78140d93cfea81",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_400aa",
                            table="members_seal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="posting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="12aaf976bc75882d2a465c081356ec85e60a66c4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_65456",
                            table="members_posting",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="posting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="09f90f25f8cdfc43450d1e3de41e9c5200462bd0",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_2d338",
                            table="members_posting",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="transfer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="40fc07e88131c96ef6f0fe7b9c3f1a37f4c97027",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_35da1",
                            table="members_transfer",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="transfer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="80a9d54bf71d41f13cc0e9c1ccc0fb02cde504e5",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_75308",
                            table="members_transfer",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="designation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stands_as_given",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."power" IS DISTINCT FROM (NEW."power") OR OLD."designee_id" IS DISTINCT FROM (NEW."designee_id") OR OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."until" IS DISTINCT FROM (NEW."until") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="6006c62cb3e9bcbd7276fa66f8279d60e3bd74ce",
                            operation="UPDATE",
                            pgid="pgtrigger_stands_as_given_4f7b9",
                            table="members_designation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="designation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ends_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.ended_at IS NOT NULL)",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="52a7c6e34c70feb414a992e492cf9e74c70bef8d",
                            operation="UPDATE",
                            pgid="pgtrigger_ends_once_9b666",
                            table="members_designation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="onetime",
                    trigger=pgtrigger.compiler.Trigger(
                        name="link_stands_as_sent",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."member_id" IS DISTINCT FROM (NEW."member_id") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."sent_to" IS DISTINCT FROM (NEW."sent_to") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="edaae76084f004b484cf9b18de6617f72c0dd3ea",
                            operation="UPDATE",
                            pgid="pgtrigger_link_stands_as_sent_31739",
                            table="members_onetime",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="onetime",
                    trigger=pgtrigger.compiler.Trigger(
                        name="link_is_over_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.used_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL)",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="0bd8d0a3c8ac1cbfb46450dea9c701a003297a15",
                            operation="UPDATE",
                            pgid="pgtrigger_link_is_over_once_ef780",
                            table="members_onetime",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="watch",
                    trigger=pgtrigger.compiler.Trigger(
                        name="watch_stands_as_set",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."member_id" IS DISTINCT FROM (NEW."member_id") OR OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."until" IS DISTINCT FROM (NEW."until") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="8c954f62fa85c841fc42e2f5d3fea2bd68907287",
                            operation="UPDATE",
                            pgid="pgtrigger_watch_stands_as_set_c4c82",
                            table="members_watch",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="setupkey",
                    trigger=pgtrigger.compiler.Trigger(
                        name="key_stands_as_printed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="cf80e700ab6ebc686703192dfa80e88fe3327248",
                            operation="UPDATE",
                            pgid="pgtrigger_key_stands_as_printed_87d3d",
                            table="members_setupkey",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="setupkey",
                    trigger=pgtrigger.compiler.Trigger(
                        name="key_opens_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.used_at IS NOT NULL OR NEW.expires_at > OLD.expires_at)",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="c77742dcd1f78c870f21ce8c718005efff56e603",
                            operation="UPDATE",
                            pgid="pgtrigger_key_opens_once_af84d",
                            table="members_setupkey",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
