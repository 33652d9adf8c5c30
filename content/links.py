"""The links of a manuscript, as it is to go out, and what was found at them (2.A)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from accounts.platforms.fetching import fault_of
from content.manuscript import Manuscript
from content.models import LinkCheck
from content.problems import Problem

_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_CLOSING = ".,;:!?)'\u2019\u201d]"
Found = LinkCheck.Found


def in_text(text: str) -> list[str]:
    """Every address in a text, in its order, without the full stop after it."""
    return [match.rstrip(_CLOSING) for match in _LINK.findall(text)]


def _placed(written: Manuscript) -> Iterator[tuple[str, str]]:
    """Every address with the field of the page where it stands."""
    own = [one.text for one in written.versions] + [one.text for one in written.places]
    if not own or None in own:
        yield from ((one, "text") for one in in_text(written.text))
    for version in written.versions:
        field = f"version-{version.account}"
        for text in (version.text or "", version.title):
            yield from ((one, field) for one in in_text(text))
        yield version.link.strip(), field
    for number, place in enumerate(written.places):
        yield from ((one, f"place-{number}") for one in in_text(place.text or ""))
    yield written.source.address.strip(), "source"


def links_in(written: Manuscript) -> list[str]:
    """Every address in it, each once: of the texts, the previews, and the source of a re-post."""
    return list(dict.fromkeys(address for address, _ in _placed(written) if address))


def key_of(address: str) -> str:
    """By which the looks at an address are found."""
    return hashlib.sha256(address.encode()).hexdigest()


def host_of(address: str) -> str:
    """The host of an address, as it is compared: what begins with www is the same."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class Checked:
    """One link with the field where it stands, and the last look at it; None: nobody has looked yet."""

    address: str
    field: str
    check: LinkCheck | None

    @property
    def elsewhere(self) -> str:
        """The address that it leads to, where that lies on another host than the link says; else nothing."""
        final = self.check.final if self.check else ""
        return final if final and host_of(final) != host_of(self.address) else ""

    @property
    def is_bad(self) -> bool:
        """Whether it must not go out so."""
        return self.check is not None and self.check.found in {Found.DEAD, Found.INSIDE}


def last_checks(addresses: Iterable[str], *, until: datetime | None = None) -> dict[str, LinkCheck]:
    """The last look at each address, at or before `until`; an address that nobody looked at is left out."""
    looks = LinkCheck.objects.filter(key__in=[key_of(address) for address in addresses])
    if until is not None:
        looks = looks.filter(at__lte=until)
    return {one.address: one for one in looks.order_by("key", "-id").distinct("key")}


def checked(written: Manuscript) -> list[Checked]:
    """Every link with what was found there, as an approver sees it."""
    placed = {address: field for address, field in reversed(list(_placed(written))) if address}
    found = last_checks(placed)
    return [Checked(address, placed[address], found.get(address)) for address in links_in(written)]


def checked_in(text: str) -> list[Checked]:
    """The same of one text: the change of a post that stands."""
    addresses = list(dict.fromkeys(in_text(text)))
    found = last_checks(addresses)
    return [Checked(address, "text", found.get(address)) for address in addresses]


def of_the_links(manuscript: Manuscript, now: datetime) -> Iterator[Problem]:
    """No link leads inside or nowhere; where one leads elsewhere than it says, that is said (2.A)."""
    for link in checked(manuscript):
        if fault := fault_of(link.address):
            yield Problem(link.field, f"{link.address}: {fault[0].lower()}{fault[1:]}")
        elif link.check is None:
            continue
        elif link.is_bad:
            yield Problem(link.field, f"{link.address}: {link.check.says}")
        elif link.check.found == Found.UNKNOWN:
            yield Problem(link.field, f"{link.address} could not be looked at: {link.check.says}", hard=False)
        elif link.elsewhere:
            yield Problem(link.field, f"{link.address} leads to {link.elsewhere}.", hard=False)
