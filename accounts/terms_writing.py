"""A later version of the Terms of Use: drawn up from the one in force, compared with it, published; and its languages.

Whose it is: the Unit Commander's or a designee's (S.O.P. 4). What was published is never altered; a version follows it.
"""

from __future__ import annotations

import string
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import drafting
from accounts.drafting import Change
from accounts.models import Clause, Terms, TermsDraft, TermsReview, TermsText
from members.days import spoken
from members.languages import NAMES
from members.models import Member
from members.models.notifications import Kind
from members.notifying import tell
from members.states import Invalid, WrongState, record

LETTERS = string.ascii_lowercase
Given = list[dict[str, Any]]  # clauses of a draft: text, grounds


# --- drawing up ---


def begin(*, by: Member) -> TermsDraft:
    """Draw up the next version from the newest there is; the draft that is open, when there is one.

    Raises Refused; Invalid before the first version is adopted.
    """
    drafting.require(by)
    newest = Terms.objects.order_by("-version").first()
    if newest is None:
        raise Invalid("Adopt version 1 first: a later one is drawn up from it.")
    clauses = [{"text": one.text, "grounds": one.grounds} for one in newest.clauses.order_by("letter")]
    return drafting.draw_up(TermsDraft, by=by, based_on=newest, preamble=newest.preamble, clauses=clauses)


def write(draft: TermsDraft, *, by: Member, revision: int, preamble: str, clauses: Given, reason: str) -> None:
    """Keep what was written, if nobody else has written since `revision`. Raises Refused, Invalid, WrongState."""
    drafting.require(by)
    kept = [{"text": one["text"].strip(), "grounds": bool(one["grounds"])} for one in clauses if one["text"].strip()]
    if not preamble.strip():
        raise Invalid("Write what stands before the clauses.", "preamble")
    if len(kept) > len(LETTERS):
        raise Invalid(f"There are {len(LETTERS)} letters: name no more clauses than that.")
    before = preamble.strip().replace("\r\n", "\n")
    drafting.keep(draft, by=by, revision=revision, reason=reason, preamble=before, clauses=kept)


def publish(draft: TermsDraft, *, by: Member, revision: int, effective_from: datetime | None = None) -> Terms:
    """Make the draft the next version, in force at once or from `effective_from`.

    Raises Refused; Invalid for a draft that says nothing new, gives no reason, has no clause to hide by, or begins
    before the version before it; WrongState when it was written to since `revision`.
    """
    drafting.require(by)
    newest = Terms.objects.order_by("-version")[0]
    begins = _judge(draft, newest, effective_from)
    with transaction.atomic():
        terms = Terms.objects.create(version=newest.version + 1, effective_from=begins, preamble=draft.preamble)
        Clause.objects.bulk_create(
            Clause(terms=terms, letter=letter, text=one["text"], grounds=one["grounds"])
            for letter, one in zip(LETTERS, draft.clauses, strict=False)
        )
        record("publish", terms, by=by, decision=draft)
        draft.become(TermsDraft.State.PUBLISHED, verb="publish", by=by, expecting={"revision": revision}, terms=terms)
        sentence = (
            f"Version {terms.version} of the Terms of Use is in force from {spoken(begins)}: {by.name} decided it."
        )
        tell(Member.objects.serving(), Kind.ACCOUNTS, sentence, f"/terms/{terms.version}/", but=by)
    return terms


def _judge(draft: TermsDraft, newest: Terms, effective_from: datetime | None) -> datetime:
    new = bool(changes(draft, newest))
    begins = drafting.judge(
        draft, newest, based_on=draft.based_on_id, effective_from=effective_from, says_something_new=new
    )
    if not any(one["grounds"] for one in draft.clauses):
        raise Invalid("No clause names content that is not allowed: nothing could be hidden by these terms.")
    return begins


# --- comparing ---

Part = tuple[str, str]  # same, gone or new; the words


def compared(before: str, after: str) -> list[Part]:
    """Word by word: what stayed, what went, what came."""
    old, new = before.split(" "), after.split(" ")
    parts: list[Part] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(("same", " ".join(old[a:b])))
            continue
        if a < b:
            parts.append(("gone", " ".join(old[a:b])))
        if c < d:
            parts.append(("new", " ".join(new[c:d])))
    return parts


def changes(draft: TermsDraft, before: Terms) -> list[Change]:
    """Where the draft differs: the place, the words, and what changes beside them. Empty when it says the same."""
    found = []
    if draft.preamble != before.preamble:
        found.append(Change("Before the clauses", compared(before.preamble, draft.preamble)))
    old = list(before.clauses.order_by("letter"))
    for number in range(max(len(old), len(draft.clauses))):
        was = old[number] if number < len(old) else None
        now = draft.clauses[number] if number < len(draft.clauses) else None
        told = _clause_change(was, now)
        if told is not None:
            found.append(Change(f"({LETTERS[number]})", *told))
    return found


def _clause_change(was: Clause | None, now: dict[str, Any] | None) -> tuple[list[Part], str] | None:
    if was is None or now is None:
        text = was.text if was is not None else now["text"] if now is not None else ""
        return [("gone" if now is None else "new", text)], ""
    if (was.text, was.grounds) == (now["text"], now["grounds"]):
        return None
    beside = ""
    if was.grounds != now["grounds"]:
        beside = "A hide may rest on it now." if now["grounds"] else "No hide may rest on it any more."
    return compared(was.text, now["text"]), beside


# --- languages ---


def translate(terms: Terms, language: str, *, by: Member, preamble: str, clauses: dict[str, str]) -> TermsText:
    """Put a text in another language beside a version; the newest one is shown. Raises Refused, Invalid."""
    drafting.require(by)
    if language not in NAMES or language == "en":
        raise Invalid("The terms are written in English; choose another language.", "language")
    letters = list(terms.clauses.order_by("letter").values_list("letter", flat=True))
    texts = {letter: clauses.get(letter, "").strip() for letter in letters}
    for letter, text in texts.items():
        if not text:
            raise Invalid(f"Clause ({letter}) is missing: the public reads all of them or none.", f"clause_{letter}")
    if not preamble.strip():
        raise Invalid("Write what stands before the clauses.", "preamble")
    with transaction.atomic():
        made: TermsText = TermsText.objects.create(
            terms=terms, language=language, preamble=preamble.strip().replace("\r\n", "\n"), clauses=texts, by=by
        )
        record("translate", made, by=by)
    return made


def review(text: TermsText, *, by: Member, reviewed_by: str, reviewed_on: date) -> TermsReview:
    """Note who has read a translation against the English text. Raises Refused, Invalid, WrongState (noted already)."""
    drafting.require(by)
    if not reviewed_by.strip():
        raise Invalid("Name who reviewed it, and the office: the public reads it.", "reviewed_by")
    if reviewed_on > timezone.localdate():
        raise Invalid("That day has not come yet.", "reviewed_on")
    try:
        with transaction.atomic():
            found = TermsReview.objects.create(
                text=text, reviewed_by=reviewed_by.strip(), reviewed_on=reviewed_on, by=by
            )
            record("review", text, by=by)
    except IntegrityError as error:
        raise WrongState(text, "review") from error
    return found
