"""How far a poster is known stands in the row: his id, his name, his handle. It is not kept beside them."""

from django.db import migrations

IDENTITY_AGAIN = """
ALTER TABLE moderation_comment ADD COLUMN identity text NOT NULL DEFAULT '';
ALTER TABLE moderation_comment DISABLE TRIGGER USER;
UPDATE moderation_comment SET identity = CASE
    WHEN poster_id IS NULL AND author_name = '' AND author_handle = '' THEN 'unavailable'
    WHEN poster_id IS NULL THEN 'name_only'
    WHEN author_name = '' AND author_handle = '' THEN 'id_only'
    ELSE 'full'
END;
ALTER TABLE moderation_comment ENABLE TRIGGER USER;
ALTER TABLE moderation_comment ALTER COLUMN identity DROP DEFAULT;
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0045_addresses_kept_short")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE moderation_comment DROP COLUMN identity",
            IDENTITY_AGAIN,
            state_operations=[migrations.RemoveField(model_name="comment", name="identity")],
        ),
    ]
