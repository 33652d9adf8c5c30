"""An item of the inventory: what it is, what it can do, in what state it is, and each change of that (3.2, 3.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from equipment.capabilities import CAPABILITIES
from equipment.codes import new_code
from equipment.folding import fold
from equipment.models.files import KeptFile
from equipment.models.kits import Kind, Kit
from members import plainly
from members.authority import holds
from members.facts import Fact, Narrow
from members.models import Member
from members.powers import Power
from members.states import Stateful

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from equipment.models.custody import Custody
    from equipment.models.receipts import ReceiptLine


# What else may be kept of a thing, with the column that names the thing.
BESIDE = {
    "accessories": ("equipment_item", "belongs_to_id"),
    "bookings": ("equipment_bookeditem", "item_id"),
    "imports": ("equipment_importeditem", "item_id"),
    "modifications": ("equipment_modification", "item_id"),
    "readings": ("equipment_reading", "item_id"),
    "receipts": ("equipment_receiptline", "item_id"),
    "received": ("equipment_receiveditem", "item_id"),
    "services": ("equipment_service", "item_id"),
    "sightings": ("equipment_sighting", "item_id"),
}
_BESIDE = "SELECT array_remove(ARRAY[{}], NULL)".format(
    ", ".join(
        f"CASE WHEN EXISTS (SELECT FROM {table} WHERE {column} = %(item)s) THEN '{name}' END"
        for name, (table, column) in BESIDE.items()
    )
)


class ItemQuerySet(models.QuerySet["Item"]):
    """Questions about items."""

    def visible_to(self, member: Member) -> ItemQuerySet:
        """Every member sees what the unit owns."""
        return self if member.may(Power.READ_UNIT) else self.none()

    def owned(self) -> ItemQuerySet:
        """Those that the unit has, or looks for: neither retired nor disposed of."""
        return self.exclude(state__in=Item.GONE)


class Item(Narrow, Stateful):
    """One thing with a tag of its own."""

    class State(models.TextChoices):
        """Whether it serves."""

        SERVICEABLE = "serviceable", "serviceable"
        ATTENTION = "needs_attention", "needs attention"
        MAINTENANCE = "maintenance", "in maintenance"
        LOST = "lost", "lost"
        STOLEN = "stolen", "stolen"
        RETIRED = "retired", "retired"
        DISPOSED = "disposed", "disposed of"

    _HERE: ClassVar[set[str]] = {State.SERVICEABLE, State.ATTENTION, State.MAINTENANCE}
    MOVES = {
        State.SERVICEABLE: {State.ATTENTION, State.MAINTENANCE, State.LOST, State.STOLEN, State.RETIRED},
        State.ATTENTION: {State.SERVICEABLE, State.MAINTENANCE, State.LOST, State.STOLEN, State.RETIRED},
        State.MAINTENANCE: {State.SERVICEABLE, State.ATTENTION, State.LOST, State.STOLEN, State.RETIRED},
        State.LOST: {State.SERVICEABLE, State.ATTENTION, State.STOLEN, State.RETIRED},
        State.STOLEN: {State.SERVICEABLE, State.ATTENTION, State.RETIRED},
        State.RETIRED: {State.SERVICEABLE, State.DISPOSED},
    }
    MISSING = (State.LOST, State.STOLEN)
    GONE = (State.RETIRED, State.DISPOSED)
    GOES_OUT = (State.SERVICEABLE, State.ATTENTION)  # only such a thing is handed to somebody

    tag = models.CharField("asset tag", max_length=40)
    code = models.CharField(max_length=22, unique=True, default=new_code, editable=False)  # of its label's link
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="items")
    name = models.CharField(max_length=120)  # what the unit calls it
    maker = models.CharField(max_length=80, blank=True)
    model = models.CharField(max_length=80, blank=True)
    serial = models.CharField("serial number", max_length=80, blank=True)
    capabilities = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.SERVICEABLE, editable=False)
    report_number = models.CharField("report number", max_length=60, blank=True)  # of the theft
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)  # dollars that it cost
    acquired_on = models.DateField(null=True, blank=True)
    supplier = models.CharField(max_length=120, blank=True)
    warranty_until = models.DateField(null=True, blank=True)
    warranty_void_on = models.DateField(null=True, editable=False)  # since when the maker answers for nothing (3.6)
    life_months = models.IntegerField(null=True, blank=True)  # how long it is expected to serve; else as its kind
    instructions_link = models.URLField(max_length=500, blank=True)  # the maker's (3.6)
    instructions = models.ForeignKey(KeptFile, models.PROTECT, null=True, blank=True, related_name="+")
    photo = models.ForeignKey(KeptFile, models.PROTECT, null=True, blank=True, related_name="+")
    office_place = models.CharField("place in the office", max_length=120, blank=True)  # shelf, cabinet, locker (3.7)
    remark = models.TextField(blank=True)
    kit = models.ForeignKey(Kit, models.PROTECT, null=True, blank=True, related_name="items")
    belongs_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="accessories")
    added_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    # What is searched: its words, folded (equipment.folding); kept by `save`.
    folded = models.TextField(editable=False)
    words = models.GeneratedField(
        expression=SearchVector("folded", config="simple"), output_field=SearchVectorField(), db_persist=True
    )

    objects = ItemQuerySet.as_manager()
    custodies: RelatedManager[Custody]
    accessories: RelatedManager[Item]
    changes: RelatedManager[ItemChange]
    receipt_lines: RelatedManager[ReceiptLine]

    class Meta:
        constraints = [
            models.UniqueConstraint(Upper("tag"), name="one_item_a_tag"),
            models.UniqueConstraint(
                Upper("maker"), Upper("serial"), condition=~Q(serial=""), name="one_item_a_makers_serial"
            ),
            models.CheckConstraint(condition=~Q(tag="") & ~Q(name=""), name="item_has_a_tag_and_a_name"),
            models.CheckConstraint(condition=~Q(state="stolen") | ~Q(report_number=""), name="theft_has_a_report"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0), name="item_costs_nothing_or_more"
            ),
            models.CheckConstraint(
                condition=Q(capabilities__contained_by=list(CAPABILITIES)), name="item_does_what_is_known"
            ),
            models.CheckConstraint(
                condition=Q(belongs_to__isnull=True) | ~Q(belongs_to=models.F("pk")),
                name="item_is_not_its_own_accessory",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["retired", "disposed"]) | Q(kit__isnull=True), name="what_is_gone_is_in_no_kit"
            ),
        ]
        indexes = [
            GinIndex(fields=["words"], name="item_words"),
            models.Index(fields=["state", "-id"], name="item_by_state"),
            models.Index(fields=["kind", "-id"], name="item_by_kind"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="what_is_out_comes_back_first",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "NEW.state IN ('maintenance', 'retired', 'disposed') AND OLD.state <> NEW.state"
                ),
                func="""
                IF EXISTS (SELECT 1 FROM equipment_custody WHERE item_id = NEW.id AND ended_at IS NULL) THEN
                    RAISE EXCEPTION 'pgtrigger: what somebody has comes back first';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="disposed_of_after_it_was_retired",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'retired' AND (NEW.state = 'disposed') <> (OLD.state = 'disposed')"
                ),
                func="RAISE EXCEPTION 'pgtrigger: what is disposed of was retired before, and stays disposed of';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tag} {self.name}"

    @cached_property
    def beside(self) -> frozenset[str]:
        """Of what in BESIDE there is something: most things have little of it, and a page need not ask for the rest."""
        ((found,),) = plainly.rows(_BESIDE, {"item": self.pk})
        return frozenset(found)

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep what is searched in step with what stands there."""
        self.folded = self.words_of()
        fields = kwargs.get("update_fields")
        if isinstance(fields, list | tuple | set):
            kwargs["update_fields"] = {*fields, "folded"}
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def words_of(self) -> str:
        """All by which one looks for it."""
        said = (self.tag, self.serial, self.name, self.maker, self.model, self.kind.name, self.supplier, self.remark)
        return fold(" ".join(said))

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("equipment_item", args=[self.pk])

    @property
    def is_missing(self) -> bool:
        """Whether it is looked for."""
        return self.state in self.MISSING

    def under_warranty(self) -> bool:
        """Whether the maker still answers for it."""
        today = timezone.localdate()
        return self.warranty_until is not None and self.warranty_until >= today and self.warranty_void_on is None

    def may_change(self, member: Member) -> bool:
        """The Supervisor keeps the inventory; his superiors may do what he may."""
        return holds(member, Power.KEEP_EQUIPMENT)


class ItemChange(Fact):
    """What stood in an item before and after a change, and why: its history beside the trail, which holds no words."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="changes")
    verb = models.CharField(max_length=30)
    before = models.JSONField(default=dict)  # field → what stood there, as a person reads it
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        indexes = [models.Index(fields=["item", "-id"], name="change_by_item")]

    def __str__(self) -> str:
        return f"{self.verb} of {self.item_id}"
