"""Downward apps are felt above (ruling 22): dotted callables, named in settings, run inside the act's transaction."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


def ask(name: str, **said: Any) -> list[Any]:
    """Call each of settings.`name`, in their order, with `said`; what each answered. What one raises undoes the act."""
    return [import_string(path)(**said) for path in getattr(settings, name)]
