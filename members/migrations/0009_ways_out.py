import datetime as dt

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0008_left_open"),
    ]

    operations = [
        migrations.AddField(
            model_name="contactway",
            name="shown",
            field=models.CharField(default="", max_length=80),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="member",
            name="digest_at",
            field=models.TimeField(default=dt.time(7), verbose_name="time of the daily digest"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
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
    ]
