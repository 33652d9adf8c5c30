"""Periscope: closed by its owner on 31 March 2021 (1.PER); nothing can be done there, by anybody."""

from __future__ import annotations

from accounts.platforms.capabilities.table import Act, Capability, Way

CLOSED = Capability(Way.NEVER, "Periscope was closed by its owner on 31 March 2021.", reversible=False)

PERISCOPE: dict[Act, Capability] = dict.fromkeys(Act, CLOSED)
