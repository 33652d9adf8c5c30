"""A platform in memory, with a truth of its own and faults to order: for tests of what the unit does with one."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

from accounts.platforms.client import Client, Memory
from accounts.platforms.contract import (
    Author,
    Credentials,
    Draft,
    Gone,
    NotPossible,
    Page,
    Platform,
    PlatformError,
    RateLimited,
    Ref,
    RemoteComment,
    RemotePost,
    Sent,
    Sight,
    TokenExpired,
    Uncertain,
)


@dataclass(frozen=True)
class Standing:
    """An answer of ours that stands on the platform."""

    remote_id: str
    under: str
    text: str
    at: datetime


@dataclass
class Pretended:
    """The platform's truth. `faults` spoil the next calls, in order.

    `before_hide` is called before each hide, `before` before each write, that one too.
    """

    hidden: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    answers: list[Standing] = field(default_factory=list)
    messages: list[Standing] = field(default_factory=list)
    own: list[Standing] = field(default_factory=list)  # comments of ours
    banned: set[str] = field(default_factory=set)
    posts: list[Standing] = field(default_factory=list)  # posts of ours
    calls: list[tuple[str, str]] = field(default_factory=list)
    hides: list[str] = field(default_factory=list)  # each time a comment that was visible was hidden
    faults: list[str] = field(default_factory=list)
    before_hide: Callable[[str], None] = lambda remote_id: None
    before: Callable[[str, Ref], None] = lambda call, ref: None
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def next_fault(self) -> str:
        return self.faults.pop(0) if self.faults else ""

    def names_of_calls(self) -> list[str]:
        return [name for name, _ in self.calls]

    @contextmanager
    def in_place(self) -> Iterator[Pretended]:
        """Within, every account speaks to this platform."""

        def client_for(platform: str, credentials: Credentials, **callbacks: Any) -> Client:
            return PretendedClient(self, platform, credentials)

        with mock.patch("accounts.models.account.client_for", client_for):
            yield self


def _raise(fault: str) -> None:
    match fault:
        case "429":
            raise RateLimited(
                "A pause, please.", until=datetime.now(UTC) + timedelta(seconds=60), code="429", call="hide"
            )
        case "unreachable":
            raise PlatformError("The platform could not be reached.", code="unreachable")
        case "not_possible":
            raise NotPossible("Not for applications.", code="no")
        case "expired_token":
            raise TokenExpired("The token is dead.", code="190")
        case "refused":
            raise PlatformError("Refused.", code="400", permanent=True)
        case "bug":
            raise KeyError("an answer that the client did not expect")


class PretendedClient(Client):
    """One account's client. A fault is `lost` (never arrived), `applied` (took effect, no answer came), or an error."""

    def __init__(self, platform: Pretended, name: str, credentials: Credentials) -> None:
        super().__init__(credentials)
        self.truth = platform
        self.platform = name

    def _write(self, name: str, ref: Ref, act: Callable[[], Any]) -> Any:
        self.truth.before(name, ref)
        self.truth.calls.append((name, ref.remote_id))
        fault = self.truth.next_fault()
        _raise(fault)
        if fault == "lost":
            raise Uncertain("No whole answer came.", code="no-answer")
        if ref.remote_id in self.truth.gone:
            raise Gone("It is not there any more.", code="33")
        done = act()
        if fault == "applied":
            raise Uncertain("No whole answer came.", code="no-answer")
        return done

    def hide(self, ref: Ref) -> None:
        self.truth.before_hide(ref.remote_id)
        self._write("hide", ref, lambda: self._hide(ref))

    def _hide(self, ref: Ref) -> None:
        if ref.remote_id not in self.truth.hidden:
            self.truth.hides.append(ref.remote_id)
        self.truth.hidden.add(ref.remote_id)

    def unhide(self, ref: Ref) -> None:
        self._write("unhide", ref, lambda: self.truth.hidden.discard(ref.remote_id))

    def reply(self, ref: Ref, text: str) -> Sent:
        return self._write("reply", ref, lambda: self._reply(ref, text))

    def _reply(self, ref: Ref, text: str) -> Sent:
        if self.platform == Platform.INSTAGRAM and ref.remote_id in self.truth.hidden:
            raise NotPossible("A hidden comment cannot be replied to.", code="hidden")
        standing = Standing(f"ours-{next(self.truth._numbers)}", ref.remote_id, text, datetime.now(UTC))
        self.truth.answers.append(standing)
        return Sent(standing.remote_id, standing.at)

    def _read(self, name: str, ref: Ref) -> None:
        self.truth.calls.append((name, ref.remote_id))
        fault = self.truth.next_fault()
        _raise(fault)
        if fault in {"lost", "applied"}:
            raise PlatformError("The platform answered 500.", code="500")
        if ref.remote_id in self.truth.gone:
            raise Gone("It is not there any more.", code="33")

    def own_reply(self, ref: Ref, text: str, *, since: datetime) -> Sent | None:
        self._read("list_replies", ref)
        for standing in self.truth.answers:
            if (standing.under, standing.text) == (ref.remote_id, text) and standing.at >= since:
                return Sent(standing.remote_id, standing.at)
        return None

    def look(self, ref: Ref) -> RemoteComment:
        self._read("get_comment", ref)
        hidden = ref.remote_id in self.truth.hidden
        text = next((one.text for one in self.truth.own if one.remote_id == ref.remote_id), "")
        return RemoteComment(ref.remote_id, text, sight=Sight.HIDDEN if hidden else Sight.VISIBLE)

    def message(self, ref: Ref, text: str) -> Sent:
        return self._write("message", ref, lambda: self._keep(self.truth.messages, ref.remote_id, text))

    def own_message(self, ref: Ref, text: str, *, since: datetime) -> Sent | None:
        self._read("list_messages", ref)
        return self._find(self.truth.messages, ref.remote_id, text, since)

    def comment(self, post_remote_id: str, text: str) -> Sent:
        return self._write("comment", Ref(post_remote_id), lambda: self._keep(self.truth.own, post_remote_id, text))

    def own_comment(self, post_remote_id: str, text: str, *, since: datetime) -> Sent | None:
        self._read("list_comments", Ref(post_remote_id))
        return self._find(self.truth.own, post_remote_id, text, since)

    def _keep(self, among: list[Standing], under: str, text: str) -> Sent:
        standing = Standing(f"ours-{next(self.truth._numbers)}", under, text, datetime.now(UTC))
        among.append(standing)
        return Sent(standing.remote_id, standing.at)

    def _find(self, among: list[Standing], under: str, text: str, since: datetime) -> Sent | None:
        for one in among:
            if (one.under, one.text) == (under, text) and one.at >= since:
                return Sent(one.remote_id, one.at)
        return None

    def edit_own(self, ref: Ref, text: str) -> None:
        self._write("edit_own", ref, lambda: self._edit(self.truth.own, ref.remote_id, text))

    def _edit(self, among: list[Standing], remote_id: str, text: str) -> None:
        among[:] = [replace(one, text=text) if one.remote_id == remote_id else one for one in among]

    def delete_own(self, ref: Ref) -> None:
        self._write("delete_own", ref, lambda: self._remove(self.truth.own, ref.remote_id))

    def _remove(self, among: list[Standing], remote_id: str) -> None:
        among[:] = [one for one in among if one.remote_id != remote_id]
        self.truth.gone.add(remote_id)

    def delete(self, ref: Ref) -> None:
        self._write("delete", ref, lambda: self.truth.gone.add(ref.remote_id))

    def ban(self, ref: Ref) -> None:
        self._write("ban", ref, lambda: self.truth.banned.add(ref.author_remote_id))

    def unban(self, ref: Ref) -> None:
        self._write("unban", ref, lambda: self.truth.banned.discard(ref.author_remote_id))

    def bans(self) -> Iterator[Author]:
        self._read("list_bans", Ref(""))
        return iter([Author(remote_id) for remote_id in sorted(self.truth.banned)])

    def publish(self, draft: Draft) -> Sent:
        return self._write("publish", Ref(""), lambda: self._keep(self.truth.posts, "", draft.text))

    def published(self, draft: Draft, *, since: datetime) -> Sent | None:
        self._read("list_posts", Ref(""))
        free = [one for one in self.truth.posts if one.remote_id not in draft.others]
        return self._find(free, "", draft.text, since)

    def edit_post(self, remote_id: str, text: str) -> None:
        self._write("edit_post", Ref(remote_id), lambda: self._edit(self.truth.posts, remote_id, text))

    def delete_post(self, remote_id: str) -> None:
        self._write("delete_post", Ref(remote_id), lambda: self._remove(self.truth.posts, remote_id))

    def post(self, remote_id: str) -> RemotePost:
        self._read("get_post", Ref(remote_id))
        return RemotePost(remote_id, next((one.text for one in self.truth.posts if one.remote_id == remote_id), ""))

    def poll(self, memory: Memory, *, whole: bool = False) -> Iterator[Page]:
        raise NotImplementedError

    def read(self, body: bytes, *, call: str = "", received_at: datetime | None = None) -> Page:
        raise NotImplementedError

    def author(self, ref: Ref) -> Author:
        raise NotImplementedError
