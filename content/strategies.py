"""The strategy (F.VC): proposed by the one, agreed by the other, and read against the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from content import figures
from content.models import Strategy, StrategyAgreement, StrategyMeasure
from members.authority import holders, require
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, Refused, WrongState, record

DAYS = 30  # that the measures are reckoned over


@dataclass(frozen=True)
class Wanted:
    """A measure as it is written: which figure, of which purpose, and how it should be."""

    figure: str
    target: int
    purpose: str = ""


def propose(aims: str, audiences: str, wanted: Sequence[Wanted], *, by: Member, note: str = "") -> Strategy:
    """Write a version; those who could agree are told. Raises Refused, Invalid."""
    require(by, Power.MANAGE_ACCOUNTS)
    for value, field in ((aims, "aims"), (audiences, "audiences")):
        if not value.strip():
            raise Invalid("Say what is to be achieved." if field == "aims" else "Say whom it is for.", field)
    with transaction.atomic():
        made = Strategy.objects.create(aims=aims.strip(), audiences=audiences.strip(), note=note.strip(), by=by)
        for one in wanted:
            StrategyMeasure.objects.create(strategy=made, figure=one.figure, purpose=one.purpose, target=one.target)
        record("propose", made, by=by)
        able = [one.member for one in holders(Power.MANAGE_ACCOUNTS) if made.may_agree(one.member)]
        tell(able, Kind.CONTENT, f"{by.name} wrote a strategy: read it, and agree.", made.get_absolute_url(), but=by)
    return made


def agree(strategy: Strategy, *, by: Member) -> None:
    """It is in force from now on. Raises Refused, WrongState when another has agreed, or a later one is in force."""
    if not strategy.may_agree(by):
        raise Refused("The Specialist and the Supervisor plan it together: the other of the two agrees.")
    in_force = Strategy.objects.in_force()
    if in_force is not None and in_force.pk > strategy.pk:
        raise WrongState(strategy, "agree")
    try:
        with transaction.atomic():
            StrategyAgreement.objects.create(strategy=strategy, by=by)
            record("agree", strategy, by=by)
            if strategy.by is not None:
                told = "Your strategy is agreed on."
                tell([strategy.by], Kind.CONTENT, told, strategy.get_absolute_url(), but=by)
    except IntegrityError as error:
        raise WrongState(strategy, "agree") from error


@dataclass(frozen=True)
class Read:
    """A measure read against the figures of the last days: `actual` None where nothing was published."""

    measure: StrategyMeasure
    actual: float | None
    met: bool


def read(strategy: Strategy) -> list[Read]:
    """Each measure with what is."""
    until = timezone.localdate() - timedelta(days=1)
    found = figures.of_period(until - timedelta(days=DAYS - 1), until)
    return [_read(measure, found) for measure in strategy.measures.all()]


def _read(measure: StrategyMeasure, found: figures.Figures) -> Read:
    figure = StrategyMeasure.Figure
    actual: float | None
    match measure.figure:
        case figure.PER_WEEK:
            actual = round(found.published * 7 / DAYS, 1)
        case figure.EMPTY_DAYS:
            actual = len(found.empty_days)
        case figure.HOURS:
            actual = round(found.hours, 1) if found.hours is not None else None
        case _:
            share = next(one for one in found.mix if one.purpose == measure.purpose)
            actual = share.of_hundred if found.published else None
    at_most = measure.figure in {figure.EMPTY_DAYS, figure.HOURS}
    met = actual is not None and (actual <= measure.target if at_most else actual >= measure.target)
    return Read(measure, actual, met)
