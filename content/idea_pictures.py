"""The pictures of an idea on their way into a draft: looked into like every other, kept in the library (2.D)."""

from __future__ import annotations

import shutil
from dataclasses import replace

from content import ideas
from content.idea_files import PICTURES
from content.manuscript import Picture
from content.media import keeping
from content.models import Idea, Item
from members.authority import require
from members.models import Member
from members.powers import Power
from members.states import Invalid


def take(idea: Idea, purpose: str, *, by: Member) -> tuple[Item, list[str]]:
    """Begin a draft of `idea` with its pictures; with sentences for those that cannot be taken, which stay here.

    Raises as `ideas.take`. Files are looked into with no transaction open.
    """
    require(by, Power.DEVELOP_CONTENT)
    assets: dict[int, None] = {}  # the same picture twice is one
    refused = []
    for file in idea.files.filter(mime__in=PICTURES):
        try:
            with keeping.coming() as path:
                shutil.copyfile(file.path, path)
                assets[keeping.take_in(path, file.name, by=by).pk] = None
        except (Invalid, OSError) as error:
            why = str(error) if isinstance(error, Invalid) else "It cannot be read."
            refused.append(f"{file.name} was not taken: {why}")
    written = replace(ideas.draft_of(idea, purpose), pictures=tuple(Picture(asset) for asset in assets))
    return ideas.take(idea, written, by=by), refused
