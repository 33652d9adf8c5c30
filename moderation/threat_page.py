"""What the list of threats and a threat's page show, and the forms on them (S.O.P. 4, level 8; screens.md, Threats)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, cast

from django import forms
from django.utils import timezone

from accounts.models import Account, Clause
from accounts.orders import Order
from accounts.platforms.contract import Platform
from members.days import Day, midnight
from members.models import Delivery, Member, TrailEntry
from members.states import Invalid
from moderation.desk import Earlier, around, earlier_of
from moderation.forms import clauses, fresh_key
from moderation.models import Comment, RetainedRecord, Threat, ThreatAlert, ThreatDecision
from moderation.models.threats import ThreatQuerySet
from moderation.record_page import RecordPage
from moderation.threats import Choice
from moderation.timeline import words_of

# Where each platform takes requests of law enforcement; a suggestion, to be looked at before it is used.
ADDRESSES = {
    Platform.FACEBOOK: "Meta Platforms, Inc., Law Enforcement Response Team\nhttps://www.facebook.com/records",
    Platform.INSTAGRAM: "Meta Platforms, Inc., Law Enforcement Response Team\nhttps://www.facebook.com/records",
    Platform.X: "X Corp., Legal Requests\nhttps://legalrequests.x.com",
    Platform.YOUTUBE: "Google LLC, Law Enforcement Request System\nhttps://lers.google.com",
}


class ThreatSearch(forms.Form):
    """What is asked of the list; everything may stay empty. Open ones come first in any case."""

    STATES = [("", "Open first"), ("open", "Not decided"), *Threat.State.choices]

    state = forms.ChoiceField(label="State", required=False, choices=STATES)
    account = forms.ChoiceField(label="Account", required=False)
    by = forms.ChoiceField(label="Graded by", required=False)
    since = Day(label="From", required=False)
    until = Day(label="To", required=False)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        accounts = [(str(one.pk), str(one)) for one in Account.objects.visible_to(member)]
        cast("forms.ChoiceField", self.fields["account"]).choices = [("", "Every account"), *accounts]
        members = [(str(one.pk), one.name) for one in Member.objects.all()]
        cast("forms.ChoiceField", self.fields["by"]).choices = [("", "Anybody"), *members]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"

    def threats(self) -> ThreatQuerySet:
        """Those asked for; none when the question makes no sense."""
        found = Threat.objects.visible_to(self.member)
        if not self.is_valid():
            return found.none()
        asked = self.cleaned_data
        if asked["state"]:
            found = found.undecided() if asked["state"] == "open" else found.filter(state=asked["state"])
        if asked["account"]:
            found = found.filter(comment__account=asked["account"])
        if asked["by"]:
            found = found.filter(raised_by=asked["by"])
        if asked["since"]:
            found = found.filter(raised_at__gte=midnight(asked["since"]))
        if asked["until"]:
            found = found.filter(raised_at__lt=midnight(asked["until"] + timedelta(days=1)))
        return found

    @property
    def first_page(self) -> bool:
        """Whether the open ones are drawn apart, above: nothing was asked that would leave them out."""
        return self.is_valid() and not self.cleaned_data["state"]


class DecisionForm(forms.Form):
    """What follows a threat."""

    key = forms.UUIDField()
    kinds = forms.MultipleChoiceField(required=False, choices=ThreatDecision.Kind.choices)
    case_number = forms.CharField(required=False, max_length=60)
    referred_to = forms.CharField(required=False, max_length=200)
    address = forms.CharField(required=False, max_length=1000)
    reference = forms.CharField(required=False, max_length=100)
    requested_on = Day(required=False)
    reason = forms.CharField(required=False, max_length=5000)

    SAID = {
        "kinds": "Choose what follows: one of the four, or several that go together.",
        "case_number": "A case number has 60 characters at most.",
        "referred_to": "To whom: 200 characters at most.",
        "address": "The platform’s address has 1,000 characters at most.",
        "reference": "The reference has 100 characters at most.",
        "requested_on": "Give the day as YYYY-MM-DD.",
        "reason": "The reason is too long: 5,000 characters at most.",
    }

    def choice(self) -> Choice:
        """What was chosen. Raises Invalid with the first sentence that applies."""
        if not self.is_valid():
            field = next((name for name in self.SAID if name in self.errors), "key")
            raise Invalid(self.SAID.get(field, "The page was not complete. Look again, then decide."), field)
        given = self.cleaned_data
        if given["requested_on"] and given["requested_on"] > timezone.localdate():
            raise Invalid("A request of a day to come was not made yet.", "requested_on")
        return Choice(
            key=str(given["key"]),
            kinds=frozenset(given["kinds"]),
            case_number=given["case_number"],
            referred_to=given["referred_to"],
            address=given["address"],
            reference=given["reference"],
            requested_on=given["requested_on"],
            reason=given["reason"],
        )


@dataclass(frozen=True)
class Step:
    """One thing that happened to a threat, as its timeline says it."""

    at: datetime
    says: str
    by: Member | None = None
    text: str = ""


class ThreatPage:
    """A threat, read for a person."""

    def __init__(self, threat: Threat, member: Member, *, typed: dict[str, Any] | None = None, wrong: str = "") -> None:
        self.threat = threat
        self.member = member
        self.typed = typed or {}
        self.wrong = wrong
        self.key = fresh_key()

    @property
    def comment(self) -> Comment:
        """The comment graded."""
        return self.threat.comment

    @cached_property
    def text(self) -> str:
        """The words that were graded."""
        return self.comment.case.text_of(self.threat.grade.version)

    @cached_property
    def thread(self) -> tuple[list[Comment], list[Comment]]:
        """What it answers, with a few before it, and what answers it."""
        return around(self.comment)

    @cached_property
    def earlier(self) -> Earlier:
        """What the unit knows of the poster (ruling 5)."""
        return earlier_of(self.comment)

    @cached_property
    def records(self) -> list[RecordPage]:
        """What was retained, with the seal over it."""
        kept = RetainedRecord.objects.visible_to(self.member).filter(comment=self.comment)
        return [RecordPage(one) for one in kept.select_related("clause", "by", "grade").order_by("pk")]

    @cached_property
    def orders(self) -> list[Order]:
        """What was ordered of the platform, and what came of it."""
        return list(self.comment.orders.select_related("by", "account").order_by("pk"))

    @cached_property
    def alerts(self) -> list[tuple[ThreatAlert, list[Delivery]]]:
        """Who was told, and by what it reached him."""
        alerts = list(self.threat.alerts.select_related("member", "notification"))
        rows = Delivery.objects.filter(notification__in=[one.notification_id for one in alerts]).select_related("way")
        ways: dict[int, list[Delivery]] = {}
        for row in rows.defer("way__address").order_by("pk"):
            ways.setdefault(row.notification_id, []).append(row)
        return [(alert, ways.get(alert.notification_id, [])) for alert in alerts]

    @property
    def unreached(self) -> list[str]:
        """Who was told and is reached by nothing outside the product."""
        failed = [alert for alert, ways in self.alerts if all(way.state == Delivery.State.FAILED for way in ways)]
        return list(dict.fromkeys(alert.member.name for alert in failed))

    @cached_property
    def decisions(self) -> list[ThreatDecision]:
        """What was decided so far."""
        return list(self.threat.decisions.select_related("by"))

    @property
    def own_grade_decided(self) -> bool:
        """Whether nobody but who graded it has decided: allowed, and shown (S.O.P. 4: a Supervisor or above)."""
        return bool(self.decisions) and {one.by_id for one in self.decisions} == {self.threat.raised_by_id}

    @property
    def may_decide(self) -> bool:
        """Whether the member decides what follows."""
        return self.threat.may_decide(self.member)

    @property
    def may_acknowledge(self) -> bool:
        """Whether the button is drawn."""
        return "acknowledge" in self.threat.verbs_for(self.member)

    @property
    def may_name_clause(self) -> bool:
        """Whether another clause can still be named by him."""
        warned = any(one.kind == ThreatDecision.Kind.WARN for one in self.decisions)
        return self.threat.stands and not warned and (self.may_decide or self.comment.case.may_undo(self.member))

    @cached_property
    def clauses(self) -> list[Clause]:
        """The clauses that it could rest on instead."""
        return list(clauses())

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The ways to go on that make sense as the threat stands."""
        done = {one.kind for one in self.decisions}
        said = {
            ThreatDecision.Kind.REFER: "Refer it to investigators",
            ThreatDecision.Kind.PRESERVE: "Request preservation from the platform",
            ThreatDecision.Kind.WARN: "Warn the poster",
            ThreatDecision.Kind.NO_FURTHER_ACTION: "No further action",
        }
        if not self.threat.stands or ThreatDecision.Kind.WARN in done:
            del said[ThreatDecision.Kind.WARN]
        return [(kind.value, words) for kind, words in said.items()]

    @property
    def address(self) -> str:
        """Where the platform takes requests: what was typed, else the suggestion."""
        return str(self.typed.get("address") or ADDRESSES.get(Platform(self.comment.account.platform), ""))

    @property
    def chosen(self) -> list[str]:
        """The ways ticked before a refusal."""
        found: list[str] = self.typed.get("kinds", [])
        return found

    @cached_property
    def steps(self) -> list[Step]:
        """The threat's own timeline; the comment's stands on its page."""
        threat = self.threat
        steps = [Step(threat.raised_at, "raised it: level 8, retained and ordered to be hidden", threat.raised_by)]
        steps += [
            Step(alert.at, f"round {alert.round}: {alert.member.name} told ({alert.why})") for alert, _ in self.alerts
        ]
        entries = TrailEntry.objects.about(threat).filter(verb__in=["acknowledge", "name_clause"]).select_related("by")
        steps += [Step(entry.at, _SAID[entry.verb], entry.by) for entry in entries.order_by("id")]
        taken = threat.taken_back
        if taken is not None:
            what = "took the grade back" if taken.level is None else f"graded it {taken.level} instead"
            steps.append(Step(taken.at, f"{what}; the threat stays until it is closed", taken.by, taken.reason))
        steps += [
            Step(order.done_at, f"{words_of(order)} on the platform: {order.outcome or 'done'}")
            for order in self.orders
            if order.done_at
        ]
        steps += [Step(made.at, f"decided: {made.get_kind_display()}", made.by, made.reason) for made in self.decisions]
        return sorted(steps, key=lambda step: step.at)


_SAID = {"acknowledge": "acknowledged it", "name_clause": "named another clause"}
