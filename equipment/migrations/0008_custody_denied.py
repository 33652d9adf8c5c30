from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("equipment", "0007_purchases"),
    ]

    operations = [
        migrations.AddField(
            model_name="custody",
            name="denied_at",
            field=models.DateTimeField(null=True),
        ),
    ]
