"""How a unit begins: a key from the server's console, then agency and first Commander in one act.

Nothing of it is stored before that act but the key's digest; afterwards the way is closed for good.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from members import chain
from members.models import Agency, Member, SetupKey
from members.models.agency import agency
from members.powers import Position
from members.states import Invalid, WrongState, record

KEY_IS_GOOD_FOR = timedelta(hours=1)
TRIES = 5
PAUSE = timedelta(minutes=10)
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is read as another
GROUPS, LETTERS_A_GROUP = 5, 5  # some 122 bits

HOW_TO_GET_A_KEY = "Run `manage.py setup --key` at the server's console: it prints a new one."


class AlreadySetUp(WrongState):
    """There is a unit in this database: what begins one is over."""

    def sentence(self) -> str:
        """What to do instead."""
        return "This unit is set up already. Its members sign in; further ones are invited by the Commander."


def is_set_up(ours: Agency) -> bool:
    """Whether there is a unit here; `ours` is what `agency()` gave. Once true it stays so."""
    if not ours._state.adding:  # noqa: SLF001  (Django's own word for not stored yet)
        return True
    with connection.cursor() as cursor:  # each request asks until there is one
        cursor.execute("SELECT EXISTS (SELECT FROM members_member)")
        return bool(cursor.fetchone()[0])


def new_key() -> str:
    """A key that opens the first page for an hour, once; those printed before open nothing any more.

    Raises AlreadySetUp.
    """
    with transaction.atomic():
        chain.alone()
        _refuse_a_second_beginning()
        now = timezone.now()
        SetupKey.objects.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
        groups = ["".join(secrets.choice(LETTERS) for _ in range(LETTERS_A_GROUP)) for _ in range(GROUPS)]
        key = "-".join(groups)
        SetupKey.objects.create(digest=_digest(key), expires_at=now + KEY_IS_GOOD_FOR)
    return key


def key_typed(typed: str) -> SetupKey:
    """The key that somebody typed at the first page, with or without dashes and capitals.

    Raises Invalid for a wrong, expired or replaced one, and when five wrong ones were tried within ten minutes.
    """
    place = _take_a_try()
    key = SetupKey.objects.filter(digest=_digest(typed)).first()
    if key is None:
        raise Invalid(f"This is not the key. Look again at the console. {HOW_TO_GET_A_KEY}", "key")
    cache.delete(place)
    check_key(key)
    return key


def check_key(key: SetupKey) -> None:
    """Raises Invalid when `key` opens nothing any more."""
    if key.used_at is not None:
        raise Invalid("This key has been used: each is good once.", "key")
    if key.expires_at <= timezone.now():
        raise Invalid(f"This key is over: each is good for an hour, and the newest only. {HOW_TO_GET_A_KEY}", "key")


def set_up(ours: Agency, commander: Member, *, seed: str, key: SetupKey | None = None) -> list[str]:
    """Store the agency and its first Commander with the second factor's `seed`; returns the recovery codes.

    `commander` has his password set. Without a `key` it is the console that asks. Raises AlreadySetUp when somebody was
    quicker, and Invalid for a key that is over or a Commander that cannot be stored.
    """
    with chain.in_words(), transaction.atomic():
        chain.alone()
        _refuse_a_second_beginning()
        if key is not None:
            used = SetupKey.objects.select_for_update().get(pk=key.pk)
            check_key(used)
            used.used_at = timezone.now()
            used.save(update_fields=["used_at"])
        ours.save(force_insert=True)
        commander.position = Position.COMMANDER
        commander.languages = list(ours.languages)
        commander.save(force_insert=True)
        posting = chain.open_history(commander, by=None, reason="The unit was set up.")
        TOTP.activate(commander, seed)
        codes: list[str] = RecoveryCodes.activate(commander).get_unused_codes()
        record("set_up", ours, by=None)
        record("name_commander", commander, by=None, after=commander.state, decision=posting)
    return codes


def _refuse_a_second_beginning() -> None:
    ours = agency()
    if is_set_up(ours):
        raise AlreadySetUp(ours, "set_up")


def _digest(key: str) -> bytes:
    letters = "".join(letter for letter in key.upper() if letter.isalnum())
    return hashlib.sha256(letters.encode()).digest()


def _take_a_try() -> str:
    """One of five places in ten minutes, whoever tries from wherever: of many at once no sixth gets one."""
    for number in range(TRIES):
        place = f"members.setting_up.try:{number}"
        if cache.add(place, "taken", timeout=PAUSE.total_seconds()):
            return place
    raise Invalid(
        "Five wrong keys were tried. Wait ten minutes, or set the unit up at the server's console: `manage.py setup`.",
        "key",
    )
