"""Ordered misbehaviour, as a wrapper around the stand-ins: they stay honest, it spoils their answers."""

import asyncio
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from sandbox import orders
from sandbox.hosts import Host, host_of, read
from sandbox.orders import Fault
from sandbox.store import Store
from sandbox.wire import Answer

GARBAGE = b"<!DOCTYPE html><html><head><title>Sorry</title></head><body><h1>Something went wrong</h1></body></html>"
HELD_SECONDS = 30.0
SLOW_SECONDS = 5.0

OPEN: dict[tuple[str, int], asyncio.WriteTransport] = {}
"""The open connections by the client's address: ASGI itself knows no way to hang up without an answer."""


class Cuttable(H11Protocol):
    """uvicorn's protocol, with each connection to be found in OPEN."""

    def connection_made(self, transport: Any) -> None:
        """Remembers the connection."""
        super().connection_made(transport)
        if self.client:
            OPEN[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Forgets the connection."""
        if self.client:
            OPEN.pop(self.client, None)
        super().connection_lost(exc)


class Faults:
    """Wraps the stand-ins: names and counts each call, and applies the oldest fault ordered for it, if any."""

    def __init__(self, app: ASGIApp, store: Store) -> None:
        self.app, self.store = app, store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request; what is no platform's passes untouched."""
        known = host_of(scope["path"]) if scope["type"] == "http" else None
        if known is None:
            await self.app(scope, receive, send)
            return
        prefix, host = known
        request = Request(scope, receive)
        asked = await read(request, prefix)
        platform, call = host.identify(self.store, asked)
        scope["sandbox"] = (asked, platform, call, host)
        fault = orders.take_fault(self.store, platform, call)
        answer = await self._answer(scope, fault, host) if fault else await _collect(self.app, scope, receive)
        orders.log(self.store, platform, call, scope["method"], scope["path"], answer.status if answer else 0)
        if fault and fault.fault in ("cut", "cut_halfway", "applied_then_timeout"):
            if await self._hold(fault, receive):
                await _cut(scope, receive)
            return
        if fault and fault.fault == "slow":
            await asyncio.sleep(fault.seconds if fault.seconds is not None else SLOW_SECONDS)
        if answer:
            await _send(answer, send)

    async def _answer(self, scope: Scope, fault: Fault, host: Host) -> Answer | None:
        """The spoilt answer, or the true one where only its delivery is spoilt; None when nothing was even done."""
        asked, platform, _, _ = scope["sandbox"]
        if fault.fault == "cut":
            return None
        if fault.fault == "garbage":
            return Answer(200, GARBAGE, {"content-type": "text/html; charset=utf-8"})
        if fault.fault in ("429", "500", "expired_token"):
            return host.fail(self.store, asked, platform, fault)
        if fault.fault == "cut_halfway":
            scope["sandbox"] = (replace(asked, raw=asked.raw[: len(asked.raw) // 2]), *scope["sandbox"][1:])
        answer = await _collect(self.app, scope, _nothing)
        if fault.fault == "truncated":
            answer.body = answer.body[: len(answer.body) // 2]
        return answer

    async def _hold(self, fault: Fault, receive: Receive) -> bool:
        """Keeps the caller waiting until the time is up, unless it was to be cut at once; false if the caller left."""
        if fault.fault != "applied_then_timeout":
            return True
        seconds = fault.seconds if fault.seconds is not None else HELD_SECONDS
        try:
            await asyncio.wait_for(_gone(receive), seconds)
        except TimeoutError:
            return True
        return False


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _collect(app: ASGIApp, scope: Scope, receive: Receive) -> Answer:
    """The inner answer, whole, before anything of it is sent."""
    answer = Answer(500, b"")

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode("latin-1") for name, value in message["headers"]}
        elif message["type"] == "http.response.body":
            answer.body += message.get("body", b"")

    await app(scope, receive, keep)
    return answer


async def _send(answer: Answer, send: Send) -> None:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    if answer.status != 204:
        headers["content-length"] = str(len(answer.body))
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    await send({"type": "http.response.body", "body": answer.body})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _cut(scope: Scope, receive: Receive) -> None:
    """Closes the socket with no answer. Without a socket, in a test's own client, it raises instead."""
    transport = OPEN.get(scope["client"])
    if transport is None:
        raise ConnectionResetError("cut, as ordered")
    transport.abort()
    await _gone(receive)
