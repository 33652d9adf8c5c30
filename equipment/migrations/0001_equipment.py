"""The inventory, who has what, and everything that is kept of it (S.O.P. 3)."""

import decimal
import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import equipment.codes
import members.migrating

# As the S.O.P. names them (3.1).
SKILLS = {
    "A": ("Publish", "Use computers or other devices to publish content on social media platforms."),
    "B": ("Operate recording devices", "Operate digital audio and visual recording devices."),
    "C": ("Download, transfer and store files", "Digital files and data from cameras and recorders."),
    "D": ("Basic editing", "Of digital photos, videos and audio files."),
}


def set_down(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The four skills that members must have."""
    made = apps.get_model("equipment", "Skill").objects
    for letter, (name, says) in SKILLS.items():
        made.create(letter=letter, name=name, says=says)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("members", "0001_the_unit_and_its_trail"),
    ]

    operations = [
        members.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name="KeptFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        ("name", models.CharField(max_length=150)),
                        ("mime", models.CharField(max_length=100)),
                        ("size", models.BigIntegerField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                                name="equipment_file_lies_in_its_place",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Item",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("tag", models.CharField(max_length=40, verbose_name="asset tag")),
                        (
                            "code",
                            models.CharField(
                                default=equipment.codes.new_code, editable=False, max_length=22, unique=True
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("maker", models.CharField(blank=True, max_length=80)),
                        ("model", models.CharField(blank=True, max_length=80)),
                        ("serial", models.CharField(blank=True, max_length=80, verbose_name="serial number")),
                        (
                            "capabilities",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("serviceable", "serviceable"),
                                    ("needs_attention", "needs attention"),
                                    ("maintenance", "in maintenance"),
                                    ("lost", "lost"),
                                    ("stolen", "stolen"),
                                    ("retired", "retired"),
                                    ("disposed", "disposed of"),
                                ],
                                default="serviceable",
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("report_number", models.CharField(blank=True, max_length=60, verbose_name="report number")),
                        ("value", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                        ("acquired_on", models.DateField(blank=True, null=True)),
                        ("supplier", models.CharField(blank=True, max_length=120)),
                        ("warranty_until", models.DateField(blank=True, null=True)),
                        ("warranty_void_on", models.DateField(editable=False, null=True)),
                        ("life_months", models.IntegerField(blank=True, null=True)),
                        ("instructions_link", models.URLField(blank=True, max_length=500)),
                        (
                            "office_place",
                            models.CharField(blank=True, max_length=120, verbose_name="place in the office"),
                        ),
                        ("remark", models.TextField(blank=True)),
                        ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("folded", models.TextField(editable=False)),
                        (
                            "words",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.contrib.postgres.search.SearchVector("folded", config="simple"),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "belongs_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accessories",
                                to="equipment.item",
                            ),
                        ),
                        (
                            "instructions",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="equipment.keptfile",
                            ),
                        ),
                        (
                            "photo",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="equipment.keptfile",
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="equipment.kind"
                            ),
                        ),
                        (
                            "kit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="equipment.kit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(fields=["words"], name="item_words"),
                            models.Index(fields=["state", "-id"], name="item_by_state"),
                            models.Index(fields=["kind", "-id"], name="item_by_kind"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Upper("tag"), name="one_item_a_tag"
                            ),
                            models.UniqueConstraint(
                                django.db.models.functions.text.Upper("maker"),
                                django.db.models.functions.text.Upper("serial"),
                                condition=models.Q(("serial", ""), _negated=True),
                                name="one_item_a_makers_serial",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("tag", ""), _negated=True), models.Q(("name", ""), _negated=True)
                                ),
                                name="item_has_a_tag_and_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "stolen"), _negated=True),
                                    models.Q(("report_number", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="theft_has_a_report",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("value__isnull", True), ("value__gte", 0), _connector="OR"),
                                name="item_costs_nothing_or_more",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "capabilities__contained_by",
                                        [
                                            "capture:image",
                                            "capture:video",
                                            "capture:audio",
                                            "transfer:image",
                                            "transfer:video",
                                            "transfer:audio",
                                            "edit:image",
                                            "edit:video",
                                            "edit:audio",
                                            "store:image",
                                            "store:video",
                                            "store:audio",
                                            "publish:image",
                                            "publish:video",
                                            "publish:audio",
                                        ],
                                    )
                                ),
                                name="item_does_what_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("belongs_to__isnull", True),
                                    models.Q(("belongs_to", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="item_is_not_its_own_accessory",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["retired", "disposed"]), _negated=True),
                                    ("kit__isnull", True),
                                    _connector="OR",
                                ),
                                name="what_is_gone_is_in_no_kit",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Handover",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("out", "checked out"),
                                    ("over", "handed over"),
                                    ("moved", "moved"),
                                    ("in", "checked in"),
                                    ("gone", "written off"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "place",
                            models.CharField(
                                choices=[
                                    ("office", "in the office"),
                                    ("field", "in the field, with the member"),
                                    ("trunk", "in the trunk of a vehicle"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("vehicle", models.CharField(blank=True, max_length=40)),
                        ("due_back", models.DateTimeField(null=True)),
                        ("purpose", models.CharField(blank=True, max_length=200)),
                        ("event", models.CharField(blank=True, max_length=200)),
                        (
                            "condition",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("good", "as it went out"),
                                    ("attention", "needs attention"),
                                    ("damaged", "damaged"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("remark", models.TextField(blank=True)),
                        ("key", models.UUIDField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "giver",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "taker",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "waived_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handovers",
                                to="equipment.item",
                            ),
                        ),
                        (
                            "photo",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="equipment.keptfile",
                            ),
                        ),
                        (
                            "signature",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="equipment.keptfile",
                            ),
                        ),
                        ("waived", models.TextField(blank=True)),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [models.Index(fields=["item", "-id"], name="handover_by_item")],
                        "constraints": [
                            models.UniqueConstraint(fields=("key", "item"), name="one_handover_a_form"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("place", "trunk"), _negated=True),
                                    models.Q(("vehicle", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="trunk_is_of_a_vehicle",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_back__isnull", True), ("due_back__gt", models.F("at")), _connector="OR"
                                ),
                                name="due_back_after_it_went_out",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("place", "office"), ("taker__isnull", True), ("way", "in")),
                                    models.Q(("place", ""), ("taker__isnull", True), ("way", "gone")),
                                    models.Q(
                                        ("place__in", ["field", "trunk"]),
                                        ("taker__isnull", False),
                                        ("way__in", ["out", "over", "moved"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="handover_goes_to_a_member_or_to_the_office",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("giver__isnull", True), ("way", "out")),
                                    models.Q(models.Q(("way", "out"), _negated=True), ("giver__isnull", False)),
                                    _connector="OR",
                                ),
                                name="handover_comes_from_a_member_or_the_office",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("way", "in"), models.Q(("condition", ""), _negated=True)),
                                    models.Q(models.Q(("way", "in"), _negated=True), ("condition", "")),
                                    _connector="OR",
                                ),
                                name="what_comes_back_is_in_a_condition",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("waived", ""), ("waived_by__isnull", True)),
                                    models.Q(models.Q(("waived", ""), _negated=True), ("waived_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="handover_is_waived_by_somebody_with_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Kind",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        (
                            "capabilities",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                            ),
                        ),
                        ("life_months", models.IntegerField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("name"), name="one_kind_a_name"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "capabilities__contained_by",
                                        [
                                            "capture:image",
                                            "capture:video",
                                            "capture:audio",
                                            "transfer:image",
                                            "transfer:video",
                                            "transfer:audio",
                                            "edit:image",
                                            "edit:video",
                                            "edit:audio",
                                            "store:image",
                                            "store:video",
                                            "store:audio",
                                            "publish:image",
                                            "publish:video",
                                            "publish:audio",
                                        ],
                                    )
                                ),
                                name="kind_does_what_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("life_months__isnull", True), ("life_months__range", (1, 600)), _connector="OR"
                                ),
                                name="kind_lives_for_a_while",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Kit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("code", models.CharField(default=equipment.codes.new_code, max_length=22, unique=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("name"),
                                condition=models.Q(("ended_at__isnull", True)),
                                name="one_kit_a_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Custody",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "place",
                            models.CharField(
                                choices=[
                                    ("office", "in the office"),
                                    ("field", "in the field, with the member"),
                                    ("trunk", "in the trunk of a vehicle"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("vehicle", models.CharField(blank=True, max_length=40)),
                        ("due_back", models.DateTimeField(null=True)),
                        ("since", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(null=True)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("reminded_at", models.DateTimeField(null=True)),
                        (
                            "holder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="custodies",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "begun",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="custody",
                                to="equipment.handover",
                            ),
                        ),
                        (
                            "ended",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="equipment.handover",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="custodies",
                                to="equipment.item",
                            ),
                        ),
                        ("denied_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=["holder"],
                                name="custody_open_by_holder",
                            ),
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=["due_back"],
                                name="custody_open_by_due",
                            ),
                            models.Index(fields=["item", "-id"], name="custody_by_item"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("item",),
                                name="one_open_custody_an_item",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended__isnull", True), ("ended_at__isnull", True)),
                                    models.Q(("ended__isnull", False), ("ended_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="custody_ends_by_a_handover",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("place", "office"), _negated=True),
                                name="what_is_in_the_office_is_with_nobody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("place", "trunk"), _negated=True),
                                    models.Q(("vehicle", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="custody_in_a_vehicles_trunk",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("verb", models.CharField(max_length=30)),
                        ("before", models.JSONField(default=dict)),
                        ("after", models.JSONField(default=dict)),
                        ("reason", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="equipment.item"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [models.Index(fields=["item", "-id"], name="change_by_item")],
                    },
                ),
                migrations.CreateModel(
                    name="Import",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sheet", models.CharField(blank=True, max_length=100)),
                        ("columns", models.JSONField(default=dict)),
                        (
                            "days",
                            models.CharField(
                                choices=[
                                    ("auto", "as the list itself shows"),
                                    ("month_first", "month first (04/13/2025)"),
                                    ("day_first", "day first (13/04/2025)"),
                                ],
                                default="auto",
                                max_length=20,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("done_at", models.DateTimeField(null=True)),
                        ("count", models.IntegerField(null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="equipment.keptfile"
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="equipment.kind",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("count__isnull", True), ("done_at__isnull", True), ("done_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("count__isnull", False), ("done_at__isnull", False), ("done_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="import_is_done_by_somebody",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportedItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("line", models.IntegerField()),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="equipment.import"
                            ),
                        ),
                        (
                            "item",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imported",
                                to="equipment.item",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [models.UniqueConstraint(fields=("batch", "line"), name="one_item_a_line")],
                    },
                ),
                migrations.CreateModel(
                    name="StockTake",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "over",
                            models.CharField(
                                choices=[
                                    ("everything", "everything the unit owns"),
                                    ("office", "what is in the office"),
                                    ("trunks", "what is in the trunks of vehicles"),
                                    ("member", "what one member has"),
                                ],
                                max_length=20,
                                verbose_name="what is counted",
                            ),
                        ),
                        ("place", models.CharField(blank=True, max_length=120)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("signed", "signed"), ("dropped", "given up")],
                                default="open",
                                editable=False,
                                max_length=20,
                            ),
                        ),
                        ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("remark", models.TextField(blank=True)),
                        ("found", models.IntegerField(null=True)),
                        ("missing", models.IntegerField(null=True)),
                        ("misplaced", models.IntegerField(null=True)),
                        ("unexpected", models.IntegerField(null=True)),
                        (
                            "begun_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "stock-take",
                        "indexes": [models.Index(fields=["state", "-id"], name="stock_take_by_state")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("member__isnull", False), ("over", "member")),
                                    models.Q(models.Q(("over", "member"), _negated=True), ("member__isnull", True)),
                                    _connector="OR",
                                ),
                                name="stock_take_of_a_member_names_him",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("place", ""), ("over__in", ["office", "trunks"]), _connector="OR"),
                                name="stock_take_of_a_place_has_places",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True), ("state", "open")),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("ended_at__isnull", False),
                                        ("ended_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="stock_take_is_ended_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "signed"), _negated=True),
                                    models.Q(
                                        ("found__isnull", False),
                                        ("misplaced__isnull", False),
                                        ("missing__isnull", False),
                                        ("unexpected__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="stock_take_is_signed_with_its_figures",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sighting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("said", models.CharField(blank=True, max_length=200)),
                        (
                            "place",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("office", "in the office"),
                                    ("field", "in the field, with the member"),
                                    ("trunk", "in the trunk of a vehicle"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("where", models.CharField(blank=True, max_length=120)),
                        ("taken_back", models.BooleanField(default=False)),
                        ("key", models.UUIDField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="equipment.item",
                            ),
                        ),
                        (
                            "take",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sightings",
                                to="equipment.stocktake",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [models.Index(fields=["take", "item", "-id"], name="sighting_by_item")],
                        "constraints": [
                            models.UniqueConstraint(fields=("key",), name="one_sighting_a_form"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("item__isnull", False), ("said", "")),
                                    models.Q(("item__isnull", True), models.Q(("said", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="sighting_of_an_item_or_in_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Expected",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "place",
                            models.CharField(
                                choices=[
                                    ("office", "in the office"),
                                    ("field", "in the field, with the member"),
                                    ("trunk", "in the trunk of a vehicle"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("where", models.CharField(blank=True, max_length=120)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("serviceable", "serviceable"),
                                    ("needs_attention", "needs attention"),
                                    ("maintenance", "in maintenance"),
                                    ("lost", "lost"),
                                    ("stolen", "stolen"),
                                    ("retired", "retired"),
                                    ("disposed", "disposed of"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="equipment.item"
                            ),
                        ),
                        (
                            "take",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="expected",
                                to="equipment.stocktake",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("take", "item"), name="expected_once_a_stock_take")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Modification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("what", models.TextField()),
                        ("against", models.TextField()),
                        ("why", models.TextField()),
                        ("voids", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "asked for"),
                                    ("approved", "approved"),
                                    ("declined", "declined"),
                                    ("withdrawn", "taken back"),
                                ],
                                default="asked",
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="modifications",
                                to="equipment.item",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["item", "-id"], name="modification_by_item"),
                            models.Index(
                                condition=models.Q(("state", "asked")), fields=["-id"], name="modification_asked"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("what", ""), _negated=True),
                                    models.Q(("against", ""), _negated=True),
                                    models.Q(("why", ""), _negated=True),
                                ),
                                name="modification_says_what_against_what_and_why",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ModificationDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("approves", models.BooleanField()),
                        ("voids", models.BooleanField()),
                        ("reason", models.TextField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "modification",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="equipment.modification",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="modification_is_decided_for_a_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("hours", models.DecimalField(decimal_places=1, max_digits=9)),
                        ("remark", models.CharField(blank=True, max_length=200)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="equipment.item",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [models.Index(fields=["item", "-id"], name="reading_by_item")],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("hours__gte", 0)), name="reading_is_of_hours")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Service",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("what", models.CharField(max_length=200)),
                        ("every_months", models.SmallIntegerField(null=True)),
                        ("every_uses", models.IntegerField(null=True)),
                        ("every_hours", models.DecimalField(decimal_places=1, max_digits=7, null=True)),
                        ("last_on", models.DateField()),
                        ("counted_from", models.DateTimeField(default=django.utils.timezone.now)),
                        ("last_hours", models.DecimalField(decimal_places=1, default=0, max_digits=9)),
                        ("due_on", models.DateField(null=True)),
                        (
                            "told",
                            models.CharField(
                                blank=True,
                                choices=[("", "not yet"), ("soon", "that it is due soon"), ("due", "that it is due")],
                                default="",
                                max_length=4,
                            ),
                        ),
                        ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="services",
                                to="equipment.item",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)), fields=["due_on"], name="service_by_due"
                            ),
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)), fields=["item"], name="service_by_item"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("what", ""), _negated=True), name="service_says_what"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("every_months__isnull", False),
                                    ("every_uses__isnull", False),
                                    ("every_hours__isnull", False),
                                    _connector="OR",
                                ),
                                name="service_comes_again",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("every_months__isnull", True),
                                        ("every_months__range", (1, 240)),
                                        _connector="OR",
                                    ),
                                    models.Q(("every_uses__isnull", True), ("every_uses__gte", 1), _connector="OR"),
                                    models.Q(("every_hours__isnull", True), ("every_hours__gt", 0), _connector="OR"),
                                ),
                                name="service_comes_after_a_while",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("every_months__isnull", True), ("due_on__isnull", False), _connector="OR"
                                ),
                                name="service_by_time_has_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Work",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("done", "done"), ("dropped", "entered by mistake")],
                                default="open",
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        ("found", models.TextField()),
                        ("found_on", models.DateField()),
                        ("shop", models.CharField(blank=True, max_length=120)),
                        ("ticket", models.CharField(blank=True, max_length=60, verbose_name="number at the shop")),
                        ("out_on", models.DateField(null=True, verbose_name="out of service from")),
                        ("expected_on", models.DateField(null=True, verbose_name="expected back")),
                        ("back_on", models.DateField(null=True, verbose_name="back in service")),
                        ("under_warranty", models.BooleanField(default=False)),
                        (
                            "outside",
                            models.BooleanField(default=False, verbose_name="outside the maker's instructions"),
                        ),
                        ("done", models.TextField(blank=True)),
                        ("parts", models.TextField(blank=True)),
                        ("done_on", models.DateField(null=True)),
                        ("closing", models.TextField(blank=True)),
                        ("reminded_on", models.DateField(null=True)),
                        ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                        ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "hand",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="works", to="equipment.item"
                            ),
                        ),
                        (
                            "modification",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="works",
                                to="equipment.modification",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="works",
                                to="equipment.service",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "maintenance entry",
                        "indexes": [
                            models.Index(fields=["item", "-id"], name="work_by_item"),
                            models.Index(condition=models.Q(("state", "open")), fields=["-id"], name="work_open"),
                            models.Index(fields=["found_on"], name="work_by_day"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("found", ""), _negated=True), name="work_says_what_was_found"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("shop", ""), ("hand__isnull", True), _connector="OR"),
                                name="work_is_of_a_shop_or_a_member",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "done"), _negated=True),
                                    models.Q(
                                        models.Q(("done", ""), _negated=True),
                                        ("done_on__isnull", False),
                                        models.Q(
                                            models.Q(("shop", ""), _negated=True),
                                            ("hand__isnull", False),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="done_work_says_what_by_whom_and_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "done"), _negated=True),
                                    models.Q(("back_on__isnull", True), ("out_on__isnull", True)),
                                    ("back_on__gte", models.F("out_on")),
                                    _connector="OR",
                                ),
                                name="what_was_out_is_back_when_it_is_done",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", True), ("state", "open")),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("closed_at__isnull", False),
                                        ("closed_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="work_is_closed_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "dropped"), _negated=True),
                                    models.Q(("closing", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="work_is_dropped_for_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=500)),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=10, null=True)),
                        ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "work",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="equipment.work"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [models.Index(fields=["work", "id"], name="work_entry_by_work")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="work_entry_says_what_for"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="equipment.keptfile"
                            ),
                        ),
                        (
                            "work",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="files", to="equipment.work"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Receipt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=60)),
                        ("supplier", models.CharField(max_length=120)),
                        ("on", models.DateField()),
                        ("total", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipts",
                                to="equipment.keptfile",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("supplier", ""), _negated=True), name="receipt_is_somebodys"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("total__gte", 0)), name="receipt_is_of_nothing_or_more"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReceiptLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipt_lines",
                                to="equipment.item",
                            ),
                        ),
                        (
                            "receipt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="equipment.receipt",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("receipt", "item"), name="item_once_a_receipt"),
                            models.CheckConstraint(
                                condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                                name="line_is_nothing_or_more",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReceiptWithdrawal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("why", models.TextField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "receipt",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="withdrawal",
                                to="equipment.receipt",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("why", ""), _negated=True), name="withdrawal_of_a_receipt_says_why"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Booking",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("since", models.DateTimeField(verbose_name="from")),
                        ("until", models.DateTimeField(verbose_name="until")),
                        ("purpose", models.CharField(max_length=200)),
                        ("event", models.CharField(blank=True, max_length=200, verbose_name="event or assignment")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("booked", "booked"),
                                    ("taken", "taken"),
                                    ("over", "over"),
                                    ("cancelled", "cancelled"),
                                    ("not_taken", "not taken"),
                                ],
                                default="booked",
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("booked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(editable=False, null=True)),
                        ("reason", models.TextField(blank=True, editable=False)),
                        (
                            "booked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bookings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reminded_at", models.DateTimeField(editable=False, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["since", "until"], name="booking_by_time"),
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=["member"],
                                name="booking_open_by_member",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__gt", models.F("since"))),
                                name="booking_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("purpose", ""), _negated=True), name="booking_is_for_something"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("state__in", ["booked", "taken"])),
                                    models.Q(
                                        ("ended_at__isnull", False), ("state__in", ["over", "cancelled", "not_taken"])
                                    ),
                                    _connector="OR",
                                ),
                                name="booking_that_ended_says_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "not_taken"), _negated=True),
                                    ("ended_at__gte", models.F("until")),
                                    _connector="OR",
                                ),
                                name="booking_waits_until_its_end",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BookedItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("stands", models.BooleanField(default=True)),
                        ("dropped_at", models.DateTimeField(null=True)),
                        ("back_at", models.DateTimeField(null=True)),
                        (
                            "handover",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="booked",
                                to="equipment.handover",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bookings",
                                to="equipment.item",
                            ),
                        ),
                        (
                            "kit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="equipment.kit",
                            ),
                        ),
                        (
                            "booking",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="things",
                                to="equipment.booking",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("stands", True)), fields=["item"], name="booked_item_standing"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("booking", "item"), name="one_thing_once_in_a_booking"),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("stands", True)),
                                expressions=[
                                    (
                                        models.Func(
                                            models.F("item_id"),
                                            models.F("item_id"),
                                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                                inclusive_lower=True, inclusive_upper=True
                                            ),
                                            function="int8range",
                                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                        ),
                                        "&&",
                                    ),
                                    ("period", "&&"),
                                ],
                                name="one_booking_a_thing_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Skill",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("letter", models.CharField(blank=True, max_length=1)),
                        ("name", models.CharField(max_length=80)),
                        ("says", models.CharField(blank=True, max_length=300, verbose_name="what it comprises")),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("letter", ""), _negated=True),
                                fields=("letter",),
                                name="one_skill_a_letter",
                            ),
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("name"),
                                condition=models.Q(("ended_at__isnull", True)),
                                name="one_skill_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("letter", ""), ("made_by__isnull", False)),
                                    models.Q(("ended_at__isnull", True), ("letter__in", ["A", "B", "C", "D"])),
                                    _connector="OR",
                                ),
                                name="skills_of_the_sop_stay",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SkillDemand",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("ended_at", models.DateTimeField(null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="demands", to="equipment.kind"
                            ),
                        ),
                        (
                            "skill",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="demands",
                                to="equipment.skill",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("kind", "skill"),
                                name="one_demand_a_kind_and_skill",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SkillProof",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="assessed on")),
                        ("training", models.CharField(blank=True, max_length=200)),
                        ("expires_on", models.DateField(null=True, verbose_name="holds until")),
                        ("remark", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "assessor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="skill_proofs",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "skill",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to="equipment.skill"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["member", "skill", "-on", "-id"], name="proof_by_member_and_skill")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("member", models.F("assessor")), _negated=True),
                                    models.Q(("member", models.F("by")), _negated=True),
                                ),
                                name="nobody_assesses_himself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expires_on__isnull", True), ("expires_on__gte", models.F("on")), _connector="OR"
                                ),
                                name="proof_runs_out_after_its_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SkillWithdrawal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=300)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proof",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="withdrawal",
                                to="equipment.skillproof",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="withdrawal_of_a_skill_says_why"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FoundReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("where", models.CharField(max_length=300)),
                        ("text", models.TextField(blank=True)),
                        ("reach", models.CharField(blank=True, max_length=200)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("settled_at", models.DateTimeField(null=True)),
                        ("outcome", models.TextField(blank=True)),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="found_reports",
                                to="equipment.item",
                            ),
                        ),
                        (
                            "kit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="found_reports",
                                to="equipment.kit",
                            ),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("settled_at__isnull", True)), fields=["-id"], name="found_unsettled"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("item__isnull", True), ("kit__isnull", False)),
                                    models.Q(("item__isnull", False), ("kit__isnull", True)),
                                    _connector="OR",
                                ),
                                name="found_is_an_item_or_a_kit",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("outcome", ""), ("settled_at__isnull", True), ("settled_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("settled_at__isnull", False),
                                        ("settled_by__isnull", False),
                                        models.Q(("outcome", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="found_is_settled_by_somebody_with_a_word",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BudgetUnit",
                    fields=[
                        ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                        ("name", models.CharField(default="Budget Unit", max_length=120)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("deliver_to", models.TextField(blank=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_budget_unit")],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField()),
                        ("remark", models.TextField(blank=True)),
                        ("key", models.UUIDField(unique=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "receipt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="equipment.receipt",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="equipment.purchaseorder",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Proposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being written"),
                                    ("submitted", "to be decided"),
                                    ("returned", "returned"),
                                    ("declined", "declined"),
                                    ("withdrawn", "withdrawn"),
                                    ("approved", "approved"),
                                    ("drawn", "purchase order drawn up"),
                                    ("sent", "with the Budget Unit"),
                                    ("ordered", "ordered"),
                                    ("received", "received"),
                                    ("closed", "closed before all was received"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("submitted_at", models.DateTimeField(null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "follows",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="equipment.proposal",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="equipment.proposalversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "proposal",
                        "indexes": [models.Index(fields=["state", "-id"], name="proposal_by_state")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("submitted_at__isnull", True), ("submitted_by__isnull", True)),
                                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="proposal_is_handed_in_by_somebody",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProposalLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.IntegerField()),
                        ("what", models.CharField(max_length=120)),
                        ("maker", models.CharField(blank=True, max_length=80)),
                        ("model", models.CharField(blank=True, max_length=80)),
                        ("count", models.IntegerField()),
                        ("cost", models.DecimalField(decimal_places=2, max_digits=12)),
                        (
                            "kind",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="equipment.kind",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="equipment.proposalversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "number"), name="one_line_a_number"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("what", ""), _negated=True), ("count__range", (1, 500)), ("cost__gte", 0)
                                ),
                                name="line_says_how_many_of_what",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeliveredLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("count", models.IntegerField()),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="equipment.delivery",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="delivered",
                                to="equipment.proposalline",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("delivery", "line"), name="a_line_comes_once_a_delivery"),
                            models.CheckConstraint(condition=models.Q(("count__gte", 1)), name="something_came"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProposalVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.IntegerField()),
                        ("title", models.CharField(max_length=120)),
                        ("description", models.TextField(blank=True)),
                        ("reason", models.TextField(blank=True)),
                        ("alternatives", models.TextField(blank=True)),
                        ("freight", models.DecimalField(decimal_places=2, default=decimal.Decimal, max_digits=12)),
                        ("total", models.DecimalField(decimal_places=2, default=decimal.Decimal, max_digits=14)),
                        ("document", models.BinaryField()),
                        ("digest", models.BinaryField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="equipment.proposal",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("proposal", "number"), name="one_proposal_version_a_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True), name="proposal_has_a_title"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("freight__gte", 0), ("total__gte", models.F("freight"))),
                                name="proposal_costs",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProposalFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="equipment.keptfile"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="equipment.proposalversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProposalDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[("approve", "approved"), ("return", "returned"), ("decline", "declined")],
                                max_length=10,
                            ),
                        ),
                        ("digest", models.BinaryField()),
                        ("reason", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="equipment.proposalversion",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("verdict", "approve"), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="proposal_is_turned_down_for_a_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PurchaseOrder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.BinaryField()),
                        ("number", models.CharField(max_length=40)),
                        ("supplier", models.CharField(max_length=120)),
                        ("total", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decision",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="order",
                                to="equipment.proposaldecision",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="equipment.keptfile"
                            ),
                        ),
                        (
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="order",
                                to="equipment.proposalversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "purchase order",
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Upper("number"), name="one_order_a_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number", ""), _negated=True), name="order_has_a_number"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderSending",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "way",
                            models.CharField(choices=[("email", "by e-mail"), ("hand", "handed over")], max_length=10),
                        ),
                        ("to", models.CharField(max_length=254)),
                        ("mail_at", models.DateTimeField(null=True)),
                        ("mail_attempts", models.PositiveSmallIntegerField(default=0)),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("why_not", models.CharField(blank=True, max_length=200)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sendings",
                                to="equipment.purchaseorder",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("mail_at__isnull", False)),
                                fields=["mail_at"],
                                name="order_to_be_sent",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("mail_at__isnull", False)),
                                fields=("order",),
                                name="one_mail_of_an_order_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("to", ""), _negated=True), name="order_is_sent_to_somebody"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderPlacing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(blank=True, max_length=80)),
                        ("on", models.DateField()),
                        ("expected_on", models.DateField(null=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "order",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="placing",
                                to="equipment.purchaseorder",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expected_on__isnull", True), ("expected_on__gte", models.F("on")), _connector="OR"
                                ),
                                name="expected_after_it_was_ordered",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Quote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.IntegerField()),
                        ("supplier", models.CharField(max_length=120)),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                        ("on", models.DateField(null=True)),
                        ("chosen", models.BooleanField(default=False)),
                        (
                            "file",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="equipment.keptfile",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quotes",
                                to="equipment.proposalversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "number"), name="one_quote_a_number"),
                            models.UniqueConstraint(
                                condition=models.Q(("chosen", True)), fields=("version",), name="one_quote_is_chosen"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(models.Q(("supplier", ""), _negated=True), ("amount__gte", 0)),
                                name="quote_of_a_supplier",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReceivedItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "delivered",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="equipment.deliveredline",
                            ),
                        ),
                        (
                            "item",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="received",
                                to="equipment.item",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProposalEnd",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="end", to="equipment.proposal"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="proposal_ends_for_a_reason"
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="keptfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1982165e62598a41c8d6911074a43b642cf897e9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_98713",
                            table="equipment_keptfile",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="keptfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="4a12e37a40753904b8e3f8e2c2bbea3520291358",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_7c84d",
                            table="equipment_keptfile",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="item",
                    trigger=pgtrigger.compiler.Trigger(
                        name="disposed_of_after_it_was_retired",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state <> 'retired' AND (NEW.state = 'disposed') <> (OLD.state = 'disposed'))",
                            func="RAISE EXCEPTION 'pgtrigger: what is disposed of was retired before, and stays disposed of';",
                            hash="e98eb5a2bd247bd514ee0d4fa3e63ff0e2cfd2af",
                            operation="UPDATE",
                            pgid="pgtrigger_disposed_of_after_it_was_retired_1282c",
                            table="equipment_item",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="item",
                    trigger=pgtrigger.compiler.Trigger(
                        name="what_is_out_comes_back_first",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.state IN ('maintenance', 'retired', 'disposed') AND OLD.state <> NEW.state)",
                            func="\n                IF EXISTS (SELECT 1 FROM equipment_custody WHERE item_id = NEW.id AND ended_at IS NULL) THEN\n                    RAISE EXCEPTION 'pgtrigger: what somebody has comes back first';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="45da5636a63c77332b80d0219e111654540c8a0a",
                            operation="UPDATE",
                            pgid="pgtrigger_what_is_out_comes_back_first_1df51",
                            table="equipment_item",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="handover",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e35855e12b8c202804e04fbc4d4a2f7c773a33d4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_24fd4",
                            table="equipment_handover",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="handover",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="ec383d826b75e3742e08bffd406595ceb9c6ff14",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_3f655",
                            table="equipment_handover",
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
                    model_name="itemchange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8e8fe355f4301a21105b223cb9945afb26658434",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_a3a45",
                            table="equipment_itemchange",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="itemchange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="48876d662e28753a5ebe14ab1f7978c2dd1d9391",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_6bbdc",
                            table="equipment_itemchange",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="importeditem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9de6fe5215f0c1b70748ef778e9ebecfaa199c83",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_04df9",
                            table="equipment_importeditem",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="importeditem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="34bd962b3653c4f18fb1c8b95e428c2dc8deb7d6",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_d2bc7",
                            table="equipment_importeditem",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stocktake",
                    trigger=pgtrigger.compiler.Trigger(
                        name="signed_stock_take_stands",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state <> 'open')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="6ae8ef855237200afd77ee6adc9738c4ac7d8639",
                            operation="UPDATE",
                            pgid="pgtrigger_signed_stock_take_stands_ec805",
                            table="equipment_stocktake",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stocktake",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stock_take_counts_what_it_began",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."over" IS DISTINCT FROM (NEW."over") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."member_id" IS DISTINCT FROM (NEW."member_id") OR OLD."begun_by_id" IS DISTINCT FROM (NEW."begun_by_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="e089297c4fbefdbed6962d697ab46bfd290b2732",
                            operation="UPDATE",
                            pgid="pgtrigger_stock_take_counts_what_it_began_5f504",
                            table="equipment_stocktake",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sighting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c4e65e6981785b8c20338a1c2f2da97d7eaa385c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_7a8b5",
                            table="equipment_sighting",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sighting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="4e975444eb9aeb9c5a886b62f9c35d68f994104c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_91fb8",
                            table="equipment_sighting",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sighting",
                    trigger=pgtrigger.compiler.Trigger(
                        name="seen_while_it_is_counted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM equipment_stocktake WHERE id = NEW.take_id AND state = 'open' FOR SHARE;\n    IF NOT FOUND THEN\n        RAISE EXCEPTION 'this stock-take is over';\n    END IF;\n    RETURN NEW;\n",
                            hash="85d0c98372a9477e615a63325c2c46578fa0c81c",
                            operation="INSERT",
                            pgid="pgtrigger_seen_while_it_is_counted_fd619",
                            table="equipment_sighting",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="expected",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="32affc6dfc333a88d26888cd40e8394454322c0f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_a0ea1",
                            table="equipment_expected",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="expected",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="5fc7a862c87297e4397661a35e979e36681e8c96",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_516e0",
                            table="equipment_expected",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="modification",
                    trigger=pgtrigger.compiler.Trigger(
                        name="modification_stands_as_asked",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."item_id" IS DISTINCT FROM (NEW."item_id") OR OLD."what" IS DISTINCT FROM (NEW."what") OR OLD."against" IS DISTINCT FROM (NEW."against") OR OLD."why" IS DISTINCT FROM (NEW."why") OR OLD."voids" IS DISTINCT FROM (NEW."voids") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="6847e8b918fbda01c780bf17f9fbec3cdcba9f8c",
                            operation="UPDATE",
                            pgid="pgtrigger_modification_stands_as_asked_31aed",
                            table="equipment_modification",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="modification",
                    trigger=pgtrigger.compiler.Trigger(
                        name="approved_means_a_decision",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.state IN ('approved', 'declined'))",
                            func="\n                PERFORM FROM equipment_modificationdecision\n                WHERE modification_id = NEW.id AND approves = (NEW.state = 'approved');\n                IF NOT FOUND THEN\n                    RAISE EXCEPTION 'pgtrigger: a modification is decided by a recorded decision';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="f3e64f801c9de7056cb3edcad1c5931aa03bb8e8",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_approved_means_a_decision_2cd02",
                            table="equipment_modification",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="modificationdecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="79e0597643f8d768105762699d4e8109f9d5e0bb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_62bd9",
                            table="equipment_modificationdecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="modificationdecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="f2ec8a1245d7935a61ae662dee12bcb9ed5fa0b2",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_768f9",
                            table="equipment_modificationdecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="modificationdecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="decided_by_another",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                \n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND position IN ('commander', 'commanding_officer', 'supervisor');\n    IF NOT FOUND THEN\n        PERFORM FROM members_designation\n        WHERE designee_id = NEW.by_id AND power IN ('', 'keep_equipment') AND ended_at IS NULL\n            AND since <= clock_timestamp() + interval '1 minute' AND until > clock_timestamp() - interval '1 minute'\n        FOR SHARE;\n        IF NOT FOUND THEN\n            RAISE check_violation USING MESSAGE = 'this is not his to decide: keep_equipment';\n        END IF;\n    END IF;\n    \n                IF NEW.by_id = (SELECT asked_by_id FROM equipment_modification WHERE id = NEW.modification_id) THEN\n                    RAISE EXCEPTION 'pgtrigger: nobody decides what he asked for himself';\n                END IF;\n                RETURN NEW;\n                ",
                            hash="ee9ffa6ab3fed2c0ad117bbdd687d78feff0aafe",
                            operation="INSERT",
                            pgid="pgtrigger_decided_by_another_75fbb",
                            table="equipment_modificationdecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reading",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6d61f8ba3abfea1a77e4db1a85a764a679f87648",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_b5c26",
                            table="equipment_reading",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reading",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="a32aa79d52e4a11c4d3949b90a3debff9395e3b8",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_a0bba",
                            table="equipment_reading",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="work",
                    trigger=pgtrigger.compiler.Trigger(
                        name="finished_work_stands",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.state <> 'open')",
                            func="RAISE EXCEPTION 'pgtrigger: what is finished stands; what comes later is a later entry';",
                            hash="436ef5605c19f9e343ff17a64ef1e95cbf6103e1",
                            operation="UPDATE",
                            pgid="pgtrigger_finished_work_stands_4148e",
                            table="equipment_work",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="work",
                    trigger=pgtrigger.compiler.Trigger(
                        name="outside_instructions_is_decided",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.state = 'done' AND NEW.outside)",
                            func="\n    PERFORM FROM equipment_modification asked\n    JOIN equipment_modificationdecision said ON said.modification_id = asked.id\n    WHERE asked.id = NEW.modification_id AND asked.item_id = NEW.item_id AND said.approves;\n    IF NOT FOUND THEN\n        RAISE EXCEPTION 'pgtrigger: work outside the instructions of the maker needs a decision on that thing';\n    END IF;\n    RETURN NEW;\n    ",
                            hash="01b4f51458cbe2c8ecf20c35c8e3aae3724d9eb1",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_outside_instructions_is_decided_8d03a",
                            table="equipment_work",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="workentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d6a89658c21c06208875aab2541258cc5d749af4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_84d7e",
                            table="equipment_workentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="workentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="c5bf8aa96f218a2a5dfed8638fecde19b61c2772",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_63230",
                            table="equipment_workentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="workfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ba7b14e39709b9399a5b748b6c2085b4d0c7d9f5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_557de",
                            table="equipment_workfile",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="workfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="6fb0c2c476e9190054aba170a500f8b72d80b416",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_1c36b",
                            table="equipment_workfile",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="receipt",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="475b1840c7c3d728d723eeb776262d0c10af811e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_01d8f",
                            table="equipment_receipt",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="receipt",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="4d115bf4d1d7c860098da1c4a3ae34e815666f3c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_feff3",
                            table="equipment_receipt",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="receiptline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="01abdbc9359d0472b968e29bff2b15905b317ea8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_e8e40",
                            table="equipment_receiptline",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="receiptline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="a488fe3d99e04920dabf312cdc2aeea4ddc97c91",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_06602",
                            table="equipment_receiptline",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="receiptwithdrawal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0b6f5b9cb11d8c2bfc9ab46f196c2eb83b8fdbcb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_ede2e",
                            table="equipment_receiptwithdrawal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="receiptwithdrawal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="d56c12391e59ecc7a049cd901e488521fc164d0f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_2bf0f",
                            table="equipment_receiptwithdrawal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="booking",
                    trigger=pgtrigger.compiler.Trigger(
                        name="booking_stands_as_made",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."booked_by_id" IS DISTINCT FROM (NEW."booked_by_id") OR OLD."booked_at" IS DISTINCT FROM (NEW."booked_at") OR OLD."key" IS DISTINCT FROM (NEW."key"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="29e1b8312241bc3b956bd130d9650403ac144d58",
                            operation="UPDATE",
                            pgid="pgtrigger_booking_stands_as_made_3c288",
                            table="equipment_booking",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="booking",
                    trigger=pgtrigger.compiler.Trigger(
                        name="its_things_follow",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."until" IS DISTINCT FROM (NEW."until"))',
                            func="UPDATE equipment_bookeditem SET stands = stands WHERE booking_id = NEW.id; RETURN NULL;",
                            hash="1a15131b0fdd64274a9083240b31026194d35163",
                            operation="UPDATE",
                            pgid="pgtrigger_its_things_follow_2f9e3",
                            table="equipment_booking",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="booking",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ended_booking_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"state\" IN ('over', 'cancelled', 'not_taken'))",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="7631d44bbd357cb1fb3cdf9a6bc670709e70e22a",
                            operation="UPDATE",
                            pgid="pgtrigger_ended_booking_stays_ffc69",
                            table="equipment_booking",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="bookeditem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="booked_item_stays_the_thing",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."booking_id" IS DISTINCT FROM (NEW."booking_id") OR OLD."item_id" IS DISTINCT FROM (NEW."item_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="7faaa5c5dbe1ec7e7170cc24aceae8aa07a9d007",
                            operation="UPDATE",
                            pgid="pgtrigger_booked_item_stays_the_thing_e2193",
                            table="equipment_bookeditem",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="bookeditem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="holds_as_its_booking",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                SELECT tstzrange(since, until, '[)'),\n                    state IN ('booked', 'taken') AND NEW.dropped_at IS NULL AND NEW.back_at IS NULL\n                INTO NEW.period, NEW.stands FROM equipment_booking WHERE id = NEW.booking_id;\n                RETURN NEW;\n                ",
                            hash="c355264a9ba3b2ee4bd7159433766d368e99630f",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_holds_as_its_booking_f55c7",
                            table="equipment_bookeditem",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="skill",
                    trigger=pgtrigger.compiler.Trigger(
                        name="skill_stays_what_was_assessed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."letter" IS DISTINCT FROM (NEW."letter") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."says" IS DISTINCT FROM (NEW."says") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="a2bc4c3b47cef37f8a6adbf708952b7616e903a8",
                            operation="UPDATE",
                            pgid="pgtrigger_skill_stays_what_was_assessed_c4771",
                            table="equipment_skill",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="skillproof",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="39b3666a18f5de5f91afd4f99d2e42e35d0562cb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_95ee0",
                            table="equipment_skillproof",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="skillproof",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="feb4bf85e7b235c42c5b83452fb137170c64e92c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_92a56",
                            table="equipment_skillproof",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="skillproof",
                    trigger=pgtrigger.compiler.Trigger(
                        name="proof_is_recorded_by_who_may",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND position IN ('commander', 'commanding_officer', 'supervisor');\n    IF NOT FOUND THEN\n        PERFORM FROM members_designation\n        WHERE designee_id = NEW.by_id AND power IN ('', 'keep_equipment') AND ended_at IS NULL\n            AND since <= clock_timestamp() + interval '1 minute' AND until > clock_timestamp() - interval '1 minute'\n        FOR SHARE;\n        IF NOT FOUND THEN\n            RAISE check_violation USING MESSAGE = 'this is not his to decide: keep_equipment';\n        END IF;\n    END IF;\n     RETURN NEW;",
                            hash="af5795a759e75098906f794470f7393eb1790225",
                            operation="INSERT",
                            pgid="pgtrigger_proof_is_recorded_by_who_may_f1811",
                            table="equipment_skillproof",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="skillwithdrawal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cace4cd6b196bc65a32f712b6b6b36e6df018a93",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_c1cf9",
                            table="equipment_skillwithdrawal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="skillwithdrawal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="78bb4621811fbf4fba14bfcccb3ad46f12ec1df9",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_d17cd",
                            table="equipment_skillwithdrawal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="skillwithdrawal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="withdrawal_is_recorded_by_who_may",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND position IN ('commander', 'commanding_officer', 'supervisor');\n    IF NOT FOUND THEN\n        PERFORM FROM members_designation\n        WHERE designee_id = NEW.by_id AND power IN ('', 'keep_equipment') AND ended_at IS NULL\n            AND since <= clock_timestamp() + interval '1 minute' AND until > clock_timestamp() - interval '1 minute'\n        FOR SHARE;\n        IF NOT FOUND THEN\n            RAISE check_violation USING MESSAGE = 'this is not his to decide: keep_equipment';\n        END IF;\n    END IF;\n     RETURN NEW;",
                            hash="b5034dcc8c2d427880a58c1b9e026e822e60dd21",
                            operation="INSERT",
                            pgid="pgtrigger_withdrawal_is_recorded_by_who_may_3af1f",
                            table="equipment_skillwithdrawal",
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
                pgtrigger.migrations.AddTrigger(
                    model_name="delivery",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d62bb158721b8f8e0e564e664d15a63be100bfa1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_c6334",
                            table="equipment_delivery",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="delivery",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="0ab001d54a46060fa301a96560618cd62d2f129a",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_4caa7",
                            table="equipment_delivery",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="proposal_is_his_who_wrote_it",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."follows_id" IS DISTINCT FROM (NEW."follows_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="c0db431e2531ff1393d9ac4362779a08fe2a74b1",
                            operation="UPDATE",
                            pgid="pgtrigger_proposal_is_his_who_wrote_it_4d5d7",
                            table="equipment_proposal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="state_means_what_was_done",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF TG_OP = 'INSERT' THEN\n    IF NEW.state <> 'draft' OR NEW.version_id IS NOT NULL THEN\n        RAISE EXCEPTION 'pgtrigger: a proposal begins as a draft';\n    END IF;\n    RETURN NEW;\nEND IF;\nIF NEW.version_id IS DISTINCT FROM OLD.version_id AND (\n    OLD.state NOT IN ('draft', 'returned') OR NEW.state <> OLD.state OR NOT EXISTS (\n        SELECT FROM equipment_proposalversion WHERE id = NEW.version_id AND proposal_id = NEW.id\n    )\n) THEN\n    RAISE EXCEPTION 'pgtrigger: a proposal is changed only before it is handed in, or after it came back';\nEND IF;\nIF NEW.state = OLD.state THEN\n    RETURN NEW;\nEND IF;\nIF OLD.state IN ('declined', 'withdrawn', 'received', 'closed') THEN\n    RAISE EXCEPTION 'pgtrigger: what is over stays over';\nEND IF;\nIF NEW.state = 'submitted' AND NOT EXISTS (\n    SELECT FROM equipment_proposalversion written WHERE written.id = NEW.version_id\n    AND written.description <> '' AND written.reason <> '' AND written.alternatives <> ''\n    AND EXISTS (SELECT FROM equipment_proposalline WHERE version_id = written.id)\n    AND EXISTS (SELECT FROM equipment_quote WHERE version_id = written.id AND chosen)\n    AND NOT EXISTS (SELECT FROM equipment_quote WHERE version_id = written.id AND file_id IS NULL)\n    AND NOT EXISTS (SELECT FROM equipment_proposaldecision WHERE version_id = written.id)\n) THEN\n    RAISE EXCEPTION 'pgtrigger: what is handed in says what, why and for how much, with quotes';\nEND IF;\nIF NEW.state IN ('returned', 'declined') AND NOT EXISTS (\n    SELECT FROM equipment_proposaldecision WHERE version_id = NEW.version_id AND verdict <> 'approve'\n) THEN\n    RAISE EXCEPTION 'pgtrigger: turned down means that another member decided so';\nEND IF;\nIF NEW.state IN ('approved', 'drawn', 'sent', 'ordered', 'received', 'closed') AND NOT EXISTS (\n    SELECT FROM equipment_proposaldecision decided\n    JOIN equipment_proposalversion written ON written.id = decided.version_id AND written.digest = decided.digest\n    WHERE decided.version_id = NEW.version_id AND decided.verdict = 'approve'\n) THEN\n    RAISE EXCEPTION 'pgtrigger: approved means that another member decided so, on exactly this';\nEND IF;\nIF NEW.state IN ('drawn', 'sent', 'ordered', 'received', 'closed') AND NOT EXISTS (\n    SELECT FROM equipment_purchaseorder WHERE version_id = NEW.version_id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: nothing is bought without a purchase order';\nEND IF;\nIF NEW.state IN ('sent', 'ordered', 'received') AND NOT EXISTS (\n    SELECT FROM equipment_purchaseorder bought JOIN equipment_ordersending sent ON sent.order_id = bought.id\n    WHERE bought.version_id = NEW.version_id AND sent.sent_at IS NOT NULL\n) THEN\n    RAISE EXCEPTION 'pgtrigger: the purchase order goes to the Budget Unit';\nEND IF;\nIF NEW.state IN ('ordered', 'received') AND NOT EXISTS (\n    SELECT FROM equipment_purchaseorder bought JOIN equipment_orderplacing placed ON placed.order_id = bought.id\n    WHERE bought.version_id = NEW.version_id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: ordered means that the Budget Unit ordered it';\nEND IF;\nIF NEW.state = 'received' AND EXISTS (\n    SELECT FROM equipment_proposalline line WHERE line.version_id = NEW.version_id AND line.count <> (\n        SELECT coalesce(sum(came.count), 0) FROM equipment_deliveredline came WHERE came.line_id = line.id\n    )\n) THEN\n    RAISE EXCEPTION 'pgtrigger: received means that all of it came';\nEND IF;\nIF NEW.state IN ('withdrawn', 'closed') AND NOT EXISTS (\n    SELECT FROM equipment_proposalend WHERE proposal_id = NEW.id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: a proposal ends for a reason';\nEND IF;\nRETURN NEW;\n",
                            hash="7898a70798821c8493e551d38c80277e392d0446",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_state_means_what_was_done_3fefc",
                            table="equipment_proposal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposalline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1a56f578215ba14bc6948cd950d1eb577106ccb7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_5f249",
                            table="equipment_proposalline",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposalline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="cb56514266d62a399b73cd8ebdc06db9c79743ac",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_6ac78",
                            table="equipment_proposalline",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposalline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="written_with_its_version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF EXISTS (\n    SELECT FROM equipment_proposalversion mine\n    JOIN equipment_proposal proposal ON proposal.id = mine.proposal_id\n    JOIN equipment_proposalversion stands ON stands.id = proposal.version_id\n    WHERE mine.id = NEW.version_id AND stands.number >= mine.number\n) THEN\n    RAISE EXCEPTION 'pgtrigger: what stands in a version was written with it';\nEND IF;\nRETURN NEW;\n",
                            hash="009d10240a044c4d813d4b013b66a1b2698fef1e",
                            operation="INSERT",
                            pgid="pgtrigger_written_with_its_version_7fa2d",
                            table="equipment_proposalline",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deliveredline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6236989bee35bde1bf6c0f5b25c8e8a4b38c9a14",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_615b2",
                            table="equipment_deliveredline",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deliveredline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="ab3a1fb2cb41d85cd64fb85a4e82fe347d7b5bb0",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_9c4cc",
                            table="equipment_deliveredline",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deliveredline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="received_of_the_order",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nPERFORM FROM equipment_delivery came\nJOIN equipment_purchaseorder bought ON bought.id = came.order_id\nJOIN equipment_proposal proposal ON proposal.version_id = bought.version_id\nJOIN equipment_proposalline line ON line.version_id = bought.version_id\nWHERE came.id = NEW.delivery_id AND line.id = NEW.line_id AND proposal.state = 'ordered'\nFOR UPDATE OF proposal;\nIF NOT FOUND THEN\n    RAISE EXCEPTION 'pgtrigger: received is only what was ordered';\nEND IF;\nIF NEW.count + (\n    SELECT coalesce(sum(count), 0) FROM equipment_deliveredline WHERE line_id = NEW.line_id\n) > (SELECT count FROM equipment_proposalline WHERE id = NEW.line_id) THEN\n    RAISE EXCEPTION 'pgtrigger: no more is received than was ordered';\nEND IF;\nRETURN NEW;\n",
                            hash="eb38b952c507617a4a1e58fb36a339a2d5cdaa09",
                            operation="INSERT",
                            pgid="pgtrigger_received_of_the_order_424a9",
                            table="equipment_deliveredline",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deliveredline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="received_means_items",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\nIF (SELECT count(*) FROM equipment_receiveditem WHERE delivered_id = NEW.id) <> (\n    SELECT CASE WHEN kind_id IS NULL THEN 0 ELSE NEW.count END FROM equipment_proposalline WHERE id = NEW.line_id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: each thing that was received is in the inventory';\nEND IF;\nRETURN NULL;\n",
                            hash="f79be316d55302695fd61aba6ec529eb1e727c76",
                            operation="INSERT",
                            pgid="pgtrigger_received_means_items_0832c",
                            table="equipment_deliveredline",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposalversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="93b08dd56240a04228dc74ea3a86cf3348d8224a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_1c1e7",
                            table="equipment_proposalversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposalversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="8ada4d85474c5ac8ddb728e4837424a902cb5e3f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_52aaa",
                            table="equipment_proposalversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposalversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="written_while_open",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nPERFORM FROM equipment_proposal WHERE id = NEW.proposal_id AND state IN ('draft', 'returned') FOR UPDATE;\nIF NOT FOUND THEN\n    RAISE EXCEPTION 'pgtrigger: a proposal is changed only before it is handed in, or after it came back';\nEND IF;\nRETURN NEW;\n",
                            hash="f5c24b5491a400782c3ed60b3ad1c6f9043ab2c8",
                            operation="INSERT",
                            pgid="pgtrigger_written_while_open_1a061",
                            table="equipment_proposalversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposalfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8f3b56c4a7eeb9df3850bd85ba196cc3be0e2183",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_6035a",
                            table="equipment_proposalfile",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposalfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="ce4f8c96cfe708b19a111728a43210abe49af733",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_45d33",
                            table="equipment_proposalfile",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposalfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="written_with_its_version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF EXISTS (\n    SELECT FROM equipment_proposalversion mine\n    JOIN equipment_proposal proposal ON proposal.id = mine.proposal_id\n    JOIN equipment_proposalversion stands ON stands.id = proposal.version_id\n    WHERE mine.id = NEW.version_id AND stands.number >= mine.number\n) THEN\n    RAISE EXCEPTION 'pgtrigger: what stands in a version was written with it';\nEND IF;\nRETURN NEW;\n",
                            hash="f3800d2990a1037380438f4add6deb76b8a0510e",
                            operation="INSERT",
                            pgid="pgtrigger_written_with_its_version_4c5cf",
                            table="equipment_proposalfile",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposaldecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b8fe7e51ec4563a13b8d6f41ff934367263b4053",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_8d63b",
                            table="equipment_proposaldecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposaldecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="a82278d859cebf5bf953310980ef99c095352baf",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_07bd1",
                            table="equipment_proposaldecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposaldecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="another_decides_on_exactly_this",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM members_member WHERE id = NEW.by_id AND is_active FOR KEY SHARE;\n    IF NOT FOUND THEN\n        RAISE check_violation USING MESSAGE = 'who has left the unit takes no part any more';\n    END IF;\n    \n    PERFORM FROM members_member WHERE id = NEW.by_id AND position IN ('commander');\n    IF NOT FOUND THEN\n        PERFORM FROM members_designation\n        WHERE designee_id = NEW.by_id AND power IN ('', 'approve_proposals') AND ended_at IS NULL\n            AND since <= clock_timestamp() + interval '1 minute' AND until > clock_timestamp() - interval '1 minute'\n        FOR SHARE;\n        IF NOT FOUND THEN\n            RAISE check_violation USING MESSAGE = 'this is not his to decide: approve_proposals';\n        END IF;\n    END IF;\n    \nPERFORM FROM equipment_proposal proposal\nJOIN equipment_proposalversion written ON written.id = proposal.version_id\nWHERE written.id = NEW.version_id AND written.digest = NEW.digest AND proposal.state = 'submitted'\nFOR UPDATE OF proposal;\nIF NOT FOUND THEN\n    RAISE EXCEPTION 'pgtrigger: a decision is on exactly what was handed in';\nEND IF;\nIF EXISTS (\n    SELECT FROM equipment_proposalversion mine\n    JOIN equipment_proposal proposal ON proposal.id = mine.proposal_id\n    LEFT JOIN equipment_proposalversion every ON every.proposal_id = proposal.id\n    WHERE mine.id = NEW.version_id AND NEW.by_id IN (proposal.asked_by_id, proposal.submitted_by_id, every.by_id)\n) THEN\n    RAISE EXCEPTION 'pgtrigger: nobody decides what he wrote or changed himself';\nEND IF;\nRETURN NEW;\n",
                            hash="e999461ac984abc8b771ebc994e743dd824987be",
                            operation="INSERT",
                            pgid="pgtrigger_another_decides_on_exactly_this_e27cd",
                            table="equipment_proposaldecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="purchaseorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="130c68244e16dfdff94ea20cbd2d39a8538180f0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_76cf9",
                            table="equipment_purchaseorder",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="purchaseorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="20099d85fe6d17a80ae8bc9c9e8e12d2590b58d8",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_2d46a",
                            table="equipment_purchaseorder",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="purchaseorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ordered_as_approved",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nPERFORM FROM equipment_proposal proposal\nJOIN equipment_proposalversion written ON written.id = proposal.version_id\nJOIN equipment_proposaldecision decided ON decided.version_id = written.id\nWHERE written.id = NEW.version_id AND decided.id = NEW.decision_id AND decided.verdict = 'approve'\n    AND decided.digest = NEW.digest AND written.digest = NEW.digest AND proposal.state = 'approved'\nFOR UPDATE OF proposal;\nIF NOT FOUND THEN\n    RAISE EXCEPTION 'pgtrigger: ordered is exactly what was approved';\nEND IF;\nRETURN NEW;\n",
                            hash="2ac4d29643be246a33a74435fc46a143809e6f3a",
                            operation="INSERT",
                            pgid="pgtrigger_ordered_as_approved_ce6d3",
                            table="equipment_purchaseorder",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ordersending",
                    trigger=pgtrigger.compiler.Trigger(
                        name="sending_stands",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."order_id" IS DISTINCT FROM (NEW."order_id") OR OLD."way" IS DISTINCT FROM (NEW."way") OR OLD."to" IS DISTINCT FROM (NEW."to") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="782191673fee0b0f707a56f2c9e2db1050ce4e6a",
                            operation="UPDATE",
                            pgid="pgtrigger_sending_stands_e9430",
                            table="equipment_ordersending",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="orderplacing",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="15c62bc9af8d74220a81f6e2ef39efb2b6959466",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_48325",
                            table="equipment_orderplacing",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="orderplacing",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="155aa9aa498925b70c2d95206d1aa0c4eabfccb1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_90de0",
                            table="equipment_orderplacing",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7a45e0e411caffd56ca4ef6b3b46cc5dd8807118",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_5ec93",
                            table="equipment_quote",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="77052e2e8174bfe72bdef542ad6f42bdb93169d1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_9e4e0",
                            table="equipment_quote",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="quote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="written_with_its_version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF EXISTS (\n    SELECT FROM equipment_proposalversion mine\n    JOIN equipment_proposal proposal ON proposal.id = mine.proposal_id\n    JOIN equipment_proposalversion stands ON stands.id = proposal.version_id\n    WHERE mine.id = NEW.version_id AND stands.number >= mine.number\n) THEN\n    RAISE EXCEPTION 'pgtrigger: what stands in a version was written with it';\nEND IF;\nRETURN NEW;\n",
                            hash="0f9accf784f03dbf98c002d460395609e2fcc637",
                            operation="INSERT",
                            pgid="pgtrigger_written_with_its_version_9bdd6",
                            table="equipment_quote",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="receiveditem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="65f1f6d2f0a2e71390130a238f6b6c4da75653d1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_1126d",
                            table="equipment_receiveditem",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="receiveditem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="80dc03f4889601f8c68916aca19968a16e8eb7ad",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_4ddef",
                            table="equipment_receiveditem",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="receiveditem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="items_of_a_delivery",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\nIF (SELECT count(*) FROM equipment_receiveditem WHERE delivered_id = NEW.delivered_id) >= (\n    SELECT CASE WHEN line.kind_id IS NULL THEN 0 ELSE came.count END FROM equipment_deliveredline came\n    JOIN equipment_proposalline line ON line.id = came.line_id WHERE came.id = NEW.delivered_id\n) THEN\n    RAISE EXCEPTION 'pgtrigger: no more things than were received';\nEND IF;\nRETURN NEW;\n",
                            hash="5bf313fea8ac364e9f1f99d58bccf85e4be605d3",
                            operation="INSERT",
                            pgid="pgtrigger_items_of_a_delivery_1a688",
                            table="equipment_receiveditem",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposalend",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_fact",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8c51b1ce74f58b210eab8a2b6039fde10e1b1d0f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_is_a_fact_70ce1",
                            table="equipment_proposalend",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="proposalend",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_not_emptied",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: a table of facts is not emptied';",
                            hash="e24be8889ec405fb0e5fedf0bdff2ecf9a98b5b1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_is_not_emptied_8d844",
                            table="equipment_proposalend",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
        migrations.RunPython(set_down, migrations.RunPython.noop),
    ]
