"""What proves the retained records of an evidence package: the bytes whose SHA-256 the chain of seals carries on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from members.canonical import canonical
from members.models import Seal
from members.sealing import Ledger, digest_of, ledgers, read_days, read_head
from members.verification import seal_over
from moderation.models import RetainedAddition, RetainedRecord
from moderation.record_page import RecordPage

File = tuple[str, bytes]  # its name in the package, and what it holds


def as_json(content: Any) -> bytes:
    """Readable JSON; broken surrogates of a platform survive in it."""
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True).encode(errors="surrogatepass") + b"\n"


def proofs(records: list[RecordPage]) -> Iterator[File]:
    """For each record and addition the sealed content, whose SHA-256 stands in its seal; and the seals themselves."""
    by_name = {ledger.name: ledger for ledger in ledgers()}
    rows: list[RetainedRecord | RetainedAddition] = []
    for record in records:
        rows += [record.record, *record.record.additions.order_by("pk")]
    said, seals = [], {}
    for row in rows:
        name = f"proof/{row.ledger}-{row.pk}.json"
        yield name, canonical(row.sealed_content())
        seal = seal_over(row.ledger, row.pk)
        if seal is not None:
            seals[seal.ledger, seal.number] = seal
        said.append(_place(row, name, seal))
    for (ledger, number), seal in sorted(seals.items()):
        yield f"proof/seal-{ledger}-{number}.bin", _sealed(seal)
    heads = {name: _head(by_name[name]) for name in sorted({row.ledger for row in rows})}
    yield "proof/proof.json", as_json({"rows": said, "heads": heads})


def _place(row: RetainedRecord | RetainedAddition, name: str, seal: Seal | None) -> dict[str, Any]:
    if seal is None:
        return {"file": name, "sha256": digest_of(row).hex(), "seal": "not sealed yet when this package was made"}
    return {
        "file": name,
        "sha256": digest_of(row).hex(),
        "seal": {
            "ledger": seal.ledger,
            "number": seal.number,
            "position": seal.rows.index(row.pk) + 1,
            "of": len(seal.rows),
            "file": f"proof/seal-{seal.ledger}-{seal.number}.bin",
            "sha256": bytes(seal.digest).hex(),
            "previous": bytes(seal.previous).hex(),
            "at": seal.at.isoformat(),
        },
    }


def _sealed(seal: Seal) -> bytes:
    """The very bytes whose SHA-256 is the seal's digest: the digest before it, then its own content."""
    digests = bytes(seal.digests).hex()
    content = {"ledger": seal.ledger, "number": seal.number, "rows": list(seal.rows), "digests": digests}
    return bytes(seal.previous) + canonical(content)


def _head(ledger: Ledger) -> dict[str, Any]:
    """The head of the chain as it is kept outside the database, and the first seal of each day."""
    head = read_head(ledger.name)
    days = {str(number): digest.hex() for number, digest in read_days(ledger.name).items()}
    return {"head": {"number": head.number, "sha256": head.digest.hex()} if head else None, "days": days}
