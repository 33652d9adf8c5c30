"""Content's tasks: each loads by key and calls one function (idea 8)."""

from __future__ import annotations

from celery import shared_task

from content import link_checking, submitting
from content.media import uploads


# A video of ten minutes takes longer than other tasks may; the broker gives a task to another worker after 15 minutes.
@shared_task(name="content.tasks.render", soft_time_limit=840, time_limit=870)
def render(item_id: int) -> None:
    """Render what an item shows, and hand it in. Idempotent."""
    submitting.render(item_id)


@shared_task(name="content.tasks.render_the_stuck")
def render_the_stuck() -> None:
    """Hint again what the broker or a worker lost."""
    submitting.look_after_the_stuck()


@shared_task(name="content.tasks.check_links")
def check_links(item_id: int) -> None:
    """Look at the links of an item as it stands. Idempotent."""
    link_checking.check_item(item_id)


@shared_task(name="content.tasks.check_links_due")
def check_links_due() -> None:
    """Look again at the links of what goes out within minutes."""
    link_checking.check_what_is_due()


@shared_task(name="content.tasks.clear_uploads")
def clear_uploads() -> None:
    """Forget files on their way in that nobody goes on with."""
    uploads.clear_abandoned()
