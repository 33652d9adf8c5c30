"""A picture of our own made ready in one act, for a post that is written for one account alone."""

from __future__ import annotations

from typing import BinaryIO

from content.manuscript import Picture
from content.media.keeping import coming, spool, take_in
from content.media.noting import Ground, say_rights
from content.media.rendering import render
from content.models import Rendering, Rights
from members.models import Member
from members.states import Invalid


def ready(given: BinaryIO, name: str, platform: str, *, by: Member, field: str = "pictures") -> Rendering:
    """Bring the file into the library as our own, and make it ready for `platform`, with the mark (2.G).

    Of a file that is in the library already the rights stand as they were said. Raises Refused, Invalid with `field`.
    """
    try:
        with coming() as path:
            spool(given, path, field=field)
            asset = take_in(path, name, by=by, field=field)
        if asset.rights_in_force is None:
            say_rights(asset, Ground(Rights.Basis.OWN), by=by)
        return render(asset, Picture(asset.pk), platform, by=by)
    except Invalid as refusal:
        raise Invalid(str(refusal), field) from refusal
