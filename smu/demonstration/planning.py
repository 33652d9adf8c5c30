"""What the demonstration's unit plans: ideas, whom it asks, campaigns and hashtags, templates, a strategy, drafts."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from content import calls, campaigns, hashtags, ideas, items, strategies, templates
from content.ideas import Said
from content.manuscript import Manuscript
from content.models import Call, Campaign, Contact, Hashtag, Idea
from content.registering import Period
from content.strategies import Wanted
from members.models import Member
from members.models.agency import agency_zone
from smu.demonstration import read


def load_planning() -> None:
    """By the product's own verbs, in the names of its members; what stands already is left alone."""
    given, names = read("planning"), ("rkeller", "acole", "ddiaz", "lmoreau")
    found = {member.username: member for member in Member.objects.serving().filter(username__in=names)}
    if len(found) < len(names) or Idea.objects.exists():
        return
    commander, supervisor, officer, specialist = (found[name] for name in names)
    _ideas(given, by=officer)
    people = [calls.keep_contact(Contact(**one), by=specialist) for one in given["contacts"]]
    calls.keep_call(Call(first_on=timezone.localdate(), **given["call"]), people, by=specialist)
    for one in given["campaigns"]:
        _campaign(one, by=specialist, commander=commander)
    for one in given["templates"]:
        _template(one, by=officer, reader=specialist)
    _strategy(given["strategy"], by=specialist, other=supervisor)
    for one in given["drafts"]:
        _draft(one, by=officer)


def _day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _ideas(given: dict[str, Any], *, by: Member) -> None:
    for one in given["ideas"]:
        said = {name: one[name] for name in ("title", "text", "name", "part")}
        ideas.receive(Said(happens_on=_day(one["in_days"]), **said))
    no = given["declined"]
    declined = ideas.receive(Said(no["title"], no["text"], name=no["name"], part=no["part"]))
    ideas.decline(declined, by=by, reason=no["reason"])


def _campaign(one: dict[str, Any], *, by: Member, commander: Member) -> None:
    period = Period(_day(one["from"]), _day(one["to"]))
    made = campaigns.ask(one["name"], one["aim"], period, by=by, audience=one["audience"], tags=one["tags"])
    for tag in Hashtag.objects.filter(campaign=made):
        hashtags.look(tag, by=by, seen=one["seen"])
    if one["approved"]:
        campaigns.approve(made, by=commander)


def _template(one: dict[str, Any], *, by: Member, reader: Member) -> None:
    made = templates.keep(one["name"], one["purpose"], one["text"], by=by)
    if one["read"] and made.newest is not None:
        templates.review(made.newest, by=reader)


def _strategy(one: dict[str, Any], *, by: Member, other: Member) -> None:
    wanted = [Wanted(figure, target, purpose) for figure, target, purpose in one["measures"]]
    made = strategies.propose(one["aims"], one["audiences"], wanted, by=by, note=one["note"])
    strategies.agree(made, by=other)


def _draft(one: dict[str, Any], *, by: Member) -> None:
    starts = datetime.combine(_day(one["in_days"]), time(one["hour"]), agency_zone())
    campaign = Campaign.objects.filter(name=one["campaign"]).values_list("pk", flat=True).first()
    written = Manuscript(
        title=one["title"],
        purpose=one["purpose"],
        text=one["text"],
        campaign=campaign,
        starts_at=starts,
        ends_at=starts + timedelta(hours=6),
    )
    items.begin(written, by=by)
