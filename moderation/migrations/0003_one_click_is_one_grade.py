"""A grade keeps its form's key, so that a double click is one grade also where nothing was ordered."""

from django.db import migrations, models

# A fact is not updated, by its owner neither: the keys of grades given before come with the column.
KEYS = """
ALTER TABLE moderation_grade ADD COLUMN key varchar(80) NOT NULL UNIQUE DEFAULT gen_random_uuid()::text;
ALTER TABLE moderation_grade ALTER COLUMN key DROP DEFAULT;
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0002_orders_rest_on_their_own_grade_and_record")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(KEYS, "ALTER TABLE moderation_grade DROP COLUMN key")],
            state_operations=[
                migrations.AddField(
                    model_name="grade",
                    name="key",
                    field=models.CharField(max_length=80, unique=True, verbose_name="idempotency key"),
                    preserve_default=False,
                ),
            ],
        ),
    ]
