"""What a comment that waits may be: a threat, an emergency, a request of the media, a tip."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0016_measures_rest_on_what_stands_now"),
    ]

    operations = [
        migrations.AddField(
            model_name="queueentry",
            name="band",
            field=models.TextField(
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
    ]
