"""`manage.py replay PLATFORM FILE…`: a platform's bodies, through the client and intake that polls go through."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Account
from accounts.platforms import client_for
from accounts.platforms.client import Client
from accounts.platforms.contract import WITH_API, BadItem, Credentials, Page, Platform, Unreadable
from moderation.intake import Tally, take_in
from moderation.models import WebhookDelivery


class Command(BaseCommand):
    """Says per file what became of the comments in it. Ends with 1 where a file could not be read.

    A body that was received before changes nothing (ruling 34).
    """

    help = "Take recorded bodies of a platform in, as if a poll had just received them."

    def add_arguments(self, parser: CommandParser) -> None:
        """The platform, the files, and whose they are."""
        parser.add_argument("platform", choices=WITH_API)
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--account", help="an account's id (ours or the platform's) or handle; else the first one")

    def handle(self, *args: Any, platform: str, files: list[Path], account: str | None, **options: Any) -> None:
        """Each file is a page of its own; what could not be read is set aside with its bytes, and the others go in."""
        ours = _account(platform, account)
        client = client_for(platform, Credentials(ours.remote_id, handle=ours.handle))
        unread = [file for file in files if not self._replay(ours, client, file)]
        if unread:
            raise CommandError(f"{len(unread)} of {len(files)} files could not be read.")

    def _replay(self, account: Account, client: Client, file: Path) -> bool:
        """Take one file in; gives whether it could be read as a whole."""
        try:
            body = file.read_bytes()
        except OSError as error:
            self.stdout.write(f"{file}: {error.strerror}.")
            return False
        page, trouble = _read(client, body)
        found = len(page.comments)
        with transaction.atomic():
            new = WebhookDelivery.keep(f"account {account.pk}", body, {}, done=True) is not None
            tally = take_in(account, page) if new else Tally(known=found, aside=len(page.bad))
        self.stdout.write(
            f"{file}: {found} found, {tally.new} new, {tally.changed} changed, {tally.known} known, "
            f"{tally.aside} set aside.{' ' + trouble if trouble else ''}"
        )
        return not trouble


def _account(platform: str, named: str | None) -> Account:
    accounts = Account.objects.filter(platform=platform).order_by("pk")
    if named:
        number = Q(pk=int(named)) if named.isascii() and named.isdecimal() and len(named) < 19 else Q(remote_id=named)
        accounts = accounts.filter(Q(remote_id=named) | Q(handle=named) | number)
    account = accounts.first()
    if account is None:
        raise CommandError(f"No account {named or 'is connected'} on {Platform(platform).label}.")
    return account


def _read(client: Client, body: bytes) -> tuple[Page, str]:
    """The page that a body makes, and why it could not be read as a whole, if so."""
    if len(body) > settings.LARGEST_BODY:
        said = f"The body is longer than {settings.LARGEST_BODY} bytes: it is set aside unread."
        page = Page("replay", hashlib.sha256(body).digest(), len(body), timezone.now())
        page.bad.append(BadItem(body, said))
        return page, said
    try:
        page = client.read(body, call="replay")
    except Unreadable as unreadable:
        return unreadable.page, str(unreadable)
    return page, "It breaks off or is no sound JSON." if page.body is not None else ""
