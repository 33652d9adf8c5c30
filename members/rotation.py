"""Rotation of the keys for stored secrets (ruling 33): what lies under an older key is put under the newest.

A secret is replaced only if it still is what was read: whoever writes it meanwhile wins, and has used the newest key.
So it can run beside the unit, be broken off anywhere, and be run again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Cast

from members.secrets import SecretField, UnknownKey, decrypt, encrypt
from members.states import record

BATCH = 500
FACTORS = {"secret", "seed", "migrated_codes"}  # in an authenticator's data; a passkey holds no secret


@dataclass(frozen=True)
class Place:
    """One column that holds secrets. `renewed` gives what is to stand there in place of what is stored."""

    name: str
    model: type[models.Model]
    field: str
    rows: models.QuerySet[Any]
    ids: Callable[[Any], list[str]]
    renewed: Callable[[Any], Any]
    as_stored: Callable[[Any], Any]


def places() -> list[Place]:
    """Every column that holds secrets: each SecretField of every model, and the members' second factors."""
    found = [
        _text(model, field.attname)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, SecretField)
    ]
    factors = Authenticator.objects.filter(type__in=[Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES])
    return [*found, Place("mfa.Authenticator.data", Authenticator, "data", factors, _ids_in, _renewed_data, _json)]


def standing(place: Place) -> Counter[str]:
    """How many secrets lie there under each key's id."""
    counted: Counter[str] = Counter()
    for _, stored in _older(place, everything=True):
        counted.update(place.ids(stored))
    return counted


def rotate(place: Place) -> tuple[int, Counter[str]]:
    """Put what lies under older keys under the newest. How many rows, and by key id what could not be opened."""
    done, closed = 0, Counter[str]()
    for pk, stored in _older(place):
        try:
            new = place.renewed(stored)
        except UnknownKey:
            closed.update(key_id for key_id in place.ids(stored) if key_id != newest())
            continue
        same = place.model._base_manager.annotate(stored=_raw(place)).filter(pk=pk, stored=place.as_stored(stored))
        done += same.update(**{place.field: place.as_stored(new)})
    return done, closed


def forget(place: Place, key_id: str) -> int:
    """Give up what lies under a lost key: a text becomes empty, a second factor is removed. How many rows.

    Each leaves a trail entry. Raises ValueError for the id of a key that is configured: nothing under it is lost.
    """
    if key_id in {known for known, _ in settings.FIELD_KEYS}:
        raise ValueError(key_id)
    forgotten = 0
    for pk, stored in _older(place):
        if key_id in place.ids(stored):
            with transaction.atomic():
                forgotten += _forget_row(place, pk)
    return forgotten


def _forget_row(place: Place, pk: Any) -> int:
    row = place.model._base_manager.filter(pk=pk)
    if place.model is not Authenticator:
        record("forget_secret", place.model(pk=pk), by=None)
        return row.update(**{place.field: ""})
    factors: Any = row.select_related("user")
    record("forget_second_factor", factors.get().user, by=None)
    return row.delete()[0]


def newest() -> str:
    """The id of the key that secrets are put under now."""
    return str(settings.FIELD_KEYS[0][0])


def _older(place: Place, *, everything: bool = False) -> Iterator[tuple[Any, Any]]:
    """Key and stored value of the rows with a secret under an older key, in batches by key; or of all rows."""
    last: Any = None
    rows = place.rows.annotate(stored=_raw(place)).order_by("pk")
    while True:
        batch = list((rows if last is None else rows.filter(pk__gt=last)).values_list("pk", "stored")[:BATCH])
        if not batch:
            return
        last = batch[-1][0]
        for pk, stored in batch:
            if everything or any(key_id != newest() for key_id in place.ids(stored)):
                yield pk, stored


def _raw(place: Place) -> Any:
    """The column as it is stored: a SecretField would open it on the way."""
    return Cast(place.field, models.JSONField() if place.as_stored is _json else models.TextField())


def _text(model: type[models.Model], field: str) -> Place:
    rows = model._base_manager.exclude(Q(**{f"{field}__isnull": True}))
    return Place(f"{model._meta.label}.{field}", model, field, rows, _id_of, _renewed, _as_text)


def _as_text(stored: str) -> Any:
    """As an expression: a SecretField would encrypt a plain value on its way in."""
    return Value(stored, models.TextField())


def _id_of(stored: str) -> list[str]:
    return [stored.partition("$")[0]] if stored else []


def _renewed(stored: str) -> str:
    return encrypt(decrypt(stored))


def _json(stored: dict[str, Any]) -> Any:
    return Value(json.loads(json.dumps(stored)), models.JSONField())


def _secrets_in(data: dict[str, Any]) -> Iterator[str]:
    for name in FACTORS & data.keys():
        yield from data[name] if isinstance(data[name], list) else [data[name]]


def _ids_in(data: dict[str, Any]) -> list[str]:
    return [key_id for secret in _secrets_in(data) for key_id in _id_of(secret)]


def _renewed_data(data: dict[str, Any]) -> dict[str, Any]:
    new = dict(data)
    for name in FACTORS & data.keys():
        value = data[name]
        new[name] = [_renewed(one) for one in value] if isinstance(value, list) else _renewed(value)
    return new
