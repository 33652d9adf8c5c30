"""Remarks for colleagues on a comment (F.VD)."""

import pytest

from members.models import TrailEntry
from members.states import Invalid, Refused
from moderation.models import Note
from tests.moderation.acts import case_of, grade, trail

pytestmark = [pytest.mark.django_db, pytest.mark.sop("F.VD")]


@pytest.mark.parametrize("graded", [False, True])
def test_every_member_keeps_a_note_and_no_state_moves(comment, officer, specialist, graded):
    if graded:
        grade(comment, 2, officer)
    before = case_of(comment).state
    note = case_of(comment).note("Is the same as yesterday's.", by=specialist)
    assert (note.by, note.closes) == (specialist, None)
    assert case_of(comment).state == before
    assert trail(comment.case)[-1] == "note"


def test_a_transferred_member_keeps_none(comment, transferred):
    with pytest.raises(Refused):
        case_of(comment).note("Hello.", by=transferred)
    assert not comment.notes.exists()


@pytest.mark.parametrize("text", ["", "  \n", "a" * (Note.LIMIT + 1)])
def test_an_empty_or_endless_note_is_refused(comment, officer, text):
    with pytest.raises(Invalid):
        case_of(comment).note(text, by=officer)
    case_of(comment).note("a" * Note.LIMIT, by=officer)


def test_the_trail_holds_no_word_of_a_note(comment, officer):
    case_of(comment).note("A word that no trail may hold.", by=officer)
    entry = TrailEntry.objects.get(verb="note")
    assert "word" not in str(entry.sealed_content())
    assert entry.decision_id == str(comment.notes.get().pk)
