"""The guard of a form that anybody may send, without an account, a cookie or a script.

Nothing is thrown away for what it finds: the page comes back with what was typed, and a person sends it once more.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core import signing
from django.http import HttpRequest

OLDEST = 24 * 3600  # seconds for which a page may lie open before it is sent
TRAP = "website"  # a field that nobody sees


def mark_of(about: str, *, salt: str, at: float | None = None) -> str:
    """The form's own mark: what it is about, and when the page was made."""
    return signing.dumps({"reference": about, "at": time.time() if at is None else at}, salt=salt)


def unlike_a_person(sent: Mapping[str, Any], about: str, *, salt: str) -> str:
    """What tells a machine, as a word: "not_empty", "too_old" or "too_quick"; empty for what a person may have sent."""
    if sent.get(TRAP):
        return "not_empty"
    try:
        mark = signing.loads(sent.get("mark", ""), salt=salt, max_age=OLDEST)
    except signing.BadSignature:
        return "too_old"
    if mark.get("reference") != about:
        return "too_old"
    return "too_quick" if time.time() - mark.get("at", 0) < settings.PUBLIC_FORM_SECONDS else ""


def counted(request: HttpRequest, action: str, **more: Any) -> bool:
    """Count a try of `action` (settings.ACCOUNT_RATE_LIMITS), looks too. False where there were too many."""
    usage = ratelimit.consume(request, app="allauth.account", action=action, limit_get=True, **more)
    return usage is not None
