"""The callbacks: handshakes, signatures over the bytes, kept once, answered at once (facts.md 1.3, 3.3; ruling 34)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import random
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moderation.models import WebhookDelivery, WebhookWork
from tests.moderation.deliveries import as_sent, change, page_body, send, signature, x_body

pytestmark = [pytest.mark.django_db, pytest.mark.sop("1.1", "C.11")]


@pytest.fixture(autouse=True)
def hints(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often a worker was hinted to; nothing goes to the broker."""
    told: list[int] = []
    monkeypatch.setattr("moderation.live.delivered", lambda: told.append(1))
    return told


# --- handshakes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["facebook", "instagram"])
def test_meta_gets_its_bare_challenge_back(settings: Any, commander: Any, platform: str) -> None:
    query = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": settings.META_VERIFY_TOKEN}
    answer = Client().get(f"/webhooks/{platform}/", query)
    assert (answer.status_code, answer.content) == (200, b"1158201444")
    assert answer["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    "wrong",
    [{"hub.verify_token": "guess"}, {"hub.mode": "unsubscribe"}, {"hub.challenge": "<script>"}, {"hub.challenge": ""}],
)
def test_whoever_does_not_know_the_word_gets_no_challenge_back(
    settings: Any, commander: Any, wrong: dict[str, str]
) -> None:
    query = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": settings.META_VERIFY_TOKEN}
    answer = Client().get("/webhooks/facebook/", query | wrong)
    assert answer.status_code == 403
    assert b"1158201444" not in answer.content


def test_an_empty_word_opens_nothing(settings: Any, commander: Any) -> None:
    settings.META_VERIFY_TOKEN = ""
    query = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": ""}
    assert Client().get("/webhooks/facebook/", query).status_code == 403


def test_x_gets_its_challenge_answered_with_the_consumer_secret(settings: Any, commander: Any) -> None:
    answer = Client().get("/webhooks/x/", {"crc_token": "challenge-1_2.3=="})
    true = hmac.new(settings.X_CONSUMER_SECRET.encode(), b"challenge-1_2.3==", hashlib.sha256).digest()
    assert answer.status_code == 200
    assert answer.json() == {"response_token": f"sha256={base64.b64encode(true).decode()}"}


def test_nobody_has_a_delivery_of_his_own_signed_by_asking_for_a_challenge(commander: Any) -> None:
    body = as_sent(x_body("post.mention.create", {"id": "1", "text": "forged"}))
    for forged in (body.decode(), " " + body.decode(), "[]", "{}", "a" * 300, ""):
        assert Client().get("/webhooks/x/", {"crc_token": forged}).status_code == 400
    # What is signed on request, a word, is taken for no delivery.
    word = Client().get("/webhooks/x/", {"crc_token": "word"}).json()["response_token"]
    assert send("x", b"word", headers={"x-twitter-webhooks-signature": word}).status_code == 403


# --- signatures ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("platform", "told"), [("facebook", page_body(change())), ("x", x_body("post.create", {}))])
def test_what_the_platform_signed_is_kept_to_the_byte(
    commander: Any, hints: list[int], platform: str, told: dict[str, Any]
) -> None:
    answer = send(platform, told)
    assert (answer.status_code, answer.content, answer.cookies) == (200, b"", {})
    delivery = WebhookDelivery.objects.get()
    assert delivery.raw == as_sent(told)
    assert bytes(delivery.digest) == hashlib.sha256(as_sent(told)).digest()
    assert delivery.work.state == WebhookWork.State.WAITING
    assert hints == [1]


def test_meta_may_send_either_object_to_either_callback(commander: Any) -> None:
    told = page_body(change())
    assert send("instagram", told).status_code == 200
    assert send("facebook", {"object": "instagram", "entry": []}).status_code == 200
    assert WebhookDelivery.objects.count() == 2
    assert send("facebook", told).status_code == 200  # the same at the other callback
    assert WebhookDelivery.objects.count() == 2


def forgeries() -> list[tuple[str, bytes, dict[str, str]]]:
    """A thousand bodies that nobody signed so."""
    chance = random.Random(7)
    found: list[tuple[str, bytes, dict[str, str]]] = []
    for n in range(250):
        platform = "x" if n % 2 else "facebook"
        told = x_body("post.create", {"id": str(n)}) if n % 2 else page_body(change(text=f"héllo {n}"))
        body = as_sent(told)
        place = chance.randrange(len(body))
        altered = body[:place] + bytes([body[place] ^ 1 << chance.randrange(8)]) + body[place + 1 :]
        found.append((platform, altered, signature(platform, body)))
        found.append((platform, json.dumps(told, ensure_ascii=False, indent=1).encode(), signature(platform, body)))
        found.append((platform, body, signature(platform, body, secret=f"another app's {n}")))
        name, value = next(iter(signature(platform, body).items()))
        cut = chance.choice(["", "sha256=", value[:-1], value.upper(), value[7:], value.replace("sha256", "sha1"), "é"])
        found.append((platform, body, {name: cut}))
    return found


def test_of_a_thousand_forged_altered_or_foreign_ones_none_is_accepted(commander: Any, hints: list[int]) -> None:
    client = Client()
    statuses = [
        send(platform, body, headers=headers, client=client).status_code for platform, body, headers in forgeries()
    ]
    assert statuses == [403] * 1000
    assert not WebhookDelivery.objects.exists()
    assert hints == []


def test_the_old_signature_alone_is_none(settings: Any, commander: Any) -> None:
    body = as_sent(page_body(change()))
    key = settings.PLATFORM_APPS["facebook"]["client_secret"].encode()
    old = {"x-hub-signature": f"sha1={hmac.new(key, body, hashlib.sha1).hexdigest()}"}
    assert send("facebook", body, headers=old).status_code == 403


def test_signatures_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch, commander: Any) -> None:
    compared: list[bytes] = []
    true = hmac.compare_digest
    monkeypatch.setattr(hmac, "compare_digest", lambda one, other: compared.append(one) or true(one, other))
    send("facebook", page_body(change()), headers={"x-hub-signature-256": "sha256=0"})
    assert any(one.startswith(b"sha256=") for one in compared)


@pytest.mark.parametrize("platform", ["facebook", "instagram", "x"])
def test_without_a_secret_nothing_is_accepted(settings: Any, commander: Any, platform: str) -> None:
    settings.X_CONSUMER_SECRET = ""
    settings.PLATFORM_APPS = {name: {"client_id": "", "client_secret": ""} for name in settings.PLATFORM_APPS}
    body = as_sent(page_body(change()))
    answer = send(platform, body, headers=signature(platform, body, secret=""))
    assert answer.status_code == 503
    assert Client().get(f"/webhooks/{platform}/", {"crc_token": "word"}).status_code == 503
    assert not WebhookDelivery.objects.exists()


def test_youtube_has_no_callback(commander: Any) -> None:
    assert Client().post("/webhooks/youtube/", b"{}", content_type="application/json").status_code == 404


# --- size, and what a caller may not do ------------------------------------------------------------------------------


def test_a_body_that_is_too_long_is_refused_unread(settings: Any, commander: Any) -> None:
    settings.LARGEST_BODY = 1000
    assert send("facebook", page_body(change(text="a" * 2000))).status_code == 413
    assert send("facebook", page_body(change(text="a" * 200))).status_code == 200
    assert WebhookDelivery.objects.count() == 1


def test_a_body_beyond_what_forms_may_hold_is_taken(commander: Any) -> None:
    assert send("facebook", page_body(change(text="a" * 4_000_000))).status_code == 200
    assert WebhookDelivery.objects.get().size > 4_000_000


def test_it_asks_for_no_session_and_no_token_against_forged_forms(commander: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    send("facebook", page_body(change()), client=client)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = send("facebook", page_body(change(comment="555_2")), client=client)
    assert answer.status_code == 200
    assert client.cookies == {}
    assert not [query for query in queries.captured_queries if "session" in query["sql"]]
    assert len(queries) <= 3  # what every request reads of the agency, and the delivery


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_nothing_else_is_answered(commander: Any, method: str) -> None:
    assert getattr(Client(), method)("/webhooks/facebook/").status_code == 405


# --- once ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["facebook", "x"])
def test_the_same_body_five_times_is_one_delivery(commander: Any, hints: list[int], platform: str) -> None:
    told = page_body(change()) if platform == "facebook" else x_body("post.create", {})
    assert [send(platform, told).status_code for _ in range(5)] == [200] * 5
    assert WebhookDelivery.objects.count() == WebhookWork.objects.count() == 1
    assert hints == [1]


@pytest.mark.django_db(transaction=True)
def test_the_same_body_from_32_threads_at_once_is_one_delivery(commander: Any) -> None:
    told = page_body(change())
    start, statuses = threading.Barrier(32), []

    def one() -> None:
        client = Client()
        start.wait()
        try:
            statuses.append(send("facebook", told, client=client).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 32
    assert WebhookDelivery.objects.count() == WebhookWork.objects.count() == 1


def test_with_the_broker_down_it_is_kept_and_answered(
    commander: Any, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr("accounts.hints.send", _hang)
    assert send("facebook", page_body(change())).status_code == 200
    assert WebhookDelivery.objects.count() == 1


def _hang(*_: Any, **__: Any) -> bool:
    threading.Event().wait(2)
    return False


Make = Callable[..., Any]
