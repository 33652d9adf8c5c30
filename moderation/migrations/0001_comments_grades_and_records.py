"""Comments, grades, records and all that rests on them, as the first forty-seven migrations left them.

A new unit takes this one; one that has the others goes on from them.
"""

import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import members.migrating
import members.models.trail


class Migration(migrations.Migration):
    replaces = [
        ("moderation", "0001_comments_grades_records_orders"),
        ("moderation", "0002_orders_rest_on_their_own_grade_and_record"),
        ("moderation", "0003_one_click_is_one_grade"),
        ("moderation", "0004_a_note_can_close_a_grade"),
        ("moderation", "0005_no_null_slips_through_a_wall"),
        ("moderation", "0006_additions_are_sealed_too"),
        ("moderation", "0007_hidden_rests_on_a_hide"),
        ("moderation", "0008_posters_of_periscope"),
        ("moderation", "0009_comments_of_a_day"),
        ("moderation", "0010_webhook_deliveries"),
        ("moderation", "0011_measures_and_proposals"),
        ("moderation", "0012_avatars_of_posters"),
        ("moderation", "0013_deliveries_by_name"),
        ("moderation", "0014_nothing_waits_when_an_account_ends"),
        ("moderation", "0015_captures"),
        ("moderation", "0016_measures_rest_on_what_stands_now"),
        ("moderation", "0017_the_band_of_what_waits"),
        ("moderation", "0018_clearances_and_second_looks"),
        ("moderation", "0019_members_desks"),
        ("moderation", "0020_second_reviews"),
        ("moderation", "0021_referrals"),
        ("moderation", "0022_what_triage_suggested"),
        ("moderation", "0022_threats"),
        ("moderation", "0023_the_grading_system_as_data"),
        ("moderation", "0024_prepared_texts"),
        ("moderation", "0025_facts_library"),
        ("moderation", "0026_breaches_and_notices"),
        ("moderation", "0027_records_found"),
        ("moderation", "0028_appeals"),
        ("moderation", "0029_replies_rest_on_a_look"),
        ("moderation", "0030_bans_rest_on_the_ladder"),
        ("moderation", "0031_neutrality_audit"),
        ("moderation", "0032_what_is_held_of_posters"),
        ("moderation", "0033_a_correction_names_what_it_puts_right"),
        ("moderation", "0034_changes_are_looked_at_too"),
        ("moderation", "0035_who_decided_on_a_threat_took_part"),
        ("moderation", "0036_free_words_rest_on_a_look"),
        ("moderation", "0037_level_7_gets_notices_alone"),
        ("moderation", "0038_breaches_of_an_8_are_decided"),
        ("moderation", "0039_what_is_not_cleared_is_outstanding"),
        ("moderation", "0040_links_of_alerts_are_stored_nowhere"),
        ("moderation", "0041_who_appeals_reads_by_a_code_of_his_own"),
        ("moderation", "0042_columns_and_indexes_that_storage_needs"),
        ("moderation", "0043_bytes_packed_by_page"),
        ("moderation", "0044_a_delivery_with_its_headers"),
        ("moderation", "0045_addresses_kept_short"),
        ("moderation", "0046_identity_is_said_by_the_row"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_accounts_roles_and_terms"),
        ("members", "0001_the_unit_and_its_trail"),
    ]

    operations = [
        members.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="Comment",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "account",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="accounts.account",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="received",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "poster",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="moderation.poster",
                            ),
                        ),
                        (
                            "page",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.receivedpage",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.webhookdelivery",
                            ),
                        ),
                        ("posted_at", models.DateTimeField(null=True)),
                        ("received_at", models.DateTimeField()),
                        ("place", models.IntegerField(null=True)),
                        ("length", models.IntegerField(null=True)),
                        ("ours", models.BooleanField(default=False)),
                        ("remote_id", models.TextField()),
                        (
                            "kind",
                            models.TextField(
                                choices=[
                                    ("comment", "comment"),
                                    ("reply", "reply"),
                                    ("mention", "mention"),
                                    ("visitor_post", "visitor's post"),
                                    ("message", "private message"),
                                ]
                            ),
                        ),
                        ("post_remote_id", models.TextField(blank=True)),
                        ("parent_remote_id", models.TextField(blank=True)),
                        ("author_name", models.TextField(blank=True)),
                        ("author_handle", models.TextField(blank=True)),
                        ("author_avatar_url", models.TextField(blank=True)),
                        ("text", models.TextField(blank=True)),
                        ("language", models.TextField(blank=True)),
                        ("attachments", models.JSONField(default=list)),
                        ("address", models.TextField(blank=True)),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["post", "id"], name="moderation__post_id_86fa4b_idx"),
                            django.contrib.postgres.indexes.BrinIndex(
                                autosummarize=True,
                                fields=["received_at"],
                                name="comment_by_the_day",
                                pages_per_range=16,
                            ),
                            models.Index(
                                condition=models.Q(("language__in", ["", "en"]), _negated=True),
                                fields=["language"],
                                name="comment_language",
                            ),
                            models.Index(fields=["poster", "id"], name="moderation__poster__cf01ca_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("account", "remote_id"), name="one_comment_a_remote_id"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("delivery__isnull", True),
                                        ("length__isnull", True),
                                        ("page__isnull", False),
                                        ("place__isnull", False),
                                    ),
                                    models.Q(
                                        ("delivery__isnull", False),
                                        ("length__isnull", False),
                                        ("page__isnull", True),
                                        ("place__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="comment_stands_on_its_bytes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GradingSystem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.IntegerField(unique=True)),
                        ("effective_from", models.DateTimeField()),
                        (
                            "written_at",
                            models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow()),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Note",
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
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notes",
                                to="moderation.comment",
                            ),
                        ),
                        (
                            "closes",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.grade",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Poster",
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
                        ("name", models.TextField(blank=True)),
                        ("handle", models.TextField(blank=True)),
                        ("avatar_url", models.TextField(blank=True)),
                        ("first_seen_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("platform", "remote_id"), name="one_poster_a_remote_id")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReceivedBody",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("body", models.BinaryField()),
                        (
                            "page",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="whole",
                                to="moderation.receivedpage",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ReceivedPage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("call", models.CharField(max_length=60)),
                        ("digest", models.BinaryField()),
                        ("size", models.BigIntegerField()),
                        ("headers", models.JSONField(default=dict)),
                        ("received_at", models.DateTimeField()),
                        (
                            "account",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.account",
                            ),
                        ),
                        ("items", models.BinaryField(null=True)),
                        ("items_digest", models.BinaryField(null=True)),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["account", "-received_at"], name="moderation__account_96a4ac_idx")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("items__isnull", True), ("items_digest__isnull", True)),
                                    models.Q(("items__isnull", False), ("items_digest__isnull", False)),
                                    _connector="OR",
                                ),
                                name="items_have_a_digest",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RetainedAddition",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("kind", models.TextField()),
                        ("source", models.TextField(blank=True)),
                        ("media_type", models.TextField(blank=True)),
                        ("content", models.BinaryField(null=True)),
                        ("digest", models.BinaryField(null=True)),
                        ("unavailable", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="additions",
                                to="moderation.retainedrecord",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("content__isnull", False), ("digest__isnull", False), ("unavailable", "")
                                    ),
                                    models.Q(("content__isnull", True), models.Q(("unavailable", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="addition_is_here_or_says_why_not",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RetainedRecord",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("version", models.IntegerField()),
                        ("digest", models.BinaryField()),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="records",
                                to="moderation.comment",
                            ),
                        ),
                        (
                            "grade",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="records",
                                to="moderation.grade",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SetAside",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("offset", models.BigIntegerField(default=0)),
                        ("body", models.BinaryField()),
                        ("digest", models.BinaryField()),
                        ("size", models.BigIntegerField()),
                        ("reason", models.TextField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="set_aside",
                                to="accounts.account",
                            ),
                        ),
                        (
                            "page",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="set_aside",
                                to="moderation.receivedpage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "items set aside",
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("account", "digest"), name="one_set_aside_a_digest")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Case",
                    fields=[
                        (
                            "comment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="case",
                                serialize=False,
                                to="moderation.comment",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("outstanding", "outstanding"),
                                    ("addressed", "addressed"),
                                    ("gone", "gone before grading"),
                                    ("archived", "archived"),
                                    ("ours", "our own"),
                                ],
                                default="waiting",
                                editable=False,
                                max_length=20,
                            ),
                        ),
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
                        ("version", models.IntegerField(default=1)),
                        ("digest", models.BinaryField(null=True)),
                        (
                            "sight",
                            models.CharField(
                                choices=[
                                    ("unknown", "not known"),
                                    ("visible", "visible"),
                                    ("hidden", "hidden"),
                                    ("gone", "gone"),
                                ],
                                default="unknown",
                                max_length=10,
                            ),
                        ),
                        ("sight_at", models.DateTimeField(null=True)),
                        ("hidden", models.BooleanField(default=False)),
                        (
                            "grade",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.grade",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "comment",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "outstanding")),
                                fields=["state", "level"],
                                name="case_outstanding",
                            ),
                            models.Index(
                                condition=models.Q(("state", "waiting"), _negated=True),
                                fields=["state"],
                                name="case_state",
                            ),
                            models.Index(
                                condition=models.Q(("level__isnull", False)), fields=["level"], name="case_level"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("level__isnull", True), ("grade__isnull", False), _connector="OR"),
                                name="level_has_a_grade",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("hidden", False), ("grade__isnull", False), _connector="OR"),
                                name="hidden_was_graded",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QueueEntry",
                    fields=[
                        (
                            "comment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="queue_entry",
                                serialize=False,
                                to="moderation.comment",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "account",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="accounts.account",
                            ),
                        ),
                        (
                            "held_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="holds",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("lease_until", models.DateTimeField(null=True)),
                        (
                            "urgency",
                            models.SmallIntegerField(
                                choices=[
                                    (0, "may be a threat or an emergency"),
                                    (1, "may break the terms"),
                                    (2, "asks for help or an answer"),
                                    (3, "ordinary"),
                                ],
                                default=3,
                            ),
                        ),
                        ("suspected", models.SmallIntegerField(null=True)),
                        ("by_model", models.BooleanField(db_default=False, default=False)),
                        ("language", models.TextField(blank=True)),
                        ("because", models.TextField(blank=True)),
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
                                db_default="",
                                default="",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["urgency", "at", "comment"], name="queue_order")],
                    },
                ),
                migrations.CreateModel(
                    name="SearchEntry",
                    fields=[
                        (
                            "comment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="search_entry",
                                serialize=False,
                                to="moderation.comment",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("vector", django.contrib.postgres.search.SearchVectorField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["at"], name="search_newest"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["vector"], gin_pending_list_limit=512, name="search_words"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommentVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.IntegerField()),
                        (
                            "change",
                            models.TextField(
                                choices=[("edited", "edited"), ("deleted", "deleted"), ("restored", "there again")]
                            ),
                        ),
                        ("text", models.TextField(blank=True)),
                        ("edited_at", models.DateTimeField(null=True)),
                        ("seen_at", models.DateTimeField()),
                        ("digest", models.BinaryField()),
                        (
                            "comment",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="moderation.comment",
                            ),
                        ),
                        (
                            "page",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.receivedpage",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.webhookdelivery",
                            ),
                        ),
                        ("place", models.IntegerField(null=True)),
                        ("length", models.IntegerField(null=True)),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("comment", "number"), name="one_version_a_number"),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 2)), name="first_version_is_the_comment"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("delivery__isnull", True),
                                        ("length__isnull", True),
                                        ("page__isnull", False),
                                        ("place__isnull", False),
                                    ),
                                    models.Q(
                                        ("delivery__isnull", False),
                                        ("length__isnull", False),
                                        ("page__isnull", True),
                                        ("place__isnull", False),
                                    ),
                                    models.Q(
                                        ("delivery__isnull", True),
                                        ("length__isnull", True),
                                        ("page__isnull", True),
                                        ("place__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="version_stands_on_its_bytes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Grade",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("version", models.IntegerField(default=1)),
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
                        ("words", models.TextField(blank=True)),
                        ("reason", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grades",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "clause",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.clause",
                            ),
                        ),
                        (
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grades",
                                to="moderation.comment",
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="moderation.grade",
                            ),
                        ),
                        (
                            "system",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.gradingsystem",
                            ),
                        ),
                        ("key", models.CharField(max_length=80, verbose_name="idempotency key")),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", True)),
                                fields=("comment",),
                                name="one_first_grade_a_comment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("level__isnull", True), ("supersedes__isnull", False)),
                                    models.Q(("level__in", [1, 2, 3, 4, 5, 6, 7, 8]), ("level__isnull", False)),
                                    _connector="OR",
                                ),
                                name="grade_is_one_of_the_eight_levels",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("clause__isnull", False), ("level__in", (7, 8)), ("level__isnull", False)
                                    ),
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
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommentOrder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=100, unique=True, verbose_name="idempotency key")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("sending", "being sent"),
                                    ("uncertain", "outcome not known"),
                                    ("by_hand", "to be done by hand"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="waiting",
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("urgent", models.BooleanField(default=False)),
                        ("not_before", models.DateTimeField(default=django.utils.timezone.now)),
                        ("lease_until", models.DateTimeField(null=True)),
                        ("attempts", models.IntegerField(default=0)),
                        ("sent", models.BooleanField(default=False)),
                        ("outcome", models.TextField(blank=True)),
                        ("outcome_code", models.CharField(blank=True, max_length=100)),
                        ("remote_id", models.TextField(blank=True)),
                        ("act", models.UUIDField(default=members.models.trail.current_act)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("done_at", models.DateTimeField(null=True)),
                        (
                            "verb",
                            models.CharField(
                                choices=[("reply", "reply"), ("hide", "hide"), ("unhide", "unhide")], max_length=10
                            ),
                        ),
                        ("level", models.SmallIntegerField(null=True)),
                        ("text", models.TextField(blank=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.account"
                            ),
                        ),
                        (
                            "after",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="moderation.commentorder",
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
                            "clause",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.clause",
                            ),
                        ),
                        (
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="moderation.comment",
                            ),
                        ),
                        (
                            "grade",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="moderation.grade",
                            ),
                        ),
                        (
                            "record",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="moderation.retainedrecord",
                            ),
                        ),
                        ("failures", models.IntegerField(default=0)),
                        (
                            "draft",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="order",
                                to="moderation.replydraft",
                            ),
                        ),
                        ("prepared", models.BooleanField(default=False)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["waiting", "uncertain"])),
                                fields=["not_before"],
                                name="order_due",
                            ),
                            models.Index(
                                condition=models.Q(("state", "sending")), fields=["lease_until"], name="order_left"
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ["by_hand", "failed"])),
                                fields=["state"],
                                name="order_for_a_person",
                            ),
                            models.Index(fields=["comment", "created_at"], name="moderation__comment_4fc720_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["waiting", "sending", "uncertain", "by_hand"])),
                                fields=("comment", "verb"),
                                name="one_open_order_a_verb",
                            ),
                            models.CheckConstraint(
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
                            models.CheckConstraint(
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
                            models.CheckConstraint(
                                condition=models.Q(("verb__in", ["reply", "hide", "unhide"])),
                                name="order_has_a_known_verb",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), _negated=True), ("sent", False), _connector="OR"
                                ),
                                name="what_waits_was_not_sent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GradingLevel",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        ("name", models.TextField()),
                        ("description", models.TextField()),
                        ("example", models.TextField()),
                        ("response", models.TextField()),
                        (
                            "system",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="levels",
                                to="moderation.gradingsystem",
                            ),
                        ),
                        ("contact", models.BooleanField()),
                        ("hide", models.BooleanField()),
                        ("referral", models.BooleanField()),
                        (
                            "reply",
                            models.CharField(
                                choices=[
                                    ("required", "required"),
                                    ("optional", "optional"),
                                    ("forbidden", "forbidden"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("says", models.TextField()),
                        ("second_look", models.BooleanField()),
                        ("source", models.BooleanField()),
                        ("supervisor", models.BooleanField()),
                    ],
                    options={
                        "ordering": ["level"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("system", "level"), name="one_row_a_level"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("level__in", [1, 2, 3, 4, 5, 6, 7, 8]),
                                    ("reply__in", ["required", "optional", "forbidden"]),
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("says", ""), _negated=True),
                                ),
                                name="level_is_one_of_the_eight",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("hide", True), ("level__in", (7, 8))),
                                    models.Q(models.Q(("level__in", (7, 8)), _negated=True), ("hide", False)),
                                    _connector="OR",
                                ),
                                name="7_and_8_hide_and_no_other_does",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("level", 6), _negated=True),
                                    models.Q(
                                        ("contact", False),
                                        ("referral", False),
                                        ("reply", "forbidden"),
                                        ("second_look", False),
                                        ("source", False),
                                        ("supervisor", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="6_demands_no_act",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("level", 8), _negated=True),
                                    models.Q(
                                        ("contact", False),
                                        ("reply", "forbidden"),
                                        ("second_look", False),
                                        ("supervisor", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="8_waits_for_nobody_and_a_supervisor_decides",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RetainedPayload",
                    fields=[
                        (
                            "record",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="payload",
                                serialize=False,
                                to="moderation.retainedrecord",
                            ),
                        ),
                        ("document", models.BinaryField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="WebhookCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("platform", models.CharField(max_length=40)),
                        ("words", models.CharField(max_length=120)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("taken", "taken in"),
                                    ("quiet", "nothing that anybody wrote"),
                                    ("unknown", "not understood"),
                                    ("stranger", "of an account that is not ours"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("remote_id", models.CharField(blank=True, max_length=80)),
                        ("count", models.BigIntegerField()),
                        ("last_at", models.DateTimeField()),
                        (
                            "last",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.webhookdelivery",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("platform", "words", "outcome", "remote_id"), name="one_count_a_change"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WebhookDelivery",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("sender", models.CharField(max_length=40)),
                        ("digest", models.BinaryField()),
                        ("size", models.BigIntegerField()),
                        ("received_at", models.DateTimeField()),
                        ("letter", models.BinaryField()),
                    ],
                    options={
                        "verbose_name_plural": "webhook deliveries",
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("sender", "digest"), name="one_delivery_a_body")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GoneBefore",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("remote_id", models.TextField()),
                        ("at", models.DateTimeField()),
                        (
                            "account",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.account",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("account", "remote_id"), name="one_gone_before_a_comment")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WebhookWork",
                    fields=[
                        (
                            "delivery",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="work",
                                serialize=False,
                                to="moderation.webhookdelivery",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("waiting", "waiting"), ("done", "taken in"), ("failed", "given up")],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("next_at", models.DateTimeField()),
                        ("lease_until", models.DateTimeField(null=True)),
                        ("tries", models.IntegerField(default=0)),
                        ("changes", models.IntegerField(default=0)),
                        ("trouble", models.TextField(blank=True)),
                        ("done_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["next_at"], name="webhook_waiting"
                            ),
                            models.Index(
                                condition=models.Q(("trouble", ""), _negated=True),
                                fields=["-delivery"],
                                name="webhook_in_trouble",
                            ),
                        ],
                        "verbose_name": "delivery",
                    },
                ),
                migrations.CreateModel(
                    name="Proposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("delete", "delete the comment for good"),
                                    ("ban", "ban the poster"),
                                    ("unban", "lift the ban"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "waits for a second person"),
                                    ("approved", "approved"),
                                    ("declined", "declined"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="proposed",
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("decision_reason", models.TextField(blank=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.account"
                            ),
                        ),
                        (
                            "comment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="moderation.comment",
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
                            "poster",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="moderation.poster",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "record",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.retainedrecord",
                            ),
                        ),
                        ("review_on", models.DateField(null=True)),
                    ],
                    options={
                        "ordering": ["-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="proposal_has_a_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                                name="nobody_decides_his_own_proposal",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["proposed", "withdrawn"]),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("state__in", ["approved", "declined"]),
                                        models.Q(("decision_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="proposal_is_decided_with_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("act", "delete"), ("comment__isnull", False), ("record__isnull", False)),
                                    models.Q(("act__in", ["ban", "unban"]), ("poster__isnull", False)),
                                    _connector="OR",
                                ),
                                name="proposal_names_what_it_is_about",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("act__in", ["ban", "unban"]), ("state", "proposed")),
                                fields=("account", "poster"),
                                name="one_open_proposal_a_poster",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("act", "delete"), ("state", "proposed")),
                                fields=("comment",),
                                name="one_open_deletion_a_comment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("act", "ban"), _negated=True),
                                    ("review_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="ban_has_a_date_of_review",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Measure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=100, unique=True, verbose_name="idempotency key")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("sending", "being sent"),
                                    ("uncertain", "outcome not known"),
                                    ("by_hand", "to be done by hand"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="waiting",
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("urgent", models.BooleanField(default=False)),
                        ("not_before", models.DateTimeField(default=django.utils.timezone.now)),
                        ("lease_until", models.DateTimeField(null=True)),
                        ("attempts", models.IntegerField(default=0)),
                        ("failures", models.IntegerField(default=0)),
                        ("sent", models.BooleanField(default=False)),
                        ("outcome", models.TextField(blank=True)),
                        ("outcome_code", models.CharField(blank=True, max_length=100)),
                        ("remote_id", models.TextField(blank=True)),
                        ("act", models.UUIDField(default=members.models.trail.current_act)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("done_at", models.DateTimeField(null=True)),
                        (
                            "verb",
                            models.CharField(
                                choices=[
                                    ("message", "private message"),
                                    ("comment", "comment of our own"),
                                    ("edit_own", "change of our comment"),
                                    ("delete_own", "removal of our comment"),
                                    ("delete", "deletion"),
                                    ("ban", "ban"),
                                    ("unban", "end of the ban"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("text", models.TextField(blank=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.account"
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
                            "comment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
                                to="moderation.comment",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "poster",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
                                to="moderation.poster",
                            ),
                        ),
                        (
                            "record",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.retainedrecord",
                            ),
                        ),
                        (
                            "proposal",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measure",
                                to="moderation.proposal",
                            ),
                        ),
                        (
                            "draft",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measure",
                                to="moderation.replydraft",
                            ),
                        ),
                        ("prepared", models.BooleanField(default=False)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["waiting", "uncertain"])),
                                fields=["not_before"],
                                name="measure_due",
                            ),
                            models.Index(
                                condition=models.Q(("state", "sending")), fields=["lease_until"], name="measure_left"
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ["by_hand", "failed"])),
                                fields=["state"],
                                name="measure_for_a_person",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), _negated=True), ("sent", False), _connector="OR"
                                ),
                                name="waiting_measure_was_not_sent",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("verb__in", ["edit_own", "delete_own", "delete"]),
                                    ("state__in", ["waiting", "sending", "uncertain", "by_hand"]),
                                ),
                                fields=("comment", "verb"),
                                name="one_open_measure_a_verb",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("verb", "message"),
                                    models.Q(
                                        models.Q(("state__in", ["failed", "withdrawn"]), _negated=True),
                                        models.Q(("sent", True), ("state", "failed")),
                                        _connector="OR",
                                    ),
                                ),
                                fields=("comment",),
                                name="one_private_message_a_comment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("comment__isnull", False),
                                        ("verb__in", ["message", "edit_own"]),
                                        models.Q(("text", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("post__isnull", False),
                                        ("verb", "comment"),
                                        models.Q(("text", ""), _negated=True),
                                    ),
                                    models.Q(("comment__isnull", False), ("verb", "delete_own")),
                                    models.Q(
                                        ("comment__isnull", False),
                                        ("proposal__isnull", False),
                                        ("record__isnull", False),
                                        ("verb", "delete"),
                                    ),
                                    models.Q(
                                        ("poster__isnull", False),
                                        ("proposal__isnull", False),
                                        ("verb__in", ["ban", "unban"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="measure_names_what_it_is_about",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Avatar",
                    fields=[
                        (
                            "poster",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="avatar",
                                serialize=False,
                                to="moderation.poster",
                            ),
                        ),
                        ("source", models.TextField(blank=True)),
                        ("content", models.BinaryField(null=True)),
                        ("mime", models.CharField(blank=True, max_length=40)),
                        ("digest", models.BinaryField(max_length=32, null=True)),
                        ("fetched_at", models.DateTimeField(null=True)),
                        ("next_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("failures", models.IntegerField(default=0)),
                        ("trouble", models.TextField(blank=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("fetched_at__isnull", False)),
                                fields=["fetched_at"],
                                name="avatars_by_age",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("content__isnull", True),
                                        ("digest__isnull", True),
                                        ("fetched_at__isnull", True),
                                    ),
                                    models.Q(
                                        ("content__isnull", False),
                                        ("digest__isnull", False),
                                        ("fetched_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="avatar_is_whole_or_absent",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Capture",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("source", models.TextField()),
                        ("why", models.TextField(blank=True)),
                        ("file", models.BinaryField(null=True)),
                        ("mime", models.CharField(blank=True, max_length=60)),
                        ("digest", models.BinaryField()),
                        ("comments", models.IntegerField()),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="captures",
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
                                condition=models.Q(("source", ""), _negated=True), name="capture_names_its_source"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClauseFlag",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("letter", models.CharField(max_length=1)),
                        ("reason", models.TextField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("lifted_at", models.DateTimeField(null=True)),
                        ("lifted_because", models.TextField(blank=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "lifted_by",
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="flag_has_a_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                                    models.Q(
                                        ("lifted_at__isnull", False),
                                        ("lifted_by__isnull", False),
                                        models.Q(("lifted_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="flag_is_lifted_with_a_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_at__isnull", True)),
                                fields=("letter",),
                                name="one_standing_flag_a_letter",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Clearance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject", models.TextField(blank=True)),
                        ("notice", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "waits for a Supervisor"),
                                    ("cleared", "cleared"),
                                    ("refused", "refused"),
                                    ("void", "not needed any more"),
                                ],
                                default="asked",
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("why", models.TextField(blank=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clearances",
                                to="moderation.comment",
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
                            "flag",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.clauseflag",
                            ),
                        ),
                        (
                            "grade",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clearance",
                                to="moderation.grade",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "clearance",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(condition=models.Q(("state", "asked")), fields=["id"], name="clearance_asked")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                name="nobody_clears_his_own_grade",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_by__isnull", True), ("state__in", ["asked", "void"])),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("state__in", ["cleared", "refused"]),
                                        models.Q(("why", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="clearance_is_decided_with_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReplyDraft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=80, unique=True, verbose_name="idempotency key")),
                        (
                            "verb",
                            models.CharField(
                                choices=[
                                    ("reply", "reply"),
                                    ("message", "private message"),
                                    ("comment", "comment under our post"),
                                    ("edit_own", "change of our answer"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("text", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "waits for a second look"),
                                    ("approved", "approved"),
                                    ("returned", "returned"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="asked",
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("why", models.TextField(blank=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "comment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drafts",
                                to="moderation.comment",
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.grade",
                            ),
                        ),
                        (
                            "own",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.comment",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "draft",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(condition=models.Q(("state", "asked")), fields=["id"], name="draft_asked")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="draft_has_a_text"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_by", models.F("by")), _negated=True),
                                    ("state", "withdrawn"),
                                    _connector="OR",
                                ),
                                name="nobody_looks_at_his_own_draft",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["asked", "withdrawn"]),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("state", "approved"),
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("state", "returned"),
                                        models.Q(("why", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="draft_is_decided_by_somebody",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "asked")),
                                fields=("comment", "verb"),
                                name="one_open_draft_a_comment_and_verb",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("own__isnull", False), ("verb", "edit_own")),
                                    models.Q(models.Q(("verb", "edit_own"), _negated=True), ("own__isnull", True)),
                                    _connector="OR",
                                ),
                                name="draft_of_a_change_names_our_answer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("comment__isnull", False), ("grade__isnull", False), ("post__isnull", True)
                                    ),
                                    models.Q(
                                        ("comment__isnull", True),
                                        ("grade__isnull", True),
                                        ("post__isnull", False),
                                        ("verb", "comment"),
                                    ),
                                    models.Q(
                                        ("comment__isnull", True),
                                        ("grade__isnull", True),
                                        ("post__isnull", True),
                                        ("verb", "edit_own"),
                                    ),
                                    _connector="OR",
                                ),
                                name="draft_answers_a_grade_or_nobody",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("comment__isnull", True), ("state", "asked")),
                                fields=("own",),
                                name="one_open_draft_a_comment_of_ours",
                            ),
                        ],
                    },
                ),
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
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("level__in", [1, 2, 3, 4, 5, 7])), name="no_group_of_6_or_8"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Grouped",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "act",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="moderation.groupact",
                            ),
                        ),
                        (
                            "grade",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grouped",
                                to="moderation.grade",
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
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                            "note",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentions",
                                to="moderation.note",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [models.UniqueConstraint(fields=("note", "member"), name="named_once_a_note")],
                    },
                ),
                migrations.CreateModel(
                    name="SavedFilter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        "constraints": [
                            models.UniqueConstraint(fields=("member", "name"), name="one_filter_a_name"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True), models.Q(("query", ""), _negated=True)
                                ),
                                name="filter_says_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GivenBack",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="given_back",
                                to="moderation.comment",
                            ),
                        ),
                        (
                            "held_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                migrations.CreateModel(
                    name="Review",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="moderation.comment",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review",
                                to="moderation.grade",
                            ),
                        ),
                        (
                            "grader",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "second review",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["due_at", "id"], name="review_due"
                            )
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
                                        ("level__in", [1, 2, 3, 4, 5, 6]),
                                        ("level__isnull", False),
                                        ("state", "overturned"),
                                    ),
                                    models.Q(models.Q(("state", "overturned"), _negated=True), ("level__isnull", True)),
                                    _connector="OR",
                                ),
                                name="overturned_review_names_the_right_level",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Section",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("charge", models.TextField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("section", "section of the department"),
                                    ("pio", "Public Information Office"),
                                    ("investigations", "investigations and Crime Stoppers"),
                                    ("dispatch", "dispatch"),
                                ],
                                default="section",
                                max_length=20,
                            ),
                        ),
                        ("public_email", models.EmailField(blank=True, max_length=254)),
                        ("public_phone", models.CharField(blank=True, max_length=40)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("active", models.BooleanField(default=True)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("name"), name="one_section_a_name"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True), models.Q(("charge", ""), _negated=True)
                                ),
                                name="section_says_what_it_is_for",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Referral",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=100, unique=True, verbose_name="idempotency key")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("concern", "concern"),
                                    ("question", "question"),
                                    ("media", "media request"),
                                    ("lead", "lead"),
                                    ("emergency", "emergency"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("answered", "answered"),
                                    ("resolved", "resolved"),
                                    ("declined", "declined"),
                                ],
                                default="open",
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("asks", models.TextField(blank=True)),
                        ("case_number", models.CharField(blank=True, max_length=40)),
                        ("due_at", models.DateTimeField()),
                        ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("last_at", models.DateTimeField(null=True)),
                        ("came_back_at", models.DateTimeField(null=True)),
                        (
                            "outcome_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("helped", "acted on"),
                                    ("informed", "the poster was told"),
                                    ("passed_on", "passed on for good"),
                                    ("nothing_found", "looked into, nothing to act on"),
                                    ("no_answer", "no answer could be had"),
                                    ("false_alarm", "false alarm"),
                                    ("not_ours", "not for this department"),
                                    ("withdrawn", "opened by mistake"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("outcome", models.TextField(blank=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("mail_at", models.DateTimeField(null=True)),
                        ("mail_attempts", models.IntegerField(default=0)),
                        (
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referrals",
                                to="moderation.comment",
                            ),
                        ),
                        (
                            "ended_by",
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="asked_of",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follows",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "section",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="referrals",
                                to="moderation.section",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["owner", "-id"], name="referral_of_owner"),
                            models.Index(
                                condition=models.Q(("state__in", ["open", "answered"])),
                                fields=["due_at"],
                                name="referral_due",
                            ),
                            models.Index(
                                condition=models.Q(("mail_at__isnull", False)),
                                fields=["mail_at"],
                                name="referral_to_write",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("section__isnull", True), ("member__isnull", True), _connector="OR"
                                ),
                                name="referral_goes_to_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["lead", "emergency"]),
                                    ("section__isnull", False),
                                    ("member__isnull", False),
                                    _connector="OR",
                                ),
                                name="referral_goes_to_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "emergency"),
                                    models.Q(("opened_by__isnull", False), ("owner__isnull", False)),
                                    _connector="OR",
                                ),
                                name="referral_has_an_owner",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", True),
                                        ("ended_by__isnull", True),
                                        ("outcome_kind", ""),
                                        ("state__in", ["open", "answered"]),
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("state__in", ["resolved", "declined"]),
                                        models.Q(("outcome_kind", ""), _negated=True),
                                        models.Q(("outcome", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="referral_ends_with_an_outcome",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["open", "answered"])),
                                fields=("comment", "kind"),
                                name="one_open_referral_a_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Exchange",
                    fields=[
                        (
                            "comment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="exchange",
                                serialize=False,
                                to="moderation.comment",
                            ),
                        ),
                        ("remote_id", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "account",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                            "post",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "poster",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.poster",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["poster", "account"], name="exchange_of_poster")],
                    },
                ),
                migrations.CreateModel(
                    name="CameBack",
                    fields=[
                        (
                            "comment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="came_back",
                                serialize=False,
                                to="moderation.comment",
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("poster", "answers you"),
                                    ("answer", "the answer that you asked for is here"),
                                    ("overdue", "no answer came in time"),
                                ],
                                db_default="poster",
                                default="poster",
                                max_length=10,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("told_at", models.DateTimeField(null=True)),
                        (
                            "answers",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.comment",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.referral",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["member", "comment"], name="came_back_to"),
                            models.Index(
                                condition=models.Q(("told_at__isnull", True)), fields=["at"], name="came_back_untold"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferralEntry",
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
                                    ("opened", "opened"),
                                    ("note", "noted"),
                                    ("sent", "written to the section"),
                                    ("not_sent", "could not be written to the section"),
                                    ("dispatch", "called dispatch"),
                                    ("answer", "answer received"),
                                    ("handed_on", "handed on"),
                                    ("due_moved", "due time moved"),
                                    ("wrote_back", "the poster wrote back"),
                                    ("came_back", "back in the queue"),
                                    ("resolved", "resolved"),
                                    ("declined", "closed without following it"),
                                    ("reopened", "opened again"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("text", models.TextField(blank=True)),
                        ("due_at", models.DateTimeField(null=True)),
                        ("happened_at", models.DateTimeField(null=True)),
                        ("number", models.CharField(blank=True, max_length=40)),
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
                            "comment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.comment",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="moderation.referral",
                            ),
                        ),
                        (
                            "section",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.section",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("comment__isnull", False)),
                                fields=("referral", "comment"),
                                name="poster_wrote_back_once_a_comment",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LearnedModel",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        (
                            "model",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.learnedmodel",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_reading")],
                    },
                ),
                migrations.CreateModel(
                    name="Showing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "when",
                            models.CharField(
                                choices=[("before", "before their own choice"), ("after", "after their own choice")],
                                max_length=10,
                            ),
                        ),
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
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("when__in", ["before", "after"])), name="shown_before_or_after"
                            )
                        ],
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
                            models.CharField(
                                choices=[("rules", "the rules"), ("model", "the learned model")], max_length=10
                            ),
                        ),
                        ("shown", models.BooleanField()),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("source__in", ["rules", "model"])),
                                name="suggested_by_rules_or_model",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Threat",
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
                        (
                            "acknowledged_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="threats",
                                to="moderation.comment",
                            ),
                        ),
                        (
                            "grade",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="threat",
                                to="moderation.grade",
                            ),
                        ),
                        (
                            "raised_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "threat",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "raised")), fields=["next_alert_at"], name="threat_raised"
                            ),
                            models.Index(
                                condition=models.Q(("state", "decided"), _negated=True),
                                fields=["id"],
                                name="threat_undecided",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("acknowledged_by__isnull", True),
                                        ("next_alert_at__isnull", False),
                                        ("state", "raised"),
                                    ),
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", False), ("state", "decided")),
                                    models.Q(
                                        ("decided_at__isnull", True), models.Q(("state", "decided"), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="threat_says_when_it_was_decided",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ThreatAlert",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("why", models.TextField()),
                        ("round", models.IntegerField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "notification",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.notification"
                            ),
                        ),
                        (
                            "threat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alerts",
                                to="moderation.threat",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("threat", "member", "round"), name="one_alert_a_member_and_round"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ThreatDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "threat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="moderation.threat",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "refer"), _negated=True),
                                    models.Q(
                                        models.Q(("case_number", ""), _negated=True),
                                        models.Q(("referred_to", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="referral_of_a_threat_has_a_case_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "preserve"), _negated=True),
                                    models.Q(models.Q(("address", ""), _negated=True), ("requested_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="preservation_says_of_whom_and_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ["warn", "no_further_action"]), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="what_is_not_pursued_has_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["refer", "preserve", "warn", "no_further_action"])),
                                name="threat_is_decided_in_a_known_way",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "warn")),
                                fields=("threat",),
                                name="poster_is_warned_once_of_a_threat",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GradingDraft",
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
                        ("levels", models.JSONField()),
                        ("reason", models.TextField()),
                        ("revision", models.IntegerField(default=1)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "based_on",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drafts",
                                to="moderation.gradingsystem",
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
                            "system",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="draft",
                                to="moderation.gradingsystem",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "draft of the grading system",
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")),
                                fields=("state",),
                                name="one_grading_draft_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), ("system__isnull", False)),
                                    models.Q(models.Q(("state", "published"), _negated=True), ("system__isnull", True)),
                                    _connector="OR",
                                ),
                                name="grading_draft_published_names_its_system",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Wording",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("thanks", "thanks"),
                                    ("neutral", "a word to a neutral comment"),
                                    ("answer", "the beginning of an answer"),
                                    ("acknowledge", "public acknowledgement of a concern"),
                                    ("contact", "private message about a concern"),
                                    ("correct", "the beginning of a correction"),
                                    ("notice_first", "notice of a first breach"),
                                    ("notice_second", "notice of a second breach and the ban"),
                                    ("warning", "warning after a threat"),
                                    ("apology", "apology for what was hidden in error"),
                                    ("ban_lifted", "word that a ban is lifted"),
                                    ("emergency", "answer to an emergency"),
                                    ("media", "answer to a media request"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("language", models.CharField(max_length=10)),
                        ("text", models.TextField()),
                        ("digest", models.BinaryField()),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "written_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["purpose", "language", "id"],
                        "abstract": False,
                        "indexes": [models.Index(fields=["purpose", "language"], name="wording_place")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("purpose", "language", "digest"), name="a_wording_is_written_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "language__in",
                                        [
                                            "en",
                                            "es",
                                            "ht",
                                            "ar",
                                            "zh",
                                            "fr",
                                            "de",
                                            "he",
                                            "it",
                                            "ja",
                                            "ko",
                                            "pt",
                                            "ru",
                                            "tl",
                                            "uk",
                                            "vi",
                                        ],
                                    ),
                                    (
                                        "purpose__in",
                                        [
                                            "thanks",
                                            "neutral",
                                            "answer",
                                            "acknowledge",
                                            "contact",
                                            "correct",
                                            "notice_first",
                                            "notice_second",
                                            "warning",
                                            "apology",
                                            "ban_lifted",
                                            "emergency",
                                            "media",
                                        ],
                                    ),
                                    models.Q(("text", ""), _negated=True),
                                ),
                                name="wording_has_a_purpose_and_a_text",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("purpose__in", ["notice_first", "notice_second", "warning"]), _negated=True
                                    ),
                                    models.Q(
                                        ("text__contains", "{clause}"),
                                        ("text__contains", "{reference}"),
                                        ("text__contains", "{address}"),
                                    ),
                                    _connector="OR",
                                ),
                                name="notice_names_clause_reference_and_address",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WordingApproval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        (
                            "wording",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approval",
                                to="moderation.wording",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="WordingReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.TextField()),
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
                            "wording",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review",
                                to="moderation.wording",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True), name="wording_review_has_a_name"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WordingWithdrawal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("why", models.TextField()),
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
                            "wording",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="withdrawal",
                                to="moderation.wording",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("why", ""), _negated=True), name="wording_is_withdrawn_for_a_reason"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FactVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("language", models.CharField(max_length=10)),
                        ("question", models.TextField()),
                        ("answer", models.TextField()),
                        ("source", models.TextField()),
                        ("keywords", models.TextField(blank=True)),
                        ("valid_until", models.DateField(null=True)),
                        ("digest", models.BinaryField()),
                        ("vector", django.contrib.postgres.search.SearchVectorField()),
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
                            "fact",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="moderation.libraryfact",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="library_words"),
                            models.Index(fields=["fact", "language", "-id"], name="library_newest"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "language__in",
                                        [
                                            "en",
                                            "es",
                                            "ht",
                                            "ar",
                                            "zh",
                                            "fr",
                                            "de",
                                            "he",
                                            "it",
                                            "ja",
                                            "ko",
                                            "pt",
                                            "ru",
                                            "tl",
                                            "uk",
                                            "vi",
                                        ],
                                    ),
                                    models.Q(("question", ""), _negated=True),
                                    models.Q(("answer", ""), _negated=True),
                                    models.Q(("source", ""), _negated=True),
                                ),
                                name="fact_has_question_answer_and_source",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FactReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        (
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review",
                                to="moderation.factversion",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AnswerSource",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=80, unique=True)),
                        ("source", models.TextField()),
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
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answer_sources",
                                to="moderation.comment",
                            ),
                        ),
                        (
                            "grade",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="moderation.grade"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="moderation.factversion",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("source", ""), _negated=True), name="answer_source_is_named"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FactWithdrawal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("why", models.TextField()),
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
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="withdrawal",
                                to="moderation.factversion",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("why", ""), _negated=True), name="fact_is_withdrawn_for_a_reason"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LibraryFact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("topic", models.CharField(max_length=80)),
                        ("section", models.CharField(max_length=120)),
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
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("topic", ""), _negated=True), models.Q(("section", ""), _negated=True)
                                ),
                                name="library_fact_has_topic_and_section",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Breach",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="breaches",
                                to="moderation.comment",
                            ),
                        ),
                        (
                            "grade",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="breach",
                                to="moderation.grade",
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
                        "indexes": [
                            models.Index(fields=["poster", "written_at"], name="moderation__poster__c2e065_idx")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("written_at__lte", models.F("at"))),
                                name="breach_is_not_of_the_future",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BreachWithdrawal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "why",
                            models.TextField(
                                choices=[
                                    ("undone", "undone"),
                                    ("regraded", "graded anew"),
                                    ("overturned", "overturned"),
                                ]
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "breach",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="withdrawal",
                                to="moderation.breach",
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
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("why__in", ["undone", "regraded", "overturned"])),
                                name="withdrawal_says_why",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
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
                                choices=[
                                    ("private", "private message"),
                                    ("public", "public reply"),
                                    ("none", "not at all"),
                                ],
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="moderation.comment",
                            ),
                        ),
                        (
                            "grade",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="moderation.grade",
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
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "grade"), name="one_notice_a_kind_and_grade"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("measure__isnull", True),
                                        ("order__isnull", True),
                                        ("way", "none"),
                                        models.Q(("because", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("measure__isnull", True),
                                        ("way", "public"),
                                        models.Q(("text", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("way", "private"),
                                        models.Q(("text", ""), _negated=True),
                                        models.Q(("order__isnull", True), ("measure__isnull", True), _connector="OR"),
                                    ),
                                    _connector="OR",
                                ),
                                name="notice_goes_one_way_or_says_why_not",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reference__regex", "^[ACDEFHJKMNPQRTUVWXY34679]{10}$")),
                                name="reference_can_be_read_aloud",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("because", ""), ("left_at__isnull", True), ("left_by__isnull", True)),
                                    models.Q(models.Q(("because", ""), _negated=True), ("left_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="who_is_not_told_has_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Waiver",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.TextField()),
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
                            "proposal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waiver",
                                to="moderation.proposal",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="waiver_has_a_reason"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BanReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("until", models.DateField()),
                        ("reason", models.TextField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "ban",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="moderation.measure",
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
                                condition=models.Q(("reason", ""), _negated=True), name="ban_review_has_a_reason"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecordEntry",
                    fields=[
                        (
                            "record",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="search_entry",
                                serialize=False,
                                to="moderation.retainedrecord",
                            ),
                        ),
                        ("at", models.DateTimeField()),
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
                        ("clause", models.CharField(max_length=1)),
                        ("vector", django.contrib.postgres.search.SearchVectorField()),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.account"
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
                            "poster",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="moderation.poster",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                models.OrderBy(models.F("at"), descending=True),
                                models.OrderBy(models.F("record"), descending=True),
                                name="record_newest",
                            ),
                            models.Index(fields=["clause", "level"], name="record_clause"),
                            django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="record_words"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appeal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeals",
                                to="moderation.comment",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeals",
                                to="moderation.grade",
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
                        "indexes": [
                            models.Index(fields=["reference"], name="appeal_reference"),
                            models.Index(
                                condition=models.Q(("state", "received")),
                                fields=["received_at", "id"],
                                name="appeal_open",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "received")),
                                fields=("comment",),
                                name="one_open_appeal_a_comment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reference", ""), _negated=True), name="appeal_has_a_reference"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("received_by__isnull", True), ("way", "online")),
                                    models.Q(
                                        models.Q(("way", "online"), _negated=True), ("received_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="appeal_by_hand_names_who_took_it",
                            ),
                            models.CheckConstraint(
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "overturned"),
                                        ("level__in", [1, 2, 3, 4, 5, 6]),
                                        ("level__isnull", False),
                                    ),
                                    models.Q(("ends_ban", True), ("level__isnull", True), ("state", "overturned")),
                                    models.Q(
                                        models.Q(("state", "overturned"), _negated=True),
                                        ("ends_ban", False),
                                        ("level__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="overturned_appeal_says_what_is_undone",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AppealText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField()),
                        ("name", models.TextField(blank=True)),
                        ("email", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "appeal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="texts",
                                to="moderation.appeal",
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
                        ("code", models.CharField(max_length=12, null=True, unique=True)),
                    ],
                    options={
                        "ordering": ["id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="appeal_text_is_not_empty"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Audit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.DateField(unique=True)),
                        ("seed", models.CharField(max_length=64)),
                        ("population", models.IntegerField()),
                        ("size", models.IntegerField()),
                        ("drawn_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "drawn_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-month"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("size__lte", models.F("population"))),
                                name="sample_is_of_its_population",
                            ),
                            models.CheckConstraint(condition=models.Q(("month__day", 1)), name="audit_is_of_a_month"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.IntegerField()),
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
                        (
                            "again",
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
                        ("at", models.DateTimeField(null=True)),
                        (
                            "audit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="moderation.audit"
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
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="moderation.comment"
                            ),
                        ),
                        (
                            "grade",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="moderation.grade"
                            ),
                        ),
                        (
                            "graded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["audit", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("audit", "grade"), name="a_grade_is_sampled_once"),
                            models.CheckConstraint(
                                condition=models.Q(("by", models.F("graded_by")), _negated=True),
                                name="nobody_grades_his_own_again",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("again__isnull", True), ("at__isnull", True), ("by__isnull", True)),
                                    models.Q(
                                        ("again__in", [1, 2, 3, 4, 5, 6, 7, 8]),
                                        ("again__isnull", False),
                                        ("at__isnull", False),
                                        ("by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="graded_again_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PostTopic",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("prevention", "crime prevention"),
                                    ("outreach", "community outreach"),
                                    ("police_matter", "police matter"),
                                    ("member", "member highlight"),
                                    ("repost", "outside story"),
                                    ("emergency", "emergency"),
                                ],
                                max_length=20,
                            ),
                        ),
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
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="topics", to="accounts.post"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [models.Index(fields=["post", "-id"], name="moderation__post_id_71ef71_idx")],
                    },
                ),
                migrations.CreateModel(
                    name="PosterNote",
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
                            "poster",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remarks",
                                to="moderation.poster",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="poster_note_is_not_empty"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Holding",
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
                                condition=models.Q(("reason", ""), _negated=True), name="holding_has_a_reason"
                            )
                        ],
                    },
                ),
            ],
        ),
        members.migrating.Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="comment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ef40d73ea0dd0d740015c3409aeed993b2c55dc0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_d3832",
                            table="moderation_comment",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="comment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="f4de9b2e38cc35b8fc2f87d3cac068353f5863a0",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_4e585",
                            table="moderation_comment",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradingsystem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="39f1658c3c11eacc7be91f4fc5508f1db1bbc060",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_be99e",
                            table="moderation_gradingsystem",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradingsystem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="95d64e688c6e13222eeea47a46cd6541046703a1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_e415e",
                            table="moderation_gradingsystem",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradingsystem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="systems_follow_each_other",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF EXISTS (\n                        SELECT FROM moderation_gradingsystem\n                        WHERE version >= NEW.version OR effective_from > NEW.effective_from\n                    ) THEN\n                        RAISE EXCEPTION 'a version of the grading system is in force after the one before it'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="4e16bbb966ad07b87bca51d72e4117f1ea2edf8c",
                            operation="INSERT",
                            pgid="pgtrigger_systems_follow_each_other_50035",
                            table="moderation_gradingsystem",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradingsystem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="system_has_its_eight_levels",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n                    IF (SELECT count(*) FROM moderation_gradinglevel WHERE system_id = NEW.id) <> 8 THEN\n                        RAISE EXCEPTION 'a version of the grading system has eight levels'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NULL;\n                ",
                            hash="99800d65c5b28ecada071943bee3d16320c1e4d8",
                            operation="INSERT",
                            pgid="pgtrigger_system_has_its_eight_levels_4c8be",
                            table="moderation_gradingsystem",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="note",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b0e9716e525dc949030d02067395879b3ee51be4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_4ec14",
                            table="moderation_note",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="note",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="572b26cce4fdae4f16256a1607a6c80a9a3ab7cd",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_7a310",
                            table="moderation_note",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="receivedbody",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b217dac360607fd9b428cf17b8a4ad1790bc6266",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_db70e",
                            table="moderation_receivedbody",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="receivedbody",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="da4c9b0cee95d9f0afabb9f9d146dd12b0cc7e0c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_5db89",
                            table="moderation_receivedbody",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="receivedpage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ed271fc455f84887963815ee4ad810aeb6bc8b27",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_b3dbb",
                            table="moderation_receivedpage",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="receivedpage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="084c4997cc9da23204e41bce50a606697626ac84",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_b5565",
                            table="moderation_receivedpage",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="retainedaddition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c9ee80e1a96c4ba22c726578320f0e44ccde85b6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_f2fb2",
                            table="moderation_retainedaddition",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="retainedaddition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="dd4acdd2afad2c98a230dd588f2de0225223026e",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_e7f40",
                            table="moderation_retainedaddition",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="retainedaddition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_to_be_sealed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO members_unsealed (ledger, row) VALUES ('additions', NEW.id); RETURN NULL;",
                            hash="5316dec208eb1d9d37724ff8da23fbaa44e12c9c",
                            operation="INSERT",
                            pgid="pgtrigger_is_to_be_sealed_24db3",
                            table="moderation_retainedaddition",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="retainedrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c2143c731db1948c71cd31d90d0a9beb45a33cc0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_68870",
                            table="moderation_retainedrecord",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="retainedrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="921c38cc017e8acb3dca3c729b157349f80a4615",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_9c032",
                            table="moderation_retainedrecord",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="retainedrecord",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_to_be_sealed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="INSERT INTO members_unsealed (ledger, row) VALUES ('records', NEW.id); RETURN NULL;",
                            hash="4c7e3e60a9b35ed97d91441fe63908e4c5841550",
                            operation="INSERT",
                            pgid="pgtrigger_is_to_be_sealed_43a58",
                            table="moderation_retainedrecord",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="setaside",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9995bf6417d011978028ea15ef955ab093c6dcde",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_5fdfd",
                            table="moderation_setaside",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="setaside",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="7e67c8ff6827062495bce9d416238932c0da36e6",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_7f1c2",
                            table="moderation_setaside",
                            when="BEFORE",
                        ),
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
                pgtrigger.migrations.AddTrigger(
                    model_name="case",
                    trigger=pgtrigger.compiler.Trigger(
                        name="hidden_rests_on_a_hide",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."hidden")',
                            func="\nIF NOT EXISTS (\n    SELECT FROM moderation_commentorder\n    WHERE comment_id = NEW.comment_id AND verb = 'hide' AND state = 'done'\n) THEN\n    RAISE EXCEPTION 'pgtrigger: a comment is hidden by an order that was carried out, with its record';\nEND IF;\nRETURN NEW;\n",
                            hash="d94728c397a4e72277a25f91160d912dc5539721",
                            operation='INSERT OR UPDATE OF "hidden"',
                            pgid="pgtrigger_hidden_rests_on_a_hide_6a6fc",
                            table="moderation_case",
                            when="BEFORE",
                        ),
                    ),
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
                pgtrigger.migrations.AddTrigger(
                    model_name="case",
                    trigger=pgtrigger.compiler.Trigger(
                        name="what_waits_to_be_cleared_is_outstanding",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."level" = 7 AND NEW."state" = \'addressed\')',
                            func="\nIF EXISTS (SELECT FROM moderation_clearance WHERE grade_id = NEW.grade_id AND state = 'asked') THEN\n    RAISE EXCEPTION 'pgtrigger: what waits to be cleared is outstanding';\nEND IF;\nRETURN NEW;\n",
                            hash="9f936c19b2a31deaa62f39ce153367171576d3b4",
                            operation='UPDATE OF "state"',
                            pgid="pgtrigger_what_waits_to_be_cleared_is_outstanding_b21c6",
                            table="moderation_case",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="commentversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="936114e1fcb2a4bb203588650182b4e863da7c10",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_69f0e",
                            table="moderation_commentversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="commentversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="806c433cc5032d0e351916f82bc3a0c50232a137",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_36d76",
                            table="moderation_commentversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="grade",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b5e2b745f173b0abef90796338cc9c21d80b8eb6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_f6a07",
                            table="moderation_grade",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="grade",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="f49e3a6e84388d78d042984d47e242ee8fbf9384",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_3ede2",
                            table="moderation_grade",
                            when="BEFORE",
                        ),
                    ),
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
                pgtrigger.migrations.AddTrigger(
                    model_name="commentorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="flagged_clause_is_cleared_first",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."level" = 7 AND NEW."verb" = \'hide\')',
                            func="\nIF NEW.verb = 'hide' AND NEW.level = 7 AND EXISTS (\n    SELECT FROM accounts_clause clause WHERE clause.id = NEW.clause_id AND (\n        clause.letter = 'd' OR EXISTS (\n            SELECT FROM moderation_clauseflag flag WHERE flag.letter = clause.letter AND flag.lifted_at IS NULL\n        )\n    )\n) AND NOT EXISTS (\n    SELECT FROM moderation_clearance asked\n    WHERE asked.grade_id = NEW.grade_id AND asked.comment_id = NEW.comment_id AND asked.state = 'cleared'\n) THEN\n    RAISE EXCEPTION 'pgtrigger: under this clause a Supervisor or above clears the hide first';\nEND IF;\nRETURN NEW;\n",
                            hash="1d3aeafbeb388a458976cfcee5f225897bee6263",
                            operation="INSERT",
                            pgid="pgtrigger_flagged_clause_is_cleared_first_92764",
                            table="moderation_commentorder",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="commentorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="what_was_ordered_stands",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."verb" IS DISTINCT FROM (NEW."verb") OR OLD."comment_id" IS DISTINCT FROM (NEW."comment_id") OR OLD."grade_id" IS DISTINCT FROM (NEW."grade_id") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."clause_id" IS DISTINCT FROM (NEW."clause_id") OR OLD."record_id" IS DISTINCT FROM (NEW."record_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."prepared" IS DISTINCT FROM (NEW."prepared") OR OLD."draft_id" IS DISTINCT FROM (NEW."draft_id") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."act" IS DISTINCT FROM (NEW."act") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="0f9e3b44f7edaabab0347f7844d493d4c85674ee",
                            operation="UPDATE",
                            pgid="pgtrigger_what_was_ordered_stands_7e72a",
                            table="moderation_commentorder",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="commentorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="free_reply_is_looked_at",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NOT NEW."prepared" AND NEW."verb" = \'reply\')',
                            func="\nIF NEW.level IN (\nSELECT row.level FROM moderation_gradinglevel row WHERE row.second_look AND row.level < 6 AND row.system_id = (\n    SELECT id FROM moderation_gradingsystem WHERE effective_from <= clock_timestamp() ORDER BY version DESC LIMIT 1\n)\n) AND NOT EXISTS (\n    SELECT FROM moderation_replydraft draft WHERE draft.id = NEW.draft_id AND draft.state = 'approved'\n        AND draft.verb = 'reply' AND draft.comment_id = NEW.comment_id AND draft.text = NEW.text\n) THEN\n    RAISE EXCEPTION 'pgtrigger: a free reply at this level is looked at by another member first';\nEND IF;\nRETURN NEW;\n",
                            hash="87c643ab58bf900919f3280970322b29660a9d3e",
                            operation="INSERT",
                            pgid="pgtrigger_free_reply_is_looked_at_7c211",
                            table="moderation_commentorder",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="commentorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="level_7_gets_notices_alone",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."level" = 7 AND NEW."verb" = \'reply\')',
                            func="\nIF NOT EXISTS (\n    SELECT FROM moderation_notice notice WHERE notice.comment_id = NEW.comment_id AND notice.grade_id = NEW.grade_id\n        AND notice.text = NEW.text AND notice.order_id IS NULL AND notice.way <> 'none'\n) THEN\n    RAISE EXCEPTION 'pgtrigger: who wrote a level 7 is sent the notices of the ladder, and nothing else';\nEND IF;\nRETURN NEW;\n",
                            hash="a71c5bc226f1dbf08777b70e7dbeab470fa1a765",
                            operation="INSERT",
                            pgid="pgtrigger_level_7_gets_notices_alone_71509",
                            table="moderation_commentorder",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradinglevel",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4fad72bd3c3cba82ba1fe7ad53b198c94a1ed9ca",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_0c3c5",
                            table="moderation_gradinglevel",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradinglevel",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="f83d36d9fcd61def6d914386988b2af5d8aa78b2",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_b5901",
                            table="moderation_gradinglevel",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="gradinglevel",
                    trigger=pgtrigger.compiler.Trigger(
                        name="level_comes_with_its_system",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF NOT EXISTS (\n                        SELECT FROM moderation_gradingsystem\n                        WHERE id = NEW.system_id AND written_at = transaction_timestamp()\n                    ) THEN\n                        RAISE EXCEPTION 'a version of the grading system is never altered: no level is added to it'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="794b39f55573f7630c30b270fbf1f2fd7408ca31",
                            operation="INSERT",
                            pgid="pgtrigger_level_comes_with_its_system_3e33d",
                            table="moderation_gradinglevel",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="retainedpayload",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="13c1d65fa1a45a971cee4077ce1c7e62385fa656",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_e3a6e",
                            table="moderation_retainedpayload",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="retainedpayload",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="31b23d92e329e0486c02ce21b922edf3efe5829d",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_8e57d",
                            table="moderation_retainedpayload",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="webhookdelivery",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b09da34d0fafbd633a309eb786f5697925071995",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_87067",
                            table="moderation_webhookdelivery",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="webhookdelivery",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="ee842570aab879cb9a05036fe8aeafc475242396",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_c3dc2",
                            table="moderation_webhookdelivery",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_decided_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state <> 'proposed')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="14837c97491152ca80824d6d61eeb0bec102b45d",
                            operation="UPDATE",
                            pgid="pgtrigger_is_decided_once_0d6db",
                            table="moderation_proposal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="what_was_proposed_stands",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."act" IS DISTINCT FROM (NEW."act") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."comment_id" IS DISTINCT FROM (NEW."comment_id") OR OLD."poster_id" IS DISTINCT FROM (NEW."poster_id") OR OLD."record_id" IS DISTINCT FROM (NEW."record_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."review_on" IS DISTINCT FROM (NEW."review_on") OR OLD."proposed_by_id" IS DISTINCT FROM (NEW."proposed_by_id") OR OLD."proposed_at" IS DISTINCT FROM (NEW."proposed_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="24aee9e2ac63c0badd07872ed9c3c18e7e566d5c",
                            operation="UPDATE",
                            pgid="pgtrigger_what_was_proposed_stands_6981b",
                            table="moderation_proposal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ban_rests_on_the_ladder",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.\"act\" = 'ban' AND NEW.\"state\" = 'approved')",
                            func="\nIF NOT EXISTS (SELECT FROM (SELECT NEW.*) proposal WHERE (\n    EXISTS (SELECT FROM moderation_waiver waiver WHERE waiver.proposal_id = proposal.id)\n    OR EXISTS (\n        SELECT FROM moderation_breach one\n        JOIN moderation_breach another ON another.poster_id = one.poster_id AND another.platform = one.platform\n            AND another.comment_id <> one.comment_id\n        JOIN moderation_notice notice ON notice.breach_id = one.id\n        LEFT JOIN moderation_commentorder reply ON reply.id = notice.order_id AND reply.state = 'done'\n        LEFT JOIN moderation_measure message ON message.id = notice.measure_id AND message.state = 'done'\n        WHERE one.poster_id = proposal.poster_id\n            AND one.platform = (SELECT platform FROM accounts_account account WHERE account.id = proposal.account_id)\n            AND COALESCE(reply.done_at, message.done_at) < another.written_at\n            AND LEAST(one.written_at, another.written_at) > now() - interval '730 days'\n            AND NOT EXISTS (\n                SELECT FROM moderation_breachwithdrawal taken WHERE taken.breach_id IN (one.id, another.id)\n            )\n    )\n)) THEN\n    RAISE EXCEPTION 'pgtrigger: a ban rests on a second breach after a notified first, or on the Commander''s waiver';\nEND IF;\nIF (SELECT platform FROM accounts_account account WHERE account.id = NEW.account_id) = 'youtube' AND NOT EXISTS (\n    SELECT FROM moderation_case standing WHERE standing.comment_id = NEW.comment_id AND (\n        EXISTS (SELECT FROM moderation_review review WHERE review.grade_id = standing.grade_id AND state = 'upheld')\n        OR EXISTS (SELECT FROM moderation_threat threat WHERE threat.grade_id = standing.grade_id AND state = 'decided')\n    )\n) THEN\n    RAISE EXCEPTION 'pgtrigger: what nothing brings back comes after the second review';\nEND IF;\nRETURN NEW;\n",
                            hash="59e4445fa09febafc45c6c52b0b01b84befe50e6",
                            operation='INSERT OR UPDATE OF "state"',
                            pgid="pgtrigger_ban_rests_on_the_ladder_95185",
                            table="moderation_proposal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ban_is_looked_at_within_a_year",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."review_on" IS NOT NULL)',
                            func="\nIF NEW.review_on > (NEW.proposed_at + interval '366 days')::date THEN\n    RAISE EXCEPTION 'pgtrigger: a ban is looked at again within a year';\nEND IF;\nRETURN NEW;\n",
                            hash="f3836163ef42238fc93c31d069374e845e7d6071",
                            operation="INSERT",
                            pgid="pgtrigger_ban_is_looked_at_within_a_year_4d80d",
                            table="moderation_proposal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="measure_stands_as_ordered",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."verb" IS DISTINCT FROM (NEW."verb") OR OLD."comment_id" IS DISTINCT FROM (NEW."comment_id") OR OLD."post_id" IS DISTINCT FROM (NEW."post_id") OR OLD."poster_id" IS DISTINCT FROM (NEW."poster_id") OR OLD."proposal_id" IS DISTINCT FROM (NEW."proposal_id") OR OLD."record_id" IS DISTINCT FROM (NEW."record_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."prepared" IS DISTINCT FROM (NEW."prepared") OR OLD."draft_id" IS DISTINCT FROM (NEW."draft_id") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."act" IS DISTINCT FROM (NEW."act") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="a90154345a53248a9d651bb0131e6056fb886636",
                            operation="UPDATE",
                            pgid="pgtrigger_measure_stands_as_ordered_84712",
                            table="moderation_measure",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="free_words_are_looked_at",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NOT NEW.\"prepared\" AND NEW.\"verb\" IN ('message', 'comment', 'edit_own'))",
                            declare="DECLARE answers integer[];",
                            func="\nIF NEW.verb = 'edit_own' THEN\n    SELECT array_agg(found.level) INTO answers FROM (\n        SELECT sent.level FROM moderation_comment ours JOIN moderation_commentorder sent\n            ON sent.account_id = ours.account_id AND sent.remote_id = ours.remote_id AND sent.verb = 'reply'\n        WHERE ours.id = NEW.comment_id\n        UNION ALL\n        SELECT standing.level FROM moderation_comment ours JOIN moderation_measure sent\n            ON sent.account_id = ours.account_id AND sent.remote_id = ours.remote_id AND sent.verb = 'comment'\n        JOIN moderation_case standing ON standing.comment_id = sent.comment_id\n        WHERE ours.id = NEW.comment_id\n        UNION ALL\n        SELECT standing.level FROM moderation_comment ours JOIN moderation_comment above\n            ON above.account_id = ours.account_id AND above.remote_id = ours.parent_remote_id AND NOT above.ours\n        JOIN moderation_case standing ON standing.comment_id = above.id\n        WHERE ours.id = NEW.comment_id AND ours.parent_remote_id <> ''\n    ) found;\nELSIF NEW.comment_id IS NOT NULL THEN\n    answers := ARRAY[(SELECT standing.level FROM moderation_case standing WHERE standing.comment_id = NEW.comment_id)];\nEND IF;\nIF NEW.verb = 'edit_own' AND answers && ARRAY[7, 8] THEN\n    RAISE EXCEPTION 'pgtrigger: what we said under a level 7 or 8 is taken away, and not changed';\nEND IF;\nIF (answers IS NULL AND 5 IN (\nSELECT row.level FROM moderation_gradinglevel row WHERE row.second_look AND row.level < 6 AND row.system_id = (\n    SELECT id FROM moderation_gradingsystem WHERE effective_from <= clock_timestamp() ORDER BY version DESC LIMIT 1\n)\n) OR answers && ARRAY(\nSELECT row.level FROM moderation_gradinglevel row WHERE row.second_look AND row.level < 6 AND row.system_id = (\n    SELECT id FROM moderation_gradingsystem WHERE effective_from <= clock_timestamp() ORDER BY version DESC LIMIT 1\n)\n)::integer[]) AND NOT EXISTS (\n    SELECT FROM moderation_replydraft draft WHERE draft.id = NEW.draft_id AND draft.state = 'approved'\n        AND draft.verb = NEW.verb AND draft.text = NEW.text AND CASE\n            WHEN NEW.verb = 'edit_own' THEN draft.own_id = NEW.comment_id\n            WHEN NEW.comment_id IS NULL THEN draft.comment_id IS NULL AND draft.post_id = NEW.post_id\n            ELSE draft.comment_id = NEW.comment_id\n        END\n) THEN\n    RAISE EXCEPTION 'pgtrigger: free words at this level are looked at by another member first';\nEND IF;\nRETURN NEW;\n",
                            hash="e7b246f94ecf386bf07127b47ca32400ab049cd8",
                            operation="INSERT",
                            pgid="pgtrigger_free_words_are_looked_at_0d304",
                            table="moderation_measure",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="measure_rests_on_what_it_needs",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF NEW.verb IN ('delete', 'ban', 'unban') AND NOT EXISTS (\n    SELECT FROM moderation_proposal proposal WHERE proposal.id = NEW.proposal_id AND proposal.state = 'approved'\n        AND proposal.act = NEW.verb AND proposal.account_id = NEW.account_id\n        AND proposal.comment_id IS NOT DISTINCT FROM NEW.comment_id\n        AND proposal.poster_id IS NOT DISTINCT FROM NEW.poster_id\n        AND proposal.record_id IS NOT DISTINCT FROM NEW.record_id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: this rests on a proposal that a second person approved';\nEND IF;\nIF NEW.verb IN ('edit_own', 'delete_own', 'message', 'delete') AND (\n    SELECT comment.ours <> (NEW.verb IN ('edit_own', 'delete_own')) OR comment.account_id <> NEW.account_id\n    FROM moderation_comment comment WHERE comment.id = NEW.comment_id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: our own comments are changed, others are answered or deleted, on their own account';\nEND IF;\nIF NEW.record_id IS NOT NULL AND NOT EXISTS (\n    SELECT FROM moderation_retainedrecord record\n    WHERE record.id = NEW.record_id AND record.comment_id = NEW.comment_id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: the record is one of this comment';\nEND IF;\nIF NEW.verb = 'message' AND NOT COALESCE((\n    SELECT standing.level IN (1, 2, 3, 4, 5) AND standing.state <> 'waiting' FROM moderation_case standing\n    WHERE standing.comment_id = NEW.comment_id\n), FALSE) AND NOT EXISTS (\n    SELECT FROM moderation_notice notice JOIN moderation_case standing ON standing.comment_id = notice.comment_id\n    WHERE notice.comment_id = NEW.comment_id AND notice.text = NEW.text AND notice.measure_id IS NULL\n        AND notice.way = 'private' AND (\n            notice.kind IN ('warning', 'apology', 'ban_lifted')\n            OR standing.level = 7 AND standing.state <> 'waiting' AND standing.grade_id = notice.grade_id\n        )\n) THEN\n    RAISE EXCEPTION 'pgtrigger: what is not graded, and levels 6 and 8, are not answered, a level 7 by notices alone';\nEND IF;\nIF NEW.verb = 'ban' AND NOT EXISTS (\n    SELECT FROM moderation_proposal proposal WHERE proposal.id = NEW.proposal_id AND (\n    EXISTS (SELECT FROM moderation_waiver waiver WHERE waiver.proposal_id = proposal.id)\n    OR EXISTS (\n        SELECT FROM moderation_breach one\n        JOIN moderation_breach another ON another.poster_id = one.poster_id AND another.platform = one.platform\n            AND another.comment_id <> one.comment_id\n        JOIN moderation_notice notice ON notice.breach_id = one.id\n        LEFT JOIN moderation_commentorder reply ON reply.id = notice.order_id AND reply.state = 'done'\n        LEFT JOIN moderation_measure message ON message.id = notice.measure_id AND message.state = 'done'\n        WHERE one.poster_id = proposal.poster_id\n            AND one.platform = (SELECT platform FROM accounts_account account WHERE account.id = proposal.account_id)\n            AND COALESCE(reply.done_at, message.done_at) < another.written_at\n            AND LEAST(one.written_at, another.written_at) > now() - interval '730 days'\n            AND NOT EXISTS (\n                SELECT FROM moderation_breachwithdrawal taken WHERE taken.breach_id IN (one.id, another.id)\n            )\n    )\n)\n) THEN\n    RAISE EXCEPTION 'pgtrigger: a ban rests on a second breach after a notified first, or on the Commander''s waiver';\nEND IF;\nIF NEW.verb = 'delete' AND NOT COALESCE((\n    SELECT standing.hidden AND standing.level IN (7, 8) FROM moderation_case standing\n    WHERE standing.comment_id = NEW.comment_id\n), FALSE) THEN\n    RAISE EXCEPTION 'pgtrigger: only what is graded 7 or 8 and hidden is deleted';\nEND IF;\nRETURN NEW;\n",
                            hash="1b68c7b3fec54ed4ea5c234de98248048afb461b",
                            operation="INSERT",
                            pgid="pgtrigger_measure_rests_on_what_it_needs_f4e6b",
                            table="moderation_measure",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="capture",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7a712982f29bec847fc90066617d9f977823f031",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_65112",
                            table="moderation_capture",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="capture",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="3ce5203df98ccdca410e6d16e396aceb16b7853f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_0ba74",
                            table="moderation_capture",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="clauseflag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="flag_stands_as_raised",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."letter" IS DISTINCT FROM (NEW."letter") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="0edd0e39ecfdd74c0895be7a23c0f766b0e5ba7d",
                            operation="UPDATE",
                            pgid="pgtrigger_flag_stands_as_raised_fd255",
                            table="moderation_clauseflag",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="clauseflag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="flag_is_lifted_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.lifted_at IS NOT NULL)",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="9434cfe8c0c37e6669d83204a6971c464e7732e8",
                            operation="UPDATE",
                            pgid="pgtrigger_flag_is_lifted_once_4308e",
                            table="moderation_clauseflag",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="clearance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="clearance_stands_as_asked",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."grade_id" IS DISTINCT FROM (NEW."grade_id") OR OLD."comment_id" IS DISTINCT FROM (NEW."comment_id") OR OLD."flag_id" IS DISTINCT FROM (NEW."flag_id") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."notice" IS DISTINCT FROM (NEW."notice") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="20cc573f0d7e88355cef72ac0f8294afe3568414",
                            operation="UPDATE",
                            pgid="pgtrigger_clearance_stands_as_asked_2c5c0",
                            table="moderation_clearance",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="clearance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="clearance_is_decided_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state <> 'asked')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="5d81e03bcb393874a3718d1eba21c61bc8b2eb38",
                            operation="UPDATE",
                            pgid="pgtrigger_clearance_is_decided_once_64e45",
                            table="moderation_clearance",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="replydraft",
                    trigger=pgtrigger.compiler.Trigger(
                        name="draft_is_decided_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state <> 'asked')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="e6519cdeabf68e838760a0707f419c23a3f36a8e",
                            operation="UPDATE",
                            pgid="pgtrigger_draft_is_decided_once_ab2e5",
                            table="moderation_replydraft",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="replydraft",
                    trigger=pgtrigger.compiler.Trigger(
                        name="draft_stands_as_written",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."comment_id" IS DISTINCT FROM (NEW."comment_id") OR OLD."grade_id" IS DISTINCT FROM (NEW."grade_id") OR OLD."post_id" IS DISTINCT FROM (NEW."post_id") OR OLD."verb" IS DISTINCT FROM (NEW."verb") OR OLD."own_id" IS DISTINCT FROM (NEW."own_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="3c78fcf81db70fde000ceb3727d9b6e308aa493c",
                            operation="UPDATE",
                            pgid="pgtrigger_draft_stands_as_written_f1843",
                            table="moderation_replydraft",
                            when="BEFORE",
                        ),
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
                pgtrigger.migrations.AddTrigger(
                    model_name="referral",
                    trigger=pgtrigger.compiler.Trigger(
                        name="referral_stands_as_opened",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."comment_id" IS DISTINCT FROM (NEW."comment_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."asks" IS DISTINCT FROM (NEW."asks") OR OLD."opened_by_id" IS DISTINCT FROM (NEW."opened_by_id") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="e8431a606751b21e0c434ad4bccb80086e67ff2a",
                            operation="UPDATE",
                            pgid="pgtrigger_referral_stands_as_opened_217cc",
                            table="moderation_referral",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="referralentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="461b43bd18f5db7e00c588e3bcb36d7316d9ea60",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_aa482",
                            table="moderation_referralentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="referralentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="60db33f3a978181c101e84d5f7557609871250de",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_21685",
                            table="moderation_referralentry",
                            when="BEFORE",
                        ),
                    ),
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
                pgtrigger.migrations.AddTrigger(
                    model_name="gradingdraft",
                    trigger=pgtrigger.compiler.Trigger(
                        name="grading_draft_ends_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state <> 'draft')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="201fc000a3b433f26df9191e81a23dd55e9189ef",
                            operation="UPDATE",
                            pgid="pgtrigger_grading_draft_ends_once_2a872",
                            table="moderation_gradingdraft",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wording",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e5b723e6ebb7bf9f0e5c138ece5576fe8401843a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_873b0",
                            table="moderation_wording",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wording",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="0d8db62c2a3a433a944ad0845a68b060a69e7457",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_3479c",
                            table="moderation_wording",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wording",
                    trigger=pgtrigger.compiler.Trigger(
                        name="digest_is_of_its_text",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF NEW.digest IS DISTINCT FROM sha256(convert_to(NEW.text, 'UTF8')) THEN\n                        RAISE EXCEPTION 'a wording lies under the digest of its text'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="1bdfa41fc09a2cdfd9e753496e656946c4b6e973",
                            operation="INSERT",
                            pgid="pgtrigger_digest_is_of_its_text_834c6",
                            table="moderation_wording",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wordingapproval",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d01db2e848515a9d3fb47fd7b23847f770dc2b11",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_893eb",
                            table="moderation_wordingapproval",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wordingapproval",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="cb60587e7ed5eca6b8a3897887052607faa5ae32",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_7e227",
                            table="moderation_wordingapproval",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wordingapproval",
                    trigger=pgtrigger.compiler.Trigger(
                        name="approves_what_another_wrote",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NOT EXISTS (\n        SELECT FROM moderation_wording\n        WHERE id = NEW.wording_id AND written_by_id IS DISTINCT FROM NEW.by_id AND digest = NEW.digest\n    ) THEN\n        RAISE EXCEPTION 'a wording is approved by its digest, by another than who wrote it' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n",
                            hash="7ec785e7aa636f487d9ffd727d39815448b2706a",
                            operation="INSERT",
                            pgid="pgtrigger_approves_what_another_wrote_9a29e",
                            table="moderation_wordingapproval",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wordingreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ba936ac4aa9a82017edad7f8908daa9af38ae248",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_1f95d",
                            table="moderation_wordingreview",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wordingreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="c095a78d94bd5225927b8fd5543e39ac135ff90c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_c5cec",
                            table="moderation_wordingreview",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wordingreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="reviews_what_another_wrote",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NOT EXISTS (\n        SELECT FROM moderation_wording\n        WHERE id = NEW.wording_id AND written_by_id IS DISTINCT FROM NEW.by_id \n    ) THEN\n        RAISE EXCEPTION 'a wording is reviewed by another than who wrote it' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NEW;\n",
                            hash="0bf284e40ef27e14a62d3140869bbebf5c363c80",
                            operation="INSERT",
                            pgid="pgtrigger_reviews_what_another_wrote_23a83",
                            table="moderation_wordingreview",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wordingwithdrawal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d6c9245bedebc1b59c8d343d1ef4c5f93372cdd4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_7f465",
                            table="moderation_wordingwithdrawal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wordingwithdrawal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="1630d37de4754137443c144d2f98205c7316c4bd",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_21805",
                            table="moderation_wordingwithdrawal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="factversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8bc245ca09cc1f0c6da40998bf7487096a24fa57",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_98866",
                            table="moderation_factversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="factversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="43f36a025d2e5ef4f6173651f583f95dfebf7800",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_92f8c",
                            table="moderation_factversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="factreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8e4de239be9ff524ee171c37b614028d76c14c2a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_2816f",
                            table="moderation_factreview",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="factreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="44d46fb74321f548b09903990b4aff579e66cb1c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_19cd7",
                            table="moderation_factreview",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="factreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="fact_is_reviewed_by_another",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF NOT EXISTS (\n                        SELECT FROM moderation_factversion\n                        WHERE id = NEW.version_id AND digest = NEW.digest AND by_id IS DISTINCT FROM NEW.by_id\n                    ) THEN\n                        RAISE EXCEPTION 'a fact is reviewed by its digest, by another than who wrote it'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="bc2e7a26414381ac8770656c396e8bafef13f57a",
                            operation="INSERT",
                            pgid="pgtrigger_fact_is_reviewed_by_another_fb4b6",
                            table="moderation_factreview",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="answersource",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="142afb04da0e04b33c9b557836dfde8567ee3c0b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_9aabe",
                            table="moderation_answersource",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="answersource",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="a0f45d36f78aeb7b3853519491eb4daff3a7bfea",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_ca487",
                            table="moderation_answersource",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="answersource",
                    trigger=pgtrigger.compiler.Trigger(
                        name="answer_rests_on_what_was_reviewed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.version_id IS NOT NULL)",
                            func="\n                    IF NOT EXISTS (SELECT FROM moderation_factreview WHERE version_id = NEW.version_id) THEN\n                        RAISE EXCEPTION 'an answer rests on a fact that was reviewed'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="2e7464b328a33ecd2d98e6893e84381209ea2bf3",
                            operation="INSERT",
                            pgid="pgtrigger_answer_rests_on_what_was_reviewed_afcf9",
                            table="moderation_answersource",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="answersource",
                    trigger=pgtrigger.compiler.Trigger(
                        name="answer_source_is_of_its_comments_grade",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF NOT EXISTS (\n                        SELECT FROM moderation_grade WHERE id = NEW.grade_id AND comment_id = NEW.comment_id\n                    ) THEN\n                        RAISE EXCEPTION 'the source of an answer is of a grade of its comment'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="63b62ff9c7eda7ecca28c6350b44a792c23ad034",
                            operation="INSERT",
                            pgid="pgtrigger_answer_source_is_of_its_comments_grade_3d7be",
                            table="moderation_answersource",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="factwithdrawal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c182a80ddd05f077926501371dc105618d081dfa",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_c482c",
                            table="moderation_factwithdrawal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="factwithdrawal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="6f08d52ff5dd29e9d97141a2d736691d59c10421",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_37eb9",
                            table="moderation_factwithdrawal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="libraryfact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="bb3ffaf7852c3fa7c271d2d1003f5192ccd6cbfa",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_163c4",
                            table="moderation_libraryfact",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="libraryfact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="7dac341cb64107c870d6507eb34318a7f88ce4f9",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_bcab4",
                            table="moderation_libraryfact",
                            when="BEFORE",
                        ),
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
                            func="\nIF NOT EXISTS (\n    SELECT FROM moderation_grade grade JOIN moderation_case standing ON standing.comment_id = grade.comment_id\n    JOIN moderation_comment comment ON comment.id = grade.comment_id\n    WHERE grade.id = NEW.grade_id AND grade.comment_id = NEW.comment_id AND standing.grade_id = grade.id\n        AND grade.level IN (7, 8) AND grade.clause_id = NEW.clause_id AND (grade.level = 7 OR EXISTS (\n            SELECT FROM moderation_threat threat JOIN moderation_threatdecision decided ON decided.threat_id = threat.id\n            WHERE threat.grade_id = grade.id AND decided.kind = 'warn'\n        ))\n        AND comment.account_id = NEW.account_id AND comment.poster_id IS NOT DISTINCT FROM NEW.poster_id\n        AND NOT comment.ours\n) THEN\n    RAISE EXCEPTION 'pgtrigger: a breach rests on the comment''s current grade: a level 7, or an 8 whose poster is warned';\nEND IF;\nIF EXISTS (\n    SELECT FROM moderation_breach breach WHERE breach.comment_id = NEW.comment_id\n        AND NOT EXISTS (SELECT FROM moderation_breachwithdrawal taken WHERE taken.breach_id = breach.id)\n) THEN\n    RAISE EXCEPTION 'pgtrigger: one comment is one breach';\nEND IF;\nRETURN NEW;\n",
                            hash="53cde3e22365d43bec6b65eb7a2c21bce5877f6c",
                            operation="INSERT",
                            pgid="pgtrigger_one_breach_a_comment_5d028",
                            table="moderation_breach",
                            when="BEFORE",
                        ),
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
                            func="\nIF EXISTS (SELECT FROM moderation_grade one WHERE one.comment_id = NEW.comment_id AND one.by_id = NEW.decided_by_id)\n    OR EXISTS (\n        SELECT FROM moderation_review one\n        WHERE one.comment_id = NEW.comment_id AND one.decided_by_id = NEW.decided_by_id\n    )\n    OR EXISTS (\n        SELECT FROM moderation_clearance one\n        WHERE one.comment_id = NEW.comment_id AND one.decided_by_id = NEW.decided_by_id\n    )\n    OR EXISTS (\n        SELECT FROM moderation_proposal one\n        WHERE one.comment_id = NEW.comment_id AND NEW.decided_by_id IN (one.proposed_by_id, one.decided_by_id)\n    )\n    OR EXISTS (\n        SELECT FROM moderation_threatdecision decision JOIN moderation_threat one ON one.id = decision.threat_id\n        WHERE one.comment_id = NEW.comment_id AND decision.by_id = NEW.decided_by_id\n    )\n    OR EXISTS (\n        SELECT FROM moderation_waiver waiver JOIN moderation_proposal one ON one.id = waiver.proposal_id\n        WHERE one.comment_id = NEW.comment_id AND waiver.by_id = NEW.decided_by_id\n    )\n    OR EXISTS (\n        SELECT FROM moderation_commentorder one WHERE one.comment_id = NEW.comment_id AND one.by_id = NEW.decided_by_id\n    )\n    OR EXISTS (\n        SELECT FROM moderation_measure one WHERE one.comment_id = NEW.comment_id AND one.by_id = NEW.decided_by_id\n    )\nTHEN\n    RAISE EXCEPTION 'pgtrigger: an appeal is decided by a member who took no part in what it is about';\nEND IF;\nRETURN NEW;\n",
                            hash="eb65097e58f617c58f5b151ac2ea573a3f33c243",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_appeal_is_decided_by_another_b7114",
                            table="moderation_appeal",
                            when="BEFORE",
                        ),
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
                pgtrigger.migrations.AddTrigger(
                    model_name="audit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f988b3ff0aec8a0e48adc5bb0e88ea033cdc2956",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_bd715",
                            table="moderation_audit",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="audit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="c7ed2d8dc4d43312f1562e708611f499aae1158f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_236f0",
                            table="moderation_audit",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="audititem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="sample_stands_as_drawn",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."audit_id" IS DISTINCT FROM (NEW."audit_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."grade_id" IS DISTINCT FROM (NEW."grade_id") OR OLD."comment_id" IS DISTINCT FROM (NEW."comment_id") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."graded_by_id" IS DISTINCT FROM (NEW."graded_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="8356f4fb98655dd2a355c7ea6940927380757ade",
                            operation="UPDATE",
                            pgid="pgtrigger_sample_stands_as_drawn_8b13c",
                            table="moderation_audititem",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="audititem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_graded_again_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.again IS NOT NULL)",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="1f2203ccdd05908d7e8a492000b246d2ecd2c019",
                            operation="UPDATE",
                            pgid="pgtrigger_is_graded_again_once_29018",
                            table="moderation_audititem",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="posttopic",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="77e82f1f49314e89a3fc0563fd8075de34624772",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_fd7ac",
                            table="moderation_posttopic",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="posttopic",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="abf22be7bebcda0f52a700ec20951f5832b52232",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_66ff8",
                            table="moderation_posttopic",
                            when="BEFORE",
                        ),
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
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    sql="ALTER TABLE moderation_grade ADD CONSTRAINT moderation_grade_key_key UNIQUE (key)",
                    reverse_sql="ALTER TABLE moderation_grade DROP CONSTRAINT moderation_grade_key_key",
                ),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="grade",
                    name="key",
                    field=models.CharField(max_length=80, unique=True, verbose_name="idempotency key"),
                ),
            ],
        ),
        migrations.RunSQL(
            sql="""
ALTER TABLE moderation_grade ADD CONSTRAINT grade_with_comment_and_level UNIQUE (id, comment_id, level);
ALTER TABLE moderation_retainedrecord ADD CONSTRAINT record_with_comment_and_grade UNIQUE (id, comment_id, grade_id);
ALTER TABLE moderation_grade ADD CONSTRAINT grade_with_comment UNIQUE (id, comment_id);
ALTER TABLE moderation_commentorder
    ADD CONSTRAINT order_grade_is_of_its_comment FOREIGN KEY (grade_id, comment_id)
        REFERENCES moderation_grade (id, comment_id),
    ADD CONSTRAINT order_level_is_its_grades FOREIGN KEY (grade_id, comment_id, level)
        REFERENCES moderation_grade (id, comment_id, level),
    ADD CONSTRAINT order_record_is_of_its_comment_and_grade FOREIGN KEY (record_id, comment_id, grade_id)
        REFERENCES moderation_retainedrecord (id, comment_id, grade_id);
ALTER TABLE moderation_retainedrecord
    ADD CONSTRAINT record_grade_is_of_its_comment FOREIGN KEY (grade_id, comment_id)
        REFERENCES moderation_grade (id, comment_id);
ALTER TABLE moderation_case
    ADD CONSTRAINT case_grade_is_of_its_comment FOREIGN KEY (grade_id, comment_id)
        REFERENCES moderation_grade (id, comment_id),
    ADD CONSTRAINT case_level_is_its_grades FOREIGN KEY (grade_id, comment_id, level)
        REFERENCES moderation_grade (id, comment_id, level);
ALTER TABLE moderation_grade
    ADD CONSTRAINT grade_supersedes_one_of_its_comment FOREIGN KEY (supersedes_id, comment_id)
        REFERENCES moderation_grade (id, comment_id);
""",
            reverse_sql="""
ALTER TABLE moderation_case DROP CONSTRAINT case_level_is_its_grades, DROP CONSTRAINT case_grade_is_of_its_comment;
ALTER TABLE moderation_retainedrecord DROP CONSTRAINT record_grade_is_of_its_comment;
ALTER TABLE moderation_commentorder
    DROP CONSTRAINT order_record_is_of_its_comment_and_grade,
    DROP CONSTRAINT order_level_is_its_grades,
    DROP CONSTRAINT order_grade_is_of_its_comment;
ALTER TABLE moderation_grade DROP CONSTRAINT grade_supersedes_one_of_its_comment;
ALTER TABLE moderation_grade DROP CONSTRAINT grade_with_comment;
ALTER TABLE moderation_retainedrecord DROP CONSTRAINT record_with_comment_and_grade;
ALTER TABLE moderation_grade DROP CONSTRAINT grade_with_comment_and_level;
""",
        ),
        migrations.RunSQL(
            sql="""
ALTER TABLE moderation_grade ADD CONSTRAINT grade_with_clause UNIQUE (id, clause_id);
ALTER TABLE moderation_commentorder
    ADD CONSTRAINT order_clause_is_its_grades FOREIGN KEY (grade_id, clause_id)
        REFERENCES moderation_grade (id, clause_id);
ALTER TABLE moderation_retainedrecord
    ADD CONSTRAINT record_clause_is_its_grades FOREIGN KEY (grade_id, clause_id)
        REFERENCES moderation_grade (id, clause_id);
""",
            reverse_sql="""
ALTER TABLE moderation_retainedrecord DROP CONSTRAINT record_clause_is_its_grades;
ALTER TABLE moderation_commentorder DROP CONSTRAINT order_clause_is_its_grades;
ALTER TABLE moderation_grade DROP CONSTRAINT grade_with_clause;
""",
        ),
        migrations.RunSQL(
            sql="""
    CREATE FUNCTION moderation_nothing_waits() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (
            SELECT FROM moderation_case one JOIN moderation_comment comment ON comment.id = one.comment_id
            WHERE comment.account_id = NEW.id AND one.state IN ('waiting', 'outstanding')
        ) THEN
            RAISE EXCEPTION 'comments on this account are not addressed yet';
        END IF;
        RETURN NEW;
    END
    $$;
    CREATE TRIGGER moderation_nothing_waits BEFORE UPDATE OF state ON accounts_account
        FOR EACH ROW WHEN (NEW.state = 'closed' AND OLD.state <> 'closed')
        EXECUTE FUNCTION moderation_nothing_waits();
""",
            reverse_sql="DROP TRIGGER moderation_nothing_waits ON accounts_account; DROP FUNCTION moderation_nothing_waits();",
        ),
    ]
