"""What the page of a retained record shows: the document as it was made, its bytes, its additions, its seal (4.R)."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from members.models import Seal
from members.sealing import START, digest_of, digest_of_seal
from members.verification import seal_over
from moderation.bytes import readable
from moderation.models import CommentOrder, RetainedPayload, RetainedRecord
from moderation.verification import verify_record

SIZE = 32  # bytes of a digest


@dataclass(frozen=True)
class Check:
    """One thing that was recomputed, and whether it agrees."""

    says: str
    holds: bool | None  # None: cannot be said yet
    found: str = ""


class RecordPage:
    """A record, read for a person."""

    def __init__(self, record: RetainedRecord) -> None:
        self.record = record

    @cached_property
    def payload(self) -> RetainedPayload | None:
        """The document; None when it is gone."""
        return RetainedPayload.objects.filter(record=self.record).first()

    @cached_property
    def document(self) -> dict[str, Any]:
        """The document, read; empty when it is gone or cannot be read any more."""
        try:
            return self.payload.content if self.payload else {}
        except ValueError:
            return {}

    @cached_property
    def raw(self) -> bytes:
        """The comment's own bytes as received."""
        kept = self.document.get("bytes", {}).get("as_received", "")
        try:
            return base64.b64decode(kept)
        except ValueError:
            return b""

    @property
    def shown_bytes(self) -> str:
        """The bytes, safe to look at."""
        return readable(self.raw)

    @cached_property
    def additions(self) -> list[tuple[Any, str]]:
        """What came later, each with its content as text where it is text."""
        rows = self.record.additions.order_by("pk")
        return [(row, readable(bytes(row.content or b"")) if _is_text(row) else "") for row in rows]

    @cached_property
    def orders(self) -> list[CommentOrder]:
        """What was ordered of the platform on the strength of this record."""
        return list(self.record.orders.select_related("by").order_by("pk"))

    @cached_property
    def seal(self) -> Seal | None:
        """The seal over the record; None while it waits for one."""
        return seal_over(RetainedRecord.ledger, self.record.pk)

    def verify(self) -> list[Check]:
        """Recompute everything that proves the record, before one's eyes."""
        document = bytes(self.payload.document) if self.payload else b""
        found = hashlib.sha256(document).hexdigest()
        agrees = self.payload is not None and found == bytes(self.record.digest).hex()
        additions = [finding for finding in verify_record(self.record) if "added" in str(finding)]
        return [
            Check("The document has the digest that was recorded with it.", agrees, found),
            self._bytes_agree(),
            Check("What was added later is as it was added.", not additions),
            *self._seal_agrees(),
        ]

    def _bytes_agree(self) -> Check:
        found = hashlib.sha256(self.raw).hexdigest()
        kept = self.document.get("bytes", {}).get("sha256")
        return Check("The bytes as received have the digest taken when they came.", found == kept, found)

    def _seal_agrees(self) -> list[Check]:
        seal = self.seal
        if seal is None:
            return [Check("It is not sealed yet; the sealer comes by every second.", None)]
        sealed = bytes(seal.digests)[seal.rows.index(self.record.pk) * SIZE :][:SIZE]
        row = digest_of(self.record)
        right = digest_of_seal(seal.ledger, seal.number, seal.rows, bytes(seal.digests), bytes(seal.previous))
        before = Seal.objects.filter(ledger=seal.ledger, number=seal.number - 1).first()
        follows = bytes(seal.previous) == (bytes(before.digest) if before else START)
        return [
            Check(f"The record is as seal {seal.number} covers it.", row == sealed, row.hex()),
            Check(f"Seal {seal.number} is whole.", right == bytes(seal.digest), right.hex()),
            Check(f"Seal {seal.number} follows the one before it.", follows),
        ]


def _is_text(addition: Any) -> bool:
    kind = addition.media_type or ""
    return addition.content is not None and (kind.startswith("text/") or kind == "application/json")
