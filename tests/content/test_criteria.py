"""What its purpose asks of an item: a re-post gives credit, a member who is highlighted consents (C.10, C.12)."""

from __future__ import annotations

import io

import pytest

from content import items, problems
from content.items import NotReady
from content.manuscript import Place, Source, Version
from content.media.keeping import keep_paper
from content.media.noting import Person, note_person
from tests.content.acts import begun, manuscript, showing
from tests.content.pictures import photo, row_of, saved

pytestmark = pytest.mark.django_db


def said(written, field):
    return [one.sentence for one in problems.hard(written) if one.field == field]


@pytest.mark.sop("C.10")
def test_the_credit_of_a_re_post_stands_in_every_text_that_goes_out(facebook, x, officer):
    source = Source("https://herald.example/turtles", "Bayside Herald")
    written = manuscript(
        facebook,
        text="Turtles hatch (Bayside Herald).",
        purpose="repost",
        source=source,
        versions=(Version(facebook.pk), Version(x.pk, text="Turtles hatch.")),
        places=(Place("Bayside Library", text="Turtles!"),),
    )
    assert said(written, f"version-{facebook.pk}") == []
    for field in (f"version-{x.pk}", "place-0"):
        assert said(written, field) == ["Give credit in the text: “Bayside Herald” (C.10)."]


@pytest.mark.sop("C.10")
def test_a_re_post_names_its_source_and_is_not_handed_in_without(facebook, officer):
    assert said(manuscript(facebook, purpose="repost"), "source") == ["A re-post names its source and gives credit."]
    with pytest.raises(NotReady):
        items.hand_in(begun(facebook, by=officer, purpose="repost"), by=officer, on=1)


@pytest.mark.sop("C.12")
def test_a_member_who_is_highlighted_consents_on_paper_with_and_without_a_picture(facebook, officer):
    (sentence,) = said(manuscript(facebook, purpose="highlight"), "criterion-D")
    assert "consent on file" in sentence
    shown = row_of(officer)
    written = manuscript(facebook, purpose="highlight", pictures=showing(shown))
    assert said(written, "criterion-D") == [sentence]
    with pytest.raises(NotReady):
        items.hand_in(begun(facebook, by=officer, purpose="highlight"), by=officer, on=1)
    paper = keep_paper(io.BytesIO(saved(photo())), "consent.jpg", "consent")
    person = Person("member", name="Dana Wells", attire="uniform", consent=paper)
    note_person(shown, person, by=officer)
    assert said(written, "criterion-D") == []
