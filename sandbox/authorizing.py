"""What the platforms' authorization servers share: registered apps, a person's consent, codes that are good once.

The person at the browser consents at once to all that is asked, for the first account of the platform, unless the
control API ordered otherwise (`PUT /_sandbox/consents/{platform}`). Each platform says its refusals in its own words.
"""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sandbox.store import Store
from sandbox.wire import Answer, Asked

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class App:
    """An application registered at a platform. Without `redirect_uris` any address may be returned to."""

    client_id: str
    client_secret: str
    redirect_uris: tuple[str, ...]

    def may_return_to(self, address: str) -> bool:
        """Whether a code may be sent to this address."""
        return bool(address) and (not self.redirect_uris or address in self.redirect_uris)

    def knows(self, secret: str) -> bool:
        """Whether this is its secret."""
        return hmac.compare_digest(self.client_secret.encode(), secret.encode())


@dataclass(frozen=True)
class Consent:
    """What the person at the browser answers: refuses, grants fewer scopes, or signs in for a certain account."""

    deny: bool = False
    scopes: frozenset[str] | None = None
    account: str | None = None


@dataclass(frozen=True)
class Code:
    """What a code stands for."""

    scopes: tuple[str, ...]
    account: str


class WrongCodeError(Exception):
    """Raised for a code that is not exchanged: `unknown`, `used`, `expired`, `client`, `redirect` or `verifier`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def register(store: Store, platform: str, client_id: str, client_secret: str, redirect_uris: Iterable[str]) -> None:
    """Registers the one application of a platform, or changes it."""
    row = (platform, client_id, client_secret, json.dumps(list(redirect_uris)))
    store.write("INSERT OR REPLACE INTO apps VALUES (?, ?, ?, ?)", row)


def app_of(store: Store, platform: str, client_id: str) -> App | None:
    """The application with this id, if it is registered at the platform."""
    found = store.rows("SELECT * FROM apps WHERE platform = ? AND client_id = ?", (platform, client_id))
    if not found:
        return None
    return App(client_id, found[0]["client_secret"], tuple(json.loads(found[0]["redirect_uris"])))


def order_consent(store: Store, platform: str, consent: Consent) -> None:
    """How the person answers from now on."""
    scopes = None if consent.scopes is None else sorted(consent.scopes)
    data = {"deny": consent.deny, "account": consent.account, "scopes": scopes}
    store.write("INSERT OR REPLACE INTO consents VALUES (?, ?)", (platform, json.dumps(data)))


def consent_of(store: Store, platform: str) -> Consent:
    """How the person answers."""
    found = store.rows("SELECT data FROM consents WHERE platform = ?", (platform,))
    data = json.loads(found[0]["data"]) if found else {}
    scopes = data.get("scopes")
    return Consent(bool(data.get("deny")), None if scopes is None else frozenset(scopes), data.get("account"))


def give_code(
    store: Store,
    platform: str,
    asked: Asked,
    *,
    scopes: Iterable[str],
    account: str = "",
    seconds: float,
    prefix: str = "",
) -> str:
    """A new code for a request to authorize, with what was granted of `scopes`; it lives for `seconds`."""
    consent = consent_of(store, platform)
    granted = [scope for scope in scopes if consent.scopes is None or scope in consent.scopes]
    code = prefix + secrets.token_urlsafe(48)
    query = asked.query
    row = (code, platform, query.get("client_id"), query.get("redirect_uri"), query.get("code_challenge"))
    names = "code, platform, client_id, redirect_uri, challenge, scopes, account, expires_at"
    until = time.time() + seconds
    sql = f"INSERT INTO codes ({names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608  # our own names
    store.write(sql, (*row, json.dumps(granted), consent.account or account, until))
    return code


def take_code(
    store: Store, platform: str, code: str, *, client_id: str, redirect_uri: str, verifier: str | None = None
) -> Code:
    """What a code stands for; it is spent by this. Raises WrongCodeError.

    `verifier` is checked where the code was asked for with a challenge (PKCE, S256).
    """
    with store.together():
        found = store.rows("SELECT * FROM codes WHERE code = ? AND platform = ?", (code, platform))
        why = _wrong(dict(found[0]), client_id, redirect_uri, verifier) if found else "unknown"
        if found:
            store.write("UPDATE codes SET used = 1 WHERE code = ?", (code,))
    if why:
        raise WrongCodeError(why)
    return Code(tuple(json.loads(found[0]["scopes"])), found[0]["account"] or "")


def _wrong(row: dict[str, object], client_id: str, redirect_uri: str, verifier: str | None) -> str:
    if row["used"]:
        return "used"
    if float(str(row["expires_at"])) < time.time():
        return "expired"
    if row["client_id"] != client_id:
        return "client"
    if row["redirect_uri"] != redirect_uri:
        return "redirect"
    if row["challenge"] and s256(verifier or "") != row["challenge"]:
        return "verifier"
    return ""


def s256(verifier: str) -> str:
    """The challenge that a verifier of PKCE makes."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def grant(store: Store, platform: str, token: str, client_id: str, scopes: Iterable[str]) -> None:
    """Notes what an access token that was given for a code may do."""
    row = (token, platform, client_id, json.dumps(list(scopes)), time.time())
    store.write("INSERT OR REPLACE INTO granted VALUES (?, ?, ?, ?, ?)", row)


def granted(store: Store, token: str) -> tuple[str, ...] | None:
    """The scopes of a token that was given for a code; None for one that the control API put."""
    found = store.rows("SELECT scopes FROM granted WHERE token = ?", (token,))
    return tuple(json.loads(found[0]["scopes"])) if found else None


def send_back(address: str, **told: str | None) -> Answer:
    """The 302 that takes the browser back, with what it is told added to the address."""
    parts = urlsplit(address)
    query = parse_qsl(parts.query, keep_blank_values=True) + [(k, v) for k, v in told.items() if v is not None]
    return Answer(302, b"", {"location": urlunsplit(parts._replace(query=urlencode(query)))})


def error_page(said: str, status: int = 400) -> Answer:
    """What the browser is shown where the platform does not send it back: nobody knows yet who asked."""
    page = f"<!DOCTYPE html><html lang=en><title>Sandbox</title><h1>Something went wrong</h1><p>{said}</p></html>"
    return Answer(status, page.encode(), {"content-type": HTML})
