"""Digests of a text that the text itself gives, and indexes that stood half empty, are no longer stored.

Rows that came before keep their digest in the case: it says the same. Backwards, every digest is computed anew.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

_DIGESTS_AGAIN = """
ALTER TABLE moderation_comment ADD COLUMN digest bytea;
ALTER TABLE moderation_comment DISABLE TRIGGER USER;
UPDATE moderation_comment SET digest = sha256(convert_to(text, 'UTF8'));
ALTER TABLE moderation_comment ENABLE TRIGGER USER;
ALTER TABLE moderation_comment ALTER COLUMN digest SET NOT NULL
"""
_OF_CASES_AGAIN = """
UPDATE moderation_case standing SET digest = sha256(convert_to(comment.text, 'UTF8'))
FROM moderation_comment comment WHERE comment.id = standing.comment_id AND standing.digest IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0041_who_appeals_reads_by_a_code_of_his_own"),
    ]

    operations = [
        migrations.AlterField(model_name="case", name="digest", field=models.BinaryField(null=True)),
        migrations.RunSQL(migrations.RunSQL.noop, _OF_CASES_AGAIN),
        migrations.RunSQL(
            "ALTER TABLE moderation_comment DROP COLUMN digest",
            _DIGESTS_AGAIN,
            state_operations=[migrations.RemoveField(model_name="comment", name="digest")],
        ),
        migrations.RemoveField(model_name="searchentry", name="poster"),
        migrations.AlterField(
            model_name="receivedpage",
            name="account",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.account",
            ),
        ),
        migrations.RemoveIndex(model_name="comment", name="moderation__account_c22271_idx"),
        migrations.RemoveIndex(model_name="comment", name="moderation__poster__7bc665_idx"),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["poster", "id"], name="moderation__poster__cf01ca_idx"),
        ),
        migrations.RemoveIndex(model_name="searchentry", name="search_newest"),
        migrations.AddIndex(model_name="searchentry", index=models.Index(fields=["at"], name="search_newest")),
        migrations.RunSQL(  # the index itself need not be built anew for it
            "ALTER INDEX search_words SET (gin_pending_list_limit = 512)",
            "ALTER INDEX search_words RESET (gin_pending_list_limit)",
            state_operations=[
                migrations.RemoveIndex(model_name="searchentry", name="search_words"),
                migrations.AddIndex(
                    model_name="searchentry",
                    index=django.contrib.postgres.indexes.GinIndex(
                        fields=["vector"], gin_pending_list_limit=512, name="search_words"
                    ),
                ),
            ],
        ),
    ]
