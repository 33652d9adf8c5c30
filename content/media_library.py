"""The library as its filters in the address narrow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from content.models import Asset, Depicted, Rights
from content.models.assets import AssetQuerySet
from members.models import Member

SOON = 30  # days within which rights count as about to end
LACKS = {"rights": "nobody said whose it is", "people": "nobody said who is to be seen"}


@dataclass(frozen=True)
class Narrowed:
    """What the address asks for; rubbish counts as nothing asked."""

    q: str = ""
    kind: str = ""
    basis: str = ""
    lacks: str = ""
    ending: bool = False

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Narrowed:
        """Out of the address."""

        def one_of(name: str, known: list[str]) -> str:
            return given.get(name, "") if given.get(name, "") in known else ""

        return cls(
            given.get("q", "").replace("\x00", "").strip()[:100],
            one_of("kind", Asset.Kind.values),
            one_of("basis", Rights.Basis.values),
            one_of("lacks", list(LACKS)),
            given.get("ending") == "1",
        )

    @property
    def query(self) -> str:
        """As an address says it."""
        said = {"q": self.q, "kind": self.kind, "basis": self.basis, "lacks": self.lacks, "ending": self.ending and "1"}
        return urlencode({name: value for name, value in said.items() if value})

    def of(self, assets: AssetQuerySet) -> AssetQuerySet:
        """Those of `assets` that fit, with their rights."""
        found = assets.with_rights()
        if self.q:
            found = found.filter(Q(name__icontains=self.q) | Q(credit__icontains=self.q))
        if self.kind:
            found = found.filter(kind=self.kind)
        if self.basis:
            found = found.filter(Q(basis=self.basis))
        if self.lacks == "rights":
            found = found.filter(Q(basis=None))
        if self.lacks == "people":
            found = found.exclude(
                Exists(Depicted.objects.filter(asset=OuterRef("pk"), replaced_by=None, withdrawn=False))
            )
        if self.ending:
            found = found.filter(Q(expires_on__lte=timezone.localdate() + timedelta(days=SOON)))
        return found


def about_to_end(member: Member) -> AssetQuerySet:
    """Assets whose rights end soon, or have ended."""
    return Narrowed(ending=True).of(Asset.objects.visible_to(member))
