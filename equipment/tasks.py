"""Tasks of the equipment: each calls one function (idea 8)."""

from __future__ import annotations

from celery import shared_task

from equipment import booking_times, purchasing_mail, reminding, service_reminders


@shared_task(name="equipment.tasks.send_orders")
def send_orders() -> None:
    """Send purchase orders to the Budget Unit. Idempotent: whoever sends one has its lease."""
    purchasing_mail.send_due()


@shared_task(name="equipment.tasks.remind")
def remind() -> None:
    """Remind of what is overdue, or in a trunk overnight (3.7). Idempotent: each thing is minded once a day."""
    reminding.remind()


@shared_task(name="equipment.tasks.remind_of_service")
def remind_of_service() -> None:
    """Remind of service that is due, and of what a shop should have given back (3.5). Idempotent: each once."""
    service_reminders.look()


@shared_task(name="equipment.tasks.mind_bookings")
def mind_bookings() -> None:
    """Say that a booking begins, and end those that nobody took (F.VB). Idempotent: each is minded and ended once."""
    booking_times.remind()
    booking_times.end_the_untaken()
