"""What of referrals stands on the desk, in a grade's panel and on a comment's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone

from accounts.platforms.capabilities import Act, Way, capability
from accounts.platforms.contract import Kind as Written
from members.models import Member
from members.models.agency import agency
from members.powers import Power
from moderation import raising
from moderation.bands import Band
from moderation.desk import Desk, Panel
from moderation.forms import fresh_key
from moderation.models import CameBack, Comment, Level, Referral, Section
from moderation.ready_answers import ready_answer
from moderation.referral_forms import whom_to_choose
from moderation.referrals import DUE

register = template.Library()

# What a referral beside a grade is for, unless another is chosen; other levels choose.
OF_LEVEL = {Level.QUESTION: Referral.Kind.QUESTION, Level.CONCERNED: Referral.Kind.CONCERN}
CHOICES = (Referral.Kind.LEAD, Referral.Kind.MEDIA, Referral.Kind.CONCERN)
WITH = (Level.POSITIVE, Level.NEUTRAL, Level.QUESTION, Level.CONCERNED, Level.MISGUIDED, Level.NEGATIVE)


@register.inclusion_tag("moderation/panel/_follow_up.html", takes_context=True)
def follow_up(context: Context, desk: Desk, panel: Panel) -> dict[str, Any]:
    """What goes with a grade: private message, referral, hand-over. Empty at levels that have none (7 and 8)."""
    if panel.level not in WITH:
        return {}
    kind = OF_LEVEL.get(Level(panel.level), "")
    typed: Mapping[str, Any] = panel.typed
    return {
        "panel": panel,
        "comment": desk.comment,
        "kind": kind,
        "kinds": [Referral.Kind(one) for one in CHOICES],
        "message": _message(desk.comment, typed) if panel.level == Level.CONCERNED else None,
        "open": Referral.objects.unfinished().filter(comment=desk.comment, kind=kind).first() if kind else None,
        **_whom(typed, "follow-", kind),
        "user": context["user"],
    }


def _whom(typed: Mapping[str, Any], prefix: str, kind: str) -> dict[str, Any]:
    names = ("kind", "to", "owner", "due_at", "asks", "case_number")
    given = {name: typed.get(prefix + name, "") for name in names}
    if not given["due_at"] and kind:
        given["due_at"] = f"{timezone.localtime(timezone.now() + DUE[kind]):%Y-%m-%dT%H:%M}"
    return {"given": given, **whom_to_choose(given)}


def _message(comment: Comment, typed: Mapping[str, Any]) -> dict[str, Any] | None:
    """The private message that a concern calls for; None where there is none to send (it is one already, say)."""
    can = capability(comment.account.platform, Act.MESSAGE, comment.account.tier)
    if comment.kind == Written.MESSAGE:
        return None
    never = can.way == Way.NEVER
    ready = "" if never else (ready_answer(comment, "contact") or "")
    return {"never": never, "says": can.says, "text": typed.get("message", ready), "limit": can.limit}


@register.inclusion_tag("moderation/panel/_band.html", takes_context=True)
def band_card(context: Context, desk: Desk, *, on_page: Any = False) -> dict[str, Any]:
    """The card of an emergency or of a media request, its answer ready; nothing for other comments."""
    band = desk.entry.band if desk.entry is not None else ""
    raised = desk.there.referrals and (desk.case.level is None or band == Band.EMERGENCY)  # an alarm is a referral
    alarm = raising.alarm_of(desk.comment) if raised else None
    emergency = band == Band.EMERGENCY or alarm is not None
    if not desk.may_grade or not (emergency or band == Band.MEDIA):
        return {}
    purpose = "emergency" if emergency else "media"
    return {
        "desk": desk,
        "emergency": emergency,
        "alarm": alarm,
        "answer": ready_answer(desk.comment, purpose),
        "office": Section.objects.of_kind(Section.Kind.PIO),
        "may_reply": desk.case.may_reply(context["user"]),
        "key": fresh_key(),
        "filters": context.get("filters"),
        "on_page": on_page,
        "csrf_token": context.get("csrf_token"),
        "agency": agency(),
    }


@register.inclusion_tag("moderation/panel/_referrals.html", takes_context=True)
def referrals_of(context: Context, desk: Desk, *, on_page: Any = False) -> dict[str, Any]:
    """The referrals of a comment with what came of them, and what came back; a form for another on its page."""
    comment, there = desk.comment, desk.there
    member: Member = context["user"]
    came_back, found = None, []
    if there.came_back:
        came_back = CameBack.objects.filter(comment=comment).select_related("member", "answers", "referral").first()
    if there.referrals:
        found = list(comment.referrals.select_related("section", "member", "owner").order_by("pk"))
    answer = None
    if came_back is not None and came_back.referral is not None and came_back.why == CameBack.Why.ANSWER:
        answer = came_back.referral.entries.filter(kind="answer").order_by("-pk").first()
    may_refer = bool(on_page) and not comment.ours and member.may(Power.GRADE_COMMENTS)
    return {
        "comment": comment,
        "referrals": found,
        "came_back": came_back,
        "answer": answer,
        "may_reply": answer is not None and comment.case.level is not None and comment.case.may_reply(member),
        "may_refer": may_refer,
        "kinds": [kind for kind in Referral.Kind if kind != Referral.Kind.EMERGENCY],
        **(_whom(context.get("typed") or {}, "", "") if may_refer else {}),
        "key": fresh_key(),
        "user": member,
        "filters": context.get("filters"),
        "on_page": on_page,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("moderation/panel/_alarms.html")
def alarm_bar() -> dict[str, Any]:
    """Emergencies that nobody has closed."""
    return {"alarms": raising.alarms()}


@register.inclusion_tag("moderation/panel/_came_back_tag.html")
def came_back_tag(comment: Comment) -> dict[str, Any]:
    """On a row of the stream: whose it is before others."""
    return {"came_back": getattr(comment, "came_back", None)}
