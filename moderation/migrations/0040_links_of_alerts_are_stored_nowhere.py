from django.db import migrations

# Whoever reads the row of a notification could have acknowledged in its member's name: it leads to the threat's page.
FORWARDS = """
UPDATE members_notification told SET path = '/threats/' || alert.threat_id || '/'
FROM moderation_threatalert alert WHERE alert.notification_id = told.id AND told.path LIKE '/threats/acknowledge/%'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0039_what_is_not_cleared_is_outstanding"),
    ]

    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
