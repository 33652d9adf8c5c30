"""Filters of the stream that a member keeps for himself (F.VD)."""

import pytest
from django.urls import reverse

from members.states import Invalid
from moderation import saved_filters
from moderation.models import SavedFilter
from moderation.stream import Filters

pytestmark = [pytest.mark.django_db, pytest.mark.sop("F.VD")]
SPANISH = Filters(language="es")


def test_a_filter_is_kept_and_stands_above_the_stream_of_its_member_alone(browser_of, comment, officer, other_officer):
    browser = browser_of(officer)
    answer = browser.post(reverse("save_filter"), {"back": "language=es&words=calle", "name": " Calles  de noche "})
    assert answer["Location"] == f"{reverse('queue')}?language=es&words=calle"
    shown = browser.get(reverse("queue")).content.decode()
    assert "Calles de noche" in shown
    assert "language=es&amp;words=calle" in shown
    assert "Calles de noche" not in browser_of(other_officer).get(reverse("queue")).content.decode()


def test_the_same_name_again_holds_what_is_on_now(officer):
    saved_filters.save(SPANISH, "mine", by=officer)
    saved_filters.save(Filters(words="bridge"), "mine", by=officer)
    assert [one.query for one in saved_filters.of(officer)] == ["words=bridge"]


@pytest.mark.parametrize(
    ("filters", "name", "said"),
    [(SPANISH, "  ", "Give the filter a name"), (SPANISH, "x" * 41, "40 characters"), (Filters(), "all", "Nothing is")],
)
def test_a_filter_without_name_or_content_is_refused(officer, filters, name, said):
    with pytest.raises(Invalid, match=said):
        saved_filters.save(filters, name, by=officer)


def test_twenty_are_enough_and_one_of_them_can_still_be_changed(officer):
    for number in range(SavedFilter.LIMIT):
        saved_filters.save(SPANISH, f"filter {number}", by=officer)
    with pytest.raises(Invalid, match="20 filters already"):
        saved_filters.save(SPANISH, "one more", by=officer)
    saved_filters.save(Filters(words="bridge"), "filter 3", by=officer)


def test_one_forgets_ones_own_and_nobody_elses(browser_of, comment, officer, other_officer):
    mine, his = (saved_filters.save(SPANISH, "es", by=one) for one in (officer, other_officer))
    for one in (mine, his):
        browser_of(officer).post(reverse("forget_filter", args=[one.pk]), {"back": "words=x"})
    assert list(SavedFilter.objects.all()) == [his]


def test_the_stream_is_narrowed_by_what_triage_takes_a_comment_for(browser_of, make_comment, officer):
    from moderation.models import QueueEntry

    media, _ = make_comment("Channel 7 here, who can we talk to?"), make_comment("Nice bikes")
    QueueEntry.objects.filter(pk=media.pk).update(band="media")
    answer = browser_of(officer).get(reverse("queue"), {"band": "media"})
    assert [entry.comment_id for entry in answer.context["stream"].rows] == [media.pk]
    assert answer.context["filters"].query == "band=media"
    assert Filters.read({"band": "nonsense"}).query == ""
