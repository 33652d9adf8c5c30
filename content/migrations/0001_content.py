"""Content, as its first fifteen migrations left it.

A new unit takes this one; one that has the others goes on from them.
"""

import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import content.models.ideas
import members.migrating
import members.models.trail
import members.secrets


class Migration(migrations.Migration):
    replaces = [
        ("content", "0001_publications"),
        ("content", "0002_approved_by_who_may_files_of_a_type"),
        ("content", "0003_no_file_comes_to_what_was_decided"),
        ("content", "0004_ideas_calls_and_the_register"),
        ("content", "0005_media"),
        ("content", "0006_items_from_idea_to_approval"),
        ("content", "0007_remarks_looks_and_listed_names"),
        ("content", "0008_holds"),
        ("content", "0009_link_checks"),
        ("content", "0010_differences_of_posts"),
        ("content", "0011_one_order_a_post"),
        ("content", "0012_templates_and_strategy"),
        ("content", "0013_a_new_post_was_handed_in"),
        ("content", "0014_nothing_joins_what_was_decided"),
        ("content", "0015_what_a_change_says_and_notes"),
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
                    name="Publication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "does",
                            models.CharField(
                                choices=[
                                    ("publish", "publish"),
                                    ("edit_post", "change the text of our post"),
                                    ("delete_post", "take our post away"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "form",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("text", "text"),
                                    ("photo", "one photo"),
                                    ("photos", "several photos"),
                                    ("video", "video"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("text", models.TextField(blank=True)),
                        ("title", models.TextField(blank=True)),
                        ("link", models.TextField(blank=True)),
                        ("why", models.TextField(blank=True)),
                        ("digest", models.BinaryField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("written", "waits for approval"),
                                    ("approved", "approved"),
                                    ("returned", "returned"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="written",
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("returned_because", models.TextField(blank=True)),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="publications",
                                to="accounts.account",
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
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="publications",
                                to="content.submission",
                            ),
                        ),
                        ("active_scene", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("does", "publish"),
                                        ("form__in", ["text", "photo", "photos", "video"]),
                                        ("post__isnull", True),
                                    ),
                                    models.Q(
                                        ("does__in", ["edit_post", "delete_post"]),
                                        ("form", ""),
                                        ("post__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="publication_names_what_it_does",
                            ),
                            models.UniqueConstraint(
                                fields=("submission", "account"), name="one_publication_an_account"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MediaFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.SmallIntegerField()),
                        ("digest", models.CharField(max_length=64)),
                        ("mime", models.CharField(max_length=60)),
                        ("size", models.BigIntegerField()),
                        ("alt", models.TextField()),
                        (
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="content.publication",
                            ),
                        ),
                        (
                            "rendering",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="content.rendering",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("publication", "number"), name="one_file_a_number"),
                            models.CheckConstraint(
                                condition=models.Q(("alt", ""), _negated=True), name="file_says_what_it_shows"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="file_lies_in_its_place"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mime__in", ["image/jpeg", "video/mp4"])), name="file_is_of_a_type"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Approval",
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
                            "publication",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approval",
                                to="content.publication",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PublicationOrder",
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
                            "publication",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="order",
                                to="content.publication",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["waiting", "uncertain"])),
                                fields=["not_before"],
                                name="pub_due",
                            ),
                            models.Index(
                                condition=models.Q(("state", "sending")), fields=["lease_until"], name="pub_left"
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ["by_hand", "failed"])),
                                fields=["state"],
                                name="pub_for_a_person",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), _negated=True), ("sent", False), _connector="OR"
                                ),
                                name="waiting_publication_was_not_sent",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("remote_id", ""), _negated=True),
                                fields=("account", "remote_id"),
                                name="one_order_made_a_post",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Campaign",
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
                                    ("asked", "asked for"),
                                    ("approved", "approved"),
                                    ("declined", "declined"),
                                    ("withdrawn", "taken back"),
                                    ("ended", "ended"),
                                ],
                                default="asked",
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("name", models.CharField(max_length=120)),
                        ("aim", models.TextField()),
                        ("audience", models.TextField(blank=True)),
                        (
                            "asked_by",
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True), models.Q(("aim", ""), _negated=True)
                                ),
                                name="campaign_has_name_and_aim",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="campaign_ends_after_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("approves", models.BooleanField()),
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
                            "campaign",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="content.campaign",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approves", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="campaign_is_declined_for_a_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("major", "section major"),
                                    ("net", "NET commander"),
                                    ("unit", "unit commander"),
                                    ("nro", "Neighborhood Resource Officer"),
                                    ("other", "another contact"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("part", models.CharField(max_length=120)),
                        ("email", models.EmailField(max_length=254)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("active", models.BooleanField(default=True)),
                        ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "ordering": ["name", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                condition=models.Q(("active", True)),
                                name="one_contact_an_address",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("part", ""), _negated=True),
                                    models.Q(("email", ""), _negated=True),
                                ),
                                name="contact_can_be_asked",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Call",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("asks", models.TextField()),
                        (
                            "every",
                            models.CharField(
                                choices=[
                                    ("once", "once"),
                                    ("week", "every week"),
                                    ("fortnight", "every two weeks"),
                                    ("month", "every month"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("first_on", models.DateField()),
                        ("next_on", models.DateField(null=True)),
                        (
                            "days",
                            models.PositiveSmallIntegerField(
                                default=5,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("contacts", models.ManyToManyField(related_name="calls", to="content.contact")),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_on__isnull", False)), fields=["next_on"], name="call_due"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("title", ""), _negated=True), models.Q(("asks", ""), _negated=True)
                                ),
                                name="call_says_what_it_asks_for",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("days__range", (1, 60))), name="call_is_answered_within_days"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Hashtag",
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
                                    ("asked", "asked for"),
                                    ("approved", "approved"),
                                    ("declined", "declined"),
                                    ("withdrawn", "taken back"),
                                    ("ended", "ended"),
                                ],
                                default="asked",
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("tag", models.CharField(max_length=100)),
                        ("key", models.CharField(max_length=100)),
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
                            "campaign",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hashtags",
                                to="content.campaign",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["key", "-id"],
                        "indexes": [models.Index(fields=["key", "state"], name="hashtag_key")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("tag__regex", "^\\w*[^\\W\\d]\\w*$")), name="hashtag_is_one_word"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="hashtag_ends_after_it_begins",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "asked")),
                                fields=("key",),
                                name="a_hashtag_is_asked_for_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HashtagDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("approves", models.BooleanField()),
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
                            "hashtag",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="content.hashtag",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approves", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="hashtag_is_declined_for_a_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HashtagLook",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seen", models.TextField()),
                        ("fits", models.BooleanField(default=True)),
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
                            "hashtag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="looks", to="content.hashtag"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("seen", ""), _negated=True), name="look_says_what_was_seen"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Idea",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(default=content.models.ideas.new_reference, max_length=12, unique=True),
                        ),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("member", "from a member"),
                                    ("page", "by the public page"),
                                    ("call", "in answer to a call"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("new", "new"), ("taken", "became a draft"), ("declined", "declined")],
                                default="new",
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        ("title", models.CharField(max_length=150)),
                        ("happens_on", models.DateField(null=True)),
                        ("name", models.CharField(blank=True, max_length=120)),
                        ("part", models.CharField(blank=True, max_length=120)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("answer", models.TextField(blank=True)),
                        ("decided_at", models.DateTimeField(null=True)),
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
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ideas",
                                to="content.letter",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "new")), fields=["received_at", "id"], name="idea_new"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("title", ""), _negated=True), models.Q(("reference", ""), _negated=True)
                                ),
                                name="idea_has_title_and_reference",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("by__isnull", False), ("letter__isnull", True), ("way", "member")),
                                    models.Q(("by__isnull", True), ("letter__isnull", True), ("way", "page")),
                                    models.Q(("by__isnull", True), ("letter__isnull", False), ("way", "call")),
                                    _connector="OR",
                                ),
                                name="idea_names_where_it_came_from",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer", ""),
                                        ("decided_at__isnull", True),
                                        ("decided_by__isnull", True),
                                        ("state", "new"),
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False), ("decided_by__isnull", False), ("state", "taken")
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("state", "declined"),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="idea_is_declined_for_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IdeaFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        ("name", models.CharField(max_length=150)),
                        ("mime", models.CharField(max_length=60)),
                        ("size", models.BigIntegerField()),
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
                            "idea",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="files", to="content.idea"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                                name="idea_file_lies_in_its_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(models.Q(("name", ""), _negated=True), ("size__gt", 0)),
                                name="idea_file_has_a_name_and_bytes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IdeaText",
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "idea",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="content.idea"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="idea_text_is_not_empty"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Letter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField()),
                        ("due_on", models.DateField()),
                        ("code", models.CharField(max_length=12, unique=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("mail_at", models.DateTimeField(null=True)),
                        ("mail_attempts", models.PositiveSmallIntegerField(default=0)),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("why_not", models.CharField(blank=True, max_length=200)),
                        ("reminded_at", models.DateTimeField(null=True)),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("nothing", models.BooleanField(default=False)),
                        ("given_up_at", models.DateTimeField(null=True)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="content.call"
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letters",
                                to="content.contact",
                            ),
                        ),
                        (
                            "given_up_by",
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
                            models.Index(
                                condition=models.Q(("mail_at__isnull", False)),
                                fields=["mail_at"],
                                name="letter_to_be_sent",
                            ),
                            models.Index(
                                condition=models.Q(("answered_at__isnull", True), ("given_up_at__isnull", True)),
                                fields=["due_on"],
                                name="letter_unanswered",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("call", "contact", "on"), name="one_letter_a_contact_and_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("nothing", False), ("answered_at__isnull", False), _connector="OR"),
                                name="nothing_is_an_answer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("given_up_at__isnull", True), ("given_up_by__isnull", True)),
                                    models.Q(("given_up_at__isnull", False), ("given_up_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="letter_is_given_up_by_a_member",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Asset",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(choices=[("image", "picture"), ("video", "video")], max_length=10)),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("mime", models.CharField(max_length=60)),
                        ("size", models.BigIntegerField()),
                        ("width", models.IntegerField()),
                        ("height", models.IntegerField()),
                        ("seconds", models.FloatField(null=True)),
                        ("sound", models.BooleanField(default=False)),
                        (
                            "carries",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30), default=list, size=None
                            ),
                        ),
                        ("still", models.CharField(max_length=64)),
                        ("name", models.CharField(max_length=200)),
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
                                condition=models.Q(
                                    ("digest__regex", "^[0-9a-f]{64}$"), ("still__regex", "^[0-9a-f]{64}$")
                                ),
                                name="asset_lies_in_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "image"),
                                        (
                                            "mime__in",
                                            ["image/jpeg", "image/png", "image/webp", "image/heic", "image/gif"],
                                        ),
                                        ("seconds", None),
                                    ),
                                    models.Q(
                                        ("kind", "video"),
                                        ("mime__in", ["video/mp4", "video/quicktime", "image/gif", "image/webp"]),
                                        ("seconds__gt", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="asset_is_of_a_type",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("height__gt", 0), ("size__gt", 0), ("width__gt", 0)),
                                name="asset_shows_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Depicted",
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
                                    ("member", "member of the department"),
                                    ("consenting", "person who consented"),
                                    ("juvenile", "juvenile"),
                                    ("victim", "victim"),
                                    ("undercover", "member who works undercover"),
                                    ("public", "somebody in public, not the subject"),
                                    ("nobody", "nobody can be recognized"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=120)),
                        ("where", models.CharField(blank=True, max_length=200)),
                        ("attire", models.CharField(blank=True, max_length=200)),
                        ("blurred", models.BooleanField(default=False)),
                        ("consent", models.CharField(blank=True, max_length=64)),
                        ("consent_mime", models.CharField(blank=True, max_length=60)),
                        ("consent_name", models.CharField(blank=True, max_length=200)),
                        ("withdrawn", models.BooleanField(default=False)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "asset",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="depicted", to="content.asset"
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
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="content.depicted",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ["juvenile", "victim", "undercover"]), _negated=True),
                                    ("name", ""),
                                    _connector="OR",
                                ),
                                name="who_is_protected_is_not_named",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ["juvenile", "victim"]), _negated=True),
                                    ("blurred", True),
                                    models.Q(("consent", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="protected_is_blurred_or_consents",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "undercover"), _negated=True), ("blurred", True), _connector="OR"
                                ),
                                name="undercover_is_blurred",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "consenting"), _negated=True),
                                    models.Q(("consent", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="consent_is_on_paper",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "member"), _negated=True),
                                    models.Q(
                                        models.Q(("name", ""), _negated=True), models.Q(("attire", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="member_filmed_has_attire",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("consent__regex", "^([0-9a-f]{64})?$"),
                                    models.Q(
                                        ("consent", ""),
                                        (
                                            "consent_mime__in",
                                            ["application/pdf", "image/png", "image/jpeg", "image/webp"],
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                name="consent_lies_in_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("withdrawn", False), ("replaces__isnull", False), _connector="OR"),
                                name="withdrawn_of_a_row",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("replaces", None),
                                    models.Q(("replaces", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="depicted_not_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.IntegerField(unique=True)),
                        ("text", models.CharField(max_length=80)),
                        ("logo", models.BinaryField(blank=True)),
                        ("digest", models.BinaryField(unique=True)),
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
                        "ordering": ["-version"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(models.Q(("text", ""), _negated=True), ("version__gt", 0)),
                                name="mark_says_whose",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rendering",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("recipe", models.JSONField()),
                        ("recipe_digest", models.CharField(max_length=64)),
                        ("original", models.CharField(max_length=64)),
                        ("digest", models.CharField(max_length=64)),
                        ("mime", models.CharField(max_length=60)),
                        ("size", models.BigIntegerField()),
                        ("width", models.IntegerField()),
                        ("height", models.IntegerField()),
                        ("seconds", models.FloatField(null=True)),
                        ("still", models.CharField(max_length=64)),
                        ("mark_box", models.JSONField(null=True)),
                        ("proof", models.JSONField(null=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "asset",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="renderings",
                                to="content.asset",
                            ),
                        ),
                        (
                            "mark",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="renderings",
                                to="content.mark",
                            ),
                        ),
                        (
                            "rights",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="renderings",
                                to="content.rights",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("rights", "mark", "recipe_digest"),
                                name="one_rendering_a_recipe",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("digest__regex", "^[0-9a-f]{64}$"),
                                    ("original__regex", "^[0-9a-f]{64}$"),
                                    ("still__regex", "^[0-9a-f]{64}$"),
                                ),
                                name="rendering_lies_in_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mime__in", ["image/jpeg", "video/mp4"])),
                                name="rendering_is_of_a_type",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("mark", None),
                                    models.Q(("mark_box__isnull", False), ("proof__isnull", False)),
                                    _connector="OR",
                                ),
                                name="marked_where_it_says",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rights",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("own", "created on behalf of the department"),
                                    ("licensed", "licensed"),
                                    ("permission", "with the owner's permission"),
                                    ("public_domain", "public domain"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("credit", models.CharField(blank=True, max_length=120)),
                        ("credit_in_text", models.BooleanField(default=False)),
                        ("source", models.CharField(blank=True, max_length=500)),
                        ("expires_on", models.DateField(null=True)),
                        ("proof", models.CharField(blank=True, max_length=64)),
                        ("proof_mime", models.CharField(blank=True, max_length=60)),
                        ("proof_name", models.CharField(blank=True, max_length=200)),
                        ("note", models.CharField(blank=True, max_length=1000)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "asset",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="rights", to="content.asset"
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
                        "indexes": [models.Index(fields=["expires_on"], name="rights_end")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("basis__in", ["licensed", "permission"]), _negated=True),
                                    models.Q(("credit", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="work_of_others_names_them",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("basis", "licensed"), _negated=True),
                                    ("expires_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="licence_ends",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("basis", "permission"), _negated=True),
                                    models.Q(("proof", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="permission_is_proved",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("basis", "public_domain"), _negated=True),
                                    models.Q(("source", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="common_good_has_source",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("proof__regex", "^([0-9a-f]{64})?$"),
                                    models.Q(
                                        ("proof", ""),
                                        (
                                            "proof_mime__in",
                                            ["application/pdf", "image/png", "image/jpeg", "image/webp"],
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                name="proof_lies_in_place",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Upload",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                        ("name", models.CharField(max_length=200)),
                        ("size", models.BigIntegerField()),
                        ("received", models.BigIntegerField(default=0)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("coming", "on its way"),
                                    ("kept", "in the library"),
                                    ("refused", "refused"),
                                    ("abandoned", "given up"),
                                ],
                                default="coming",
                                max_length=20,
                            ),
                        ),
                        ("refusal", models.CharField(blank=True, max_length=500)),
                        ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("touched_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "asset",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="uploads",
                                to="content.asset",
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
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "coming")), fields=["touched_at"], name="upload_on_its_way"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("size__gt", 0), ("size__lte", 2000000000)), name="upload_has_a_size"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("received__gte", 0), ("received__lte", models.F("size"))),
                                name="upload_within_size",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "kept"), _negated=True),
                                    ("asset__isnull", False),
                                    _connector="OR",
                                ),
                                name="kept_upload_is_an_asset",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccuracyReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("accurate", models.BooleanField()),
                        ("note", models.TextField(blank=True)),
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
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="content.item"
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="content.revision",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accurate", True), models.Q(("note", ""), _negated=True), _connector="OR"
                                ),
                                name="what_is_wrong_is_said",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Item",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("prevention", "crime prevention"),
                                    ("outreach", "outreach"),
                                    ("matter", "police matter"),
                                    ("highlight", "member highlight"),
                                    ("repost", "re-post"),
                                    ("emergency", "emergency"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("review", "accuracy review"),
                                    ("rendering", "being rendered"),
                                    ("approval", "waits for approval"),
                                    ("scheduled", "scheduled"),
                                    ("published", "published"),
                                    ("returned", "returned"),
                                    ("declined", "declined"),
                                    ("withdrawn", "withdrawn"),
                                    ("expired", "expired"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("starts_at", models.DateTimeField(null=True)),
                        ("ends_at", models.DateTimeField(null=True)),
                        ("wanted_by", models.DateTimeField(null=True)),
                        ("urgent", models.BooleanField(default=False)),
                        ("handed_in_on", models.IntegerField(null=True)),
                        ("returned_because", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("published_at", models.DateTimeField(null=True)),
                        (
                            "campaign",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="content.campaign",
                            ),
                        ),
                        (
                            "handed_in_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "idea",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="content.idea",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="content.revision",
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="content.submission",
                            ),
                        ),
                        ("handed_in_note", models.TextField(blank=True)),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["state", "starts_at"], name="items_by_state"),
                            models.Index(
                                condition=models.Q(("starts_at__isnull", False)),
                                fields=["starts_at"],
                                name="items_by_day",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "purpose__in",
                                        ["prevention", "outreach", "matter", "highlight", "repost", "emergency"],
                                    )
                                ),
                                name="item_has_a_purpose",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["approval", "scheduled", "published"]), _negated=True),
                                    ("submission__isnull", False),
                                    _connector="OR",
                                ),
                                name="what_is_decided_was_handed_in",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("published_at__isnull", False), ("state", "published")),
                                    models.Q(
                                        models.Q(("state", "published"), _negated=True), ("published_at__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="published_at_a_moment",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Placement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("site", models.CharField(max_length=200)),
                        ("address", models.TextField(blank=True)),
                        ("text", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waits for approval"),
                                    ("due", "to be posted by hand"),
                                    ("done", "posted"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="waiting",
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("proof", models.TextField(blank=True)),
                        ("done_at", models.DateTimeField(null=True)),
                        (
                            "done_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="placements",
                                to="content.item",
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="placements",
                                to="content.submission",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "done"), _negated=True),
                                    models.Q(
                                        models.Q(("proof", ""), _negated=True),
                                        ("done_at__isnull", False),
                                        ("done_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="posted_by_hand_is_shown",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Revision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.IntegerField()),
                        ("document", models.BinaryField()),
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
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="content.item"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("item", "number"), name="one_revision_a_number"),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)), name="revisions_count_from_one"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Submission",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("document", models.BinaryField()),
                        ("digest", models.BinaryField()),
                        ("active_scene", models.BooleanField()),
                        ("expedited", models.BooleanField(default=False)),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("note", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submissions",
                                to="content.item",
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="content.revision"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="window_ends_after_it_starts",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Verdict",
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
                                choices=[("approve", "approved"), ("return", "returned"), ("decline", "declined")],
                                max_length=10,
                            ),
                        ),
                        ("digest", models.BinaryField()),
                        (
                            "confirmed",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=1), default=list, size=None
                            ),
                        ),
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
                            "submission",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verdict",
                                to="content.submission",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("verdict", "approve"), _negated=True),
                                    ("confirmed", ["A", "B", "C", "D", "E", "F", "G"]),
                                    _connector="OR",
                                ),
                                name="approved_means_all_criteria",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("verdict", "approve"), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="no_verdict_without_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ListedName",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", members.secrets.SecretField(blank=True)),
                        (
                            "kind",
                            models.CharField(choices=[("juvenile", "juvenile"), ("victim", "victim")], max_length=10),
                        ),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("removed_at", models.DateTimeField(null=True)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "listed name",
                        "ordering": ["-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("removed_at__isnull", True),
                                        ("removed_by__isnull", True),
                                        models.Q(("name", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("name", ""), ("removed_at__isnull", False), ("removed_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="listed_name_goes_when_taken_off",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Look",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="looks", to="content.item"
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
                            "revision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="content.revision"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("member", "revision"), name="first_look_at_a_revision")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reviewing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("until", models.DateTimeField()),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="reviewing", to="content.item"
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
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [models.UniqueConstraint(fields=("item", "member"), name="reviewing_said_once")],
                    },
                ),
                migrations.CreateModel(
                    name="DraftComment",
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
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="content.item"
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="content.revision"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="remark_says_something"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Hold",
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
                                choices=[("in_force", "in force"), ("lifted", "lifted")],
                                default="in_force",
                                editable=False,
                                max_length=20,
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
                    ],
                    options={
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "in_force")), fields=("state",), name="one_hold_at_a_time"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("why", ""), _negated=True), name="held_for_a_reason"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Release",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                            "hold",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="releases", to="content.hold"
                            ),
                        ),
                        (
                            "publication",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="content.publication",
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="content.submission",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("submission__isnull", True), ("publication__isnull", True), _connector="OR"
                                ),
                                name="release_names_one",
                            ),
                            models.UniqueConstraint(fields=("hold", "submission"), name="released_once"),
                            models.UniqueConstraint(fields=("hold", "publication"), name="change_released_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LinkCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("address", models.TextField()),
                        ("key", models.CharField(max_length=64)),
                        (
                            "found",
                            models.CharField(
                                choices=[
                                    ("there", "there"),
                                    ("dead", "nothing is there"),
                                    ("inside", "no address of the open web"),
                                    ("unknown", "could not be looked at"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("status", models.SmallIntegerField(null=True)),
                        ("final", models.TextField(blank=True)),
                        ("title", models.CharField(blank=True, max_length=300)),
                        ("says", models.CharField(blank=True, max_length=300)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "ordering": ["-id"],
                        "abstract": False,
                        "indexes": [models.Index(fields=["key", "-id"], name="link_checked_last")],
                    },
                ),
                migrations.CreateModel(
                    name="PostLook",
                    fields=[
                        (
                            "post",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="look",
                                serialize=False,
                                to="accounts.post",
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PostDifference",
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
                                choices=[("changed", "its text is another"), ("gone", "it is gone")], max_length=10
                            ),
                        ),
                        ("approved", models.TextField()),
                        ("seen", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "to be settled"), ("settled", "settled")],
                                default="open",
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("noticed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("note", models.TextField(blank=True)),
                        ("settled_at", models.DateTimeField(null=True)),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="differences",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "settled_by",
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
                            models.Index(
                                condition=models.Q(("state", "open")), fields=["state"], name="differences_open"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("post", "kind"),
                                name="one_difference_a_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "open"),
                                    models.Q(
                                        models.Q(("note", ""), _negated=True),
                                        ("settled_at__isnull", False),
                                        ("settled_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="settled_says_how",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Strategy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("aims", models.TextField()),
                        ("audiences", models.TextField()),
                        ("note", models.TextField(blank=True)),
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
                        "ordering": ["-id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("aims", ""), _negated=True), models.Q(("audiences", ""), _negated=True)
                                ),
                                name="strategy_has_aims_and_audiences",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StrategyAgreement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                            "strategy",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreement",
                                to="content.strategy",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="StrategyMeasure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "figure",
                            models.CharField(
                                choices=[
                                    ("per_week", "posts a week, at least"),
                                    ("empty_days", "days without content in thirty, at most"),
                                    ("hours", "hours from draft to published, at most"),
                                    ("share", "of a hundred posts for a purpose, at least"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("prevention", "crime prevention"),
                                    ("outreach", "outreach"),
                                    ("matter", "police matter"),
                                    ("highlight", "member highlight"),
                                    ("repost", "re-post"),
                                    ("emergency", "emergency"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("target", models.PositiveSmallIntegerField()),
                        (
                            "strategy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
                                to="content.strategy",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("figure", "share"),
                                        (
                                            "purpose__in",
                                            ["prevention", "outreach", "matter", "highlight", "repost", "emergency"],
                                        ),
                                        ("target__lte", 100),
                                    ),
                                    models.Q(models.Q(("figure", "share"), _negated=True), ("purpose", "")),
                                    _connector="OR",
                                ),
                                name="measure_of_a_share_names_its_purpose",
                            ),
                            models.UniqueConstraint(
                                fields=("strategy", "figure", "purpose"), name="one_measure_a_figure"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Template",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("prevention", "crime prevention"),
                                    ("outreach", "outreach"),
                                    ("matter", "police matter"),
                                    ("highlight", "member highlight"),
                                    ("repost", "re-post"),
                                    ("emergency", "emergency"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("retired_at", models.DateTimeField(null=True)),
                        (
                            "made_by",
                            models.ForeignKey(
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True),
                                    (
                                        "purpose__in",
                                        ["prevention", "outreach", "matter", "highlight", "repost", "emergency"],
                                    ),
                                ),
                                name="template_has_a_purpose",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TemplateText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField()),
                        ("digest", models.BinaryField()),
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
                            "template",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="content.template"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="template_text_is_not_empty"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TemplateReview",
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
                            "text",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review",
                                to="content.templatetext",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publication",
                    trigger=pgtrigger.compiler.Trigger(
                        name="content_is_decided_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state <> 'written')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="b0ae18e7a341c643b16d8edd0d78bb064e649247",
                            operation="UPDATE",
                            pgid="pgtrigger_content_is_decided_once_10f04",
                            table="content_publication",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publication",
                    trigger=pgtrigger.compiler.Trigger(
                        name="approved_means_an_approval",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.state = 'approved')",
                            func="\n                IF NOT EXISTS (\n                    SELECT FROM content_approval WHERE publication_id = NEW.id AND digest = NEW.digest\n                ) THEN\n                    RAISE EXCEPTION 'pgtrigger: approved means an approval of exactly this';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="36814c456946ff2b21c1d19595c124ce22a4b489",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_approved_means_an_approval_34681",
                            table="content_publication",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publication",
                    trigger=pgtrigger.compiler.Trigger(
                        name="a_new_post_was_handed_in",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.does = 'publish' AND NEW.submission_id IS NULL)",
                            func="RAISE EXCEPTION 'pgtrigger: a new post comes of an item that was handed in';",
                            hash="24933dd7a79750aff0c8e656fa9b43c33eaf0e7f",
                            operation="INSERT",
                            pgid="pgtrigger_a_new_post_was_handed_in_da80d",
                            table="content_publication",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publication",
                    trigger=pgtrigger.compiler.Trigger(
                        name="joins_nothing_decided",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.submission_id IS NOT NULL)",
                            func="\n                IF EXISTS (SELECT FROM content_verdict WHERE submission_id = NEW.submission_id) THEN\n                    RAISE EXCEPTION 'pgtrigger: nothing joins what was decided';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="00d90516f2cd8a6550faf489cacc75e49cde8e14",
                            operation="INSERT",
                            pgid="pgtrigger_joins_nothing_decided_89e37",
                            table="content_publication",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publication",
                    trigger=pgtrigger.compiler.Trigger(
                        name="what_was_written_stands",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."submission_id" IS DISTINCT FROM (NEW."submission_id") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."does" IS DISTINCT FROM (NEW."does") OR OLD."form" IS DISTINCT FROM (NEW."form") OR OLD."post_id" IS DISTINCT FROM (NEW."post_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."link" IS DISTINCT FROM (NEW."link") OR OLD."why" IS DISTINCT FROM (NEW."why") OR OLD."active_scene" IS DISTINCT FROM (NEW."active_scene") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."written_by_id" IS DISTINCT FROM (NEW."written_by_id") OR OLD."written_at" IS DISTINCT FROM (NEW."written_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="0f336fb7370fb66c55de9c9f7f7b4500a82af1c3",
                            operation="UPDATE",
                            pgid="pgtrigger_what_was_written_stands_92bf2",
                            table="content_publication",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mediafile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c13e4ed1e880192bdee96098ddafc05b189f956b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_8c7d8",
                            table="content_mediafile",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mediafile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="f4ec6010921d5e68c12d8424333aab00f31b3de2",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_c5cc9",
                            table="content_mediafile",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mediafile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="comes_before_the_decision",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF (SELECT state FROM content_publication WHERE id = NEW.publication_id FOR KEY SHARE) <> 'written' THEN\n    RAISE EXCEPTION 'pgtrigger: no file comes to what was decided already';\nEND IF;\nRETURN NEW;\n",
                            hash="9356a29f95611f55c88f7003b78746d4d6b7eb99",
                            operation="INSERT",
                            pgid="pgtrigger_comes_before_the_decision_10620",
                            table="content_mediafile",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mediafile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_as_rendered",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF NEW.rendering_id IS NULL OR NOT EXISTS (\n    SELECT FROM content_rendering made\n    WHERE made.id = NEW.rendering_id AND made.digest = NEW.digest AND made.mime = NEW.mime AND made.size = NEW.size\n) THEN\n    RAISE EXCEPTION 'pgtrigger: a file is what was rendered, to the byte';\nEND IF;\nRETURN NEW;\n",
                            hash="a83641a72290493a764292ed4f9c544f85fc7cd1",
                            operation="INSERT",
                            pgid="pgtrigger_is_as_rendered_0cf93",
                            table="content_mediafile",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="approval",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="68a996a98193abb925786a67f2d30b48165b3313",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_05578",
                            table="content_approval",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="approval",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="a9ee73bdd09b5b54c5a0e870cfd08e9b6de815fe",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_153a7",
                            table="content_approval",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="approval",
                    trigger=pgtrigger.compiler.Trigger(
                        name="another_approves_exactly_this",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF EXISTS (\n    SELECT FROM content_publication written WHERE written.id = NEW.publication_id AND written.submission_id IS NOT NULL\n        AND NOT EXISTS (\n            SELECT FROM content_verdict verdict JOIN content_submission handed ON handed.id = verdict.submission_id\n            WHERE handed.id = written.submission_id AND verdict.verdict = 'approve'\n                AND verdict.digest = handed.digest AND verdict.by_id = NEW.by_id\n        )\n) THEN\n    RAISE EXCEPTION 'pgtrigger: what was handed in whole is approved whole';\nEND IF;\nIF NEW.by_id = (SELECT written_by_id FROM content_publication WHERE id = NEW.publication_id)\n    OR NEW.digest <> (SELECT digest FROM content_publication WHERE id = NEW.publication_id) THEN\n    RAISE EXCEPTION 'pgtrigger: another member approves exactly what was written';\nEND IF;\nRETURN NEW;\n",
                            hash="f663a9fc6d5f88e41fd0e4d3929877adc3a4db13",
                            operation="INSERT",
                            pgid="pgtrigger_another_approves_exactly_this_96623",
                            table="content_approval",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="approval",
                    trigger=pgtrigger.compiler.Trigger(
                        name="approved_by_who_may",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF (SELECT active_scene FROM content_publication WHERE id = NEW.publication_id) THEN\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND position IN ('commander');\n    IF NOT FOUND THEN\n        PERFORM FROM members_designation\n        WHERE designee_id = NEW.by_id AND power IN ('', 'approve_active_scenes') AND ended_at IS NULL\n            AND since <= clock_timestamp() + interval '1 minute' AND until > clock_timestamp() - interval '1 minute'\n        FOR SHARE;\n        IF NOT FOUND THEN\n            RAISE check_violation USING MESSAGE = 'this is not his to decide: approve_active_scenes';\n        END IF;\n    END IF;\n    \nELSE\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND position IN ('commander');\n    IF NOT FOUND THEN\n        PERFORM FROM members_designation\n        WHERE designee_id = NEW.by_id AND power IN ('', 'approve_content') AND ended_at IS NULL\n            AND since <= clock_timestamp() + interval '1 minute' AND until > clock_timestamp() - interval '1 minute'\n        FOR SHARE;\n        IF NOT FOUND THEN\n            RAISE check_violation USING MESSAGE = 'this is not his to decide: approve_content';\n        END IF;\n    END IF;\n    \nEND IF;\nRETURN NEW;\n",
                            hash="398f4e82c6df4c28e4dbf4137fa938bb66fc222d",
                            operation="INSERT",
                            pgid="pgtrigger_approved_by_who_may_03691",
                            table="content_approval",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publicationorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="publication_order_stands",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."publication_id" IS DISTINCT FROM (NEW."publication_id") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."act" IS DISTINCT FROM (NEW."act") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="9ad9a9f625ed3a41483348b3987c23505b2108f4",
                            operation="UPDATE",
                            pgid="pgtrigger_publication_order_stands_d4f11",
                            table="content_publicationorder",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publicationorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="only_what_is_approved",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF NOT EXISTS (\n    SELECT FROM content_publication written JOIN content_approval approval ON approval.publication_id = written.id\n    WHERE written.id = NEW.publication_id AND written.account_id = NEW.account_id AND written.state = 'approved'\n        AND approval.digest = written.digest AND approval.by_id <> written.written_by_id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: only what another member approved is published';\nEND IF;\nRETURN NEW;\n",
                            hash="c54ef18ba4ce4d2a07fa251c8ae8dd8d95cd2dac",
                            operation="INSERT",
                            pgid="pgtrigger_only_what_is_approved_57ffe",
                            table="content_publicationorder",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="publicationorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="only_within_its_time",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.sent AND NOT OLD.sent)",
                            func="\nIF EXISTS (\n    SELECT FROM content_publication written JOIN content_submission handed ON handed.id = written.submission_id\n    JOIN content_item item ON item.id = handed.item_id\n    WHERE written.id = NEW.publication_id AND (\n        item.submission_id <> handed.id OR item.revision_id <> handed.revision_id OR item.state <> 'scheduled'\n        OR clock_timestamp() NOT BETWEEN handed.starts_at - interval '1 minute' AND handed.ends_at + interval '1 minute'\n    )\n) THEN\n    RAISE EXCEPTION 'pgtrigger: published is what stands approved, within its time';\nEND IF;\n\nPERFORM pg_advisory_xact_lock_shared(hashtextextended('content.hold', 0));\nIF EXISTS (\n    SELECT FROM content_publication written, content_hold held\n    WHERE written.id = NEW.publication_id AND written.does <> 'delete_post' AND held.state = 'in_force'\n        AND NOT EXISTS (\n            SELECT FROM content_release gone WHERE gone.hold_id = held.id\n                AND (gone.publication_id = written.id OR gone.submission_id = written.submission_id)\n        )\n) THEN\n    RAISE EXCEPTION 'pgtrigger: everything is held';\nEND IF;\n\nRETURN NEW;\n",
                            hash="31eed892b715a48f27eedc10fa23d0bbaabfe6ac",
                            operation="UPDATE",
                            pgid="pgtrigger_only_within_its_time_a38ff",
                            table="content_publicationorder",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="campaign",
                    trigger=pgtrigger.compiler.Trigger(
                        name="campaign_stands_as_asked",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."until" IS DISTINCT FROM (NEW."until") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."aim" IS DISTINCT FROM (NEW."aim") OR OLD."audience" IS DISTINCT FROM (NEW."audience"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="e818b00642e3df7ac2fa4c54fb6a0e3f0d5bdecf",
                            operation="UPDATE",
                            pgid="pgtrigger_campaign_stands_as_asked_dce4d",
                            table="content_campaign",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="campaign",
                    trigger=pgtrigger.compiler.Trigger(
                        name="approved_means_a_decision",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.state = 'approved')",
                            func="\n        IF NOT EXISTS (SELECT FROM content_campaigndecision WHERE campaign_id = NEW.id AND approves) THEN\n            RAISE EXCEPTION 'pgtrigger: approved means that another member decided so';\n        END IF;\n        RETURN NEW;\n        ",
                            hash="ebc9939dc3df57a27d75d46b8a45cef115864f4b",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_approved_means_a_decision_9c30d",
                            table="content_campaign",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="campaigndecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4e4d90c522f3f02345cce614f823750ef4833760",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_f2cfb",
                            table="content_campaigndecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="campaigndecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="c27eb19e8fbbaacc18a1f8f04ae04706c901d778",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_d6194",
                            table="content_campaigndecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="campaigndecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="decided_by_another",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        \n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND position IN ('commander');\n    IF NOT FOUND THEN\n        PERFORM FROM members_designation\n        WHERE designee_id = NEW.by_id AND power IN ('', 'approve_hashtags') AND ended_at IS NULL\n            AND since <= clock_timestamp() + interval '1 minute' AND until > clock_timestamp() - interval '1 minute'\n        FOR SHARE;\n        IF NOT FOUND THEN\n            RAISE check_violation USING MESSAGE = 'this is not his to decide: approve_hashtags';\n        END IF;\n    END IF;\n    \n        IF NEW.by_id = (SELECT asked_by_id FROM content_campaign WHERE id = NEW.campaign_id) THEN\n            RAISE EXCEPTION 'pgtrigger: nobody decides what he asked for himself';\n        END IF;\n        RETURN NEW;\n        ",
                            hash="0ef1cadfd83f20f5dcd19382dc244cdef21b1023",
                            operation="INSERT",
                            pgid="pgtrigger_decided_by_another_0414e",
                            table="content_campaigndecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hashtag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="hashtag_stands_as_asked",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."until" IS DISTINCT FROM (NEW."until") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."tag" IS DISTINCT FROM (NEW."tag") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."campaign_id" IS DISTINCT FROM (NEW."campaign_id") OR OLD."why" IS DISTINCT FROM (NEW."why"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="13c0985b44cdb1904d87ea9f6465871198602a2e",
                            operation="UPDATE",
                            pgid="pgtrigger_hashtag_stands_as_asked_34ecf",
                            table="content_hashtag",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hashtag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="approved_means_a_decision",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.state = 'approved')",
                            func="\n        IF NOT EXISTS (SELECT FROM content_hashtagdecision WHERE hashtag_id = NEW.id AND approves) THEN\n            RAISE EXCEPTION 'pgtrigger: approved means that another member decided so';\n        END IF;\n        RETURN NEW;\n        ",
                            hash="7f009fe762e1d69273a90cc85d0f97161ba2997c",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_approved_means_a_decision_ec86e",
                            table="content_hashtag",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hashtagdecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e53c41558bd74d394fa47035527b4a1870b41dbc",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_34ced",
                            table="content_hashtagdecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hashtagdecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="e20452f43a9de921b758e2ab191ac20c79007fc1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_4c8b1",
                            table="content_hashtagdecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hashtagdecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="decided_by_another",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        \n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND position IN ('commander');\n    IF NOT FOUND THEN\n        PERFORM FROM members_designation\n        WHERE designee_id = NEW.by_id AND power IN ('', 'approve_hashtags') AND ended_at IS NULL\n            AND since <= clock_timestamp() + interval '1 minute' AND until > clock_timestamp() - interval '1 minute'\n        FOR SHARE;\n        IF NOT FOUND THEN\n            RAISE check_violation USING MESSAGE = 'this is not his to decide: approve_hashtags';\n        END IF;\n    END IF;\n    \n        IF NEW.by_id = (SELECT asked_by_id FROM content_hashtag WHERE id = NEW.hashtag_id) THEN\n            RAISE EXCEPTION 'pgtrigger: nobody decides what he asked for himself';\n        END IF;\n        RETURN NEW;\n        ",
                            hash="f70482ed9def705292919725ca71cfa1adf7aebd",
                            operation="INSERT",
                            pgid="pgtrigger_decided_by_another_d20bb",
                            table="content_hashtagdecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hashtaglook",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e9bdcd8e12e8f24cc62400e6e98c8227dceda47b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_5b7d5",
                            table="content_hashtaglook",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hashtaglook",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="b06c0090d0df9ca2c09516255fd2fcc97921900a",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_784c3",
                            table="content_hashtaglook",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="idea",
                    trigger=pgtrigger.compiler.Trigger(
                        name="what_was_suggested_stands",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."way" IS DISTINCT FROM (NEW."way") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."happens_on" IS DISTINCT FROM (NEW."happens_on") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."letter_id" IS DISTINCT FROM (NEW."letter_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."part" IS DISTINCT FROM (NEW."part") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="8d3a597c7a976cbf2d56754516ed4bb36a2880b4",
                            operation="UPDATE",
                            pgid="pgtrigger_what_was_suggested_stands_0182d",
                            table="content_idea",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="idea",
                    trigger=pgtrigger.compiler.Trigger(
                        name="idea_is_decided_once",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state <> 'new')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="26b5a2214c136fc097cb35753f732aed35f91529",
                            operation="UPDATE",
                            pgid="pgtrigger_idea_is_decided_once_292a1",
                            table="content_idea",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ideafile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7002c43bbc4bc7d9469f7c31bc17a133eb697679",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_9201b",
                            table="content_ideafile",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ideafile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="e78369022f444bfb21645626cfb1d2516c2252f1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_fec8f",
                            table="content_ideafile",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ideatext",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cfbc0aaadc24f5deb56bf28058b5743012a019bd",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_ce6a6",
                            table="content_ideatext",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ideatext",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="ebed4c22a8a71ce069764583d7d6b2ce49f1cd85",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_f19cf",
                            table="content_ideatext",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="letter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="letter_stands",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."call_id" IS DISTINCT FROM (NEW."call_id") OR OLD."contact_id" IS DISTINCT FROM (NEW."contact_id") OR OLD."on" IS DISTINCT FROM (NEW."on") OR OLD."code" IS DISTINCT FROM (NEW."code"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="24b9b18491ba296929513ae1e4ef8e205d08db03",
                            operation="UPDATE",
                            pgid="pgtrigger_letter_stands_45023",
                            table="content_letter",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="asset",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8c8c027706befe991eb82c1485e3134b3816ec2a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_20fdd",
                            table="content_asset",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="asset",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="49f83f4ff5b69dc704255faf8eb4e01030c83615",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_ee71d",
                            table="content_asset",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="asset",
                    trigger=pgtrigger.compiler.Trigger(
                        name="by_who_serves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n     RETURN NEW;",
                            hash="48d835341f3ceae96313b825575a5f087d73bc23",
                            operation="INSERT",
                            pgid="pgtrigger_by_who_serves_112cb",
                            table="content_asset",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="depicted",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="04c1e936b166a12628b333de62b027bebe4f8ccf",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_ca5d0",
                            table="content_depicted",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="depicted",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="d9b882f54b9668d32216880da56cacd12af29fd1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_e5701",
                            table="content_depicted",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="depicted",
                    trigger=pgtrigger.compiler.Trigger(
                        name="by_who_serves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n     RETURN NEW;",
                            hash="40d388781e67d84cfb99fd78d73179d26f6a82cc",
                            operation="INSERT",
                            pgid="pgtrigger_by_who_serves_c1182",
                            table="content_depicted",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mark",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="59889c1b1ad6f7bde8b85461af29a5f6ac42f8ae",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_c38be",
                            table="content_mark",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mark",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="875b842f6efea5bb073e5c0d908a7c43052db5b1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_af924",
                            table="content_mark",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rendering",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="022f4f46714fc8a8072e10ec04290cf22d9a196f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_0306f",
                            table="content_rendering",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rendering",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="a269fb676f47471ebfee3ce463514677b9a0b4c6",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_d186b",
                            table="content_rendering",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rendering",
                    trigger=pgtrigger.compiler.Trigger(
                        name="marked_if_it_is_ours",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nDECLARE ground record; kept text;\nBEGIN\n    SELECT digest INTO kept FROM content_asset WHERE id = NEW.asset_id;\n    SELECT basis, credit, credit_in_text INTO ground FROM content_rights\n        WHERE id = NEW.rights_id AND asset_id = NEW.asset_id;\n    IF NOT FOUND OR kept <> NEW.original THEN\n        RAISE EXCEPTION 'pgtrigger: a rendering names its original and the rights in it';\n    END IF;\n    IF EXISTS (SELECT FROM content_rights WHERE asset_id = NEW.asset_id AND id > NEW.rights_id) THEN\n        RAISE EXCEPTION 'pgtrigger: a rendering is made under the rights in force';\n    END IF;\n    IF ground.basis = 'own' AND NEW.mark_id IS NULL THEN\n        RAISE EXCEPTION 'pgtrigger: none of our own leaves without the mark';\n    END IF;\n    IF ground.basis <> 'own' AND NEW.mark_id IS NOT NULL THEN\n        RAISE EXCEPTION 'pgtrigger: the work of others never bears our mark';\n    END IF;\n    IF ground.basis <> 'own' AND ground.credit <> '' AND NOT ground.credit_in_text AND NEW.mark_box IS NULL THEN\n        RAISE EXCEPTION 'pgtrigger: the work of others carries its credit';\n    END IF;\n    RETURN NEW;\nEND;\n",
                            hash="e90e75220693c9af1cd481474072ce1ac5a030bf",
                            operation="INSERT",
                            pgid="pgtrigger_marked_if_it_is_ours_0d06f",
                            table="content_rendering",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rights",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a803ea9730466fe60395604bc787c2e9033ed2d0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_10a8f",
                            table="content_rights",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rights",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="c0dec79eaa585bff2bb7b91ac0841b3f2599e6cb",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_9a0db",
                            table="content_rights",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rights",
                    trigger=pgtrigger.compiler.Trigger(
                        name="by_who_serves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n     RETURN NEW;",
                            hash="93a0d32ed037c2b63be89e5459eec962ac196ac9",
                            operation="INSERT",
                            pgid="pgtrigger_by_who_serves_c2755",
                            table="content_rights",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="upload",
                    trigger=pgtrigger.compiler.Trigger(
                        name="upload_stands_as_begun",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."member_id" IS DISTINCT FROM (NEW."member_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."begun_at" IS DISTINCT FROM (NEW."begun_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="d80b1c534d792e86e4237ef5623337f72348d068",
                            operation="UPDATE",
                            pgid="pgtrigger_upload_stands_as_begun_6e166",
                            table="content_upload",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accuracyreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cb24a2e540d69fd831ca7f9e48a74e1e07a9aa78",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_f0158",
                            table="content_accuracyreview",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accuracyreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="c0773a80e565404987e4e73dbfff99c7b20f83ed",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_73d98",
                            table="content_accuracyreview",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accuracyreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="accurate_says_another",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF EXISTS (\n    SELECT FROM content_item item\n    WHERE item.id = NEW.item_id AND NEW.by_id IN (item.written_by_id, item.handed_in_by_id)\n) OR EXISTS (\n    SELECT FROM content_item item JOIN content_revision written ON written.item_id = item.id\n    WHERE item.id = NEW.item_id AND written.number <= item.handed_in_on AND written.by_id = NEW.by_id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: nobody finds his own text accurate';\nEND IF;\nRETURN NEW;\n",
                            hash="75686dd955db6eceba5a8b2284b947bd0357e884",
                            operation="INSERT",
                            pgid="pgtrigger_accurate_says_another_29b0a",
                            table="content_accuracyreview",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="item",
                    trigger=pgtrigger.compiler.Trigger(
                        name="item_stays_whose_it_is",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."idea_id" IS DISTINCT FROM (NEW."idea_id") OR OLD."written_by_id" IS DISTINCT FROM (NEW."written_by_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="006e49bb6f7c31da83fd9350420f2740dc738f82",
                            operation="UPDATE",
                            pgid="pgtrigger_item_stays_whose_it_is_13047",
                            table="content_item",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="item",
                    trigger=pgtrigger.compiler.Trigger(
                        name="published_stays_published",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state IN ('published', 'declined', 'withdrawn'))",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="8f5cfdd9f93448f8a6ca024cde665c742e9e7756",
                            operation="UPDATE",
                            pgid="pgtrigger_published_stays_published_09f30",
                            table="content_item",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="item",
                    trigger=pgtrigger.compiler.Trigger(
                        name="scheduled_means_approved",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.state IN ('scheduled', 'published'))",
                            func="\nIF NOT EXISTS (\n    SELECT FROM content_submission handed JOIN content_verdict verdict ON verdict.submission_id = handed.id\n    WHERE handed.id = NEW.submission_id AND handed.item_id = NEW.id AND handed.revision_id = NEW.revision_id\n        AND verdict.verdict = 'approve' AND verdict.digest = handed.digest\n) THEN\n    RAISE EXCEPTION 'pgtrigger: only what another member approved in exactly this form is scheduled or published';\nEND IF;\nRETURN NEW;\n",
                            hash="749d52d8d8cce0f72b44b3eb14af1e1c40c2c4bf",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_scheduled_means_approved_2e773",
                            table="content_item",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="placement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="placement_stands",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."submission_id" IS DISTINCT FROM (NEW."submission_id") OR OLD."item_id" IS DISTINCT FROM (NEW."item_id") OR OLD."site" IS DISTINCT FROM (NEW."site") OR OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."text" IS DISTINCT FROM (NEW."text"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="5e8b0e3f782b03367c8aff2d23c4876a33b46e79",
                            operation="UPDATE",
                            pgid="pgtrigger_placement_stands_07ddf",
                            table="content_placement",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="placement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="placed_means_approved",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.state IN ('due', 'done'))",
                            func="\n                IF NOT EXISTS (\n                    SELECT FROM content_verdict verdict\n                    JOIN content_submission handed ON handed.id = verdict.submission_id\n                    WHERE handed.id = NEW.submission_id AND handed.item_id = NEW.item_id\n                        AND verdict.verdict = 'approve' AND verdict.digest = handed.digest\n                ) THEN\n                    RAISE EXCEPTION 'pgtrigger: only what another member approved is posted elsewhere';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="b307140e153c2cc5e0ce8f816574dd4439ca5f10",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_placed_means_approved_a0d91",
                            table="content_placement",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="placement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="joins_nothing_decided",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT FROM content_verdict WHERE submission_id = NEW.submission_id) THEN\n                    RAISE EXCEPTION 'pgtrigger: nothing joins what was decided';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="c2ef8d3963a1c94a9bcbf50f81338ec99afd903f",
                            operation="INSERT",
                            pgid="pgtrigger_joins_nothing_decided_14a0b",
                            table="content_placement",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="revision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="138fbddbe3cd7b907c7d858c9e521a6c83c92536",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_86ad1",
                            table="content_revision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="revision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="a2c42cd3a8fd20d501a6f0a923630c153cecca4f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_3d9ef",
                            table="content_revision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="submission",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="88552df6b6f302366709a6eb3de4eaf69a1bc005",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_65ad7",
                            table="content_submission",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="submission",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="b732af00e1eb424bb5b2b14d729ce9878e536074",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_4a25a",
                            table="content_submission",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="verdict",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1fe6d424c5909b47ea0ddafa3639ff4fe829171b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_8f369",
                            table="content_verdict",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="verdict",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="ad23a22d6af62a4b7a43c65dd220b40487c895a4",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_a0889",
                            table="content_verdict",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="verdict",
                    trigger=pgtrigger.compiler.Trigger(
                        name="verdict_of_who_may",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF (SELECT active_scene FROM content_submission WHERE id = NEW.submission_id) THEN\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND position IN ('commander');\n    IF NOT FOUND THEN\n        PERFORM FROM members_designation\n        WHERE designee_id = NEW.by_id AND power IN ('', 'approve_active_scenes') AND ended_at IS NULL\n            AND since <= clock_timestamp() + interval '1 minute' AND until > clock_timestamp() - interval '1 minute'\n        FOR SHARE;\n        IF NOT FOUND THEN\n            RAISE check_violation USING MESSAGE = 'this is not his to decide: approve_active_scenes';\n        END IF;\n    END IF;\n    \nELSE\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND position IN ('commander');\n    IF NOT FOUND THEN\n        PERFORM FROM members_designation\n        WHERE designee_id = NEW.by_id AND power IN ('', 'approve_content') AND ended_at IS NULL\n            AND since <= clock_timestamp() + interval '1 minute' AND until > clock_timestamp() - interval '1 minute'\n        FOR SHARE;\n        IF NOT FOUND THEN\n            RAISE check_violation USING MESSAGE = 'this is not his to decide: approve_content';\n        END IF;\n    END IF;\n    \nEND IF;\nRETURN NEW;\n",
                            hash="1a022f578d22bbade70dea086ee8927cd2f77faa",
                            operation="INSERT",
                            pgid="pgtrigger_verdict_of_who_may_d9651",
                            table="content_verdict",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="verdict",
                    trigger=pgtrigger.compiler.Trigger(
                        name="another_decides_on_exactly_this",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF NEW.digest <> (SELECT digest FROM content_submission WHERE id = NEW.submission_id) THEN\n    RAISE EXCEPTION 'pgtrigger: a verdict is on exactly what was handed in';\nEND IF;\nIF NEW.verdict = 'approve' AND (\n    EXISTS (SELECT FROM content_submission handed JOIN content_item item ON item.id = handed.item_id\n        WHERE handed.id = NEW.submission_id AND NEW.by_id IN (handed.asked_by_id, item.written_by_id))\n    OR EXISTS (SELECT FROM content_submission handed JOIN content_revision revision ON revision.item_id = handed.item_id\n        WHERE handed.id = NEW.submission_id AND revision.by_id = NEW.by_id)\n    OR EXISTS (SELECT FROM content_submission handed JOIN content_item item ON item.id = handed.item_id\n        JOIN content_idea idea ON idea.id = item.idea_id\n        WHERE handed.id = NEW.submission_id AND idea.by_id = NEW.by_id)\n) THEN\n    RAISE EXCEPTION 'pgtrigger: who wrote or changed it does not approve it';\nEND IF;\nIF NEW.verdict = 'approve' AND clock_timestamp() > (\n    SELECT ends_at + interval '1 minute' FROM content_submission WHERE id = NEW.submission_id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: its time is over';\nEND IF;\nRETURN NEW;\n",
                            hash="16f8550c0e18b1dc0431fb7da7642ff049c72a93",
                            operation="INSERT",
                            pgid="pgtrigger_another_decides_on_exactly_this_699fc",
                            table="content_verdict",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="listedname",
                    trigger=pgtrigger.compiler.Trigger(
                        name="listed_as_added",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."added_by_id" IS DISTINCT FROM (NEW."added_by_id") OR OLD."added_at" IS DISTINCT FROM (NEW."added_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="771af950a8d97c6f8a4c99391e2a34527914c17f",
                            operation="UPDATE",
                            pgid="pgtrigger_listed_as_added_42c11",
                            table="content_listedname",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="listedname",
                    trigger=pgtrigger.compiler.Trigger(
                        name="taken_off_for_good",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.removed_at IS NOT NULL)",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="301bb0fec500060cc53dae663187f7520c21d891",
                            operation="UPDATE",
                            pgid="pgtrigger_taken_off_for_good_42bae",
                            table="content_listedname",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="look",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="fec681b5fd52e957d4e30e754c3ca1e35841e998",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_3b00d",
                            table="content_look",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="look",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="2a4cd3f1df03100ef2bbd3a6bdc319f3bc2c2574",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_3b676",
                            table="content_look",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="draftcomment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8f6e3d79098316f520137108bda7d89adaf129d5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_f96c8",
                            table="content_draftcomment",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="draftcomment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="4f078d23b3d87e155d3278b107e770a238862adf",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_17241",
                            table="content_draftcomment",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hold",
                    trigger=pgtrigger.compiler.Trigger(
                        name="hold_stands_as_placed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."why" IS DISTINCT FROM (NEW."why") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="6b4813bf65c2184e55e4a776efbcdd285b9f3867",
                            operation="UPDATE",
                            pgid="pgtrigger_hold_stands_as_placed_9b9c0",
                            table="content_hold",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hold",
                    trigger=pgtrigger.compiler.Trigger(
                        name="placed_by_who_serves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n\n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n    \nPERFORM pg_advisory_xact_lock(hashtextextended('content.hold', 0));\nRETURN NEW;\n",
                            hash="5e7908421fb71cf99ea4dee614167b27bc79a0ba",
                            operation="INSERT",
                            pgid="pgtrigger_placed_by_who_serves_2dbd7",
                            table="content_hold",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hold",
                    trigger=pgtrigger.compiler.Trigger(
                        name="lifted_by_a_release",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.state = 'lifted')",
                            func="\n                IF NOT EXISTS (\n                    SELECT FROM content_release\n                    WHERE hold_id = NEW.id AND submission_id IS NULL AND publication_id IS NULL\n                ) THEN\n                    RAISE EXCEPTION 'pgtrigger: a hold is lifted by who approves content';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="4b3f6964fb589e38cb0252f22cdfb38c17d1d6cc",
                            operation="UPDATE",
                            pgid="pgtrigger_lifted_by_a_release_45184",
                            table="content_hold",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="release",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2606fa3ee673c07efd6aa06fc5498756947fd936",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_e87f1",
                            table="content_release",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="release",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="017b4437353aa72d9997a52492fadfacf5dc0ce4",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_88b66",
                            table="content_release",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="release",
                    trigger=pgtrigger.compiler.Trigger(
                        name="let_go_by_who_approves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF NEW.submission_id IS NOT NULL AND (SELECT active_scene FROM content_submission WHERE id = NEW.submission_id) THEN\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND position IN ('commander');\n    IF NOT FOUND THEN\n        PERFORM FROM members_designation\n        WHERE designee_id = NEW.by_id AND power IN ('', 'approve_active_scenes') AND ended_at IS NULL\n            AND since <= clock_timestamp() + interval '1 minute' AND until > clock_timestamp() - interval '1 minute'\n        FOR SHARE;\n        IF NOT FOUND THEN\n            RAISE check_violation USING MESSAGE = 'this is not his to decide: approve_active_scenes';\n        END IF;\n    END IF;\n    \nELSE\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND position IN ('commander');\n    IF NOT FOUND THEN\n        PERFORM FROM members_designation\n        WHERE designee_id = NEW.by_id AND power IN ('', 'approve_content') AND ended_at IS NULL\n            AND since <= clock_timestamp() + interval '1 minute' AND until > clock_timestamp() - interval '1 minute'\n        FOR SHARE;\n        IF NOT FOUND THEN\n            RAISE check_violation USING MESSAGE = 'this is not his to decide: approve_content';\n        END IF;\n    END IF;\n    \nEND IF;\nRETURN NEW;\n",
                            hash="a34cf2e7ba36f288efee78035800d613f69b07c9",
                            operation="INSERT",
                            pgid="pgtrigger_let_go_by_who_approves_baca6",
                            table="content_release",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="linkcheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="12af3a968a8f300574b14ba3f16049b93bb198d0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_ff033",
                            table="content_linkcheck",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="linkcheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="b2c244cb1f1cc1529660882ecddc21f4ea487745",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_b108c",
                            table="content_linkcheck",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="postdifference",
                    trigger=pgtrigger.compiler.Trigger(
                        name="difference_stands_as_seen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."post_id" IS DISTINCT FROM (NEW."post_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."approved" IS DISTINCT FROM (NEW."approved") OR OLD."seen" IS DISTINCT FROM (NEW."seen") OR OLD."noticed_at" IS DISTINCT FROM (NEW."noticed_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="eb313ae71a53bcaebf098f9c1b26807426fd84b8",
                            operation="UPDATE",
                            pgid="pgtrigger_difference_stands_as_seen_61b88",
                            table="content_postdifference",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="postdifference",
                    trigger=pgtrigger.compiler.Trigger(
                        name="settled_stays_settled",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state = 'settled')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="ccdd360c8ed397499d79682c1ec921753e8ede62",
                            operation="UPDATE",
                            pgid="pgtrigger_settled_stays_settled_7efe5",
                            table="content_postdifference",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="strategy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c012d5d6330b33cb1ac194f9b67a102a411fec8b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_aa225",
                            table="content_strategy",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="strategy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="e56586a81f0f5b7fd8bfe986e070204b5c2871c1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_f4846",
                            table="content_strategy",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="strategyagreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7aef111a2dc1c2c519ef98f2bd561f7f9801e71a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_323f2",
                            table="content_strategyagreement",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="strategyagreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="2814dca933fc7d49925b6ea1d59afbcd47e16c88",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_da973",
                            table="content_strategyagreement",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="strategyagreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="strategy_is_agreed_by_another",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF NEW.by_id IS NOT DISTINCT FROM (SELECT by_id FROM content_strategy WHERE id = NEW.strategy_id) THEN\n                    RAISE EXCEPTION 'pgtrigger: a strategy is agreed to by another than who wrote it';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="48af2cd23fabc1a9a2ad8f4c8ef71b380059966b",
                            operation="INSERT",
                            pgid="pgtrigger_strategy_is_agreed_by_another_c0f01",
                            table="content_strategyagreement",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="strategymeasure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0ee909c2068cdca3ab29eaffb8e7677a797e2c74",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_81226",
                            table="content_strategymeasure",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="strategymeasure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="d50d01470fbcc822dafe07eeeb4015de15a5a6d3",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_fb3f2",
                            table="content_strategymeasure",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="template",
                    trigger=pgtrigger.compiler.Trigger(
                        name="template_stays_for_its_purpose",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="ed7570ffb691f3bbd7bb1a7aa677d745ad5527c1",
                            operation="UPDATE",
                            pgid="pgtrigger_template_stays_for_its_purpose_0f787",
                            table="content_template",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="templatetext",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d33268a144bf3eb8fc911eab855de44a359ed67c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_0f941",
                            table="content_templatetext",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="templatetext",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="67eccc6801efad253ff12b220dee440f753748b1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_61b8b",
                            table="content_templatetext",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="templatereview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="71a691fb92c7c0d2bf47a27a6140a64ff4ca0f6e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_3e63b",
                            table="content_templatereview",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="templatereview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="fc18427af9363ccfa1627c0108951659c45242d8",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_edb79",
                            table="content_templatereview",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="templatereview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="prepared_text_is_read_by_another",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF NOT EXISTS (\n                    SELECT FROM content_templatetext\n                    WHERE id = NEW.text_id AND digest = NEW.digest AND by_id IS DISTINCT FROM NEW.by_id\n                ) THEN\n                    RAISE EXCEPTION 'pgtrigger: a prepared text is read by another than who wrote it';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="036ebc77e5ead0e3dbe00d9b2c3ae271ff9179fc",
                            operation="INSERT",
                            pgid="pgtrigger_prepared_text_is_read_by_another_5dc8b",
                            table="content_templatereview",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="templatereview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="prepared_text_is_read_by_who_may",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND position IN ('commander', 'commanding_officer', 'supervisor', 'specialist');\n    IF NOT FOUND THEN\n        PERFORM FROM members_designation\n        WHERE designee_id = NEW.by_id AND power IN ('', 'review_accuracy') AND ended_at IS NULL\n            AND since <= clock_timestamp() + interval '1 minute' AND until > clock_timestamp() - interval '1 minute'\n        FOR SHARE;\n        IF NOT FOUND THEN\n            RAISE check_violation USING MESSAGE = 'this is not his to decide: review_accuracy';\n        END IF;\n    END IF;\n     RETURN NEW;",
                            hash="e7e425ea2ceeef76c7d2d58d5577387016d6ee82",
                            operation="INSERT",
                            pgid="pgtrigger_prepared_text_is_read_by_who_may_bb129",
                            table="content_templatereview",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
