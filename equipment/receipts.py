"""Receipts (3.4): kept as files, one for several items, every item to its receipts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone

from equipment.models import Item, KeptFile, Receipt, ReceiptLine, ReceiptWithdrawal
from members import kept_files
from members.authority import require
from members.models import Member
from members.powers import Power
from members.states import Invalid, WrongState, record

TYPES = {**kept_files.PICTURES, ".pdf": kept_files.PAPERS[".pdf"]}
MOST_ITEMS = 500  # of one receipt
_LARGEST = Decimal("9999999999.99")
_LOCK = 0x72637074  # with a receipt's number: its lines are added one after the other


def keep_receipt(
    *,
    by: Member,
    supplier: str,
    on: date,
    total: Decimal,
    number: str = "",
    file: UploadedFile[Any] | KeptFile | None = None,
    items: Mapping[Item, Decimal | None] | None = None,
) -> Receipt:
    """Note a receipt and what it is for: item → what that cost there, or None where the receipt does not say.

    Without a file only what is on paper elsewhere is noted. Raises Refused, Invalid at the field (`attached`, `on`,
    `total`, `supplier`, `items`); nothing is kept then.
    """
    require(by, Power.KEEP_EQUIPMENT)
    supplier, number = " ".join(supplier.split()), " ".join(number.split())
    _check(supplier, number, on, total)
    same = Receipt.objects.standing().filter(supplier__iexact=supplier, number__iexact=number)
    if number and same.exists():
        raise Invalid(f"The receipt {number} of {supplier} is noted already.", "number")
    with transaction.atomic():
        kept = file if isinstance(file, KeptFile) or file is None else keep_file(file, by=by)
        receipt = Receipt.objects.create(supplier=supplier, number=number, on=on, total=total, file=kept, by=by)
        record("keep", receipt, by=by)
        add_items(receipt, items or {}, by=by)
    return receipt


def keep_file(file: UploadedFile[Any], *, by: Member) -> KeptFile:
    """Keep the receipt's picture or PDF. Raises Invalid at `attached`."""
    (kept,) = kept_files.keep([file], TYPES)
    return KeptFile.of(kept, by=by)


def add_items(receipt: Receipt, items: Mapping[Item, Decimal | None], *, by: Member) -> None:
    """Say what else the receipt is for. Raises Refused, WrongState for one that was taken back, Invalid at `items`."""
    require(by, Power.KEEP_EQUIPMENT)
    if len(items) > MOST_ITEMS:
        raise Invalid(f"A receipt is for at most {MOST_ITEMS} things.", "items")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, receipt.pk])
        if ReceiptWithdrawal.objects.filter(receipt=receipt).exists():
            raise WrongState(receipt, "add_items")
        there = set(receipt.lines.values_list("item_id", flat=True))
        for item, amount in items.items():
            if item.pk in there:
                raise Invalid(f"{item} stands on this receipt already.", "items")
            if amount is not None and amount < 0:
                raise Invalid(f"{item}: what it cost is nothing or more.", "items")
            ReceiptLine.objects.create(receipt=receipt, item=item, amount=amount, by=by)
            record("add_receipt", item, by=by, decision=receipt)
        said = receipt.lines.aggregate(said=Sum("amount"))["said"] or Decimal(0)
        if said > receipt.total:
            raise Invalid(
                f"Its items cost ${said:,.2f} together, more than the receipt’s ${receipt.total:,.2f}.", "items"
            )


def withdraw_receipt(receipt: Receipt, *, by: Member, why: str) -> None:
    """Say that it was noted wrongly. Raises Refused, WrongState when it was taken back before, Invalid."""
    require(by, Power.KEEP_EQUIPMENT)
    if not why.strip():
        raise Invalid("Say what was wrong with it.", "why")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, receipt.pk])
        if ReceiptWithdrawal.objects.filter(receipt=receipt).exists():
            raise WrongState(receipt, "withdraw")
        ReceiptWithdrawal.objects.create(receipt=receipt, why=why.strip(), by=by)
        record("withdraw", receipt, by=by)


def _check(supplier: str, number: str, on: date, total: Decimal) -> None:
    if not supplier or len(supplier) > 120:
        raise Invalid("Say whose receipt it is, in at most 120 characters.", "supplier")
    if len(number) > 60:
        raise Invalid("The number is longer than 60 characters.", "number")
    if on > timezone.localdate():
        raise Invalid("A receipt is not of a day to come.", "on")
    if not 0 <= total <= _LARGEST:
        raise Invalid("The total is nothing or more.", "total")
