"""The matrix of skills (3.1): members by skills, and what a kind's capabilities suggest that it needs."""

from __future__ import annotations

from dataclasses import dataclass

from equipment.models import Kind, Skill, SkillDemand, SkillProof
from members.models import Member

# Which of the S.O.P.'s skills (3.1) an act of the inventory's capabilities (3.2) asks for.
BY_ACT = {"publish": "A", "capture": "B", "transfer": "C", "store": "C", "edit": "D"}


@dataclass(frozen=True)
class Row:
    """A member with what counts of him, skill by skill; None where he was not assessed."""

    member: Member
    cells: list[tuple[Skill, SkillProof | None]]


@dataclass(frozen=True)
class Needs:
    """A kind, the skills that it needs, and those that its capabilities suggest besides."""

    kind: Kind
    skills: list[Skill]
    suggested: list[Skill]


def rows(skills: list[Skill]) -> list[Row]:
    """Everybody of the unit who serves, by name: three questions, however many there are."""
    members = Member.objects.unit_now()
    proofs = SkillProof.objects.filter(member__in=members, skill__in=skills).last().select_related("assessor")
    held = {(one.member_id, one.skill_id): one for one in proofs}
    return [Row(member, [(skill, held.get((member.pk, skill.pk))) for skill in skills]) for member in members]


def needs(skills: list[Skill]) -> list[Needs]:
    """Every kind with what it needs."""
    by_pk, by_letter = {one.pk: one for one in skills}, {one.letter: one for one in skills if one.letter}
    demanded: dict[int, list[Skill]] = {}
    for one in SkillDemand.objects.filter(ended_at__isnull=True, skill__in=skills):
        demanded.setdefault(one.kind_id, []).append(by_pk[one.skill_id])
    found = []
    for kind in Kind.objects.order_by("name"):
        letters = sorted({BY_ACT[one.partition(":")[0]] for one in kind.capabilities})
        has = demanded.get(kind.pk, [])
        found.append(Needs(kind, has, [by_letter[one] for one in letters if by_letter[one] not in has]))
    return found
