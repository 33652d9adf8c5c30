"""What seals cover is spelled by RFC 8785, and so that digests made by earlier versions still agree."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.canonical import canonical, content_of, form_of
from members.models import LogEntry, Member, TrailEntry
from members.sealing import digest_of, digest_of_seal, digests_of
from tests.members.conftest import ledger_named

# All that PostgreSQL keeps in a text: neither a null character nor half a surrogate pair.
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=40)
NUMBER = st.integers(-(2**53) + 1, 2**53 - 1)
NAME = st.text(st.characters(codec="ascii"), max_size=12)
PLAIN = st.recursive(
    st.one_of(st.none(), TEXT, NUMBER),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAME, inner, max_size=4)),
    max_leaves=20,
)
ACT = UUID("0b0b0b0b-1111-4222-8333-444444444444")


@given(st.dictionaries(NAME, PLAIN, max_size=8))
def test_plain_content_is_spelled_as_the_standard_says(content: dict[str, Any]) -> None:
    assert canonical(content) == rfc8785.dumps(content)


def test_content_that_would_be_spelled_otherwise_is_not_a_number_at_all() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical({"a": float("nan")})


@pytest.mark.django_db
@pytest.mark.parametrize("model", [TrailEntry, LogEntry])
def test_rows_spelled_many_at_once_are_as_each_alone_whatever_they_hold(model: type[Any], officer: Member) -> None:
    texts = [name for name in ("before", "after", "decision_type", "decision_id") if model is TrailEntry]

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)),
        st.sampled_from([UTC, timezone(timedelta(hours=-5)), timezone(timedelta(minutes=345))]),
        st.booleans(),
        st.uuids(),
        st.lists(TEXT, min_size=7, max_size=7),
    )
    def of(at: datetime, zone: timezone, by_hand: bool, act: UUID, said: list[str]) -> None:
        fields = {"verb": said[0], "subject_type": said[1], "subject_id": said[2]}
        fields |= dict(zip(texts, said[3:], strict=False))
        by = officer if by_hand else None
        row = model.objects.create(at=at.replace(tzinfo=zone), by=by, act=act, **fields)
        row.refresh_from_db()
        expected = hashlib.sha256(rfc8785.dumps(row.sealed_content())).digest()
        assert digests_of(ledger_named(model.ledger), [row.pk]) == {row.pk: expected}
        assert digest_of(row) == expected

    of()


@pytest.mark.parametrize(
    ("fraction", "by", "digest"),
    [
        (123456, 17, "b125c873c06387a5f3dcdc159dcc284133233d10e35e06eb469e47cb1dd87fb8"),
        (0, None, "2cdfc978d07527a246f2907927dbc74297a1d73b30fd3fe830666ce2252a3ca7"),
        (120000, 1, "f27639f52b449e25bc2dc128b7f971603134136021a5999682c87016140f0db9"),
    ],
)
def test_an_entry_of_an_old_trail_has_the_digest_that_was_sealed_then(
    fraction: int, by: int | None, digest: str
) -> None:
    entry = TrailEntry(
        pk=1234567,
        at=datetime(2026, 11, 22, 14, 26, 0, fraction, tzinfo=UTC),
        by_id=by,
        verb="grade",
        subject_type="moderation.case",
        subject_id="99",
        act=ACT,
        before="waiting",
        after="graded",
        decision_type="moderation.grade",
        decision_id="123",
        decision_digest="ab" * 32,
    )
    assert digest_of(entry).hex() == digest


def test_an_entry_of_an_old_log_too() -> None:
    entry = LogEntry(
        pk=7, at=datetime(2026, 11, 22, tzinfo=UTC), by_id=3, verb="read", subject_type="a.b", subject_id="1", act=ACT
    )
    assert digest_of(entry).hex() == "5c2b384c87e407bac8804c087931c9afbd34b2ad78a53a18b8f8a3cd4e7ebade"


def test_and_so_has_a_seal() -> None:
    sealed = digest_of_seal("trail", 2, [3, 5, 2**40], bytes(range(96)), bytes(32))
    assert sealed.hex() == "6ed5f59e248c1318a8bcc9830e762269c3e9be8c4fdb55507d7e58d5ae52d5a8"


def test_no_row_is_spelled_as_none() -> None:
    form = form_of(TrailEntry)
    assert form is not None
    assert list(form.spelled([])) == []


def test_a_model_that_says_its_content_itself_has_no_form() -> None:
    assert form_of(Member) is None
    assert content_of(Member(name="Ruth"), {"name": "name"}) == {"name": "Ruth"}


@pytest.mark.django_db
def test_moments_that_no_calendar_of_ours_holds_are_other_moments_and_no_error(trail: Any) -> None:
    (row,) = trail.enter()
    trail.seal()
    for moment in ("infinity", "-infinity", "20000-01-01", "0044-03-15 BC"):
        trail.tamper("UPDATE members_trailentry SET at = %s::timestamptz WHERE id = %s", moment, row)
        assert [(finding.kind, finding.row) for finding in trail.findings()] == [("altered", row)]
