"""A note may say why what a grade asks for is not done."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moderation", "0003_one_click_is_one_grade")]
    operations = [
        migrations.AddField(
            model_name="note",
            name="closes",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="moderation.grade"
            ),
        ),
    ]
