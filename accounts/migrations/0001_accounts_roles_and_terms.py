"""Accounts, roles, requests and terms, as the first twenty migrations left them.

A new unit takes this one; one that has the others goes on from them.
"""

import django.contrib.postgres.functions
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import accounts.models.account
import accounts.models.connecting
import members.migrating
import members.secrets


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_accounts_and_terms"),
        ("accounts", "0002_removals"),
        ("accounts", "0003_accounts_are_suspended_and_roles_have_a_period"),
        ("accounts", "0004_hours_blindness_and_audience"),
        ("accounts", "0005_register_of_filters"),
        ("accounts", "0006_terms_in_versions_languages_and_checks"),
        ("accounts", "0007_what_the_platforms_tell_of_by_themselves"),
        ("accounts", "0008_account_requests"),
        ("accounts", "0009_standing_accounts_have_a_request"),
        ("accounts", "0010_accounts_rest_on_approved_requests"),
        ("accounts", "0011_gaps_and_what_is_said_of_tokens"),
        ("accounts", "0012_sign_ins_at_the_platforms"),
        ("accounts", "0013_suspensions_and_main_administrators"),
        ("accounts", "0014_where_a_platform_tells_us"),
        ("accounts", "0015_recovery_holders_and_items_to_remove"),
        ("accounts", "0016_items_of_open_removals"),
        ("accounts", "0017_terminations"),
        ("accounts", "0018_fake_accounts"),
        ("accounts", "0019_roles_and_accounts_of_the_past"),
        ("accounts", "0020_who_decides_serves_and_may"),
    ]

    initial = True

    dependencies = [
        ("members", "0001_the_unit_and_its_trail"),
    ]

    operations = [
        members.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="Account",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("remote_id", models.TextField()),
                        ("handle", models.TextField(blank=True)),
                        ("name", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("active", "active"),
                                    ("needs_reconnecting", "needs reconnecting"),
                                    ("suspended", "suspended"),
                                    ("closed", "terminated"),
                                ],
                                default="active",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("page_id", models.TextField(blank=True)),
                        ("tier", models.CharField(blank=True, max_length=20)),
                        ("connected_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("handle_key", models.TextField(blank=True, editable=False)),
                        (
                            "request",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="account",
                                to="accounts.accountrequest",
                            ),
                        ),
                        (
                            "cut_off_days",
                            models.PositiveSmallIntegerField(default=accounts.models.account.queue_cut_off_days),
                        ),
                    ],
                    options={
                        "ordering": ["platform"],
                        "constraints": [
                            models.UniqueConstraint(fields=("platform", "remote_id"), name="one_account_a_remote_id"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("platform__in", ["facebook", "instagram", "x", "youtube", "periscope"])
                                ),
                                name="account_has_a_known_platform",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    models.Q(("handle_key", ""), _negated=True),
                                ),
                                fields=("platform", "handle_key"),
                                name="one_standing_account_a_handle",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["active", "needs_reconnecting", "suspended", "closed"])
                                ),
                                name="account_has_a_known_state",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Clause",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("letter", models.CharField(max_length=1)),
                        ("text", models.TextField()),
                        ("grounds", models.BooleanField()),
                        (
                            "terms",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="clauses", to="accounts.terms"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["terms", "letter"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("terms", "letter"), name="one_clause_a_letter")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlatformLimit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("call", models.CharField(max_length=60)),
                        ("remaining", models.IntegerField(null=True)),
                        ("used", models.IntegerField(null=True)),
                        ("resets_at", models.DateTimeField(null=True)),
                        ("blocked_until", models.DateTimeField(null=True)),
                        ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="limits",
                                to="accounts.account",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("account", "call"), name="one_row_a_limit")],
                    },
                ),
                migrations.CreateModel(
                    name="Post",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("remote_id", models.TextField()),
                        ("text", models.TextField(blank=True)),
                        ("posted_at", models.DateTimeField(null=True)),
                        ("permalink", models.TextField(blank=True)),
                        ("image_url", models.TextField(blank=True)),
                        ("comments", models.IntegerField(null=True)),
                        ("seen_at", models.DateTimeField(auto_now=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="accounts.account"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("account", "remote_id"), name="one_post_a_remote_id")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Role",
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
                                    ("main_administrator", "main administrator"),
                                    ("administrator", "administrator"),
                                    ("editor", "editor"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("since", models.DateTimeField(default=django.utils.timezone.now)),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="roles", to="accounts.account"
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="roles",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("end_reason", models.TextField(blank=True)),
                        ("ends_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "given_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("account", "member"),
                                name="one_standing_role_a_member",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "main_administrator"), ("until__isnull", True)),
                                fields=("account",),
                                name="one_main_administrator_an_account",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "main_administrator"), _negated=True),
                                    ("ends_at__isnull", True),
                                    _connector="OR",
                                ),
                                name="main_administrator_has_no_set_end",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Terms",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.IntegerField(unique=True)),
                        ("effective_from", models.DateTimeField()),
                        ("preamble", models.TextField()),
                        (
                            "written_at",
                            models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow()),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "terms",
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Credential",
                    fields=[
                        (
                            "account",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="credential",
                                serialize=False,
                                to="accounts.account",
                            ),
                        ),
                        ("access_token", members.secrets.SecretField(blank=True)),
                        ("refresh_token", members.secrets.SecretField(blank=True)),
                        ("client_id", models.TextField(blank=True)),
                        ("client_secret", members.secrets.SecretField(blank=True)),
                        ("app_secret", members.secrets.SecretField(blank=True)),
                        ("expires_at", models.DateTimeField(null=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="PollState",
                    fields=[
                        (
                            "account",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="poll_state",
                                serialize=False,
                                to="accounts.account",
                            ),
                        ),
                        ("memory", models.JSONField(default=dict)),
                        ("next_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                        ("lease_until", models.DateTimeField(null=True)),
                        ("last_started_at", models.DateTimeField(null=True)),
                        ("last_ok_at", models.DateTimeField(null=True)),
                        ("last_new_at", models.DateTimeField(null=True)),
                        ("last_whole_at", models.DateTimeField(null=True)),
                        ("failures", models.IntegerField(default=0)),
                        ("trouble", models.TextField(blank=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Removal",
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
                                blank=True,
                                choices=[
                                    ("main_administrator", "main administrator"),
                                    ("administrator", "administrator"),
                                    ("editor", "editor"),
                                ],
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("outstanding", "to be removed"), ("removed", "removed")],
                                default="outstanding",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="removals",
                                to="accounts.account",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
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
                                related_name="removals",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["opened_at", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "outstanding")),
                                fields=["opened_at"],
                                name="removal_outstanding",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "outstanding")),
                                fields=("account", "member"),
                                name="one_open_removal_an_account",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("confirmed_at__isnull", True),
                                        ("confirmed_by__isnull", True),
                                        ("state", "outstanding"),
                                    ),
                                    models.Q(
                                        ("confirmed_at__isnull", False),
                                        ("confirmed_by__isnull", False),
                                        ("state", "removed"),
                                    ),
                                    _connector="OR",
                                ),
                                name="removal_is_confirmed_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("confirmed_by", models.F("member")), _negated=True),
                                name="nobody_confirms_his_own_removal",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RemovalNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField()),
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
                            "removal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="accounts.removal"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Newest",
                    fields=[
                        (
                            "account",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="newest",
                                serialize=False,
                                to="accounts.account",
                            ),
                        ),
                        ("posted_at", models.DateTimeField()),
                        ("seen_at", models.DateTimeField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Blindness",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        ("noticed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("until", models.DateTimeField(null=True)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="blind_times",
                                to="accounts.account",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-since"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("account",),
                                name="one_blindness_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="blindness_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallTally",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("hour", models.DateTimeField()),
                        ("call", models.CharField(max_length=60)),
                        ("calls", models.IntegerField(default=0)),
                        ("errors", models.IntegerField(default=0)),
                        ("retries", models.IntegerField(default=0)),
                        ("milliseconds", models.BigIntegerField(default=0)),
                        (
                            "account",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="accounts.account",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("account", "hour", "call"), name="one_tally_an_hour_and_call"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FailureTally",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("hour", models.DateTimeField()),
                        ("kind", models.CharField(max_length=40)),
                        ("code", models.CharField(blank=True, max_length=100)),
                        ("count", models.IntegerField(default=0)),
                        ("sentence", models.TextField()),
                        ("last_at", models.DateTimeField()),
                        (
                            "account",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="accounts.account",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("account", "hour", "kind", "code"), name="one_tally_an_hour_and_failure"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AudienceCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("followers", models.BigIntegerField(null=True)),
                        ("posts", models.BigIntegerField(null=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "account",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="audience",
                                to="accounts.account",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [models.UniqueConstraint(fields=("account", "day"), name="one_count_a_day")],
                    },
                ),
                migrations.CreateModel(
                    name="PlatformFilter",
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
                                    ("keywords", "keyword list"),
                                    ("hidden_words", "hidden words"),
                                    ("profanity", "profanity filter"),
                                    ("hold", "hold for review"),
                                    ("block_list", "block list"),
                                    ("who_may_comment", "who may comment"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("found", "found, approved by nobody"),
                                    ("approved", "approved, not set yet"),
                                    ("in_force", "in force"),
                                    ("to_end", "to be taken off"),
                                    ("declined", "declined"),
                                    ("ended", "ended"),
                                ],
                                default="proposed",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("what", models.TextField(blank=True)),
                        ("strength", models.CharField(blank=True, max_length=120)),
                        ("why", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        ("seen_at", models.DateTimeField(blank=True, null=True)),
                        ("review_due_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="filters",
                                to="accounts.account",
                            ),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="accounts.platformfilter",
                            ),
                        ),
                        (
                            "seen_by",
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
                        "verbose_name": "filter",
                        "ordering": ["account", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "in_force")),
                                fields=["review_due_at"],
                                name="filter_review_due",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["approved", "in_force"]), _negated=True),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="filter_in_force_is_approved",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by__isnull", True),
                                    models.Q(("what", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="filter_approved_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "in_force"), _negated=True),
                                    models.Q(
                                        ("review_due_at__isnull", False),
                                        ("seen_at__isnull", False),
                                        ("seen_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="filter_in_force_was_seen",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FilterNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("verb", models.CharField(max_length=30)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("note", models.TextField(blank=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "filter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="history",
                                to="accounts.platformfilter",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TermsCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[("api", "by the platform's API"), ("picture", "by a member, with a picture")],
                                max_length=10,
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("displayed", "displayed"),
                                    ("linked", "linked"),
                                    ("missing", "neither displayed nor linked"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("note", models.TextField(blank=True)),
                        ("picture", models.BinaryField(null=True)),
                        ("mime", models.CharField(blank=True, max_length=20)),
                        ("digest", models.BinaryField(default=b"")),
                        (
                            "account",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="terms_checks",
                                to="accounts.account",
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
                        (
                            "terms",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.terms"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "abstract": False,
                        "indexes": [models.Index(fields=["account", "-id"], name="terms_check_last")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("by__isnull", True), ("how", "api"), ("picture__isnull", True)),
                                    models.Q(("by__isnull", False), ("how", "picture"), ("picture__isnull", False)),
                                    _connector="OR",
                                ),
                                name="terms_seen_by_a_member_are_shown",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TermsDraft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("published", "published"), ("dropped", "dropped")],
                                default="draft",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("preamble", models.TextField()),
                        ("clauses", models.JSONField()),
                        ("reason", models.TextField()),
                        ("revision", models.IntegerField(default=1)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "based_on",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="drafts", to="accounts.terms"
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "terms",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="draft",
                                to="accounts.terms",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "draft of the terms",
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")), fields=("state",), name="one_draft_at_a_time"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), ("terms__isnull", False)),
                                    models.Q(models.Q(("state", "published"), _negated=True), ("terms__isnull", True)),
                                    _connector="OR",
                                ),
                                name="draft_published_names_its_terms",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TermsReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reviewed_by", models.TextField()),
                        ("reviewed_on", models.DateField()),
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
                            "text",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review",
                                to="accounts.termstext",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TermsText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("language", models.CharField(max_length=10)),
                        ("preamble", models.TextField()),
                        ("clauses", models.JSONField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
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
                            "terms",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="accounts.terms"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [models.Index(fields=["terms", "language", "-id"], name="terms_text_newest")],
                    },
                ),
                migrations.CreateModel(
                    name="WebhookSubscription",
                    fields=[
                        (
                            "account",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="webhook_subscription",
                                serialize=False,
                                to="accounts.account",
                            ),
                        ),
                        ("wanted", models.BooleanField(default=True)),
                        ("active", models.BooleanField(default=False)),
                        ("active_since", models.DateTimeField(null=True)),
                        ("fields", models.JSONField(default=list)),
                        ("remote_id", models.TextField(blank=True)),
                        ("says", models.TextField(blank=True)),
                        ("checked_at", models.DateTimeField(null=True)),
                        ("next_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                        ("failures", models.IntegerField(default=0)),
                        ("last_event_at", models.DateTimeField(null=True)),
                        ("events", models.BigIntegerField(default=0)),
                        ("missed", models.BigIntegerField(default=0)),
                        ("missed_in_a_row", models.IntegerField(default=0)),
                        ("missed_at", models.DateTimeField(null=True)),
                        ("callback", models.TextField(blank=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AccountRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("handle", models.TextField()),
                        ("handle_key", models.TextField(editable=False)),
                        ("name", models.TextField(verbose_name="name shown on the platform")),
                        ("purpose", models.TextField()),
                        ("values_statement", models.TextField(verbose_name="its mission and the department's values")),
                        ("stood_before", models.BooleanField(default=False, editable=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("requested", "requested"),
                                    ("approved", "approved, to be connected"),
                                    ("declined", "declined"),
                                    ("withdrawn", "withdrawn"),
                                    ("connected", "connected"),
                                ],
                                default="requested",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("requested_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "requested_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "request",
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["requested", "approved"])),
                                fields=("platform", "handle_key"),
                                name="one_open_request_a_handle",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("platform__in", ["facebook", "instagram", "x", "youtube", "periscope"])
                                ),
                                name="request_has_a_known_platform",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("handle_key", ""), _negated=True),
                                    models.Q(("purpose", ""), _negated=True),
                                    models.Q(("values_statement", ""), _negated=True),
                                ),
                                name="request_makes_its_case",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stood_before", True), ("requested_by__isnull", False), _connector="OR"
                                ),
                                name="request_is_somebodys",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GoalServed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "goal",
                            models.CharField(
                                choices=[
                                    ("A", "Coordinate all social media efforts of the department"),
                                    ("B", "Disseminate accurate and complete information in a timely manner"),
                                    ("C", "Stimulate public interest in the community outreach programs"),
                                    ("D", "Promote teamwork between the police and community stakeholders"),
                                    ("E", "Review newsworthy items for release"),
                                    ("F", "Monitor and use social media in disasters, crises and emergencies"),
                                    ("G", "Monitor and respond to comments and questions posted by the public"),
                                    ("H", "Educate members of the department on policies and best practices"),
                                ],
                                max_length=1,
                            ),
                        ),
                        ("how", models.TextField()),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="goals",
                                to="accounts.accountrequest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["goal"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("request", "goal"), name="one_answer_a_goal"),
                            models.CheckConstraint(
                                condition=models.Q(("how", ""), _negated=True), name="a_goal_is_served_somehow"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequestDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[("approved", "approved"), ("declined", "declined")], max_length=10
                            ),
                        ),
                        ("reasons", models.TextField()),
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
                            "request",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="accounts.accountrequest",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reasons", ""), _negated=True),
                                name="request_is_decided_with_reasons",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequestedRole",
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
                                choices=[("administrator", "administrator"), ("editor", "editor")], max_length=20
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="roles",
                                to="accounts.accountrequest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "member__name"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("request", "member"), name="one_proposed_role_a_member")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TokenCheck",
                    fields=[
                        (
                            "account",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="token_check",
                                serialize=False,
                                to="accounts.account",
                            ),
                        ),
                        ("checked_at", models.DateTimeField(blank=True, null=True)),
                        ("ends_at", models.DateTimeField(blank=True, null=True)),
                        ("scopes", models.JSONField(default=list)),
                        ("lacks", models.JSONField(default=list)),
                        ("warned_of", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Gap",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("token", "the platform refused the token"),
                                    ("failing", "reading failed again and again"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("noticed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("filled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="gaps", to="accounts.account"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-since", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("account",),
                                name="one_open_gap_an_account",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="gap_ends_after_it_began",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("filled_at__isnull", True),
                                    models.Q(("filled_at__gte", models.F("until")), ("until__isnull", False)),
                                    _connector="OR",
                                ),
                                name="gap_is_filled_after_its_end",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Takeover",
                    fields=[
                        (
                            "account",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="takeover",
                                serialize=False,
                                to="accounts.account",
                            ),
                        ),
                        ("bans_at", models.DateTimeField(blank=True, null=True)),
                        ("bans_by_hand", models.BooleanField(default=False)),
                        ("bans_trouble", models.TextField(blank=True)),
                        ("asked_at", models.DateTimeField(blank=True, null=True)),
                        ("hidden", models.PositiveIntegerField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Connecting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("sent", "at the platform"),
                                    ("returned", "back from the platform"),
                                    ("choosing", "to be chosen from"),
                                    ("connected", "connected"),
                                    ("failed", "ended without an account"),
                                ],
                                default="sent",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("state_digest", models.BinaryField(unique=True)),
                        ("session_digest", models.BinaryField()),
                        ("verifier", members.secrets.SecretField(blank=True)),
                        ("redirect_uri", models.TextField()),
                        ("cut_off_days", models.PositiveSmallIntegerField(default=7)),
                        ("kept", members.secrets.SecretField(blank=True)),
                        ("says", models.TextField(blank=True)),
                        ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("expires_at", models.DateTimeField(default=accounts.models.connecting.in_ten_minutes)),
                        ("returned_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "account",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_ins",
                                to="accounts.account",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_ins",
                                to="accounts.accountrequest",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sign-in at a platform",
                        "ordering": ["-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("account__isnull", True), ("request__isnull", False)),
                                    models.Q(("account__isnull", False), ("request__isnull", True)),
                                    _connector="OR",
                                ),
                                name="sign_in_is_for_a_request_or_an_account",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("platform__in", ("facebook", "instagram", "x", "youtube"))),
                                name="sign_in_is_where_there_is_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "sent"), ("verifier", ""), _connector="OR"),
                                name="verifier_is_used_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "choosing"), ("kept", ""), _connector="OR"),
                                name="tokens_wait_only_for_a_choice",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "failed"), _negated=True),
                                    models.Q(("says", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_sign_in_fails_for_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StandingBan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("remote_id", models.TextField(blank=True)),
                        ("name", models.TextField(blank=True)),
                        ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="standing_bans",
                                to="accounts.account",
                            ),
                        ),
                        (
                            "noted_by",
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
                        "ordering": ["name", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("remote_id", ""), _negated=True),
                                fields=("account", "remote_id"),
                                name="one_standing_ban_a_poster",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), ("remote_id", ""), _negated=True),
                                name="a_standing_ban_is_somebodys",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Acknowledgement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("version", models.CharField(max_length=20)),
                        ("digest", models.BinaryField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("platform", "version", "digest"), name="terms_are_acknowledged_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccountName",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("platform_name", models.CharField(blank=True, max_length=60)),
                        ("handle", models.TextField(blank=True)),
                        ("name", models.TextField(blank=True)),
                        ("until", models.DateField()),
                        ("note", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="former_names",
                                to="accounts.account",
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
                        "ordering": ["-until", "-id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("platform_name", ""), _negated=True),
                                    models.Q(("handle", ""), _negated=True),
                                    models.Q(("name", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="former_name_says_one",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Suspension",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "verb",
                            models.CharField(choices=[("suspend", "suspended"), ("resume", "resumed")], max_length=10),
                        ),
                        ("reason", models.TextField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suspensions",
                                to="accounts.account",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="suspension_has_a_reason"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecoveryHold",
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
                                    ("recovery_email", "recovery e-mail"),
                                    ("second_factor", "second-factor device"),
                                    ("backup_codes", "backup codes"),
                                    ("phone_number", "phone number"),
                                    ("shared_device", "shared device"),
                                ],
                                max_length=20,
                                verbose_name="what is held",
                            ),
                        ),
                        ("holder", models.TextField(blank=True)),
                        ("since", models.DateField()),
                        ("note", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("until", models.DateField(blank=True, null=True)),
                        ("end_note", models.TextField(blank=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="accounts.account"
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
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recovery_holds",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry",
                        "ordering": ["account", "kind", "-since", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("holder", ""), ("member__isnull", False)),
                                    models.Q(("member__isnull", True), models.Q(("holder", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="hold_is_a_members_or_anothers",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="hold_ends_after_it_began",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RemovalItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField()),
                        ("where", models.TextField()),
                        ("what", models.TextField()),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "hold",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.recoveryhold",
                            ),
                        ),
                        (
                            "removal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="accounts.removal"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "item",
                        "ordering": ["place"],
                        "constraints": [
                            models.UniqueConstraint(fields=("removal", "place"), name="one_item_a_place"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="item_is_confirmed_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowerNotice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("link", models.URLField(max_length=500)),
                        ("published_at", models.DateTimeField()),
                        ("wording", models.TextField()),
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
                            "termination",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="accounts.termination",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["published_at", "id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("wording", ""), _negated=True), models.Q(("link", ""), _negated=True)
                                ),
                                name="notice_says_something_somewhere",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("published_at__lte", models.F("at"))), name="notice_was_published"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Termination",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                choices=[
                                    ("inactive", "the platform is no longer active"),
                                    ("goals", "the platform no longer meets the department's goals"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("ground_text", models.TextField(verbose_name="what it rests on")),
                        ("alternative", models.TextField(blank=True, verbose_name="where the followers can go")),
                        (
                            "notice_days",
                            models.PositiveSmallIntegerField(default=30, verbose_name="notice period in days"),
                        ),
                        (
                            "archive_digest",
                            models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the archive file"),
                        ),
                        ("archive_gone", models.TextField(blank=True, verbose_name="why there is no archive file")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("prepared", "being prepared"),
                                    ("approved", "approved"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="prepared",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("prepared_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="terminations",
                                to="accounts.account",
                            ),
                        ),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "prepared")),
                                fields=("account",),
                                name="one_termination_prepared_an_account",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "approved")),
                                fields=("account",),
                                name="an_account_ends_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ground_text", ""), _negated=True),
                                name="termination_has_its_ground",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("notice_days__gte", 7), ("notice_days__lte", 365)),
                                name="notice_period_is_a_period",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("archive_digest", ""), ("archive_digest__regex", "^[0-9a-f]{64}$"), _connector="OR"
                                ),
                                name="archive_has_a_digest",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TerminationApproval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reasons", models.TextField()),
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
                            "termination",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approval",
                                to="accounts.termination",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reasons", ""), _negated=True),
                                name="termination_is_approved_with_reasons",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FakeAccount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("address", models.TextField(verbose_name="address or handle")),
                        ("pretends", models.TextField(verbose_name="what it pretends to be")),
                        ("found_on", models.DateField(verbose_name="found on")),
                        ("picture", models.BinaryField(null=True)),
                        ("picture_digest", models.CharField(blank=True, max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("found", "open"),
                                    ("reported", "reported"),
                                    ("taken_down", "taken down"),
                                    ("stays", "stays"),
                                    ("not_fake", "not a fake"),
                                ],
                                default="found",
                                editable=False,
                                max_length=30,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "found_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "fake account",
                        "ordering": ["-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("address", ""), _negated=True), models.Q(("pretends", ""), _negated=True)
                                ),
                                name="fake_is_described",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("picture__isnull", True), ("picture_digest", "")),
                                    models.Q(
                                        ("picture__isnull", False), models.Q(("picture_digest", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="fake_picture_has_its_digest",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FakeStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("found", "open"),
                                    ("reported", "reported"),
                                    ("taken_down", "taken down"),
                                    ("stays", "stays"),
                                    ("not_fake", "not a fake"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("text", models.TextField(blank=True)),
                        ("reference", models.TextField(blank=True)),
                        ("on", models.DateField()),
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
                            "fake",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="accounts.fakeaccount",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "abstract": False,
                    },
                ),
            ],
        ),
        members.migrating.Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="account",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_its_request",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."request_id" IS DISTINCT FROM (NEW."request_id") OR OLD."platform" IS DISTINCT FROM (NEW."platform"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="7439c06deb830146e6a288079d964305af2bcfdf",
                            operation="UPDATE",
                            pgid="pgtrigger_keeps_its_request_fbc13",
                            table="accounts_account",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="account",
                    trigger=pgtrigger.compiler.Trigger(
                        name="takes_no_handle_asked_for",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.handle_key <> '')",
                            func="\n                    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.platform || ' ' || NEW.handle_key, 0));\n                    IF EXISTS (SELECT FROM accounts_accountrequest WHERE platform = NEW.platform\n                               AND handle_key = NEW.handle_key AND id <> NEW.request_id\n                               AND state IN ('requested', 'approved')) THEN\n                        RAISE unique_violation USING MESSAGE = 'somebody has asked for this handle';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="54816754dedc19fc4bf0e9275e1d4c64882ab484",
                            operation='INSERT OR UPDATE OF "handle_key"',
                            pgid="pgtrigger_takes_no_handle_asked_for_9eb65",
                            table="accounts_account",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="account",
                    trigger=pgtrigger.compiler.Trigger(
                        name="account_has_its_main_administrator",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n    IF EXISTS (SELECT FROM accounts_account WHERE id = NEW.id AND state <> 'closed') THEN\n        PERFORM FROM members_member WHERE is_active AND id IN (\n            SELECT member_id FROM accounts_role\n            WHERE account_id = NEW.id AND kind = 'main_administrator' AND until IS NULL) FOR SHARE;\n        IF NOT FOUND THEN\n            RAISE EXCEPTION 'an account always has a main administrator who serves'\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'account_has_its_main_administrator';\n        END IF;\n    END IF;\n    RETURN NULL;\n",
                            hash="174f9367e14fcaa77506f1f960d9987bf0b7f963",
                            operation='INSERT OR UPDATE OF "state"',
                            pgid="pgtrigger_account_has_its_main_administrator_fe7bb",
                            table="accounts_account",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="account",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_by_decisions",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state IS DISTINCT FROM NEW.state)",
                            declare="DECLARE last text;",
                            func="\n                    SELECT verb INTO last FROM accounts_suspension WHERE account_id = NEW.id ORDER BY id DESC LIMIT 1;\n                    IF OLD.state = 'closed'\n                       OR (NEW.state = 'suspended' AND last IS DISTINCT FROM 'suspend')\n                       OR (OLD.state = 'suspended' AND NEW.state = 'active' AND last IS DISTINCT FROM 'resume')\n                       OR (OLD.state = 'suspended' AND NEW.state = 'needs_reconnecting')\n                       OR (NEW.state = 'closed' AND NOT EXISTS (\n                           SELECT FROM accounts_termination WHERE account_id = NEW.id AND state = 'approved')) THEN\n                        RAISE EXCEPTION 'an account does not move from % to % so', OLD.state, NEW.state;\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="6d816aa16bf6fbb459a10b28cd8fca4c03dc503e",
                            operation='UPDATE OF "state"',
                            pgid="pgtrigger_moves_by_decisions_ae9f8",
                            table="accounts_account",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="account",
                    trigger=pgtrigger.compiler.Trigger(
                        name="rests_on_an_approved_request",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE asked accounts_accountrequest%ROWTYPE;",
                            func="\n                    SELECT * INTO asked FROM accounts_accountrequest WHERE id = NEW.request_id FOR UPDATE;\n                    IF asked.state IS DISTINCT FROM 'approved' OR asked.platform <> NEW.platform THEN\n                        RAISE EXCEPTION 'an account rests on an approved request for its platform';\n                    END IF;\n                    IF NEW.state <> 'active' THEN\n                        RAISE EXCEPTION 'an account begins as active';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="a38a8000724ac5cd19b0b7aeaee8efab93676e5c",
                            operation="INSERT",
                            pgid="pgtrigger_rests_on_an_approved_request_50f23",
                            table="accounts_account",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="clause",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="32d08910d2f144ba3f5c8c352bce0978e640da8e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_9a262",
                            table="accounts_clause",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="clause",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="f6e3b85172695c3bcc906b69edb568de18dc3397",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_872aa",
                            table="accounts_clause",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="clause",
                    trigger=pgtrigger.compiler.Trigger(
                        name="clause_comes_with_its_terms",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF NOT EXISTS (\n                        SELECT FROM accounts_terms\n                        WHERE id = NEW.terms_id AND written_at = transaction_timestamp()\n                    ) THEN\n                        RAISE EXCEPTION 'a version of the terms is never altered: no clause is added to it'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="5faf5d7c25dd796c2f2123a5ab4c51b299c9561e",
                            operation="INSERT",
                            pgid="pgtrigger_clause_comes_with_its_terms_12b13",
                            table="accounts_clause",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="role",
                    trigger=pgtrigger.compiler.Trigger(
                        name="role_stands_as_given",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."member_id" IS DISTINCT FROM (NEW."member_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."given_by_id" IS DISTINCT FROM (NEW."given_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="d6012caa39ea66e725093627cf7329cc3fb7ae41",
                            operation="UPDATE",
                            pgid="pgtrigger_role_stands_as_given_53d01",
                            table="accounts_role",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="role",
                    trigger=pgtrigger.compiler.Trigger(
                        name="role_ends_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.until IS NOT NULL)",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="be42752b1de4bf5fd4fd174d4b89183fe4724fd5",
                            operation="UPDATE",
                            pgid="pgtrigger_role_ends_once_03eff",
                            table="accounts_role",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="role",
                    trigger=pgtrigger.compiler.Trigger(
                        name="leaves_no_account_without_main",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.kind = 'main_administrator')",
                            constraint="CONSTRAINT",
                            func="\n    IF EXISTS (SELECT FROM accounts_account WHERE id = NEW.account_id AND state <> 'closed') THEN\n        PERFORM FROM members_member WHERE is_active AND id IN (\n            SELECT member_id FROM accounts_role\n            WHERE account_id = NEW.account_id AND kind = 'main_administrator' AND until IS NULL) FOR SHARE;\n        IF NOT FOUND THEN\n            RAISE EXCEPTION 'an account always has a main administrator who serves'\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'account_has_its_main_administrator';\n        END IF;\n    END IF;\n    RETURN NULL;\n",
                            hash="4cfc4c13d689e2c846cc359191c076b20b907656",
                            operation="UPDATE",
                            pgid="pgtrigger_leaves_no_account_without_main_ff5dc",
                            table="accounts_role",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="role",
                    trigger=pgtrigger.compiler.Trigger(
                        name="whoever_has_it_serves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.until IS NULL)",
                            func="\n    PERFORM FROM members_member WHERE id = NEW.member_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n     RETURN NEW;",
                            hash="eb3d8684a16a23d3a8aba7816735098635de74e1",
                            operation="INSERT",
                            pgid="pgtrigger_whoever_has_it_serves_0a873",
                            table="accounts_role",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="terms",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e7932eeacfcb1fb7b7f6d25601b36517e1fcd139",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_4036e",
                            table="accounts_terms",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="terms",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="da15a649dc4529f65204756d6bd222345e0ca44a",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_673c1",
                            table="accounts_terms",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="terms",
                    trigger=pgtrigger.compiler.Trigger(
                        name="terms_follow_each_other",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF EXISTS (\n                        SELECT FROM accounts_terms\n                        WHERE version >= NEW.version OR effective_from > NEW.effective_from\n                    ) THEN\n                        RAISE EXCEPTION 'a version of the terms is in force after the one before it'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="9b1cf8fba2372e524ecc00a46b433328930ffd8e",
                            operation="INSERT",
                            pgid="pgtrigger_terms_follow_each_other_37918",
                            table="accounts_terms",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="removal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="removal_stands_as_opened",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."member_id" IS DISTINCT FROM (NEW."member_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="b00898c7279f44dfcc36b342177d45ad867b5667",
                            operation="UPDATE",
                            pgid="pgtrigger_removal_stands_as_opened_b02a6",
                            table="accounts_removal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="removal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_confirmed_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state = 'removed')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="e937b3613de6a5372814547cca2a395896756794",
                            operation="UPDATE",
                            pgid="pgtrigger_is_confirmed_once_b29ef",
                            table="accounts_removal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="removal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="removed_when_every_item_is",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.state = 'removed' AND OLD.state <> 'removed')",
                            func="\n                    IF EXISTS (SELECT FROM accounts_removalitem\n                               WHERE removal_id = NEW.id AND confirmed_at IS NULL) THEN\n                        RAISE EXCEPTION 'an item of the check-list is not confirmed yet';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="34d84621047b110f1b0f699668836d8209eb50f8",
                            operation="UPDATE",
                            pgid="pgtrigger_removed_when_every_item_is_7129c",
                            table="accounts_removal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="removalnote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="17c984b3604f4946837ec0861abdf65946e5de44",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_7be0b",
                            table="accounts_removalnote",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="removalnote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="cf853e4f87783f70b3c9ae16ab847eb403867d40",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_06778",
                            table="accounts_removalnote",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="audiencecount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a2affe8acc6bcf7f687a397bac55b4d84b476467",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_1786e",
                            table="accounts_audiencecount",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="audiencecount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="3976bcea0981e3cf43b7fe53184d1e112ee8ab85",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_1ecb3",
                            table="accounts_audiencecount",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="platformfilter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="filter_stands_as_written",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."what" IS DISTINCT FROM (NEW."what") OR OLD."strength" IS DISTINCT FROM (NEW."strength") OR OLD."why" IS DISTINCT FROM (NEW."why") OR OLD."replaces_id" IS DISTINCT FROM (NEW."replaces_id") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="f72976b11ab93405c933241516e1c22c9ed44fcc",
                            operation="UPDATE",
                            pgid="pgtrigger_filter_stands_as_written_fe573",
                            table="accounts_platformfilter",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="platformfilter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="filter_ends_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state IN ('declined', 'ended'))",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="a03ba117ee5a3e0dde9cbe5548eb68f626025133",
                            operation="UPDATE",
                            pgid="pgtrigger_filter_ends_once_4dfbd",
                            table="accounts_platformfilter",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="filternote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a78f3114168eab407538e12a28b813165f411eb1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_50e5d",
                            table="accounts_filternote",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="filternote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="45cffd648dc90aef4b5b162fa81e0e0747521dd3",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_7d9ba",
                            table="accounts_filternote",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="termscheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8581d285dbe244f113326e5efb03f6c9db44c0de",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_4e884",
                            table="accounts_termscheck",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="termscheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="454adbe9e1409e72324a83c39ab0e96f43cd6168",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_28366",
                            table="accounts_termscheck",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="termsdraft",
                    trigger=pgtrigger.compiler.Trigger(
                        name="draft_ends_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state <> 'draft')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="8bfbcaee206ee5bc9a0bbf9c2dc2cf551a7425a6",
                            operation="UPDATE",
                            pgid="pgtrigger_draft_ends_once_facc8",
                            table="accounts_termsdraft",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="termsreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="89390df272a6aa7f457265db590fc4fa53769976",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_1845d",
                            table="accounts_termsreview",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="termsreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="763bda517ba59c169f18cfcc6070d2f868d5cfb3",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_34198",
                            table="accounts_termsreview",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="termstext",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="70e9afe14abff0513d97241da4d5d279fab56bdb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_27ad4",
                            table="accounts_termstext",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="termstext",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="8a815ba38a5d4f4d232bc6dc8ea8b72e69cff46e",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_42199",
                            table="accounts_termstext",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accountrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="request_stands_as_asked",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."platform" IS DISTINCT FROM (NEW."platform") OR OLD."handle" IS DISTINCT FROM (NEW."handle") OR OLD."handle_key" IS DISTINCT FROM (NEW."handle_key") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."values_statement" IS DISTINCT FROM (NEW."values_statement") OR OLD."stood_before" IS DISTINCT FROM (NEW."stood_before") OR OLD."requested_by_id" IS DISTINCT FROM (NEW."requested_by_id") OR OLD."requested_at" IS DISTINCT FROM (NEW."requested_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="29846bcaba8f62e76f06fae1ca5eac78e1286405",
                            operation="UPDATE",
                            pgid="pgtrigger_request_stands_as_asked_cfa28",
                            table="accounts_accountrequest",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accountrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="begins_as_requested",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF NEW.state <> 'requested' OR NEW.stood_before THEN\n                        RAISE EXCEPTION 'a request begins as requested';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="8242e865d554eefdcc41ec1f8ed6f6278b5097e2",
                            operation="INSERT",
                            pgid="pgtrigger_begins_as_requested_489f4",
                            table="accounts_accountrequest",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accountrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="handle_is_free",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.platform || ' ' || NEW.handle_key, 0));\n                    IF EXISTS (SELECT FROM accounts_account WHERE platform = NEW.platform\n                               AND handle_key = NEW.handle_key AND state <> 'closed') THEN\n                        RAISE unique_violation USING MESSAGE = 'an account stands under this handle';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="ded69c6b2141c62e76fb4dc1c59ac54f24be2ff4",
                            operation="INSERT",
                            pgid="pgtrigger_handle_is_free_366a8",
                            table="accounts_accountrequest",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accountrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="request_moves_by_decisions",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF OLD.state = NEW.state THEN\n                        RETURN NEW;\n                    END IF;\n                    IF NOT (\n                        (NEW.state = 'withdrawn' AND OLD.state IN ('requested', 'approved') AND NOT EXISTS\n                            (SELECT FROM accounts_account WHERE request_id = NEW.id))\n                        OR (NEW.state = 'connected' AND OLD.state = 'approved' AND EXISTS\n                            (SELECT FROM accounts_account WHERE request_id = NEW.id))\n                        OR (NEW.state IN ('approved', 'declined') AND OLD.state = 'requested' AND EXISTS\n                            (SELECT FROM accounts_requestdecision\n                             WHERE request_id = NEW.id AND verdict = NEW.state))\n                    ) THEN\n                        RAISE EXCEPTION 'a request does not move from % to % so', OLD.state, NEW.state;\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="8e46d937bf1b4b2d77f89de7d48180fba433af2d",
                            operation="UPDATE",
                            pgid="pgtrigger_request_moves_by_decisions_95b97",
                            table="accounts_accountrequest",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="goalserved",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ffdab9faf7382e1257af21e9c7a0496b0323387d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_1bbd9",
                            table="accounts_goalserved",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="goalserved",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="542ad4337a8684d3a817c2f8452ed72b96e94994",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_4ade1",
                            table="accounts_goalserved",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="goalserved",
                    trigger=pgtrigger.compiler.Trigger(
                        name="asked_for_with_the_request",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM FROM accounts_accountrequest WHERE id = NEW.request_id AND state = 'requested' FOR KEY SHARE;\n        IF NOT FOUND THEN\n            RAISE EXCEPTION 'pgtrigger: a request that is decided stands as it was asked';\n        END IF;\n        RETURN NEW;\n    ",
                            hash="a4e569d3daa65fea1ffa32d94c1384b405ef799b",
                            operation="INSERT",
                            pgid="pgtrigger_asked_for_with_the_request_65924",
                            table="accounts_goalserved",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="requestdecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d6561e683771270332686361a24ac7685423fcba",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_3922b",
                            table="accounts_requestdecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="requestdecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="8498fd03d571875484b70f7a2348de5955219c8a",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_54fbc",
                            table="accounts_requestdecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="requestdecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="decides_anothers_request",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE asked accounts_accountrequest%ROWTYPE;",
                            func="\n                    SELECT * INTO asked FROM accounts_accountrequest WHERE id = NEW.request_id FOR UPDATE;\n                    IF asked.state <> 'requested' THEN\n                        RAISE EXCEPTION 'the request is decided or withdrawn';\n                    END IF;\n                    IF NEW.verdict = 'approved'\n                       AND NOT EXISTS (SELECT FROM accounts_goalserved WHERE request_id = NEW.request_id) THEN\n                        RAISE EXCEPTION 'the request names no goal that the account would serve';\n                    END IF;\n                    IF asked.requested_by_id = NEW.by_id AND EXISTS (\n                        SELECT FROM members_member WHERE is_active AND id <> NEW.by_id\n                        AND position NOT IN ('auditor', 'legal_adviser', 'records_custodian')) THEN\n                        RAISE EXCEPTION 'nobody decides his own request while others serve';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="7794100506b6e631d9c37eb192dc475f0fbaa716",
                            operation="INSERT",
                            pgid="pgtrigger_decides_anothers_request_23e25",
                            table="accounts_requestdecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="requestdecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="decided_by_who_may",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND position IN ('commander');\n    IF NOT FOUND THEN\n        PERFORM FROM members_designation\n        WHERE designee_id = NEW.by_id AND power IN ('', 'approve_accounts') AND ended_at IS NULL\n            AND since <= clock_timestamp() + interval '1 minute' AND until > clock_timestamp() - interval '1 minute'\n        FOR SHARE;\n        IF NOT FOUND THEN\n            RAISE check_violation USING MESSAGE = 'this is not his to decide: approve_accounts';\n        END IF;\n    END IF;\n     RETURN NEW;",
                            hash="3507632966c74d58c6be47c2d7dd9e65a63df1c2",
                            operation="INSERT",
                            pgid="pgtrigger_decided_by_who_may_4c831",
                            table="accounts_requestdecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="requestedrole",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4f700e2aefa2be780544af65a0e63283555a6e79",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_16ad8",
                            table="accounts_requestedrole",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="requestedrole",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="e49059aaacc7229712184b009c13eeb48cc45742",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_1a931",
                            table="accounts_requestedrole",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="requestedrole",
                    trigger=pgtrigger.compiler.Trigger(
                        name="asked_for_with_the_request",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        PERFORM FROM accounts_accountrequest WHERE id = NEW.request_id AND state = 'requested' FOR KEY SHARE;\n        IF NOT FOUND THEN\n            RAISE EXCEPTION 'pgtrigger: a request that is decided stands as it was asked';\n        END IF;\n        RETURN NEW;\n    ",
                            hash="647dd73372f365f92eb27628f761aa0eb5df4bb2",
                            operation="INSERT",
                            pgid="pgtrigger_asked_for_with_the_request_fc071",
                            table="accounts_requestedrole",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gap",
                    trigger=pgtrigger.compiler.Trigger(
                        name="gap_stands_as_noticed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."why" IS DISTINCT FROM (NEW."why") OR OLD."noticed_at" IS DISTINCT FROM (NEW."noticed_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="b4a4b5399ab0e7a85beace799c0e500b25b58ca9",
                            operation="UPDATE",
                            pgid="pgtrigger_gap_stands_as_noticed_58ff5",
                            table="accounts_gap",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gap",
                    trigger=pgtrigger.compiler.Trigger(
                        name="filled_gap_stands",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.filled_at IS NOT NULL)",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="6f952be54f2b0e287ec1166a4d9be240ee62c1b0",
                            operation="UPDATE",
                            pgid="pgtrigger_filled_gap_stands_fa440",
                            table="accounts_gap",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="connecting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="sign_in_stands_as_begun",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."request_id" IS DISTINCT FROM (NEW."request_id") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."member_id" IS DISTINCT FROM (NEW."member_id") OR OLD."platform" IS DISTINCT FROM (NEW."platform") OR OLD."state_digest" IS DISTINCT FROM (NEW."state_digest") OR OLD."session_digest" IS DISTINCT FROM (NEW."session_digest") OR OLD."redirect_uri" IS DISTINCT FROM (NEW."redirect_uri") OR OLD."cut_off_days" IS DISTINCT FROM (NEW."cut_off_days") OR OLD."begun_at" IS DISTINCT FROM (NEW."begun_at") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="7c62931931e4450d04ced2f3aed185976a7a36c3",
                            operation="UPDATE",
                            pgid="pgtrigger_sign_in_stands_as_begun_29dd1",
                            table="accounts_connecting",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="connecting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="sign_in_goes_forward",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state IN ('connected', 'failed') OR (OLD.state <> 'sent' AND NEW.state = 'sent'))",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="9317591758e0e1d4b719161eb71f474bbfa0117b",
                            operation="UPDATE",
                            pgid="pgtrigger_sign_in_goes_forward_7cec6",
                            table="accounts_connecting",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="standingban",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ban_stands_as_found",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."remote_id" IS DISTINCT FROM (NEW."remote_id") OR OLD."seen_at" IS DISTINCT FROM (NEW."seen_at") OR OLD."noted_by_id" IS DISTINCT FROM (NEW."noted_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="2db07d043e2c15ec0f446d5b6894d1a3542cc3be",
                            operation="UPDATE",
                            pgid="pgtrigger_ban_stands_as_found_5e930",
                            table="accounts_standingban",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="acknowledgement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="34fc435975cf70bbcd0829c2cd20cb1ed9416dea",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_fb1ad",
                            table="accounts_acknowledgement",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="acknowledgement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="946202356f0391f17882e6c07c0a3a03cbf9f2f9",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_fa115",
                            table="accounts_acknowledgement",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="acknowledgement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="the_commander_takes_them_on",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND position IN ('commander');\n    IF NOT FOUND THEN\n        PERFORM FROM members_designation\n        WHERE designee_id = NEW.by_id AND power IN ('', 'designate') AND ended_at IS NULL\n            AND since <= clock_timestamp() + interval '1 minute' AND until > clock_timestamp() - interval '1 minute'\n        FOR SHARE;\n        IF NOT FOUND THEN\n            RAISE check_violation USING MESSAGE = 'this is not his to decide: designate';\n        END IF;\n    END IF;\n     RETURN NEW;",
                            hash="be2840500e4ea48c024af145a46710199bc23ecf",
                            operation="INSERT",
                            pgid="pgtrigger_the_commander_takes_them_on_cb81f",
                            table="accounts_acknowledgement",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accountname",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9402be037492cf6ed7c5f41d6b1303ca9a289347",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_41152",
                            table="accounts_accountname",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accountname",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="20329c05a1e52a2be9c21a3f1e4cd80e066ad743",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_c3dcd",
                            table="accounts_accountname",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="suspension",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d83ae434ba8456e0ea7aad6d3351d0895d0f9ce7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_d425d",
                            table="accounts_suspension",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="suspension",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="6238a97604398ce4dc681b9a63c6a23d30c1a331",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_be9f0",
                            table="accounts_suspension",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recoveryhold",
                    trigger=pgtrigger.compiler.Trigger(
                        name="hold_stands_as_noted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."member_id" IS DISTINCT FROM (NEW."member_id") OR OLD."holder" IS DISTINCT FROM (NEW."holder") OR OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="ddbbf486c9964e3c707660ebfe67c712dfa66445",
                            operation="UPDATE",
                            pgid="pgtrigger_hold_stands_as_noted_4918b",
                            table="accounts_recoveryhold",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recoveryhold",
                    trigger=pgtrigger.compiler.Trigger(
                        name="hold_ends_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.until IS NOT NULL)",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="8662f37d42de0eba9f187cc86d6f8d68bb5285d7",
                            operation="UPDATE",
                            pgid="pgtrigger_hold_ends_once_450f5",
                            table="accounts_recoveryhold",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="removalitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="item_stands_as_listed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."removal_id" IS DISTINCT FROM (NEW."removal_id") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."where" IS DISTINCT FROM (NEW."where") OR OLD."what" IS DISTINCT FROM (NEW."what") OR OLD."hold_id" IS DISTINCT FROM (NEW."hold_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="1d0b0f9a42362211e3fa543dce8cea930c5a7e74",
                            operation="UPDATE",
                            pgid="pgtrigger_item_stands_as_listed_253fd",
                            table="accounts_removalitem",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="removalitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="item_is_confirmed_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.confirmed_at IS NOT NULL)",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="033680e458b8f6eaa66ce05d9179c0ddbadc733b",
                            operation="UPDATE",
                            pgid="pgtrigger_item_is_confirmed_once_7277b",
                            table="accounts_removalitem",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="removalitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="item_not_confirmed_by_him",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.confirmed_by_id IS NOT NULL)",
                            func="\n                    IF EXISTS (SELECT FROM accounts_removal\n                               WHERE id = NEW.removal_id AND member_id = NEW.confirmed_by_id) THEN\n                        RAISE EXCEPTION 'nobody confirms his own removal';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="079e26972346246508748d22de2f08493dd9f792",
                            operation="UPDATE",
                            pgid="pgtrigger_item_not_confirmed_by_him_fc880",
                            table="accounts_removalitem",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="followernotice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cb939bb4ecf7f8e8393f8d752e20074155759faa",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_8cbfe",
                            table="accounts_followernotice",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="followernotice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="3e2d44f4d3d4827a02fafda8531ef182d00dc5a0",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_09c94",
                            table="accounts_followernotice",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="termination",
                    trigger=pgtrigger.compiler.Trigger(
                        name="termination_is_over",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state <> 'prepared')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="be732ebf32e99acdb18a9ecf7d45b24b75530274",
                            operation="UPDATE",
                            pgid="pgtrigger_termination_is_over_bb000",
                            table="accounts_termination",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="termination",
                    trigger=pgtrigger.compiler.Trigger(
                        name="termination_keeps_its_account",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."prepared_by_id" IS DISTINCT FROM (NEW."prepared_by_id") OR OLD."prepared_at" IS DISTINCT FROM (NEW."prepared_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="0a3fc0c2cd6c07e4794ce6671de116c95cd88339",
                            operation="UPDATE",
                            pgid="pgtrigger_termination_keeps_its_account_dac7a",
                            table="accounts_termination",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="termination",
                    trigger=pgtrigger.compiler.Trigger(
                        name="approved_with_its_conditions",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.state = 'approved')",
                            func="\n                    IF TG_OP = 'INSERT' OR NEW.alternative = '' OR NEW.archive_digest || NEW.archive_gone = ''\n                       OR NOT EXISTS (SELECT FROM accounts_terminationapproval WHERE termination_id = NEW.id)\n                       OR NOT EXISTS (SELECT FROM accounts_followernotice\n                                      WHERE termination_id = NEW.id AND published_at <=\n                                          statement_timestamp() - make_interval(days => NEW.notice_days)) THEN\n                        RAISE EXCEPTION 'a condition of the termination is missing';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="bfa18d85cf1e220a662f1c455edc9281dcf9b0e8",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_approved_with_its_conditions_f4661",
                            table="accounts_termination",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="terminationapproval",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8c87c494e4fcd8212f2e452ef5744e9c3cd8bc08",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_ae681",
                            table="accounts_terminationapproval",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="terminationapproval",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="46850a723f63ca4dcf13cf8f3a858f70de973246",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_1560f",
                            table="accounts_terminationapproval",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="terminationapproval",
                    trigger=pgtrigger.compiler.Trigger(
                        name="the_commander_ends_it",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND position IN ('commander');\n    IF NOT FOUND THEN\n        PERFORM FROM members_designation\n        WHERE designee_id = NEW.by_id AND power IN ('', 'terminate_accounts') AND ended_at IS NULL\n            AND since <= clock_timestamp() + interval '1 minute' AND until > clock_timestamp() - interval '1 minute'\n        FOR SHARE;\n        IF NOT FOUND THEN\n            RAISE check_violation USING MESSAGE = 'this is not his to decide: terminate_accounts';\n        END IF;\n    END IF;\n     RETURN NEW;",
                            hash="3f57b9000dbd2e7821a0959879ed76aceb22672e",
                            operation="INSERT",
                            pgid="pgtrigger_the_commander_ends_it_68c46",
                            table="accounts_terminationapproval",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fakeaccount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="fake_stands_as_found",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."platform" IS DISTINCT FROM (NEW."platform") OR OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."pretends" IS DISTINCT FROM (NEW."pretends") OR OLD."found_on" IS DISTINCT FROM (NEW."found_on") OR OLD."found_by_id" IS DISTINCT FROM (NEW."found_by_id") OR OLD."picture" IS DISTINCT FROM (NEW."picture") OR OLD."picture_digest" IS DISTINCT FROM (NEW."picture_digest") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="868c776d2c03e84704ea177d65968885bd3f8eec",
                            operation="UPDATE",
                            pgid="pgtrigger_fake_stands_as_found_cf33d",
                            table="accounts_fakeaccount",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fakestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f514d692d6a99cb4558470bfe2ab2ccbc1b6afc5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_b6835",
                            table="accounts_fakestep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fakestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="f2e78c1655d7a6543185cbecd49a3a7246925b98",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_3331d",
                            table="accounts_fakestep",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            sql="""
    CREATE FUNCTION accounts_who_leaves() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (
            SELECT FROM accounts_role role JOIN accounts_account account ON account.id = role.account_id
            WHERE role.member_id = NEW.id AND role.kind = 'main_administrator' AND role.until IS NULL
              AND account.state <> 'closed' AND NOT NEW.is_active
        ) THEN
            RAISE EXCEPTION 'an account always has a main administrator who serves'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'account_has_its_main_administrator';
        END IF;
        RETURN NULL;
    END
    $$;
    CREATE CONSTRAINT TRIGGER accounts_who_leaves AFTER UPDATE OF is_active ON members_member
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active)
        EXECUTE FUNCTION accounts_who_leaves();
""",
            reverse_sql="DROP TRIGGER accounts_who_leaves ON members_member; DROP FUNCTION accounts_who_leaves();",
        ),
    ]
