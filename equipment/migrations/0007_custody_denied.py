
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("equipment", "0006_what_custody_holds_to_and_what_was_found"),
    ]

    operations = [
        migrations.AddField(
            model_name="custody",
            name="denied_at",
            field=models.DateTimeField(null=True),
        ),
    ]
