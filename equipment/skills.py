"""Skills (3.1): assessed by another, until they run out or are withdrawn; and what a thing of a kind needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from equipment.models import Item, Kind, Skill, SkillDemand, SkillProof, SkillWithdrawal
from members.authority import require
from members.chain import check_of_the_unit
from members.days import FIRST, spoken_day
from members.models import Member
from members.models.notifications import Kind as Notice
from members.notifying import tell
from members.powers import Power
from members.states import Invalid, Refused, WrongState, record


@dataclass(frozen=True)
class Missing:
    """A skill that a member lacks, and the things that need it. `proof`: the assessment that ran out, if any."""

    member: Member
    skill: Skill
    items: tuple[Item, ...] = ()
    proof: SkillProof | None = None

    @property
    def sentence(self) -> str:
        """What is missing, and what for."""
        needs = ", ".join(sorted({item.kind.name for item in self.items}))
        for_ = f" Needed for: {needs}." if needs else ""
        if self.proof is not None and self.proof.expires_on is not None:
            return f"{self.member.name}’s skill “{self.skill}” ran out on {spoken_day(self.proof.expires_on)}.{for_}"
        return f"{self.member.name} was not assessed in “{self.skill}”.{for_}"


def missing(member: Member, items: Iterable[Item], on: date | None = None) -> list[Missing]:
    """The skills that `items` need by their kinds and `member` does not have on that day (today, if not said).

    Two queries, and none more where nothing is needed.
    """
    by_kind: dict[int, list[Item]] = {}
    for item in items:
        by_kind.setdefault(item.kind_id, []).append(item)
    demands = SkillDemand.objects.filter(kind__in=by_kind, ended_at__isnull=True, skill__ended_at__isnull=True)
    wanted: dict[Skill, list[Item]] = {}
    for demand in demands.select_related("skill").order_by("skill__letter", "skill__name"):
        wanted.setdefault(demand.skill, []).extend(by_kind[demand.kind_id])
    return lacking(member, wanted, on)


def lacking(member: Member, wanted: dict[Skill, list[Item]], on: date | None = None) -> list[Missing]:
    """Those of the skills `wanted` that `member` does not have; with each the things that need it."""
    if not wanted:
        return []
    proofs = {one.skill_id: one for one in SkillProof.objects.filter(member=member, skill__in=wanted).last()}
    return [
        Missing(member, skill, tuple(items), proofs.get(skill.pk))
        for skill, items in wanted.items()
        if skill.pk not in proofs or not proofs[skill.pk].holds(on)
    ]


def assess(
    member: Member,
    skill: Skill,
    *,
    by: Member,
    on: date,
    assessor: Member | None = None,
    training: str = "",
    expires_on: date | None = None,
    remark: str = "",
) -> SkillProof:
    """Record that `assessor` (`by`, if not said) found `member` able. He is told.

    Raises Refused for who does not keep the equipment, and of oneself; Invalid for days that make no sense, a skill
    that is assessed no more, an assessor who is the member himself or stands outside the unit.
    """
    assessor = assessor or by
    require(by, Power.KEEP_EQUIPMENT)
    if by.pk == member.pk:
        raise Refused("Nobody records his own skills: a superior does.")
    if assessor.pk == member.pk:
        raise Invalid("Nobody assesses himself: name who did.", "assessor")
    check_of_the_unit(member, "member")
    check_of_the_unit(assessor, "assessor")
    _check_days(on, expires_on)
    if skill.ended_at is not None:
        raise Invalid(f"“{skill}” is assessed no more.", "skill")
    with transaction.atomic():
        made = SkillProof.objects.create(
            member=member,
            skill=skill,
            on=on,
            assessor=assessor,
            training=training.strip(),
            expires_on=expires_on,
            remark=remark.strip(),
            by=by,
        )
        record("assess", made, by=by)
        until = f", until {spoken_day(expires_on)}" if expires_on else ""
        tell([member], Notice.EQUIPMENT, f"You were assessed in “{skill}”{until}.", _page(member), but=by)
    return made


def _check_days(on: date, expires_on: date | None) -> None:
    if on > timezone.localdate():
        raise Invalid("An assessment that is still to come is none: give the day on which it was.", "on")
    if on < FIRST:
        raise Invalid("Give a day since 1970.", "on")
    if expires_on is not None and expires_on < on:
        raise Invalid("It cannot run out before the day of the assessment.", "expires_on")


def _page(member: Member) -> str:
    return f"/equipment/skills/members/{member.pk}/"


def withdraw(proof: SkillProof, *, by: Member, reason: str, mistake: bool = False) -> None:
    """Let an assessment count no more; he is told. What was recorded by `mistake` leaves the earlier ones standing,
    else those of the same skill fall with it, so that none of them comes back to life.

    Raises Refused, Invalid without a reason, WrongState where it was withdrawn before.
    """
    require(by, Power.KEEP_EQUIPMENT)
    if by.pk == proof.member_id:
        raise Refused("Nobody changes the record of his own skills: a superior does.")
    if not reason.strip():
        raise Invalid("Say why it counts no more.", "reason")
    with transaction.atomic():
        standing = SkillProof.objects.filter(member=proof.member_id, skill=proof.skill_id).standing()
        falls = [proof] if mistake else [proof, *standing.exclude(pk=proof.pk).filter(on__lte=proof.on)]
        try:
            with transaction.atomic():
                for one in falls:
                    SkillWithdrawal.objects.create(proof=one, reason=reason.strip(), by=by)
        except IntegrityError as error:
            raise WrongState(proof, "withdraw") from error
        record("withdraw", proof, by=by)
        tell(
            [proof.member], Notice.EQUIPMENT, f"Your skill “{proof.skill}” was withdrawn.", _page(proof.member), but=by
        )


def add_skill(name: str, *, by: Member, says: str = "") -> Skill:
    """Assess one more skill of the unit's own. Raises Refused, Invalid for a name that is empty or taken."""
    require(by, Power.KEEP_EQUIPMENT)
    if not name.strip():
        raise Invalid("Give the skill a name.", "name")
    try:
        with transaction.atomic():
            made = Skill.objects.create(name=name.strip(), says=says.strip(), made_by=by)
            record("add", made, by=by)
    except IntegrityError as error:
        raise Invalid(f"There is a skill “{name.strip()}” already.", "name") from error
    return made


def end_skill(skill: Skill, *, by: Member) -> None:
    """Assess it no more; nothing needs it from now on. Raises Refused, Invalid for A to D of the S.O.P., WrongState."""
    require(by, Power.KEEP_EQUIPMENT)
    if skill.letter:
        raise Invalid("The S.O.P. itself asks for this skill (3.1): it stays.")
    with transaction.atomic():
        kept = Skill.objects.filter(pk=skill.pk, ended_at__isnull=True)
        if not kept.update(ended_at=timezone.now(), ended_by=by):
            raise WrongState(skill, "end")
        record("end", skill, by=by)


def demand(kind: Kind, skills: Sequence[Skill], *, by: Member) -> None:
    """Let things of `kind` need exactly `skills`. Raises Refused, Invalid for one that is assessed no more."""
    require(by, Power.KEEP_EQUIPMENT)
    if any(skill.ended_at is not None for skill in skills):
        raise Invalid("One of these skills is assessed no more. Look again.", "skills")
    with transaction.atomic():
        Kind.objects.select_for_update(no_key=True).get(pk=kind.pk)
        standing = SkillDemand.objects.filter(kind=kind, ended_at__isnull=True)
        before = {one.skill_id for one in standing}
        wanted = {skill.pk for skill in skills}
        if before == wanted:
            return
        standing.exclude(skill__in=wanted).update(ended_at=timezone.now(), ended_by=by)
        SkillDemand.objects.bulk_create(
            [SkillDemand(kind=kind, skill=skill, asked_by=by) for skill in skills if skill.pk not in before]
        )
        record("demand_skills", kind, by=by)
