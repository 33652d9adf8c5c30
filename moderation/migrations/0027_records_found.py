"""What retained records are found by, the author's words apart from the others, and lists of all comments."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

_RECORDS = """
INSERT INTO moderation_recordentry (record_id, at, account_id, poster_id, by_id, level, clause, vector)
SELECT r.id, r.made_at, c.account_id, c.poster_id, r.by_id, g.level, l.letter,
    coalesce(s.vector, to_tsvector('simple', left(c.author_name || ' ' || c.author_handle || ' ' || c.text, 20000)))
FROM moderation_retainedrecord r
JOIN moderation_comment c ON c.id = r.comment_id
JOIN moderation_grade g ON g.id = r.grade_id
JOIN accounts_clause l ON l.id = r.clause_id
LEFT JOIN moderation_searchentry s ON s.comment_id = c.id
"""

# By what was stored, without accents taken off: a name that bears them is found among the words, as until now.
_AUTHORS = """
UPDATE moderation_searchentry s
SET vector = setweight(s.vector, 'A', tsvector_to_array(to_tsvector('simple', c.author_name || ' ' || c.author_handle)))
FROM moderation_comment c WHERE c.id = s.comment_id AND c.author_name || c.author_handle <> ''
"""


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0026_breaches_and_notices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "waiting"), _negated=True), fields=["state"], name="case_state"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("level__isnull", False)), fields=["level"], name="case_level"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("language__in", ["", "en"]), _negated=True),
                fields=["language"],
                name="comment_language",
            ),
        ),
        migrations.RunSQL(_AUTHORS, migrations.RunSQL.noop),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "poster",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="moderation.poster"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(_RECORDS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="recordentry",
            index=models.Index(F("at").desc(), F("record").desc(), name="record_newest"),
        ),
        migrations.AddIndex(
            model_name="recordentry",
            index=models.Index(fields=["clause", "level"], name="record_clause"),
        ),
        migrations.AddIndex(
            model_name="recordentry",
            index=django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="record_words"),
        ),
    ]
