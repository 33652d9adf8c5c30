"""Files that come to a platform whole or in pieces: kept as their size and digest once they are complete."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sandbox.store import Store


@dataclass(frozen=True)
class Upload:
    """A file of ours on a platform. `sha256` is empty while pieces are still to come; `size` is what came so far."""

    id: int
    platform: str
    account: str
    size: int
    sha256: str
    data: dict[str, Any]


def begin(store: Store, platform: str, account: str, **data: object) -> Upload:
    """A file of which nothing came yet; `data` is what the platform knows of it."""
    sql = "INSERT INTO uploads (platform, account, data) VALUES (?, ?, ?)"
    made = store.write(sql, (platform, account, json.dumps(data)))
    return Upload(made, platform, account, 0, "", data)


def find(store: Store, platform: str, named: object) -> Upload | None:
    """A file by its number."""
    text = str(named)
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    found = store.rows("SELECT * FROM uploads WHERE platform = ? AND id = ?", (platform, int(text)))
    return _upload(dict(found[0])) if found else None


def of(store: Store, platform: str) -> list[Upload]:
    """All files on a platform."""
    return [
        _upload(dict(row)) for row in store.rows("SELECT * FROM uploads WHERE platform = ? ORDER BY id", (platform,))
    ]


def append(store: Store, upload: Upload, start: int, content: bytes) -> Upload:
    """A piece that begins at `start`; one that came before is replaced by itself, so that sending it again is safe."""
    with store.together():
        store.write("INSERT OR REPLACE INTO pieces VALUES (?, ?, ?)", (upload.id, start, content))
        sql = "SELECT coalesce(sum(length(bytes)), 0) AS n FROM pieces WHERE upload = ?"
        size = int(store.rows(sql, (upload.id,))[0]["n"])
        store.write("UPDATE uploads SET size = ? WHERE id = ?", (size, upload.id))
    return _again(store, upload)


def finish(store: Store, upload: Upload, **data: object) -> Upload:
    """The file is complete: its digest is kept, its bytes are not."""
    with store.together():
        digest = hashlib.sha256()
        for row in store.rows("SELECT bytes FROM pieces WHERE upload = ? ORDER BY start", (upload.id,)):
            digest.update(row["bytes"])
        store.write("DELETE FROM pieces WHERE upload = ?", (upload.id,))
        store.write("UPDATE uploads SET sha256 = ? WHERE id = ?", (digest.hexdigest(), upload.id))
    return change(store, _again(store, upload), **data)


def change(store: Store, upload: Upload, **data: object) -> Upload:
    """What the platform now knows of it."""
    store.write("UPDATE uploads SET data = ? WHERE id = ?", (json.dumps(upload.data | data), upload.id))
    return _again(store, upload)


def keep(store: Store, platform: str, account: str, content: bytes, **data: object) -> Upload:
    """A file that came whole."""
    upload = begin(store, platform, account, **data)
    return finish(store, append(store, upload, 0, content))


def _again(store: Store, upload: Upload) -> Upload:
    found = find(store, upload.platform, upload.id)
    if found is None:
        raise LookupError(upload.id)
    return found


def _upload(row: dict[str, Any]) -> Upload:
    data = json.loads(row["data"])
    return Upload(row["id"], row["platform"], row["account"], row["size"], row["sha256"] or "", data)
