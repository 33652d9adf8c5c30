"""Where the settings' values come from: the process's environment, else the demonstration that is running.

`make run` writes `DATA/run.json` (mode 600) with the environment it gave to its processes. A command typed in another
terminal (`manage.py verify_trail`) then finds the same database without being told.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def demonstration_asked() -> bool:
    """Whether `make run` is to start the demonstration: yes, unless DEMONSTRATION says no."""
    return os.environ.get("DEMONSTRATION", "1").strip().lower() not in {"0", "false", "no", "off"}


def data_dir() -> Path:
    """The folder of what `make run` keeps: `DATA`, else beside manage.py `.data`, or for a real unit `.unit`."""
    return Path(os.environ.get("DATA") or ROOT / (".data" if demonstration_asked() else ".unit")).resolve()


def load() -> dict[str, str]:
    """The environment of this process, filled up from a running demonstration when no database is named."""
    environment = dict(os.environ)
    if "DATABASE_URL" in environment:
        return environment
    running = data_dir() / "run.json"
    if running.is_file():
        environment = {**json.loads(running.read_text())["environment"], **environment}
    return environment
