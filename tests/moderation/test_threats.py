"""Threats (S.O.P. 4, level 8): raised by one key, told until acknowledged, decided by a Supervisor or above."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.utils import timezone

from members import roster
from members.models import Delivery, Notification, TrailEntry
from members.states import Invalid, Refused, WrongState
from moderation import alerting, threats
from moderation.decisions import Decision
from moderation.models import Case, Grade, Threat, ThreatAlert, ThreatDecision
from moderation.threats import Choice
from tests.moderation.acts import case_of, clause, decision, grade, order_of, orders

pytestmark = pytest.mark.sop("4.L8")


@pytest.fixture
def threat(comment, officer):
    """One that was just raised."""
    grade(comment, 8, officer)
    return Threat.objects.get()


def told(threat):
    """Who was told in each round, by name."""
    rounds = {}
    for alert in threat.alerts.select_related("member"):
        rounds.setdefault(alert.round, []).append(alert.member.name)
    return rounds


def minutes_pass(threat):
    """As if the time of the next round had come, and the reconciler had looked."""
    Threat.objects.filter(pk=threat.pk).update(next_alert_at=timezone.now() - timedelta(seconds=1))
    alerting.look()
    threat.refresh_from_db()


def choice(*kinds, key="a-form", **fields):
    return Choice(key=key, kinds=frozenset(kinds), **fields)


NOTHING = {"kinds": frozenset({"no_further_action"}), "reason": "A line of a song."}


def close(threat, by, **fields):
    return threats.decide(threat, Choice(key="closing", **{**NOTHING, **fields}), by=by)


# --- raised ---


def test_one_key_raises_the_threat_and_tells_the_supervisor_in_the_same_transaction_as_the_hide(
    comment, officer, supervisor
):
    with transaction.atomic():
        grade(comment, 8, officer)
        assert orders(comment) == [("hide", "waiting")]
        alert = ThreatAlert.objects.get()
    assert alert.member == supervisor
    assert Notification.objects.get(kind="threat").member == supervisor
    assert Delivery.objects.filter(notification__kind="threat", state="waiting").exists()


def test_an_alert_names_no_poster_and_repeats_no_message(make_comment, officer, supervisor):
    comment = make_comment("I will find your house, Diaz-hater99 says so", author="Brutus Bellows")
    grade(comment, 8, officer)
    sentence = Notification.objects.get(kind="threat").sentence
    assert "Brutus" not in sentence
    assert "house" not in sentence
    assert "Daniel Diaz" in sentence


def test_a_roster_that_fails_holds_up_neither_grade_nor_hide_and_the_reconciler_tells(
    comment, officer, supervisor, monkeypatch
):
    def broken(*_, **__):
        raise RuntimeError("the roster is broken")

    with monkeypatch.context() as patched:
        patched.setattr(alerting, "call_list", broken)
        grade(comment, 8, officer)
    threat = Threat.objects.get()
    assert (threat.round, told(threat)) == (0, {})
    assert orders(comment) == [("hide", "waiting")]
    alerting.look()
    assert told(threat) == {1: ["Amara Cole"]}


def test_a_roster_that_is_broken_for_good_silences_no_other_threat(make_comment, officer, supervisor, monkeypatch):
    for _ in range(2):
        grade(make_comment(), 8, officer)
    first, second = Threat.objects.order_by("pk")
    Threat.objects.update(next_alert_at=timezone.now() - timedelta(seconds=1))
    tell = alerting._tell_round

    def broken_for_the_first(threat, now):
        if threat.pk == first.pk:
            raise RuntimeError
        tell(threat, now)

    monkeypatch.setattr(alerting, "_tell_round", broken_for_the_first)
    alerting.look()
    assert list(told(second)) == [1, 2]
    first.refresh_from_db()
    assert first.next_alert_at > timezone.now()


def test_the_alert_goes_though_the_hide_fails_for_good(threat, comment, supervisor):
    hide = order_of(comment, "hide")
    hide.become("sending", verb="send", by=None)
    hide.become("failed", verb="failed", by=None)
    minutes_pass(threat)
    assert told(threat)[2] == ["Amara Cole", "Grace Nakamura"]


def test_a_level_8_that_does_not_stand_as_a_threat_is_refused_by_the_database(comment, officer, grading_system):
    given = Grade.objects.create(
        key="bare", comment=comment, level=8, clause=clause("a"), system=grading_system, by=officer
    )
    with (
        pytest.raises(DatabaseError, match="a level 8 that stands is a threat"),
        transaction.atomic(),
    ):
        Case.objects.filter(pk=comment.pk).update(grade=given, level=8)


def test_a_threat_is_of_a_level_8_and_of_nothing_else(comment, officer):
    given = grade(comment, 6, officer)
    with pytest.raises(DatabaseError, match="of one grade of level 8"), transaction.atomic():
        Threat.objects.create(grade=given, comment=comment, raised_by=officer)


# --- told until acknowledged ---


def test_alerts_are_repeated_and_passed_up_the_call_list_round_after_round_until_acknowledged(
    threat, supervisor, commanding_officer, commander
):
    for _ in range(3):
        minutes_pass(threat)
    assert told(threat) == {
        1: ["Amara Cole"],
        2: ["Amara Cole", "Grace Nakamura"],
        3: ["Amara Cole", "Grace Nakamura", "Ruth Keller"],
        4: ["Amara Cole", "Grace Nakamura", "Ruth Keller"],
    }
    threats.acknowledge(threat, by=commanding_officer)
    Threat.objects.update(round=9)
    alerting.look()
    assert len(told(threat)) == 4


def test_nothing_is_told_again_before_its_time(threat):
    alerting.look()
    alerting.look()
    assert list(told(threat)) == [1]
    assert threat.next_alert_at > timezone.now() + timedelta(minutes=2)


def test_who_is_on_watch_is_called_first(comment, officer, supervisor, commanding_officer, commander, make_member):
    other = make_member("supervisor", name="Sam Night", reports_to=commanding_officer)
    now = timezone.now()
    roster.set_watch(other, now, now + timedelta(hours=8), by=commander)
    grade(comment, 8, officer)
    alert = ThreatAlert.objects.get()
    assert alert.member == other
    assert "on watch until" in alert.why


def test_whom_nothing_reaches_is_told_together_with_the_next(comment, officer, supervisor, commanding_officer):
    supervisor.email = ""
    supervisor.save()
    grade(comment, 8, officer)
    assert told(Threat.objects.get()) == {1: ["Amara Cole", "Grace Nakamura"]}
    assert Delivery.objects.get(notification__member=supervisor).state == "failed"  # seen, not passed over


def test_two_reconcilers_at_once_tell_a_round_once(threat):
    Threat.objects.update(next_alert_at=timezone.now() - timedelta(seconds=1))
    alerting._tell_again(threat.pk)
    alerting._tell_again(threat.pk)
    assert list(told(threat)) == [1, 2]


# --- acknowledged ---


def test_an_acknowledgement_ends_the_alerts_and_decides_nothing(threat, supervisor):
    threats.acknowledge(threat, by=supervisor)
    threat.refresh_from_db()
    assert (threat.state, threat.acknowledged_by, threat.next_alert_at) == ("acknowledged", supervisor, None)
    assert not threat.decisions.exists()
    assert TrailEntry.objects.about(threat).filter(verb="acknowledge", by=supervisor).exists()


def test_what_was_on_its_way_is_withdrawn_and_the_others_are_told_that_they_need_not_come(
    threat, supervisor, commanding_officer
):
    minutes_pass(threat)
    threats.acknowledge(threat, by=supervisor)
    alerts = Delivery.objects.filter(notification__in=threat.alerts.values("notification"))
    assert set(alerts.values_list("state", flat=True)) == {"withdrawn"}
    calm = Notification.objects.get(sentence__contains="need do nothing")
    assert calm.member == commanding_officer


def test_an_officer_does_not_acknowledge(threat, officer):
    with pytest.raises(Refused, match="decides what follows a threat"):
        threats.acknowledge(threat, by=officer)


def test_the_second_to_acknowledge_learns_who_was_first(threat, supervisor, commander):
    late = Threat.objects.get()
    threats.acknowledge(threat, by=supervisor)
    with pytest.raises(WrongState, match="Amara Cole acted first"):
        threats.acknowledge(late, by=commander)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_acknowledge_at_the_same_moment_one_wins(comment, officer, supervisor, commander):
    grade(comment, 8, officer)
    outcomes, both = [], threading.Barrier(2)

    def press(member):
        try:
            mine = Threat.objects.get()
            both.wait()
            threats.acknowledge(mine, by=member)
            outcomes.append("won")
        except WrongState:
            outcomes.append("late")
        finally:
            connections.close_all()

    hands = [threading.Thread(target=press, args=(one,)) for one in (supervisor, commander)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(outcomes) == ["late", "won"]


# --- decided ---


def test_a_referral_closes_the_threat_with_its_case_number(threat, supervisor):
    threats.decide(threat, choice("refer", case_number="MPD-26-1", referred_to="Homicide"), by=supervisor)
    threat.refresh_from_db()
    made = threat.decisions.get()
    assert (threat.state, made.case_number, made.referred_to, made.by) == (
        "decided",
        "MPD-26-1",
        "Homicide",
        supervisor,
    )
    assert (threat.acknowledged_by, threat.next_alert_at) == (supervisor, None)
    entry = TrailEntry.objects.about(threat).get(verb="decide")
    assert entry.decision_digest == made.digest.hex()


def test_several_decisions_go_in_one_act_and_more_may_follow(threat, supervisor, commander):
    both = choice("refer", "preserve", case_number="1", referred_to="Intelligence", address="records@platform")
    threats.decide(threat, both, by=supervisor)
    threats.decide(threat, choice("refer", key="later", case_number="2", referred_to="The F.B.I."), by=commander)
    assert [one.kind for one in threat.decisions.all()] == ["refer", "preserve", "refer"]
    assert threat.decisions.get(kind="preserve").requested_on == timezone.localdate()


def test_a_double_click_decides_once(threat, supervisor):
    close(threat, supervisor)
    close(Threat.objects.get(), supervisor)
    assert threat.decisions.count() == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (choice(), "Choose what follows"),
        (choice("nonsense"), "Choose what follows"),
        (choice("refer", referred_to="Homicide"), "case number"),
        (choice("refer", case_number="1"), "to whom"),
        (choice("preserve"), "requests of law enforcement"),
        (choice("no_further_action"), "why"),
        (choice("warn"), "why"),
        (choice("no_further_action", "refer", reason="x", case_number="1", referred_to="y"), "stands alone"),
        (choice("no_further_action", key="", reason="x"), "load the page again"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence_and_closes_nothing(threat, supervisor, wrong, says):
    with pytest.raises(Invalid, match=says):
        threats.decide(threat, wrong, by=supervisor)
    assert Threat.objects.get().state == "raised"


def test_an_officer_does_not_decide(threat, officer):
    with pytest.raises(Refused):
        close(threat, officer)


def test_a_supervisor_who_graded_it_himself_may_decide(comment, supervisor):
    grade(comment, 8, supervisor)
    close(Threat.objects.get(), supervisor)
    assert Threat.objects.get().state == "decided"


def test_the_database_closes_no_threat_without_a_decision(threat, supervisor):
    now = timezone.now()
    with pytest.raises(DatabaseError, match="closed by a decision"), transaction.atomic():
        Threat.objects.update(
            state="decided", decided_at=now, acknowledged_by=supervisor, acknowledged_at=now, next_alert_at=None
        )


def test_the_database_takes_no_referral_without_a_case_number(threat, supervisor):
    with pytest.raises(IntegrityError, match="case_number"), transaction.atomic():
        ThreatDecision.objects.create(threat=threat, key="x", kind="refer", referred_to="Homicide", by=supervisor)


def test_a_decided_threat_does_not_open_again(threat, supervisor):
    close(threat, supervisor)
    with pytest.raises(DatabaseError), transaction.atomic():
        Threat.objects.update(state="raised", decided_at=None, acknowledged_by=None, next_alert_at=timezone.now())


def test_no_breach_is_counted_before_the_decision_and_a_warning_counts_one_and_sends_the_notice(
    threat, comment, supervisor
):
    assert not comment.breaches.exists()
    threats.decide(threat, choice("warn", reason="A threat, but drunk and sorry."), by=supervisor)
    assert comment.breaches.count() == 1
    assert comment.notices.get().kind == "warning"


# --- taken back, and the clause ---


def test_a_slip_is_shown_again_with_one_key_while_record_and_alert_stay(threat, comment, officer, supervisor):
    case_of(comment).undo(by=officer)
    assert comment.records.count() == 1
    assert orders(comment) == [("hide", "withdrawn")]
    minutes_pass(threat)
    assert (threat.state, list(told(threat))) == ("raised", [1, 2])
    assert threat.taken_back.by == officer
    assert not Threat.objects.get().stands


def test_what_was_taken_back_is_closed_by_a_supervisor_and_nobody_is_warned_of_it(threat, comment, officer, supervisor):
    case_of(comment).undo(by=officer)
    with pytest.raises(Invalid, match="taken back"):
        threats.decide(threat, choice("warn", reason="x"), by=supervisor)
    with pytest.raises(DatabaseError, match="level 8 that stands"), transaction.atomic():
        ThreatDecision.objects.create(threat=threat, key="x", kind="warn", reason="x", by=supervisor)
    close(threat, supervisor)
    assert Threat.objects.get().state == "decided"


def test_graded_otherwise_the_threat_stays_open_and_graded_8_again_it_is_another(threat, comment, officer, supervisor):
    grade(comment, 6, officer)
    assert Threat.objects.get().state == "raised"
    grade(comment, 8, officer)
    assert Threat.objects.count() == 2


def test_another_clause_with_a_reason_is_the_same_threat(threat, comment, officer, supervisor):
    threats.acknowledge(threat, by=supervisor)
    better = decision(comment, 8, clause=clause("e"), reason="It names a victim.")
    given = case_of(comment).grade_as(better, by=officer)
    threat.refresh_from_db()
    assert (threat.grade, threat.state, Threat.objects.count()) == (given, "acknowledged", 1)
    assert given.clause.letter == "e"
    assert comment.records.order_by("pk").last().clause.letter == "e"
    assert [state for verb, state in orders(comment) if verb == "hide"][-1] == "waiting"


def test_another_clause_needs_a_reason_and_the_right_person(threat, comment, officer, make_member):
    with pytest.raises(Invalid, match="say why"):
        case_of(comment).grade_as(decision(comment, 8, clause=clause("e"), reason=""), by=officer)
    elsewhere = make_member(name="No Role")
    with pytest.raises(Refused):
        case_of(comment).grade_as(decision(comment, 8, clause=clause("e"), reason="x"), by=elsewhere)


def test_a_second_press_of_the_key_is_a_conflict_and_no_second_threat(threat, comment, officer):
    with pytest.raises(WrongState):
        case_of(comment).grade_as(Decision(level=8, key="again"), by=officer)
    assert Threat.objects.count() == 1
