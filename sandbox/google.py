"""accounts.google.com and oauth2.googleapis.com: consent, codes, tokens, and giving them back (facts.md 4.4).

What a refusal says is from memory; its names are OAuth's own (RFC 6749, RFC 7009).
"""

import hmac
import secrets
import time

from sandbox import authorizing
from sandbox.orders import Fault
from sandbox.store import Account, Store
from sandbox.wire import JSON, Answer, Asked, to_bytes

CONSENT_HOST = "/accounts.google.com"
TOKEN_HOST = "/oauth2.googleapis.com"  # noqa: S105
ACCESS_SECONDS = 3_599
SCOPES = ("https://www.googleapis.com/auth/youtube.force-ssl",)
CODE_SECONDS = 600.0  # from memory
# How a code begins (from memory); by its second sign the stand-in knows whether a refresh token was asked for.
OFFLINE, ONLINE = "4/0A", "4/1A"
CALLS = {
    "/o/oauth2/v2/auth": "authorize",
    "/token": "token",
    "/revoke": "revoke",
    "/tokeninfo": "tokeninfo",
}


def identify(store: Store, asked: Asked) -> tuple[str, str]:
    """The named call of a request; the call is empty when it is none that is served."""
    return "youtube", CALLS.get(asked.path, "")


def answer(store: Store, asked: Asked, platform: str, call: str) -> Answer:
    """Carries a request out. Nothing of it costs units."""
    if call == "authorize" and asked.method == "GET":
        return authorize(store, asked)
    if call == "tokeninfo":
        return tokeninfo(store, asked)
    if call in ("token", "revoke") and asked.method == "POST":
        return token(store, asked) if call == "token" else revoke(store, asked)
    return _error(404, "not_found", "Not Found")


def fail(store: Store, asked: Asked, platform: str, fault: Fault) -> Answer:
    """Google's own way to fail, for a fault ordered as 429, 500 or expired_token."""
    if fault.fault == "expired_token":
        return _invalid_grant()
    if fault.fault == "500":
        return _error(500, "internal_failure", "Backend Error")
    limited = _error(429, "rate_limit_exceeded", "Rate Limit Exceeded")
    limited.headers["retry-after"] = str(fault.reset or 60)
    return limited


# --- consent --------------------------------------------------------------------------------------------------------


def authorize(store: Store, asked: Asked) -> Answer:
    """What the person at the browser sees: an error page, or the way back with a code or a refusal."""
    query = asked.query
    app = authorizing.app_of(store, "youtube", query.get("client_id", ""))
    if app is None:
        return authorizing.error_page("Error 401: invalid_client. The OAuth client was not found.", 401)
    address = query.get("redirect_uri", "")
    if not app.may_return_to(address):
        return authorizing.error_page("Error 400: redirect_uri_mismatch")
    scopes = query.get("scope", "").split()
    if query.get("response_type") != "code" or not scopes:
        return authorizing.error_page("Error 400: invalid_request. Required parameter is missing: response_type, scope")
    if query.get("code_challenge") and query.get("code_challenge_method") != "S256":
        return authorizing.error_page("Error 400: invalid_request. code_challenge_method")
    consent = authorizing.consent_of(store, "youtube")
    if consent.deny:
        return authorizing.send_back(address, error="access_denied", state=query.get("state"))
    offline = query.get("access_type") == "offline"
    first = next(iter(store.accounts("youtube")), None)
    code = authorizing.give_code(
        store,
        "youtube",
        asked,
        scopes=scopes,
        account=first.id if first else "",
        seconds=CODE_SECONDS,
        prefix=OFFLINE if offline else ONLINE,
    )
    granted = [scope for scope in scopes if consent.scopes is None or scope in consent.scopes]
    return authorizing.send_back(address, state=query.get("state"), code=code, scope=" ".join(granted))


# --- tokens ---------------------------------------------------------------------------------------------------------


def token(store: Store, asked: Asked) -> Answer:
    """Tokens for a code, or a new access token for a refresh token, which stays good."""
    match asked.body.get("grant_type"):
        case "authorization_code":
            return _for_code(store, asked)
        case "refresh_token":
            return _for_refresh(store, asked)
    return _error(400, "unsupported_grant_type", "Invalid grant_type")


def _for_code(store: Store, asked: Asked) -> Answer:
    given = {name: str(value) for name, value in asked.body.items()}
    app = authorizing.app_of(store, "youtube", given.get("client_id", ""))
    if app is None or not app.knows(given.get("client_secret", "")):
        return _error(401, "invalid_client", "The OAuth client was not found.")
    try:
        code = authorizing.take_code(
            store,
            "youtube",
            given.get("code", ""),
            client_id=app.client_id,
            redirect_uri=given.get("redirect_uri", ""),
            verifier=given.get("code_verifier"),
        )
    except authorizing.WrongCodeError as wrong:
        if wrong.why == "redirect":
            return _error(400, "redirect_uri_mismatch", "Bad Request")
        said = {"verifier": "Invalid code verifier.", "unknown": "Malformed auth code."}
        return _error(400, "invalid_grant", said.get(wrong.why, "Bad Request"))
    told = _access(store, code.account, app.client_id, code.scopes)
    if given["code"].startswith(OFFLINE):
        refresh = "1//" + secrets.token_urlsafe(48)
        store.add_token("youtube", code.account, "refresh", refresh, None)
        authorizing.grant(store, "youtube", refresh, app.client_id, code.scopes)
        told["refresh_token"] = refresh
    return Answer(200, to_bytes(told), {"content-type": JSON})


def _for_refresh(store: Store, asked: Asked) -> Answer:
    given = {name: str(value) for name, value in asked.body.items()}
    refresh = given.get("refresh_token", "")
    held = [who for who, _ in store.holders(refresh, "refresh") if who.platform == "youtube"]
    if not held:
        return _invalid_grant()
    scopes = authorizing.granted(store, refresh)
    if not _is_client(store, held[0], given, of_app=scopes is not None):
        return _error(401, "invalid_client", "The OAuth client was not found.")
    told = _access(store, held[0].id, given.get("client_id", ""), scopes)
    return Answer(200, to_bytes(told), {"content-type": JSON})


def _is_client(store: Store, account: Account, given: dict[str, str], *, of_app: bool) -> bool:
    """Whether the caller is who the refresh token was given to: the registered application, or as the account says."""
    if of_app:
        app = authorizing.app_of(store, "youtube", given.get("client_id", ""))
        return app is not None and app.knows(given.get("client_secret", ""))
    known = {name: str(account.data.get(name) or "") for name in ("client_id", "client_secret")}
    return all(not one or hmac.compare_digest(one.encode(), given.get(n, "").encode()) for n, one in known.items())


def _access(store: Store, account: str, client_id: str, scopes: tuple[str, ...] | None) -> dict[str, object]:
    """A new access token. Scopes are None where the control API put the account: then it may do all."""
    access = "ya29." + secrets.token_urlsafe(64)
    store.add_token("youtube", account, "access", access, time.time() + ACCESS_SECONDS)
    if scopes is not None:
        authorizing.grant(store, "youtube", access, client_id, scopes)
    said = " ".join(SCOPES if scopes is None else scopes)
    return {"access_token": access, "expires_in": ACCESS_SECONDS, "scope": said, "token_type": "Bearer"}


def tokeninfo(store: Store, asked: Asked) -> Answer:
    """What an access token may do and until when."""
    given = str(asked.body.get("access_token") or asked.query.get("access_token") or "")
    held = store.rows("SELECT expires_at FROM tokens WHERE token = ? AND use = 'access'", (given,))
    until = held[0]["expires_at"] if held else 0
    if not held or (until is not None and until <= time.time()):
        return _error(400, "invalid_token", "Invalid Value")
    scopes = authorizing.granted(store, given)
    left = int(until - time.time()) if until is not None else ACCESS_SECONDS
    told = {
        "scope": " ".join(SCOPES if scopes is None else scopes),
        "exp": str(int(time.time()) + left),
        "expires_in": str(left),
        "access_type": "offline",
    }
    return Answer(200, to_bytes(told), {"content-type": JSON})


def revoke(store: Store, asked: Asked) -> Answer:
    """Gives a token back: with a refresh token all that came of the same consent."""
    given = str(asked.body.get("token") or asked.query.get("token") or "")
    held = store.rows("SELECT account FROM tokens WHERE token = ? AND platform = 'youtube'", (given,))
    if not held:
        return _error(400, "invalid_token", "Token expired or revoked")
    together = "SELECT token FROM granted WHERE platform = 'youtube'" if authorizing.granted(store, given) else "''"
    sql = f"DELETE FROM tokens WHERE account = ? AND (token = ? OR token IN ({together}))"  # noqa: S608  # our own text
    store.write(sql, (held[0]["account"], given))
    return Answer(200, to_bytes({}), {"content-type": JSON})


def _invalid_grant() -> Answer:
    return _error(400, "invalid_grant", "Token has been expired or revoked.")


def _error(status: int, name: str, said: str) -> Answer:
    return Answer(status, to_bytes({"error": name, "error_description": said}), {"content-type": JSON})
