"""Content's tasks: each loads by key and calls one function (idea 8)."""

from __future__ import annotations

from celery import shared_task

from content import calls, expiring, link_checking, standing, submitting
from content.media import uploads
from content.media.running import alone


# A video of ten minutes takes longer than other tasks may; the broker gives a task to another worker after 15 minutes.
@shared_task(name="content.tasks.render", soft_time_limit=840, time_limit=870)
def render(item_id: int) -> None:
    """Render what an item shows, and hand it in. Idempotent; where another worker is at it, nothing is done."""
    with alone(f"item-{item_id}") as mine:
        if mine:
            submitting.render(item_id)


@shared_task(name="content.tasks.render_the_stuck")
def render_the_stuck() -> None:
    """Hint again what the broker or a worker lost."""
    submitting.look_after_the_stuck()


@shared_task(name="content.tasks.check_links")
def check_links(item_id: int) -> None:
    """Look at the links of an item as it stands. Idempotent."""
    link_checking.check_item(item_id)


@shared_task(name="content.tasks.check_links_of_change")
def check_links_of_change(publication_id: int) -> None:
    """Look at the links in the change of a post that stands. Idempotent."""
    link_checking.check_change(publication_id)


@shared_task(name="content.tasks.check_links_due")
def check_links_due() -> None:
    """Look again at the links of what goes out within minutes."""
    link_checking.check_what_is_due()


@shared_task(name="content.tasks.clear_uploads")
def clear_uploads() -> None:
    """Forget files on their way in that nobody goes on with."""
    uploads.clear_abandoned()


@shared_task(name="content.tasks.send_calls")
def send_calls() -> None:
    """Write the letters of the calls whose day has come, and send what is to be sent (F.VA)."""
    calls.write_due()
    calls.send_due()


@shared_task(name="content.tasks.expire")
def expire() -> None:
    """End what was not sent in its time; the reconciler asks the same without a broker."""
    expiring.look()


@shared_task(name="content.tasks.compare_posts")
def compare_posts() -> None:
    """Whether our posts stand as they were approved, as polling saw them."""
    standing.tie_what_was_done_by_hand()
    standing.compare()


@shared_task(name="content.tasks.look_at_posts")
def look_at_posts() -> None:
    """Look at posts by themselves: what is gone is in no list."""
    standing.look_at_posts()
