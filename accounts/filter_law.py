"""What a court has said of filters on a police page: shown before one is approved. No legal advice (LR-2, LR-3)."""

from __future__ import annotations

from collections.abc import Iterable

# Words that the Arkansas State Police filtered out, and a court found to be discrimination by viewpoint.
CRITICISM = frozenset({"pig", "pigs", "copper", "jerk"})  # Tanner v. Ziegenhorn, E.D. Ark. 2021


def criticism_in(words: Iterable[str]) -> list[str]:
    """Those of `words` that criticize or insult police and nothing more, whatever their case."""
    return [word for word in words if word.casefold().strip(" *\"'") in CRITICISM]
