"""`manage.py demonstrate`: load the demonstration unit, and put its public on the sandbox."""

from __future__ import annotations

from typing import Any

import httpx
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from members.models.trail import one_act
from smu.demonstration import (
    agency,
    documents,
    equipment_bookings,
    equipment_custody,
    equipment_handling,
    equipment_inventory,
    equipment_maintenance,
    equipment_purchasing,
    equipment_stocktakes,
    people,
    pictures,
    planning,
    presence,
    public,
    publishing,
    sections,
    texts,
    watches,
    writing,
)


class Command(BaseCommand):
    """Adds what is missing and changes nothing else: it runs at every start of `make run`."""

    help = "Load the demonstration unit: members, accounts, terms, grading system, and the public on the sandbox."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses anywhere but in the demonstration, and where no sandbox answers."""
        if not settings.DEMONSTRATION or not settings.SANDBOX_URL:
            raise CommandError("This is not the demonstration: start it with `make run`.")
        with one_act():
            agency.load_agency()
            members = people.load_members()
            documents.load_terms()
            documents.load_grading_system()
            accounts = presence.load_accounts()
            watches.load_watches()
            texts.load_texts()
            texts.load_facts()
            sections.load_sections()
            planning.load_planning()
            pictures.load_pictures()
            writing.load_writing()
            publishing.load_publishing()
            equipment_inventory.load_inventory()
            equipment_purchasing.load_purchases()
            equipment_stocktakes.load_stock_takes()
            equipment_custody.load_custody()
            equipment_bookings.load_bookings()
            equipment_maintenance.load_maintenance()
            equipment_handling.load_handling()
        try:
            posts, comments = public.seed()
        except httpx.HTTPError as error:
            raise CommandError(f"The sandbox at {settings.SANDBOX_URL} could not be filled: {error}") from error
        self.stdout.write(
            f"The demonstration stands: {len(members)} members, {len(accounts)} accounts, {posts} posts and"
            f" {comments} comments on the sandbox."
        )
