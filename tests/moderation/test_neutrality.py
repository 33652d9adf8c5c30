"""The neutrality audit: a random sample of a month, graded again blind by another; kappa and rates of hiding (LR-2)."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from members.states import Invalid, Refused
from moderation import neutrality
from moderation.models import Audit, AuditItem, Grade
from moderation.neutrality import Rate, kappa
from tests.moderation.acts import grade

RATERS = st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), min_size=1, max_size=12)


# --- the figures


def test_kappa_is_as_in_the_text_books():
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed 0.7, by chance 0.5.
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    assert kappa(pairs) == pytest.approx(0.4)


@given(RATERS)
def test_kappa_is_one_only_where_all_agree_and_never_more(pairs):
    found = kappa(pairs)
    assert found is None or found <= 1 + 1e-9
    if found is not None and abs(found - 1) < 1e-9:
        assert all(first == second for first, second in pairs)
    assert kappa([(second, first) for first, second in pairs]) == pytest.approx(found)


def test_kappa_is_not_defined_where_both_gave_one_level_alone():
    assert kappa([(6, 6)] * 5) is None
    assert kappa([]) is None


def test_a_rate_stands_out_only_where_chance_does_not_explain_it():
    assert not Rate("few", 3, 1, 10).stands_out
    assert Rate("many", 300, 100, 10).stands_out
    low, high = Rate("none hidden", 50, 0, 10).between
    assert (low, 0 < high < 10) == (0, True)


# --- the sample


@pytest.fixture
def graded(make_comment, officer):
    """Five of the officer's, and one that was taken back."""
    for level in (1, 2, 3, 6, 6):
        grade(make_comment(f"Level {level}"), level, officer)
    taken_back = make_comment("Taken back")
    grade(taken_back, 6, officer)
    taken_back.case.undo(by=officer)
    return list(Grade.objects.filter(level__isnull=False).exclude(comment=taken_back))


@pytest.fixture
def drawn(graded, supervisor):
    audit = neutrality.draw(timezone.localdate(), by=supervisor)
    assert audit is not None
    return audit


@pytest.mark.django_db
@pytest.mark.sop("4.0", "4.TOU")
def test_the_sample_is_of_what_stands_and_can_be_drawn_again_from_its_seed(drawn, graded):
    again = sorted(graded, key=lambda one: hashlib.sha256(f"{drawn.seed}:{one.pk}".encode()).digest())
    assert [item.grade_id for item in drawn.items.all()] == [one.pk for one in again]
    assert (drawn.population, drawn.size) == (5, 5)


@pytest.mark.django_db
def test_a_month_is_drawn_once_and_by_itself_when_it_is_over(drawn, supervisor):
    with pytest.raises(Invalid, match="drawn already"):
        neutrality.draw(timezone.localdate(), by=supervisor)
    assert neutrality.draw_due() is None  # nothing was graded in the month before
    with pytest.raises(Invalid, match="to come"):
        neutrality.draw(timezone.localdate() + timedelta(days=40), by=supervisor)


@pytest.mark.django_db
def test_an_officer_does_not_draw(graded, officer):
    with pytest.raises(Refused):
        neutrality.draw(timezone.localdate(), by=officer)


@pytest.mark.django_db
def test_nobody_grades_his_own_again_and_each_is_graded_again_once(drawn, officer, other_officer):
    item = drawn.items.first()
    with pytest.raises(Refused, match="Another member"):
        neutrality.grade_again(item, 6, by=officer)
    neutrality.grade_again(item, 6, by=other_officer)
    with pytest.raises(Invalid, match="meanwhile"):
        neutrality.grade_again(item, 2, by=other_officer)
    with pytest.raises(IntegrityError, match="nobody_grades_his_own_again"), transaction.atomic():
        AuditItem.objects.filter(pk=drawn.items.last().pk).update(again=1, by=officer, at=timezone.now())


@pytest.mark.django_db
def test_what_is_given_again_changes_nothing_but_the_figures(drawn, other_officer, graded):
    before = list(Grade.objects.values_list("pk", flat=True))
    while (item := neutrality.next_for(other_officer)) is not None:
        neutrality.grade_again(item, item.level, by=other_officer)
    figures = neutrality.agreement(drawn.items.all())
    assert (figures.done, figures.agreed, figures.levels) == (5, 5, 1)
    assert list(Grade.objects.values_list("pk", flat=True)) == before


@pytest.mark.django_db
def test_the_rates_count_by_account_language_and_topic(drawn, make_comment, officer, facebook):
    hidden = make_comment("You animals")
    grade(hidden, 7, officer)
    neutrality.name_topic(hidden.post_id, "outreach", by=officer)
    rates = neutrality.rates(timezone.localdate().replace(day=1), {facebook.pk: "Facebook"}, str)
    assert [(one.word, one.graded, one.hidden) for one in rates["By account"]] == [("Facebook", 6, 1)]
    assert sum(one.graded for one in rates["By topic of our post"]) == 6


# --- the pages


@pytest.mark.django_db
def test_the_desk_is_blind_to_what_was_decided(browser_of, other_officer, drawn):
    page = browser_of(other_officer).get(reverse("grade_blind")).content.decode()
    assert "Grade again" in page
    assert drawn.items.first().graded_by.name not in page


@pytest.mark.django_db
def test_who_grades_again_does_not_read_the_figures(browser_of, other_officer, commander, legal_adviser, drawn):
    assert browser_of(other_officer).get(reverse("audit", args=[drawn.pk])).status_code == 403
    for member in (commander, legal_adviser):
        assert browser_of(member).get(reverse("audit", args=[drawn.pk])).status_code == 200
    assert (
        b"".join(browser_of(commander).get(reverse("audit_csv", args=[drawn.pk])).streaming_content).count(b"\n") == 6
    )


@pytest.mark.django_db
def test_a_level_that_is_none_is_refused_on_the_desk(browser_of, other_officer, drawn):
    answer = browser_of(other_officer).post(reverse("grade_again", args=[drawn.items.first().pk]), {"level": "9"})
    assert answer.status_code == 422
    assert Audit.objects.get().items.open().count() == 5
