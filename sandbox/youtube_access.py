"""Who may ask YouTube, for what scope, and what it costs of the day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox import authorizing, limits
from sandbox.store import Account, Store
from sandbox.wire import Answer, Asked, RefusedError
from sandbox.youtube_shape import error, refuse

UNITS_A_DAY = 10_000
UPLOADS_A_DAY = 100
WRITE_UNITS = 50
SCOPE = "https://www.googleapis.com/auth/youtube.force-ssl"


def midnight_pacific(now: float) -> float:
    """When the day's quota is given anew."""
    here = datetime.fromtimestamp(now, ZoneInfo("America/Los_Angeles"))
    return (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0).timestamp()


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


def signed_in(store: Store, asked: Asked) -> Account:
    """The channel whose token came with a request. Raises RefusedError."""
    token = asked.bearer() or ""
    held = [(who, old) for who, old in store.holders(token) if who.platform == "youtube"]
    if not held or held[0][1]:
        raise RefusedError(unauthorized())
    granted = authorizing.granted(store, token)
    if granted is not None and SCOPE not in granted:
        said = "Request had insufficient authentication scopes."
        raise refuse(403, "insufficientPermissions", said, domain="global")
    return held[0][0]


def spend(store: Store, asked: Asked, account: Account, call: str) -> None:
    """Takes what a call costs; an upload is counted by itself. Raises RefusedError where too little is left."""
    # The quota is the project's: channels of one client share it.
    project = str(account.data.get("client_id") or account.id)
    upload = call == "publish_video"
    spent = limits.spend(
        store,
        account,
        call,
        default=UPLOADS_A_DAY if upload else UNITS_A_DAY,
        window_end=midnight_pacific,
        owner=project,
        units=1 if upload or asked.method == "GET" else WRITE_UNITS,
        shared=not upload,
    )
    if spent.passed:
        raise RefusedError(quota_exceeded())
