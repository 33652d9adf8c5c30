"""What waits is read by the learned model after the rules (ruling 19): it adds what they left open, and never acts.

It suspects a level only where the rules suspect none, says no band, makes nothing less urgent, and never as urgent as
what the rules take for a threat or an emergency: that a comment goes first is told by a rule that can be read.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from content.words.lexicon import CONCERN, OFFENCE, ORDINARY
from moderation.linear import Guess, Linear
from moderation.models.comments import CommentVersion
from moderation.models.queue import QueueEntry
from moderation.models.suggestions import LearnedModel, Reading
from moderation.triage import NOTHING, Suspicion, judge

AT_ONCE = 2000  # comments of one reading
LOOK_BACK = 20_000  # a new model reads again what waits of the newest so many comments
SETTLED = timedelta(seconds=20)  # after which no comment comes with a lower number any more

_URGENCY = {8: OFFENCE, 7: OFFENCE, 4: CONCERN, 3: CONCERN}
_loaded: dict[int, Linear] = {}  # the model in force, by its row: read once a process


def model_in_force() -> tuple[int, Linear] | None:
    """The newest model that serves, and its row; None where none does."""
    newest = LearnedModel.objects.filter(serves=True).order_by("-version").values_list("pk", flat=True).first()
    if newest is None:
        return None
    if newest not in _loaded:
        stored = LearnedModel.objects.values_list("weights", flat=True).get(pk=newest)
        _loaded.clear()
        _loaded[newest] = Linear.of_json(stored)
    return newest, _loaded[newest]


def added(suspicion: Suspicion, guess: Guess | None) -> Suspicion:
    """`suspicion` of the rules with what the model adds to it, which is nothing where they suspect a level."""
    if guess is None or suspicion.level is not None:
        return suspicion
    urgency = min(suspicion.urgency, _URGENCY.get(guess.level, ORDINARY))
    return replace(suspicion, urgency=urgency, level=guess.level, because=guess.because, by_model=True)


def suspected_of(text: str) -> Suspicion:
    """What the rules and then the model suspect of a comment that comes back to the queue."""
    suspicion = judge(text)
    if suspicion.level is not None:
        return suspicion
    found = model_in_force()
    return added(suspicion, found[1].guess(text)) if found else suspicion


def read_waiting() -> int:
    """Let the model in force read what came since it read last; how many entries it changed. Idempotent."""
    found = model_in_force()
    if found is None:
        return 0
    number, model = found
    mark = _mark(number)
    waiting = list(
        QueueEntry.objects.filter(comment_id__gt=mark, suspected=None)
        .order_by("comment_id")
        .values_list("comment_id", "comment__text", "comment__received_at", "urgency")[:AT_ONCE]
    )
    newest = dict(
        CommentVersion.objects.filter(comment__in=[row[0] for row in waiting])
        .exclude(change=CommentVersion.Change.DELETED)
        .order_by("number")
        .values_list("comment_id", "text")
    )
    changed = 0
    for comment_id, text, _, urgency in waiting:
        guess = model.guess(newest.get(comment_id, text))
        suspicion = added(replace(NOTHING, urgency=urgency), guess)
        if suspicion.by_model:
            entries = QueueEntry.objects.filter(pk=comment_id, suspected=None)
            changed += entries.update(
                urgency=suspicion.urgency, suspected=suspicion.level, because=suspicion.because, by_model=True
            )
    _move_on(number, [(row[0], row[2]) for row in waiting], mark)
    return changed


def _mark(number: int) -> int:
    """Behind which comment the model `number` goes on; a new one begins a little before the newest."""
    reading = Reading.objects.filter(pk=1, model=number).first()
    if reading is None:
        last = QueueEntry.objects.aggregate(last=Max("comment_id"))["last"] or 0
        values = {"model_id": number, "upto": max(0, last - LOOK_BACK)}
        reading, _ = Reading.objects.update_or_create(pk=1, defaults=values)
    return reading.upto


def _move_on(number: int, seen: list[tuple[int, datetime]], mark: int) -> None:
    """Comments are numbered before they are committed: the mark stays behind those that are only just here."""
    settled = timezone.now() - SETTLED
    upto = mark
    for comment_id, received_at in seen:
        if received_at > settled:
            break
        upto = comment_id
    if upto > mark:
        Reading.objects.filter(pk=1, model=number).update(upto=upto)
