"""A platform's truth in memory, to be looked at: what stands there now, whatever its webhooks told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from accounts.platforms.contract import Author, Gone, PlatformError, Ref, RemoteComment, Sight
from tests.moderation.deliveries import POST


@dataclass
class Truth:
    """`comments`: text and whether it is hidden, by id; `looks`: what was looked at; `refuses` is raised instead."""

    comments: dict[str, tuple[str, bool]] = field(default_factory=dict)
    looks: list[str] = field(default_factory=list)
    refuses: PlatformError | None = None

    def look(self, ref: Ref) -> RemoteComment:
        """As a client does."""
        self.looks.append(ref.remote_id)
        if self.refuses is not None:
            raise self.refuses
        if ref.remote_id not in self.comments:
            raise Gone("It is not there any more.", code="33")
        return self.shown(ref.remote_id, kind=ref.kind, post=ref.post_remote_id, parent=ref.parent_remote_id)

    def shown(
        self, name: str, *, kind: str = "comment", post: str = POST, parent: str = "", author: str = "77"
    ) -> RemoteComment:
        """A comment as it stands."""
        text, hidden = self.comments[name]
        return RemoteComment(
            name,
            text,
            kind=kind,
            post_remote_id=post,
            parent_remote_id=parent,
            author=Author(author, "Ines"),
            sight=Sight.HIDDEN if hidden else Sight.VISIBLE,
            raw=json.dumps({"id": name, "message": text, "is_hidden": hidden}).encode(),
        )

    @contextmanager
    def in_place(self) -> Iterator[Truth]:
        """Within, every account speaks to this platform."""

        def client(_: Any, **__: Any) -> Truth:
            return self

        with mock.patch("accounts.models.Account.client", client):
            yield self
