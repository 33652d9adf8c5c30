"""The queue (F.VD): one comment to one member at a time, back again after its lease."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Role
from members.models import LogEntry
from members.states import WrongState
from moderation.models import Comment, QueueEntry
from moderation.models.queue import Taken
from tests.moderation.acts import SOURCE, case_of, decision, grade

pytestmark = pytest.mark.sop("F.VD")


@pytest.mark.django_db
def test_the_most_urgent_then_the_oldest_comes_first(make_comment, officer):
    now = timezone.now()
    young = make_comment(posted_at=now)
    old = make_comment(posted_at=now - timedelta(days=1))
    threat = make_comment(posted_at=now, urgency=0)
    taken = []
    while entry := QueueEntry.claim_next(by=officer, among=QueueEntry.objects.exclude(held_by=officer)):
        taken.append(entry.comment)
    assert taken == [threat, old, young]


@pytest.mark.django_db
def test_a_claimed_comment_is_taken_for_everybody_else(make_comment, officer, other_officer):
    comment, next_one = make_comment(urgency=0), make_comment()
    assert QueueEntry.claim_next(by=officer).comment == comment
    assert QueueEntry.claim_next(by=other_officer).comment == next_one
    with pytest.raises(Taken, match="Daniel Diaz is working on this comment") as taken:
        QueueEntry.claim(comment.pk, by=other_officer)
    assert taken.value.until > timezone.now()


@pytest.mark.django_db
def test_a_claim_lapses_with_its_lease(comment, officer, other_officer, settings):
    entry = QueueEntry.claim(comment.pk, by=officer)
    assert timedelta(0) < entry.lease_until - timezone.now() <= timedelta(minutes=settings.CLAIM_MINUTES)
    QueueEntry.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert QueueEntry.objects.get().holder is None
    assert QueueEntry.claim_next(by=other_officer).comment == comment
    grade(comment, 2, other_officer)


@pytest.mark.django_db
def test_ones_own_claim_is_renewed_and_logged_once(comment, officer):
    first = QueueEntry.claim(comment.pk, by=officer)
    QueueEntry.objects.update(lease_until=timezone.now() + timedelta(seconds=1))
    assert QueueEntry.claim(comment.pk, by=officer).lease_until >= first.lease_until
    assert [entry.verb for entry in LogEntry.objects.all()] == ["claim"]


@pytest.mark.django_db
def test_a_released_comment_is_free_and_anothers_claim_is_not_released(comment, officer, other_officer):
    entry = QueueEntry.claim(comment.pk, by=officer)
    entry.release(by=other_officer)
    assert QueueEntry.objects.get().holder == officer
    entry.release(by=officer)
    assert QueueEntry.claim_next(by=other_officer).comment == comment
    assert [entry.verb for entry in LogEntry.objects.order_by("id")] == ["claim", "release", "claim"]


@pytest.mark.django_db
def test_a_graded_comment_waits_no_more(comment, officer):
    grade(comment, 2, officer)
    assert QueueEntry.claim_next(by=officer) is None
    with pytest.raises(QueueEntry.DoesNotExist):
        QueueEntry.claim(comment.pk, by=officer)


@pytest.mark.django_db(transaction=True)
def test_taking_the_next_comment_never_waits_for_a_colleague_who_is_taking_one(make_comment, officer, app_connection):
    first, second = make_comment(urgency=0), make_comment()
    app_connection.execute("SELECT FROM moderation_queueentry WHERE comment_id = %s FOR UPDATE", [first.pk])
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '2s'")
    assert QueueEntry.claim_next(by=officer).comment == second


def in_threads(count, work):
    """`work(number)` in as many threads at once, each with a connection of its own; gives what they answered."""
    ready, answers = threading.Barrier(count), []

    def run(number):
        try:
            connection.ensure_connection()
            ready.wait(20)
            answers.append(work(number))
        except Exception as error:  # noqa: BLE001  (it is what the test looks at)
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_never_get_the_same_comment(make_comment, make_member):
    members = [make_member() for _ in range(8)]
    for number in range(40):
        make_comment(f"Comment {number}", waiting=True)

    def take(number):
        taken = []
        while entry := QueueEntry.claim_next(by=members[number], among=QueueEntry.objects.filter(held_by=None)):
            taken.append(entry.pk)
        return taken

    taken = [comment for answer in in_threads(8, take) for comment in answer]
    assert len(taken) == len(set(taken)) == Comment.objects.count() == 40


@pytest.mark.django_db(transaction=True)
@pytest.mark.sop("4.L3", "4.L7", "4.L8")
@pytest.mark.parametrize("level", [3, 7, 8])
def test_of_eight_who_grade_at_once_one_wins_and_the_others_learn_who(comment, make_member, level):
    members = [make_member() for _ in range(8)]
    for member in members:
        Role.objects.create(account=comment.account, member=member, kind=Role.Kind.EDITOR)
    clicks = [decision(comment, level) for _ in members]
    answers = in_threads(8, lambda number: case_of(comment).grade_as(clicks[number], by=members[number]))
    lost = [answer for answer in answers if isinstance(answer, WrongState)]
    assert len(lost) == 7, answers
    winner = comment.grades.get().by
    assert all(str(answer).startswith(f"{winner.name} acted first") for answer in lost)
    assert comment.orders.count() == (1 if level > 6 else 0)


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_eight_times_at_once_is_one_grade_and_one_answer(comment, officer):
    click = decision(comment, 3, reply="At eight.")
    answers = in_threads(8, lambda number: case_of(comment).grade_as(click, by=officer))
    assert set(answers) == {comment.grades.get()}
    assert comment.orders.count() == 1
    answers = in_threads(8, lambda number: case_of(comment).reply("At eight.", by=officer, key=click.key, rests=SOURCE))
    assert set(answers) == {comment.orders.get()}
