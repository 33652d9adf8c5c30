"""Files that come with an idea."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from content.models.ideas import Idea, IdeaFile
from members import kept_files
from members.kept_files import Kept
from members.models import Member
from members.states import Invalid

MOST_OF_ONE_IDEA = 40
TYPES = {**kept_files.MEDIA, **kept_files.PAPERS}
PICTURES = frozenset(mime for mime, _ in kept_files.MEDIA.values())


def keep(files: list[UploadedFile[Any]]) -> list[Kept]:
    """Keep what was sent, all or, where one is not taken, none. Raises Invalid, which names the file."""
    return kept_files.keep(files, TYPES)


def attach(idea: Idea, kept: list[Kept], *, by: Member | None) -> None:
    """Note them with the idea. Raises Invalid when it holds very many already."""
    if kept and idea.files.count() + len(kept) > MOST_OF_ONE_IDEA:
        raise Invalid(f"An idea holds {MOST_OF_ONE_IDEA} files at most.", "attached")
    for one in kept:
        IdeaFile.objects.create(idea=idea, digest=one.digest, name=one.name, mime=one.mime, size=one.size, by=by)
