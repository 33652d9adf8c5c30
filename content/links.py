"""The links of a manuscript, as it is to go out (2.A)."""

from __future__ import annotations

import re

from content.manuscript import Manuscript

_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_CLOSING = ".,;:!?)'\u2019\u201d]"


def links_in(written: Manuscript) -> list[str]:
    """Every address in it, each once: of the texts, the previews, and the source of a re-post."""
    found = [match.rstrip(_CLOSING) for text in written.texts() for match in _LINK.findall(text)]
    found += [version.link.strip() for version in written.versions]
    found += [written.source.address.strip()]
    return list(dict.fromkeys(one for one in found if one))
