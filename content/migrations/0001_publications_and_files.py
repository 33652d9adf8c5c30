"""Publications and their files, as the first three migrations left them.

A new unit takes this one; one that has the others goes on from them.
"""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import members.migrating
import members.models.trail


class Migration(migrations.Migration):
    replaces = [
        ("content", "0001_publications"),
        ("content", "0002_approved_by_who_may_files_of_a_type"),
        ("content", "0003_no_file_comes_to_what_was_decided"),
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
                            )
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
                            )
                        ],
                    },
                ),
            ],
        ),
        members.migrating.Together(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name="publication",
                    trigger=pgtrigger.compiler.Trigger(
                        name="what_was_written_stands",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."account_id" IS DISTINCT FROM (NEW."account_id") OR OLD."does" IS DISTINCT FROM (NEW."does") OR OLD."form" IS DISTINCT FROM (NEW."form") OR OLD."post_id" IS DISTINCT FROM (NEW."post_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."link" IS DISTINCT FROM (NEW."link") OR OLD."why" IS DISTINCT FROM (NEW."why") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."written_by_id" IS DISTINCT FROM (NEW."written_by_id") OR OLD."written_at" IS DISTINCT FROM (NEW."written_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="e76e59958d9742e3e19d7c572dd37dbe999aa526",
                            operation="UPDATE",
                            pgid="pgtrigger_what_was_written_stands_92bf2",
                            table="content_publication",
                            when="BEFORE",
                        ),
                    ),
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
                            func="\nIF NEW.by_id = (SELECT written_by_id FROM content_publication WHERE id = NEW.publication_id)\n    OR NEW.digest <> (SELECT digest FROM content_publication WHERE id = NEW.publication_id) THEN\n    RAISE EXCEPTION 'pgtrigger: another member approves exactly what was written';\nEND IF;\nRETURN NEW;\n",
                            hash="8a0cae4c815379418ae5ea24a64a1679092b1d41",
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
                            func="\n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND position IN ('commander');\n    IF NOT FOUND THEN\n        PERFORM FROM members_designation\n        WHERE designee_id = NEW.by_id AND power IN ('', 'approve_content') AND ended_at IS NULL\n            AND since <= clock_timestamp() + interval '1 minute' AND until > clock_timestamp() - interval '1 minute'\n        FOR SHARE;\n        IF NOT FOUND THEN\n            RAISE check_violation USING MESSAGE = 'this is not his to decide: approve_content';\n        END IF;\n    END IF;\n     RETURN NEW;",
                            hash="7ae6bdfd1c2e68113d49df1af958821797b9c00f",
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
            ],
        ),
    ]
