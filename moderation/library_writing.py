"""The facts library as it comes to be: proposed by any member, reviewed by another, withdrawn (4.L3, 4.L5)."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from members import authority
from members.languages import NAMES
from members.models import Member
from members.powers import Power
from members.states import Invalid, Refused, WrongState, record
from moderation.models.library import FactReview, FactVersion, FactWithdrawal, LibraryFact

LONGEST = {"topic": 80, "section": 120, "question": 300, "answer": 2000, "source": 500, "keywords": 500}
MISSING = {
    "topic": "Name the topic: “hiring”, “parking”, “reports”.",
    "section": "Name the section that knows: it is asked when the fact runs out.",
    "question": "Write the question as the public asks it.",
    "answer": "Write the answer as it is to be read.",
    "source": "Name the source: a link, or a document.",
}


def propose(
    fact: LibraryFact | None,
    *,
    by: Member,
    language: str,
    question: str,
    answer: str,
    source: str,
    topic: str = "",
    section: str = "",
    keywords: str = "",
    valid_until: date | None = None,
) -> FactVersion:
    """Keep what is said of `fact` (None: of a new one); it is offered once another has reviewed it.

    Raises Refused, Invalid.
    """
    authority.require(by, Power.GRADE_COMMENTS)
    said = {"question": question, "answer": answer, "source": source, "keywords": keywords}
    about = {"topic": topic, "section": section} if fact is None else {}
    given = {name: text.strip().replace("\r\n", "\n") for name, text in {**about, **said}.items()}
    _judge(given, language, valid_until)
    with transaction.atomic():
        if fact is None:
            fact = LibraryFact.objects.create(topic=given.pop("topic"), section=given.pop("section"), by=by)
        version: FactVersion = FactVersion.objects.create(
            fact=fact, language=language, valid_until=valid_until, by=by, **given
        )
        version.refresh_from_db(fields=["vector"])
        record("propose", version, by=by, decision=version)
    return version


def _judge(given: dict[str, str], language: str, valid_until: date | None) -> None:
    for name, text in given.items():
        if not text and name in MISSING:
            raise Invalid(MISSING[name], name)
        if len(text) > LONGEST[name]:
            raise Invalid(f"That is too long: {LONGEST[name]:,} characters at most.", name)
    if language not in NAMES:
        raise Invalid("Choose the language.", "language")
    if valid_until is not None and valid_until < timezone.localdate():
        raise Invalid("That day is over: name the last day on which it holds, or none.", "valid_until")


def review(version: FactVersion, digest: bytes, *, by: Member) -> FactReview:
    """Stand by exactly this version, `digest` being that of what was read: from now on it is offered.

    Raises Refused (also to who wrote it), Invalid (another text), WrongState (reviewed or withdrawn meanwhile).
    """
    authority.require(by, Power.REVIEW_ACCURACY)
    if by.pk == version.by_id:
        able = [one for one in authority.holders(Power.REVIEW_ACCURACY) if one.member.pk != by.pk]
        raise Refused(f"You wrote this: another reviews it. {authority.who_now(able)}", able=able)
    if bytes(version.digest) != digest:
        raise Invalid("This is not what you read. Look again, then review.")
    if version.withdrawn is not None:
        raise WrongState(version, "review")
    try:
        with transaction.atomic():
            made: FactReview = FactReview.objects.create(version=version, digest=digest, by=by)
            record("review", version, by=by, decision=version)
    except IntegrityError as error:
        raise WrongState(version, "review") from error
    return made


def withdraw(version: FactVersion, *, by: Member, why: str) -> FactWithdrawal:
    """Offer it no more. Answers that rest on it keep it. Raises Refused, Invalid, WrongState (withdrawn already)."""
    if not version.may_withdraw(by):
        raise authority.refused(Power.REVIEW_ACCURACY)
    if not why.strip():
        raise Invalid("Say why it is withdrawn.", "why")
    try:
        with transaction.atomic():
            made: FactWithdrawal = FactWithdrawal.objects.create(version=version, by=by, why=why.strip())
            record("withdraw", version, by=by)
    except IntegrityError as error:
        raise WrongState(version, "withdraw") from error
    return made
