"""The stream of events: ids only, while the member is signed in; without Redis the page polls (ruling 25)."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import async_to_sync
from django.db import connections
from django.test import AsyncClient
from django.urls import reverse

from members import live, stream
from members.models import Session
from tests.cast import BACKEND, give_second_factor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def browser(officer, broker):
    client = AsyncClient()
    give_second_factor(officer)
    client.force_login(officer, backend=BACKEND)
    return client


def read(browser, *, then, chunks):
    """What the stream sends: the first byte, then, after `then` was done, so many chunks more."""

    async def listen():
        answer = await browser.get(reverse("live"))
        lines = aiter(answer.streaming_content)
        heard = [await anext(lines)]
        then()
        heard += [await anext(lines) for _ in range(chunks)]
        await lines.aclose()
        return answer, [line.decode() for line in heard]

    return apart(async_to_sync(listen))


def apart(call):
    """Run `call` in a thread of its own: in this one a browser test may have left its event loop running."""

    def alone():
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(alone).result()


def test_the_first_byte_comes_at_once_and_then_ids_only(browser):
    answer, heard = read(browser, then=lambda: live.publish("comment", 7), chunks=1)
    assert answer["Content-Type"] == "text/event-stream"
    assert heard[0].startswith("retry:")
    assert json.loads(heard[1].removeprefix("data: ")) == {"kind": "comment", "id": 7}


def test_a_heartbeat_comes_when_nothing_else_does(browser, monkeypatch):
    monkeypatch.setattr(stream, "HEARTBEAT", 0.05)
    assert read(browser, then=lambda: None, chunks=1)[1][1] == ": still here\n\n"


def test_the_stream_ends_when_the_session_does(browser, monkeypatch):
    monkeypatch.setattr(stream, "HEARTBEAT", 0.05)
    monkeypatch.setattr(stream, "_still_here", lambda key, member: Session.objects.filter(pk="gone").exists())
    with pytest.raises(StopAsyncIteration):
        read(browser, then=lambda: None, chunks=2)


def test_a_member_who_has_left_is_told_nothing_more(officer, browser):
    key = browser.cookies["sessionid"].value
    assert stream._still_here(key, officer.pk)
    type(officer).objects.filter(pk=officer.pk).update(is_active=False, state="left")
    assert not stream._still_here(key, officer.pk)


def test_a_session_that_was_ended_hears_nothing_more(officer, browser):
    key = browser.cookies["sessionid"].value
    Session.objects.filter(session_key=key).delete()
    assert not stream._still_here(key, officer.pk)


def test_with_redis_down_the_page_is_told_to_poll(browser, settings):
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    assert apart(lambda: async_to_sync(browser.get)(reverse("live"))).status_code == 503
    assert apart(lambda: async_to_sync(browser.get)(reverse("pulse"))).status_code == 200
    assert apart(lambda: async_to_sync(browser.get)(reverse("queue"))).status_code == 200


def test_a_stream_is_only_fetched(browser):
    assert apart(lambda: async_to_sync(browser.post)(reverse("live"))).status_code == 405
