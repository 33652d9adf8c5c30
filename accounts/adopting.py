"""The S.O.P.'s Terms of Use (4.T), version 1: drawn up for an agency, and put in force, with its translations."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from string import Template
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import Clause, Terms, TermsText
from members.models import Agency, Member
from members.states import Invalid, record

TEXT = Path(__file__).with_name("terms.json")
TRANSLATIONS = ("es", "ht")  # what the product brings; nobody has reviewed them until somebody says so (ruling 17)


def words_for(ours: Agency) -> dict[str, str]:
    """What the S.O.P.'s texts leave open, for this agency."""
    return {
        "agency": ours.name,
        "short": ours.short_name,
        "government": settings.AGENCY_GOVERNMENT or ours.name,
        "emergency": ours.emergency_number,
        "non_emergency": ours.non_emergency_number,
    }


def drawn_up(text: Path, ours: Agency) -> Any:
    """The JSON of `text` with the agency's words in it."""

    def filled(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: filled(one) for name, one in value.items()}
        if isinstance(value, list):
            return [filled(one) for one in value]
        return Template(value).substitute(words_for(ours)) if isinstance(value, str) else value

    return filled(json.loads(text.read_text()))


def terms_for(ours: Agency) -> dict[str, Any]:
    """Version, preamble and clauses as they would stand. Raises Invalid while a number is missing that they name."""
    if not ours.non_emergency_number:
        raise Invalid("The Terms of Use name the non-emergency number: write it on the agency's page first.")
    terms: dict[str, Any] = drawn_up(TEXT, ours)
    return terms


def adopt_terms(ours: Agency, *, by: Member | None, effective_from: datetime) -> Terms:
    """Put version 1 in force from `effective_from`; the version that stands already, when there is one."""
    given = terms_for(ours)
    with transaction.atomic():
        defaults = {"effective_from": effective_from, "preamble": given["preamble"]}
        terms, made = Terms.objects.get_or_create(version=given["version"], defaults=defaults)
        if made:
            Clause.objects.bulk_create([Clause(terms=terms, **clause) for clause in given["clauses"]])
            record("publish", terms, by=by)
            bring_translations(terms, ours)
    return terms


def bring_translations(terms: Terms, ours: Agency) -> int:
    """Put the product's translations of version 1 beside it, each language that has none yet; how many."""
    there = set(terms.texts.values_list("language", flat=True))
    texts = [drawn_up(TEXT.with_name(f"terms_{language}.json"), ours) for language in TRANSLATIONS]
    made = [
        TermsText(terms=terms, language=text["language"], preamble=text["preamble"], clauses=text["clauses"])
        for text in texts
        if text["version"] == terms.version and text["language"] not in there
    ]
    for text in made:
        text.save()
        record("translate", text, by=None)
    return len(made)
