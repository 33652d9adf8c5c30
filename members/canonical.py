"""Canonical JSON (RFC 8785) of what seals cover, spelled by the standard library's C code.

It agrees with RFC 8785 for plain content: text, None, whole numbers below 2**53, lists, and mappings with ASCII names.
Fractions are not plain: there the standard library spells otherwise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import repeat
from json import JSONEncoder
from json.encoder import encode_basestring
from typing import Any
from uuid import UUID

from django.db import models


class Hex(str):
    """An attribute of bytes, covered as hexadecimal digits; none at all where there are no bytes."""


class Hashed(str):
    """An attribute whose text may be long or personal: covered by its SHA-256."""


# What a seal covers of a row: the name in the JSON, and the attribute or attributes whose values stand there.
Covered = Mapping[str, str | tuple[str, ...]]

_encode = JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def canonical(content: dict[str, Any]) -> bytes:
    """The canonical JSON of plain content."""
    return _encode(content).encode()


def content_of(row: models.Model, covered: Covered) -> dict[str, Any]:
    """The plain content that `covered` names, taken from a row as the database gave it."""

    def of(name: str) -> Any:
        value = getattr(row, name)
        if isinstance(name, Hex):
            return bytes(value or b"").hex()
        if isinstance(name, Hashed):
            return _hashed(value)
        if isinstance(value, datetime):
            return value.isoformat()
        return str(value) if isinstance(value, UUID) else value

    return {
        key: of(names) if isinstance(names, str) else [of(name) for name in names] for key, names in covered.items()
    }


class Form:
    """A model's canonical JSON, prepared: column by column, many rows at once, which is five times as fast."""

    def __init__(self, model: type[models.Model], covered: Covered) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        self._between = ["{"]  # what stands before each value, and behind the last
        names: list[str] = []
        for key in sorted(covered):
            several = covered[key]
            opening, closing = ("", "") if isinstance(several, str) else ("[", "]")
            of_key = (several,) if isinstance(several, str) else several
            self._between[-1] += f'"{key}":{opening}'
            self._between += [","] * (len(of_key) - 1) + [f"{closing},"]
            names += of_key
        self._between[-1] = f"{self._between[-1][:-1]}}}"
        self._spell = [_spelling(fields[name], name) for name in names]
        self.columns = ", ".join(_selected(fields[name], name) for name in names)
        self.key_at = names.index(model._meta.pk.attname)  # where in a row its number stands

    def spelled(self, rows: Sequence[Sequence[Any]]) -> Iterator[bytes]:
        """The canonical JSON of each of `rows`, given as tuples of `columns`."""
        if not rows:
            return iter(())  # without columns the pieces between them would have no end
        pieces: list[Iterable[str]] = []
        for before, spell, column in zip(self._between, self._spell, zip(*rows, strict=True), strict=False):
            pieces += [repeat(before), map(spell, column)]
        pieces.append(repeat(self._between[-1]))
        return map(str.encode, map("".join, zip(*pieces, strict=False)))


@cache
def form_of(model: type[models.Model]) -> Form | None:
    """The form of a model that says with `COVERED` what its seals cover; None where it gives content of its own."""
    covered = getattr(model, "COVERED", None)
    return Form(model, covered) if covered else None


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _selected(field: models.Field[Any, Any], name: str) -> str:
    if isinstance(name, Hex):
        return f"encode({field.column}, 'hex')"
    # As text, where an object would be made only to be spelled; and a forged date that Python cannot hold is no error.
    if isinstance(field, models.DateTimeField):
        return f"""to_char({field.column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US+00:00')"""
    return f"{field.column}::text" if isinstance(field, models.UUIDField) else str(field.column)


def _spelling(field: models.Field[Any, Any], name: str) -> Callable[[Any], str]:
    if isinstance(name, Hex):
        return _digits
    if isinstance(name, Hashed):
        return lambda text: f'"{_hashed(text)}"'
    if isinstance(field, models.DateTimeField):
        return _moment
    if isinstance(field, models.CharField | models.TextField | models.UUIDField):
        return encode_basestring
    return _number if field.null else str


def _digits(text: str | None) -> str:
    return f'"{text or ""}"'


def _number(value: int | None) -> str:
    return "null" if value is None else str(value)


def _moment(text: str | None) -> str:
    """As `isoformat` spells it, which leaves out a fraction of nothing; to_char of infinity is null."""
    return f'"{text.replace(".000000", "") if text else ""}"'
