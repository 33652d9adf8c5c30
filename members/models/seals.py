"""Seals: batches of facts chained by hash, so that tampering shows and is named (ruling 20).

An insert into a sealed table also notes the row in `Unsealed` (by trigger, in the same transaction). The sealer takes
what is committed there, writes one `Seal` over it and clears the notes. A seal carries each row's digest and the
digest of the seal before it: a changed row is named, a missing row is named, a row slipped in belongs to no seal.
"""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.utils import timezone

from members.facts import Fact

# From the first row of a seal to its last: by this, which is indexed, the seal over a row is found. A forged seal whose
# rows are in no order must not be an error.
SPAN = (
    "int8range(LEAST((%(expressions)s)[1], (%(expressions)s)[cardinality(%(expressions)s)]),"
    " GREATEST((%(expressions)s)[1], (%(expressions)s)[cardinality(%(expressions)s)]), '[]')"
)


class Unsealed(models.Model):
    """A row that waits for its seal."""

    ledger = models.CharField(max_length=20)
    row = models.BigIntegerField()
    grants = ("SELECT", "INSERT", "DELETE")

    class Meta:
        indexes = [models.Index(fields=["ledger", "id"])]

    def __str__(self) -> str:
        return f"{self.ledger} {self.row}"


class Seal(Fact):
    """One closed batch of a ledger, chained to the one before."""

    ledger = models.CharField(max_length=20)
    number = models.BigIntegerField()
    rows = ArrayField(models.BigIntegerField())
    digests = models.BinaryField()  # 32 bytes a row, in the order of `rows`
    previous = models.BinaryField()  # digest of seal number - 1; 32 zero bytes for the first
    digest = models.BinaryField()
    at = models.DateTimeField(default=timezone.now)

    class Meta(Fact.Meta):
        constraints = [models.UniqueConstraint(fields=["ledger", "number"], name="one_seal_a_number")]
        indexes = [GistIndex(models.Func(models.F("rows"), template=SPAN), name="seal_spans")]

    def __str__(self) -> str:
        return f"{self.ledger} seal {self.number}"


def notes_for_the_sealer(ledger: str) -> pgtrigger.Trigger:
    """The trigger that a sealed table carries: each inserted row is noted as unsealed, whoever inserts it."""
    return pgtrigger.Trigger(
        name="is_to_be_sealed",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        func=f"INSERT INTO members_unsealed (ledger, row) VALUES ('{ledger}', NEW.id); RETURN NULL;",  # noqa: S608
    )
