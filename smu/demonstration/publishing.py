"""What the demonstration's unit has approved and not sent yet: one item on two accounts and the library's page."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models import Account
from content import deciding, items, submitting
from content.manuscript import CRITERIA, Answer, Manuscript, Place, Version
from content.models import Item, Purpose
from members.models import Member
from members.models.agency import agency_zone

TITLE = "Officers at the library"
TEXT = (
    "Meet your neighborhood officers at the library on Saturday from 10 to 12. Bring your questions; coffee is on us."
)


def load_publishing() -> None:
    """By the product's own verbs, in the names of its members; what stands already is left alone."""
    names = ("rkeller", "ddiaz", "lmoreau")
    found = {member.username: member for member in Member.objects.serving().filter(username__in=names)}
    accounts = Account.objects.open().filter(platform__in=["facebook", "x"]).order_by("platform", "pk")[:2]
    if len(found) < len(names) or not accounts or Item.objects.filter(title=TITLE).exists():
        return
    commander, officer, specialist = (found[name] for name in names)
    day = timezone.localdate() + timedelta(days=1)
    starts = datetime.combine(day, time(10), agency_zone())
    item = items.begin(
        Manuscript(
            title=TITLE,
            purpose=Purpose.OUTREACH,
            text=TEXT,
            versions=tuple(Version(account.pk) for account in accounts),
            places=(Place("Bayside Public Library", address="https://library.bayside.example/news"),),
            criteria={letter: Answer(attested=True) for letter in CRITERIA},
            active_scene=False,
            starts_at=starts,
            ends_at=starts + timedelta(hours=6),
        ),
        by=officer,
    )
    items.hand_in(item, by=officer, on=1)
    items.confirm_accuracy(Item.objects.get(pk=item.pk), by=specialist, on=1)
    submitting.render(item.pk)
    handed = Item.objects.select_related("submission").get(pk=item.pk)
    if handed.submission is not None:
        deciding.decide(handed, "approve", by=commander, seen_as=handed.submission.seen_as, confirmed=CRITERIA)
