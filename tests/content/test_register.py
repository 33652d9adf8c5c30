"""The register of hashtags and campaigns: asked for, looked at, approved by another, for a period (2.F)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from content import campaigns, hashtag_limits, hashtags, registering
from content.models import Campaign, Hashtag, HashtagDecision
from content.registering import Period
from members.models import Notification
from members.states import Invalid, Refused, WrongState
from tests.content.acts import manuscript
from tests.content.planning import approved_tag, campaign

pytestmark = pytest.mark.sop("2.F")
TODAY = timezone.localdate


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Be #SafeSummer, #safesummer!", ["SafeSummer"]),
        ("No. #12, #1a and #Niño.", ["1a", "Niño"]),
        ("See https://bayside.example/#part and www.b.example/#x", []),
        ("#One#Two ＃Wide ##Twice", ["One", "Two", "Wide", "Twice"]),
        ("C#sharp &#39; #_ # alone", []),
        ("(#InBrackets) “#InQuotes”\n#NewLine", ["InBrackets", "InQuotes", "NewLine"]),
    ],
)
def test_tags_are_found_as_platforms_link_them(text, tags):
    assert hashtags.in_text(text) == tags


@pytest.mark.django_db
class TestProblems:
    def said(self, text="#BeachDay", on=None):
        return hashtags.problems(text, on=on or TODAY())

    def test_one_that_nobody_asked_for(self):
        assert self.said() == ["#BeachDay is not in the register of hashtags: ask for it."]

    def test_one_that_waits(self, officer):
        hashtags.ask("BeachDay", by=officer)
        assert self.said() == ["#BeachDay is asked for, and not decided yet."]
        assert hashtags.wanting("#beachday #Other", on=TODAY()) == ["Other"]

    def test_one_in_force_in_any_case_and_not_after_its_period(self, officer, commander):
        period = Period(TODAY(), TODAY() + timedelta(days=3))
        approved_tag("BeachDay", by=officer, commander=commander, period=period)
        assert self.said("#BEACHDAY") == []
        (late,) = self.said(on=TODAY() + timedelta(days=4))
        assert "is approved from" in late
        assert hashtags.spellings("#beachday") == [
            "Write #BeachDay and not #beachday: its capitals let it be read aloud."
        ]

    def test_words_that_run_together_are_told_though_they_were_asked_for_so(self, officer, commander, browser_of):
        asked = approved_tag("coffeewithacop", by=officer, commander=commander)
        (said,) = hashtags.spellings("#coffeewithacop")
        assert "begin each with a capital" in said
        for tag in ("#CoffeeWithACop", "#coffee", "#coffee_with_a_cop"):
            assert hashtags.spellings(tag) == []
        assert "begin each with a capital" in browser_of(officer).get(asked.get_absolute_url()).content.decode()

    def test_one_that_was_declined_or_ended(self, officer, commander):
        declined = hashtags.ask("BeachDay", by=officer)
        registering.decide(declined, approves=False, by=commander, reason="A brand of beer.")
        assert self.said() == ["#BeachDay was declined: A brand of beer."]
        ended = approved_tag("PierDay", by=officer, commander=commander)
        registering.end(ended, by=commander)
        assert self.said("#PierDay") == ["#PierDay was ended: it is used no more."]


@pytest.mark.django_db
def test_forty_hashtags_are_too_many_for_instagram(instagram, x, officer):
    written = manuscript(instagram, x, text=" ".join(f"#Tag{number}" for number in range(40)))
    (found,) = hashtag_limits.of_the_versions(written, timezone.now())
    assert (found.field, found.sentence) == (
        f"version-{instagram.pk}",
        "Instagram takes 5 hashtags; these are 40.",
    )


@pytest.mark.django_db
class TestDeciding:
    def test_another_approves_after_somebody_looked(self, officer, commander):
        made = hashtags.ask("#BeachDay", by=officer)
        assert Notification.objects.filter(member=commander, kind="content").exists()
        with pytest.raises(Invalid, match="Look first"):
            hashtags.approve(made, by=commander)
        hashtags.look(made, by=officer, seen="Swimmers, mostly.")
        hashtags.approve(made, by=commander)
        assert made.in_force(TODAY())

    def test_nobody_decides_what_he_asked_for(self, commander):
        made = hashtags.ask("BeachDay", by=commander)
        hashtags.look(made, by=commander, seen="Swimmers.")
        with pytest.raises(Refused, match="Nobody decides what he asked for"):
            hashtags.approve(made, by=commander)
        with pytest.raises(DatabaseError), transaction.atomic():
            HashtagDecision.objects.create(hashtag=made, approves=True, by=commander)

    def test_an_officer_decides_none(self, officer, specialist):
        with pytest.raises(Refused):
            registering.decide(hashtags.ask("BeachDay", by=officer), approves=False, by=specialist, reason="No.")

    def test_the_database_knows_no_approved_tag_without_a_decision(self, officer):
        made = hashtags.ask("BeachDay", by=officer)
        with pytest.raises(DatabaseError), transaction.atomic():
            Hashtag.objects.filter(pk=made.pk).update(state="approved")
        with pytest.raises(DatabaseError), transaction.atomic():
            Hashtag.objects.filter(pk=made.pk).update(tag="Other")
        with pytest.raises(IntegrityError), transaction.atomic():
            Hashtag.objects.create(tag="two words", key="two words", since=TODAY(), asked_by=officer)

    def test_a_second_asking_is_the_first(self, officer, specialist):
        assert hashtags.ask("BeachDay", by=officer) == hashtags.ask("#beachday", by=specialist)

    def test_decided_once(self, officer, commander):
        made = hashtags.ask("BeachDay", by=officer)
        stale = Hashtag.objects.get(pk=made.pk)
        registering.decide(made, approves=False, by=commander, reason="No.")
        with pytest.raises(WrongState):
            registering.decide(stale, approves=False, by=commander, reason="No.")

    @pytest.mark.parametrize("tag", ["", "two words", "123", "x" * 101, "a-b", "#"])
    def test_what_is_no_tag_gets_a_sentence(self, tag, officer):
        with pytest.raises(Invalid):
            hashtags.ask(tag, by=officer)


@pytest.mark.django_db
class TestCampaigns:
    def test_it_is_decided_with_its_tags(self, officer, commander):
        made = campaign(officer, tags="#SafeSummer, #BeachDay")
        first, second = made.hashtags.order_by("pk")
        hashtags.look(first, by=officer, seen="Ours alone.")
        with pytest.raises(Invalid, match="Decide its campaign first"):
            hashtags.approve(first, by=commander)
        assert campaigns.approve(made, by=commander) == [second]
        first.refresh_from_db()
        assert (first.state, first.until) == ("approved", made.until)
        assert hashtags.problems("#SafeSummer", on=TODAY()) == []
        campaigns.end(made, by=commander)
        assert hashtags.problems("#SafeSummer", on=TODAY())

    def test_declined_with_its_tags(self, officer, commander):
        made = campaign(officer)
        campaigns.decline(made, by=commander, reason="Not this year.")
        assert set(made.hashtags.values_list("state", flat=True)) == {"declined"}

    def test_bad_input_leaves_nothing(self, officer):
        with pytest.raises(Invalid) as refusal:
            campaign(officer, tags="#Good #not-good")
        assert refusal.value.field == "tags"
        with pytest.raises(Invalid, match="before the first"):
            campaigns.ask("N", "A", Period(TODAY(), TODAY() - timedelta(days=1)), by=officer)
        assert not Campaign.objects.exists()

    def test_the_database_knows_no_approved_campaign_without_a_decision(self, officer):
        made = campaign(officer)
        with pytest.raises(DatabaseError), transaction.atomic():
            Campaign.objects.filter(pk=made.pk).update(state="approved")


@pytest.mark.django_db
def test_the_pages(officer, commander, browser_of):
    client = browser_of(officer)
    asked = {"name": "Safe summer", "aim": "Fewer drownings.", "since": TODAY(), "tags": "#SafeSummer"}
    answer = client.post(reverse("ask_campaign"), asked)
    made = Campaign.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert client.post(reverse("ask_hashtag"), {"tag": "two words"}).status_code == 422
    assert client.post(reverse("ask_hashtag"), {"tag": "#BeachDay"}).status_code == 302
    tag = Hashtag.objects.get(tag="BeachDay")
    assert client.post(reverse("look_at_hashtag", args=[tag.pk]), {"seen": ""}).status_code == 422
    assert client.post(reverse("look_at_hashtag", args=[tag.pk]), {"seen": "Swimmers."}).status_code == 302
    for name in ("campaigns", "hashtags"):
        assert client.get(reverse(name)).status_code == 200
    assert client.post(reverse("decide_hashtag", args=[tag.pk, "approve"])).status_code == 403
    chief = browser_of(commander)
    assert chief.post(reverse("decide_hashtag", args=[tag.pk, "approve"])).status_code == 302
    assert chief.post(reverse("decide_hashtag", args=[tag.pk, "eat"])).status_code == 404
    page = chief.post(reverse("decide_campaign", args=[made.pk, "approve"]), follow=True).content.decode()
    assert "Not decided yet: #SafeSummer" in page
