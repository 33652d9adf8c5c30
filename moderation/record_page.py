"""What the page of a retained record shows: the document as it was made, its bytes, its additions, its seal (4.R)."""

from __future__ import annotations

import base64
import hashlib
from functools import cached_property
from typing import Any

from members.models import Seal
from members.proof import Check, checks_of
from members.sealing import digests_of
from members.verification import SIZE, seal_over, seals_over
from moderation.bytes import readable
from moderation.edits import Edit, edits_of
from moderation.models import CommentOrder, RetainedAddition, RetainedPayload, RetainedRecord
from moderation.verification import additions_ledger, is_altered, records_ledger


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
    def edits(self) -> list[Edit]:
        """What the poster did to the comment, before the record was made and since."""
        return edits_of(self.record.comment)

    @cached_property
    def seal(self) -> Seal | None:
        """The seal over the record; None while it waits for one."""
        return seal_over(RetainedRecord.ledger, self.record.pk)

    def verify(self) -> list[Check]:
        """Recompute everything that proves the record, before one's eyes, step by step up to what lies outside."""
        document = bytes(self.payload.document) if self.payload else b""
        found = hashlib.sha256(document).hexdigest()
        agrees = self.payload is not None and found == bytes(self.record.digest).hex()
        return [
            Check("The document has the digest that was recorded with it.", agrees, found),
            self._bytes_agree(),
            self._additions_agree(),
            *checks_of(records_ledger(), self.record.pk),
        ]

    def _bytes_agree(self) -> Check:
        found = hashlib.sha256(self.raw).hexdigest()
        kept = self.document.get("bytes", {}).get("sha256")
        return Check("The bytes as received have the digest taken when they came.", found == kept, found)

    def _additions_agree(self) -> Check:
        """Each by its own digest, and by its seal where it has one."""
        rows = [row for row, _ in self.additions]
        numbers = [row.pk for row in rows]
        standing = digests_of(additions_ledger(), numbers)
        sealed = 0
        agree = not any(is_altered(row) for row in rows)
        for number, seal in seals_over(RetainedAddition.ledger, numbers).items():
            digests = bytes(seal.digests)
            agree = agree and digests[seal.rows.index(number) * SIZE :][:SIZE] == standing[number]
            sealed += 1
        says = f"What was added later is as it was added: {len(rows)}, of which {sealed} under seals."
        return Check(says if rows else "Nothing was added later.", agree)


def _is_text(addition: Any) -> bool:
    kind = addition.media_type or ""
    return addition.content is not None and (kind.startswith("text/") or kind == "application/json")
