"""Tasks load by key and call one function; the broker carries ids only (idea 8)."""

from __future__ import annotations

from celery import shared_task

from accounts import (
    audience,
    blindness,
    connecting,
    orders,
    subscribing,
    taking_over,
    tallying,
    terminating,
    terms_checking,
    tokens,
)
from accounts.kinds import read_order


@shared_task(name="accounts.tasks.carry_out")
def carry_out(label: str, order_id: int) -> None:
    """Carry out an order, if it is still to be carried out. Idempotent."""
    orders.carry_out(read_order(label, order_id))


@shared_task(name="accounts.tasks.carry_out_urgent")
def carry_out_urgent(label: str, order_id: int) -> None:
    """The same on the urgent worker: hides wait behind no reply and no poll (ruling 24)."""
    carry_out(label, order_id)


@shared_task(name="accounts.tasks.notice_blindness")
def notice_blindness() -> None:
    """See whether an account has gone blind or sees again; the reconciler asks the same without a broker."""
    blindness.look()


@shared_task(name="accounts.tasks.count_audience")
def count_audience() -> None:
    """Followers and posts of the accounts that were not counted today."""
    audience.count_all()


@shared_task(name="accounts.tasks.check_terms")
def check_terms() -> None:
    """Whether the accounts that are due show the terms, where the platform lets an application see it."""
    terms_checking.check_due()


@shared_task(name="accounts.tasks.forget_old_tallies")
def forget_old_tallies() -> None:
    """Delete the hours that are older than they are kept."""
    tallying.forget_old()


@shared_task(name="accounts.tasks.check_subscriptions")
def check_subscriptions() -> None:
    """Send each account whose webhook subscription is due to a worker of its own."""
    for account_id in subscribing.due():
        check_subscription.delay(account_id)


@shared_task(name="accounts.tasks.check_subscription")
def check_subscription(account_id: int) -> None:
    """See that the platform tells us of one account."""
    subscribing.check(account_id)


@shared_task(name="accounts.tasks.renew_tokens")
def renew_tokens() -> None:
    """Send each token that runs out soon to a worker of its own."""
    for account_id in tokens.to_renew():
        renew_token.delay(account_id)


@shared_task(name="accounts.tasks.renew_token")
def renew_token(account_id: int) -> None:
    """Renew one account's token."""
    tokens.renew(account_id)


@shared_task(name="accounts.tasks.ask_about_tokens")
def ask_about_tokens() -> None:
    """Send each token that nobody asked about today to a worker of its own."""
    for account_id in tokens.to_ask_about():
        ask_about_token.delay(account_id)


@shared_task(name="accounts.tasks.ask_about_token")
def ask_about_token(account_id: int) -> None:
    """Ask the platform about one account's token."""
    tokens.ask_about(account_id)


@shared_task(name="accounts.tasks.take_over")
def take_over() -> None:
    """Take over the bans of accounts that were just connected; end what broke off of sign-ins and terminations."""
    connecting.end_overdue()
    for account_id in taking_over.outstanding():
        take_over_bans.delay(account_id)
    terminating.let_go_of_all()


@shared_task(name="accounts.tasks.take_over_bans")
def take_over_bans(account_id: int) -> None:
    """Take over one account's bans."""
    taking_over.take_over(account_id)
