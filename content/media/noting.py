"""What members say of an asset: on what ground it may be published, and who is to be seen on it (2.B, 2.D, D.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from content.models import Asset, Depicted, Rights
from members.authority import require
from members.models import Member
from members.models.agency import agency_zone
from members.powers import Power
from members.states import Invalid, record

Basis, Kind = Rights.Basis, Depicted.Kind
Paper = tuple[str, str, str]  # digest, type and name of a document that is kept
NO_PAPER: Paper = ("", "", "")


@dataclass(frozen=True)
class Ground:
    """What is said of the rights in an asset."""

    basis: str
    credit: str = ""
    source: str = ""
    expires_on: date | None = None
    credit_in_text: bool = False
    note: str = ""
    proof: Paper = NO_PAPER


@dataclass(frozen=True)
class Person:
    """What is said of somebody who is to be seen."""

    kind: str
    name: str = ""
    where: str = ""
    attire: str = ""
    blurred: bool = False
    consent: Paper = NO_PAPER


def judge_ground(ground: Ground) -> None:
    """Raises Invalid at its field: what the basis asks for is not there."""
    if ground.basis not in Basis.values:
        raise Invalid("Say on what ground it may be published.", "basis")
    if ground.basis in {Basis.LICENSED, Basis.PERMISSION} and not ground.credit.strip():
        raise Invalid("Say whose work it is: it carries that instead of our mark.", "credit")
    if ground.basis == Basis.LICENSED and ground.expires_on is None:
        raise Invalid(
            "Say until when the licence lasts; where it has no end, when it is to be looked at again.", "expires_on"
        )
    if ground.basis == Basis.PERMISSION and not ground.proof[0]:
        raise Invalid("Give the document in which the owner permits it.", "proof")
    if ground.basis == Basis.PUBLIC_DOMAIN and not ground.source.strip():
        raise Invalid("Say where it was had from, and why everybody may use it.", "source")
    if ground.basis == Basis.OWN and ground.credit_in_text:
        raise Invalid("What is our own bears our mark on the picture.", "credit_in_text")
    if ground.expires_on is not None and ground.expires_on < timezone.now().astimezone(agency_zone()).date():
        raise Invalid("That day is over: what has run out is not published.", "expires_on")


def say_rights(asset: Asset, ground: Ground, *, by: Member) -> Rights:
    """Say on what ground `asset` may be published; it is in force from now on, the earlier word stays to be read.

    What was rendered under the earlier word is rendered anew. Raises Refused, Invalid at the field.
    """
    require(by, Power.DEVELOP_CONTENT)
    judge_ground(ground)
    proof, mime, name = ground.proof
    with transaction.atomic():
        said = Rights.objects.create(
            asset=asset,
            basis=ground.basis,
            credit=ground.credit.strip(),
            credit_in_text=ground.credit_in_text,
            source=ground.source.strip(),
            expires_on=ground.expires_on,
            note=ground.note.strip(),
            proof=proof,
            proof_mime=mime,
            proof_name=name,
            by=by,
        )
        record("say_rights", asset, by=by, after=said.basis, decision=said)
    return said


def judge_person(person: Person) -> None:
    """Raises Invalid at its field: what protects him is not there."""
    if person.kind not in Kind.values:
        raise Invalid("Say who it is.", "kind")
    protected = person.kind in Depicted.PROTECTED
    if protected and person.name.strip():
        raise Invalid(
            "The name of a juvenile, a victim or a member undercover is not kept: say where he stands.", "name"
        )
    if person.kind in {Kind.JUVENILE, Kind.VICTIM} and not person.blurred and not person.consent[0]:
        raise Invalid("Either he is blurred, or the signed consent is given.", "consent")
    if person.kind == Kind.UNDERCOVER and not person.blurred:
        raise Invalid("A member who works undercover is always blurred.", "blurred")
    if person.kind == Kind.CONSENTING and not person.consent[0]:
        raise Invalid("Give the signed consent.", "consent")
    if person.kind == Kind.MEMBER and not person.name.strip():
        raise Invalid("Name the member.", "name")
    if person.kind == Kind.MEMBER and not person.attire.strip():
        raise Invalid("Say what he wears: uniform of the day, or the dress that was approved (Tab D).", "attire")


def note_person(asset: Asset, person: Person, *, by: Member, replaces: Depicted | None = None) -> Depicted:
    """Note who is to be seen; with `replaces`, in place of an earlier note. Raises Refused, Invalid at the field.

    Whoever is noted comes in place of the note that nobody can be recognized.
    """
    require(by, Power.DEVELOP_CONTENT)
    judge_person(person)
    if replaces is None:
        replaces = asset.people().filter(kind=Kind.NOBODY).first()
        if person.kind == Kind.NOBODY and asset.people().exclude(kind=Kind.NOBODY).exists():
            raise Invalid("Somebody is noted already: take that back first, if it was wrong.", "kind")
    consent, mime, name = person.consent
    fields = {"kind": person.kind, "name": person.name.strip(), "where": person.where.strip()}
    fields |= {"attire": person.attire.strip(), "consent": consent, "consent_mime": mime, "consent_name": name}
    return _noted(asset, by, replaces, "note_person", {**fields, "blurred": person.blurred})


def take_back_person(noted: Depicted, *, by: Member) -> Depicted:
    """Say that a note was wrong. Raises Refused, Invalid: somebody was quicker."""
    require(by, Power.DEVELOP_CONTENT)
    names = ("kind", "name", "where", "attire", "blurred", "consent", "consent_mime", "consent_name")
    fields = {name: getattr(noted, name) for name in names}
    return _noted(noted.asset, by, noted, "take_back_person", {**fields, "withdrawn": True})


def _noted(asset: Asset, by: Member, replaces: Depicted | None, verb: str, fields: dict[str, object]) -> Depicted:
    try:
        with transaction.atomic():
            made: Depicted = Depicted.objects.create(asset=asset, by=by, replaces=replaces, **fields)
            record(verb, asset, by=by, decision=made)
    except IntegrityError as error:
        raise Invalid("Somebody has changed this note meanwhile: look again.", "kind") from error
    return made
