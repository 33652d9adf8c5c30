"""The board, the calendar, templates, the strategy and the figures of content (C.4, C.5, C.9, F.VC)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from content import deciding, figures, holidays, items, month, strategies, submitting, templates
from content.board import board
from content.manuscript import Manuscript, Picture, Version
from content.models import Item, StrategyAgreement, TemplateReview
from content.prepared import is_as_prepared
from content.strategies import Wanted
from content.waiting import empty_days, new_ideas, to_approve
from members.models import Delivery, Notification
from members.states import Invalid, Refused, WrongState
from tests.content.acts import approve, begun, submitted
from tests.content.planning import idea, strategy, template

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/New_York")


def planned(*accounts, by, at=None, **more):
    """A draft for a moment; two days from now at noon, if not said."""
    at = at or datetime.combine(timezone.localdate() + timedelta(days=2), datetime.min.time(), ZONE).replace(hour=12)
    return begun(*accounts, by=by, starts_at=at, ends_at=at + timedelta(hours=6), **more)


class TestTheBoard:
    def test_everything_stands_in_the_column_of_its_road(self, facebook, officer, commander, specialist):
        idea()
        begun(facebook, by=officer)
        submitted(facebook, by=officer, reviewer=specialist)
        found = board(commander)
        assert len(found.ideas) == 1
        assert {column.name: len(column.cards) for column in found.columns if column.cards} == {
            "draft": 1,
            "approval": 1,
        }
        assert [len(column.cards) for column in board(specialist, mine=True).columns] == [0] * 6

    def test_its_page_narrows(self, facebook, officer, browser_of):
        begun(facebook, by=officer)
        client = browser_of(officer)
        assert "Coffee" in client.get(reverse("content_board")).content.decode()
        assert "Coffee" not in client.get(reverse("content_board"), {"purpose": "emergency"}).content.decode()
        assert client.get(reverse("content_board"), {"campaign": "x", "purpose": "y"}).status_code == 200


@pytest.mark.sop("C.9")
class TestTheCalendar:
    def test_an_item_stands_on_its_day_and_two_within_the_hour_collide(self, facebook, x, officer):
        first = planned(facebook, by=officer)
        at = first.starts_at + timedelta(minutes=30)
        second = planned(facebook, by=officer, at=at)
        planned(x, by=officer, at=at)
        day = timezone.localtime(first.starts_at).date()
        found = month.entries(day, day, member=officer)
        assert [bool(one.collides) for one in found] == [True, True, False]
        assert {one.item.pk for one in found[:2]} == {first.pk, second.pk}

    def test_what_nobody_was_asked_to_approve_moves_at_the_same_time_of_day(self, facebook, officer):
        item = planned(facebook, by=officer)
        day = timezone.localtime(item.starts_at).date() + timedelta(days=150)  # across the change of the clocks
        month.move(item, day, by=officer, on=1)
        item.refresh_from_db()
        local = item.starts_at.astimezone(ZONE)
        assert (local.date(), local.hour) == (day, 12)
        assert item.ends_at - item.starts_at == timedelta(hours=6)
        assert item.revision.number == 2

    def test_what_waits_for_approval_does_not_move(self, facebook, officer, specialist):
        item = submitted(facebook, by=officer, reviewer=specialist)
        with pytest.raises(WrongState):
            month.move(item, timezone.localdate() + timedelta(days=3), by=officer, on=1)
        assert Item.objects.get(pk=item.pk).state == "approval"

    def test_bad_days_and_strangers_to_content_are_refused(self, facebook, officer, auditor):
        item = planned(facebook, by=officer)
        with pytest.raises(Invalid, match="over already"):
            month.move(item, date(2020, 1, 1), by=officer, on=1)
        with pytest.raises(Refused):
            month.move(item, timezone.localdate() + timedelta(days=3), by=auditor, on=1)

    def test_an_hour_that_does_not_exist_is_refused(self, facebook, officer):
        at = datetime.combine(timezone.localdate() + timedelta(days=2), datetime.min.time(), ZONE).replace(hour=2)
        item = planned(facebook, by=officer, at=at.replace(minute=30))
        forward = next(
            day
            for day in (timezone.localdate() + timedelta(days=count) for count in range(3, 370))
            if day.month == 3 and day.weekday() == 6 and 8 <= day.day <= 14
        )
        with pytest.raises(Invalid, match="does not exist"):
            month.move(item, forward, by=officer, on=1)

    def test_its_page_and_its_feed(self, facebook, officer, auditor, browser_of):
        item = planned(facebook, by=officer, title="Open house")
        client = browser_of(officer)
        day = timezone.localtime(item.starts_at).date()
        page = client.get(reverse("content_calendar"), {"month": f"{day:%Y-%m}"})
        assert "Open house" in page.content.decode()
        assert "'nonce-" in page["Content-Security-Policy"]
        assert client.get(reverse("content_calendar"), {"month": "13-99"}).status_code == 200
        feed = client.get(reverse("calendar_feed"), {"start": day.isoformat(), "end": f"{day}T00:00:00-05:00"}).json()
        (drawn,) = [one for one in feed["events"] if one.get("id") == str(item.pk)]
        assert drawn["editable"]
        assert drawn["start"].endswith("12:00")
        for asked in ({}, {"start": "x", "end": "y"}, {"start": "2026-01-01", "end": "2027-01-01"}):
            assert client.get(reverse("calendar_feed"), asked).status_code == 422

    def test_it_is_moved_with_and_without_a_script(self, facebook, officer, browser_of):
        item = planned(facebook, by=officer)
        client, door = browser_of(officer), reverse("move_item", args=[item.pk])
        to = timezone.localdate() + timedelta(days=5)
        assert client.post(door, {"day": to, "on": 1}).status_code == 302
        json = {"accept": "application/json"}
        assert client.post(door, {"day": to + timedelta(days=1), "on": 2}, headers=json).json() == {"on": 3}
        refused = client.post(door, {"day": to + timedelta(days=2), "on": 1}, headers=json)
        assert (refused.status_code, "saved meanwhile" in refused.json()["sentence"]) == (409, True)
        assert client.post(door, {"day": "", "on": 1}, headers=json).status_code == 422

    @pytest.mark.parametrize(
        ("day", "name"),
        [
            (date(2026, 1, 19), "Martin Luther King Jr. Day"),
            (date(2026, 5, 25), "Memorial Day"),
            (date(2026, 8, 4), "National Night Out"),
            (date(2026, 11, 26), "Thanksgiving"),
            (date(2027, 9, 6), "Labor Day"),
        ],
    )
    def test_holidays(self, day, name):
        assert holidays.between(day, day) == {day: name}


@pytest.mark.sop("C.5")
class TestTemplates:
    def test_an_emergency_message_is_read_by_another_before_a_draft_begins_with_it(self, officer, specialist):
        made = template(officer)
        with pytest.raises(Invalid, match="another has to read it"):
            templates.begin(made, by=officer)
        with pytest.raises(Refused):
            templates.review(made.newest, by=officer)
        templates.review(made.newest, by=specialist)
        item = templates.begin(made, by=officer)
        assert (item.purpose, item.manuscript.prepared) == ("emergency", made.pk)
        with pytest.raises(WrongState):
            templates.review(made.newest, by=specialist)

    def test_a_new_text_holds_once_it_was_read(self, officer, specialist):
        made = template(officer)
        templates.review(made.newest, by=specialist)
        first = made.in_force
        templates.write(made, "{place} is closed.", by=officer)
        assert made.in_force == first
        templates.review(made.newest, by=specialist)
        assert made.in_force == made.newest

    def test_the_database_knows_no_reading_by_who_wrote_it(self, specialist):
        made = template(specialist)
        with pytest.raises(DatabaseError), transaction.atomic():
            TemplateReview.objects.create(text=made.newest, digest=made.newest.digest, by=specialist)

    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            ("Ocean Drive is closed. Use another road.", True),
            ("Ocean  Drive is closed.\nUse another road.", True),
            ("{place} is closed. Use another road.", False),
            ("Ocean Drive is closed. Use another road. Call the mayor.", False),
            (" is closed. Use another road.", False),
            (f"{'x' * 300} is closed. Use another road.", False),
        ],
    )
    def test_only_what_says_no_more_goes_to_the_approver_at_once(self, said, expected, officer, specialist):
        made = template(officer)
        written = Manuscript(title="Closed", purpose="emergency", text=said, prepared=made.pk)
        assert not is_as_prepared(written)  # nobody has read it
        templates.review(made.newest, by=specialist)
        assert is_as_prepared(written) is expected

    def test_another_purpose_or_a_retired_one_is_not_expedited(self, officer, specialist):
        made = template(officer)
        templates.review(made.newest, by=specialist)
        said = "Ocean Drive is closed. Use another road."
        assert not is_as_prepared(Manuscript(purpose="outreach", text=said, prepared=made.pk))
        assert not is_as_prepared(Manuscript(purpose="emergency", text=said))
        as_prepared = Manuscript(purpose="emergency", text=said, prepared=made.pk)
        assert is_as_prepared(as_prepared)
        assert not is_as_prepared(replace(as_prepared, pictures=(Picture(1),)))
        assert not is_as_prepared(replace(as_prepared, versions=(Version(1, link="https://bayside.example"),)))
        templates.retire(made, by=officer)
        assert not is_as_prepared(Manuscript(purpose="emergency", text=said, prepared=made.pk))
        with pytest.raises(WrongState):
            templates.retire(made, by=officer)

    def test_a_draft_of_it_is_urgent_and_goes_everywhere_now(
        self, facebook, x, instagram, officer, specialist, browser_of
    ):
        made = template(officer)
        templates.review(made.newest, by=specialist)
        answer = browser_of(officer).post(reverse("begin_with_template", args=[made.pk]))
        item = Item.objects.get()
        assert answer["Location"] == reverse("edit_item", args=[item.pk])
        assert item.urgent
        # Instagram has no post made of text alone.
        accounts = {one.account for one in item.manuscript.versions}
        assert {facebook.pk, x.pk} <= accounts
        assert instagram.pk not in accounts
        assert item.ends_at - item.starts_at == timedelta(hours=2)
        assert timezone.now() - item.starts_at < timedelta(minutes=1)

    def test_its_approvers_are_told_at_once_in_their_quiet_hours(self, facebook, officer, specialist, commander):
        here = timezone.now().astimezone(ZONE)
        commander.email = "ruth@bayside.example"
        commander.quiet_from = (here - timedelta(hours=1)).time()
        commander.quiet_until = (here + timedelta(hours=1)).time()
        commander.save()

        def told():
            return Delivery.objects.filter(notification__member=commander, notification__kind="content").latest("pk")

        submitted(facebook, by=officer, reviewer=specialist)
        assert told().not_before > timezone.now()
        made = template(officer)
        templates.review(made.newest, by=specialist)
        said = {"purpose": "emergency", "text": "Ocean Drive is closed. Use another road.", "prepared": made.pk}
        items.hand_in(begun(facebook, by=officer, **said), by=officer, on=1)
        assert told().not_before <= timezone.now()

    def test_it_waits_for_approval_all_the_same(self, facebook, officer, specialist, commander):
        made = template(officer)
        templates.review(made.newest, by=specialist)
        item = begun(
            facebook, by=officer, purpose="emergency", text="Ocean Drive is closed. Use another road.", prepared=made.pk
        )
        items.hand_in(item, by=officer, on=1)
        submitting.render(item.pk)
        found = Item.objects.get(pk=item.pk)
        assert (found.state, found.submission.expedited) == ("approval", True)
        with pytest.raises(Refused):
            deciding.decide(found, "approve", by=officer, seen_as=found.submission.seen_as, confirmed="ABCDEFG")

    def test_their_pages(self, officer, specialist, browser_of):
        client = browser_of(officer)
        given = {"name": "Storm", "purpose": "emergency", "text": "Stay inside."}
        address = client.post(reverse("add_template"), given)["Location"]
        assert client.post(reverse("add_template"), {**given, "text": ""}).status_code == 422
        page = browser_of(specialist).get(address)
        made = page.context["template"]
        digest = bytes(made.newest.digest).hex()
        review = reverse("review_template", args=[made.pk])
        assert digest in page.content.decode()
        assert browser_of(specialist).post(review, {"digest": "00"}).status_code == 422
        assert browser_of(specialist).post(review, {"digest": digest}).status_code == 302
        assert client.post(reverse("begin_with_template", args=[made.pk])).status_code == 302
        assert "ready" in client.get(reverse("templates")).content.decode()


@pytest.mark.sop("F.VC")
class TestTheStrategy:
    def test_the_supervisor_agrees_to_what_the_specialist_wrote(self, specialist, supervisor, officer):
        made = strategy(specialist)
        assert Notification.objects.filter(member=supervisor, kind="content").exists()
        for nobody in (specialist, officer):
            with pytest.raises(Refused):
                strategies.agree(made, by=nobody)
        strategies.agree(made, by=supervisor)
        assert type(made).objects.in_force() == made
        with pytest.raises(WrongState):
            strategies.agree(made, by=supervisor)

    def test_and_the_specialist_to_the_supervisors(self, specialist, supervisor):
        made = strategy(supervisor)
        strategies.agree(made, by=specialist)
        assert type(made).objects.in_force() == made

    def test_the_database_knows_no_agreement_with_oneself(self, specialist):
        made = strategy(specialist)
        with pytest.raises(DatabaseError), transaction.atomic():
            StrategyAgreement.objects.create(strategy=made, by=specialist)

    def test_its_measures_are_read_against_the_figures(self, specialist):
        wanted = [Wanted("per_week", 5), Wanted("empty_days", 30), Wanted("hours", 48), Wanted("share", 20, "outreach")]
        made = strategies.propose("Be known.", "All.", wanted, by=specialist)
        assert [(one.actual, one.met) for one in strategies.read(made)] == [
            (0, False),
            (30, True),
            (None, False),
            (None, False),
        ]

    def test_its_pages(self, specialist, supervisor, browser_of):
        client = browser_of(specialist)
        assert "No strategy is in force" in client.get(reverse("strategy")).content.decode()
        given = {"aims": "Be known.", "audiences": "All.", "per_week": "5", "share_prevention": "20"}
        assert client.post(reverse("write_strategy"), {**given, "per_week": "-1"}).status_code == 422
        address = client.post(reverse("write_strategy"), given)["Location"]
        assert client.post(f"{address}agree/").status_code == 403
        assert browser_of(supervisor).post(f"{address}agree/").status_code == 302
        assert "in force" in client.get(reverse("strategy")).content.decode()
        assert 'value="20"' in client.get(reverse("write_strategy")).content.decode()


@pytest.mark.sop("C.3", "C.4", "C.9")
class TestFigures:
    def test_what_was_published(self, facebook, officer, specialist, commander):
        item = submitted(facebook, by=officer, reviewer=specialist)
        (order,) = approve(item, by=commander)
        order.become("sending", verb="send", by=None)
        order.end("done", outcome="It stands there.", code="")
        today = timezone.localdate()
        found = figures.of_period(today - timedelta(days=6), today)
        assert (found.published, len(found.empty_days), found.days) == (1, 6, 7)
        assert {share.purpose: share.count for share in found.mix if share.count} == {"outreach": 1}
        assert found.hours is not None
        (account,) = [one for one in found.accounts if one.account == facebook]
        assert account.published == 1

    def test_their_page_takes_a_period_and_gives_a_file(self, officer, browser_of):
        client, door = browser_of(officer), reverse("content_figures")
        assert client.get(door).status_code == 200
        assert client.get(door, {"since": "2026-05-01", "until": "2026-04-01"}).status_code == 422
        assert client.get(door, {"since": "rubbish"}).status_code == 422
        csv = b"".join(client.get(door, {"format": "csv"}).streaming_content).decode()
        assert "days without content" in csv


def test_what_waits_at_home(facebook, officer, specialist, commander):
    idea()
    submitted(facebook, by=officer, reviewer=specialist)
    assert new_ideas(specialist).count == 1
    assert to_approve(commander).count == 1
    assert to_approve(specialist).count == 0
    assert empty_days(specialist).count == 6
