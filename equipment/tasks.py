"""Tasks of the equipment: each calls one function (idea 8)."""

from __future__ import annotations

from celery import shared_task

from equipment import purchasing_mail, reminding


@shared_task(name="equipment.tasks.send_orders")
def send_orders() -> None:
    """Send purchase orders to the Budget Unit. Idempotent: whoever sends one has its lease."""
    purchasing_mail.send_due()


@shared_task(name="equipment.tasks.remind")
def remind() -> None:
    """Remind of what is overdue, or in a trunk overnight (3.7). Idempotent: each thing is minded once a day."""
    reminding.remind()
