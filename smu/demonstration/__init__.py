"""The demonstration: a fictional agency with its unit, accounts, posts and comments, loaded by `manage.py demonstrate`.

The texts lie as JSON beside this module. Comments are not put into the database: they stand on the sandbox and come in
by the same polls as anybody's.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent


def read(name: str) -> Any:
    """The demonstration's file `name`.json."""
    return json.loads((FOLDER / f"{name}.json").read_text())
