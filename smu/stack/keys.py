"""The secrets of one `DATA`: made at the first start, kept in `DATA/secrets.json` (mode 600), never shown."""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from smu.production import OF_THE_DEMONSTRATION


@dataclass(frozen=True)
class Keys:
    """Passwords of the database's roles, and the two keys that settings ask for."""

    superuser: str
    owner: str
    app: str
    secret_key: str
    field_keys: str


def keys_of(data: Path, *, demonstration: bool = False) -> Keys:
    """The keys of `data`, made now if there are none. A file that was half written is never left: it is moved in.

    A demonstration's say that they are one's: no real unit starts with them.
    """
    mark = f"{OF_THE_DEMONSTRATION}-" if demonstration else ""
    path = data / "secrets.json"
    if path.is_file():
        return Keys(**json.loads(path.read_text()))
    made = Keys(
        superuser=secrets.token_urlsafe(24),
        owner=secrets.token_urlsafe(24),
        app=secrets.token_urlsafe(24),
        secret_key=mark + secrets.token_urlsafe(48),
        field_keys=f"{mark}1:" + base64.urlsafe_b64encode(os.urandom(32)).decode(),
    )
    write_private(path, json.dumps(asdict(made), indent=1))
    return made


def write_private(path: Path, text: str) -> None:
    """Write `text` to `path` with mode 600, whole or not at all."""
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    partial.replace(path)
