"""S.O.P. 3: what the unit owns, who has it, in what state it is, and what was done with it."""

from equipment.models.bookings import BookedItem, Booking
from equipment.models.custody import Condition, Custody, Handover, Place
from equipment.models.files import KeptFile
from equipment.models.found import FoundReport
from equipment.models.handling import Modification, ModificationDecision
from equipment.models.imports import Import, ImportedItem
from equipment.models.items import Item, ItemChange
from equipment.models.kits import Kind, Kit
from equipment.models.maintenance import Reading, Service, Work, WorkEntry, WorkFile
from equipment.models.ordering import (
    BudgetUnit,
    DeliveredLine,
    Delivery,
    OrderPlacing,
    OrderSending,
    PurchaseOrder,
    ReceivedItem,
)
from equipment.models.purchasing import (
    Proposal,
    ProposalDecision,
    ProposalEnd,
    ProposalFile,
    ProposalLine,
    ProposalVersion,
    Quote,
)
from equipment.models.receipts import Receipt, ReceiptLine, ReceiptWithdrawal
from equipment.models.skills import Skill, SkillDemand, SkillProof, SkillWithdrawal
from equipment.models.stocktakes import Expected, Sighting, StockTake

__all__ = [
    "BookedItem",
    "Booking",
    "BudgetUnit",
    "Condition",
    "Custody",
    "DeliveredLine",
    "Delivery",
    "Expected",
    "FoundReport",
    "Handover",
    "Import",
    "ImportedItem",
    "Item",
    "ItemChange",
    "KeptFile",
    "Kind",
    "Kit",
    "Modification",
    "ModificationDecision",
    "OrderPlacing",
    "OrderSending",
    "Place",
    "Proposal",
    "ProposalDecision",
    "ProposalEnd",
    "ProposalFile",
    "ProposalLine",
    "ProposalVersion",
    "PurchaseOrder",
    "Quote",
    "Reading",
    "Receipt",
    "ReceiptLine",
    "ReceiptWithdrawal",
    "ReceivedItem",
    "Service",
    "Sighting",
    "Skill",
    "SkillDemand",
    "SkillProof",
    "SkillWithdrawal",
    "StockTake",
    "Work",
    "WorkEntry",
    "WorkFile",
]
