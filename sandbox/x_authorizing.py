"""x.com's authorization server: consent with PKCE, codes that live 30 s, tokens that live two hours and rotate."""

import hmac
import secrets
import time

from sandbox import authorizing
from sandbox.orders import Fault
from sandbox.store import Store
from sandbox.wire import Answer, Asked, to_bytes, words
from sandbox.x_shape import ok, problem

PREFIX = "/x.com"
ACCESS_SECONDS, CODE_SECONDS = 7_200, 30
SCOPES = words(
    """tweet.read tweet.write tweet.moderate.write users.read users.email media.write dm.read dm.write mute.read
    mute.write block.read block.write follows.read follows.write like.read like.write list.read list.write space.read
    bookmark.read bookmark.write offline.access"""
)
WRONG = "You weren't able to give access to the App. Go back and try logging in again."


# The page that a member's browser is sent to


def identify(store: Store, asked: Asked) -> tuple[str, str]:
    """The one page there is."""
    return "x", "authorize" if (asked.method, asked.path) == ("GET", "/i/oauth2/authorize") else ""


def answer(store: Store, asked: Asked, platform: str, call: str) -> Answer:
    """Sends the browser back with a code, or with the refusal; whoever asks wrongly stays on x.com."""
    query = asked.query
    app = authorizing.app_of(store, "x", query.get("client_id", "")) if call else None
    back = query.get("redirect_uri", "")
    if app is None or not app.may_return_to(back) or not _is_sound(query):
        return authorizing.error_page(WRONG)
    consent = authorizing.consent_of(store, "x")
    accounts = store.accounts("x")
    if consent.deny or not accounts:
        return authorizing.send_back(back, error="access_denied", state=query["state"])
    first = accounts[0].id
    scopes = query["scope"].split()
    code = authorizing.give_code(store, "x", asked, scopes=scopes, account=first, seconds=CODE_SECONDS)
    return authorizing.send_back(back, state=query["state"], code=code)


def _is_sound(query: dict[str, str]) -> bool:
    scopes = query.get("scope", "").split()
    challenged = bool(query.get("code_challenge")) and query.get("code_challenge_method") == "S256"
    asked = query.get("response_type") == "code" and bool(query.get("state"))
    return asked and challenged and bool(scopes) and SCOPES.issuperset(scopes)


def fail(store: Store, asked: Asked, platform: str, fault: Fault) -> Answer:
    """x.com's own way to fail."""
    return problem("Service Unavailable", "Service Unavailable", 503, "about:blank")


# The token server, on api.x.com


def token(store: Store, asked: Asked) -> Answer:
    """A code for tokens, or a refresh token, which is good once, for the next ones."""
    kind = asked.body.get("grant_type")
    if kind == "authorization_code":
        return _exchange(store, asked)
    if kind == "refresh_token":
        return _refresh(store, asked)
    return _error(400, "unsupported_grant_type", "Value passed for the grant type was invalid.")


def _client(asked: Asked) -> tuple[str, str]:
    return asked.basic() or (str(asked.body.get("client_id", "")), "")


def _exchange(store: Store, asked: Asked) -> Answer:
    named, secret = _client(asked)
    app = authorizing.app_of(store, "x", named)
    if app is None or not app.knows(secret):
        return _error(401, "unauthorized_client", "Missing valid authorization header")
    given = {name: str(asked.body.get(name, "")) for name in ("code", "redirect_uri", "code_verifier")}
    try:
        code = authorizing.take_code(
            store,
            "x",
            given["code"],
            client_id=named,
            redirect_uri=given["redirect_uri"],
            verifier=given["code_verifier"],
        )
    except authorizing.WrongCodeError as wrong:
        what = "code verifier" if wrong.why == "verifier" else "authorization code"
        return _error(400, "invalid_request", f"Value passed for the {what} was invalid.")
    return _give(store, code.account, named, code.scopes)


def _refresh(store: Store, asked: Asked) -> Answer:
    given = str(asked.body.get("refresh_token", ""))
    held = store.holders(given, "refresh")
    if not held:
        return _error(400, "invalid_request", "Value passed for the token was invalid.")
    account, named = held[0][0], _client(asked)
    own = tuple(str(account.data.get(name) or "") for name in ("client_id", "client_secret"))
    app = authorizing.app_of(store, "x", named[0])
    good = hmac.compare_digest(":".join(own).encode(), ":".join(named).encode()) or (app and app.knows(named[1]))
    if (any(own) or app) and not good:
        return _error(401, "unauthorized_client", "Missing valid authorization header")
    scopes = authorizing.granted(store, given)
    with store.together():
        store.drop_token(given, "refresh")
        return _give(store, account.id, named[0], tuple(sorted(SCOPES)) if scopes is None else scopes)


def _give(store: Store, account: str, client: str, scopes: tuple[str, ...]) -> Answer:
    access, refresh = secrets.token_urlsafe(64), secrets.token_urlsafe(64)
    lasting = "offline.access" in scopes
    with store.together():
        store.add_token("x", account, "access", access, time.time() + ACCESS_SECONDS)
        authorizing.grant(store, "x", access, client, scopes)
        if lasting:
            store.add_token("x", account, "refresh", refresh, None)
            authorizing.grant(store, "x", refresh, client, scopes)
    life = {"token_type": "bearer", "expires_in": ACCESS_SECONDS, "scope": " ".join(scopes), "access_token": access}
    return ok(life | ({"refresh_token": refresh} if lasting else {}))


def revoke(store: Store, asked: Asked) -> Answer:
    """A token is worthless from now on."""
    named, secret = _client(asked)
    app = authorizing.app_of(store, "x", named)
    if app is None or not app.knows(secret):
        return _error(401, "unauthorized_client", "Missing valid authorization header")
    for use in ("access", "refresh"):
        store.drop_token(str(asked.body.get("token", "")), use)
    return ok({"revoked": True})


def _error(status: int, error: str, said: str) -> Answer:
    return Answer(status, to_bytes({"error": error, "error_description": said}), {"content-type": "application/json"})
