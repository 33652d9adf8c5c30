"""One figure as one line of JSON, with what it was measured against."""

from __future__ import annotations

import json
import os
import platform
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.machine import PROFILE


@dataclass
class Figure:
    """What was measured. Where the figure is no rate, `limit` and `naive` are of the same unit as `value`."""

    name: str
    rows: int
    value: float
    unit: str
    limit: float | None
    naive: float | None
    ratio_to_limit: float | None
    ratio_to_naive: float | None
    target: str
    holds: bool
    peak_memory_mb: float
    more: dict[str, Any] = field(default_factory=dict)

    def tell(self) -> None:
        """The line."""
        told = asdict(self)
        told |= told.pop("more")
        told["machine"] = _machine()
        told["database"] = PROFILE
        sys.stdout.write(json.dumps({name: _short(value) for name, value in told.items()}) + "\n")
        sys.stdout.flush()


def _short(value: Any) -> Any:
    return round(value, 3 if abs(value) < 100 else 1) if isinstance(value, float) else value


def _machine() -> str:
    memory = next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    return f"{os.cpu_count()} cores, {int(memory.split()[1]) // 2**20} GiB, Python {platform.python_version()}"
