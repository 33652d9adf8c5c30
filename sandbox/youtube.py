"""youtube.googleapis.com and Google's token endpoint: which call a request is, its units, and who may ask."""

import hmac
import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox import limits, youtube_comments, youtube_videos
from sandbox.orders import Fault
from sandbox.store import Account, Store
from sandbox.wire import JSON, Answer, Asked, RefusedError, to_bytes
from sandbox.youtube_shape import error, ok, parts, refuse

PREFIX = "/youtube.googleapis.com/youtube/v3"
TOKEN_HOST = "/oauth2.googleapis.com"  # noqa: S105
UNITS_A_DAY = 10_000
WRITE_UNITS = 50
ACCESS_SECONDS = 3_599
SCOPE = "https://www.googleapis.com/auth/youtube.force-ssl"


def midnight_pacific(now: float) -> float:
    """When the day's quota is given anew."""
    here = datetime.fromtimestamp(now, ZoneInfo("America/Los_Angeles"))
    return (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0).timestamp()


def token(store: Store, asked: Asked) -> Answer:
    """A new access token for a refresh token, which stays good."""
    given = asked.body
    held = store.holders(str(given.get("refresh_token", "")), "refresh")
    if given.get("grant_type") != "refresh_token" or not held:
        return _oauth_error(400, "invalid_grant", "Token has been expired or revoked.")
    account = held[0][0]
    for name in ("client_id", "client_secret"):
        known = str(account.data.get(name) or "")
        if known and not hmac.compare_digest(known.encode(), str(given.get(name, "")).encode()):
            return _oauth_error(401, "invalid_client", "The OAuth client was not found.")
    access = "ya29." + secrets.token_urlsafe(64)
    store.add_token("youtube", account.id, "access", access, time.time() + ACCESS_SECONDS)
    return ok({"access_token": access, "expires_in": ACCESS_SECONDS, "scope": SCOPE, "token_type": "Bearer"})


def _oauth_error(status: int, name: str, said: str) -> Answer:
    return Answer(status, to_bytes({"error": name, "error_description": said}), {"content-type": JSON})


def unauthorized() -> Answer:
    """The access token is wrong or worn out."""
    said = (
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
        "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
    )
    return error(401, "authError", said, domain="global", location="Authorization", locationType="header")


def quota_exceeded() -> Answer:
    """The project's units of the day are spent."""
    link = '<a href="/youtube/v3/getting-started#quota">quota</a>'
    said = f"The request cannot be completed because you have exceeded your {link}."
    return error(403, "quotaExceeded", said, domain="youtube.quota")


def identify(store: Store, asked: Asked) -> tuple[str, str]:
    """The named call of a request; the call is empty when it is none that is served."""
    if asked.path == "/token":
        return "youtube", "token"
    found = ""
    match (asked.method, asked.path.strip("/")):
        case ("GET", "channels"):
            found = "get_author"
        case ("GET", "playlistItems"):
            found = "list_posts"
        case ("GET", "videos"):
            found = "get_post"
        case ("GET", "commentThreads"):
            found = "get_comment" if asked.query.get("id") else "list_comments"
        case ("GET", "comments"):
            found = "get_comment" if asked.query.get("id") else "list_replies"
        case ("POST", "comments"):
            found = "reply"
        case ("POST", "comments/setModerationStatus"):
            found = "unhide" if asked.query.get("moderationStatus") == "published" else "hide"
    return "youtube", found


HANDLERS: dict[tuple[str, str], Callable[[Store, Asked, Account], Answer]] = {
    ("GET", "channels"): youtube_videos.list_channels,
    ("GET", "playlistItems"): youtube_videos.list_uploads,
    ("GET", "videos"): youtube_videos.list_videos,
    ("GET", "commentThreads"): youtube_comments.list_threads,
    ("GET", "comments"): youtube_comments.list_comments,
    ("POST", "comments"): youtube_comments.reply,
    ("POST", "comments/setModerationStatus"): youtube_comments.moderate,
}


def answer(store: Store, asked: Asked, platform: str, call: str) -> Answer:
    """Carries a request out; raises RefusedError with Google's own error. Even a refused request costs its units."""
    if call == "token":
        return token(store, asked)
    held = [(who, old) for who, old in store.holders(asked.bearer() or "") if who.platform == "youtube"]
    if not held or held[0][1]:
        raise RefusedError(unauthorized())
    account = held[0][0]
    handler = HANDLERS.get((asked.method, asked.path.strip("/")))
    if handler is None:
        raise refuse(404, "notFound", "Not Found", domain="global")
    units = WRITE_UNITS if asked.method == "POST" else 1
    # The quota is the project's: channels of one client share it.
    project = str(account.data.get("client_id") or account.id)
    spent = limits.spend(
        store, account, call, default=UNITS_A_DAY, window_end=midnight_pacific, owner=project, units=units
    )
    if spent.passed:
        raise RefusedError(quota_exceeded())
    if handler is not youtube_comments.moderate:
        parts(asked)
    return handler(store, asked, account)


def fail(store: Store, asked: Asked, platform: str, fault: Fault) -> Answer:
    """Google's own way to fail, for a fault ordered as 429, 500 or expired_token."""
    if fault.fault == "expired_token":
        return unauthorized()
    if fault.fault == "500":
        return error(500, "backendError", "Backend Error", domain="global")
    limited = error(429, "rateLimitExceeded", "Rate Limit Exceeded", domain="usageLimits")
    limited.headers["retry-after"] = str(fault.reset or 60)
    return limited
