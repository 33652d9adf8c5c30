"""`manage.py rotate_keys`: put every stored secret under the newest of FIELD_KEYS (ruling 33)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from members import rotation
from members.rotation import newest, places, rotate, standing


class Command(BaseCommand):
    """Changes secrets alone, never what they say; run it again when it was broken off."""

    help = "Put every stored secret under the newest key, and say what lies under older ones."

    def add_arguments(self, parser: CommandParser) -> None:
        """Only look, or give up what a lost key locks away."""
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 while older keys are needed")
        parser.add_argument("--forget", metavar="KEY_ID", help="give up what lies under this lost key")

    def handle(self, *args: Any, check: bool, forget: str | None, **options: Any) -> None:
        """A line for each column, then which keys can go. Exit 1 where an older key is still needed, or is unknown."""
        if forget:
            self._forget(forget)
        left: Counter[str] = Counter()
        for place in places():
            done, closed = (0, Counter[str]()) if check else rotate(place)
            under = standing(place)
            left.update({key_id: count for key_id, count in under.items() if key_id != newest()})
            counts = ", ".join(f"{count} under {key_id!r}" for key_id, count in sorted(under.items())) or "no secrets"
            renewed = "" if check else f"{done} renewed, "
            self.stdout.write(f"{place.name}: {renewed}{counts}")
            for key_id, count in sorted(closed.items()):
                self.stderr.write(f"{place.name}: {count} do not open with a key {key_id!r} that is configured.")
        known = [key_id for key_id, _ in settings.FIELD_KEYS[1:]]
        if left:
            raise CommandError(self._what_is_left(left, known))
        gone = ", ".join(repr(key_id) for key_id in known)
        self.stdout.write(
            f"Everything lies under {newest()!r}." + (f" FIELD_KEYS can do without {gone}." if gone else "")
        )

    def _forget(self, key_id: str) -> None:
        if key_id in {known for known, _ in settings.FIELD_KEYS}:
            raise CommandError(f"The key {key_id!r} is configured: nothing under it is lost.")
        for place in places():
            if count := rotation.forget(place, key_id):
                self.stdout.write(f"{place.name}: {count} given up")

    def _what_is_left(self, left: Counter[str], known: list[str]) -> str:
        counts = ", ".join(f"{count} under {key_id!r}" for key_id, count in sorted(left.items()))
        lost = sorted(set(left) - set(known))
        told = f"Secrets under older keys: {counts}."
        if lost:
            told += f" Unknown here: {', '.join(map(repr, lost))}. See docs/operations.md, Lost keys."
        return told
