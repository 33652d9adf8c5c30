"""The stream of events: ids only, over Redis pub/sub (ruling 25). Fragments are then fetched through `visible_to`."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator

import redis.asyncio as redis
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from redis.exceptions import RedisError

from members.idleness import background
from members.live import CHANNEL, END
from members.models import Session

HEARTBEAT = 15  # seconds; also how soon a stream ends after its member has signed out or left the unit


@background
async def live(request: HttpRequest) -> HttpResponseBase:
    """An event stream for as long as the member is signed in. 503 with Redis down: the page polls then."""
    if request.method != "GET":
        return HttpResponse(status=405)
    member = await request.auser()
    connection = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1)
    channel = connection.pubsub(ignore_subscribe_messages=True)
    try:
        await channel.subscribe(CHANNEL)
    except (RedisError, OSError):
        await connection.aclose()
        return HttpResponse(status=503)
    # The stream lives long; a database connection held meanwhile would be missing in the pool.
    await sync_to_async(connections.close_all)()
    answer = StreamingHttpResponse(
        _events(channel, connection, request.session, member.pk or 0), content_type="text/event-stream"
    )
    answer["Cache-Control"] = "no-store"
    answer["X-Accel-Buffering"] = "no"
    return answer


async def _events(
    channel: redis.client.PubSub, connection: redis.Redis, session: SessionBase, member_id: int
) -> AsyncIterator[str]:
    """The first byte at once, then what is published, then a heartbeat when nothing is."""
    try:
        yield "retry: 3000\n: here\n\n"
        looked = time.monotonic()
        while True:
            message = await channel.get_message(timeout=HEARTBEAT)
            if message is not None:
                heard = json.loads(message["data"])
                if heard.get("to") in (None, member_id):
                    if heard["kind"] == END:
                        yield "event: end\ndata: {}\n\n"
                        return
                    yield f"data: {message['data'].decode()}\n\n"
            if time.monotonic() - looked >= HEARTBEAT:
                looked = time.monotonic()
                if not await sync_to_async(_still_here)(session.session_key, member_id):
                    yield "event: end\ndata: {}\n\n"
                    return
                yield ": still here\n\n"
    except (RedisError, OSError, asyncio.CancelledError):
        return  # the browser comes back by itself, and polls meanwhile
    finally:
        await channel.aclose()  # type: ignore[no-untyped-call]
        await connection.aclose()


def _still_here(session_key: str | None, member_id: int) -> bool:
    """Whether the session is open and the member still of the unit. Renews nothing: this is no act of a person."""
    try:
        return Session.open().filter(session_key=session_key, member=member_id).exists()
    finally:
        connections.close_all()
