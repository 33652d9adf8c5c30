"""Who is told of what: callbacks registered at a platform, and which of our accounts tell them of which fields.

Meta has one callback for each `object` (`page`, `instagram`) of the app; X has webhooks with numbers. What is signed
with is the app's secret at Meta and the consumer secret at X; `/_sandbox/webhooks/{platform}` sets either.
"""

import base64
import hashlib
import hmac
import http.client
import json
import secrets
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

from sandbox.store import Store

HANDSHAKE_SECONDS = 5.0


@dataclass(frozen=True)
class Callback:
    """An address that is told. `fields` are those the app wants (Meta); empty: all (X)."""

    platform: str
    id: str
    url: str
    verify_token: str
    fields: tuple[str, ...]
    valid: bool
    created_at: str


@dataclass(frozen=True)
class Subscribed:
    """One field of one account that its callback is told of."""

    id: str
    platform: str
    account: str
    field: str
    callback: str
    tag: str
    created_at: str


def signing_secret(store: Store, platform: str) -> str:
    """What deliveries of a platform are signed with; empty where nothing was set: then nothing is delivered."""
    found = store.rows("SELECT secret FROM signing WHERE platform = ?", (platform,))
    return str(found[0]["secret"]) if found else ""


def set_signing_secret(store: Store, platform: str, secret: str) -> None:
    """Sets it."""
    store.write("INSERT OR REPLACE INTO signing VALUES (?, ?)", (platform, secret))


def register(
    store: Store,
    platform: str,
    url: str,
    *,
    now: str,
    named: str = "",
    verify_token: str = "",
    fields: tuple[str, ...] = (),
) -> Callback:
    """A callback; of the same id it is replaced. Meta's is named by its object, X's gets a number."""
    named = named or str(10**18 + secrets.randbelow(8 * 10**18))
    row = (platform, named, url, verify_token, json.dumps(fields), 1, now)
    store.write("INSERT OR REPLACE INTO callbacks VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    return Callback(platform, named, url, verify_token, fields, valid=True, created_at=now)


def callbacks(store: Store, platform: str) -> list[Callback]:
    """All callbacks of a platform, the oldest first."""
    found = store.rows("SELECT * FROM callbacks WHERE platform = ? ORDER BY created_at, id", (platform,))
    return [
        Callback(
            row["platform"],
            row["id"],
            row["url"],
            row["verify_token"],
            tuple(json.loads(row["fields"])),
            bool(row["valid"]),
            row["created_at"],
        )
        for row in found
    ]


def set_valid(store: Store, callback: Callback, *, valid: bool) -> None:
    """X stops telling a callback that fails its challenge, until it passes one."""
    store.write("UPDATE callbacks SET valid = ? WHERE platform = ? AND id = ?", (valid, callback.platform, callback.id))


def forget(store: Store, platform: str, named: str) -> None:
    """The callback and everything that it was told of."""
    with store.together():
        store.write("DELETE FROM callbacks WHERE platform = ? AND id = ?", (platform, named))
        store.write("DELETE FROM subscribed WHERE platform = ? AND callback = ?", (platform, named))


def subscribe(
    store: Store, platform: str, account: str, field: str, *, now: str, callback: str = "", tag: str = ""
) -> Subscribed:
    """From now on the callback is told of this field of this account; what stood before keeps its id."""
    before = [one for one in subscribed(store, platform, account) if one.field == field]
    named = before[0].id if before else str(10**18 + secrets.randbelow(8 * 10**18))
    row = (named, platform, account, field, callback, tag, now)
    store.write("INSERT OR REPLACE INTO subscribed VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    return Subscribed(named, platform, account, field, callback, tag, now)


def unsubscribe(store: Store, platform: str, account: str, field: str = "") -> None:
    """No more of this field, or of any."""
    sql, values = "DELETE FROM subscribed WHERE platform = ? AND account = ?", [platform, account]
    if field:
        sql, values = f"{sql} AND field = ?", [*values, field]
    store.write(sql, values)


def subscribed(store: Store, platform: str, account: str) -> list[Subscribed]:
    """What of an account is told."""
    sql = "SELECT * FROM subscribed WHERE platform = ? AND account = ? ORDER BY created_at, field"
    return [Subscribed(**dict(row)) for row in store.rows(sql, (platform, account))]


# Handshakes


def shakes_hands(callback_url: str, verify_token: str) -> bool:
    """Meta's: the callback must answer 200 with the bare challenge."""
    challenge = str(secrets.randbelow(10**9) + 10**9)
    asked = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token}
    return _asked(callback_url, asked) == challenge.encode()


def passes_challenge(callback_url: str, secret: str) -> bool:
    """X's: the callback must answer with the token's HMAC under the consumer secret."""
    token = secrets.token_urlsafe(32)
    wanted = base64.b64encode(hmac.new(secret.encode(), token.encode(), hashlib.sha256).digest()).decode()
    try:
        said = json.loads(_asked(callback_url, {"crc_token": token}))
    except ValueError:
        return False
    return isinstance(said, dict) and said.get("response_token") == f"sha256={wanted}"


def _asked(url: str, query: dict[str, str]) -> bytes:
    """The body of an answer of 200; empty for any other. Redirects are not followed."""
    address = f"{url}{'&' if '?' in url else '?'}{urllib.parse.urlencode(query)}"
    if not address.startswith(("http://", "https://")):
        return b""
    try:
        with _opener.open(address, timeout=HANDSHAKE_SECONDS) as answer:
            return bytes(answer.read(10_000)) if answer.status == 200 else b""
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError):
        return b""


class _Here(urllib.request.HTTPRedirectHandler):
    """An address that leads elsewhere has not answered."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Follows nothing."""


_opener = urllib.request.build_opener(_Here, urllib.request.ProxyHandler({}))
