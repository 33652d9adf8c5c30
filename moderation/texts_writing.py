"""Prepared texts as they come to be: written, approved by hash, read by one who knows the language, withdrawn.

Whose approval it is: the Commander's or a designee's, never that of who wrote the text (ruling 1; S.O.P. 2).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from accounts.adopting import drawn_up
from members import authority
from members.languages import NAMES
from members.models import Agency, Member
from members.powers import Power
from members.states import Invalid, Refused, WrongState, record
from moderation.models.texts import (
    Purpose,
    Wording,
    WordingApproval,
    WordingReview,
    WordingWithdrawal,
    allowed_fields,
    digest_of,
    required_fields,
)
from moderation.texts import FIELD, fields_of

STARTERS = Path(__file__).with_name("starter_texts.json")
LONGEST = 2000
OWN = (
    "You wrote this: another approves it. What the Commander wrote himself, an acting Commander or a designee approves."
)


def write(purpose: str, language: str, text: str, *, by: Member) -> Wording:
    """Keep a new wording; it is sent after its approval. Raises Refused, Invalid."""
    authority.require(by, Power.GRADE_COMMENTS)
    said = text.strip().replace("\r\n", "\n")
    judge(purpose, language, said)
    return _kept(purpose, language, said, by=by)


def judge(purpose: str, language: str, text: str) -> None:
    """Raises Invalid, with the field, where the text could not be sent as it stands."""
    if purpose not in Purpose.values:
        raise Invalid("Choose what the text is for.", "purpose")
    if language not in NAMES:
        raise Invalid("Choose its language.", "language")
    if not text:
        raise Invalid("The text is empty.", "text")
    if len(text) > LONGEST:
        raise Invalid(f"A prepared text takes {LONGEST:,} characters; this has {len(text):,}.", "text")
    if "{" in FIELD.sub("", text) or "}" in FIELD.sub("", text):
        raise Invalid("A brace stands alone: a field is written as {first_name}.", "text")
    unknown = sorted(fields_of(text) - allowed_fields(purpose))
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in sorted(allowed_fields(purpose)))
        raise Invalid(f"{{{unknown[0]}}} is no field of such a text. Its fields: {known}.", "text")
    missing = sorted(required_fields(purpose) - fields_of(text))
    if missing:
        raise Invalid(
            f"A notice names the clause, its reference and the way to appeal: {{{missing[0]}}} is missing.", "text"
        )


def _kept(purpose: str, language: str, text: str, *, by: Member | None) -> Wording:
    try:
        with transaction.atomic():
            made: Wording = Wording.objects.create(purpose=purpose, language=language, text=text, written_by=by)
            record("write", made, by=by, decision=made)
    except IntegrityError as error:
        raise Invalid("This very text stands there already.", "text") from error
    return made


def approve(wording: Wording, digest: bytes, *, by: Member) -> WordingApproval:
    """Let exactly this text be sent, `digest` being that of what was read.

    Raises Refused (also to who wrote it), Invalid (another text), WrongState (approved or withdrawn meanwhile).
    """
    authority.require(by, Power.APPROVE_CONTENT)
    if by.pk == wording.written_by_id:
        raise Refused(f"{OWN} {authority.who_now(_approvers(but=by))}")
    if bytes(wording.digest) != digest:
        raise Invalid("This is not the text that you read. Look again, then approve.")
    if wording.withdrawn is not None:
        raise WrongState(wording, "approve")
    try:
        with transaction.atomic():
            yes: WordingApproval = WordingApproval.objects.create(wording=wording, digest=digest, by=by)
            record("approve", wording, by=by, decision=wording)
    except IntegrityError as error:
        raise WrongState(wording, "approve") from error
    return yes


def _approvers(*, but: Member) -> list[authority.Holder]:
    return [one for one in authority.holders(Power.APPROVE_CONTENT) if one.member.pk != but.pk]


def review(wording: Wording, *, by: Member, name: str = "") -> WordingReview:
    """Note that a reader of the language stands by it (ruling 17): oneself, or `name`, who told us so.

    Raises Refused, Invalid, WrongState (noted already).
    """
    if by.pk == wording.written_by_id:
        raise Refused("You wrote this: another who reads the language reviews it.")
    if not wording.may_review(by):
        raise authority.refused(Power.APPROVE_CONTENT)
    said = name.strip()
    if not said and wording.language not in by.languages:
        raise Invalid(f"You do not read {wording.language_name}: name who read it, and the office.", "name")
    if len(said) > 200:
        raise Invalid("The name is too long: 200 characters at most.", "name")
    try:
        with transaction.atomic():
            made: WordingReview = WordingReview.objects.create(wording=wording, name=said or by.name, by=by)
            record("review", wording, by=by)
    except IntegrityError as error:
        raise WrongState(wording, "review") from error
    return made


def withdraw(wording: Wording, *, by: Member, why: str) -> WordingWithdrawal:
    """Send it no more. What was sent stands. Raises Refused, Invalid, WrongState (withdrawn already)."""
    if not wording.may_withdraw(by):
        raise authority.refused(Power.APPROVE_CONTENT)
    if not why.strip():
        raise Invalid("Say why it is withdrawn.", "why")
    try:
        with transaction.atomic():
            made: WordingWithdrawal = WordingWithdrawal.objects.create(wording=wording, by=by, why=why.strip())
            record("withdraw", wording, by=by)
    except IntegrityError as error:
        raise WrongState(wording, "withdraw") from error
    return made


# --- what the product brings ---


def starters(ours: Agency) -> list[tuple[str, str, str]]:
    """The product's own texts, drawn up for the agency: purpose, language, text."""
    rows: list[dict[str, Any]] = drawn_up(STARTERS, ours)
    return [(row["purpose"], row["language"], text) for row in rows for text in row["texts"]]


def bring_starters(ours: Agency, *, by: Member | None) -> list[Wording]:
    """Put the product's texts beside what is there, as drafts that nobody has approved yet; what stands stays.

    Raises Refused (`by` None: the system).
    """
    if by is not None:
        authority.require(by, Power.APPROVE_CONTENT)
    there = {
        (one.purpose, one.language, bytes(one.digest)) for one in Wording.objects.only("purpose", "language", "digest")
    }
    return [
        _kept(purpose, language, text, by=None)
        for purpose, language, text in starters(ours)
        if (purpose, language, digest_of(text)) not in there
    ]


def approve_all(found: Iterable[tuple[Wording, bytes]], *, by: Member) -> int:
    """Approve several in one act, or none of them; how many. Raises as `approve` does."""
    with transaction.atomic():
        return len([approve(wording, digest, by=by) for wording, digest in found])
