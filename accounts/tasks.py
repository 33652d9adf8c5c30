"""Tasks load by key and call one function; the broker carries ids only (idea 8)."""

from __future__ import annotations

from celery import shared_task

from accounts import orders
from accounts.kinds import read_order


@shared_task(name="accounts.tasks.carry_out")
def carry_out(label: str, order_id: int) -> None:
    """Carry out an order, if it is still to be carried out. Idempotent."""
    orders.carry_out(read_order(label, order_id))


@shared_task(name="accounts.tasks.carry_out_urgent")
def carry_out_urgent(label: str, order_id: int) -> None:
    """The same on the urgent worker: hides wait behind no reply and no poll (ruling 24)."""
    carry_out(label, order_id)
