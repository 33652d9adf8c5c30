"""Of the accounts' table, which knows nothing of comments: none ends while what the public wrote there waits."""

from django.db import migrations

GUARD = """
    CREATE FUNCTION moderation_nothing_waits() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (
            SELECT FROM moderation_case one JOIN moderation_comment comment ON comment.id = one.comment_id
            WHERE comment.account_id = NEW.id AND one.state IN ('waiting', 'outstanding')
        ) THEN
            RAISE EXCEPTION 'comments on this account are not addressed yet';
        END IF;
        RETURN NEW;
    END
    $$;
    CREATE TRIGGER moderation_nothing_waits BEFORE UPDATE OF state ON accounts_account
        FOR EACH ROW WHEN (NEW.state = 'closed' AND OLD.state <> 'closed')
        EXECUTE FUNCTION moderation_nothing_waits();
"""
NO_GUARD = "DROP TRIGGER moderation_nothing_waits ON accounts_account; DROP FUNCTION moderation_nothing_waits();"


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0013_deliveries_by_name"),
        ("accounts", "0017_terminations"),
    ]

    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
