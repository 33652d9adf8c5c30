import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("equipment", "0005_bookings_and_skills"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FoundReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("where", models.CharField(max_length=300)),
                ("text", models.TextField(blank=True)),
                ("reach", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(null=True)),
                ("outcome", models.TextField(blank=True)),
            ],
        ),
        migrations.RenameField(
            model_name="handover",
            old_name="skill_waived",
            new_name="waived",
        ),
        migrations.AddField(
            model_name="foundreport",
            name="item",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="found_reports",
                to="equipment.item",
            ),
        ),
        migrations.AddField(
            model_name="foundreport",
            name="kit",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="found_reports", to="equipment.kit"
            ),
        ),
        migrations.AddField(
            model_name="foundreport",
            name="settled_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="foundreport",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", True)), fields=["-id"], name="found_unsettled"
            ),
        ),
        migrations.AddConstraint(
            model_name="foundreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("item__isnull", True), ("kit__isnull", False)),
                    models.Q(("item__isnull", False), ("kit__isnull", True)),
                    _connector="OR",
                ),
                name="found_is_an_item_or_a_kit",
            ),
        ),
        migrations.AddConstraint(
            model_name="foundreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", ""), ("settled_at__isnull", True), ("settled_by__isnull", True)),
                    models.Q(
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="found_is_settled_by_somebody_with_a_word",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="custody",
            trigger=pgtrigger.compiler.Trigger(
                name="begins_by_its_handover",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE said equipment_handover%ROWTYPE; stands text;",
                    func="\n    SELECT state INTO stands FROM equipment_item WHERE id = NEW.item_id FOR SHARE;\n    SELECT * INTO said FROM equipment_handover WHERE id = NEW.begun_id;\n    IF said.item_id <> NEW.item_id OR said.taker_id IS DISTINCT FROM NEW.holder_id OR said.place <> NEW.place THEN\n        RAISE EXCEPTION 'pgtrigger: who has a thing is who was handed it';\n    END IF;\n    IF said.way <> 'moved' AND stands NOT IN ('serviceable', 'needs_attention') THEN\n        RAISE EXCEPTION 'pgtrigger: only what serves is handed to somebody';\n    END IF;\n    RETURN NEW;\n",
                    hash="7c7db1b5f8d83c6ef0de3e0ba2baf9c7f8dee657",
                    operation="INSERT",
                    pgid="pgtrigger_begins_by_its_handover_e77bf",
                    table="equipment_custody",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="custody",
            trigger=pgtrigger.compiler.Trigger(
                name="ends_by_its_handover",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.ended_id IS NOT NULL AND OLD.ended_id IS NULL)",
                    declare="DECLARE said equipment_handover%ROWTYPE;",
                    func="\n    SELECT * INTO said FROM equipment_handover WHERE id = NEW.ended_id;\n    IF said.item_id <> NEW.item_id OR said.giver_id IS DISTINCT FROM NEW.holder_id OR said.id <= NEW.begun_id THEN\n        RAISE EXCEPTION 'pgtrigger: a custody ends when its holder gives the thing away';\n    END IF;\n    RETURN NEW;\n",
                    hash="59985287018ea5ef8ae98a647766bb0a3f0af2ce",
                    operation="UPDATE",
                    pgid="pgtrigger_ends_by_its_handover_3a0e0",
                    table="equipment_custody",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="custody",
            trigger=pgtrigger.compiler.Trigger(
                name="custody_stands_as_begun",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."item_id" IS DISTINCT FROM (NEW."item_id") OR OLD."holder_id" IS DISTINCT FROM (NEW."holder_id") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."vehicle" IS DISTINCT FROM (NEW."vehicle") OR OLD."due_back" IS DISTINCT FROM (NEW."due_back") OR OLD."begun_id" IS DISTINCT FROM (NEW."begun_id") OR OLD."since" IS DISTINCT FROM (NEW."since"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="626a41768bf905f0c9ad9f651789025bf39752c1",
                    operation="UPDATE",
                    pgid="pgtrigger_custody_stands_as_begun_1a3ed",
                    table="equipment_custody",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="custody",
            trigger=pgtrigger.compiler.Trigger(
                name="ended_custody_is_final",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.ended_at IS NOT NULL)",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="05561138cacad89031949132bbcf345406dca9a1",
                    operation="UPDATE",
                    pgid="pgtrigger_ended_custody_is_final_6ad82",
                    table="equipment_custody",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handover",
            trigger=pgtrigger.compiler.Trigger(
                name="not_in_the_future",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NEW.at > clock_timestamp() + interval '1 minute' THEN\n        RAISE EXCEPTION 'pgtrigger: what is handed over was handed over already';\n    END IF;\n    RETURN NEW;\n",
                    hash="6caf67ac182f60dbf774e72728cc2c8f777c3000",
                    operation="INSERT",
                    pgid="pgtrigger_not_in_the_future_71059",
                    table="equipment_handover",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="foundreport",
            trigger=pgtrigger.compiler.Trigger(
                name="found_stands_as_sent",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."item_id" IS DISTINCT FROM (NEW."item_id") OR OLD."kit_id" IS DISTINCT FROM (NEW."kit_id") OR OLD."where" IS DISTINCT FROM (NEW."where") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."reach" IS DISTINCT FROM (NEW."reach") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="c85bab06a0dbcdb4753414a77941b984241212e7",
                    operation="UPDATE",
                    pgid="pgtrigger_found_stands_as_sent_8740d",
                    table="equipment_foundreport",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="foundreport",
            trigger=pgtrigger.compiler.Trigger(
                name="found_is_settled_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.settled_at IS NOT NULL)",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="fe6366998911bdb33c927c1cfef4d4c87a03864b",
                    operation="UPDATE",
                    pgid="pgtrigger_found_is_settled_once_3578d",
                    table="equipment_foundreport",
                    when="BEFORE",
                ),
            ),
        ),
    ]
