"""Tells the registered callbacks of what happens, signed as the platforms sign, with misbehaviour on order.

What is to be told is written in the change's own transaction and sent by a thread, so that a kill loses nothing. Only
addresses of this machine are told. Meta tries again what was not answered with 2xx; X does not (facts.md 1.3, 3.3).
"""

import base64
import hashlib
import hmac
import http.client
import json
import sqlite3
import threading
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from sandbox import registrations
from sandbox.registrations import Callback
from sandbox.store import Item, Store
from sandbox.webhook_shape import entry_of, event_of, told_of
from sandbox.wire import to_bytes

WAYS = ("duplicate", "disorder", "together", "forged", "delayed", "lost")
HERE = ("127.0.0.1", "localhost", "::1")
OBJECTS = {"facebook": "page", "instagram": "instagram"}
# "immediately, then a few more times with decreasing frequency over the next 36 hours"; the steps are from memory.
RETRIES = (0.0, 15.0, 60.0, 300.0, 1800.0, 7200.0, 28800.0, 86400.0)
CHALLENGE_EVERY = 1800.0  # seconds between two challenges of X
SECONDS_TO_ANSWER = 10.0
HELD = 1.0  # seconds for which what is to come out of turn is held back
LONGEST_SLEEP = 0.5
MOST_AT_ONCE = 50


class Teller:
    """Notes what happens on a store, and sends it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.woken = threading.Event()
        self.challenged_at = time.time()
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def start(self) -> None:
        """Notes and sends from now on."""
        self.store.on_change = self.note
        threading.Thread(target=self._run, name="webhooks", daemon=True).start()

    # Noting

    def note(self, verb: str, item: Item) -> None:
        """Writes what is to be told of a change; called in the change's transaction."""
        if item.platform == "youtube":
            return
        subscribed = {one.field: one for one in self._subscribed(item)}
        if not subscribed:
            return
        callbacks = {one.id: one for one in _callbacks(self.store, item.platform)}
        for field, value in told_of(self.store, verb, item):
            if item.platform == "x":
                one = subscribed.get(field)
                callback = callbacks.get(one.callback) if one else None
                told = event_of(field, value, item.account, one.tag if one else "")
            else:
                # Instagram tells what the application is told of wherever its Page is subscribed to anything.
                callback = callbacks.get(OBJECTS[item.platform])
                if item.platform == "facebook" and field not in subscribed:
                    callback = None
                told = {"object": OBJECTS[item.platform], "entry": [entry_of(field, value, item.account)]}
            if callback is not None and callback.valid and (not callback.fields or field in callback.fields):
                self.tell(item.platform, callback, told)

    def _subscribed(self, item: Item) -> list[registrations.Subscribed]:
        found = registrations.subscribed(self.store, item.platform, item.account)
        ours = self.store.account(item.platform, item.account)
        if item.platform == "instagram" and ours is not None and ours.data.get("page_id"):
            found += registrations.subscribed(self.store, "facebook", str(ours.data["page_id"]))
        return found

    def tell(self, platform: str, callback: Callback, told: dict[str, Any]) -> None:
        """Notes one delivery, spoilt as was ordered."""
        way, seconds = self._misbehaviour(platform)
        held = self.store.rows(
            "SELECT id, body FROM deliveries WHERE platform = ? AND callback = ? AND state = 'held'",
            (platform, callback.id),
        )
        if held and "entry" in told:
            told = {**told, "entry": json.loads(held[0]["body"])["entry"] + told["entry"]}
            self.store.write("DELETE FROM deliveries WHERE id = ?", (held[0]["id"],))
        body = to_bytes(told, escape_all=platform != "x")
        secret = "a secret of somebody else" if way == "forged" else secret_of(self.store, platform)
        if not secret:
            return
        state = {"lost": "lost", "together": "held"}.get(way, "waiting")
        due = time.time() + ((seconds if seconds is not None else HELD) if way in ("delayed", "disorder") else 0)
        row = (platform, callback.id, callback.url, body, sign(platform, body, secret), due, state)
        sql = """INSERT INTO deliveries (platform, callback, url, body, signature, due_at, state)
            VALUES (?, ?, ?, ?, ?, ?, ?)"""
        for _ in range(2 if way == "duplicate" else 1):
            self.store.write(sql, row)
        self.woken.set()

    def _misbehaviour(self, platform: str) -> tuple[str, float | None]:
        sql = "SELECT * FROM misbehaviours WHERE platform IN (?, '*') AND times > 0 ORDER BY id LIMIT 1"
        found = self.store.rows(sql, (platform,))
        if not found:
            return "", None
        self.store.write("UPDATE misbehaviours SET times = times - 1 WHERE id = ?", (found[0]["id"],))
        return str(found[0]["way"]), found[0]["seconds"]

    # Sending

    def _run(self) -> None:
        while True:
            try:
                wait = self.send_due()
                if time.time() - self.challenged_at > CHALLENGE_EVERY:
                    self.challenge()
            except sqlite3.Error:
                return  # the store was closed
            self.woken.wait(wait)
            self.woken.clear()

    def send_due(self) -> float:
        """Sends what is due; gives how long nothing will be."""
        sql = "SELECT * FROM deliveries WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at, id LIMIT ?"
        for row in self.store.rows(sql, (time.time(), MOST_AT_ONCE)):
            self._settle(row, self._post(row))
        found = self.store.rows("SELECT min(due_at) AS at FROM deliveries WHERE state = 'waiting'")
        return min(LONGEST_SLEEP, max(0.0, found[0]["at"] - time.time())) if found[0]["at"] else LONGEST_SLEEP

    def _post(self, row: sqlite3.Row) -> int:
        """The status of the answer; 0 where none came."""
        if urlsplit(row["url"]).hostname not in HERE:
            return 0
        name = "x-twitter-webhooks-signature" if row["platform"] == "x" else "X-Hub-Signature-256"
        agent = "facebookexternalua" if row["platform"] != "x" else "X-Webhooks"
        headers = {"Content-Type": "application/json", name: row["signature"], "User-Agent": agent}
        asked = urllib.request.Request(row["url"], data=row["body"], headers=headers, method="POST")  # noqa: S310
        try:
            with self.opener.open(asked, timeout=SECONDS_TO_ANSWER) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code
        except (urllib.error.URLError, http.client.HTTPException, OSError):
            return 0

    def _settle(self, row: sqlite3.Row, status: int) -> None:
        tries, again = row["tries"] + 1, row["platform"] != "x" and row["tries"] < len(RETRIES)
        state = "told" if 200 <= status < 300 else "waiting" if again else "given_up"
        due = time.time() + (RETRIES[row["tries"]] if state == "waiting" else 0)
        sql = "UPDATE deliveries SET tries = ?, status = ?, state = ?, due_at = ? WHERE id = ?"
        self.store.write(sql, (tries, status, state, due, row["id"]))

    def challenge(self) -> None:
        """X challenges its callbacks now and then; one that fails is told nothing until it passes."""
        self.challenged_at = time.time()
        secret = registrations.signing_secret(self.store, "x")
        for callback in registrations.callbacks(self.store, "x"):
            valid = registrations.passes_challenge(callback.url, secret)
            registrations.set_valid(self.store, callback, valid=valid)


def _callbacks(store: Store, platform: str) -> list[Callback]:
    """Those of the platform; at Meta both objects are registered with one application."""
    if platform == "x":
        return registrations.callbacks(store, "x")
    return registrations.callbacks(store, "facebook") + registrations.callbacks(store, "instagram")


def secret_of(store: Store, platform: str) -> str:
    """What deliveries are signed with: as it was set, else at Meta the secret of the application."""
    set_ = registrations.signing_secret(store, platform)
    if set_ or platform == "x":
        return set_
    sql = "SELECT client_secret FROM apps WHERE platform IN ('facebook', 'instagram') ORDER BY platform"
    found = store.rows(sql)
    return str(found[0]["client_secret"]) if found else ""


def sign(platform: str, body: bytes, secret: str) -> str:
    """The value of the platform's signature header."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256)
    return "sha256=" + (base64.b64encode(digest.digest()).decode() if platform == "x" else digest.hexdigest())
